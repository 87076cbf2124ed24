"""What the shell refuses, besides what the engine does. Same shape: a code that never changes, words in both languages."""

from __future__ import annotations

from typing import Any

from muster.engine.refusals import Refusal, fill
from muster.plans.model import Words

WORDS: dict[str, Words] = {
    "case.unknown": Words(
        "没有编号为{case}的事项，或者您无权查看。", "There is no case {case}, or you may not see it."
    ),
    "case.busy": Words(
        "该事项正被多人同时办理，本次操作未执行。请再提交一次。",
        "Several people are acting on this case at the same moment; nothing was done. Please submit again.",
    ),
    "case.text": Words(
        "内容中有不能保存的字符（空字符）。请删除后再提交。",
        "The text holds a character that cannot be stored (a null character). Take it out and submit again.",
    ),
    "case.key-reused": Words(
        "该请求标识已用于另一项操作。", "This request key was already used for something else."
    ),
    "person.not-holder": Words(
        "您目前不担任“{by}”，不能以其名义办理。您可以以下列名义办理：{held}。",
        "You do not hold {by} and cannot act in its name. You may act as: {held}.",
    ),
    "person.holds-nothing": Words(
        "您在该预案中没有任职，不能办理。请联系管理人员授予岗位。",
        "You hold no post of this plan and cannot act. Ask the administrator for a post.",
    ),
    "plan.unknown": Words(
        "没有已生效的预案“{plan}”。现行预案：{known}。", "No plan {plan} is in force. In force are: {known}."
    ),
    "merge.same": Words("不能把事项并入其自身。", "A case cannot be merged into itself."),
    "merge.other-plan": Words(
        "两个事项适用的预案不同，不能合并。", "The two cases run under different plans and cannot be merged."
    ),
}  # fmt: skip


def refuse(code: str, **details: Any) -> Refusal:
    """A refusal whose sentence names what was wrong and what is allowed; `details` may hold Words."""
    shown = {name: value or Words("无", "none") for name, value in details.items()}
    return Refusal(code, fill(WORDS[code], shown), {name: _plain(value) for name, value in details.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, Words):
        return value.zh
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
