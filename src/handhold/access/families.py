"""The doors to a family and to a child. Outside somebody's sight it is as if it did not exist."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from handhold.access.transfers import NotHere, is_there
from handhold.access.words import roles_of
from handhold.casefiles.offices import load_offices
from handhold.casefiles.protocols import current_protocol
from handhold.notifications.models import Reminder
from handhold.protocol.pathways import Protocol
from handhold.records.models import (
    Agency,
    Allocation,
    Family,
    FamilyMember,
    Involvement,
    MeetingItem,
    Person,
    Practitioner,
    QueueItem,
    Run,
    RunChild,
)


@dataclass(frozen=True)
class Sighted:
    """What a practitioner sees at one instant: their roles, whose manager they are, and the council's procedure."""

    by: Practitioner
    now: datetime
    protocol: Protocol
    roles: frozenset[str]
    manages: frozenset[int]
    """Ids of the practitioners for whom they stand in by office."""

    @property
    def sees_all(self) -> bool:
        """Whether every family of the council is in sight."""
        return bool(self.roles.intersection(self.protocol.file.sight["transfer"]))

    @property
    def is_of_council(self) -> bool:
        """Whether they work for the council itself, and not for one of its partners."""
        return self.by.agency.kind == Agency.Kind.COUNCIL

    @property
    def sees_index(self) -> bool:
        """Whether they see that any child is known, under what, and whom to ring."""
        return self.sees_all or bool(self.roles.intersection(self.protocol.file.sight["index"]))


def sight_of(by: Practitioner, now: datetime) -> Sighted:
    """What somebody sees. Raises NotHere for one who has left."""
    if not is_there(by, now):
        raise NotHere
    protocol = current_protocol(by.agency.authority)
    return Sighted(by, now, protocol, *_roles_and_managed(by, protocol, now))


def families_in_sight(sight: Sighted) -> QuerySet[Family]:
    """The families whose pages somebody may open: they hold a child, manage who does, take over, or oversee."""
    families = Family.objects.filter(authority=sight.by.agency.authority_id)
    return families if sight.sees_all else families.filter(pk__in=_ids_in_sight(sight))


def open_runs_in_sight(sight: Sighted) -> QuerySet[Run]:
    """The open runs in which somebody may have a move: of families in sight, those that they were asked to lead, and
    those of which they have something to settle, as it stood when somebody last looked at the run's clock.

    Loaded as `load_cases` needs them.
    """
    families = families_in_sight(sight).values("pk")
    gone_up = Reminder.objects.filter(run=OuterRef("pk"), occasion=Reminder.Occasion.ESCALATED, told=sight.by)
    to_settle = Q(clock__asks__contains=[sight.by.pk]) | Exists(gone_up)
    return (
        Run.objects.filter(authority=sight.by.agency.authority_id, ended_at__isnull=True)
        .filter(Q(family__in=families) | Q(receiver=sight.by) | to_settle)
        .select_related("sender__agency", "sender__team", "receiver__agency", "receiver__team", "family", "assessment")
        .order_by("id")
    )


def access_family_to_read(ref: str, *, by: Practitioner, now: datetime) -> tuple[Family, Sighted]:
    """A family, for whoever may see it, with whether they took it on (`was_taken_on`). Raises NotHere."""
    sight = sight_of(by, now)
    own = Exists(taken_on(sight).filter(family=OuterRef("pk")))
    family = families_in_sight(sight).filter(ref=ref).annotate(was_taken_on=own).first()
    if family is None:
        raise NotHere
    return family, sight


def access_family_to_take_in(ref: str, roles: frozenset[str], *, by: Practitioner, now: datetime) -> Family:
    """A family of the council, for who holds one of the roles that take children in. Raises NotHere."""
    family = Family.objects.filter(ref=ref, authority=by.agency.authority_id).first()
    if family is None or not is_there(by, now) or not roles_of(by, now) & roles:
        raise NotHere
    return family


def access_child_to_read(ref: str, *, by: Practitioner, now: datetime) -> tuple[Person, Family, Sighted]:
    """A child of a family in sight, with that family; for a partner, one with whom they work. Raises NotHere."""
    sight = sight_of(by, now)
    membership = (
        FamilyMember.objects.filter(
            works_with(sight),
            person__ref=ref,
            role=FamilyMember.Role.CHILD,
            during__contains=now,
            family__in=families_in_sight(sight).values("pk"),
        )
        .select_related("person", "family")
        .annotate(was_taken_on=Exists(taken_on(sight).filter(family=OuterRef("family"))))
        .first()
    )
    if membership is None:
        raise NotHere
    membership.family.was_taken_on = membership.was_taken_on  # type: ignore[attr-defined]
    return membership.person, membership.family, sight


