"""`muster drill`: run scenarios on a virtual clock, list them, try an engine with random commands. Needs no database."""

from __future__ import annotations

import json
import random
import sys
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from muster.cli.drill_record import Printer, as_json, finding_json
from muster.cli.plan.loading import language_option
from muster.drills import faults_of, read_scenario
from muster.drills import schema as scenario_schema
from muster.drills.faults import ScenarioFaults
from muster.drills.running import Outcome, Run
from muster.drills.running import run as run_scenario
from muster.drills.stressing import Breach, stress
from muster.engine import Program, WorkCalendar
from muster.plans import shelf
from muster.plans.findings import Finding
from muster.plans.model import Words
from muster.plans.reading import LoadedPlan, read_plan

FAILED = 1
WRONG_USE = 2


class File(NamedTuple):
    """A scenario file: the name people know it by, its content, and where plans beside it may lie."""

    name: str
    content: bytes
    directory: Path | None


class Ran(NamedTuple):
    """What came of one file: a run, or the findings that kept it from running."""

    file: File
    run: Run | None
    findings: tuple[Finding, ...]
    program: Program | None


@click.group(name="drill")
def group() -> None:
    """演练：运行、列出脚本，随机检验。

    Drills: run scenarios on a virtual clock, list them, try a plan with random commands.
    """


@cache
def calendar() -> WorkCalendar:
    """The Chinese working calendar of the library."""
    return WorkCalendar.from_table(shelf.calendar_table())


def _library_files() -> list[File]:
    return [
        File(f"{plan}/{name}", content, None)
        for plan in shelf.plan_ids()
        for name, content in shelf.scenarios(plan).items()
    ]


def _files(target: str) -> list[File]:
    """The scenario files that an argument means: a file, a directory, PLAN/SCENARIO, or all of PLAN."""
    if target == "-":
        return [File("<stdin>", sys.stdin.buffer.read(), None)]
    path = Path(target)
    if path.is_file():
        return [File(str(path), path.read_bytes(), path.parent)]
    known = _library_files()
    plain = target.removesuffix(".yaml")
    found = [file for file in known if file.name == plain or file.name.startswith(f"{plain.rstrip('/')}/")]
    if found:
        return found
    if path.is_dir():
        found = [
            File(str(each), each.read_bytes(), path) for each in sorted(path.glob("*.yaml")) if each.name != "plan.yaml"
        ]
        if found:
            return found
    listed = "\n  ".join(file.name for file in known) or "-"
    raise click.UsageError(f"没有脚本或文件 No scenario or file: {target}\n脚本 Scenarios:\n  {listed}")


@cache
def _library_plan(plan_id: str) -> LoadedPlan:
    return shelf.read_library_plan(plan_id)


@cache
def _plan_file(path: Path) -> LoadedPlan:
    packs = shelf.packs() | {each.stem: each.read_bytes() for each in sorted((path.parent / "packs").glob("*.yaml"))}
    return read_plan(path.read_bytes(), name=str(path), packs=packs)


def _plan_of(file: File, plan_id: str, given: Path | None) -> LoadedPlan | None:
    """The plan that a scenario runs under: the one given, else of the library, else a file near it."""
    if given is not None:
        return _plan_file(given)
    if plan_id in shelf.plan_ids():
        return _library_plan(plan_id)
    if file.directory is not None:
        beside = file.directory
        for path in (
            beside / f"{plan_id}.yaml",
            beside / plan_id / "plan.yaml",
            beside.parent / "plan.yaml",
            beside / "plan.yaml",
        ):
            if path.is_file() and (loaded := _plan_file(path)).edition is not None and loaded.edition.id == plan_id:
                return loaded
    return None


_programs: dict[str, Program] = {}


def _run_file(file: File, given: Path | None) -> Ran:
    read = read_scenario(file.content, name=file.name)
    if read.scenario is None:
        return Ran(file, None, read.findings, None)
    plan = _plan_of(file, read.scenario.plan, given)
    if plan is None:
        faults = ScenarioFaults(read.places, file.name)
        faults.add("D001", ("plan",), plan=read.scenario.plan[:60], known=", ".join(shelf.plan_ids()) or "-")
        return Ran(file, None, tuple(faults.found), None)
    if plan.edition is None:
        return Ran(file, None, plan.findings, None)
    program = _programs.get(plan.edition.digest)
    if program is None:
        program = _programs[plan.edition.digest] = Program(plan.edition, calendar())
    if found := faults_of(program, read):
        return Ran(file, None, found, program)
    return Ran(file, run_scenario(program, read.scenario), (), program)


