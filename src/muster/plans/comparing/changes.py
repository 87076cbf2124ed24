"""What came of comparing two editions: changes, each one sentence, in the order in which they matter."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from muster.plans.model import Edition, Words


class Topic(StrEnum):
    """What a change is about, the weightiest first."""

    WHO = "who"
    WHEN = "when"
    WHAT = "what"
    LEVELS = "levels"
    SCOPE = "scope"
    WARNING = "warning"
    STANDING = "standing"
    SETTINGS = "settings"
    LAW = "law"
    READINGS = "readings"
    WORDING = "wording"


TOPICS = {
    Topic.WHO: Words("谁来负责", "Who answers"),
    Topic.WHEN: Words("时限", "By when"),
    Topic.WHAT: Words("做什么", "What is done"),
    Topic.LEVELS: Words("研判与分级", "Questions and levels"),
    Topic.SCOPE: Words("适用范围与事件类型", "Scope and types of incident"),
    Topic.WARNING: Words("预警", "Warnings"),
    Topic.STANDING: Words("常态工作、隐患与资源", "Standing duties, hazards and resources"),
    Topic.SETTINGS: Words("参数", "Settings"),
    Topic.LAW: Words("法规模块", "Regulations"),
    Topic.READINGS: Words("理解与不执行的内容", "Readings, and what is not done"),
    Topic.WORDING: Words("只改文字或写法", "Words only"),
}


class How(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    RENAMED = "renamed"


class Change(Struct, frozen=True, kw_only=True):
    """One difference, said in one sentence.

    `element` is the kind of what differs, in the words of `Index.sheet`; `id` is its id in the new edition, or in the
    old one where it is gone. `key` is the key of the plan language that differs, "" for the whole element. `before` and
    `after` are what stood and what stands there, where that can be said by itself.
    """

    topic: Topic
    how: How
    element: str
    id: str
    says: Words
    key: str = ""
    before: Words | None = None
    after: Words | None = None


class Comparison(Struct, frozen=True):
    """Two editions and everything in which they differ, sorted by topic."""

    before: Edition
    after: Edition
    changes: tuple[Change, ...]

    def of(self, topic: Topic) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.topic is topic)
