"""The whole of a plan in words, part by part, each with its article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from muster.console import naming, recurring, spoken
from muster.console.parts import Level
from muster.console.reader import people as who_takes_part
from muster.console.reader import standing as what_stands
from muster.console.reader.people import ActorWords, Holder, People
from muster.console.reader.standing import Situation
from muster.console.reader.tasks import Cited, Places, TaskWords, article, in_words, order, pieces
from muster.engine import Program
from muster.plans.check import check, rule_of
from muster.plans.conditions import Expression
from muster.plans.findings import Severity
from muster.plans.model import CaseKind, FieldType, Group, RightName, Scale
from muster.plans.reading import LoadedPlan

SECTIONS = (CaseKind.INCIDENT, CaseKind.WARNING, CaseKind.HAZARD, CaseKind.STANDING)


@dataclass(frozen=True, slots=True)
class Said:
    """A condition in words, and as the plan file writes it."""

    words: str
    raw: str = ""


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


@dataclass(frozen=True, slots=True)
class Entry:
    """Anything with a name, words and an article: a type, a setting, a reading."""

    id: str
    name: str
    text: str
    cite: Cited
    when: Said = Said("")
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldWords:
    name: str
    type: str
    values: str
    is_required: bool
    is_personal: bool
    source: str


@dataclass(frozen=True, slots=True)
class FormWords:
    id: str
    name: str
    text: str
    fields: tuple[FieldWords, ...]
    used_by: tuple[tuple[str, str], ...]
    cite: Cited


@dataclass(frozen=True, slots=True)
class ResourceWords:
    id: str
    name: str
    text: str
    minimum: int
    often: str
    cite: Cited


@dataclass(frozen=True, slots=True)
class ExcludedWords:
    id: str
    says: str
    why: str
    lawful: str
    instead: tuple[tuple[str, str], ...]
    cite: Cited


@dataclass(frozen=True, slots=True)
class GroupWords:
    """The tasks of one group; those that stand in none come first, under the name of their kind of case."""

    id: str
    name: str
    text: str
    when: Said
    cite: Cited
    tasks: tuple[TaskWords, ...]


@dataclass(frozen=True, slots=True)
class SectionWords:
    kind: str
    name: str
    groups: tuple[GroupWords, ...]

    @property
    def anchor(self) -> str:
        return "standing" if self.kind == CaseKind.STANDING else f"tasks-{self.kind}"

    @property
    def count(self) -> int:
        return sum(len(each.tasks) for each in self.groups)


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed when, from the most precise to what has no clock at all."""

    numbers: tuple[TaskWords, ...]
    aims: tuple[TaskWords, ...]
    words: tuple[TaskWords, ...]
    without: tuple[TaskWords, ...]

    @property
    def count(self) -> int:
        return len(self.numbers) + len(self.aims) + len(self.words) + len(self.without)


@dataclass(frozen=True, slots=True)
class FindingWords:
    """One finding of the check, open or suppressed with the reason why it stands."""

    rule: str
    name: str
    severity: str
    on: str
    says: str
    mend: str


@dataclass(frozen=True, slots=True)
class ArticleWords:
    """One article of the paper, and everything here that rests on it: (place on the page, name)."""

    text: str
    rests: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Stands:
    """A task that stands in a situation, with the part of its condition that is still open."""

    task: TaskWords
    if_: str


