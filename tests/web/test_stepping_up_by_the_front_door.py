"""A contact with the front door and the single assessment that can follow, page by page (L4, L5, L7 to L14)."""

from typing import Any

import pytest

from handhold.actions.partner_papers import register_paper, submit_paper
from handhold.records.models import Allocation, Conversation, FormAnswer, QueueItem, Run
from tests.actions.walking import Walk
from tests.records.factories import NOW, make_family, open_involvement
from tests.records.second_council import begin_contact, make_second_council
from tests.web.stepping import Pages
from tests.web.walked import date_parts

pytestmark = pytest.mark.django_db

ASK = {"reason-asked": "He has not been at school for two weeks."}


def contact(kind: str = "early-help") -> Pages:
    """A family of the second council whom a partner helps, and who asks the front door."""
    council = make_second_council()
    role = "lead-practitioner" if kind == "early-help" else "single-agency-practitioner"
    family = make_family(council, children=2, kind=kind, worker=council.practitioners[role])
    return Pages(begin_contact(council, family, f"contact-from-{kind}"))


@pytest.fixture
def pages() -> Pages:
    """By a lead practitioner, with the question asked."""
    asked = contact()
    ask(asked)
    return asked


def ask(pages: Pages) -> None:
    pages.record("question-asked", "asked", by=pages.walk.lead, **ASK)


def answer(pages: Pages, outcome: str) -> None:
    pages.record("contact-answered", outcome, by="front-door", **{f"reason-{outcome}": "A pattern of three contacts."})


def holders() -> set[tuple[int, str]]:
    """Who is responsible now, and for what."""
    return set(Allocation.objects.filter(during__upper_inf=True).values_list("practitioner", "involvement__kind"))


def test_advice_of_ones_own_agency_is_written_down_and_nothing_waits_for_it() -> None:
    pages = contact()
    lead = pages.walk.lead
    head = pages.walk.council.second_lead
    told = {"spoken_with": head.ref, "how": "telephone", "note": "Ask Duty and Advice."}
    pages.record("own-advice-sought", "advised", by=lead, **told)
    assert Conversation.objects.get().with_practitioner == head
    ask(pages)


def test_a_question_lies_with_duty_and_advice_while_whoever_helps_stays_responsible(pages: Pages) -> None:
    walk = pages.walk
    assert walk.lead is not None
    assert holders() == {(walk.lead.pk, "early-help"), (walk.person("front-door").pk, "referral")}
    assert QueueItem.objects.get(taken_at=None).queue.code == "duty-and-advice"


def test_advice_is_read_by_whoever_asked_and_the_contact_ends(pages: Pages) -> None:
    answer(pages, "advice")
    lead = pages.walk.lead
    assert lead is not None
    assert "A pattern of three contacts." in pages.words("/steps/contact-answered", by=lead)
    pages.record("contact-closed", "advice-given", by="front-door")
    assert holders() == {(lead.pk, "early-help")}
    pages.walk.run.refresh_from_db()
    assert pages.walk.run.ending == "advice-given"


def test_a_disagreement_goes_to_the_managers_and_holds_the_end_back(pages: Pages) -> None:
    answer(pages, "advice")
    why = {"reason-raised": "They have tried for a month."}
    pages.record("disagreement-raised", "raised", by=pages.walk.lead, **why)
    assert pages.send("contact-closed", "advice-given", by="front-door").status_code == 409
    anew = {"reason-anew": "There is more in it."}
    pages.record("settled-by-managers", "anew", by="targeted-services-leader", **anew)
    answer(pages, "assessment")


def test_a_single_assessment_begins_as_a_run_of_its_own(pages: Pages) -> None:
    walk = pages.walk
    answer(pages, "assessment")
    started = {"reason-started": "Three contacts in a month."}
    pages.record("assessment-considered", "started", by="duty-manager", **started)
    worker = walk.person("social-worker")
    pages.record("assessor-allocated", "allocated", by="duty-manager", **{"practitioner-allocated": worker.ref})
    assert (worker.pk, "assessment") in holders()
    assert walk.lead is not None
    assert (walk.lead.pk, "early-help") in holders()
    assert Run.objects.filter(pathway="single-assessment", sender=worker).count() == 1
    pages.record("contact-closed", "assessment-begins", by="front-door")


def test_an_emergency_response_names_who_and_when(pages: Pages) -> None:
    answer(pages, "emergency")
    worker = pages.walk.person("social-worker")
    named: dict[str, Any] = {"practitioner-responds": worker.ref}
    assert pages.send("emergency-responded", "responds", by="duty-manager", **named).status_code == 409
    today = date_parts("agreed-responds", 24, 11, 2026)
    pages.record("emergency-responded", "responds", by="duty-manager", **named, **today)
    assert (worker.pk, "assessment") in holders()


def test_an_early_help_plan_begins_on_consent_led_by_who_asked() -> None:
    pages = contact("single-agency")
    ask(pages)
    lead, mother = pages.walk.lead, pages.walk.family.mother
    assert lead is not None
    answer(pages, "early-help")
    assert QueueItem.objects.get(taken_at=None).queue.code == "integrated-processes-team"
    advised = {"reason-advised": "Begin with the school nurse's assessment."}
    pages.record("team-advised", "advised", by="integrated-processes-team", **advised)
    assert pages.send("contact-closed", "early-help-begins", by=lead).status_code == 409
    yes = {"given_by": mother.ref, "to_what": "early help", "how": "telephone", "sharing-given": "nobody"}
    pages.record("early-help-consent", "given", by=lead, **yes)
    pages.record("contact-closed", "early-help-begins", by=lead)
    assert holders() == {(lead.pk, "early-help")}


