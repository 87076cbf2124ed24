"""What differs in who answers: posts, bodies and parties, their heads and deputies, and the rights over a case."""

from __future__ import annotations

from muster.plans.comparing import vocabulary as v
from muster.plans.comparing.changes import How, Topic
from muster.plans.comparing.comparer import (
    COMMON,
    Comparer,
    Keys,
    Subject,
    actors,
    choice,
    flag,
    from_to,
    plain,
)
from muster.plans.comparing.pairing import meaning, tree_of
from muster.plans.comparing.sections import inner, more
from muster.plans.conditions import Expression
from muster.plans.model import (
    Actor,
    Right,
    RightName,
    Words,
)
from muster.plans.speaking import NONE, Speaker, fill, quoted


def compare_organisation(comparer: Comparer) -> None:
    """Posts, bodies, parties, and the rights over a case."""
    for actor in comparer.after.actors.values():
        old = comparer.before.actors.get(actor.id)
        it = _actor(actor)
        if old is None:
            comparer.say(
                it,
                "",
                "新增{kind}{it}{more}",
                "there is a new {kind}, {it}{more}",
                how=How.ADDED,
                kind=v.ACTOR_KINDS[actor.kind],
                more=_part_of(comparer.new, actor),
            )
        else:
            comparer.keys(it, old, actor, ACTOR)
    for actor in comparer.before.actors.values():
        if actor.id not in comparer.after.actors:
            comparer.say(
                _actor(actor),
                "",
                "取消{kind}{it}",
                "the {kind} {it} is gone",
                how=How.REMOVED,
                kind=v.ACTOR_KINDS[actor.kind],
            )
    _rights(comparer)


def _actor(actor: Actor) -> Subject:
    return Subject(actor.kind.value, actor.id, quoted(actor.name), Topic.WHO)


def _part_of(speaker: Speaker, actor: Actor) -> Words:
    parts = []
    if actor.chair:
        parts.append(fill("负责人为{chair}", "led by {chair}", chair=speaker.actor(actor.chair)))
    if actor.members:
        parts.append(fill("成员为{members}", "members {members}", members=speaker.actors(actor.members)))
    if actor.stands_in_for:
        parts.append(fill("代行{posts}的职责", "stands in for {posts}", posts=speaker.actors(actor.stands_in_for)))
    if actor.held_by:
        parts.append(fill("由{held_by}担任", "held by {held_by}", held_by=actor.held_by))
    return more(parts)


def _seats(comparer: Comparer, it: Subject, was: tuple[int, int], now: tuple[int, int]) -> None:
    from_to(comparer, it, "seats", Words("人数", "number of holders"), _how_many(was), _how_many(now), None)


def _how_many(seats: tuple[int, int]) -> Words:
    least, most = seats
    if not most:
        return Words(f"至少{least}人", f"at least {least}")
    return Words(f"{least}人", str(least)) if least == most else Words(f"{least}至{most}人", f"{least} to {most}")


DUTY: Keys = {key: handler for key, handler in COMMON.items() if key != "name"}
ACTOR: Keys = {
    **COMMON,
    "kind": choice("kind", Words("性质", "nature"), v.ACTOR_KINDS),
    "held_by": plain("held_by", Words("担任人", "holder")),
    "filled": choice("filled", Words("产生方式", "way of being filled"), v.FILLED),
    "stands_in_for": actors("stands_in_for", Words("代行职责的岗位", "list of posts stood in for")),
    "seats": _seats,
    "many": flag("many", Words("在同一事项中可以有多个", "can stand several times in one case"), Words("在同一事项中只有一个", "stands once in a case")),
    "among": actors("among", Words("人选范围", "list of candidates")),
    "duties": inner("duty", Words("职责", "duty"), None, DUTY),
    "chair": actors("chair", Words("负责人", "head")),
    "deputies": actors("deputies", Words("副职", "list of deputies")),
    "members": actors("members", Words("成员", "list of members")),
    "part_of": actors("part_of", Words("上级机构", "superior body")),
    "personal": flag("personal", Words("改按自然人处理，资料加密单独保存", "is now a natural person, whose data are kept apart"), Words("不再按自然人处理", "is no longer taken for a natural person")),
}  # fmt: skip


