"""The record of a drill: on the terminal, as people read it, and as JSON, as programs do."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any

import msgspec
from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from muster.drills.instants import offset_says
from muster.drills.running import Entry, Outcome, Run, Verdict
from muster.engine import Program
from muster.engine import events as e
from muster.engine.narrating import Importance, level_says
from muster.plans.findings import Finding
from muster.plans.model import Words

# The four colours of Chinese practice; black letters on light grounds, white on dark ones.
HUES = {"IV": "white on blue", "III": "black on yellow", "II": "black on dark_orange", "I": "white on red"}
WEEKDAYS = (Words("周一", "Mon"), Words("周二", "Tue"), Words("周三", "Wed"), Words("周四", "Thu"), Words("周五", "Fri"), Words("周六", "Sat"), Words("周日", "Sun"))  # fmt: skip

WORDS: dict[str, Words] = {
    "stage": Words("阶段", "stage"), "level": Words("级别", "level"), "colour": Words("预警", "colour"),
    "types": Words("类型", "types"), "lead": Words("指挥", "in command"), "proposed": Words("建议定级", "proposed"),
    "question": Words("待答要素", "open question"), "owed": Words("待办", "owed"), "not_owed": Words("不应办", "not owed"),
    "done": Words("已完成", "done"), "terminated": Words("已终止", "terminated"), "due": Words("时限", "due"),
    "overdue": Words("逾期", "overdue"), "met": Words("按时", "met"), "late": Words("迟", "late"),
    "told": Words("已通知", "told"), "not_told": Words("未通知", "not told"), "refused": Words("输入", "input"),
    "papers": Words("文书", "papers"), "missed": Words("未办", "missed"), "closed_by": Words("终结", "ended by"),
    "allowed": Words("准许", "allowed"), "engine": Words("引擎", "engine"),
}  # fmt: skip


class Printer:
    """Tells one run on a terminal, in one language."""

    def __init__(self, console: Console, program: Program, run: Run, language: str) -> None:
        self.console = console
        self.program = program
        self.run = run
        self.language = language

    def tell(self, *, quiet: bool, verbose: bool) -> None:
        self._head()
        if not quiet:
            self._record(verbose)
        self._verdict(quiet)

    def say(self, words: Words) -> str:
        return words.say(self.language)

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self.program.zone)

    def _head(self) -> None:
        scenario, edition = self.run.scenario, self.program.edition
        title = Text(f"{self.say(Words('演练', 'Drill'))} ", style="bold magenta")
        title.append(self.say(scenario.title), style="bold default")
        self.console.print(title)
        starts = f"{self._local(self.run.start_at):%Y-%m-%d %H:%M}"
        line = f"{scenario.id} · {self.say(edition.title)} {edition.edition} · {starts} {edition.timezone}"
        self.console.print(line, style="dim", markup=False)

    # --- the record

    def _record(self, verbose: bool) -> None:
        verdicts: dict[datetime, list[Verdict]] = {}
        for verdict in self.run.verdicts:
            if verdict.word not in ("allowed", "engine"):
                verdicts.setdefault(verdict.at, []).append(verdict)
        entries: dict[datetime, list[Entry]] = {}
        written = self.run.start_at
        for entry in self.run.entries:
            # An entry stands where it was written down, even if it tells of something earlier.
            written = max(written, entry.at)
            entries.setdefault(written, []).append(entry)
        day = None
        table = self._table()
        for at in sorted({*entries, *verdicts}):
            local = self._local(at)
            if local.date() != day:
                if day is not None:
                    self.console.print(table)
                day, table = local.date(), self._table()
                self.console.print()
                name = f"{local:%Y-%m-%d} {self.say(WEEKDAYS[local.weekday()])}"
                self.console.print(Rule(name, align="left", style="dim"))
            self._instant(table, at, entries.get(at, []), verdicts.get(at, []), verbose)
        self.console.print(table)

    @staticmethod
    def _table() -> Table:
        table = Table.grid(padding=(0, 1), expand=True)
        table.add_column(width=5, no_wrap=True)
        table.add_column(width=9, justify="right", style="dim", no_wrap=True)
        table.add_column(width=1, no_wrap=True)
        table.add_column(ratio=1, overflow="fold")
        table.add_column(max_width=26, justify="right", style="dim", overflow="fold")
        return table

    def _instant(
        self, table: Table, at: datetime, entries: list[Entry], verdicts: list[Verdict], verbose: bool
    ) -> None:
        rows: list[tuple[Text, Text, Text]] = []
        shown = [entry for entry in entries if verbose or _is_shown(entry) or _opens(entry)]
        for is_opening, group in groupby(shown, key=_opens):
            if is_opening and not verbose:
                rows.append(self._opened(list(group)))
            else:
                rows += [self._entry(entry) for entry in group]
        rows += [self._expected(verdict) for verdict in verdicts]
        for number, (mark, text, who) in enumerate(rows):
            first = number == 0
            local = self._local(at)
            wall = Text(f"{local:%H:%M}" if first else "", style="bold")
            table.add_row(wall, offset_says(self.run.start_at, at) if first else "", mark, text, who)

    def _opened(self, entries: list[Entry]) -> tuple[Text, Text, Text]:
        """Everything that opened at once, in one line; what stands several times is counted."""
        counted: dict[str, int] = {}
        for entry in entries:
            task = self.program.edition.tasks.get(self.run.case.tasks[entry.key].task)
            name = self.say(task.name) if task else self.say(entry.says)
            counted[name] = counted.get(name, 0) + 1
        names = [name if count == 1 else f"{name}×{count}" for name, count in counted.items()]
        listed = ("、" if self.language == "zh" else ", ").join(names)
        count = self.say(Words(f"待办{len(entries)}项：", f"{len(entries)} to do: "))
        return Text("+", style="dim"), Text(count + listed, style="dim"), Text()

    def _entry(self, entry: Entry) -> tuple[Text, Text, Text]:
        text = Text(self.say(entry.says))
        detail = self.say(entry.detail)
        who = Text(self.say(entry.who))
        match entry.kind:
            case "refusal":
                mark, style = (
                    Text("⊘", style="yellow" if entry.is_expected else "bold red"),
                    "yellow" if entry.is_expected else "bold red",
                )
                word = (
                    Words("拒绝：", "Refused: ")
                    if entry.is_expected
                    else Words("拒绝（脚本未预期）：", "Refused, not expected: ")
                )
                text = Text(self.say(word) + self.say(entry.says), style=style)
            case "fault":
                mark, text = Text("!", style="bold red"), Text(self.say(entry.says), style="bold red")
            case "notice":
                mark, text = Text("→", style="dim cyan"), Text(self.say(entry.says), style="dim cyan")
            case "input":
                mark, text = Text("›", style="dim"), Text(self.say(entry.says), style="dim")
            case _:
                mark = self._mark(entry)
                if entry.importance is Importance.KEY:
                    text.stylize("bold")
                elif entry.importance is Importance.QUIET:
                    text.stylize("dim")
                if entry.name in ("clock.fell-due", "clock.climbed"):
                    text.stylize("red")
        self._colour_levels(text, entry.event)
        if detail:
            text.append(f"  {detail}", style="not bold dim")
        return mark, text, who

    @staticmethod
    def _mark(entry: Entry) -> Text:
        marks = {
            "clock.fell-due": ("▲", "bold red"), "clock.climbed": ("▲", "red"), "clock.mark-reached": ("◆", "yellow"),
            "level.proposed": ("?", "cyan"), "task.terminated": ("×", "dim"),
        }  # fmt: skip
        if entry.name == "task.completed":
            late = isinstance(entry.event, e.TaskCompleted) and entry.event.late
            return Text("✔", style="yellow" if late else "green")
        return Text(*marks.get(entry.name, ("●", "bold" if entry.importance is Importance.KEY else "dim")))

    def _colour_levels(self, text: Text, event: e.Event | None) -> None:
        """Show the levels that a line names in their colours."""
        edition = self.program.edition
        match event:
            case e.LevelConfirmed(scale=scale_id) | e.LevelProposed(scale=scale_id) | e.WarningLifted(scale=scale_id):
                scale = edition.scales[scale_id]
            case e.WarningProposed() | e.WarningApproved() | e.WarningIssued() if self.program.main_scale(
                self.run.case
            ):
                scale = edition.scales[self.program.main_scale(self.run.case)]
            case _:
                return
        for level in scale.levels:
            text.highlight_words([self.say(level_says(scale, level.id))], HUES.get(level.hue, "reverse"))

    def _expected(self, verdict: Verdict) -> tuple[Text, Text, Text]:
        for_ = Text(self.say(self.program.actor_name(verdict.for_)) if verdict.for_ else "")
        # Without a space between: a line of Chinese breaks anywhere, and would otherwise break there first.
        said = self.say(WORDS[verdict.word]) + ("：" if self.language == "zh" else ": ") + self.say(verdict.expected)
        if verdict.holds:
            return Text("✓", style="green"), Text(said, style="green"), for_
        text = Text(said, style="bold red")
        text.append("\n" + self.say(Words("实际：", "found: ")) + self.say(verdict.found), style="red")
        return Text("✗", style="bold red"), text, for_

    # --- the end

    def _verdict(self, quiet: bool) -> None:
        run = self.run
        if run.failures:
            table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
            for heading in (
                Words("不符", "failed"),
                Words("时刻", "at"),
                Words("预期", "expected"),
                Words("实际", "found"),
            ):
                table.add_column(self.say(heading), overflow="fold", header_style="bold red")
            for verdict in run.failures:
                which = self.say(Words(f"第{verdict.line}行", f"line {verdict.line}")) if verdict.line else ""
                at = f"{offset_says(run.start_at, verdict.at)}\n{self._local(verdict.at):%m-%d %H:%M}"
                name = f"{self.say(WORDS[verdict.word])} {verdict.for_}".strip()
                table.add_row(
                    Text(f"{name}\n{which}"),
                    at,
                    Text(self.say(verdict.expected)),
                    Text(self.say(verdict.found), style="red"),
                )
            self.console.print()
            self.console.print(table)
        if not quiet:
            self._clocks()
        total, failed = len(run.verdicts), len(run.failures)
        counts = [run.count(outcome) for outcome in (Outcome.MET, Outcome.LATE, Outcome.MISSED, Outcome.RUNNING)]
        met, late, missed, running = counts
        summary = Words(
            f"{total}条预期，{'全部符合' if not failed else f'{failed}条不符'}；时限{sum(counts)}个：按时{met}，迟{late}，未办{missed}，未到期{running}",
            f"{total} expectations, {'all hold' if not failed else f'{failed} fail'}; {sum(counts)} clocks: {met} met, {late} late, {missed} missed, {running} running",
        )
        self.console.print()
        mark = Text("✗ " if failed else "✓ ", style="bold red" if failed else "bold green")
        self.console.print(mark + Text(self.say(summary), style="red" if failed else "green"))

    def _clocks(self) -> None:
        """The clocks that were late or missed."""
        bad = [clock for clock in self.run.clocks if clock.outcome in (Outcome.LATE, Outcome.MISSED)]
        if not bad:
            return
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for heading in (
            Words("时限", "clock"),
            Words("谁", "whose"),
            Words("应于", "due"),
            Words("实于", "done"),
            Words("结果", "outcome"),
        ):
            table.add_column(self.say(heading), overflow="fold")
        outcomes = {Outcome.LATE: Words("迟", "late"), Outcome.MISSED: Words("未办", "missed")}
        for clock in bad:
            task = self.program.edition.tasks.get(clock.task)
            name = self.say(task.name) if task else clock.task
            whose = self.say(self.program.actor_name(clock.for_)) if clock.for_ else ""
            done = (
                f"{self._local(clock.ended_at):%m-%d %H:%M}"
                if clock.ended_at and clock.outcome is Outcome.LATE
                else "—"
            )
            outcome = self.say(outcomes[clock.outcome]) + (f" {clock.late // 60}′" if clock.late else "")
            style = "yellow" if clock.outcome is Outcome.LATE else "red"
            table.add_row(
                Text(name), Text(whose), f"{self._local(clock.due_at):%m-%d %H:%M}", done, Text(outcome, style=style)
            )
        self.console.print()
        self.console.print(table)


def _opens(entry: Entry) -> bool:
    """Whether a task opened by itself, as dozens do at once; approvals and measures outside the plan stand alone."""
    return entry.name == "task.opened" and entry.importance is Importance.QUIET


def _is_shown(entry: Entry) -> bool:
    if entry.kind in ("notice", "input"):
        return False
    return entry.importance is not Importance.QUIET or entry.kind in ("refusal", "fault")


# --- for programs


def _words(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.say("en")}


def finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule, "file": finding.source, "line": finding.line, "column": finding.column,
        "path": list(finding.path), "says": _words(finding.says), "mend": _words(finding.mend),
    }  # fmt: skip


def _instants(program: Program, run: Run, at: datetime) -> dict[str, str]:
    return {"at": at.astimezone(program.zone).isoformat(), "offset": offset_says(run.start_at, at)}


def as_json(program: Program, run: Run) -> dict[str, Any]:
    """Everything that came of a run, as plain values. Instants are in the local time of the plan."""
    case = run.case
    return {
        "scenario": run.scenario.id,
        "title": _words(run.scenario.title),
        "plan": program.edition.id,
        "edition": program.edition.edition,
        "digest": run.edition,
        "starts": run.start_at.astimezone(program.zone).isoformat(),
        "ends": run.end_at.astimezone(program.zone).isoformat(),
        "passed": run.passed,
        "verdicts": [_verdict_json(program, run, verdict) for verdict in run.verdicts],
        "score": {outcome.value: run.count(outcome) for outcome in Outcome},
        "clocks": [
            {
                "key": clock.key, "task": clock.task, "for": clock.for_, "outcome": clock.outcome.value,
                "due": clock.due_at.astimezone(program.zone).isoformat(), "late_seconds": clock.late,
                "ended": clock.ended_at.astimezone(program.zone).isoformat() if clock.ended_at else None,
            }
            for clock in run.clocks
        ],
        "entries": [_entry_json(program, run, entry) for entry in run.entries],
        "case": {
            "kind": case.kind, "stage": case.stage, "ended": case.ended, "version": case.version,
            "levels": {scale: standing.confirmed for scale, standing in case.standings.items()},
            "types": list(case.types),
            "tasks": {key: state.status.value for key, state in case.tasks.items()},
        },
    }  # fmt: skip


def _verdict_json(program: Program, run: Run, verdict: Verdict) -> dict[str, Any]:
    return {
        **_instants(program, run, verdict.at), "line": verdict.line, "word": verdict.word, "for": verdict.for_,
        "holds": verdict.holds, "expected": _words(verdict.expected), "found": _words(verdict.found),
    }  # fmt: skip


def _entry_json(program: Program, run: Run, entry: Entry) -> dict[str, Any]:
    told: dict[str, Any] = {
        **_instants(program, run, entry.at), "kind": entry.kind, "name": entry.name, "says": _words(entry.says),
    }  # fmt: skip
    if entry.detail.zh:
        told["detail"] = _words(entry.detail)
    told["importance"] = entry.importance.value
    told |= {key: value for key, value in (("by", entry.by), ("to", entry.to), ("key", entry.key)) if value}
    if entry.number >= 0:
        told["input"] = entry.number
    if entry.kind == "refusal":
        told["expected"] = entry.is_expected
    if entry.event is not None:
        told["event"] = msgspec.to_builtins(entry.event)
    return told
