"""By when: limits that were shortened or lengthened, that count from something else, that turned from a word to a number."""

from __future__ import annotations

from typing import Any

from muster.plans import conditions as c
from muster.plans.check.offsets import offset_of
from muster.plans.comparing.changes import How, Topic
from muster.plans.comparing.comparer import Comparer, Handler, Subject, from_to
from muster.plans.comparing.pairing import meaning, tree_of
from muster.plans.conditions import Expression, Node
from muster.plans.model import Again, Mark, Task, Words
from muster.plans.speaking import PROMPTS, Speaker, fill, listed, quoted

DUE = Words("时限", "limit")


def word(given: str) -> Words:
    """及时, 立即: the plan's own word in place of a number, in English what it means."""
    return quoted(Words(given, PROMPTS.get(given, given)))


def prompt(speaker: Speaker, task: Task) -> Words | None:
    """A limit without a number, with what it counts from: 接报后“立即”. None where there is none."""
    if not task.word:
        return None
    if task.since is None:
        return word(task.word)
    return fill(
        "{since}后{word}", "{word} after {since}", word=word(task.word), since=speaker.moment(task.since, task.id)
    )


def sooner(left: Node, right: Node) -> bool | None:
    """Whether `left` is certainly earlier than `right` (True), later (False), or neither can be said (None)."""
    match left, right:
        case c.Call(function, many), c.Call(other, others) if (
            function == other and len(many) == len(others) and function in ("earliest", "latest", "first_known")
        ):
            return _all(list(zip(many, others, strict=True)))
        case c.Choose(when, yes, no), c.Choose(also, yes_too, no_too) if when == also:
            return _all([(yes, yes_too), (no, no_too)])
    first, second = offset_of(left), offset_of(right)
    if (first.anchor, first.seconds, first.months) == (second.anchor, second.seconds, second.months):
        # Of two numbers of working days from one instant the smaller one ends first, whatever the calendar.
        return first.working_days < second.working_days if first.working_days != second.working_days else None
    if first.is_before(second):
        return True
    return False if second.is_before(first) else None


def _all(pairs: list[tuple[Node, Node]]) -> bool | None:
    answers = {sooner(one, other) for one, other in pairs if one != other}
    return answers.pop() if len(answers) == 1 else None


def _verb(was: Node, now: Node) -> Words:
    """Said of a limit that was `was`: shortened, lengthened, or only changed."""
    return {
        True: Words("缩短为", "shortened"), False: Words("延长为", "lengthened"), None: Words("改为", "changed"),
    }[sooner(now, was)]  # fmt: skip


def limit(key: str, noun: Words = DUE) -> Handler:
    """A limit with a number."""

    def handle(comparer: Comparer, it: Subject, was: Expression | None, now: Expression | None) -> None:
        before = comparer.old.limit(was) if was is not None else None
        after = comparer.new.limit(now) if now is not None else None
        if was is None or now is None:
            from_to(comparer, it, key, noun, before, after, Topic.WHEN)
            return
        sides: dict[str, Any] = {
            "topic": Topic.WHEN,
            "was": before,
            "now": after,
            "noun": noun,
            "verb": _verb(was.tree, now.tree),
        }
        match was.tree, now.tree:
            case c.Sum("+", anchor, one), c.Sum("+", other, two) if anchor == other:
                comparer.say(
                    it, key, "{it}的{noun}由{anchor}后{one}{verb}{two}",
                    "the {noun} of {it} is {verb} from {one} to {two} after {anchor}",
                    anchor=comparer.new.node_as_moment(other, now.source), one=comparer.old.node(one, was.source),
                    two=comparer.new.node(two, now.source), **sides,
                )  # fmt: skip
            case c.Sum("+", anchor, one), c.Sum("+", other, two) if one == two:
                comparer.say(
                    it, key, "{it}的{noun}改从{to}起算（原从{since}起算），仍为{span}内",
                    "the {noun} of {it} now counts from {to} instead of {since}, and is still {span}",
                    to=comparer.new.node_as_moment(other, now.source), since=comparer.old.node_as_moment(anchor, was.source),
                    span=comparer.new.node(two, now.source), **sides,
                )  # fmt: skip
            case _ if before == after:
                from_to(comparer, it, key, noun, before, after, Topic.WHEN)
            case _:
                comparer.say(
                    it,
                    key,
                    "{it}的{noun}由{was}{verb}{now}",
                    "the {noun} of {it} is {verb} from “{was}” to “{now}”",
                    **sides,
                )

    return handle


