"""Somebody leaves: everything that they hold passes on in one act, and then they are not there any more.

Nothing that they wrote is touched. What nobody would hold refuses the act, with whom to name first: the database has
the last word on the post of last resort.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q, QuerySet

from handhold.access.caseloads import (
    OpenedCaseload,
    OpenedPerson,
    access_person_to_read,
    lock_children_and_those_beside,
    open_runs_of,
)
from handhold.access.transfers import is_there
from handhold.actions.announcing import tell_about_concern
from handhold.actions.once import Submission, carry_out_once
from handhold.actions.reallocating import (
    Reallocated,
    check_still_there,
    find_successor,
    move,
    reach,
    record_in_place,
    record_moved,
    tell_both,
)
from handhold.actions.refusals import NotAllowed
from handhold.audit.recording import record_event
from handhold.casefiles.case import load_case
from handhold.casefiles.concerns import holder_of, pass_on_all_of
from handhold.casefiles.handing_over import end_relationships
from handhold.casefiles.protocols import calendar_of, part_readable, protocol_of
from handhold.casefiles.steps_by_meaning import find_receiver_leaving_step
from handhold.queries.leavers import ENDS, Held, find_last_roles, find_posts, find_rotas, turns_of
from handhold.queries.naming import practitioner_name
from handhold.records.constraints import check_constraints_now
from handhold.records.models import (
    Account,
    Allocation,
    ConcernHolding,
    PostHolding,
    Practitioner,
    ProfessionalRelationship,
    RoleHolding,
    RotaSlot,
    Run,
)

SOMEBODY_ALWAYS = ("H1", "H8")


@dataclass(frozen=True)
class Successors:
    """Who takes over what, by reference: the children (one by one, else all to one), posts, rotas and roles by code.

    Where nobody is named for a child, it is whoever the procedure names to stand in.
    """

    everything: str = ""
    involvements: Mapping[str, str] = field(default_factory=dict)
    posts: Mapping[str, str] = field(default_factory=dict)
    rotas: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def record_leaver(
    ref: str,
    left_date: date,
    successors: Successors,
    reason: str,
    *,
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> Practitioner:
    """Moves all that a practitioner holds, ends their roles, shuts their account and says when they left.

    1 once  2 access, locks  3 is anything left to nobody  4 children  5 transfers in which they take over  6 posts,
    turns, roles, concerns  7 they are gone  8 audit  9 constraints  10 nothing came to them meanwhile.
    Raises NotHere, NotAllowed, AlreadySubmitted.
    """
    carry_out_once(submission, now)
    opened = access_person_to_read(ref, by=by, now=now)
    _check_may_leave(opened, left_date)
    _lock(opened)
    posts, roles = _named(opened, find_posts(opened), successors.posts, "post"), _last_roles(opened, successors)
    rotas = _named(opened, find_rotas(opened), successors.rotas, "rota")
    heir, named = _heirs(opened, successors, posts)
    told = _move_children(opened, heir, named, reason)
    _leave_transfers(opened, heir, reason)
    _pass_on_posts(opened, posts)
    _pass_on_turns(opened, rotas)
    _pass_on_roles(opened, roles)
    _pass_on_concerns(opened, reason)
    _be_gone(opened, left_date)
    record_event(
        "practitioner.left",
        by=by,
        now=now,
        subjects=[ref, *(one.ref for one in told)],
        after={"left": left_date, "reason": reason, "posts": sorted(posts), "roles": sorted(roles)},
    )
    check_constraints_now()
    check_still_there([*told, *posts.values(), *roles.values()], now)
    _check_nothing_left(opened)
    return opened.person


def _check_may_leave(opened: OpenedPerson, left_date: date) -> None:
    """Raises NotAllowed for oneself, for who is not their manager, who has left, and a day that has yet to come."""
    person, name = opened.person, practitioner_name(opened.person)
    if opened.is_self or not opened.may_manage:
        who = reach(opened.manager)
        raise NotAllowed(f"That {name} leaves is for their manager to record.", who=who, clauses=SOMEBODY_ALWAYS)
    if person.left_date is not None:
        raise NotAllowed(f"{name} left on {person.left_date:%d.%m.%Y}; nothing is theirs any more.")
    if left_date > calendar_of(opened.sight.protocol).local_date(opened.sight.now):
        words = "The day must be today or earlier. Until then they hold what they hold; you can reallocate before."
        raise NotAllowed(words, field="left_date", clauses=("H12",))


def _lock(opened: OpenedPerson) -> None:
    """The practitioner's row, and the children of all that they hold or are to take over."""
    person = opened.person
    list(Practitioner.objects.select_for_update(no_key=True).filter(pk=person.pk).values_list("pk"))
    held = _allocations_of(person).values_list("involvement__child", flat=True)
    runs = Run.objects.filter(Q(sender=person) | Q(receiver=person), ended_at__isnull=True)
    lock_children_and_those_beside({*held, *runs.values_list("run_children__child", flat=True)})


