"""All rules, found by their files: P104_post_without_deputy.py holds the rule P104."""

from __future__ import annotations

import importlib
import pkgutil
import re
from functools import cache

from muster.plans.check.rule import Rule

_FILE = re.compile(r"P\d{3}_\w+")


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule of the check, by code."""
    package = importlib.import_module("muster.plans.check")
    found: list[Rule] = []
    for name in sorted(module.name for module in pkgutil.iter_modules(package.__path__)):
        if _FILE.fullmatch(name):
            rule = importlib.import_module(f"muster.plans.check.{name}").RULE
            assert isinstance(rule, Rule)
            found.append(rule)
    return tuple(found)


def rule_of(code: str) -> Rule | None:
    """The rule of that code; None where there is none."""
    return next((rule for rule in rules() if rule.code == code), None)
