"""One timekeeper in a process of its own, as `muster worker` runs it, until SIGTERM; then it says how it fared.

    python -m bench.keeping

Prints "ready", and in the end one JSON object: cases ticked and failed, how late each was, and the most memory that the
process ever had.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import django


def main() -> None:
    django.setup()
    from muster.cases.timekeeper import Timekeeper

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    lateness: list[float] = []
    keeper = Timekeeper(after=lambda: lateness.extend(keeper.done.lateness))
    print("ready", flush=True)
    keeper.run(stop)
    found: dict[str, Any] = {
        "ticked": keeper.done.ticked,
        "failed": keeper.done.failed,
        "lateness": lateness,
        "rss_mb": round(_peak_bytes() / 2**20, 1),
    }
    print(json.dumps(found), flush=True)


def _peak_bytes() -> int:
    try:
        # getrusage counts what the process was forked from, too; this counts the process alone.
        with Path("/proc/self/status").open(encoding="ascii", errors="replace") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
