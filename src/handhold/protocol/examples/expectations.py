"""Sentences that say how things stand: who answers for whom, what is due, what is left. Each can fail.

What a refusal says is `refusals`.
"""

from __future__ import annotations

from handhold.protocol.deadlines import Deadline, period_of
from handhold.protocol.definition import Step
from handhold.protocol.effects import FormOpened, PutOnMeeting
from handhold.protocol.examples.faults import ExampleNotUnderstood, ExpectationNotMet
from handhold.protocol.examples.phrases import resolve, resolve_one
from handhold.protocol.examples.sentences import Said, names_in, phrases_in, sentence
from handhold.protocol.examples.world import World, at_local, said_at
from handhold.protocol.facts import Child
from handhold.protocol.standing import Standing, find_closure_gaps, standing_of

STATES = {
    "can be done now": "ready",
    "is done": "done",
    "is excepted": "excepted",
    "waits for a decision on its exception": "exception-asked",
    "has to wait": "held-back",
    "does not apply": "does-not-apply",
}
CONSENT = {"is live": "live", "is not live": "not-live", "has not been asked": "none"}
RECEIVER = {"has been asked to lead": "asked", "has agreed to lead": "accepted"}


def expect(*, found: object, wanted: object, what: str) -> None:
    """Raises ExpectationNotMet with what is so instead, unless both are equal."""
    if found != wanted:
        raise ExpectationNotMet(f"{what}: it is {found or 'nothing'}, not {wanted or 'nothing'}.")


@sentence("{person} is responsible for {children}[ under {involvement:quoted}]")
def is_responsible(world: World, said: Said) -> None:
    """Who answers for each child: for the involvement of this name, or for the only one that is open."""
    person = world.cast.known(said["person"])
    for child in names_in(said["children"]):
        open_ones = {kind: holder for (whose, kind), holder in world.cast.held.items() if whose == child}
        if said["involvement"]:
            kind = resolve_one(phrases_in(said["involvement"])[0], world.protocol.file.involvements, "involvement")
            open_ones = {name: holder for name, holder in open_ones.items() if name == kind}
        expect(found=", ".join(open_ones.values()), wanted=person, what=f"Who is responsible for {child}")


@sentence("nobody is responsible for {children} any more")
def nobody_is_responsible(world: World, said: Said) -> None:
    """Nothing is open for these children, so that they have no main contact either."""
    for child in names_in(said["children"]):
        found = [f"{holder} ({kind})" for (whose, kind), holder in world.cast.held.items() if whose == child]
        expect(found=", ".join(found), wanted="", what=f"Who is responsible for {child}")
        contact = world.run.child_facts[world.position(child)].main_contact
        expect(found=contact or "", wanted="", what=f"Main contact of {child}")


@sentence("the main contact of {children} is {person}")
def main_contact_is(world: World, said: Said) -> None:
    """Whom the family rings."""
    person = world.cast.known(said["person"])
    for child in names_in(said["children"]):
        contact = world.run.child_facts[world.position(child)].main_contact
        found = world.cast.held.get((child, contact), "") if contact else ""
        expect(found=found, wanted=person, what=f"Main contact of {child}")


@sentence(
    "{steps:quoted}[ for {children}] {state:can be done now|is done|is excepted|waits for a decision on its exception|"
    "has to wait|does not apply}"
)
def step_stands(world: World, said: Said) -> None:
    """How steps stand: for the children named, or for all."""
    facts = world.observed().facts
    for title in phrases_in(said["steps"]):
        step = world.step(title)
        for child in _whose(world, step, said):
            found = standing_of(world.run.pathway, facts, step, child).state
            words = next(words for words, state in STATES.items() if state == found)
            expect(found=words, wanted=said["state"], what=f'"{step.title}"')


@sentence("{step:quoted} waits for {earlier:quoted}")
def step_waits_for(world: World, said: Said) -> None:
    """A step is held back by others that have to come before it."""
    step = world.step(phrases_in(said["step"])[0])
    waits = {reason.step for one in _standings(world, step) for reason in one.waits_for}
    for title in phrases_in(said["earlier"]):
        if world.step(title).id not in waits:
            raise ExpectationNotMet(f'"{step.title}" does not wait for it, but for: {_titles(world, waits)}.')


