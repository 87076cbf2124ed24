"""A hint between threads of one process: something may be due earlier than was thought, or waits in the outbox.

Only a hint. Whoever waits for it looks by itself at least once a second, and in other processes there is no other way.
"""

from __future__ import annotations

import threading

_waiting: set[threading.Event] = set()
_lock = threading.Lock()


def poke() -> None:
    """Let everybody who waits look again."""
    for each in tuple(_waiting):
        each.set()


class Waiter:
    """Waits until somebody pokes, or until a time is over. Use as a context manager."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def __enter__(self) -> Waiter:
        with _lock:
            _waiting.add(self._event)
        return self

    def __exit__(self, *exception: object) -> None:
        with _lock:
            _waiting.discard(self._event)

    def wait(self, seconds: float) -> None:
        self._event.wait(seconds)
        self._event.clear()

    def wake(self) -> None:
        self._event.set()
