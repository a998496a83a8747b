"""The page of a transfer: who holds whom, what stands before the end of social work, whose move, and who may see it."""

import re
from datetime import timedelta

import pytest

from handhold.access.policy import SIGHT
from handhold.actions.concerns import report_concern
from handhold.audit.models import AuditEvent
from handhold.casefiles import contents
from handhold.casefiles.protocols import protocol_of
from handhold.notifications.models import OutboxMessage
from handhold.records.models import Document, Message, Run
from tests.actions.walking import PDF, begin
from tests.records.factories import make_council, make_family
from tests.web.stepping import Pages
from tests.web.walked import at, filled_in, rename, signed_in, statements, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages() -> Pages:
    council = make_council()
    return Pages(begin(council, rename(make_family(council, children=3))))


def gaps_on(html: str) -> list[str]:
    """What the panel lists as missing."""
    return [words_of(one.encode()).strip() for one in re.findall(r'<p class="app-gap__what">(.*?)</p>', html)]


def panel_of(pages: Pages, **who: str) -> str:
    html = pages.get(**who).content.decode()
    found = re.search(r'<section class="app-missing".*?</section>', html, re.DOTALL)
    assert found
    return found[0]


def test_the_head_says_who_holds_whom_now_and_who_is_next(pages: Pages) -> None:
    pages.walk.to_practitioner_allocated()
    page, walk = pages.words(), pages.walk
    worker, lead, mother = walk.person("social-worker"), walk.person("support-practitioner"), walk.family.mother
    first = walk.family.children[0]
    assert f"{walk.family.family.name} family: {first.given_name} (11)" in page
    assert f"Responsible now {worker.given_name} {worker.family_name}, social worker, Assessment team 2" in page
    assert f"Next {lead.given_name} {lead.family_name}" in page
    assert "(has accepted)" in page
    assert f"Consent Given by {mother.given_name} {mother.family_name}, 24 Nov" in page
    assert "Agreed to be done by Fri 11 Dec 2026" in page
    assert "Step down from a single assessment, to targeted early help" in page


def test_the_panel_lists_what_the_closure_still_waits_for_and_nothing_that_is_done(pages: Pages) -> None:
    pages.walk.to_handed_over().to_endings()
    panel = panel_of(pages)
    assert set(gaps_on(panel)) == {
        "Begin the closure",
        "Check section 2 of the early help recording form",
        "Confirm the support practitioner",
        "Oversee the closure",
        "Add the lead practitioner to the professional relationships",
    }
    assert "Before social work ends (7)" in words_of(panel.encode()), "four, and one for each of three children"


def test_the_same_step_of_several_children_is_one_row_with_a_link_to_each(pages: Pages) -> None:
    pages.walk.to_handed_over()
    panel = panel_of(pages)
    assert gaps_on(panel).count("Write the endings letter") == 1
    for child in pages.walk.family.children:
        assert f'{pages.address("/steps/endings-letter", child.ref)}"' in panel
    first, *others = pages.walk.family.children
    letter = pages.walk.at(contents.LetterContent, title="Goodbye", recipient="The child", pdf=PDF)
    for child in others:
        pages.walk.do("endings-letter", "given", letter, child=child.ref)
    assert f"Write the endings letter: {first.given_name}" in gaps_on(panel_of(pages))


def test_what_only_waits_is_folded_away_after_what_somebody_can_do(pages: Pages) -> None:
    pages.walk.to_handed_over()
    panel = panel_of(pages)
    fold = re.search(r"(\d+) more wait for these", panel)
    assert fold
    before, after = gaps_on(panel[: fold.start()]), gaps_on(panel[fold.start() :])
    assert "Make the ending visit" in before
    assert "Oversee the closure" in after
    assert panel.index("once “") > fold.start()


def test_what_this_person_can_do_now_has_a_button_and_comes_first(pages: Pages) -> None:
    pages.walk.to_handed_over()
    mine, theirs = panel_of(pages), panel_of(pages, by="practice-manager")
    assert "Record the visit" in words_of(mine.encode())
    assert "Record the visit" not in words_of(theirs.encode())
    first_waiting = mine.index("once “")
    assert mine.rindex("govuk-button") < first_waiting


def test_a_gate_that_can_be_excepted_shows_the_way_and_a_hard_one_does_not(pages: Pages) -> None:
    pages.walk.to_handed_over()
    panel = panel_of(pages)
    assert f"{pages.address('/steps/ending-visit/exception')}" in panel
    assert "/steps/closure-begun/exception" not in panel


def test_an_open_concern_stands_in_the_panel_with_those_who_decide(pages: Pages) -> None:
    walk = pages.walk.to_handed_over()
    assert "safeguarding concern" not in " ".join(gaps_on(panel_of(pages)))
    report_concern(who="a", what="b", family_ref=walk.family.family.ref, by=walk.person("social-worker"), now=walk.now)
    panel = panel_of(pages)
    assert gaps_on(panel)[0] == "A safeguarding concern about a child of this household has not been decided yet."
    front_door = walk.person("front-door")
    assert f"Who decides: {front_door.given_name} {front_door.family_name}" in words_of(panel.encode())


