"""The engine alone: commands decided and evolved, events replayed, a scenario of two weeks.

Beside it, in the same run, two libraries from PyPI on a like task: SpiffWorkflow completes the tasks of a workflow of
60 parallel tasks, eventsourcing triggers events of an aggregate that keeps the state of 60 tasks, in memory.
"""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from typing import Any

from bench.measuring import Figures, asked, best_rate, show
from muster import drills
from muster.engine import NEW, Case, Program, Refusal, WorkCalendar, decide, evolve, replay
from muster.engine.commands import Assess, Complete, ConfirmLevel, Jot, OpenIncident, Take
from muster.engine.events import AnyEvent
from muster.plans.shelf import read_library_plan, scenarios
from muster.testing.story import Story

COMMANDS = 20_000
TWO_WEEKS = timedelta(days=14)

SPREADING = {
    "county_can_handle": False,
    "cross_county_coordination": True,
    "crime_suspected": True,
    "police_needed": True,
    "mass_incident": True,
    "guidance_needed": True,
    "individual_claims": True,
}


def luohe() -> Program:
    edition = read_library_plan("luohe-finance").edition
    assert edition is not None
    return Program(edition, WorkCalendar())


def big_case(program: Program) -> Story:
    """A level III incident with some sixty tasks standing."""
    story = Story(program, starts="2026-03-05 08:35")
    story.does(
        OpenIncident(
            by="incident-unit",
            title="财富公司停业",
            occurred=story.at("08:20"),
            types=("illegal-finance",),
            facts={"trigger": "illegal_activity", "origin": "county", "impact": "city", "sectors_affected": 2},
            units={"financial-regulators": ("finance-work-bureau",)},
        )
    )
    story.does(Assess(by="mechanism-office", facts=SPREADING))
    story.does(ConfirmLevel(by="mechanism-office", level="III"))
    return story


def completions(program: Program, story: Story) -> int:
    """Decide and evolve the completion of one task of the case, again and again from the same case."""
    now = story.now + timedelta(minutes=1)
    command = Complete(by="unit-head", task="unit-response", note="已组织应对")
    case = story.case
    for _ in range(COMMANDS):
        events = decide(program, case, command, now)
        assert not isinstance(events, Refusal)
        after = case
        for event in events:
            after = evolve(after, event)
    return COMMANDS


def journal_of(program: Program) -> list[AnyEvent]:
    """A long journal: a big case whose reports and jottings go on."""
    story = big_case(program)
    story.does(Take(by="unit-head", task="unit-response"))
    for minute in range(400):
        story.does(Jot(by="mechanism-office", text=f"第{minute}条"))
        story.does(Complete(by="county-government", task="rolling-report", for_="county-government", note="续报"))
    return story.events


def replays(events: list[AnyEvent]) -> int:
    total = 0
    while total < 50_000:
        case: Case = replay(events, NEW)
        assert case.version == len(events)
        total += len(events)
    return total


def scenario_ms(program: Program) -> tuple[float, str]:
    """Milliseconds of one core for a full scenario with its clocks, its record and its expectations, the best of five; its name.

    Of the library's scenarios that last for two weeks or longer, the one that takes longest.
    """
    slowest = (0.0, "")
    for name, source in scenarios("luohe-finance").items():
        scenario = drills.read_scenario(source, name=name).scenario
        assert scenario is not None, name
        best, result = float("inf"), drills.run(program, scenario)
        if result.end_at - result.start_at < TWO_WEEKS:
            continue
        for _ in range(5):
            began = time.process_time()
            result = drills.run(program, scenario)
            best = min(best, time.process_time() - began)
            assert result.passed, name
        slowest = max(slowest, (best * 1000, name))
    assert slowest[1], "the library has no scenario of two weeks"
    return slowest


def spiff_rate() -> float:
    """Tasks completed per second by SpiffWorkflow: 60 parallel manual tasks, in memory."""
    from SpiffWorkflow import TaskState
    from SpiffWorkflow.specs.Simple import Simple
    from SpiffWorkflow.specs.StartTask import StartTask
    from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec
    from SpiffWorkflow.workflow import Workflow

    spec = WorkflowSpec(name="sixty")
    spec.start = StartTask(spec)
    for number in range(60):
        task = Simple(spec, f"task-{number}", manual=True)
        spec.start.connect(task)

    def work() -> int:
        done = 0
        for _ in range(5):
            workflow = Workflow(spec)
            workflow.run_all()
            for task in list(workflow.get_tasks(state=TaskState.READY)):
                task.run()
                done += 1
        return done

    return best_rate(work, runs=3)


def eventsourcing_rate() -> float:
    """Events per second triggered on an aggregate of the eventsourcing library, in memory and not stored."""
    from eventsourcing.domain import Aggregate, event

    class Response(Aggregate):
        def __init__(self) -> None:
            self.tasks = {f"task-{number}": "open" for number in range(60)}

        @event("TaskCompleted")
        def complete(self, key: str, note: str) -> None:
            self.tasks[key] = "completed"

    def work() -> int:
        aggregate = Response()
        for number in range(3_000):
            aggregate.complete(key=f"task-{number % 60}", note="done")
        return 3_000

    return best_rate(work, runs=3)


def main() -> int:
    """Measure everything, then print."""
    wanted = asked("The engine alone, one core")
    program = luohe()
    story = big_case(program)
    events = journal_of(program)
    scenario_took, scenario_name = scenario_ms(program)
    figures: Figures = {
        "tasks_in_case": len(story.case.tasks),
        "commands_per_s": round(best_rate(lambda: completions(program, story))),
        "replay_events_per_s": round(best_rate(lambda: replays(events))),
        "two_week_scenario_ms": round(scenario_took, 1),
        "two_week_scenario": scenario_name,
    }
    peers: dict[str, Any] = {
        "spiffworkflow_tasks_per_s": round(spiff_rate()),
        "eventsourcing_events_per_s": round(eventsourcing_rate()),
    }
    figures.update(peers)

    def rows() -> list[tuple[str, str, str]]:
        ratio = figures["commands_per_s"]
        return [
            (f"task completions decided and evolved, case of {figures['tasks_in_case']} tasks",
             f"{ratio:,}/s", "at least 40,000/s"),
            ("events replayed", f"{figures['replay_events_per_s']:,}/s", "at least 200,000/s"),
            (f"a scenario of two weeks or longer ({scenario_name})", f"{figures['two_week_scenario_ms']} ms", "under 50 ms"),
            ("SpiffWorkflow: tasks completed", f"{peers['spiffworkflow_tasks_per_s']:,}/s",
             f"Muster is {ratio / peers['spiffworkflow_tasks_per_s']:.1f} times as fast"),
            ("eventsourcing: events triggered", f"{peers['eventsourcing_events_per_s']:,}/s",
             f"Muster is {ratio / peers['eventsourcing_events_per_s']:.1f} times as fast"),
        ]  # fmt: skip

    packages = ("SpiffWorkflow", "eventsourcing", "msgspec")
    return show("The engine alone, one core", rows, figures, *packages, as_json=wanted.json)


if __name__ == "__main__":
    sys.exit(main())
