"""The plan reader: what it shows is what the engine runs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.console.pages.reading import text

from muster.console import pictures
from muster.engine import Program
from muster.testing.cast import PLAN
from muster.testing.plans import adopt_small_plan, small_plan

ADDRESS = f"/plans/{PLAN}/"


def test_the_list_shows_the_plans_in_force_and_what_one_holds_of_them(as_):
    html = text(as_("tang").get("/plans/"))
    assert "漯河市金融突发事件应急预案" in html
    assert "副召集人（市金融工作局主要负责人）、市金融工作局" in html


def test_a_plan_of_which_one_holds_nothing_cannot_be_told_from_one_that_is_not_there(as_, clock):
    adopt_small_plan(clock())
    assert as_("wen").get("/plans/water-outage/").status_code == 404
    assert as_("wen").get("/plans/no-such-plan/").status_code == 404


def test_every_part_of_the_plan_is_there(as_, luohe):
    answer = as_("wen").get(ADDRESS)
    html = text(answer)
    edition = luohe.edition
    assert edition is not None
    for task in edition.tasks.values():
        assert task.name.zh in html, task.id
    for scale in edition.scales.values():
        for criterion in scale.criteria:
            assert criterion.text is not None
            assert criterion.text.zh in html, criterion.id
    for excluded in edition.excluded.values():
        assert " ".join(excluded.lawful.zh.split()) in html, excluded.id
    for reading in edition.readings.values():
        assert reading.reading.zh in html, reading.id
    for actor in edition.actors.values():
        for duty in actor.duties:
            assert duty.text.zh in html, duty.id


def test_the_table_of_clocks_says_the_limits_as_sentences(as_):
    html = text(as_("wen").get(ADDRESS))
    assert "事发起1小时" in html
    assert "事发起1小时30分" in html
    assert "occurred" not in html


def test_levels_say_who_commands_starts_and_publishes_by_the_plans_own_conditions(as_):
    answer = as_("wen").get(ADDRESS)
    rows = {row.level.hue: row for row in answer.context["levels"]}
    assert rows["IV"].command == "事发单位主要领导、县区政府分管领导"
    assert rows["IV"].publish == "事发地县区政府"
    assert rows["III"].publish == "市地方金融监管及风险处置协调机制"


def test_every_citation_leads_to_a_place_on_the_page(as_, opens):
    browser = as_("wen")
    page = browser.get(ADDRESS).content.decode()
    ids = set(re.findall(r'\sid="([^"]+)"', page))
    opens(facts={"origin": "county", "impact": "county"})
    from urllib.parse import unquote

    cited = {
        unquote(each) for each in re.findall(rf'href="{ADDRESS}#([^"]+)"', browser.get("/").content.decode() + page)
    }
    assert cited
    assert cited <= ids


def test_it_can_be_read_in_english(as_):
    html = text(as_("wen", language="en").get(ADDRESS))
    assert "1 h from occurrence" in html
    assert "Report by telephone" in html
    assert not re.search(r"[一-鿿]{3}", html.replace("文思敏", "").replace("简体中文", "").replace("市金融工作局", ""))


@pytest.mark.parametrize("level", ["IV", "III", "II", "I"])
def test_the_picture_of_a_response_shows_the_clocks_and_the_gates_of_its_level(luohe, level):
    program = Program(luohe.edition)
    picture = pictures.response(program, program.edition.scales["level"], level)
    assert picture is not None
    words = [each.text for each in picture.words]
    assert "电话报告" in words
    assert "1小时" in words
    assert ("市政府研判并授权协调机制" in words) == (level == "III")


def test_nothing_in_a_picture_lies_outside_of_it(luohe):
    program = Program(luohe.edition)
    drawn = [pictures.organisation(program)]
    drawn += [pictures.response(program, program.edition.scales["level"], level) for level in ("IV", "III", "II", "I")]
    for picture in drawn:
        assert picture is not None
        for box in picture.boxes:
            assert box.x >= 0
            assert box.x + box.width <= picture.width + 0.5, box
            assert box.y + box.height <= picture.height + 0.5, box


def test_no_two_boxes_of_a_picture_lie_on_one_another(luohe):
    program = Program(luohe.edition)
    for picture in (pictures.organisation(program), pictures.response(program, program.edition.scales["level"], "III")):
        assert picture is not None
        boxes = picture.boxes
        for n, one in enumerate(boxes):
            for other in boxes[n + 1 :]:
                apart = (
                    one.x + one.width <= other.x + 0.5
                    or other.x + other.width <= one.x + 0.5
                    or one.y + one.height <= other.y + 0.5
                    or other.y + other.height <= one.y + 0.5
                )
                assert apart, (one.title, other.title)


def test_the_organisation_shows_every_body_and_every_party_once(luohe):
    picture = pictures.organisation(Program(luohe.edition))
    assert picture is not None
    titles = [each.title.split("　")[0] for each in picture.boxes]
    assert len(titles) == len(set(titles))
    for actor in luohe.edition.actors.values():
        if actor.kind != "post":
            assert actor.name.zh in titles, actor.id


def test_a_small_plan_has_its_pictures_too():
    program = Program(small_plan().edition)
    assert pictures.organisation(program) is not None
    assert pictures.response(program, program.edition.scales["level"], "IV") is not None


def test_another_level_is_chosen_in_the_address(as_):
    answer = as_("wen").get(ADDRESS, {"level": "IV"})
    assert answer.context["response_level"].name == "一般"
    assert as_("wen").get(ADDRESS, {"level": "nonsense"}).context["response_level"].name == "较大"


def test_the_reader_takes_few_statements(as_):
    browser = as_("wen")
    browser.get(ADDRESS)
    with CaptureQueriesContext(connection) as made:
        browser.get(ADDRESS)
    assert len(made) <= 10


def test_no_id_stands_twice_on_the_page(as_):
    ids = re.findall(r'\sid="([^"]+)"', as_("wen").get(ADDRESS).content.decode())
    assert len(ids) == len(set(ids)), {each for each in ids if ids.count(each) > 1}
