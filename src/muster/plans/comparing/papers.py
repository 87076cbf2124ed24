"""What differs in how a task is approved and completed, and in what regulations say of it."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import zip_longest

from muster.plans.comparing import vocabulary as v
from muster.plans.comparing.changes import How, Topic
from muster.plans.comparing.comparer import (
    COMMON,
    Comparer,
    Keys,
    Subject,
    actors,
    choice,
    condition,
    from_to,
    wording,
)
from muster.plans.comparing.limits import limit
from muster.plans.comparing.pairing import meaning
from muster.plans.model import Approval, Check, Stated, Words
from muster.plans.speaking import Speaker, fill, quoted


def approve(comparer: Comparer, it: Subject, was: tuple[Approval, ...], now: tuple[Approval, ...]) -> None:
    """Steps of approval: steps of the same approvers are the same step; those left between are replaced one by one."""
    matcher = SequenceMatcher(None, [each.who for each in was], [each.who for each in now], autojunk=False)
    for _tag, i, i_end, j, j_end in matcher.get_opcodes():
        for old, new in zip_longest(range(i, i_end), range(j, j_end)):
            if old is None:
                comparer.say(
                    it, "approve", "{it}增加一步审批：{now}（第{n}步）", "{it} has a new step of approval: {now} (step {n})",
                    how=How.ADDED, now=comparer.new.actors(now[new].who), n=new + 1,
                )  # fmt: skip
            elif new is None:
                comparer.say(
                    it, "approve", "{it}不再由{was}审批", "{it} is no longer approved by {was}",
                    how=How.REMOVED, was=comparer.old.actors(was[old].who),
                )  # fmt: skip
            else:
                _step(comparer, it, new + 1, was[old], now[new])


def _step(comparer: Comparer, it: Subject, number: int, was: Approval, now: Approval) -> None:
    words = fill("{it}第{n}步审批", "approval step {n} of {it}", it=it.words, n=number)
    if was.who == now.who:
        words = fill("{step}（{who}）", "{step} ({who})", step=words, who=comparer.new.actors(now.who))
    comparer.keys(Subject("approval", f"{it.id}.{number}", words, it.topic), was, now, STEP)


STEP: Keys = {
    "who": actors("who", Words("审批人", "list of approvers")),
    "mode": choice("mode", Words("完成方式", "way of sharing"), v.MODES),
    "due": limit("due"),
    "when": condition("when", Words("条件", "condition")),
    "cite": COMMON["cite"],
    "sheet": COMMON["sheet"],
}


def done(comparer: Comparer, it: Subject, was: tuple[Check, ...], now: tuple[Check, ...]) -> None:
    """What must hold of a completion."""
    old, new = list(was), list(now)
    for check in [each for each in new if any(meaning(each) == meaning(other) for other in old)]:
        old.remove(next(other for other in old if meaning(other) == meaning(check)))
        new.remove(check)
    told = False
    for check in list(new):
        same = next((other for other in old if other.that.tree == check.that.tree or other.say == check.say), None)
        if same is None:
            continue
        old.remove(same)
        new.remove(check)
        told = True
        if same.say != check.say:
            wording("done", Words("完成条件的说法", "sentence that refuses a completion"))(
                comparer, it, same.say, check.say
            )
        if same.that.tree != check.that.tree:
            from_to(
                comparer,
                it,
                "done",
                Words("完成条件", "condition of completion"),
                quoted(comparer.old.value(same.that)),
                quoted(comparer.new.value(check.that)),
                None,
            )
    for check in new:
        comparer.say(
            it,
            "done",
            "{it}增加完成条件：{now}",
            "{it} has a new condition of completion: {now}",
            how=How.ADDED,
            now=quoted(check.say),
        )
    for check in old:
        comparer.say(
            it,
            "done",
            "{it}取消完成条件：{was}",
            "{it} no longer has the condition of completion {was}",
            how=How.REMOVED,
            was=quoted(check.say),
        )
    if not (told or new or old):
        comparer.say(
            it,
            "done",
            "{it}的完成条件次序有变",
            "the order of the conditions of completion of {it} differs",
            topic=Topic.WORDING,
            how=How.MOVED,
        )


def also(comparer: Comparer, it: Subject, was: tuple[Stated, ...], now: tuple[Stated, ...]) -> None:
    """What regulations say of the same duty."""
    old = {(each.pack, each.task): each for each in was}
    new = {(each.pack, each.task): each for each in now}
    for key, each in new.items():
        if key not in old:
            comparer.say(
                it, "also", "{it}今后还要符合{law}", "{it} must now also meet {law}", topic=Topic.LAW, how=How.ADDED,
                now=_law(comparer, comparer.new, each), law=_law(comparer, comparer.new, each),
            )  # fmt: skip
        elif meaning(old[key]) != meaning(each):
            inner = Subject(
                "task",
                it.id,
                fill(
                    "{it}所依{law}", "{law}, which {it} must meet,", it=it.words, law=_law(comparer, comparer.new, each)
                ),
                Topic.LAW,
            )
            comparer.keys(inner, old[key], each, STATED)
    for key, each in old.items():
        if key not in new:
            comparer.say(
                it, "also", "{it}不再与{law}合并", "{it} is no longer joined with {law}", topic=Topic.LAW, how=How.REMOVED,
                was=_law(comparer, comparer.old, each), law=_law(comparer, comparer.old, each),
            )  # fmt: skip
    if list(old) != list(new) and set(old) == set(new):
        comparer.say(
            it,
            "also",
            "{it}所依法规的次序有变",
            "the order of the regulations of {it} differs",
            topic=Topic.WORDING,
            how=How.MOVED,
        )


def _law(comparer: Comparer, speaker: Speaker, each: Stated) -> Words:
    pack, name = quoted(comparer.pack_title(each.pack)), quoted(each.name)
    if each.due is None:
        return fill("法规模块{pack}的{name}", "{name} of the regulation pack {pack}", pack=pack, name=name)
    return fill(
        "法规模块{pack}的{name}（{due}）", "{name} of the regulation pack {pack} ({due})", pack=pack, name=name,
        due=speaker.limit(each.due),
    )  # fmt: skip


STATED: Keys = {
    "name": wording("also", Words("名称", "name")),
    "due": limit("also"),
    "word": wording("also", Words("时限用语", "limit in words")),
    "cite": wording("also", Words("条款", "citation")),
}
