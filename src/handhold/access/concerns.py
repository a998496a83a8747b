"""The doors to safeguarding concerns: for who sent one and who handles it, never for somebody whom it is about (Y52).

Sending one passes no door at all. Until a social worker releases it, nobody else sees that there is one (Y55).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from handhold.access.families import Sighted, sight_of
from handhold.access.papers import is_council_side
from handhold.access.transfers import NotHere, Opened
from handhold.casefiles.case import Case, load_surroundings
from handhold.notifications.models import Reminder
from handhold.protocol.pathways import Protocol
from handhold.records.models import Concern, ConcernAbout, ConcernHolding, Practitioner, RoleHolding

AS_PAGES_NEED_IT = ("reported_by", "acknowledged_by", "decided_by", "released_by", "family", "child", "authority")


@dataclass(frozen=True)
class OpenedConcern:
    """One concern, opened by who sent it or who handles it."""

    concern: Concern
    by: Practitioner
    now: datetime
    protocol: Protocol
    handles: bool

    @property
    def is_sender(self) -> bool:
        """Whether they sent it."""
        return self.concern.reported_by_id == self.by.pk


def receives_concerns(sight: Sighted) -> bool:
    """Whether one of their roles receives concerns in this council."""
    return bool(sight.roles.intersection(sight.protocol.file.concern.received_by))


def may_receive_concerns(sight: Sighted) -> bool:
    """Whether one of their roles receives concerns, always or where one is about who else would. No statement."""
    return receives_concerns(sight) or bool(sight.roles.intersection(sight.protocol.file.concern.if_about_them))


def concerns_to_handle(sight: Sighted) -> QuerySet[Concern]:
    """Those that this person receives by role, answers for or decided, or that went up to them undecided; none about
    them.

    One about somebody who receives concerns is also for the roles that the procedure names for that case.
    """
    rule = sight.protocol.file.concern
    held = ConcernHolding.objects.filter(
        concern=OuterRef("pk"), practitioner=sight.by, during__contains=sight.now, during__upper_inf=True
    )
    gone_up = Reminder.objects.filter(concern=OuterRef("pk"), occasion=Reminder.Occasion.ESCALATED, told=sight.by)
    own = Q(Exists(held)) | Q(Exists(gone_up), decided_at__isnull=True) | Q(decided_by=sight.by)
    if receives_concerns(sight):
        own = Q()
    elif sight.roles.intersection(rule.if_about_them):
        receives = RoleHolding.objects.filter(
            practitioner=OuterRef("practitioner"), role__in=rule.received_by, during__contains=sight.now
        )
        own |= Q(Exists(ConcernAbout.objects.filter(Exists(receives), concern=OuterRef("pk"))))
    return _not_about(sight.by, sight).filter(own)


def concerns_sent_by(sight: Sighted) -> QuerySet[Concern]:
    """Those that this person sent, but for one that turned out to be about themself."""
    return _not_about(sight.by, sight).filter(reported_by=sight.by)


def concerns_released(by: Practitioner) -> QuerySet[Concern]:
    """Those of this council that a social worker has released: whoever sees the family sees them (Y55)."""
    return Concern.objects.filter(authority=by.agency.authority_id, released_at__isnull=False)


def access_concern_to_read(ref: str, *, by: Practitioner, now: datetime) -> OpenedConcern:
    """A concern, for who sent it or handles it. Raises NotHere."""
    sight = sight_of(by, now)
    handles = concerns_to_handle(sight)
    rows = _not_about(by, sight).filter(Q(reported_by=by) | Q(pk__in=handles.values("pk")), ref=ref)
    concern = rows.select_related(*AS_PAGES_NEED_IT).first()
    if concern is None:
        raise NotHere
    return OpenedConcern(concern, by, now, sight.protocol, handles.filter(pk=concern.pk).exists())


def access_concern_to_handle(ref: str, *, by: Practitioner, now: datetime) -> OpenedConcern:
    """A concern, locked, for those who handle it. Raises NotHere."""
    sight = sight_of(by, now)
    rows = Concern.objects.select_for_update(of=("self",)).select_related(*AS_PAGES_NEED_IT)
    concern = rows.filter(ref=ref, pk__in=concerns_to_handle(sight).values("pk")).first()
    if concern is None:
        raise NotHere
    return OpenedConcern(concern, by, now, sight.protocol, handles=True)


def access_concern_to_add(ref: str, *, by: Practitioner, now: datetime) -> OpenedConcern:
    """A concern, locked, for those who may add to what was said: who sent it, who handles it. Raises NotHere."""
    opened = access_concern_to_read(ref, by=by, now=now)
    Concern.objects.select_for_update().get(pk=opened.concern.pk)
    return opened


def knows_of_concern(opened: Opened) -> bool:
    """Whether somebody at a transfer knows that a concern about the household is undecided.

    The council's side does; whoever takes the family on does not, nor does anybody whom it is about (Y52, Y55).
    """
    return is_council_side(opened) and bool(_undecided(opened.case, hidden_from=opened.by.pk))


def find_bypass(case: Case) -> tuple[frozenset[int], list[Practitioner]]:
    """Whom the undecided concerns about a household pass by (ids), and who answers for those that pass somebody by."""
    ids = [one.pk for one in _undecided(case)]
    rows = ConcernAbout.objects.filter(concern__in=ids, practitioner__isnull=False)
    about = list(rows.values_list("concern_id", "practitioner_id"))
    held = ConcernHolding.objects.filter(concern__in={one for one, _ in about}, during__upper_inf=True)
    holders = held.select_related("practitioner__agency", "practitioner__team").order_by("pk")
    return frozenset(one or 0 for _, one in about), [row.practitioner for row in holders]


def _undecided(case: Case, *, hidden_from: int | None = None) -> list[Concern]:
    around = load_surroundings([case.run], case.now, hidden_from=hidden_from, unfinished={})
    return [one for one in around.concerns.get(case.run.family_id, ()) if one.decided_at is None]


def _not_about(by: Practitioner, sight: Sighted) -> QuerySet[Concern]:
    about = ConcernAbout.objects.filter(concern=OuterRef("pk"), practitioner=by)
    return Concern.objects.filter(~Exists(about), authority=sight.by.agency.authority_id)
