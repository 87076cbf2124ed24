"""The levels of a plan in words: what puts a case there, and who may then do what."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from muster.console import naming, spoken
from muster.console.parts import Level
from muster.console.reader import standing
from muster.console.reader.standing import Situation
from muster.console.reader.tasks import Cited, Places
from muster.engine import Program
from muster.plans.conditions import Expression
from muster.plans.model import CaseKind, RightName, Scale


@dataclass(frozen=True, slots=True)
class Said:
    """A condition in words, and as the plan file writes it."""

    words: str
    raw: str = ""


NO_CONDITION = Said("")


@dataclass(frozen=True, slots=True)
class CriterionWords:
    id: str
    text: str
    when: Said
    is_judgement: bool
    cite: Cited


@dataclass(frozen=True, slots=True)
class LevelWords:
    """One level: what puts a case there, and who then commands, confirms, starts, ends and publishes."""

    id: str
    level: Level
    in_words: str
    text: str
    criteria: tuple[CriterionWords, ...]
    rights: tuple[tuple[str, str], ...]
    cite: Cited


@dataclass(frozen=True, slots=True)
class ScaleWords:
    id: str
    name: str
    kind: str
    text: str
    when: Said
    levels: tuple[LevelWords, ...]
    cite: Cited


def when(program: Program, condition: Expression | None) -> Said:
    if condition is None:
        return NO_CONDITION
    return Said(spoken.condition(program, [condition]), condition.source)


def scale(program: Program, places: Places, scale: Scale) -> ScaleWords:
    return ScaleWords(
        id=scale.id,
        name=naming.say(scale.name),
        kind=scale.of.value,
        text=naming.say(scale.text),
        when=when(program, scale.when),
        levels=tuple(_level(program, places, scale, each) for each in reversed([each.id for each in scale.levels])),
        cite=places.cited(scale.cite),
    )


def _level(program: Program, places: Places, scale: Scale, level_id: str) -> LevelWords:
    shown = naming.level(program, scale.id, level_id)
    assert shown is not None
    level = next(each for each in scale.levels if each.id == level_id)
    criteria = tuple(
        CriterionWords(
            each.id, naming.say(each.text), when(program, each.when), each.when is None, places.cited(each.cite)
        )
        for each in scale.criteria
        if each.level == level_id
    )
    rights = (
        (RightName.APPROVE, RightName.ISSUE, RightName.LIFT)
        if scale.of == CaseKind.WARNING
        else (RightName.COMMAND, RightName.CONFIRM, RightName.START, RightName.END, RightName.PUBLISH)
    )
    holders = tuple((naming.right(each), said) for each in rights if (said := _holders(program, each, scale, level_id)))
    text = naming.say(level.text)
    in_words = naming.level_in_words(program, scale.id, level_id).strip()
    return LevelWords(level_id, shown, in_words, text, criteria, holders, places.cited(level.cite))


def _holders(program: Program, right: RightName, scale: Scale, level: str) -> str:
    """Who holds a right at a level: of each of its lines that can hold there, who, and what else it asks for."""
    supposed = Situation(scale.of, "", level)
    found: dict[str, list[str]] = {}
    for each in program.edition.rights.get(right, ()):
        rest = standing.open_rest(program, supposed, each.when)
        if rest is not None:
            said = naming.join(spoken.node(program, part) for part in rest)
            found.setdefault(said, []).extend(naming.actor(program, one) for one in each.who)
    lines = []
    for condition, holders in found.items():
        named = naming.join(dict.fromkeys(holders))
        lines.append(_("%(who)s (if %(condition)s)") % {"who": named, "condition": condition} if condition else named)
    return _("; ").join(lines)
