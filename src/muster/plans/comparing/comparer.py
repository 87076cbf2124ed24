"""Holding two elements against each other key by key; what is common to all kinds of elements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from muster.plans.comparing.changes import Change, How, Topic
from muster.plans.comparing.pairing import meaning, moved
from muster.plans.conditions import And, Expression, Node
from muster.plans.model import Edition, Words
from muster.plans.speaking import NONE, Speaker, fill, listed, quoted

# Words up to this length are told from what to what; longer ones only as they are now.
_SHORT = 40


class Subject(Struct, frozen=True):
    """Whom a sentence is about: kind and id as in `Change`, what it is called, and where its changes belong."""

    kind: str
    id: str
    words: Words
    topic: Topic


Handler = Callable[["Comparer", Subject, Any, Any], None]
Keys = Mapping[str, Handler]


class Comparer:
    """Collects what differs between two editions. `before` has the ids of `after` already (see `pairing`)."""

    def __init__(self, before: Edition, after: Edition, pack_title: Callable[[str], Words]) -> None:
        self.before, self.after = before, after
        self.old, self.new = Speaker(before), Speaker(after)
        self.pack_title = pack_title
        self.changes: list[Change] = []

    def say(
        self, it: Subject, key: str, zh: str, en: str, /, *, topic: Topic | None = None, how: How = How.CHANGED,
        was: Words | None = None, now: Words | None = None, **parts: Words | str | int,
    ) -> None:  # fmt: skip
        """Add one change. `{it}` in the sentences is what it is about, `{was}` and `{now}` are its two sides."""
        said = fill(zh, en, it=it.words, was=was or NONE, now=now or NONE, **parts)
        self.changes.append(
            Change(
                topic=topic or it.topic, how=how, element=it.kind, id=it.id, key=key, says=_sentence(said),
                before=was, after=now,
            )
        )  # fmt: skip

    def keys(self, it: Subject, before: Struct, after: Struct, handlers: Keys, leave: Iterable[str] = ()) -> None:
        """Every key in which two elements differ, said by its handler. A key that cannot be said is a mistake here."""
        for key in after.__struct_fields__:
            if key in leave or key not in handlers:
                continue
            was, now = getattr(before, key), getattr(after, key)
            if meaning(was) != meaning(now):
                handlers[key](self, it, was, now)

    def order(
        self,
        it: Subject,
        key: str,
        names: Mapping[str, Words],
        before: Sequence[str],
        after: Sequence[str],
        topic: Topic,
    ) -> None:
        """What stands elsewhere in a list than before."""
        for id_, follows in moved(before, after):
            name = names[id_]
            if follows:
                self.say(
                    it, key, "{it}中，{name}移到{follows}之后", "in {it}, {name} now stands after {follows}",
                    topic=topic, how=How.MOVED, name=name, follows=names[follows],
                )  # fmt: skip
            else:
                self.say(
                    it, key, "{it}中，{name}移到最前", "in {it}, {name} now stands first",
                    topic=topic, how=How.MOVED, name=name,
                )  # fmt: skip


def _sentence(said: Words) -> Words:
    en = said.en[:1].upper() + said.en[1:]
    return Words(f"{said.zh}。", f"{en}.")


# --- handlers -----------------------------------------------------------------------------------------------------


def from_to(
    comparer: Comparer, it: Subject, key: str, noun: Words, was: Words | None, now: Words | None, topic: Topic | None
) -> None:
    """Something that was one thing and is another; or was not, or is no more."""
    if was is None:
        comparer.say(
            it,
            key,
            "{it}新增{noun}：{now}",
            "{it} has a new {noun}: {now}",
            topic=topic,
            how=How.ADDED,
            now=now,
            noun=noun,
        )
    elif now is None:
        comparer.say(
            it, key, "{it}取消{noun}（原为{was}）", "the {noun} of {it} is gone (it was {was})",
            topic=topic, how=How.REMOVED, was=was, noun=noun,
        )  # fmt: skip
    elif was == now:
        # The same words, but another element behind them.
        comparer.say(
            it, key, "{it}的{noun}改写，字面仍是{now}", "the {noun} of {it} is rewritten and still reads {now}",
            topic=topic, was=was, now=now, noun=noun,
        )  # fmt: skip
    elif was.zh == now.zh:
        comparer.say(
            it, key, "{it}的{noun}改了英文，中文仍是{now}", "the {noun} of {it} changes from {was} to {now}",
            topic=topic, was=was, now=now, noun=noun,
        )  # fmt: skip
    else:
        comparer.say(
            it,
            key,
            "{it}的{noun}由{was}改为{now}",
            "the {noun} of {it} changes from {was} to {now}",
            topic=topic,
            was=was,
            now=now,
            noun=noun,
        )


def wording(key: str, noun: Words) -> Handler:
    """A name, a text, a citation: nothing that runs."""

    def handle(comparer: Comparer, it: Subject, was: Any, now: Any) -> None:
        before, after = _words(was), _words(now)
        if before is not None and after is not None and before.zh == after.zh:
            comparer.say(
                it, key, "{it}的英文{noun}由{was_en}改为{now_en}", "the English {noun} of {it} is now {now_en} instead of {was_en}",
                topic=Topic.WORDING, was=was, now=now, noun=noun,
                was_en=quoted(Words(before.en)), now_en=quoted(Words(after.en)),
            )  # fmt: skip
        elif before is not None and after is not None and before.en and before.en == after.en:
            comparer.say(
                it, key, "{it}的{noun}改写为：{now}", "the {noun} of {it} is written differently in Chinese only",
                topic=Topic.WORDING, was=quoted(before), now=quoted(after), noun=noun,
            )  # fmt: skip
        elif before is not None and after is not None and max(len(before.zh), len(after.zh)) > _SHORT:
            comparer.say(
                it, key, "{it}的{noun}改写为：{now}", "the {noun} of {it} now reads: {now}",
                topic=Topic.WORDING, was=quoted(before), now=quoted(after), noun=noun,
            )  # fmt: skip
        else:
            from_to(
                comparer,
                it,
                key,
                noun,
                quoted(before) if before else None,
                quoted(after) if after else None,
                Topic.WORDING,
            )

    return handle


def _words(given: Words | str | tuple[str, ...] | None) -> Words | None:
    if isinstance(given, tuple):
        given = ", ".join(given)
    return (Words(given, given) if given else None) if isinstance(given, str) else given


def plain(key: str, noun: Words, topic: Topic | None = None) -> Handler:
    """Words that say what is done; where only the English differs, they are words only."""

    def handle(comparer: Comparer, it: Subject, was: Words | None, now: Words | None) -> None:
        same = was is not None and now is not None and was.zh == now.zh
        sides = [quoted(side) if side is not None else None for side in (was, now)]
        from_to(comparer, it, key, noun, sides[0], sides[1], Topic.WORDING if same else topic)

    return handle


def renamed(comparer: Comparer, it: Subject, was: Words, now: Words) -> None:
    """What is called something else now. An element without a name goes by its id, which is not told as a name."""
    id_ = it.id.rpartition(".")[2].rpartition("/")[2]
    if was.zh == now.zh:
        wording("name", Words("名称", "name"))(comparer, it, was, now)
    elif now.zh == id_:
        comparer.say(
            it,
            "name",
            "{was}不再有名称",
            "{was} no longer has a name",
            topic=Topic.WORDING,
            how=How.REMOVED,
            was=quoted(was),
        )
    elif was.zh == id_:
        comparer.say(
            it, "name", "新起名称{now}", "the name {now} is new", topic=Topic.WORDING, how=How.ADDED, now=quoted(now)
        )
    else:
        en = "{was} has another name in Chinese" if was.en and was.en == now.en else "{was} is now called {now}"
        comparer.say(
            it, "name", "{was}更名为{now}", en, topic=Topic.WORDING, how=How.RENAMED,
            was=quoted(was), now=quoted(now),
        )  # fmt: skip


def _sheet(comparer: Comparer, it: Subject, was: tuple[str, ...], now: tuple[str, ...]) -> None:
    """Where it stands in the fact sheet: ids that tell a reader nothing, so only that they differ."""
    comparer.say(
        it, "sheet", "{it}对应的清单编号有变", "the fact sheet ids of {it} differ", topic=Topic.WORDING,
        was=_words(was), now=_words(now),
    )  # fmt: skip


COMMON: Keys = {
    "name": renamed,
    "text": wording("text", Words("说明", "text")),
    "cite": wording("cite", Words("条款", "citation")),
    "sheet": _sheet,
}


def actors(key: str, noun: Words, topic: Topic | None = None) -> Handler:
    """Several posts, bodies or parties in a part: who came, who went."""

    def handle(comparer: Comparer, it: Subject, was: Any, now: Any) -> None:
        was, now = _several(was), _several(now)
        came = [each for each in now if each not in was]
        went = [each for each in was if each not in now]
        sides: dict[str, Any] = {
            "was": comparer.old.actors(was) if was else None, "now": comparer.new.actors(now) if now else None, "noun": noun,
            "topic": topic,
        }  # fmt: skip
        if not was or not now or (came and went):
            from_to(comparer, it, key, noun, sides["was"], sides["now"], topic)
        elif came:
            comparer.say(
                it, key, "{it}的{noun}增加{came}", "the {noun} of {it} gains {came}",
                how=How.ADDED, came=comparer.new.actors(came), **sides,
            )  # fmt: skip
        elif went:
            comparer.say(
                it, key, "{it}的{noun}不再包括{went}", "the {noun} of {it} loses {went}",
                how=How.REMOVED, went=comparer.old.actors(went), **sides,
            )  # fmt: skip
        else:
            comparer.say(
                it,
                key,
                "{it}的{noun}次序改为{now}",
                "the {noun} of {it} is now in the order {now}",
                how=How.MOVED,
                **sides,
            )

    return handle


def _several(given: str | tuple[str, ...]) -> tuple[str, ...]:
    return ((given,) if given else ()) if isinstance(given, str) else given


def flag(key: str, yes: Words, no: Words, topic: Topic | None = None) -> Handler:
    """True or false, each with a predicate of its own."""

    def handle(comparer: Comparer, it: Subject, _: Any, now: bool) -> None:
        said = yes if now else no
        comparer.say(it, key, "{it}{said}", "{it} {said}", topic=topic, said=said)

    return handle


def choice(key: str, noun: Words, called: Mapping[Any, Words], topic: Topic | None = None) -> Handler:
    """One word of a list; what the list does not hold is nothing."""

    def handle(comparer: Comparer, it: Subject, was: Any, now: Any) -> None:
        from_to(comparer, it, key, noun, called.get(was), called.get(now), topic)

    return handle


def named(key: str, noun: Words, name: Callable[[Speaker, str], Words], topic: Topic | None = None) -> Handler:
    """The id of another element; "" for none."""

    def handle(comparer: Comparer, it: Subject, was: str, now: str) -> None:
        from_to(
            comparer, it, key, noun,
            name(comparer.old, was) if was else None, name(comparer.new, now) if now else None, topic,
        )  # fmt: skip

    return handle


def expression(key: str, noun: Words, topic: Topic | None = None) -> Handler:
    """A value or a formula."""

    def handle(comparer: Comparer, it: Subject, was: Expression | None, now: Expression | None) -> None:
        before = quoted(comparer.old.value(was)) if was is not None else None
        from_to(comparer, it, key, noun, before, quoted(comparer.new.value(now)) if now is not None else None, topic)

    return handle


def condition(key: str, noun: Words, topic: Topic | None = None) -> Handler:
    """One condition, or several that hold together: which part came, which went."""

    def handle(comparer: Comparer, it: Subject, was: Any, now: Any) -> None:
        before, after = _conjuncts(was), _conjuncts(now)
        came = [part for part in after if part not in before]
        went = [part for part in before if part not in after]
        sides: dict[str, Any] = {
            "was": _said(comparer.old, before, was), "now": _said(comparer.new, after, now), "noun": noun, "topic": topic,
        }  # fmt: skip
        if came and went and len(came) < len(after) and len(went) < len(before):
            comparer.say(
                it, key, "{it}的{noun}中，{went}改为{came}", "in the {noun} of {it}, {went} becomes {came}",
                went=_said(comparer.old, went, was) or NONE, came=_said(comparer.new, came, now) or NONE, **sides,
            )  # fmt: skip
        elif not before or not after or (came and went) or not (came or went):
            from_to(comparer, it, key, noun, sides["was"], sides["now"], topic)
        elif came:
            comparer.say(
                it, key, "{it}的{noun}增加一项：{came}", "the {noun} of {it} also asks for {came}",
                how=How.ADDED, came=_said(comparer.new, came, now) or NONE, **sides,
            )  # fmt: skip
        else:
            comparer.say(
                it, key, "{it}的{noun}去掉一项：{went}", "the {noun} of {it} no longer asks for {went}",
                how=How.REMOVED, went=_said(comparer.old, went, was) or NONE, **sides,
            )  # fmt: skip

    return handle


def _conjuncts(given: Expression | tuple[Expression, ...] | None) -> list[Node]:
    several = given if isinstance(given, tuple) else (given,) if given is not None else ()
    parts: list[Node] = []
    for each in several:
        parts += each.tree.parts if isinstance(each.tree, And) else (each.tree,)
    return parts


def _said(speaker: Speaker, parts: Sequence[Node], given: Any) -> Words | None:
    if not parts:
        return None
    source = " ".join(each.source for each in (given if isinstance(given, tuple) else (given,)))
    return quoted(listed((speaker.node(part, source) for part in parts), "，且", " and "))


def nothing(comparer: Comparer, it: Subject, was: Any, now: Any) -> None:
    """A key that says nothing by itself: an id, or what is told with another key."""
