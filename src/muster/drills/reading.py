"""A scenario file to a scenario. Any bytes give an answer: the scenario, or every fault at once with line and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from muster.drills.faults import ScenarioFaults
from muster.drills.instants import When, signed_span_of, when_of
from muster.drills.scenario import (
    EXPECTATIONS,
    NOTHING,
    OPENINGS,
    SPELLINGS,
    VERBS,
    Expectation,
    Input,
    Kind,
    Party,
    Proposed,
    Scenario,
)
from muster.plans.faults import Place
from muster.plans.findings import Finding, Path
from muster.plans.model import Words
from muster.plans.source import INTEGER, TRUTHS, Scalar, Sequence, Tree, text_of, tree_of
from muster.plans.source import Mapping as TreeMapping

_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.[0-9]+|[0-9]+[eE][-+]?[0-9]{1,2})", re.ASCII)

_TOP = ("scenario", "plan", "title", "text", "sheet", "starts", "inputs", "expect")
_NEEDED = {
    "plan": Words("预案的标识", "the id of the plan"),
    "starts": Words("开始的时刻", "when it starts"),
    "inputs": Words("何时何人做什么", "what people do when"),
}
_FILE = Words("脚本", "A scenario")
_INPUT = Words("输入", "An input")
_EXPECTATION = Words("预期", "An expectation")

_WANTED: dict[Kind, Words] = {
    Kind.TEXT: Words("一段文字", "a text"),
    Kind.TEXTS: Words("文字或文字的列表", "a text or a list of texts"),
    Kind.ACTOR: Words("一个岗位、机构或外部方", "one post, body or party"),
    Kind.ACTORS: Words("岗位、机构或外部方，可以列几个", "posts, bodies or parties"),
    Kind.UNIT: Words("一个单位或外部方", "one unit or party"),
    Kind.TASK: Words("一项任务", "one task"),
    Kind.TASKS: Words("任务，可以列几项", "tasks"),
    Kind.NAME: Words("一个名称", "one name"),
    Kind.NAMES: Words("名称，可以列几个", "names"),
    Kind.INSTANT: Words("时刻，如 90m、1d 09:30", "an instant such as 90m or 1d 09:30"),
    Kind.FLAG: Words("true 或 false", "true or false"),
    Kind.VALUE: Words("一个值", "a value"),
    Kind.VALUES: Words("“名称: 值”", "names with values"),
    Kind.UNITS: Words("“岗位或机构: 单位”", "case-filled actors with who fills them"),
    Kind.PARTIES: Words("{party, name} 的列表，或“外部方: 名称”", "a list of {party, name}, or parties with names"),
    Kind.LEVELS: Words("一个级别", "a level"),
    Kind.PROPOSED: Words("级别，或 {level, because}", "a level, or {level, because}"),
    Kind.DUES: Words("“任务: 时刻”", "tasks with instants"),
    Kind.SPANS: Words("“任务: 时长”", "tasks with lengths of time"),
    Kind.REFUSED: Words("true、动作或第几条", "true, a verb or a position"),
}


class LoadedScenario(Struct, frozen=True, kw_only=True):
    """What came of reading a file. `places` gives the position of every path: ("inputs", 3, "by")."""

    name: str
    scenario: Scenario | None
    findings: tuple[Finding, ...]
    places: Mapping[Path, Place]


def read_scenario(source: bytes | str, *, name: str = "scenario.yaml") -> LoadedScenario:
    """Read a scenario file. Never raises, whatever the bytes. Names are looked up when it is run, under a plan."""
    places: dict[Path, Place] = {}
    faults = ScenarioFaults(places, name)
    text = text_of(source, faults)
    tree = None if text is None else tree_of(text, faults)
    scenario = None
    if isinstance(tree, TreeMapping):
        places[()] = (tree.line, tree.column)
        scenario = _Reader(places, faults).scenario(tree, name)
    elif not faults.found:
        place = (tree.line, tree.column) if tree is not None else (1, 1)
        found = Words("空白", "nothing") if tree is None else Words("别的内容", "something else")
        faults.add("P012", (), place=place, key=name, wanted=Words("“键: 值”", "keys and values"), found=found)
    findings = tuple(sorted(faults.found, key=lambda each: (each.line, each.column)))
    return LoadedScenario(
        name=name, scenario=None if findings else scenario, findings=findings, places=places
    )  # fmt: skip


def _plain(scalar: Scalar) -> Any:
    """What a value means: true, 12, 1.5, nothing, or its text. `yes` and `on` stay texts."""
    if not scalar.plain:
        return scalar.text
    if scalar.is_null:
        return None
    if scalar.text in TRUTHS:
        return TRUTHS[scalar.text]
    if INTEGER.fullmatch(scalar.text):
        return int(scalar.text)
    if _NUMBER.fullmatch(scalar.text):
        return float(scalar.text)
    return scalar.text


class _Reader:
    def __init__(self, places: dict[Path, Place], faults: ScenarioFaults) -> None:
        self.places = places
        self.faults = faults
        self._read: dict[Kind, Callable[[Tree, Path], Any]] = {
            Kind.TEXT: self._text,
            Kind.ACTOR: self._text,
            Kind.UNIT: self._text,
            Kind.TASK: self._text,
            Kind.NAME: self._name,
            Kind.TEXTS: self._texts,
            Kind.ACTORS: self._texts,
            Kind.TASKS: self._texts,
            Kind.NAMES: self._texts,
            Kind.INSTANT: self._instant,
            Kind.FLAG: self._flag,
            Kind.VALUE: lambda tree, path: _value(tree),
            Kind.VALUES: self._values,
            Kind.UNITS: self._units,
            Kind.PARTIES: self._parties,
            Kind.LEVELS: self._levels,
            Kind.PROPOSED: self._proposed,
            Kind.DUES: self._dues,
            Kind.SPANS: self._spans,
            Kind.REFUSED: self._refused,
        }

    # --- the file

    def scenario(self, tree: TreeMapping, name: str) -> Scenario | None:
        entries = self._entries(tree, ())
        for key in entries:
            if key not in _TOP:
                self.faults.add(
                    "P010",
                    (key,),
                    element=_FILE,
                    key=key[:60],
                    near=self.faults.near(key, _TOP),
                    allowed=", ".join(_TOP),
                )
        for key, meaning in _NEEDED.items():
            if key not in entries:
                self.faults.add("P011", (), element=_FILE, key=key, meaning=meaning)
        texts = {key: self._text(entries[key], (key,)) for key in ("scenario", "plan") if key in entries}
        title = self._words(entries["title"], ("title",)) if "title" in entries else None
        text = self._words(entries["text"], ("text",)) if "text" in entries else None
        sheet = self._texts(entries["sheet"], ("sheet",)) if "sheet" in entries else None
        starts = self._starts(entries.get("starts"))
        inputs = self._rows(entries.get("inputs"), "inputs", self._input)
        expectations = self._rows(entries.get("expect"), "expect", self._expectation)
        if self.faults.found or starts is None:
            return None
        self._opens_first(inputs)
        plain_name = name.rsplit("/", 1)[-1].removesuffix(".yaml")
        id_ = texts.get("scenario") or plain_name
        return Scenario(
            id=id_, plan=texts["plan"] or "", title=title or Words(id_, id_), starts=starts, text=text,
            sheet=sheet or (id_,), inputs=tuple(inputs), expectations=tuple(expectations),
        )  # fmt: skip

    def _starts(self, tree: Tree | None) -> When | None:
        if tree is None:
            return None
        text = self._text(tree, ("starts",))
        if text is None:
            return None
        when = when_of(text)
        if when is None or when.at is None:
            self.faults.add("D017", ("starts",), value=text[:60])
            return None
        return when

    def _opens_first(self, inputs: list[Input]) -> None:
        if not inputs:
            self.faults.add("P011", ("inputs",), element=_FILE, key="inputs", meaning=_NEEDED["inputs"])
        elif inputs[0].verb not in OPENINGS:
            self.faults.add("D018", ("inputs", 0, inputs[0].verb), verb=inputs[0].verb)

    def _rows(self, tree: Tree | None, key: str, read: Callable[[int, TreeMapping], Any]) -> list[Any]:
        if tree is None:
            return []
        if isinstance(tree, Scalar) and tree.is_null:
            return []
        if not isinstance(tree, Sequence):
            self._wrong((key,), tree, Words("列表（每行以 - 开头）", "a list (each line begins with -)"))
            return []
        found = []
        for number, item in enumerate(tree.items):
            self.places[(key, number)] = (item.line, item.column)
            if not isinstance(item, TreeMapping):
                self._wrong((key, number), item, Words("{at: …, …}", "{at: …, …}"))
                continue
            row = read(number, item)
            if row is not None:
                found.append(row)
        return found

    def _input(self, number: int, tree: TreeMapping) -> Input | None:
        path: Path = ("inputs", number)
        entries = self._entries(tree, path)
        at = self._instant(entries["at"], (*path, "at")) if "at" in entries else None
        if "at" not in entries:
            self.faults.add("P011", path, element=_INPUT, key="at", meaning=Words("何时", "when"))
        elif at is not None and at.is_end:
            self.faults.add("D010", (*path, "at"), value="end")
        verbs = [key for key in entries if key != "at"]
        known = [verb for verb in verbs if verb in VERBS]
        for verb in verbs:
            if verb not in VERBS:
                near = self.faults.near(verb, VERBS)
                self.faults.add("D012", (*path, verb), verb=verb[:60], near=near, allowed=", ".join(VERBS))
        if len(known) != 1 or len(verbs) != 1:
            if len(known) > 1 or not verbs:
                self.faults.add("D013", path, count=len(known), verbs=", ".join(known) or "-")
            return None
        verb = known[0]
        said = self._arguments(verb, entries[verb], (*path, verb))
        if said is None or at is None or at.is_end:
            return None
        by = said.pop("by", "")
        return Input(number=number, line=tree.line, at=at, verb=verb, by=by, arguments=said)

    def _arguments(self, verb: str, tree: Tree, path: Path) -> dict[str, Any] | None:
        if not isinstance(tree, TreeMapping):
            self._wrong(path, tree, Words("{by: …, …}", "{by: …, …}"))
            return None
        takes = {"by": Kind.ACTOR, **VERBS[verb].takes}
        found: dict[str, Any] = {}
        fine = True
        entries = self._entries(tree, path)
        for written, value in entries.items():
            key = SPELLINGS.get((verb, written), written)
            kind = takes.get(key)
            if kind is None:
                near = self.faults.near(written, takes)
                self.faults.add(
                    "D014", (*path, written), verb=verb, key=written[:60], near=near, allowed=", ".join(takes)
                )
                fine = False
                continue
            if key != written:
                self.places.setdefault((*path, key), self.places[(*path, written)])
            # An empty argument says nothing, as if it were not there; a value may well be empty.
            if isinstance(value, Scalar) and value.is_null and kind is not Kind.VALUE and key != "by":
                continue
            read = self._read[kind](value, (*path, key))
            if kind is Kind.VALUE:
                found[key] = read
            elif read is None:
                fine = False
            else:
                found[key] = read
        for key in ("by", *VERBS[verb].needs):
            if key not in found and key not in entries:
                self.faults.add("D015", path, verb=verb, key=key)
                fine = False
        return found if fine else None

    def _expectation(self, number: int, tree: TreeMapping) -> Expectation | None:
        path: Path = ("expect", number)
        entries = self._entries(tree, path)
        allowed = ("at", "for", "says", *EXPECTATIONS)
        words: dict[str, Any] = {}
        fine = True
        for key, value in entries.items():
            if key not in allowed:
                near = self.faults.near(key, allowed)
                self.faults.add("D016", (*path, key), word=key[:60], near=near, allowed=", ".join(allowed))
            elif key in EXPECTATIONS:
                read = self._read[EXPECTATIONS[key]](value, (*path, key))
                if read is None:
                    fine = False
                else:
                    words[key] = read
        at = self._instant(entries["at"], (*path, "at")) if "at" in entries else None
        if "at" not in entries:
            self.faults.add("P011", path, element=_EXPECTATION, key="at", meaning=Words("何时", "when"))
        for_ = self._text(entries["for"], (*path, "for")) if "for" in entries else ""
        says = self._text(entries["says"], (*path, "says")) if "says" in entries else ""
        if "says" in entries and "refused" not in entries:
            self.faults.add("D026", (*path, "says"))
        if fine and not words and not (set(entries) - {"at", "for", "says"}):
            self.faults.add("D028", path, allowed=", ".join(EXPECTATIONS))
        if at is None or for_ is None or says is None or not fine:
            return None
        return Expectation(number=number, line=tree.line, at=at, words=words, for_=for_, says=says)

    # --- pieces

    def _entries(self, tree: TreeMapping, path: Path) -> dict[str, Tree]:
        seen: dict[str, Tree] = {}
        for key, value in tree.items:
            here = (*path, key.text)
            if key.text in seen:
                first = self.places[here][0]
                self.faults.add("P005", here, place=(key.line, key.column), key=key.text[:60], first=first)
                continue
            seen[key.text] = value
            self.places[here] = (key.line, key.column)
        return seen

    def _wrong(self, path: Path, tree: Tree, wanted: Words) -> None:
        if isinstance(tree, Scalar):
            short = tree.text if len(tree.text) <= 40 else tree.text[:40] + "…"
            found = Words("空白", "nothing") if tree.is_null else Words(f"“{short}”", f"“{short}”")
        elif isinstance(tree, Sequence):
            found = Words("列表", "a list")
        else:
            found = Words("“键: 值”", "keys and values")
        last = path[-1] if path else ""
        name = f"{path[-2]}[{last + 1}]" if isinstance(last, int) and len(path) > 1 else str(last)
        place = None if isinstance(tree, Scalar) and tree.is_null else (tree.line, tree.column)
        self.faults.add("P012", path, place=place, key=name[:60], wanted=wanted, found=found)

    def _text(self, tree: Tree, path: Path) -> str | None:
        if not isinstance(tree, Scalar) or tree.is_null:
            self._wrong(path, tree, _WANTED[Kind.TEXT])
            return None
        if not tree.text.strip():
            self.faults.add("P015", path, place=(tree.line, tree.column), key=str(path[-1]))
            return None
        return tree.text.strip()

    def _words(self, tree: Tree, path: Path) -> Words | None:
        if not isinstance(tree, TreeMapping):
            text = self._text(tree, path)
            return None if text is None else Words(text)
        found: dict[str, str] = {}
        for key, value in self._entries(tree, path).items():
            if key not in ("zh", "en"):
                self.faults.add(
                    "P010", (*path, key), element=Words("文字", "A text in two languages"), key=key[:60],
                    near=Words("", ""), allowed="zh, en",
                )  # fmt: skip
                continue
            text = self._text(value, (*path, key))
            if text is not None:
                found[key] = text
        return Words(found.get("zh", ""), found.get("en", "")) if found else None

    def _name(self, tree: Tree, path: Path) -> str | None:
        """A name; "" where somebody wrote that there is none."""
        if isinstance(tree, Scalar) and (tree.is_null or tree.text.strip() in NOTHING):
            return ""
        return self._text(tree, path)

    def _texts(self, tree: Tree, path: Path) -> tuple[str, ...] | None:
        if isinstance(tree, Sequence):
            found = []
            for number, item in enumerate(tree.items):
                self.places[(*path, number)] = (item.line, item.column)
                found.append(self._text(item, (*path, number)))
            return None if None in found else tuple(each for each in found if each is not None)
        text = self._text(tree, path)
        return None if text is None else (text,)

    def _instant(self, tree: Tree, path: Path) -> When | None:
        text = self._text(tree, path)
        if text is None:
            return None
        when = when_of(text)
        if when is None:
            self.faults.add("D010", path, place=(tree.line, tree.column), value=text[:60])
        return when

    def _flag(self, tree: Tree, path: Path) -> bool | None:
        value = _plain(tree) if isinstance(tree, Scalar) else None
        if isinstance(value, bool):
            return value
        self._wrong(path, tree, _WANTED[Kind.FLAG])
        return None

    def _mapping(self, tree: Tree, path: Path, kind: Kind) -> dict[str, Tree] | None:
        if isinstance(tree, TreeMapping):
            return self._entries(tree, path)
        self._wrong(path, tree, _WANTED[kind])
        return None

    def _values(self, tree: Tree, path: Path) -> dict[str, Any] | None:
        entries = self._mapping(tree, path, Kind.VALUES)
        return None if entries is None else {key: _value(value) for key, value in entries.items()}

    def _units(self, tree: Tree, path: Path) -> dict[str, tuple[str, ...]] | None:
        entries = self._mapping(tree, path, Kind.UNITS)
        if entries is None:
            return None
        found = {key: self._texts(value, (*path, key)) for key, value in entries.items()}
        return None if None in found.values() else {key: each for key, each in found.items() if each is not None}

    def _parties(self, tree: Tree, path: Path) -> tuple[Party, ...] | None:
        if isinstance(tree, TreeMapping):
            named = self._units(tree, path)
            if named is None:
                return None
            return tuple(Party(party, name) for party, names in named.items() for name in names)
        items = tree.items if isinstance(tree, Sequence) else [tree]
        found: list[Party] = []
        fine = True
        for number, item in enumerate(items):
            here = (*path, number) if isinstance(tree, Sequence) else path
            self.places.setdefault(here, (item.line, item.column))
            if isinstance(item, Scalar) and not item.is_null and item.text.strip():
                found.append(Party(item.text.strip()))
                continue
            entries = self._mapping(item, here, Kind.PARTIES)
            texts = {key: self._text(value, (*here, key)) for key, value in (entries or {}).items()}
            strange = set(texts) - {"party", "name", "ref"}
            if not texts or None in texts.values() or strange or "party" not in texts:
                if entries is not None and None not in texts.values():
                    self._wrong(here, item, _WANTED[Kind.PARTIES])
                fine = False
                continue
            found.append(Party(texts["party"] or "", texts.get("name") or "", texts.get("ref") or ""))
        return tuple(found) if fine else None

    def _levels(self, tree: Tree, path: Path) -> dict[str, str] | None:
        """Scale → level; the main scale is called ""."""
        if isinstance(tree, TreeMapping):
            found = {key: self._name(value, (*path, key)) for key, value in self._entries(tree, path).items()}
            return None if None in found.values() else {key: each or "" for key, each in found.items()}
        name = self._name(tree, path)
        return None if name is None else {"": name}

    def _proposed(self, tree: Tree, path: Path) -> Proposed | None:
        if not isinstance(tree, TreeMapping):
            name = self._name(tree, path)
            return None if name is None else Proposed(name)
        entries = self._entries(tree, path)
        because = None
        if "because" in entries:
            because = self._texts(entries.pop("because"), (*path, "because"))
            if because is None:
                return None
        scale = ""
        if "scale" in entries:
            scale = self._text(entries.pop("scale"), (*path, "scale")) or ""
        if len(entries) != 1:
            self._wrong(path, tree, _WANTED[Kind.PROPOSED])
            return None
        key, value = next(iter(entries.items()))
        name = self._name(value, (*path, key))
        if name is None:
            return None
        return Proposed(name, scale or ("" if key in ("level", "value", "colour") else key), because)

    def _dues(self, tree: Tree, path: Path) -> dict[str, When | None] | None:
        """Task → its due instant; None where it must have none."""
        entries = self._mapping(tree, path, Kind.DUES)
        if entries is None:
            return None
        found: dict[str, When | None] = {}
        fine = True
        for key, value in entries.items():
            if isinstance(value, Scalar) and (value.is_null or value.text.strip() in NOTHING):
                found[key] = None
                continue
            found[key] = self._instant(value, (*path, key))
            fine = fine and found[key] is not None
        return found if fine else None

    def _spans(self, tree: Tree, path: Path) -> dict[str, str] | None:
        """Task → how late, as it was written: the smallest unit says how exactly."""
        entries = self._mapping(tree, path, Kind.SPANS)
        if entries is None:
            return None
        found: dict[str, str] = {}
        fine = True
        for key, value in entries.items():
            text = self._text(value, (*path, key))
            span = signed_span_of(text) if text is not None else None
            if text is None or span is None or span[0] < 0 or span[1].months or span[1].working_days:
                if text is not None:
                    self.faults.add("D011", (*path, key), place=(value.line, value.column), value=text[:60])
                fine = False
                continue
            found[key] = text
        return found if fine else None

    def _refused(self, tree: Tree, path: Path) -> tuple[str | int, ...] | None:
        """The verbs or positions (from 1) of the inputs that are refused; () for the only input at that instant."""
        items = tree.items if isinstance(tree, Sequence) else [tree]
        found: list[str | int] = []
        for item in items:
            value = _plain(item) if isinstance(item, Scalar) else None
            if value is True and len(items) == 1:
                return ()
            if isinstance(value, bool) or not isinstance(value, str | int) or not items:
                self._wrong(path, tree, _WANTED[Kind.REFUSED])
                return None
            if isinstance(value, str) and value not in VERBS:
                near = self.faults.near(value, VERBS)
                self.faults.add("D012", path, verb=value[:60], near=near, allowed=", ".join(VERBS))
                return None
            found.append(value)
        return tuple(found)


def _value(tree: Tree) -> Any:
    """A value as it stands: scalars by what they look like, lists and mappings of them."""
    match tree:
        case Scalar():
            return _plain(tree)
        case Sequence(items=items):
            return [_value(item) for item in items]
        case _:
            return {key.text: _value(value) for key, value in tree.items}
