"""What is wrong with an installation, and how to mend it.

Django runs these before it serves; `muster doctor` prints them too. Ids never change.
"""

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import OperationalError, connections

OWN_MACHINE = {"localhost", "127.0.0.1", "[::1]", "testserver"}
OLDEST_POSTGRESQL = (14,)


@register("muster")
def home_can_be_written(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    home: Path = settings.MUSTER_HOME
    if os.access(home, os.W_OK | os.X_OK):
        return []
    return [
        Error(
            f"{home} cannot be written, and Muster keeps its database, key and log there.",
            hint="Give it to the account that runs Muster, or name another directory in MUSTER_HOME.",
            id="muster.E001",
        )
    ]


@register("muster")
def secret_key_is_private(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    path: Path = settings.MUSTER_HOME / "secret-key"
    if not path.exists() or not stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        return []
    return [
        Error(
            f"Other accounts of this machine can read {path}; whoever has it can sign in as anybody.",
            hint=f"chmod 600 '{path}'. If somebody may have read it, remove it: a new one is made at the next start.",
            id="muster.E002",
        )
    ]


@register("muster")
def secret_key_is_long(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if len(settings.SECRET_KEY) >= 32:
        return []
    return [
        Error(
            "MUSTER_SECRET_KEY is shorter than 32 characters and could be guessed.",
            hint="Take it away, and Muster makes and keeps a good one.",
            id="muster.E003",
        )
    ]


@register("muster")
def others_reach_it_by_https(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    elsewhere = sorted(set(settings.ALLOWED_HOSTS) - OWN_MACHINE)
    if settings.HTTPS or not elsewhere:
        return []
    return [
        Warning(
            f"MUSTER_HOSTS lets other machines in ({', '.join(elsewhere)}), but MUSTER_HTTPS is off: "
            "passwords and what complainants said cross the network readably.",
            hint="Put a proxy with a certificate in front and set MUSTER_HTTPS=1.",
            id="muster.W001",
        )
    ]


@register("muster")
def debugging_stays_here(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if not settings.DEBUG or set(settings.ALLOWED_HOSTS) <= OWN_MACHINE:
        return []
    return [
        Error(
            "MUSTER_DEBUG is on while MUSTER_HOSTS lets other machines in: an error page would show them everything.",
            hint="Take MUSTER_DEBUG away.",
            id="muster.E004",
        )
    ]


@register("muster")
def translations_are_compiled(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    stale = [
        source
        for root in settings.LOCALE_PATHS
        for source in sorted(Path(root).glob("*/LC_MESSAGES/*.po"))
        if not source.with_suffix(".mo").exists()
    ]
    if not stale:
        return []
    return [
        Warning(
            f"{len(stale)} translation file(s) are not compiled ({stale[0]}): some people will not see their language.",
            hint="Run `make setup`, or `pybabel compile -D django -d` with the directory that holds the languages.",
            id="muster.W002",
        )
    ]


@register(Tags.database)
def database_is_new_enough(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        try:
            connection.ensure_connection()
        except OperationalError as error:
            found.append(
                Error(
                    f"The database does not answer: {str(error).strip()}",
                    hint="Is it running, and is DATABASE_URL right?",
                    id="muster.E005",
                )
            )
            continue
        version = connection.get_database_version()
        if connection.vendor == "postgresql" and version < OLDEST_POSTGRESQL:
            found.append(
                Error(
                    f"PostgreSQL {version[0]} is too old.",
                    hint=f"Muster needs PostgreSQL {OLDEST_POSTGRESQL[0]} or newer.",
                    id="muster.E006",
                )
            )
    return found
