"""What every letter is made of: who writes and who helps, whom to ring, where to complain, the days that are known."""

from __future__ import annotations

from datetime import date

from handhold.casefiles.around import find_carers
from handhold.casefiles.case import Case
from handhold.documents import Helper, Reach
from handhold.queries.naming import practitioner_name
from handhold.queries.transfers import standing_record
from handhold.records.models import Person, Practitioner

LANGUAGE = "en-GB"


def helper_of(who: Practitioner) -> Helper:
    """A practitioner as a family knows them."""
    return Helper(
        name=practitioner_name(who),
        first_name=who.given_name,
        job_title=who.job_title,
        works_for=who.team.name if who.team else who.agency.name,
        phone=who.phone,
        email=who.email,
    )


def reach_of(who: Practitioner) -> Reach:
    """A practitioner who can be reached when another is away."""
    return Reach(name=practitioner_name(who), phone=who.phone, email=who.email)


def address_of_sender(sender: Practitioner) -> tuple[str, ...]:
    """The lines under a letter's head."""
    return tuple(words for words in (sender.team.name if sender.team else "", sender.phone) if words)


def find_places(case: Case) -> tuple[Reach, ...]:
    """Whom to ring in need, the way back first. The emergency services stand in every letter already."""
    numbers = case.protocol.file.concern.numbers
    return tuple(Reach(name=one.called, phone=one.number, hours=one.when) for one in numbers[1:] or numbers)


def find_complaints(case: Case) -> Reach:
    """Where to go for somebody who is not happy with the council."""
    voices = case.protocol.file.voices
    name = voices.get("complaints-team", case.protocol.file.council)
    return Reach(name=name, phone=voices.get("complaints-phone", ""))


def find_adults_of_household(case: Case) -> list[Person]:
    """The adults who live with the children now."""
    return find_carers(case)


def find_agreed_date(case: Case) -> date | None:
    """The last date that the two ends agreed: by when it is done, or from when somebody leads."""
    agreed = [record.agreed_date for record in case.records if record.agreed_date and record.child_id is None]
    return agreed[-1] if agreed else None


def find_goodbye_date(case: Case) -> date | None:
    """The day of the ending visit, where it stands as made."""
    visits = [slot for slot in case.observed.standing if case.pathway.steps[slot[0]].kind == "visit"]
    made = [record for record in (standing_record(case, *slot) for slot in visits) if record]
    return case.calendar.local_date(made[-1].happened_at) if made else None
