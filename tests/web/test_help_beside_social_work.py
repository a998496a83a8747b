"""Help that is open beside social work, or goes on after it: how each ends, and who stays responsible (L14, L16)."""

import pytest

from handhold.actions.transfers import start_transfer
from handhold.records.models import Allocation, Consent, Document, Run
from tests.actions.walking import Walk
from tests.documents.reading import text_of
from tests.records.factories import NOW, MadeCouncil, MadeFamily, make_family, open_involvement
from tests.records.second_council import begin_contact, begin_step_down, make_second_council, work_with
from tests.web.stepping import Pages
from tests.web.summaries_of_advice import (
    LAST_DAY,
    ask_consent,
    decide_on,
    find_lead,
    hold_review,
    lead_of,
    share_papers,
    write_letters,
    write_plan,
    write_summary,
)
from tests.web.walked import at, filled_in, signed_in, words_of

pytestmark = pytest.mark.django_db

ASSESSED = {f"field-{name}": "As seen." for name in ("needs", "child-views", "family-views", "support-so-far")}
NO = {"to_what": "early help", "how": "telephone"}


def holders() -> set[tuple[int, str]]:
    """Who is responsible now, and for what."""
    return set(Allocation.objects.filter(during__upper_inf=True).values_list("practitioner", "involvement__kind"))


@pytest.fixture
def council() -> MadeCouncil:
    return make_second_council()


def helped(council: MadeCouncil, kind: str, children: int = 1) -> MadeFamily:
    """A family in this involvement with a social worker, whom a teacher helps as well."""
    family = make_family(council, children=children, kind=kind)
    for child in family.children:
        teacher = council.practitioners["lead-practitioner"]
        open_involvement(council, family, child, kind="early-help", start=NOW, worker=teacher)
    return family


def to_decided(pages: Pages, outcome: str) -> None:
    """A single assessment that is authorised, and what follows it."""
    pages.record("assessment-filled-in", "checked", version="0", **ASSESSED)
    pages.record("assessment-authorised", "authorised", by="team-manager")
    why = {f"reason-{outcome}": "The school has it in hand."}
    pages.record("outcome-decided", outcome, by="team-manager", **why)


def test_advice_alone_is_not_offered_where_nobody_helps_and_the_step_down_begins(council: MadeCouncil) -> None:
    family = make_family(council, children=1)
    pages = Pages(begin_contact(council, family, "single-assessment"))
    worker, child = pages.walk.person("social-worker"), pages.walk.child_refs[0]
    pages.record("assessment-filled-in", "checked", version="0", **ASSESSED)
    pages.record("assessment-authorised", "authorised", by="team-manager")
    why = {"reason-no-social-work": "The school could do it."}
    assert pages.send("outcome-decided", "no-social-work", by="team-manager", **why).status_code == 409
    why = {"reason-step-down": "The school could do it."}
    pages.record("outcome-decided", "step-down", by="team-manager", **why)
    pages.record("ended-with-advice", "step-down-begins", child=child)
    assert holders() == {(worker.pk, "assessment")}
    begun = Run.objects.get(pathway="assessment-step-down")
    assert begun.sender == worker
    stepping_down = Pages(Walk(council, family, begun, now=pages.walk.now, child_refs=[child]))
    stepping_down.record("assessment-authorised", "authorised", by="team-manager")
    decide_on(stepping_down, "universal", "threshold-not-met")


def test_social_work_ends_with_advice_once_everybody_has_it_in_writing(council: MadeCouncil) -> None:
    pages = Pages(begin_contact(council, helped(council, "assessment"), "single-assessment"))
    to_decided(pages, "no-social-work")
    child, teacher = pages.walk.child_refs[0], pages.walk.person("lead-practitioner")
    work_with(pages.walk.family.children[0], teacher, "Assistant head teacher")
    end = {"by": "team-manager", "child": child}
    pages.record("advice-written", "written", how="letter", **{"reason-written": "The sleep clinic."})
    family = pages.walk.family
    to_both = {"recipients": [family.mother.ref, family.father.ref], "checked": "checked"} | LAST_DAY
    pages.record("letter-on-ending", "sent", **to_both)
    assert "goes on helping you" in text_of(bytes(Document.objects.filter(kind="letter-on-ending")[0].content))
    refused = pages.send("ended-with-advice", "advice-given", **end)
    assert "Write to each relevant agency that social work ends" in words_of(refused.content)
    school = council.agencies["school"]
    pages.record("letters-on-ending", "sent", recipients=[school.ref], checked="checked", **LAST_DAY)
    assert pages.send("ended-with-advice", "advice-given", child=child).status_code == 409, "a manager sees who helps"
    pages.record("ended-with-advice", "advice-given", **end)
    assert holders() == {(teacher.pk, "early-help")}


def test_help_beside_social_work_is_no_hindrance_to_the_step_down(council: MadeCouncil) -> None:
    """Whoever helps already takes over; there is one early help plan, not two."""
    pages = Pages(begin_step_down(council, helped(council, "child-in-need"), "child-in-need-step-down"))
    decide_on(pages, "multi-agency")
    ask_consent(pages)
    write_plan(pages)
    find_lead(pages)
    hold_review(pages)
    write_summary(pages)
    share_papers(pages)
    pages.record("summary-received", "received", by=lead_of(pages), received=["summary", "final-plan", "assessment"])
    write_letters(pages)
    pages.record("case-closed", "multi-agency-begins", child=pages.walk.child_refs[0])
    assert holders() == {(lead_of(pages).pk, "early-help")}


