"""The parts of the console as HTML: what every page can rely on."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from django.template import engines
from django.utils import timezone, translation
from tests.console.render_gallery import NOW, PAGES, at, render

import muster.console
from muster.console import parts as p

CONSOLE = Path(muster.console.__file__).parent
EVERY_PAGE = pytest.mark.parametrize("page", PAGES)


class Page(HTMLParser):
    """The elements of a page, each with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def ids(self) -> list[str]:
        return [a["id"] or "" for _tag, a in self.elements if "id" in a]


def part(source: str, **values: object) -> str:
    """A piece of template with the console's tags, in Chinese, as on 5 March 2026 at 14:12."""
    with translation.override("zh-hans"), timezone.override("Asia/Shanghai"):
        html = engines["django"].from_string("{% load console %}" + source).render({"now": NOW, **values})
    return re.sub(r"\s+", " ", html).strip()


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


@EVERY_PAGE
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_holds_script_or_style_of_its_own(page: str, language: str) -> None:
    for tag, attributes in Page(render(page, language=language)).elements:
        assert tag != "style"
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith(("on", "hx-on"))]
        assert tag != "script" or attributes.get("src")


@EVERY_PAGE
def test_ids_are_unique_and_what_refers_to_one_finds_it(page: str) -> None:
    found = Page(render(page))
    ids = found.ids()
    assert sorted(ids) == sorted(set(ids))
    for _tag, attributes in found.elements:
        for name in ("for", "aria-labelledby", "aria-describedby", "list"):
            for id in (attributes.get(name) or "").split():
                assert id in ids, f"{name} names {id}"


@EVERY_PAGE
def test_every_field_has_a_name_for_screen_readers(page: str) -> None:
    found = Page(render(page))
    labelled = {a.get("for") for tag, a in found.elements if tag == "label"}
    for tag, attributes in found.elements:
        if tag in ("input", "select", "textarea") and attributes.get("type") != "hidden":
            assert attributes.get("aria-label") or attributes.get("id") in labelled


def test_every_text_of_the_console_has_its_chinese() -> None:
    with (CONSOLE.parent / "locale/zh_Hans/LC_MESSAGES/django.po").open(encoding="utf-8") as file:
        chinese = {message.id for message in read_po(file) if message.string}
    keywords = {"_": None, "pgettext": ((1, "c"), 2)}
    said = {found[2] for found in extract_from_dir(CONSOLE, [("**.py", "python")], keywords=keywords)}
    for template in CONSOLE.rglob("*.html"):
        for double, single in re.findall(
            r"{% translate (?:\"([^\"]+)\"|'([^']+)')", template.read_text(encoding="utf-8")
        ):
            said.add(double or single)
    texts = {text for one in said for text in (one if isinstance(one, tuple) else (one,)) if text}
    assert texts - chinese == set()


def test_what_people_typed_cannot_become_markup() -> None:
    row = p.TaskRow("t1", "open", "<script>alert(1)</script>", subs=["<b>x</b>"], words="<i>", contact="<u>")
    html = part("{% task row now=now %}<button>办</button>{% endtask %}", row=row)
    assert "<script>" not in html
    assert "<b>x</b>" not in html
    assert "<button>办</button>" in html


def test_a_level_says_numeral_and_word_beside_its_hue() -> None:
    html = part("{% level lv %}", lv=p.Level("III", "Ⅲ级", "较大"))
    assert 'data-level="III"' in html
    assert text(html) == "Ⅲ级 较大"
    assert text(part("{% level none %}", none=None)) == "— 未定级"


def test_a_clock_says_the_wall_first_then_what_is_left() -> None:
    clock = p.Clock(due_at=at("14:30"), started_at=at("13:00"), was_due_at=at("14:50"), by="own")
    html = part("{% clock c now=now run=True %}", c=clock)
    assert text(html) == "14:30 剩18分 更正前： 14:50 本单位设定"
    assert 'datetime="2026-03-05T14:30+08:00"' in html
    assert 'width="80%"' in html


def test_a_clock_that_is_done_is_not_counted_on_in_the_browser() -> None:
    assert "data-due" not in part("{% clock c now=now %}", c=p.Clock(due_at=at("14:30"), done_at=at("14:00")))


