"""Why services know an invented family: involvements over time, assessments in every state, who works with whom."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import cycle
from random import Random
from typing import Any

from handhold.exchange.columns import LOCAL, Table
from handhold.exchange.tables import ASSESSMENT_SECTIONS, ASSESSMENTS, INVOLVEMENTS, PROFESSIONAL_RELATIONSHIPS
from handhold.jobs.invent.council import InventedCouncil, Worker
from handhold.jobs.invent.encounters import Encounters
from handhold.jobs.invent.households import Household, Member
from handhold.jobs.invent.states import EARLY_HELP, STATES, State
from handhold.jobs.invent.stories import Stories, Story

SATURDAY = 5
# About how many days lie between two visits
VISITED_EVERY = {"assessment": 12, "child-in-need": 20, "child-protection": 10, "early-help": 18}
# Days since assessments were authorised that recommend early help: each worker's are spread over the last weeks.
AUTHORISED_AGO = (12, 4, 15, 8, 2, 13, 10, 6, 16, 1)
# A draft that was read goes on to a meeting before it is authorised.
DRAFT_LIES = timedelta(days=9)


class Casework:
    """Writes the rows of one family after another."""

    def __init__(self, council: InventedCouncil, stories: Stories, *, seed: int, today: date) -> None:
        self.council, self.stories, self.today = council, stories, today
        self.chance = Random(f"casework {seed}")
        self.rows: dict[Table, list[dict[str, Any]]] = {
            table: [] for table in (INVOLVEMENTS, PROFESSIONAL_RELATIONSHIPS, ASSESSMENTS, ASSESSMENT_SECTIONS)
        }
        self.encounters = Encounters(seed=seed, today=today)
        self.turns = {kind: cycle(self._turns_of(kind)) for kind in council.plan["holds"]}
        self.authorised_ago: defaultdict[str, Iterator[int]] = defaultdict(lambda: cycle(AUTHORISED_AGO))
        self.past_turns = cycle(self._turns_of("assessment"))
        self.front_door = cycle(council.holders("front-door"))
        self.left = [worker for worker in council.workers if worker.left]

    def _turns_of(self, kind: str) -> list[Worker]:
        holds = self.council.plan["holds"][kind]
        workers = self.council.holders(holds["role"], holds["teams"])
        # The named come round three times as often, so that whoever signs in as one of them has a full list.
        return [worker for worker in workers for _ in range(3 if worker.is_named else 1)]

    def add(self, household: Household, state: State) -> date:
        """Add what services know of a household; returns the first day on which any knew it."""
        story = self.stories.find_story(household)
        worker = next(self.turns["assessment"] if state.opens == "assessment" else self.past_turns)
        started, authorised = self._days(household, state, worker)
        referred = started - timedelta(days=self.chance.randint(1, 3))
        if state.opens == "assessment":
            self._involve(household, "referral", referred, started, "assessment-begun", next(self.front_door))
            self._involve(household, "assessment", started, None, "", worker)
            self._visit(household, "assessment", worker, started, None)
        else:
            worker = self._past_worker(authorised) or worker
            self._involve(household, "referral", referred, started, "assessment-begun", next(self.front_door))
            self._involve(household, "assessment", started, authorised, state.recommendation, worker)
            self._visit(household, "assessment", worker, started, authorised)
            self._open_next(household, state, authorised, story, worker)
        self._assess(household, state, story, worker, started, authorised)
        self._relate(household, story, started)
        return referred

    def add_young_person(self, household: Household) -> date:
        """Add that Pathways works with somebody who was in care, since they were 18; returns since when."""
        (young,) = household.children
        start = _weekday((young.birth_date or self.today) + timedelta(days=round(18 * 365.25)))
        worker = next(self.turns["pathways"])
        self._involve(household, "pathways", start, None, "", worker)
        self.encounters.add_visits(household, worker, max(start, self.today - timedelta(days=200)), None, every=40)
        return start

    def _visit(self, household: Household, kind: str, worker: Worker, start: date, to: date | None) -> None:
        self.encounters.add_visits(household, worker, start, to, every=VISITED_EVERY[kind])

    def _past_worker(self, authorised: date) -> Worker | None:
        gone = [worker for worker in self.left if worker.left and worker.left > authorised]
        return self.chance.choice(gone) if gone and self.chance.random() < 0.2 else None

    # Days

    def _known_from(self, child: Member) -> date:
        """The first day on which anybody can have known of a child."""
        if child.expected_birth_date:
            return min(child.expected_birth_date - timedelta(days=200), self.today - timedelta(days=70))
        return (child.birth_date or self.today) - timedelta(days=150)

    def _days(self, household: Household, state: State, worker: Worker) -> tuple[date, date]:
        """When the assessment began, and when it was or would be authorised."""
        ago = {
            "assessment read": (-6, -2),
            "assessment drafted": (-9, -3),
            "assessment begun": (-34, -22),
            "assessment for section 17": (1, 5),
        }.get(state.name, (40, 420))
        days_ago = self.chance.randint(*ago)
        if state.name == STATES[0].name:
            days_ago = next(self.authorised_ago[worker.reference])
        authorised = self.today - timedelta(days=days_ago)
        # 45 working days are the most that the law allows; most take less.
        started = authorised - timedelta(days=self.chance.randint(36, 58))
        started = max(started, self._known_from(household.children[0]))
        authorised = max(authorised, started + timedelta(days=14))
        return _weekday(started), _weekday(authorised)

    def _instant(self, day: date) -> datetime:
        clock = time(self.chance.randint(9, 16), self.chance.choice(range(0, 60, 5)))
        return datetime.combine(_weekday(day), clock, LOCAL)

    # Involvements

    def _involve(
        self,
        household: Household,
        kind: str,
        start: date,
        to: date | None,
        reason: str,
        worker: Worker,
        *,
        main_contact: bool = True,
    ) -> None:
        for child in household.children:
            begun = max(start, self._known_from(child))
            if to and begun >= to:
                continue  # not even expected then
            self.rows[INVOLVEMENTS].append(
                {
                    "child": child.reference,
                    "kind": kind,
                    "from": begun,
                    "to": to,
                    "closing_reason": reason,
                    "responsible": worker.reference,
                    "main_contact": main_contact,
                }
            )

    def _open_next(self, household: Household, state: State, start: date, story: Story, before: Worker) -> None:
        if state.name == "partner-led early help":
            holder = self._find_lead(household, story)
            for child in household.children:
                self._add_relationship(child, holder, start, is_lead=True)
        elif state.opens:
            holder = next(self.turns[state.opens])
        else:
            return
        self._involve(household, state.opens, start, None, "", holder)
        self._visit(household, state.opens, holder, start, None)
        if state.opens == EARLY_HELP:
            self._agree(household, holder, before, start, to_what=state.name)
        if state.opens == "child-in-need" and self.chance.random() < 0.2:
            # A partner helps beside social work; the social worker stays the one whom the family rings.
            partner = self._find_lead(household, story)
            self._involve(household, "single-agency", start, None, "", partner, main_contact=False)

    def _agree(self, household: Household, holder: Worker, asked_by: Worker, start: date, *, to_what: str) -> None:
        """What the family agreed to before early help began: information goes to the schools and to who leads."""
        agencies = [*(child.school for child in household.children if child.school), holder.agency]
        shared = [agency for agency in dict.fromkeys(agencies) if agency != self.council.plan["office_code"]]
        self.encounters.add_consent(household, asked_by, start, to_what=to_what, shared_with=shared)

    def _find_lead(self, household: Household, story: Story) -> Worker:
        """Choose a partner who leads: one whom the needs call for, of a child's own school or of their own service."""
        leads = [worker for worker in self.council.workers if worker.role == "lead-practitioner"]
        schools = {child.school for child in household.children}
        codes = {need["works_with"] for need, _child in story.needs}
        of_school = [worker for worker in leads if worker.agency in schools]
        of_service = [worker for worker in leads if worker.code in codes and not _is_school(worker)]
        named = [worker for worker in of_school if worker.is_named]
        others = [worker for worker in leads if not _is_school(worker)]
        return self.chance.choice(named or of_school or of_service or others)

    # Assessments

    def _assess(
        self, household: Household, state: State, story: Story, worker: Worker, started: date, authorised: date
    ) -> None:
        reference = f"A{household.reference[1:]}"
        manager = self._manager_of(worker)
        is_authorised = authorised < self.today and state.name not in {"assessment read", "assessment drafted"}
        is_read = is_authorised or state.name == "assessment read"
        read = min(authorised, self.today) - timedelta(days=self.chance.randint(1, 3))
        if state.name == "assessment read":
            read -= DRAFT_LIES
        self.rows[ASSESSMENTS].append(
            {
                "reference": reference,
                "family": household.reference,
                "children": [child.reference for child in household.children if self._known_from(child) <= started]
                or [household.children[0].reference],
                "kind": "single-assessment",
                "started_date": started,
                "recommendation": state.recommendation,
                "draft_read_at": self._instant(read) if is_read else None,
                "draft_read_by": manager.reference if is_read else "",
                "authorised_at": self._instant(authorised) if is_authorised else None,
                "authorised_by": manager.reference if is_authorised else "",
            }
        )
        sections = (
            self.stories.write_sections(household, story, worker.name, state.recommendation)
            if state.recommendation
            else self.stories.write_notes(household)
        )
        written = self._instant(max(started, min(read, self.today) - timedelta(days=2)))
        self.rows[ASSESSMENT_SECTIONS] += [
            {
                "assessment": reference,
                "code": code,
                "text": text,
                "written_by": worker.reference,
                "written_at": written,
            }
            for code, text in sections.items()
        ]

    def _manager_of(self, worker: Worker) -> Worker:
        return self.council.holders("team-manager", [worker.team])[0]

    # Those who work with a child

    def _relate(self, household: Household, story: Story, start: date) -> None:
        for child in household.children:
            wanted = dict.fromkeys([*_usual_partners(child), *_called_for(story, child)])
            for code in wanted:
                own = self.council.partners(code, child.school) if child.school else []
                partner = next(iter(own), None) or self._any_partner(code)
                if partner:
                    self._add_relationship(child, partner, start, is_lead=False)

    def _any_partner(self, code: str) -> Worker | None:
        found = [worker for worker in self.council.partners(code) if not _is_school(worker)]
        return self.chance.choice(found) if found else None

    def _add_relationship(self, child: Member, worker: Worker, start: date, *, is_lead: bool) -> None:
        rows = self.rows[PROFESSIONAL_RELATIONSHIPS]
        same = (child.reference, worker.reference, worker.works_as)
        if any((row["child"], row["practitioner"], row["role"]) == same for row in reversed(rows[-40:])):
            return
        rows.append(
            {
                "child": child.reference,
                "practitioner": worker.reference,
                "role": worker.works_as,
                "contact": worker.phone,
                "lead": is_lead,
                "from": start,
            }
        )


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def _is_school(worker: Worker) -> bool:
    return worker.agency.split("-")[0] in {"primary", "secondary", "nursery"}


def _usual_partners(child: Member) -> Iterator[str]:
    if child.age < 0:
        yield "midwife"
    elif child.age < 5:
        yield "health-visitor"
    if child.school:
        yield "class-teacher"


def _called_for(story: Story, child: Member) -> Iterator[str]:
    for need, concerned in story.needs:
        if concerned is child:
            yield need["works_with"]
