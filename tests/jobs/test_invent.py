"""Invented folders: the same bytes from the same seed, nobody real in them, and an import that lets nobody go."""

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Count, Q

from handhold.actions.importing import import_folder
from handhold.exchange.checking import find_faults
from handhold.exchange.folder import Folder
from handhold.exchange.reading import read_folder
from handhold.exchange.tables import (
    ABSENCES,
    AGENCIES,
    ASSESSMENT_SECTIONS,
    ASSESSMENTS,
    CONSENTS,
    FAMILY_MEMBERS,
    INVOLVEMENTS,
    PEOPLE,
    PRACTITIONERS,
    PROFESSIONAL_RELATIONSHIPS,
    RELATIONSHIPS,
    VISITS,
)
from handhold.jobs.import_folder import find_protocol_names
from handhold.jobs.invent.command import FolderNotEmpty, write_invented_folder
from handhold.jobs.invent.council import find_councils
from handhold.protocol.loading import latest_version
from handhold.records.models import (
    Allocation,
    Assessment,
    Authority,
    Family,
    Involvement,
    MainContact,
    Person,
    Post,
    RoleHolding,
)

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 0, 30, tzinfo=UTC)  # early on the day: nothing may lie later than that
DRAMA = re.compile(r"01632 960\d{3}|07700 900\d{3}")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("invented") / "folder"
    write_invented_folder(folder, families=300, seed=7, today=TODAY)
    return folder


@pytest.fixture(scope="module")
def folder(path: Path) -> Folder:
    found, faults = read_folder(path)
    assert faults == []
    return found


def bytes_of(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(path.iterdir())}


def test_the_same_seed_gives_the_same_bytes(path: Path, tmp_path: Path) -> None:
    write_invented_folder(tmp_path / "again", families=300, seed=7, today=TODAY)
    assert bytes_of(tmp_path / "again") == bytes_of(path)


def test_another_seed_gives_other_people(path: Path, tmp_path: Path) -> None:
    write_invented_folder(tmp_path / "other", families=300, seed=8, today=TODAY)
    assert bytes_of(tmp_path / "other")["people.csv"] != bytes_of(path)["people.csv"]


def test_nothing_is_overwritten(path: Path) -> None:
    before = bytes_of(path)
    with pytest.raises(FolderNotEmpty):
        write_invented_folder(path, families=1, seed=1, today=TODAY)
    assert bytes_of(path) == before


@pytest.mark.parametrize("families", [1, 2, 3, 12, 40])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_few_families_have_no_fault_either(tmp_path: Path, families: int, seed: int) -> None:
    write_invented_folder(tmp_path / "few", families=families, seed=seed, today=TODAY)
    found, faults = read_folder(tmp_path / "few")
    assert faults + find_faults(found, now=NOW) == []


def test_the_folder_has_no_fault_and_fits_the_council_s_procedure(folder: Folder) -> None:
    names, unknown = find_protocol_names(folder)
    assert unknown == []
    assert names is not None
    assert find_faults(folder, now=NOW, names=names) == []


def test_nobody_in_it_can_be_reached(folder: Folder) -> None:
    rows = [row for table in (PEOPLE, PRACTITIONERS, AGENCIES) for row in folder.of(table)]
    phones = {row["phone"] for row in rows} | {row["contact"] for row in folder.of(PROFESSIONAL_RELATIONSHIPS)}
    assert all(DRAMA.fullmatch(phone) for phone in phones if phone)
    assert all(row["email"].endswith("@example.org") for row in rows if row["email"])
    assert all(row["nhs_number"].startswith("999") for row in folder.of(PEOPLE) if row["nhs_number"])


def test_the_people_whom_a_visitor_meets_are_there(folder: Folder) -> None:
    roles = {row["email"]: row["roles"] for row in folder.of(PRACTITIONERS) if row["sign_in"]}
    assert roles["samira.malik@example.org"] == ("social-worker",)
    assert roles["dana.cole@example.org"] == ("team-manager",)
    assert roles["jo.reid@example.org"] == ("support-practitioner",)
    assert roles["grace.adeyemi@example.org"] == ("lead-practitioner",)
    names, _faults = find_protocol_names(folder)
    assert names is not None
    assert {role for held in roles.values() for role in held} == set(names.roles)


