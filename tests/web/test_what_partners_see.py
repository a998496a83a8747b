"""What a partner sees on the pages of a family: what was shared, and the children whom they work with. No more."""

from datetime import timedelta

import pytest

from handhold.records.models import (
    Agency,
    Allocation,
    Conversation,
    Family,
    Involvement,
    Practitioner,
    Visit,
    VisitChild,
)
from tests.actions.walking import Walk, begin
from tests.records.factories import NOW, MadeCouncil, MadeFamily, make_council, make_family, since
from tests.web.walked import at, rename, signed_in, words_of

pytestmark = pytest.mark.django_db
NOTE = "Mother spoke about money, and asked that the school is not told"


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def made(council: MadeCouncil) -> MadeFamily:
    return rename(make_family(council, children=2))


def hold(council: MadeCouncil, made: MadeFamily, teacher: Practitioner) -> None:
    """A teacher answers for the first child's one service; the second child is nobody's at that school."""
    start = NOW - timedelta(days=20)
    involvement = Involvement.objects.create(
        child=made.children[0],
        kind=Involvement.Kind.SINGLE_AGENCY,
        open_during=since(start),
        agency=Agency.objects.get(pk=council.agencies["school"].pk),
    )
    Allocation.objects.create(involvement=involvement, practitioner=teacher, during=since(start))


def visit_of(family: Family, made: MadeFamily, by: Practitioner) -> None:
    visit = Visit.objects.create(family=family, kind="home-visit", visited_at=NOW - timedelta(days=2), by=by, note=NOTE)
    VisitChild.objects.create(visit=visit, child=made.children[0], seen=True, seen_alone=True)
    VisitChild.objects.create(visit=visit, child=made.children[1], seen=False)


def page_of(who: Practitioner, address: str) -> str:
    with at(NOW):
        answer = signed_in(who).get(address)
    assert answer.status_code == 200, address
    return words_of(answer.content)


def test_a_partner_reads_no_visit_or_conversation_that_was_not_shared_with_them(
    council: MadeCouncil, made: MadeFamily
) -> None:
    worker, teacher = council.practitioners["social-worker"], council.practitioners["lead-practitioner"]
    hold(council, made, teacher)
    visit_of(made.family, made, worker)
    Conversation.objects.create(
        with_person=made.mother, how="telephone", happened_at=NOW - timedelta(days=3), about=NOTE, by=worker
    )
    chronology, child = f"/families/{made.family.ref}/chronology", f"/children/{made.children[0].ref}"
    assert page_of(worker, chronology).count(NOTE) == 2, "the council's own side reads both"
    seen_by_teacher = page_of(teacher, chronology)
    assert NOTE not in seen_by_teacher
    assert "Home visit" not in seen_by_teacher
    assert "What was shared with you" in seen_by_teacher
    assert "Last seen" in page_of(worker, child)
    on_child = page_of(teacher, child)
    assert "Last seen" not in on_child
    assert "Visits that others made are not shared with you" in on_child
    assert "No visit on record" not in on_child, "unknown to them is not none"


def test_a_partner_reads_their_own_visit(council: MadeCouncil, made: MadeFamily) -> None:
    teacher = council.practitioners["lead-practitioner"]
    hold(council, made, teacher)
    visit_of(made.family, made, teacher)
    assert NOTE in page_of(teacher, f"/families/{made.family.ref}/chronology")
    assert "Last seen" in page_of(teacher, f"/children/{made.children[0].ref}")


def test_a_partner_has_no_page_of_a_child_with_whom_they_do_not_work(council: MadeCouncil, made: MadeFamily) -> None:
    worker, teacher = council.practitioners["social-worker"], council.practitioners["lead-practitioner"]
    hold(council, made, teacher)
    own, other = made.children
    with at(NOW):
        assert signed_in(teacher).get(f"/children/{own.ref}").status_code == 200
        assert signed_in(teacher).get(f"/children/{other.ref}").status_code == 404
        assert signed_in(worker).get(f"/children/{other.ref}").status_code == 200
        page = signed_in(teacher).get(f"/families/{made.family.ref}").content.decode()
        chronology = words_of(signed_in(teacher).get(f"/families/{made.family.ref}/chronology").content)
    assert other.given_name in page, "who lives there is no secret from whoever works with the family"
    assert f"/children/{other.ref}" not in page
    assert f"Single assessment for {own.given_name}" in chronology
    assert f"for {other.given_name}" not in chronology


def test_a_lead_reads_their_own_transfer_and_no_other(council: MadeCouncil) -> None:
    walk: Walk = begin(council, rename(make_family(council, children=2))).to_lead_accepted()
    teacher, family = council.practitioners["lead-practitioner"], walk.family.family
    other = council.second_lead
    with at(walk.now):
        own = words_of(signed_in(teacher).get(f"/families/{family.ref}/chronology").content)
        hidden = signed_in(other).get(f"/families/{family.ref}/chronology")
    assert "Consent to early help: given" in own
    assert hidden.status_code == 404
