"""What the web server loads where one process does everything: the pages, the clocks and the delivery.

SQLite lets one connection write at a time. In one process the writers queue up in order; several processes would poll
for the lock, and some of them starve for seconds.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.config.settings")

application = get_wsgi_application()


def start_jobs(stop: threading.Event) -> list[threading.Thread]:
    """Start the timekeeper and the deliverer beside whatever else this process does."""
    from muster.cases.timekeeper import Timekeeper
    from muster.duties.writes import open_due
    from muster.notices.deliver import Deliverer

    timekeeper = Timekeeper(besides=[open_due])
    jobs: dict[str, Callable[[threading.Event], None]] = {"timekeeper": timekeeper.run, "deliverer": Deliverer().run}
    threads = [threading.Thread(target=run, args=(stop,), name=name, daemon=True) for name, run in jobs.items()]
    for thread in threads:
        thread.start()
    return threads


def end_with(parent: int) -> None:
    """End this process as soon as its parent is gone.

    The server's parent process only starts others. Killed, it would leave them behind, still answering on its port
    while the next start makes new ones beside them.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.2)
        os._exit(1)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()


if "MUSTER_SERVES" in os.environ:
    end_with(os.getppid())
if os.environ.get("MUSTER_SERVES") == "alone":
    # They end with the process: whatever moment that is, what they had claimed is ready again when its lease ends.
    start_jobs(threading.Event())
