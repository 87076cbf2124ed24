"""Taking a regulation pack into a plan: its elements are added, its actors become the plan's own, its clocks join.

Where the plan has the same duty already, there is one task with one clock: the stricter of the two holds, and both
are cited. So the law never gives an office a second breach for one omission, nor the plan a way round the law.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from muster.plans.faults import Faults, Place
from muster.plans.findings import Path
from muster.plans.model import Words
from muster.plans.normal import Normal, is_group
from muster.plans.references import Names, tasks_in, visit
from muster.plans.shapes import SHAPES, Kind, Sort

_ACTORS = (Sort.ACTOR, Sort.POST, Sort.BODY, Sort.PARTY)
_ACTOR_SECTIONS = ("posts", "bodies", "parties")
_TASK_SECTIONS = ("tasks", "warning", "standing", "hazard")
_QUOTED = re.compile(r'("[^"]*")')


class Inclusion:
    """One `include` of a plan: puts the elements of `pack` into `plan`, both in normal form."""

    def __init__(self, number: int, wish: Normal, plan: Normal, pack: Normal, faults: Faults) -> None:
        self.path: Path = ("include", number)
        self.wish = wish
        self.plan = plan
        self.pack = pack
        self.faults = faults
        self.actors: dict[str, str] = dict(wish.get("as", {}))
        self.same: dict[str, str] = dict(wish.get("same", {}))

    def into(self, places: dict[Path, Place], pack_places: dict[Path, Place], sources: dict[Path, str]) -> None:
        """Do it. `places` and `sources` learn where the elements of the pack stand."""
        if not self._fits():
            return
        self._leave_out()
        self._rename()
        self._join()
        _merge(self.wish["pack"], self.pack, self.plan, places, pack_places, sources)

    def _fits(self) -> bool:
        """Whether everything that `as`, `same` and `only` name is there."""
        own, theirs = Names(self.plan), Names(self.pack)
        before = len(self.faults.found)
        for key, pairs, in_pack, in_plan, sort in (
            (
                "as",
                self.actors,
                set(theirs.actors),
                set(own.actors),
                Words("岗位、机构或外部方", "post, body or party"),
            ),
            ("same", self.same, theirs.tasks, own.tasks, Words("任务", "task")),
        ):
            for left, right in pairs.items():
                if left not in in_pack:
                    self._unknown(left, in_pack, (*self.path, key, left))
                if right not in in_plan:
                    near = self.faults.near(right, in_plan)
                    self.faults.add("P020", (*self.path, key, left), sort=sort, id=right[:60], near=near)
        for place, task in enumerate(self.wish.get("only", ())):
            if task not in theirs.tasks:
                self._unknown(task, theirs.tasks, (*self.path, "only", place))
        return len(self.faults.found) == before

    def _unknown(self, id_: str, known: set[str], path: Path) -> None:
        self.faults.add("P030", path, id=id_[:60], pack=self.wish["pack"], near=self.faults.near(id_, known))

    def _leave_out(self) -> None:
        """Tasks that are not wanted, and actors whose place the plan's own take."""
        wanted = set(self.wish.get("only", ()))
        if wanted:
            for section in _TASK_SECTIONS:
                if section in self.pack:
                    self.pack[section] = _keep(self.pack[section], lambda id_: id_ in wanted or id_ in self.same)
        for section in _ACTOR_SECTIONS:
            if section in self.pack:
                self.pack[section] = [pair for pair in self.pack[section] if pair[0] not in self.actors]

    def _rename(self) -> None:
        """The plan's own names for those actors and tasks, wherever the pack speaks of them."""
        names = {**self.actors, **self.same}
        if not names:
            return
        pattern = re.compile(
            r"(?<![\w-])(" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")(?![\w-])"
        )

        def renamed(text: str) -> str:
            parts = _QUOTED.split(text)
            return "".join(
                part if part.startswith('"') else pattern.sub(lambda found: names[found[1]], part) for part in parts
            )

        for _, normal, key, _path in list(visit(SHAPES["pack"], self.pack, ())):
            value = normal[key.name]
            if key.kind in (Kind.EXPRESSION, Kind.CRITERION):
                normal[key.name] = renamed(value)
            elif key.refers in _ACTORS or key.refers is Sort.TASK:
                normal[key.name] = (
                    [names.get(each, each) for each in value] if isinstance(value, list) else names.get(value, value)
                )

    def _join(self) -> None:
        """The clocks of duties that the plan has already."""
        own = {id_: normal for section in _TASK_SECTIONS for id_, _, normal in tasks_in(self.plan.get(section, []))}
        for section in _TASK_SECTIONS:
            theirs = {id_: (group, normal) for id_, group, normal in tasks_in(self.pack.get(section, []))}
            for id_, task_id in self.same.items():
                if id_ in theirs:
                    self._join_one(id_, theirs[id_][1], own[task_id])
            if section in self.pack:
                self.pack[section] = _keep(self.pack[section], lambda id_: id_ not in self.same)

    def _join_one(self, id_: str, theirs: Normal, own: Normal) -> None:
        limit = theirs.get("due")
        conditions = [theirs[key] for key in ("while", "when") if key in theirs]
        if limit and conditions:
            if "due" not in own:
                self.faults.add("P031", (*self.path, "same", id_), id=id_, pack=self.wish["pack"])
                return
            condition = " and ".join(f"({each})" for each in conditions)
            limit = f"if {condition} then {limit} else {own['due']}"
        stated = [{"pack": self.wish["pack"], "task": id_}]
        for key in ("name", "due", "word", "cite"):
            if key in theirs:
                stated[0][key] = theirs[key]
        own["also"] = [*own.get("also", []), *stated]
        if limit:
            own["due"] = f"earliest({own['due']}, {limit})" if "due" in own else limit
        elif "word" in theirs and "due" not in own and "word" not in own:
            own["word"] = theirs["word"]
            if "since" in theirs:
                own["since"] = theirs["since"]
        if theirs.get("cite"):
            own["cite"] = "；".join(each for each in (own.get("cite", ""), theirs["cite"]) if each)


