"""Each end of the step down, whole, through the pages alone: every kind of step is asked for and goes through."""

import pytest

from handhold.records.models import (
    Allocation,
    Consent,
    Conversation,
    Document,
    FormAnswer,
    MeetingAttendance,
    Notice,
    PlanAction,
    ProfessionalRelationship,
    Run,
    StepRecord,
    VisitChild,
)
from tests.actions.walking import begin
from tests.records.factories import make_council, make_family
from tests.web.stepping import Pages
from tests.web.walked import date_parts

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages() -> Pages:
    council = make_council()
    return Pages(begin(council, make_family(council, children=2)))


def agree_with_the_family(pages: Pages, destination: str) -> None:
    family, council = pages.walk.family, pages.walk.council
    pages.record("early-help-considered", destination, **{f"reason-{destination}": "They want help with mornings."})
    pages.record("plan-proposed", "written", version="0", **a_plan())
    pages.record("assessment-shown", "shown")
    pages.record(
        "consent",
        "given",
        given_by=family.mother.ref,
        to_what="early help",
        how="face to face",
        sharing__given=[council.second_lead.agency.ref],
        others__given=[council.agencies["school"].ref],
    )
    pages.record("plan-agreed", "agreed", with_person=family.mother.ref, how="face to face", note="They like it.")


def a_plan() -> dict[str, object]:
    action = {
        "need-1-action-1-what": "Breakfast club",
        "need-1-action-1-measured": "In school by nine",
        "need-1-action-1-whom": "Oak Lane School",
        **date_parts("need-1-action-1-by", 29, 1, 2027),
    }
    return {"need-1-text": "Mornings are hard", "need-1-outstanding": ["yes"]} | action


def end_it(pages: Pages, queue: str) -> None:
    children = pages.walk.child_refs
    seen = {f"seen-{ref}": "alone" for ref in children}
    pages.record("ending-visit", "visited", note="We said goodbye.", **seen)
    for child in children:
        pages.record("endings-letter", "given", child=child, recipient="Ada Okafor", checked=["checked"], **letter())
    pages.record("next-action-added", "finished")
    section = {
        "field-plan": "See the plan",
        "field-lead": "The new lead",
        "field-agencies": "",
        "field-family-view": "",
    }
    pages.record("section-2-written", "written", version="0", **section)
    for child in children:
        pages.record("lead-on-record", "added", child=child, role="Lead practitioner", contact="01632 960 003")
    pages.record(queue, "assigned")
    if queue != "assigned-to-partner-led-eha":
        pages.record("practitioner-confirmed", "confirmed", by="practice-manager")
    pages.record("closure-begun", "begun")
    pages.record("closure-overseen", "agreed", by="team-manager")
    for child in children:
        is_partner_led = queue == "assigned-to-partner-led-eha"
        pages.record("case-closed", "early-help-begins" if is_partner_led else "targeted-help-begins", child=child)


def letter() -> dict[str, object]:
    return {
        "own_words": "I liked your drums.",
        "went_well": "You went to school.\nYou told Mum.",
        "address": "1 Example Street\nExampleton",
        **date_parts("ends_date", 11, 12, 2026),
        **date_parts("goodbye_visit_date", 9, 12, 2026),
    }


def holders() -> set[tuple[int, str]]:
    return set(Allocation.objects.filter(during__upper_inf=True).values_list("practitioner", "involvement__kind"))


def test_a_targeted_step_down_goes_through_its_pages_to_the_end(pages: Pages) -> None:
    walk = pages.walk
    lead, worker = walk.person("support-practitioner"), walk.person("social-worker")
    agree_with_the_family(pages, "targeted")
    pages.record("support-requested", "requested")
    chosen = {"practitioner-allocated": lead.ref, **date_parts("agreed-allocated", 11, 12, 2026)}
    pages.record("support-decided", "allocated", by="practice-manager", **chosen)
    came = {f"came-{ref}": "present" for ref in (worker.ref, lead.ref, walk.family.mother.ref)}
    came[f"came-{walk.family.father.ref}"] = "apologies"
    pages.record("handover-meeting", "held", note="All agreed.", **came)
    pages.record("team-told", "told", told=[walk.council.second_lead.ref], how="e-mail")
    end_it(pages, "assigned-to-advice-team-duty-worker")
    assert Run.objects.get(pk=walk.run.pk).ending == "completed"
    assert holders() == {(lead.pk, "early-help")}
    assert MeetingAttendance.objects.filter(attendance="present").count() == 3
    assert list(Notice.objects.values_list("to_practitioner", "how")) == [(walk.council.second_lead.pk, "e-mail")]
    assert VisitChild.objects.filter(seen_alone=True).count() == 2
    assert StepRecord.objects.get(step="support-decided").practitioner == lead


