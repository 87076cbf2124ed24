"""Comparing editions: nothing for the same, a sentence for every key of the language, and a task is not lost by its id."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from muster.plans import shelf
from muster.plans.comparing import Change, Comparison, How, Topic, compare
from muster.plans.comparing import vocabulary as v
from muster.plans.model import Edition, RightName
from muster.plans.normal import Normal, is_group
from muster.plans.reading import read_canonical, read_plan
from muster.plans.references import Names, visit
from muster.plans.shapes import SHAPES, Gives, Key, Kind, Shape, Sort

SMALL = (Path(__file__).parent / "small.yaml").read_text(encoding="utf-8")
LEAST = """
id: p
title: 预案
edition: e
posts: {officer: {name: 值班员}, head: {name: 主任}, deputy: {name: 副主任}}
parties: {county: {name: 县政府}, city: {name: 市政府}}
facts: {hurt: {name: 受伤人数, type: int, unit: 人}, reach: {name: 影响范围, type: enum, ordered: true, values: {town: 本镇, county_wide: 全县}}}
scales: {level: {name: 事件级别, levels: {IV: 一般, III: 较大}, criteria: {c1: {level: IV, when: hurt >= 1, text: 有人受伤}}}}
"""
REPORT = "tasks: {phone: {kind: report, name: 电话报告, who: officer, to: county, due: occurred + 1h}}\n"


def edition(text: str) -> Edition:
    loaded = read_plan(text, packs=shelf.packs())
    assert loaded.edition is not None, loaded.findings
    return loaded.edition


def differ(before: str, after: str) -> Comparison:
    return compare(edition(before), edition(after), shelf.pack_title)


def sentences(comparison: Comparison, language: str = "zh") -> list[str]:
    return [change.says.say(language) for change in comparison.changes]


def change_of(before: str, after: str) -> Change:
    changes = differ(before, after).changes
    assert len(changes) == 1, [change.says.zh for change in changes]
    return changes[0]


def report(due: str) -> str:
    return LEAST + REPORT.replace("due: occurred + 1h", due)


# --- nothing, where nothing differs -------------------------------------------------------------------------------


def test_an_edition_does_not_differ_from_itself():
    assert compare(edition(SMALL), edition(SMALL)).changes == ()


@pytest.mark.parametrize("plan", shelf.plan_ids())
def test_no_plan_of_the_library_differs_from_itself(plan: str):
    content = shelf.read_library_plan(plan).content
    assert compare(read_canonical(content), read_canonical(content)).changes == ()


def test_what_is_only_written_differently_is_told_as_that():
    change = change_of(report("due: occurred + 24h"), report("due: occurred + 1d"))
    assert change.topic is Topic.WORDING
    assert "内容没有变化" in change.says.zh


# --- until when ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "zh", "en"),
    [
        ("due: occurred + 1h", "due: occurred + 30m", "“电话报告”的时限由事发后1小时缩短为30分钟。", "shortened from 1 hour to 30 minutes"),
        ("due: occurred + 1h", "due: occurred + 24h", "“电话报告”的时限由事发后1小时延长为24小时。", "lengthened from 1 hour to 24 hours"),
        ("due: reported + 3wd", "due: reported + 2wd", "“电话报告”的时限由接报后3个工作日缩短为2个工作日。", "shortened from 3 working days"),
        # 30 days may be more or less than a month: only that it differs is certain.
        ("due: reported + 30d", "due: reported + 1mo", "“电话报告”的时限由接报后30天改为1个月。", "changed from 30 days to 1 month"),
        ("due: occurred + 1h", "due: reported + 1h", "“电话报告”的时限改从接报起算（原从事发起算），仍为1小时内。", "now counts from"),
        ("due: occurred + 1h", "due: reported + 2h", "“电话报告”的时限由事发后1小时内改为接报后2小时内。", "changed from"),
        ("due: occurred + 1h", "word: 立即, since: occurred", "“电话报告”的时限由事发后1小时内改为事发后“立即”，不再有数字。", "now a word"),
        ("word: 立即, since: occurred", "due: occurred + 1h", "“电话报告”的时限由事发后“立即”改为有数字的：事发后1小时内。", "now a number"),
        ("word: 立即, since: occurred", "word: 及时, since: occurred", "“电话报告”的时限用语由事发后“立即”改为事发后“及时”。", "“promptly”"),
        ("word: 立即, since: occurred", "word: 立即, since: reported", "“电话报告”的起算点由事发改为接报。", "start of counting"),
        ("due: occurred + 1h", "may: false", "“电话报告”取消时限（原为事发后1小时内）。", "is gone"),
        ("may: false", "due: occurred + 1h", "“电话报告”新增时限：事发后1小时内。", "has a new limit"),
        (
            "due: 'earliest(occurred + 2h, reported + 1h)'", "due: 'earliest(occurred + 2h, reported + 30m)'",
            "“电话报告”的时限由事发后2小时内或接报后1小时内（以较早者为准）缩短为事发后2小时内或接报后30分钟内（以较早者为准）。", "shortened",
        ),
    ],
)  # fmt: skip
def test_a_limit_is_told_as_what_became_of_it(before: str, after: str, zh: str, en: str):
    change = change_of(report(before), report(after))
    assert change.topic is Topic.WHEN
    assert change.says.zh == zh
    assert en in change.says.en


def test_an_interval_of_a_standing_duty_is_shortened():
    standing = "standing: {check: {kind: action, name: 设备检查, who: officer, again: {every: %s}}}\n"
    change = change_of(LEAST + standing % "3mo", LEAST + standing % "1mo")
    assert (change.topic, change.says.zh) == (Topic.STANDING, "常态工作“设备检查”的间隔由3个月缩短为1个月。")


def test_a_rule_of_recurrence_is_said_in_words():
    standing = "standing: {check: {kind: action, name: 设备检查, who: officer, again: {rule: %s}}}\n"
    change = change_of(LEAST + standing % "FREQ=WEEKLY;BYDAY=FR", LEAST + standing % "FREQ=MONTHLY;BYDAY=-1MO")
    assert change.says.zh == "常态工作“设备检查”的周期由“每周五”改为“每月的最后一个周一”。"


# --- who ----------------------------------------------------------------------------------------------------------


def test_who_leads_stands_in_and_may_comes_first():
    body = "bodies: {group: {name: 领导小组, chair: %s, members: [%s]}}\nrights: {start: {who: %s}}\n"
    changes = differ(
        LEAST + REPORT + body % ("head", "officer", "head"),
        LEAST + REPORT.replace("1h", "2h") + body % ("deputy", "officer, county", "deputy"),
    ).changes
    assert [change.says.zh for change in changes] == [
        "“领导小组”的负责人由主任改为副主任。",
        "“领导小组”的成员增加县政府。",
        "“启动响应”的权限由主任改归副主任。",
        "“电话报告”的时限由事发后1小时延长为2小时。",
    ]


def test_a_right_under_a_condition_says_the_condition():
    rights = "rights: {confirm: [{who: officer, when: level == IV}, {who: %s, when: level >= III}]}\n"
    change = change_of(LEAST + rights % "head", LEAST + rights % "deputy")
    assert change.says.zh == "“确认级别”的权限由主任改归副主任（限事件级别为Ⅲ级及以上）。"


# --- what ---------------------------------------------------------------------------------------------------------


def test_a_task_that_another_now_owes_says_from_whom_to_whom():
    change = change_of(LEAST + REPORT, LEAST + REPORT.replace("who: officer", "who: head"))
    assert change.says.zh == "“电话报告”由值班员负责改为由主任负责。"
    assert change.topic is Topic.WHAT


def test_addressees_are_told_one_by_one():
    more = LEAST + REPORT.replace("to: county", "to: [county, city]")
    assert change_of(LEAST + REPORT, more).says.zh == "“电话报告”的报送或发布对象增加市政府。"
    assert change_of(more, LEAST + REPORT).says.zh == "“电话报告”的报送或发布对象不再包括市政府。"


def test_a_new_task_says_who_until_when_and_to_whom():
    change = change_of(LEAST, LEAST + REPORT)
    assert change.how is How.ADDED
    assert change.says.zh == "新增“电话报告”：由值班员负责，事发后1小时内，对象为县政府。"
    assert change_of(LEAST + REPORT, LEAST).says.zh.startswith("取消“电话报告”")


def test_a_condition_is_said_with_names_and_units():
    change = change_of(report("when: hurt > 3"), report("when: hurt > 3 and reach >= county_wide"))
    assert change.says.zh == "“电话报告”的启动条件增加一项：“影响范围为全县及以上”。"
    change = change_of(report("when: hurt > 3"), report("when: hurt > 5"))
    assert change.says.zh == "“电话报告”的启动条件由“受伤人数超过3人”改为“受伤人数超过5人”。"


def test_a_condition_of_a_group_is_told_once_and_not_for_each_of_its_tasks():
    group = (
        "tasks: {acc: {name: 事故处置, when: hurt > %d, tasks: {"
        "a: {kind: action, name: 甲, who: officer}, b: {kind: action, name: 乙, who: officer, when: hurt > 9}}}}\n"
    )
    change = change_of(LEAST + group % 1, LEAST + group % 2)
    assert change.says.zh == "任务组“事故处置”的启动条件由“受伤人数超过1人”改为“受伤人数超过2人”。"
    assert change.element == "group"


def test_a_step_of_approval_that_is_put_in_between_is_one_change():
    approved = "tasks: {t: {kind: report, name: 书面报告, who: officer, to: county, approve: [%s]}}\n"
    change = change_of(LEAST + approved % "head", LEAST + approved % "deputy, head")
    assert change.says.zh == "“书面报告”增加一步审批：副主任（第1步）。"


def test_the_fewest_tasks_that_were_moved_are_told():
    tasks = {id_: f"{id_}: {{kind: action, name: 任务{id_}, who: officer}}" for id_ in "abcd"}
    order = "tasks: {%s}\n"
    change = change_of(
        LEAST + order % ", ".join(tasks[id_] for id_ in "abcd"), LEAST + order % ", ".join(tasks[id_] for id_ in "adbc")
    )
    assert (change.how, change.says.zh) == (How.MOVED, "任务次序中，“任务d”移到“任务a”之后。")


def test_a_criterion_moves_to_another_level():
    change = change_of(LEAST, LEAST.replace("c1: {level: IV", "c1: {level: III"))
    assert (change.topic, change.says.zh) == (Topic.LEVELS, "标准“有人受伤”由Ⅳ级改归Ⅲ级。")


def test_a_setting_says_which_tasks_it_concerns():
    settings = "settings: {wait: {name: 等待时间, type: duration, value: %s}}\n"
    change = change_of(
        report("due: occurred + wait") + settings % "1h", report("due: occurred + wait") + settings % "2h"
    )
    assert change.says.zh == "参数“等待时间”由1小时改为2小时，涉及“电话报告”。"


def test_the_pack_of_a_regulation_goes_by_its_title():
    pack = next(iter(shelf.packs()))
    before, after = edition(LEAST), edition(LEAST + f"include: {pack}\n")
    law = compare(before, after, shelf.pack_title).of(Topic.LAW)
    assert law
    assert all(shelf.pack_title(pack).zh in change.says.zh for change in law)


# --- renamed, and not lost ----------------------------------------------------------------------------------------


def test_a_task_with_another_id_is_the_same_task():
    change = change_of(LEAST + REPORT, LEAST + REPORT.replace("phone:", "first-call:"))
    assert (change.how, change.topic, change.id) == (How.RENAMED, Topic.WORDING, "first-call")
    assert change.says.zh == "“电话报告”换了标识，仍按原来的“电话报告”比对。"


def test_what_refers_to_a_renamed_element_does_not_differ():
    after = SMALL
    for old, new in (("technology-dept", "it-dept"), ("people_gathered", "crowd_size"), ("phone-report", "first-call")):
        after = re.sub(rf"(?<![\w-]){old}(?![\w-])", new, after)
    comparison = differ(SMALL, after)
    assert {(change.how, change.id) for change in comparison.changes} == {
        (How.RENAMED, "it-dept"), (How.RENAMED, "crowd_size"), (How.RENAMED, "first-call")
    }  # fmt: skip


def test_a_level_with_another_id_is_the_same_level_in_its_own_scale_only():
    scales = """
