"""What is written down when a step is recorded: a plain class for each sort of content, and which words it completes.

The words are the protocol's named words of completeness; the engine asks for them, and only this module knows how each
is seen. Pages fill these classes in; `details` keeps them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from handhold.casefiles.around import works_for_agency_around
from handhold.casefiles.case import Case
from handhold.protocol.papers import FormField
from handhold.records.models import Agency, Person, Practitioner, ProfessionalRelationship


@dataclass(frozen=True)
class Content:
    """What every record of a step has. `happened_at` is an aware instant, never later than now (H12)."""

    happened_at: datetime
    note: str = ""
    on_behalf_of: Practitioner | None = None
    practitioner: Practitioner | None = None
    agreed_date: date | None = None
    confirmed: bool = False
    """The box that says `I shared the need, the agencies and the plan`, where the step asks for it."""
    by_time: bool = False
    """Whether it came about as time passed, by nobody's hand; who answers for it stands as who recorded it."""

    def words(self, case: Case) -> frozenset[str]:
        """The words of completeness that this record would have."""
        found = words_on_record(case)
        if self.practitioner is not None:
            found |= {"practitioner-chosen"}
            if works_for_agency_around(case, self.practitioner):
                found |= {"candidate-from-known-agency"}
        if self.agreed_date is not None:
            found |= {"date-agreed"}
            if not is_too_soon(case, self.agreed_date):
                found |= {"date-not-too-soon"}
        if self.confirmed:
            found |= {"need-and-plan-shared"}
        return found


@dataclass(frozen=True)
class PlannedAction:
    """One action of a plan."""

    what: str
    measured_by: str = ""
    by_whom: str = ""
    by_date: date | None = None
    only_monitors: bool = False

    @property
    def is_smart(self) -> bool:
        """Whether it says what, how it is measured, who does it and by when (Y18)."""
        return all((self.what.strip(), self.measured_by.strip(), self.by_whom.strip(), self.by_date))


@dataclass(frozen=True)
class PlannedNeed:
    """A need and what is done about it."""

    text: str
    outstanding: bool = True
    actions: tuple[PlannedAction, ...] = ()


@dataclass(frozen=True)
class PlanContent(Content):
    """A plan, whole. `edited_revision` is the number that the writer had before them (0: none)."""

    needs: tuple[PlannedNeed, ...] = ()
    edited_revision: int = 0

    def words(self, case: Case) -> frozenset[str]:
        outstanding = [need for need in self.needs if need.outstanding]
        found = super().words(case)
        if outstanding:
            found |= {"outstanding-need"}
        if outstanding and all(any(not a.only_monitors for a in need.actions) for need in outstanding):
            found |= {"action-beyond-monitoring"}
        actions = [action for need in outstanding for action in need.actions]
        if actions and all(action.is_smart for action in actions):
            found |= {"smart-plan"}
        if len({action.by_whom.strip().casefold() for action in actions} - {""}) > 1:
            found |= {"several-agencies"}
        return found


@dataclass(frozen=True)
class ConsentContent(Content):
    """An answer to an offer of support: whose, to what, how given, with whom information may be shared."""

    given_by: Person | None = None
    to_what: str = ""
    how: str = ""
    shared_with: tuple[Agency, ...] = ()
    shares_with_nobody: bool = False

    def words(self, case: Case) -> frozenset[str]:
        found = super().words(case)
        if self.given_by is not None and self.to_what and self.how:
            found |= {"whose-consent"}
        if self.shared_with or self.shares_with_nobody:
            found |= {"sharing-agreed"}
        return found


@dataclass(frozen=True)
class ConversationContent(Content):
    """A conversation with a member of the family, or with a practitioner."""

    with_person: Person | None = None
    how: str = ""
    spoken_with: Practitioner | None = None

    def words(self, case: Case) -> frozenset[str]:
        found = super().words(case)
        if self.spoken_with is not None:
            found |= {"conversation-partner"}
        return found | {"wish-recorded"} if self.note.strip() else found


@dataclass(frozen=True)
class Attendance:
    """One person invited to a meeting: `present`, `apologies` or `absent`."""

    answer: str
    practitioner: Practitioner | None = None
    person: Person | None = None


@dataclass(frozen=True)
class MeetingContent(Content):
    """A meeting that was held, with who was there."""

    attendances: tuple[Attendance, ...] = ()
    plan_agreed: bool = False
    consent_confirmed: bool = False

    def words(self, case: Case) -> frozenset[str]:
        present = [one for one in self.attendances if one.answer == "present"]
        practitioners = {one.practitioner.pk for one in present if one.practitioner}
        found = super().words(case)
        if any(one.person for one in present):
            found |= {"family-attended"}
        if case.people.worker.pk in practitioners:
            found |= {"worker-attended"}
        if case.people.receiver and case.people.receiver.pk in practitioners:
            found |= {"receiver-attended"}
        answered = {one.practitioner.pk for one in self.attendances if one.practitioner and one.answer}
        if answered.issuperset(one.pk for one in find_team_around(case)):
            found |= {"everyone-answered"}
        if self.plan_agreed:
            found |= {"plan-agreed-there"}
        if self.consent_confirmed:
            found |= {"consent-confirmed"}
        return found


