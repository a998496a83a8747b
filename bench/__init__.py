"""Measures how long things take, always as the ratio of two that were measured in one run on one machine.

`make bench` runs all of it and prints a table; `var/bench.json` keeps it with the machine and the versions.
"""
