"""The published schema of the scenario file is the one that the tables give, and the library's scenarios fit it."""

from __future__ import annotations

import json
from importlib import resources

import jsonschema
import pytest
import yaml

from muster.drills import schema
from muster.plans import shelf

SCENARIOS = [(plan, name) for plan in shelf.plan_ids() for name in shelf.scenarios(plan)]


def _published() -> str:
    return (resources.files("muster") / "drills" / "scenario.schema.json").read_text(encoding="utf-8")


def test_the_published_schema_is_up_to_date():
    assert _published() == schema.text(), "run: muster drill schema > src/muster/drills/scenario.schema.json"


@pytest.mark.parametrize(("plan", "name"), SCENARIOS)
def test_the_scenarios_of_the_library_fit_the_schema(plan, name):
    document = yaml.load(shelf.scenarios(plan)[name], Loader=yaml.BaseLoader)
    errors = jsonschema.Draft202012Validator(json.loads(_published())).iter_errors(_typed(document))
    assert not [(list(error.path), error.message) for error in errors]


def _typed(value: object) -> object:
    """Truths, and the positions of refused inputs, as an editor sees them; everything else may be a text."""
    if isinstance(value, dict):
        return {
            key: int(each) if key == "refused" and str(each).isdigit() else _typed(each) for key, each in value.items()
        }
    if isinstance(value, list):
        return [_typed(each) for each in value]
    return {"true": True, "false": False}.get(str(value), value)


def test_a_misspelt_word_does_not_fit_the_schema():
    validator = jsonschema.Draft202012Validator(json.loads(_published()))
    fine = {"plan": "p", "starts": "2026-03-03", "inputs": [{"at": "0m", "report": {"by": "a"}}]}
    validator.validate(fine)
    for broken in (
        {**fine, "input": []},
        {**fine, "inputs": [{"at": "0m", "report": {"by": "a"}, "start": {"by": "a"}}]},
        {**fine, "inputs": [{"at": "0m", "reprot": {"by": "a"}}]},
        {**fine, "expect": [{"at": "0m", "says": "x"}]},
    ):
        assert not validator.is_valid(broken)
