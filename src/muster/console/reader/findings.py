"""What the check finds in a plan, open or accepted, and what the elements are called that it speaks of."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from muster.console import naming
from muster.engine import Program
from muster.plans.check import check, rule_of
from muster.plans.findings import Severity
from muster.plans.model import RightName
from muster.plans.reading import LoadedPlan


@dataclass(frozen=True, slots=True)
class FindingWords:
    """One finding of the check, open or suppressed with the reason why it stands."""

    rule: str
    name: str
    severity: str
    on: str
    says: str
    mend: str


def findings(program: Program, loaded: LoadedPlan | None) -> tuple[tuple[FindingWords, ...], tuple[FindingWords, ...]]:
    language = naming.language()
    found = []
    for each in check(loaded) if loaded is not None else ():
        rule = rule_of(each.rule)
        found.append(
            FindingWords(
                each.rule,
                rule.name.say(language) if rule is not None else "",
                severity(each.severity),
                named(program, str(each.path[1]) if len(each.path) > 1 else ""),
                each.says.say(language),
                each.mend.say(language),
            )
        )
    suppressed = []
    for one in program.edition.suppressed:
        rule = rule_of(one.rule)
        suppressed.append(
            FindingWords(
                one.rule,
                rule.name.say(language) if rule is not None else "",
                severity(rule.severity) if rule is not None else "",
                named(program, one.on),
                naming.say(one.why),
                "",
            )
        )
    return tuple(found), tuple(suppressed)


def named(program: Program, element: str) -> str:
    """What an element of the plan is called, whatever it is; its id where it has no name."""
    edition = program.edition
    if element == edition.id:
        return naming.say(edition.title)
    key = element.rpartition(".")[2] if "." in element else element
    for table in (
        edition.tasks, edition.actors, edition.facts, edition.types, edition.scales, edition.forms,
        edition.settings, edition.resources,
    ):  # fmt: skip
        if key in table:
            return naming.say(table[key].name)
    for group_id, group in edition.groups.items():
        if key in (group_id, group_id.rpartition("/")[2]):
            return naming.say(group.name)
    for scale in edition.scales.values():
        for level in scale.levels:
            if level.id == key:
                return naming.level_in_words(program, scale.id, key)
        for criterion in scale.criteria:
            if criterion.id == key:
                return naming.say(criterion.text) or naming.say(scale.name)
    for form in edition.forms.values():
        for field in form.fields:
            if field.id == key:
                return naming.say(field.name)
    for actor in edition.actors.values():
        for duty in actor.duties:
            if duty.id == key:
                return naming.say(duty.text)
    for unnamed in (edition.guidance, edition.excluded, edition.readings):
        if key in unnamed:
            each = unnamed[key]
            return naming.say(each.name) or naming.say(getattr(each, "says", None) or getattr(each, "text", None))
    for right in RightName:
        if key == right.value:
            return naming.right(right)
    sections = {
        "rights": _("Rights"), "tasks": _("Tasks"), "standing": _("Standing duties"), "forms": _("Forms"),
        "scales": _("Levels"), "facts": _("Questions"), "warning": naming.case_kind("warning"),
        "scope": _("Scope"), "types": _("Types of incident"), "resources": _("Resources"),
        "hazard": naming.case_kind("hazard"), "stages": _("Stages"), "guidance": _("Guidance"),
    }  # fmt: skip
    return sections.get(key, element)


def severity(of: Severity) -> str:
    return {
        Severity.ERROR: pgettext("finding", "error"),
        Severity.WARNING: pgettext("finding", "warning"),
        Severity.NOTE: pgettext("finding", "note"),
    }[of]
