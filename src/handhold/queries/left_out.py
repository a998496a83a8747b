"""The children of a family whom a transfer on its way does not carry: who was born or joined since, or was left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handhold.access.papers import is_council_side
from handhold.access.transfers import Opened
from handhold.queries.front_door import FrontDoor, find_front_door
from handhold.queries.held_alike import Beginner, ChildPlace, HeldAlike, find_places, group_alike

NOT_IN = "is not in this transfer."


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Those who are not in a transfer, with how to go on for them; for who sees no more, only the sentences."""

    sentences: tuple[str, ...]
    """Of each who is new since it began; for a partner, of all."""
    in_transfers: tuple[ChildPlace, ...] = ()
    held: tuple[HeldAlike, ...] = ()
    nothing_open: tuple[ChildPlace, ...] = ()
    front_door: FrontDoor | None = None


def find_left_out(opened: Opened) -> LeftOut | None:
    """The living children of the family beside those of the transfer; None where it carries all, or has ended.

    A partner is told that there is such a child, as the family's page tells them, and not what is open for them.
    """
    case, by = opened.case, opened.by
    if case.run.ended_at is not None or not opened.sees("family"):
        return None
    own = {held.person.pk for held in case.children}
    today = case.calendar.local_date(case.now)
    others = [one for one in find_places(case.run.family, case.protocol, case.now, today) if one.id not in own]
    if not others:
        return None
    new = {one.id: _new_since(one, opened) for one in others}
    if not is_council_side(opened):
        return LeftOut(tuple(f"{new[one.id] or one.name} {NOT_IN}" for one in others))
    nothing = tuple(one for one in others if not one.held and not one.transfers)
    still = [one for one in others if one.held and not one.transfers]
    who = Beginner(by, opened.words, case.protocol)
    return LeftOut(
        tuple(f"{new[one.id]} {NOT_IN}" for one in others if new[one.id]),
        tuple(one for one in others if one.transfers),
        tuple(group_alike(still, who, direction=case.pathway.file.direction, origin=case.pathway.origin)),
        nothing,
        find_front_door(by, opened.words, case.protocol, case.now) if nothing else None,
    )


def _new_since(child: ChildPlace, opened: Opened) -> str:
    """`Noah was born on 3 December and`; empty for who was there when the transfer began."""
    case = opened.case
    began = case.calendar.local_date(case.run.started_at)
    if child.born and child.born >= began:
        return f"{child.name} was born on {_day(child.born)} and"
    if child.member_since > case.run.started_at and child.in_household:
        return f"{child.name} joined the household on {_day(case.calendar.local_date(child.member_since))} and"
    return ""


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"
