"""What differs in the tasks: new and gone ones, who owes them, when they are owed, to whom, and what regulations say."""

from __future__ import annotations

from muster.plans.comparing import vocabulary as v
from muster.plans.comparing.changes import How, Topic
from muster.plans.comparing.comparer import (
    COMMON,
    Comparer,
    Keys,
    Subject,
    actors,
    choice,
    condition,
    flag,
    from_to,
    named,
    nothing,
)
from muster.plans.comparing.limits import again, clocks, marks, prompt
from muster.plans.comparing.pairing import meaning, within
from muster.plans.comparing.papers import also, approve, done
from muster.plans.model import CaseKind, Edition, Group, Mode, Stage, Task, Words
from muster.plans.speaking import NONE, STAGES, Speaker, fill, listed, quoted

_SECTION_WORDS = {
    CaseKind.INCIDENT: NONE,
    CaseKind.WARNING: Words("预警任务", "warning task "),
    CaseKind.STANDING: Words("常态工作", "standing duty "),
    CaseKind.HAZARD: Words("隐患任务", "hazard task "),
}
_TOPICS = {
    CaseKind.INCIDENT: Topic.WHAT,
    CaseKind.WARNING: Topic.WARNING,
    CaseKind.STANDING: Topic.STANDING,
    CaseKind.HAZARD: Topic.STANDING,
}
# Keys that `clocks`, `_who` and `_owed` tell together, and the words that only the new side of a task has.
_TOLD_TOGETHER = frozenset({"due", "aim", "word", "since", "who", "mode", "while_", "when", "after", "again"})


def compare_tasks(comparer: Comparer) -> None:
    """Tasks and their groups, in the order of the file."""
    _packs(comparer)
    for key, group in comparer.after.groups.items():
        old = comparer.before.groups.get(key)
        it = _group(comparer.after, group)
        if old is None:
            comparer.say(
                it, "", "新设{it}，含{n}项任务{when}", "there is a new {it} with {n} tasks{when}", how=How.ADDED,
                n=_size(comparer.after, group), when=_open_when(comparer.new, group),
            )  # fmt: skip
        else:
            comparer.keys(it, old, group, GROUP)
    for key, group in comparer.before.groups.items():
        if key not in comparer.after.groups:
            comparer.say(_group(comparer.before, group), "", "取消{it}", "the {it} is gone", how=How.REMOVED)
    for task in comparer.after.tasks.values():
        was = comparer.before.tasks.get(task.id)
        if was is None:
            comparer.say(
                _task(task), "", "新增{it}：{more}", "there is a new task, {it}: {more}", how=How.ADDED,
                topic=Topic.LAW if task.pack else None, more=_in_short(comparer, comparer.new, task),
            )  # fmt: skip
        else:
            _compare(comparer, was, task)
    for task in comparer.before.tasks.values():
        if task.id not in comparer.after.tasks:
            comparer.say(
                _task(task), "", "取消{it}（原为：{more}）", "the task {it} is gone (it was: {more})", how=How.REMOVED,
                topic=Topic.LAW if task.pack else None, more=_in_short(comparer, comparer.old, task),
            )  # fmt: skip
    _order(comparer)


def _packs(comparer: Comparer) -> None:
    """Regulation packs that bring tasks, or fix some of the plan's own."""
    counts: list[dict[str, int]] = []
    for edition in (comparer.before, comparer.after):
        packs = [
            pack for task in edition.tasks.values() for pack in {task.pack, *(each.pack for each in task.also)} if pack
        ]
        counts.append({pack: packs.count(pack) for pack in sorted(set(packs))})
    for here, there, how, zh, en in (
        (
            counts[1],
            counts[0],
            How.ADDED,
            "新引用{it}，涉及{n}项任务",
            "{it} is newly included, which concerns {n} tasks",
        ),
        (
            counts[0],
            counts[1],
            How.REMOVED,
            "不再引用{it}，原涉及{n}项任务",
            "{it} is no longer included, which concerned {n} tasks",
        ),
    ):
        for pack, number in here.items():
            if pack not in there:
                words = fill("法规模块{title}", "the regulation pack {title}", title=quoted(comparer.pack_title(pack)))
                comparer.say(Subject("pack", pack, words, Topic.LAW), "include", zh, en, how=how, n=number)


# --- a task as a whole --------------------------------------------------------------------------------------------


