"""`muster plan`: list, show, check and compare plans. Only `import` needs a database and Django."""

from muster.cli.plan import checking, comparing, coverage, importing, packs, showing
from muster.cli.plan.loading import group

__all__ = ["checking", "comparing", "coverage", "group", "importing", "packs", "showing"]
