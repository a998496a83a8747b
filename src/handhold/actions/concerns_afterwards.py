"""What is said of a safeguarding concern and done with it after it was sent: each a later record, none ever required.

Whether the family had been spoken with (Y55), whom it is about (Y52), which child, who answers for it, that its sender
does not agree, and its release.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from handhold.access.concerns import OpenedConcern, access_concern_to_add, access_concern_to_handle
from handhold.access.families import sight_of
from handhold.actions.announcing import tell_about_concern, tell_receivers
from handhold.actions.concerns import family_of_child, find_about, subjects_of
from handhold.actions.once import Submission, carry_out_once
from handhold.actions.refusals import HappenedLater, NoSuchChoice
from handhold.audit.recording import record_event
from handhold.casefiles.concerns import hand_on, holder_of, ids_about, keep_about, load_receivers
from handhold.casefiles.joined import kept_for
from handhold.casefiles.protocols import calendar_of
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Concern, ConcernDisagreement, ConcernDiscussion, FamilyMember, Person, Practitioner

BYPASSED = "It is about who answered for it."
"""Why a concern passed to somebody else, as it stands with the hand-over."""


@dataclass(frozen=True)
class Discussion:
    """Whether the family had been spoken with before it was sent, on which day, how they see it; or why not."""

    outcome: str
    view: str = ""
    on: date | None = None


@transaction.atomic
def say_whether_discussed(
    ref: str, said: Discussion, *, by: Practitioner, now: datetime, submission: Submission | None = None
) -> Concern:
    """Who sent it, or who handles it, says whether the family had been spoken with (Y55). The latest word counts.

    Raises NotHere, NoSuchChoice, HappenedLater for a day to come, AlreadySubmitted.
    """
    carry_out_once(submission, now)
    opened = access_concern_to_add(ref, by=by, now=now)
    if said.outcome not in ConcernDiscussion.Outcome.values:
        raise NoSuchChoice
    on = said.on if said.outcome == ConcernDiscussion.Outcome.DISCUSSED else None
    if on is not None and on > calendar_of(opened.protocol).local_date(now):
        raise HappenedLater
    ConcernDiscussion.objects.create(
        concern=opened.concern, outcome=said.outcome, discussed_date=on, view=said.view, said_by=by, said_at=now
    )
    return _recorded("concern.discussion-said", opened)


@transaction.atomic
def say_whom_it_is_about(
    ref: str,
    *,
    refs: Iterable[str] = (),
    named: str = "",
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> Concern:
    """Adds somebody who works with the child and whom it is about: from now on it passes them by (Y52).

    Where they answer for it, the next by office does from the same instant. Raises NotHere, NoSuchChoice where nobody
    is said, AlreadySubmitted.
    """
    carry_out_once(submission, now)
    opened = access_concern_to_add(ref, by=by, now=now)
    concern = opened.concern
    about = find_about(refs, named, by=by, now=now)
    if not about:
        raise NoSuchChoice
    keep_about(concern, about, by=by, now=now)
    barred = ids_about(concern)
    if holder_of(concern).pk in barred:
        receivers = load_receivers(concern.authority_id, opened.protocol.file.concern, now)
        to = receivers.who_answers(barred)
        if to is not None:
            hand_on(concern, to, by=by, why=BYPASSED, now=now)
    if concern.decided_at is None:
        tell_receivers(concern, now)
    return _recorded("concern.about-said", opened)


@transaction.atomic
def link_concern(
    ref: str, child_ref: str, *, by: Practitioner, now: datetime, submission: Submission | None = None
) -> Concern:
    """Who handles a concern says which child on record it is about; once, for their family's transfers stop from now.

    Raises NotHere, NoSuchChoice for a child who is not known here or a concern that names one, AlreadySubmitted.
    """
    carry_out_once(submission, now)
    opened = access_concern_to_handle(ref, by=by, now=now)
    concern = opened.concern
    children = FamilyMember.objects.filter(
        person__ref=child_ref, family__authority=concern.authority_id, role=FamilyMember.Role.CHILD
    )
    child = Person.objects.filter(pk__in=children.values("person")).first()
    if child is None or concern.child_id or not sight_of(by, now).sees_index:
        raise NoSuchChoice
    child = kept_for(child)
    family = concern.family or family_of_child(child, by, now)
    Concern.objects.filter(pk=concern.pk).update(child=child, family=family)
    concern.child, concern.family = child, family
    return _recorded("concern.linked", opened)


@transaction.atomic
def hand_on_concern(
    ref: str, to_ref: str, why: str, *, by: Practitioner, now: datetime, submission: Submission | None = None
) -> Concern:
    """Who handles a concern has a colleague answer for it, from the instant at which the one before ceases to.

    Raises NotHere, NoSuchChoice for somebody who does not receive it or whom it is about, AlreadySubmitted.
    """
    carry_out_once(submission, now)
    opened = access_concern_to_handle(ref, by=by, now=now)
    concern = opened.concern
    receivers = load_receivers(concern.authority_id, opened.protocol.file.concern, now)
    to = next((one for one in receivers.who_receive(ids_about(concern)) if one.ref == to_ref), None)
    if to is None or to == holder_of(concern):
        raise NoSuchChoice
    hand_on(concern, to, by=by, why=why, now=now)
    tell_about_concern(concern, "concern-handed-on", to, now)
    return _recorded("concern.handed-on", opened)


@transaction.atomic
def disagree_with_decision(
    ref: str, why: str, *, by: Practitioner, now: datetime, submission: Submission | None = None
) -> Concern:
    """Who sent a concern says that they do not agree with what was decided; who answers for it is told.

    Raises NotHere, NoSuchChoice for anybody else and before the decision, AlreadySubmitted.
    """
    carry_out_once(submission, now)
    opened = access_concern_to_add(ref, by=by, now=now)
    concern = opened.concern
    if not opened.is_sender or concern.decided_at is None:
        raise NoSuchChoice
    ConcernDisagreement.objects.create(concern=concern, why=why, said_by=by, said_at=now)
    tell_about_concern(concern, "concern-disagreed", holder_of(concern), now)
    return _recorded("concern.disagreed", opened)


@transaction.atomic
def release_concern(
    ref: str, words: str, *, by: Practitioner, now: datetime, submission: Submission | None = None
) -> Concern:
    """Who handles a concern lets it be seen (Y55): `words` are what the family's record says of it from now on.

    Who reported it is never named there. Raises NotHere, AlreadySubmitted, NoSuchChoice before it was decided.
    """
    carry_out_once(submission, now)
    opened = access_concern_to_handle(ref, by=by, now=now)
    concern = opened.concern
    if concern.decided_at is None:
        raise NoSuchChoice
    if concern.released_at is None:
        Concern.objects.filter(pk=concern.pk).update(released_at=now, released_by=by, released_words=words)
    return _recorded("concern.released", opened)


def _recorded(name: str, opened: OpenedConcern) -> Concern:
    record_event(name, by=opened.by, now=opened.now, subjects=subjects_of(opened.concern))
    check_constraints_now()
    return opened.concern
