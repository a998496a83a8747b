"""Importing a folder: whole or not at all, once or again, and what a second folder may change."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import OperationalError
from django.db.models import Q
from tests.exchange.folders import BEGUN, NAMES, NOW, Rows, involvement, read_rows, small_rows
from tests.records.factories import make_person

from handhold.actions.imported.standing import Counts, digest_of_row
from handhold.actions.importing import Imported, import_folder
from handhold.audit.models import AuditEvent
from handhold.exchange.columns import Table, instant_of
from handhold.exchange.faults import FolderRefused
from handhold.exchange.tables import (
    ABSENCES,
    AGENCIES,
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
    TABLES,
    TEAMS,
    VISITS,
)
from handhold.records.constraints import check_constraints_now
from handhold.records.models import (
    Absence,
    Account,
    Allocation,
    Assessment,
    AssessmentSection,
    Authority,
    Consent,
    ExternalReference,
    Family,
    FamilyMember,
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


def run(
    path: Path, rows: Rows, *, dry_run: bool = False, tell: Callable[[str, int, int], None] | None = None
) -> Imported:
    """Write a folder and import it."""
    folder = read_rows(path, rows)
    return import_folder(folder, now=NOW, names=NAMES, dry_run=dry_run, tell=tell or (lambda *_: None))


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    """The small folder, which has been imported. What a test changes in it comes as a second folder."""
    found = small_rows()
    run(tmp_path, found)
    return found


def changed_files(done: Imported) -> dict[str, tuple[int, int]]:
    """New and changed rows of each file that has any."""
    return {file: (counts.new, counts.changed) for file, counts in done.counts.items() if counts.new or counts.changed}


def refusals(path: Path, rows: Rows) -> list[tuple[str, int, str]]:
    """The places of the faults by which a folder is refused."""
    with pytest.raises(FolderRefused) as refused:
        run(path, rows)
    assert all(fault.what and fault.mend for fault in refused.value.faults)
    return [(fault.file, fault.row, fault.column) for fault in refused.value.faults]


def child(name: str) -> Person:
    return Person.objects.get(given_name=name)


# The first time


def test_every_row_becomes_a_record(tmp_path: Path) -> None:
    done = run(tmp_path, small_rows())
    assert changed_files(done) == {table.file: (len(found), 0) for table, found in small_rows().items()}
    assert ExternalReference.objects.count() == sum(len(found) for found in small_rows().values())
    assert Family.objects.get().authority == Authority.objects.get(code="york")


def test_the_imported_child_has_who_is_responsible_and_the_main_contact(rows: Rows) -> None:
    samira = Practitioner.objects.get(given_name="Samira")
    held = Involvement.objects.get(child=child("Ada"), kind="assessment")
    assert held.open_during.lower == instant_of(BEGUN)
    assert held.agency.name == "The council"
    assert held.team == Team.objects.get()
    assert Allocation.objects.get(involvement=held).practitioner == samira
    assert MainContact.objects.get(child=child("Ada"), during__upper_inf=True).practitioner == samira


def test_only_those_who_sign_in_get_an_account_and_it_has_no_password(tmp_path: Path) -> None:
    rows = small_rows()
    rows[PRACTITIONERS][2]["sign_in"] = False
    run(tmp_path, rows)
    assert set(Account.objects.values_list("email", flat=True)) == {"samira.malik@example.org", "dana.cole@example.org"}
    assert not any(account.has_usable_password() for account in Account.objects.all())


def test_the_audit_names_every_new_record_and_says_no_word_about_it(rows: Rows) -> None:
    event = AuditEvent.objects.get()
    assert event.name == "folder.imported"
    assert event.actor_id is None
    assert {Family.objects.get().ref, *Person.objects.values_list("ref", flat=True)} <= set(event.subjects)
    assert all(len(subject) == 8 for subject in event.subjects)


def test_a_row_is_known_again_without_a_copy_of_what_it_says(rows: Rows) -> None:
    kept = " ".join(f"{known.reference} {known.digest}" for known in ExternalReference.objects.all())
    assert "Okafor" not in kept
    assert "9990000018" not in kept


def test_a_visit_says_who_was_seen_and_who_alone(rows: Rows) -> None:
    visit = Visit.objects.get()
    assert (visit.family, visit.by.given_name, visit.kind) == (Family.objects.get(), "Samira", "home-visit")
    assert visit.visited_at == datetime(2026, 11, 17, 15, 30, tzinfo=UTC)
    seen = visit.visit_children.values_list("child__given_name", "seen", "seen_alone")
    assert set(seen) == {("Ada", True, True), ("Obi", True, False)}


def test_a_consent_says_whose_to_what_and_with_whom_information_is_shared(rows: Rows) -> None:
    consent = Consent.objects.get()
    assert consent.given_by == child("Ngozi")
    assert (consent.outcome, consent.to_what, consent.how) == ("given", "help from the school", "face to face")
    assert consent.happened_at == instant_of(date(2026, 11, 3))
    assert consent.recorded_by.given_name == "Samira"
    assert [agency.name for agency in consent.agencies.all()] == ["Oak Lane School"]


def test_an_absence_is_half_open(rows: Rows) -> None:
    away = Absence.objects.get()
    assert (away.practitioner.given_name, away.why) == ("Samira", "annual leave")
    assert (away.during.lower, away.during.upper) == (instant_of(date(2026, 12, 7)), instant_of(date(2026, 12, 14)))


def test_a_folder_without_visits_absences_and_consents_is_imported(tmp_path: Path) -> None:
    rows = {table: found for table, found in small_rows().items() if table not in (VISITS, ABSENCES, CONSENTS)}
    run(tmp_path, rows)
    assert not Visit.objects.exists()
    assert Family.objects.exists()


# Not at all


def test_with_a_fault_nothing_is_stored(tmp_path: Path) -> None:
    rows = small_rows()
    rows[INVOLVEMENTS][3]["main_contact"] = False
    assert refusals(tmp_path, rows) == [("involvements.csv", 5, "main_contact")]
    assert not Authority.objects.exists()


def test_a_dry_run_says_the_same_and_stores_nothing(tmp_path: Path) -> None:
    would = run(tmp_path, small_rows(), dry_run=True)
    assert would.is_dry_run
    assert not Authority.objects.exists()
    assert not AuditEvent.objects.exists()
    assert changed_files(run(tmp_path, small_rows())) == changed_files(would)


@pytest.mark.parametrize("file", ["practitioners.csv", "involvements.csv", "assessment_sections.csv"])
def test_an_interruption_stores_nothing(tmp_path: Path, file: str) -> None:
    def interrupt(told: str, done: int, _of: int) -> None:
        if told == file and done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, small_rows(), tell=interrupt)
    assert not Authority.objects.exists()
    assert not Person.objects.exists()


def test_a_refusal_of_the_database_is_told_as_a_fault(tmp_path: Path, rows: Rows) -> None:
    # Handhold opened a care involvement since; the folder knows nothing of it and brings one of the same time.
    held = Involvement.objects.get(child=child("Obi"))
    worker = Practitioner.objects.get(given_name="Grace")
    opened = Involvement.objects.create(child=held.child, kind="care", agency=held.agency, open_during=held.open_during)
    Allocation.objects.create(involvement=opened, practitioner=worker, during=held.open_during)
    rows[INVOLVEMENTS].append(involvement("C2", "care", BEGUN, main_contact=False))
    with pytest.raises(FolderRefused) as refused:
        run(tmp_path, rows)
    (fault,) = refused.value.faults
    assert fault.file == "involvements.csv"
    assert "same involvement twice" in fault.what


def test_a_deferred_rule_of_the_database_is_heard_before_the_import_ends(tmp_path: Path, rows: Rows) -> None:
    # The main contact moved to another involvement in Handhold, which the folder now ends.
    ada, grace = child("Ada"), Practitioner.objects.get(given_name="Grace")
    other = Involvement.objects.get(child=ada, kind="single-agency")
    first = MainContact.objects.get(child=ada, during__upper_inf=True)
    moved = instant_of(date(2026, 11, 9))
    MainContact.objects.filter(pk=first.pk).update(during=(first.during.lower, moved))
    MainContact.objects.create(child=ada, involvement=other, practitioner=grace, during=(moved, None))
    check_constraints_now()
    rows[INVOLVEMENTS][2].update(to=ENDED, closing_reason="done")
    with pytest.raises(FolderRefused) as refused:
        run(tmp_path, rows)
    assert "no main contact" in refused.value.faults[0].what
    assert Involvement.objects.get(pk=other.pk).open_during.upper is None


def test_a_database_that_fails_is_no_fault_of_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_standing: object) -> None:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr("handhold.actions.importing.STORES", (fail,))
    with pytest.raises(OperationalError):
        run(tmp_path, small_rows())


def test_an_nhs_number_of_somebody_on_record_is_a_fault(tmp_path: Path) -> None:
    known = make_person()
    Person.objects.filter(pk=known.pk).update(nhs_number="9990000018")
    assert refusals(tmp_path, small_rows()) == [("people.csv", 2, "nhs_number")]


# Again


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


def test_a_refused_second_folder_leaves_the_first_as_it_was(tmp_path: Path, rows: Rows) -> None:
    rows[PEOPLE][0]["known_as"] = "Addie"
    rows[RELATIONSHIPS][0]["parental_responsibility"] = False
    refusals(tmp_path, rows)
    assert child("Ada").known_as == ""


def test_every_file_is_stored_by_somebody(rows: Rows) -> None:
    stored = set(ExternalReference.objects.values_list("kind", flat=True).distinct())
    assert stored == {table.file for table in TABLES}


def test_digests_differ_where_rows_differ(tmp_path: Path) -> None:
    folder = read_rows(tmp_path, small_rows())
    digests = [digest_of_row(row) for row in folder.of(PEOPLE)]
    assert len(set(digests)) == len(digests)
    assert FamilyMember.objects.count() == 0
