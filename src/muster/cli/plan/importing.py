"""`muster plan import`: take an edition into this installation and put it in force."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click

from muster.cli.plan.loading import FINDINGS, group, language_option, load, tell_findings
from muster.plans.check import check
from muster.plans.findings import Severity
from muster.plans.model import Words


@group.command("import")
@click.argument("plan")
@click.option("--draft", is_flag=True, help="只收入，不启用。Take it in without putting it in force.")
@language_option
def command(plan: str, draft: bool, language: str) -> None:
    """收入一个版本并启用；有错误的版本不收，现行版本不变。

    Take an edition in and put it in force. One with errors is refused, and the edition in force stays.
    """
    loaded = load(plan)
    errors = [each for each in check(loaded) if each.severity is Severity.ERROR]
    import django

    django.setup()
    from muster.cases import editions

    now = datetime.now(UTC)
    plan_id = loaded.edition.id if loaded.edition is not None else ""
    if loaded.edition is None or errors:
        tell_findings(errors, language)
        before = editions.in_force(plan_id) if plan_id in editions.plans_in_force() else None
        kept = before.edition.edition if before else ""
        stays = Words(f"没有收入。现行版本不变：{kept or '无'}", f"Not taken in. In force as before: {kept or 'none'}")
        click.echo(stays.say(language))
        sys.exit(FINDINGS)
    adopted = editions.adopt(loaded, now, in_force=not draft)
    state = Words("已启用", "in force") if adopted.in_force else Words("已收入，未启用", "taken in, not in force")
    click.echo(f"{loaded.edition.title.say(language)} {adopted.edition}  {adopted.digest[:12]}  {state.say(language)}")
