"""The names of a scenario looked up in the plan it runs under: every one that leads nowhere, at once, with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from muster.drills.expecting import ENDINGS, STAGES, refused_of
from muster.drills.faults import ScenarioFaults
from muster.drills.instants import When
from muster.drills.names import SHEET, Names, by_words
from muster.drills.reading import LoadedScenario
from muster.drills.running import start_of
from muster.drills.scenario import OPENINGS, VERBS, Expectation, Input, Kind, Party, Scenario
from muster.engine.program import Program
from muster.plans.findings import Finding, Path
from muster.plans.model import CaseKind, Scale, Words

DIRECTIONS = ("instruction", "chase", "copy")

TASK = Words("任务", "task")
ACTOR = Words("岗位、机构或外部方", "post, body or party")
FACT = Words("研判要素", "fact")
TYPE = Words("事件类型", "type")
LEVEL = Words("级别", "level")
SCALE = Words("分级", "scale")
CRITERION = Words("标准", "criterion")
FIELD = Words("栏目", "field")
STAGE = Words("阶段", "stage")
PAPER = Words("文书", "paper")

_KINDS: dict[str, Words] = {
    "plan": Words("预案", "the plan"), "post": Words("岗位", "a post"), "body": Words("机构", "a body"),
    "party": Words("外部方", "a party"), "duty": Words("职责", "a duty"), "setting": Words("设置", "a setting"),
    "fact": Words("研判要素", "a fact"), "type": Words("事件类型", "a type"), "scale": Words("分级", "a scale"),
    "level": Words("级别", "a level"), "criterion": Words("标准", "a criterion"), "right": Words("权限", "a right"),
    "form": Words("表单", "a form"), "field": Words("栏目", "a field"), "group": Words("任务组", "a group of tasks"),
    "task": Words("任务", "a task"), "approval": Words("审批", "an approval"), "guidance": Words("提示", "guidance"),
    "resource": Words("资源", "a resource"), "excluded": Words("排除事项", "an exclusion"),
    "reading": Words("释义", "a reading"),
}  # fmt: skip


def faults_of(program: Program, loaded: LoadedScenario) -> tuple[Finding, ...]:
    """What is wrong with a scenario as a scenario of this plan. `loaded` holds a scenario."""
    assert loaded.scenario is not None
    faults = ScenarioFaults(loaded.places, loaded.name)
    _Checker(program, loaded.scenario, faults).check()
    return tuple(sorted(faults.found, key=lambda each: (each.line, each.column)))


class _Checker:
    def __init__(self, program: Program, scenario: Scenario, faults: ScenarioFaults) -> None:
        self.program = program
        self.edition = program.edition
        self.scenario = scenario
        self.faults = faults
        self.names = Names(program)
        self.start = start_of(program, scenario)
        opening = scenario.inputs[0]
        self.kind = OPENINGS[opening.verb] or str(opening.arguments.get("kind", ""))
        self.units, self.parties, self.added = self._named_here()

    def _named_here(self) -> tuple[set[str], set[str], bool]:
        """Units, and names of parties, that the scenario itself brings; whether it adds measures of its own."""
        units: set[str] = set()
        parties: set[str] = set()
        added = False
        for each in self.scenario.inputs:
            said = each.arguments
            for bound in said.get("units", {}).values():
                units.update(bound)
            if each.verb == "appoint":
                units.update(said["to"])
            for party in said.get("parties", ()):
                parties.update({party.name, party.ref})
            if each.verb == "register":
                parties.update({said.get("name", ""), said.get("ref", "")})
            added = added or each.verb == "add_task"
        return units, parties - {""}, added

    def check(self) -> None:
        if self.kind not in set(CaseKind):
            path: Path = ("inputs", 0, self.scenario.inputs[0].verb, "kind")
            self.faults.add("D027", path, allowed="standing, hazard")
        self._refused_at = {self._instant(e.at) for e in self.scenario.expectations if "refused" in e.words}
        for each in self.scenario.inputs:
            self._input(each)
        inputs_at: dict[Any, list[Input]] = {}
        for each in self.scenario.inputs:
            inputs_at.setdefault(self._instant(each.at), []).append(each)
        for expectation in self.scenario.expectations:
            self._expectation(expectation, inputs_at)

    def _instant(self, when: When) -> Any:
        try:
            return when.after(self.start, self.program.zone, self.program.calendar)
        except (OverflowError, ValueError):
            return None

    # --- inputs

    def _input(self, each: Input) -> None:
        path: Path = ("inputs", each.number)
        self._in_time(each.at, (*path, "at"))
        here = (*path, each.verb)
        self._actor(each.by, (*here, "by"))
        if each.verb in ("approve", "return") and "task" not in each.arguments and self.kind != CaseKind.WARNING:
            self.faults.add("D015", here, verb=each.verb, key="task")
        warnings_only = each.verb in ("adjust", "issue", "lift")
        if warnings_only and self.kind != CaseKind.WARNING:
            self.faults.add(
                "D019", here, verb=each.verb, kind=Words("突发事件", "incident"),
                mend=Words("预警另写一个脚本", "write a scenario of its own for the warning"),
            )  # fmt: skip
        if each.verb == "direct" and each.arguments.get("kind", "instruction") not in DIRECTIONS:
            kind = each.arguments["kind"]
            self.faults.add(
                "P014", (*here, "kind"), key="kind", value=kind[:60], near=self.faults.near(kind, DIRECTIONS),
                allowed=", ".join(DIRECTIONS),
            )  # fmt: skip
        takes = VERBS[each.verb].takes
        for key, value in each.arguments.items():
            self._argument(each, key, takes[key], value, (*here, key))

    def _in_time(self, when: When, path: Path) -> None:
        at = self._instant(when)
        if at is None:
            self.faults.add("D029", path, value=when.source)
        elif at < self.start:
            self.faults.add("D025", path, value=when.source)

    def _argument(self, each: Input, key: str, kind: Kind, value: Any, path: Path) -> None:
        match kind:
            case Kind.ACTOR:
                self._actor(value, path)
            case Kind.ACTORS:
                for name in value:
                    self._actor(name, path)
            case Kind.UNIT:
                self._unit(value, path)
            case Kind.TASK:
                self._task(value, path)
            case Kind.INSTANT:
                if self._instant(value) is None:
                    self.faults.add("D029", path, value=value.source)
            case Kind.NAMES:
                for name in value:
                    self._name(TYPE, name, self.names.type_, self.edition.types, path)
            case Kind.NAME:
                scale = self._scale_of(each, key)
                if scale is not None:
                    self._level(scale, value, path)
            case Kind.UNITS:
                for post in value:
                    self._actor(post, (*path, post))
            case Kind.PARTIES:
                for party in value:
                    assert isinstance(party, Party)
                    self._actor(party.party, path)
            case Kind.VALUES:
                self._values(each, key, value, path)
            case _:
                return

    def _scale_of(self, each: Input, key: str) -> Scale | None:
        if key == "colour":
            return self.names.scale(CaseKind.WARNING)
        named = each.arguments.get("scale", "")
        if named and self.names.scale(self.kind, named) is None:
            here: Path = ("inputs", each.number, each.verb, "scale")
            near = self.faults.near(named, self.edition.scales)
            self.faults.add("D020", here, sort=SCALE, name=named[:60], near=near)
            return None
        return self.names.scale(self.kind, named) if named or "task" not in each.arguments else None

    def _values(self, each: Input, key: str, given: dict[str, Any], path: Path) -> None:
        if key == "facts":
            for name in given:
                self._name(FACT, name, self.names.fact, self.edition.facts, (*path, name))
            return
        if self._instant(each.at) in self._refused_at:
            return  # that a form has no such field may be what the refusal shows
        for form in self._forms_of(each, key):
            fields = {field.id: None for field in self.edition.forms[form].fields}
            for name in given:
                if self.names.field(form, name) is None:
                    self.faults.add(
                        "D020", (*path, name), sort=FIELD, name=name[:60], near=self.faults.near(name, fields)
                    )

    def _forms_of(self, each: Input, key: str) -> Iterable[str]:
        """The one form whose fields these are; none where that is not certain."""
        if key == "contents":
            scale = self.names.scale(CaseKind.WARNING)
            return [scale.form] if scale is not None and scale.form in self.edition.forms else []
        targets = self.names.targets(each.arguments["task"]) if "task" in each.arguments else ()
        forms = {self.edition.tasks[target.task].form for target in targets}
        return [form for form in forms if form in self.edition.forms] if len(forms) == 1 else []

    # --- expectations

    def _expectation(self, each: Expectation, inputs_at: dict[Any, list[Input]]) -> None:
        path: Path = ("expect", each.number)
        if not each.at.is_end:
            self._in_time(each.at, (*path, "at"))
        if each.for_:
            self._unit(each.for_, (*path, "for"))
        for word, wanted in each.words.items():
            here = (*path, word)
            match word:
                case "stage":
                    if wanted and by_words(wanted, STAGES.items()) is None:
                        near = self.faults.near(wanted, STAGES)
                        self.faults.add("D020", here, sort=STAGE, name=wanted[:60], near=near)
                case "level":
                    for scale_name, level in wanted.items():
                        scale = self.names.scale(self.kind, scale_name)
                        if scale is None:
                            near = self.faults.near(scale_name, self.edition.scales)
                            self.faults.add("D020", here, sort=SCALE, name=scale_name[:60], near=near)
                        else:
                            self._level(scale, level, here)
                case "colour":
                    warning_scale = self.names.scale(CaseKind.WARNING)
                    if warning_scale is not None:
                        self._level(warning_scale, wanted, here)
                case "types":
                    for name in wanted:
                        self._name(TYPE, name, self.names.type_, self.edition.types, here)
                case "lead" | "told" | "not_told":
                    for name in wanted:
                        self._actor(name, here)
                case "proposed":
                    scale = self.names.scale(self.kind, wanted.scale)
                    if scale is None:
                        self.faults.add("D020", here, sort=SCALE, name=wanted.scale[:60] or "-", near=Words("", ""))
                        continue
                    self._level(scale, wanted.value, here)
                    criteria = {criterion.id: None for criterion in scale.criteria}
                    for name in wanted.because or ():
                        self._name(CRITERION, name, lambda n, s=scale: self.names.criterion(s, n), criteria, here)  # type: ignore[misc]
                case "question":
                    if wanted:
                        self._name(FACT, wanted, self.names.fact, self.edition.facts, here)
                case "papers":
                    for name in wanted:
                        if not self.names.forms(name):
                            self._task(name, here, PAPER)
                case "refused":
                    self._refused(each, wanted, inputs_at, here)
                case "closed_by":
                    known = {said for words in ENDINGS.values() for said in words}
                    if wanted not in known:
                        self._actor(wanted, here)
                case "due":
                    for name, when in wanted.items():
                        self._task(name, (*here, name))
                        if when is not None and not when.is_end and self._instant(when) is None:
                            self.faults.add("D029", (*here, name), value=when.source)
                case _:
                    for name in wanted:
                        self._task(name, here)

    def _refused(
        self, each: Expectation, wanted: tuple[str | int, ...], inputs_at: dict[Any, list[Input]], path: Path
    ) -> None:
        here = [] if each.at.is_end else inputs_at.get(self._instant(each.at), [])
        if not wanted:
            if len(here) > 1:
                self.faults.add("D023", path, count=len(here))
            elif not here:
                self.faults.add("D024", path, which="refused")
            return
        for which in wanted:
            if not refused_of(here, (which,)):
                self.faults.add("D024", path, which=which)

    # --- names

    def _name(
        self, sort: Words, name: str, find: Callable[[str], str | None], known: Iterable[str], path: Path
    ) -> None:
        if find(name) is not None:
            return
        if not self._is_wrong_sheet(name, sort, path):
            self.faults.add("D020", path, sort=sort, name=name[:60], near=self.faults.near(name, known))

    def _is_wrong_sheet(self, name: str, sort: Words, path: Path) -> bool:
        """A sheet id that leads nowhere, or to something else, is told as such."""
        if not name.startswith(SHEET):
            return False
        bare = name.removeprefix(SHEET)
        elements = self.names.sheet(name)
        if not elements:
            self.faults.add("D021", path, name=bare[:60], near=self.faults.near(bare, self.program.index.sheet))
        else:
            found = list(dict.fromkeys(kind for kind, _ in elements))
            words = [_KINDS[kind] for kind in found]
            said = Words("、".join(word.zh for word in words), ", ".join(word.en for word in words))
            self.faults.add("D022", path, name=bare[:60], found=said, sort=sort)
        return True

    def _actor(self, name: str, path: Path) -> None:
        found = self.names.actor(name)
        if found in self.edition.actors or name in self.units or name in self.parties:
            return
        if not self._is_wrong_sheet(name, ACTOR, path):
            near = self.faults.near(name, [*self.edition.actors, *self.units])
            self.faults.add("D020", path, sort=ACTOR, name=name[:60], near=near)

    def _unit(self, name: str, path: Path) -> None:
        # A party may go by the reference that the engine gave it: "complainant-2".
        if any(name.startswith(f"{actor}-") for actor in self.edition.actors):
            return
        self._actor(name, path)

    def _task(self, name: str, path: Path, sort: Words = TASK) -> None:
        if self.names.targets(name) or (self.added and name.startswith("added-")):
            return
        if not self._is_wrong_sheet(name, sort, path):
            near = self.faults.near(name, self.edition.tasks)
            self.faults.add("D020", path, sort=sort, name=name[:60], near=near)

    def _level(self, scale: Scale, name: str, path: Path) -> None:
        if name:
            levels = {level.id: None for level in scale.levels}
            self._name(LEVEL, name, lambda each: self.names.level(scale, each), levels, path)
