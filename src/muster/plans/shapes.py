"""The shape of everything a plan file may hold: one table.

The reader, the JSON Schema and the reference page are all driven by it, so that they cannot differ. A shape is a kind
of element; each of its keys says which kind of value it takes, whether it must be there, what it may refer to, and
what it means in both languages.
"""

from __future__ import annotations

from enum import StrEnum
from typing import get_args

from msgspec import Struct

from muster.plans.model import (
    CaseKind,
    Days,
    FactType,
    FieldType,
    Filled,
    Mode,
    Moved,
    RightName,
    Stage,
    TaskKind,
    Words,
)


class Kind(StrEnum):
    """What stands at a key."""

    TEXT = "text"  # one line or several, in one language: a citation, a clock time, 立即
    WORDS = "words"  # Chinese, or {zh, en}
    ID = "id"
    EXPRESSION = "expression"
    CRITERION = "criterion"  # an expression, or the word `judgement`
    FLAG = "flag"  # true or false
    COUNT = "count"  # a whole number, 0 or more
    CHOICE = "choice"  # one word of a list
    CHOICES = "choices"  # several of them
    REFERENCE = "reference"  # the id of an element
    REFERENCES = "references"
    SOURCE = "source"  # a fact, an instant of the case, or form.field
    TEXTS = "texts"
    CLOCK_TIME = "clock time"  # "08:30", to "24:00"
    RECURRENCE = "recurrence"  # FREQ=WEEKLY;BYDAY=FR, as RFC 5545 writes it
    SEATS = "seats"  # 3, "2..", "1..2"
    VALUES = "values"  # [a, b] or {a: words}
    ELEMENT = "element"  # one element without an id
    ELEMENTS = "elements"  # id → element, in this order
    ROWS = "rows"  # elements with their ids inside, or id → element
    LIST = "list"  # elements without ids, in this order
    BINDINGS = "bindings"  # id → id
    RIGHTS = "rights"  # name of a right → elements without ids
    TASKS = "tasks"  # id → task or group


class Sort(StrEnum):
    """What a reference may name."""

    ACTOR = "actor"
    POST = "post"
    BODY = "body"
    PARTY = "party"
    TASK = "task"
    FORM = "form"
    SCALE = "scale"
    SETTING = "setting"
    SETTLED = "settled"  # a fact, a scale, `types`, or start, end, lift
    ROWS = "rows"  # cases, tasks or a party
    LEVEL = "level"  # of the scale around it


class Gives(StrEnum):
    """What an expression has to give."""

    TRUTH = "truth"
    INSTANT = "instant"
    SPAN = "span"
    VALUE = "value"  # of the type written beside it


class Key(Struct, frozen=True):
    """One key of a shape. `zh` and `en` say what it means."""

    name: str
    kind: Kind
    zh: str
    en: str
    required: bool = False
    refers: Sort | None = None
    words: tuple[str, ...] = ()  # of a choice
    shape: str = ""  # of elements
    gives: Gives | None = None  # of an expression


class Shape(Struct, frozen=True):
    """One kind of element. `brief` is the key that a bare text stands for, where that is allowed."""

    id: str
    name: Words
    text: Words
    keys: dict[str, Key]
    brief: str = ""


def _shape(id_: str, zh: str, en: str, text_zh: str, text_en: str, *keys: Key, brief: str = "") -> Shape:
    return Shape(id_, Words(zh, en), Words(text_zh, text_en), {key.name: key for key in keys}, brief)


NAME = Key("name", Kind.WORDS, "名称", "What it is called. Where it is missing, the id is shown.")
TEXT = Key("text", Kind.WORDS, "说明：值班人员看到的一两句话", "What a duty officer reads about it: a sentence or two.")
CITE = Key("cite", Kind.TEXT, "书面预案中的条款", "The article of the written plan that it comes from.")
SHEET = Key(
    "sheet",
    Kind.TEXTS,
    "事实清单中的编号",
    "Its ids in the fact sheet of the written plan: several where it is said twice.",
)
COMMON = (NAME, TEXT, CITE, SHEET)
CITED = (CITE, SHEET)

