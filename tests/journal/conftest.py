import pytest

from muster.cases import state
from muster.testing.clock import Clock
from muster.testing.plans import adopt_small_plan


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def plan(db, clock):
    """The small plan in force, in a process that remembers no case."""
    state.forget_all()
    return adopt_small_plan(clock())
