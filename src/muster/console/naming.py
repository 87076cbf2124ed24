"""How the words of a plan and of a case are shown: levels, stages, actors, tasks, articles. In the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from muster.cases.models import CaseRecord
from muster.console.parts import HUES, Cite, Clock, Hue, Level, hue_of_rank
from muster.engine import Program
from muster.engine.state import Case, TaskState
from muster.plans.model import CaseKind, RightName, Scale, Task, TaskKind, Words
from muster.plans.speaking import in_place_of_a_number

_ROMAN = {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ", "V": "Ⅴ"}


def language() -> str:
    """ "zh" or "en": the languages that plans are written in."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def say(words: Words | None) -> str:
    """Words of a plan in the reader's language; "" for none."""
    return words.say(language()) if words is not None else ""


def join(texts: Iterable[str]) -> str:
    """A list within a sentence: 甲、乙 / A, B."""
    return ("、" if language() == "zh" else ", ").join(texts)


def phrases(texts: Iterable[str]) -> str:
    """Short statements side by side on one line."""
    return ("　" if language() == "zh" else " · ").join(text for text in texts if text)


# --- levels


def level(program: Program, scale_id: str, level_id: str) -> Level | None:
    """A level or warning colour as it is drawn; None where there is none."""
    scale = program.edition.scales.get(scale_id)
    if scale is None or not level_id:
        return None
    for rank, each in enumerate(scale.levels):
        if each.id == level_id:
            name = say(each.name)
            given = next((hue for hue in HUES if hue == each.hue), None)
            hue: Hue = given or hue_of_rank(len(scale.levels) - 1 - rank)
            if level_id in _ROMAN:
                code = _ROMAN[level_id] + "级" if language() == "zh" else level_id
                return Level(hue, code, name)
            if scale.of == CaseKind.WARNING:
                return Level(hue, name.removesuffix("预警"), pgettext("level", "warning"))
            return Level(hue, name)
    return None


def level_in_words(program: Program, scale_id: str, level_id: str) -> str:
    """Ⅲ级（较大）, 黄色预警 / III (Larger), Yellow warning."""
    shown = level(program, scale_id, level_id)
    if shown is None:
        return _("not graded")
    if level_id in _ROMAN:
        return f"{shown.code}（{shown.name}）" if language() == "zh" else f"{shown.code} ({shown.name})"
    return shown.code + ("" if language() == "zh" else " ") + shown.name


def level_of(program: Program, record: CaseRecord) -> Level | None:
    """The confirmed level or the colour in force of a case; None while there is none."""
    # A plan may grade by several scales, of which each case has one: the level that stands in the record says which.
    stands = record.colour or record.level
    for scale in program.scales_by_kind[CaseKind(record.kind)]:
        if (found := level(program, scale.id, stands)) is not None:
            return found
    return None


def is_graded(program: Program, case: Case) -> bool:
    """Whether this case has a level at all: a plan may have none, or grade only what is of one type."""
    return case.kind == CaseKind.WARNING or bool(program.main_scale(case))


def main_scale(program: Program, kind: str = "incident") -> Scale | None:
    """The scale that grades this kind of case."""
    scales = program.scales_by_kind[CaseKind(kind)]
    return scales[0] if scales else None


# --- stages and kinds


def stage(stage_id: str, kind: str = "incident") -> str:
    """接报, 研判, 处置 …; a warning responds to a warning."""
    if kind == "warning":
        return {
            "intake": pgettext("stage", "proposed"),
            "assessment": pgettext("stage", "proposed"),
            "response": pgettext("stage", "warning in force"),
            "closed": pgettext("stage", "lifted"),
        }.get(stage_id, stage_id)
    return {
        "intake": pgettext("stage", "intake"),
        "assessment": pgettext("stage", "assessment"),
        "response": pgettext("stage", "response"),
        "recovery": pgettext("stage", "recovery"),
        "review": pgettext("stage", "review"),
        "closed": pgettext("stage", "closed"),
    }.get(stage_id, stage_id)


def ended(how: str) -> str:
    """How a case ended without its procedure."""
    return {
        "dismissed": pgettext("ended", "dismissed"),
        "merged": pgettext("ended", "merged"),
        "handed-over": pgettext("ended", "handed over"),
        "sealed": pgettext("ended", "sealed"),
    }.get(how, how)


def case_kind(kind: str) -> str:
    return {
        "incident": pgettext("case", "incident"),
        "warning": pgettext("case", "warning"),
        "standing": pgettext("case", "standing duty"),
        "hazard": pgettext("case", "hazard"),
    }.get(kind, kind)


def task_kind(kind: str) -> str:
    return {
        "action": pgettext("kind of task", "action"),
        "decision": pgettext("kind of task", "decision"),
        "report": pgettext("kind of task", "report"),
        "release": pgettext("kind of task", "release"),
        "record": pgettext("kind of task", "record"),
        "meeting": pgettext("kind of task", "meeting"),
        "appoint": pgettext("kind of task", "appointment"),
        "dispatch": pgettext("kind of task", "dispatch"),
    }.get(kind, kind)


