"""The plan reader: what it shows is what the engine runs."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.console.pages.reading import text

from muster.cases import editions
from muster.console import naming, words
from muster.console.reader import standing
from muster.engine import Program
from muster.plans import shelf
from muster.plans.shelf import read_library_plan
from muster.testing.cast import PLAN
from muster.testing.plans import adopt_small_plan

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
    assert "事发后1小时内" in html
    assert "事发后1小时30分钟内" in html
    assert "occurred" not in html


def test_levels_say_who_commands_starts_and_publishes_by_the_plans_own_conditions(as_):
    scale = as_("wen").get(ADDRESS).context["plan"].scales[0]
    rights = {level.id: dict(level.rights) for level in scale.levels}
    assert rights["IV"]["指挥"] == "事发单位主要领导、县区政府分管领导"
    assert rights["IV"]["发布信息"].startswith("事发地县区政府")
    assert rights["III"]["发布信息"].startswith("市地方金融监管及风险处置协调机制")
    assert rights["III"]["启动响应"] == "市地方金融监管及风险处置协调机制"


def test_every_citation_leads_to_a_place_on_the_page(as_, opens):
    browser = as_("wen")
    page = browser.get(ADDRESS).content.decode()
    ids = set(re.findall(r'\sid="([^"]+)"', page))
    opens(facts={"origin": "county", "impact": "county"})
    cited = {
        unquote(each) for each in re.findall(rf'href="{ADDRESS}#([^"]+)"', browser.get("/").content.decode() + page)
    }
    assert cited
    assert cited <= ids


def test_it_can_be_read_in_english(as_):
    html = text(as_("wen", language="en").get(ADDRESS))
    assert "within 1 hour of occurrence" in html
    assert "Report by telephone" in html
    assert not re.search(r"[一-鿿]{3}", html.replace("文思敏", "").replace("简体中文", "").replace("市金融工作局", ""))


def cards(page: str) -> set[str]:
    """The tasks on the picture of the response."""
    picture = re.search(r'aria-labelledby="flow-t.*?</svg>', page, re.DOTALL)
    return set(re.findall(r'<a href="#task-([^"]+)"', picture[0])) if picture is not None else set()


def test_the_picture_shows_what_stands_for_the_type_and_level_of_the_address(as_, luohe):
    browser, program = as_("wen"), Program(luohe.edition)
    for asked in ({"level": "IV"}, {"level": "I"}, {"kind": "warning", "level": "red"}, {"level": "nonsense"}):
        supposed = standing.situation(program, asked.get("kind", ""), "", asked["level"])
        assert supposed is not None
        stands = {each.task.id for each in standing.standing(program, supposed)}
        answer = browser.get(ADDRESS, asked)
        assert cards(answer.content.decode()) == stands, asked
        assert answer.context["supposed"] == supposed


def test_other_types_and_levels_are_links_that_need_no_script(as_):
    page = as_("wen").get("/plans/redwood-exchange/", {"type": "trading-accident"}).content.decode()
    links = re.findall(r'<a href="(\?[^"]*)#response"', page)
    assert len([each for each in links if "type=" in each]) >= len(read_library_plan("redwood-exchange").edition.types)
    assert re.search(r'aria-current="[^"]+"[^>]*>\s*重大交易事故', page)


def test_the_reader_takes_few_statements(as_):
    browser = as_("wen")
    browser.get(ADDRESS)
    with CaptureQueriesContext(connection) as made:
        browser.get(ADDRESS)
    assert len(made) <= 10


def test_no_id_stands_twice_on_the_page(as_):
    ids = re.findall(r'\sid="([^"]+)"', as_("wen").get(ADDRESS).content.decode())
    assert len(ids) == len(set(ids)), {each for each in ids if ids.count(each) > 1}


def test_a_plan_of_the_library_can_be_read_and_says_that_it_is_not_in_use(as_):
    browser = as_("wen")
    listed = text(browser.get("/plans/"))
    html = text(browser.get("/plans/redwood-exchange/"))
    assert "北京红木交易中心突发事件预防与应急工作预案" in listed
    assert "未启用" in html
    assert "现行" not in html
    own = text(browser.get(ADDRESS))
    assert "现行" in own
    assert "未启用" not in own


def test_a_plan_in_force_of_which_one_holds_nothing_looks_like_any_other_of_the_library(as_, clock):
    before = text(as_("wen").get("/plans/canteen-complaint/"))
    editions.adopt(read_library_plan("canteen-complaint"), clock())
    assert text(as_("wen").get("/plans/canteen-complaint/")) == before


def test_since_when_the_edition_is_in_force_is_told(as_, clock):
    day = words.day(clock() - timedelta(days=30), clock())
    assert f"自{day}起" in text(as_("wen").get(ADDRESS))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_plan_of_the_library_reads_in_full(as_, language):
    browser = as_("wen", language=language)
    for plan in shelf.plan_ids():
        edition = read_library_plan(plan).edition
        if edition is None:
            continue
        answer = browser.get(f"/plans/{plan}/")
        assert answer.status_code == 200, plan
        page = answer.content.decode()
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) == len(set(ids)), (plan, {each for each in ids if ids.count(each) > 1})
        assert {unquote(each) for each in re.findall(r'href="#([^"]+)"', page)} <= set(ids), plan
        assert {f"task-{each}" for each in edition.tasks} <= set(ids), plan
        assert {f"actor-{each}" for each in edition.actors} <= set(ids), plan
        assert {naming.anchor(each.cite) for each in edition.tasks.values() if each.cite} <= set(ids), plan
        said = text(answer)
        for named in (*edition.tasks.values(), *edition.actors.values(), *edition.forms.values()):
            assert " ".join(named.name.say(language).split()) in said, (plan, named.id)
        # As written, a condition stands only behind its fold.
        shown = re.sub(r"<code>.*?</code>", "", page, flags=re.DOTALL)
        without_tags = re.sub(r"<[^>]*>", " ", shown.split("<main", 1)[1].split("</main>", 1)[0])
        assert not re.search(r"==|!=|\b[a-z0-9]+_[a-z0-9_]+\b", without_tags), plan


def test_a_page_read_again_costs_nearly_nothing(as_):
    browser = as_("wen")
    browser.get("/plans/redwood-exchange/")
    with CaptureQueriesContext(connection) as made:
        browser.get("/plans/redwood-exchange/")
    assert len(made) <= 8