def test_a_partner_led_step_down_goes_through_its_pages_to_the_end(pages: Pages) -> None:
    walk = pages.walk
    lead = walk.person("lead-practitioner")
    agree_with_the_family(pages, "partner-led")
    mother = walk.family.mother.ref
    pages.record("preferred-lead", "recorded", with_person=mother, how="telephone", note="Her form teacher")
    asked = {"asked": "somebody-else", "other": lead.ref, "how": "telephone", "shared": ["checked"]}
    pages.record("lead-asked", "asked", **asked)
    yes = date_parts("agreed-accepted", 1, 12, 2026)
    pages.record("lead-answer", "accepted", note="She rang back.", **yes)
    end_it(pages, "assigned-to-partner-led-eha")
    pages.record("form-taken-up", "taken-up", by="early-help-coordinator")
    assert Run.objects.get(pk=walk.run.pk).ending == "completed"
    assert holders() == {(lead.pk, "early-help")}
    assert StepRecord.objects.get(step="lead-answer").on_behalf_of == lead, "the worker wrote it down for them"
    assert Conversation.objects.get(step_record__step="preferred-lead").about == "Her form teacher"
    assert Conversation.objects.get(step_record__step="lead-asked").with_practitioner == lead


def test_what_was_typed_is_kept_as_it_was_meant(pages: Pages) -> None:
    agree_with_the_family(pages, "targeted")
    consent, action = Consent.objects.get(), PlanAction.objects.get()
    assert {one.pk for one in consent.agencies.all()} == {
        pages.walk.council.second_lead.agency_id,
        pages.walk.council.agencies["school"].pk,
    }
    assert (consent.given_by, consent.how) == (pages.walk.family.mother, "face to face")
    assert (action.what, action.by_whom, action.only_monitors) == ("Breakfast club", "Oak Lane School", False)
    assert action.need.outstanding
    assert StepRecord.objects.get(step="early-help-considered").reason == "They want help with mornings."


def test_a_letter_is_printed_for_the_age_of_the_child_and_kept_as_it_went(pages: Pages) -> None:
    walk = pages.walk.to_lead_accepted()
    older = walk.child_refs[0]
    pages.record("endings-letter", "given", child=older, recipient="Ada Okafor", checked=["checked"], **letter())
    kept = Document.objects.get()
    assert bytes(kept.content).startswith(b"%PDF-")
    assert (kept.recipient, kept.address) == ("Ada Okafor", "1 Example Street\nExampleton")
    answer = pages.get(f"/documents/{kept.ref}")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content == bytes(kept.content)


def test_a_section_is_filled_in_from_the_assessment_with_its_origin(pages: Pages) -> None:
    walk = pages.walk.to_lead_accepted()
    pages.record("next-action-added", "finished")
    page = pages.words("/steps/section-2-written")
    worker = walk.person("social-worker")
    assert "The family would like help with mornings and with school." in page
    assert f"From the assessment, written by {worker.given_name} {worker.family_name} on 22 November 2026." in page
    assert walk.person("lead-practitioner").family_name in page
    carried = {"field-plan": "The family would like help with mornings and with school.", "field-lead": "Somebody"}
    pages.record("section-2-written", "written", version="0", **carried)
    origins = dict(FormAnswer.objects.values_list("field", "origin"))
    assert origins == {"plan": "carried", "lead": "edited", "agencies": "edited", "family-view": "typed"}


def test_the_lead_is_put_among_the_relationships_with_what_is_known_of_them(pages: Pages) -> None:
    walk = pages.walk.to_lead_accepted()
    lead, child = walk.person("lead-practitioner"), walk.child_refs[0]
    page = pages.get("/steps/lead-on-record", child=child).content.decode()
    assert f'value="{lead.job_title}"' in page
    assert lead.phone in page
    pages.record("lead-on-record", "added", child=child, role=lead.job_title, contact=lead.phone)
    row = ProfessionalRelationship.objects.get(child__ref=child, is_lead=True)
    assert (row.practitioner, row.contact) == (lead, lead.phone)
