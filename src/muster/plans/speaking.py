"""What a plan says, in words of both languages at once: names for ids, spans, conditions, limits, recurrences.

Everything is said from the tree that the engine runs, so words and working cannot differ. What is given back are parts
of a sentence: 事发后1小时内, 事件级别为Ⅲ级及以上, 每3个月一次. `fill` puts them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from muster.plans import conditions as c
from muster.plans.conditions import Expression, Node, Span
from muster.plans.model import Again, Choice, Days, Edition, Field, Moved, Words

NONE = Words("", "")

INSTANTS = {
    "occurred": Words("事发", "occurrence"),
    "detected": Words("发现", "detection"),
    "reported": Words("接报", "the first report"),
    "verified": Words("核实", "verification"),
    "started": Words("启动响应", "the start of the response"),
    "ended": Words("终止响应", "the end of the response"),
    "issued": Words("发布预警", "the issue of the warning"),
}
STAGES = {
    "intake": Words("接报", "intake"),
    "assessment": Words("研判", "assessment"),
    "response": Words("处置", "response"),
    "recovery": Words("善后", "recovery"),
    "review": Words("评估", "review"),
    "closed": Words("归档", "closed"),
}
REPORTED = {
    "title": Words("事件标题", "the title"),
    "summary": Words("基本情况", "the summary"),
    "place": Words("地点", "the place"),
    "types": Words("事件类型", "the types"),
}
ACTS = {
    "start": Words("启动响应", "the start of the response"),
    "end": Words("终止响应", "the end of the response"),
    "lift": Words("解除预警", "the lifting of the warning"),
}
_OTHER = {
    "types": Words("事件类型", "the type"),
    "stage": Words("阶段", "the stage"),
    "working_hours": Words("工作时间", "working hours"),
    "holiday": Words("节假日", "a holiday"),
    "by": Words("办理人", "who acts"),
    "times_raised": Words("提出次数", "the number of times it was raised"),
}
# known(instant), and its opposite
_IS_KNOWN = {
    "occurred": (Words("事发时间已知", "the time of occurrence is known"), Words("事发时间尚不清楚", "the time of occurrence is not known yet")),
    "detected": (Words("已经发现", "it has been detected"), Words("尚未发现", "it has not been detected yet")),
    "reported": (Words("已经接报", "it has been reported"), Words("尚未接报", "it has not been reported yet")),
    "verified": (Words("已经核实", "it has been verified"), Words("尚未核实", "it has not been verified yet")),
    "started": (Words("已经启动响应", "the response has started"), Words("尚未启动响应", "the response has not started")),
    "ended": (Words("已经终止响应", "the response has ended"), Words("尚未终止响应", "the response has not ended")),
    "issued": (Words("已经发布预警", "the warning has been issued"), Words("尚未发布预警", "the warning has not been issued")),
}  # fmt: skip
_ROMAN = {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ", "V": "Ⅴ"}
_WEEKDAYS = {
    "monday": Words("周一", "Monday"),
    "tuesday": Words("周二", "Tuesday"),
    "wednesday": Words("周三", "Wednesday"),
    "thursday": Words("周四", "Thursday"),
    "friday": Words("周五", "Friday"),
    "saturday": Words("周六", "Saturday"),
    "sunday": Words("周日", "Sunday"),
}
_RULE_DAYS = dict(zip(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), _WEEKDAYS.values(), strict=True))
_DAYS = {
    Days.WORKING: Words("每个工作日", "every working day"),
    Days.HOLIDAYS: Words("每个法定节假日", "every public holiday"),
    Days.BEFORE_HOLIDAYS: Words("每次放假前的最后一个工作日", "the last working day before every public holiday"),
}
_MOVED = {
    Moved.BEFORE: Words("遇休息日提前", "moved to the working day before"),
    Moved.AFTER: Words("遇休息日顺延", "moved to the working day after"),
}
# How an operator is said of numbers and spans, of instants, of what has an order (levels, ordered values).
_OF_NUMBERS = {
    "==": ("{left}为{right}", "{left} is {right}"),
    "!=": ("{left}不是{right}", "{left} is not {right}"),
    ">=": ("{left}达到{right}", "{left} is at least {right}"),
    ">": ("{left}超过{right}", "{left} is more than {right}"),
    "<": ("{left}不足{right}", "{left} is less than {right}"),
    "<=": ("{left}不超过{right}", "{left} is at most {right}"),
}
_OF_INSTANTS = _OF_NUMBERS | {
    ">=": ("{left}不早于{right}", "{left} is no earlier than {right}"),
    ">": ("{left}晚于{right}", "{left} is later than {right}"),
    "<": ("{left}早于{right}", "{left} is earlier than {right}"),
    "<=": ("{left}不晚于{right}", "{left} is no later than {right}"),
}
_OF_RANKS = _OF_NUMBERS | {
    ">=": ("{left}为{right}及以上", "{left} is {right} or higher"),
    ">": ("{left}高于{right}", "{left} is above {right}"),
    "<": ("{left}低于{right}", "{left} is below {right}"),
    "<=": ("{left}为{right}及以下", "{left} is {right} or lower"),
}
_OF_ELAPSED = _OF_NUMBERS | {
    ">=": ("{left}已满{right}", "at least {right} have passed since {left}"),
    ">": ("{left}已超过{right}", "more than {right} have passed since {left}"),
    "<": ("{left}不足{right}", "less than {right} have passed since {left}"),
    "<=": ("{left}未超过{right}", "at most {right} have passed since {left}"),
}


def fill(zh: str, en: str, /, **parts: Words | str | int) -> Words:
    """One sentence, or part of one, in both languages, with `parts` put in by name."""
    said = {key: part if isinstance(part, Words) else Words(str(part), str(part)) for key, part in parts.items()}
    return Words(
        zh.format(**{key: part.say("zh") for key, part in said.items()}),
        en.format(**{key: part.say("en") for key, part in said.items()}),
    )


def listed(parts: Iterable[Words], zh: str = "、", en: str = ", ") -> Words:
    """Several side by side: 甲、乙 / A, B."""
    each = list(parts)
    return Words(zh.join(part.say("zh") for part in each), en.join(part.say("en") for part in each))


def either(parts: Iterable[Words]) -> Words:
    return listed(parts, "或", " or ")


def quoted(words: Words) -> Words:
    """“甲”. Quotation marks within become single ones."""

    def inside(text: str) -> str:
        return text.replace("“", "‘").replace("”", "’")

    return Words(f"“{inside(words.say('zh'))}”", f"“{inside(words.say('en'))}”")


def span(length: Span, *, in_hours: bool = False) -> Words:
    """30分钟, 1小时30分钟, 5个工作日, 1年. `in_hours`: the plan writes 24 hours, not a day."""
    years, months = divmod(length.months, 12)
    parts = [
        _counted(years, "年", "year"),
        _counted(months, "个月", "month"),
        _counted(length.working_days, "个工作日", "working day"),
    ]
    rest = length.seconds
    for size, zh, en in ((86_400, "天", "day"), (3_600, "小时", "hour"), (60, "分钟", "minute"), (1, "秒", "second")):
        if size == 86_400 and in_hours:
            continue
        amount, rest = divmod(rest, size)
        parts.append(_counted(amount, zh, en))
    return listed([part for part in parts if part is not None] or [Words("0分钟", "0 minutes")], "", " ")


def _counted(amount: int, zh: str, en: str) -> Words | None:
    return Words(f"{amount}{zh}", f"{amount} {en}{'s' if amount != 1 else ''}") if amount else None


class Speaker:
    """Says what one edition says."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.fields: dict[str, Field] = {
            field.id: field for form in reversed(edition.forms.values()) for field in form.fields
        }

    # --- names

    def actor(self, id_: str) -> Words:
        return self.edition.actors[id_].name if id_ in self.edition.actors else Words(id_)

    def actors(self, ids: Iterable[str]) -> Words:
        return listed(self.actor(each) for each in ids)

    def task(self, id_: str) -> Words:
        return quoted(self.edition.tasks[id_].name if id_ in self.edition.tasks else Words(id_))

    def tasks(self, ids: Iterable[str]) -> Words:
        return listed((self.task(each) for each in ids), "", ", ")

    def level(self, scale_id: str, level_id: str) -> Words:
        """Ⅲ级 where the level is a Roman number, else its name: 黄色."""
        if level_id in _ROMAN:
            return Words(f"{_ROMAN[level_id]}级", f"level {level_id}")
        scale = self.edition.scales.get(scale_id)
        return (
            next((each.name for each in scale.levels if each.id == level_id), Words(level_id))
            if scale
            else Words(level_id)
        )

    def settled(self, id_: str) -> Words:
        """What a decision settles."""
        return ACTS.get(id_) or self.name(id_)

    def name(self, id_: str) -> Words:
        """What a name within an expression is called."""
        edition = self.edition
        if id_ in edition.settings:
            setting = edition.settings[id_]
            if setting.value is None:
                return setting.name
            return fill("{name}（{value}）", "{name} ({value})", name=setting.name, value=self.setting(id_))
        for elements in (edition.facts, edition.scales):
            if id_ in elements:
                return elements[id_].name
        if id_ in INSTANTS:
            return INSTANTS[id_]
        if id_ in _OTHER:
            return _OTHER[id_]
        for others in (edition.types, edition.actors, edition.tasks):
            if id_ in others:
                return others[id_].name
        return self._any_value(id_)

    def _any_value(self, id_: str) -> Words:
        """A value that stands where nothing tells whose it is: as the first that has it calls it."""
        choices = [choice for fact in self.edition.facts.values() for choice in fact.values]
        choices += [choice for field in self.fields.values() for choice in field.values]
        for choice in choices:
            if choice.id == id_:
                return choice.name
        for scale in self.edition.scales.values():
            if any(level.id == id_ for level in scale.levels):
                return self.level(scale.id, id_)
        return STAGES.get(id_, Words(id_))

    def setting(self, id_: str) -> Words:
        """The value of a setting with its unit."""
        setting = self.edition.settings[id_]
        said = self.value(setting.value)
        return fill("{value}{unit}", "{value} {unit}", value=said, unit=setting.unit) if setting.unit else said

    # --- expressions

    def value(self, given: Expression | None) -> Words:
        """A value, a moment or an anchor."""
        return NONE if given is None else _Saying(self, given.source).said(given.tree)

    def moment(self, given: Expression | None) -> Words:
        return NONE if given is None else _Saying(self, given.source).moment(given.tree)

    def limit(self, given: Expression | None) -> Words:
        """By when: 事发后1小时内 / within 1 hour of occurrence."""
        return NONE if given is None else _Saying(self, given.source).limit(given.tree)

    def condition(self, parts: Iterable[Expression]) -> Words:
        """When something holds, all parts together."""
        return listed((self.value(each) for each in parts), "，且", " and ")

    def node(self, tree: Node, source: str = "") -> Words:
        """One part of the expression that is written as `source`."""
        return _Saying(self, source).said(tree)

    def node_as_moment(self, tree: Node, source: str = "") -> Words:
        return _Saying(self, source).moment(tree)

    # --- recurrence

    def again(self, again: Again | None) -> Words:
        """每3个月一次，直到终止响应 / every 3 months, until the response has ended."""
        if again is None:
            return NONE
        parts: list[Words] = []
        if again.every is not None:
            parts.append(fill("每{span}一次", "every {span}", span=self.value(again.every)))
        if again.rule:
            parts.append(rule(again.rule))
        if again.days is not None:
            parts.append(_DAYS[again.days])
        if again.moved in _MOVED:
            parts.append(_MOVED[again.moved])
        if again.by:
            parts.append(fill("{by}前", "by {by}", by=again.by))
        if again.on:
            parts.append(fill("每当{tasks}完成", "whenever {tasks} is completed", tasks=self.tasks(again.on)))
        if again.least:
            parts.append(fill("至少{n}次", "at least {n} times", n=again.least))
        if again.until is not None:
            parts.append(fill("直到{until}", "until {until}", until=self.value(again.until)))
        return listed(parts, "，")


