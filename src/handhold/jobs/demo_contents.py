"""What the demo writes down with each act, by the kind of its step: from the records where they know, as pages do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from handhold.access.transfers import access_transfer_to_read
from handhold.casefiles import contents
from handhold.casefiles.around import find_agencies_around
from handhold.casefiles.case import Case
from handhold.casefiles.contents_of_papers import (
    AgenciesToldContent,
    LettersContent,
    ReceivedPapersContent,
    SharedPapersContent,
)
from handhold.casefiles.papers import asks_for, find_papers_shared
from handhold.jobs.demo_stories import Act, Days, Stories
from handhold.protocol.definition import Step, Word
from handhold.queries.correspondence import CorrespondenceWords, find_correspondence, print_letters
from handhold.queries.endings_letters import LetterWords, find_letter_known, print_endings_letter
from handhold.queries.form_sections import find_section
from handhold.queries.naming import first_name, practitioner_name
from handhold.queries.packs import find_sections
from handhold.queries.papers_to_share import PaperWords, make_papers
from handhold.records.models import Agency, Person, Practitioner, Run

REVIEWED_AFTER = timedelta(weeks=8)
SHARED_AT_MOST = 4
NOT_OBTAINED = "Not asked yet: away until next week."
TRIED = "Rang twice and left a message."


@dataclass
class Writer:
    """Writes for one run. `chosen` is who is asked, or allocated."""

    run: Run
    stories: Stories
    days: Days
    worker: Practitioner
    parent: Person
    children: list[Person]
    chosen: Practitioner | None

    def write(self, act: Act, step: Step, at: datetime, child: Person | None = None) -> contents.Content:
        """The content of one act."""
        by_word = (write for word, write in WRITERS_BY_WORD.items() if asks_for(step, word))
        say = next(by_word, None) or WRITERS.get(step.kind, _plain)
        return say(self, act, step, at, child)

    def words(self, text: str) -> str:
        """A text of the file with the names of this family filled in."""
        lead = practitioner_name(self.chosen) if self.chosen else ""
        child = next((one for one in self.children if one.birth_date), self.children[0])
        return text.format(parent=first_name(self.parent), child=first_name(child), lead=lead)

    def case_at(self, at: datetime) -> Case:
        """The run as it stands."""
        return access_transfer_to_read(self.run.ref, by=self.worker, now=at).case

    def agreed(self, act: Act) -> date | None:
        """The day that an act agrees, if it agrees one."""
        return None if act.agreed_in is None else self.days.date_in(act.agreed_in)


Write = Callable[[Writer, Act, Step, datetime, Person | None], contents.Content]


def _plain(writer: Writer, act: Act, step: Step, at: datetime, _child: Person | None) -> contents.Content:
    asks = {*step.asks, *(word for outcome in step.outcomes.values() for word in outcome.asks)}
    chosen = writer.chosen if "practitioner-chosen" in asks else None
    return contents.Content(at, writer.words(act.note), practitioner=chosen, agreed_date=writer.agreed(act))


def _request(writer: Writer, act: Act, step: Step, at: datetime, child: Person | None) -> contents.Content:
    if "practitioner-chosen" not in step.asks:
        return _plain(writer, act, step, at, child)
    note = writer.words(act.note)
    return contents.ConversationContent(at, note, practitioner=writer.chosen, confirmed=True, how="telephone")


def _conversation(writer: Writer, act: Act, _step: Step, at: datetime, _child: Person | None) -> contents.Content:
    note = writer.words(act.note)
    return contents.ConversationContent(at, note, with_person=writer.parent, how="face to face")


def _consent(writer: Writer, act: Act, _step: Step, at: datetime, _child: Person | None) -> contents.Content:
    case = writer.case_at(at)
    team = contents.find_team_around(case)
    agencies = {one.agency_id: one.agency for one in team if one.agency.kind != Agency.Kind.COUNCIL}
    support = case.pathway.file.destinations[case.observed.facts.destination or ""].called
    return contents.ConsentContent(
        at,
        writer.words(act.note),
        given_by=writer.parent,
        to_what=support,
        how="face to face",
        shared_with=tuple(agencies.values())[:SHARED_AT_MOST],
        shares_with_nobody=not agencies,
    )


def _plan(writer: Writer, _act: Act, _step: Step, at: datetime, _child: Person | None) -> contents.Content:
    """The needs that the assessment names, each with one of the actions of the file."""
    sections = find_sections(writer.case_at(at))
    needs = [line for one in sections if one.code == "needs" for line in one.text.splitlines() if line.strip()]
    return contents.PlanContent(at, needs=tuple(_need(writer, place, text) for place, text in enumerate(needs)))


def _need(writer: Writer, place: int, text: str) -> contents.PlannedNeed:
    said = writer.stories.plan[place % len(writer.stories.plan)]
    by_date = writer.days.calendar.first_working_day_from((writer.days.now + REVIEWED_AFTER).date())
    what, measured_by, by_whom = (writer.words(said[name]) for name in ("what", "measured_by", "by_whom"))
    action = contents.PlannedAction(what, measured_by=measured_by, by_whom=by_whom, by_date=by_date)
    return contents.PlannedNeed(text, actions=(action,))


def _visit(writer: Writer, act: Act, _step: Step, at: datetime, _child: Person | None) -> contents.Content:
    seen = tuple(child for child in writer.children if child.birth_date)
    return contents.VisitContent(at, writer.words(act.note), seen=seen, seen_alone=seen[:1])


def _letter(writer: Writer, act: Act, step: Step, at: datetime, child: Person | None) -> contents.Content:
    """The letter as the page prints it, from what the page begins with."""
    if child is None:
        raise ValueError(f"The letter of {step.id} is for one child.")
    case = writer.case_at(at)
    known = find_letter_known(case, step, child)
    ends_date = known.ends_date or writer.days.date_in(1)
    words = LetterWords(known.recipient, known.address, ends_date, known.goodbye_date, own_words=writer.words(act.note))
    pdf = print_endings_letter(case, step, child, writer.worker, words)
    return contents.LetterContent(at, title=known.title, recipient=words.recipient, address=words.address, pdf=pdf)


def _summary(writer: Writer, act: Act, step: Step, at: datetime, child: Person | None) -> contents.Content:
    """A section of which no part is empty: what is filled in from the records, and why the rest was not obtained."""
    filled = _section(writer, act, step, at, child)
    if not isinstance(filled, contents.FormContent):
        raise TypeError(f"{step.id} fills in no form.")
    answers = list(filled.answers)
    for empty in [one.field for one in filled.answers if not one.text.strip()]:
        answers.append(contents.WrittenAnswer(contents.why_not_field(empty), NOT_OBTAINED))
        answers.append(contents.WrittenAnswer(contents.tried_field(empty), TRIED))
    return replace(filled, answers=tuple(answers), form=step.form or "")


def _papers(writer: Writer, act: Act, _step: Step, at: datetime, _child: Person | None) -> contents.Content:
    words = PaperWords(final_plan=writer.words(act.note))
    return SharedPapersContent(at, papers=make_papers(writer.case_at(at), words))


def _receipt(writer: Writer, _act: Act, _step: Step, at: datetime, _child: Person | None) -> contents.Content:
    return ReceivedPapersContent(at, received=tuple(one.code for one in find_papers_shared(writer.case_at(at))))


def _told(writer: Writer, _act: Act, _step: Step, at: datetime, _child: Person | None) -> contents.Content:
    return AgenciesToldContent(at, told=tuple(find_agencies_around(writer.case_at(at))), how="telephone")


def _letters(writer: Writer, act: Act, step: Step, at: datetime, _child: Person | None) -> contents.Content:
    """A letter to everybody to whom one goes, as the page prints them."""
    case = writer.case_at(at)
    known = find_correspondence(case, step)
    addresses = {one.ref: one.address for one in known.recipients}
    ends_date = known.ends_date or writer.days.date_in(1)
    words = CorrespondenceWords(tuple(addresses), addresses, ends_date, writer.words(act.note))
    return LettersContent(at, letters=print_letters(case, step, words))


def _section(writer: Writer, _act: Act, step: Step, at: datetime, _child: Person | None) -> contents.Content:
    """The section as it is filled in from the records."""
    section = find_section(writer.case_at(at), step)
    answers = [
        contents.WrittenAnswer(
            line.id,
            line.text,
            line.carried.text if line.carried else "",
            line.carried.origin if line.carried else "",
            line.carried.at if line.carried else None,
        )
        for line in section.fields
    ]
    return contents.FormContent(at, answers=tuple(answers), edited_version=section.version)


def _relationship(writer: Writer, _act: Act, _step: Step, at: datetime, _child: Person | None) -> contents.Content:
    lead = writer.chosen
    contact = ", ".join(part for part in (lead.phone, lead.email) if part) if lead else ""
    return contents.RelationshipContent(at, role=lead.job_title if lead else "", contact=contact)


WRITERS: dict[str, Write] = {
    "request": _request,
    "conversation": _conversation,
    "consent": _consent,
    "plan": _plan,
    "visit": _visit,
    "letter": _letter,
    "form-section": _section,
    "professional-relationship": _relationship,
}
WRITERS_BY_WORD: dict[Word, Write] = {
    "documents-in-pack": _papers,
    "documents-acknowledged": _receipt,
    "agencies-told": _told,
    "section-complete": _summary,
    "letter-to-each-carer": _letters,
    "letter-to-each-agency": _letters,
}
"""Those of a kind that are told from the others by what they ask for."""