def _allocations_of(person: Practitioner) -> QuerySet[Allocation]:
    return (
        Allocation.objects.filter(practitioner=person, during__upper_inf=True)
        .select_related("involvement__child", "practitioner")
        .order_by("involvement__child_id", "id")
    )


def _heirs(
    opened: OpenedPerson, successors: Successors, posts: Mapping[str, Practitioner]
) -> tuple[Practitioner, dict[str, Practitioner]]:
    """Who takes over where nobody is named for a child, and who was named, by involvement. Raises NotAllowed.

    The first is whoever was named for everything, else who stands in by office: nobody for themself, but whoever
    takes on their post.
    """
    by_office = [*posts.values()] if opened.manager.pk == opened.person.pk else [opened.manager, *posts.values()]
    known = {one.ref: one for one in reversed(by_office)}
    refs = {successors.everything, *successors.involvements.values()} - {"", *known}
    known |= {ref: find_successor(opened, ref, field="everything") for ref in refs}
    named = {involvement: known[ref] for involvement, ref in successors.involvements.items() if ref}
    if successors.everything:
        return known[successors.everything], named
    if not by_office and _allocations_of(opened.person).exists():
        words = "Name who takes the children over: nobody else stands in by office."
        raise NotAllowed(words, field="everything", clauses=SOMEBODY_ALWAYS)
    return next(iter(by_office), opened.sight.by), named


def _move_children(
    opened: OpenedPerson, heir: Practitioner, named: Mapping[str, Practitioner], reason: str
) -> list[Practitioner]:
    """Each involvement passes to whoever was named for it, the others to the one heir. Returns who took over."""
    by, now = opened.sight.by, opened.sight.now
    of_successor: dict[Practitioner, list[Allocation]] = {}
    for one in _allocations_of(opened.person):
        of_successor.setdefault(named.get(one.involvement.ref, heir), []).append(one)
    for to, allocations in of_successor.items():
        runs = open_runs_of({one.involvement.child_id for one in allocations})
        move(OpenedCaseload(opened, allocations, runs, []), allocations, to, reason)
        done = Reallocated(opened.person, to, allocations)
        record_moved(done, reason, by=by, now=now)
        tell_both(done, by=by, now=now)
    return [*of_successor]


def _leave_transfers(opened: OpenedPerson, heir: Practitioner, reason: str) -> None:
    """Where they were still to take over, the transfer says so and asks anew; where they were its worker, the heir is.

    Of the latter only those are left of which every child has been closed: the others went with their children.
    """
    now = opened.sight.now
    Run.objects.filter(sender=opened.person, ended_at__isnull=True).exclude(run_children__ended_at__isnull=True).update(
        sender=heir
    )
    runs = Run.objects.filter(receiver=opened.person, ended_at__isnull=True).select_related(*ENDS).order_by("pk")
    for run in part_readable(runs)[0]:
        if load_case(run, now).observed.facts.receiver == "none":
            continue
        step = find_receiver_leaving_step(protocol_of(run).pathways[run.pathway])
        if step is None or not record_in_place(opened, run, "receiver", step, reason):
            words = f"The transfer {run.ref} does not let go of {practitioner_name(opened.person)} now. Open it first."
            raise NotAllowed(words, who=reach(opened.manager), clauses=SOMEBODY_ALWAYS)


def _named(opened: OpenedPerson, held: Iterable[Held], named: Mapping[str, str], sort: str) -> dict[str, Practitioner]:
    """Who takes each on, by code. Raises NotAllowed for one that may not fall vacant, and for who is not there."""
    found = {}
    for one in held:
        ref = named.get(one.code, "")
        if one.must and not ref:
            raise NotAllowed(
                f"Name who takes on “{one.called}” first. {one.why}",
                who=reach(opened.manager),
                clauses=SOMEBODY_ALWAYS,
                field=f"{sort}-{one.code}",
            )
        if ref:
            found[one.code] = _colleague(opened, ref, f"{sort}-{one.code}")
    return found


