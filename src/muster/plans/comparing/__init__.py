"""Two editions of a plan compared: who, what and until when, in sentences that somebody reads before signing.

`compare` gives every difference once, as a sentence in both languages with names instead of ids, sorted by what matters:
who answers, by when, what is done, and last what is only worded differently.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from muster.plans.comparing.changes import TOPICS, Change, Comparison, How, Topic
from muster.plans.comparing.comparer import Comparer, Subject
from muster.plans.comparing.elements import compare_elements
from muster.plans.comparing.pairing import Renamed, aligned, named
from muster.plans.comparing.tasks import compare_tasks, group_words
from muster.plans.model import Edition, Group, Words
from muster.plans.speaking import quoted

__all__ = ["TOPICS", "Change", "Comparison", "How", "Topic", "compare"]

# Within a topic regulations and tasks come before forms and guidance.
_TASKS = ("pack", "task", "approval", "group")
_ORDER = {topic: place for place, topic in enumerate(Topic)}


def compare(before: Edition, after: Edition, pack_title: Callable[[str], Words] = Words) -> Comparison:
    """Everything in which `after` differs from `before`; nothing where their digests are the same.

    `pack_title` tells what a regulation pack is called; without it packs go by their ids.
    """
    if before.digest == after.digest and before == after:
        return Comparison(before, after, ())
    old, renames = aligned(before, after)
    comparer = Comparer(old, after, pack_title)
    compare_elements(comparer)
    compare_tasks(comparer)
    for each in renames:
        _tell_rename(comparer, each)
    if not comparer.changes and before.digest != after.digest:
        it = Subject("plan", after.id, Words("本预案", "the plan"), Topic.WORDING)
        comparer.say(
            it,
            "",
            "{it}的文件写法不同，内容没有变化",
            "the file of {it} is written differently; what it says is the same",
        )
    changes = sorted(comparer.changes, key=_place)
    return Comparison(before, after, tuple(changes))


def _place(change: Change) -> tuple[int, bool]:
    return _ORDER[change.topic], change.topic is not Topic.WORDING and change.element not in _TASKS


def _tell_rename(comparer: Comparer, each: Renamed) -> None:
    """An id is never shown where there is a name; what is told is that this is still the same."""
    now, was = _element(comparer.after, each), _element(comparer.before, each)
    if now is None or was is None:
        return
    name, old = quoted(named(now) or Words(each.new)), quoted(named(was) or Words(each.old))
    if isinstance(now, Group) and isinstance(was, Group):
        name, old = group_words(comparer.after, now), group_words(comparer.before, was)
    it = Subject(each.kind, f"{each.inside}.{each.new}" if each.inside else each.new, name, Topic.WORDING)
    comparer.say(
        it, "id", "{it}换了标识，仍按原来的{old}比对", "{it} has another id, and is compared with {old} as the same",
        how=How.RENAMED, old=old, was=Words(each.old), now=Words(each.new),
    )  # fmt: skip


_SECTIONS = {
    "actor": "actors", "fact": "facts", "setting": "settings", "type": "types", "scale": "scales", "form": "forms",
    "group": "groups", "task": "tasks", "guidance": "guidance", "resource": "resources", "excluded": "excluded",
    "reading": "readings",
}  # fmt: skip
_INSIDE = {
    "level": ("scales", "levels"), "criterion": ("scales", "criteria"), "field": ("forms", "fields"),
    "duty": ("actors", "duties"), "choice": ("facts", "values"),
}  # fmt: skip


def _element(edition: Edition, each: Renamed) -> Struct | None:
    """The element that was renamed, under its new id."""
    if each.kind in _SECTIONS:
        section: dict[str, Struct] = getattr(edition, _SECTIONS[each.kind])
        return section.get(each.new)
    form, dot, field = each.inside.partition(".")
    inner: tuple[Struct, ...]
    if dot and form in edition.forms:
        inner = next((one.values for one in edition.forms[form].fields if one.id == field), ())
    else:
        section_name, part = _INSIDE[each.kind]
        outer = getattr(edition, section_name).get(each.inside)
        inner = getattr(outer, part) if outer is not None else ()
    return next((one for one in inner if getattr(one, "id", "") == each.new), None)
