"""The published JSON Schema: up to date, and of one mind with the reader."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from muster.plans import schema, shelf
from muster.plans.faults import Faults
from muster.plans.reading import read_plan
from muster.plans.source import INTEGER, TRUTHS, Mapping, Scalar, Tree, tree_of

SMALL = Path(__file__).parent / "small.yaml"
VALIDATOR = jsonschema.Draft202012Validator(schema.build())


def plain(tree: Tree) -> Any:
    """A tree as JSON values, by the core schema of YAML 1.2: what an editor checks."""
    if isinstance(tree, Mapping):
        return {key.text: plain(value) for key, value in tree.items}
    if not isinstance(tree, Scalar):
        return [plain(item) for item in tree.items]
    if tree.plain:
        if tree.is_null:
            return None
        if tree.text in TRUTHS:
            return TRUTHS[tree.text]
        if INTEGER.fullmatch(tree.text):
            return int(tree.text)
    return tree.text


def of_text(text: str) -> Any:
    faults = Faults({})
    tree = tree_of(text, faults)
    assert tree is not None, faults.found
    return plain(tree)


def test_the_published_file_is_what_the_shapes_give() -> None:
    assert shelf.schema().decode() == schema.text(), "run: muster plan schema > src/muster/plans/plan.schema.json"


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schema.text()))


def test_the_schema_accepts_a_complete_plan() -> None:
    assert list(VALIDATOR.iter_errors(of_text(SMALL.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("plan_id", shelf.plan_ids())
def test_the_schema_accepts_the_plans_of_the_library(plan_id: str) -> None:
    text = (shelf.library() / "plans" / plan_id / "plan.yaml").read_text(encoding="utf-8")
    assert [error.message for error in VALIDATOR.iter_errors(of_text(text))] == []


@pytest.mark.parametrize("plan_id", shelf.plan_ids())
def test_the_plans_of_the_library_have_no_faults(plan_id: str) -> None:
    assert shelf.read_library_plan(plan_id).findings == ()


LEAST = "id: p\ntitle: t\nedition: 2026-03\nposts: {a: {name: 甲}}\n"


@pytest.mark.parametrize(
    "snippet",
    [
        "titel: x\n",
        "facts: {f: {name: 问}}\n",
        "facts: {f: {type: bol}}\n",
        "posts: {9a: {name: 甲}}\n",
        "bodies: {b: {seats: many}}\n",
        "tasks: {t: {kind: action}}\n",
        "tasks: {t: {kind: action, who: a, may: yes}}\n",
        "tasks: {g: {who: a, tasks: {t: {kind: action, who: a}}}}\n",
        "rights: {begin: {who: a}}\n",
        "scales: {s: {levels: [x], criteria: [{level: x, when: judgement}]}}\n",
        "resources: {r: {minimum: -1}}\n",
        "text: {zh: 甲, fr: a}\n",
    ],
)
def test_what_the_schema_refuses_the_reader_refuses_too(snippet: str) -> None:
    text = LEAST + snippet
    assert not VALIDATOR.is_valid(of_text(text))
    assert read_plan(text).edition is None


@pytest.mark.parametrize(
    "snippet",
    [
        "tasks: {g: {while: true, tasks: {h: {tasks: {t: {kind: action, who: [a]}}}}}}\n",
        "scales: {s: {levels: [x, y], criteria: {c: {level: x, when: judgement}}}}\n",
        "scales: {s: {levels: {x: 低, y: {name: 高, hue: I}}}}\n",
        "bodies: {b: {name: 丙, seats: 3, duties: {d: 值守}}}\n",
        "facts: {f: {type: enum, values: [x, y]}, g: {type: set, values: {x: 甲, y: {zh: 乙, en: b}}}}\n",
        "settings: {s: {type: int, value: 5}, t: {type: bool, value: true}}\n",
        "rights: {start: {who: a}, end: [{who: a, when: known(ended)}]}\n",
    ],
)
def test_what_the_reader_accepts_the_schema_accepts(snippet: str) -> None:
    text = LEAST + snippet
    assert read_plan(text).findings == ()
    assert VALIDATOR.is_valid(of_text(text))
