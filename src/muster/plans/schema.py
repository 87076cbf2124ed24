"""The JSON Schema of the plan file, made from the table of shapes: editors complete and check a plan with it.

It knows shapes and words; whether names lead anywhere and expressions fit together, only `muster plan check` knows.
"""

from __future__ import annotations

import json
from typing import Any

from muster.plans.normal import CLOCK_TIME, ID, LONGEST_ID, SEATS
from muster.plans.shapes import RIGHTS, SHAPES, Key, Kind, Shape

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

# What YAML may take for a number or a truth where a plan means a text or an expression: `edition: 2026`, `when: true`.
_LOOSE_TEXT: Schema = {"type": ["string", "number", "boolean"]}

_SHARED: dict[str, Schema] = {
    "id": {"type": "string", "pattern": f"^{ID.pattern}$", "maxLength": LONGEST_ID},
    "words": {
        "anyOf": [
            {"type": ["string", "number"]},
            {
                "type": "object",
                "properties": {"zh": {"type": ["string", "number"]}, "en": {"type": ["string", "number"]}},
                "additionalProperties": False,
                "minProperties": 1,
            },
        ]
    },
    "expression": {**_LOOSE_TEXT, "examples": ["level >= III", "occurred + 1h", "not known(restored_at)"]},
    "texts": {"anyOf": [_LOOSE_TEXT, {"type": "array", "items": _LOOSE_TEXT}]},
    "references": {"anyOf": [{"$ref": "#/$defs/id"}, {"type": "array", "items": {"$ref": "#/$defs/id"}}]},
    "values": {
        "anyOf": [
            {"$ref": "#/$defs/references"},
            {
                "type": "object",
                "propertyNames": {"$ref": "#/$defs/id"},
                "additionalProperties": {"anyOf": [{"$ref": "#/$defs/words"}, {"type": "null"}]},
            },
        ]
    },
    "seats": {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": f"^{SEATS.pattern}$"}]},
    "clock-time": {"type": "string", "pattern": f"^(?:{CLOCK_TIME.pattern})$"},
}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _one_or_more(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "array", "items": schema}]}


def _by_id(schema: Schema) -> Schema:
    return {"type": "object", "propertyNames": _ref("id"), "additionalProperties": schema}


def _value(key: Key) -> Schema:
    match key.kind:
        case Kind.TEXT:
            return dict(_LOOSE_TEXT)
        case Kind.WORDS:
            return _ref("words")
        case Kind.ID | Kind.REFERENCE:
            return _ref("id")
        case Kind.EXPRESSION | Kind.CRITERION:
            return _ref("expression")
        case Kind.FLAG:
            return {"type": "boolean"}
        case Kind.COUNT:
            return {"type": "integer", "minimum": 0}
        case Kind.CHOICE:
            return {"enum": list(key.words)}
        case Kind.CHOICES:
            return _one_or_more({"enum": list(key.words)})
        case Kind.REFERENCES:
            return _ref("references")
        case Kind.SOURCE:
            return {"type": "string", "pattern": f"^{ID.pattern}(?:\\.{ID.pattern})?$"}
        case Kind.TEXTS:
            return _ref("texts")
        case Kind.CLOCK_TIME:
            return _ref("clock-time")
        case Kind.BINDINGS:
            return _by_id(_ref("id"))
        case Kind.RECURRENCE:
            return {"type": "string", "pattern": "^(RRULE:)?([A-Z]+=[^;]+;)*FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;|$)"}
        case Kind.SEATS:
            return _ref("seats")
        case Kind.VALUES:
            return _ref("values")
        case Kind.ELEMENT:
            return _ref(key.shape)
        case Kind.ELEMENTS:
            return _by_id(_ref(key.shape))
        case Kind.ROWS:
            return {"anyOf": [_by_id(_ref(key.shape)), {"type": "array", "items": _ref(f"{key.shape}-row")}]}
        case Kind.LIST:
            return _one_or_more(_ref(key.shape))
        case Kind.RIGHTS:
            return {
                "type": "object",
                "properties": {right: _one_or_more(_ref(key.shape)) for right in RIGHTS},
                "additionalProperties": False,
            }
        case Kind.TASKS:
            return _by_id(_ref("task-or-group"))


def _object(shape: Shape) -> Schema:
    return {
        "title": f"{shape.name.zh} · {shape.name.en}",
        "description": f"{shape.text.zh}\n{shape.text.en}",
        "type": "object",
        "properties": {key.name: {"description": f"{key.zh}\n{key.en}", **_value(key)} for key in shape.keys.values()},
        "required": [key.name for key in shape.keys.values() if key.required],
        "additionalProperties": False,
    }


def _definitions() -> dict[str, Schema]:
    found = dict(_SHARED)
    for shape in SHAPES.values():
        if shape.id == "plan":
            continue
        plain = _object(shape)
        if shape.brief:
            found[shape.id] = {"anyOf": [_value(shape.keys[shape.brief]), plain]}
        else:
            found[shape.id] = plain
        if any(
            key.kind is Kind.ROWS and key.shape == shape.id for each in SHAPES.values() for key in each.keys.values()
        ):
            row = {
                **plain,
                "properties": {"id": _ref("id"), **plain["properties"]},
                "required": ["id", *plain["required"]],
            }
            found[f"{shape.id}-row"] = {"anyOf": [_ref("id"), row]} if shape.brief else row
    found["task-or-group"] = {"if": {"required": ["tasks"]}, "then": _ref("group"), "else": _ref("task")}
    return found


def build() -> Schema:
    """The schema as a JSON value."""
    return {"$schema": DIALECT, **_object(SHAPES["plan"]), "$defs": _definitions()}


def text() -> str:
    """The schema as it is published: two spaces, Chinese as it is, a newline at the end."""
    return json.dumps(build(), ensure_ascii=False, indent=2) + "\n"
