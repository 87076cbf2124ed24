"""The whole of a plan in words, part by part, each with its article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from muster.console import naming, spoken
from muster.console.parts import Level
from muster.console.reader import levels
from muster.console.reader import people as who_takes_part
from muster.console.reader import standing as what_stands
from muster.console.reader.findings import findings
from muster.console.reader.levels import NO_CONDITION, Said
from muster.console.reader.people import ActorWords, Holder, People
from muster.console.reader.standing import Situation, Standing
from muster.console.reader.tasks import Cited, Places, TaskWords, article, in_words, order, pieces
from muster.engine import Program
from muster.plans.conditions import Expression, Node
from muster.plans.model import CaseKind, FieldType, Group
from muster.plans.reading import LoadedPlan

SECTIONS = (CaseKind.INCIDENT, CaseKind.WARNING, CaseKind.HAZARD, CaseKind.STANDING)


@dataclass(frozen=True, slots=True)
class Entry:
    """Anything with a name, words and an article: a type, a setting, a reading."""

    id: str
    name: str
    text: str
    cite: Cited
    when: Said = NO_CONDITION
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
    """The tasks of a group that stand in a situation. `if_` is what all of them still ask for."""

    id: str
    name: str
    cite: str
    if_: str
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
        self.scales = tuple(levels.scale(program, places, each) for each in edition.scales.values())
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
                spoken.often(program, each.again) if each.again is not None else "", places.cited(each.cite),
            )
            for each in edition.resources.values()
        )  # fmt: skip
        self.facts = self._facts()
        self.open_findings, self.suppressed = findings(program, loaded)
        self.articles = self._articles()

    # --- parts

    def _when(self, condition: Expression | None) -> Said:
        return levels.when(self.program, condition)

    def _setting(self, value: Expression | None, unit: str) -> str:
        said = spoken.value(self.program, value)
        if not said:
            return ""
        return f"{said}{unit}" if naming.language() == "zh" else f"{said} {unit}".strip()

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

    # --- articles

    def _articles(self) -> tuple[ArticleWords, ...]:
        rests: dict[str, dict[tuple[str, str], None]] = {}

        def add(cited: Cited | str, place: str, name: str) -> None:
            text = cited if isinstance(cited, str) else cited.text
            for piece in pieces(text) if text else ():
                rests.setdefault(piece, {})[place, name.rstrip("。.")] = None

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
        """What stands in a situation, by group. What every task of a group asks for is said once, of the group."""
        grouped: dict[str, list[Standing]] = {}
        for each in what_stands.standing(self.program, supposed):
            grouped.setdefault(each.task.group, []).append(each)
        scale = what_stands.scale_for(self.program, supposed.kind, supposed.type)
        level = naming.level(self.program, scale.id, supposed.level) if scale is not None else None
        names = [naming.say(self.edition.types[supposed.type].name)] if supposed.type else []
        if scale is not None and level is not None:
            names.append(naming.level_in_words(self.program, scale.id, supposed.level).strip())
        return Response(
            supposed,
            naming.phrases(names) or naming.case_kind(supposed.kind.value),
            level,
            tuple(self._lane(group, tasks) for group, tasks in grouped.items()),
        )

    def _lane(self, group: str, tasks: Sequence[Standing]) -> Lane:
        shared = [part for part in tasks[0].open if len(tasks) > 1 and all(part in each.open for each in tasks)]
        return Lane(
            group,
            self.group_name(group),
            article(self.edition.groups[group].cite) if group in self.edition.groups else "",
            self._all(shared),
            tuple(
                Stands(self.tasks[each.task.id], self._all([part for part in each.open if part not in shared]))
                for each in tasks
            ),
        )

    def _all(self, parts: Sequence[Node]) -> str:
        return naming.join(spoken.node(self.program, part) for part in parts)

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
