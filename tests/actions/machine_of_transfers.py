"""Two transfers of one council beside each other, to which whatever can happen does, as Hypothesis draws it.

After each act the facts observed are those that the engine foretold, what is nobody else's concern has changed nobody
else's, whoever was let in had the right, and no promise is broken on the records. All is taken back at the end.
"""

from collections import Counter
from datetime import timedelta
from random import Random

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from tests.actions.walking import PATHWAY
from tests.actions.world_of_acts import (
    Try,
    World,
    asks_for_somebody,
    content_of,
    do,
    whatever_can_be_tried,
    without_lateness,
)

from handhold.access.transfers import NotHere, access_proposal_to_read
from handhold.actions.concerns import acknowledge_concern, decide_concern, report_concern
from handhold.actions.refusals import NoSuchChoice, StepRefused
from handhold.actions.transfers import start_transfer
from handhold.casefiles.case import Case, find_stopped_runs
from handhold.casefiles.contents import Content
from handhold.protocol.applying import apply
from handhold.protocol.conditions import is_done
from handhold.protocol.deciding import ANYBODY, Allowed, Decision, Refused
from handhold.protocol.effects import Allocated, of_outcome
from handhold.protocol.facts import ChildFacts, Facts
from handhold.queries.invariants import find_breaches
from handhold.records.models import Allocation, Concern, Family, Practitioner, Run, RunChild

AT_ONCE = 2
MOST_CONCERNS = 2
CHOICES = st.integers(0, 2**32 - 1).map(Random)
"""All choices within one act from one number: what is likely does not hang on the order of the acts in a protocol."""