@group.command()
@click.argument("targets", nargs=-1, metavar="[FILE | PLAN/SCENARIO]...")
@click.option("--all", "everything", is_flag=True, help="运行脚本库的全部脚本 Every scenario of the library.")
@click.option(
    "--plan",
    "plan",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="在此预案文件下运行 Run under this plan file.",
)
@click.option("--json", "as_json_", is_flag=True, help="输出一个 JSON 对象 One JSON object.")
@click.option("--quiet", "-q", is_flag=True, help="只说结果 The verdict only.")
@click.option("--verbose", "-v", is_flag=True, help="也列出待办和通知 Also what opens, and every notice.")
@language_option
def run(
    targets: tuple[str, ...],
    everything: bool,
    plan: Path | None,
    as_json_: bool,
    quiet: bool,
    verbose: bool,
    language: str,
) -> None:
    """运行脚本：逐条核对预期，不符以 1 结束，文件不可读以 2 结束。

    Run scenarios and hold what comes out against what they expect. Exits 1 where an expectation fails, 2 where a file
    cannot be run.
    """
    if not targets and not everything:
        raise click.UsageError("写明脚本，或用 --all。Name a scenario, or use --all.")
    files = [file for target in targets for file in _files(target)]
    if everything:
        known = {file.name for file in files}
        files += [file for file in _library_files() if file.name not in known]
    if not files:
        raise click.UsageError("脚本库是空的。The library has no scenarios.")
    console = Console(width=None if sys.stdout.isatty() else 118, highlight=False)
    if as_json_:
        ran = [_run_file(file, plan) for file in files]
        told = [as_json(each.program, each.run) if each.run and each.program else _unreadable(each) for each in ran]
        one = told[0] if len(told) == 1 else {"passed": all(each["passed"] for each in told), "runs": told}
        click.echo(json.dumps(one, ensure_ascii=False, indent=2))
    elif len(files) == 1:
        ran = [_run_file(files[0], plan)]
        _tell_one(console, ran[0], language, quiet=quiet, verbose=verbose)
    else:
        ran = _with_progress(files, plan, language)
        for each in ran:
            if each.run is None or not each.run.passed:
                _tell_one(console, each, language, quiet=True, verbose=False)
        _tell_table(console, ran, language)
    sys.exit(
        WRONG_USE
        if any(each.run is None for each in ran)
        else FAILED
        if any(not each.run.passed for each in ran if each.run)
        else 0
    )


def _unreadable(ran: Ran) -> dict[str, Any]:
    return {"file": ran.file.name, "passed": False, "findings": [finding_json(each) for each in ran.findings]}


def _with_progress(files: list[File], plan: Path | None, language: str) -> list[Ran]:
    ran = []
    error = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=error, transient=True, disable=not error.is_terminal) as progress:
        bar = progress.add_task(Words("运行脚本", "Running").say(language), total=len(files))
        for file in files:
            progress.update(bar, description=file.name)
            ran.append(_run_file(file, plan))
            progress.advance(bar)
    return ran


def _tell_one(console: Console, ran: Ran, language: str, *, quiet: bool, verbose: bool) -> None:
    if ran.run is None or ran.program is None:
        for finding in ran.findings:
            place = f"{finding.source or ran.file.name}:{finding.line}:{finding.column}:"
            click.echo(
                f"{click.style(place, bold=True)} {click.style(finding.rule, fg='red', bold=True)} {finding.says.say(language)}"
            )
            click.echo(f"    → {finding.mend.say(language)}")
        return
    Printer(console, ran.program, ran.run, language).tell(quiet=quiet, verbose=verbose)


def _tell_table(console: Console, ran: list[Ran], language: str) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading, justify in (
        (Words("", ""), "left"), (Words("脚本", "scenario"), "left"), (Words("预期", "expected"), "right"),
        (Words("不符", "failed"), "right"), (Words("事件", "events"), "right"), (Words("按时", "met"), "right"),
        (Words("迟", "late"), "right"), (Words("未办", "missed"), "right"),
    ):  # fmt: skip
        table.add_column(heading.say(language), justify=justify)  # type: ignore[arg-type]
    for each in ran:
        if each.run is None:
            table.add_row(
                "[red]✗[/]",
                escape(each.file.name),
                "-",
                f"[red]{Words('不可读', 'unreadable').say(language)}[/]",
                "",
                "",
                "",
                "",
            )
            continue
        failed = len(each.run.failures)
        table.add_row(
            "[green]✓[/]" if each.run.passed else "[red]✗[/]", escape(each.file.name), str(len(each.run.verdicts)),
            f"[red]{failed}[/]" if failed else "0", str(len(each.run.events)),
            *(str(each.run.count(outcome)) for outcome in (Outcome.MET, Outcome.LATE, Outcome.MISSED)),
        )  # fmt: skip
    console.print(table)
    passed = sum(each.run is not None and each.run.passed for each in ran)
    summary = Words(f"{len(ran)}个脚本，{passed}个符合", f"{len(ran)} scenarios, {passed} as expected")
    console.print(summary.say(language), style="green" if passed == len(ran) else "red")


