"""Who is told of an event, and in which words. The engine names posts; who holds them is found when it is delivered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct

from muster.engine import events as e
from muster.engine.program import Program
from muster.engine.state import Case, TaskState
from muster.plans.model import ActorKind, RightName, TaskKind, Words

URGENT_HUES = frozenset({"I", "II"})


class Notice(Struct, frozen=True):
    """One thing to tell one actor. `key` is the task it is about, "" for the case itself.

    `kind`: owed, offered, approval, reminder, overdue, climbed, mark, report, release, level, proposed-level, stage,
    ended, direction, appointed, warning, declined, returned.
    """

    to: str
    kind: str
    key: str
    says: Words
    urgent: bool = False


def tell(program: Program, before: Case, after: Case, event: e.Event) -> tuple[Notice, ...]:
    """The notices of one event; nobody is told twice by the same event, nor of what he did himself."""
    seen: set[tuple[str, str]] = set()
    found = []
    for notice in _notices(program, before, after, event):
        mark = (notice.to, notice.key)
        if notice.to and mark not in seen and not (event.by and notice.to == event.by):
            seen.add(mark)
            found.append(notice)
    return tuple(found)


def _name(program: Program, state: TaskState) -> Words:
    return program.task_name(state)


def _both(zh: str, en: str, **names: Words | str) -> Words:
    def said(language: str) -> dict[str, str]:
        return {key: value.say(language) if isinstance(value, Words) else value for key, value in names.items()}

    return Words(zh.format(**said("zh")), en.format(**said("en")))


def is_urgent(program: Program, case: Case) -> bool:
    """Level I and II (by hue): nothing may hold such a notice back."""
    for scale_id, standing in case.standings.items():
        for level in program.edition.scales[scale_id].levels:
            if level.id == standing.confirmed and level.hue in URGENT_HUES:
                return True
    return False


def _local(program: Program, at: datetime) -> str:
    return f"{at.astimezone(program.zone):%m-%d %H:%M}"


def _notices(program: Program, before: Case, after: Case, event: e.Event) -> Iterator[Notice]:
    urgent = is_urgent(program, after)
    title = after.title

    def notices(to: Iterable[str], kind: str, key: str, says: Words) -> Iterator[Notice]:
        for actor in to:
            yield Notice(actor, kind, key, says, urgent)

    match event:
        case e.TaskOpened(key=key, who=who, step=step, offered=offered, due=due):
            state = after.tasks[key]
            name = _name(program, state)
            if step:
                yield from notices(who, "approval", key, _both("待您审批：{n}", "For your approval: {n}", n=name))
            elif due is not None:
                until = _local(program, due)
                yield from notices(
                    who, "owed", key, _both("待办：{n}，限{d}前", "To do: {n}, due {d}", n=name, d=until)
                )
            else:
                kind = "offered" if offered else "owed"
                yield from notices(who, kind, key, _both("待办：{n}", "To do: {n}", n=name))
        case e.ClockReminded(key=key, due=due):
            state = after.tasks[key]
            says = _both("将到时限：{n}，{d}", "Due soon: {n}, {d}", n=_name(program, state), d=_local(program, due))
            yield from notices(state.who, "reminder", key, says)
        case e.ClockFellDue(key=key, due=due):
            state = after.tasks[key]
            says = _both("逾期：{n}，应于{d}前完成", "Overdue: {n}, was due {d}", n=_name(program, state),
                         d=_local(program, due))  # fmt: skip
            yield from notices((*state.who, *_inside_addressees(program, after, state)), "overdue", key, says)
        case e.ClockClimbed(key=key, to=to):
            state = after.tasks[key]
            says = _both("逾期无人应答：{n}（{w}）", "Overdue and unanswered: {n} ({w})", n=_name(program, state),
                         w=_all_names(program, state.who))  # fmt: skip
            yield from notices(to, "climbed", key, says)
        case e.MarkReached(key=key, mark=mark):
            state = after.tasks[key]
            task = program.edition.tasks[state.task]
            yield from notices(state.who, "mark", key, task.marks[mark].say)
        case e.TaskCompleted(key=key, how="sent" | "published", to=to):
            state = after.tasks[key]
            task = program.edition.tasks[state.task]
            kind = "release" if task.kind == TaskKind.RELEASE else "report"
            says = _both("收到：{n}（{w}）", "Received: {n} ({w})", n=task.name, w=program.actor_name(event.by))
            yield from notices(to, kind, key, says)
        case e.TaskDeclined(key=key, reason=reason):
            says = _both("无法办理：{n}。{r}", "Cannot be done: {n}. {r}", n=_name(program, after.tasks[key]), r=reason)
            yield from notices([program.edition.duty_post], "declined", key, says)
        case e.PaperReturned(key=key, reason=reason):
            state = after.tasks[key]
            task = program.edition.tasks[state.task]
            says = _both("退回修改：{n}。{r}", "Returned: {n}. {r}", n=task.name, r=reason)
            paper = before.tasks[key].paper
            drafter = [paper.by] if paper else []
            yield from notices([*drafter, *(task.draft or state.who)], "returned", key, says)
        case e.LevelProposed(scale=scale, level=level) if level and level != after.level(scale):
            says = _both(
                "研判建议：{t} 定为{l}", "Grading proposes {l} for {t}", t=title, l=_level(program, scale, level)
            )
            confirming = program.holders(after, RightName.CONFIRM, event.at, candidate=level, scale=scale)
            yield from notices([program.edition.duty_post, *_posts(program, confirming)], "proposed-level", "", says)
        case e.LevelConfirmed(scale=scale, level=level) if level:
            says = _both("级别确认：{t} {l}", "Level confirmed: {t}, {l}", t=title, l=_level(program, scale, level))
            commanding = program.holders(after, RightName.COMMAND, event.at)
            coordinating = (
                program.holders(after, RightName.COORDINATE, event.at) if program.states(RightName.COORDINATE) else ()
            )
            yield from notices([*commanding, *coordinating, program.edition.duty_post], "level", "", says)
        case e.CaseOpened():
            says = _both("接报：{t}", "Reported: {t}", t=title)
            yield from notices([program.edition.duty_post], "opened", "", says)
        case e.StageChanged(act="start" | "end" | "close" | "reopen" | "lift" as act):
            words = {
                "start": ("启动响应：{t}", "Response started: {t}"),
                "end": ("终止响应：{t}", "Response ended: {t}"),
                "close": ("已归档：{t}", "Closed: {t}"),
                "reopen": ("重新开启：{t}", "Reopened: {t}"),
                "lift": ("预警解除：{t}", "Warning lifted: {t}"),
            }[act]
            commanding = program.holders(before, RightName.COMMAND, event.at)
            yield from notices([*commanding, program.edition.duty_post], "stage", "", _both(*words, t=title))
        case e.CaseEnded():
            says = _both("终结：{t}", "Ended: {t}", t=title)
            yield from notices([program.edition.duty_post], "ended", "", says)
        case e.Directed(to=to, text=text, kind=kind):
            word = {"instruction": "批示", "chase": "督办", "copy": "抄告"}[kind]
            english = {"instruction": "Instruction", "chase": "Chase", "copy": "Copy"}[kind]
            yield from notices(to, "direction", event.task, Words(f"{word}：{text}", f"{english}: {text}"))
        case e.Appointed(post=post, to=to):
            says = _both("指定为{p}：{t}", "Named as {p}: {t}", p=program.actor_name(post), t=title)
            yield from notices(to, "appointed", "", says)
        case e.WarningProposed(colour=colour):
            scale = program.main_scale(after)
            says = _both("待批准：{c}建议，{t}", "For approval: {c}, {t}", c=_level(program, scale, colour), t=title)
            approving = program.holders(after, RightName.APPROVE, event.at, candidate=colour, scale=scale)
            yield from notices(approving, "warning", "", says)
        case e.WarningApproved(colour=colour):
            scale = program.main_scale(after)
            says = _both("已批准，待发布：{c}，{t}", "Approved, to be issued: {c}, {t}",
                         c=_level(program, scale, colour), t=title)  # fmt: skip
            issuing = program.holders(after, RightName.ISSUE, event.at, candidate=colour, scale=scale)
            yield from notices(issuing, "warning", "", says)
        case e.WarningIssued(colour=colour):
            scale = program.main_scale(after)
            says = _both("预警发布：{c}，{t}", "Warning issued: {c}, {t}", c=_level(program, scale, colour), t=title)
            inside = [a.id for a in program.edition.actors.values() if a.kind == ActorKind.BODY]
            yield from notices(inside, "warning", "", says)
        case e.WarningReturned(reason=reason) if before.proposal is not None:
            says = _both("预警建议退回：{t}。{r}", "Proposal returned: {t}. {r}", t=title, r=reason)
            yield from notices([before.proposal.by], "returned", "", says)
        case _:
            return


def _inside_addressees(program: Program, case: Case, state: TaskState) -> list[str]:
    """Those of our own who wait for a report; they learn that it is missing."""
    task = program.edition.tasks.get(state.task)
    if task is None or task.kind != TaskKind.REPORT or state.step:
        return []
    return [actor for actor in program.addressees(case, task) if program.is_inside(actor) and actor not in task.cc]


def _posts(program: Program, actors: Iterable[str]) -> list[str]:
    return [actor for actor in actors if (a := program.actor(actor)) is not None and a.kind == ActorKind.POST]


def _all_names(program: Program, actors: Iterable[str]) -> Words:
    names = [program.actor_name(actor) for actor in actors]
    return Words("、".join(name.zh for name in names), ", ".join(name.say("en") for name in names))


def _level(program: Program, scale_id: str, level_id: str) -> Words:
    for level in program.edition.scales[scale_id].levels:
        if level.id == level_id:
            return level.name
    return Words(level_id, level_id)
