"""Adopting editions: what is put in force, and what is not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from muster.cases import editions
from muster.plans.check.examples import SMALLEST
from muster.plans.reading import read_plan

NOW = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_a_sound_plan_is_put_in_force_and_adopting_it_again_changes_nothing() -> None:
    first = editions.adopt(read_plan(SMALLEST), NOW)
    assert editions.adopt(read_plan(SMALLEST), NOW).pk == first.pk
    assert editions.plans_in_force() == [first.plan]


def test_a_plan_that_asks_for_what_the_law_forbids_is_not_adopted() -> None:
    unlawful = (
        SMALLEST + "guidance:\n  hush: {text: {zh: 联系网站付费删帖, en: Pay the site to delete posts}, cite: 五}\n"
    )
    with pytest.raises(ValueError, match="cannot be adopted"):
        editions.adopt(read_plan(unlawful), NOW)
    assert editions.plans_in_force() == []


def test_a_file_that_is_no_plan_is_not_adopted() -> None:
    with pytest.raises(ValueError, match="cannot be adopted"):
        editions.adopt(read_plan("just a text"), NOW)
