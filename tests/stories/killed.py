"""The process that gets killed: what `muster serve` runs besides its pages, and commands from a pipe in their place.

Reads one JSON object per line: {"case": id or null, "command": {…, "key": …}}. Prints, once the command is committed,
{"key": …, "case": id, "version": n, "repeated": bool} or {"key": …, "refused": code}.
"""

from __future__ import annotations

import json
import queue
import sys
import threading
from datetime import UTC, datetime

import django

THREADS = 3


def main() -> None:
    django.setup()
    import msgspec
    from django.db import connection

    from muster.cases.execute import Done, execute
    from muster.cli.installing import install
    from muster.cli.serving import start_jobs
    from muster.engine.commands import AnyCommand

    install()
    connection.close()
    start_jobs(threading.Event())
    lines: queue.Queue[str] = queue.Queue()
    printing = threading.Lock()

    def answer() -> None:
        while True:
            asked = json.loads(lines.get())
            command = msgspec.convert(asked["command"], AnyCommand)
            result = execute(asked["case"], command, now=datetime.now(UTC), plan="water-outage")
            said = {"key": command.key}
            if isinstance(result, Done):
                said |= {"case": result.case_id, "version": result.version, "repeated": result.repeated}
            else:
                said |= {"refused": result.code}
            with printing:
                print(json.dumps(said), flush=True)  # noqa: T201

    for _ in range(THREADS):
        threading.Thread(target=answer, daemon=True).start()
    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        lines.put(line)


if __name__ == "__main__":
    main()
