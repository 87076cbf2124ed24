"""The Luohe plan in force, the cast who hold its posts, and a clock that the pages read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
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


@pytest.fixture(scope="session")
def luohe() -> LoadedPlan:
    return read_library_plan(PLAN)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """What the pages take for the present."""
    clock = Clock()
    monkeypatch.setattr(frame, "present", clock)
    return clock


@pytest.fixture
def people(db: None, clock: Clock, luohe: LoadedPlan, monkeypatch: pytest.MonkeyPatch) -> dict[str, Person]:
    """The cast, by the name they sign in with, under a plan in force."""
    # Making passwords takes its time on purpose; only the tests of signing in need real ones.
    monkeypatch.setattr(Person, "set_password", lambda self, password: setattr(self, "password", "!"))
    state.forget_all()
    cache.clear()
    editions.adopt(luohe, clock() - timedelta(days=30))
    return {name: person for name, (person, _password) in cast(clock() - timedelta(days=1)).items()}


@pytest.fixture
def as_(people: dict[str, Person]) -> Callable[..., Client]:
    """`as_("wen")` is a browser in which Wen is signed in; `language` is what it asks for."""

    def signed_in(name: str, language: str = "zh-hans", **headers: Any) -> Client:
        browser = Client(headers={"accept-language": language, **headers})
        browser.force_login(people[name])
        return browser

    return signed_in


@pytest.fixture
def opens(people: dict[str, Person], clock: Clock) -> Callable[..., Done]:
    """`opens(title=…)` opens an incident that has just occurred, reported by the county."""

    def incident(**says: Any) -> Done:
        said = {"by": "county-government", "title": "县城两家网点排队取款", "occurred": clock(), **says}
        return done(execute(None, OpenIncident(**said), now=clock(), plan=PLAN))

    return incident


@pytest.fixture
def does(clock: Clock) -> Callable[[Done, AnyCommand], Done]:
    """`does(case, command)` executes a command that must not be refused."""
    return lambda case, command: done(execute(case.case_id, command, now=clock()))