@dataclass(frozen=True)
class NoticeContent(Content):
    """Who was told, and how."""

    told: tuple[Practitioner, ...] = ()
    how: str = ""

    def words(self, case: Case) -> frozenset[str]:
        missing = {one.pk for one in find_team_around(case)} - {one.pk for one in self.told}
        found = super().words(case)
        return found if missing or not self.told else found | {"everyone-told"}


@dataclass(frozen=True)
class VisitContent(Content):
    """A visit: which children were seen, and which of them alone."""

    seen: tuple[Person, ...] = ()
    seen_alone: tuple[Person, ...] = ()


@dataclass(frozen=True)
class LetterContent(Content):
    """A letter to a child: the bytes as they were made and read, with the words that the worker added."""

    title: str = ""
    recipient: str = ""
    address: str = ""
    pdf: bytes = b""

    def words(self, case: Case) -> frozenset[str]:
        found = super().words(case)
        return found | {"letter-for-this-age"} if self.pdf else found


@dataclass(frozen=True)
class WrittenAnswer:
    """One field of a form as it stands on the page, with where its words came from (empty: typed here)."""

    field: str
    text: str
    carried_text: str = ""
    origin_label: str = ""
    origin_at: datetime | None = None


@dataclass(frozen=True)
class FormContent(Content):
    """The answers of one section. `edited_version` is the highest version that the writer had before them."""

    answers: tuple[WrittenAnswer, ...] = ()
    edited_version: int = 0
    form: str = ""
    """The form's id, where the step asks that no part of it is empty."""

    def words(self, case: Case) -> frozenset[str]:
        filled = {answer.field for answer in self.answers if answer.text.strip()}
        found = super().words(case) - {"lead-named"}
        if "plan" in filled:
            found |= {"plan-or-where-it-is"}
        if "summary" in filled:
            found |= {"work-summarised"}
        if "lead" in filled:
            found |= {"lead-named"}
        fields = [one for part in case.protocol.forms[self.form].sections for one in part.fields] if self.form else []
        if fields and all(_is_answered(one, filled) for one in fields):
            found |= {"section-complete"}
        return found


def _is_answered(field: FormField, filled: set[str]) -> bool:
    """Whether a field is written, or says why it was not obtained and what was tried (L20)."""
    instead = {why_not_field(field.id), tried_field(field.id)}
    return not field.required or field.id in filled or (field.or_not_obtained and instead <= filled)


def why_not_field(field: str) -> str:
    """The answer that says why a field was not obtained."""
    return f"{field}-why-not"


def tried_field(field: str) -> str:
    """The answer that says what was tried to obtain a field."""
    return f"{field}-tried"


@dataclass(frozen=True)
class RelationshipContent(Content):
    """The lead among a child's professional relationships: in which role, and how to reach them."""

    role: str = ""
    contact: str = ""
    from_date: date | None = None

    def words(self, case: Case) -> frozenset[str]:
        found = super().words(case) - {"lead-named"}
        complete = case.people.receiver is not None and self.role.strip() and self.contact.strip()
        return found | {"lead-named"} if complete else found


def words_on_record(case: Case) -> frozenset[str]:
    """The words that the records have already, whatever is written now."""
    found: set[str] = set()
    assessment = case.run.assessment
    if assessment is not None and (assessment.authorised_at or assessment.draft_read_at):
        found.add("assessment-completed-or-read")
    return frozenset(found)


def find_team_around(case: Case) -> list[Practitioner]:
    """The team around the run's children: who works with them now, without the worker and the receiver themselves."""
    relationships = (
        ProfessionalRelationship.objects.filter(
            child__in=[child.person.pk for child in case.children], during__contains=case.now
        )
        .select_related("practitioner__agency")
        .order_by("practitioner__family_name", "practitioner_id")
    )
    ends = {case.people.worker.pk, case.people.receiver.pk if case.people.receiver else 0}
    found = {one.practitioner_id: one.practitioner for one in relationships if one.practitioner_id not in ends}
    return list(found.values())


def is_too_soon(case: Case, day: date) -> bool:
    """Whether a day lies within the limit of a step that asks for one beyond it (L21)."""
    steps = case.pathway.steps.values()
    asking = [
        one.id for one in steps if any("date-not-too-soon" in (*one.asks, *out.asks) for out in one.outcomes.values())
    ]
    deadlines = (case.observed.deadlines.get((step, None)) for step in asking)
    return any(one is not None and day < case.calendar.local_date(one.due_at) for one in deadlines)
