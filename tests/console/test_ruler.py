"""The ruler: where clocks stand on one line."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.console.ruler import MOST_ROWS, NARROWEST, Band, Layout, Mark, Placed, lay_out

START = datetime(2026, 3, 5, 0, 0, tzinfo=UTC)
END = START + timedelta(hours=10)


def hour(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def laid(marks: list[Mark], bands: list[Band] | None = None, now: datetime = END, end: datetime = END) -> Layout:
    return lay_out(
        START,
        end,
        now,
        marks,
        bands or [],
        say_when=lambda at: f"{at:%H:%M}",
        say_late=lambda by: f"逾期{by // timedelta(minutes=1)}分",
    )


def named(layout: Layout, label: str) -> Placed:
    return next(p for p in layout.marks if p.mark.label == label)


marks = st.lists(
    st.builds(
        Mark,
        at=st.integers(0, 600).map(lambda minutes: START + timedelta(minutes=minutes)),
        label=st.text("报告续核实会议abc", min_size=1, max_size=12),
        sub=st.text("临颍县政府、office ", max_size=40),
        state=st.sampled_from(["due", "own", "fact"]),
        late_by=st.none() | st.integers(1, 120).map(lambda m: timedelta(minutes=m)),
    ),
    max_size=14,
)


@given(marks)
def test_no_leader_ever_crosses_a_label(given_marks: list[Mark]) -> None:
    shown = [p for p in laid(given_marks).marks if p.shown]
    for label in shown:
        low, high = label.span
        for leader in shown:
            if leader is label:
                continue
            x = leader.x / 100 * NARROWEST
            passes = leader.row > label.row  # it comes from a higher stair down to the axis
            # At its own place a label stands beside its leader: whoever shares the place shares the line.
            assert not (passes and low < x < high and abs(x - label.x / 100 * NARROWEST) > 1)


@given(marks)
def test_labels_never_lie_on_one_another_nor_leave_the_line(given_marks: list[Mark]) -> None:
    layout = laid(given_marks)
    shown = [p for p in layout.marks if p.shown]
    for n, a in enumerate(shown):
        assert a.span[0] >= 0
        assert a.span[1] <= NARROWEST
        for b in shown[n + 1 :]:
            assert a.row != b.row or a.span[1] <= b.span[0] or b.span[1] <= a.span[0]
    assert layout.rows <= MOST_ROWS


def test_a_lonely_label_stands_on_the_lowest_stair() -> None:
    layout = laid([Mark(hour(1), "电话报告"), Mark(hour(8), "会议")])
    assert [p.row for p in layout.marks] == [0, 0]


def test_close_labels_go_down_in_stairs() -> None:
    layout = laid([Mark(hour(1), "发生"), Mark(hour(1.1), "电话报告"), Mark(hour(1.2), "书面报告")])
    assert [p.row for p in layout.marks] == [2, 1, 0]


def test_a_label_at_the_end_stands_left_of_its_leader() -> None:
    assert named(laid([Mark(hour(9.9), "舆情汇总", "信息发布组")]), "舆情汇总").flipped


def test_one_instant_and_one_name_become_one_mark_with_both_parties() -> None:
    layout = laid(
        [Mark(hour(2), "书面报告", "临颍县"), Mark(hour(2), "书面报告", "舞阳县"), Mark(hour(2), "续报", "召陵区")]
    )
    assert [(p.mark.label, p.mark.sub) for p in layout.marks] == [("书面报告", "临颍县、舞阳县"), ("续报", "召陵区")]


def test_what_is_late_is_kept_at_the_left_edge_and_other_past_marks_go() -> None:
    late = Mark(hour(-3), "电话报告", late_by=timedelta(hours=4))
    layout = laid([late, Mark(hour(-2), "发生", state="fact")], now=hour(1))
    assert [(p.mark.label, p.x) for p in layout.marks] == [("电话报告", 0)]
    assert named(layout, "电话报告").late == "逾期240分"


def test_the_black_run_of_a_late_clock_reaches_from_due_to_now() -> None:
    layout = laid([Mark(hour(5), "电话报告", late_by=timedelta(hours=1))], now=hour(6))
    assert layout.marks[0].late_width == pytest.approx(10)
    assert layout.now_x == pytest.approx(60)


def test_in_a_crowd_facts_lose_their_labels_before_what_is_late_and_every_dot_stays() -> None:
    crowd = [Mark(hour(4 + n / 100), f"事实{n}一二三四五六七八九十", state="fact") for n in range(12)]
    layout = laid([*crowd, Mark(hour(4.2), "电话报告", late_by=timedelta(minutes=5))])
    assert named(layout, "电话报告").shown
    assert len(layout.marks) == 13
    assert not all(p.shown for p in layout.marks)


def test_the_words_of_a_band_keep_clear_of_leaders() -> None:
    band = Band(hour(2), hour(8), "III", "Ⅲ级 较大")
    assert laid([], [band]).bands[0].label_left == 0
    pushed = laid([Mark(hour(2.1), "报告")], [band]).bands[0].label_left
    assert pushed is not None
    assert pushed > 0.1 / 10 * NARROWEST


def test_a_line_of_days_has_a_tick_for_each_day() -> None:
    layout = laid([], end=START + timedelta(days=10))
    assert layout.days
    assert len([t for t in layout.ticks if t.is_named]) == 11


def test_a_line_without_length_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="end after its start"):
        lay_out(START, START, START, [], say_when=str, say_late=str)
