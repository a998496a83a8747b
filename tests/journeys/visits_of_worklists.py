"""Lists of work as they are visited by the test of every page: who, where, what stands there, after which press."""

from collections.abc import Iterator

from tests.journeys.busy_council import BusyCouncil

from handhold.actions.saved_filters import save_filter


def visits_of_worklists(busy: BusyCouncil) -> Iterator[tuple[str, ...]]:
    """Lists of work, narrowed and empty; what is saved of them; many families that are moved at once."""
    move, manager = "/work/families/reallocate", "team-manager"
    saved = save_filter("all", "Late", "due=overdue", by=busy.council.practitioners[manager], now=busy.now)
    yield ("social-worker", "/work?due=later&sort=family", "Remove this filter")
    yield ("social-worker", "/work?family=zzz", "Nothing that waits for you is so")
    yield (manager, "/work/all", "Saved filters:")
    yield (manager, "/work/all?due=overdue&family=zzz", "No transfer is so")
    yield ("early-help-coordinator", "/work/to-take", "Take this")
    yield ("stranger", "/work/to-take", "You do not look after a queue")
    yield (manager, "/work/filters/save/families?sort=family", "Write a name", "Save")
    yield (manager, "/work/filters", "Rename")
    yield ("stranger", "/work/filters", "You have saved none")
    yield (manager, f"/work/filters/{saved.ref}", "Rename this filter")
    yield (manager, f"{move}?chosen={busy.ready.family.ref}", "Reallocate 1 family")
    yield (manager, f"{move}?every=1", "Write the reason", "Reallocate")
    yield (manager, move, "You have chosen no family")
    yield (manager, f"{move}d", "Nothing was reallocated just now")
