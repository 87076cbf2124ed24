"""What a plan says, once it has been read: immutable values, one class per element shape.

An `Edition` is one published version of a plan. It is named by the digest of its content, and everything that
runs under it is decided from it alone. Elements keep the key they have in the file as their `id`; order is kept.

Words are given in the plan's language, or in several: `{zh: 总召集人, en: General convenor}`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from msgspec import Struct

from muster.plans.conditions import Expression


class Words(Struct, frozen=True):
    """A name or a sentence in Chinese and, where the plan gives it, in English."""

    zh: str
    en: str = ""

    def say(self, language: str) -> str:
        """The words in `language` ("zh" or "en"); the other language where that one is missing."""
        return (self.en or self.zh) if language.startswith("en") else (self.zh or self.en)


class ActorKind(StrEnum):
    POST = "post"
    BODY = "body"
    PARTY = "party"


class Filled(StrEnum):
    """Who holds an actor: somebody always, whoever is on shift, set up with the response, or named per case."""

    STANDING = "standing"
    ROSTER = "roster"
    RESPONSE = "response"
    CASE = "case"


class Mode(StrEnum):
    """Several actors of one task: any one suffices, each owes his own, or all together owe one result."""

    ANY = "any"
    EACH = "each"
    JOINT = "joint"


class CaseKind(StrEnum):
    """A section of the plan's tasks, and the kind of case that runs them."""

    INCIDENT = "incident"
    WARNING = "warning"
    STANDING = "standing"
    HAZARD = "hazard"


class TaskKind(StrEnum):
    ACTION = "action"
    DECISION = "decision"
    REPORT = "report"
    RELEASE = "release"
    RECORD = "record"
    MEETING = "meeting"
    APPOINT = "appoint"
    DISPATCH = "dispatch"


class Stage(StrEnum):
    INTAKE = "intake"
    ASSESSMENT = "assessment"
    RESPONSE = "response"
    RECOVERY = "recovery"
    REVIEW = "review"
    CLOSED = "closed"


class RightName(StrEnum):
    """What a post may do to a case as a whole. Where a plan is silent, see `engine.rights`."""

    HANDLE = "handle"
    CONFIRM = "confirm"
    LOWER = "lower"
    START = "start"
    END = "end"
    REVIEW = "review"
    CLOSE = "close"
    REOPEN = "reopen"
    COMMAND = "command"
    COORDINATE = "coordinate"
    PROPOSE = "propose"
    APPROVE = "approve"
    ISSUE = "issue"
    LIFT = "lift"
    PUBLISH = "publish"
    WAIVE = "waive"
    DISMISS = "dismiss"
    HAND_OVER = "hand_over"


FactType = Literal["bool", "int", "number", "money", "duration", "instant", "date", "text", "enum", "set"]
FieldType = Literal[
    "text", "longtext", "int", "number", "money", "bool", "date", "instant", "duration",
    "enum", "set", "list", "person", "phone", "level", "file",
]  # fmt: skip


class Duty(Struct, frozen=True):
    """A responsibility of an actor that has no clock and nothing to complete."""

    id: str
    text: Words
    cite: str = ""
    sheet: tuple[str, ...] = ()


class Actor(Struct, frozen=True, kw_only=True):
    """A post, a body or an outside party.

    `members`, `chair` and `deputies` belong to bodies; `among` names the actors that a case-filled one is chosen
    from; `seats` is (least, most) holders, most 0 for no limit; `personal` parties are natural persons.
    """

    id: str
    kind: ActorKind
    name: Words
    text: Words | None = None
    cite: str = ""
    sheet: tuple[str, ...] = ()
    held_by: Words | None = None
    filled: Filled = Filled.STANDING
    stands_in_for: tuple[str, ...] = ()
    seats: tuple[int, int] = (1, 0)
    many: bool = False
    among: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()
    chair: str = ""
    deputies: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    part_of: str = ""
    personal: bool = False


class Choice(Struct, frozen=True):
    """One value of an enum or a set."""

    id: str
    name: Words


class Fact(Struct, frozen=True, kw_only=True):
    """A typed question about a case, unknown until it is answered; with `derived`, computed and never typed in."""

    id: str
    name: Words
    type: FactType
    ask: Words | None = None
    values: tuple[Choice, ...] = ()
    ordered: bool = False
    unit: Words | None = None
    derived: Expression | None = None
    personal: bool = False
    text: Words | None = None
    cite: str = ""
    sheet: tuple[str, ...] = ()


class Setting(Struct, frozen=True, kw_only=True):
    """A number or value that an organisation may change without a new edition of the written plan."""

    id: str
    name: Words
    type: FactType
    value: Expression | None = None
    unit: Words | None = None
    text: Words | None = None
    cite: str = ""
    sheet: tuple[str, ...] = ()