def _task(task: Task) -> Subject:
    words = fill("{section}{name}", "{section}{name}", section=_SECTION_WORDS[task.section], name=quoted(task.name))
    return Subject("task", task.id, words, _TOPICS[task.section])


def _in_short(comparer: Comparer, speaker: Speaker, task: Task) -> Words:
    """Who, by when, to whom, when it is owed."""
    parts = [fill("由{who}负责", "owed by {who}", who=_with_mode(speaker, task))]
    if task.may:
        parts.append(Words("可做可不做", "offered, never owed"))
    if task.due is not None:
        parts.append(speaker.limit(task.due, task.id))
    words = prompt(speaker, task)
    if words is not None:
        parts.append(words)
    if task.again is not None:
        parts.append(speaker.again(task.again))
    if task.to:
        parts.append(fill("对象为{to}", "to {to}", to=speaker.actors(task.to)))
    if task.approve:
        steps = listed((speaker.actors(step.who) for step in task.approve), "、", ", then ")
        parts.append(fill("由{steps}审批", "approved by {steps}", steps=steps))
    if task.while_ or task.when:
        parts.append(fill("条件：{when}", "where {when}", when=quoted(speaker.condition((*task.while_, *task.when)))))
    if task.pack:
        parts.append(
            fill("依据法规模块{pack}", "by the regulation pack {pack}", pack=quoted(comparer.pack_title(task.pack)))
        )
    return listed(parts, "，")


def _with_mode(speaker: Speaker, task: Task) -> Words:
    who = speaker.actors(task.who)
    if task.mode is None:
        return who
    return fill("{who}（{mode}）", "{who} ({mode})", who=who, mode=v.MODES[task.mode])


def _compare(comparer: Comparer, was: Task, now: Task) -> None:
    it = _task(now)
    if was.section is not now.section:
        from_to(
            comparer, it, "section", Words("用于", "use"), v.CASE_KINDS[was.section], v.CASE_KINDS[now.section], None
        )
    _who(comparer, it, was, now)
    clocks(comparer, it, was, now)
    if meaning(was.again) != meaning(now.again):
        topic = Topic.STANDING if now.section is CaseKind.STANDING else Topic.WHEN
        again(comparer, Subject(it.kind, it.id, it.words, topic), was.again, now.again)
    _owed(comparer, it, was, now)
    comparer.keys(it, was, now, TASK, leave=_TOLD_TOGETHER)


def _who(comparer: Comparer, it: Subject, was: Task, now: Task) -> None:
    """Who owes it, and how several of them do."""
    if was.who != now.who:
        came, went = (
            [each for each in now.who if each not in was.who],
            [each for each in was.who if each not in now.who],
        )
        sides = comparer.old.actors(was.who), comparer.new.actors(now.who)
        if came and not went:
            comparer.say(
                it, "who", "{it}的责任人增加{came}", "{it} is now also owed by {came}", how=How.ADDED,
                was=sides[0], now=sides[1], came=comparer.new.actors(came),
            )  # fmt: skip
        elif went and not came:
            comparer.say(
                it, "who", "{it}的责任人不再包括{went}", "{it} is no longer owed by {went}", how=How.REMOVED,
                was=sides[0], now=sides[1], went=comparer.old.actors(went),
            )  # fmt: skip
        elif not came:
            comparer.say(
                it, "who", "{it}的责任人次序改为{now}", "{it} is owed by {now}, in this order", how=How.MOVED,
                was=sides[0], now=sides[1],
            )  # fmt: skip
        else:
            comparer.say(
                it, "who", "{it}由{was}负责改为由{now}负责", "{it} is now owed by {now} instead of {was}",
                was=_with_mode(comparer.old, was), now=_with_mode(comparer.new, now),
            )  # fmt: skip
    if was.mode is not now.mode:
        one = Words("一方完成", "by one alone")
        from_to(
            comparer,
            it,
            "mode",
            Words("完成方式", "way of sharing"),
            v.MODES.get(was.mode or Mode.ANY) if was.mode else one,
            v.MODES[now.mode] if now.mode else one,
            None,
        )