class TransfersBesideEachOther(RuleBasedStateMachine):
    """What is drawn is done through the actions, and held against what the engine foretells; then all is taken back."""

    def __init__(self, world: World, tally: Counter[str]) -> None:
        super().__init__()
        self.world, self.tally = world, tally
        self.now = world.now
        self.runs: list[Run] = []
        self.cases: dict[int, Case] = {}
        self.facts: dict[int, Facts] = {}
        self.taken_back = transaction.atomic()
        self.taken_back.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.taken_back.__exit__(None, None, None)

    @initialize(chosen=CHOICES)
    def two_transfers(self, chosen: Random) -> None:
        """Two families, each with a transfer that has come some way."""
        left = list(self.world.stages)
        for _ in range(AT_ONCE):
            stage = chosen.choice(left)
            left.remove(stage)
            self.runs.append(self.world.stages[stage].run)
        self.look()

    # What can happen

    @precondition(lambda self: self.open_runs())
    @rule(chosen=CHOICES)
    def something_that_is_next(self, chosen: Random) -> None:
        """A step of the pathway itself that is still to be done, and can be: what happens most days."""
        case = self.cases[chosen.choice(self.open_runs()).pk]
        possible = self.possible(case)
        self.one_of([what for what in possible if is_next(what, case)] or possible, case, chosen)

    @precondition(lambda self: self.open_runs())
    @rule(chosen=CHOICES)
    def something_that_can_be_done(self, chosen: Random) -> None:
        """Any act that the engine allows somebody: what is done again, what goes otherwise, who leaves."""
        case = self.cases[chosen.choice(self.open_runs()).pk]
        self.one_of(self.possible(case), case, chosen)

    def possible(self, case: Case) -> list[Try]:
        """What somebody may do."""
        return [what for what in self.tries(case) if self.world.able(what, case)]

    def one_of(self, possible: list[Try], case: Case, chosen: Random) -> None:
        """One of the acts, by one of those who may."""
        what = chosen.choice(possible)
        able = self.world.able(what, case)
        if self.attempt(case, what, chosen.choice(able), chosen) == "not here":
            assert any(self.sees(one, case) for one in able), f"Nobody who may do {what} can open the transfer."

    @rule(chosen=CHOICES)
    def something_that_anybody_tries(self, chosen: Random) -> None:
        """Any act at all, also on a transfer that is over, by anybody at all."""
        case = self.cases[chosen.choice(self.runs).pk]
        what = chosen.choice(self.tries(case))
        self.attempt(case, what, chosen.choice(self.everybody()), chosen)

    @precondition(lambda self: len(self.undecided()) < MOST_CONCERNS)
    @rule(chosen=CHOICES, about=st.sampled_from(["child", "family", "nobody on record"]))
    def somebody_reports_a_concern(self, chosen: Random, about: str) -> None:
        """Whoever it is, it is sent, and stands before every closing of the family."""
        run = chosen.choice(self.runs)
        by = chosen.choice(self.world.people_of_council)
        child = run.children.order_by("pk")[0].ref if about == "child" else ""
        family = run.family.ref if about == "family" else ""
        foretold = {}
        for one in self.open_runs_of(run.family_id) if child or family else ():
            case = self.cases[one.pk]
            reported = case.pathway.steps[case.pathway.concern_steps()[0]]
            effects = of_outcome(case.pathway, case.observed.facts, reported, next(iter(reported.outcomes)), None)
            foretold[one.pk] = apply(case.pathway, case.observed.facts, effects)
        report_concern(who="A child", what="A bruise", child_ref=child, family_ref=family, by=by, now=self.now)
        self.tally["concern reported"] += 1
        self.hold(foretold)

    @precondition(lambda self: self.undecided())
    @rule(chosen=CHOICES, received=st.booleans())
    def somebody_decides_a_concern(self, chosen: Random, received: bool) -> None:
        """Those who receive concerns decide; to anybody else there is nothing here."""
        concern = chosen.choice(self.undecided())
        receivers = [one for one in self.everybody() if self.receives_concerns(one)]
        by = chosen.choice([*self.everybody(), *receivers * 4])
        runs = self.open_runs_of(concern.family_id) if concern.family_id else []
        outcome = chosen.choice(self.decisions_on(concern))
        foretold = {run.pk: self.foretold_decision(run, concern, outcome, by) for run in runs}
        try:
            if received:
                acknowledge_concern(concern.ref, by=by, now=self.now)
            decide_concern(concern.ref, outcome, "Looked into", by=by, now=self.now)
        except NotHere:
            assert not self.receives_concerns(by)
            self.tally["concern not theirs"] += 1
            return
        assert self.receives_concerns(by)
        self.tally["concern decided"] += 1
        self.hold(foretold)

    @precondition(lambda self: self.who_can_begin_again())
    @rule(chosen=CHOICES)
    def a_transfer_begins_again(self, chosen: Random) -> None:
        """For children who stayed with social work, by whoever is responsible for them now."""
        family, holder = chosen.choice(sorted(self.who_can_begin_again()))
        rows = self.staying(family).filter(practitioner=holder)
        refs = list(rows.order_by("involvement__child_id").values_list("involvement__child__ref", flat=True))
        by = Practitioner.objects.select_related("agency__authority").get(pk=holder)
        run = start_transfer(Family.objects.get(pk=family).ref, PATHWAY, refs, by=by, now=self.now)
        self.runs.append(run)
        self.tally["begun again"] += 1
        self.hold({})

    @rule(days=st.integers(1, 20))
    def time_passes(self, days: int) -> None:
        """Limits pass; nothing else changes by time alone."""
        self.now += timedelta(days=days)
        self.hold({})

    # One act, held against what is foretold

    def attempt(self, case: Case, what: Try, by: Practitioner, chosen: Random) -> str:
        """Tries it, and holds the answer and the facts against what the engine foretells. Returns what came of it."""
        pathway, somebody = case.pathway, None
        if asks_for_somebody(what, pathway):
            somebody = chosen.choice([*self.everybody(), *self.world.eligible(what, case) * 2])
        content = content_of(case, self.world.family_of(case), pathway.steps[what.step], somebody)
        foretold = self.world.answer(what, case, by, content.words(case))
        came_to = self.carried_out(case, what, by, content)
        note(f"{self.place(case.run)}: {title(by)} tries {tuple(what)} with {title(somebody)}: {came_to}")
        self.tally[f"{what.verb}: {came_to}"] += 1
        if came_to == "done":
            assert isinstance(foretold, Allowed), foretold
            assert self.has_a_word_for(what, case, by)
            assert by not in self.outsiders()
            assert somebody is None or somebody in self.world.eligible(what, case)
            self.tally.update(type(effect).__name__ for effect in foretold.effects)
            self.hold({case.run.pk: apply(pathway, case.observed.facts, foretold.effects)})
            return came_to
        if came_to == "no such choice":
            is_concern = what.step in pathway.concern_steps()
            assert is_concern or (somebody and somebody not in self.world.eligible(what, case))
        elif came_to == "refused":
            assert isinstance(foretold, Refused) or self.hands_on_to_nobody_else(case, what, foretold)
        assert without_lateness(self.world.case_of(case.run, self.now).observed.facts) == self.facts[case.run.pk]
        return came_to

    def carried_out(self, case: Case, what: Try, by: Practitioner, content: Content) -> str:
        """What came of it, in words."""
        child_ref = None if what.child is None else case.children[what.child].person.ref
        try:
            do(what, case.run, content, child_ref=child_ref, by=by)
        except NotHere:
            return "not here"
        except NoSuchChoice:
            return "no such choice"
        except StepRefused:
            return "refused"
        return "done"

    def hold(self, foretold: dict[int, Facts]) -> None:
        """Something has happened: the facts of each transfer are those foretold, or from before where it is not named.

        What is open about a household is shared by the transfers of its family, and is no matter of one that is over:
        of those the rest is compared.
        """
        assert find_breaches(self.now) == []
        before, families = self.facts, {run.family_id for run in self.runs if run.pk in foretold}
        self.now += timedelta(minutes=1)  # no two acts are at one instant
        self.look()
        for run in self.runs:
            expected, observed = foretold.get(run.pk, before.get(run.pk)), self.facts[run.pk]
            if expected is None:
                continue
            if expected.ended or (run.pk not in foretold and run.family_id in families):
                expected, observed = self.without_household(run, expected), self.without_household(run, observed)
            assert observed == without_lateness(expected), f"{self.place(run)}: {difference(observed, expected)}"

    def look(self) -> None:
        """Reads every transfer anew."""
        self.cases = {case.run.pk: case for case in self.world.cases_of(self.runs, self.now)}
        before = {pk for pk, facts in self.facts.items() if facts.ended}
        self.facts = {pk: without_lateness(case.observed.facts) for pk, case in self.cases.items()}
        for ended in {pk for pk, facts in self.facts.items() if facts.ended} - before:
            self.tally[f"ended: {self.facts[ended].ended}"] += 1

    # What is there

    def place(self, run: Run) -> str:
        return f"Transfer {[one.pk for one in self.runs].index(run.pk) + 1}"

    def open_runs(self) -> list[Run]:
        return [run for run in self.runs if not self.facts[run.pk].ended]

    def open_runs_of(self, family: int) -> list[Run]:
        return [run for run in self.open_runs() if run.family_id == family]

    def everybody(self) -> list[Practitioner]:
        return [*self.world.people, self.world.gone]

    def outsiders(self) -> list[Practitioner]:
        """One who has left, and one of another council: there is never anything here for them."""
        return [self.world.gone, self.world.people[-1]]

    def tries(self, case: Case) -> list[Try]:
        return list(whatever_can_be_tried(case.pathway, len(case.children)))

    def hands_on_to_nobody_else(self, case: Case, what: Try, foretold: Decision) -> bool:
        """Whether nobody would be moved: the last resort leaves to themselves, or whoever is named holds already."""
        if not isinstance(foretold, Allowed):
            return False
        handed_on = [effect for effect in foretold.effects if isinstance(effect, Allocated)]
        if not handed_on:
            brings_about = case.pathway.steps[what.step].outcomes[what.outcome].effects if what.verb == "record" else []
            return bool(brings_about) and all(effect.reallocate_from for effect in brings_about)
        last_resort = self.world.council.practitioners["duty-manager"]
        return any(
            case.children[effect.child].allocations[effect.kind].practitioner_id == last_resort.pk
            for effect in handed_on
        )

    def sees(self, who: Practitioner, case: Case) -> bool:
        try:
            access_proposal_to_read(case.run.ref, by=who, now=self.now)
        except NotHere:
            return False
        return True

    def has_a_word_for(self, what: Try, case: Case, by: Practitioner) -> bool:
        """Whether the protocol names them for it, looked up without the engine."""
        step = case.pathway.steps[what.step]
        named = {
            "record": (what.verb == "record" and step.outcomes[what.outcome].who) or step.who,
            "ask-exception": step.who,
            "decide-exception": step.exception.decided_by if step.exception else [],
        }[what.verb]
        return ANYBODY in named or bool(self.world.words_of(by, case).intersection(named))

    def without_household(self, run: Run, facts: Facts) -> Facts:
        """The facts that are the run's own: not what is open about the household, nor who holds a child afterwards."""
        pathway = self.cases[run.pk].pathway
        concerns = {pathway.slots(len(facts.children))[name, None] for name in pathway.concern_steps()}
        own = tuple(fact for place, fact in enumerate(facts.steps) if place not in concerns)
        children = tuple(one if one.outcome is None else ChildFacts((), None, one.outcome) for one in facts.children)
        return facts._replace(steps=own, matters=frozenset(), children=children)

    def undecided(self) -> list[Concern]:
        return list(Concern.objects.filter(decided_at__isnull=True).order_by("pk"))

    def receives_concerns(self, who: Practitioner) -> bool:
        received_by = {"front-door", "duty-manager"}
        return bool(self.world.roles[who.pk] & received_by) and who in self.world.people_of_council

    def decisions_on(self, concern: Concern) -> list[str]:
        """What can be decided on it: of the pathway where a transfer of the family is open, else of the council.

        A transfer that another has begun counts too, though nothing is foretold of it here.
        """
        protocol = self.cases[self.runs[0].pk].protocol
        stopped = find_stopped_runs(concern, self.now)
        if not stopped:
            return list(protocol.file.concern.decisions)
        pathway = protocol.pathways[stopped[0].pathway]
        return list(pathway.steps[pathway.concern_steps()[1]].outcomes)

    def foretold_decision(self, run: Run, concern: Concern, outcome: str, by: Practitioner) -> Facts:
        """The facts of a transfer once a concern about its family is decided; while others wait, nothing is settled."""
        case = self.cases[run.pk]
        decided = case.pathway.steps[case.pathway.concern_steps()[1]]
        stops = any(effect.end_run for effect in decided.outcomes[outcome].effects)
        others = Concern.objects.filter(family=run.family_id, decided_at__isnull=True).exclude(pk=concern.pk)
        if others.exists() and not stops:
            return case.observed.facts
        answer = self.world.answer(Try("record", decided.id, outcome), case, by, frozenset())
        if not isinstance(answer, Allowed):
            return case.observed.facts
        return apply(case.pathway, case.observed.facts, answer.effects)

    def staying(self, family: int) -> QuerySet[Allocation]:
        """Who is responsible for the children of a family who stayed with social work and are in no open transfer."""
        in_transfer = RunChild.objects.filter(
            child=OuterRef("involvement__child"), ended_at__isnull=True, run__ended_at__isnull=True
        )
        held = Allocation.objects.filter(involvement__kind="assessment", during__upper_inf=True)
        return held.filter(~Exists(in_transfer), involvement__child__memberships__family=family)

    def who_can_begin_again(self) -> set[tuple[int, int]]:
        """Family and responsible worker."""
        families = {run.family_id for run in self.runs}
        return {(family, row.practitioner_id) for family in families for row in self.staying(family)}


def is_next(what: Try, case: Case) -> bool:
    """Whether it does a step of the pathway itself that is not done yet."""
    step, facts = case.pathway.steps[what.step], case.observed.facts
    if what.verb != "record" or what.step in case.pathway.beside or not step.outcomes[what.outcome].done:
        return False
    return not is_done(case.pathway, facts, step, what.child)


def title(who: Practitioner | None) -> str:
    return f"{who.job_title} {who.pk}" if who else "nobody"


def difference(observed: Facts, foretold: Facts) -> str:
    """Where two facts differ, for the person who reads a failure."""
    pairs = zip(Facts._fields, observed, without_lateness(foretold), strict=True)
    return "; ".join(f"{name}: observed {one}, foretold {other}" for name, one, other in pairs if one != other)
