"""`muster plan`: list, show, check and compare plans; needs no database and no Django."""

from muster.cli.plan import checking, coverage, packs, showing
from muster.cli.plan.loading import group

__all__ = ["checking", "coverage", "group", "packs", "showing"]