def _owed(comparer: Comparer, it: Subject, was: Task, now: Task) -> None:
    """When it is owed, and after what. What a group around it says is told once, with the group."""
    around = _around(comparer.before, was), _around(comparer.after, now)
    stayed = was.group == now.group and was.section is now.section
    for key, name, noun in (
        ("while_", "while", Words("适用条件", "condition")),
        ("when", "when", Words("启动条件", "condition for opening")),
    ):
        before, after = getattr(was, key), getattr(now, key)
        if stayed:
            before = before[sum(getattr(group, key) is not None for group in around[0]) :]
            after = after[sum(getattr(group, key) is not None for group in around[1]) :]
        if meaning(before) != meaning(after):
            condition(name, noun)(comparer, it, before, after)
    before = [
        each for each in was.after if not stayed or each not in {id_ for group in around[0] for id_ in group.after}
    ]
    after = [
        each for each in now.after if not stayed or each not in {id_ for group in around[1] for id_ in group.after}
    ]
    if before != after:
        _after(comparer, it, tuple(before), tuple(after))


def _after(comparer: Comparer, it: Subject, was: tuple[str, ...], now: tuple[str, ...]) -> None:
    from_to(
        comparer, it, "after", Words("前置任务", "list of tasks to be done before"),
        comparer.old.tasks(was) if was else None, comparer.new.tasks(now) if now else None, None,
    )  # fmt: skip


def _around(edition: Edition, task: Task) -> list[Group]:
    """The groups around a task, the outermost first."""
    parts = task.group.split("/") if task.group else []
    paths = ["/".join(parts[: depth + 1]) for depth in range(len(parts))]
    found = {
        group.id: group for group in edition.groups.values() if group.section is task.section and group.id in paths
    }
    return [found[path] for path in paths if path in found]


# --- groups -------------------------------------------------------------------------------------------------------


def _group(edition: Edition, group: Group) -> Subject:
    return Subject("group", group.id, group_words(edition, group), _TOPICS[group.section])


def group_words(edition: Edition, group: Group) -> Words:
    """A group by its name; one that only has an id by its first task: “电话报告”等2项任务."""
    if group.name.zh != group.id.rpartition("/")[2]:
        return fill("任务组{name}", "group of tasks {name}", name=quoted(group.name))
    first = next((task.name for task in edition.tasks.values() if within(group, task)), group.name)
    return fill(
        "{first}等{n}项任务",
        "group of {n} tasks that begins with {first}",
        first=quoted(first),
        n=_size(edition, group),
    )


def _size(edition: Edition, group: Group) -> int:
    return sum(within(group, task) for task in edition.tasks.values())


def _open_when(speaker: Speaker, group: Group) -> Words:
    conditions = [each for each in (group.while_, group.when) if each is not None]
    return fill("，条件：{when}", ", where {when}", when=quoted(speaker.condition(conditions))) if conditions else NONE


def _section(comparer: Comparer, it: Subject, was: CaseKind, now: CaseKind) -> None:
    from_to(comparer, it, "section", Words("用途", "use"), v.CASE_KINDS[was], v.CASE_KINDS[now], None)


GROUP: Keys = {
    **COMMON,
    "section": _section,
    "while_": condition("while", Words("适用条件", "condition")),
    "when": condition("when", Words("启动条件", "condition for opening")),
    "after": _after,
}


def _group_of(speaker: Speaker, path: str) -> Words:
    found = next((group for group in speaker.edition.groups.values() if group.id == path), None)
    return group_words(speaker.edition, found) if found is not None else quoted(Words(path))


# --- the other keys ---------------------------------------------------------------------------------------------------


def _reply_words(key: str) -> tuple[Words, Words]:
    return {
        "may": (Words("由必须做改为可做可不做", "is now offered and never owed"), Words("由可做可不做改为必须做", "is now owed, no longer only offered")),
        "reply": (Words("改为收到答复才算完成", "is now done only when the answer has come"), Words("不再需要答复即可完成", "is now done without an answer")),
    }[key]  # fmt: skip


def _channels(comparer: Comparer, it: Subject, was: tuple[str, ...], now: tuple[str, ...]) -> None:
    sides = [quoted(Words("、".join(side), ", ".join(side))) if side else None for side in (was, now)]
    from_to(comparer, it, "channel", Words("方式", "channel"), sides[0], sides[1], None)


