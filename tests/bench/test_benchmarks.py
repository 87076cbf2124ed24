"""Each benchmark runs through on a small scale and prints the figures that it is asked for."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from muster.testing import postgres

ROOT = Path(__file__).parents[2]


def printed(benchmark: str, *arguments: str) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{benchmark}", "--json", *arguments],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=180, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def both_databases():
    if postgres.programs() is None:
        pytest.skip("PostgreSQL's programs are not on this machine")


@pytest.mark.slow
def test_the_shell_gives_its_ratio_to_the_bare_driver_on_both_databases_and_that_of_the_page(both_databases):
    figures = printed("shell", "--cases", "4", "--runs", "1", "--short", "40", "--long", "80", "--requests", "2")
    for name in ("ratio_sqlite", "ratio_postgres"):
        assert figures[name] > 0
    assert figures["room_page_ratio"] > 0
    assert figures["tasks_in_case"] >= 60
    assert figures["entries"] == [40, 80]


@pytest.mark.slow
def test_the_timekeeper_gives_lateness_and_memory_for_one_process_and_for_two(both_databases):
    figures = printed("timekeeper", "--cases", "60", "--due", "20")
    for name in ("lateness_p50_s", "lateness_p99_s", "rss_mb"):
        assert set(figures[name]) == {"1", "2"}
        assert all(value > 0 for value in figures[name].values())
    assert [sum(ticked) for ticked in figures["ticked"].values()] == [20, 20]


@pytest.mark.slow
def test_the_library_gives_the_time_to_check_to_load_and_to_run_it_plan_by_plan():
    figures = printed("library", "--runs", "1")
    for name in ("check_all_cold_s", "check_all_warm_s", "slowest_load_ms", "scenarios_s"):
        assert figures[name] > 0
    assert len(figures["by_plan"]) == figures["plans"]
    assert figures["slowest_load"] in figures["by_plan"]