scales:
  level: {name: 事件级别, levels: {%s: 一般, III: 较大}, criteria: {c1: {level: %s, when: hurt >= 1, text: 有人受伤}}}
  colour: {name: 预警级别, of: warning, levels: {IV: 蓝色, III: 黄色}}
tasks:
  a: {kind: action, name: 甲, who: officer, when: level == %s or hurt > 3}
warning:
  b: {kind: action, name: 乙, who: officer, when: colour == IV}
"""
    plan = LEAST[: LEAST.index("scales:")] + scales
    changes = differ(plan % (("IV",) * 3), plan % (("general",) * 3)).changes
    assert [(change.how, change.id) for change in changes] == [(How.RENAMED, "level.general")]


def test_a_group_without_a_name_is_known_by_its_tasks():
    group = "tasks: {%s: {while: hurt > %d, tasks: {a: {kind: action, name: 甲, who: officer}, b: {kind: action, name: 乙, who: officer}}}}\n"
    said = sentences(differ(LEAST + group % ("hurt-people", 1), LEAST + group % ("injured", 2)))
    assert said[0] == "“甲”等2项任务的适用条件由“受伤人数超过1人”改为“受伤人数超过2人”。"
    assert len(said) == 2  # and that it has another id


def test_a_task_with_another_id_and_name_is_known_by_its_entry_in_the_fact_sheet():
    sheet = REPORT.replace("due:", "sheet: call, due:")
    after = sheet.replace("phone:", "first-call:").replace("电话报告", "首次报告").replace("1h", "30m")
    assert sentences(differ(LEAST + sheet, LEAST + after)) == [
        "“首次报告”的时限由事发后1小时缩短为30分钟。",
        "“电话报告”更名为“首次报告”。",
        "“首次报告”换了标识，仍按原来的“电话报告”比对。",
    ]


def test_two_tasks_with_little_in_common_are_not_taken_for_one():
    other = "tasks: {talk: {kind: meeting, name: 会商, who: head, word: 及时, since: reported}}\n"
    assert {change.how for change in differ(LEAST + REPORT, LEAST + other).changes} == {How.ADDED, How.REMOVED}


# --- every key of the language ------------------------------------------------------------------------------------


# Words that stand for themselves where nothing is written: another text, and the same plan.
WRITTEN_OUT = ("standing", "each", "incident", "text")


def others(shape: Shape, key: Key, normal: Normal, names: Names, around: Normal) -> Iterator[Any]:
    """Other values for `key` of an element; what is read again need not be a plan that runs."""
    now = normal.get(key.name)
    ids = {
        Sort.ACTOR: [*names.actors], Sort.POST: [*names.actors], Sort.BODY: [*names.actors], Sort.PARTY: [*names.actors],
        Sort.TASK: sorted(names.tasks), Sort.FORM: sorted(names.forms), Sort.SCALE: sorted(names.scales),
        Sort.SETTING: sorted(names.settings), Sort.SETTLED: sorted(names.facts), Sort.ROWS: ["cases", "tasks"],
        Sort.LEVEL: [id_ for id_, _ in around.get("levels", [])],
    }.get(key.refers, []) if key.refers else []  # fmt: skip
    values: list[Any] = []
    match key.kind:
        case Kind.TEXT:
            values = ["Asia/Tokyo" if key.name == "timezone" else "改过的"]
        case Kind.WORDS:
            values = [{"zh": "改过的文字", "en": "changed words"}]
            values += [{"zh": now["zh"], "en": "other words"}] if now and "zh" in now else []
        case Kind.ID:
            values = ["another-plan"] if key.name == "id" else []
        case Kind.EXPRESSION | Kind.CRITERION if key.gives is Gives.VALUE:
            values = {
                "bool": ["true", "false"], "int": ["77"], "number": ["7.5"], "money": ["77"], "duration": ["17d"],
                "text": ["改过的"], "instant": ["verified + 17m"],
            }.get(normal["type"], [])  # fmt: skip
            values = [value for value in values if not (shape.id == "setting" and value == "verified + 17m")]
        case Kind.EXPRESSION | Kind.CRITERION:
            values = {
                Gives.TRUTH: ["holiday"],
                Gives.INSTANT: ["verified + 17m", "end_of_day(verified)"],
                Gives.SPAN: ["17d"],
            }[key.gives or Gives.TRUTH]
        case Kind.FLAG:
            values = [not now]
        case Kind.COUNT:
            values = [(now or 0) + 3]
        case Kind.CHOICE:
            values = [word for word in key.words if word != now and (now or word not in WRITTEN_OUT)][:2]
        case Kind.CHOICES:
            values = [list(key.words[:-1])]
        case Kind.REFERENCE:
            values = [id_ for id_ in ids if id_ != now][:1]
        case Kind.REFERENCES:
            values = [[id_ for id_ in ids if id_ not in (now or [])][:1], [*(now or []), *ids[:1]]]
            values += [list(reversed(now))] if now and len(now) > 1 else []
        case Kind.SOURCE:
            values = ["verified"]
        case Kind.TEXTS:
            values = [["改过的"]]
        case Kind.CLOCK_TIME:
            values = ["09:09"]
        case Kind.RECURRENCE:
            values = ["FREQ=MONTHLY;BYMONTHDAY=9"]
        case Kind.SEATS:
            values = [[3, 4]]
        case Kind.VALUES:
            values = (
                [[*(now or []), ["extra", {"zh": "另一项", "en": "another"}]]]
                if normal.get("type") in ("enum", "set")
                else []
            )
    if key.kind is Kind.LIST and now and len(now) > 1:
        values = [list(reversed(now))]
    yield from (value for value in values if value != now and value != [])
    if now is not None and not key.required and key.kind not in (Kind.TASKS, Kind.RIGHTS) and shape.id != "plan":
        yield None


def elements(plan: Normal) -> Iterator[tuple[Shape, Normal, tuple[Any, ...]]]:
    """Every element that has a key, once, with its path."""
    seen: set[int] = set()
    for shape, normal, _, path in list(visit(SHAPES["plan"], plan, ())):
        if id(normal) not in seen:
            seen.add(id(normal))
            yield shape, normal, path[:-1]


def called(plan: Normal, path: tuple[Any, ...], normal: Normal) -> set[str]:
    """What a sentence about the element may call it: its own name, else that of the element around it."""
    own = {
        normal[key]["zh"]
        for key in ("name", "text", "says")
        if isinstance(normal.get(key), dict) and "zh" in normal[key]
    }
    if own:
        return own
    if path[:1] == ("rights",):
        return {v.RIGHTS[RightName(path[1])].zh}
    if path[:1] == ("suppress",):
        return {"检查结果"}
    if not path:
        return {"本预案", "两份不同的预案"}
    if is_group(normal):
        inner = next(each for _, each in normal["tasks"])
        return called(plan, path, inner)
    around = next((each for shape, each, at in elements(plan) if at == path[:2]), None)
    return called(plan, path[:2], around) if around is not None and around is not normal else {str(path[-1])}


def ids_with_names(*editions: Edition) -> set[str]:
    """Ids that a sentence must not show, for their elements have names in each edition that has them."""
    with_name: set[str] = set()
    without: set[str] = set()
    for each in editions:
        for section in (each.actors, each.facts, each.settings, each.types, each.scales, each.forms, each.tasks):
            for id_, element in section.items():
                (with_name if element.name.zh != id_ else without).add(id_)
    return with_name - without


def raw_ids(comparison: Comparison) -> set[str]:
    """Ids within the Chinese sentences; where English words are quoted, those are no ids."""
    said = " ".join(sentence for sentence in sentences(comparison) if "英文" not in sentence)
    shown = set(re.findall(r"[A-Za-z][\w-]*", re.sub("[^\x00-\x7f]", " ", said)))
    return shown & ids_with_names(comparison.before, comparison.after)


def canonical(plan: Normal) -> Edition:
    return read_canonical(json.dumps(plan).encode())


PATHS = [path for _, _, path in elements(json.loads(read_plan(SMALL).content))]


@pytest.mark.parametrize("path", PATHS, ids=[".".join(map(str, path)) or "plan" for path in PATHS])
def test_every_key_of_an_element_that_changes_is_told_with_the_name_of_the_element(path: tuple[Any, ...]):
    plan = json.loads(read_plan(SMALL).content)
    before, known = canonical(deepcopy(plan)), Names(plan)
    shape, normal, _ = next(each for each in elements(plan) if each[2] == path)
    around = next((each for _, each, at in elements(plan) if at == path[:2]), {})
    names, kept = called(plan, path, normal), dict(normal)
    for key in shape.keys.values():
        for value in others(shape, key, kept, known, around):
            normal.clear()
            normal.update(kept)
            if value is None:
                del normal[key.name]
            else:
                normal[key.name] = value
            after = canonical(plan)
            comparison = compare(before, after)
            said = sentences(comparison)
            if structs.replace(after, digest=before.digest) == before:  # a default that was written out
                assert said == ["本预案的文件写法不同，内容没有变化。"]
                continue
            allowed = names | (called(plan, path, normal) if normal else set())
            assert any(name in sentence for sentence in said for name in allowed), (key.name, value, allowed, said)
            assert all(change.says.zh and change.says.en for change in comparison.changes)
            assert raw_ids(comparison) == set(), (key.name, value, said)


def test_every_element_that_goes_or_comes_is_told_with_its_name():
    plan = json.loads(read_plan(SMALL).content)
    whole = canonical(plan)
    for section, pairs in plan.items():
        if not isinstance(pairs, list) or section in ("stages", "suppress", "include"):
            continue
        for number, (id_, normal) in enumerate(pairs):
            less = deepcopy(plan)
            del less[section][number]
            names = called(plan, (section, id_), normal)
            for old, new in ((whole, canonical(less)), (canonical(less), whole)):
                comparison = compare(old, new)
                assert any(name in sentence for sentence in sentences(comparison) for name in names), (section, id_)
                assert {How.ADDED, How.REMOVED} & {change.how for change in comparison.changes}


# --- the library --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("plan_id", shelf.plan_ids())
def test_a_library_plan_in_which_one_key_of_every_element_differs_tells_them_all(plan_id: str):
    plan = json.loads(shelf.read_library_plan(plan_id).content)
    before = canonical(deepcopy(plan))
    names = Names(plan)
    changed: list[set[str]] = []
    for number, (shape, normal, path) in enumerate(list(elements(plan))):
        keys = [
            key
            for key in shape.keys.values()
            # `after` is told with the group where a group around the task says the same.
            if key.name not in ("id", "of", "type", "levels", "on", "rule", "section", "after")
        ]
        if shape.id in ("suppression", "value", "level"):
            continue
        for turn in range(len(keys)):
            key = keys[(number + turn) % len(keys)]
            if shape.id == "criterion" and key.name == "name":
                continue
            value = next((each for each in others(shape, key, normal, names, {}) if each is not None), None)
            if value is not None and key.kind not in (Kind.REFERENCE,):
                own = called(plan, path, normal) if normal.get("name") or normal.get("text") else set()
                normal[key.name] = value
                changed.append(own | ({value["zh"]} if key.kind is Kind.WORDS else set()))
                break
    comparison = compare(before, canonical(plan), shelf.pack_title)
    said = "\n".join(sentences(comparison))
    assert len(changed) > 20
    assert [each for each in changed if each and not any(name.translate(SINGLE) in said for name in each)] == []
    assert raw_ids(comparison) == set()


SINGLE = str.maketrans("“”", "‘’")


@pytest.mark.slow
def test_any_two_plans_of_the_library_can_be_compared():
    ids = shelf.plan_ids()
    editions = {id_: shelf.read_library_plan(id_).edition for id_ in ids}
    for one, other in zip(ids, (*ids[1:], ids[0]), strict=True):
        before, after = editions[one], editions[other]
        assert before is not None
        assert after is not None
        comparison = compare(before, after, shelf.pack_title)
        assert any("两份不同的预案" in sentence for sentence in sentences(comparison))
        assert raw_ids(comparison) == set()
        topics = [list(Topic).index(change.topic) for change in comparison.changes]
        assert topics == sorted(topics)
