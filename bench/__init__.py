"""Benchmarks: commands that print figures beside the machine and the versions they were measured on."""
