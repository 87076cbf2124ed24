"""Grading: certain, possible, excluded; the open question; confirming and overriding."""

from __future__ import annotations

from muster.engine import grade
from muster.engine.commands import Assess, ConfirmLevel, OpenIncident
from muster.engine.events import LevelProposed
from muster.engine.grading import Verdict
from muster.testing.story import Story


def verdicts(story: Story) -> dict[str, str]:
    return {each.level: each.verdict for each in grade(story.program, story.case, "level", story.now).levels}


def test_nothing_known_is_not_graded_and_never_the_lowest_level(story: Story) -> None:
    story.does(OpenIncident(by="duty-office", title="不明"))
    grading = grade(story.program, story.case, "level", story.now)
    assert grading.proposed == ""
    assert grading.because == ()
    assert set(verdicts(story).values()) == {Verdict.POSSIBLE}


def test_a_level_is_certain_possible_or_excluded_with_its_reasons(accident: Story) -> None:
    accident.does(Assess(by="duty-office", facts={"affected_area": "county"}))
    assert verdicts(accident) == {"II": Verdict.EXCLUDED, "III": Verdict.EXCLUDED, "IV": Verdict.CERTAIN}
    grading = grade(accident.program, accident.case, "level", accident.now)
    assert (grading.proposed, grading.because) == ("IV", ("IV-1",))
    criterion = next(c for level in grading.levels for c in level.criteria if c.criterion.id == "IV-1")
    assert criterion.facts == ("affected_area",)
    assert criterion.criterion.cite == "第六条"


def test_the_open_question_says_where_each_answer_leads(story: Story) -> None:
    story.does(OpenIncident(by="duty-office", title="不明", occurred=story.at("08:50")))
    question = grade(story.program, story.case, "level", story.now).question
    assert question is not None
    assert question.fact == "affected_area"
    assert {answer.value: answer.proposes for answer in question.answers} == {
        "county": "IV",
        "city": "III",
        "province": "II",
    }


def test_a_settled_grading_asks_nothing_more(accident: Story) -> None:
    accident.does(Assess(by="duty-office", facts={"affected_area": "province"}))
    assert grade(accident.program, accident.case, "level", accident.now).question is None


def test_time_passing_proposes_a_higher_level_and_a_person_confirms(accident: Story) -> None:
    accident.does(Assess(by="duty-office", facts={"affected_area": "county"}))
    accident.does(ConfirmLevel(by="duty-office", level="IV"))
    accident.moves_to("10:39")
    assert accident.case.standings["level"].proposed == "IV"
    accident.moves_to("10:40")
    assert accident.case.standings["level"].proposed == "III"
    assert accident.case.level() == "IV"
    proposals = [event for event in accident.events if isinstance(event, LevelProposed)]
    assert proposals[-1].because == ("III-2",)


def test_the_proposed_level_needs_no_reason_but_every_other_does(accident: Story) -> None:
    accident.does(Assess(by="duty-office", facts={"affected_area": "city"}))
    refusal = accident.is_refused(ConfirmLevel(by="leading-group", level="II"))
    assert refusal.code == "level.reason"
    assert "重大" in refusal.say("zh")
    accident.does(ConfirmLevel(by="leading-group", level="II", reason="预计扩散至全省"))
    assert accident.case.level() == "II"


def test_lowering_a_level_needs_a_reason(accident: Story) -> None:
    accident.does(Assess(by="duty-office", facts={"affected_area": "city"}))
    accident.does(ConfirmLevel(by="leading-group", level="III"))
    accident.does(Assess(by="duty-office", facts={"affected_area": "county"}))
    assert accident.is_refused(ConfirmLevel(by="duty-office", level="IV")).code == "level.reason"
    accident.does(ConfirmLevel(by="duty-office", level="IV", reason="核实后影响仅限本县"))
    assert accident.case.level() == "IV"


def test_who_may_confirm_depends_on_the_level(accident: Story) -> None:
    accident.does(Assess(by="duty-office", facts={"affected_area": "city"}))
    refusal = accident.is_refused(ConfirmLevel(by="technology-dept", level="III"))
    assert refusal.code == "right.not-yours"
    assert "应急处理工作领导小组" in refusal.say("zh")
    accident.does(ConfirmLevel(by="director", level="III"))  # the chair acts for the group


def test_a_level_of_no_scale_is_refused_with_what_is_allowed(accident: Story) -> None:
    refusal = accident.is_refused(ConfirmLevel(by="duty-office", level="V"))
    assert refusal.code == "level.unknown"
    assert refusal.details["allowed"] == ["一般", "较大", "重大"]


def test_a_rise_keeps_what_was_done_and_opens_what_the_level_adds(accident: Story) -> None:
    accident.does(Assess(by="duty-office", facts={"affected_area": "county"}))
    accident.does(ConfirmLevel(by="duty-office", level="IV"))
    before = dict(accident.case.tasks)
    accident.does(Assess(by="duty-office", facts={"affected_area": "city"}))
    accident.does(ConfirmLevel(by="leading-group", level="III"))
    assert {key: accident.task(key) for key in before} == before
    assert {"name-speaker", "daily"} <= accident.live
    accident.does(ConfirmLevel(by="duty-office", level="IV", reason="降级"))
    assert accident.task("daily").how == "no-longer-applies"


def test_an_answer_can_be_taken_back(accident: Story) -> None:
    accident.does(Assess(by="duty-office", facts={"affected_area": "city"}))
    accident.does(Assess(by="duty-office", facts={"affected_area": None}))
    assert "affected_area" not in accident.case.facts
    assert accident.case.standings["level"].proposed == ""


def test_a_wrong_answer_is_refused_with_what_is_allowed(accident: Story) -> None:
    refusal = accident.is_refused(Assess(by="duty-office", facts={"affected_area": "村"}))
    assert refusal.code == "fact.wrong"
    assert "本县、全市、全省" in refusal.say("zh")
    assert accident.is_refused(Assess(by="duty-office", facts={"people_gathered": "many"})).code == "fact.wrong"
    assert accident.is_refused(Assess(by="duty-office", facts={"lasting": 5})).code == "fact.derived"
    hint = accident.is_refused(Assess(by="duty-office", facts={"afected_area": "city"}))
    assert "affected_area" in hint.say("en")
