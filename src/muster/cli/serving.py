"""What the web server loads where one process does everything: the pages, the clocks and the delivery.

SQLite lets one connection write at a time. In one process the writers queue up in order; several processes would poll
for the lock, and some of them starve for seconds.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.config.settings")

application = get_wsgi_application()


def start_jobs(stop: threading.Event) -> list[threading.Thread]:
    """Start the timekeeper and the deliverer beside whatever else this process does."""
    from muster.cases.timekeeper import Timekeeper
    from muster.notices.deliver import Deliverer

    jobs: dict[str, Callable[[threading.Event], None]] = {"timekeeper": Timekeeper().run, "deliverer": Deliverer().run}
    threads = [threading.Thread(target=run, args=(stop,), name=name, daemon=True) for name, run in jobs.items()]
    for thread in threads:
        thread.start()
    return threads


if os.environ.get("MUSTER_SERVES") == "alone":
    # They end with the process: whatever moment that is, what they had claimed is ready again when its lease ends.
    start_jobs(threading.Event())
