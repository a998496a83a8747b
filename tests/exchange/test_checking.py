"""Rows among each other: each way in which a folder can contradict itself is told, with its place and its mend."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from handhold.exchange.tables import (
    ABSENCES,
    AGENCIES,
    ASSESSMENTS,
    AUTHORITY,
    CONSENTS,
    FAMILIES,
    FAMILY_MEMBERS,
    INVOLVEMENTS,
    MEETINGS,
    PEOPLE,
    POSTS,
    PRACTITIONERS,
    QUEUES,
    RELATIONSHIPS,
    ROTAS,
    TEAMS,
    VISITS,
)
from tests.exchange.folders import BEGUN, LONG_AGO, Rows, alert_about_another, faults_after, involvement, small_rows

READ = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
Spoil = Callable[[Rows], object]


def visited_by_somebody_who_had_left(rows: Rows) -> None:
    left = {"reference": "P4", "email": "", "sign_in": False, "left_date": LONG_AGO, "roles": []}
    rows[PRACTITIONERS].append({**rows[PRACTITIONERS][2], **left})
    rows[VISITS][0].update(by="P4")


def answered_for_another_family(rows: Rows) -> None:
    rows[FAMILIES].append({"reference": "F2", "name": "Hart"})
    rows[CONSENTS][0].update(family="F2")


FAULTS: dict[str, tuple[Spoil, tuple[str, int, str], str]] = {
    "a reference used twice": (
        lambda rows: rows[AGENCIES].append({"reference": "school", "name": "Another", "kind": "school"}),
        ("agencies.csv", 4, "reference"),
        "Row 3 has the same",
    ),
    "a reference that leads nowhere": (
        lambda rows: rows[INVOLVEMENTS][3].update(child="C22"),
        ("involvements.csv", 5, "child"),
        "C2 meant",
    ),
    "one of several references that leads nowhere": (
        lambda rows: rows[ASSESSMENTS][0].update(children=["C1", "X"]),
        ("assessments.csv", 2, "children"),
        "There is no “X”",
    ),
    "an NHS number of two people": (
        lambda rows: rows[PEOPLE][1].update(nhs_number="9990000018"),
        ("people.csv", 3, "nhs_number"),
        "Row 2 has the same",
    ),
    "an address of two practitioners": (
        lambda rows: rows[PRACTITIONERS][2].update(email="Dana.Cole@example.org"),
        ("practitioners.csv", 4, "email"),
        "Row 3 has the same",
    ),
    "a birth in the future": (
        lambda rows: rows[PEOPLE][3].update(birth_date=date(2026, 11, 25)),
        ("people.csv", 5, "birth_date"),
        "future",
    ),
    "an authorisation in the future": (
        lambda rows: rows[ASSESSMENTS][0].update(
            authorised_at=datetime(2026, 11, 24, 10, 1, tzinfo=UTC), authorised_by="P2"
        ),
        ("assessments.csv", 2, "authorised_at"),
        "future",
    ),
    "a death before birth": (
        lambda rows: rows[PEOPLE][3].update(died_date=date(1980, 1, 1)),
        ("people.csv", 5, "died_date"),
        "does not lie after birth_date",
    ),
    "an end before the beginning": (
        lambda rows: rows[RELATIONSHIPS][0].update(to=date(2020, 1, 1)),
        ("relationships.csv", 2, "to"),
        "does not lie after from",
    ),
    "a period without a day": (
        lambda rows: rows[RELATIONSHIPS][0].update(to=BEGUN),
        ("relationships.csv", 2, "to"),
        "does not lie after from",
    ),
    "overlapping periods": (
        lambda rows: rows[FAMILY_MEMBERS].append({**rows[FAMILY_MEMBERS][0], "from": date(2026, 11, 1)}),
        ("family_members.csv", 6, "from"),
        "overlaps that of row 2",
    ),
    "a child without any date of birth": (
        lambda rows: rows[PEOPLE][2].update(expected_birth_date=None),
        ("people.csv", 4, "birth_date"),
        "no date of birth",
    ),
    "a birth expected too far ahead": (
        lambda rows: rows[PEOPLE][2].update(expected_birth_date=date(2027, 12, 1)),
        ("people.csv", 4, "expected_birth_date"),
        "so far ahead",
    ),
    "a child without a name": (
        lambda rows: rows[PEOPLE][1].update(given_name=""),
        ("people.csv", 3, "given_name"),
        "given name",
    ),
    "a person of no family": (
        lambda rows: rows[PEOPLE].append(
            {"reference": "X", "given_name": "A", "family_name": "B", "birth_date": LONG_AGO}
        ),
        ("people.csv", 6, "reference"),
        "no family",
    ),
    "somebody their own mother": (
        lambda rows: rows[RELATIONSHIPS][0].update(to_person="M1"),
        ("relationships.csv", 2, "to_person"),
        "their own mother",
    ),
    "an authorised assessment that recommends nothing": (
        lambda rows: rows[ASSESSMENTS][0].update(authorised_at=READ, authorised_by="P2", recommendation=""),
        ("assessments.csv", 2, "recommendation"),
        "recommends",
    ),
    "an authorisation by nobody": (
        lambda rows: rows[ASSESSMENTS][0].update(authorised_at=READ),
        ("assessments.csv", 2, "authorised_by"),
        "authorised_at without authorised_by",
    ),
    "a draft read before it was begun": (
        lambda rows: rows[ASSESSMENTS][0].update(draft_read_at=datetime(2026, 10, 1, 9, tzinfo=UTC)),
        ("assessments.csv", 2, "draft_read_at"),
        "before started_date",
    ),
    "an assessment of somebody who is no child of the family": (
        lambda rows: rows[ASSESSMENTS][0].update(children=["C1", "M1"]),
        ("assessments.csv", 2, "children"),
        "no child of the family",
    ),
    "a stranger in an alert": (alert_about_another, ("alerts.csv", 2, "person"), "M2 is nobody of the family"),
    "two authorities": (
        lambda rows: rows[AUTHORITY].append({"code": "other", "name": "Other", "protocol": "york"}),
        ("authority.csv", 3, "code"),
        "second authority",
    ),
    "no authority": (lambda rows: rows[AUTHORITY].clear(), ("authority.csv", 0, ""), "no authority"),
    "a team of another agency": (
        lambda rows: rows[PRACTITIONERS][2].update(team="assessment-2"),
        ("practitioners.csv", 4, "team"),
        "belongs to council",
    ),
    "roles since nobody knows when": (
        lambda rows: rows[PRACTITIONERS][0].update(roles_from=None),
        ("practitioners.csv", 2, "roles_from"),
        "since when",
    ),
    "a role that the protocol does not know": (
        lambda rows: rows[PRACTITIONERS][0].update(roles="social-worker;wizard"),
        ("practitioners.csv", 2, "roles"),
        "no role “wizard”",
    ),
    "a sign-in without an address": (
        lambda rows: rows[PRACTITIONERS][0].update(email=""),
        ("practitioners.csv", 2, "email"),
        "sign in",
    ),
    "no post of last resort": (
        lambda rows: rows[POSTS][0].update(last_resort=False),
        ("posts.csv", 0, "last_resort"),
        "no post of last resort",
    ),
    "a post held by somebody who left": (
        lambda rows: rows[PRACTITIONERS][1].update(left_date=date(2026, 11, 24)),
        ("posts.csv", 2, "holder"),
        "left on 2026-11-24",
    ),
    "a queue of the protocol without a post": (
        lambda rows: rows[QUEUES].clear(),
        ("queues.csv", 0, "code"),
        "“partner-led-eha”",
    ),
    "a meeting of the protocol without a post": (
        lambda rows: rows[MEETINGS].clear(),
        ("meetings.csv", 0, "code"),
        "“weekly-transfer-meeting”",
    ),
    "a rota with two titles": (
        lambda rows: rows[ROTAS].append(
            {**rows[ROTAS][0], "title": "Other", "from": date(2026, 12, 1), "to": date(2026, 12, 2)}
        ),
        ("rotas.csv", 3, "title"),
        "one title",
    ),
    "a team of no agency": (
        lambda rows: rows[TEAMS].append({"code": "new", "agency": "charity", "name": "New"}),
        ("teams.csv", 3, "agency"),
        "There is no “charity”",
    ),
    "an absence that ends before it begins": (
        lambda rows: rows[ABSENCES][0].update(to=date(2026, 12, 1)),
        ("absences.csv", 2, "to"),
        "does not lie after from",
    ),
    "an absence of nobody": (
        lambda rows: rows[ABSENCES][0].update(practitioner="P9"),
        ("absences.csv", 2, "practitioner"),
        "There is no “P9”",
    ),
    "a visit in the future": (
        lambda rows: rows[VISITS][0].update(visited_at=datetime(2026, 11, 24, 10, 1, tzinfo=UTC)),
        ("visits.csv", 2, "visited_at"),
        "future",
    ),
    "one visit twice": (
        lambda rows: rows[VISITS].append({**rows[VISITS][0], "note": "Again."}),
        ("visits.csv", 3, "family"),
        "Row 2 has the same family and visited_at and by",
    ),
    "an adult seen as a child": (
        lambda rows: rows[VISITS][0].update(seen=["C2", "M1"]),
        ("visits.csv", 2, "seen"),
        "M1 is no child of the family F1",
    ),
    "an unborn child seen alone": (
        lambda rows: rows[VISITS][0].update(seen_alone=["C3"]),
        ("visits.csv", 2, "seen_alone"),
        "C3 was not born then",
    ),
    "a child seen before their birth": (
        lambda rows: rows[PEOPLE][1].update(birth_date=date(2026, 11, 18)),
        ("visits.csv", 2, "seen"),
        "C2 was not born then",
    ),
    "a visit by somebody who had left": (
        visited_by_somebody_who_had_left,
        ("visits.csv", 2, "by"),
        "P4 left on 2024-01-08",
    ),
    "an answer of somebody outside the family": (
        answered_for_another_family,
        ("consents.csv", 2, "given_by"),
        "M1 does not belong to the family F2",
    ),
    "an answer that is neither yes nor no": (
        lambda rows: rows[CONSENTS][0].update(outcome="perhaps"),
        ("consents.csv", 2, "outcome"),
        "given, refused, disputed, withdrawn",
    ),
    "an answer in the future": (
        lambda rows: rows[CONSENTS][0].update(answered_date=date(2026, 11, 25)),
        ("consents.csv", 2, "answered_date"),
        "future",
    ),
    "information shared with nobody known": (
        lambda rows: rows[CONSENTS][0].update(shared_with=["school", "scool"]),
        ("consents.csv", 2, "shared_with"),
        "school meant",
    ),
    # Nobody is let go
    "no main contact": (
        lambda rows: rows[INVOLVEMENTS][3].update(main_contact=False),
        ("involvements.csv", 5, "main_contact"),
        "C2 has no main contact from 2026-10-05 on",
    ),
    "two main contacts": (
        lambda rows: rows[INVOLVEMENTS][2].update(main_contact=True),
        ("involvements.csv", 4, "main_contact"),
        "two main contacts",
    ),
    "a main contact outside the involvement": (
        lambda rows: rows[INVOLVEMENTS][3].update(main_contact_from=date(2026, 9, 1)),
        ("involvements.csv", 5, "main_contact_from"),
        "outside the time",
    ),
    "the dates of a main contact who is none": (
        lambda rows: rows[INVOLVEMENTS][2].update(main_contact_from=BEGUN),
        ("involvements.csv", 4, "main_contact"),
        "who is none",
    ),
    "an open involvement without a responsible practitioner": (
        lambda rows: rows[INVOLVEMENTS][1].update(responsible=""),
        ("involvements.csv", 3, "responsible"),
        "empty",
    ),
    "an open involvement of somebody who left": (
        lambda rows: rows[PRACTITIONERS][2].update(left_date=date(2026, 11, 1)),
        ("involvements.csv", 4, "responsible"),
        "left on 2026-11-01 and is still responsible",
    ),
    "an end without a reason": (
        lambda rows: rows[INVOLVEMENTS][2].update(to=date(2026, 11, 1)),
        ("involvements.csv", 4, "closing_reason"),
        "nobody says why",
    ),
    "a reason without an end": (
        lambda rows: rows[INVOLVEMENTS][2].update(closing_reason="moved"),
        ("involvements.csv", 4, "to"),
        "no end",
    ),
    "an involvement of an adult": (
        lambda rows: rows[INVOLVEMENTS].append(involvement("M1", "assessment", BEGUN)),
        ("involvements.csv", 6, "child"),
        "child of no family",
    ),
    "an open involvement of a child who died": (
        lambda rows: rows[PEOPLE][1].update(died_date=date(2026, 11, 20)),
        ("involvements.csv", 5, "to"),
        "died on 2026-11-20",
    ),
    "two open involvements of one kind": (
        lambda rows: rows[INVOLVEMENTS].append(involvement("C2", "assessment", date(2026, 11, 2), main_contact=False)),
        ("involvements.csv", 6, "from"),
        "overlaps that of row 5",
    ),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_folder_that_contradicts_itself_is_told_so(tmp_path: Path, what: str) -> None:
    spoil, place, words = FAULTS[what]
    faults = faults_after(tmp_path, spoil)
    assert [(fault.file, fault.row, fault.column) for fault in faults] == [place], faults
    assert words in f"{faults[0].what} {faults[0].mend}"
    assert faults[0].mend


def test_main_contacts_that_follow_each_other_without_a_gap_are_no_fault(tmp_path: Path) -> None:
    def part(rows: Rows) -> None:
        rows[INVOLVEMENTS][1].update(main_contact_to=date(2026, 11, 2))
        rows[INVOLVEMENTS][2].update(main_contact=True, main_contact_from=date(2026, 11, 2))

    assert faults_after(tmp_path, part) == []


def test_a_day_between_two_main_contacts_is_a_fault(tmp_path: Path) -> None:
    def part(rows: Rows) -> None:
        rows[INVOLVEMENTS][1].update(main_contact_to=date(2026, 11, 2))
        rows[INVOLVEMENTS][2].update(main_contact=True, main_contact_from=date(2026, 11, 3))

    faults = faults_after(tmp_path, part)
    assert {fault.row for fault in faults} == {3, 4}
    assert all("no main contact from 2026-11-02 on" in fault.what for fault in faults)


def test_a_closed_involvement_may_be_of_somebody_who_has_left(tmp_path: Path) -> None:
    def leave(rows: Rows) -> None:
        rows[INVOLVEMENTS][2].update(to=date(2026, 11, 1), closing_reason="moved")
        rows[PRACTITIONERS][2].update(left_date=date(2026, 11, 1))

    assert faults_after(tmp_path, leave) == []


def test_a_missing_file_leaves_what_refers_to_it_unsaid(tmp_path: Path) -> None:
    def drop(rows: Rows) -> None:
        del rows[PEOPLE]

    assert [(fault.file, fault.row) for fault in faults_after(tmp_path, drop)] == [("people.csv", 0)]


def test_several_faults_are_told_together(tmp_path: Path) -> None:
    def spoil(rows: Rows) -> None:
        rows[INVOLVEMENTS][3].update(main_contact=False)
        rows[PEOPLE][2].update(expected_birth_date=None)
        rows[AGENCIES].append({"reference": "school", "name": "Another", "kind": "school"})

    assert {fault.file for fault in faults_after(tmp_path, spoil)} == {"agencies.csv", "people.csv", "involvements.csv"}


def test_a_visit_at_which_nobody_was_in_is_no_fault(tmp_path: Path) -> None:
    assert faults_after(tmp_path, lambda rows: rows[VISITS][0].update(seen=[], seen_alone=[])) == []


def test_a_child_can_have_been_seen_on_the_day_of_their_death_and_not_after(tmp_path: Path) -> None:
    def die(day: date) -> Callable[[Rows], object]:
        def spoil(rows: Rows) -> None:
            rows[PEOPLE][1].update(died_date=day)
            rows[INVOLVEMENTS][3].update(to=date(2026, 11, 23), closing_reason="died")

        return spoil

    assert faults_after(tmp_path, die(date(2026, 11, 17))) == []
    faults = faults_after(tmp_path, die(date(2026, 11, 16)))
    assert [(fault.file, fault.row, fault.column) for fault in faults] == [("visits.csv", 2, "seen")]


def test_the_small_folder_holds_what_these_tests_spoil() -> None:
    assert [len(rows) for rows in small_rows().values()] == [1, 2, 1, 3, *[1] * 6, 4, 4, 1, 3, 4, *[1] * 5]
