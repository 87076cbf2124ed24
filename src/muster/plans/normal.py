"""A tree of YAML to the normal form of a plan, by the table of shapes.

In the normal form one thing is said in one way: a value alone has become a list of one, words are {zh, en}, elements
with ids are pairs in a list (their order is part of the plan), flags that are false and empty lists are left out. It
is plain JSON, and the digest of an edition is taken from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from muster.plans.conditions import INSTANTS
from muster.plans.faults import Faults, Place
from muster.plans.findings import Path
from muster.plans.model import Words
from muster.plans.parsing import KEYWORDS, NotAnExpression, parse
from muster.plans.recurrences import why_no_rule
from muster.plans.shapes import RIGHTS, SHAPES, Gives, Key, Kind, Shape
from muster.plans.source import INTEGER, TRUTHS, Mapping, Scalar, Sequence, Tree

Normal = dict[str, Any]

ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*", re.ASCII)
LONGEST_ID = 64
CLOCK_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00", re.ASCII)
SEATS = re.compile(r"([0-9]{1,4})(?:(\.\.)([0-9]{1,4})?)?", re.ASCII)

# Types of settings whose value is a text and not an expression.
TEXT_TYPES = frozenset({"text"})

_KIND_WORDS: dict[Kind, Words] = {
    Kind.TEXT: Words("一段文字", "a text"),
    Kind.WORDS: Words("文字，或 {zh: …, en: …}", "a text, or {zh: …, en: …}"),
    Kind.ID: Words("标识", "an id"),
    Kind.EXPRESSION: Words("表达式", "an expression"),
    Kind.CRITERION: Words("表达式或 judgement", "an expression or judgement"),
    Kind.FLAG: Words("true 或 false", "true or false"),
    Kind.COUNT: Words("非负整数", "a whole number, 0 or more"),
    Kind.CHOICE: Words("一个词", "one word"),
    Kind.CHOICES: Words("词的列表", "a list of words"),
    Kind.REFERENCE: Words("一个标识", "one id"),
    Kind.REFERENCES: Words("标识或标识的列表", "an id or a list of ids"),
    Kind.SOURCE: Words("要素、时刻或 表单.栏目", "a fact, an instant or form.field"),
    Kind.TEXTS: Words("文字或文字的列表", "a text or a list of texts"),
    Kind.BINDINGS: Words("“标识: 标识”", "ids, each with an id"),
    Kind.RECURRENCE: Words("日历规则，如 FREQ=WEEKLY;BYDAY=FR", "a rule such as FREQ=WEEKLY;BYDAY=FR"),
    Kind.CLOCK_TIME: Words("加引号的钟点，如 \"17:30\"，至 \"24:00\"", 'a clock time such as "17:30", to "24:00"'),
    Kind.SEATS: Words("人数：3、“2..”或“1..2”", 'a number of holders: 3, "2.." or "1..2"'),
    Kind.VALUES: Words("[a, b] 或 {a: 名称}", "[a, b] or {a: name}"),
    Kind.ELEMENT: Words("“键: 值”", "keys and values"),
    Kind.ELEMENTS: Words("“标识: 内容”", "ids, each with its element"),
    Kind.ROWS: Words("列表或“标识: 内容”", "a list, or ids, each with its element"),
    Kind.LIST: Words("列表", "a list"),
    Kind.RIGHTS: Words("“权限: 谁”", "rights, each with who holds it"),
    Kind.TASKS: Words("“标识: 任务”", "ids, each with its task"),
}  # fmt: skip


def kind_words(kind: Kind) -> Words:
    """What a kind of value is called in findings and in the reference."""
    return _KIND_WORDS[kind]


def _found(tree: Tree) -> Words:
    match tree:
        case Scalar() if tree.is_null:
            return Words("空白", "nothing")
        case Scalar(text=text):
            short = text if len(text) <= 40 else text[:40] + "…"
            return Words(f"“{short}”", f"“{short}”")
        case Sequence():
            return Words("列表", "a list")
        case _:
            return Words("“键: 值”", "keys and values")


class Normaliser:
    """Reads one file. Fills `places` with the position of every path and `faults` with what is wrong."""

    def __init__(self, places: dict[Path, Place], faults: Faults) -> None:
        self.places = places
        self.faults = faults
        self._readers: dict[Kind, Callable[[Key, Tree, Path], Any]] = {
            Kind.TEXT: self._text,
            Kind.WORDS: self._words,
            Kind.ID: self._id,
            Kind.EXPRESSION: self._expression,
            Kind.CRITERION: self._expression,
            Kind.FLAG: self._flag,
            Kind.COUNT: self._count,
            Kind.CHOICE: self._choice,
            Kind.CHOICES: self._choices,
            Kind.REFERENCE: self._text,
            Kind.REFERENCES: self._texts,
            Kind.SOURCE: self._source,
            Kind.TEXTS: self._texts,
            Kind.CLOCK_TIME: self._clock_time,
            Kind.RECURRENCE: self._recurrence,
            Kind.SEATS: self._seats,
            Kind.VALUES: self._values,
            Kind.ELEMENT: lambda key, tree, path: self.element(SHAPES[key.shape], tree, path),
            Kind.ELEMENTS: self._elements,
            Kind.ROWS: self._rows,
            Kind.LIST: self._list,
            Kind.BINDINGS: self._bindings,
            Kind.RIGHTS: self._rights,
            Kind.TASKS: self._tasks,
        }

    # --- elements -------------------------------------------------------------------------------------------------

    def element(self, shape: Shape, tree: Tree, path: Path) -> Normal | None:
        """The normal form of one element; None where it is none at all."""
        if shape.brief and self._is_brief(shape, tree):
            key = shape.keys[shape.brief]
            value = self._readers[key.kind](key, tree, path)
            return None if value is None else {key.name: value}
        if not isinstance(tree, Mapping):
            self._wrong(path, tree, Words(f"{shape.name.zh}：“键: 值”", f"keys and values of a {shape.name.en}"))
            return None
        normal: Normal = {}
        seen = self._entries(tree, path)
        for name, (key_at, value) in seen.items():
            key_path = (*path, name)
            known = shape.keys.get(name)
            if known is None:
                self.faults.add(
                    "P010",
                    key_path,
                    place=(key_at.line, key_at.column),
                    element=shape.name,
                    key=name[:60],
                    near=self.faults.near(name, shape.keys),
                    allowed=", ".join(shape.keys),
                )
                continue
            read = self._by_type(shape, known, seen) if known.gives is Gives.VALUE else known
            result = self._readers[read.kind](read, value, key_path)
            if result is not None and result is not False and result != []:
                normal[name] = result
        for known in shape.keys.values():
            if known.required and known.name not in seen:
                self.faults.add(
                    "P011",
                    path,
                    element=shape.name,
                    key=known.name,
                    meaning=Words(known.zh, known.en.rstrip(".")),
                )
        return normal

    @staticmethod
    def _is_brief(shape: Shape, tree: Tree) -> bool:
        """Whether `tree` is the one thing that this shape may be shortened to: a text, or words {zh, en}."""
        if isinstance(tree, Scalar):
            return not tree.is_null
        if shape.keys[shape.brief].kind is not Kind.WORDS or not isinstance(tree, Mapping) or not tree.items:
            return False
        return all(key.text in ("zh", "en") for key, _ in tree.items)

    def _by_type(self, shape: Shape, key: Key, seen: dict[str, tuple[Scalar, Tree]]) -> Key:
        """The key as it is read beside its `type`: a text is not parsed."""
        type_ = seen.get("type")
        if shape.id == "setting" and type_ and isinstance(type_[1], Scalar) and type_[1].text in TEXT_TYPES:
            return Key(key.name, Kind.TEXT, key.zh, key.en, key.required)
        return key

    def _entries(self, tree: Mapping, path: Path) -> dict[str, tuple[Scalar, Tree]]:
        """Key → (where the key stands, value). A key that stands twice is a fault, and the first counts."""
        seen: dict[str, tuple[Scalar, Tree]] = {}
        for key, value in tree.items:
            if key.text in seen:
                first = seen[key.text][0]
                self.faults.add(
                    "P005", (*path, key.text), place=(key.line, key.column), key=key.text[:60], first=first.line
                )
                continue
            seen[key.text] = (key, value)
            self.places[(*path, key.text)] = (key.line, key.column)
        return seen

    def _wrong(self, path: Path, tree: Tree, wanted: Words) -> None:
        name = str(path[-1]) if path else ""
        if path and isinstance(path[-1], int) and len(path) > 1:
            name = f"{path[-2]}[{path[-1] + 1}]"
        self.faults.add(
            "P012",
            path,
            place=(tree.line, tree.column) if not (isinstance(tree, Scalar) and tree.is_null) else None,
            key=name[:60],
            wanted=wanted,
            found=_found(tree),
        )

    # --- scalars --------------------------------------------------------------------------------------------------

    def _scalar(self, key: Key, tree: Tree, path: Path) -> str | None:
        """The text of a scalar with something in it; else a fault."""
        if not isinstance(tree, Scalar) or tree.is_null:
            self._wrong(path, tree, _KIND_WORDS[key.kind])
            return None
        if not tree.text.strip():
            self.faults.add("P015", path, place=(tree.line, tree.column), key=str(path[-1]) if path else "")
            return None
        return tree.text.strip()

    def _text(self, key: Key, tree: Tree, path: Path) -> str | None:
        return self._scalar(key, tree, path)

    def _words(self, key: Key, tree: Tree, path: Path) -> dict[str, str] | None:
        if not isinstance(tree, Mapping):
            text = self._scalar(key, tree, path)
            return None if text is None else {"zh": text}
        words: dict[str, str] = {}
        fine = True
        for name, (at, value) in self._entries(tree, path).items():
            if name not in ("zh", "en"):
                self.faults.add(
                    "P010",
                    (*path, name),
                    place=(at.line, at.column),
                    element=Words("文字", "a text in two languages"),
                    key=name[:60],
                    near=Words("", ""),
                    allowed="zh, en",
                )
                fine = False
                continue
            text = self._scalar(key, value, (*path, name))
            if text is not None:
                words[name] = text
            else:
                fine = False
        if not words and fine:
            self.faults.add("P015", path, key=str(path[-1]) if path else "")
        return words or None

    def _id(self, key: Key, tree: Tree, path: Path) -> str | None:
        text = self._scalar(key, tree, path)
        return text if text is not None and self._is_id(text, path, (tree.line, tree.column)) else None

    def _is_id(self, text: str, path: Path, place: Place | None = None) -> bool:
        if len(text) <= LONGEST_ID and ID.fullmatch(text) and text not in KEYWORDS:
            return True
        self.faults.add("P013", path, place=place, id=text[:60])
        return False

    def _expression(self, key: Key, tree: Tree, path: Path) -> str | None:
        text = self._scalar(key, tree, path)
        if text is None or not isinstance(tree, Scalar):
            return None
        if tree.plain and text in TRUTHS:
            return "true" if TRUTHS[text] else "false"
        if key.kind is Kind.CRITERION and text == "judgement":
            return text
        if "\n" in text:
            text = " ".join(text.split())
        try:
            parse(text)
        except NotAnExpression as error:
            place = (tree.line, tree.column)
            if tree.one_line and (tree.plain or tree.quoted):
                skipped = len(tree.text) - len(tree.text.lstrip())
                place = (tree.line, tree.column + error.column - 1 + tree.quoted + skipped)
            self.faults.add("P016", path, place=place, key=str(path[-1]), why=error.words)
            return None
        return text

    def _flag(self, key: Key, tree: Tree, path: Path) -> bool | None:
        if isinstance(tree, Scalar) and tree.plain and tree.text in TRUTHS:
            return TRUTHS[tree.text]
        self._wrong(path, tree, _KIND_WORDS[key.kind])
        return None

    def _count(self, key: Key, tree: Tree, path: Path) -> int | None:
        if isinstance(tree, Scalar) and tree.plain and INTEGER.fullmatch(tree.text) and 0 <= int(tree.text) < 10**9:
            return int(tree.text)
        self._wrong(path, tree, _KIND_WORDS[key.kind])
        return None

    def _choice(self, key: Key, tree: Tree, path: Path) -> str | None:
        text = self._scalar(key, tree, path)
        if text is None or text in key.words:
            return text
        self.faults.add(
            "P014",
            path,
            place=(tree.line, tree.column),
            key=key.name,
            value=text[:60],
            near=self.faults.near(text, key.words),
            allowed=", ".join(key.words),
        )
        return None

    def _choices(self, key: Key, tree: Tree, path: Path) -> list[str]:
        items = tree.items if isinstance(tree, Sequence) else [tree]
        read = [self._choice(key, item, (*path, number)) for number, item in enumerate(items)]
        return [each for each in read if each is not None]

    def _texts(self, key: Key, tree: Tree, path: Path) -> list[str]:
        items = tree.items if isinstance(tree, Sequence) else [tree]
        texts: list[str] = []
        seen: set[str] = set()
        for number, item in enumerate(items):
            item_path = (*path, number) if isinstance(tree, Sequence) else path
            if isinstance(tree, Sequence):
                self.places[item_path] = (item.line, item.column)
            text = self._scalar(key, item, item_path)
            if text is None:
                continue
            if text in seen:
                self.faults.add(
                    "P005", item_path, place=(item.line, item.column), key=text[:60], first=self.places[path][0]
                )
                continue
            seen.add(text)
            texts.append(text)
        return texts

    def _source(self, key: Key, tree: Tree, path: Path) -> str | None:
        text = self._scalar(key, tree, path)
        if text is None or text in INSTANTS or all(ID.fullmatch(part) for part in text.split(".", 1)):
            return text
        self._wrong(path, tree, _KIND_WORDS[key.kind])
        return None

    def _clock_time(self, key: Key, tree: Tree, path: Path) -> str | None:
        text = self._scalar(key, tree, path)
        if text is None or CLOCK_TIME.fullmatch(text):
            return text
        self._wrong(path, tree, _KIND_WORDS[key.kind])
        return None

    def _recurrence(self, key: Key, tree: Tree, path: Path) -> str | None:
        text = self._scalar(key, tree, path)
        if text is None or (why := why_no_rule(text)) is None:
            return text
        self.faults.add("P027", path, value=text[:80], why=why)
        return None

    def _seats(self, key: Key, tree: Tree, path: Path) -> list[int] | None:
        """[least, most]; most 0 for no limit."""
        text = self._scalar(key, tree, path)
        if text is None:
            return None
        match = SEATS.fullmatch(text)
        if match:
            least = int(match[1])
            most = int(match[3] or 0) if match[2] else least
            if (most >= least or (match[2] and not match[3])) and (most or least):
                return [least, most]
        self._wrong(path, tree, _KIND_WORDS[key.kind])
        return None

    # --- collections ----------------------------------------------------------------------------------------------

    def _values(self, key: Key, tree: Tree, path: Path) -> list[list[Any]]:
        pairs: list[list[Any]] = []
        if isinstance(tree, Mapping):
            for name, (_, value) in self._entries(tree, path).items():
                if not self._is_id(name, (*path, name)):
                    continue
                words = (
                    {"zh": name}
                    if isinstance(value, Scalar) and value.is_null
                    else self._words(Key(name, Kind.WORDS, "", ""), value, (*path, name))
                )
                if words is not None:
                    pairs.append([name, words])
            return pairs
        for number, text in enumerate(self._texts(key, tree, path)):
            if self._is_id(text, (*path, number)):
                pairs.append([text, {"zh": text}])
        return pairs

    def _elements(self, key: Key, tree: Tree, path: Path) -> list[list[Any]]:
        if not isinstance(tree, Mapping):
            self._wrong(path, tree, _KIND_WORDS[key.kind])
            return []
        pairs: list[list[Any]] = []
        for name, (_, value) in self._entries(tree, path).items():
            item_path = (*path, name)
            if not self._is_id(name, item_path):
                continue
            # What could not be read stays as a name, so that those who refer to it are not blamed as well.
            pairs.append([name, self.element(SHAPES[key.shape], value, item_path) or {}])
        return pairs

    def _rows(self, key: Key, tree: Tree, path: Path) -> list[list[Any]]:
        if not isinstance(tree, Sequence):
            return self._elements(key, tree, path)
        shape = SHAPES[key.shape]
        pairs: list[list[Any]] = []
        seen: dict[str, int] = {}
        for number, item in enumerate(tree.items):
            place = (item.line, item.column)
            self.places[(*path, number)] = place
            normal: Normal | None
            if isinstance(item, Scalar) and shape.brief:  # a bare id
                id_ = self._scalar(key, item, (*path, number))
                normal = {}
            elif isinstance(item, Mapping):
                id_ = None
                for at, value in item.items:
                    if at.text == "id":
                        id_ = self._scalar(Key("id", Kind.ID, "", ""), value, (*path, number, "id"))
                        break
                else:
                    self.faults.add(
                        "P011", (*path, number), element=shape.name, key="id", meaning=Words("标识", "its id")
                    )
                rest = Mapping(item.line, item.column)
                rest.items = [entry for entry in item.items if entry[0].text != "id"]
                named: Path = (*path, number if id_ is None else id_)
                self.places.setdefault(named, place)
                normal = self.element(shape, rest, named)
            else:
                self._wrong(
                    (*path, number), item, Words(f"{shape.name.zh}：“键: 值”", f"keys and values of a {shape.name.en}")
                )
                continue
            if id_ is None or normal is None or not self._is_id(id_, (*path, number), place):
                continue
            if id_ in seen:
                self.faults.add("P005", (*path, number), place=place, key=id_, first=seen[id_])
                continue
            seen[id_] = item.line
            self.places.setdefault((*path, id_), place)
            pairs.append([id_, normal])
        return pairs

    def _list(self, key: Key, tree: Tree, path: Path) -> list[Normal]:
        shape = SHAPES[key.shape]
        items = tree.items if isinstance(tree, Sequence) else [tree]
        elements: list[Normal] = []
        for number, item in enumerate(items):
            item_path = (*path, number)
            self.places[item_path] = (item.line, item.column)
            normal = self.element(shape, item, item_path)
            if normal is not None:
                elements.append(normal)
        return elements

    def _bindings(self, key: Key, tree: Tree, path: Path) -> dict[str, str]:
        if not isinstance(tree, Mapping):
            self._wrong(path, tree, _KIND_WORDS[key.kind])
            return {}
        found = {}
        for name, (_, value) in self._entries(tree, path).items():
            id_ = self._id(key, value, (*path, name))
            if id_ is not None:
                found[name] = id_
        return found

    def _rights(self, key: Key, tree: Tree, path: Path) -> dict[str, list[Normal]]:
        if not isinstance(tree, Mapping):
            self._wrong(path, tree, _KIND_WORDS[key.kind])
            return {}
        rights: dict[str, list[Normal]] = {}
        for name, (at, value) in self._entries(tree, path).items():
            if name not in RIGHTS:
                self.faults.add(
                    "P014",
                    (*path, name),
                    place=(at.line, at.column),
                    key=key.name,
                    value=name[:60],
                    near=self.faults.near(name, RIGHTS),
                    allowed=", ".join(RIGHTS),
                )
                continue
            rights[name] = self._list(key, value, (*path, name))
        return rights

    def _tasks(self, key: Key, tree: Tree, path: Path) -> list[list[Any]]:
        """Tasks and groups. Paths leave groups out: ("tasks", "scheme", "due") wherever the task stands."""
        return self._tasks_within(key, tree, path, path, "")

    def _tasks_within(self, key: Key, tree: Tree, section: Path, path: Path, outer: str) -> list[list[Any]]:
        if not isinstance(tree, Mapping):
            self._wrong(path, tree, _KIND_WORDS[key.kind])
            return []
        pairs: list[list[Any]] = []
        for name, (at, value) in self._entries(tree, path).items():
            place = (at.line, at.column)
            if not self._is_id(name, (*path, name)):
                continue
            is_group = isinstance(value, Mapping) and any(entry[0].text == "tasks" for entry in value.items)
            normal: Normal | None
            if not is_group:
                flat = (*section, name)
                if outer and flat in self.places:
                    self.faults.add("P005", flat, place=place, key=name, first=self.places[flat][0])
                    continue
                self.places[flat] = place
                normal = self.element(SHAPES["task"], value, flat)
            else:
                group = f"{outer}/{name}" if outer else name
                flat = (*section, group)
                self.places[flat] = place
                normal = self._group(key, value, section, flat, group)
            pairs.append([name, normal or {}])
        return pairs

    def _group(self, key: Key, tree: Tree, section: Path, path: Path, group: str) -> Normal:
        inner: list[list[Any]] = []

        def tasks(_: Key, value: Tree, __: Path) -> list[list[Any]]:
            inner.extend(self._tasks_within(key, value, section, (*path, "tasks"), group))
            return inner

        before = self._readers[Kind.TASKS]
        self._readers[Kind.TASKS] = tasks
        try:
            normal = self.element(SHAPES["group"], tree, path)
        finally:
            self._readers[Kind.TASKS] = before
        return {**(normal or {}), "tasks": inner}  # kept where it is empty: it is what makes a group


def is_group(normal: Normal) -> bool:
    """Whether an entry of a tasks section is a group of tasks."""
    return "tasks" in normal