@sentence("{step:quoted} is due on {date}[ at {time}]")
def step_is_due(world: World, said: Said) -> None:
    """When a waiting step is due at the latest; without a time of day only the date counts."""
    wanted = at_local(world.calendar, said["date"], said["time"])
    deadline = _deadline(world, phrases_in(said["step"])[0])
    days = [said_at(world.calendar, instant) for instant in (deadline.due_at, wanted)]
    if not said["time"]:
        days = [day.partition(" at ")[0] for day in days]
    expect(found=days[0], wanted=days[1], what=f"{said['step']} is due")
    world.shown.limits_named.add(deadline.setting)


@sentence("{step:quoted} {answer:is|is not} overdue")
def step_is_overdue(world: World, said: Said) -> None:
    """Whether the limit of a step that is still to do has passed."""
    deadline = _deadline(world, phrases_in(said["step"])[0])
    due = f"due on {said_at(world.calendar, deadline.due_at)}"
    if deadline.has_passed != (said["answer"] == "is"):
        raise ExpectationNotMet(f"It {'is' if deadline.has_passed else 'is not'} overdue: it is {due}.")
    if deadline.has_passed:
        world.shown.limits_missed.add(deadline.setting)


@sentence("{person} is told that {step:quoted} is late")
def is_told_of_lateness(world: World, said: Said) -> None:
    """A limit has passed, and the person is one of those to whom the pathway takes it then."""
    deadline = _deadline(world, phrases_in(said["step"])[0])
    if not deadline.has_passed:
        raise ExpectationNotMet(f"It is not late: it is due on {said_at(world.calendar, deadline.due_at)}.")
    told = world.cast.find(world.run.pathway.file.limit_goes_to)
    if world.cast.known(said["person"]) not in told:
        raise ExpectationNotMet(f"It is not {said['person']} who is told, but {', '.join(told) or 'nobody'}.")


@sentence("{person} {answer:is|is not} asked to do {step:quoted}")
def is_asked(world: World, said: Said) -> None:
    """Whose move it is: the step can be done now and is for this person to do, or its exception for them to decide."""
    step = world.step(phrases_in(said["step"])[0])
    asked: set[str] = set()
    for one in _standings(world, step):
        if one.state in ("ready", "exception-asked"):
            asked |= set(world.cast.find(one.who))
    if (world.cast.known(said["person"]) in asked) != (said["answer"] == "is"):
        states = ", ".join(sorted({one.state for one in _standings(world, step)}))
        raise ExpectationNotMet(f"Asked are: {', '.join(sorted(asked)) or 'nobody'} (it is {states}).")


@sentence("consent {state:is live|is not live|has not been asked}")
def consent_stands(world: World, said: Said) -> None:
    """How consent to early help stands."""
    found = next(words for words, state in CONSENT.items() if state == world.observed().facts.consent)
    expect(found=found, wanted=said["state"], what="Consent")


@sentence("the transfer leads to {destination:quoted}")
def destination_is(world: World, said: Said) -> None:
    """Which destination is chosen."""
    called = {name: one.called for name, one in world.run.pathway.file.destinations.items()}
    wanted = resolve_one(phrases_in(said["destination"])[0], called, "destination")
    expect(found=world.observed().facts.destination, wanted=wanted, what="It leads to")


@sentence("{person} {state:has been asked to lead|has agreed to lead}")
def somebody_is_to_lead(world: World, said: Said) -> None:
    """Who is to take over, and whether they have agreed."""
    expect(found=world.cast.receiver, wanted=world.cast.known(said["person"]), what="Who is to lead")
    expect(found=world.observed().facts.receiver, wanted=RECEIVER[said["state"]], what=said["person"])


@sentence("nobody is to lead")
def nobody_is_to_lead(world: World, said: Said) -> None:  # noqa: ARG001 - every sentence is spoken alike
    """Nobody has been asked to take over, or whoever was has gone."""
    expect(found=world.cast.receiver, wanted=None, what="Who is to lead")
    expect(found=world.observed().facts.receiver, wanted="none", what="The lead")


@sentence("the form {answer:lies|does not lie} in the queue {queue:quoted}")
def form_is_in_queue(world: World, said: Said) -> None:
    """Whether the run waits in a queue, by any of the queue's names."""
    queues = world.protocol.file.queues.items()
    called = [(name, key) for key, queue in queues for name in (queue.called, *queue.also_called)]
    queue = resolve(phrases_in(said["queue"])[0], called, "queue")[0]
    found = world.observed().facts.queues
    if (queue in found) != (said["answer"] == "lies"):
        raise ExpectationNotMet(f"It lies in: {', '.join(sorted(found)) or 'no queue'}.")


