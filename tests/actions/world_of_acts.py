"""A council at work, for tests that try whatever can be tried: transfers that have come so far, everybody who may act.

For each step of a pathway `content_of` has what would be written down with it, whole.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from tests.actions.stepping_up import PARTNER, TARGETED, begin_up
from tests.actions.walking import PDF, Walk, a_plan, begin
from tests.records.factories import MadeCouncil, MadeFamily, make_council, make_family, make_practitioner

from handhold.access.words import roles_of, words_among
from handhold.actions.steps import Verb, ask_exception, decide_exception, record_step
from handhold.casefiles import contents
from handhold.casefiles.case import Case, load_cases
from handhold.protocol.allocating import roles_allocated_by
from handhold.protocol.deciding import Allowed, Decision, decide
from handhold.protocol.definition import Step
from handhold.protocol.facts import Act, Facts
from handhold.protocol.pathways import Pathway
from handhold.records.models import FormAnswer, PlanRevision, Practitioner, Run

AGREED = date(2026, 12, 11)


class Try(NamedTuple):
    """Something to try on a transfer. `outcome` may also be the kind of an exception, or `granted`, `refused`."""

    verb: Verb
    step: str
    outcome: str
    child: int | None = None


@dataclass
class World:
    """The council, another one, the transfers at their stages, everybody who can act, and their roles."""

    council: MadeCouncil
    elsewhere: MadeCouncil
    stages: dict[str, Walk]
    people: list[Practitioner]
    """Everybody who is there: of every role, a stranger, a partner, and somebody of the other council last."""
    gone: Practitioner
    """A team manager who has left, whose role was never ended."""
    now: datetime

    def __post_init__(self) -> None:
        self.roles = {one.pk: roles_of(one, self.now) for one in (*self.people, self.gone)}

    @property
    def people_of_council(self) -> list[Practitioner]:
        """Those of the council and its partners."""
        return self.people[:-1]

    def case_of(self, run: Run, now: datetime) -> Case:
        """The transfer as it stands, whoever looks."""
        return self.cases_of([run], now)[0]

    def cases_of(self, runs: list[Run], now: datetime) -> list[Case]:
        """Several transfers as they stand."""
        related = ("sender__agency", "sender__team", "receiver__agency", "receiver__team", "family", "assessment")
        rows = Run.objects.select_related("authority", *related).filter(pk__in=[run.pk for run in runs])
        return load_cases(list(rows.order_by("pk")), now)

    def words_of(self, who: Practitioner, case: Case) -> frozenset[str]:
        """The relations and roles of somebody on a transfer. Nobody is away in this world."""
        return words_among(who, case, self.roles[who.pk], frozenset())

    def able(self, what: Try, case: Case) -> list[Practitioner]:
        """Those whom the engine allows it, once everything is written down that it asks."""
        step = case.pathway.steps[what.step]
        words = frozenset((*step.asks, *(step.outcomes[what.outcome].asks if what.verb == "record" else ())))
        return [one for one in self.people if isinstance(self.answer(what, case, one, words), Allowed)]

    def answer(self, what: Try, case: Case, who: Practitioner, words: frozenset[str]) -> Decision:
        """What the engine says to an act with these words of completeness, and a reason."""
        own = case.observed.own(str(who.pk))
        act = Act(what.verb, what.step, what.outcome, what.child, self.words_of(who, case), own, words, has_reason=True)
        return decide(case.pathway, case.observed.facts, act)

    def eligible(self, what: Try, case: Case) -> list[Practitioner]:
        """Those of the council and its partners who can be chosen: of the roles that are allocated, where any are."""
        step = case.pathway.steps[what.step]
        roles = roles_allocated_by(case.protocol, step.outcomes[what.outcome], step.who)
        return [one for one in self.people_of_council if not roles or roles & self.roles[one.pk]]

    def family_of(self, case: Case) -> MadeFamily:
        """The made family of a transfer."""
        return next(walk.family for walk in self.stages.values() if walk.family.family.pk == case.run.family_id)


def make_world() -> World:
    """Everything once, for many tries that are each taken back."""
    council = make_council()
    elsewhere = make_council(code="elsewhere")
    gone = make_practitioner(council.agencies["council"], council.teams["assessment-2"], role="team-manager")
    second = make_practitioner(council.agencies["council"], council.teams["assessment-2"], role="social-worker")
    stages = {
        "ready to close, partner-led": _begun(council, 2).to_lead_accepted().to_ready_to_close(),
        "ready to close, targeted": _begun(council, 2).to_handed_over().to_ready_to_close(),
        "lead accepted": _begun(council, 2).to_lead_accepted(),
        "practitioner allocated": _begun(council, 1).to_practitioner_allocated(),
        "begun": _begun(council, 2),
        "step up with the front door": begin_up(council, PARTNER).to_sent(),
        "step up with the manager on duty": begin_up(council, TARGETED, children=1).to_talked(),
    }
    gone.left_date = date(2026, 11, 1)
    gone.save(update_fields=["left_date"])
    people = [*council.practitioners.values(), second, council.second_lead, council.stranger]
    people.append(elsewhere.practitioners["service-manager"])
    return World(council, elsewhere, stages, people, gone, max(walk.now for walk in stages.values()))


def _begun(council: MadeCouncil, children: int) -> Walk:
    return begin(council, make_family(council, children=children))


def whatever_can_be_tried(pathway: Pathway, children: int) -> Iterator[Try]:
    """Every outcome of every step, and each turn of its exception; in the order of the protocol."""
    for name, child in pathway.slots(children):
        step = pathway.steps[name]
        yield from (Try("record", name, outcome, child) for outcome in step.outcomes)
        if step.exception:
            yield from (Try("ask-exception", name, kind, child) for kind in step.exception.kinds[:1])
            yield from (Try("decide-exception", name, answer, child) for answer in ("granted", "refused"))


def content_of(case: Case, made: MadeFamily, step: Step, chosen: Practitioner | None) -> contents.Content:
    """What is written down with a step, whole, at the case's instant; `chosen` is who is asked or allocated by it."""
    if step.form:
        return _form(case, step)
    make = CONTENTS.get(step.kind)
    if make is None:
        return contents.Content(case.now, practitioner=chosen, agreed_date=AGREED)
    content = make(case, made)
    return replace(content, practitioner=chosen) if chosen else content


