"""Which form asks for which kind of step, filled in with what the record knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from handhold.access.transfers import Opened
from handhold.casefiles.papers import asks_for
from handhold.protocol.definition import Kind, Word
from handhold.queries.correspondence import find_correspondence
from handhold.queries.endings_letters import find_letter_known
from handhold.queries.form_sections import find_section
from handhold.queries.papers_to_share import find_papers_page, find_shared_lines
from handhold.queries.plans import find_plan
from handhold.queries.step_options import find_options
from handhold.queries.step_pages import StepPage
from handhold.web.steps.forms_of_handing_over import (
    AcceptanceForm,
    LetterForm,
    RelationshipForm,
    RequestForm,
    SectionForm,
)
from handhold.web.steps.forms_of_papers import AgenciesToldForm, CorrespondenceForm, ReceivePapersForm, SharePapersForm
from handhold.web.steps.forms_of_talk import (
    ColleaguesForm,
    ConsentForm,
    ConversationForm,
    MeetingForm,
    NoticeForm,
    OutsiderToldForm,
    VisitForm,
)
from handhold.web.steps.plan_form import PlanForm, add_to_shape, initial_of_plan, shape_of_data, shape_of_plan
from handhold.web.steps.step_form import StepForm

IN_OWN_WORDS = ("In your own words", "Write it in your own words", "The words")
"""What is asked where nobody chose, so that nobody is asked why."""


class ActForm(StepForm):
    """A step that happens in the moment in which it is recorded."""

    asks_when = False


class SameForChildrenForm(ActForm):
    """What ends something for a child, and for the others in the same act where nothing stands before it."""

    same_for_others = True


class EventForm(StepForm):
    """Something that happened, with its day."""

    reason_words = IN_OWN_WORDS


class RegistrationForm(ActForm):
    """What came in is taken up, with an answer where one is asked."""

    reason_words = IN_OWN_WORDS


FORMS: dict[Kind, type[StepForm]] = {
    "acceptance": AcceptanceForm,
    "allocation": ActForm,
    "assessment": ActForm,
    "closure": SameForChildrenForm,
    "consent": ConsentForm,
    "conversation": ConversationForm,
    "event": EventForm,
    "meeting": MeetingForm,
    "next-action": SameForChildrenForm,
    "notice": NoticeForm,
    "professional-relationship": RelationshipForm,
    "queue": ActForm,
    "registration": RegistrationForm,
    "request": RequestForm,
    "visit": VisitForm,
}
"""Every kind that needs nothing from the record but its options; a plain decision needs no form of its own."""


def build_form(opened: Opened, page: StepPage, data: Mapping[str, Any] | None) -> StepForm:
    """The form of a step for an opened transfer; unbound where `data` is None."""
    today: date = opened.case.calendar.local_date(opened.case.now)
    common: dict[str, Any] = {"page": page, "options": find_options(opened, page.step), "today": today}
    by_words = _form_of_papers(opened, page, data, common)
    if by_words is not None:
        return by_words
    match page.step.kind:
        case "plan":
            return _plan_form(opened, data, common)
        case "form-section":
            section = find_section(opened.case, page.step)
            return SectionForm(data, section=section, initial={"version": str(section.version)}, **common)
        case "letter":
            return _letter_form(opened, page, data, common)
        case "notice" if not asks_for(page.step, "everyone-told"):
            return OutsiderToldForm(data, **common)
        case kind:
            return FORMS.get(kind, StepForm)(data, **common)


def _form_of_papers(
    opened: Opened, page: StepPage, data: Mapping[str, Any] | None, common: dict[str, Any]
) -> StepForm | None:
    """The form of a step that is told from others of its kind by what it asks for; None for the rest."""
    case, step = opened.case, page.step
    makers: dict[tuple[Word, ...], Callable[[], StepForm]] = {
        ("documents-in-pack",): lambda: SharePapersForm(data, papers=find_papers_page(case), **common),
        ("documents-acknowledged",): lambda: ReceivePapersForm(data, shared=find_shared_lines(case), **common),
        ("agencies-told",): lambda: AgenciesToldForm(data, **common),
        ("conversation-partner",): lambda: ColleaguesForm(data, **common),
        ("letter-to-each-carer", "letter-to-each-agency", "letter-kept"): lambda: CorrespondenceForm(
            data, known=find_correspondence(case, step), **common
        ),
    }
    return next((make() for words, make in makers.items() if any(asks_for(step, word) for word in words)), None)


def _plan_form(opened: Opened, data: Mapping[str, Any] | None, common: dict[str, Any]) -> PlanForm:
    if data is None:
        plan = find_plan(opened.case)
        return PlanForm(None, shape=shape_of_plan(plan), initial=initial_of_plan(plan), **common)
    shape = add_to_shape(shape_of_data(data), str(data.get("add", "")))
    return PlanForm(data, shape=shape, **common)


def _letter_form(opened: Opened, page: StepPage, data: Mapping[str, Any] | None, common: dict[str, Any]) -> StepForm:
    if page.child is None:
        return EventForm(data, **common)
    known = find_letter_known(opened.case, page.step, opened.case.children[page.child].person)
    initial = {
        "recipient": known.recipient,
        "address": known.address,
        "ends_date": known.ends_date,
        "goodbye_visit_date": known.goodbye_date,
    }
    return LetterForm(data, parts=known.parts, initial=initial, **common)
