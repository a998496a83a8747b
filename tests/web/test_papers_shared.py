"""What a partner reads of a family: its papers while it agrees (Y4, Y9), and nothing of a concern about it (Y55)."""

from dataclasses import replace

import pytest

from handhold.actions.concerns import decide_concern, report_concern
from handhold.actions.steps import ask_exception, decide_exception
from handhold.records.models import AssessmentSection, Consent, Document
from tests.actions.walking import PDF, Walk, begin
from tests.documents.reading import text_of
from tests.records.factories import NOW, make_assessment, make_council, make_family
from tests.web.walked import at, rename, signed_in, words_of

pytestmark = pytest.mark.django_db

NEED = "Mornings are hard and school starts late"
SECTION, OLD_SECTION, CHILD_SAYS = "canary-assessment", "canary-earlier-assessment", "canary-own-words"
NOTE, PAPER, DECIDED, UNSAFE = "canary-note", "canary-paper", "canary-decided", "canary-unsafe"
SHARED = {SECTION, CHILD_SAYS, NOTE, PAPER}
LEAD, WORKER = "lead-practitioner", "social-worker"


@pytest.fixture
def walk() -> Walk:
    """A family with an earlier assessment, handed on to a partner who has accepted; one letter is on record."""
    council = make_council()
    family = rename(make_family(council, children=2))
    earlier = make_assessment(council, family)
    walked = begin(council, family)
    write(walked, earlier.pk, "analysis", OLD_SECTION)
    write(walked, walked.run.assessment_id, "analysis", SECTION)
    write(walked, walked.run.assessment_id, "child-view", CHILD_SAYS)
    walked.to_lead_accepted()
    walked.do("consent", "withdrawn", replace(walked.consent(), note=NOTE), reason=NOTE)
    walked.do("what-no-consent-means", "offer-again", by="team-manager")
    walked.do("consent", "given", replace(walked.consent(), note=NOTE), reason=NOTE)
    Document.objects.create(
        family=family.family,
        run=walked.run,
        child=family.children[0],
        kind="endings-letter",
        title=PAPER,
        sha256="0" * 64,
        content=PDF,
        made_at=walked.now,
    )
    return walked


def write(walk: Walk, assessment: int | None, code: str, text: str) -> None:
    assert assessment is not None
    AssessmentSection.objects.create(
        assessment_id=assessment, code=code, text=text, version=2, written_by=walk.person(WORKER), written_at=NOW
    )


def withdraw(walk: Walk) -> None:
    walk.do("consent", "withdrawn", replace(walk.consent(), note=NOTE), reason=NOTE)


def read_by(walk: Walk, role: str) -> dict[str, str]:
    """The words of every page on which papers stand, and of the pack on paper, as somebody gets them."""
    run, family, child = walk.run.ref, walk.family.family.ref, walk.family.children[0].ref
    pages = {
        "transfer": f"/transfers/{run}",
        "story": f"/transfers/{run}/story",
        "step": f"/transfers/{run}/steps/assessment-shown",
        "consent": f"/transfers/{run}/steps/consent",
        "oversight": f"/transfers/{run}/steps/closure-overseen",
        "pack": f"/transfers/{run}/pack",
        "pack.pdf": f"/transfers/{run}/pack.pdf",
        "family": f"/families/{family}",
        "papers": f"/families/{family}/papers",
        "chronology": f"/families/{family}/chronology",
        "child": f"/children/{child}",
        "my work": "/",
    }
    with at(walk.now):
        client = signed_in(walk.person(role))
        answers = {name: client.get(address) for name, address in pages.items()}
    return {
        name: text_of(one.content) if one["Content-Type"] == "application/pdf" else words_of(one.content)
        for name, one in answers.items()
    }


def canaries(pages: dict[str, str]) -> set[str]:
    every = {SECTION, OLD_SECTION, CHILD_SAYS, NOTE, PAPER, DECIDED, UNSAFE}
    return {word for word in every if any(word in text for text in pages.values())}


def test_a_partner_who_accepted_reads_the_papers_of_their_transfer_while_the_family_agrees(walk: Walk) -> None:
    pages = read_by(walk, LEAD)
    assert canaries(pages) == SHARED
    assert PAPER in pages["transfer"]
    assert SECTION in pages["papers"]
    assert CHILD_SAYS in pages["child"]
    assert SECTION in pages["pack.pdf"]


def test_once_consent_is_withdrawn_no_page_of_a_partner_has_any_of_it_and_each_says_why(walk: Walk) -> None:
    withdraw(walk)
    pages = read_by(walk, LEAD)
    assert canaries(pages) == set()
    assert not any(NEED in text for text in pages.values())
    for name in ("transfer", "step", "papers", "child"):
        assert "The family has not agreed to share this with you" in pages[name], name


