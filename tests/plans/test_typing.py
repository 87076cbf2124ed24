"""What does not fit together in the expressions of a plan is found before it can run."""

import pytest

from muster.plans.findings import Finding
from muster.plans.reading import read_plan

PLAN = """
id: p
title: t
edition: e
posts: {a: {name: 甲}, b: {name: 乙}}
parties: {trader: {name: 交易商, many: true}}
settings: {limit: {type: int, value: 5}, interval: {type: duration, value: 3mo}}
forms: {record: {fields: {cause: {type: enum, values: [human, nature]}, people: {type: list}, found_at: {type: instant}}}}
facts:
  place: {type: enum, values: [county, city]}
  size: {type: enum, ordered: true, values: [small, big]}
  signs: {type: set, values: [smoke, noise]}
  hurt: {type: int}
  sure: {type: bool}
  restored_at: {type: instant}
  day: {type: date}
  lasting: {type: duration, is: if known(restored_at) then restored_at - occurred else elapsed(occurred)}
  FACT
types: {fire: {}, flood: {}}
scales:
  level: {levels: [IV, III, II], criteria: {c1: {level: IV, when: sure}}}
  colour: {of: warning, levels: [blue, red]}
tasks:
  before: {kind: action, who: a}
  task: {kind: record, form: record, who: a, KEY}
  formless: {kind: action, who: a, OTHER}
"""


def found(key: str = "", fact: str = "", other: str = "") -> list[Finding]:
    text = PLAN.replace("KEY", key).replace("FACT", fact).replace("OTHER", other)
    return list(read_plan(text).findings)


@pytest.mark.parametrize(
    "expression",
    [
        "level >= III",
        "level in [III, II]",
        "III <= level",
        "place in [county, city] and not sure",
        "county == place",
        'place == "county"',
        "size > small",
        "fire in types",
        "smoke in signs or count(signs) > 1",
        "count(trader) >= limit",
        "lasting >= 30m",
        "elapsed(reported) > 1mo and hurt > 0",
        "elapsed(reported) > interval",
        "restored_at - occurred > 2h",
        "not known(restored_at) or restored_at - occurred > 2h",
        "occurred + 1h > done(before)",
        "stage >= response",
        "working_hours and not holiday",
        "times_raised > 2",
        "hurt + 1 > limit - 2",
        "if sure then hurt > 1 else true",
        "known(confirmed(level))",
    ],
)
def test_a_condition_that_fits_together_has_no_findings(expression: str) -> None:
    assert found(key=f"when: '{expression}'") == []


@pytest.mark.parametrize(
    "expression",
    [
        "occurred + 1h",
        "first_known(received(before), reported) + 15m",
        "end_of_day(occurred)",
        "next(friday, occurred)",
        "confirmed(level) + 5wd",
        "(if sure then done(before) else reported) + 24h",
        "latest(occurred, detected) + interval",
        "restored_at",
        "30m + occurred",
        "occurred + (restored_at - reported)",
    ],
)
def test_an_instant_that_fits_together_has_no_findings(expression: str) -> None:
    assert found(key=f"due: '{expression}'") == []


@pytest.mark.parametrize(
    ("expression", "code", "sign"),
    [
        ("levl >= III", "P050", "Did you mean “level”"),
        ("county", "P050", "x == county"),
        ("occurred-1h > reported", "P050", "spaces around it"),
        ("level == blue", "P051", "IV, III, II"),
        ("place == citty", "P051", "Did you mean “city”"),
        ("fires in types", "P051", "Did you mean “fire”"),
        ("level >= colour", "P052", "kind"),
        ("types == fire", "P052", "types"),
        ("lasting >= 30", "P052", "a span of time"),
        ("hurt == sure", "P052", "a number"),
        ("day > occurred", "P052", "a date"),
        ("hurt in place", "P052", "cannot be compared"),
        ("place > county", "P053", "ordered: true"),
        ("sure > true", "P053", "no order"),
        ("hurt", "P054", "needs true or false"),
        ("sure and restored_at", "P054", "an instant"),
        ("hurt + 1h > 2h", "P055", "add"),
        ("occurred + reported > occurred", "P055", "instant"),
        ("elapsed(occurred) + 1h > 2h", "P055", "span"),
        ("elapsed(hurt) > 1h", "P056", "an instant"),
        ("count(hurt) > 1", "P056", "a party"),
        ("known(1)", "P056", "always known"),
        ("earliest(lasting, lasting) > 1h", "P056", "instants"),
        ("first_known(hurt, sure) > 1", "P056", "a number"),
        ("form.cause == human", "P058", "no form here"),
        ("elapsed(occurred) > restored_at - reported", "P060", "stands still"),
        ("known(done(befor))", "P061", "Did you mean “before”"),
        ("known(confirmed(levels))", "P020", "Did you mean “level”"),
    ],
)
def test_a_condition_that_cannot_be_evaluated_is_told_with_its_reason(expression: str, code: str, sign: str) -> None:
    (finding,) = found(other=f"when: '{expression}'")
    assert finding.rule == code
    assert sign in f"{finding.says.en} {finding.mend.en}"
    assert finding.path == ("tasks", "formless", "when")


