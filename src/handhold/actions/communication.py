"""How to speak with somebody and reach them: written down once, for every page and letter."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from handhold.access.alerts import access_person_to_describe
from handhold.actions.once import Submission, carry_out_once
from handhold.audit.recording import record_event
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Communication, Person, Practitioner


@dataclass(frozen=True)
class CommunicationWords:
    """What is written; None is `nobody knows`."""

    first_language: str = ""
    interpreter_needed: bool | None = None
    formats: tuple[str, ...] = ()
    needs: str = ""
    safe_to_contact: bool | None = None
    how_to_contact: str = ""


@transaction.atomic
def write_communication(
    family_ref: str,
    ref: str,
    words: CommunicationWords,
    *,
    by: Practitioner,
    now: datetime,
    submission: Submission | None = None,
) -> Communication:
    """How somebody of a family is spoken with from now on; what was written before is kept.

    Language, interpreter and needs are those of the person from now on, so that letters follow them.
    Raises NotHere, AlreadySubmitted.
    """
    carry_out_once(submission, now)
    member, _ = access_person_to_describe(family_ref, ref, by=by, now=now)
    person, values = member.person, asdict(words) | {"formats": list(words.formats)}
    written = Communication.objects.create(person=person, written_by=by, written_at=now, **values)
    Person.objects.filter(pk=person.pk).update(
        first_language=words.first_language,
        interpreter_needed=bool(words.interpreter_needed),
        communication_needs=words.needs,
    )
    record_event("communication.written", by=by, now=now, subjects=[person.ref, member.family.ref], after=values)
    check_constraints_now()
    return written
