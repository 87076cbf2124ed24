"""Finds the texts that pages say, in templates and in code, so that a test can ask for their translation."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

_TRANSLATE = re.compile(
    r"""{%\s*translate\s+(?P<q>["'])(?P<text>.*?)(?P=q)(?:\s+context\s+(?P<c>["'])(?P<context>.*?)(?P=c))?"""
)
_IN_TAG = re.compile(r"""_\((?P<q>["'])(?P<text>.*?)(?P=q)\)""")
_BLOCK = re.compile(r"{%\s*blocktranslate(?P<head>[^%]*)%}(?P<body>.*?){%\s*endblocktranslate\s*%}", re.S)


def in_template(path: Path) -> Iterator[tuple[str, str]]:
    """(context, text) of everything a template says."""
    text = path.read_text(encoding="utf-8")
    for found in _TRANSLATE.finditer(text):
        yield found["context"] or "", found["text"]
    for found in _IN_TAG.finditer(text):
        yield "", found["text"]
    for found in _BLOCK.finditer(text):
        for body in re.split(r"{%\s*plural\s*%}", found["body"])[:1]:
            said = re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", body)
            yield (
                "",
                " ".join(line.strip() for line in said.splitlines()).strip() if "trimmed" in found["head"] else said,
            )


def in_code(path: Path) -> Iterator[tuple[str, str]]:
    """(context, text) of everything a module says through gettext."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if node.func.id in ("_", "gettext", "ngettext") and texts:
                yield "", texts[0]
            elif node.func.id == "pgettext" and len(texts) == 2:
                yield texts[0], texts[1]
