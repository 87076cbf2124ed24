"""YAML to a tree with positions: the one place where a plan's bytes are taken apart.

YAML 1.2 as far as a plan needs it: mappings, sequences, scalars, anchors. Scalars stay text, and whoever reads them
decides what they are; so `on`, `yes`, `no` and `2022.10` are never turned into something else. No tags, no second
document. The tree is built from parser events without recursion, and its size and depth are bounded, so that no bytes
can exhaust memory or stack.
"""

from __future__ import annotations

import re

import yaml

from muster.plans.faults import Faults

LARGEST = 2 * 1024 * 1024  # bytes
MOST_NODES = 200_000  # aliases counted each time they are used
DEEPEST = 30

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
TRUTHS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
INTEGER = re.compile(r"[-+]?[0-9]{1,18}", re.ASCII)


class Scalar:
    """A text as it stands; `plain` where it is neither quoted nor a block."""

    __slots__ = ("column", "line", "one_line", "plain", "quoted", "text")

    def __init__(self, text: str, line: int, column: int, *, plain: bool, quoted: bool, one_line: bool) -> None:
        self.text = text
        self.line = line
        self.column = column
        self.plain = plain
        self.quoted = quoted
        self.one_line = one_line

    @property
    def is_null(self) -> bool:
        return self.plain and self.text in NULLS


class Sequence:
    __slots__ = ("column", "items", "line")

    def __init__(self, line: int, column: int) -> None:
        self.line = line
        self.column = column
        self.items: list[Tree] = []


class Mapping:
    """Keys in their order; a key that stands twice stands here twice."""

    __slots__ = ("column", "items", "line")

    def __init__(self, line: int, column: int) -> None:
        self.line = line
        self.column = column
        self.items: list[tuple[Scalar, Tree]] = []


Tree = Scalar | Sequence | Mapping

# What the YAML parser says most often, in words for somebody who does not know it.
_PROBLEMS = (
    ("mapping values are not allowed", "这里不能再有“键: 值”；值中含冒号时请加引号", "a second “key: value” in one line; put quotes around a value with a colon"),
    ("cannot start any token", "这里的字符不能开头；缩进请用空格，特殊符号开头的值请加引号", "a character that may not begin a value; indent with spaces, quote values that begin with a sign"),
    ("could not find expected ':'", "这一行缺少冒号", "a colon is missing in this line"),
    ("did not find expected key", "缩进与上面各行不一致，或括号、引号没有成对", "the indentation differs from the lines above, or a bracket or quotation mark is not closed"),
    ("did not find expected ',' or '}'", "花括号内缺少逗号，或没有闭合", "a comma is missing inside { }, or it is not closed"),
    ("did not find expected ',' or ']'", "方括号内缺少逗号，或没有闭合", "a comma is missing inside [ ], or it is not closed"),
    ("did not find expected '-' indicator", "列表的缩进不一致", "the items of the list are not indented alike"),
    ("unexpected end of stream", "引号或括号没有闭合", "a quotation mark or bracket is not closed"),
    ("found undefined alias", "引用了没有定义的锚点", "an alias that no anchor defines"),
    ("special characters are not allowed", "含有不可见的控制字符", "it holds a control character"),
    ("control characters are not allowed", "含有不可见的控制字符", "it holds a control character"),
)  # fmt: skip


def text_of(source: bytes | str, faults: Faults) -> str | None:
    """The text of `source`, without byte-order mark; None, with a finding, where it is not UTF-8 or too large."""
    if isinstance(source, str):
        if len(source) > LARGEST:
            faults.add("P003", (), place=(1, 1), size=f"{LARGEST // 1024 // 1024} MiB")
            return None
        for offset, character in enumerate(source):
            if "\ud800" <= character <= "\udfff":
                faults.add("P001", (), place=_place(source, offset), offset=offset)
                return None
        return source.removeprefix("\ufeff")
    if len(source) > LARGEST:
        faults.add("P003", (), place=(1, 1), size=f"{LARGEST // 1024 // 1024} MiB")
        return None
    try:
        return source.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = source[: error.start].decode("utf-8", "replace")
        faults.add("P001", (), place=_place(before, len(before)), offset=error.start)
        return None