# A setting is written as a constant, and instants, dates and values of an enum have none.
SETTING_TYPES = ("bool", "int", "number", "money", "duration", "text")

_SEATS = Key("seats", Kind.SEATS, "人数：3、“2..”、“1..2”", 'How many hold it: 3, "2.." (at least two), "1..2".')
_MANY = Key("many", Kind.FLAG, "同一事项中可有多个", "Several of the kind can be concerned in one case.")
_AMONG = Key(
    "among", Kind.REFERENCES, "从哪些里面确定", "The actors that one filled per case is chosen from.", refers=Sort.ACTOR
)
_HELD_BY = Key("held_by", Kind.WORDS, "由谁担任（按书面预案）", "Who holds it, in the words of the written plan.")
_STANDS_IN = Key(
    "stands_in_for",
    Kind.REFERENCES,
    "代行哪些岗位的职责",
    "The posts it stands in for when they cannot act.",
    refers=Sort.ACTOR,
)
_DUTIES = Key(
    "duties",
    Kind.ELEMENTS,
    "没有时限、不可勾选完成的职责",
    "Responsibilities without a clock and nothing to complete.",
    shape="duty",
)


def _filled(*words: Filled) -> Key:
    return Key(
        "filled",
        Kind.CHOICE,
        "怎样产生：常设、值班、随响应成立、每次确定",
        "How it is filled: always (standing), whoever is on shift (roster), with the response, named per case.",
        words=tuple(word.value for word in words),
    )


def _section(name: CaseKind, key: str, zh: str, en: str) -> Key:
    return Key(key, Kind.TASKS, zh, en, shape="task")


# Sections of a plan that hold tasks: key in the file → kind of case that runs them.
TASK_SECTIONS: dict[str, CaseKind] = {
    "tasks": CaseKind.INCIDENT,
    "warning": CaseKind.WARNING,
    "standing": CaseKind.STANDING,
    "hazard": CaseKind.HAZARD,
}
SECTION_KEY: dict[CaseKind, str] = {kind: key for key, kind in TASK_SECTIONS.items()}

_SECTIONS = (
    Key(
        "settings",
        Kind.ELEMENTS,
        "单位可以自行规定的数值",
        "Values an organisation may set for itself.",
        shape="setting",
    ),
    Key("posts", Kind.ELEMENTS, "岗位", "Posts: responsibilities that persons hold.", shape="post"),
    Key("bodies", Kind.ELEMENTS, "机构、工作组", "Bodies: a chair and members.", shape="body"),
    Key("parties", Kind.ELEMENTS, "外部方", "Parties: somebody outside the organisation.", shape="party"),
    Key("facts", Kind.ELEMENTS, "研判要素", "Typed questions about a case, unknown until answered.", shape="fact"),
    Key("types", Kind.ELEMENTS, "事件类型，一个事件可有多种", "Types of incident; one can have several.", shape="type"),
    Key("scales", Kind.ELEMENTS, "等级体系", "Ordered classifications with their criteria.", shape="scale"),
    Key("rights", Kind.RIGHTS, "权限：谁在什么条件下可以做什么", "Who may do what to a case, and when.", shape="right"),
    Key("forms", Kind.ELEMENTS, "表单", "Forms, as the plan names them.", shape="form"),
    _section(CaseKind.INCIDENT, "tasks", "突发事件的任务", "Tasks of an incident."),
    _section(CaseKind.WARNING, "warning", "预警的任务", "Tasks of a warning."),
    _section(CaseKind.STANDING, "standing", "常态工作", "Standing duties."),
    _section(CaseKind.HAZARD, "hazard", "隐患的任务", "Tasks of a hazard, until it is rectified."),
    Key("guidance", Kind.ELEMENTS, "工作提示", "Advice that stands beside the work.", shape="guidance"),
    Key("resources", Kind.ELEMENTS, "应急资源", "What must be at hand.", shape="resource"),
    Key(
        "excluded",
        Kind.ELEMENTS,
        "不执行的内容及合法做法",
        "What the written plan asks and Muster does not do.",
        shape="excluded",
    ),
    Key("readings", Kind.ELEMENTS, "对不明确之处的理解", "How unclear passages are read here.", shape="reading"),
    Key(
        "suppress",
        Kind.LIST,
        "经说明而保留的检查结果",
        "Findings of the check that stand, with the reason.",
        shape="suppression",
    ),
)

