"""What somebody asked of a list of work: how it is sorted and what stays in it. Kept in the address of the list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower

from handhold.records.models import Run
from handhold.working_days import Calendar

SORTS = {"due": "Due first", "family": "Family", "pathway": "Pathway", "longest": "Longest on its way"}
DUES = {
    "overdue": "Overdue",
    "today": "Due today",
    "week": "Due later this week",
    "later": "Due after this week",
    "none": "No date",
}
FILTERS = ("due", "pathway", "team", "person", "family")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Narrowing:
    """Empty words narrow nothing. `pathway` is its id, `team` a code, `person` the reference of who is responsible."""

    sort: str = "due"
    due: str = ""
    pathway: str = ""
    team: str = ""
    person: str = ""
    family: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that are on."""
        return {name: word for name in FILTERS if (word := getattr(self, name))}

    @property
    def asked(self) -> dict[str, str]:
        """The same with the order, as it stands in an address; nothing for what is so anyway."""
        return ({"sort": self.sort} if self.sort != "due" else {}) | self.chosen

    def without(self, name: str) -> Narrowing:
        """The same without one filter."""
        return replace(self, **{name: ""})


EVERYTHING = Narrowing()


def narrowing_of(asked: dict[str, str]) -> Narrowing:
    """What the words of an address ask for; what is not known there asks for nothing."""
    known = {name: asked.get(name, "").strip() for name in FILTERS}
    known["due"] = known["due"] if known["due"] in DUES else ""
    sort = asked.get("sort", "")
    return Narrowing(sort if sort in SORTS else "due", **known)


def narrow_runs(runs: QuerySet[Run], asked: Narrowing) -> QuerySet[Run]:
    """Those of the pathway, the team, the responsible person and the family that were asked for; whatever is due."""
    return runs.filter(of_transfer(asked))


def of_transfer(asked: Narrowing, run: str = "") -> Q:
    """The same as a condition on rows that name a run: `run` is the way to it, such as `run__`."""
    words = {
        "pathway": asked.pathway,
        "sender__team__code": asked.team,
        "sender__ref": asked.person,
        "family__name__icontains": asked.family,
    }
    return Q(**{f"{run}{name}": word for name, word in words.items() if word})


def due_so(name: str, asked: Narrowing, calendar: Calendar, now: datetime) -> Q:
    """Rows whose instant of this name lies in the time that was asked for."""
    if not asked.due:
        return Q()
    if asked.due == "none":
        return Q(**{f"{name}__isnull": True})
    start, end = span_of(asked.due, calendar, now)
    bounds = {f"{name}__gte": start, f"{name}__lt": end}
    return Q(**{f"{name}__isnull": False}, **{bound: at for bound, at in bounds.items() if at})


def by_clock(asked: Narrowing, calendar: Calendar, now: datetime, run: str = "") -> Q:
    """Those whose earliest limit lies in the time that was asked for, as it stood when each was last looked at."""
    looked_at = Q(**{f"{run}clock__isnull": False}) if asked.due == "none" else Q()
    return looked_at & due_so(f"{run}clock__next_due_at", asked, calendar, now)


def in_order(runs: QuerySet[Run], asked: Narrowing) -> QuerySet[Run]:
    """The earliest limit first, those without one last; or as it was asked for. The same order on every page."""
    due = F("clock__next_due_at").asc(nulls_last=True)
    family = Lower("family__name")
    order = {
        "due": (due, family),
        "family": (family, due),
        "pathway": (F("pathway").asc(), due),
        "longest": (F("started_at").asc(),),
    }[asked.sort]
    return runs.order_by(*order, "pk")


def span_of(due: str, calendar: Calendar, now: datetime) -> tuple[datetime | None, datetime | None]:
    """From when (included) until when (not included) something is due that is so called: overdue, today and so on."""
    today = calendar.local_date(now)
    tomorrow = calendar.starts_at(today + ONE_DAY)
    monday = calendar.starts_at(today + ONE_DAY * (7 - today.weekday()))
    spans = {"overdue": (None, now), "today": (now, tomorrow), "week": (tomorrow, monday), "later": (monday, None)}
    return spans[due]


def is_due_so(due_at: datetime | None, due: str, calendar: Calendar, now: datetime) -> bool:
    """Whether something due then is called so; everything is, where nothing was asked for."""
    if not due:
        return True
    if due_at is None or due == "none":
        return due == "none" and due_at is None
    start, end = span_of(due, calendar, now)
    return (start is None or due_at >= start) and (end is None or due_at < end)
