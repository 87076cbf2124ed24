"""Does a plan carry all of its fact sheet? Every duty, clock, form and post of the list, and where it stands.

A fact sheet is an office's own list of what its written plan asks for: YAML, in sections, in which every entry is a
mapping with an `id` (docs/reference/fact-sheets.md). The elements of a plan name the entries they carry under `sheet`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from muster.plans import source
from muster.plans.faults import Faults, Place
from muster.plans.findings import Finding, Path
from muster.plans.index import index_of
from muster.plans.model import Edition, Words

# What of a written plan is not carried out, with the lawful way; and what is unclear in it, with how it is read.
EXCLUDED = "excluded"
UNCLEAR = "ambiguities"
STORIES = "stories"
_CARRIED_BY = {EXCLUDED: "excluded", UNCLEAR: "reading"}


class Entry(Struct, frozen=True):
    """One entry of a fact sheet: its id, the section it stands in, its line (from 1), and what it is called."""

    id: str
    section: str
    line: int
    name: Words


class Sheet(Struct, frozen=True):
    """A fact sheet as it was read: its entries in their order, or the findings that keep it from being one."""

    id: str
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...] = ()


class State(StrEnum):
    COVERED = "covered"
    LEFT = "left"  # deliberately, as the plan says under `excluded` or `readings`
    MISSING = "missing"


class Line(Struct, frozen=True):
    """What became of one entry. `where`: the elements that carry it, as (kind, id); `why`: why it was left, or is missing."""

    entry: Entry
    state: State
    where: tuple[tuple[str, str], ...] = ()
    why: Words | None = None


class Coverage(Struct, frozen=True):
    """Every entry of a sheet with what became of it; `unknown`: sheet ids in the plan that the sheet does not have."""

    lines: tuple[Line, ...]
    unknown: tuple[str, ...] = ()

    def of(self, state: State) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.state is state)


def read_sheet(content: bytes | str, *, name: str = "sheet.yaml") -> Sheet:
    """Read a fact sheet. Never raises: what is wrong with the file stands in `findings`."""
    places: dict[Path, Place] = {}
    faults = Faults(places, name)
    text = source.text_of(content, faults)
    tree = None if text is None else source.tree_of(text, faults)
    if not isinstance(tree, source.Mapping):
        if not faults.found:
            faults.add(
                "P012", (), place=(1, 1), key=name, wanted=Words("“键: 值”", "keys and values"),
                found=Words("别的内容", "something else"),
            )  # fmt: skip
        return Sheet("", (), tuple(faults.found))
    id_ = next((value.text for key, value in tree.items if key.text == "id" and isinstance(value, source.Scalar)), "")
    entries: list[Entry] = []
    first: dict[str, int] = {}
    for key, section in tree.items:
        for entry in _entries(section, key.text):
            if entry.id in first:
                faults.add("P005", (), place=(entry.line, 1), key=entry.id, first=first[entry.id])
            first.setdefault(entry.id, entry.line)
            entries.append(entry)
    if not entries and not faults.found:
        faults.add("P011", (), place=(tree.line, tree.column), element=Words("事实清单", "the fact sheet"), key="id",
                   meaning=Words("各条的标识", "the ids of its entries"))  # fmt: skip
    return Sheet(id_, tuple(entries), tuple(faults.found))


def _entries(tree: source.Tree, section: str) -> Iterator[Entry]:
    """Every mapping with an id, outer ones first. The depth of a tree is bounded where it is read."""
    if isinstance(tree, source.Sequence):
        for item in tree.items:
            yield from _entries(item, section)
    elif isinstance(tree, source.Mapping):
        texts = {key.text: value.text for key, value in tree.items if isinstance(value, source.Scalar)}
        if "id" in texts:
            yield Entry(texts["id"], section, tree.line, Words(texts.get("zh", ""), texts.get("en", "")))
        for _, value in tree.items:
            yield from _entries(value, section)


def coverage(edition: Edition, sheet: Sheet, stories: Mapping[str, tuple[str, ...]]) -> Coverage:
    """What became of every entry of `sheet` in `edition`. `stories`: sheet id of a story → the scenarios that tell it."""
    carried = index_of(edition).sheet
    lines = tuple(_line(edition, entry, carried.get(entry.id, ()), stories) for entry in sheet.entries)
    known = {entry.id for entry in sheet.entries} | {sheet.id}
    return Coverage(lines, tuple(sorted(set(carried) - known)))


def _line(
    edition: Edition, entry: Entry, where: tuple[tuple[str, str], ...], stories: Mapping[str, tuple[str, ...]]
) -> Line:
    if entry.section == STORIES:
        told = tuple(("scenario", name) for name in stories.get(entry.id, ()))
        if told:
            return Line(entry, State.COVERED, told)
        return Line(entry, State.MISSING, why=Words("没有脚本演这个情节", "no scenario tells this story"))
    left = _CARRIED_BY.get(entry.section, "")
    carrying = tuple(each for each in where if each[0] not in ("excluded", "reading") or each[0] == left)
    if not carrying:
        if where:
            return Line(
                entry, State.MISSING, where,
                Words("清单未将此条列为不执行或不明确，预案却只在那里提到", "only the sheet may leave it out, and it does not"),
            )  # fmt: skip
        return Line(entry, State.MISSING)
    if left and all(kind == left for kind, _ in carrying):
        return Line(entry, State.LEFT, carrying, _reason(edition, carrying[0]))
    if entry.section == EXCLUDED and not any(kind == left for kind, _ in carrying):
        return Line(
            entry, State.MISSING, where,
            Words("不执行的内容须写在 excluded，并写明合法做法", "what is not done stands under `excluded`, with the lawful way"),
        )  # fmt: skip
    return Line(entry, State.COVERED, carrying)


def _reason(edition: Edition, element: tuple[str, str]) -> Words:
    kind, id_ = element
    return edition.excluded[id_].lawful if kind == "excluded" else edition.readings[id_].reading