class IncidentType(Struct, frozen=True, kw_only=True):
    """A type of incident. `when` only proposes it; a person sets types."""

    id: str
    name: Words
    when: Expression | None = None
    text: Words | None = None
    cite: str = ""
    sheet: tuple[str, ...] = ()


class Criterion(Struct, frozen=True, kw_only=True):
    """One sufficient ground for a level. Without `when` it is a matter of judgement, never met by itself."""

    id: str
    level: str
    when: Expression | None = None
    text: Words | None = None
    cite: str = ""
    sheet: tuple[str, ...] = ()


class Level(Struct, frozen=True, kw_only=True):
    """One level of a scale; `hue` is one of I, II, III, IV (the four colours of Chinese practice) or empty."""

    id: str
    name: Words
    hue: str = ""
    text: Words | None = None
    cite: str = ""
    sheet: tuple[str, ...] = ()


class Scale(Struct, frozen=True, kw_only=True):
    """An ordered classification, lowest level first. The highest level with a criterion met is proposed.

    `form` is the notice by which a level of it is issued (a warning); its required fields must be filled first.
    """

    id: str
    name: Words
    of: CaseKind = CaseKind.INCIDENT
    levels: tuple[Level, ...]
    criteria: tuple[Criterion, ...] = ()
    when: Expression | None = None
    suggests: str = ""
    form: str = ""
    text: Words | None = None
    cite: str = ""
    sheet: tuple[str, ...] = ()

    def rank(self, level: str) -> int:
        """Position of `level`, 0 the lowest. Raises KeyError for a level of another scale."""
        for position, each in enumerate(self.levels):
            if each.id == level:
                return position
        raise KeyError(level)


class Right(Struct, frozen=True, kw_only=True):
    """Who holds a right, and under which condition."""

    who: tuple[str, ...]
    when: Expression | None = None
    cite: str = ""
    sheet: tuple[str, ...] = ()


class Field(Struct, frozen=True, kw_only=True):
    """One field of a form; `source` fills it in: a fact, a scale (its level), an instant of the case, or what was
    reported (`title`, `summary`, `place`)."""

    id: str
    name: Words
    type: FieldType
    required: bool = False
    values: tuple[Choice, ...] = ()
    personal: bool = False
    source: str = ""
    text: Words | None = None
    cite: str = ""
    sheet: tuple[str, ...] = ()


class Form(Struct, frozen=True, kw_only=True):
    """A form as the plan names it. With `rows` it is a table: one row per case, task or party."""

    id: str
    name: Words
    fields: tuple[Field, ...]
    rows: str = ""
    text: Words | None = None
    cite: str = ""
    sheet: tuple[str, ...] = ()


class Approval(Struct, frozen=True, kw_only=True):
    """One step of approval of a paper, in the order given; `due` bounds the approver."""

    who: tuple[str, ...]
    mode: Mode = Mode.ANY
    due: Expression | None = None
    when: Expression | None = None
    cite: str = ""
    sheet: tuple[str, ...] = ()


class Moved(StrEnum):
    """Where an occurrence goes that falls on a day nobody works: nowhere, or to the working day before or after."""

    NOWHERE = ""
    BEFORE = "before"
    AFTER = "after"


class Days(StrEnum):
    """Days of the working calendar: those worked, those off by public holiday, the last worked day before such."""

    WORKING = "working"
    HOLIDAYS = "holidays"
    BEFORE_HOLIDAYS = "before_holidays"


class Again(Struct, frozen=True, kw_only=True):
    """How a task recurs: every span, or on each completion of `on`; `by` is a clock time "HH:MM".

    A standing duty may also recur by a `rule` (RFC 5545, section 3.3.10) or on certain `days` of the working
    calendar; `moved` says where an occurrence goes that falls on a day off.
    """

    every: Expression | None = None
    rule: str = ""
    days: Days | None = None
    moved: Moved = Moved.NOWHERE
    by: str = ""
    on: tuple[str, ...] = ()
    least: int = 0
    until: Expression | None = None

    @property
    def by_time(self) -> bool:
        """Whether it recurs as time passes, not only on what others complete."""
        return self.every is not None or bool(self.by or self.rule) or self.days is not None


class Mark(Struct, frozen=True):
    """An instant that is announced without anything being owed."""

    at: Expression
    say: Words


class Stated(Struct, frozen=True, kw_only=True):
    """The same duty as a regulation states it: of which pack and task, by when, in which article.

    The stricter clock is already in the task's `due`.
    """

    pack: str
    task: str
    name: Words
    due: Expression | None = None
    word: str = ""
    cite: str = ""


class Check(Struct, frozen=True):
    """What must hold of a completion, and the sentence that refuses it."""

    that: Expression
    say: Words


