"""`python -m bench`: every benchmark, one after the other; `python -m bench engine shell` only these."""

from __future__ import annotations

import subprocess
import sys

ALL = ("engine", "library", "shell", "timekeeper")


def main() -> int:
    """Run each benchmark in a process of its own, so that none warms up another."""
    chosen = sys.argv[1:] or list(ALL)
    unknown = [name for name in chosen if name not in ALL]
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(ALL)}", file=sys.stderr)
        return 2
    return max(subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode for name in chosen)


if __name__ == "__main__":
    sys.exit(main())
