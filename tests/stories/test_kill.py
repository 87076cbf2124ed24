"""Whatever moment the process dies at, nothing is lost, nothing is doubled, no clock is forgotten.

A few kills here; two hundred with `python -m tests.stories.killing --kills 200`.
"""

import os

import pytest
from tests.stories import killing


@pytest.mark.slow
@pytest.mark.parametrize(("through", "kills", "commands"), [("pages", 5, 10), ("pipe", 8, 50)])
def test_kills_lose_nothing_double_nothing_and_forget_no_clock(through, kills, commands):
    database = os.environ.get("MUSTER_TEST_DATABASE", "sqlite")
    story, wrong = killing.run(kills=kills, seed=20260303, database=database, through=through)
    assert wrong == []
    assert len(story.acknowledged) >= commands
