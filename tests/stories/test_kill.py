"""Whatever moment the process dies at, nothing is lost, nothing is doubled, no clock is forgotten.

Ten kills here; two hundred with `python -m tests.stories.killing --kills 200`.
"""

import os

import pytest
from tests.stories import killing


@pytest.mark.slow
def test_ten_kills_lose_nothing_double_nothing_and_forget_no_clock():
    database = os.environ.get("MUSTER_TEST_DATABASE", "sqlite")
    story, wrong = killing.run(kills=10, seed=20260303, database=database)
    assert wrong == []
    assert len(story.acknowledged) > 50
