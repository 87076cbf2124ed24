"""The reference page: its tables are those of the program, and its examples are plans.

`python -m tests.plans.test_reference` makes the tables anew.
"""

import re
from pathlib import Path
from typing import Any

import yaml

from muster.plans import reference, shelf
from muster.plans.faults import FAULTS
from muster.plans.reading import read_plan
from muster.plans.shapes import SHAPES

PAGE = Path(__file__).parents[2] / "docs/reference/plan-language.md"


def test_the_tables_are_up_to_date() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert reference.page(text) == text, "run: python -m tests.plans.test_reference"


def test_every_key_and_every_code_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for shape in SHAPES.values():
        for key in shape.keys:
            assert f"| `{key}`" in text
    for code in FAULTS:
        assert f"| `{code}` |" in text


def laid_over(below: Any, above: Any) -> Any:
    if isinstance(below, dict) and isinstance(above, dict):
        return {**below, **{key: laid_over(below.get(key), value) for key, value in above.items()}}
    return above


def test_the_examples_together_are_a_plan_without_faults() -> None:
    examples = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) >= 3
    assert read_plan(examples[0]).findings == ()
    whole: dict[str, Any] = {}
    for example in examples:
        whole = laid_over(whole, yaml.safe_load(example))
    assert read_plan(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False), packs=shelf.packs()).findings == ()


if __name__ == "__main__":
    PAGE.write_text(reference.page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