def assessing() -> Pages:
    """A single assessment that has begun beside the early help of a teacher, who sent an early help assessment in."""
    council = make_second_council()
    teacher = council.practitioners["lead-practitioner"]
    family = make_family(council, children=1, kind="early-help", worker=teacher)
    worker = council.practitioners["social-worker"]
    open_involvement(council, family, family.children[0], kind="assessment", start=NOW, worker=worker)
    refs = [family.children[0].ref]
    submit_paper(
        family.family.ref,
        "early-help-assessment",
        refs,
        paper_date=NOW.date(),
        text="Mornings are hard for him.",
        by=teacher,
        now=NOW,
    )
    walk: Walk = begin_contact(council, family, "single-assessment", by=worker)
    return Pages(walk)


def test_an_assessment_that_is_not_registered_is_shown_beside_and_marked() -> None:
    pages = assessing()
    page = pages.words("/steps/assessment-filled-in")
    assert "Early help assessment not registered yet" in page
    assert "Mornings are hard for him." in page
    assert "From the registered early help assessment" not in page


def test_a_registered_assessment_fills_the_single_assessment_in_with_its_origin() -> None:
    pages = assessing()
    paper = pages.walk.person("lead-practitioner").papers_sent.get()
    team = pages.walk.person("integrated-processes-team")
    register_paper(paper.ref, "early-help-assessment", paper_date=NOW.date(), by=team, now=NOW)
    page = pages.words("/steps/assessment-filled-in")
    teacher = pages.walk.person("lead-practitioner")
    assert f"From the registered early help assessment, written by {teacher.given_name}" in page
    assert "Early help assessment not registered yet" not in page
    answers = {
        "field-needs": "Mornings are hard for him.",
        "field-child-views": "I am tired.",
        "field-family-views": "He sleeps badly.",
        "field-support-so-far": "The school.",
    }
    pages.record("assessment-filled-in", "checked", version="0", **answers)
    assert FormAnswer.objects.get(field="needs").origin == "carried"


def test_emergency_protective_action_waits_for_nothing() -> None:
    pages = assessing()
    worker, child = pages.walk.person("social-worker"), pages.walk.child_refs[0]
    why = {"reason-short-term": "Police powers of protection."}
    pages.record("emergency-protection", "short-term", child=child, by="team-manager", **why)
    assert (worker.pk, "care") in holders()
    assert (worker.pk, "assessment") in holders()


def test_a_child_in_need_plan_begins_with_its_social_worker() -> None:
    pages = assessing()
    answers = {
        "field-needs": "Sleep",
        "field-child-views": "Tired",
        "field-family-views": "So",
        "field-support-so-far": "S",
    }
    pages.record("assessment-filled-in", "checked", version="0", **answers)
    pages.record("assessment-authorised", "authorised", by="team-manager")
    need = {"reason-child-in-need": "He needs more than advice."}
    pages.record("outcome-decided", "child-in-need", by="team-manager", **need)
    worker = pages.walk.person("social-worker")
    chosen = {"practitioner-child-in-need-begins": worker.ref}
    pages.record("social-worker-allocated", "child-in-need-begins", by="team-manager", **chosen)
    teacher = pages.walk.person("lead-practitioner")
    assert holders() == {(worker.pk, "child-in-need"), (teacher.pk, "early-help")}


def needed() -> Pages:
    """One agency helps; Duty and Advice finds that an early help plan is needed, and the team has advised."""
    pages = contact("single-agency")
    ask(pages)
    answer(pages, "early-help")
    advised = {"reason-advised": "Begin with the school nurse's assessment."}
    pages.record("team-advised", "advised", by="integrated-processes-team", **advised)
    return pages


def test_a_family_that_says_no_to_an_early_help_plan_is_a_managers_to_decide_about() -> None:
    pages = needed()
    lead, mother = pages.walk.lead, pages.walk.family.mother
    assert lead is not None
    no = {"given_by": mother.ref, "to_what": "early help", "how": "telephone"}
    pages.record("early-help-consent", "refused", by=lead, **no)
    assert pages.send("contact-closed", "early-help-goes-on", by="front-door").status_code == 409
    why = {"reason-help-goes-on": "The school nurse meets the need."}
    pages.record("early-help-no-consent-means", "help-goes-on", by="targeted-services-leader", **why)
    pages.record("contact-closed", "early-help-goes-on", by="front-door")
    assert holders() == {(lead.pk, "single-agency")}


def test_one_parents_consent_to_an_early_help_plan_can_suffice() -> None:
    pages = needed()
    lead, mother = pages.walk.lead, pages.walk.family.mother
    assert lead is not None
    disputed = {"given_by": mother.ref, "to_what": "early help", "how": "telephone", "reason-disputed": "He says no."}
    pages.record("early-help-consent", "disputed", by=lead, **disputed)
    why = {"reason-one-consent-suffices": "The children live with her."}
    pages.record("early-help-no-consent-means", "one-consent-suffices", by="targeted-services-leader", **why)
    pages.record("contact-closed", "early-help-begins", by=lead)
    assert holders() == {(lead.pk, "early-help")}
