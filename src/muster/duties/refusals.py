"""Refusals of the shell around the engine. The engine's own are in `muster.engine.refusals`."""

from __future__ import annotations

from typing import Any

from muster.engine import refusals
from muster.engine.refusals import Refusal
from muster.plans.model import Words

TEXTS: dict[str, Words] = {
    "duty.unknown": Words("本预案没有这项常态工作：{task}。", "this plan has no standing duty {task}"),
    "duty.recurs": Words(
        "“{task}”到期自动开启，不手工另开；需要提前做的，在已开启的一期中办理",
        "“{task}” opens by itself as its time comes; what is done earlier is recorded in the one that is open",
    ),
    "duty.not-yours": Words(
        "“{task}”由{who}负责，{by}不能代开", "“{task}” is the duty of {who}; {by} cannot open it for them"
    ),
}


def refuse(code: str, **details: Any) -> Refusal:
    """Build a refusal of `code`."""
    return refusals.build(code, TEXTS[code], details)
