"""Families and children on pages: who sees them, what stands there, and that others cannot tell that they exist."""

from datetime import timedelta

import pytest

from handhold.audit.models import AuditEvent
from handhold.records.models import Assessment, Document, FamilyMember, Person, Visit, VisitChild
from handhold.web.british_dates import day_and_clock, short_day
from tests.actions.walking import Walk, begin
from tests.records.factories import NOW, MadeCouncil, make_assessment, make_council, make_family
from tests.web.walked import at, filled_in, signed_in, statements, words_of

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 15
MOST_FOR_A_RECEIVER = 24  # whether the family agrees is read from the transfer itself


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def walk(council: MadeCouncil) -> Walk:
    return begin(council, make_family(council, children=2))


def pages_of(walk: Walk) -> list[str]:
    family, child = walk.family.family.ref, walk.family.children[0].ref
    return [
        f"/families/{family}",
        f"/families/{family}/papers",
        f"/families/{family}/chronology",
        f"/families/{family}/chronology?kind=consent",
        f"/children/{child}",
    ]


@pytest.mark.parametrize("role", ["social-worker", "team-manager", "service-manager", "duty-manager"])
def test_who_works_with_the_family_sees_it(walk: Walk, role: str) -> None:
    walk.to_lead_accepted()
    with at(walk.now):
        client = signed_in(walk.person(role))
        assert [client.get(page).status_code for page in pages_of(walk)] == [200] * 5


@pytest.mark.parametrize("role", ["stranger", "front-door", "early-help-coordinator", "lead-practitioner"])
def test_for_others_it_is_as_if_there_were_none(walk: Walk, role: str) -> None:
    """A lead who was not asked; the index roles, who see that a child is known and no page about them."""
    person = walk.council.stranger if role == "stranger" else walk.person(role)
    with at(walk.now):
        client = signed_in(person)
        nothing = words_of(client.get("/families/THERE0IS").content)
        for page in pages_of(walk):
            answer = client.get(page)
            assert answer.status_code == 404, page
            assert words_of(answer.content) == nothing
        assert walk.family.family.ref not in client.get("/families").content.decode()


def test_another_councils_service_manager_sees_nothing(walk: Walk) -> None:
    other = make_council(code="other")
    with at(walk.now):
        client = signed_in(other.practitioners["service-manager"])
        assert {client.get(page).status_code for page in pages_of(walk)} == {404}


def test_the_list_finds_by_the_name_of_the_family_or_of_somebody_in_it(walk: Walk, council: MadeCouncil) -> None:
    other = make_family(council, children=1)
    Person.objects.filter(pk=other.children[0].pk).update(known_as="Zebedee")
    with at(walk.now):
        client = signed_in(walk.person("social-worker"))
        found = client.get("/families?q=zebed").content.decode()
        nobody = words_of(client.get("/families?q=nosuchname").content)
    assert f"/families/{other.family.ref}" in found
    assert f"/families/{walk.family.family.ref}" not in found
    assert "No family that you work with has that name" in nobody


def test_a_family_says_who_is_responsible_and_who_is_main_contact(walk: Walk) -> None:
    worker = walk.person("social-worker")
    with at(walk.now):
        words = words_of(signed_in(worker).get(pages_of(walk)[0]).content)
    assert f"Main contact {worker.given_name} {worker.family_name}" in words
    assert "responsible for single assessment since" in words
    assert "Parental responsibility for" in words
    assert "Health visitor" in words
    assert "Step down from a single assessment" in words


def test_a_pathway_can_be_begun_where_no_transfer_is_on_its_way(walk: Walk, council: MadeCouncil) -> None:
    other = make_family(council, children=1)
    with at(walk.now):
        client = signed_in(walk.person("social-worker"))
        begins = "transfers/new?pathway=assessment-to-early-help"
        assert begins in client.get(f"/families/{other.family.ref}").content.decode()
        assert begins not in client.get(f"/families/{walk.family.family.ref}").content.decode()
        service = signed_in(walk.person("service-manager"))
        assert begins not in service.get(f"/families/{other.family.ref}").content.decode(), "not of the worker's team"


def test_what_an_import_knows_by_its_day_alone_is_told_without_an_hour(walk: Walk) -> None:
    worker, visited_at = walk.person("social-worker"), NOW - timedelta(days=9)
    by_day = NOW.replace(hour=0, minute=0)
    for kind, happened_at in (("by-day", by_day), ("by-hour", visited_at)):
        Visit.objects.create(family=walk.family.family, kind=kind, visited_at=happened_at, by=worker)
    with at(walk.now):
        told = words_of(signed_in(worker).get(f"/families/{walk.family.family.ref}/chronology?kind=visit").content)
    assert f"{short_day(by_day)} Seen" in told
    assert f"{day_and_clock(visited_at)} Seen" in told
    assert "midnight" not in told


