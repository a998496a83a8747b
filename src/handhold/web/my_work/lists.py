"""What stands around each list of work: the tabs, the filters that are on and can be, the saved ones, the ways out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from handhold.access.families import Sighted
from handhold.queries.desk import Desk, Saved
from handhold.queries.narrowing import DUES, SORTS, Narrowing, narrowing_of
from handhold.queries.to_take import queues_of
from handhold.web.components import ChosenFilter, Tab

TASKS, TEAM, TO_TAKE, FAMILIES, ALL = "tasks", "team", "to-take", "families", "all"
PAGES = {TASKS: "my-work", TEAM: "team-work", TO_TAKE: "work-to-take", FAMILIES: "my-families", ALL: "all-work"}
"""Each list, and the name of its page. The codes are kept with saved filters."""
TITLES = {TASKS: "My tasks", TEAM: "Team", TO_TAKE: "To take up", FAMILIES: "My families", ALL: "All work"}


@dataclass(frozen=True, slots=True)
class SelectOne:
    """A choice of a filter: its name in the address, its label, and GOV.UK's items."""

    name: str
    label: str
    items: list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class SavedLink:
    """A saved filter as a link."""

    name: str
    address: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class NarrowingBox:
    """All of what narrows a list, for the macro of that name."""

    address: str
    selects: list[SelectOne]
    family: str
    chosen: list[ChosenFilter]
    saved: list[SavedLink]
    save_address: str
    """Empty where nothing is chosen that could be saved."""
    export_address: str


def asked_of(request: HttpRequest) -> Narrowing:
    """What the address asks for."""
    return narrowing_of(request.GET.dict())


def tabs(sight: Sighted, desk: Desk, here: str, counts: Mapping[str, int] | None = None) -> list[Tab]:
    """The lists that there are for this person. `counts` of those that are loaded anyway; others count cheaply."""
    known = {TO_TAKE: desk.to_take, FAMILIES: desk.families, ALL: desk.transfers, **(counts or {})}
    shown = {
        TEAM: bool(sight.manages) or desk.is_told or bool(known.get(TEAM)),
        TO_TAKE: bool(queues_of(sight)),
    }
    return [
        Tab(TITLES[one], reverse(page), is_here=one == here, count=known.get(one))
        for one, page in PAGES.items()
        if shown.get(one, True)
    ]


def narrowing_box(worklist: str, asked: Narrowing, desk: Desk) -> NarrowingBox:
    """The box of one list."""
    address, query = reverse(PAGES[worklist]), urlencode(asked.asked)
    choices: dict[str, tuple[str, Mapping[str, str]]] = {
        "sort": ("Sort by", SORTS),
        "due": ("Due", {"": "At any time", **DUES}),
        "pathway": ("Pathway", {"": "Every pathway", **desk.pathways}),
        "team": ("Team", {"": "Every team", **desk.teams}),
        "person": ("Who is responsible", {"": "Everybody", **desk.people}),
    }
    hidden = {name for name in ("team", "person") if len(choices[name][1]) <= 2 and not getattr(asked, name)}
    return NarrowingBox(
        address=address,
        selects=[_select(name, *choice, asked) for name, choice in choices.items() if name not in hidden],
        family=asked.family,
        chosen=[_chosen(name, word, choices, asked, address) for name, word in asked.chosen.items()],
        saved=[_saved(one, address, query) for one in desk.saved if one.worklist == worklist],
        save_address=f"{reverse('save-filter', args=[worklist])}?{query}" if query else "",
        export_address=f"{reverse('export-work', args=[worklist])}?{query}",
    )


def address_with(address: str, asked: Narrowing) -> str:
    """The address of a list with what was asked for."""
    query = urlencode(asked.asked)
    return f"{address}?{query}" if query else address


def _select(name: str, label: str, choices: Mapping[str, str], asked: Narrowing) -> SelectOne:
    here = getattr(asked, name)
    known = choices if here in choices else {**choices, here: here}
    items = [{"value": value, "text": text, "selected": value == here} for value, text in known.items()]
    return SelectOne(name, label, items)


def _chosen(
    name: str, word: str, choices: Mapping[str, tuple[str, Mapping[str, str]]], asked: Narrowing, address: str
) -> ChosenFilter:
    words = choices[name][1].get(word, word) if name in choices else f"Family: {word}"
    return ChosenFilter(words, address_with(address, asked.without(name)))


def _saved(saved: Saved, address: str, query: str) -> SavedLink:
    return SavedLink(saved.name, f"{address}?{saved.asked}", saved.asked == query)