def test_families_are_of_every_sort(folder: Folder) -> None:
    people = folder.of(PEOPLE)
    ages = {(TODAY - row["birth_date"]).days // 365 for row in people if row["birth_date"]}
    assert set(range(18)) <= ages
    assert sum(1 for row in people if row["expected_birth_date"]) >= 5
    assert {"mother", "father", "step-father", "grandmother"} <= {row["kind"] for row in folder.of(RELATIONSHIPS)}
    assert len({row["first_language"] for row in people}) >= 6
    assert sum(1 for row in people if row["interpreter_needed"]) >= 10


def test_about_forty_families_await_a_step_down_of_the_last_weeks(folder: Folder) -> None:
    open_now = {row["child"] for row in folder.of(INVOLVEMENTS) if row["kind"] == "assessment" and not row["to"]}
    waiting = [
        row
        for row in folder.of(ASSESSMENTS)
        if row["recommendation"] == "early-help" and row["authorised_at"] and set(row["children"]) & open_now
    ]
    assert 35 <= len(waiting) <= 45
    assert all((TODAY - row["authorised_at"].date()).days <= 21 for row in waiting)
    drafts = [row for row in folder.of(ASSESSMENTS) if not row["authorised_at"]]
    assert any(row["draft_read_at"] for row in drafts)
    assert any(not row["draft_read_at"] for row in drafts)


def test_a_whole_assessment_has_the_sections_that_fill_in_forms(folder: Folder) -> None:
    sections = {(row["assessment"], row["code"]): row["text"] for row in folder.of(ASSESSMENT_SECTIONS)}
    for row in folder.of(ASSESSMENTS):
        if row["recommendation"]:
            texts = [sections[row["reference"], code] for code in ("analysis", "family-view", "child-view", "needs")]
            assert not any("{" in text or "}" in text for text in texts)
            assert len(texts[0]) > 300
    assert len(set(sections.values())) > 0.9 * len(sections)


def open_children(folder: Folder) -> dict[str, str]:
    """Every child who is open to anybody, and the family's main contact."""
    rows = folder.of(INVOLVEMENTS)
    return {row["child"]: row["responsible"] for row in rows if not row["to"] and row["main_contact"]}


def last_seen(folder: Folder) -> dict[str, date]:
    seen: dict[str, date] = {}
    for row in folder.of(VISITS):
        for child in {*row["seen"], *row["seen_alone"]}:
            seen[child] = max(seen.get(child, row["visited_at"].date()), row["visited_at"].date())
    return seen


def test_most_open_children_were_seen_lately_and_every_worker_has_few_who_were_not(folder: Folder) -> None:
    held_since = {row["child"]: row["from"] for row in folder.of(INVOLVEMENTS) if not row["to"]}
    born = {row["reference"] for row in folder.of(PEOPLE) if row["birth_date"]}
    seen, held = last_seen(folder), open_children(folder)
    late = {
        child for child in held if child in born and seen.get(child, held_since[child]) < TODAY - timedelta(days=28)
    }
    assert 30 <= len(late) <= len(held) / 5
    of_worker = Counter(held[child] for child in late)
    assert max(of_worker.values()) <= 10
    samira = next(row["reference"] for row in folder.of(PRACTITIONERS) if row["email"] == "samira.malik@example.org")
    assert 3 <= of_worker[samira] <= 10


def test_visits_are_made_on_working_days_and_some_children_are_seen_alone(folder: Folder) -> None:
    visits = folder.of(VISITS)
    assert all(row["visited_at"].weekday() < 5 for row in visits)
    alone = sum(1 for row in visits if row["seen_alone"])
    assert len(visits) / 5 < alone < len(visits)
    assert any(not row["seen"] for row in visits)
    assert len({row["note"] for row in visits}) > len(visits) / 3


def test_somebody_is_away_now_somebody_soon_and_whom_a_visitor_meets_is_there(folder: Folder) -> None:
    absences = folder.of(ABSENCES)
    assert any(row["from"] <= TODAY < row["to"] for row in absences)
    assert any(TODAY < row["from"] <= TODAY + timedelta(days=7) for row in absences)
    emails = {row["reference"]: row["email"] for row in folder.of(PRACTITIONERS)}
    away = {emails[row["practitioner"]] for row in absences}
    assert away.isdisjoint({f"{name}@example.org" for name in ("samira.malik", "dana.cole", "jo.reid", "priya.nair")})


def test_only_families_under_early_help_have_been_asked_for_consent(folder: Folder) -> None:
    family_of = {row["person"]: row["family"] for row in folder.of(FAMILY_MEMBERS)}
    rows = [row for row in folder.of(INVOLVEMENTS) if row["kind"] == "early-help" and not row["to"]]
    begun = {family_of[row["child"]]: row["from"] for row in rows}
    consents = folder.of(CONSENTS)
    assert {row["family"] for row in consents} == set(begun)
    assert all(row["answered_date"] < begun[row["family"]] for row in consents)
    assert any(row["shared_with"] for row in consents)


def test_who_works_with_a_child_is_said_as_people_say_it(folder: Folder) -> None:
    roles = {row["role"] for row in folder.of(PROFESSIONAL_RELATIONSHIPS)}
    assert {"class teacher", "health visitor", "special needs co-ordinator"} <= roles
    assert not any("-" in role for role in roles - {"special needs co-ordinator"})


def test_every_council_works_by_a_procedure_that_is_there() -> None:
    for name in find_councils():
        assert latest_version(settings.HANDHOLD_PROTOCOLS, name).is_dir()


@pytest.mark.slow
@pytest.mark.django_db
def test_three_hundred_families_are_imported_and_nobody_is_let_go(folder: Folder) -> None:
    names, _faults = find_protocol_names(folder)
    import_folder(folder, now=NOW, names=names)
    assert import_folder(folder, now=NOW, names=names).is_nothing_new
    assert Family.objects.filter(authority=Authority.objects.get()).count() == 300 + 3, "three young people live alone"
    is_open = Q(open_during__upper_inf=True)
    accountable = Involvement.objects.filter(is_open).annotate(
        held=Count("allocations", filter=Q(allocations__during__upper_inf=True), distinct=True)
    )
    assert set(accountable.values_list("held", flat=True)) == {1}
    children = Person.objects.filter(involvements__open_during__upper_inf=True).distinct()
    with_contact = children.annotate(
        contacts=Count("main_contacts", filter=Q(main_contacts__during__upper_inf=True), distinct=True)
    )
    assert children.count() > 300
    assert set(with_contact.values_list("contacts", flat=True)) == {1}
    held = set(Allocation.objects.filter(during__upper_inf=True).values_list("involvement", "practitioner"))
    assert set(MainContact.objects.filter(during__upper_inf=True).values_list("involvement", "practitioner")) <= held
    gone = Q(practitioner__left_date__isnull=False)
    assert not Allocation.objects.filter(gone, during__upper_inf=True).exists()
    assert not RoleHolding.objects.filter(gone, during__contains=NOW).exists()
    assert Post.objects.filter(must_be_held_during__contains=NOW, holdings__during__contains=NOW).count() == 1
    assert Assessment.objects.filter(assessment_children=None).count() == 0
