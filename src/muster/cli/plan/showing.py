"""`muster plan list`, `show`, `schema`, `digest`: what there is, and what a plan says."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from muster.cli.plan.loading import FINDINGS, edition_of, group, language_option, load, tell_findings
from muster.plans import schema as plan_schema
from muster.plans import shelf
from muster.plans.model import Words

if TYPE_CHECKING:
    from muster.console.reader.people import ActorWords
    from muster.console.reader.plan import Entry, Reading, Response
    from muster.console.reader.standing import Situation
    from muster.console.reader.tasks import TaskWords

SECTIONS = {
    "who": Words("组织体系", "Who"),
    "levels": Words("类型和级别", "Types and levels"),
    "response": Words("响应", "Response"),
    "clocks": Words("何时应办什么", "What is owed when"),
    "tasks": Words("全部任务", "All tasks"),
    "standing": Words("常态工作", "Standing duties"),
    "rights": Words("权限", "Rights"),
    "forms": Words("表单", "Forms"),
    "resources": Words("资源保障", "Resources"),
    "guidance": Words("提示", "Guidance"),
    "readings": Words("理解说明", "How unclear passages are read"),
    "excluded": Words("不予执行，及合法做法", "Not carried out, and the lawful way"),
    "settings": Words("本单位设定", "Settings"),
    "questions": Words("需问明的事项", "Questions"),
    "check": Words("检查发现", "Findings of the check"),
    "articles": Words("按条文查", "By article"),
}
ASKED_FOR = frozenset({"questions", "articles"})
"""Sections that are long and say again what others say: shown when they are named."""


@group.command("list")
@language_option
def list_plans(language: str) -> None:
    """列出预案库中的预案。List the plans of the library."""
    table = Table(box=None, pad_edge=False)
    for heading in (Words("预案", "plan"), Words("版本", "edition"), Words("名称", "title"), Words("印发", "issuer")):
        table.add_column(heading.say(language), overflow="fold", no_wrap=heading.en == "plan")
    for plan_id in shelf.plan_ids():
        edition = shelf.read_library_plan(plan_id).edition
        if edition is None:
            table.add_row(
                plan_id, "-", Words("有错误，见 muster plan check", "has faults: muster plan check").say(language), ""
            )
        else:
            table.add_row(
                plan_id,
                *(
                    escape(each)
                    for each in (edition.edition, edition.title.say(language), edition.issuer.say(language))
                ),
            )
    Console().print(table)


@group.command()
@click.argument("plan")
@click.option("--type", "type_", default="", metavar="TYPE", help="事件类型 Type of incident (with “response”).")
@click.option("--level", default="", metavar="LEVEL", help="级别或预警颜色 Level or colour (with “response”).")
@click.option(
    "--section", "sections", multiple=True, type=click.Choice(list(SECTIONS)), metavar="NAME",
    help="只看这些部分，可重复 Only these parts: " + ", ".join(SECTIONS) + ".",
)  # fmt: skip
@click.option(
    "--svg", "picture", type=click.Path(dir_okay=False, writable=True, allow_dash=True), metavar="FILE",
    help="把响应图写成SVG；与 --section who 同用时写组织图 Write the response as SVG; with --section who, the chart.",
)  # fmt: skip
@language_option
def show(plan: str, type_: str, level: str, sections: tuple[str, ...], picture: str | None, language: str) -> None:
    """查看预案：谁、级别、响应、时限、职责、检查发现。

    Show a plan: who, levels, response, clocks, duties, findings. With --type and --level, the response of that case.
    """
    loaded = load(plan)
    if loaded.edition is None:
        tell_findings(loaded.findings, language)
        sys.exit(FINDINGS)
    _django()
    from django.utils import translation

    from muster.console.reader.plan import Reading
    from muster.engine import Program

    with translation.override("zh-hans" if language == "zh" else "en"):
        reading = Reading(Program(loaded.edition), loaded)
        supposed = _situation(reading, type_, level)
        if picture is not None:
            _write_picture(reading, supposed, picture, is_chart=sections == ("who",))
            return
        _Teller(reading, supposed, language).tell(sections or tuple(each for each in SECTIONS if each not in ASKED_FOR))


def _django() -> None:
    """The words of the console are Django's translations; nothing else of it is used, and no database."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.config.settings")
    django.setup()