@pytest.mark.parametrize(
    ("key", "sign"),
    [
        ("due: 1h", "needs an instant"),
        ("aim: lasting", "needs an instant"),
        ("since: sure", "needs an instant"),
        ("while: occurred", "needs true or false"),
        ("marks: {at: 2h, say: x}", "needs an instant"),
        ("again: {every: limit}", "needs a span of time"),
        ("again: {until: hurt}", "needs true or false"),
        ("approve: {who: a, due: 1h}", "needs an instant"),
        ("approve: {who: a, when: hurt}", "needs true or false"),
        ("done: {that: count(form.people), say: x}", "needs true or false"),
    ],
)
def test_every_key_gets_what_it_needs(key: str, sign: str) -> None:
    (finding,) = found(key=key)
    assert finding.rule == "P054"
    assert sign in finding.says.en


@pytest.mark.parametrize(
    "check",
    [
        "form.cause in [human, nature]",
        "count(form.people) >= 3",
        "by != done_by(before)",
        "by == b",
        "form.found_at > occurred",
    ],
)
def test_a_completion_may_speak_of_its_form_and_of_who_completes(check: str) -> None:
    assert found(key=f"done: {{that: '{check}', say: x}}") == []


def test_a_field_that_the_form_of_the_task_lacks_is_told() -> None:
    (finding,) = found(key="done: {that: form.causes == human, say: x}")
    assert finding.rule == "P057"
    assert "Did you mean “cause”" in finding.mend.en


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        ("sum: {type: int, is: hurt + 1}", None),
        ("area: {type: enum, values: [wide, narrow], is: if sure then wide else narrow}", None),
        ("sum: {type: int, is: lasting}", "P054"),
        ("area: {type: enum, values: [wide, narrow], is: if sure then wide else huge}", "P051"),
        ("mixed: {type: int, is: if sure then 1 else 1h}", "P052"),
        ("self: {type: bool, is: not self}", "P059"),
    ],
)
def test_a_derived_fact_gives_what_it_is_declared_to_be(fact: str, code: str | None) -> None:
    assert [finding.rule for finding in found(fact=fact)] == ([code] if code else [])


def test_a_circle_of_facts_is_told_once_and_shown() -> None:
    (finding,) = found(fact="x: {type: bool, is: y}\n  y: {type: bool, is: z}\n  z: {type: bool, is: not x}")
    assert finding.rule == "P059"
    assert "x → y → z → x" in finding.says.en


def test_facts_on_facts_on_facts_are_bounded() -> None:
    chain = "\n  ".join(f"f{n}: {{type: bool, is: f{n + 1}}}" for n in range(30)) + "\n  f30: {type: bool}"
    (finding,) = found(fact=chain)
    assert finding.rule == "P062"


def test_a_word_that_is_a_value_and_a_name_at_once_is_told_where_it_is_used() -> None:
    (finding,) = found(fact="kind_of: {type: enum, values: [sure, hurt]}", other="when: kind_of == hurt")
    assert finding.rule == "P026"


def test_values_are_told_even_where_the_file_has_other_faults() -> None:
    codes = [finding.rule for finding in found(other="when: levl == IV, colour: x")]
    assert sorted(codes) == ["P010", "P050"]