@group.command("list")
@click.argument("plans", nargs=-1)
@language_option
def list_scenarios(plans: tuple[str, ...], language: str) -> None:
    """列出脚本库的脚本。List the scenarios of the library."""
    for plan in plans:
        if plan not in shelf.plan_ids():
            raise click.UsageError(f"没有预案 No plan: {plan}\n预案库 Library: {', '.join(shelf.plan_ids()) or '-'}")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    headings = (Words("脚本", "scenario"), Words("标题", "title"), Words("开始", "starts"), Words("输入", "inputs"), Words("预期", "expected"))  # fmt: skip
    for heading in headings:
        # A name is typed again to run it: it stands whole in its line, however narrow the terminal.
        table.add_column(heading.say(language), overflow="fold", no_wrap=heading is headings[0])
    for file in _library_files():
        if plans and file.name.split("/")[0] not in plans:
            continue
        read = read_scenario(file.content, name=file.name)
        if read.scenario is None:
            fault = Words(f"有{len(read.findings)}处错误", f"{len(read.findings)} faults").say(language)
            table.add_row(escape(file.name), fault, "", "", "")
            continue
        scenario = read.scenario
        counted = sum(len(each.words) for each in scenario.expectations)
        starts = f"{scenario.starts.at:%Y-%m-%d %H:%M}"
        table.add_row(
            escape(file.name), escape(scenario.title.say(language)), starts, str(len(scenario.inputs)), str(counted)
        )
    Console(width=None if sys.stdout.isatty() else 118, highlight=False).print(table)


@group.command("stress")
@click.argument("plan")
@click.option(
    "--seed", type=int, default=1, show_default=True, help="随机种子 Seed; the same one gives the same commands."
)
@click.option("--runs", type=click.IntRange(1, 100_000), default=50, show_default=True, help="几个事项 How many cases.")
@click.option(
    "--steps", type=click.IntRange(1, 10_000), default=60, show_default=True, help="每个事项几条指令 Commands for each."
)
@language_option
def stress_plan(plan: str, seed: int, runs: int, steps: int, language: str) -> None:
    """以随机指令检验预案和引擎：重放一致、时限不倒、唤醒不空转。

    Try a plan with random commands, and hold the engine to what must always be true: replaying the events gives the
    same case, no clock runs backwards, no wake-up is in vain, every event can be kept and read again.
    """
    path = Path(plan)
    if path.is_file():
        loaded = _plan_file(path)
    elif plan in shelf.plan_ids():
        loaded = _library_plan(plan)
    else:
        raise click.UsageError(
            f"没有预案或文件 No plan or file: {plan}\n预案库 Library: {', '.join(shelf.plan_ids()) or '-'}"
        )
    if loaded.edition is None:
        raise click.UsageError(
            Words("预案有错误，先运行 muster plan check", "The plan has faults: see muster plan check").say(language)
        )
    program = Program(loaded.edition, calendar())
    breaches: list[tuple[int, Breach]] = []
    commands = events = refused = 0
    error = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=error, transient=True, disable=not error.is_terminal) as progress:
        bar = progress.add_task(loaded.edition.id, total=runs)
        for number in range(runs):
            # Each case has a seed of its own, so that one of them can be run again alone.
            result = stress(program, random.Random(seed + number), steps)  # noqa: S311  nothing secret is drawn
            commands, events, refused = commands + result.commands, events + result.events, refused + result.refused
            breaches += [(seed + number, breach) for breach in result.breaches]
            progress.advance(bar)
    console = Console(width=None if sys.stdout.isatty() else 118, highlight=False)
    for case_seed, breach in breaches[:20]:
        console.print(f"[red]✗[/] --seed {case_seed}  {escape(breach.rule)}  {escape(breach.says)}")
        console.print(f"    {escape(breach.command)}", style="dim")
    summary = Words(
        f"{runs}个事项，{commands}条指令（拒绝{refused}条），{events}条事件，违反{len(breaches)}处",
        f"{runs} cases, {commands} commands ({refused} refused), {events} events, {len(breaches)} breaches",
    )
    console.print(summary.say(language), style="red" if breaches else "green")
    sys.exit(FAILED if breaches else 0)


@group.command("schema")
def print_schema() -> None:
    """输出脚本文件的 JSON Schema。Print the JSON Schema of the scenario file."""
    click.echo(scenario_schema.text(), nl=False)
