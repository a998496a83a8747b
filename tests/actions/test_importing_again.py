"""Importing a folder again: nothing new, what a second folder may change, and what it may not."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db.models import Q
from tests.actions.importing_folders import changed_files, child, refusals, run
from tests.exchange.folders import NOW, Rows, involvement, small_rows

from handhold.actions.imported.standing import Counts
from handhold.audit.models import AuditEvent
from handhold.exchange.columns import Table, instant_of
from handhold.exchange.tables import (
    ABSENCES,
    AGENCIES,
    ALERTS,
    ASSESSMENT_SECTIONS,
    ASSESSMENTS,
    AUTHORITY,
    CONSENTS,
    FAMILIES,
    FAMILY_MEMBERS,
    INVOLVEMENTS,
    PEOPLE,
    POSTS,
    PRACTITIONERS,
    RELATIONSHIPS,
    ROTAS,
    TEAMS,
    VISITS,
)
from handhold.records.constraints import check_constraints_now
from handhold.records.models import (
    Absence,
    Account,
    Alert,
    Allocation,
    Assessment,
    AssessmentSection,
    Authority,
    Consent,
    Family,
    Involvement,
    MainContact,
    Person,
    PostHolding,
    Practitioner,
    Relationship,
    RoleHolding,
    Team,
    Visit,
)

pytestmark = pytest.mark.django_db
ENDED = date(2026, 11, 16)


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    """The small folder, which has been imported. What a test changes in it comes as a second folder."""
    found = small_rows()
    run(tmp_path, found)
    return found


def test_the_same_folder_twice_changes_nothing(tmp_path: Path, rows: Rows) -> None:
    before = {
        model: list(model.objects.order_by("pk").values())
        for model in (Person, Involvement, RoleHolding, Account, Visit, Consent, Absence)
    }
    done = run(tmp_path, rows)
    assert done.is_nothing_new
    assert done.counts["people.csv"] == Counts(new=0, changed=0, same=4)
    assert {model: list(model.objects.order_by("pk").values()) for model in before} == before
    assert AuditEvent.objects.count() == 1


def test_the_same_folder_leaves_alone_what_handhold_did_since(tmp_path: Path, rows: Rows) -> None:
    held = Involvement.objects.get(child=child("Obi"))
    handed_over = instant_of(ENDED)
    for period in (Allocation.objects.get(involvement=held), MainContact.objects.get(involvement=held)):
        type(period)._default_manager.filter(pk=period.pk).update(during=(period.during.lower, handed_over))
    grace = Practitioner.objects.get(given_name="Grace")
    Allocation.objects.create(involvement=held, practitioner=grace, during=(handed_over, None))
    MainContact.objects.create(child=held.child, involvement=held, practitioner=grace, during=(handed_over, None))
    check_constraints_now()
    assert run(tmp_path, rows).is_nothing_new
    assert Allocation.objects.get(involvement=held, during__upper_inf=True).practitioner == grace


def test_a_row_that_is_no_longer_there_stays_on_record(tmp_path: Path, rows: Rows) -> None:
    rows[RELATIONSHIPS].pop()
    assert run(tmp_path, rows).is_nothing_new
    assert Relationship.objects.count() == 3


@pytest.mark.parametrize(
    ("table", "row", "change", "model", "expected"),
    [
        (AUTHORITY, 0, {"name": "Another name"}, Authority, Q(name="Another name")),
        (AGENCIES, 1, {"phone": "01632 960 999"}, Person, Q()),
        (TEAMS, 0, {"name": "Team two"}, Team, Q(name="Team two")),
        (FAMILIES, 0, {"name": "Okafor-Hart"}, Family, Q(name="Okafor-Hart")),
        (PEOPLE, 2, {"given_name": "Chidi", "birth_date": date(2026, 11, 20)}, Person, Q(given_name="Chidi")),
        (PEOPLE, 1, {"nhs_number": "9990000026"}, Person, Q(given_name="Obi", nhs_number="9990000026")),
        (PRACTITIONERS, 0, {"job_title": "Senior"}, Practitioner, Q(given_name="Samira", job_title="Senior")),
        (ROTAS, 0, {"to": date(2026, 12, 7)}, Person, Q()),
        (ABSENCES, 0, {"to": None, "why": "illness"}, Absence, Q(during__upper_inf=True, why="illness")),
    ],
)
def test_changed_details_are_written(
    tmp_path: Path, rows: Rows, table: Table, row: int, change: dict[str, object], model: type[Person], expected: Q
) -> None:
    rows[table][row].update(change)
    assert changed_files(run(tmp_path, rows)) == {table.file: (0, 1)}
    assert model.objects.filter(expected).exists()
    assert run(tmp_path, rows).is_nothing_new


def test_an_alert_can_end_and_is_not_rewritten(tmp_path: Path, rows: Rows) -> None:
    rows[ALERTS][0]["to"] = ENDED
    assert changed_files(run(tmp_path, rows)) == {"alerts.csv": (0, 1)}
    alert = Alert.objects.get()
    assert (alert.during.upper, alert.kind, alert.is_shared) == (instant_of(ENDED), "dog", True)
    rows[ALERTS][0]["reason"] = "No dog"
    assert refusals(tmp_path, rows) == [("alerts.csv", 2, "reason")]
    assert Alert.objects.get().reason == "Ring first, then it is shut away"


def test_an_involvement_can_end_with_its_responsible_person_and_main_contact(tmp_path: Path, rows: Rows) -> None:
    rows[INVOLVEMENTS][3].update(to=ENDED, closing_reason="no-further-action")
    assert changed_files(run(tmp_path, rows)) == {"involvements.csv": (0, 1)}
    held = Involvement.objects.get(child=child("Obi"))
    ends = {held.open_during.upper, held.allocations.get().during.upper, held.main_contacts.get().during.upper}
    assert ends == {instant_of(ENDED)}
    assert held.closing_reason == "no-further-action"
    assert AuditEvent.objects.order_by("-pk").first().subjects == [held.ref]  # type: ignore[union-attr]


def test_the_main_contact_can_pass_to_another_who_is_responsible(tmp_path: Path, rows: Rows) -> None:
    rows[INVOLVEMENTS][1].update(to=ENDED, closing_reason="done")
    rows[INVOLVEMENTS][2].update(main_contact=True, main_contact_from=ENDED)
    run(tmp_path, rows)
    grace = Practitioner.objects.get(given_name="Grace")
    now = MainContact.objects.get(child=child("Ada"), during__upper_inf=True)
    assert (now.practitioner, now.during.lower) == (grace, instant_of(ENDED))
    assert run(tmp_path, rows).is_nothing_new


def test_a_new_involvement_can_follow_one_that_ends(tmp_path: Path, rows: Rows) -> None:
    rows[INVOLVEMENTS][3].update(to=ENDED, closing_reason="child-in-need")
    rows[INVOLVEMENTS].append(involvement("C2", "child-in-need", ENDED))
    assert changed_files(run(tmp_path, rows)) == {"involvements.csv": (1, 1)}


def test_a_relationship_can_end(tmp_path: Path, rows: Rows) -> None:
    rows[RELATIONSHIPS][0]["to"] = ENDED
    run(tmp_path, rows)
    assert Relationship.objects.filter(during__upper_inf=False).count() == 1


def test_another_holder_takes_over_a_post_on_the_day(tmp_path: Path, rows: Rows) -> None:
    rows[POSTS][0].update(holder="P1", **{"from": ENDED})
    run(tmp_path, rows)
    held = [
        (holding.practitioner.given_name, holding.during.upper) for holding in PostHolding.objects.order_by("during")
    ]
    assert held == [("Dana", instant_of(ENDED)), ("Samira", None)]


def test_roles_follow_the_folder_and_the_past_ones_stay(tmp_path: Path, rows: Rows) -> None:
    rows[PRACTITIONERS][0]["roles"] = ["team-manager"]
    run(tmp_path, rows)
    holdings = RoleHolding.objects.filter(practitioner__given_name="Samira").order_by("during")
    assert [(holding.role, holding.during.upper) for holding in holdings] == [
        ("social-worker", NOW),
        ("team-manager", None),
    ]


def test_whoever_has_left_holds_no_role_and_cannot_sign_in(tmp_path: Path, rows: Rows) -> None:
    rows[INVOLVEMENTS][2].update(to=ENDED, closing_reason="done")
    rows[PRACTITIONERS][2]["left_date"] = ENDED
    run(tmp_path, rows)
    assert not RoleHolding.objects.filter(practitioner__given_name="Grace", during__upper_inf=True).exists()
    assert not Account.objects.get(practitioner__given_name="Grace").is_active


def test_an_assessment_can_come_to_be_authorised(tmp_path: Path, rows: Rows) -> None:
    at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    rows[ASSESSMENTS][0].update(authorised_at=at, authorised_by="P2")
    run(tmp_path, rows)
    assert Assessment.objects.get().authorised_at == at


def test_a_changed_text_becomes_a_new_version(tmp_path: Path, rows: Rows) -> None:
    rows[ASSESSMENT_SECTIONS][0].update(text="More is known.", written_at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    run(tmp_path, rows)
    assert list(AssessmentSection.objects.order_by("version").values_list("version", "text")) == [
        (1, "The family would like help with mornings."),
        (2, "More is known."),
    ]


def test_a_later_visit_comes_with_a_second_folder_and_the_audit_names_the_family(tmp_path: Path, rows: Rows) -> None:
    rows[VISITS].append({**rows[VISITS][0], "visited_at": datetime(2026, 11, 23, 9, 0, tzinfo=UTC), "seen_alone": []})
    assert changed_files(run(tmp_path, rows)) == {"visits.csv": (1, 0)}
    assert Visit.objects.count() == 2
    assert AuditEvent.objects.order_by("-pk").first().subjects == [Family.objects.get().ref]  # type: ignore[union-attr]
    assert run(tmp_path, rows).is_nothing_new


def test_a_withdrawal_is_a_later_answer(tmp_path: Path, rows: Rows) -> None:
    withdrawn = {"outcome": "withdrawn", "answered_date": date(2026, 11, 20), "shared_with": []}
    rows[CONSENTS].append({**rows[CONSENTS][0], **withdrawn})
    run(tmp_path, rows)
    assert list(Consent.objects.order_by("happened_at").values_list("outcome", flat=True)) == ["given", "withdrawn"]


# What a second folder may not change

CONFLICTS: dict[str, tuple[Table, int, dict[str, object], str]] = {
    "another responsible person": (INVOLVEMENTS, 2, {"responsible": "P2"}, "responsible"),
    "another end of what has ended": (INVOLVEMENTS, 0, {"closing_reason": "other"}, "to"),
    "parental responsibility": (RELATIONSHIPS, 0, {"parental_responsibility": False}, "parental_responsibility"),
    "the household": (FAMILY_MEMBERS, 0, {"in_household": False}, "in_household"),
    "the agency of a team": (TEAMS, 0, {"agency": "school"}, "agency"),
    "the family of an assessment's children": (ASSESSMENTS, 0, {"children": ["C1"]}, "children"),
    "who read a draft": (ASSESSMENTS, 0, {"draft_read_by": "P1"}, "draft_read_by"),
    "a text without a later time": (ASSESSMENT_SECTIONS, 0, {"text": "Other."}, "written_at"),
    "a post that was of last resort": (POSTS, 0, {"last_resort": False}, "last_resort"),
    "what a visit was about": (VISITS, 0, {"note": "Nobody was at home."}, "note"),
    "who was seen alone": (VISITS, 0, {"seen_alone": ["C2"]}, "seen"),
    "who wrote an answer down": (CONSENTS, 0, {"recorded_by": "P2"}, "recorded_by"),
    "with whom information is shared": (CONSENTS, 0, {"shared_with": []}, "shared_with"),
    "a holder without a day": (POSTS, 0, {"holder": "P1"}, "from"),
}


@pytest.mark.parametrize("what", CONFLICTS)
def test_a_second_folder_cannot_rewrite_what_was(tmp_path: Path, rows: Rows, what: str) -> None:
    table, row, change, column = CONFLICTS[what]
    rows[table][row].update(change)
    if what == "the agency of a team":
        rows[PRACTITIONERS][0]["team"] = rows[PRACTITIONERS][1]["team"] = ""
    if what == "a post that was of last resort":
        rows[POSTS].append({**rows[POSTS][0], "code": "other", "last_resort": True})
    assert (table.file, row + 2, column) in refusals(tmp_path, rows)


def test_nobody_leaves_by_an_import_while_children_are_theirs(tmp_path: Path, rows: Rows) -> None:
    # In the folder Grace is responsible for nobody any more; on record she took over Obi.
    rows[INVOLVEMENTS][2].update(to=ENDED, closing_reason="done")
    held = Involvement.objects.get(child=child("Obi"))
    first = held.allocations.get()
    MainContact.objects.filter(involvement=held).update(during=(first.during.lower, instant_of(ENDED)))
    Allocation.objects.filter(pk=first.pk).update(during=(first.during.lower, instant_of(ENDED)))
    grace = Practitioner.objects.get(given_name="Grace")
    Allocation.objects.create(involvement=held, practitioner=grace, during=(instant_of(ENDED), None))
    MainContact.objects.create(child=held.child, involvement=held, practitioner=grace, during=(instant_of(ENDED), None))
    rows[PRACTITIONERS][2]["left_date"] = ENDED
    assert refusals(tmp_path, rows) == [("practitioners.csv", 4, "left_date")]


def test_the_names_by_which_a_child_was_known_elsewhere_can_be_found_and_may_change(tmp_path: Path, rows: Rows) -> None:
    rows[PEOPLE][0]["other_names"] = ["Adaeze Obi", "Ada Nwosu-Obi"]
    assert changed_files(run(tmp_path, rows)) == {"people.csv": (0, 1)}
    assert child("Ada").other_names == ["Adaeze Obi", "Ada Nwosu-Obi"]
    assert {"adaeze", "nwosuobi"} <= set(child("Ada").name_words)


def test_a_refused_second_folder_leaves_the_first_as_it_was(tmp_path: Path, rows: Rows) -> None:
    rows[PEOPLE][0]["known_as"] = "Addie"
    rows[RELATIONSHIPS][0]["parental_responsibility"] = False
    refusals(tmp_path, rows)
    assert child("Ada").known_as == ""
