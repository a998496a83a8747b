"""Who is to settle something of a transfer in which they have no other part: by their office, or as it went up to them.

They see the transfer as long as that waits, and no longer; the family's pages, lists and papers stay closed to them. A
role stands for those of it in the team of either end; where there are none, and it is their move, for all who hold it.
Nobody outside the council is asked by a role: a partner is asked by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q

from handhold.casefiles.case import Case
from handhold.casefiles.moves import find_moves, is_able
from handhold.notifications.models import Reminder
from handhold.records.models import Practitioner, RoleHolding, RotaSlot
from handhold.working_days import council_date

ASKED, GONE_UP = "asked-to-settle", "escalated-to"
OF_THE_WHOLE_RUN = ""
"""The step of a limit that no step has for itself."""


def words_of_settling(by: Practitioner, case: Case, roles: frozenset[str]) -> frozenset[str]:
    """The words of somebody who is to settle something of this transfer now; none for everybody else."""
    asked = {ASKED} if by.pk in find_settlers(case, roles) else set()
    return frozenset(asked | ({GONE_UP} if _has_gone_up_to(by, case) else set()))


def find_settlers(case: Case, roles: frozenset[str] | None = None) -> frozenset[int]:
    """The ids of those whose office something waits for, of these roles (or of any). No statement where none does."""
    waits = {role: is_theirs for role, is_theirs in _roles_waited_for(case).items() if roles is None or role in roles}
    if not waits:
        return frozenset()
    teams = teams_of_ends(case)
    found: set[int] = set()
    for role, holders in _holders(case, waits).items():
        near = {person for person, team in holders if team in teams}
        found |= near or ({person for person, _ in holders} if waits[role] else set())
    return frozenset(found)


def teams_of_ends(case: Case) -> frozenset[int]:
    """The ids of the teams of who is responsible and of who takes over."""
    ends = (case.worker_now, case.people.receiver)
    return frozenset(one.team_id for one in ends if one is not None and one.team_id is not None)


def _roles_waited_for(case: Case) -> dict[str, bool]:
    """Each of the council's roles that may do something that waits now, and whether it is their move before others'."""
    known, found = case.protocol.file.roles, dict[str, bool]()
    for move in find_moves(case):
        for word in move.standing.who:
            if word not in known or known[word].outside_council:
                continue
            if word in move.words or is_able(case, move.standing, word):
                found[word] = found.get(word, False) or word in move.words
    return found


def _holders(case: Case, roles: Iterable[str]) -> Mapping[str, set[tuple[int, int | None]]]:
    """Who holds each role here or has their turn on its rota, and has not left; with the id of their team."""
    now, today = case.now, council_date(case.now)
    there = Q(practitioner__left_date__isnull=True) | Q(practitioner__left_date__gt=today)
    there &= Q(during__contains=now, practitioner__agency__authority=case.run.authority_id)
    columns = ("practitioner_id", "practitioner__team_id")
    held = RoleHolding.objects.filter(there, role__in=list(roles)).values_list("role", *columns)
    duty = RotaSlot.objects.filter(there, rota__code__in=list(roles)).values_list("rota__code", *columns)
    found: dict[str, set[tuple[int, int | None]]] = {}
    for role, person, team in held.union(duty):
        found.setdefault(role, set()).add((person, team))
    return found


def _has_gone_up_to(by: Practitioner, case: Case) -> bool:
    """Whether a limit that has passed and runs still was taken up to this person."""
    late = {
        (OF_THE_WHOLE_RUN if limit.is_whole_run else step, limit.started_at, limit.due_at)
        for (step, _), limit in case.observed.deadlines.items()
        if limit.has_passed
    }
    if not late:
        return False
    told = Reminder.objects.filter(run=case.run, occasion=Reminder.Occasion.ESCALATED, told=by)
    return not late.isdisjoint(told.values_list("step", "started_at", "due_at"))
