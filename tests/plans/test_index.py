"""Who must look again when something changes, and which element carries which id of the fact sheet."""

from pathlib import Path

import pytest

from muster.plans.index import Index, build, index_of
from muster.plans.model import CaseKind, Edition, Stage
from muster.plans.reading import read_plan


@pytest.fixture(scope="module")
def edition() -> Edition:
    loaded = read_plan((Path(__file__).parent / "small.yaml").read_bytes())
    assert loaded.edition is not None
    return loaded.edition


@pytest.fixture(scope="module")
def index(edition: Edition) -> Index:
    return index_of(edition)


def test_an_id_of_the_fact_sheet_leads_to_every_element_that_carries_it(index: Index) -> None:
    assert index.sheet["init-phone"] == (("task", "phone-report"),)
    assert index.sheet["IV-1"] == (("criterion", "level.IV-1"),)
    assert index.sheet["group-leads"] == (("duty", "leading-group.decide"),)
    assert index.elements("accident-procedure", "group") == ("accident",)
    assert index.elements("accident-procedure", "task") == ()


def test_a_group_leads_to_its_tasks_and_those_of_the_groups_inside(index: Index) -> None:
    assert index.by_group["accident/from-three"] == ("name-speaker", "daily")
    assert set(index.by_group["accident"]) > {"diagnose", "name-speaker"}


def test_a_task_looks_again_when_what_its_derived_facts_rest_on_changes(index: Index) -> None:
    assert "tell-traders" in index.readers["lasting"]
    assert "tell-traders" in index.readers["restored_at"]  # through lasting
    assert index.readers["large_group"] == ("receive-delegates",)  # a setting, through crowd
    assert "affected_area" not in index.readers  # only criteria read it


def test_conditions_of_groups_are_read_by_their_tasks(index: Index) -> None:
    assert {"diagnose", "dispute", "daily"} <= set(index.readers["types"])
    assert {"daily", "review"} <= set(index.readers["level"])


def test_only_tasks_whose_conditions_time_can_turn_are_timed(index: Index) -> None:
    assert index.timed == ("tell-traders",)
    assert index.timed_facts == {"lasting"}


def test_who_follows_whom_and_who_keeps_a_stage_from_beginning(index: Index) -> None:
    assert index.followers["phone-report"] == ("written-report",)
    assert index.before[Stage.CLOSED] == ("dispute", "review", "rectify")
    assert index.settled_by["end"] == ("end-response",)
    assert index.filled_by["spokesperson"] == ("name-speaker",)
    assert index.by_section[CaseKind.WARNING] == ("verify", "yellow-meeting")


def test_completion_and_receipt_of_a_task_are_read_apart() -> None:
    loaded = read_plan(
        "id: p\ntitle: t\nedition: e\nposts: {a: {name: 甲}}\n"
        "tasks:\n"
        "  x: {kind: report, who: a, to: a}\n"
        "  y: {kind: action, who: a, due: done(x) + 1h}\n"
        "  z: {kind: action, who: a, due: received(x) + 1h, again: {on: y}}\n"
    )
    assert loaded.edition is not None
    index = build(loaded.edition)
    assert index.readers == {"done:x": ("y",), "received:x": ("z",)}
    assert index.recurs_on == {"y": ("z",)}


def test_the_index_of_an_edition_is_computed_once(edition: Edition) -> None:
    assert index_of(edition) is index_of(edition)
