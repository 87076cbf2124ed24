"""What is to be done: the tasks of a case by whose they are, with what this reader may do about each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from muster.console import naming, words
from muster.console.commands import ACTS, judged, label_of
from muster.console.forms.fields import Act, Target
from muster.console.overview import is_late
from muster.console.parts import Clock, TaskRow
from muster.console.parts import TaskState as Mark
from muster.console.room import answers
from muster.console.room.scene import Scene
from muster.engine.clocks import open_question, waits_for
from muster.engine.state import Status, TaskState
from muster.people.models import Person
from muster.plans.model import Edition, Stage, Task, TaskKind

Directory = Mapping[str, Sequence[Person]]

MAIN = ("approve", "publish", "send", "decide", "name", "draft", "complete", "arrive", "acknowledge")
"""What a row offers as its main button: the first of these that the engine would take from the reader."""
ALL_OF_A_TASK = ("approve", "return", "publish", "send", "decide", "name", "draft", "complete", "arrive", "sign", "take",
                 "acknowledge", "agree-due", "decline", "waive")  # fmt: skip
AT_ONCE = ("take", "acknowledge")
"""Acts without anything to fill in: pressing the button is all."""
AT_ONCE_WORDS = frozenset({"立即", "马上", "即时", "随即", "首先", "第一时间", "迅速", "最短时间内", "以最短时间"})
"""Words by which a plan asks for something before everything else, though it names no number."""
DONE_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Button:
    """One act as a button: it opens the act's form in the element `target`, or (`at_once`) is done by pressing it."""

    text: str
    url: str
    target: str = ""
    at_once: bool = False
    is_main: bool = False
    key: str = ""
    act: str = ""
    task: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    row: TaskRow
    buttons: Sequence[Button]
    panel: str
    """The id of the element below the row in which forms open."""


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one post, body or unit; `says` names the persons who hold it."""

    id: str
    name: str
    says: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Waits:
    """Tasks that wait for the same thing: other tasks, or the answer to a question (then with a button)."""

    id: str
    what: str
    tasks: Sequence[str]
    rows: Sequence[Row] = ()
    button: Button | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """Everything to do in a case: open now by owner, waiting, on offer, and what is over."""

    groups: Sequence[Group]
    others: Sequence[Group]
    """Groups of others in which nothing has a limit: folded, since nobody here is asked for them."""
    waiting: Sequence[Waits]
    asking: Sequence[Waits]
    offers: Sequence[Row]
    done: Sequence[Row]
    ended: Sequence[Row]
    open: int
    done_count: int
    ended_count: int


def dom_id(prefix: str, key: str) -> str:
    """The id of an element for a task key, which may hold any character."""
    return f"{prefix}-" + re.sub(
        r"[^\w-]", lambda found: {"@": "-at-", "#": "-no-", "!": "-step-"}.get(found[0], "_"), key
    )


def act_url(scene: Scene, act: str, **query: str) -> str:
    url = reverse("act", args=[scene.number, act])
    given = {name: value for name, value in query.items() if value}
    return f"{url}?{urlencode(given)}" if given else url


def button(scene: Scene, act: Act, state: TaskState, panel: str, *, is_main: bool = False, key: str = "") -> Button:
    return Button(
        label_of(act, Target(scene, {}, state)), act_url(scene, act.name, task=state.key), panel,
        at_once=act.name in AT_ONCE, is_main=is_main, key=key, act=act.name, task=state.key,
    )  # fmt: skip


def offered(scene: Scene, state: TaskState, names: Iterable[str]) -> Iterable[Act]:
    """Those of the named acts that the engine would take from the reader, on this task."""
    target = Target(scene, {}, state)
    for name in names:
        if judged(name, target).is_offered:
            yield ACTS[name]


def work(scene: Scene, people: Directory) -> Work:
    """Sort the tasks of a case as the room shows them."""
    live = [s for s in scene.case.tasks.values() if s.is_live]
    over = [s for s in scene.case.tasks.values() if not s.is_live]
    waits = {s.key: waits_for(scene.program, scene.case, s) for s in live}
    may_chase = judged("direct", Target(scene, {})).is_offered if live else False
    now_open = [s for s in live if not waits[s.key] and s.status != Status.OFFERED]
    offers = [s for s in live if not waits[s.key] and s.status == Status.OFFERED]
    done = sorted((s for s in over if s.status == Status.COMPLETED), key=_ended, reverse=True)
    ended = sorted((s for s in over if s.status != Status.COMPLETED and s.how not in ("new-version", "returned")),
                   key=_ended, reverse=True)  # fmt: skip
    near = [
        s for s in now_open
        if scene.is_mine(s) or s.due_at is not None or s.key.startswith("added-") or _is_prompt(scene, s)
    ]  # fmt: skip
    # Where nobody here is asked and nothing has a limit, what the others do is all that there is to see.
    owners = {owner_key(s) for s in near or now_open}
    return Work(
        groups=_groups(scene, [s for s in now_open if owner_key(s) in owners], people, may_chase),
        others=_groups(scene, [s for s in now_open if owner_key(s) not in owners], people, may_chase),
        waiting=_waiting(scene, [s for s in live if waits[s.key]], waits),
        asking=_questions(scene),
        offers=[task_row(scene, s, people) for s in offers if scene.is_mine(s)],
        done=[task_row(scene, s, people, act=s.status == Status.COMPLETED) for s in done[:DONE_SHOWN]],
        ended=[task_row(scene, s, people, act=False) for s in ended[:DONE_SHOWN]],
        open=len(now_open),
        done_count=len(done),
        ended_count=len(ended),
    )


def _is_prompt(scene: Scene, state: TaskState) -> bool:
    planned = scene.planned(state)
    return planned is not None and planned.word in AT_ONCE_WORDS


def _ended(state: TaskState) -> datetime:
    return state.ended_at or state.opened_at


def owner_key(state: TaskState) -> tuple[str, ...]:
    return (state.for_,) if state.for_ and not state.step else state.who


def _groups(scene: Scene, states: Sequence[TaskState], people: Directory, may_chase: bool) -> list[Group]:
    """One group for each owner: the reader's own first, then those who are late, then whoever has something to do at
    once, then in the order of the plan."""
    owned: dict[tuple[str, ...], list[TaskState]] = {}
    for state in states:
        owned.setdefault(owner_key(state), []).append(state)
    order = {actor: place for place, actor in enumerate(scene.program.edition.actors)}

    def place(item: tuple[tuple[str, ...], list[TaskState]]) -> tuple[bool, bool, int, int]:
        _owner, tasks = item
        first = min((order.get(who, len(order)) for state in tasks for who in state.who), default=0)
        soonest = min(urgency(scene.program.edition.tasks.get(s.task), s, scene.now)[0] for s in tasks)
        # What only the closing waits for does not stand above what others must do at once.
        mine = soonest < FOR_CLOSING and any(scene.is_mine(s) for s in tasks)
        return (not mine, not any(is_late(s, scene.now) for s in tasks), soonest, first)

    groups = []
    for owner, tasks in sorted(owned.items(), key=place):
        tasks.sort(key=lambda state: urgency(scene.program.edition.tasks.get(state.task), state, scene.now))
        groups.append(
            Group(
                dom_id("of", "+".join(owner)),
                naming.actors(scene.program, owner),
                holders_say(scene, tasks[0].who, people),
                [task_row(scene, state, people, may_chase=may_chase) for state in tasks],
            )
        )
    return groups


SOON = timedelta(hours=24)
FOR_CLOSING = 4


def urgency(planned: Task | None, state: TaskState, now: datetime) -> tuple[int, datetime, datetime]:
    """The order in which work is done: what is late or due within a day, what the plan wants at once, what has no limit,
    what is due later, and at the end what only the closing of the case waits for."""
    at = state.due_at or state.opened_at
    if state.due_at is not None and state.due_at <= now + SOON:
        return 0, at, state.opened_at
    if state.due_at is None and planned is not None and planned.word in AT_ONCE_WORDS:
        return 1, at, state.opened_at
    if planned is not None and planned.before == Stage.CLOSED:
        return FOR_CLOSING, at, state.opened_at
    return 3 if state.due_at is not None else 2, at, state.opened_at


def holders_say(scene: Scene, actors: Iterable[str], people: Directory) -> str:
    """Who holds these actors, or acts for them: names, at most three."""
    names: dict[str, None] = {}
    for actor in actors:
        for person in people.get(actor, ()):
            names[person.name] = None
        if not people.get(actor):
            found = scene.program.actor(actor)
            for other in (found.chair, *found.deputies) if found is not None else ():
                names.update((person.name, None) for person in people.get(other, ()))
    shown = list(names)[:3]
    return naming.join(shown) + ("…" if len(names) > 3 else "")


def contacts(scene: Scene, actors: Iterable[str], people: Directory) -> str:
    """Names with telephone numbers of those who hold these actors, or act for them."""
    found: dict[str, str] = {}
    for actor in actors:
        described = scene.program.actor(actor)
        for each in (actor, *((described.chair, *described.deputies) if described is not None else ())):
            for person in people.get(each, ()):
                found[person.name] = person.phone
    return naming.join(f"{name} {phone}".strip() for name, phone in list(found.items())[:4])


# --- one row


def state_mark(scene: Scene, state: TaskState) -> Mark:
    if not state.is_live:
        return "done" if state.status == Status.COMPLETED else "superseded"
    if is_late(state, scene.now):
        return "overdue"
    if waits_for(scene.program, scene.case, state):
        return "waiting"
    if state.paper is not None and state.paper.returned:
        return "returned"
    return "acknowledged" if state.taken_at is not None or state.paper is not None else "open"


def task_row(scene: Scene, state: TaskState, people: Directory, *, may_chase: bool = False, act: bool = True) -> Row:
    """A task as a row, with its main button and, while nobody has taken it, one to say that one has it."""
    planned = scene.planned(state)
    panel = dom_id("do", state.key)
    mark = state_mark(scene, state)
    buttons: list[Button] = []
    if act and scene.held:
        main = next(iter(offered(scene, state, MAIN)), None)
        if main is not None:
            # One loud button a place: what is late, and what only waits for this reader's word.
            buttons.append(button(scene, main, state, panel, is_main=mark == "overdue" or bool(state.step), key="c"))
        if state.is_live and (main is None or main.name in ("complete", "draft", "send", "name")):
            take = next(iter(offered(scene, state, ("take",))), None)
            if take is not None:
                buttons.append(button(scene, take, state, panel, key="a"))
        if not buttons and may_chase and state.is_live and mark == "overdue":
            chase = act_url(scene, "direct", task=state.key)
            buttons.append(Button(_("Chase"), chase, panel, act="direct", task=state.key))
    return Row(
        TaskRow(
            id=dom_id("t", state.key),
            state=mark,
            name=naming.task(scene.program, state),
            kind=naming.task_kind(planned.kind) if planned is not None and not state.step else "",
            url=reverse("room-task", args=[scene.number, state.key]),
            is_key=planned is not None and planned.kind == TaskKind.DECISION and scene.is_mine(state),
            subs=_subs(scene, state),
            cites=naming.cites(scene.program, planned),
            clock=_clock(scene, state),
            clock_text=_ended_says(state),
            words=_plan_says(scene, state),
            words_source=_source(scene.program.edition, planned.cite if planned is not None else ""),
            contact=contacts(scene, state.who, people) if state.is_live else "",
        ),
        buttons,
        panel,
    )


def _clock(scene: Scene, state: TaskState) -> Clock | None:
    if state.status in (Status.TERMINATED, Status.WAIVED, Status.DECLINED):
        return None
    return naming.clock(scene.program, state)


def _ended_says(state: TaskState) -> str:
    return {
        Status.WAIVED: _("waived"),
        Status.DECLINED: _("passed over"),
        Status.TERMINATED: {
            "no-longer-applies": _("no longer applies"),
            "never-stood": _("was never owed"),
            "missed": _("missed"),
            "case-closed": _("ended with the case"),
            "case-ended": _("ended with the case"),
        }.get(state.how, _("ended")),
    }.get(state.status, "")


def _subs(scene: Scene, state: TaskState) -> list[str]:
    """What has happened to a task: who was told, who has it, where its paper stands, who received it."""
    program, subs = scene.program, []
    planned = scene.planned(state)
    if planned is not None and planned.to and not state.step:
        subs.append(naming.addressed(program, planned))
    if state.is_live:
        subs.append(answers.question(program, scene.case, state))
    if state.is_live and state.taken_by:
        subs.append(
            _("taken by %(who)s, %(time)s")
            % {
                "who": naming.actor(program, state.taken_by),
                "time": words.wall(state.taken_at, scene.now) if state.taken_at else "",
            }
        )
    if state.overdue_at is not None and state.is_live:
        subs.append(_climbed(scene, state))
    subs.extend(paper_says(scene, state))
    if not state.is_live and state.ended_by:
        subs.append(naming.actor(program, state.ended_by))
    if state.status == Status.COMPLETED:
        decided = _decided(scene, state)
        subs.extend(text for text in (decided, state.note, state.reason) if text)
        subs.append(answers.silent(program, scene.case, state))
        if state.received:
            subs.append(_("received by %(who)s") % {"who": naming.actors(program, state.received)})
    elif state.reason:
        subs.append(state.reason)
    if state.round > 1:
        subs.append(_("round %(number)d") % {"number": state.round})
    return [sub for sub in subs if sub]


def _climbed(scene: Scene, state: TaskState) -> str:
    """How far an unanswered clock has climbed, and whom it asks next."""
    if state.answered_by:
        return _("%(who)s answers for it") % {"who": naming.actor(scene.program, state.answered_by)}
    steps = scene.program.chain(scene.case, state.who)
    told = [actor for step in steps[: state.climbed] for actor in step]
    said = _("told: %(who)s") % {"who": naming.actors(scene.program, told)} if told else ""
    if state.climb_at is not None and state.climbed < len(steps):
        following = _("%(time)s next: %(who)s") % {
            "time": words.wall(state.climb_at, scene.now), "who": naming.actors(scene.program, steps[state.climbed]),
        }  # fmt: skip
        return naming.phrases([said, following])
    return said


def paper_says(scene: Scene, state: TaskState) -> list[str]:
    """Where a paper stands: its version, who approved it, who is next."""
    paper = state.paper
    if paper is None:
        return []
    said = [_("version %(number)d") % {"number": paper.version}]
    if paper.returned:
        return [*said, _("returned: %(reason)s") % {"reason": paper.returned}]
    prefix = f"{state.key}!"
    steps = [s for s in scene.case.tasks.values() if s.step and s.key.startswith(prefix)]
    approved = [s.ended_by for s in steps if s.status == Status.COMPLETED and s.value == paper.digest]
    next_ = [who for s in steps if s.is_live for who in s.who]
    if approved:
        said.append(_("approved by %(who)s") % {"who": naming.actors(scene.program, approved)})
    if next_:
        said.append(_("waits for %(who)s") % {"who": naming.actors(scene.program, next_)})
    return said


def _decided(scene: Scene, state: TaskState) -> str:
    """What a decision has settled, in words."""
    planned = scene.planned(state)
    if planned is None or state.value is None or state.step:
        return ""
    if planned.settles in scene.program.edition.scales:
        return naming.level_in_words(scene.program, planned.settles, str(state.value))
    fact = scene.program.edition.facts.get(planned.settles)
    if fact is not None:
        from muster.console import facts

        return facts.shown(fact, state.value, scene.program.zone, scene.now)
    if isinstance(state.value, bool):
        return _("yes") if state.value else _("no")
    return ""


def _plan_says(scene: Scene, state: TaskState) -> str:
    """The plan's sentence on a task, and its guidance where that holds now."""
    asked = answers.asked_by(scene.program, scene.case, state)
    planned = asked[0] if asked is not None else scene.planned(state)
    if planned is None:
        return ""
    texts = [naming.say(planned.text)] if planned.text else []
    env = scene.program.env(scene.case, scene.now)
    for guidance in scene.program.edition.guidance.values():
        holds = guidance.when is None or scene.program.value(guidance.when, env) is True
        if planned.id in guidance.on and holds:
            texts.append(naming.say(guidance.text))
    return "\n".join(texts)


