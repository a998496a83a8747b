"""Step down from a child in need or a child protection plan, through the actions (Y17 to Y20, Y25, Y37 to Y40)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.actions.walking import Walk, a_plan
from tests.records.factories import NOW, make_council, make_family, since

from handhold.actions.refusals import StepRefused
from handhold.actions.transfers import start_transfer
from handhold.casefiles import contents
from handhold.records.models import Consent, Involvement, ProfessionalRelationship, Run

pytestmark = pytest.mark.django_db

IN_NEED, PROTECTION = "child-in-need-to-early-help", "child-protection-to-early-help"


def begin(kind: str, children: int = 2) -> Walk:
    """A step down from a plan of this kind, with a health visitor around the children."""
    council = make_council()
    family = make_family(council, children=children, kind=kind)
    for child in family.children:
        ProfessionalRelationship.objects.create(
            child=child, practitioner=council.second_lead, role="Health visitor", contact="", during=since(NOW)
        )
    refs = [child.ref for child in family.children]
    run = start_transfer(
        family.family.ref, f"{kind}-to-early-help", refs, by=council.practitioners["social-worker"], now=NOW
    )
    return Walk(council, family, run, now=NOW + timedelta(minutes=1), child_refs=refs)


def to_plan_written(walk: Walk, destination: str, outcome: str = "written") -> Walk:
    """Considered, a SMART plan of two agencies, consent."""
    walk.do("early-help-considered", destination)
    needs = a_plan()
    second = replace(needs[0].actions[0], what="Sleep clinic", by_whom="Health visiting")
    both = (replace(needs[0], actions=(*needs[0].actions, second)),)
    walk.do("plan-proposed", outcome, walk.at(contents.PlanContent, needs=both))
    walk.do("consent", "given", walk.consent())
    return walk


def to_lead_accepted(walk: Walk, destination: str = "partner-led", outcome: str = "written") -> Walk:
    """A lead who was asked with the family before the meeting, and has accepted."""
    to_plan_written(walk, destination, outcome)
    wish = walk.at(contents.ConversationContent, note="Her form teacher", with_person=walk.family.mother)
    walk.do("preferred-lead", "recorded", wish)
    walk.lead = walk.person("lead-practitioner")
    asked = walk.at(contents.ConversationContent, practitioner=walk.lead, how="telephone", confirmed=True)
    walk.do("lead-asked", "asked", asked)
    walk.do("lead-answer", "accepted", walk.at(agreed_date=date(2026, 12, 1)), by=walk.lead)
    return walk


def review(
    walk: Walk, *, lead_came: bool = True, family_came: bool = True, confirmed: bool = True
) -> contents.MeetingContent:
    """The record of the review: the worker and the health visitor, and whoever else came."""
    came = [
        contents.Attendance("present", practitioner=walk.person("social-worker")),
        contents.Attendance("apologies", practitioner=walk.council.second_lead),
    ]
    if family_came:
        came.append(contents.Attendance("present", person=walk.family.mother))
    if lead_came and walk.lead:
        came.append(contents.Attendance("present", practitioner=walk.lead))
    meeting: contents.MeetingContent = walk.at(
        contents.MeetingContent, attendances=tuple(came), plan_agreed=confirmed, consent_confirmed=confirmed
    )
    return meeting


def to_closed(walk: Walk, outcome: str = "") -> Walk:
    """From the review to the closure of every child, by a partner."""
    walk.to_endings()
    for child in walk.child_refs:
        walk.do("next-action-added", "close-case", child=child)
    if outcome != "universal-services":
        answers = tuple(contents.WrittenAnswer(name, "Known") for name in ("summary", "plan", "lead"))
        walk.do("section-2-written", "written", walk.at(contents.FormContent, answers=answers))
        for child in walk.child_refs:
            words = walk.at(contents.RelationshipContent, role="Lead practitioner", contact="01632 960 003")
            walk.do("lead-on-record", "added", words, child=child)
        walk.do("assigned-to-partner-led-eha", "assigned")
    walk.do("closure-begun", "begun")
    walk.do("closure-overseen", "agreed", by="team-manager")
    for child in walk.child_refs:
        walk.close(child, outcome)
    return walk


def missing(error: pytest.ExceptionInfo[StepRefused]) -> set[str]:
    """What a refusal names."""
    return {reason.what or reason.step for reason in error.value.reasons}


@pytest.mark.parametrize("kind", ["child-in-need", "child-protection"])
def test_one_record_of_the_review_carries_all_that_is_asked_of_it(kind: str) -> None:
    walk = to_lead_accepted(begin(kind))
    walk.do("final-review", "agreed-with-lead", review(walk))
    assert Consent.objects.filter(how="confirmed at the meeting").count() == 1
    to_closed(walk)
    assert {one.kind for one in Involvement.objects.filter(open_during__upper_inf=True)} == {"early-help"}
    walk.do("form-taken-up", "taken-up", by="early-help-coordinator")
    assert Run.objects.get(pk=walk.run.pk).ending == "completed"


def test_the_review_without_family_lead_agreement_or_consent_is_refused_with_each() -> None:
    walk = to_lead_accepted(begin("child-in-need"))
    with pytest.raises(StepRefused) as refused:
        walk.do("final-review", "agreed-with-lead", review(walk, lead_came=False, family_came=False, confirmed=False))
    words = {"family-attended", "receiver-attended", "plan-agreed-there", "consent-confirmed"}
    assert missing(refused) == words


def test_a_review_without_the_lead_is_for_the_manager_to_record_with_a_reason() -> None:
    walk = to_lead_accepted(begin("child-in-need"))
    without = review(walk, lead_came=False)
    with pytest.raises(StepRefused) as refused:
        walk.do("final-review", "agreed-without-lead", without)
    assert "not-yours" in {reason.problem for reason in refused.value.reasons}


def test_a_plan_that_does_not_say_how_who_and_when_is_refused() -> None:
    walk = begin("child-in-need")
    walk.do("early-help-considered", "partner-led")
    vague = (contents.PlannedNeed("Mornings", True, (contents.PlannedAction("Help with mornings"),)),)
    with pytest.raises(StepRefused) as refused:
        walk.do("plan-proposed", "written", walk.at(contents.PlanContent, needs=vague))
    assert missing(refused) == {"smart-plan", "several-agencies"}


def test_one_service_needs_no_plan_of_several_agencies() -> None:
    walk = to_lead_accepted(begin("child-in-need", 1), "single-service", "written-for-one-service")
    walk.do("final-review", "agreed-with-lead", review(walk))
    to_closed(walk, "one-service-begins")
    assert {one.kind for one in Involvement.objects.filter(open_during__upper_inf=True)} == {"single-agency"}


def test_a_child_protection_plan_ends_by_its_conference_and_by_no_other_act() -> None:
    walk = begin("child-protection", 1)
    walk.do("early-help-considered", "universal")
    with pytest.raises(StepRefused) as refused:
        walk.close(walk.child_refs[0], "universal-services")
    assert "protection-plan" in missing(refused)
    walk.do("final-review", "agreed-to-end", review(walk))
    to_closed(walk, "universal-services")
    assert not Involvement.objects.filter(open_during__upper_inf=True).exists()


def test_the_next_action_that_makes_no_closure_record_is_forbidden_and_says_what_to_choose() -> None:
    walk = begin("child-in-need", 1)
    walk.do("early-help-considered", "universal")
    walk.do("final-review", "agreed-to-end", review(walk))
    with pytest.raises(StepRefused) as refused:
        walk.do("next-action-added", "signpost", child=walk.child_refs[0])
    (reason,) = refused.value.reasons
    assert reason.problem == "forbidden-choice"
    assert "Close Case to Children's Social Work Services" in reason.what
    assert "Y38" in reason.clauses


@pytest.mark.parametrize(("outcome", "asked"), [("agreed", True), ("agreed-and-handed-over", False)])
def test_what_was_handed_over_at_the_review_needs_no_second_visit(outcome: str, *, asked: bool) -> None:
    walk = to_plan_written(begin("child-in-need", 1), "targeted")
    walk.do("support-requested", "requested")
    walk.lead = walk.person("support-practitioner")
    chosen = walk.at(practitioner=walk.lead, agreed_date=date(2026, 12, 11))
    walk.do("support-decided", "allocated", chosen, by="practice-manager")
    walk.do("final-review", outcome, review(walk))
    with pytest.raises(StepRefused) as refused:
        walk.close(walk.child_refs[0])
    assert ("handover-visit" in missing(refused)) is asked


def test_a_sibling_can_stay_while_the_other_closes() -> None:
    walk = to_lead_accepted(begin("child-in-need"))
    walk.do("final-review", "agreed-with-lead", review(walk))
    walk.do("child-stays", "stays", child=walk.child_refs.pop())
    to_closed(walk)
    held = Involvement.objects.filter(open_during__upper_inf=True).values_list("kind", flat=True)
    assert sorted(held) == ["child-in-need", "early-help"]
