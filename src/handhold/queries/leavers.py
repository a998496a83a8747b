"""Everything that one practitioner holds: for the page that says that they leave, and for the act that moves it.

Some of it passes to named successors (children, posts, turns of duty, roles that nobody else has); some follows by
itself, and the page says how.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from handhold.access.caseloads import OpenedPerson
from handhold.casefiles.case import load_cases
from handhold.casefiles.protocols import part_readable
from handhold.queries.caseloads import HeldLine, find_lines, find_successors
from handhold.queries.naming import listed, practitioner_name
from handhold.queries.practitioners import Candidate
from handhold.queries.whose_move import Reachable, reachable
from handhold.records.models import (
    ConcernHolding,
    MeetingItem,
    Post,
    PostHolding,
    Practitioner,
    ProfessionalRelationship,
    QueueItem,
    RoleHolding,
    RotaSlot,
    Run,
)
from handhold.working_days import council_date

ENDS = ("sender__agency", "sender__team", "receiver__agency", "receiver__team", "family", "assessment", "authority")
"""What the cases of runs need loaded."""


@dataclass(frozen=True, slots=True)
class Held:
    """A post, a rota or a role that the practitioner has. `must` where it may not fall vacant, `why` says so."""

    code: str
    called: str
    must: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Following:
    """Something that needs no successor of its own: what it is, what becomes of it, and where it stands."""

    what: str
    then: str
    run_ref: str = ""


@dataclass(frozen=True, slots=True)
class LeaverPage:
    """All that somebody holds, who stands in for them by office, and who could take over."""

    ref: str
    name: str
    introduced: str
    may_manage: bool
    has_left: bool
    stand_in: Reachable
    lines: tuple[HeldLine, ...]
    candidates: tuple[Candidate, ...]
    posts: tuple[Held, ...]
    rotas: tuple[Held, ...]
    roles: tuple[Held, ...]
    colleagues: tuple[Candidate, ...]
    """Who could take on a post, a turn of duty or a role: everybody of the council who is there."""
    following: tuple[Following, ...]


def find_leaver_page(opened: OpenedPerson) -> LeaverPage:
    """The page of a practitioner whom `access_person_to_read` opened; without a word of their work for who may not."""
    may, person = opened.may_manage and not opened.is_self, opened.person
    return LeaverPage(
        ref=person.ref,
        name=practitioner_name(person),
        introduced=reachable(person).introduced,
        may_manage=may,
        has_left=person.left_date is not None,
        stand_in=reachable(opened.manager),
        lines=find_lines(opened) if may else (),
        candidates=find_successors(opened) if may else (),
        posts=find_posts(opened) if may else (),
        rotas=find_rotas(opened) if may else (),
        roles=find_last_roles(opened) if may else (),
        colleagues=_colleagues(opened) if may else (),
        following=tuple(_following(opened)) if may else (),
    )


def find_posts(opened: OpenedPerson) -> tuple[Held, ...]:
    """The posts that they hold now; one of last resort is never vacant, and none that a queue or meeting hangs on."""
    now = opened.sight.now
    held = PostHolding.objects.filter(practitioner=opened.person, during__contains=now).values("post")
    posts = Post.objects.filter(pk__in=held).prefetch_related("queues", "meeting_series").order_by("title", "pk")
    return tuple(_post(post) for post in posts)


def _post(post: Post) -> Held:
    if post.must_be_held_during is not None:
        return Held(post.code, post.title, True, "This is the post of last resort: it is never vacant.")
    looked_after = [one.label for one in post.queues.all()] + [one.title for one in post.meeting_series.all()]
    return Held(
        post.code, post.title, bool(looked_after), f"It answers for {listed(looked_after)}." if looked_after else ""
    )


def find_rotas(opened: OpenedPerson) -> tuple[Held, ...]:
    """The rotas on which they have a turn now or later."""
    slots = turns_of(opened.person, opened.sight.now).select_related("rota").order_by("rota__title", "during")
    rotas = {slot.rota.code: slot.rota for slot in slots}
    return tuple(Held(code, rota.title, False, "Their turns now and later.") for code, rota in rotas.items())


def turns_of(person: Practitioner, now: datetime) -> QuerySet[RotaSlot]:
    """Their turns of duty that are not over."""
    return RotaSlot.objects.filter(practitioner=person).filter(
        Q(during__endswith__isnull=True) | Q(during__endswith__gt=now)
    )


def find_last_roles(opened: OpenedPerson) -> tuple[Held, ...]:
    """The roles of the procedure that nobody else of the council holds: without a successor some wait has no owner."""
    now, roles = opened.sight.now, opened.sight.protocol.file.roles
    own = [role for role in sorted(opened.roles) if role in roles and not roles[role].outside_council]
    others = set(
        RoleHolding.objects.filter(
            role__in=own, during__contains=now, practitioner__agency__authority=opened.person.agency.authority_id
        )
        .filter(Q(practitioner__left_date__isnull=True) | Q(practitioner__left_date__gt=council_date(now)))
        .exclude(practitioner=opened.person)
        .values_list("role", flat=True)
    )
    why = "Nobody else has this role, and the procedure names it."
    return tuple(Held(role, roles[role].called, True, why) for role in own if role not in others)


def _colleagues(opened: OpenedPerson) -> tuple[Candidate, ...]:
    """Everybody of the agency who is there, by name."""
    now, person = opened.sight.now, opened.person
    rows = (
        Practitioner.objects.filter(agency=person.agency_id)
        .filter(Q(left_date__isnull=True) | Q(left_date__gt=council_date(now)))
        .exclude(pk=person.pk)
        .select_related("team")
        .order_by("family_name", "given_name", "pk")
    )
    return tuple(
        Candidate(one.ref, practitioner_name(one), one.team.name if one.team else one.job_title, 0, 0, 0, False)
        for one in rows
    )


def _following(opened: OpenedPerson) -> Iterable[Following]:
    """What follows by itself: transfers, questions, meetings, concerns, relationships."""
    yield from _of_runs(opened)
    yield from _of_meetings(opened)
    person, now = opened.person, opened.sight.now
    held = ConcernHolding.objects.filter(practitioner=person, during__upper_inf=True, concern__decided_at__isnull=True)
    concerns = held.count()
    if concerns:
        what = f"{concerns} safeguarding concern{'' if concerns == 1 else 's'} for which they answer, not decided yet"
        yield Following(what, "Each passes to the next person by office, and they are told.")
    team = ProfessionalRelationship.objects.filter(practitioner=person, during__contains=now)
    children = team.values("child").distinct().count()
    if children:
        what = f"On the record of {children} child{'' if children == 1 else 'ren'} as somebody who works with them"
        yield Following(what, "It ends now; whoever takes over as lead is put on the record.")


def _of_runs(opened: OpenedPerson) -> Iterable[Following]:
    person = opened.person
    runs = (
        Run.objects.filter(Q(sender=person) | Q(receiver=person), ended_at__isnull=True)
        .select_related(*ENDS)
        .order_by("pk")
    )
    for case in load_cases(part_readable(runs)[0], opened.sight.now):
        what = f"Transfer of the {case.run.family.name} family"
        if case.run.sender_id == person.pk:
            yield Following(f"{what}, as worker", "It goes on with whoever takes the children over.", case.run.ref)
        if case.run.receiver_id == person.pk:
            state = case.observed.facts.receiver
            then = "Somebody else is asked anew; whoever is responsible now stays so."
            how = {"asked": "asked to take over", "accepted": "takes over"}.get(state, "named")
            yield Following(f"{what}, {how}", then, case.run.ref)
        if any(record.by == str(person.pk) for record in case.observed.asked.values()):
            yield Following(
                f"{what}: an exception that they asked for", "It stays asked, with their reason.", case.run.ref
            )


def _of_meetings(opened: OpenedPerson) -> Iterable[Following]:
    items = MeetingItem.objects.filter(practitioner=opened.person, run__ended_at__isnull=True).select_related(
        "run__family"
    )
    for item in items.order_by("pk"):
        then = "The meeting's choice stays on its record; the transfer asks for somebody else."
        yield Following(f"Chosen by a meeting for the {item.run.family.name} family", then, item.run.ref)
    taken = QueueItem.objects.filter(taken_by=opened.person, run__ended_at__isnull=True)
    for one in taken.select_related("run__family", "queue__owner_post").order_by("pk"):
        then = f"It stays taken up; the post {one.queue.owner_post.title} answers for the queue."
        yield Following(f"Took up the {one.run.family.name} family from {one.queue.label}", then, one.run.ref)