def _last_roles(opened: OpenedPerson, successors: Successors) -> dict[str, Practitioner]:
    """Who takes on the roles that nobody else holds; whoever takes the post of the same code, where nobody is named."""
    named = {**{code: ref for code, ref in successors.posts.items() if ref}, **successors.roles}
    return _named(opened, find_last_roles(opened), named, "role")


def _colleague(opened: OpenedPerson, ref: str, field: str) -> Practitioner:
    found = Practitioner.objects.filter(agency=opened.person.agency_id, ref=ref).exclude(pk=opened.person.pk).first()
    if found is None or not is_there(found, opened.sight.now):
        raise NotAllowed("Choose somebody of the same agency who works there now.", field=field)
    return found


def _pass_on_posts(opened: OpenedPerson, successors: Mapping[str, Practitioner]) -> None:
    """Each post passes on at this instant; one for which nobody is named falls vacant, if the database lets it."""
    now = opened.sight.now
    for holding in PostHolding.objects.filter(practitioner=opened.person, during__upper_inf=True).select_related(
        "post"
    ):
        PostHolding.objects.filter(pk=holding.pk).update(during=DateTimeTZRange(holding.during.lower, now))
        to = successors.get(holding.post.code)
        if to is not None:
            PostHolding.objects.create(post=holding.post, practitioner=to, during=DateTimeTZRange(now, None))


def _pass_on_turns(opened: OpenedPerson, successors: Mapping[str, Practitioner]) -> None:
    """The rest of a turn that has begun, and each later one, go to whoever was named, or are left open to be filled."""
    now = opened.sight.now
    for slot in turns_of(opened.person, now).select_related("rota"):
        to, rest = successors.get(slot.rota.code), DateTimeTZRange(max(slot.during.lower, now), slot.during.upper)
        if slot.during.lower < now:
            RotaSlot.objects.filter(pk=slot.pk).update(during=DateTimeTZRange(slot.during.lower, now))
        else:
            slot.delete()
        if (
            to is not None
            and not RotaSlot.objects.filter(rota=slot.rota, practitioner=to, during__overlap=rest).exists()
        ):
            RotaSlot.objects.create(rota=slot.rota, practitioner=to, during=rest)


def _pass_on_roles(opened: OpenedPerson, successors: Mapping[str, Practitioner]) -> None:
    """Every role ends now; one that nobody else holds goes to whoever was named."""
    now = opened.sight.now
    for holding in RoleHolding.objects.filter(practitioner=opened.person, during__upper_inf=True):
        RoleHolding.objects.filter(pk=holding.pk).update(during=DateTimeTZRange(holding.during.lower, now))
        to = successors.get(holding.role)
        if to is not None:
            RoleHolding.objects.create(
                practitioner=to, role=holding.role, team=holding.team, during=DateTimeTZRange(now, None)
            )


def _pass_on_concerns(opened: OpenedPerson, reason: str) -> None:
    """Each concern for which they answer is the next person's by office, never somebody's whom it is about (Y52)."""
    by, now = opened.sight.by, opened.sight.now
    for concern in pass_on_all_of(opened.person, by=by, why=reason, now=now):
        tell_about_concern(concern, "concern-handed-on", holder_of(concern), now)


def _be_gone(opened: OpenedPerson, left_date: date) -> None:
    """They work with no child any more, cannot sign in, and are on record as having left."""
    person, now = opened.person, opened.sight.now
    end_relationships(ProfessionalRelationship.objects.filter(practitioner=person, during__upper_inf=True), now)
    Practitioner.objects.filter(pk=person.pk).update(left_date=left_date)
    Account.objects.filter(practitioner=person).update(is_active=False)


def _check_nothing_left(opened: OpenedPerson) -> None:
    """Raises NotAllowed where something came to them while this was done (ADR 0010)."""
    concerns = ConcernHolding.objects.filter(during__upper_inf=True, concern__decided_at__isnull=True)
    if _allocations_of(opened.person).exists() or concerns.filter(practitioner=opened.person).exists():
        raise NotAllowed("Something was allocated to them just now. Look at the page again.", clauses=SOMEBODY_ALWAYS)
