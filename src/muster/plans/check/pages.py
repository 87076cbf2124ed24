"""The manual of the rules: one page per rule and a list of all, as Markdown. Written by `muster plan rules --write`."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.examples import MARK
from muster.plans.check.register import rules
from muster.plans.check.rule import Example, Rule
from muster.plans.faults import FAULTS
from muster.plans.findings import Severity
from muster.plans.model import Words

SEVERITIES = {
    Severity.ERROR: Words("错误", "error"),
    Severity.WARNING: Words("警告", "warning"),
    Severity.NOTE: Words("提示", "note"),
}

CHAPTERS = {
    "P1": Words("人和权限", "People and rights"),
    "P2": Words("流程", "Flow"),
    "P3": Words("时限和文稿", "Clocks and papers"),
    "P4": Words("法律和必备内容", "Law, and what a plan must contain"),
    "P5": Words("定级", "Grading"),
    "P6": Words("文字、条款和保留", "Words, citations, suppressions"),
}

_GENERATED = "<!-- Written by `muster plan rules --write docs/reference/rules`. -->"


def page(rule: Rule, language: str = "") -> str:
    """The page of one rule; in both languages, or in the one that is asked for."""
    final = Words("（不能用 suppress 保留）", " (cannot be suppressed)") if rule.is_final else Words("")
    severity = SEVERITIES[rule.severity]
    lines = [
        f"# {rule.code} {_either(rule.name, language)}",
        "",
        _either(Words(severity.zh + final.zh, severity.en + final.en), language),
        "",
    ]
    if language != "en":
        lines += [rule.what.zh + rule.why.zh, "", f"改法：{rule.mend.zh}。", ""]
    if language != "zh":
        lines += [f"{rule.what.en} {rule.why.en}", "", f"To mend it: {rule.mend.en}.", ""]
    lines += [f"## {_either(Words('有问题', 'Bad'), language)} ({MARK})", ""]
    for example in rule.bad:
        lines += _example(example)
    lines += [f"## {_either(Words('没有问题', 'Good'), language)}", ""]
    for example in rule.good:
        lines += _example(example)
    return "\n".join(lines).rstrip() + "\n"


def _either(words: Words, language: str) -> str:
    return words.say(language) if language else f"{words.zh} · {words.en}"


def _example(example: Example) -> Iterator[str]:
    yield "```yaml"
    yield from example.text.rstrip().splitlines()
    for path in example.without:
        yield f"# {path}: (没有 none)"
    yield "```"
    yield ""


def overview() -> str:
    """The list of all rules, by chapter, and of the faults that keep a file from being read at all."""
    lines = [
        _GENERATED,
        "# 检查规则 · Rules of `muster plan check`",
        "",
        "错误使预案不能启用；警告和提示不影响启用。有警告或错误时命令以 1 结束。",
        "书面预案确实如此的，用 `suppress: [{rule, on, why}]` 逐条说明理由后保留；法律禁止的不能保留。",
        "",
        "An error keeps a plan from being run; warnings and notes do not. The command ends with 1 where an error or a warning",
        "stands. What is the honest truth about the written plan stays with a reason, one line each, under",
        "`suppress: [{rule, on, why}]`: `on` is the id of the element, or of the plan, or a top-level key such as `tasks`. What",
        "the law forbids cannot be suppressed.",
        "",
    ]
    for prefix, chapter in CHAPTERS.items():
        lines += [f"## {chapter.zh} · {chapter.en}", "", "| | | |", "|---|---|---|"]
        for rule in rules():
            if rule.code.startswith(prefix):
                severity = SEVERITIES[rule.severity]
                lines.append(
                    f"| [{rule.code}]({rule.code}.md) | {rule.name.zh} · {rule.name.en} | {severity.zh} · {severity.en} |"
                )
        lines.append("")
    lines += [
        "## 文件读不懂 · Files that cannot be read as a plan",
        "",
        "都是错误；有一条，其他规则就不再检查。All are errors; with one of them no other rule is applied.",
        "",
        "| | | |",
        "|---|---|---|",
    ]
    for code in sorted(FAULTS):
        fault = FAULTS[code]
        lines.append(f"| {code} | {_cell(fault.zh)} | {_cell(fault.en)} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def manual() -> dict[str, str]:
    """Every page by its file name."""
    return {"README.md": overview(), **{f"{rule.code}.md": f"{_GENERATED}\n{page(rule)}" for rule in rules()}}
