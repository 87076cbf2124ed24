"""``python -m muster`` is the same as ``muster``."""

from muster.cli import main

main()
