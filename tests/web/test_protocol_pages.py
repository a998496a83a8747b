"""The procedure for everybody to read: its status, clauses with their steps, doubts with their readings, numbers."""

import pytest

from handhold.casefiles.protocols import current_protocol
from handhold.records.models import ProtocolSettings
from tests.records.factories import NOW, MadeCouncil, make_council
from tests.web.walked import at, signed_in, statements, words_of

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 15


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


def words_at(council: MadeCouncil, address: str, role: str = "lead-practitioner") -> str:
    with at(NOW):
        return words_of(signed_in(council.practitioners[role]).get(address).content)


def test_it_says_which_text_is_running_and_that_it_is_a_draft(council: MadeCouncil) -> None:
    words = words_at(council, "/protocol")
    assert "DRAFT" in words
    assert "The text is marked DRAFT, bears no date" in words
    assert "From the completion of the assessment to the joint handover meeting 5 working days Y23" in words


def test_it_shows_the_numbers_that_the_council_has_set_itself(council: MadeCouncil) -> None:
    protocol = current_protocol(council.authority)
    ProtocolSettings.objects.create(
        authority=council.authority,
        protocol_folder=f"york/{protocol.version}",
        revision=1,
        values={"handover": 7},
        live_from=NOW,
        checked_at=NOW,
        approved_by=council.practitioners["service-manager"],
    )
    assert "joint handover meeting 7 working days" in words_at(council, "/protocol")


def test_every_clause_stands_with_the_steps_that_carry_it_out_and_every_doubt_with_its_reading(
    council: MadeCouncil,
) -> None:
    protocol = current_protocol(council.authority)
    words = words_at(council, "/protocol/clauses")
    for clause in protocol.clauses.values():
        assert f"{clause.id}: {clause.section}" in words
        assert " ".join(clause.doubt.split()) in words
    at_y23 = words[words.index("Y23:") : words.index("Y24:")]
    assert "Hold the joint handover meeting" in at_y23


def test_every_step_of_every_pathway_is_told_with_who_does_it(council: MadeCouncil) -> None:
    for name, pathway in current_protocol(council.authority).pathways.items():
        words = words_at(council, f"/protocol/pathways/{name}")
        for step in pathway.steps.values():
            assert step.title in words
    words = words_at(council, "/protocol/pathways/assessment-to-early-help")
    assert "If the family declined, it is not possible or it would be unsafe" in words


def test_a_pathway_that_does_not_exist_is_not_there(council: MadeCouncil) -> None:
    assert "Page not found" in words_at(council, "/protocol/pathways/no-such-pathway")


@pytest.mark.parametrize("address", ["/protocol", "/protocol/clauses", "/protocol/pathways/assessment-to-early-help"])
def test_it_asks_little_of_the_database(council: MadeCouncil, address: str) -> None:
    with at(NOW):
        client = signed_in(council.practitioners["social-worker"])
        assert len(statements(client, address)) <= MOST_STATEMENTS
