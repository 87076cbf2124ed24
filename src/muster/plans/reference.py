"""The tables of the reference page, made from the same tables that drive the reader."""

from __future__ import annotations

import re

from muster.plans.conditions import CALENDAR_NAMES, CASE_NAMES, FUNCTIONS, INSTANTS
from muster.plans.faults import FAULTS
from muster.plans.normal import kind_words
from muster.plans.shapes import RIGHTS, SHAPES, Gives, Key, Kind, Shape

_GIVES = {
    Gives.TRUTH: "condition",
    Gives.INSTANT: "expression that gives an instant",
    Gives.SPAN: "expression that gives a span",
    Gives.VALUE: "expression",
}

_REGION = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def page(text: str) -> str:
    """`text` with every generated region made anew: keys, faults, names. What is written by hand stays."""
    return _REGION.sub(lambda region: f"{region[1]}\n{_TABLES[region[2]]()}\n{region[3]}", text)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _takes(key: Key) -> str:
    match key.kind:
        case Kind.EXPRESSION:
            return _GIVES[key.gives or Gives.VALUE]
        case Kind.CRITERION:
            return "condition, or `judgement`"
        case Kind.CHOICE:
            return " ".join(f"`{word}`" for word in key.words)
        case Kind.CHOICES:
            return "some of " + " ".join(f"`{word}`" for word in key.words)
        case Kind.REFERENCE:
            return f"id of a {key.refers.value if key.refers else ''}".replace("a actor", "an actor")
        case Kind.REFERENCES:
            return f"ids of {key.refers.value if key.refers else ''}s".replace("bodys", "bodies").replace(
                "partys", "parties"
            )
        case Kind.ELEMENT | Kind.ELEMENTS | Kind.ROWS | Kind.LIST | Kind.RIGHTS:
            shape = SHAPES[key.shape]
            return f"{kind_words(key.kind).en}: [{shape.name.en}](#{_anchor(shape)})"
        case Kind.TASKS:
            return "ids, each with a [task](#task-任务) or a [group of tasks](#group-of-tasks-任务组)"
        case _:
            return kind_words(key.kind).en


def _anchor(shape: Shape) -> str:
    return f"{shape.name.en} {shape.name.zh}".lower().replace(" ", "-")


def _keys() -> str:
    parts: list[str] = []
    for shape in SHAPES.values():
        parts.append(f"### {shape.name.en} {shape.name.zh}\n\n{shape.text.en}\n{shape.text.zh}\n")
        if shape.brief:
            parts.append(f"A bare value stands for `{shape.brief}`.\n")
        parts.append("| key | takes | meaning |\n|---|---|---|")
        for key in shape.keys.values():
            needed = " (needed)" if key.required else ""
            parts.append(f"| `{key.name}`{needed} | {_cell(_takes(key))} | {_cell(key.en)} {_cell(key.zh)} |")
        parts.append("")
    parts.append("The rights: " + ", ".join(f"`{right}`" for right in RIGHTS) + ".\n")
    return "\n".join(parts)


def _faults() -> str:
    rows = ["| code | says | mend |", "|---|---|---|"]
    for code, fault in sorted(FAULTS.items()):
        says = fault.en.replace("{{", "{").replace("}}", "}")
        mend = fault.mend_en.replace("{near}", "").replace("{{", "{").replace("}}", "}")
        rows.append(
            f"| `{code}` | {_cell(says)}<br>{_cell(fault.zh)} | {_cell(mend.strip() or 'as the finding says')} |"
        )
    return "\n".join(rows) + "\n"


def _names() -> str:
    lines = [
        "- instants of every case: " + ", ".join(f"`{name}`" for name in INSTANTS),
        "- answered by the calendar: " + ", ".join(f"`{name}`" for name in CALENDAR_NAMES),
        "- answered by the case: " + ", ".join(f"`{name}`" for name in CASE_NAMES),
        "- functions: " + ", ".join(f"`{name}()`" for name in FUNCTIONS),
    ]
    return "\n".join(lines) + "\n"


_TABLES = {"keys": _keys, "faults": _faults, "names": _names}
