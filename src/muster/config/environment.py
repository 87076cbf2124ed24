"""Every setting that an installation may give, read from the environment.

This module knows no Django, so that commands which need none start quickly. Each setting is a row of ``SETTINGS``;
``docs/reference/settings.md`` has a section for each, and a test fails when one is missing there.
"""

import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

SOURCE_TREE = Path(__file__).resolve().parents[3]


class SettingError(Exception):
    """A setting has a value that cannot be used. The text names the setting, the value and what is allowed."""


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    """What holds when the variable is absent, in words."""


SETTINGS = (
    Setting("MUSTER_HOME", "`var` in a source tree, else `~/.local/share/muster`"),
    Setting("DATABASE_URL", "SQLite, `muster.sqlite3` in MUSTER_HOME"),
    Setting("MUSTER_SECRET_KEY", "the file `secret-key` in MUSTER_HOME, made at the first start"),
    Setting("MUSTER_HOSTS", "`localhost,127.0.0.1,[::1]`"),
    Setting("MUSTER_HTTPS", "`0`"),
    Setting("MUSTER_TIME_ZONE", "`Asia/Shanghai`"),
    Setting("MUSTER_MAIL_SERVER", "none: notices stay in the console"),
    Setting("MUSTER_MAIL_FROM", "none; needed with MUSTER_MAIL_SERVER"),
    Setting("MUSTER_DEBUG", "`0`"),
)


def text(name: str, default: str = "") -> str:
    """The variable's value without surrounding blanks; absent and empty both give the default."""
    return os.environ.get(name, "").strip() or default


def flag(name: str) -> bool:
    """Whether the variable says yes. Raises SettingError for a word that is neither yes nor no."""
    value = text(name, "0").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise SettingError(f"{name} is {value!r}; it can be 1 or 0")


def words(name: str, default: str) -> list[str]:
    """The variable's value as a list that was written with commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def home() -> Path:
    """The directory for everything that this installation writes: database, key, log. It may not exist yet."""
    if chosen := text("MUSTER_HOME"):
        return Path(chosen).expanduser().absolute()
    if (SOURCE_TREE / "pyproject.toml").is_file():
        return SOURCE_TREE / "var"
    return Path(text("XDG_DATA_HOME", "~/.local/share")).expanduser() / "muster"


@dataclass(frozen=True)
class Mail:
    """How mail leaves: the server, how to sign in there, and from whom it comes."""

    host: str
    port: int
    name: str
    password: str
    starttls: bool
    tls: bool
    sender: str

    @property
    def domain(self) -> str:
        return self.sender.rpartition("@")[2].rstrip(">")


MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail() -> Mail | None:
    """The mail server of MUSTER_MAIL_SERVER, None where none is named. Raises SettingError."""
    url = text("MUSTER_MAIL_SERVER")
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise SettingError("MUSTER_MAIL_SERVER cannot be read; allowed is smtps://NAME:PASSWORD@HOST:PORT") from error
    if parts.scheme not in MAIL_PORTS or not host:
        # The rest may hold a password.
        raise SettingError(
            f"MUSTER_MAIL_SERVER begins with {parts.scheme!r}; it can be smtp://, smtp+tls:// or smtps:// and a host"
        )
    sender = text("MUSTER_MAIL_FROM")
    if "@" not in sender:
        raise SettingError(f"MUSTER_MAIL_FROM is {sender!r}; MUSTER_MAIL_SERVER needs an address that mail comes from")
    return Mail(
        host=host,
        port=port or MAIL_PORTS[parts.scheme],
        name=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+tls",
        tls=parts.scheme == "smtps",
        sender=sender,
    )


def secret_key(directory: Path) -> str:
    """The key that signs cookies and links, made once and kept in a file that only its owner reads.

    Two processes that start at once on a new installation agree on one key: the file is made complete under another
    name and then linked to its own, which only one of them can do.
    """
    if given := text("MUSTER_SECRET_KEY"):
        return given
    path = directory / "secret-key"
    if not path.exists():
        directory.mkdir(parents=True, exist_ok=True)
        draft = directory / f"secret-key.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR), "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass  # the other process was first: its key is the key
        finally:
            draft.unlink()
    key = path.read_text().strip()
    if not key:
        raise SettingError(f"{path} is empty; remove it, and a new key is made (everybody signs in again)")
    return key
