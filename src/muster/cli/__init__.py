"""The program `muster`.

Exit codes: 0 well, 1 findings (what was checked has faults, or something failed), 2 wrong use.
Each group of commands is a module here, loaded only when it is asked for: `muster plan check` needs no Django and should
not wait for it.
"""

import importlib
import os
import sys
from dataclasses import dataclass

import click

import muster
from muster.cli.failures import tell_failure


@dataclass(frozen=True)
class Entry:
    """One word after `muster`: the module here that holds it, and what it is for.

    A module with one group of commands calls it `group`; one whose commands stand directly after `muster` lists them in
    `commands`.
    """

    module: str
    summary: str


COMMANDS = {
    "demo": Entry("demo", "装好示例并打开控制台 · Set up an example and open the console"),
    "serve": Entry("serve", "启动网页服务 · Serve the console"),
    "worker": Entry("serve", "处理时限与通知 · Watch the clocks and deliver notices"),
    "plan": Entry("plan", "预案：查看、检查、比对 · Read, check and compare plans"),
    "drill": Entry("drill", "演练：运行脚本 · Run scenarios on a virtual clock"),
    "incident": Entry("incident", "突发事件：接报、查看、办理 · Open, show and act on incidents"),
    "duties": Entry("duties", "常态工作：到期、逾期、漏办 · What is owed between incidents"),
    "journal": Entry("journal", "事件日志：核验、重建、导出 · Verify, rebuild and export journals"),
    "doctor": Entry("doctor", "检查本机安装 · Check this installation"),
}


class LazyGroup(click.Group):
    """A group that lists its commands from the table and imports one only when it runs."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        entry = COMMANDS.get(name)
        if entry is None:
            return None
        module = importlib.import_module(f"muster.cli.{entry.module}")
        commands: list[click.Command] = module.commands if hasattr(module, "commands") else [module.group]
        return next(command for command in commands if command.name == name)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        # click would import every module for its first sentence.
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(muster.__version__, prog_name="muster")
def group() -> None:
    """Muster 运行成文的应急预案。Muster runs written emergency plans."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.config.settings")


def main() -> None:
    """Run the command line; end the process with its exit code."""
    try:
        group(prog_name="muster")
    except Exception as error:  # noqa: BLE001  the outermost door: whatever comes, a person reads one line
        sys.exit(tell_failure(error))
