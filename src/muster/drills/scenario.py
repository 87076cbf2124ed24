"""What a scenario says, once it has been read, and the table of its words: inputs, expectations, their arguments."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from msgspec import Struct

from muster.drills.instants import When
from muster.plans.model import Words


class Kind(StrEnum):
    """What an argument takes. One name alone stands for a list of one."""

    TEXT = "text"
    TEXTS = "texts"
    ACTOR = "actor"
    ACTORS = "actors"
    UNIT = "unit"  # the instance of a task: an actor, a unit bound in the case, or a registered party
    TASK = "task"
    TASKS = "tasks"
    NAME = "name"  # a level, a colour, a stage, a fact
    NAMES = "names"
    INSTANT = "instant"
    FLAG = "flag"
    VALUE = "value"
    VALUES = "values"  # facts or form fields with their values
    UNITS = "units"  # case-filled actors with who fills them
    PARTIES = "parties"
    LEVELS = "levels"  # a level of the main scale, or scales with their levels
    PROPOSED = "proposed"
    DUES = "dues"  # tasks with instants
    SPANS = "spans"  # tasks with lengths of time
    REFUSED = "refused"


class Verb(Struct, frozen=True, kw_only=True):
    """One kind of input: what it is called, what it may and what it must say besides `by`."""

    name: Words
    takes: dict[str, Kind]
    needs: tuple[str, ...] = ()


TASK: dict[str, Kind] = {"task": Kind.TASK, "for": Kind.UNIT}

VERBS: dict[str, Verb] = {
    "report": Verb(
        name=Words("接报", "report"),
        takes={
            "type": Kind.NAMES, "occurred": Kind.INSTANT, "detected": Kind.INSTANT, "place": Kind.TEXT,
            "title": Kind.TEXT, "summary": Kind.TEXT, "facts": Kind.VALUES, "parties": Kind.PARTIES,
            "units": Kind.UNITS, "source": Kind.TEXT,
        },
    ),
    "propose": Verb(
        name=Words("建议预警", "propose a warning"),
        takes={
            "colour": Kind.NAME, "title": Kind.TEXT, "contents": Kind.VALUES, "reason": Kind.TEXT,
            "units": Kind.UNITS, "facts": Kind.VALUES,
        },
        needs=("colour",),
    ),
    "open": Verb(
        name=Words("登记隐患或常态工作", "open a hazard or a standing duty"),
        takes={
            "kind": Kind.TEXT, "title": Kind.TEXT, "summary": Kind.TEXT, "task": Kind.TASK, "facts": Kind.VALUES,
            "units": Kind.UNITS,
        },
        needs=("kind",),
    ),
    "assess": Verb(
        name=Words("研判", "assess"),
        takes={"facts": Kind.VALUES, "types": Kind.NAMES, "drop_types": Kind.NAMES, "note": Kind.TEXT},
    ),
    "correct": Verb(
        name=Words("更正", "correct"),
        takes={
            "occurred": Kind.INSTANT, "detected": Kind.INSTANT, "reported": Kind.INSTANT, "verified": Kind.INSTANT,
            "facts": Kind.VALUES, "reason": Kind.TEXT,
        },
    ),
    "confirm": Verb(
        name=Words("确认级别", "confirm the level"),
        takes={"level": Kind.NAME, "scale": Kind.TEXT, "reason": Kind.TEXT, "task": Kind.TASK},
        needs=("level",),
    ),
    "start": Verb(name=Words("启动响应", "start the response"), takes={"note": Kind.TEXT, "reason": Kind.TEXT}),
    "end": Verb(name=Words("终止响应", "end the response"), takes={"reason": Kind.TEXT, "note": Kind.TEXT}),
    "review": Verb(name=Words("开始评估", "begin the review"), takes={"note": Kind.TEXT}),
    "close": Verb(name=Words("归档", "close"), takes={"note": Kind.TEXT, "reason": Kind.TEXT}),
    "reopen": Verb(name=Words("重新开启", "reopen"), takes={"reason": Kind.TEXT}),
    "dismiss": Verb(name=Words("作误报处理", "dismiss"), takes={"reason": Kind.TEXT}),
    "hand_over": Verb(
        name=Words("移交", "hand over"), takes={"to": Kind.TEXT, "reason": Kind.TEXT}, needs=("to",)
    ),
    "merge": Verb(
        name=Words("并入其他事项", "merge into another case"),
        takes={"into": Kind.TEXT, "reason": Kind.TEXT},
        needs=("into",),
    ),
    "absorb": Verb(
        name=Words("并入另一报告", "take over another report"),
        takes={"other": Kind.TEXT, "title": Kind.TEXT, "summary": Kind.TEXT, "facts": Kind.VALUES},
        needs=("other",),
    ),
    "seal": Verb(name=Words("转涉密程序", "seal"), takes={"reference": Kind.TEXT}, needs=("reference",)),
    "take": Verb(name=Words("接办", "take"), takes={**TASK, "note": Kind.TEXT}, needs=("task",)),
    "complete": Verb(
        name=Words("完成", "complete"),
        takes={
            **TASK, "note": Kind.TEXT, "fields": Kind.VALUES, "value": Kind.VALUE, "evidence": Kind.TEXTS,
            "reason": Kind.TEXT, "done_at": Kind.INSTANT, "to": Kind.ACTORS,
        },
        needs=("task",),
    ),
    "decide": Verb(
        name=Words("决定", "decide"),
        takes={**TASK, "value": Kind.VALUE, "note": Kind.TEXT, "fields": Kind.VALUES, "reason": Kind.TEXT},
        needs=("task", "value"),
    ),
    "arrive": Verb(
        name=Words("到达", "arrive"), takes={**TASK, "note": Kind.TEXT, "done_at": Kind.INSTANT}, needs=("task",)
    ),
    "decline": Verb(name=Words("不办", "decline"), takes={**TASK, "reason": Kind.TEXT}, needs=("task",)),
    "waive": Verb(name=Words("免办", "waive"), takes={**TASK, "reason": Kind.TEXT}, needs=("task",)),
    "add_task": Verb(
        name=Words("增加措施", "add a measure"),
        takes={"name": Kind.TEXT, "who": Kind.ACTOR, "due": Kind.INSTANT, "reason": Kind.TEXT},
        needs=("name", "who"),
    ),
    "draft": Verb(
        name=Words("起草", "draft"), takes={**TASK, "fields": Kind.VALUES, "note": Kind.TEXT}, needs=("task",)
    ),
    "approve": Verb(
        name=Words("批准", "approve"),
        takes={**TASK, "note": Kind.TEXT, "reason": Kind.TEXT, "colour": Kind.NAME},
    ),
    "return": Verb(name=Words("退回", "return"), takes={**TASK, "reason": Kind.TEXT, "colour": Kind.NAME}),
    "send": Verb(
        name=Words("报送", "send"),
        takes={**TASK, "note": Kind.TEXT, "reason": Kind.TEXT, "evidence": Kind.TEXTS, "to": Kind.ACTORS},
        needs=("task",),
    ),
    "publish": Verb(
        name=Words("发布", "publish"), takes={**TASK, "note": Kind.TEXT, "fields": Kind.VALUES, "reason": Kind.TEXT},
        needs=("task",),
    ),
    "acknowledge": Verb(name=Words("签收、应答", "acknowledge"), takes={**TASK, "note": Kind.TEXT}, needs=("task",)),
    "sign": Verb(
        name=Words("签字", "sign"),
        takes={**TASK, "signer": Kind.UNIT, "refused": Kind.FLAG, "reason": Kind.TEXT},
        needs=("task",),
    ),
    "appoint": Verb(
        name=Words("指定", "appoint"),
        takes={"post": Kind.ACTOR, "to": Kind.ACTORS, "task": Kind.TASK},
        needs=("post", "to"),
    ),
    "register": Verb(
        name=Words("登记外部方", "register a party"),
        takes={"party": Kind.ACTOR, "name": Kind.TEXT, "ref": Kind.TEXT, "fields": Kind.VALUES},
        needs=("party",),
    ),
    "withdraw": Verb(
        name=Words("撤销登记", "withdraw a party"),
        takes={"party": Kind.ACTOR, "name": Kind.TEXT, "ref": Kind.TEXT, "reason": Kind.TEXT},
        needs=("party",),
    ),
    "agree_due": Verb(
        name=Words("商定时限", "agree on another date"),
        takes={**TASK, "due": Kind.INSTANT, "evidence": Kind.TEXTS, "reason": Kind.TEXT},
        needs=("task", "due"),
    ),
    "direct": Verb(
        name=Words("批示、督办、抄告", "direct"),
        takes={"to": Kind.ACTORS, "text": Kind.TEXT, "kind": Kind.TEXT, "reply": Kind.FLAG, "task": Kind.TASK},
        needs=("to", "text"),
    ),
    "jot": Verb(
        name=Words("补记", "jot down"), takes={"text": Kind.TEXT, "happened": Kind.INSTANT}, needs=("text",)
    ),
    "adjust": Verb(
        name=Words("调整预警", "adjust the warning"),
        takes={"colour": Kind.NAME, "contents": Kind.VALUES, "reason": Kind.TEXT},
        needs=("colour",),
    ),
    "issue": Verb(
        name=Words("发布预警", "issue the warning"),
        takes={"colour": Kind.NAME, "contents": Kind.VALUES, "note": Kind.TEXT, "reason": Kind.TEXT},
    ),
    "lift": Verb(
        name=Words("解除预警", "lift the warning"), takes={"colour": Kind.NAME, "reason": Kind.TEXT, "note": Kind.TEXT}
    ),
}  # fmt: skip

# The verbs that open a case, with the kind of case; `open` says its kind itself.
OPENINGS: dict[str, str] = {"report": "incident", "propose": "warning", "open": ""}

# Other spellings that people use for an argument.
SPELLINGS: dict[tuple[str, str], str] = {("report", "types"): "type", ("assess", "type"): "types"}

EXPECTATIONS: dict[str, Kind] = {
    "stage": Kind.NAME,
    "level": Kind.LEVELS,
    "colour": Kind.NAME,
    "types": Kind.NAMES,
    "lead": Kind.ACTORS,
    "proposed": Kind.PROPOSED,
    "question": Kind.NAME,
    "owed": Kind.TASKS,
    "not_owed": Kind.TASKS,
    "done": Kind.TASKS,
    "terminated": Kind.TASKS,
    "due": Kind.DUES,
    "overdue": Kind.TASKS,
    "met": Kind.TASKS,
    "late": Kind.SPANS,
    "told": Kind.ACTORS,
    "not_told": Kind.ACTORS,
    "refused": Kind.REFUSED,
    "papers": Kind.TASKS,
    "missed": Kind.TASKS,
    "closed_by": Kind.TEXT,
}

# What people write where there is no level, no colour, no question.
NOTHING = ("none", "无", "没有")


class Party(Struct, frozen=True):
    """A party that is registered with the report."""

    party: str
    name: str = ""
    ref: str = ""


class Proposed(Struct, frozen=True):
    """What the grading proposes: `value` "" for nothing; `scale` "" for the main scale; None where `because` is not
    asked about."""

    value: str
    scale: str = ""
    because: tuple[str, ...] | None = None


class Input(Struct, frozen=True, kw_only=True):
    """What somebody does at an instant. `number` is its position in the file, from 0; `line` where it stands."""

    number: int
    line: int = 0
    at: When
    verb: str
    by: str
    arguments: dict[str, Any]


class Expectation(Struct, frozen=True, kw_only=True):
    """What must hold at an instant; `for_` names the instance where a clock or task word could mean several."""

    number: int
    line: int = 0
    at: When
    words: dict[str, Any]
    for_: str = ""
    says: str = ""


class Scenario(Struct, frozen=True, kw_only=True):
    """One scenario file. `starts` is absolute; `sheet` names the stories of the fact sheet that it tells."""

    id: str
    plan: str
    title: Words
    starts: When
    text: Words | None = None
    sheet: tuple[str, ...] = ()
    inputs: tuple[Input, ...]
    expectations: tuple[Expectation, ...] = ()