def test_done_steps_are_folded_away_with_who_did_them(pages: Pages) -> None:
    pages.walk.to_handed_over()
    html = pages.get().content.decode()
    folded = html[html.index("Done: agree with the family") :]
    worker = pages.walk.person("social-worker")
    assert f"The plan is ready to show to the family. Recorded by {worker.given_name}" in words_of(folded.encode())
    assert "Done: agree with the family (5)" in words_of(html.encode())


def test_due_words_and_the_limit_stand_beside_a_step_with_one(pages: Pages) -> None:
    pages.walk.to_practitioner_allocated()
    page = pages.words()
    assert "Due Mon 30 Nov" in page
    assert "5 working days: from the completion of the assessment to the joint handover meeting (Y23)" in page
    pages.walk.now += timedelta(days=7)
    assert "Overdue by 1 working day" in pages.words()


def test_what_can_happen_at_any_moment_is_offered_to_those_who_may(pages: Pages) -> None:
    assert "Stop this transfer" in pages.words()
    pages.walk.to_practitioner_allocated()
    assert "Stop this transfer" not in pages.words(by="support-practitioner")
    assert "Record that the practitioner who was to lead cannot go on" in pages.words(by="support-practitioner")


def test_once_every_child_is_closed_nothing_stands_before_the_end_though_the_form_still_lies_in_its_queue(
    pages: Pages,
) -> None:
    pages.walk.to_lead_accepted().to_closed()
    page = pages.words()
    assert "Take the form up from 'Partner led EHA'" in page
    assert "Before social work ends" not in page
    assert "(took over)" in page


def test_after_the_end_no_panel_and_how_it_ended(pages: Pages) -> None:
    pages.walk.to_handed_over().to_closed()
    html = pages.get().content.decode()
    assert "Before social work ends" not in html
    page, names = words_of(html.encode()), [child.given_name for child in pages.walk.family.children]
    assert re.search(rf"Ended \w+ \d+ \w+ 2026, completed \({names[0]}, {names[1]} and {names[2]}: early help\)", page)
    assert "Next" not in re.findall(r'summary-list__key">(.*?)</dt>', html)
    assert "The transfer ended: completed" in pages.words("/story")


def test_a_page_of_three_children_takes_at_most_fifteen_statements(pages: Pages) -> None:
    pages.walk.to_handed_over().to_endings()
    with at(pages.walk.now):
        browser = pages.browser("social-worker")
        browser.get(pages.address())
        asked = statements(browser, pages.address())
    assert len(asked) <= 15, "\n".join(asked)


# Messages


def test_a_message_reaches_the_other_end_once(pages: Pages) -> None:
    walk = pages.walk.to_practitioner_allocated()
    OutboxMessage.objects.all().delete()
    sent = filled_in(text="Can we meet before the visit?")
    assert pages.post("/messages", sent)["Location"] == f"{pages.address()}#messages"
    assert pages.post("/messages", sent).status_code == 302, "the second click leads where the first did"
    assert Message.objects.filter(run=walk.run).count() == 1
    assert [one.to_address for one in OutboxMessage.objects.all()] == [walk.person("support-practitioner").email]
    assert "Can we meet before the visit?" in pages.words(by="support-practitioner")


def test_an_empty_message_is_asked_for_again(pages: Pages) -> None:
    answer = pages.post("/messages", {"text": " "})
    assert answer.status_code == 422
    assert "Write the message" in words_of(answer.content)
    assert not Message.objects.exists()


# Story and documents


def test_the_story_tells_what_happened_when_and_when_it_was_written_down(pages: Pages) -> None:
    walk = pages.walk.to_family_agreed("targeted")
    pages.post(
        "/steps/ending-visit/exception", {"kind": "declined", "reason": "They were asked twice and would rather not."}
    )
    pages.walk.do("early-help-considered", "universal", reason="They manage.")
    page = pages.words("/story")
    worker = walk.person("social-worker")
    assert f"Make the ending visit by {worker.given_name} {worker.family_name}" in page
    assert "An exception was asked for: the family declined." in page
    assert "They were asked twice and would rather not." in page
    assert "Stands no more" in page, "the first choice of destination"
    assert page.index("They manage.") < page.index("The transfer began"), "newest first"
    assert re.search(r"Authorise the single assessment.*?Mon 23 Nov 2026, 10am Written down Tue 24 Nov 2026", page)


def test_a_document_is_of_this_transfer_and_for_those_who_see_its_papers(pages: Pages) -> None:
    walk = pages.walk.to_handed_over().to_endings()
    letter = Document.objects.filter(run=walk.run).first()
    assert letter is not None
    answer = pages.get(f"/documents/{letter.ref}")
    (entry,) = AuditEvent.objects.filter(name="document.read")
    assert {letter.ref, walk.run.ref, walk.child_refs[0]} < {*entry.subjects}
    assert entry.actor_id == walk.person("social-worker").pk
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert walk.family.family.name not in answer["Content-Disposition"]
    assert pages.get("/documents/00000000").status_code == 404
    other = Pages(begin(walk.council, make_family(walk.council, children=1)))
    other.walk.now = walk.now
    assert other.get(f"/documents/{letter.ref}").status_code == 404
    assert "meeting-member" not in SIGHT["pack"]
    assert pages.get(by="transfer-meeting-chair").status_code == 200
    assert pages.get(f"/documents/{letter.ref}", by="transfer-meeting-chair").status_code == 404