def test_the_chronology_tells_each_thing_once_newest_first_and_by_kind(walk: Walk) -> None:
    walk.to_lead_accepted().to_endings()
    address = pages_of(walk)[2]
    with at(walk.now):
        client = signed_in(walk.person("social-worker"))
        everything = words_of(client.get(address).content)
        consents = words_of(client.get(f"{address}?kind=consent").content)
    assert everything.count("Consent to early help: given") == 1
    assert "Ask the family for consent" not in everything, "the consent itself is the richer record"
    assert "Ending visit" in everything
    assert "Seen alone" not in everything
    assert everything.index("Ending visit") < everything.index("Consent to early help: given")
    assert "became responsible for" in everything
    assert "newest first (1)" in consents


def test_a_child_page_says_when_the_child_was_last_seen_and_alone(walk: Walk) -> None:
    child, worker = walk.family.children[0], walk.person("social-worker")
    for days, alone in ((9, True), (2, False)):
        visit = Visit.objects.create(
            family=walk.family.family, kind="home-visit", visited_at=NOW - timedelta(days=days), by=worker
        )
        VisitChild.objects.create(visit=visit, child=child, seen=True, seen_alone=alone)
    with at(walk.now):
        client = signed_in(worker)
        words = words_of(client.get(f"/children/{child.ref}").content)
        other = words_of(client.get(f"/children/{walk.family.children[1].ref}").content)
        of_family = words_of(client.get(f"/families/{walk.family.family.ref}").content)
    assert "Last seen Sun 22 Nov 2026" in words
    assert "Not seen for 2 working days" in words
    assert "Last seen Sun 22 Nov 2026" in of_family
    assert "alone Sun 15 Nov 2026" in of_family
    assert "Last seen alone Sun 15 Nov 2026" in words
    assert "No visit on record says that this child was seen" in other


def test_a_child_page_puts_the_lead_first_and_tells_the_picture_in_words(walk: Walk) -> None:
    walk.to_lead_accepted().to_closed()
    lead = walk.person("lead-practitioner")
    with at(walk.now):
        page = signed_in(lead).get(f"/children/{walk.family.children[0].ref}").content
    words = words_of(page)
    assert words.index("Lead practitioner") < words.index("Health visitor")
    assert "Single assessment, The council: from" in words
    assert "Early help, Oak Lane School: from" in words
    assert b"<svg" in page
    assert b"style=" not in page, "the policy of the pages allows no style of its own"


def test_an_unborn_child_and_one_who_needs_an_interpreter_have_their_page(walk: Walk) -> None:
    unborn = Person.objects.create(
        family_name="Lewis",
        expected_birth_date=NOW.date() + timedelta(days=60),
        first_language="Polish",
        interpreter_needed=True,
    )
    FamilyMember.objects.create(family=walk.family.family, person=unborn, role="child", during=(NOW, None))
    with at(walk.now):
        words = words_of(signed_in(walk.person("social-worker")).get(f"/children/{unborn.ref}").content)
    assert "Unborn baby Lewis" in words
    assert "Polish, interpreter needed" in words
    assert "Nothing is open for this child" in words


def test_a_manager_marks_a_draft_read_and_its_author_cannot(council: MadeCouncil) -> None:
    made = make_family(council, children=1)
    assessment = make_assessment(council, made, authorised_at=None)
    address = f"/assessments/{assessment.ref}/draft-read"
    with at(NOW):
        worker = signed_in(council.practitioners["social-worker"])
        manager = signed_in(council.practitioners["team-manager"])
        assert b"I have read this draft" not in worker.get(f"/families/{made.family.ref}/papers").content
        assert worker.post(address, filled_in()).status_code == 404
        assert signed_in(council.stranger).post(address, filled_in()).status_code == 404
        assert Assessment.objects.get().draft_read_at is None
        assert b"I have read this draft" in manager.get(f"/families/{made.family.ref}/papers").content
        form = filled_in()
        assert manager.post(address, form).status_code == 302
        assert manager.post(address, form).status_code == 302, "a second click"
    assert Assessment.objects.get().draft_read_by == council.practitioners["team-manager"]
    assert AuditEvent.objects.filter(name="assessment.draft-read").count() == 1


def test_a_document_opens_for_who_sees_the_family_and_for_nobody_else(walk: Walk) -> None:
    walk.to_lead_accepted().to_endings()
    document = Document.objects.filter(kind="endings-letter").first()
    assert document is not None
    with at(walk.now):
        own = signed_in(walk.person("social-worker")).get(f"/documents/{document.ref}")
        other = signed_in(walk.council.stranger).get(f"/documents/{document.ref}")
    assert (own.status_code, own["Content-Type"]) == (200, "application/pdf")
    assert own.content.startswith(b"%PDF")
    assert other.status_code == 404
    (entry,) = AuditEvent.objects.filter(name="document.read")
    assert entry.actor_id == walk.person("social-worker").pk, "who finds nothing has read nothing"


@pytest.mark.parametrize("role", ["social-worker", "team-manager", "service-manager", "support-practitioner"])
def test_a_page_about_a_family_asks_little_of_the_database(walk: Walk, role: str) -> None:
    walk.to_practitioner_allocated()
    walk.to_endings()
    with at(walk.now):
        client = signed_in(walk.person(role))
        most = MOST_FOR_A_RECEIVER if role == "support-practitioner" else MOST_STATEMENTS
        for page in ["/families", *pages_of(walk)]:
            assert len(statements(client, page)) <= most, page