@sentence("it goes on the next {meeting:quoted}")
def goes_on_meeting(world: World, said: Said) -> None:
    """The last act put the run on the next meeting of this name."""
    called = {name: meeting.called for name, meeting in world.protocol.file.meetings.items()}
    wanted = resolve_one(phrases_in(said["meeting"])[0], called, "meeting")
    expect(found=[e.series for e in world.effects if isinstance(e, PutOnMeeting)], wanted=[wanted], what="Put on")


@sentence("the form {form:quoted} is opened")
def form_is_opened(world: World, said: Said) -> None:
    """The last act opened the form of this title."""
    titles = _form_titles(world)
    wanted = titles[resolve_one(phrases_in(said["form"])[0], titles, "form")]
    found = {titles[effect.form] for effect in world.effects if isinstance(effect, FormOpened)}
    expect(found=sorted(found), wanted=[wanted], what="Opened")


@sentence("the field {field:quoted} is filled in from the {origin:words}")
def field_is_filled_in(world: World, said: Said) -> None:
    """A field of a form takes what is known already from this record."""
    fields = [
        (one.label, one) for form in world.protocol.forms.values() for part in form.sections for one in part.fields
    ]
    field = resolve(phrases_in(said["field"])[0], fields, "field")[0]
    origins = [origin.replace("-", " ") for origin in field.fills_from]
    if said["origin"] not in origins:
        raise ExpectationNotMet(f"It is filled in from: {', '.join(origins) or 'nothing'}.")


@sentence("the outcome for {children} is {outcome:words}")
def child_ends_with(world: World, said: Said) -> None:
    """How the transfer came out for each child."""
    for child in names_in(said["children"]):
        found = world.run.child_facts[world.position(child)].outcome or "none yet"
        expect(found=found.replace("-", " "), wanted=said["outcome"], what=f"The outcome for {child}")


@sentence("the transfer {state:has ended|goes on}")
def transfer_has_ended(world: World, said: Said) -> None:
    """Whether the run is over."""
    found = "has ended" if world.run.ended else "goes on"
    expect(found=found, wanted=said["state"], what="The transfer")


@sentence("before the closure there is still {steps:quoted}")
def is_left_before_closure(world: World, said: Said) -> None:
    """Exactly these steps are left before any child can be closed."""
    gaps = {reason.step for reason in find_closure_gaps(world.run.pathway, world.observed().facts)}
    wanted = {world.step(title).id for title in phrases_in(said["steps"])}
    expect(found=_titles(world, gaps), wanted=_titles(world, wanted), what="Left before the closure")


@sentence("unless somebody receives the concern by {date} at {time}, its sender is told to ring")
def concern_is_received_by(world: World, said: Said) -> None:
    """When somebody has to have received a concern that has been reported."""
    reported = [record for record in world.run.records if world.run.pathway.steps[record.step].kind == "concern"]
    if not reported:
        raise ExpectationNotMet("No concern has been reported.")
    within = period_of(world.protocol, world.protocol.file.concern.not_received_after)
    found = world.calendar.due_at(reported[-1].happened_at, within)
    wanted = at_local(world.calendar, said["date"], said["time"])
    expect(found=said_at(world.calendar, found), wanted=said_at(world.calendar, wanted), what="Told to ring")


def _whose(world: World, step: Step, said: Said) -> list[Child | None]:
    names = names_in(said["children"])
    if names and step.per == "run":
        raise ExampleNotUnderstood(f'"{step.title}" is done once for all children; leave out "for ...".')
    if step.per == "run":
        return [None]
    return [world.position(child) for child in names or world.run.children]


def _standings(world: World, step: Step) -> list[Standing]:
    facts, pathway = world.observed().facts, world.run.pathway
    return [standing_of(pathway, facts, step, child) for _, child in pathway.slots_of(step.id, len(facts.children))]


def _deadline(world: World, title: str) -> Deadline:
    """The limit that runs for a step, the earliest where it is a step for each child."""
    step = world.step(title)
    found = [deadline for (name, _), deadline in world.observed().deadlines.items() if name == step.id]
    if not found:
        raise ExpectationNotMet(f'No limit runs for "{step.title}": it is done, does not apply or has none.')
    return min(found, key=lambda deadline: deadline.due_at)


def _titles(world: World, steps: set[str]) -> str:
    ordered = [step.title for step in world.run.pathway.steps.values() if step.id in steps]
    return "; ".join(ordered) or "nothing"


def _form_titles(world: World) -> dict[str, str]:
    return {form.id: form.title for form in world.protocol.forms.values()}