def test_the_worker_reads_all_of_it_whatever_the_family_answered(walk: Walk) -> None:
    withdraw(walk)
    pages = read_by(walk, WORKER)
    assert canaries(pages) == SHARED | {OLD_SECTION}
    assert NOTE in pages["story"]
    assert NOTE in pages["papers"]
    assert NOTE in pages["chronology"]
    assert PAPER in pages["child"]
    assert not any("has not agreed to share" in text for text in pages.values())


def test_a_partner_cannot_open_a_paper_once_consent_is_withdrawn(walk: Walk) -> None:
    paper = Document.objects.get(title=PAPER)
    addresses = (f"/documents/{paper.ref}", f"/transfers/{walk.run.ref}/documents/{paper.ref}")

    def opened_by(role: str) -> list[int]:
        with at(walk.now):
            return [signed_in(walk.person(role)).get(address).status_code for address in addresses]

    assert opened_by(LEAD) == [200, 200]
    withdraw(walk)
    assert opened_by(LEAD) == [404, 404]
    assert opened_by(WORKER) == [200, 200]


def test_a_lead_who_has_taken_over_keeps_the_plan_and_whom_to_ring_and_no_papers(walk: Walk) -> None:
    walk.to_closed()
    assert canaries(read_by(walk, LEAD)) == SHARED
    walk.do("consent", "withdrawn", replace(walk.consent(), note=NOTE), by=LEAD, reason=NOTE)
    assert Consent.objects.latest("pk").outcome == "withdrawn"
    pages = read_by(walk, LEAD)
    assert canaries(pages) == set()
    assert NEED in pages["child"]
    assert NEED in pages["pack.pdf"]
    assert walk.person(LEAD).family_name in pages["child"]


def test_a_decided_concern_is_in_nobodys_story_and_on_no_page_of_a_partner(walk: Walk) -> None:
    concern = report_concern(who="a", what="b", family_ref=walk.family.family.ref, by=walk.person(WORKER), now=walk.now)
    decide_concern(concern.ref, "support-goes-on", DECIDED, by=walk.person("front-door"), now=walk.now)
    assert canaries(read_by(walk, LEAD)) == SHARED
    assert DECIDED not in read_by(walk, WORKER)["story"]
    with at(walk.now):
        own_page, page = (
            signed_in(walk.person(role)).get(f"/concerns/{concern.ref}") for role in (WORKER, "front-door")
        )
        step = f"/transfers/{walk.run.ref}/steps/concern-decided"
        by_lead, by_worker = (signed_in(walk.person(role)).get(step) for role in (LEAD, WORKER))
    assert DECIDED in words_of(page.content)
    assert DECIDED not in words_of(own_page.content), "who reported it learns what was decided, not why"
    assert "The support planned is still right" in words_of(own_page.content)
    assert (by_lead.status_code, by_worker.status_code) == (404, 200)


def test_an_open_concern_is_to_a_partner_something_that_is_looked_into(walk: Walk) -> None:
    report_concern(who="a", what="b", family_ref=walk.family.family.ref, by=walk.person(WORKER), now=walk.now)
    worker = walk.person(WORKER)
    vague = f"Something is being looked into. Ring {worker.given_name} {worker.family_name} on {worker.phone}."
    lead, own = read_by(walk, LEAD), read_by(walk, WORKER)
    assert vague in lead["transfer"]
    assert "A safeguarding concern about a child of this household" in own["transfer"]
    for name, text in lead.items():  # the way to report one stands on every page
        assert "concern" not in text.replace("Report a safeguarding concern", "").lower(), name


def test_a_partner_reads_that_an_exception_was_made_and_not_why_it_is_unsafe(walk: Walk) -> None:
    ask_exception(walk.run.ref, "ending-visit", "unsafe", UNSAFE, by=walk.person(WORKER), now=walk.now)
    asked = read_by(walk, LEAD)
    manager = walk.person("team-manager")
    decide_exception(walk.run.ref, "ending-visit", granted=True, reason=UNSAFE, by=manager, now=walk.now)
    granted = read_by(walk, LEAD)
    for pages in (asked, granted):
        assert canaries(pages) == SHARED
        assert "An exception was asked for." in pages["story"]
        assert not any("would not be safe" in pages[name] for name in ("story", "chronology"))
    assert "The exception was granted." in granted["story"]
    own = read_by(walk, WORKER)
    assert UNSAFE in own["story"]
    assert UNSAFE in own["chronology"]


def test_the_reason_of_an_exception_that_is_not_about_safety_is_read_by_both_ends(walk: Walk) -> None:
    ask_exception(walk.run.ref, "ending-visit", "declined", "They are away", by=walk.person(WORKER), now=walk.now)
    assert "They are away" in read_by(walk, LEAD)["story"]
