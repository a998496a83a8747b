"""The pack and the family's letter: who may have how much, what they hold, and that it is noted."""

import pytest

from handhold.audit.models import AuditEvent
from handhold.records.models import AssessmentSection, Person
from tests.actions.walking import Walk, begin
from tests.documents.reading import text_of
from tests.records.factories import make_council, make_family
from tests.web.walked import at, rename, signed_in, statements, words_of

pytestmark = pytest.mark.django_db
NEED = "Mornings are hard and school starts late"


@pytest.fixture
def walk() -> Walk:
    council = make_council()
    return begin(council, rename(make_family(council, children=2))).to_lead_asked()


def address(walk: Walk, page: str) -> str:
    return f"/transfers/{walk.run.ref}/{page}"


def pack_of(walk: Walk, role: str) -> str:
    with at(walk.now):
        answer = signed_in(walk.person(role)).get(address(walk, "pack.pdf"))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    return text_of(answer.content)


def test_the_worker_has_the_whole_pack(walk: Walk) -> None:
    text = pack_of(walk, "social-worker")
    assert NEED in text
    assert AssessmentSection.objects.get().text in text
    assert walk.family.children[0].given_name in text
    assert walk.family.mother.given_name in text


def test_whoever_was_asked_has_need_agencies_and_plan_and_no_more(walk: Walk) -> None:
    text = pack_of(walk, "lead-practitioner")
    assert NEED in text
    assert "Health visiting" in text
    assert AssessmentSection.objects.get().text not in text
    assert walk.family.children[0].given_name not in text
    assert walk.family.mother.given_name not in text


def test_whoever_accepted_has_the_whole_pack_while_the_family_consents(walk: Walk) -> None:
    walk.do("lead-answer", "accepted", walk.at(agreed_date=walk.now.date()), by=walk.person("lead-practitioner"))
    assert AssessmentSection.objects.get().text in pack_of(walk, "lead-practitioner")
    walk.do("consent", "withdrawn", walk.consent())
    with at(walk.now):
        lead = signed_in(walk.person("lead-practitioner"))
        assert lead.get(address(walk, "pack.pdf")).status_code == 404
        page = lead.get(address(walk, "pack"))
    assert page.status_code == 403
    assert "The family does not agree to this help as things stand now" in words_of(page.content)
    assert f"Ask {walk.person('social-worker').given_name}" in words_of(page.content)
    assert NEED not in words_of(page.content)
    assert NEED in pack_of(walk, "social-worker")


def test_a_member_of_the_meeting_has_the_proposal_and_not_the_pack() -> None:
    council = make_council()
    walk = begin(council, rename(make_family(council, children=1))).to_family_agreed("targeted")
    walk.do("support-requested", "requested")
    text = pack_of(walk, "practice-manager")
    assert NEED in text
    assert AssessmentSection.objects.get().text not in text


def test_each_giving_out_is_noted(walk: Walk) -> None:
    pack_of(walk, "social-worker")
    pack_of(walk, "lead-practitioner")
    notes = AuditEvent.objects.filter(name="pack.read").order_by("pk")
    assert [one.actor_id for one in notes] == [walk.person("social-worker").pk, walk.person("lead-practitioner").pk]
    assert all(walk.run.ref in one.subjects for one in notes)
    with at(walk.now):
        signed_in(walk.person("social-worker")).get(address(walk, "pack"))
    assert AuditEvent.objects.filter(name="pack.read").count() == 2, "the list of contents holds nothing to read"


def test_the_list_says_what_is_in_it_and_what_is_missing(walk: Walk) -> None:
    with at(walk.now):
        page = words_of(signed_in(walk.person("social-worker")).get(address(walk, "pack")).content)
    assert "The assessment 1 section" in page
    assert "The children's own words Not recorded yet" in page
    assert "What is missing who helps next the children's own words" in page


def test_another_family_of_the_same_worker_is_not_in_it(walk: Walk) -> None:
    other = rename(make_family(walk.council, children=1))
    begin(walk.council, other).to_lead_asked()
    text = pack_of(walk, "social-worker")
    assert other.family.name not in text
    assert other.children[0].given_name not in text


@pytest.mark.parametrize("who", ["stranger", "second_lead"])
@pytest.mark.parametrize("page", ["pack", "pack.pdf", "family-letter.pdf"])
def test_a_stranger_finds_nothing(walk: Walk, who: str, page: str) -> None:
    with at(walk.now):
        answer = signed_in(getattr(walk.council, who)).get(address(walk, page))
    assert answer.status_code == 404
    assert not AuditEvent.objects.filter(name="pack.read").exists()


def test_the_familys_letter_says_who_helps_now_and_how_to_reach_them(walk: Walk) -> None:
    worker, lead = walk.person("social-worker"), walk.person("lead-practitioner")
    with at(walk.now):
        before = signed_in(worker).get(address(walk, "family-letter.pdf"))
    walk.do("lead-answer", "accepted", walk.at(agreed_date=walk.now.date()), by=lead)
    with at(walk.now):
        letter = signed_in(worker).get(address(walk, "family-letter.pdf"))
        for_the_lead = signed_in(lead).get(address(walk, "family-letter.pdf"))
    text = text_of(letter.content)
    assert before.status_code == 404, "nobody has accepted yet"
    assert f"{lead.given_name} {lead.family_name} will be the person who helps you" in text
    assert lead.phone in text
    assert "You agreed to partner-led early help." in text
    assert for_the_lead.status_code == 404
    assert AuditEvent.objects.filter(name="family-letter.made").count() == 1


def test_a_name_that_cannot_be_printed_is_told_and_not_printed_wrongly(walk: Walk) -> None:
    Person.objects.filter(pk=walk.family.mother.pk).update(given_name="\U0001f600")
    with at(walk.now):
        answer = signed_in(walk.person("social-worker")).get(address(walk, "pack.pdf"), follow=True)
    assert "This paper cannot be printed yet." in words_of(answer.content)


def test_the_page_asks_the_database_few_questions(walk: Walk) -> None:
    with at(walk.now):
        assert len(statements(signed_in(walk.person("social-worker")), address(walk, "pack"))) <= 16
