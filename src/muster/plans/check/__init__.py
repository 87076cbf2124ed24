"""`muster plan check`: what is wrong with a plan, although it can be read.

Each rule is one file with its code, its page and its examples. `check` gives the findings of all of them.
"""

from muster.plans.check.checking import check
from muster.plans.check.register import rule_of, rules
from muster.plans.check.rule import Example, Found, Rule, View

__all__ = ["Example", "Found", "Rule", "View", "check", "rule_of", "rules"]