@dataclass(frozen=True, slots=True)
class Lane:
    """The tasks of a group that stand in a situation."""

    id: str
    name: str
    cite: str
    tasks: tuple[Stands, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """A situation, and what stands in it."""

    supposed: Situation
    name: str
    level: Level | None
    lanes: tuple[Lane, ...]

    @property
    def count(self) -> int:
        return sum(len(each.tasks) for each in self.lanes)


class Reading:
    """A plan put into words of the active language. Make it and use it within one language."""

    def __init__(self, program: Program, loaded: LoadedPlan | None = None) -> None:
        self.program = program
        self.edition = edition = program.edition
        self.loaded = loaded
        places = self._places = Places()
        # Tasks first: an article that a task rests on has its place in the row of the task.
        self.tasks = {task.id: in_words(program, task, places) for task in edition.tasks.values()}
        self.title = naming.say(edition.title)
        self.issuer = naming.say(edition.issuer)
        self.text = naming.say(edition.text)
        self.digest = f"{edition.digest[:6]}…{edition.digest[-4:]}"
        self.scope = Said(spoken.value(program, edition.scope), edition.scope.source if edition.scope else "")
        self.duty_post = naming.actor(program, edition.duty_post) if edition.duty_post else ""
        self.scales = tuple(self._scale(each) for each in edition.scales.values())
        self.types = tuple(
            Entry(each.id, naming.say(each.name), naming.say(each.text), places.cited(each.cite), self._when(each.when))
            for each in edition.types.values()
        )
        self.people: People = who_takes_part.people(program, places)
        self.sections = tuple(found for kind in SECTIONS if (found := self._section(kind)).count)
        self.owed = self._owed()
        self.rights: tuple[tuple[str, str, tuple[Holder, ...]], ...] = self.people.rights
        self.forms = self._forms()
        self.guidance = tuple(
            Entry(
                each.id, naming.say(each.name), naming.say(each.text), places.cited(each.cite), self._when(each.when),
                tuple(self.tasks[one].name for one in each.on if one in self.tasks),
            )
            for each in edition.guidance.values()
        )  # fmt: skip
        self.excluded = tuple(
            ExcludedWords(
                each.id, naming.say(each.says), naming.say(each.why), naming.say(each.lawful),
                tuple((one, self.tasks[one].name) for one in each.instead if one in self.tasks),
                places.cited(each.cite),
            )
            for each in edition.excluded.values()
        )  # fmt: skip
        self.readings = tuple(
            Entry(
                each.id, naming.say(each.says), naming.say(each.reading), places.cited(each.cite),
                more=(naming.say(edition.settings[each.setting].name),) if each.setting in edition.settings else (),
            )
            for each in edition.readings.values()
        )  # fmt: skip
        self.settings = tuple(
            Entry(
                each.id, naming.say(each.name), naming.say(each.text), places.cited(each.cite),
                Said(self._setting(each.value, naming.say(each.unit))),
            )
            for each in edition.settings.values()
        )  # fmt: skip
        self.resources = tuple(
            ResourceWords(
                each.id, naming.say(each.name), naming.say(each.text), each.minimum,
                recurring.says(program, each.again) if each.again is not None else "", places.cited(each.cite),
            )
            for each in edition.resources.values()
        )  # fmt: skip
        self.facts = self._facts()
        self.open_findings, self.suppressed = self._findings()
        self.articles = self._articles()

    # --- parts

    def _when(self, condition: Expression | None) -> Said:
        if condition is None:
            return Said("")
        return Said(spoken.condition(self.program, [condition]), condition.source)

    def _setting(self, value: Expression | None, unit: str) -> str:
        said = spoken.value(self.program, value)
        if not said:
            return ""
        return f"{said}{unit}" if naming.language() == "zh" else f"{said} {unit}".strip()

    def _scale(self, scale: Scale) -> ScaleWords:
        return ScaleWords(
            id=scale.id,
            name=naming.say(scale.name),
            kind=scale.of.value,
            text=naming.say(scale.text),
            when=self._when(scale.when),
            levels=tuple(self._level(scale, each) for each in reversed([each.id for each in scale.levels])),
            cite=self._places.cited(scale.cite),
        )

    def _level(self, scale: Scale, level_id: str) -> LevelWords:
        shown = naming.level(self.program, scale.id, level_id)
        assert shown is not None
        level = next(each for each in scale.levels if each.id == level_id)
        criteria = tuple(
            CriterionWords(
                each.id, naming.say(each.text), self._when(each.when), each.when is None, self._places.cited(each.cite)
            )
            for each in scale.criteria
            if each.level == level_id
        )
        rights = (
            (RightName.APPROVE, RightName.ISSUE, RightName.LIFT)
            if scale.of == CaseKind.WARNING
            else (RightName.COMMAND, RightName.CONFIRM, RightName.START, RightName.END, RightName.PUBLISH)
        )
        holders = tuple((naming.right(each), said) for each in rights if (said := self._holders(each, scale, level_id)))
        text = naming.say(level.text)
        in_words = naming.level_in_words(self.program, scale.id, level_id).strip()
        return LevelWords(level_id, shown, in_words, text, criteria, holders, self._places.cited(level.cite))

    def _holders(self, right: RightName, scale: Scale, level: str) -> str:
        """Who holds a right at a level: of each of its lines that can hold there, who, and what else it asks for."""
        supposed = Situation(scale.of, "", level)
        found: dict[str, list[str]] = {}
        for each in self.edition.rights.get(right, ()):
            rest = what_stands.open_rest(self.program, supposed, each.when)
            if rest is not None:
                said = naming.join(spoken.node(self.program, part) for part in rest)
                found.setdefault(said, []).extend(naming.actor(self.program, one) for one in each.who)
        lines = []
        for condition, holders in found.items():
            named = naming.join(dict.fromkeys(holders))
            lines.append(
                _("%(who)s (if %(condition)s)") % {"who": named, "condition": condition} if condition else named
            )
        return _("; ").join(lines)

    def _section(self, kind: CaseKind) -> SectionWords:
        grouped: dict[str, list[TaskWords]] = {}
        for task in self.tasks.values():
            if task.section == kind:
                grouped.setdefault(task.group, []).append(task)
        groups = []
        for group_id in sorted(grouped, key=lambda each: each != ""):
            group = self.edition.groups.get(group_id)
            groups.append(
                GroupWords(
                    id=f"group-{kind.value}-{group_id.replace('/', '-') or 'none'}",
                    name=self.group_name(group_id) or (_("Outside the groups") if len(grouped) > 1 else ""),
                    text=naming.say(group.text) if group is not None else "",
                    when=self._group_when(group),
                    cite=self._places.cited(group.cite if group is not None else ""),
                    tasks=tuple(grouped[group_id]),
                )
            )
        return SectionWords(kind.value, naming.case_kind(kind.value), tuple(groups))

    def group_name(self, group_id: str) -> str:
        """A group within a group goes by both names."""
        names, path = [], ""
        for part in group_id.split("/") if group_id else ():
            path = f"{path}/{part}" if path else part
            if path in self.edition.groups:
                names.append(naming.say(self.edition.groups[path].name))
        return " › ".join(names)

    def _group_when(self, group: Group | None) -> Said:
        parts = [each for each in (group.while_, group.when) if each is not None] if group is not None else []
        return Said(spoken.condition(self.program, parts), "\n".join(each.source for each in parts))

    def _owed(self) -> Owed:
        tasks = [each for each in self.tasks.values() if each.section != CaseKind.STANDING]
        numbers = sorted((each for each in tasks if each.limit), key=lambda each: each.weight)
        rest = [each for each in tasks if not each.limit]
        return Owed(
            tuple(numbers),
            tuple(each for each in rest if each.aim),
            tuple(each for each in rest if not each.aim and each.prompt),
            tuple(each for each in rest if not each.aim and not each.prompt),
        )

    def _forms(self) -> tuple[FormWords, ...]:
        used: dict[str, list[tuple[str, str]]] = {}
        for task in self.edition.tasks.values():
            if task.form:
                used.setdefault(task.form, []).append((self.tasks[task.id].anchor, self.tasks[task.id].name))
        return tuple(
            FormWords(
                form.id,
                naming.say(form.name),
                naming.say(form.text),
                tuple(
                    FieldWords(
                        naming.say(each.name),
                        field_type(each.type),
                        naming.join(naming.say(choice.name) for choice in each.values),
                        each.required,
                        each.personal,
                        self._source(each.source),
                    )
                    for each in form.fields
                ),
                tuple(used.get(form.id, ())),
                self._places.cited(form.cite),
            )
            for form in self.edition.forms.values()
        )

    def _source(self, source: str) -> str:
        """What fills a field in."""
        if not source:
            return ""
        edition = self.edition
        if source in edition.facts:
            return naming.say(edition.facts[source].name)
        if source in edition.scales:
            return naming.say(edition.scales[source].name)
        form_id, dot, field_id = source.partition(".")
        if dot and form_id in edition.forms:
            form = edition.forms[form_id]
            field = next((naming.say(each.name) for each in form.fields if each.id == field_id), "")
            return f"{naming.say(form.name)} › {field}" if field else naming.say(form.name)
        return {
            "title": pgettext("report", "title"),
            "summary": pgettext("report", "what was reported"),
            "place": pgettext("report", "place"),
            "occurred": pgettext("instant", "occurrence"),
            "detected": pgettext("instant", "detection"),
            "reported": pgettext("instant", "report received"),
            "verified": pgettext("instant", "verification"),
            "started": pgettext("instant", "start of the response"),
            "ended": pgettext("instant", "end of the response"),
            "issued": pgettext("instant", "issue"),
        }.get(source, "")

    def _facts(self) -> tuple[Entry, ...]:
        found = []
        for fact in self.edition.facts.values():
            values = naming.join(naming.say(each.name) for each in fact.values)
            derived = self._when(fact.derived)
            text = naming.say(fact.ask) or (naming.say(fact.text))
            more = tuple(each for each in (field_type(fact.type), values) if each)
            cite = self._places.cited(fact.cite)
            found.append(Entry(fact.id, naming.say(fact.name), text, cite, derived, more))
        return tuple(found)

    # --- the check

    def _findings(self) -> tuple[tuple[FindingWords, ...], tuple[FindingWords, ...]]:
        language = naming.language()
        found = []
        for each in check(self.loaded) if self.loaded is not None else ():
            rule = rule_of(each.rule)
            found.append(
                FindingWords(
                    each.rule,
                    rule.name.say(language) if rule is not None else "",
                    severity(each.severity),
                    self.named(str(each.path[1]) if len(each.path) > 1 else ""),
                    each.says.say(language),
                    each.mend.say(language),
                )
            )
        suppressed = []
        for one in self.edition.suppressed:
            rule = rule_of(one.rule)
            suppressed.append(
                FindingWords(
                    one.rule,
                    rule.name.say(language) if rule is not None else "",
                    severity(rule.severity) if rule is not None else "",
                    self.named(one.on),
                    naming.say(one.why),
                    "",
                )
            )
        return tuple(found), tuple(suppressed)

    def named(self, element: str) -> str:
        """What an element of the plan is called, whatever it is; its id where it has no name."""
        edition = self.edition
        if element == edition.id:
            return self.title
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
                    return naming.level_in_words(self.program, scale.id, key)
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

    # --- articles

    def _articles(self) -> tuple[ArticleWords, ...]:
        rests: dict[str, dict[tuple[str, str], None]] = {}

        def add(cited: Cited | str, place: str, name: str) -> None:
            text = cited if isinstance(cited, str) else cited.text
            for piece in pieces(text) if text else ():
                rests.setdefault(piece, {})[place, name] = None

        for task in self.tasks.values():
            add(task.cite, task.anchor, task.name)
        for scale in self.scales:
            add(scale.cite, f"scale-{scale.id}", scale.name)
            for level in scale.levels:
                add(level.cite, f"scale-{scale.id}", level.in_words)
                for criterion in level.criteria:
                    add(criterion.cite, f"scale-{scale.id}", criterion.text or level.in_words)
        for actor in self.people.by_id.values():
            add(actor.cite, f"actor-{actor.id}", actor.name)
            for duty in actor.duties:
                add(duty.cite, f"actor-{actor.id}", duty.text)
        for right, name, holders in self.rights:
            for holder in holders:
                add(holder.cite, f"right-{right}", name)
        for section in self.sections:
            for group in section.groups:
                add(group.cite, group.id, group.name)
        entries: Sequence[tuple[str, Sequence[Entry]]] = (
            ("type", self.types), ("guidance", self.guidance), ("reading", self.readings),
            ("setting", self.settings), ("fact", self.facts),
        )  # fmt: skip
        for kind, listed in entries:
            for each in listed:
                add(each.cite, f"{kind}-{each.id}", each.name or each.text)
        for form in self.forms:
            add(form.cite, f"form-{form.id}", form.name)
        for resource in self.resources:
            add(resource.cite, f"resource-{resource.id}", resource.name)
        for excluded in self.excluded:
            add(excluded.cite, f"excluded-{excluded.id}", excluded.says)
        return tuple(ArticleWords(piece, tuple(rests[piece])) for piece in sorted(rests, key=order))

    # --- what stands

    def response(self, supposed: Situation) -> Response:
        """What stands in a situation, by group; within a group the earliest clock first where nothing else orders it."""
        lanes: dict[str, list[Stands]] = {}
        for each in what_stands.standing(self.program, supposed):
            said = naming.join(spoken.node(self.program, part) for part in each.open)
            lanes.setdefault(each.task.group, []).append(Stands(self.tasks[each.task.id], said))
        scale = what_stands.scale_for(self.program, supposed.kind, supposed.type)
        level = naming.level(self.program, scale.id, supposed.level) if scale is not None else None
        names = [
            naming.say(self.edition.types[supposed.type].name) if supposed.type else "",
            naming.level_in_words(self.program, scale.id, supposed.level).strip()
            if scale is not None and level
            else "",
        ]
        return Response(
            supposed,
            naming.phrases(names) or naming.case_kind(supposed.kind.value),
            level,
            tuple(
                Lane(
                    group, self.group_name(group),
                    article(self.edition.groups[group].cite) if group in self.edition.groups else "",
                    tuple(tasks),
                )
                for group, tasks in lanes.items()
            ),
        )  # fmt: skip

    @property
    def standing_duties(self) -> tuple[TaskWords, ...]:
        return tuple(each for each in self.tasks.values() if each.section == CaseKind.STANDING)

    @property
    def offices(self) -> tuple[ActorWords, ...]:
        """Everybody with duties that have no clock."""
        return tuple(each for each in self.people.by_id.values() if each.duties)


def field_type(of: FieldType | str) -> str:
    """What one fills in: text, a number, a time."""
    return {
        "text": pgettext("field", "text"), "longtext": pgettext("field", "long text"),
        "int": pgettext("field", "number"), "number": pgettext("field", "number"),
        "money": pgettext("field", "amount"), "bool": pgettext("field", "yes or no"),
        "date": pgettext("field", "date"), "instant": pgettext("field", "time"),
        "duration": pgettext("field", "length of time"), "enum": pgettext("field", "one of"),
        "set": pgettext("field", "any of"), "list": pgettext("field", "list"), "person": pgettext("field", "person"),
        "phone": pgettext("field", "telephone"), "level": pgettext("field", "level"), "file": pgettext("field", "file"),
    }.get(of, of)  # fmt: skip


def severity(of: Severity) -> str:
    return {
        Severity.ERROR: pgettext("finding", "error"),
        Severity.WARNING: pgettext("finding", "warning"),
        Severity.NOTE: pgettext("finding", "note"),
    }[of]
