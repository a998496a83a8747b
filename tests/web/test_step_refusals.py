"""What a step's page says when it cannot be: every reason at once; what was typed is kept, nothing is written."""

import re

import pytest

from handhold.access.transfers import access_transfer_to_read
from handhold.actions.concerns import report_concern
from handhold.casefiles.contents import ConversationContent
from handhold.protocol.standing import find_closure_gaps
from handhold.records.models import Concern, Consent, StepRecord
from tests.actions.walking import begin
from tests.records.factories import make_council, make_family
from tests.web.stepping import Pages
from tests.web.walked import at, date_parts, rename, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages() -> Pages:
    council = make_council()
    return Pages(begin(council, rename(make_family(council, children=2))))


def missing_on(answer: object) -> list[str]:
    """What the panel of a refusal lists."""
    html = answer.content.decode()  # type: ignore[attr-defined]
    return [words_of(one.encode()).strip() for one in re.findall(r'<p class="app-missing__what">(.*?)</p>', html)]


def records(pages: Pages) -> int:
    return StepRecord.objects.filter(run=pages.walk.run).count()


# What the record lacks


def test_a_plan_without_a_need_that_goes_on_is_refused_with_the_sentence_of_the_source(pages: Pages) -> None:
    pages.walk.do("early-help-considered", "partner-led")
    before = records(pages)
    answer = pages.send("plan-proposed", "written", version="0", **{"need-1-text": "Mornings"})
    assert answer.status_code == 409
    assert any("The plan names no need that goes on." in one for one in missing_on(answer))
    page = words_of(answer.content)
    assert "Children must not be stepped down to early help support merely so that they can be 'monitored'" in page
    assert "Mornings" in answer.content.decode(), "what was typed is kept"
    assert records(pages) == before


def test_a_plan_that_only_watches_is_refused(pages: Pages) -> None:
    pages.walk.do("early-help-considered", "partner-led")
    watching = {
        "need-1-text": "Mornings",
        "need-1-outstanding": ["yes"],
        "need-1-action-1-what": "Keep an eye on it",
        "need-1-action-1-monitors": ["yes"],
    }
    answer = pages.send("plan-proposed", "written", version="0", **watching)
    assert answer.status_code == 409
    assert [one for one in missing_on(answer) if "does more than watch or review" in one]
    del watching["need-1-action-1-monitors"]
    pages.record("plan-proposed", "written", version="0", **watching)


def test_a_yes_without_saying_with_whom_information_is_shared_is_refused(pages: Pages) -> None:
    pages.walk.do("early-help-considered", "partner-led")
    said = {"given_by": pages.walk.family.mother.ref, "to_what": "early help", "how": "telephone"}
    answer = pages.send("consent", "given", **said)
    assert answer.status_code == 409
    assert [one for one in missing_on(answer) if "with whom information may be shared" in one]
    assert 'id="sharing-given-error"' in answer.content.decode()
    assert not Consent.objects.exists()
    pages.record("consent", "given", sharing__given=["nobody"], **said)
    assert not Consent.objects.get().agencies.exists()


def test_a_refusal_by_the_family_needs_no_sharing(pages: Pages) -> None:
    pages.walk.do("early-help-considered", "partner-led")
    said = {"given_by": pages.walk.family.mother.ref, "to_what": "early help", "how": "telephone"}
    pages.record("consent", "refused", **said)
    assert "Decide what it means for the child that there is no consent" in pages.words(by="team-manager")


def test_a_wish_that_is_not_written_down_is_refused(pages: Pages) -> None:
    pages.walk.to_family_agreed("partner-led")
    spoke = {"with_person": pages.walk.family.mother.ref, "how": "telephone"}
    answer = pages.send("preferred-lead", "recorded", note=" ", **spoke)
    assert answer.status_code == 409
    assert [one for one in missing_on(answer) if "own first choice is not written down" in one]


def test_asking_a_lead_without_naming_them_or_sharing_the_plan_is_refused_with_both(pages: Pages) -> None:
    pages.walk.to_family_agreed("partner-led")
    pages.walk.do("preferred-lead", "recorded", pages.walk.at(ConversationContent, note="Her teacher"))
    answer = pages.send("lead-asked", "asked", how="telephone")
    assert answer.status_code == 409
    assert len(missing_on(answer)) == 2
    page = words_of(answer.content)
    assert "No practitioner is chosen yet." in page
    assert "the need, the other agencies and the proposed plan were talked about" in page


def test_somebody_else_has_to_be_chosen_by_name(pages: Pages) -> None:
    pages.walk.to_family_agreed("partner-led")
    answer = pages.send("lead-asked", "asked", asked="somebody-else", how="telephone", shared=["checked"])
    assert answer.status_code == 422
    assert "Choose whom you asked" in words_of(answer.content)