def _plan(case: Case, _: MadeFamily) -> contents.Content:
    edited = PlanRevision.objects.filter(plan__run=case.run).count()
    return contents.PlanContent(case.now, needs=a_plan(), edited_revision=edited)


def _consent(case: Case, made: MadeFamily) -> contents.Content:
    return contents.ConsentContent(
        case.now, given_by=made.mother, to_what="early help", how="face to face", shares_with_nobody=True
    )


def _conversation(case: Case, made: MadeFamily) -> contents.Content:
    return contents.ConversationContent(
        case.now, "What they said", confirmed=True, with_person=made.mother, how="telephone"
    )


def _meeting(case: Case, made: MadeFamily) -> contents.Content:
    there = [one for one in (case.people.worker, case.people.receiver) if one]
    people = [contents.Attendance("present", practitioner=one) for one in there]
    return contents.MeetingContent(case.now, attendances=(contents.Attendance("present", person=made.mother), *people))


def _notice(case: Case, _: MadeFamily) -> contents.Content:
    told = contents.find_team_around(case) or [case.people.manager]
    return contents.NoticeContent(case.now, told=tuple(told), how="e-mail")


def _visit(case: Case, _: MadeFamily) -> contents.Content:
    return contents.VisitContent(case.now, seen=tuple(child.person for child in case.children))


def _letter(case: Case, _: MadeFamily) -> contents.Content:
    return contents.LetterContent(case.now, title="Goodbye", recipient="The child", pdf=PDF)


def _form(case: Case, step: Step) -> contents.Content:
    """Every field of the step's form, newly written."""
    code = step.form or ""
    last = FormAnswer.objects.filter(form__run=case.run, form__code=code).order_by("-version").first()
    fields = (field for section in case.protocol.forms[code].sections for field in section.fields)
    answers = tuple(contents.WrittenAnswer(field.id, "As it is on record") for field in fields)
    return contents.FormContent(case.now, answers=answers, form=code, edited_version=last.version if last else 0)


def _relationship(case: Case, _: MadeFamily) -> contents.Content:
    return contents.RelationshipContent(case.now, role="Lead practitioner", contact="01632 960 003")


CONTENTS: dict[str, Callable[[Case, MadeFamily], contents.Content]] = {
    "plan": _plan,
    "consent": _consent,
    "conversation": _conversation,
    "request": _conversation,
    "meeting": _meeting,
    "notice": _notice,
    "visit": _visit,
    "letter": _letter,
    "professional-relationship": _relationship,
}
"""By the kind of a step; of any other kind, who and when."""


def asks_for_somebody(what: Try, pathway: Pathway) -> bool:
    """Whether a practitioner has to be chosen with it."""
    step = pathway.steps[what.step]
    return what.verb == "record" and "practitioner-chosen" in (*step.asks, *step.outcomes[what.outcome].asks)


def do(what: Try, run: Run, content: contents.Content, *, child_ref: str | None, by: Practitioner) -> None:
    """The act itself, through the action that carries it out."""
    why, now = "It is right for this family.", content.happened_at
    match what.verb:
        case "record":
            record_step(run.ref, what.step, what.outcome, content, child_ref=child_ref, reason=why, by=by, now=now)
        case "ask-exception":
            ask_exception(run.ref, what.step, what.outcome, why, child_ref=child_ref, by=by, now=now)
        case "decide-exception":
            granted = what.outcome == "granted"
            decide_exception(run.ref, what.step, granted=granted, reason=why, child_ref=child_ref, by=by, now=now)


def without_lateness(facts: Facts) -> Facts:
    """The facts with every limit still running: time passes by itself."""
    return facts._replace(steps=tuple(step._replace(late=False) for step in facts.steps))