def _keep(pairs: list[list[Any]], wanted: Callable[[str], bool]) -> list[list[Any]]:
    """The tasks of a section that are wanted, in their groups; groups that would be empty go."""
    kept: list[list[Any]] = []
    for id_, normal in pairs:
        if is_group(normal):
            inner = _keep(normal["tasks"], wanted)
            if inner:
                kept.append([id_, {**normal, "tasks": inner}])
        elif wanted(id_):
            kept.append([id_, normal])
    return kept


def _merge(
    pack_id: str,
    pack: Normal,
    plan: Normal,
    places: dict[Path, Place],
    pack_places: dict[Path, Place],
    sources: dict[Path, str],
) -> None:
    """Add what is in the pack after the plan's own. A setting that the plan has itself stays the plan's."""
    shape = SHAPES["pack"]
    for section, value in pack.items():
        kind = shape.keys[section].kind
        if kind not in (Kind.ELEMENTS, Kind.TASKS, Kind.RIGHTS, Kind.LIST):
            continue
        if kind is Kind.RIGHTS:
            for right, elements in value.items():
                own_rights = plan.setdefault("rights", {}).setdefault(right, [])
                _shift(pack_places, places, ("rights", right), len(own_rights))
                for number in range(len(elements)):
                    sources["rights", right, len(own_rights) + number] = pack_id
                own_rights.extend(elements)
        elif kind is Kind.LIST:
            own_list = plan.setdefault(section, [])
            _shift(pack_places, places, (section,), len(own_list))
            for number in range(len(value)):
                sources[section, len(own_list) + number] = pack_id
            own_list.extend(value)
        else:
            own = {id_ for id_, _ in plan.get(section, ())}
            for id_, element in value:
                if section == "settings" and id_ in own:
                    continue
                plan.setdefault(section, []).append([id_, element])
            if kind is Kind.TASKS:
                _mark(value, pack_id)
    for path, place in pack_places.items():
        if len(path) >= 2 and path[0] not in ("rights", "suppress") and path not in places:
            places[path] = place
            sources.setdefault(path[:2], pack_id)


def _shift(pack_places: dict[Path, Place], places: dict[Path, Place], start: Path, by: int) -> None:
    """Copy the places of a list of a pack to where its items stand once they are appended."""
    for path, place in pack_places.items():
        if path[: len(start)] == start and len(path) > len(start):
            number = path[len(start)]
            if isinstance(number, int):
                places[(*start, number + by, *path[len(start) + 1 :])] = place


def _mark(pairs: list[list[Any]], pack_id: str) -> None:
    for _, _, normal in tasks_in(pairs):
        normal["pack"] = pack_id
