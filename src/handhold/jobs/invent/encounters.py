"""What happened with invented families: visits, some of them long ago, alerts, consent of those under early help."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from ruamel.yaml import YAML

from handhold.exchange.columns import LOCAL, Table
from handhold.exchange.tables import ALERTS, CONSENTS, VISITS
from handhold.jobs.invent.council import Worker
from handhold.jobs.invent.households import SCHOOL_AGE, Household, Member
from handhold.working_days import Calendar

WORDS_FILE = Path(__file__).with_name("encounters.yaml")
RECORDED_DAYS = 150  # visits before that are not invented
# Of a worker's families, so many in turn: one whom nobody has seen for long, one with a child who was missed.
TURNS, NOT_SEEN, ONE_MISSED = 11, 2, 6
WARNED = 0.1
LONG_AGO_DAYS = 37  # more than 20 working days, over Christmas too
RECENT_DAYS = 24  # fewer than 20 working days
SPEAKS_ALONE_AGE = 4
ONE_DAY = timedelta(days=1)


class Encounters:
    """Writes the visits and consents of one family after another."""

    def __init__(self, *, seed: int, today: date) -> None:
        self.today = today
        self.chance = Random(f"encounters {seed}")
        self.words = YAML(typ="safe").load(WORDS_FILE)
        self.calendar = Calendar()
        self.rows: dict[Table, list[dict[str, Any]]] = {VISITS: [], CONSENTS: [], ALERTS: []}
        self.warned = Random(f"alerts {seed}")
        self.turns: Counter[str] = Counter()

    def add_visits(self, household: Household, worker: Worker, start: date, to: date | None, *, every: int) -> None:
        """Add the visits of one worker from one day until another, or until now: one in about `every` days."""
        turn = NOT_SEEN + ONE_MISSED
        if to is None:
            turn = self.turns[worker.reference] % TURNS
            self.turns[worker.reference] += 1
            self._add_alert(household, worker, start)
        if to:
            day = to - timedelta(days=self.chance.randint(2, 6))
        elif turn == NOT_SEEN:
            day = self.today - timedelta(days=self.chance.randint(LONG_AGO_DAYS, LONG_AGO_DAYS + 14))
        else:
            day = self.today - timedelta(days=self.chance.randint(1, min(RECENT_DAYS, every)))
        first = max(start, self.today - timedelta(days=RECORDED_DAYS))
        while (day := self._working_day(day)) >= first:
            self._visit(household, worker, day, self._missed(household, day) if turn == ONE_MISSED else None)
            day -= timedelta(days=self.chance.randint(every * 2 // 3, every))

    def _add_alert(self, household: Household, worker: Worker, start: date) -> None:
        """To be known before a visit, of one family in about so many."""
        if self.warned.random() < WARNED:
            alert = self.warned.choice(self.words["alerts"])
            day = max(start, self.today - timedelta(days=self.warned.randint(3, LONG_AGO_DAYS)))
            whose = {"reference": f"A{len(self.rows[ALERTS]) + 1:05d}", "family": household.reference}
            self.rows[ALERTS].append(whose | alert | {"written_by": worker.reference, "from": day})

    def add_consent(
        self, household: Household, worker: Worker, before: date, *, to_what: str, shared_with: list[str]
    ) -> None:
        """Add what the parents answered some days before early help began."""
        day = self._working_day(before - timedelta(days=self.chance.randint(3, 9)))
        asked = [household.carer]
        if household.sort == "separated":
            asked += [member for member in household.members if member.details.get("relation") == "father"]
        for person in asked:
            self.rows[CONSENTS].append(
                {
                    "family": household.reference,
                    "given_by": person.reference,
                    "to_what": to_what,
                    "outcome": "given",
                    "answered_date": day,
                    "how": "face to face" if person.in_household else "telephone",
                    "shared_with": shared_with,
                    "recorded_by": worker.reference,
                    "note": self.chance.choice(self.words["consents"]).format(parent=person.called),
                }
            )

    def _missed(self, household: Household, day: date) -> Member | None:
        """The child who has not been there for a while: the eldest of several."""
        children = [child for child in household.children if child.birth_date]
        is_recent = day > self.today - timedelta(days=LONG_AGO_DAYS)
        return children[0] if len(children) > 1 and is_recent else None

    def _visit(self, household: Household, worker: Worker, day: date, missed: Member | None) -> None:
        there = [one for one in household.children if one is not missed and one.birth_date and one.birth_date <= day]
        is_in_school = {child.school for child in there} == {worker.agency}
        if day < self.today - timedelta(days=LONG_AGO_DAYS) and self.chance.random() < 0.08:
            there, is_in_school = [], False
        alone = [child for child in there if child.age >= SPEAKS_ALONE_AGE and self.chance.random() < 0.35]
        at = datetime.combine(day, time(self.chance.randint(9, 16), self.chance.choice(range(0, 60, 5))), LOCAL)
        self.rows[VISITS].append(
            {
                "family": household.reference,
                "visited_at": at,
                "by": worker.reference,
                "kind": "seen-at-school" if is_in_school else "home-visit",
                "note": self._note(household, there, alone, missed, is_in_school=is_in_school),
                "seen": [child.reference for child in there],
                "seen_alone": [child.reference for child in alone],
            }
        )

    def _note(
        self,
        household: Household,
        there: list[Member],
        alone: list[Member],
        missed: Member | None,
        *,
        is_in_school: bool,
    ) -> str:
        talkers = [child for child in there if child.age >= SCHOOL_AGE]
        sort = "at_school" if is_in_school else "visits" if talkers else "visits_young" if there else "nobody_in"
        texts = [self.chance.choice(self.words[sort])]
        if alone:
            texts.append(self.chance.choice(self.words["alone"]).replace("{child}", alone[0].called))
        if missed:
            texts.append(self.chance.choice(self.words["not_seen"]))
        return " ".join(texts).format(
            children=_listed([child.called for child in there]),
            child=(talkers or there)[0].called if there else "",
            parent=household.carer.called,
            absent=missed.called if missed else "",
        )

    def _working_day(self, day: date) -> date:
        """The day itself where it is worked, otherwise the last working day before it."""
        while not self.calendar.is_working_day(day):
            day -= ONE_DAY
        return day


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