WAYS = {
    "early-help": ("early-help-plan-without-consent", "early-help-plan-ends-well", "lead-practitioner"),
    "single-agency": ("single-agency-without-consent", "single-agency-ends-well", "single-agency-practitioner"),
}


def begin_by_hand(council: MadeCouncil, kind: str, pathway: str, role: str) -> Pages:
    """From the family's own page, by whoever helps."""
    helper = council.practitioners[role]
    family = make_family(council, children=1, kind=kind, worker=helper)
    browser = signed_in(helper)
    with at(NOW):
        address = f"/families/{family.family.ref}/transfers/new?pathway={pathway}"
        assert address in browser.get(f"/families/{family.family.ref}").content.decode()
        sent = browser.post(address, filled_in(children=[family.children[0].ref]))
    assert sent.status_code == 302, words_of(sent.content)
    run = Run.objects.get(pathway=pathway)
    return Pages(Walk(council, family, run, lead=helper, child_refs=[family.children[0].ref]))


STEPS = {
    "ends-well": ("needs-met", "family-told-of-end", "agencies-told-of-end", "help-closed"),
    "without-consent": (
        "family-says",
        "no-consent-decided",
        "family-told-of-no",
        "agencies-told-of-no",
        "help-ended-without-consent",
    ),
}
FOR_EACH_CHILD = {"help-closed", "help-ended-without-consent"}


def look_at_each_step(pages: Pages, way: str, *, by: str) -> None:
    """The page of each step opens for whoever is responsible, also while the step has to wait."""
    for step in STEPS[way]:
        child = pages.walk.child_refs[0] if step in FOR_EACH_CHILD else ""
        assert pages.get(f"/steps/{step}", by=by, child=child).status_code == 200, step


def tell_everybody(pages: Pages, role: str, which: str) -> None:
    told = {"with_person": pages.walk.family.mother.ref, "how": "telephone", "note": "They know."}
    pages.record(f"family-told-of-{which}", "told", by=role, **told)
    pages.record(f"agencies-told-of-{which}", "told", by=role, told=[], how="e-mail")


@pytest.mark.parametrize("kind", WAYS)
def test_help_ends_well_from_the_familys_page_on(council: MadeCouncil, kind: str) -> None:
    _, ends_well, role = WAYS[kind]
    pages = begin_by_hand(council, kind, ends_well, role)
    look_at_each_step(pages, "ends-well", by=role)
    pages.record("needs-met", "met", by=role, **{"reason-met": "He is at school each day."})
    tell_everybody(pages, role, "end")
    pages.record("help-closed", "closed", by=role, child=pages.walk.child_refs[0])
    assert holders() == set()


@pytest.mark.parametrize("kind", WAYS)
def test_a_family_takes_its_consent_back_and_whoever_helps_stays_until_it_is_decided(
    council: MadeCouncil, kind: str
) -> None:
    says_no, _, role = WAYS[kind]
    pages = begin_by_hand(council, kind, says_no, role)
    helper, child = council.practitioners[role], pages.walk.child_refs[0]
    look_at_each_step(pages, "without-consent", by=role)
    pages.record("family-says", "withdrawn", by=role, given_by=pages.walk.family.mother.ref, **NO)
    assert Consent.objects.get().outcome == "withdrawn"
    why = {"reason-end-help": "Nothing speaks of harm."}
    assert pages.send("no-consent-decided", "end-help", by=role, **why).status_code != 302
    assert holders() == {(helper.pk, kind)}
    pages.record("no-consent-decided", "end-help", by="targeted-services-leader", **why)
    assert pages.send("help-ended-without-consent", "closed", by=role, child=child).status_code == 409
    assert holders() == {(helper.pk, kind)}
    tell_everybody(pages, role, "no")
    pages.record("help-ended-without-consent", "closed", by=role, child=child)
    assert holders() == set()


@pytest.mark.parametrize("kind", WAYS)
def test_duty_and_advice_is_asked_what_a_no_means_and_the_decision_stays_to_be_made(
    council: MadeCouncil, kind: str
) -> None:
    says_no, _, role = WAYS[kind]
    pages = begin_by_hand(council, kind, says_no, role)
    pages.record("family-says", "refused", by=role, given_by=pages.walk.family.mother.ref, **NO)
    why = {"reason-ask-duty-and-advice": "Three friends of his were hurt."}
    pages.record("no-consent-decided", "ask-duty-and-advice", by="targeted-services-leader", **why)
    assert Run.objects.get(pathway=f"contact-from-{kind}").sender == council.practitioners[role]
    assert holders() == {(council.practitioners[role].pk, kind)}
    why = {"reason-offer-again": "Duty and Advice sees no harm."}
    pages.record("no-consent-decided", "offer-again", by="targeted-services-leader", **why)


def test_a_child_comes_home_from_care_into_a_plan(council: MadeCouncil) -> None:
    family = make_family(council, children=1, kind="care")
    worker = council.practitioners["social-worker"]
    refs = [family.children[0].ref]
    run = start_transfer(family.family.ref, "way-home-from-care", refs, by=worker, now=NOW)
    pages = Pages(Walk(council, family, run, child_refs=refs))
    assert pages.send("care-closed", "plan-begins", child=refs[0]).status_code == 409
    why = {"reason-home": "The grandmother lives there now."}
    pages.record("home-decided", "home", by="service-manager", child=refs[0], **why)
    pages.record("care-closed", "plan-begins", child=refs[0])
    assert holders() == {(worker.pk, "child-in-need")}
