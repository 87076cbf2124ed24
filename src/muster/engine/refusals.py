"""Why something was not done, as a value: a code that never changes, words in both languages, and the way out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from muster.plans.model import Words


class Refusal(Struct, frozen=True):
    """A command was refused. `details` are what the sentence names: posts, levels, tasks, what is allowed."""

    code: str
    says: Words
    details: dict[str, Any] = {}

    def say(self, language: str = "zh") -> str:
        """The sentence for the person who asked."""
        return self.says.say(language)


class Refused(Exception):
    """Carries a refusal out of the depths of a decision; `decide` turns it into the value."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


# code → the sentence; places in braces are filled from what the refusal names.
WORDS: dict[str, Words] = {
    "case.not-open": Words("此事项尚未登记。", "This case has not been opened."),
    "case.open-already": Words("此事项已经登记。", "This case is open already."),
    "case.nothing-said": Words(
        "请至少填写一句话经过或标题。", "Say at least one sentence about what happened, or give a title."
    ),
    "case.over": Words(
        "此事项已{state}，不能再办理；如需继续，请先重新开启。",
        "This case is over ({state}); nothing more can be done in it unless it is reopened.",
    ),
    "case.not-over": Words("此事项仍在办理，无须重新开启。", "This case is still running; there is nothing to reopen."),
    "case.wrong-kind": Words("此操作不适用于{kind}。", "This cannot be done to a case of kind {kind}."),
    "case.itself": Words("不能并入事项自身。", "A case cannot be merged into itself."),
    "actor.missing": Words("请说明由哪个岗位或机构办理。", "Say in the name of which post or body you act."),
    "actor.unknown": Words("预案中没有“{actor}”这一岗位或机构。", "The plan knows no post, body or party “{actor}”."),
    "actor.not-filled": Words(
        "“{actor}”由预案固定，不在本事项中指定。", "“{actor}” is fixed by the plan and is not filled per case."
    ),
    "actor.outside": Words(
        "“{unit}”不在可指定范围内。可指定：{allowed}。", "“{unit}” is not among those who can fill this: {allowed}."
    ),
    "actor.seats": Words("“{actor}”最多{most}个，收到{given}个。", "“{actor}” has at most {most} places; {given} given."),
    "task.fixed-by-law": Words(
        "“{task}”由法规规定（{cite}），本单位不能免办。", "“{task}” is fixed by law ({cite}) and cannot be waived here."
    ),
    "report.not-addressee": Words(
        "“{actor}”不是这份报告的报送对象。可报：{allowed}。", "“{actor}” is no addressee of this report. It goes to: {allowed}."
    ),
    "report.each": Words(
        "{task}须报送每一个对象，还缺：{left_out}。", "{task} goes to every addressee; left out: {left_out}."
    ),
    "right.not-yours": Words(
        "{by}无权{act}。有权办理的是：{who}。", "{by} may not {act}. Who may: {who}."
    ),
    "right.nobody": Words(
        "目前无人有权{act}：级别尚未确认。请先确认级别。",
        "Nobody may {act} yet, because no level has been confirmed. Confirm the level first.",
    ),
    "right.nobody-now": Words(
        "按现有情况，无人有权{act}。取决于：{conditions}。",
        "As things stand nobody may {act}. It hangs on: {conditions}.",
    ),
    "reason.missing": Words("请写明理由：{why}。", "Give the reason: {why}."),
    "fact.unknown": Words("预案中没有“{fact}”这一研判要素。{hint}", "The plan asks no question “{fact}”. {hint}"),
    "fact.derived": Words("“{fact}”由系统推算，不能填写。", "“{fact}” is computed and cannot be typed in."),
    "fact.wrong": Words("“{fact}”不能是“{value}”。可填：{allowed}。", "“{fact}” cannot be “{value}”. Allowed: {allowed}."),
    "type.unknown": Words(
        "预案中没有“{type}”这一事件类型。可选：{allowed}。", "The plan knows no type “{type}”. Allowed: {allowed}."
    ),
    "time.future": Words(
        "{what}不能晚于现在（填的是{at}）。", "{what} cannot lie in the future ({at} was given)."
    ),
    "time.order": Words("{what}不能早于{other}。", "{what} cannot be before {other}."),
    "time.unknown": Words("没有“{instant}”这一时刻。可改：{allowed}。", "There is no instant “{instant}”. Allowed: {allowed}."),
    "time.backwards": Words("时间不能倒流：最近一条日志是{last}。", "Time cannot run backwards: the last entry is of {last}."),
    "scale.unknown": Words("预案中没有“{scale}”这一分级。", "The plan has no scale “{scale}”."),
    "level.unknown": Words("“{level}”不是预案中的级别。可选：{allowed}。", "“{level}” is no level of the plan. Allowed: {allowed}."),
    "level.same": Words("级别已是{level}。", "The level is {level} already."),
    "level.reason": Words(
        "确认{level}须写明理由：{why}。", "A reason is needed to confirm {level}: {why}."
    ),
    "stage.wrong": Words(
        "现在是{stage}阶段，不能{act}。", "The case is at the stage “{stage}”; it cannot {act} now."
    ),
    "stage.none": Words("本预案没有{stage}阶段。", "This plan has no stage “{stage}”."),
    "stage.ungraded": Words("级别尚未确认，不能启动响应。", "The response cannot start before a level is confirmed."),
    "stage.open-tasks": Words(
        "不能{act}，还有{count}项未完成：{tasks}。", "It cannot {act} yet; {count} open: {tasks}."
    ),
    "task.unknown": Words("没有“{task}”这项任务。{hint}", "There is no task “{task}”. {hint}"),
    "task.not-standing": Words(
        "“{task}”目前不在办理之列：{why}。", "“{task}” does not stand at present: {why}."
    ),
    "task.which": Words(
        "“{task}”有{count}个，请指明是哪一个：{allowed}。", "“{task}” stands {count} times; say which: {allowed}."
    ),
    "task.over": Words("“{task}”已{state}。", "“{task}” is over: {state}."),
    "task.not-yours": Words("“{task}”由{who}办理，{by}不能代办。", "“{task}” is for {who}; {by} cannot do it."),
    "task.waits": Words("“{task}”须在{tasks}之后办理。", "“{task}” comes after: {tasks}."),
    "task.check": Words("{say}", "{say}"),
    "task.value": Words("“{task}”的结果不能是“{value}”。可选：{allowed}。", "“{task}” cannot be settled as “{value}”. Allowed: {allowed}."),
    "task.value-missing": Words("请给出“{task}”的结果。可选：{allowed}。", "Say how “{task}” is settled. Allowed: {allowed}."),
    "task.not-offered": Words("“{task}”是应办事项，不能放弃；确实无需办理的，由有权者写明理由免办。", "“{task}” is owed and cannot be declined; who has the right may waive it with a reason."),
    "task.not-kind": Words("“{task}”是{kind}，不能{act}。", "“{task}” is of kind {kind}; it cannot {act}."),
    "task.not-left": Words("尚未出发，不能登记到达。", "Nobody has left yet, so nobody can arrive."),
    "due.evidence": Words("改期须有对方同意的凭据。", "Another date needs evidence of the party’s agreement."),
    "due.past": Words("新的时限须晚于现在。", "The new due instant must lie in the future."),
    "form.missing": Words("“{form}”还缺：{fields}。", "“{form}” still lacks: {fields}."),
    "form.unknown": Words("“{form}”没有这些栏目：{fields}。可填：{allowed}。", "“{form}” has no such fields: {fields}. It has: {allowed}."),
    "paper.no-draft": Words("“{task}”还没有稿件，请先起草。", "“{task}” has no draft yet; draft it first."),
    "paper.not-approved": Words(
        "“{task}”第{version}稿尚未获批，还差：{who}。", "Version {version} of “{task}” still needs the approval of: {who}."
    ),
    "paper.no-approval": Words("“{task}”无须审批。", "“{task}” needs no approval."),
    "paper.changed": Words("内容与第{version}稿不一致，请以第{version}稿为准，或另存新稿后重新审批、签字。", "This is not version {version}, the present one. Take that one, or save a new draft and have it approved and signed anew."),
    "paper.not-approver": Words("现在轮到{who}审批。", "It is for {who} to approve now."),
    "paper.not-drafter": Words("“{task}”由{who}起草。", "“{task}” is drafted by {who}."),
    "paper.unsigned": Words("还差签字（拒签也要记录）：{who}。", "Signatures are missing (a refusal is recorded too): {who}."),
    "paper.not-signer": Words("“{signer}”不在签字人之列：{allowed}。", "“{signer}” is not one of the signers: {allowed}."),
    "report.not-sent": Words("“{task}”尚未报出。", "“{task}” has not been sent yet."),
    "party.unknown": Words("预案中没有“{party}”这一外部方。", "The plan knows no party “{party}”."),
    "party.known": Words("“{ref}”已经登记。", "“{ref}” is registered already."),
    "party.not-registered": Words("没有登记过“{ref}”。", "“{ref}” is not registered."),
    "party.owed": Words("对“{ref}”还有未办事项：{tasks}。", "Tasks towards “{ref}” are still open: {tasks}."),
    "warning.no-scale": Words("本预案没有预警分级。", "This plan has no scale of warnings."),
    "warning.none-proposed": Words("没有待处理的预警建议。", "No warning has been proposed."),
    "warning.not-approved": Words("{colour}须经{who}批准后发布。", "{colour} must be approved by {who} before it is issued."),
    "warning.contents": Words("发布时不能改动已批准的内容：{fields}。", "What was approved cannot be changed when it is issued: {fields}."),
    "warning.approved": Words("该预警建议已批准。", "This proposal has been approved already."),
    "warning.same": Words("预警已是{colour}。", "The warning in force is {colour} already."),
    "warning.not-issued": Words("预警尚未发布，无从解除。", "The warning has not been issued, so it cannot be lifted."),
    "directive.empty": Words("请写明内容和对象。", "Say what, and to whom."),
    "seal.public": Words("已对外发布，不能转涉密程序。", "Something has been published already; the matter cannot be sealed."),
}  # fmt: skip


def fill(words: Words, details: dict[str, Any]) -> Words:
    """The sentence with its places filled; `details` may hold Words, which are said in the language of the sentence."""

    def text(value: Any, language: str) -> str:
        if isinstance(value, Words):
            return value.say(language)
        if isinstance(value, tuple | list):
            return ("、" if language == "zh" else ", ").join(text(each, language) for each in value)
        return str(value)

    return Words(
        words.zh.format(**{key: text(value, "zh") for key, value in details.items()}),
        words.en.format(**{key: text(value, "en") for key, value in details.items()}),
    )


def refusal(code: str, **details: Any) -> Refusal:
    """The refusal of that code with its sentence filled in."""
    plain = {key: _plain(value) for key, value in details.items()}
    return Refusal(code, fill(WORDS[code], details), plain)


def refuse(code: str, **details: Any) -> Refused:
    """To be raised inside a decision."""
    return Refused(refusal(code, **details))


def _plain(value: Any) -> Any:
    if isinstance(value, Words):
        return value.zh
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(each) for each in value]
    return value
