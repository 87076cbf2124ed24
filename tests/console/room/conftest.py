"""A county's incident under the Luohe plan, the cast at their posts, and a clock that the pages read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from muster.cases import editions, state
from muster.cases.execute import Done, execute
from muster.console import frame
from muster.engine.commands import AnyCommand, OpenIncident
from muster.people.models import Person
from muster.plans.reading import LoadedPlan
from muster.plans.shelf import read_library_plan
from muster.testing.builders import done
from muster.testing.cast import PLAN, cast
from muster.testing.clock import Clock

FACTS = {
    "subject_kind": "financial_institution", "trigger": "market_turmoil", "grave_effect": True,
    "immediate_handling_needed": True, "origin": "county", "impact": "county", "county_can_handle": True,
    "cross_county_coordination": False, "people_affected": 120, "sectors_affected": 1,
}  # fmt: skip


@pytest.fixture(scope="session")
def luohe() -> LoadedPlan:
    return read_library_plan(PLAN)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(frame, "present", clock)
    return clock


@pytest.fixture
def people(db: None, clock: Clock, luohe: LoadedPlan, monkeypatch: pytest.MonkeyPatch) -> dict[str, Person]:
    monkeypatch.setattr(Person, "set_password", lambda self, password: setattr(self, "password", "!"))
    state.forget_all()
    editions.adopt(luohe, clock() - timedelta(days=30))
    return {name: person for name, (person, _password) in cast(clock() - timedelta(days=1)).items()}


@pytest.fixture
def as_(people: dict[str, Person]) -> Callable[..., Client]:
    """`as_("wen")` is a browser in which Wen is signed in."""

    def signed_in(name: str, language: str = "zh-hans") -> Client:
        browser = Client(headers={"accept-language": language})
        browser.force_login(people[name])
        return browser

    return signed_in


@pytest.fixture
def does(people: dict[str, Person], clock: Clock) -> Callable[..., Done]:
    """`does("meng", case, command)`: a command that must not be refused, in the name of a person."""

    def act(who: str, case: Done | None, command: AnyCommand) -> Done:
        case_id = case.case_id if case is not None else None
        return done(execute(case_id, command, now=clock(), person=people[who], plan=PLAN))

    return act


@pytest.fixture
def incident(does: Callable[..., Done], clock: Clock) -> Done:
    """A queue before two counters of a county bank, reported by the county ten minutes after it began."""
    said: dict[str, Any] = {
        "by": "county-government", "title": "县城两家网点排队取款", "summary": "排队约120人", "place": "舞阳县",
        "types": ("market-or-exit",), "occurred": clock() - timedelta(minutes=10), "facts": FACTS,
        "units": {"financial-regulators": ("finance-work-bureau",), "concerned-departments": ("police",)},
    }  # fmt: skip
    return does("meng", None, OpenIncident(**said))


@pytest.fixture
def room(incident: Done) -> str:
    """The address of its room."""
    return f"/cases/{incident.number}/"