# --- rights -------------------------------------------------------------------------------------------------------


def _rights(comparer: Comparer) -> None:
    for name in RightName:
        was = list(comparer.before.rights.get(name, ()))
        now = list(comparer.after.rights.get(name, ()))
        it = Subject("right", name.value, quoted(v.RIGHTS[name]), Topic.WHO)
        if [meaning(each) for each in was] == [meaning(each) for each in now]:
            continue
        said = len(comparer.changes)
        for same in (
            _same_right,
            lambda left, right: tree_of(left.when) == tree_of(right.when),
            lambda left, right: set(left.who) == set(right.who),
        ):
            for right in list(now):
                other = next((each for each in was if same(each, right)), None)
                if other is not None:
                    was.remove(other)
                    now.remove(right)
                    _one_right(comparer, it, other, right)
        for right in now:
            _one_side(comparer, it, right, How.ADDED)
        for right in was:
            _one_side(comparer, it, right, How.REMOVED)
        if len(comparer.changes) == said:
            comparer.say(
                it, "", "{it}的权限次序有变", "the order of who may {it} differs", topic=Topic.WORDING, how=How.MOVED
            )


def _same_right(left: Right, right: Right) -> bool:
    return set(left.who) == set(right.who) and tree_of(left.when) == tree_of(right.when)


def _one_side(comparer: Comparer, it: Subject, right: Right, how: How) -> None:
    """Who got a right, or lost it."""
    if how is How.ADDED:
        comparer.say(
            it, "who", "{who}取得{it}的权限{when}", "{who} may now {it}{when}", how=how,
            who=comparer.new.actors(right.who), when=_while(comparer.new, right.when),
        )  # fmt: skip
    else:
        comparer.say(
            it, "who", "{who}不再有{it}的权限{when}", "{who} may no longer {it}{when}", how=how,
            who=comparer.old.actors(right.who), when=_while(comparer.old, right.when),
        )  # fmt: skip


def _one_right(comparer: Comparer, it: Subject, was: Right, now: Right) -> None:
    came, went = [each for each in now.who if each not in was.who], [each for each in was.who if each not in now.who]
    if bool(came) != bool(went) and tree_of(was.when) == tree_of(now.when):
        _one_side(comparer, it, Right(who=tuple(came or went), when=now.when), How.ADDED if came else How.REMOVED)
    elif came or went:
        comparer.say(
            it, "who", "{it}的权限由{was}改归{now}{when}", "{now} may now {it}{when}, instead of {was}",
            was=comparer.old.actors(was.who), now=comparer.new.actors(now.who), when=_while(comparer.new, now.when),
        )  # fmt: skip
    elif was.who != now.who:
        comparer.say(
            it, "who", "{it}的权限人次序改为{now}", "the order of who may {it} is now {now}", topic=Topic.WORDING,
            was=comparer.old.actors(was.who), now=comparer.new.actors(now.who),
        )  # fmt: skip
    if tree_of(was.when) != tree_of(now.when):
        always = Words("任何情形", "in every case")
        comparer.say(
            it, "when", "{who}{it}的条件由{was}改为{now}", "{who} may {it}: {now}, instead of {was}",
            who=comparer.new.actors(now.who),
            was=quoted(comparer.old.value(was.when)) if was.when is not None else always,
            now=quoted(comparer.new.value(now.when)) if now.when is not None else always,
        )  # fmt: skip
    for key in ("cite", "sheet"):
        if getattr(was, key) != getattr(now, key):
            COMMON[key](
                comparer,
                Subject("right", it.id, fill("{it}的权限", "the right to {it}", it=it.words), it.topic),
                getattr(was, key),
                getattr(now, key),
            )


def _while(speaker: Speaker, when: Expression | None) -> Words:
    return fill("（限{when}）", " (where {when})", when=speaker.value(when)) if when is not None else NONE
