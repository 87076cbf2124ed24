"""What a clock says, in both languages, and in which state it is."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest
from django.utils import timezone as django_timezone
from django.utils import translation

from muster.console import words
from muster.console.clock_face import face, state_of
from muster.console.parts import Clock

CHINA = timezone(timedelta(hours=8))


def at(clock: str, day: int = 5, month: int = 3, year: int = 2026) -> datetime:
    hour, minute = clock.split(":")
    return datetime(year, month, day, int(hour), int(minute), tzinfo=CHINA)


NOW = at("14:12")


@pytest.fixture(autouse=True)
def in_china() -> Iterator[None]:
    with django_timezone.override(CHINA):
        yield


@pytest.fixture
def chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def spell(**length: int) -> str:
    return words.duration(timedelta(**length))


@pytest.mark.usefixtures("chinese")
def test_durations_in_chinese() -> None:
    assert [
        spell(minutes=18), spell(hours=1, minutes=30), spell(hours=2), spell(days=2, hours=3, minutes=59), spell(days=3),
        spell(days=12, hours=5), spell(seconds=59), spell(minutes=-5),
    ] == ["18分", "1小时30分", "2小时", "2天3小时", "3天", "12天", "0分", "0分"]  # fmt: skip


@pytest.mark.usefixtures("english")
def test_durations_in_english() -> None:
    assert [spell(minutes=18), spell(hours=1, minutes=30), spell(days=2, hours=3), spell(days=12)] == [
        "18 min", "1 h 30 min", "2 d 3 h", "12 d",
    ]  # fmt: skip


@pytest.mark.usefixtures("chinese")
def test_phrases_in_chinese() -> None:
    minutes = timedelta(minutes=1)
    assert words.left(18 * minutes) == "剩18分"
    assert words.overdue(12 * minutes) == "逾期12分"
    assert words.early(8 * minutes) == "提前8分"
    assert words.late(11 * minutes) == "迟11分"
    assert words.elapsed(2 * minutes) == "已过2分　无时限"


@pytest.mark.usefixtures("english")
def test_phrases_in_english() -> None:
    minutes = timedelta(minutes=1)
    assert words.left(18 * minutes) == "18 min left"
    assert words.overdue(12 * minutes) == "12 min overdue"
    assert words.elapsed(2 * minutes) == "2 min so far, no limit"


@pytest.mark.usefixtures("chinese")
def test_a_rest_is_rounded_as_the_wall_clock_says_and_what_is_past_never_up() -> None:
    half = timedelta(seconds=30)
    assert words.left(timedelta(minutes=17) + half) == "剩18分"
    assert words.left(timedelta(0)) == "到时"
    assert words.overdue(timedelta(minutes=12) + half) == "逾期12分"
    assert words.overdue(half) == "刚逾期"
    assert words.early(half) == "按时"
    assert words.late(half) == "迟不到1分"


@pytest.mark.usefixtures("chinese")
def test_the_date_stands_beside_the_time_only_when_it_is_not_today() -> None:
    assert words.wall(at("14:30"), NOW) == "14:30"
    assert words.wall(at("17:30", 9), NOW) == "3月9日 17:30"
    assert words.wall(at("09:00", 18, 9, 2024), NOW) == "2024年9月18日 09:00"
    assert words.full_day(NOW) == "2026年3月5日　周四"


@pytest.mark.usefixtures("english")
def test_dates_in_english() -> None:
    assert words.wall(at("17:30", 9), NOW) == "9 Mar 17:30"
    assert words.full_day(NOW) == "5 Mar 2026, Thu"


@pytest.mark.usefixtures("chinese")
def test_the_browser_gets_the_same_phrases_to_fill() -> None:
    given = words.for_the_browser()
    assert given["left"] == "剩{}"
    assert given["hours-minutes"] == "{h}小时{m}分"
    assert not [phrase for phrase in given.values() if "%(" in phrase]


def test_a_clock_is_near_in_its_last_quarter_and_overdue_only_after_its_instant() -> None:
    clock = Clock(due_at=at("14:30"), started_at=at("13:30"))
    seen = [state_of(clock, now) for now in (at("14:14"), at("14:15"), at("14:30"), at("14:30") + timedelta(seconds=1))]
    assert seen == ["open", "soon", "soon", "overdue"]


def test_a_clock_of_the_plan_can_be_met_late() -> None:
    assert state_of(Clock(due_at=at("09:20"), done_at=at("09:12")), NOW) == "met"
    assert state_of(Clock(due_at=at("09:20"), done_at=at("09:31")), NOW) == "met-late"


@pytest.mark.usefixtures("chinese")
def test_our_own_aim_is_never_a_breach() -> None:
    aim = Clock(due_at=at("14:05"), started_at=at("13:50"), by="own")
    assert (face(aim, NOW).state, face(aim, NOW).left) == ("past-aim", "超目标7分")
    done = face(Clock(due_at=at("14:05"), done_at=NOW, by="own"), NOW)
    assert (done.state, done.left) == ("met", "超目标7分")


@pytest.mark.usefixtures("chinese")
def test_where_the_plan_names_no_number_nothing_is_ever_late() -> None:
    shown = face(Clock(started_at=at("08:00", 1, 1)), NOW)
    assert shown.state == "none"
    assert shown.left == "已过63天　无时限"
    assert face(Clock(), NOW).left == "无时限"


@pytest.mark.usefixtures("chinese")
def test_an_unknown_start_and_an_open_condition_are_said() -> None:
    assert face(Clock(state="unset"), NOW).left == "起算时刻未知"
    assert face(Clock(state="pending"), NOW).left == "条件未定"


@pytest.mark.usefixtures("chinese")
def test_working_days_are_said_until_the_clock_has_run_out() -> None:
    clock = Clock(due_at=at("17:30", 9), left="剩2个工作日")
    assert face(clock, NOW).left == "剩2个工作日"
    assert face(clock, at("17:40", 9)).left == "逾期10分"


def test_the_bar_says_how_much_of_the_limit_is_used() -> None:
    clock = Clock(due_at=at("14:30"), started_at=at("13:00"))
    assert [face(clock, now).used for now in (at("12:00"), at("13:45"), at("15:00"))] == [0, 50, 100]
    assert face(Clock(due_at=at("14:30")), NOW).used is None
