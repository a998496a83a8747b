"""Walks shared out to processes beside each other, each told about while it goes on, all ended with who asked."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing.queues import Queue
from pathlib import Path
from queue import Empty

from handhold.protocol.deciding import Problem
from handhold.protocol.exploring import Exploration, explore
from handhold.protocol.loading import load_protocol
from handhold.protocol.pathways import Protocol

SECONDS_BETWEEN_LOOKS = 0.2
Progress = Callable[[str, int, int], None]
"""Told while it goes on: which pathway, with how many children, how many states so far."""


@dataclass(frozen=True)
class Explored:
    """One pathway walked with so many children, and how long it took."""

    found: Exploration
    seconds: float


@dataclass(frozen=True)
class Walk:
    """What is to be walked: a pathway with so many children, with one guard of `decide` taken away or none."""

    pathway: str
    children: int
    without: Problem | None = None


def walk_one(protocol: Protocol, walk: Walk, progress: Progress | None) -> Explored:
    """Walks one, here."""
    started = time.monotonic()

    def told(states: int) -> None:
        if progress:
            progress(walk.pathway, walk.children, states)

    found = explore(protocol.pathways[walk.pathway], walk.children, told, without=walk.without)
    return Explored(found, time.monotonic() - started)


def walk_all(folder: Path, walks: Sequence[Walk], processes: int, progress: Progress | None) -> list[Explored]:
    """Walks them all in so many processes, those with most children first; answers in the order asked.

    Each process reads the version's folder for itself. An interruption ends them all.
    """
    spawning = multiprocessing.get_context("spawn")
    told: Queue[tuple[str, int, int]] = spawning.Queue()
    pool = ProcessPoolExecutor(processes, spawning, initializer=_begin, initargs=(folder, told))
    try:
        waiting = {walk: pool.submit(_walk, walk) for walk in sorted(walks, key=lambda one: -one.children)}
        while not all(future.done() for future in waiting.values()):
            wait(waiting.values(), timeout=SECONDS_BETWEEN_LOOKS, return_when="FIRST_COMPLETED")
            _pass_on(told, progress)
            _raise_what_went_wrong(waiting.values())
        return [waiting[walk].result() for walk in walks]
    except BaseException:
        for process in list(pool._processes.values()):  # noqa: SLF001 - a pool has no other way to stop what runs
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _pass_on(told: Queue[tuple[str, int, int]], progress: Progress | None) -> None:
    while True:
        try:
            said = told.get_nowait()
        except Empty:
            return
        if progress:
            progress(*said)


def _raise_what_went_wrong(futures: Iterable[Future[Explored]]) -> None:
    for future in futures:
        if future.done():
            future.result()


@dataclass(frozen=True)
class Bench:
    """What a process of the pool works with."""

    protocol: Protocol
    told: Queue[tuple[str, int, int]]


_benches: list[Bench] = []
"""The one of this process, once it has begun."""


def _begin(folder: Path, told: Queue[tuple[str, int, int]]) -> None:
    _benches.append(Bench(load_protocol(folder), told))


def _walk(walk: Walk) -> Explored:
    bench = _benches[0]
    return walk_one(bench.protocol, walk, lambda *said: bench.told.put(said))