# Whose it is not


def every_address(pages: Pages) -> list[str]:
    pathway = protocol_of(pages.walk.run).pathways[pages.walk.run.pathway]
    steps = [
        (f"/steps/{step.id}{more}", pages.walk.child_refs[0] if step.per == "child" else "")
        for step in pathway.steps.values()
        for more in ("", "/exception", "/exception/decision")
    ]
    return [pages.address(page, child) for page, child in [("", ""), ("/story", ""), ("/messages", ""), *steps]]


def test_a_stranger_gets_the_same_page_as_for_what_does_not_exist(pages: Pages) -> None:
    pages.walk.to_lead_asked()
    nowhere = "/transfers/00000000/steps/consent"
    only_read, only_sent = {pages.address(), pages.address("/story")}, {pages.address("/messages")}
    with at(pages.walk.now):
        for who in (pages.walk.council.stranger, pages.walk.person("lead-practitioner")):
            browser = signed_in(who, pages.walk.now)
            missing = words_of(browser.get(nowhere).content)
            for address in set(every_address(pages)) - only_sent:
                answer = browser.get(address)
                assert (answer.status_code, words_of(answer.content)) == (404, missing), address
            for address in set(every_address(pages)) - only_read:
                answer = browser.post(address, filled_in())
                assert (answer.status_code, words_of(answer.content)) == (404, missing), address


def test_the_same_addresses_are_there_for_who_works_with_the_family(pages: Pages) -> None:
    pages.walk.to_lead_asked()
    with at(pages.walk.now):
        browser = pages.browser("social-worker")
        answers = {address: browser.get(address).status_code for address in every_address(pages)}
    assert {code for address, code in answers.items() if not address.endswith("/messages")} == {200, 302}


# Beginning one


@pytest.fixture
def family_pages() -> Pages:
    council = make_council()
    walk = begin(council, rename(make_family(council, children=2)))
    pages = Pages(walk)
    pages.walk.do("transfer-cancelled", "cancelled")
    return pages


def start_address(pages: Pages) -> str:
    return f"/families/{pages.walk.family.family.ref}/transfers/new?pathway=assessment-to-early-help"


def test_a_transfer_begins_for_the_children_chosen(family_pages: Pages) -> None:
    walk = family_pages.walk
    with at(walk.now):
        browser = family_pages.browser("social-worker")
        page = words_of(browser.get(start_address(family_pages)).content)
        assert walk.family.children[0].given_name in page
        assert "The latest sitting that still leaves room is on Tue 24 Nov 2026" not in page
        answers = filled_in(children=walk.child_refs[:1], assessment=walk.run.assessment.ref)  # type: ignore[union-attr]
        first = browser.post(start_address(family_pages), answers)
        second = browser.post(start_address(family_pages), answers)
    begun = Run.objects.exclude(pk=walk.run.pk)
    assert begun.count() == 1, "two clicks are one transfer"
    assert [one.child.ref for one in begun.get().run_children.all()] == walk.child_refs[:1]
    assert first["Location"] == f"/transfers/{begun.get().ref}"
    assert second.status_code == 302


def test_the_page_says_which_sitting_still_leaves_room_and_warns_where_none_does(family_pages: Pages) -> None:
    walk = family_pages.walk
    with at(walk.now):
        page = words_of(family_pages.browser("social-worker").get(start_address(family_pages)).content)
    assert "no sitting leaves room for “Hold the joint handover meeting”, which is due by Mon 30 Nov 2026" in page
    assessment = walk.run.assessment
    assert assessment is not None
    with at(walk.now - timedelta(hours=2)):
        family_pages.walk.now -= timedelta(hours=2)
        page = words_of(family_pages.browser("social-worker").get(start_address(family_pages)).content)
    assert "The latest sitting that still leaves room is on Tue 24 Nov 2026, 9.30am" in page


def test_a_child_on_the_way_is_not_offered_again_and_its_transfer_is_linked(pages: Pages) -> None:
    with at(pages.walk.now):
        html = pages.browser("social-worker").get(start_address(pages)).content.decode()
    assert f'href="{pages.address()}"' in html
    assert "No child of this family can begin it now." in words_of(html.encode())


def test_nobody_is_chosen_and_nothing_begins(family_pages: Pages) -> None:
    with at(family_pages.walk.now):
        answer = family_pages.browser("social-worker").post(start_address(family_pages), filled_in())
    assert answer.status_code == 422
    assert "Choose at least one child" in words_of(answer.content)
    assert Run.objects.count() == 1


def test_a_stranger_begins_nothing(family_pages: Pages) -> None:
    with at(family_pages.walk.now):
        browser = signed_in(family_pages.walk.council.stranger, family_pages.walk.now)
        assert browser.get(start_address(family_pages)).status_code == 404
        assert browser.get(f"{start_address(family_pages)}?pathway=none-such").status_code == 404
