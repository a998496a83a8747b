"""Figures of a time, for managers and those who oversee. Every number of exceptions opens exactly its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from handhold.access.figures import access_figures
from handhold.queries.exceptions_counted import COUNTED_BY, CountLine, count_by, find_exceptions, only
from handhold.queries.outcomes_counted import MONTHS, find_how_soon, find_returns, find_told_once
from handhold.web.figures.forms import TimeForm, in_address
from handhold.web.requests import practitioner_of

FEBRUARY = 2
OUTCOMES = ("granted", "refused", "waiting")


@dataclass(frozen=True)
class Counted:
    """A count, and the addresses of its rows: asked, granted, refused, waiting."""

    line: CountLine
    addresses: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """For which time: the form that says so, its days, both included."""

    form: TimeForm
    first: date
    last: date

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """The beginning of the first day, and the end of the last."""
        return _begins(self.first), _begins(self.last + timedelta(days=1))

    @property
    def in_address(self) -> dict[str, int]:
        """The same time in an address."""
        return in_address("since", self.first) | in_address("until", self.last)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """All figures of a time."""
    sight, asked = access_figures(by=practitioner_of(request), now=timezone.now()), _asked(request)
    lines = find_exceptions(sight, *asked.instants)
    context = {
        "asked": asked,
        "is_all": sight.sees_all,
        "exceptions": [
            (words, [_counted(part, one, asked) for one in count_by(part, lines)]) for part, words in COUNTED_BY.items()
        ],
        "returns": find_returns(sight, *asked.instants),
        "months": MONTHS,
        "told": find_told_once(sight, *asked.instants),
        "soon": find_how_soon(sight, *asked.instants),
    }
    return render(request, "figures/figures.html", context, status=422 if asked.form.errors else 200)


@require_safe
def exceptions(request: HttpRequest) -> HttpResponse:
    """The exceptions that one number counts."""
    sight, asked = access_figures(by=practitioner_of(request), now=timezone.now()), _asked(request)
    chosen = {part: request.GET[part] for part in (*COUNTED_BY, "outcome") if part in request.GET}
    context = {
        "asked": asked,
        "lines": only(find_exceptions(sight, *asked.instants), chosen),
        "chosen": list(chosen.values()),
        "back": f"{reverse('figures')}?{urlencode(asked.in_address)}",
    }
    return render(request, "figures/exceptions.html", context)


def _counted(part: str, line: CountLine, asked: Asked) -> Counted:
    here = reverse("figures-exceptions")
    base: dict[str, object] = {**asked.in_address, part: line.name}
    all_of_them = f"{here}?{urlencode(base)}"
    return Counted(line, (all_of_them, *(f"{all_of_them}&{urlencode({'outcome': one})}" for one in OUTCOMES)))


def _asked(request: HttpRequest) -> Asked:
    """What the address asks for; the last twelve months where it asks for nothing that can be."""
    today = timezone.localdate()
    first, last = _a_year_before(today), today
    usual = {key: str(value) for key, value in (in_address("since", first) | in_address("until", last)).items()}
    given = {key: request.GET[key] for key in usual if key in request.GET}
    form = TimeForm(given or usual)
    if form.is_valid():
        first, last = form.cleaned_data["since"] or first, form.cleaned_data["until"] or last
    return Asked(form, first, last)


def _a_year_before(day: date) -> date:
    """The same day of the year before; for the last of February in a leap year, the day before."""
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == FEBRUARY else day.day)


def _begins(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