def _place(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def tree_of(text: str, faults: Faults) -> Tree | None:
    """The one document of `text`; None, with a finding, where it is not YAML, or not YAML that a plan may use."""
    # The parser takes these for line breaks or refuses them only in part; libyaml and the Python one differ.
    for offset, character in enumerate(text):
        if character < " " and character not in "\t\n\r":
            faults.add(
                "P002", (), place=_place(text, offset), zh="含有不可见的控制字符", en="it holds a control character"
            )
            return None
    loader = None
    try:
        loader = _LOADER(text)  # the Python one already looks for control characters here
        return _build(loader, faults)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        zh = en = str(error.problem or error.context or error)
        for sign, said_zh, said_en in _PROBLEMS:
            if sign in zh:
                zh, en = said_zh, said_en
                break
        faults.add("P002", (), place=place, zh=zh, en=en)
    except yaml.reader.ReaderError as error:
        position = error.position if isinstance(error.position, int) else 0
        faults.add(
            "P002", (), place=_place(text, position), zh="含有不可见的控制字符", en="it holds a control character"
        )
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # A \U escape beyond Unicode, a %YAML version with a thousand digits: the parser leaves these to Python.
        faults.add("P002", (), place=(1, 1), zh=str(error), en=str(error))
    finally:
        if loader is not None:
            loader.dispose()
    return None


class _Open:
    """A mapping or sequence that is being filled."""

    __slots__ = ("anchor", "key", "node", "size")

    def __init__(self, node: Sequence | Mapping, anchor: str | None) -> None:
        self.node = node
        self.anchor = anchor
        self.key: Scalar | None = None
        self.size = 1


def _build(loader: yaml.SafeLoader, faults: Faults) -> Tree | None:
    root: Tree | None = None
    documents = 0
    stack: list[_Open] = []
    anchors: dict[str, tuple[Tree, int]] = {}
    total = 0
    while loader.check_event():
        event: yaml.Event = loader.get_event()  # type: ignore[no-untyped-call]
        start, end = event.start_mark, event.end_mark
        place = (start.line + 1, start.column + 1) if start else (1, 1)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                faults.add("P006", (), place=place)
                return None
            continue
        if isinstance(event, yaml.NodeEvent):
            tag = getattr(event, "tag", None)  # an alias has none
            if tag is not None:
                faults.add("P007", (), place=place, tag=str(tag)[:60])
                return None
            node: Tree
            size = 1
            if isinstance(event, yaml.ScalarEvent):
                node = Scalar(
                    event.value,
                    *place,
                    plain=event.style in (None, ""),
                    quoted=event.style in ("'", '"'),
                    one_line=bool(start and end and start.line == end.line),
                )
            elif isinstance(event, yaml.AliasEvent):
                if event.anchor not in anchors:
                    faults.add("P002", (), place=place, zh="引用了没有定义的锚点", en="an alias that no anchor defines")
                    return None
                node, size = anchors[event.anchor]
            else:
                node = Mapping(*place) if isinstance(event, yaml.MappingStartEvent) else Sequence(*place)
                if len(stack) >= DEEPEST:
                    faults.add("P004", (), place=place, nodes=MOST_NODES, depth=DEEPEST)
                    return None
                stack.append(_Open(node, event.anchor))
                anchors.pop(event.anchor or "", None)  # inside itself an anchor is not defined yet
                total += 1
                continue
            total += size
            if isinstance(event, yaml.ScalarEvent) and event.anchor:
                anchors[event.anchor] = (node, size)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            closed = stack.pop()
            node, size = closed.node, closed.size
            if closed.anchor:
                anchors[closed.anchor] = (node, size)
        else:
            continue
        if total > MOST_NODES:
            faults.add("P004", (), place=place, nodes=MOST_NODES, depth=DEEPEST)
            return None
        if not stack:
            root = node
            continue
        outer = stack[-1]
        outer.size += size
        if isinstance(outer.node, Sequence):
            outer.node.items.append(node)
        elif outer.key is None:
            if not isinstance(node, Scalar):
                faults.add("P008", (), place=place)
                return None
            outer.key = node
        else:
            outer.node.items.append((outer.key, node))
            outer.key = None
    return root