def test_a_handover_without_the_family_is_refused(pages: Pages) -> None:
    walk = pages.walk.to_practitioner_allocated()
    came = {f"came-{one.ref}": "present" for one in (walk.person("social-worker"), walk.person("support-practitioner"))}
    came[f"came-{walk.family.mother.ref}"] = "apologies"
    answer = pages.send("handover-meeting", "held", **came)
    assert answer.status_code == 409
    assert [one for one in missing_on(answer) if "names nobody of the family who came" in one]


def test_a_notice_that_leaves_somebody_out_is_refused(pages: Pages) -> None:
    pages.walk.to_practitioner_allocated()
    answer = pages.send("team-told", "told", how="e-mail")
    assert answer.status_code == 409
    assert [one for one in missing_on(answer) if "has not been told yet" in one]


def test_an_allocation_without_a_person_or_a_date_is_refused_with_both(pages: Pages) -> None:
    pages.walk.to_family_agreed("targeted").do("support-requested", "requested")
    answer = pages.send("support-decided", "allocated", by="practice-manager")
    assert answer.status_code == 409
    assert len(missing_on(answer)) == 2


def test_a_section_without_its_plan_is_refused(pages: Pages) -> None:
    pages.walk.to_lead_accepted().do("next-action-added", "finished")
    answer = pages.send("section-2-written", "written", version="0", **{"field-plan": "", "field-lead": "Jo"})
    assert answer.status_code == 409
    assert [one for one in missing_on(answer) if "neither what the plan is nor where it can be found" in one]


def test_a_relationship_without_a_role_is_refused(pages: Pages) -> None:
    pages.walk.to_lead_accepted()
    answer = pages.send("lead-on-record", "added", child=pages.walk.child_refs[0], role="", contact="01632 960 003")
    assert answer.status_code == 409
    assert [one for one in missing_on(answer) if "The lead practitioner is not named yet." in one]


def test_a_visit_says_of_every_child_whether_they_were_seen(pages: Pages) -> None:
    pages.walk.do("early-help-considered", "universal")
    answer = pages.send("ending-visit", "visited", **{f"seen-{pages.walk.child_refs[0]}": "seen"})
    assert answer.status_code == 422
    assert "was seen" in words_of(answer.content)


def test_a_letter_is_not_kept_before_name_and_address_are_checked(pages: Pages) -> None:
    pages.walk.to_lead_accepted()
    child, words = pages.walk.child_refs[0], {"recipient": "Ada", **date_parts("ends_date", 11, 12, 2026)}
    answer = pages.send("endings-letter", "given", child=child, **words)
    assert answer.status_code == 422
    assert "Confirm that the letter, the name and the address are right" in words_of(answer.content)


def test_a_letter_can_be_seen_before_it_is_kept(pages: Pages) -> None:
    pages.walk.to_lead_accepted()
    child, words = pages.walk.child_refs[0], {"recipient": "Ada", **date_parts("ends_date", 11, 12, 2026)}
    before = records(pages)
    answer = pages.send("endings-letter", "given", child=child, preview="1", own_words="I liked your drums.", **words)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert records(pages) == before


def test_a_letter_with_signs_that_cannot_be_printed_is_sent_back_with_the_sign(pages: Pages) -> None:
    pages.walk.to_lead_accepted()
    child, words = pages.walk.child_refs[0], {"recipient": "Ada", **date_parts("ends_date", 11, 12, 2026)}
    answer = pages.send("endings-letter", "given", child=child, checked=["checked"], own_words="再见", **words)
    assert answer.status_code == 422
    assert "The font of the letters lacks" in words_of(answer.content)


def test_a_decision_that_needs_a_reason_asks_for_it_at_its_place(pages: Pages) -> None:
    answer = pages.send("early-help-considered", "universal")
    assert answer.status_code == 422
    assert 'id="reason-universal-error"' in answer.content.decode()
    assert 'id="reason-targeted-error"' not in answer.content.decode()


# When


def test_nothing_is_written_down_before_it_has_happened(pages: Pages) -> None:
    reason = {"reason-universal": "They manage."}
    tomorrow = pages.send("early-help-considered", "universal", **reason, **date_parts("happened", 25, 11, 2026))
    assert tomorrow.status_code == 422
    assert "The date must be today or in the past" in words_of(tomorrow.content)
    tonight = pages.send("early-help-considered", "universal", happened_time="11pm", **reason)
    assert tonight.status_code == 422
    assert "nothing is written down before it has happened" in words_of(tonight.content)
    assert "They manage." in tonight.content.decode()


