"""The normal form of a plan to an `Edition`. Nothing is checked here: what comes in has no faults left."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from muster.plans.conditions import CALENDAR_NAMES, CASE_NAMES, INSTANTS, Expression
from muster.plans.model import (
    Actor,
    ActorKind,
    Again,
    Approval,
    CaseKind,
    Check,
    Choice,
    Criterion,
    Days,
    Duty,
    Edition,
    Exclusion,
    Fact,
    Field,
    Filled,
    Form,
    Group,
    Guidance,
    IncidentType,
    Level,
    Mark,
    Mode,
    Moved,
    Reading,
    Resource,
    Right,
    RightName,
    Scale,
    Setting,
    Stage,
    Stated,
    Suppression,
    Task,
    TaskKind,
    Words,
)
from muster.plans.normal import TEXT_TYPES, Normal, is_group
from muster.plans.parsing import constant, parse, what_it_reads
from muster.plans.shapes import TASK_SECTIONS


def _words(value: dict[str, str]) -> Words:
    """Words that are given in English only are shown in English everywhere."""
    return Words(value.get("zh") or value["en"], value.get("en", ""))


def _words_or_none(value: dict[str, str] | None) -> Words | None:
    return None if value is None else _words(value)


def _name(id_: str, normal: Normal) -> Words:
    return _words(normal["name"]) if "name" in normal else Words(id_)


def _common(normal: Normal) -> dict[str, Any]:
    return {"text": _words_or_none(normal.get("text")), **_cited(normal)}


def _cited(normal: Normal) -> dict[str, Any]:
    return {"cite": normal.get("cite", ""), "sheet": tuple(normal.get("sheet", ()))}


def _choices(pairs: list[list[Any]]) -> tuple[Choice, ...]:
    return tuple(Choice(id_, _words(words)) for id_, words in pairs)


class Builder:
    """Builds one edition; knows which names are facts and which are only values, and which derived facts are timed."""

    def __init__(self, plan: Normal, digest: str) -> None:
        self.plan = plan
        self.digest = digest
        self._kept: dict[str, Expression] = {}
        parties = {id_ for id_, _ in plan.get("parties", ())}
        self.names = {*INSTANTS, *CALENDAR_NAMES, *CASE_NAMES, *parties} | {
            id_ for section in ("facts", "settings", "scales") for id_, _ in plan.get(section, ())
        }
        self.values = {id_ for _, fact in plan.get("facts", ()) for id_, _ in fact.get("values", ())}
        self.values |= {id_ for _, scale in plan.get("scales", ()) for id_, _ in scale.get("levels", ())}
        self.values |= {id_ for id_, _ in plan.get("types", ())} | {stage.value for stage in Stage}
        self.values |= {id_ for section in ("posts", "bodies") for id_, _ in plan.get(section, ())}
        for _, form in plan.get("forms", ()):
            for _, field in form.get("fields", ()):
                self.values |= {id_ for id_, _ in field.get("values", ())}
        self.timed_facts = self._timed_facts()

    def _timed_facts(self) -> set[str]:
        derived = {id_: parse(fact["is"]) for id_, fact in self.plan.get("facts", ()) if "is" in fact}
        timed = {id_ for id_, expression in derived.items() if expression.timed}
        grows = True
        while grows:
            more = {id_ for id_, each in derived.items() if id_ not in timed and each.reads & timed}
            grows = bool(more)
            timed |= more
        return timed

    def expression(self, text: str) -> Expression:
        """`text` read with the whole plan in view: values are no reads, and timed follows derived facts."""
        kept = self._kept.get(text)
        if kept is None:
            kept = parse(text)
            reads, tasks, timed = what_it_reads(kept.tree, self._is_only_a_value)
            timed = timed or not reads.isdisjoint(self.timed_facts)
            if reads != kept.reads or timed != kept.timed:
                kept = structs.replace(kept, reads=reads, tasks=tasks, timed=timed)
            self._kept[text] = kept
        return kept

    def _is_only_a_value(self, name: str) -> bool:
        return name in self.values and name not in self.names

    def _maybe(self, normal: Normal, key: str) -> Expression | None:
        return self.expression(normal[key]) if key in normal else None

    def edition(self) -> Edition:
        plan = self.plan
        return Edition(
            id=plan["id"],
            title=_words(plan["title"]),
            edition=plan["edition"],
            timezone=plan.get("timezone", "Asia/Shanghai"),
            issuer=_words(plan["issuer"]) if "issuer" in plan else Words(""),
            digest=self.digest,
            **_common(plan),
            scope=self._maybe(plan, "scope"),
            stages=tuple(Stage(stage) for stage in plan["stages"]) if "stages" in plan else tuple(Stage),
            duty_post=plan.get("duty_post", ""),
            settings={id_: self._setting(id_, each) for id_, each in plan.get("settings", ())},
            actors={
                id_: self._actor(kind, id_, each)
                for kind, section in (
                    (ActorKind.POST, "posts"),
                    (ActorKind.BODY, "bodies"),
                    (ActorKind.PARTY, "parties"),
                )
                for id_, each in plan.get(section, ())
            },
            facts={id_: self._fact(id_, each) for id_, each in plan.get("facts", ())},
            types={
                id_: IncidentType(id=id_, name=_name(id_, each), when=self._maybe(each, "when"), **_common(each))
                for id_, each in plan.get("types", ())
            },
            scales={id_: self._scale(id_, each) for id_, each in plan.get("scales", ())},
            rights={
                name: tuple(self._right(each) for each in plan["rights"][name.value])
                for name in RightName
                if name.value in plan.get("rights", {})
            },
            forms={id_: self._form(id_, each) for id_, each in plan.get("forms", ())},
            tasks=self._tasks(),
            groups=self._groups(),
            guidance={id_: self._guidance(id_, each) for id_, each in plan.get("guidance", ())},
            resources={id_: self._resource(id_, each) for id_, each in plan.get("resources", ())},
            excluded={id_: self._exclusion(id_, each) for id_, each in plan.get("excluded", ())},
            readings={id_: self._reading(id_, each) for id_, each in plan.get("readings", ())},
            suppressed=tuple(
                Suppression(rule=s["rule"], on=s["on"], why=_words(s["why"])) for s in plan.get("suppress", ())
            ),
        )

    def _setting(self, id_: str, normal: Normal) -> Setting:
        value = None
        if "value" in normal:
            value = constant(normal["value"]) if normal["type"] in TEXT_TYPES else self.expression(normal["value"])
        return Setting(
            id=id_,
            name=_name(id_, normal),
            type=normal["type"],
            value=value,
            unit=_words_or_none(normal.get("unit")),
            **_common(normal),
        )

    def _actor(self, kind: ActorKind, id_: str, normal: Normal) -> Actor:
        least, most = normal.get("seats", (1, 0))
        return Actor(
            id=id_,
            kind=kind,
            name=_name(id_, normal),
            **_common(normal),
            held_by=_words_or_none(normal.get("held_by")),
            filled=Filled(normal.get("filled", "standing")),
            stands_in_for=tuple(normal.get("stands_in_for", ())),
            seats=(least, most),
            many=normal.get("many", False),
            among=tuple(normal.get("among", ())),
            duties=tuple(Duty(duty, _words(each["text"]), **_cited(each)) for duty, each in normal.get("duties", ())),
            chair=normal.get("chair", ""),
            deputies=tuple(normal.get("deputies", ())),
            members=tuple(normal.get("members", ())),
            part_of=normal.get("part_of", ""),
            personal=normal.get("personal", False),
        )

    def _fact(self, id_: str, normal: Normal) -> Fact:
        return Fact(
            id=id_,
            name=_name(id_, normal),
            type=normal["type"],
            ask=_words_or_none(normal.get("ask")),
            values=_choices(normal.get("values", [])),
            ordered=normal.get("ordered", False),
            unit=_words_or_none(normal.get("unit")),
            derived=self._maybe(normal, "is"),
            personal=normal.get("personal", False),
            **_common(normal),
        )

    def _scale(self, id_: str, normal: Normal) -> Scale:
        return Scale(
            id=id_,
            name=_name(id_, normal),
            of=CaseKind(normal.get("of", "incident")),
            levels=tuple(
                Level(id=level, name=_name(level, each), hue=each.get("hue", ""), **_common(each))
                for level, each in normal["levels"]
            ),
            criteria=tuple(
                Criterion(
                    id=criterion,
                    level=each["level"],
                    when=None if each["when"] == "judgement" else self.expression(each["when"]),
                    **{**_common(each), "text": _words_or_none(each.get("text", each.get("name")))},
                )
                for criterion, each in normal.get("criteria", ())
            ),
            when=self._maybe(normal, "when"),
            suggests=normal.get("suggests", ""),
            form=normal.get("form", ""),
            **_common(normal),
        )

    def _right(self, normal: Normal) -> Right:
        return Right(who=tuple(normal["who"]), when=self._maybe(normal, "when"), **_cited(normal))

    def _form(self, id_: str, normal: Normal) -> Form:
        return Form(
            id=id_,
            name=_name(id_, normal),
            fields=tuple(
                Field(
                    id=field,
                    name=_name(field, each),
                    type=each.get("type", "text"),
                    required=each.get("required", False),
                    values=_choices(each.get("values", [])),
                    personal=each.get("personal", False),
                    source=each.get("from", ""),
                    **_common(each),
                )
                for field, each in normal.get("fields", ())
            ),
            rows=normal.get("rows", ""),
            **_common(normal),
        )

    def _guidance(self, id_: str, normal: Normal) -> Guidance:
        return Guidance(
            id=id_,
            name=_words_or_none(normal.get("name")),
            when=self._maybe(normal, "when"),
            on=tuple(normal.get("on", ())),
            text=_words(normal["text"]),
            **_cited(normal),
        )

    def _resource(self, id_: str, normal: Normal) -> Resource:
        return Resource(
            id=id_,
            name=_name(id_, normal),
            kind=normal.get("kind", ""),
            minimum=normal.get("minimum", 0),
            again=self._again(normal.get("again")),
            **_common(normal),
        )

    def _exclusion(self, id_: str, normal: Normal) -> Exclusion:
        return Exclusion(
            id=id_,
            says=_words(normal["says"]),
            why=_words(normal["why"]),
            lawful=_words(normal["lawful"]),
            instead=tuple(normal.get("instead", ())),
            name=_words_or_none(normal.get("name")),
            **_cited(normal),
        )

    def _reading(self, id_: str, normal: Normal) -> Reading:
        return Reading(
            id=id_,
            says=_words(normal["says"]),
            reading=_words(normal["reading"]),
            setting=normal.get("setting", ""),
            name=_words_or_none(normal.get("name")),
            **_cited(normal),
        )

    # --- tasks ----------------------------------------------------------------------------------------------------

    def _groups(self) -> dict[str, Group]:
        groups: dict[str, Group] = {}

        def walk(pairs: list[list[Any]], section: CaseKind, outer: str) -> None:
            for id_, normal in pairs:
                if is_group(normal):
                    path = f"{outer}/{id_}" if outer else id_
                    # Two sections may each have a group of one name; the first keeps the plain id.
                    key = path if path not in groups else f"{section.value}:{path}"
                    groups[key] = Group(
                        id=path,
                        section=section,
                        name=_name(id_, normal),
                        while_=self._maybe(normal, "while"),
                        when=self._maybe(normal, "when"),
                        after=tuple(normal.get("after", ())),
                        **_common(normal),
                    )
                    walk(normal["tasks"], section, path)

        for key, section in TASK_SECTIONS.items():
            walk(self.plan.get(key, []), section, "")
        return groups

    def _tasks(self) -> dict[str, Task]:
        tasks: dict[str, Task] = {}

        def walk(pairs: list[list[Any]], section: CaseKind, around: tuple[tuple[str, Normal], ...]) -> None:
            for id_, normal in pairs:
                if is_group(normal):
                    walk(normal["tasks"], section, (*around, (id_, normal)))
                else:
                    tasks[id_] = self._task(id_, normal, section, around)

        for key, section in TASK_SECTIONS.items():
            walk(self.plan.get(key, []), section, ())
        return tasks

    def _task(self, id_: str, normal: Normal, section: CaseKind, around: tuple[tuple[str, Normal], ...]) -> Task:
        chain = [*(group for _, group in around), normal]
        after = dict.fromkeys(each for part in chain for each in part.get("after", ()) if each != id_)
        return Task(
            id=id_,
            section=section,
            kind=TaskKind(normal["kind"]),
            name=_name(id_, normal),
            **_common(normal),
            group="/".join(name for name, _ in around),
            form=normal.get("form", ""),
            settles=normal.get("settles", ""),
            who=tuple(normal["who"]),
            mode=Mode(normal["mode"]) if "mode" in normal else None,
            with_=tuple(normal.get("with", ())),
            draft=tuple(normal.get("draft", ())),
            approve=tuple(
                Approval(
                    who=tuple(each["who"]),
                    mode=Mode(each.get("mode", "any")),
                    due=self._maybe(each, "due"),
                    when=self._maybe(each, "when"),
                    **_cited(each),
                )
                for each in normal.get("approve", ())
            ),
            sign=tuple(normal.get("sign", ())),
            while_=tuple(self.expression(part["while"]) for part in chain if "while" in part),
            when=tuple(self.expression(part["when"]) for part in chain if "when" in part),
            after=tuple(after),
            per=normal.get("per", ""),
            may=normal.get("may", False),
            again=self._again(normal.get("again")),
            due=self._maybe(normal, "due"),
            aim=self._maybe(normal, "aim"),
            word=normal.get("word", ""),
            since=self._maybe(normal, "since"),
            marks=tuple(Mark(self.expression(each["at"]), _words(each["say"])) for each in normal.get("marks", ())),
            to=tuple(normal.get("to", ())),
            reach=normal.get("reach", "each"),
            cc=tuple(normal.get("cc", ())),
            channel=tuple(normal.get("channel", ())),
            reply=normal.get("reply", False),
            fills=normal.get("fills", ""),
            done=tuple(Check(self.expression(each["that"]), _words(each["say"])) for each in normal.get("done", ())),
            before=Stage(normal["before"]) if "before" in normal else None,
            pack=normal.get("pack", ""),
            also=tuple(
                Stated(
                    pack=each["pack"], task=each["task"], name=_name(each["task"], each),
                    due=self._maybe(each, "due"), word=each.get("word", ""), cite=each.get("cite", ""),
                )
                for each in normal.get("also", ())
            ),
        )  # fmt: skip

    def _again(self, normal: Normal | None) -> Again | None:
        if normal is None:
            return None
        return Again(
            every=self._maybe(normal, "every"),
            rule=normal.get("rule", ""),
            days=Days(normal["days"]) if "days" in normal else None,
            moved=Moved(normal.get("moved", "")),
            by=normal.get("by", ""),
            on=tuple(normal.get("on", ())),
            least=normal.get("least", 0),
            until=self._maybe(normal, "until"),
        )
