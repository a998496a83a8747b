"""Invented households: who lives together, who are the parents, who lives elsewhere. Not here: what services do."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from faker import Faker
from ruamel.yaml import YAML

from handhold.jobs.invent.numbers import mobile, nhs_numbers, pupil_numbers

PEOPLE_FILE = Path(__file__).with_name("people.yaml")
# How parents live, of a hundred families
SORTS = {"together": 37, "lone": 20, "separated": 20, "step": 15, "grandparents": 5, "two-mothers": 3}
CHILDREN = {1: 30, 2: 36, 3: 20, 4: 10, 5: 4}
UNBORN = 0.08
SCHOOL_AGE = 5


@dataclass
class Member:
    """A person of a family. Age in whole years on the day of the invention, -1 before birth."""

    reference: str
    given_name: str
    family_name: str
    sex: str
    role: str
    age: int
    birth_date: date | None
    expected_birth_date: date | None = None
    in_household: bool = True
    known_as: str = ""
    school: str = ""
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def called(self) -> str:
        """The name by which others speak of them."""
        return self.known_as or self.given_name or "the baby"


@dataclass
class Household:
    """A family: its people, how they are related, and of what sort it is."""

    reference: str
    name: str
    sort: str
    is_newcomer: bool
    members: list[Member] = field(default_factory=list)
    related: list[tuple[Member, str, Member, bool]] = field(default_factory=list)  # the last: parental responsibility

    @property
    def children(self) -> list[Member]:
        """The children, oldest first."""
        return [member for member in self.members if member.role == "child"]

    @property
    def carer(self) -> Member:
        """The adult who cares for the children from day to day; who lives alone looks after themselves."""
        adults = [member for member in self.members if member.role == "adult" and member.in_household]
        return (adults or self.members)[0]


class Households:
    """Invents one household after another."""

    def __init__(self, plan: dict[str, Any], schools: dict[str, list[str]], *, seed: int, today: date) -> None:
        self.plan, self.schools, self.today = plan, schools, today
        self.words = YAML(typ="safe").load(PEOPLE_FILE)
        self.chance = Random(f"households {seed}")
        self.names = Faker("en_GB")
        self.names.seed_instance(seed + 1)
        self.nhs_numbers = nhs_numbers(plan.get("health_numbers_from", 0))
        self.pupil_numbers = pupil_numbers(plan["local_authority_number"])
        self.people = 0

    def invent(self, count: int) -> Iterator[Household]:
        """Invent so many households."""
        for place in range(1, count + 1):
            yield self._invent(f"F{place:05d}")

    def _invent(self, reference: str) -> Household:
        heritages = self.words["heritages"]
        (heritage,) = self.chance.choices(heritages, [one["weight"] for one in heritages])
        (sort,) = self.chance.choices(list(SORTS), list(SORTS.values()))
        household = Household(reference, self._family_name(heritage), sort, heritage["language"] != "English")
        address = self._address()
        self._add_adults(household, heritage, address)
        self._add_children(household, heritage, address)
        self._relate(household)
        return household

    def invent_young_person(self, reference: str, born: date) -> Household:
        """Invent somebody who was in care, now grown up, and lives alone."""
        heritages = self.words["heritages"]
        (heritage,) = self.chance.choices(heritages, [one["weight"] for one in heritages])
        household = Household(reference, self._family_name(heritage), "alone", heritage["language"] != "English")
        years = self.today.year - born.year
        sex = self.chance.choice(["female", "male"])
        member = self._person(heritage, sex, "child", years, household.name, self._address(), taken=set())
        member.birth_date = born
        household.members.append(member)
        return household

    # Adults

    def _add_adults(self, household: Household, heritage: dict[str, Any], address: str) -> None:
        first = ("female", "grandmother") if household.sort == "grandparents" else ("female", "mother")
        self._add_adult(household, heritage, address, *first)
        other = {
            "together": [("male", "father", True)],
            "separated": [("male", "father", False)],
            "step": [("male", "step-father", True), ("male", "father", False)],
            "grandparents": [("male", "grandfather", True), ("female", "mother", False)],
            "two-mothers": [("female", "mother", True)],
        }
        for sex, relation, lives_here in other.get(household.sort, []):
            self._add_adult(household, heritage, address if lives_here else self._address(), sex, relation, lives_here)

    def _add_adult(
        self,
        household: Household,
        heritage: dict[str, Any],
        address: str,
        sex: str,
        relation: str,
        lives_here: bool = True,
    ) -> None:
        age = self.chance.randint(52, 68) if relation.startswith("grand") else self.chance.randint(34, 48)
        shares_name = relation == "mother" or self.chance.random() < 0.6
        name = household.name if shares_name and lives_here else self._family_name(heritage)
        adult = self._person(heritage, sex, "adult", age, name, address, taken=_names_in(household))
        adult.in_household = lives_here
        adult.details |= {"relation": relation, "phone": mobile(self.chance)}
        if self.chance.random() < 0.4:
            adult.details["email"] = f"{adult.reference}@example.org".lower()
        household.members.append(adult)

    # Children

    def _add_children(self, household: Household, heritage: dict[str, Any], address: str) -> None:
        schools = {sort: self._choose_school(names) for sort, names in self.schools.items()}
        (count,) = self.chance.choices(list(CHILDREN), list(CHILDREN.values()))
        ages = sorted(self.chance.sample(range(18), count), reverse=True)
        if self.chance.random() < UNBORN and ages[-1] > 0:
            ages = [*ages[: count - 1], -1]
        for age in ages:
            sex = self.chance.choice(["female", "male"])
            taken = _names_in(household)
            child = self._person(heritage, sex, "child", age, household.name, address, taken=taken)
            self._settle_child(child, heritage, schools)
            household.members.append(child)

    def _choose_school(self, schools: list[str]) -> str:
        """One of a sort for all siblings. The first of all, where a visitor knows a teacher, is the largest."""
        largest = next(iter(self.schools.values()))[0]
        return self.chance.choices(schools, [6 if school == largest else 1 for school in schools])[0]

    def _settle_child(self, child: Member, heritage: dict[str, Any], schools: dict[str, str]) -> None:
        if child.age < 0:
            child.given_name, child.sex, child.birth_date = "", "", None
            child.expected_birth_date = self.today + timedelta(days=self.chance.randint(14, 130))
            child.details = {"address": child.details["address"]}
            return
        child.details["first_language"] = heritage["language"] if child.age < 4 else "English"
        child.details["interpreter_needed"] = False
        sort = "nursery" if child.age < SCHOOL_AGE else "primary" if child.age < 12 else "secondary"
        child.school = schools[sort] if child.age >= 2 else ""
        if child.age >= SCHOOL_AGE:
            child.details["upn"] = next(self.pupil_numbers)

    # Anybody

    def _person(
        self,
        heritage: dict[str, Any],
        sex: str,
        role: str,
        age: int,
        family_name: str,
        address: str,
        *,
        taken: set[str],
    ) -> Member:
        self.people += 1
        birth = self.today.replace(day=1) - timedelta(days=round(age * 365.25) + self.chance.randint(5, 355))
        given = self._given_name(heritage, sex, role)
        while given in taken:
            given = self._given_name(heritage, sex, role)
        details: dict[str, Any] = {"ethnicity": heritage["ethnicity"], "first_language": heritage["language"]}
        details |= {"address": address, "nhs_number": next(self.nhs_numbers)}
        details["interpreter_needed"] = self.chance.random() < heritage.get("interpreter", 0)
        if self.chance.random() < 0.05:
            details["communication_needs"] = self.chance.choice(self.words["communication_needs"])
        known_as = self.words["short_names"].get(given, "") if self.chance.random() < 0.5 else ""
        reference = f"C{self.people:06d}"
        return Member(reference, given, family_name, sex, role, age, birth, known_as=known_as, details=details)

    def _given_name(self, heritage: dict[str, Any], sex: str, role: str) -> str:
        names = heritage if sex in heritage else self.words["children"] if role == "child" else {}
        if sex in names:
            return str(self.chance.choice(names[sex]))
        return str(self.names.first_name_female() if sex == "female" else self.names.first_name_male())

    def _family_name(self, heritage: dict[str, Any]) -> str:
        return str(self.chance.choice(heritage["family"]) if "family" in heritage else self.names.last_name())

    def _address(self) -> str:
        street = f"{self.chance.choice(self.words['street_words'])} {self.chance.choice(self.words['street_kinds'])}"
        unit = f"{self.chance.randint(1, 9)}{''.join(self.chance.choices('ABDEFGHJLNPQRSTUWXYZ', k=2))}"
        return f"{self.chance.randint(1, 180)} {street}, {self.plan['town']}, {self.plan['postcode_district']} {unit}"

    # Relationships

    def _relate(self, household: Household) -> None:
        adults = [member for member in household.members if member.role == "adult"]
        for child in household.children:
            for adult in adults:
                relation = adult.details["relation"]
                # A step-parent has none by being one; grandparents here are special guardians.
                responsible = relation in {"mother", "grandmother", "grandfather"}
                responsible = responsible or (relation == "father" and child.age >= 0 and self.chance.random() < 0.8)
                household.related.append((adult, relation, child, responsible))
        for place, older in enumerate(household.children):
            for younger in household.children[place + 1 :]:
                relation = {"female": "sister", "male": "brother"}[older.sex]
                household.related.append((older, relation, younger, False))


def _names_in(household: Household) -> set[str]:
    return {member.given_name for member in household.members}
