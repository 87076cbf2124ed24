"""Finding the first bad entry of a journal.

A chain proves that entries fit together; that none is missing at the end is known because the case's own row keeps how
many there are and the last one's hash.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from muster.journal import chain, store
from muster.journal.chain import Entry
from muster.plans.model import Words

What = Literal["altered", "missing", "out-of-order", "unexpected", "head-differs", "case-missing"]

SAYS: dict[What, Words] = {
    "altered": Words("内容被改动", "was altered"),
    "missing": Words("缺失", "is missing"),
    "out-of-order": Words("次序被调换", "stands out of order"),
    "unexpected": Words("多出的记录", "was not there before"),
    "head-differs": Words("末条校验值与事项登记不符", "its hash is not the one that the case keeps"),
    "case-missing": Words("事项登记已不存在", "its case is gone"),
}


@dataclass(frozen=True, slots=True)
class Chain:
    """What a case says of its own journal: who it is, how many entries there are, and the last one's hash."""

    case_id: int
    number: str
    plan: str
    edition: str
    version: int
    head: str


@dataclass(frozen=True, slots=True)
class Fault:
    """The first bad entry of one case: its number `seq`, and what is wrong with it."""

    case_id: int
    number: str
    seq: int
    what: What
    name: str = ""
    """The event's name, where there is an entry to read it from."""

    def say(self, language: str = "zh") -> str:
        if language.startswith("en"):
            return f"{self.number}: entry {self.seq}{f' ({self.name})' if self.name else ''} {SAYS[self.what].en}"
        return f"{self.number}：第{self.seq}条{f'（{self.name}）' if self.name else ''}{SAYS[self.what].zh}"


def first_fault(known: Chain, found: Iterable[Entry] | None = None) -> Fault | None:
    """The first bad entry of a case's journal; None where every entry is as it was written and all are there."""
    head = chain.root(known.case_id, known.number, known.plan, known.edition)
    expected = 1
    name = ""
    for entry in store.entries(known.case_id) if found is None else found:
        name = entry.name
        if entry.seq != expected:
            return Fault(known.case_id, known.number, expected, "missing")
        if expected > known.version:
            return Fault(known.case_id, known.number, expected, "unexpected", name)
        if chain.seal(entry) != entry.hash:
            return Fault(known.case_id, known.number, expected, _altered_or_moved(entry, known.version), name)
        if entry.prev_hash != head:
            # Whole in itself and yet not what followed: the entry before was exchanged together with its hash.
            return Fault(known.case_id, known.number, expected, "out-of-order", name)
        head = entry.hash
        expected += 1
    if expected <= known.version:
        return Fault(known.case_id, known.number, expected, "missing")
    if known.version and head != known.head:
        return Fault(known.case_id, known.number, known.version, "head-differs", name)
    return None


def _altered_or_moved(entry: Entry, version: int) -> What:
    """An entry that fits under another number was only moved; one that fits under none was altered."""
    for seq in range(1, version + 1):
        if chain.seal(entry._replace(seq=seq)) == entry.hash:
            return "out-of-order"
    return "altered"


def orphans() -> list[Fault]:
    """Journals whose case is gone."""
    return [Fault(case_id, f"#{case_id}", 1, "case-missing") for case_id in store.unregistered()]
