"""A small folder without fault, for tests to spoil: one council, one family of two children and one to come."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from handhold.exchange.checking import find_faults
from handhold.exchange.checking_services import ProtocolNames
from handhold.exchange.columns import Table
from handhold.exchange.faults import Fault
from handhold.exchange.folder import Folder
from handhold.exchange.reading import read_folder
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
    MEETINGS,
    PEOPLE,
    POSTS,
    PRACTITIONERS,
    PROFESSIONAL_RELATIONSHIPS,
    QUEUES,
    RELATIONSHIPS,
    ROTAS,
    TEAMS,
    VISITS,
)
from handhold.exchange.writing import write_table

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
LONG_AGO = date(2024, 1, 8)
BEGUN = date(2026, 10, 5)
Rows = dict[Table, list[dict[str, Any]]]
NAMES = ProtocolNames(
    "a protocol",
    roles=["social-worker", "team-manager", "lead-practitioner"],
    queues=["partner-led-eha"],
    meetings=["weekly-transfer-meeting"],
)


def small_rows() -> Rows:
    """The rows of a folder without fault. A new copy each time."""
    return {**_services(), **_people(), **_casework(), **_encounters()}


def _practitioner(reference: str, name: str, agency: str, role: str, **more: Any) -> dict[str, Any]:
    given, family = name.split()
    return {
        "reference": reference,
        "given_name": given,
        "family_name": family,
        "agency": agency,
        "email": f"{given}.{family}@example.org".lower(),
        "roles": [role],
        "roles_from": LONG_AGO,
        "sign_in": True,
        **more,
    }


def _services() -> Rows:
    return {
        AUTHORITY: [{"code": "york", "name": "Council of the tests", "protocol": "york"}],
        AGENCIES: [
            {"reference": "council", "name": "The council", "kind": "council"},
            {"reference": "school", "name": "Oak Lane School", "kind": "school", "phone": "01632 960 001"},
        ],
        TEAMS: [{"code": "assessment-2", "agency": "council", "name": "Assessment team 2", "kind": "assessment"}],
        PRACTITIONERS: [
            _practitioner("P1", "Samira Malik", "council", "social-worker", team="assessment-2"),
            _practitioner("P2", "Dana Cole", "council", "team-manager", team="assessment-2"),
            _practitioner("P3", "Grace Adeyemi", "school", "lead-practitioner"),
        ],
        POSTS: [
            {"code": "head", "title": "Head of service", "holder": "P2", "from": LONG_AGO, "last_resort": True},
        ],
        QUEUES: [{"code": "partner-led-eha", "label": "Partner led EHA", "owner_post": "head"}],
        MEETINGS: [
            {
                "code": "weekly-transfer-meeting",
                "title": "Weekly transfer meeting",
                "weekday": "Tuesday",
                "start_time": time(9, 30),
                "chair_post": "head",
            }
        ],
        ROTAS: [
            {
                "code": "duty",
                "title": "Duty",
                "practitioner": "P2",
                "from": date(2026, 11, 23),
                "to": date(2026, 11, 30),
            }
        ],
        ABSENCES: [
            {"practitioner": "P1", "from": date(2026, 12, 7), "to": date(2026, 12, 14), "why": "annual leave"},
        ],
    }


def _people() -> Rows:
    born = {"C1": date(2015, 9, 1), "C2": date(2019, 9, 1), "M1": date(1986, 5, 17)}
    return {
        FAMILIES: [{"reference": "F1", "name": "Okafor"}],
        PEOPLE: [
            {
                "reference": "C1",
                "given_name": "Ada",
                "family_name": "Okafor",
                "birth_date": born["C1"],
                "nhs_number": "9990000018",
                "upn": "U816400000000",
            },
            {"reference": "C2", "given_name": "Obi", "family_name": "Okafor", "birth_date": born["C2"]},
            {"reference": "C3", "family_name": "Okafor", "expected_birth_date": date(2027, 2, 14)},
            {"reference": "M1", "given_name": "Ngozi", "family_name": "Okafor", "birth_date": born["M1"]},
        ],
        FAMILY_MEMBERS: [
            {
                "family": "F1",
                "person": person,
                "role": "adult" if person == "M1" else "child",
                "in_household": True,
                "from": BEGUN,
            }
            for person in ("C1", "C2", "C3", "M1")
        ],
        ALERTS: [
            {
                "reference": "A1",
                "family": "F1",
                "person": "M1",
                "kind": "dog",
                "reason": "Ring first, then it is shut away",
                "shared": True,
                "written_by": "P1",
                "from": BEGUN,
            }
        ],
        RELATIONSHIPS: [
            {
                "from_person": "M1",
                "kind": "mother",
                "to_person": child,
                "parental_responsibility": True,
                "from": BEGUN,
            }
            for child in ("C1", "C2", "C3")
        ],
    }


def _casework() -> Rows:
    return {
        INVOLVEMENTS: [
            involvement("C1", "referral", date(2026, 10, 1), to=BEGUN, closing_reason="assessment-begun"),
            involvement("C1", "assessment", BEGUN),
            involvement("C1", "single-agency", BEGUN, responsible="P3", main_contact=False),
            involvement("C2", "assessment", BEGUN),
        ],
        PROFESSIONAL_RELATIONSHIPS: [
            {"child": "C1", "practitioner": "P3", "role": "class teacher", "contact": "01632 960 001", "from": BEGUN}
        ],
        ASSESSMENTS: [
            {
                "reference": "A1",
                "family": "F1",
                "children": ["C1", "C2"],
                "kind": "single-assessment",
                "started_date": BEGUN,
                "recommendation": "early-help",
                "draft_read_at": datetime(2026, 11, 19, 9, 0, tzinfo=UTC),
                "draft_read_by": "P2",
            }
        ],
        ASSESSMENT_SECTIONS: [
            {
                "assessment": "A1",
                "code": "analysis",
                "text": "The family would like help with mornings.",
                "written_by": "P1",
                "written_at": datetime(2026, 11, 18, 16, 0, tzinfo=UTC),
            }
        ],
    }


def _encounters() -> Rows:
    return {
        VISITS: [
            {
                "family": "F1",
                "visited_at": datetime(2026, 11, 17, 15, 30, tzinfo=UTC),
                "by": "P1",
                "kind": "home-visit",
                "note": "Both were at home.",
                "seen": ["C1", "C2"],
                "seen_alone": ["C1"],
            }
        ],
        CONSENTS: [
            {
                "family": "F1",
                "given_by": "M1",
                "to_what": "help from the school",
                "outcome": "given",
                "answered_date": date(2026, 11, 3),
                "how": "face to face",
                "shared_with": ["school"],
                "recorded_by": "P1",
            }
        ],
    }


def involvement(child: str, kind: str, start: date, **more: Any) -> dict[str, Any]:
    """A row of involvements: open, of the social worker, who is the main contact."""
    return {"child": child, "kind": kind, "from": start, "responsible": "P1", "main_contact": True, **more}


def write_rows(path: Path, rows: Rows) -> Path:
    """Write a folder."""
    path.mkdir(exist_ok=True)
    for table, found in rows.items():
        write_table(path, table, found)
    return path


def faults_of(path: Path, *, names: ProtocolNames | None = NAMES) -> list[Fault]:
    """Read and check a folder, and return every fault."""
    folder, faults = read_folder(path)
    return [*faults, *find_faults(folder, now=NOW, names=names)]


def faults_after(path: Path, spoil: Callable[[Rows], object]) -> list[Fault]:
    """Write the small folder after something was done to its rows, and return every fault."""
    rows = small_rows()
    spoil(rows)
    return faults_of(write_rows(path, rows))


def read_rows(path: Path, rows: Rows) -> Folder:
    """Write and read a folder that has no fault of reading."""
    folder, faults = read_folder(write_rows(path, rows))
    assert faults == []
    return folder


def alert_about_another(rows: Rows) -> None:
    """The alert of one family names somebody of another."""
    rows[FAMILIES].append({"reference": "F2", "name": "Hart"})
    rows[PEOPLE].append(rows[PEOPLE][3] | {"reference": "M2", "given_name": "Mary"})
    rows[FAMILY_MEMBERS].append(rows[FAMILY_MEMBERS][3] | {"family": "F2", "person": "M2"})
    rows[ALERTS][0]["person"] = "M2"
