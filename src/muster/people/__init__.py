"""Organisations, persons, and who holds which post, body or party of a plan at an instant."""
