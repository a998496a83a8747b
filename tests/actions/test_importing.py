"""Importing a folder for the first time: whole or not at all, every row a record."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import OperationalError
from tests.actions.importing_folders import changed_files, child, refusals, run
from tests.exchange.folders import BEGUN, Rows, involvement, read_rows, small_rows
from tests.records.factories import make_person

from handhold.actions.imported.standing import digest_of_row
from handhold.audit.models import AuditEvent
from handhold.exchange.columns import instant_of
from handhold.exchange.faults import FolderRefused
from handhold.exchange.tables import (
    ABSENCES,
    CONSENTS,
    INVOLVEMENTS,
    PEOPLE,
    PRACTITIONERS,
    TABLES,
    VISITS,
)
from handhold.records.constraints import check_constraints_now
from handhold.records.models import (
    Absence,
    Account,
    Allocation,
    Authority,
    Consent,
    ExternalReference,
    Family,
    FamilyMember,
    Involvement,
    MainContact,
    Person,
    Practitioner,
    Team,
    Visit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    """The small folder, which has been imported. What a test changes in it comes as a second folder."""
    found = small_rows()
    run(tmp_path, found)
    return found


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
    rows[INVOLVEMENTS][2].update(to=date(2026, 11, 16), closing_reason="done")
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


def test_every_file_is_stored_by_somebody(rows: Rows) -> None:
    stored = set(ExternalReference.objects.values_list("kind", flat=True).distinct())
    assert stored == {table.file for table in TABLES}


def test_digests_differ_where_rows_differ(tmp_path: Path) -> None:
    folder = read_rows(tmp_path, small_rows())
    digests = [digest_of_row(row) for row in folder.of(PEOPLE)]
    assert len(set(digests)) == len(digests)
    assert FamilyMember.objects.count() == 0
