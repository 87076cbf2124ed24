"""The level of a case with its reasons: what is certain, possible, excluded, and the question that settles most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from muster.console import facts, naming, words
from muster.console.commands import judged
from muster.console.forms.fields import Target
from muster.console.parts import Answer, Criterion, Grade, Question, Verdict
from muster.console.room.history import Confirmation
from muster.console.room.scene import Scene
from muster.console.room.tasks import Button, act_url
from muster.engine.grading import CriterionStanding, Grading, LevelStanding, grade
from muster.engine.grading import Verdict as Standing
from muster.plans.model import CaseKind, Scale

ANSWERS_SHOWN = 7


@dataclass(frozen=True, slots=True)
class Graded:
    """One scale as the panel shows it. `confirm` offers the proposed level, `other` any level."""

    scale: str
    name: str
    grades: Sequence[Grade]
    question: Question | None
    proposed: str
    confirm: Button | None
    other: Button | None
    says: str
    open: int


def graded(scene: Scene, history: Sequence[Confirmation]) -> list[Graded]:
    """Every scale that grades this case, its main one first: none that the plan keeps for another type of incident,
    unless a level of it has been confirmed."""
    return [
        _graded(scene, scale.id, [each for each in history if each.scale == scale.id])
        for scale in scene.program.scales_by_kind[CaseKind(scene.case.kind)]
        if scale.of != CaseKind.WARNING and (_applies(scene, scale) or scene.case.level(scale.id))
    ]


def _applies(scene: Scene, scale: Scale) -> bool:
    if scale.when is None:
        return True
    return scene.program.value(scale.when, scene.program.env(scene.case, scene.now)) is not False


def _graded(scene: Scene, scale_id: str, history: Sequence[Confirmation]) -> Graded:
    program, case = scene.program, scene.case
    scale = program.edition.scales[scale_id]
    found = grade(program, case, scale_id, scene.now)
    confirmed = case.level(scale_id)
    proposed = found.proposed if found.proposed and found.proposed != confirmed else ""
    confirm = other = None
    if not case.is_over:
        if proposed and _offers(scene, scale_id, proposed):
            text = _("Confirm %(level)s") % {"level": naming.level_in_words(program, scale_id, proposed)}
            url = act_url(scene, "confirm-level", scale=scale_id, level=proposed)
            confirm = Button(text, url, "do-case", is_main=True, act="confirm-level")
        if _offers(scene, scale_id, ""):
            label = _("Other level…") if confirm else _("Change the level…") if confirmed else _("Confirm a level…")
            other = Button(label, act_url(scene, "confirm-level", scale=scale_id), "do-case", act="confirm-level")
    open_ = {name for level in found.levels for each in level.criteria for name in each.open}
    return Graded(
        scale_id,
        naming.say(scale.name),
        [_grade(scene, scale_id, level, confirmed, history) for level in found.levels],
        None if case.is_over else _question(scene, scale_id, found),
        naming.level_in_words(program, scale_id, proposed) if proposed else "",
        confirm,
        other,
        naming.say(scale.text),
        len(open_),
    )


def _offers(scene: Scene, scale_id: str, level: str) -> bool:
    target = Target(scene, {"scale": scale_id, "level": level})
    return judged("confirm-level", target).is_offered


def _grade(scene: Scene, scale_id: str, level: LevelStanding, confirmed: str, history: Sequence[Confirmation]) -> Grade:
    program = scene.program
    scale = program.edition.scales[scale_id]
    verdict: Verdict = {"certain": "certain", "possible": "possible", "excluded": "excluded"}[level.verdict]  # type: ignore[assignment]
    says = ""
    if level.level == confirmed:
        verdict = "confirmed"
        at = next((each.at for each in reversed(history) if each.level == level.level), None)
        says = words.wall(at, scene.now) if at is not None else ""
    elif (
        confirmed
        and any(each.level == level.level for each in history)
        and scale.rank(level.level) < scale.rank(confirmed)
    ):
        verdict = "passed"
        first = next(each.at for each in history if each.level == level.level)
        last = next((each.at for each in history if each.at > first), scene.now)
        same_day = timezone.localtime(first).date() == timezone.localtime(last).date()
        ended = words.time_of_day(last) if same_day else words.wall(last, scene.now)
        says = f"{words.wall(first, scene.now)}–{ended}"
    elif level.verdict == Standing.CERTAIN:
        holding = sum(each.holds is True for each in level.criteria)
        says = ngettext("%(n)d criterion holds", "%(n)d criteria hold", holding) % {"n": holding}
    elif level.verdict == Standing.POSSIBLE:
        asked = len({name for each in level.criteria for name in each.open})
        says = ngettext("%(n)d question open", "%(n)d questions open", asked) % {"n": asked}
    else:
        says = _excluded_says(level)
    # Only what decides: what holds, or may still hold. Of a level that has passed, what it rested on and holds no more.
    shown = [each for each in level.criteria if not each.judgement]
    if verdict == "excluded":
        shown = []
    elif verdict == "possible":
        shown = [each for each in shown if each.holds is None]
    elif verdict in ("certain", "confirmed"):
        # A level that was confirmed by judgement rests on no criterion: then those of judgement are shown.
        shown = [each for each in shown if each.holds] or [each for each in level.criteria if each.judgement]
    return Grade(
        naming.level(program, scale_id, level.level),  # type: ignore[arg-type]
        verdict,
        says,
        [_criterion(scene, each) for each in shown],
    )


def _excluded_says(level: LevelStanding) -> str:
    false = sum(each.holds is False for each in level.criteria)
    return (
        ngettext("%(n)d criterion does not hold", "%(n)d criteria do not hold", false) % {"n": false} if false else ""
    )


def _criterion(scene: Scene, standing: CriterionStanding) -> Criterion:
    """A criterion with the answers that it rests on, and those that it still lacks."""
    program, case = scene.program, scene.case
    said = []
    for name in standing.facts:
        fact = program.edition.facts[name]
        if name in standing.open:
            said.append(_("%(fact)s: not known") % {"fact": naming.say(fact.name)})
        elif name in case.facts:
            answer = facts.shown(fact, case.facts[name], program.zone, scene.now)
            said.append(_("%(fact)s: %(answer)s") % {"fact": naming.say(fact.name), "answer": answer})
    if standing.judgement:
        said.append(_("a matter of judgement"))
    text = naming.say(standing.criterion.text) or standing.criterion.id
    separator = "；" if naming.language() == "zh" else "; "
    return Criterion(text, standing.holds, separator.join(said), naming.cite(program, standing.criterion.cite))


def _question(scene: Scene, scale_id: str, found: Grading) -> Question | None:
    """The open question, with the level that each answer would lead to; only to those who may answer it."""
    if found.question is None:
        return None
    asking = Target(scene, {"fact": found.question.fact})
    if not judged("assess", asking).is_offered:
        return None
    program = scene.program
    fact = program.edition.facts[found.question.fact]
    answers = []
    for each in found.question.answers[:ANSWERS_SHOWN]:
        then = (
            _("leads to %(level)s") % {"level": naming.level_in_words(program, scale_id, each.proposes)}
            if each.proposes and each.proposes != found.proposed
            else _("%(level)s stays") % {"level": naming.level_in_words(program, scale_id, found.proposed)}
            if found.proposed
            else _("no level yet")
        )
        value = each.value[0] if isinstance(each.value, list) else each.value
        plain = ("true" if value else "false") if isinstance(value, bool) else str(value)
        answers.append(Answer(plain, facts.shown(fact, each.value, program.zone, scene.now), then))
    answers.append(
        Answer(facts.UNKNOWN, pgettext("answer", "not known"), _("the question stays open"), is_unknown=True)
    )
    return Question(
        naming.say(fact.ask or fact.name), facts.PREFIX + fact.id, answers, act_url(scene, "assess", fact=fact.id),
        cite=naming.cite(program, fact.cite), id=f"question-{scale_id}",
    )  # fmt: skip
