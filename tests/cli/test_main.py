import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

import muster
from muster import cli
from muster.cli.failures import tell_failure
from muster.config.environment import SettingError


def test_the_version_is_the_package_s():
    done = CliRunner().invoke(cli.group, ["--version"])
    assert done.output.strip().endswith(muster.__version__)


def test_help_lists_every_command_without_loading_one():
    program = (
        "import sys; from muster import cli; cli.group(['--help'], standalone_mode=False); print(sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    for name in cli.COMMANDS:
        assert f"  {name} " in done.stdout
    assert "'django'" not in done.stdout


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_in_the_table_is_there_and_explains_itself(name):
    command = cli.group.get_command(click.Context(cli.group), name)
    assert command is not None
    assert command.help
    done = CliRunner().invoke(cli.group, [name, "--help"])
    assert done.exit_code == 0, done.output


def test_an_unknown_command_is_wrong_use():
    done = CliRunner().invoke(cli.group, ["muddle"])
    assert done.exit_code == 2
    assert "muddle" in done.output


def test_an_unforeseen_failure_is_one_line_and_its_details_are_kept(muster_home, capsys):
    assert tell_failure(ZeroDivisionError("divided by nobody")) == 1
    said = capsys.readouterr().err
    assert "ZeroDivisionError: divided by nobody" in said
    assert "Traceback" not in said
    log = muster_home / "failures.log"
    assert str(log) in said
    assert "ZeroDivisionError: divided by nobody" in log.read_text()


def test_a_home_that_cannot_be_written_does_not_hide_the_failure(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").touch()
    monkeypatch.setenv("MUSTER_HOME", str(tmp_path / "file" / "home"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert tell_failure(RuntimeError("hello")) == 1
    assert str(tmp_path / "failures.log") in capsys.readouterr().err


def test_debugging_shows_the_details_at_once(monkeypatch, capsys):
    monkeypatch.setenv("MUSTER_DEBUG", "1")
    try:
        raise ValueError("here")
    except ValueError as error:
        tell_failure(error)
    assert 'raise ValueError("here")' in capsys.readouterr().err


def test_a_setting_that_cannot_be_used_is_wrong_use_without_details(capsys):
    assert tell_failure(SettingError("MUSTER_HTTPS is 'maybe'; it can be 1 or 0")) == 2
    assert capsys.readouterr().err == "muster: MUSTER_HTTPS is 'maybe'; it can be 1 or 0\n"