def right(name: RightName) -> str:
    return {
        RightName.HANDLE: pgettext("right", "handle"),
        RightName.CONFIRM: pgettext("right", "confirm the level"),
        RightName.LOWER: pgettext("right", "lower the level"),
        RightName.START: pgettext("right", "start the response"),
        RightName.END: pgettext("right", "end the response"),
        RightName.REVIEW: pgettext("right", "begin the review"),
        RightName.CLOSE: pgettext("right", "close"),
        RightName.REOPEN: pgettext("right", "reopen"),
        RightName.COMMAND: pgettext("right", "command"),
        RightName.COORDINATE: pgettext("right", "coordinate"),
        RightName.PROPOSE: pgettext("right", "propose a warning"),
        RightName.APPROVE: pgettext("right", "approve a warning"),
        RightName.ISSUE: pgettext("right", "issue a warning"),
        RightName.LIFT: pgettext("right", "lift a warning"),
        RightName.PUBLISH: pgettext("right", "publish"),
        RightName.WAIVE: pgettext("right", "waive a task"),
        RightName.DISMISS: pgettext("right", "dismiss"),
        RightName.HAND_OVER: pgettext("right", "hand over"),
    }[name]


# --- actors and tasks


def actor(program: Program, actor_id: str) -> str:
    """What a post, body or party is called."""
    return say(program.actor_name(actor_id))


def actors(program: Program, actor_ids: Iterable[str]) -> str:
    return join(actor(program, each) for each in actor_ids)


def task(program: Program, state: TaskState) -> str:
    """What a standing task is called: as the plan names it, or as it was named when it was added."""
    name = say(program.task_name(state))
    return _("Approve: %(paper)s") % {"paper": name} if state.step else name


def owners(program: Program, state: TaskState) -> str:
    """Whose a standing task is: the unit or party it stands for, else who owes it."""
    return actor(program, state.for_) if state.for_ and not state.step else actors(program, state.who)


def some_actors(program: Program, actor_ids: Sequence[str], most: int = 2) -> str:
    """The first of some actors, and how many there are: 县区政府主要领导等5个岗位."""
    if len(actor_ids) <= most:
        return actors(program, actor_ids)
    named = {"first": actor(program, actor_ids[0]), "count": len(actor_ids)}
    return _("%(first)s and others, %(count)d posts") % named


def some_persons(names: Sequence[str], most: int = 2) -> str:
    """The first of some persons, and how many there are: 乔雅琴、沈若兰等5人."""
    if len(names) <= most:
        return join(names)
    return _("%(first)s and others, %(count)d persons") % {"first": join(names[:most]), "count": len(names)}


def addressed(program: Program, planned: Task | None) -> str:
    """To whom a task goes, in the words of its kind: a report 报…, what is published 向…发布, the rest 通知…."""
    if planned is None or not planned.to:
        return ""
    who = {"who": actors(program, planned.to)}
    if planned.kind == TaskKind.RELEASE:
        return _("published to %(who)s") % who
    if planned.kind != TaskKind.REPORT:
        return _("concerns %(who)s") % who
    if len(planned.to) > 1 and planned.reach == "any":
        return _("to one or more of %(who)s") % who
    if len(planned.to) > 1 and planned.reach == "up":
        return _("to the next one up of %(who)s") % who
    return _("to %(who)s") % who


def who_may(program: Program, case: Case, right_name: RightName, now: datetime) -> tuple[str, ...]:
    """Who holds a right as the case stands; nobody where the plan itself does not say."""
    return program.holders(case, right_name, now) if program.states(right_name) else ()


# --- articles


def anchor(cite: str) -> str:
    """The id in the plan reader of what rests on an article."""
    return "cite-" + re.sub(r"[^\w]+", "-", cite).strip("-")


def cite(program: Program, text: str, *, spoken: bool = True) -> Cite | None:
    """The article that a rule comes from, with its place in the plan reader. `spoken`: 预案五, not only 五."""
    if not text:
        return None
    shown = text.replace("(", "（").replace(")", "）") if language() == "zh" else text
    if spoken:
        shown = _("plan %(article)s") % {"article": shown}
    return Cite(shown, f"{reverse('plan', args=[program.edition.id])}#{quote(anchor(text))}")


def cites(program: Program, planned: Task | None) -> tuple[Cite, ...]:
    found = cite(program, planned.cite) if planned is not None else None
    return (found,) if found is not None else ()


# --- clocks


def clock(program: Program, state: TaskState) -> Clock:
    """The clock of a standing task. Our own aim is shown where the plan gives no number."""
    planned = program.edition.tasks.get(state.task)
    by = "party" if state.agreed else "plan"
    due = state.due_at
    if due is None and state.aim_at is not None:
        due, by = state.aim_at, "own"
    waiting = due is None and planned is not None and planned.due is not None and not state.step
    return Clock(
        due_at=due,
        started_at=state.since or state.opened_at,
        done_at=state.ended_at if not state.is_live else None,
        was_due_at=state.earlier[-1] if state.earlier and state.earlier[-1] != due else None,
        by=by,  # type: ignore[arg-type]
        state="unset" if waiting else None,
        says=say(in_place_of_a_number(planned.word)) if planned is not None and planned.word and due is None else "",
    )