def clocks(comparer: Comparer, it: Subject, was: Task, now: Task) -> None:
    """`due`, `aim`, `word` and `since` of a task together: a word and a number stand for each other."""
    numbers = comparer.old.limit(was.due, was.id), comparer.new.limit(now.due, now.id)
    words = prompt(comparer.old, was), prompt(comparer.new, now)
    if was.due and not was.word and now.word and not now.due:
        comparer.say(
            it, "due", "{it}的时限由{was}改为{now}，不再有数字", "the limit of {it} is now a word, {now}; it was {was}",
            topic=Topic.WHEN, was=numbers[0], now=words[1],
        )  # fmt: skip
    elif was.word and not was.due and now.due and not now.word:
        comparer.say(
            it, "due", "{it}的时限由{was}改为有数字的：{now}", "the limit of {it} is now a number, {now}; it was {was}",
            topic=Topic.WHEN, was=words[0], now=numbers[1],
        )  # fmt: skip
    else:
        if tree_of(was.due) != tree_of(now.due):
            limit("due")(comparer, it, was.due, now.due)
        if was.word != now.word:
            from_to(comparer, it, "word", Words("时限用语", "limit in words"), words[0], words[1], Topic.WHEN)
        elif tree_of(was.since) != tree_of(now.since):
            since = [None if each is None else speaker.moment(each)
                     for speaker, each in ((comparer.old, was.since), (comparer.new, now.since))]  # fmt: skip
            from_to(comparer, it, "since", Words("起算点", "start of counting"), since[0], since[1], Topic.WHEN)
    if tree_of(was.aim) != tree_of(now.aim):
        limit("aim", Words("目标时间", "own target"))(comparer, it, was.aim, now.aim)


def marks(comparer: Comparer, it: Subject, was: tuple[Mark, ...], now: tuple[Mark, ...]) -> None:
    """Instants that are announced."""
    old = {mark.say.zh: mark for mark in was}
    new = {mark.say.zh: mark for mark in now}
    gone, come = [old[key] for key in old if key not in new], [new[key] for key in new if key not in old]
    for mark in list(gone):
        other = next((each for each in come if mark.at.tree == each.at.tree), None)
        if other is None:
            continue
        gone.remove(mark)
        come.remove(other)
        comparer.say(
            it, "marks", "{it}的到点提示由{was}改为{now}", "the mark of {it} now says {now} instead of {was}",
            topic=Topic.WORDING, was=quoted(mark.say), now=quoted(other.say),
        )  # fmt: skip
    for mark in come:
        comparer.say(
            it, "marks", "{it}新增到点提示：{now}（{at}）", "{it} has a new mark: {now} ({at})", topic=Topic.WHEN,
            how=How.ADDED, now=quoted(mark.say), at=comparer.new.moment(mark.at),
        )  # fmt: skip
    for mark in gone:
        comparer.say(
            it, "marks", "{it}取消到点提示：{was}（{at}）", "{it} no longer has the mark {was} ({at})", topic=Topic.WHEN,
            how=How.REMOVED, was=quoted(mark.say), at=comparer.old.moment(mark.at),
        )  # fmt: skip
    for key in [key for key in new if key in old]:
        if old[key].at.tree != new[key].at.tree:
            comparer.say(
                it, "marks", "{it}的到点提示{mark}由{was}改为{now}", "the mark {mark} of {it} is now at {now} instead of {was}",
                topic=Topic.WHEN, mark=quoted(new[key].say), was=comparer.old.moment(old[key].at),
                now=comparer.new.moment(new[key].at),
            )  # fmt: skip
        elif old[key].say != new[key].say:
            comparer.say(
                it, "marks", "{it}的到点提示{now}改了英文", "the mark of {it} now says {now}", topic=Topic.WORDING,
                was=quoted(old[key].say), now=quoted(new[key].say),
            )  # fmt: skip
    if not any(change.key == "marks" and change.id == it.id for change in comparer.changes):
        comparer.say(
            it, "marks", "{it}的到点提示改为：{now}", "the marks of {it} are now: {now}", topic=Topic.WHEN,
            was=listed(quoted(mark.say) for mark in was), now=listed(quoted(mark.say) for mark in now),
        )  # fmt: skip


def again(comparer: Comparer, it: Subject, was: Again | None, now: Again | None) -> None:
    """How often: told as shortened or lengthened where only the span between two differs."""
    noun = Words("周期", "recurrence")
    if was is not None and now is not None and was.every is not None and now.every is not None:
        sides = comparer.old.value(was.every), comparer.new.value(now.every)
        rest = [
            [meaning(getattr(each, key)) for key in each.__struct_fields__ if key != "every"] for each in (was, now)
        ]
        if rest[0] == rest[1] and sides[0] != sides[1]:
            verb = _verb(_from_now(was.every), _from_now(now.every))
            comparer.say(
                it, "again", "{it}的间隔由{was}{verb}{now}", "the interval of {it} is {verb} from {was} to {now}",
                was=sides[0], now=sides[1], verb=verb,
            )  # fmt: skip
            return
    from_to(
        comparer, it, "again", noun, quoted(comparer.old.again(was)) if was is not None else None,
        quoted(comparer.new.again(now)) if now is not None else None, None,
    )  # fmt: skip


def _from_now(every: Expression) -> Node:
    """A span as an instant, for `sooner` compares instants."""
    return c.Sum("+", c.Name("occurred"), every.tree)