def _situation(reading: Reading, type_: str, level: str) -> Situation | None:
    """The case that is asked for. Raises UsageError for a type or level that the plan does not have."""
    from muster.console.reader import standing

    edition = reading.edition
    if type_ and type_ != standing.NO_TYPE:
        named = {each.name.say(language): each.id for each in edition.types.values() for language in ("zh", "en")}
        type_ = named.get(type_, type_)
        if type_ not in edition.types:
            raise click.UsageError(_unknown("类型 type", type_, edition.types))
    kind = ""
    if level:
        for scale in edition.scales.values():
            for each in scale.levels:
                if level in (each.id, each.name.zh, each.name.en):
                    kind, level = scale.of.value, each.id
        if not kind:
            raise click.UsageError(
                _unknown("级别 level", level, [each.id for scale in edition.scales.values() for each in scale.levels])
            )
    return standing.situation(reading.program, kind, type_, level)


def _unknown(what: str, given: str, known: Iterable[str]) -> str:
    return f"本预案没有 The plan has no {what}: {given}\n可选 Known: {', '.join(known) or '-'}"


def _write_picture(reading: Reading, supposed: Situation | None, path: str, *, is_chart: bool) -> None:
    from muster.console.reader.chart import chart
    from muster.console.reader.flow import flow
    from muster.console.reader.svg import drawn

    picture = chart(reading.people) if is_chart or supposed is None else flow(reading.response(supposed))
    if picture is None:
        raise click.UsageError("这里没有可画的内容 There is nothing to draw here.")
    text = drawn(picture, alone=True)
    if path == "-":
        click.echo(text)
    else:
        Path(path).write_text(text + "\n", encoding="utf-8")
        click.echo(path)