class _Saying:
    """Says one expression. `source` tells whether the plan writes 24 hours or a day."""

    def __init__(self, speaker: Speaker, source: str) -> None:
        self.speaker = speaker
        self.edition = speaker.edition
        self.source = source
        self.in_hours = {3_600 * int(each) for each in re.findall(r"\b(\d{1,9})h\b", source)}

    def limit(self, tree: Node) -> Words:
        match tree:
            case c.Sum("+", left, right):
                return fill(
                    "{anchor}后{span}内", "within {span} of {anchor}", anchor=self.moment(left), span=self.said(right)
                )
            case c.Call("end_of_day", (of,)):
                return fill("{anchor}当天", "by the end of the day of {anchor}", anchor=self.moment(of))
            case c.Call("next", (c.Name(day), of)):
                return fill(
                    "{anchor}起第一个{day}前", "by the first {day} after {anchor}",
                    day=_WEEKDAYS.get(day, Words(day)), anchor=self.moment(of),
                )  # fmt: skip
            case c.Call("earliest", many):
                return fill(
                    "{list}（以较早者为准）",
                    "{list} (whichever is earlier)",
                    list=either(self.limit(each) for each in many),
                )
            case c.Call("latest", many):
                return fill(
                    "{list}（以较晚者为准）",
                    "{list} (whichever is later)",
                    list=either(self.limit(each) for each in many),
                )
            case c.Choose(when, yes, no):
                return self._choice(when, self.limit(yes), self.limit(no))
        return fill("不晚于{moment}", "no later than {moment}", moment=self.moment(tree))

    def moment(self, tree: Node) -> Words:
        match tree:
            case c.Call("done", (c.Name(task),)):
                return fill("{task}完成", "the completion of {task}", task=self.speaker.task(task))
            case c.Call("received", (c.Name(task),)):
                return fill("收到{task}", "the receipt of {task}", task=self.speaker.task(task))
            case c.Call("confirmed", (c.Name(scale),)):
                return fill("{scale}确认", "the confirmation of {scale}", scale=quoted(self.speaker.name(scale)))
            case c.Call("first_known", (first, *rest)) if rest:
                return fill(
                    "{first}（不清楚时以{rest}为准）", "{first} (where not known: {rest})",
                    first=self.moment(first), rest=listed(self.moment(each) for each in rest),
                )  # fmt: skip
            case c.Call("first_known", (only,)):
                return self.moment(only)
            case c.Call("earliest", many):
                return fill("{list}中最早的", "the earliest of {list}", list=listed(self.moment(each) for each in many))
            case c.Call("latest", many):
                return fill("{list}中最晚的", "the latest of {list}", list=listed(self.moment(each) for each in many))
            case c.Call("end_of_day", (of,)):
                return fill("{of}当天结束时", "the end of the day of {of}", of=self.moment(of))
            case c.Call("next", (c.Name(day), of)):
                return fill(
                    "{of}起第一个{day}",
                    "the first {day} after {of}",
                    day=_WEEKDAYS.get(day, Words(day)),
                    of=self.moment(of),
                )
            case c.Sum("+", left, right) if self._is_instant(left):
                return fill("{left}后{right}", "{right} after {left}", left=self.moment(left), right=self.said(right))
            case c.Sum(_, left, right) if self._is_instant(left) and not self._is_instant(right):
                return fill("{left}前{right}", "{right} before {left}", left=self.moment(left), right=self.said(right))
            case c.Choose(when, yes, no):
                return self._choice(when, self.moment(yes), self.moment(no))
        return self.said(tree)

    def _choice(self, when: Node, yes: Words, no: Words) -> Words:
        return fill("{when}的，{yes}；否则{no}", "{yes} if {when}, else {no}", when=self.said(when), yes=yes, no=no)

    def said(self, tree: Node) -> Words:
        match tree:
            case c.Constant(bool() as given):
                return Words("是", "yes") if given else Words("否", "no")
            case c.Constant(Span() as given):
                return span(given, in_hours=given.seconds in self.in_hours)
            case c.Constant(given):
                return Words(str(given), str(given))
            case c.Name(id_):
                return self.speaker.name(id_)
            case c.FieldOf(_, field):
                return quoted(self.speaker.fields[field].name) if field in self.speaker.fields else Words(field)
            case c.ListOf(items):
                return either(self.said(each) for each in items)
            case c.Not(of):
                return self._not(of)
            case c.And(parts):
                return listed((self._part(each) for each in parts), "，且", " and ")
            case c.Or(parts):
                return self._or(parts)
            case c.Compare(operator, left, right):
                return self._compare(operator, left, right)
            case c.Sum(operator, left, right):
                return self._sum(operator, left, right)
            case c.Choose(when, yes, no):
                return self._choice(when, self.said(yes), self.said(no))
            case c.Call(function, arguments):
                return self._call(function, arguments, tree)

    def _part(self, tree: Node) -> Words:
        said = self.said(tree)
        return fill("（{said}）", "({said})", said=said) if isinstance(tree, c.Or | c.And | c.Choose) else said

    def _or(self, parts: Sequence[Node]) -> Words:
        """Types side by side are one phrase: 事件类型为甲或乙."""
        types: list[Words] = []
        others: list[Words] = []
        for part in parts:
            match part:
                case c.Compare("in", c.Name(type_), c.Name("types")) if type_ in self.edition.types:
                    types.append(self.edition.types[type_].name)
                case _:
                    others.append(self._part(part))
        if types:
            others.insert(0, fill("事件类型为{types}", "the type is {types}", types=either(types)))
        return listed(others, "，或", " or ")

    def _not(self, of: Node) -> Words:
        match of:
            case c.Call("known", (c.Name(id_),)) if id_ in _IS_KNOWN:
                return _IS_KNOWN[id_][1]
            case c.Call("known", (c.Call("done", (c.Name(task),)),)):
                return fill("{task}尚未完成", "{task} is not completed yet", task=self.speaker.task(task))
            case c.Call("known", (c.Call("received", (c.Name(task),)),)):
                return fill("尚未收到{task}", "{task} is not received yet", task=self.speaker.task(task))
            case c.Call("known", (asked,)):
                return fill("{asked}尚不清楚", "{asked} is not known yet", asked=self._asked(asked))
            case c.Name("working_hours"):
                return Words("不在工作时间", "it is outside working hours")
            case c.Name("holiday"):
                return Words("不是节假日", "it is no holiday")
            case c.Name(id_):
                return fill("不属于{name}", "not {name}", name=quoted(self.speaker.name(id_)))
            case c.Compare("==", left, right):
                return self._compare("!=", left, right)
            case c.Compare("!=", left, right):
                return self._compare("==", left, right)
        return fill("并非（{of}）", "not ({of})", of=self.said(of))

    def _asked(self, tree: Node) -> Words:
        return quoted(self.said(tree)) if isinstance(tree, c.Name) else self.said(tree)

    def _call(self, function: str, arguments: tuple[Node, ...], tree: Node) -> Words:
        match function, arguments:
            case "known", (c.Name(id_),) if id_ in _IS_KNOWN:
                return _IS_KNOWN[id_][0]
            case "known", (c.Name(id_),) if id_ in self.edition.scales:
                return fill("已确认{name}", "{name} is confirmed", name=quoted(self.speaker.name(id_)))
            case "known", (c.Call("done", (c.Name(task),)),):
                return fill("{task}已完成", "{task} is completed", task=self.speaker.task(task))
            case "known", (c.Call("received", (c.Name(task),)),):
                return fill("已收到{task}", "{task} is received", task=self.speaker.task(task))
            case "known", (c.Call("confirmed", (c.Name(scale),)),):
                return fill("已确认{name}", "{name} is confirmed", name=quoted(self.speaker.name(scale)))
            case "known", (asked,):
                return fill("{asked}已知", "{asked} is known", asked=self._asked(asked))
            case "count", (of,):
                return fill("{of}的数量", "the number of {of}", of=self._asked(of))
            case "elapsed", (of,):
                return fill("{of}后经过的时间", "the time since {of}", of=self.moment(of))
            case "done_by", (c.Name(task),):
                return fill("完成{task}的人", "who completed {task}", task=self.speaker.task(task))
        return self.moment(tree)

    def _sum(self, operator: str, left: Node, right: Node) -> Words:
        if self._is_instant(left) and self._is_instant(right):
            return fill(
                "从{right}到{left}的时间",
                "the time from {right} to {left}",
                left=self.moment(left),
                right=self.moment(right),
            )
        if self._is_instant(left):
            return self.moment(c.Sum(operator, left, right))
        if operator == "+":
            return fill("{left}加{right}", "{left} plus {right}", left=self.said(left), right=self.said(right))
        return fill("{left}减{right}", "{left} minus {right}", left=self.said(left), right=self.said(right))

    def _compare(self, operator: str, left: Node, right: Node) -> Words:
        if isinstance(right, c.Constant) and isinstance(right.value, bool) and operator in ("==", "!="):
            if isinstance(left, c.Name | c.FieldOf):
                given = right.value == (operator == "==")
                return fill(
                    "{left}为{given}", "{left} is {given}", left=self.said(left), given=self.said(c.Constant(given))
                )
            return self.said(left) if right.value == (operator == "==") else self._not(left)
        if operator == "in":
            if isinstance(right, c.ListOf):
                values = either(self._value(left, each) for each in right.items)
                return fill("{left}为{values}", "{left} is {values}", left=self.said(left), values=values)
            value = self._value(right, left)
            if right == c.Name("types"):
                return fill("事件类型为{value}", "the type is {value}", value=value)
            return fill("{set}包括{value}", "{set} includes {value}", set=self.said(right), value=value)
        if isinstance(left, c.Call) and left.function == "elapsed" and operator in (">", ">=", "<", "<="):
            zh, en = _OF_ELAPSED[operator]
            return fill(zh, en, left=self.moment(left.arguments[0]), right=self.said(right))
        manner = _OF_RANKS if self._has_ranks(left) else _OF_INSTANTS if self._is_instant(left) else _OF_NUMBERS
        zh, en = manner[operator]
        return fill(zh, en, left=self.said(left), right=self._value(left, right))

    def _value(self, beside: Node, given: Node) -> Words:
        """A value as the thing beside it calls its values, numbers with its unit: 全市 for `impact == city`."""
        match beside:
            case c.Name(id_):
                fact = self.edition.facts.get(id_)
                choices, unit = (fact.values, fact.unit) if fact is not None else ((), None)
                setting = self.edition.settings.get(id_)
                unit = setting.unit if setting is not None else unit
                if isinstance(given, c.Name) and id_ in self.edition.scales:
                    return self.speaker.level(id_, given.id)
                if isinstance(given, c.Name) and id_ == "stage":
                    return STAGES.get(given.id, self.said(given))
                if isinstance(given, c.Name) and id_ == "types" and given.id in self.edition.types:
                    return self.edition.types[given.id].name
            case c.FieldOf(_, field) if field in self.speaker.fields:
                choices, unit = self.speaker.fields[field].values, None
            case _:
                return self.said(given)
        if isinstance(given, c.Name | c.Constant):
            key = given.id if isinstance(given, c.Name) else given.value
            named = next((choice.name for choice in choices if choice.id == key), None)
            if named is not None:
                return named
            if unit is not None and isinstance(key, int | float) and not isinstance(key, bool):
                return fill("{key}{unit}", "{key} {unit}", key=str(key), unit=unit)
        return self.said(given)

    def _has_ranks(self, tree: Node) -> bool:
        if not isinstance(tree, c.Name):
            return False
        fact = self.edition.facts.get(tree.id)
        return tree.id in self.edition.scales or tree.id == "stage" or (fact is not None and fact.type == "enum")

    def _is_instant(self, tree: Node) -> bool:
        match tree:
            case c.Name(id_):
                fact = self.edition.facts.get(id_)
                return id_ in INSTANTS or (fact is not None and fact.type in ("instant", "date"))
            case c.FieldOf(_, field):
                return field in self.speaker.fields and self.speaker.fields[field].type in ("instant", "date")
            case c.Call("first_known" | "earliest" | "latest", (first, *_)):
                return self._is_instant(first)
            case c.Call(function, _):
                return function in ("done", "received", "confirmed", "end_of_day", "next")
            case c.Sum(_, left, right):
                return self._is_instant(left) and not self._is_instant(right)
            case c.Choose(_, yes, _):
                return self._is_instant(yes)
        return False


