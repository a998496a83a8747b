"""The invented council: its agencies, teams, practitioners, posts, queues and meetings, from a file of councils/."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from faker import Faker
from ruamel.yaml import YAML

from handhold.exchange.columns import Table
from handhold.exchange.tables import (
    ABSENCES,
    AGENCIES,
    AUTHORITY,
    MEETINGS,
    POSTS,
    PRACTITIONERS,
    QUEUES,
    ROTAS,
    TEAMS,
)
from handhold.jobs.invent.numbers import landline, mobile

COUNCILS = Path(__file__).parent / "councils"
LEAD = "lead-practitioner"
DUTY_WEEKS = 8


@dataclass(frozen=True)
class Worker:
    """A practitioner. `code` is as what a partner works with a child; `is_named` those whom a visitor meets first."""

    reference: str
    given_name: str
    family_name: str
    agency: str
    team: str
    role: str
    title: str
    code: str
    phone: str
    is_named: bool
    left: date | None = None

    @property
    def name(self) -> str:
        """Their name as people say it."""
        return f"{self.given_name} {self.family_name}"

    @property
    def works_as(self) -> str:
        """As what they work with a child, as people say it in a sentence: `health visitor`."""
        return f"{self.title[:1].lower()}{self.title[1:]}"


@dataclass
class InventedCouncil:
    """The council's rows, file by file, and its workers."""

    plan: dict[str, Any]
    rows: dict[Table, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    workers: list[Worker] = field(default_factory=list)
    schools: dict[str, list[str]] = field(default_factory=dict)  # references, by primary, secondary, nursery

    def holders(self, role: str, teams: list[str] | None = None) -> list[Worker]:
        """Those who hold a role, of some teams or of all; nobody who has left."""
        return [w for w in self.workers if w.role == role and not w.left and (teams is None or w.team in teams)]

    def partners(self, code: str, agency: str = "") -> list[Worker]:
        """Partners who work with children as something (`health-visitor`), of one agency or of all."""
        return [w for w in self.workers if w.code == code and agency in {"", w.agency}]


def find_councils() -> list[str]:
    """The names of the councils that can be invented, in the order that their files give them."""
    found = {path.stem: YAML(typ="safe").load(path)["order"] for path in COUNCILS.glob("*.yaml")}
    return sorted(found, key=lambda name: (found[name], name))


def invent_council(name: str, *, seed: int, today: date) -> InventedCouncil:
    """Invent the council of one file of councils/."""
    plan = YAML(typ="safe").load(COUNCILS / f"{name}.yaml")
    return _Inventor(plan, seed, today).invent()


class _Inventor:
    def __init__(self, plan: dict[str, Any], seed: int, today: date) -> None:
        self.council = InventedCouncil(plan)
        self.plan = plan
        self.today = today
        self.chance = Random(f"council {seed}")
        self.names = Faker("en_GB")
        self.names.seed_instance(seed)
        self.used: set[str] = set()

    def invent(self) -> InventedCouncil:
        rows = self.council.rows
        rows[AUTHORITY] = [self.plan["authority"]]
        rows[TEAMS] = [{**team, "agency": self.plan["office_code"]} for team in self.plan["teams"]]
        self._add_agencies()
        self._add_council_workers()
        self._add_partners()
        rows[POSTS] = list(self._posts())
        rows[QUEUES] = self.plan["queues"]
        rows[MEETINGS] = self.plan["meetings"]
        rows[ROTAS] = list(self._turns())
        rows[ABSENCES] = list(self._absences())
        return self.council

    def _add_agencies(self) -> None:
        found = [dict(agency) for agency in self.plan["agencies"]]
        for sort, names in self.plan["schools"].items():
            references = [f"{sort}-{place}" for place, _name in enumerate(names, 1)]
            self.council.schools[sort] = references
            found += [
                {"reference": r, "name": name, "kind": "school"} for r, name in zip(references, names, strict=True)
            ]
        for agency in found:
            reference = agency["reference"]
            row = {
                **agency,
                "phone": landline(self.chance),
                "email": f"office.{reference}@{self.plan.get('mail', 'example.org')}",
            }
            self.council.rows[AGENCIES].append(row)

    def _add_council_workers(self) -> None:
        for group in self.plan["practitioners"]:
            team = group.get("team", "")
            for name in self._names_of(group):
                self._add(name, self.plan["office_code"], team, group, role=group["role"])
            if group["role"] == "social-worker":
                # Somebody who has left stands beside past work.
                self._add(self._new_name(), self.plan["office_code"], team, group, role=group["role"], has_left=True)

    def _add_partners(self) -> None:
        for group in self.plan["partners"]:
            for name in self._names_of(group):
                self._add(name, group["agency"], "", group, role=group.get("role", LEAD if group["leads"] else ""))
        first = self.plan["first_teacher"]
        for schools in self.council.schools.values():
            for school in schools:
                for group in self.plan["school_staff"]:
                    named, first = {**group, "names": [first] if first else []}, ""
                    for name in named["names"] or [self._new_name()]:
                        self._add(name, school, "", named, role=LEAD if group["leads"] else "")

    def _names_of(self, group: dict[str, Any]) -> list[str]:
        return [*group.get("names", []), *(self._new_name() for _ in range(group.get("others", 0)))]

    def _new_name(self) -> str:
        while True:
            name = f"{self.names.first_name()} {self.names.last_name()}"
            if name not in self.used:
                return name

    def _add(
        self, name: str, agency: str, team: str, group: dict[str, Any], *, role: str, has_left: bool = False
    ) -> None:
        self.used.add(name)
        given, family = name.split(" ", 1)
        phone = mobile(self.chance) if team else landline(self.chance)
        left = self.today - timedelta(days=self.chance.randint(120, 240)) if has_left else None
        reference = f"P{len(self.council.workers) + 1:04d}"
        is_named = name in group.get("names", [])
        self.council.workers.append(
            Worker(
                reference,
                given,
                family,
                agency,
                team,
                role,
                title=group["title"],
                code=group.get("code", ""),
                phone=phone,
                is_named=is_named,
                left=left,
            )
        )
        self.council.rows[PRACTITIONERS].append(
            {
                "reference": reference,
                "given_name": given,
                "family_name": family,
                "agency": agency,
                "team": team,
                "job_title": group["title"],
                "phone": phone,
                "email": self._address_of(given, family),
                "roles": role,
                "roles_from": self.today - timedelta(days=self.chance.randint(700, 2500)) if role else None,
                "sign_in": bool(role) and not has_left,
                "left_date": left,
            }
        )

    def _address_of(self, given: str, family: str) -> str:
        """Each council's people have addresses of their own: two can have one name."""
        name = f"{given}.{family}".lower().replace(" ", "").replace("'", "")
        return f"{name}@{self.plan.get('mail', 'example.org')}"

    def _posts(self) -> Iterator[dict[str, Any]]:
        for post in self.plan["posts"]:
            teams = [post["team"]] if "team" in post else None
            holder = self.council.holders(post["role"], teams)[0]
            yield {
                "code": post["code"],
                "title": post["title"],
                "team": post.get("team", ""),
                "holder": holder.reference,
                "from": self.today - timedelta(days=700),
                "last_resort": post.get("last_resort", False),
            }

    def _turns(self) -> Iterator[dict[str, Any]]:
        rota = self.plan["rota"]
        people = [worker for role in rota["roles"] for worker in self.council.holders(role)]
        monday = self.today - timedelta(days=self.today.weekday())
        for week in range(DUTY_WEEKS):
            start = monday + timedelta(weeks=week)
            yield {
                "code": rota["code"],
                "title": rota["title"],
                "practitioner": people[week % len(people)].reference,
                "from": start,
                "to": start + timedelta(weeks=1),
            }

    def _absences(self) -> Iterator[dict[str, Any]]:
        for absence in self.plan["absences"]:
            away = self.council.holders(absence["role"], [absence["team"]])[absence["place"]]
            start = self.today + timedelta(days=absence["in_days"])
            yield {
                "practitioner": away.reference,
                "from": start,
                "to": start + timedelta(days=absence["days"]),
                "why": absence["why"],
            }
