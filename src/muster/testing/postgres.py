"""A PostgreSQL of one's own for the length of a ``with``: made, started, stopped and removed.

It listens only on a socket in a directory that nobody else may enter, so that neither a port nor a password is needed
and several can run beside one another. ``python -m muster.testing.postgres`` says whether this machine can do it.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

STARTING_TAKES_AT_MOST = 60
"""Seconds. A loaded machine needs a few."""

# A path of a Unix socket has at most 103 bytes on some systems, and a temporary directory can be deep.
_LONGEST_DIRECTORY = 80

NOT_LOST_BY_A_TEST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
"""What a throw-away database need not promise. Benchmarks do without this: they measure durable commits."""


class PostgresError(Exception):
    """PostgreSQL's programs are missing, or one of them failed. The text holds what it printed."""


def programs() -> Path | None:
    """The directory with initdb and pg_ctl: of the newest version where there are several, None where there is none."""
    # Debian keeps them off the PATH, one directory a version.
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda found: int(found.parts[-3]), reverse=True
    )
    for initdb in [shutil.which("initdb"), *versions]:
        # The link is followed because initdb looks for its fellows beside itself.
        if initdb is not None and (found := Path(initdb).resolve()).with_name("postgres").exists():
            return found.parent
    return None


def _account() -> dict[str, Any]:
    """Whom to run the programs as: PostgreSQL refuses root, so root lends it an account without rights."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise PostgresError("PostgreSQL does not run as root, and there is neither an account postgres nor nobody")


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """Start an empty PostgreSQL; give the URL of its database; stop and remove it at the end.

    With `durable`, a commit is on the disk when it returns, as in a real installation. Raises PostgresError.
    """
    bin_directory = programs()
    if bin_directory is None:
        raise PostgresError("initdb was found neither on the PATH nor in /usr/lib/postgresql")
    account = _account()
    parent = tempfile.gettempdir()
    directory = Path(tempfile.mkdtemp(prefix="muster-pg-", dir="/tmp" if len(parent) > _LONGEST_DIRECTORY else parent))  # noqa: S108
    try:
        if account:
            os.chown(directory, account["user"], account["group"])
        data = directory / "data"
        log = directory / "log"

        def run(program: str, *arguments: str) -> None:
            # The output goes to a file: the server inherits it, and would hold a pipe open for ever.
            with (directory / "printed").open("w") as printed:
                done = subprocess.run(
                    [bin_directory / program, "-D", data, *arguments],
                    stdin=subprocess.DEVNULL, stdout=printed, stderr=subprocess.STDOUT,
                    cwd=directory, timeout=2 * STARTING_TAKES_AT_MOST, check=False, **account,
                )  # fmt: skip
            if done.returncode != 0:
                said = "\n".join(file.read_text() for file in (directory / "printed", log) if file.exists())
                raise PostgresError(f"{program} failed with {done.returncode}:\n{said}")

        run("initdb", "-U", "muster", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(directory),
            "max_connections": "60",
            "timezone": "UTC",
            **({} if durable else NOT_LOST_BY_A_TEST),
        }
        with (data / "postgresql.auto.conf").open("a") as configuration:
            configuration.writelines(f"{name} = '{value}'\n" for name, value in options.items())
        run("pg_ctl", "start", "-w", "-t", str(STARTING_TAKES_AT_MOST), "-l", str(log))
        try:
            yield f"postgresql://muster@{quote(str(directory), safe='')}/postgres"
        finally:
            run("pg_ctl", "stop", "-w", "-m", "immediate")
    finally:
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    if programs() is None:
        sys.exit("PostgreSQL's programs (initdb, pg_ctl) are not on this machine")
