"""The library: every plan checked, one edition made ready to run, every scenario run to its end.

- *Checked* is what `muster plan check` does for a plan: its YAML is read, with the packs it includes, and every rule looks
  at it. Cold is the first time in a process of its own, with the import of everything that is needed; warm is again in
  the same process. What a plan leaves behind for the next time (its index, texts that were looked at) is thrown away first.
- *Loaded* is what a process does for an edition that the database keeps: the canonical content becomes an `Edition`, that a
  `Program`, and, so that nothing is put off to the first case, every expression of the plan is compiled.
- *Scenarios* are read and run under programs that are compiled before, and every one must come out as it says.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

from bench.measuring import Figures, asked, show
from muster import drills
from muster.engine import Program, WorkCalendar
from muster.plans import index, shelf
from muster.plans.check import check
from muster.plans.reading import LoadedPlan, read_canonical

CHECKED_S, LOADED_MS, SCENARIOS_S = 3.0, 20.0, 5.0


class PlanFigures(NamedTuple):
    """Of one plan: how many tasks, the size of its content, and milliseconds of one core."""

    tasks: int
    kilobytes: int
    read_ms: float
    check_ms: float
    load_ms: float
    program_ms: float
    scenarios: int
    scenarios_ms: float


def took(work: Callable[[], object]) -> float:
    """Seconds of one core."""
    began = time.process_time()
    work()
    return time.process_time() - began


def median_ms(work: Callable[[], object], runs: int) -> float:
    return statistics.median(took(work) for _ in range(runs)) * 1000


def forget() -> None:
    """What is kept from one reading of a plan to the next."""
    index._kept.cache_clear()


def checked(plan: str) -> LoadedPlan:
    loaded = shelf.read_library_plan(plan)
    findings = check(loaded)
    assert loaded.edition is not None, (plan, findings)
    return loaded


def check_all() -> None:
    forget()
    for plan in shelf.plan_ids():
        checked(plan)


def cold_s(runs: int) -> float:
    """Seconds by the wall clock from starting a process to its having checked every plan, the median."""
    line = "from bench.library import check_all; check_all()"
    wall = []
    for _ in range(runs):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", line], check=True)
        wall.append(time.perf_counter() - began)
    return statistics.median(wall)


def compiled(content: bytes, calendar: WorkCalendar) -> Program:
    """An edition from its canonical content, ready to run, and nothing left to compile."""
    forget()
    program = Program(read_canonical(content), calendar)
    edition = program.edition
    for task in edition.tasks.values():
        for _, expression in index.expressions_of(task):
            program.compiled(expression)
    for fact in edition.facts.values():
        if fact.derived is not None:
            program.compiled(fact.derived)
    for scale in edition.scales.values():
        for criterion in scale.criteria:
            if criterion.when is not None:
                program.compiled(criterion.when)
    for rights in edition.rights.values():
        for right in rights:
            if right.when is not None:
                program.compiled(right.when)
    return program


def run_scenarios(program: Program, sources: dict[str, bytes]) -> None:
    for name, source in sources.items():
        scenario = drills.read_scenario(source, name=name).scenario
        assert scenario is not None, name
        assert drills.run(program, scenario).passed, name


def measured(plan: str, calendar: WorkCalendar, runs: int) -> PlanFigures:
    loaded = shelf.read_library_plan(plan)
    assert loaded.edition is not None, plan
    edition, content, sources = loaded.edition, loaded.content, shelf.scenarios(plan)
    program = Program(edition, calendar)

    def again() -> None:
        forget()
        check(loaded)

    def ready() -> None:
        forget()
        Program(read_canonical(content), calendar)

    return PlanFigures(
        tasks=len(edition.tasks),
        kilobytes=round(len(content) / 1000),
        read_ms=median_ms(lambda: shelf.read_library_plan(plan), runs),
        check_ms=median_ms(again, runs),
        load_ms=median_ms(lambda: compiled(content, calendar), runs),
        program_ms=median_ms(ready, runs),
        scenarios=len(sources),
        scenarios_ms=median_ms(lambda: run_scenarios(program, sources), runs),
    )


def per_plan(table: dict[str, PlanFigures]) -> None:
    from rich.console import Console
    from rich.table import Table

    shown = Table(title="Plan by plan, milliseconds of one core, medians", title_justify="left")
    shown.add_column("plan")
    for heading in ("tasks", "kB", "read", "check", "load", "first use", "scenarios", "run"):
        shown.add_column(heading, justify="right")
    for plan, each in sorted(table.items(), key=lambda one: -one[1].load_ms):
        times = (each.read_ms, each.check_ms, each.load_ms, each.program_ms)
        shown.add_row(
            plan, str(each.tasks), str(each.kilobytes), *(f"{ms:.1f}" for ms in times), str(each.scenarios),
            f"{each.scenarios_ms:.1f}",
        )  # fmt: skip
    Console().print(shown)


def main() -> int:
    """Measure everything, then print."""
    wanted = asked("The library, one core", runs=7)
    runs = wanted.runs
    calendar = WorkCalendar.from_table(shelf.calendar_table())
    cold = cold_s(min(runs, 5))
    warm = median_ms(check_all, runs) / 1000
    table = {plan: measured(plan, calendar, runs) for plan in shelf.plan_ids()}
    programs = {plan: compiled(shelf.read_library_plan(plan).content, calendar) for plan in table}
    sources = {plan: shelf.scenarios(plan) for plan in table}

    def everything() -> None:
        for plan, program in programs.items():
            run_scenarios(program, sources[plan])

    largest = max(table, key=lambda plan: table[plan].load_ms)
    count = sum(each.scenarios for each in table.values())
    figures: Figures = {
        "plans": len(table),
        "check_all_cold_s": round(cold, 2),
        "check_all_warm_s": round(warm, 3),
        "slowest_load_ms": round(table[largest].load_ms, 2),
        "slowest_load": largest,
        "scenarios": count,
        "scenarios_s": round(median_ms(everything, runs) / 1000, 3),
        "by_plan": {plan: {name: round(v, 2) for name, v in each._asdict().items()} for plan, each in table.items()},
    }

    def rows() -> list[tuple[str, str, str]]:
        return [
            (f"all {len(table)} plans checked, in a process of its own, from its start", f"{cold:.2f} s", f"under {CHECKED_S:.0f} s"),
            ("the same again in one process", f"{warm:.2f} s", f"under {CHECKED_S:.0f} s"),
            (f"the edition that takes longest to load ({largest})", f"{table[largest].load_ms:.1f} ms", f"under {LOADED_MS:.0f} ms"),
            (f"all {count} scenarios read, run, and held against what they expect", f"{figures['scenarios_s']:.2f} s",
             f"under {SCENARIOS_S:.0f} s"),
        ]  # fmt: skip

    if not wanted.json:
        per_plan(table)
    return show("The library, one core", rows, figures, "msgspec", "PyYAML", as_json=wanted.json)


if __name__ == "__main__":
    sys.exit(main())
