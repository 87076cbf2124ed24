"""Compare lock files with the published vulnerabilities, by pip-audit.

Where the service that lists them cannot be reached, this says so and ends well: that tells nothing about the lock files.
pip-audit itself passes over a package that its service does not know, so what counts is how many it could look up.
"""

import json
import subprocess
import sys
from pathlib import Path


def audit(lock: str) -> bool:
    """Print what is known about a lock file's packages. False if one of them has a weakness."""
    program = Path(sys.executable).with_name("pip-audit")
    command = [program, "--progress-spinner=off", "--no-deps", "--disable-pip", "--timeout=15", "--format=json"]
    try:
        done = subprocess.run(  # noqa: S603  our own arguments
            [*command, "-r", lock], capture_output=True, text=True, check=False, timeout=300
        )
    except subprocess.TimeoutExpired:
        print(f"NOT DONE: {lock}: the service that lists vulnerabilities does not answer")
        return True
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (json.JSONDecodeError, KeyError):
        reason = (done.stderr.strip().splitlines() or ["it printed nothing"])[-1]
        print(f"NOT DONE: {lock}: pip-audit could not look anything up: {reason}")
        return True
    known = [package for package in packages if "vulns" in package]
    if not known:
        print(f"NOT DONE: {lock}: the service that lists vulnerabilities cannot be reached")
        return True
    weak = [package for package in known if package["vulns"]]
    for package in weak:
        for found in package["vulns"]:
            mended = ", ".join(found["fix_versions"]) or "no version yet"
            print(f"{lock}: {package['name']} {package['version']}: {found['id']}, mended in {mended}")
    print(f"{lock}: {len(known)} of {len(packages)} packages looked up, {len(weak)} with known weaknesses")
    return not weak


if __name__ == "__main__":
    sound = [audit(lock) for lock in sys.argv[1:]]
    sys.exit(not all(sound))