class Task(Struct, frozen=True, kw_only=True):
    """What must be done. `while_` and `when` hold the conditions of the task and of every group around it.

    `due` and `aim` are expressions that give an instant; `since` is the anchor of elapsed time for `word`
    (立即, 及时 …), which carries no number and is never late. `before` names the stage that refuses to begin
    while the task is open. `settles` names a fact, a scale, `types`, or one of the acts start, end, lift.
    `may` tasks are offered, never owed. `pack` names the regulation pack that fixes the task, if one does; `also` holds what
    regulations say of the same duty.
    """

    id: str
    section: CaseKind
    kind: TaskKind
    name: Words
    text: Words | None = None
    cite: str = ""
    sheet: tuple[str, ...] = ()
    group: str = ""
    form: str = ""
    settles: str = ""
    who: tuple[str, ...] = ()
    mode: Mode | None = None
    with_: tuple[str, ...] = ()
    draft: tuple[str, ...] = ()
    approve: tuple[Approval, ...] = ()
    sign: tuple[str, ...] = ()
    while_: tuple[Expression, ...] = ()
    when: tuple[Expression, ...] = ()
    after: tuple[str, ...] = ()
    per: str = ""
    may: bool = False
    again: Again | None = None
    due: Expression | None = None
    aim: Expression | None = None
    word: str = ""
    since: Expression | None = None
    marks: tuple[Mark, ...] = ()
    to: tuple[str, ...] = ()
    reach: Literal["each", "any", "up"] = "each"
    cc: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    reply: bool = False
    fills: str = ""
    done: tuple[Check, ...] = ()
    before: Stage | None = None
    pack: str = ""
    also: tuple[Stated, ...] = ()


class Group(Struct, frozen=True, kw_only=True):
    """A named group of tasks. Its conditions and `after` are already in each of its tasks; `id` is "outer/inner"."""

    id: str
    section: CaseKind
    name: Words
    while_: Expression | None = None
    when: Expression | None = None
    after: tuple[str, ...] = ()
    text: Words | None = None
    cite: str = ""
    sheet: tuple[str, ...] = ()


class Guidance(Struct, frozen=True, kw_only=True):
    """Advice that stands beside the work and cannot be completed."""

    id: str
    text: Words
    when: Expression | None = None
    on: tuple[str, ...] = ()
    name: Words | None = None
    cite: str = ""
    sheet: tuple[str, ...] = ()


class Resource(Struct, frozen=True, kw_only=True):
    """Something that must be at hand; `minimum` and `again` say how much, and how often it is checked."""

    id: str
    name: Words
    kind: str = ""
    minimum: int = 0
    again: Again | None = None
    text: Words | None = None
    cite: str = ""
    sheet: tuple[str, ...] = ()


class Exclusion(Struct, frozen=True, kw_only=True):
    """What the written plan asks for and Muster does not do, why, and the lawful way (`instead`: tasks)."""

    id: str
    says: Words
    why: Words
    lawful: Words
    instead: tuple[str, ...] = ()
    name: Words | None = None
    cite: str = ""
    sheet: tuple[str, ...] = ()


class Reading(Struct, frozen=True, kw_only=True):
    """An unclear passage of the written plan and how it is read here; `setting` where an organisation may differ."""

    id: str
    says: Words
    reading: Words
    setting: str = ""
    name: Words | None = None
    cite: str = ""
    sheet: tuple[str, ...] = ()


class Suppression(Struct, frozen=True, kw_only=True):
    """One finding of the check that is the honest truth about the written plan, with the reason it stands."""

    rule: str
    on: str
    why: Words


class Edition(Struct, frozen=True, kw_only=True):
    """One immutable edition of a plan. `digest` is the SHA-256 of its canonical content, in hex."""

    id: str
    title: Words
    edition: str
    timezone: str
    issuer: Words
    digest: str
    text: Words | None = None
    cite: str = ""
    sheet: tuple[str, ...] = ()
    scope: Expression | None = None
    stages: tuple[Stage, ...] = tuple(Stage)
    duty_post: str = ""
    settings: dict[str, Setting] = {}
    actors: dict[str, Actor] = {}
    facts: dict[str, Fact] = {}
    types: dict[str, IncidentType] = {}
    scales: dict[str, Scale] = {}
    rights: dict[RightName, tuple[Right, ...]] = {}
    forms: dict[str, Form] = {}
    tasks: dict[str, Task] = {}
    groups: dict[str, Group] = {}
    guidance: dict[str, Guidance] = {}
    resources: dict[str, Resource] = {}
    excluded: dict[str, Exclusion] = {}
    readings: dict[str, Reading] = {}
    suppressed: tuple[Suppression, ...] = ()
