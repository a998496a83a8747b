"""Times two things against each other: in pairs, one after the other, so that what slows the machine slows both."""

import json
import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

PACKAGES = ("django", "psycopg", "jinja2", "pydantic")


@dataclass(frozen=True)
class Ratio:
    """How many times as long `ours` took as `floor`: the median of the pairs, with the quarter below and above."""

    name: str
    ours: str
    floor: str
    median: float
    lower_quarter: float
    upper_quarter: float
    pairs: int
    ours_microseconds: float
    floor_microseconds: float


def measure(
    name: str,
    ours: tuple[str, Callable[[], object]],
    floor: tuple[str, Callable[[], object]],
    *,
    pairs: int,
    inner: int,
) -> Ratio:
    """Runs both `inner` times in each of `pairs` pairs, turn about, after a tenth as many to warm up."""
    for _ in range(max(1, pairs // 10)):
        _seconds(ours[1], inner)
        _seconds(floor[1], inner)
    times = []
    for number in range(pairs):
        if number % 2:
            under, over = _seconds(floor[1], inner), _seconds(ours[1], inner)
        else:
            over, under = _seconds(ours[1], inner), _seconds(floor[1], inner)
        times.append((over, under))
    ratios = sorted(over / under for over, under in times)
    lower, median, upper = statistics.quantiles(ratios, n=4)
    return Ratio(
        name,
        ours[0],
        floor[0],
        round(median, 2),
        round(lower, 2),
        round(upper, 2),
        pairs,
        round(statistics.median(over for over, _ in times) / inner * 1e6, 1),
        round(statistics.median(under for _, under in times) / inner * 1e6, 1),
    )


def _seconds(work: Callable[[], object], inner: int) -> float:
    begun = time.perf_counter()
    for _ in range(inner):
        work()
    return time.perf_counter() - begun


def report(ratios: list[Ratio], to: Path) -> None:
    """Prints the table, and keeps it as JSON with machine and versions. Only the ratios mean something elsewhere."""
    table = Table("what", "took", "times as long as", "median", "quarters", "µs", "µs of the floor")
    for one in ratios:
        quarters = f"{one.lower_quarter} - {one.upper_quarter}"
        row = (one.name, one.ours, one.floor, str(one.median), quarters)
        table.add_row(*row, str(one.ours_microseconds), str(one.floor_microseconds))
    Console(width=160).print(table)
    machine = {"system": platform.platform(), "python": platform.python_version(), "cores": os.cpu_count()}
    versions = {name: version(name) for name in PACKAGES}
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(
        json.dumps({"machine": machine, "versions": versions, "ratios": [asdict(r) for r in ratios]}, indent=1)
    )
