"""Refusals about standing duties, beside the engine's own."""

from __future__ import annotations

from typing import Any

from muster.engine.refusals import Refusal, fill
from muster.plans.model import Words

WORDS: dict[str, Words] = {
    "duty.unknown": Words("本预案没有“{task}”这项常态工作。", "This plan has no standing duty {task}."),
    "duty.recurs": Words(
        "“{task}”到时自动开启，不另行开启；提前完成的，在已开启的这一期中办理。",
        "{task} opens by itself when its time comes. What is done early is recorded in the one that is open.",
    ),
    "duty.not-yours": Words(
        "“{task}”由{who}负责，“{by}”不能代为开启。", "{task} is the duty of {who}; {by} cannot open it in their name."
    ),
}


def refuse(code: str, **details: Any) -> Refusal:
    """A refusal whose sentence names what was wrong and what is allowed; `details` may hold Words."""
    plain = {name: value.zh if isinstance(value, Words) else value for name, value in details.items()}
    return Refusal(code, fill(WORDS[code], details), plain)
