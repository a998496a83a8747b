"""The numbers of the procedure on their pages: read by all, changed by who oversees, with errors at the field."""

import pytest

from handhold.actions.settings import propose_value
from handhold.records.models import ProtocolSettings
from tests.records.factories import NOW, MadeCouncil, make_council
from tests.web.walked import at, filled_in, signed_in, statements, words_of

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 15
NUMBER = "/protocol/numbers/handover"


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


def propose(council: MadeCouncil, value: int = 7) -> ProtocolSettings:
    return propose_value("handover", value, "The weekly meeting", by=council.practitioners["service-manager"], now=NOW)


def look(council: MadeCouncil, role: str, address: str = "/protocol/numbers") -> tuple[int, str]:
    with at(NOW):
        answer = signed_in(council.practitioners[role]).get(address)
    return answer.status_code, words_of(answer.content)


def send(council: MadeCouncil, role: str, address: str, **answers: object) -> tuple[int, str]:
    with at(NOW):
        answer = signed_in(council.practitioners[role]).post(address, filled_in(**answers), follow=True)
    return answer.status_code, words_of(answer.content)


def test_everybody_reads_the_numbers_and_who_oversees_is_offered_to_change_them(council: MadeCouncil) -> None:
    status, words = look(council, "lead-practitioner")
    assert status == 200
    assert "From the completion of the assessment to the joint handover meeting 5 working days Y23" in words
    assert "Nobody has changed anything" in words
    assert "Change : From the completion" not in words
    assert "Change : From the completion" in look(council, "service-manager")[1]


def test_a_number_is_proposed_with_its_reason_and_waits_for_its_check(council: MadeCouncil) -> None:
    _, words = send(council, "service-manager", NUMBER, value="7", reason="The weekly meeting")
    assert "Your change is proposed." in words
    assert "Change 1 Being checked" in words
    assert "joint handover meeting: 5 working days, then 7 working days" in words
    assert ": The weekly meeting" in words


@pytest.mark.parametrize(
    ("value", "reason", "says"),
    [
        ("", "So", "Enter a number"),
        ("five", "So", "Enter a whole number, such as 5"),
        ("0", "So", "Enter 1 or more"),
        ("5", "So", "Enter another number: this is the one in use."),
        ("7", "", "Write why it is changed"),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_what_was_typed_stays(
    council: MadeCouncil, value: str, reason: str, says: str
) -> None:
    with at(NOW):
        answer = signed_in(council.practitioners["service-manager"]).post(NUMBER, filled_in(value=value, reason=reason))
    assert answer.status_code == 422
    assert says in words_of(answer.content)
    assert f'value="{value}"' in answer.content.decode() or not value
    assert not ProtocolSettings.objects.exists()


@pytest.mark.parametrize("role", ["social-worker", "lead-practitioner"])
def test_nobody_else_finds_a_page_to_change_one(council: MadeCouncil, role: str) -> None:
    assert look(council, role, NUMBER)[0] == 404
    assert look(council, "service-manager", NUMBER)[0] == 200
    assert look(council, "service-manager", "/protocol/numbers/no-such-number")[0] == 404


def test_who_proposed_it_is_told_that_another_has_to_approve(council: MadeCouncil) -> None:
    row = propose(council)
    ProtocolSettings.objects.filter(pk=row.pk).update(checked_at=NOW)
    assert "nobody approves their own work" in look(council, "service-manager")[1]
    assert "Approve, and make it live : change 1" in look(council, "duty-manager")[1]
    status, words = send(council, "service-manager", "/protocol/numbers/revisions/1/live")
    assert (status, "This change is not live. You proposed it yourself" in words) == (409, True)


def test_a_second_person_makes_it_live_and_everybody_sees_since_when_and_by_whom(council: MadeCouncil) -> None:
    row = propose(council)
    ProtocolSettings.objects.filter(pk=row.pk).update(checked_at=NOW)
    _, words = send(council, "duty-manager", "/protocol/numbers/revisions/1/live")
    assert "The change is live." in words
    words = look(council, "lead-practitioner")[1]
    assert "7 working days (the procedure itself: 5 working days)" in words
    assert "Change 1 Live" in words
    assert "approved by" in words
    changed = look(council, "lead-practitioner", "/protocol/changes")[1]
    assert "was 5 working days; it is now 7 working days" in changed


def test_what_the_check_found_is_listed(council: MadeCouncil) -> None:
    row = propose(council)
    ProtocolSettings.objects.filter(pk=row.pk).update(checked_at=NOW, faults="The limit is longer than the whole.")
    words = look(council, "duty-manager")[1]
    assert "Cannot go live" in words
    assert "The limit is longer than the whole." in words
    assert "Approve, and make it live" not in words


def test_without_another_version_or_number_there_is_no_page_of_changes(council: MadeCouncil) -> None:
    assert look(council, "social-worker", "/protocol/changes")[0] == 404


def test_the_doubts_stand_with_their_readings_and_numbers(council: MadeCouncil) -> None:
    words = look(council, "lead-practitioner", "/protocol/doubts")[1]
    assert "Y23" in words
    assert "The doubt, and what is built." in words
    assert "From the completion of the assessment to the joint handover meeting: 5 working days" in words


@pytest.mark.parametrize("address", ["/protocol/numbers", NUMBER, "/protocol/doubts"])
def test_it_asks_little_of_the_database(council: MadeCouncil, address: str) -> None:
    propose(council)
    with at(NOW):
        assert len(statements(signed_in(council.practitioners["service-manager"]), address)) <= MOST_STATEMENTS


def test_a_choice_is_changed_by_yes_or_no(council: MadeCouncil) -> None:
    address = "/protocol/numbers/request-on-a-draft"
    status, words = look(council, "service-manager", address)
    assert (status, "It is yes now" in words, "counted in" in words) == (200, True, False)
    for answers, says in (({"reason": "So"}, "Choose yes or no"), ({"value": "1", "reason": "So"}, "Choose the other")):
        with at(NOW):
            answer = signed_in(council.practitioners["service-manager"]).post(address, filled_in(**answers))
        assert (answer.status_code, says in words_of(answer.content)) == (422, True)
    _, words = send(council, "service-manager", address, value="0", reason="The assessment comes first")
    assert "before it is completed: yes, then no" in words
    assert ProtocolSettings.objects.get().values == {"request-on-a-draft": False}