def taken_on(sight: Sighted) -> QuerySet[Run]:
    """The transfers by which they took a family on, away from social work."""
    up = [name for name, pathway in sight.protocol.pathways.items() if pathway.file.direction == "up"]
    return Run.objects.filter(receiver=sight.by).exclude(pathway__in=up)


def works_with(sight: Sighted) -> Q:
    """Of the children of a family in sight, those whose own matters somebody sees: all for the council's people, for a
    partner those for whom they answer and those of the transfers in which they have a part."""
    if sight.is_of_council:
        return Q()
    moved = RunChild.objects.filter(run__in=Run.objects.filter(has_a_part(sight, at_meetings=False)).values("pk"))
    return Q(person__in=_held_by(sight)) | Q(person__in=moved.values("child"))


def families_with_papers(sight: Sighted) -> QuerySet[Family, int]:
    """The ids of the families of which somebody may see papers: those in sight, but for those heard at a meeting."""
    return _ids_in_sight(sight, at_meetings=False)


def _ids_in_sight(sight: Sighted, *, at_meetings: bool = True) -> QuerySet[Family, int]:
    """One statement: families of children held or managed, and of runs in which the person has a part."""
    member = FamilyMember.objects.filter(
        family=OuterRef("pk"), during__contains=sight.now, role=FamilyMember.Role.CHILD
    )
    held = _held_by(sight)
    own_runs = Run.objects.filter(family=OuterRef("pk")).filter(has_a_part(sight, at_meetings=at_meetings))
    return Family.objects.filter(Exists(member.filter(person__in=held)) | Exists(own_runs)).values_list("pk", flat=True)


def _held_by(sight: Sighted) -> QuerySet[Allocation, Any]:
    """The ids of the children for whom somebody, or one whom they manage, answers now."""
    holders = {sight.by.pk, *sight.manages}
    return Allocation.objects.filter(practitioner__in=holders, during__contains=sight.now).values("involvement__child")


def has_a_part(sight: Sighted, *, at_meetings: bool) -> Q:
    """Runs that somebody sent or manages, takes over or stands behind, or works on through a queue or a meeting.

    A run that has ended and handed nobody over is nobody's who was to take on.
    """
    file = sight.protocol.file
    queues = [name for name, rule in file.queues.items() if rule.looked_after_by in sight.roles]
    series = [
        name for name, rule in file.meetings.items() if sight.roles.intersection({rule.chaired_by, *rule.members})
    ]
    queued = QueueItem.objects.filter(queue__code__in=queues).values("run")
    on_agenda = MeetingItem.objects.filter(meeting__series__code__in=series).values("run")
    holders = {sight.by.pk, *sight.manages}
    sent = Q(sender__in=holders) | Q(started_by=sight.by)
    if not sight.is_of_council:
        sent &= Q(ended_at__isnull=True)  # what comes after a step up is not the partner's who asked for it (Y46)
    takes_on = Q(receiver=sight.by, receiver_state="accepted") | Q(receiver__in=sight.manages)
    handed_over = Exists(Involvement.objects.filter(opened_by_run=OuterRef("pk")))
    part = sent | Q(pk__in=queued) | (takes_on & (Q(ended_at__isnull=True) | Q(handed_over)))
    return part | Q(pk__in=on_agenda) if at_meetings else part


def _roles_and_managed(by: Practitioner, protocol: Protocol, now: datetime) -> tuple[frozenset[str], frozenset[int]]:
    """Somebody's roles, and those for whom they stand in by office: of the same team, or of a run now as who takes over
    or, without a team, as who answers for the children in it: a partner's practitioner has a manager here only through
    that. One statement for both.
    """
    stand_ins = protocol.file.stand_ins
    of_team = Q(team__isnull=False, team=by.team_id)
    open_runs = Run.objects.filter(authority=by.agency.authority_id, ended_at__isnull=True)
    of_runs = Q(pk__in=open_runs.values("receiver")) | Q(team__isnull=True, pk__in=open_runs.values("sender"))
    offices = load_offices([by], stand_ins.values(), now, also=of_team | of_runs)
    roles = frozenset(offices.roles.get(by.pk, ()))
    if not roles.intersection(stand_ins.values()):
        return roles, frozenset()
    others = [one for one in offices.also if one.pk != by.pk]
    return roles, frozenset(one.pk for one in others if offices.stand_in_of(one, stand_ins).pk == by.pk)
