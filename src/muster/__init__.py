"""Muster runs written emergency plans."""

__version__ = "0.1.0"
