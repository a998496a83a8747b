"""Who may begin which pathway, and beside which that are on their way already. Pure: pages and actions ask the same."""

from collections.abc import Collection, Iterable

from handhold.protocol.pathways import Pathway, Protocol
from handhold.protocol.vocabulary import RELATIONS
from handhold.records.models import Practitioner


def may_begin(rule: Pathway, roles: frozenset[str]) -> bool:
    """Whether somebody with these roles may begin it for children whom they answer for.

    Where the pathway names roles only, one of them has to be theirs: a partner who leads steps up another way than a
    worker of the council (Y46, Y48).
    """
    who = set(rule.file.begins.who if rule.file.begins else ())
    return bool(who & (roles | {*RELATIONS}))


def is_in_the_way(protocol: Protocol, rule: Pathway, on_the_way: Iterable[str]) -> bool:
    """Whether one of these pathways moves a child the same way already; step up and step down may cross.

    What comes in from outside is never turned away because something else is on its way.
    """
    for name in on_the_way:
        other = protocol.pathways.get(name)
        direction = other.file.direction if other else "down"
        if name == rule.id or (direction == rule.file.direction != "beside" and not rule.opens_its_origin):
            return True
    return False


def begins_for(rule: Pathway, by: Practitioner, roles: Collection[str], *, holder_id: int, team_id: int | None) -> bool:
    """Whether somebody begins it for the children of this worker: their own, their team's, or by a role it names."""
    who = set(rule.file.begins.who if rule.file.begins else ()) - {*RELATIONS}
    is_of_team = by.team_id is not None and by.team_id == team_id
    return by.pk == holder_id or is_of_team or bool(who.intersection(roles))