def _before(comparer: Comparer, it: Subject, was: Stage | None, now: Stage | None) -> None:
    sides = [STAGES[side] if side else None for side in (was, now)]
    if now is None:
        comparer.say(
            it, "before", "{it}不再须在进入{was}阶段前完成", "{it} need no longer be done before {was} begins",
            topic=Topic.WHEN, how=How.REMOVED, was=sides[0],
        )  # fmt: skip
    elif was is None:
        comparer.say(
            it, "before", "{it}须在进入{now}阶段前完成", "{it} must now be done before {now} begins",
            topic=Topic.WHEN, how=How.ADDED, now=sides[1],
        )  # fmt: skip
    else:
        comparer.say(
            it, "before", "{it}须在进入{now}阶段前完成（原为{was}阶段前）",
            "{it} must now be done before {now} begins instead of {was}", topic=Topic.WHEN, was=sides[0], now=sides[1],
        )  # fmt: skip


def _per(comparer: Comparer, it: Subject, was: str, now: str) -> None:
    sides = comparer.old.actor(was) if was else None, comparer.new.actor(now) if now else None
    if not now:
        comparer.say(
            it,
            "per",
            "{it}不再按{was}逐一办理",
            "{it} is no longer done once for each of: {was}",
            how=How.REMOVED,
            was=sides[0],
        )
    elif not was:
        comparer.say(
            it,
            "per",
            "{it}改为按{now}逐一办理",
            "{it} is now done once for each of: {now}",
            how=How.ADDED,
            now=sides[1],
        )
    else:
        comparer.say(
            it, "per", "{it}由按{was}逐一办理改为按{now}逐一办理",
            "{it} is now done once for each of: {now}, instead of: {was}", was=sides[0], now=sides[1],
        )  # fmt: skip


def _pack(comparer: Comparer, it: Subject, was: str, now: str) -> None:
    sides = [quoted(comparer.pack_title(side)) if side else None for side in (was, now)]
    from_to(comparer, it, "pack", Words("所依法规模块", "regulation pack"), sides[0], sides[1], Topic.LAW)


TASK: Keys = {
    **COMMON,
    "id": nothing,
    "section": nothing,
    "kind": choice("kind", Words("种类", "kind"), v.TASK_KINDS),
    "group": named("group", Words("所属任务组", "group"), _group_of),
    "form": named("form", Words("表单", "form"), Speaker.form),
    "settles": named(
        "settles", Words("决定事项", "matter that is decided"), lambda speaker, id_: quoted(speaker.settled(id_))
    ),
    "with_": actors("with", Words("配合方", "list of those who take part")),
    "draft": actors("draft", Words("起草人", "list of drafters")),
    "approve": approve,
    "sign": actors("sign", Words("签字人", "list of signatories")),
    "per": _per,
    "may": flag("may", *_reply_words("may")),
    "marks": marks,
    "to": actors("to", Words("报送或发布对象", "list of addressees")),
    "reach": choice("reach", Words("送达要求", "reach"), v.REACH),
    "cc": actors("cc", Words("抄送对象", "list of copies")),
    "channel": _channels,
    "reply": flag("reply", *_reply_words("reply")),
    "fills": named("fills", Words("指定对象", "post that is filled"), Speaker.actor),
    "done": done,
    "before": _before,
    "pack": _pack,
    "also": also,
}


# --- order --------------------------------------------------------------------------------------------------------


def _order(comparer: Comparer) -> None:
    """Tasks, and groups, that stand elsewhere among those beside them: they are shown and worked off in this order."""
    names = {id_: quoted(task.name) for id_, task in comparer.after.tasks.items()}
    before, after = comparer.before.tasks, comparer.after.tasks
    places = dict.fromkeys((task.section, task.group) for task in after.values())
    for section, group in places:
        stayed = [
            id_ for id_, task in after.items()
            if (task.section, task.group) == (section, group) and id_ in before
            and (before[id_].section, before[id_].group) == (section, group)
        ]  # fmt: skip
        words = fill("{group}任务次序", "the order of tasks{group}", group=NONE)
        if group:
            words = fill("{group}的任务次序", "the order of tasks of {group}", group=_group_of(comparer.new, group))
        it = Subject("group", group or section.value, words, _TOPICS[section])
        comparer.order(it, "tasks", names, [id_ for id_ in before if id_ in set(stayed)], stayed, it.topic)
    for section in CaseKind:
        groups = [
            {key: each for key, each in edition.groups.items() if each.section is section}
            for edition in (comparer.before, comparer.after)
        ]
        it = Subject("group", section.value, Words("任务组次序", "the order of groups"), _TOPICS[section])
        comparer.order(
            it,
            "tasks",
            {key: group_words(comparer.after, each) for key, each in groups[1].items()},
            list(groups[0]),
            list(groups[1]),
            it.topic,
        )
