"""Every event as one readable line, in Chinese and in English: for the journal of a case and for the record of a drill.

Who acted stands beside the line, not in it: `actor_of` says it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct

from muster.engine import events as e
from muster.engine.program import Program
from muster.engine.state import Case, TaskState
from muster.engine.values import fact_says
from muster.plans.model import CaseKind, Scale, Words

ROMAN = {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ", "V": "Ⅴ"}
NOBODY = Words("", "")


class Importance(StrEnum):
    """Key: what somebody reads who has one minute. Quiet: what the engine did by itself and nobody need read."""

    KEY = "key"
    PLAIN = "plain"
    QUIET = "quiet"


class Narration(Struct, frozen=True):
    """The line, what stands smaller below it ("" where nothing does), and how much it matters."""

    says: Words
    detail: Words
    importance: Importance


def narrate(program: Program, case_after: Case, event: e.Event) -> Words:
    """The line of one event with its detail in brackets. `case_after` is the case with the event in it."""
    told = narration(program, case_after, event)
    if not told.detail.zh:
        return told.says
    return Words(f"{told.says.zh}（{told.detail.zh}）", f"{told.says.en} ({told.detail.say('en')})")


def narration(program: Program, case_after: Case, event: e.Event) -> Narration:
    """The line of one event and its detail apart."""
    teller = _Teller(program, case_after, event.at)
    says, detail, importance = _TELL[type(event)](teller, event)
    return Narration(says, detail, importance)


def actor_of(program: Program, event: e.Event) -> Words:
    """In whose name an event happened; empty for what the engine did by itself."""
    return program.actor_name(event.by) if event.by else NOBODY


def level_says(scale: Scale, level_id: str) -> Words:
    """ "Ⅲ级 较大", "黄色预警": a level as people say it."""
    for level in scale.levels:
        if level.id == level_id:
            if level_id in ROMAN:
                number = f"{ROMAN[level_id]}级"
                zh = level.name.zh if level.name.zh.startswith(number) else f"{number} {level.name.zh}"
                return Words(zh, f"level {level_id}, {level.name.say('en').lower()}")
            return level.name
    return Words(level_id, level_id)


def criterion_says(criterion_id: str) -> str:
    """III-2 as Ⅲ-2: with the numeral that plans print."""
    number, dash, rest = criterion_id.partition("-")
    return f"{ROMAN.get(number, number)}{dash}{rest}"


Told = tuple[Words, Words, Importance]
_NO_DETAIL = NOBODY


def _w(zh: str, en: str, **names: Any) -> Words:
    """Words with their places filled; Words among the values are said in each language."""

    def said(language: str) -> dict[str, Any]:
        return {key: value.say(language) if isinstance(value, Words) else value for key, value in names.items()}

    return Words(zh.format(**said("zh")), en.format(**said("en")))


def _list(words: Iterable[Words]) -> Words:
    each = list(words)
    return Words("、".join(word.zh for word in each), ", ".join(word.say("en") for word in each))


def _and(*details: Words) -> Words:
    kept = [each for each in details if each.zh]
    return Words("，".join(each.zh for each in kept), ", ".join(each.say("en") for each in kept))


def _free(text: str) -> Words:
    """What somebody wrote: the same in both languages."""
    return Words(text.strip(), text.strip())


class _Teller:
    """Says things of one case; instants in the local time of the plan, with the date where it is another day."""

    def __init__(self, program: Program, case: Case, at: datetime) -> None:
        self.program = program
        self.case = case
        self.today = at.astimezone(program.zone).date()

    def at(self, instant: datetime) -> str:
        local = instant.astimezone(self.program.zone)
        if local.date() == self.today:
            return f"{local:%H:%M}"
        return f"{local:%m-%d %H:%M}" if local.year == self.today.year else f"{local:%Y-%m-%d %H:%M}"

    def actors(self, ids: Iterable[str]) -> Words:
        return _list(self.party_or_actor(each) for each in ids)

    def party_or_actor(self, id_: str) -> Words:
        """The name of an actor, or of a registered party; a natural person goes by the kind of party he is."""
        party = self.case.parties.get(id_)
        if party is None:
            return self.program.actor_name(id_)
        kind = self.program.actor_name(party.party)
        if party.name:
            return Words(party.name, party.name)
        number = id_.rpartition("-")[2]
        return Words(f"{kind.zh}{number}", f"{kind.say('en')} {number}") if number.isdigit() else kind

    def state(self, key: str) -> TaskState:
        return self.case.tasks[key]

    def task(self, key: str) -> Words:
        """A task as people say it: its name, whose instance, which round; of an approval, the paper."""
        state = self.state(key)
        name = self.program.task_name(state)
        if state.step:
            return _w("审批：{n}", "approval of {n}", n=name)
        if state.for_:
            name = _w("{n}（{f}）", "{n} ({f})", n=name, f=self.party_or_actor(state.for_))
        if state.round > 1:
            name = _w("{n}第{r}次", "{n}, round {r}", n=name, r=state.round)
        return name

    def scale(self, scale_id: str) -> Scale | None:
        return self.program.edition.scales.get(scale_id)

    def level(self, scale_id: str, level_id: str) -> Words:
        scale = self.scale(scale_id)
        return level_says(scale, level_id) if scale else Words(level_id, level_id)

    def colour(self, level_id: str) -> Words:
        scales = self.program.scales_by_kind[CaseKind.WARNING]
        return level_says(scales[0], level_id) if scales else Words(level_id, level_id)

    def late(self, seconds: int) -> Words:
        minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86_400
        if not seconds:
            return NOBODY
        if days >= 2:
            return Words(f"迟{days}天", f"{days} days late")
        if hours and minutes % 60:
            return Words(f"迟{hours}小时{minutes % 60}分", f"{hours} h {minutes % 60} min late")
        if hours:
            return Words(f"迟{hours}小时", f"{hours} h late")
        return Words(f"迟{minutes}分", f"{minutes} min late") if minutes else Words("迟不到1分", "under a minute late")


KEY, PLAIN, QUIET = Importance.KEY, Importance.PLAIN, Importance.QUIET

# --- the case

_CASES = {
    "incident": Words("接报", "Reported"),
    "warning": Words("提出预警", "Warning opened"),
    "standing": Words("常态工作", "Standing duty"),
    "hazard": Words("登记隐患", "Hazard found"),
}
_INSTANTS = {
    "occurred": Words("发生时间", "occurred"),
    "detected": Words("发现时间", "detected"),
    "reported": Words("接报时间", "reported"),
    "verified": Words("核实时间", "verified"),
}
_STAGES = {
    "start": Words("启动应急响应", "Response started"),
    "end": Words("终止应急响应", "Response ended"),
    "review": Words("转入评估", "Review begun"),
    "close": Words("归档", "Closed"),
    "lift": Words("归档", "Closed"),
    "reopen": Words("重新开启", "Reopened"),
    "assess": Words("转入研判", "Assessment begun"),
}
_ENDS = {
    "dismissed": Words("作误报处理", "Dismissed"),
    "merged": Words("并入{to}", "Merged into {to}"),
    "handed-over": Words("移交{to}", "Handed over to {to}"),
    "sealed": Words("转涉密程序，文号{to}", "Moved to the classified procedure, reference {to}"),
}


def _case_opened(teller: _Teller, event: e.CaseOpened) -> Told:
    says = _w("{k}：{t}", "{k}: {t}", k=_CASES[event.kind], t=event.title)
    when = event.instants.get("occurred")
    happened = _w("{at}发生", "occurred {at}", at=teller.at(when)) if when else NOBODY
    return says, _and(happened, _free(event.place)), KEY


def _facts_answered(teller: _Teller, event: e.FactsAnswered) -> Told:
    said = []
    for name, value in event.facts.items():
        fact = teller.program.edition.facts.get(name)
        if fact is None:
            said.append(Words(f"{name}：{value}", f"{name}: {value}"))
            continue
        unit = fact.unit or NOBODY
        said.append(
            Words(
                f"{fact.name.zh}：{_value(teller, fact, value, 'zh')}{unit.zh if value is not None else ''}",
                f"{fact.name.say('en')}: {_value(teller, fact, value, 'en')}"
                + (f" {unit.say('en')}" if unit.zh and value is not None else ""),
            )
        )
    return Words("；".join(w.zh for w in said), "; ".join(w.say("en") for w in said)), _free(event.note), PLAIN


def _value(teller: _Teller, fact: Any, value: Any, language: str) -> str:
    if fact.type == "instant" and isinstance(value, str):
        return teller.at(datetime.fromisoformat(value))
    if fact.type == "duration" and isinstance(value, int):
        hours, minutes = divmod(value // 60, 60)
        zh = f"{f'{hours}小时' if hours else ''}{f'{minutes}分' if minutes or not hours else ''}"
        en = " ".join(
            part for part in (f"{hours} h" if hours else "", f"{minutes} min" if minutes or not hours else "") if part
        )
        return zh if language == "zh" else en
    if fact.type in ("int", "number", "money") and isinstance(value, int | float):
        return f"{value:,}"
    return fact_says(fact, value, language)


def _types_set(teller: _Teller, event: e.TypesSet) -> Told:
    types = teller.program.edition.types
    names = _list(types[each].name if each in types else Words(each, each) for each in event.types)
    return _w("事件类型：{n}", "Types: {n}", n=names if event.types else Words("未定", "none")), _NO_DETAIL, PLAIN


def _instant_corrected(teller: _Teller, event: e.InstantCorrected) -> Told:
    said = [
        _w("{n}更正为{at}", "{n} corrected to {at}", n=_INSTANTS.get(name, Words(name, name)), at=teller.at(at))
        for name, at in event.instants.items()
    ]
    line = _list(said)
    return Words(line.zh, line.en[:1].upper() + line.en[1:]), _free(event.reason), KEY


def _level_proposed(teller: _Teller, event: e.LevelProposed) -> Told:
    scale = teller.scale(event.scale)
    if not event.level:
        return (
            _w(
                "研判：{s}暂无标准成立",
                "Grading: no criterion of {s} holds any more",
                s=scale.name if scale else event.scale,
            ),
            _NO_DETAIL,
            PLAIN,
        )
    says = _w("研判建议{l}", "Grading proposes {l}", l=teller.level(event.scale, event.level))
    return says, _because(event.because), PLAIN


def _because(criteria: Iterable[str]) -> Words:
    ids = [criterion_says(each) for each in criteria]
    return Words(f"依据{'、'.join(ids)}", f"by {', '.join(ids)}") if ids else NOBODY


def _level_confirmed(teller: _Teller, event: e.LevelConfirmed) -> Told:
    scale = teller.scale(event.scale)
    level = teller.level(event.scale, event.level)
    if event.previous and scale is not None:
        up = scale.rank(event.level) > scale.rank(event.previous)
        before = teller.level(event.scale, event.previous)
        says = (
            _w("{s}由{b}升为{l}", "{s} raised from {b} to {l}", s=scale.name, b=before, l=level)
            if up
            else _w("{s}由{b}降为{l}", "{s} lowered from {b} to {l}", s=scale.name, b=before, l=level)
        )
    else:
        says = _w("{s}确认为{l}", "{s} confirmed as {l}", s=scale.name if scale else event.scale, l=level)
    # Of a warning, its issue says it already.
    return says, _and(_because(event.because), _free(event.reason)), QUIET if teller.case.kind == "warning" else KEY


def _stage_changed(teller: _Teller, event: e.StageChanged) -> Told:
    if teller.case.kind == "warning" and event.act == "start":  # said by the issue of the warning
        return Words("进入预警响应", "Warning in force"), _NO_DETAIL, QUIET
    says = _STAGES.get(event.act, Words(f"阶段：{event.stage}", f"Stage: {event.stage}"))
    return says, _free(event.reason), PLAIN if event.act == "assess" else KEY


def _case_ended(teller: _Teller, event: e.CaseEnded) -> Told:
    words = _ENDS.get(event.how, Words(event.how, event.how))
    return _w(words.zh, words.en, to=event.to), _free(event.reason), KEY


def _case_absorbed(teller: _Teller, event: e.CaseAbsorbed) -> Told:
    says = _w("并入另一次报告：{t}", "Took over another report: {t}", t=event.title or event.other)
    return says, _free(event.summary), PLAIN


def _jotted(teller: _Teller, event: e.Jotted) -> Told:
    return _free(event.text), _NO_DETAIL, PLAIN


_DIRECTED = {
    "instruction": Words("批示", "Instruction"),
    "chase": Words("督办", "Chase"),
    "copy": Words("抄告", "Copy"),
}


def _directed(teller: _Teller, event: e.Directed) -> Told:
    says = _w("{k}{to}：{t}", "{k} to {to}: {t}", k=_DIRECTED[event.kind], to=teller.actors(event.to), t=event.text)
    return says, Words("须答复", "an answer is owed") if event.reply else NOBODY, KEY


def _appointed(teller: _Teller, event: e.Appointed) -> Told:
    post, to = teller.program.actor_name(event.post), teller.actors(event.to)
    return _w("{p}：{to}", "{p}: {to}", p=post, to=to), _NO_DETAIL, PLAIN


def _party_registered(teller: _Teller, event: e.PartyRegistered) -> Told:
    return _w("登记{p}：{n}", "Registered {p}: {n}", p=teller.program.actor_name(event.party),
              n=event.name or event.ref), _NO_DETAIL, PLAIN  # fmt: skip


def _party_withdrawn(teller: _Teller, event: e.PartyWithdrawn) -> Told:
    says = _w("撤销登记：{n}", "Registration withdrawn: {n}", n=teller.party_or_actor(event.ref))
    return says, _free(event.reason), PLAIN


# --- tasks


def _task_opened(teller: _Teller, event: e.TaskOpened) -> Told:
    # Whose instance it is stands in the name already.
    who = NOBODY if event.for_ and not event.step else teller.actors(event.who)
    limit = NOBODY
    if event.due is not None:
        limit = _w("限{d}", "due {d}", d=teller.at(event.due))
        if event.guessed:
            limit = _and(
                limit,
                Words("跨入未公布放假安排的年份，按周末推算", "counted by weekdays: the holidays are not known yet"),
            )
    elif event.aim is not None:
        limit = _w("本单位目标{d}", "own aim {d}", d=teller.at(event.aim))
    name = teller.task(event.key)
    if event.step:
        return _w("送审：{n}，待{w}批", "{n}: for {w}", n=_paper(teller, event.key), w=who), limit, PLAIN
    if event.task.startswith("added-"):
        return (
            _w("增加预案外措施：{n}", "Measure outside the plan: {n}", n=event.name),
            _and(who, limit, _free(event.reason)),
            KEY,
        )
    if event.offered:
        return _w("可办：{n}", "May be done: {n}", n=name), _and(who, limit), QUIET
    return _w("待办：{n}", "To do: {n}", n=name), _and(who, limit), QUIET


def _paper(teller: _Teller, key: str) -> Words:
    task = teller.program.edition.tasks.get(teller.state(key).task)
    return task.name if task else Words(teller.state(key).name, teller.state(key).name)


_WHYS = {
    "no-longer-applies": Words("不再适用", "no longer applies"),
    "never-stood": Words("更正后不应办理", "as we now know, it was never owed"),
    "bound": Words("已由确定的单位办理", "now with the units named"),
    "withdrawn": Words("登记已撤销", "the registration was withdrawn"),
    "new-version": Words("稿件已更新", "there is a new version"),
    "returned": Words("稿件已退回", "the draft was returned"),
    "missed": Words("本次未办，已到下一次", "not done before the next round began"),
    "case-ended": Words("事项已终结", "the case ended"),
    "case-closed": Words("事项已归档", "the case was closed"),
}


def _task_terminated(teller: _Teller, event: e.TaskTerminated) -> Told:
    says = _w("{n}终止", "{n} ends", n=teller.task(event.key))
    return says, _WHYS.get(event.why, _free(event.why)), PLAIN if event.why == "missed" else QUIET


def _rounds_ended(teller: _Teller, event: e.RoundsEnded) -> Told:
    return _w("{n}不再循环", "{n} recurs no more", n=teller.task(event.key)), _NO_DETAIL, QUIET


def _task_taken(teller: _Teller, event: e.TaskTaken) -> Told:
    return _w("已接办：{n}", "Taken: {n}", n=teller.task(event.key)), _free(event.note), PLAIN


def _task_completed(teller: _Teller, event: e.TaskCompleted) -> Told:
    name = teller.task(event.key)
    notes = _and(teller.late(event.late), _free(event.reason), _free(event.note))
    match event.how:
        case "sent":
            return _w("{n}已报{to}", "{n} sent to {to}", n=name, to=teller.actors(event.to)), notes, KEY
        case "published":
            says = _w("已发布：{n}，面向{to}", "Published: {n}, to {to}", n=name, to=teller.actors(event.to))
            return (says if event.to else _w("已发布：{n}", "Published: {n}", n=name)), notes, KEY
        case "approved":
            return _w("已批准：{n}", "Approved: {n}", n=_paper(teller, event.key)), notes, KEY
        case "decided":
            value = _decided(teller, event)
            return _w("决定：{n}，{v}", "Decided: {n}, {v}", n=name, v=value) if value.zh else _w(
                "决定：{n}", "Decided: {n}", n=name
            ), notes, KEY if event.by else PLAIN  # fmt: skip
        case _:
            return _w("完成：{n}", "Done: {n}", n=name), notes, PLAIN


def _decided(teller: _Teller, event: e.TaskCompleted) -> Words:
    task = teller.program.edition.tasks.get(teller.state(event.key).task)
    settles = task.settles if task else ""
    if settles in teller.program.edition.scales:
        return teller.level(settles, str(event.value))
    fact = teller.program.edition.facts.get(settles)
    if fact is not None:
        return Words(_value(teller, fact, event.value, "zh"), _value(teller, fact, event.value, "en"))
    if isinstance(event.value, bool):
        return Words("是", "yes") if event.value else Words("否", "no")
    return _free(str(event.value)) if event.value not in (None, "") else NOBODY


def _task_arrived(teller: _Teller, event: e.TaskArrived) -> Told:
    return _w("已到达：{n}", "Arrived: {n}", n=teller.task(event.key)), _free(event.note), PLAIN


def _task_declined(teller: _Teller, event: e.TaskDeclined) -> Told:
    return _w("无法办理：{n}", "Declined: {n}", n=teller.task(event.key)), _free(event.reason), KEY


def _task_waived(teller: _Teller, event: e.TaskWaived) -> Told:
    return _w("免办：{n}", "Waived: {n}", n=teller.task(event.key)), _free(event.reason), KEY


# --- clocks


def _clock_moved(teller: _Teller, event: e.ClockMoved) -> Told:
    name = teller.task(event.key)
    if event.due is None:
        return _w("{n}的时限待定", "{n} has no limit for now", n=name), _free(event.reason), QUIET
    due = teller.at(event.due)
    if event.why == "agreed":
        says = _w("{n}商定改为{d}前", "{n}: agreed to be due {d}", n=name, d=due)
        return says, _and(_free(event.reason), _free("、".join(event.evidence))), KEY
    if event.why == "corrected":
        return _w("{n}时限改为{d}", "{n} is now due {d}", n=name, d=due), _free(event.reason), PLAIN
    return _w("{n}时限确定为{d}", "{n} is due {d}", n=name, d=due), _free(event.reason), QUIET


def _clock_reminded(teller: _Teller, event: e.ClockReminded) -> Told:
    says = _w("{n}将到时限，应于{d}前完成", "{n} is due soon, {d}", n=teller.task(event.key), d=teller.at(event.due))
    return says, _NO_DETAIL, QUIET


def _clock_fell_due(teller: _Teller, event: e.ClockFellDue) -> Told:
    says = _w("{n}逾期，应于{d}前完成", "{n} is overdue, was due {d}", n=teller.task(event.key), d=teller.at(event.due))
    return says, _NO_DETAIL, KEY


def _clock_climbed(teller: _Teller, event: e.ClockClimbed) -> Told:
    says = _w(
        "{n}无人应答，催办{to}", "{n} unanswered, told {to}", n=teller.task(event.key), to=teller.actors(event.to)
    )
    return says, _w("第{s}次", "step {s}", s=event.step), KEY


def _clock_answered(teller: _Teller, event: e.ClockAnswered) -> Told:
    return _w("已应答：{n}", "Answered for: {n}", n=teller.task(event.key)), _free(event.note), PLAIN


def _mark_reached(teller: _Teller, event: e.MarkReached) -> Told:
    task = teller.program.edition.tasks[teller.state(event.key).task]
    return task.marks[event.mark].say, teller.task(event.key), KEY


# --- papers


def _paper_drafted(teller: _Teller, event: e.PaperDrafted) -> Told:
    says = _w("{n}第{v}稿", "{n}, version {v} drafted", n=teller.task(event.key), v=event.version)
    return says, _free(event.note), PLAIN


def _paper_returned(teller: _Teller, event: e.PaperReturned) -> Told:
    return _w("退回修改：{n}", "Returned: {n}", n=teller.task(event.key)), _free(event.reason), KEY


def _report_received(teller: _Teller, event: e.ReportReceived) -> Told:
    return _w("已签收：{n}", "Received: {n}", n=teller.task(event.key)), _free(event.note), PLAIN


def _paper_signed(teller: _Teller, event: e.PaperSigned) -> Told:
    name, signer = teller.task(event.key), teller.party_or_actor(event.signer)
    if event.refused:
        says = _w("{s}拒签：{n}", "{s} refused to sign: {n}", s=signer, n=name)
        return says, _free(event.reason), KEY
    return _w("{s}已签字：{n}", "{s} signed: {n}", s=signer, n=name), _free(event.reason), PLAIN


# --- warnings


def _warning_proposed(teller: _Teller, event: e.WarningProposed) -> Told:
    return _w("建议{c}", "Proposed: {c}", c=teller.colour(event.colour)), _free(event.reason), KEY


def _warning_approved(teller: _Teller, event: e.WarningApproved) -> Told:
    return _w("已批准{c}", "Approved: {c}", c=teller.colour(event.colour)), _free(event.note), KEY


def _warning_returned(teller: _Teller, event: e.WarningReturned) -> Told:
    return _w("退回{c}建议", "Proposal returned: {c}", c=teller.colour(event.colour)), _free(event.reason), KEY


def _warning_issued(teller: _Teller, event: e.WarningIssued) -> Told:
    colour = teller.colour(event.colour)
    if event.previous:
        return _w("{p}调整为{c}", "{p} adjusted to {c}", p=teller.colour(event.previous), c=colour), _NO_DETAIL, KEY
    return _w("发布{c}", "Issued: {c}", c=colour), _NO_DETAIL, KEY


def _warning_lifted(teller: _Teller, event: e.WarningLifted) -> Told:
    return _w("解除{c}", "Lifted: {c}", c=teller.level(event.scale, event.colour)), _free(event.reason), KEY


_TELL: dict[type[e.Event], Callable[[_Teller, Any], Told]] = {
    e.CaseOpened: _case_opened,
    e.FactsAnswered: _facts_answered,
    e.TypesSet: _types_set,
    e.InstantCorrected: _instant_corrected,
    e.LevelProposed: _level_proposed,
    e.LevelConfirmed: _level_confirmed,
    e.StageChanged: _stage_changed,
    e.CaseEnded: _case_ended,
    e.CaseAbsorbed: _case_absorbed,
    e.Jotted: _jotted,
    e.Directed: _directed,
    e.Appointed: _appointed,
    e.PartyRegistered: _party_registered,
    e.PartyWithdrawn: _party_withdrawn,
    e.TaskOpened: _task_opened,
    e.TaskTerminated: _task_terminated,
    e.RoundsEnded: _rounds_ended,
    e.TaskTaken: _task_taken,
    e.TaskCompleted: _task_completed,
    e.TaskArrived: _task_arrived,
    e.TaskDeclined: _task_declined,
    e.TaskWaived: _task_waived,
    e.ClockMoved: _clock_moved,
    e.ClockReminded: _clock_reminded,
    e.ClockFellDue: _clock_fell_due,
    e.ClockClimbed: _clock_climbed,
    e.ClockAnswered: _clock_answered,
    e.MarkReached: _mark_reached,
    e.PaperDrafted: _paper_drafted,
    e.PaperReturned: _paper_returned,
    e.ReportReceived: _report_received,
    e.PaperSigned: _paper_signed,
    e.WarningProposed: _warning_proposed,
    e.WarningApproved: _warning_approved,
    e.WarningReturned: _warning_returned,
    e.WarningIssued: _warning_issued,
    e.WarningLifted: _warning_lifted,
}
