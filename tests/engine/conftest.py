"""Stories of the engine, told with the small plan of a made-up exchange."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from muster.engine import Program, WorkCalendar
from muster.engine.commands import OpenIncident
from muster.plans.reading import read_plan
from muster.testing.story import Story

HOLIDAYS = {
    "years": {
        2026: {
            "holidays": [
                "2026-01-01",
                "2026-01-02",
                "2026-10-01",
                "2026-10-02",
                "2026-10-05",
                "2026-10-06",
                "2026-10-07",
            ],
            "worked": ["2026-01-04", "2026-09-20", "2026-10-10"],
        }
    }
}


SMALL = Path(__file__).parents[1] / "plans" / "small.yaml"


@pytest.fixture(scope="session")
def program_with() -> Callable[..., Program]:
    """The small plan with some of its words replaced: `program_with({"mode: each": "mode: any"})`."""

    def build(changes: dict[str, str] | None = None) -> Program:
        text = SMALL.read_text(encoding="utf-8")
        for old, new in (changes or {}).items():
            assert old in text, f"the small plan does not say {old!r}"
            text = text.replace(old, new)
        loaded = read_plan(text)
        assert loaded.edition is not None, loaded.findings
        return Program(loaded.edition, WorkCalendar.from_table(HOLIDAYS))

    return build


@pytest.fixture(scope="session")
def program(program_with: Callable[..., Program]) -> Program:
    return program_with()


@pytest.fixture
def story(program: Program) -> Story:
    """Thursday morning at nine; nothing has happened yet."""
    return Story(program, starts="2026-03-05 09:00")


@pytest.fixture
def accident(story: Story) -> Story:
    """Trading stopped at 08:40, seen at 08:45, reported at 09:00."""
    story.does(
        OpenIncident(
            by="duty-office",
            title="交易系统中断",
            types=("trading-accident",),
            occurred=story.at("08:40"),
            detected=story.at("08:45"),
            facts={"trading_interrupted": True},
        )
    )
    return story