class _Teller:
    """Prints a plan part by part: indented lists that keep their shape at 80 columns and in a pipe."""

    def __init__(self, reading: Reading, supposed: Situation | None, language: str) -> None:
        self.plan = reading
        self.supposed = supposed
        self.language = language
        self.console = Console(highlight=False)

    def tell(self, sections: Iterable[str]) -> None:
        self._head()
        parts: dict[str, Callable[[], Iterable[RenderableType]]] = {
            "who": self._who, "levels": self._levels, "response": self._response, "clocks": self._clocks,
            "tasks": self._tasks, "standing": self._standing, "rights": self._rights, "forms": self._forms,
            "resources": self._resources, "guidance": self._guidance, "readings": self._readings,
            "excluded": self._excluded, "settings": self._settings, "questions": self._questions,
            "check": self._check, "articles": self._articles,
        }  # fmt: skip
        for name in sections:
            found = list(parts[name]())
            if found:
                self.print(Text())
                self.print(Text(SECTIONS[name].say(self.language), style="bold underline"))
                for each in found:
                    self.print(each)

    def print(self, what: RenderableType) -> None:
        """Print to the terminal; into a pipe or a file without the blanks that fill the lines up."""
        if self.console.is_terminal:
            self.console.print(what)
            return
        with self.console.capture() as captured:
            self.console.print(what)
        for line in captured.get().splitlines():
            click.echo(line.rstrip())

    def say(self, zh: str, en: str) -> str:
        return Words(zh, en).say(self.language)

    @property
    def comma(self) -> str:
        return self.say("、", ", ")

    def item(self, title: str, cite: str, *lines: str, indent: int = 0, mark: str = "") -> RenderableType:
        """A thing with its article, and below it what is said of it."""
        head = Text()
        if mark:
            head.append(f"{mark} ", style="dim")
        head.append(title, style="bold")
        if cite:
            head.append(f"  {cite}", style="dim")
        below = [Padding(Text(each), (0, 0, 0, 2), expand=False) for each in lines if each]
        return Padding(Group(head, *below), (0, 0, 0, indent), expand=False)

    def title(self, text: str, cite: str = "") -> RenderableType:
        return Text.assemble("\n", (text, "bold cyan"), (f"  {cite}" if cite else "", "dim"))

    # --- parts

    def _head(self) -> None:
        plan = self.plan
        self.print(Text(plan.title, style="bold"))
        self.print(Text(f"{plan.edition.id} · {plan.edition.edition} · {plan.issuer}"))
        self.print(Text(f"SHA-256 {plan.edition.digest}", style="dim"))
        if plan.text:
            self.print(Text(plan.text))
        if plan.scope.words:
            self.print(Text(self.say("适用条件：", "Applies when: ") + plan.scope.words))

    def _who(self) -> Iterable[RenderableType]:
        people = self.plan.people
        for holder in people.command:
            when = self.say(f"条件：{holder.when}", f"if {holder.when}") if holder.when else ""
            yield self.item(self.say(f"指挥：{holder.who}", f"In command: {holder.who}"), holder.cite.text, when)
        roots = ((people.main,) if people.main is not None else ()) + people.others + people.named
        if roots:
            tree = Tree(Text(self.say("机构", "Bodies"), style="bold cyan"), guide_style="dim")
            for each in roots:
                self._branch(tree, each)
            yield Text()
            yield tree
        if people.posts:
            yield self.title(self.say("岗位", "Posts"))
            for each in people.posts:
                yield self.item(each.name, each.cite.text, *self._about(each))
        if people.parties:
            yield self.title(self.say("外部单位和人员", "Outside"))
            yield Padding(Text(self.comma.join(each.name for each in people.parties)), (0, 0, 0, 2), expand=False)

    def _branch(self, tree: Tree, actor: ActorWords) -> None:
        branch = tree.add(self.item(actor.name, actor.cite.text, *self._about(actor)))
        for each in actor.below:
            self._branch(branch, each)

    def _about(self, actor: ActorWords) -> list[str]:
        named = [
            (self.say("由谁担任", "held by"), actor.held_by),
            (self.say("负责人", "head"), actor.chair),
            (self.say("副职", "deputies"), self.comma.join(actor.deputies)),
            (self.say("成员", "members"), self.comma.join(actor.members)),
            (self.say("代理", "stand-ins"), actor.stand_ins),
        ]
        lines = [actor.text, *(f"{name}{self.say('：', ': ')}{value}" for name, value in named if value), actor.notes]
        return [each for each in [*lines, *(f"· {duty.text}  {duty.cite.text}" for duty in actor.duties)] if each]

    def _levels(self) -> Iterable[RenderableType]:
        plan = self.plan
        for kind in plan.types:
            when = kind.when.words or self.say("由人判断", "a matter of judgement")
            yield self.item(f"{kind.name} [{kind.id}]", kind.cite.text, kind.text, when)
        for scale in plan.scales:
            yield self.title(scale.name, scale.cite.text)
            if scale.when.words:
                yield Text(self.say("适用条件：", "Applies if ") + scale.when.words)
            for level in scale.levels:
                lines = [level.text]
                for criterion in level.criteria:
                    judged = self.say("（由人判断）", " (by judgement)") if criterion.is_judgement else ""
                    words = criterion.text or criterion.when.words
                    lines.append(f"· {words}{judged}  {criterion.cite.text}")
                    if criterion.text and criterion.when.words:
                        lines.append(f"  {criterion.when.words}")
                lines += [f"{name}{self.say('：', ': ')}{who}" for name, who in level.rights]
                yield self.item(f"{level.in_words} [{level.id}]", level.cite.text, *lines)

    def _response(self) -> Iterable[RenderableType]:
        if self.supposed is None:
            return
        response: Response = self.plan.response(self.supposed)
        yield Text(f"{response.name}  {response.count}", style="bold")
        for lane in response.lanes:
            yield self.title(lane.name, lane.cite) if lane.name else Text()
            if lane.if_:
                yield Text(self.say(f"条件：{lane.if_}", f"if {lane.if_}"))
            for each in lane.tasks:
                condition = self.say(f"条件：{each.if_}", f"if {each.if_}") if each.if_ else ""
                yield self._task(each.task, condition, short=True)

    def _clocks(self) -> Iterable[RenderableType]:
        owed = self.plan.owed
        for title, tasks in (
            (self.say("有数字的时限", "With a number"), owed.numbers),
            (self.say("自定目标", "Our own aims"), owed.aims),
            (self.say("只有用语没有数字", "A word without a number"), owed.words),
        ):
            if not tasks:
                continue
            yield self.title(title)
            table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
            for ratio in (4, 4, 3):
                table.add_column(overflow="fold", ratio=ratio)
            for task in tasks:
                clock = Text(task.clock, style="bold" if task.has_number else "")
                for each in task.also:
                    clock.append(
                        f"\n{self.say('从严', 'the stricter holds')}: {each.pack} {each.cite} {each.limit}", "dim"
                    )
                to = f" → {task.to}" if task.to else ""
                table.add_row(clock, Text(task.name), Text.assemble(task.who, to, (f"  {task.cite.text}", "dim")))
            yield table
        if owed.without:
            yield self.title(self.say("未写时限", "No time named"))
            yield Padding(Text(self.comma.join(each.name for each in owed.without)), (0, 0, 0, 2), expand=False)

    def _tasks(self) -> Iterable[RenderableType]:
        for section in self.plan.sections:
            if section.kind == "standing":
                continue
            yield self.title(f"{section.name}  {section.count}")
            for one in section.groups:
                if one.name:
                    when = self.say(f"条件：{one.when.words}", f"if {one.when.words}") if one.when.words else ""
                    yield self.item(one.name, one.cite.text, one.text, when, mark="##")
                for task in one.tasks:
                    yield self._task(task, self.say(f"条件：{task.when}", f"if {task.when}") if task.when else "")

    def _standing(self) -> Iterable[RenderableType]:
        for task in self.plan.standing_duties:
            yield self._task(task, self.say(f"条件：{task.when}", f"if {task.when}") if task.when else "")

    def _task(self, task: TaskWords, condition: str, *, short: bool = False) -> RenderableType:
        colon = self.say("：", ": ")
        who = task.who + (f" → {task.to}" if task.to else "")
        also = [
            f"{self.say('从严', 'the stricter holds')}{colon}{each.pack} {each.cite} {each.limit}" for each in task.also
        ]
        after = self.comma.join(each.name for each in task.after)
        rest = [
            "" if short else task.text,
            self._named("配合", "with", task.beside),
            self._named("起草", "drafted by", task.draft),
            self._named("审批", "approval", task.approve),
            self._named("签发", "signed by", task.sign),
            self._named("抄送", "copy to", task.copies),
            self._named("在其后", "after", after),
            self._named("表单", "form", "" if short else task.form),
            condition,
        ]
        clock = task.clock
        if task.repeats and task.repeats != clock:
            clock = f"{clock}{self.say('；', '; ')}{task.repeats}" if clock else task.repeats
        offer = self.say("（非必办）", " (may be done)") if task.is_offer else ""
        return self.item(
            task.name + offer, task.cite.text, who, clock, *also, *rest, mark=f"[{task.kind_name}]", indent=2
        )

    def _named(self, zh: str, en: str, value: str) -> str:
        return f"{self.say(zh, en)}{self.say('：', ': ')}{value}" if value else ""

    def _rights(self) -> Iterable[RenderableType]:
        for _right, name, holders in self.plan.rights:
            lines = []
            for each in holders:
                when = self.say(f"（{each.when}的）", f" (if {each.when})") if each.when else ""
                lines.append(f"{each.who}{when}  {each.cite.text}")
            yield self.item(name, "", *lines)

    def _forms(self) -> Iterable[RenderableType]:
        for form in self.plan.forms:
            fields = self.comma.join(f"{each.name}{'*' if each.is_required else ''}" for each in form.fields)
            used = self._named("用于", "used by", self.comma.join(name for _anchor, name in form.used_by))
            yield self.item(form.name, form.cite.text, form.text, fields, used)

    def _resources(self) -> Iterable[RenderableType]:
        for each in self.plan.resources:
            least = self.say(f"至少{each.minimum}", f"at least {each.minimum}") if each.minimum else ""
            yield self.item(each.name, each.cite.text, each.text, least, each.often)

    def _entries(self, entries: Iterable[Entry]) -> Iterable[RenderableType]:
        for each in entries:
            yield self.item(each.name or each.text, each.cite.text, each.text if each.name else "", each.when.words)

    def _guidance(self) -> Iterable[RenderableType]:
        return self._entries(self.plan.guidance)

    def _readings(self) -> Iterable[RenderableType]:
        return self._entries(self.plan.readings)

    def _settings(self) -> Iterable[RenderableType]:
        return self._entries(self.plan.settings)

    def _questions(self) -> Iterable[RenderableType]:
        return self._entries(self.plan.facts)

    def _excluded(self) -> Iterable[RenderableType]:
        for each in self.plan.excluded:
            instead = self.comma.join(name for _id, name in each.instead)
            yield self.item(each.says, each.cite.text, each.why, f"→ {each.lawful}", instead)

    def _check(self) -> Iterable[RenderableType]:
        plan = self.plan
        if not plan.open_findings:
            yield Text(self.say("没有待改的发现。", "Nothing open."))
        for each in plan.open_findings:
            yield self.item(f"{each.rule} {each.severity} {each.on}", "", each.says, f"→ {each.mend}")
        if plan.suppressed:
            yield self.title(self.say("照原文保留，理由如下", "Accepted as they are, with the reason"))
            for each in plan.suppressed:
                yield self.item(f"{each.rule} {each.name}", each.on, each.says)

    def _articles(self) -> Iterable[RenderableType]:
        for each in self.plan.articles:
            yield self.item(each.text, "", self.comma.join(name for _place, name in each.rests))


@group.command("schema")
def print_schema() -> None:
    """输出预案文件的 JSON Schema。Print the JSON Schema of the plan file."""
    click.echo(plan_schema.text(), nl=False)


@group.command()
@click.argument("plans", nargs=-1, required=True)
@language_option
def digest(plans: tuple[str, ...], language: str) -> None:
    """输出版本的摘要值。Print the digest that names an edition."""
    for plan in plans:
        click.echo(f"{edition_of(plan, language).digest}  {plan}")
