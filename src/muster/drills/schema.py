"""The JSON Schema of the scenario file, made from the tables of its words: editors complete and check with it.

Whether a name leads anywhere, only running the scenario under its plan tells.
"""

from __future__ import annotations

import json
from typing import Any

from muster.drills.scenario import EXPECTATIONS, SPELLINGS, VERBS, Kind

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_INSTANT: Schema = {
    "type": ["string", "integer"],
    "description": "偏移或绝对时刻\nAn offset from the start, or absolute",
    "examples": ["0m", "90m", "-20m", "2h", "1d 09:30", "2026-03-03T09:00:00+08:00"],
}

_SHARED: dict[str, Schema] = {
    "name": {**_TEXT, "description": "标识、sheet:编号，或所称\nAn id, sheet:ID, or what people say"},
    "names": {"anyOf": [{"$ref": "#/$defs/name"}, {"type": "array", "items": {"$ref": "#/$defs/name"}}]},
    "words": {
        "anyOf": [
            _TEXT,
            {"type": "object", "properties": {"zh": _TEXT, "en": _TEXT}, "additionalProperties": False, "minProperties": 1},
        ]
    },
    "instant": _INSTANT,
}  # fmt: skip


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _nullable(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _by_name(schema: Schema) -> Schema:
    return {"type": "object", "additionalProperties": schema}


def _value(kind: Kind) -> Schema:
    match kind:
        case Kind.TEXT:
            return dict(_TEXT)
        case Kind.ACTOR | Kind.UNIT | Kind.TASK:
            return _ref("name")
        case Kind.NAME:
            return _nullable(_ref("name"))
        case Kind.TEXTS | Kind.ACTORS | Kind.TASKS | Kind.NAMES:
            return _ref("names")
        case Kind.INSTANT:
            return _ref("instant")
        case Kind.FLAG:
            return {"type": "boolean"}
        case Kind.VALUE:
            return {}
        case Kind.VALUES:
            return _by_name({})
        case Kind.UNITS:
            return _by_name(_ref("names"))
        case Kind.PARTIES:
            party = {
                "type": "object",
                "properties": {"party": _ref("name"), "name": _TEXT, "ref": _TEXT},
                "required": ["party"],
                "additionalProperties": False,
            }
            one = {"anyOf": [_ref("name"), party]}
            return {"anyOf": [_ref("name"), {"type": "array", "items": one}, _by_name(_ref("names"))]}
        case Kind.LEVELS:
            return {"anyOf": [_nullable(_ref("name")), _by_name(_nullable(_ref("name")))]}
        case Kind.PROPOSED:
            said = {
                "type": "object",
                "properties": {"because": _ref("names"), "scale": _ref("name")},
                "minProperties": 1,
            }
            return {"anyOf": [_nullable(_ref("name")), said]}
        case Kind.DUES:
            return _by_name(_nullable(_ref("instant")))
        case Kind.SPANS:
            return _by_name({"type": ["string", "integer"]})
        case Kind.REFUSED:
            one = {"anyOf": [{"enum": list(VERBS)}, {"type": "integer", "minimum": 1}]}
            return {"anyOf": [{"const": True}, one, {"type": "array", "items": one, "minItems": 1}]}


def _arguments(verb: str) -> Schema:
    takes = {"by": Kind.ACTOR, **VERBS[verb].takes}
    properties = {key: _value(kind) for key, kind in takes.items()}
    properties |= {written: properties[key] for (of, written), key in SPELLINGS.items() if of == verb}
    return {
        "title": f"{VERBS[verb].name.zh} · {VERBS[verb].name.en}",
        "type": "object",
        "properties": properties,
        "required": ["by", *VERBS[verb].needs],
        "additionalProperties": False,
    }


def build() -> Schema:
    """The schema as a JSON value."""
    inputs = {
        "type": "object",
        "properties": {"at": _ref("instant"), **{verb: _arguments(verb) for verb in VERBS}},
        "required": ["at"],
        "minProperties": 2,
        "maxProperties": 2,
        "additionalProperties": False,
    }
    at = {"anyOf": [{"const": "end"}, _ref("instant")]}
    expectations = {
        "type": "object",
        "properties": {
            "at": at,
            "for": _ref("name"),
            "says": _TEXT,
            **{word: _value(kind) for word, kind in EXPECTATIONS.items()},
        },
        "required": ["at"],
        "minProperties": 2,
        "dependentRequired": {"says": ["refused"]},
        "additionalProperties": False,
    }
    return {
        "$schema": DIALECT,
        "title": "脚本 · Scenario",
        "type": "object",
        "properties": {
            "scenario": {**_TEXT, "description": "标识\nIts id"},
            "plan": {**_TEXT, "description": "预案的标识\nThe id of its plan"},
            "title": _ref("words"),
            "text": _ref("words"),
            "sheet": _ref("names"),
            "starts": {"type": "string", "examples": ["2026-03-03T09:00:00+08:00"]},
            "inputs": {"type": "array", "items": inputs, "minItems": 1},
            "expect": {"type": ["array", "null"], "items": expectations},
        },
        "required": ["plan", "starts", "inputs"],
        "additionalProperties": False,
        "$defs": _SHARED,
    }


def text() -> str:
    """The schema as it is published: two spaces, Chinese as it is, a newline at the end."""
    return json.dumps(build(), ensure_ascii=False, indent=2) + "\n"