def _source(edition: Edition, cite: str) -> str:
    return naming.phrases([cite, _("edition %(edition)s") % {"edition": edition.edition}]) if cite else ""


# --- what waits


def _waiting(scene: Scene, states: Sequence[TaskState], waits: Mapping[str, tuple[TaskState, ...]]) -> list[Waits]:
    found: dict[tuple[str, ...], list[TaskState]] = {}
    for state in states:
        named = tuple(dict.fromkeys(naming.task(scene.program, each) for each in waits[state.key]))
        found.setdefault(named, []).append(state)
    return [
        Waits(
            dom_id("after", waits[tasks[0].key][0].key),
            naming.join(named),
            list(dict.fromkeys(naming.task(scene.program, each) for each in tasks)),
            [task_row(scene, each, {}, act=False) for each in tasks],
        )
        for named, tasks in found.items()
    ]


def _questions(scene: Scene) -> list[Waits]:
    """The tasks of the plan that do not stand because nobody has answered what their conditions ask."""
    if scene.case.is_over:
        return []
    program = scene.program
    asked: dict[str, list[str]] = {}
    standing = {s.task for s in scene.case.tasks.values()}
    for task_id in program.index.by_section.get(scene.case.kind, ()):  # type: ignore[call-overload]
        if task_id in standing or program.whiles[task_id](program.env(scene.case, scene.now)) is False:
            continue
        task = program.edition.tasks[task_id]
        name = open_question(program, scene.case, task, scene.now)
        if name in program.edition.facts:
            asked.setdefault(name, []).append(naming.say(task.name))
    answer = bool(asked) and judged("assess", Target(scene, {})).is_offered
    return [
        Waits(
            dom_id("asks", name),
            naming.say(program.edition.facts[name].ask or program.edition.facts[name].name),
            names,
            button=Button(_("Answer"), act_url(scene, "assess", fact=name), dom_id("do-asks", name), act="assess")
            if answer else None,
        )
        for name, names in asked.items()
    ]  # fmt: skip