def choices(values: Iterable[Choice]) -> Words:
    return listed(choice.name for choice in values)


_BY_DAY = re.compile(r"([+-]?\d+)?(MO|TU|WE|TH|FR|SA|SU)")
_FREQUENCIES = {
    "DAILY": (Words("每天", "every day"), "天", "days"),
    "WEEKLY": (Words("每周", "every week"), "周", "weeks"),
    "MONTHLY": (Words("每月", "every month"), "个月", "months"),
    "YEARLY": (Words("每年", "every year"), "年", "years"),
}


def rule(text: str) -> Words:
    """A rule of RFC 5545 in words: 每周周五, 每3个月15日. What is beyond the usual parts is shown as it is written."""
    parts = dict(part.split("=", 1) for part in text.removeprefix("RRULE:").split(";") if "=" in part)
    if parts.get("FREQ") not in _FREQUENCIES or parts.keys() - {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH"}:
        return fill("按日历规则{text}", "by the rule {text}", text=text)
    words, zh, en = _FREQUENCIES[parts["FREQ"]]
    interval = parts.get("INTERVAL", "1")
    said = words if interval == "1" else Words(f"每{interval}{zh}", f"every {interval} {en}")
    if "BYMONTH" in parts:
        months = parts["BYMONTH"].split(",")
        said = fill("{said}{zh}月", "{said} in month {en}", said=said, zh="、".join(months), en=", ".join(months))
    if "BYMONTHDAY" in parts:
        days = listed(
            Words("最后一天", "the last day") if day == "-1" else Words(f"{day}日", f"day {day}")
            for day in parts["BYMONTHDAY"].split(",")
        )
        said = fill("{said}{days}", "{said} on {days}", said=said, days=days)
    if "BYDAY" in parts:
        days = listed(_nth(*match.groups("")) for match in _BY_DAY.finditer(parts["BYDAY"]))
        said = fill("{said}{days}", "{said} on {days}", said=said, days=days)
    return said


def _nth(number: str, day: str) -> Words:
    name = _RULE_DAYS[day]
    if not number:
        return name
    if number.startswith("-"):
        return fill("倒数第{n}个{day}", "{day} {n} from the end", n=number[1:], day=name)
    return fill("第{n}个{day}", "{day} number {n}", n=number.lstrip("+"), day=name)