_BASE: tuple[Shape, ...] = (
    _shape(
        "plan",
        "预案",
        "plan",
        "一份预案的一个版本：整个文件。",
        "One edition of a plan: the whole file.",
        Key("id", Kind.ID, "预案的标识", "The id of the plan, the same in all its editions.", required=True),
        Key("title", Kind.WORDS, "预案全称", "The title of the written plan.", required=True),
        Key("edition", Kind.TEXT, "版本", "The name of this edition, mostly its date.", required=True),
        Key("timezone", Kind.TEXT, "时区", "IANA time zone; Asia/Shanghai where it is missing."),
        Key("issuer", Kind.WORDS, "印发单位", "Who issued it."),
        TEXT,
        CITE,
        SHEET,
        Key("scope", Kind.EXPRESSION, "适用范围", "What makes a matter one for this plan.", gives=Gives.TRUTH),
        Key(
            "stages",
            Kind.CHOICES,
            "使用哪些阶段",
            "The stages it uses, in their order; all where it is missing.",
            words=tuple(stage.value for stage in Stage),
        ),
        Key(
            "duty_post",
            Kind.REFERENCE,
            "最后由谁兜底：逾期无人确认时通知的岗位",
            "The actor that a clock nobody acknowledges climbs to last.",
            refers=Sort.ACTOR,
        ),
        Key("include", Kind.LIST, "引用的法规模块", "Regulation packs whose elements are added.", shape="include"),
        *_SECTIONS,
    ),
    _shape(
        "pack",
        "法规模块",
        "regulation pack",
        "可被多个预案引用的一部分，例如某部法规的报告时限。",
        "A part that several plans include, such as the reporting clocks of a law.",
        Key("id", Kind.ID, "模块的标识", "The id of the pack.", required=True),
        Key("title", Kind.WORDS, "名称", "Its title."),
        TEXT,
        CITE,
        SHEET,
        *_SECTIONS,
    ),
    _shape(
        "include",
        "引用",
        "inclusion",
        "引用一个法规模块，并写明由本预案的谁承担。",
        "A regulation pack that the plan takes in, and which of the plan's own answers for what in it.",
        Key("pack", Kind.ID, "模块", "The id of the pack.", required=True),
        Key(
            "as",
            Kind.BINDINGS,
            "模块中的岗位：本预案的岗位",
            "Which actor of the plan stands for which of the pack; the others are added as they are.",
        ),
        Key(
            "same",
            Kind.BINDINGS,
            "模块中的任务：本预案的任务（同一义务，从严计时）",
            "Which task of the plan is the same duty as which of the pack: the stricter clock holds, both are cited.",
        ),
        Key("only", Kind.TEXTS, "只引用这些任务", "Only these tasks of the pack; all where it is missing."),
        brief="pack",
    ),
    _shape(
        "setting",
        "参数",
        "setting",
        "单位可以自行规定而不必修订预案的数值。",
        "A value that an organisation may change without a new edition of the written plan.",
        *COMMON,
        Key("type", Kind.CHOICE, "类型", "Its type.", required=True, words=SETTING_TYPES),
        Key(
            "value",
            Kind.EXPRESSION,
            "取值；不写表示单位尚未规定，依它计算的时限不开始",
            "Its value: a number, a span such as 3mo, true or false, or a text. Without one it is not known: the "
            "organisation has not set it yet, and clocks that need it are unset.",
            gives=Gives.VALUE,
        ),
        Key("unit", Kind.WORDS, "单位", "The unit it is counted in."),
    ),
    _shape(
        "post",
        "岗位",
        "post",
        "预案点名的责任岗位，由人担任，可有副手顶替。",
        "A responsibility that the plan names; persons hold it, deputies stand in.",
        *COMMON,
        _HELD_BY,
        _filled(Filled.STANDING, Filled.ROSTER, Filled.CASE),
        _STANDS_IN,
        _SEATS,
        _MANY,
        _AMONG,
        _DUTIES,
    ),
    _shape(
        "body",
        "机构",
        "body",
        "领导小组、办公室、工作组、成员单位：有负责人和成员。",
        "A leading group, its office, a working group, a member unit: a chair and members.",
        *COMMON,
        _HELD_BY,
        _filled(*Filled),
        _STANDS_IN,
        _SEATS,
        _MANY,
        _AMONG,
        _DUTIES,
        Key("chair", Kind.REFERENCE, "负责人", "The actor that leads it.", refers=Sort.ACTOR),
        Key("deputies", Kind.REFERENCES, "副职", "Who stands in for the chair, in this order.", refers=Sort.ACTOR),
        Key("members", Kind.REFERENCES, "成员", "Its members: posts, bodies, parties.", refers=Sort.ACTOR),
        Key("part_of", Kind.REFERENCE, "隶属于", "The body it belongs to.", refers=Sort.BODY),
    ),
    _shape(
        "party",
        "外部方",
        "party",
        "本单位之外的人或单位：投诉人、上级、公安、媒体。",
        "Somebody outside: a complainant, the province, the police, a newspaper.",
        *COMMON,
        _MANY,
        Key("personal", Kind.FLAG, "自然人，其资料受保护", "A natural person, whose data is protected."),
    ),
    _shape(
        "duty",
        "职责",
        "duty",
        "没有时限、不可勾选完成的职责；可以只写一句话。",
        "A responsibility without a clock; a bare sentence will do.",
        Key("text", Kind.WORDS, "职责内容", "What the actor is responsible for.", required=True),
        *CITED,
        brief="text",
    ),
    _shape(
        "fact",
        "研判要素",
        "fact",
        "关于事项的一个有类型的问题，未回答即为未知；写了 is 的由系统推算。",
        "A typed question about a case, unknown until it is answered; with `is`, computed and never typed in.",
        *COMMON,
        Key("type", Kind.CHOICE, "类型", "Its type.", required=True, words=get_args(FactType)),
        Key("ask", Kind.WORDS, "怎样提问", "The question as it is put to a person."),
        Key("values", Kind.VALUES, "可选的值", "The values of an enum or a set: a list of ids, or id: name."),
        Key("ordered", Kind.FLAG, "各值由低到高排列，可比较大小", "Its values ascend, so < and > compare them."),
        Key("unit", Kind.WORDS, "单位", "The unit it is counted in."),
        Key("is", Kind.EXPRESSION, "推算公式", "How it is computed from other facts and instants.", gives=Gives.VALUE),
        Key("personal", Kind.FLAG, "个人信息", "Personal data: kept apart and readable for few."),
    ),
    _shape(
        "type",
        "事件类型",
        "type of incident",
        "一个事件可以有多种类型，也可以中途增加。",
        "An incident can have several, and gain one later. `when` only proposes; a person sets types.",
        *COMMON,
        Key("when", Kind.EXPRESSION, "满足时建议认定", "Proposes the type while it holds.", gives=Gives.TRUTH),
        brief="name",
    ),
    _shape(
        "scale",
        "等级体系",
        "scale",
        "由低到高排列的等级及其标准；符合多个时取最高。",
        "Levels from low to high with their criteria; the highest that is met is proposed, a person confirms.",
        *COMMON,
        Key(
            "of",
            Kind.CHOICE,
            "用于哪类事项",
            "The kind of case it classifies; incident where it is missing.",
            words=tuple(kind.value for kind in CaseKind),
        ),
        Key(
            "levels",
            Kind.ROWS,
            "等级，由低到高",
            "The levels, lowest first: a list of ids, or id: level.",
            required=True,
            shape="level",
        ),
        Key("when", Kind.EXPRESSION, "何时使用", "The scale is used only while this holds.", gives=Gives.TRUTH),
        Key(
            "suggests",
            Kind.REFERENCE,
            "供研判另一体系的等级时参考，不代替研判",
            "Another scale for whose level it is a hint, shown to whoever judges; it sets nothing.",
            refers=Sort.SCALE,
        ),
        Key("form", Kind.REFERENCE, "发布所用的表单", "The form of the notice that issues a level.", refers=Sort.FORM),
        Key("criteria", Kind.ROWS, "标准：任一符合即可", "Grounds for a level; any one suffices.", shape="criterion"),
    ),
    _shape(
        "level",
        "等级",
        "level",
        "等级体系中的一级。",
        "One level of a scale; a bare text is its name.",
        *COMMON,
        Key(
            "hue",
            Kind.CHOICE,
            "颜色：I 红、II 橙、III 黄、IV 蓝",
            "Its colour: I red, II orange, III yellow, IV blue.",
            words=("I", "II", "III", "IV"),
        ),
        brief="name",
    ),
    _shape(
        "criterion",
        "分级标准",
        "criterion",
        "认定某一级的一条充分理由；judgement 表示由人判断。",
        "One sufficient ground for a level. `judgement` leaves it to a person.",
        *COMMON,
        Key("level", Kind.REFERENCE, "对应等级", "The level it is a ground for.", required=True, refers=Sort.LEVEL),
        Key(
            "when",
            Kind.CRITERION,
            "条件，或 judgement",
            "The condition, or the word judgement.",
            required=True,
            gives=Gives.TRUTH,
        ),
    ),
    _shape(
        "right",
        "权限",
        "right",
        "谁在什么条件下拥有某项权限。",
        "Who holds a right, and under which condition.",
        Key("who", Kind.REFERENCES, "权限人", "The actors that hold it.", required=True, refers=Sort.ACTOR),
        Key("when", Kind.EXPRESSION, "条件", "While this holds.", gives=Gives.TRUTH),
        *CITED,
    ),
    _shape(
        "form",
        "表单",
        "form",
        "预案规定的表单；有 rows 时是每行一件的登记表。",
        "A form as the plan names it; with `rows` it is a table, one row per case, task or party.",
        *COMMON,
        Key("fields", Kind.ELEMENTS, "栏目", "Its fields, in this order.", shape="field"),
        Key("rows", Kind.REFERENCE, "每行是什么", "What a row is: cases, tasks, or a party.", refers=Sort.ROWS),
    ),
    _shape(
        "field",
        "栏目",
        "field",
        "表单的一栏。",
        "One field of a form; a bare text is its name.",
        *COMMON,
        Key("type", Kind.CHOICE, "类型", "Its type; text where it is missing.", words=get_args(FieldType)),
        Key("required", Kind.FLAG, "必填", "Must be filled in."),
        Key("values", Kind.VALUES, "可选的值", "The values of an enum or a set."),
        Key("personal", Kind.FLAG, "个人信息", "Personal data."),
        Key(
            "from",
            Kind.SOURCE,
            "自动带出：要素、时刻或 表单.栏目",
            "What fills it in: a fact, a scale, an instant, `title`, `summary` or `place` of the case, or form.field.",
        ),
        brief="name",
    ),
    _shape(
        "task",
        "任务",
        "task",
        "必须完成的一件事：谁、何时、凭什么算完成。",
        "What must be done: by whom, until when, and what proves it done.",
        Key(
            "kind",
            Kind.CHOICE,
            "种类",
            "One of eight kinds.",
            required=True,
            words=tuple(kind.value for kind in TaskKind),
        ),
        *COMMON,
        Key("form", Kind.REFERENCE, "使用的表单", "The form it is written on.", refers=Sort.FORM),
        Key(
            "settles",
            Kind.REFERENCE,
            "决定哪个要素或等级，或 start、end、lift",
            "What a decision settles: a fact, a scale (confirms a level), types (sets them), or start, end, lift.",
            refers=Sort.SETTLED,
        ),
        Key("who", Kind.REFERENCES, "责任人", "Who owes it.", required=True, refers=Sort.ACTOR),
        Key(
            "mode",
            Kind.CHOICE,
            "多个责任人：任一、各自、共同",
            "Several who owe it: any one suffices, each his own, all jointly one result. Never left out for two.",
            words=tuple(mode.value for mode in Mode),
        ),
        Key("with", Kind.REFERENCES, "配合方", "Who takes part without owing it.", refers=Sort.ACTOR),
        Key("draft", Kind.REFERENCES, "起草人", "Who drafts the paper.", refers=Sort.ACTOR),
        Key(
            "approve",
            Kind.LIST,
            "审批，按顺序",
            "Approvals of the paper, in this order; an id alone is a step.",
            shape="approval",
        ),
        Key(
            "sign",
            Kind.REFERENCES,
            "签字人（签或拒签均记录）",
            "Who signs, or refuses to; both are recorded.",
            refers=Sort.ACTOR,
        ),
        Key(
            "while",
            Kind.EXPRESSION,
            "适用条件：不再成立则终止",
            "Must hold, or the task is terminated.",
            gives=Gives.TRUTH,
        ),
        Key(
            "when",
            Kind.EXPRESSION,
            "启动条件：成立一次即应履行",
            "Opens the task; once it has held, the task is owed.",
            gives=Gives.TRUTH,
        ),
        Key(
            "after",
            Kind.REFERENCES,
            "须在哪些任务之后着手",
            "Tasks before which it may not be started.",
            refers=Sort.TASK,
        ),
        Key("per", Kind.REFERENCE, "每一外部方一件", "Once for each party of this kind.", refers=Sort.PARTY),
        Key("may", Kind.FLAG, "可以做，不是必须", "Offered, never owed."),
        Key("again", Kind.ELEMENT, "重复", "How it recurs within a case.", shape="again"),
        Key(
            "due",
            Kind.EXPRESSION,
            "时限：截止时刻",
            "Its clock: the instant until which it must be done.",
            gives=Gives.INSTANT,
        ),
        Key(
            "aim",
            Kind.EXPRESSION,
            "本单位的目标时刻，不计逾期",
            "The organisation's own target: shown, never a breach.",
            gives=Gives.INSTANT,
        ),
        Key(
            "word", Kind.TEXT, "没有数字的时限：立即、及时", "A limit without a number, in the words of the plan: 立即."
        ),
        Key(
            "since",
            Kind.EXPRESSION,
            "从何时起计时",
            "From when the elapsed time of `word` is counted.",
            gives=Gives.INSTANT,
        ),
        Key(
            "marks",
            Kind.LIST,
            "到点提示，不算应完成",
            "Instants that are announced without anything being owed.",
            shape="mark",
        ),
        Key("to", Kind.REFERENCES, "报送或发布对象", "Whom a report or release addresses.", refers=Sort.ACTOR),
        Key(
            "reach",
            Kind.CHOICE,
            "送达：每个、任一、上一级",
            "Each addressee, any one of them, or the next level up.",
            words=("each", "any", "up"),
        ),
        Key("cc", Kind.REFERENCES, "抄送", "Who gets a copy.", refers=Sort.ACTOR),
        Key("channel", Kind.TEXTS, "方式：电话、书面", "By which channel: phone, in writing."),
        Key("reply", Kind.FLAG, "须有答复", "Done only when the answer has come."),
        Key(
            "fills",
            Kind.REFERENCE,
            "确定哪个岗位或机构",
            "Which actor of this case an appointment fills.",
            refers=Sort.ACTOR,
        ),
        Key("done", Kind.LIST, "完成时必须满足", "What must hold of a completion.", shape="check"),
        Key(
            "before",
            Kind.CHOICE,
            "该阶段开始前必须完成",
            "That stage refuses to begin while the task is open.",
            words=tuple(stage.value for stage in Stage),
        ),
    ),
    _shape(
        "group",
        "任务组",
        "group of tasks",
        "共用条件的一组任务，可以嵌套；after 对组内每个任务有效。",
        "Tasks that share conditions; groups may nest. Its `after` holds for each of its tasks.",
        *COMMON,
        Key(
            "while",
            Kind.EXPRESSION,
            "适用条件：不再成立则终止",
            "Must hold, or its tasks are terminated.",
            gives=Gives.TRUTH,
        ),
        Key("when", Kind.EXPRESSION, "启动条件", "Opens its tasks.", gives=Gives.TRUTH),
        Key(
            "after",
            Kind.REFERENCES,
            "须在哪些任务之后着手",
            "Tasks before which none of them may be started.",
            refers=Sort.TASK,
        ),
        Key("tasks", Kind.TASKS, "组内任务", "The tasks of the group.", required=True, shape="task"),
    ),
    _shape(
        "approval",
        "审批",
        "approval",
        "文稿的一步审批；文稿一改，审批作废。",
        "One step of approval of a paper. A changed paper voids it.",
        Key("who", Kind.REFERENCES, "审批人", "Who approves.", required=True, refers=Sort.ACTOR),
        Key(
            "mode",
            Kind.CHOICE,
            "多个审批人：任一、各自、共同",
            "Needed where several are named.",
            words=tuple(mode.value for mode in Mode),
        ),
        Key("due", Kind.EXPRESSION, "审批时限", "The clock of the approver.", gives=Gives.INSTANT),
        Key(
            "when", Kind.EXPRESSION, "仅在此条件下需要", "The step is needed only while this holds.", gives=Gives.TRUTH
        ),
        *CITED,
        brief="who",
    ),
    _shape(
        "again",
        "重复",
        "recurrence",
        "按间隔，按日历，或在某些任务完成后，再来一次。",
        "Every span, by the calendar, or on each completion of certain tasks.",
        Key("every", Kind.EXPRESSION, "间隔", "The span between two occurrences: 1d, a setting.", gives=Gives.SPAN),
        Key(
            "rule",
            Kind.RECURRENCE,
            "按日历规则（RFC 5545），只用于常态工作和应急资源",
            "By a rule of RFC 5545, for standing duties and resources: FREQ=WEEKLY;BYDAY=FR.",
        ),
        Key(
            "days",
            Kind.CHOICE,
            "每个这样的日子，只用于常态工作和应急资源",
            "On each such day of the working calendar, for standing duties and resources.",
            words=tuple(Days),
        ),
        Key(
            "moved",
            Kind.CHOICE,
            "遇休息日提前还是顺延",
            "Where an occurrence goes that falls on a day off: to the working day before, or after.",
            words=(Moved.BEFORE.value, Moved.AFTER.value),
        ),
        Key("by", Kind.CLOCK_TIME, "每次的钟点", 'The clock time of each occurrence, "HH:MM" to "24:00".'),
        Key("on", Kind.REFERENCES, "每当这些任务完成", "On each completion of these tasks.", refers=Sort.TASK),
        Key("least", Kind.COUNT, "至少几次", "How many times at least."),
        Key("until", Kind.EXPRESSION, "直到", "No more occurrences once this holds.", gives=Gives.TRUTH),
    ),
    _shape(
        "mark",
        "提示点",
        "mark",
        "只提示、不要求完成的时刻。",
        "An instant that is announced without being owed.",
        Key("at", Kind.EXPRESSION, "何时", "When.", required=True, gives=Gives.INSTANT),
        Key("say", Kind.WORDS, "提示内容", "What is announced.", required=True),
    ),
    _shape(
        "check",
        "完成条件",
        "check of a completion",
        "完成任务时必须成立，否则拒绝并说明。",
        "Must hold when the task is completed; else it is refused with this sentence.",
        Key("that", Kind.EXPRESSION, "条件", "What must hold.", required=True, gives=Gives.TRUTH),
        Key("say", Kind.WORDS, "拒绝时的说明", "The sentence that refuses.", required=True),
    ),
    _shape(
        "guidance",
        "工作提示",
        "guidance",
        "与任务并列的提示，不需完成。",
        "Advice that cannot be completed.",
        NAME,
        Key("text", Kind.WORDS, "提示内容", "The advice.", required=True),
        *CITED,
        Key("when", Kind.EXPRESSION, "何时显示", "Shown while this holds.", gives=Gives.TRUTH),
        Key(
            "on",
            Kind.REFERENCES,
            "显示在哪些任务旁",
            "The tasks it stands beside; all where it is missing.",
            refers=Sort.TASK,
        ),
        brief="text",
    ),
    _shape(
        "resource",
        "应急资源",
        "resource",
        "必须备好的物资、队伍、名单。",
        "Something that must be at hand.",
        *COMMON,
        Key("kind", Kind.TEXT, "类别", "What kind of thing it is."),
        Key("minimum", Kind.COUNT, "最低数量", "How much there must be at least."),
        Key("again", Kind.ELEMENT, "多久检查一次", "How often it is checked.", shape="again"),
    ),
    _shape(
        "excluded",
        "不执行的内容",
        "exclusion",
        "书面预案要求而系统不做的事，原因，以及合法做法。",
        "What the written plan asks for and Muster does not do, why, and the lawful way.",
        NAME,
        Key("says", Kind.WORDS, "书面预案怎么说", "What the written plan says.", required=True),
        Key("why", Kind.WORDS, "为何不做", "Why it is not done.", required=True),
        Key("lawful", Kind.WORDS, "合法做法", "The lawful way.", required=True),
        Key("instead", Kind.REFERENCES, "代之以哪些任务", "The tasks that go the lawful way.", refers=Sort.TASK),
        *CITED,
    ),
    _shape(
        "reading",
        "理解",
        "reading",
        "书面预案不明确之处及此处的理解。",
        "An unclear passage and how it is read here.",
        NAME,
        Key("says", Kind.WORDS, "书面预案怎么说", "What the written plan says.", required=True),
        Key("reading", Kind.WORDS, "此处怎样理解", "How it is read here.", required=True),
        Key(
            "setting",
            Kind.REFERENCE,
            "可调整的参数",
            "The setting by which an organisation may differ.",
            refers=Sort.SETTING,
        ),
        *CITED,
    ),
    _shape(
        "suppression",
        "保留的检查结果",
        "suppression",
        "一条检查结果如实反映书面预案，说明理由后保留。",
        "A finding that is the honest truth about the written plan, with the reason it stands.",
        Key("rule", Kind.TEXT, "规则编号", "The code of the rule: P104.", required=True),
        Key("on", Kind.TEXT, "对哪个元素", "The id of the element it is found on.", required=True),
        Key("why", Kind.WORDS, "理由", "Why it stands.", required=True),
    ),
)

SHAPES: dict[str, Shape] = {shape.id: shape for shape in _BASE}
RIGHTS = tuple(right.value for right in RightName)
ACTS = ("start", "end", "lift")  # what a decision may settle besides facts and scales
TYPES = "types"  # and the types of the incident
