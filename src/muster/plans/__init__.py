"""The plan language: what a plan says, read from YAML, typed, checked. Pure: no clock, no network, no framework."""
