"""Plans made ready to run, once for all tests that need no plan of their own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from muster.engine import Program, WorkCalendar
from muster.plans import shelf
from muster.plans.reading import read_plan

SMALL = Path(__file__).parent / "plans" / "small.yaml"


@cache
def small_program() -> Program:
    """The small plan of a made-up exchange."""
    loaded = read_plan(SMALL.read_bytes(), name="small.yaml")
    assert loaded.edition is not None, loaded.findings
    return Program(loaded.edition)


@cache
def library_program(plan: str) -> Program:
    """A plan of the library."""
    edition = shelf.read_library_plan(plan).edition
    assert edition is not None
    return Program(edition, WorkCalendar.from_table(shelf.calendar_table()))