def test_the_ruler_is_told_to_those_who_cannot_see_it() -> None:
    from datetime import timedelta

    from muster.console.ruler import Band, Mark

    html = part(
        "{% ruler start=a end=b now=now marks=marks bands=bands %}",
        a=at("13:00"),
        b=at("18:00"),
        marks=[Mark(at("14:00"), "电话报告", "临颍县", late_by=timedelta(minutes=12))],
        bands=[Band(at("13:05"), at("14:12"), "III", "Ⅲ级 较大")],
    )
    assert 'aria-label="时限标尺：13:05 Ⅲ级 较大；14:00 电话报告 逾期12分 临颍县；现在14:12"' in html


def test_an_undo_is_offered_only_while_the_plan_allows_it() -> None:
    note = '{% note kind="done" now=now text="已启动。" undo_url="/undo" undo_until=until %}{% endnote %}'
    assert text(part(note, until=at("14:21"))) == "已启动。 撤回 剩9分"
    assert text(part(note, until=at("14:12"))) == "已启动。"


def test_a_question_shows_where_each_answer_leads_and_unknown_is_one() -> None:
    answers = [p.Answer("yes", "可能", "建议升为Ⅱ级"), p.Answer("unknown", "不清楚", is_unknown=True)]
    html = part("{% question q %}", q=p.Question("是否可能波及周边地区？", "spread", answers, "/answer"))
    assert text(html) == "答这一问，最能定级 是否可能波及周边地区？ 可能 建议升为Ⅱ级 不清楚"
    assert 'name="spread" value="unknown"' in html


def test_a_field_with_a_mistake_says_it_beside_the_field() -> None:
    html = part('{% field name="people" label="代表人数" kind="number" value="6" error="代表应为3至5名。" %}')
    assert 'aria-invalid="true" aria-describedby="f-people-error"' in html
    assert '<span class="error" id="f-people-error">代表应为3至5名。</span>' in html


def test_a_choice_keeps_what_was_chosen_and_offers_not_known() -> None:
    html = part(
        '{% choice name="n" label="有无" options=o value="yes" unknown=True %}', o=[("yes", "有"), ("no", "没有")]
    )
    assert re.search(r'value="yes" checked', html)
    assert re.search(r'class="unk"><input type="radio" id="f-n-2" name="n" value="unknown">', html)


def test_a_django_form_comes_out_in_our_look() -> None:
    from django import forms

    class Report(forms.Form):
        place = forms.CharField(label="地点", help_text="街道或网点")
        kind = forms.ChoiceField(label="什么事", choices=[("run", "集中取款"), ("other", "其他")])
        story = forms.CharField(label="经过", widget=forms.Textarea, required=False)
        hurt = forms.BooleanField(label="有人受伤", required=False)

    form = Report({"place": "", "kind": "run", "hurt": "on"})
    html = part("{% for f in form %}{% field_for f %}{% endfor %}", form=form)
    assert text(html) == "地点 街道或网点 这个字段是必填项。 什么事 集中取款 其他 经过 可不填 有人受伤"
    assert 'value="run" checked' in html
    assert '<textarea id="id_story" name="story"' in html
    assert 'name="hurt" value="on" checked' in html


def test_a_table_keeps_its_roles_when_it_turns_into_blocks() -> None:
    html = part(
        '{% table c %}{% row late=True %}{% cell head=True %}首报{% endcell %}{% cell "由" %}临颍县{% endcell %}{% endrow %}{% endtable %}',
        c=[p.Column("报送"), p.Column("由")],
    )
    assert re.findall(r'role="(\w+)"', html) == [
        "table", "rowgroup", "row", "columnheader", "columnheader", "rowgroup", "row", "rowheader", "cell",
    ]  # fmt: skip
    assert 'data-name="由"' in html


def test_a_drill_says_so_on_the_screen_on_paper_and_in_the_title() -> None:
    html = render("room", drill="桌面推演")
    assert "<title>演练 · " in html
    assert 'class="watermark"' in html
    assert 'class="drillbar"' in html
    assert "watermark" not in render("room")
