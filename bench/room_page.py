"""How long the incident room's page takes where the journal is short, and where it is long.

    python -m bench.room_page SHORT LONG REQUESTS      in an installation of its own; prints one JSON object

Two incidents of the Luohe plan are opened in the same way. In both, entries are jotted and a fact is answered anew, in
turn, until the journals have so many entries. Then somebody who is signed in asks for the two rooms alternately: the
whole page, through all of Django's middleware, as a browser gets it at the first look.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import django


def a_case_with(entries: int, now: datetime) -> str:
    """The number of a case whose journal has so many entries."""
    from muster.cases.execute import execute
    from muster.engine.commands import Assess, Jot, OpenIncident
    from muster.testing.builders import does, done

    opening = OpenIncident(
        by="county-government",
        title="投资公司办公场所关门",
        place="源汇区",
        occurred=now - timedelta(minutes=30),
        types=("illegal-finance",),
        facts={"trigger": "illegal_activity", "origin": "county"},
    )
    opened = done(execute(None, opening, now=now, plan="luohe-finance"))
    version, people = opened.version, 100
    while version < entries:
        if version % 2 or entries - version < 3:
            version = does(
                opened.case_id, Jot(by="county-government", text=f"现场情况第{version}次记录。"), now
            ).version
        else:
            people += 1
            version = does(
                opened.case_id, Assess(by="county-government", facts={"people_affected": people}), now
            ).version
    return opened.number


def measure(short: int, long: int, requests: int) -> dict[str, Any]:
    from django.test import Client
    from django.urls import reverse

    from muster.cases import editions
    from muster.cases.models import CaseRecord
    from muster.cli.installing import install
    from muster.people.models import Person
    from muster.plans.shelf import read_library_plan
    from muster.testing.cast import cast

    install()
    now = datetime.now(UTC)
    editions.adopt(read_library_plan("luohe-finance"), now - timedelta(days=1))
    cast(now - timedelta(days=1))
    pages = {entries: reverse("room", args=[a_case_with(entries, now)]) for entries in (short, long)}
    client = Client(headers={"accept-language": "zh-hans"}, HTTP_HOST="localhost")
    client.force_login(Person.objects.get(username="wen"))

    def asks(page: str) -> tuple[float, int]:
        began = time.perf_counter()
        answer = client.get(page)
        took = time.perf_counter() - began
        assert answer.status_code == 200, f"{page}: {answer.status_code}"
        return took * 1000, len(answer.content)

    sizes = {entries: asks(page)[1] for entries, page in pages.items()}
    times: dict[int, list[float]] = {entries: [] for entries in pages}
    gc.collect()
    for _ in range(requests):
        for entries, page in pages.items():
            times[entries].append(asks(page)[0])
    medians = {entries: statistics.median(taken) for entries, taken in times.items()}
    return {
        "entries": sorted(CaseRecord.objects.values_list("version", flat=True)),
        "page_kb": [round(size / 1024) for size in sizes.values()],
        "room_page_ms": [round(medians[short], 1), round(medians[long], 1)],
        "room_page_ratio": round(medians[long] / medians[short], 2),
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure(*map(int, sys.argv[1:]))))