def test_what_happened_earlier_is_kept_with_its_own_time(pages: Pages) -> None:
    reason = {"reason-universal": "They manage."}
    when = {**date_parts("happened", 20, 11, 2026), "happened_time": "2.30pm"}
    pages.record("early-help-considered", "universal", **reason, **when)
    record = StepRecord.objects.get(step="early-help-considered")
    assert record.happened_at.isoformat() == "2026-11-20T14:30:00+00:00"
    assert record.recorded_at > record.happened_at


# Whose move, and what stands


def test_when_it_is_not_ones_move_the_page_says_whose_it_is_and_how_to_reach_them(pages: Pages) -> None:
    pages.walk.to_handed_over().to_ready_for_oversight()
    answer = pages.get("/steps/closure-overseen")
    manager = pages.walk.person("team-manager")
    page = words_of(answer.content)
    assert "Whose move it is" in page
    assert f"{manager.given_name} {manager.family_name}" in page
    assert manager.email in page
    assert 'name="outcome"' not in answer.content.decode()
    sent = pages.send("closure-overseen", "agreed")
    assert sent.status_code == 409
    assert [one for one in missing_on(sent) if "is for" in one]


def test_nobody_oversees_what_they_began_themselves(pages: Pages) -> None:
    pages.walk.to_handed_over().to_endings()
    pages.walk.do("closure-begun", "begun", by="team-manager")
    page = pages.words("/steps/closure-overseen", by="team-manager")
    assert "You recorded “Begin the closure” yourself" in page
    assert "Nobody approves their own work." in page


def test_a_step_that_is_done_says_which_record_stands_and_by_whom(pages: Pages) -> None:
    pages.walk.to_family_agreed("targeted")
    page = pages.words("/steps/assessment-shown")
    worker = pages.walk.person("social-worker")
    assert (
        f"This stands: The family has seen the assessment. Recorded by {worker.given_name} {worker.family_name}" in page
    )
    again = pages.send("assessment-shown", "shown")
    assert again.status_code == 409
    assert [one for one in missing_on(again) if "is done already" in one]


def test_choosing_again_says_what_will_be_done_again(pages: Pages) -> None:
    pages.walk.to_practitioner_allocated()
    page = pages.words("/steps/early-help-considered")
    assert "Record it again" in page
    assert "Then this is done again: " in page


def test_a_concern_is_not_decided_on_the_step_but_on_its_own_page(pages: Pages) -> None:
    walk = pages.walk
    report_concern(who="a", what="b", family_ref=walk.family.family.ref, by=walk.person("social-worker"), now=walk.now)
    duty = "duty-manager"
    page = pages.words("/steps/concern-decided", by=duty)
    assert "A concern is decided on its own page" in page
    link = f'href="/concerns/{Concern.objects.get().ref}"'
    assert link in pages.get("/steps/concern-decided", by=duty).content.decode()
    assert link not in pages.get("/steps/concern-decided").content.decode(), "a worker receives no concerns"
    sent = pages.send("concern-decided", "support-goes-on", by=duty, **{"reason-support-goes-on": "x"})
    assert sent.status_code == 409
    assert Concern.objects.filter(decided_at__isnull=True).exists()


def test_a_step_or_a_child_that_the_transfer_does_not_have_is_not_there(pages: Pages) -> None:
    assert pages.get("/steps/none-such").status_code == 404
    assert pages.get("/steps/endings-letter").status_code == 404, "a step for each child without a child"
    assert pages.get("/steps/endings-letter", child="00000000").status_code == 404
    assert pages.send("closure-begun", "none-such").status_code == 404


# The closure


def test_a_closure_that_is_too_early_lists_exactly_what_is_missing(pages: Pages) -> None:
    walk = pages.walk.to_practitioner_allocated()
    report_concern(who="a", what="b", family_ref=walk.family.family.ref, by=walk.person("social-worker"), now=walk.now)
    with at(walk.now):
        opened = access_transfer_to_read(walk.run.ref, by=walk.person("social-worker"), now=walk.now)
    reasons = find_closure_gaps(opened.case.pathway, opened.case.observed.facts)
    of_first = [reason for reason in reasons if reason.child in (None, 0)]
    answer = pages.send("case-closed", "targeted-help-begins", child=walk.child_refs[0])
    assert answer.status_code == 409
    assert len(missing_on(answer)) == len(of_first) == len(set(missing_on(answer)))
    assert "A safeguarding concern about a child of this household has not been decided yet." in missing_on(answer)
    assert "Make the ending visit" in missing_on(answer)
    assert not any(walk.family.children[1].given_name in one for one in missing_on(answer)), "the other child's letter"
    page = words_of(answer.content)
    assert "an ending visit should be completed with the family" in page
    assert "ask for an exception" in page
