"""What `muster doctor` says of a running installation."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import checks
from django.db import connection

from muster.cases import timekeeper
from muster.cases.models import CaseRecord
from muster.journal import guard
from muster.notices.models import Notice, OutboxEntry
from muster.testing.builders import a_person, an_incident

pytestmark = pytest.mark.django_db


def said() -> list[str]:
    return [message.id for message in checks.run_checks(tags=[checks.Tags.database], databases=["default"])]


def test_an_installation_where_all_is_well_has_nothing_to_mend(plan):
    an_incident(datetime.now(UTC))
    assert said() == []


def test_clocks_that_nobody_watches_are_said(plan):
    opened = an_incident(datetime.now(UTC))
    CaseRecord.objects.filter(pk=opened.case_id).update(wake_at=datetime.now(UTC) - timedelta(minutes=5))
    assert said() == ["muster.E102"]


def test_a_case_that_cannot_be_woken_is_named(plan, monkeypatch):
    now = datetime.now(UTC)
    opened = an_incident(now)

    def stumbles(*arguments):
        raise RuntimeError("这个事项有毛病")

    monkeypatch.setattr(timekeeper.engine, "decide", stumbles)
    timekeeper.tick_due(now + timedelta(hours=2))
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    assert [message.id for message in found] == ["muster.E103"]
    assert opened.number in found[0].msg
    assert "这个事项有毛病" in found[0].msg


def test_a_journal_without_its_guard_is_said(plan):
    guard.take_down(connection)
    assert said() == ["muster.E101"]


def test_notices_that_were_given_up_are_said(plan):
    from muster.notices.deliver import deliver

    now = datetime.now(UTC)
    a_person("officer", "water-outage", "duty-officer", now=now)
    an_incident(now)
    deliver(now)
    Notice.objects.update(state="failed", last_error="550 no such mailbox")
    OutboxEntry.objects.update(last_error="")
    assert said() == ["muster.W101"]


def test_an_altered_edition_is_named_and_runs_nothing(plan):
    from muster.cases import editions
    from muster.cases.models import PlanEdition

    PlanEdition.objects.update(content=plan.content.replace("4h", "9h"))
    editions.forget_all()
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    assert [message.id for message in found] == ["muster.E105"]
    with pytest.raises(editions.AlteredEdition):
        an_incident(datetime.now(UTC))
