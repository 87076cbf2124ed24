"""What ships with Muster: plans, regulation packs, scenarios. The one module of this package that reads files.

The library is data beside the code; it is read through the package's own resources, so that it is found in a wheel,
a zip and a checkout alike.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from muster.plans.model import Words
from muster.plans.reading import LoadedPlan, read_plan


def library() -> Traversable:
    """The directory of everything that ships as data."""
    return resources.files("muster") / "library"


def _entries(directory: Traversable) -> list[Traversable]:
    return sorted(directory.iterdir(), key=lambda each: each.name) if directory.is_dir() else []


def plan_ids() -> tuple[str, ...]:
    """The ids of the plans in the library, in alphabetical order."""
    return tuple(each.name for each in _entries(library() / "plans") if (each / "plan.yaml").is_file())


def packs() -> dict[str, bytes]:
    """The files of the regulation packs in the library, by id."""
    return {
        each.name.removesuffix(".yaml"): each.read_bytes()
        for each in _entries(library() / "packs")
        if each.name.endswith(".yaml")
    }


@cache
def pack_title(pack: str) -> Words:
    """What a regulation pack is called; one that does not ship goes by its id."""
    content = packs().get(pack)
    given = yaml.safe_load(content).get("title") if content is not None else None
    return Words(given["zh"], given["en"]) if isinstance(given, dict) else Words(pack)


def read_library_plan(plan_id: str) -> LoadedPlan:
    """A plan of the library, read with its packs. Raises KeyError for an id that is not in `plan_ids()`."""
    if plan_id not in plan_ids():
        raise KeyError(plan_id)
    source = library() / "plans" / plan_id / "plan.yaml"
    return read_plan(source.read_bytes(), name=f"{plan_id}/plan.yaml", packs=packs())


def scenarios(plan_id: str) -> dict[str, bytes]:
    """The scenario files of a plan by name, without ".yaml". Raises KeyError for an id that is not in `plan_ids()`."""
    if plan_id not in plan_ids():
        raise KeyError(plan_id)
    return {
        each.name.removesuffix(".yaml"): each.read_bytes()
        for each in _entries(library() / "plans" / plan_id / "scenarios")
        if each.name.endswith(".yaml")
    }


def calendar_table() -> dict[str, Any]:
    """The working calendar of China, as a table for `WorkCalendar.from_table`."""
    table: dict[str, Any] = yaml.safe_load((library() / "calendars" / "china.yaml").read_bytes())
    return table


def schema() -> bytes:
    """The published JSON Schema of the plan file, as it ships."""
    return (resources.files("muster") / "plans" / "plan.schema.json").read_bytes()
