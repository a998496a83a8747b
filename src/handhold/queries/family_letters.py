"""The letter that tells a family who helps them now (Y3), composed from the records of a transfer."""

from __future__ import annotations

from handhold.casefiles.case import Case
from handhold.casefiles.steps_by_meaning import find_acceptance_step
from handhold.documents import FamilyLetter
from handhold.queries.letter_parts import (
    LANGUAGE,
    address_of_sender,
    find_adults_of_household,
    find_agreed_date,
    find_complaints,
    find_goodbye_date,
    find_places,
    helper_of,
    reach_of,
)
from handhold.queries.naming import first_name, listed, person_name
from handhold.records.models import Person, StepRecord


def compose_family_letter(case: Case) -> FamilyLetter | None:
    """The letter for the adults of the family; None until somebody has accepted to take over."""
    receiver = case.people.receiver
    if receiver is None or case.observed.facts.receiver != "accepted":
        return None
    adults = find_adults_of_household(case)
    sender, places = case.worker_now, find_places(case)
    return FamilyLetter(
        made_date=case.calendar.local_date(case.now),
        language=LANGUAGE,
        authority=case.protocol.file.council,
        sender=helper_of(sender),
        sender_address=address_of_sender(sender),
        addressed_to=listed(person_name(adult) for adult in adults) or f"The {case.run.family.name} family",
        greeting=listed(first_name(adult) for adult in adults) or f"{case.run.family.name} family",
        children=tuple(first_name(held.person) for held in case.children),
        way_back=places[0],
        unhappy=find_complaints(case),
        urgent=places,
        address=_address(adults),
        ends_date=None,
        next_helper=helper_of(receiver),
        starts_date=find_agreed_date(case),
        if_away=reach_of(case.people.stand_in),
        goodbye_visit_date=find_goodbye_date(case),
        agreed=find_agreed(case),
        other_language=_other_language(adults),
    )


def _address(adults: list[Person]) -> tuple[str, ...]:
    """The address, where all adults of the household have the same; otherwise the letter is handed over."""
    addresses = {adult.address.strip() for adult in adults if adult.address.strip()}
    return tuple(addresses.pop().splitlines()) if len(addresses) == 1 else ()


def find_agreed(case: Case) -> tuple[str, ...]:
    """What the family agreed to, where they did: to the support, and to the plan."""
    destination = case.pathway.file.destinations.get(case.observed.facts.destination or "")
    support = destination is not None and destination.early_help and case.observed.facts.consent == "live"
    sentences = [f"You agreed to {destination.called}."] if destination and support else []
    answering = find_acceptance_step(case.pathway)
    named = {answering.id} if answering else set()
    if any(_is_family_agreement(case, record, named) for record in _standing(case)):
        sentences.append("You agreed to the plan that we wrote with you.")
    return tuple(sentences)


def _is_family_agreement(case: Case, record: StepRecord, apart: set[str]) -> bool:
    """A conversation with the family right after the plan was written."""
    step = case.pathway.steps[record.step]
    plans = {one.id for one in case.pathway.steps.values() if one.kind == "plan"}
    return step.kind == "conversation" and step.id not in apart and bool(plans.intersection(step.after))


def _standing(case: Case) -> list[StepRecord]:
    """Records of steps that stand done now, in the order in which they were written."""
    standing = {step for step, _ in case.observed.standing}
    return [
        record
        for record in case.records
        if record.act == StepRecord.Act.RECORDED
        and record.step in standing
        and case.pathway.steps[record.step].outcomes[record.outcome].done
    ]


def _other_language(adults: list[Person]) -> str:
    return next((adult.first_language for adult in adults if adult.interpreter_needed and adult.first_language), "")
