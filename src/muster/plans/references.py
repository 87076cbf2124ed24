"""Whether everything that a plan names is there, is of the right sort, and is named once."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from muster.plans.conditions import CALENDAR_NAMES, CASE_NAMES, FUNCTIONS, INSTANTS, REPORTED
from muster.plans.faults import Faults, source_of
from muster.plans.findings import Path
from muster.plans.model import Stage, Words
from muster.plans.normal import Normal, is_group
from muster.plans.shapes import ACTS, SHAPES, TASK_SECTIONS, TYPES, Key, Kind, Shape, Sort

ACTOR_SECTIONS = {"posts": Sort.POST, "bodies": Sort.BODY, "parties": Sort.PARTY}

_SORTS: dict[Sort, Words] = {
    Sort.ACTOR: Words("岗位、机构或外部方", "post, body or party"),
    Sort.POST: Words("岗位", "post"),
    Sort.BODY: Words("机构", "body"),
    Sort.PARTY: Words("外部方", "party"),
    Sort.TASK: Words("任务", "task"),
    Sort.FORM: Words("表单", "form"),
    Sort.SCALE: Words("等级体系", "scale"),
    Sort.SETTING: Words("参数", "setting"),
    Sort.SETTLED: Words("要素、等级体系、types 或 start、end、lift", "fact, scale, types, start, end or lift"),
    Sort.ROWS: Words("cases、tasks 或外部方", "party, cases or tasks"),
    Sort.LEVEL: Words("等级", "level"),
}

Visit = tuple[Shape, Normal, Key, Path]


def tasks_in(pairs: list[list[object]], outer: str = "") -> Iterator[tuple[str, str, Normal]]:
    """(id, group, normal form) of every task in a section; groups are walked through."""
    for id_, normal in pairs:
        assert isinstance(id_, str)
        assert isinstance(normal, dict)
        if is_group(normal):
            yield from tasks_in(normal["tasks"], f"{outer}/{id_}" if outer else id_)
        else:
            yield id_, outer, normal


def visit(shape: Shape, normal: Normal, path: Path, section: Path = (), group: str = "") -> Iterator[Visit]:
    """Every key that is there, in every element, with its path. Groups are left out of the paths of their tasks."""
    for name in normal:
        key = shape.keys.get(name)
        if key is None:
            continue
        here = (*path, name)
        yield shape, normal, key, here
        value = normal[name]
        match key.kind:
            case Kind.ELEMENT:
                yield from visit(SHAPES[key.shape], value, here)
            case Kind.ELEMENTS | Kind.ROWS:
                for id_, element in value:
                    yield from visit(SHAPES[key.shape], element, (*here, id_))
            case Kind.LIST:
                for number, element in enumerate(value):
                    yield from visit(SHAPES[key.shape], element, (*here, number))
            case Kind.RIGHTS:
                for right, elements in value.items():
                    for number, element in enumerate(elements):
                        yield from visit(SHAPES[key.shape], element, (*here, right, number))
            case Kind.TASKS:
                root = section or here
                for id_, element in value:
                    if is_group(element):
                        inner = f"{group}/{id_}" if group else id_
                        yield from visit(SHAPES["group"], element, (*root, inner), root, inner)
                    else:
                        yield from visit(SHAPES["task"], element, (*root, id_))


class Names:
    """What a plan defines, by sort. `actors` tells of which sort each is."""

    def __init__(self, plan: Normal) -> None:
        self.actors: dict[str, Sort] = {
            id_: sort for section, sort in ACTOR_SECTIONS.items() for id_, _ in plan.get(section, ())
        }
        self.tasks = {id_ for section in TASK_SECTIONS for id_, _, _ in tasks_in(plan.get(section, []))}
        self.facts = self._ids(plan, "facts")
        self.settings = self._ids(plan, "settings")
        self.forms = self._ids(plan, "forms")
        self.scales = self._ids(plan, "scales")
        self.levels = {id_: {level for level, _ in scale.get("levels", ())} for id_, scale in plan.get("scales", ())}
        self.fields = {id_: {field for field, _ in form.get("fields", ())} for id_, form in plan.get("forms", ())}

    @staticmethod
    def _ids(plan: Normal, section: str) -> set[str]:
        return {id_ for id_, _ in plan.get(section, ())}

    def of(self, sort: Sort) -> set[str]:
        match sort:
            case Sort.ACTOR:
                return set(self.actors)
            case Sort.POST | Sort.BODY | Sort.PARTY:
                return {id_ for id_, each in self.actors.items() if each is sort}
            case Sort.TASK:
                return self.tasks
            case Sort.FORM:
                return self.forms
            case Sort.SCALE:
                return self.scales
            case Sort.SETTING:
                return self.settings
            case Sort.SETTLED:
                return self.facts | self.scales | {*ACTS, TYPES}
            case Sort.ROWS:
                return {"cases", "tasks"} | self.of(Sort.PARTY)
            case _:
                return set()


def find(plan: Normal, faults: Faults, sources: dict[Path, str]) -> None:
    """Fills `faults` with every name that leads nowhere, to the wrong sort, or to two things.

    `sources` names the file of each element (section, id) that came from a pack.
    """
    names = Names(plan)
    _twice(plan, faults, sources)
    for shape, normal, key, path in visit(SHAPES["plan"], plan, ()):
        source = source_of(sources, path, faults.source)
        value = normal[key.name]
        if key.kind is Kind.SOURCE:
            _source(value, names, faults, path, source)
        elif key.kind is Kind.VALUES or key.name == "type":
            _values(shape, normal, key, faults, path, source)
        elif key.refers is Sort.LEVEL:
            levels = names.levels.get(str(path[1]), set())
            if value not in levels:
                _missing(Sort.LEVEL, value, levels, faults, path, source)
        elif key.refers is not None:
            for number, id_ in enumerate(value if isinstance(value, list) else [value]):
                _reference(key.refers, id_, names, faults, (*path, number), source)
        if shape.id == "again" and key.name in ("rule", "days", "moved"):
            if path[0] in ("tasks", "warning", "hazard"):
                faults.add("P028", path, source=source, key=key.name)
            ways = [way for way in ("every", "rule", "days") if way in normal]
            if key.name == ways[-1] and len(ways) > 1:
                faults.add("P029", path, source=source, first=ways[0], second=ways[-1])
        if shape.id == "approval" and key.name == "who" and len(value) > 1 and "mode" not in normal:
            faults.add("P019", path, source=source)
    _stages(plan, faults)
    zone = plan.get("timezone", "Asia/Shanghai")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        faults.add("P017", ("timezone",), value=zone[:60])


def _missing(sort: Sort, id_: str, known: set[str], faults: Faults, path: Path, source: str) -> None:
    faults.add("P020", path, source=source, sort=_SORTS[sort], id=id_[:60], near=faults.near(id_, sorted(known)))


def _reference(sort: Sort, id_: str, names: Names, faults: Faults, path: Path, source: str) -> None:
    known = names.of(sort)
    if id_ in known:
        return
    if sort in (Sort.POST, Sort.BODY, Sort.PARTY, Sort.ROWS) and id_ in names.actors:
        faults.add(
            "P021",
            path,
            source=source,
            id=id_,
            found=_article(_SORTS[names.actors[id_]]),
            sort=_article(_SORTS[sort]),
        )
        return
    _missing(sort, id_, known, faults, path, source)


def _article(words: Words) -> Words:
    return Words(words.zh, f"a {words.en}")


def _source(value: str, names: Names, faults: Faults, path: Path, source: str) -> None:
    form, _, field = value.partition(".")
    if field:
        if form not in names.forms:
            _missing(Sort.FORM, form, names.forms, faults, path, source)
        elif field not in names.fields[form]:
            faults.add(
                "P057",
                path,
                source=source,
                form=form,
                field=field[:60],
                near=faults.near(field, sorted(names.fields[form])),
            )
    elif value not in (known := names.facts | names.scales | set(INSTANTS) | set(REPORTED)):
        faults.add(
            "P020",
            path,
            source=source,
            sort=Words("要素或时刻", "fact or instant"),
            id=value[:60],
            near=faults.near(value, sorted(known)),
        )


def _values(shape: Shape, normal: Normal, key: Key, faults: Faults, path: Path, source: str) -> None:
    """enum and set name their values, other types have none."""
    if shape.id not in ("fact", "field") or (shape.id == "fact" and "type" not in normal):
        return
    type_ = normal.get("type", "text")
    if key.name == "type" and type_ in ("enum", "set") and not normal.get("values"):
        faults.add(
            "P018",
            path,
            source=source,
            type=type_,
            rule=Words("须写明 values", "needs values"),
            mend=Words("加上 values: [a, b]", "add values: [a, b]"),
        )
    elif key.kind is Kind.VALUES and type_ not in ("enum", "set"):
        faults.add(
            "P018",
            path,
            source=source,
            type=type_,
            rule=Words("没有 values", "has no values"),
            mend=Words("去掉 values，或把 type 改为 enum 或 set", "drop values, or make the type enum or set"),
        )


def _stages(plan: Normal, faults: Faults) -> None:
    written = plan.get("stages", [])
    order = [stage.value for stage in Stage]
    if written != [stage for stage in order if stage in written]:
        faults.add("P025", ("stages",), value=", ".join(written), allowed=", ".join(order))


def _twice(plan: Normal, faults: Faults, sources: dict[Path, str]) -> None:
    """One id, one thing: among actors, among tasks of all sections, and among what expressions speak of by name."""
    spaces: tuple[tuple[str, ...], ...] = (tuple(ACTOR_SECTIONS), ("facts", "settings", "scales"))
    for sections in spaces:
        first: dict[str, Path] = {}
        for section in sections:
            for id_, _ in plan.get(section, ()):
                _note(id_, (section, id_), first, faults, sources)
    first = {}
    for section in TASK_SECTIONS:
        for id_, _, _ in tasks_in(plan.get(section, [])):
            _note(id_, (section, id_), first, faults, sources)
    for section in ("facts", "settings", "scales"):
        for id_, _ in plan.get(section, ()):
            what = _reserved(id_)
            if what is not None:
                faults.add(
                    "P023", (section, id_), source=source_of(sources, (section, id_), faults.source), id=id_, what=what
                )


def _note(id_: str, path: Path, first: dict[str, Path], faults: Faults, sources: dict[Path, str]) -> None:
    if id_ in first:
        faults.add(
            "P022",
            path,
            source=source_of(sources, path, faults.source),
            id=id_,
            first=".".join(str(part) for part in first[id_]),
            second=".".join(str(part) for part in path),
        )
    else:
        first[id_] = path


def _reserved(id_: str) -> Words | None:
    if id_ in INSTANTS:
        return Words("时刻", "an instant of the case")
    if id_ in CALENDAR_NAMES or id_ in CASE_NAMES or id_ == "form":
        return Words("事项或日历的名称", "answered by the case or the calendar")
    if id_ in FUNCTIONS:
        return Words("函数", "a function")
    return Words("决定的对象", "an act that a decision settles") if id_ in ACTS else None
