"""What regulation packs are called, by their id."""

from __future__ import annotations

from functools import cache

import yaml

from muster.plans import shelf
from muster.plans.model import Words


@cache
def title(pack: str) -> Words:
    """The title of a pack of the library; one that is not in it goes by its id."""
    content = shelf.packs().get(pack)
    given = yaml.safe_load(content).get("title") if content is not None else None
    if isinstance(given, dict):
        return Words(str(given.get("zh", "")), str(given.get("en", "")))
    return Words(str(given or pack))
