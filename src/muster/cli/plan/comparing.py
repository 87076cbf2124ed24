"""`muster plan diff`: what a new edition changes, in sentences that somebody reads before signing it."""

from __future__ import annotations

import json
import sys
from typing import Any

import click
from rich.console import Console
from rich.markup import escape

from muster.cli.plan.loading import FINDINGS, WRONG_USE, group, language_option, load, tell_findings
from muster.plans import shelf
from muster.plans.comparing import TOPICS, Change, Comparison, Topic, compare
from muster.plans.model import Edition, Words
from muster.plans.speaking import fill


@group.command("diff")
@click.argument("before")
@click.argument("after")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。Output JSON.")
@click.option("--quiet", is_flag=True, help="不输出，只看退出码。Say nothing; the exit code tells.")
@language_option
def command(before: str, after: str, as_json: bool, quiet: bool, language: str) -> None:
    """比对两个版本：谁、做什么、时限各有什么变化。

    Compare two editions: what changed in who, what and until when. Exits 0 where nothing differs, 1 where something
    does, 2 where a plan has faults or is not there. One of the two may be - for standard input.
    """
    if before == after == "-":
        raise click.UsageError("标准输入只能读一次 Standard input can be read only once")
    old, new = _edition(before, language, quiet=quiet), _edition(after, language, quiet=quiet)
    comparison = compare(old, new, shelf.pack_title)
    if as_json and not quiet:
        click.echo(json.dumps(_as_json(comparison), ensure_ascii=False, indent=2))
    elif not quiet:
        _print(comparison, language)
    sys.exit(FINDINGS if comparison.changes else 0)


def _edition(plan: str, language: str, *, quiet: bool) -> Edition:
    """The edition of a plan; one with faults cannot be compared, which is told as wrong use: 1 means that they differ."""
    loaded = load(plan)
    if loaded.edition is None:
        if not quiet:
            tell_findings(loaded.findings, language)
        sys.exit(WRONG_USE)
    return loaded.edition


def _print(comparison: Comparison, language: str) -> None:
    console = Console(highlight=False, emoji=False, soft_wrap=True)
    before, after = comparison.before, comparison.after
    title = fill("《{title}》", "{title}", title=after.title).say(language)
    console.print(f"[bold]{escape(title)}[/]  {escape(before.edition)} → {escape(after.edition)}")
    if not comparison.changes:
        console.print(Words("两个版本没有差别。", "The two editions do not differ.").say(language))
        return
    console.print(_summary(comparison).say(language), style="dim")
    for topic in Topic:
        changes = comparison.of(topic)
        if changes:
            console.print(f"\n[bold]{TOPICS[topic].say(language)}[/] ({len(changes)})")
            for change in changes:
                console.print(f"  · {escape(change.says.say(language))}")


def _summary(comparison: Comparison) -> Words:
    words = len(comparison.of(Topic.WORDING))
    rest = len(comparison.changes) - words
    if not rest:
        return fill("只改了文字或写法，共{words}处。", "Only words differ: {words} places.", words=words)
    return fill(
        "{rest}处影响执行，{words}处只改文字或写法。",
        "{rest} changes of substance, {words} of words only.",
        rest=rest,
        words=words,
    )


def _as_json(comparison: Comparison) -> dict[str, Any]:
    return {
        "before": _edition_json(comparison.before),
        "after": _edition_json(comparison.after),
        "changes": [_change_json(change) for change in comparison.changes],
    }


def _edition_json(edition: Edition) -> dict[str, Any]:
    return {"id": edition.id, "edition": edition.edition, "digest": edition.digest, "title": _words_json(edition.title)}


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "topic": change.topic.value,
        "how": change.how.value,
        "element": change.element,
        "id": change.id,
        "key": change.key,
        "says": _words_json(change.says),
        "before": _words_json(change.before),
        "after": _words_json(change.after),
    }


def _words_json(words: Words | None) -> dict[str, str] | None:
    return None if words is None else {"zh": words.say("zh"), "en": words.say("en")}
