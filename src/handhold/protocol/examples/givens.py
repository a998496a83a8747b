"""Sentences that set the scene: when it is, who is there, what has happened before."""

from __future__ import annotations

import re

from handhold.protocol.examples.acts import bring_about
from handhold.protocol.examples.faults import ExampleNotUnderstood
from handhold.protocol.examples.phrases import MATTERS, SITUATIONS, resolve, resolve_one
from handhold.protocol.examples.sentences import Said, names_in, phrases_in, sentence
from handhold.protocol.examples.unfolding import Unfolding
from handhold.protocol.examples.walking import do_everything_before
from handhold.protocol.examples.world import World, at_local, said_at
from handhold.protocol.observing import StepOnRecord


@sentence("{on:On|on} {date}[ at {time}]")
def on_a_date(world: World, said: Said) -> None:
    """Time passes until then. The weekday must be right; without a time of day it is noon."""
    now = at_local(world.calendar, said["date"], said["time"])
    if world.now is not None and now < world.now:
        raise ExampleNotUnderstood(f"Time does not go back: it is {said_at(world.calendar, world.now)} already.")
    world.now = now


@sentence("{person} is {article} {role}")
def somebody_is(world: World, said: Said) -> None:
    """Introduces a person in a role of the protocol, by the role's name. Several sentences give several roles."""
    roles = {name: role.called for name, role in world.protocol.file.roles.items()}
    role = resolve_one(said["role"], roles, "role")
    world.cast.roles.setdefault(said["person"], set()).add(role)


@sentence("a family with the children {ages}")
def a_family(world: World, said: Said) -> None:
    """The children of the household, with their ages; `unborn` for a child who is expected."""
    found = re.findall(r"(\w[\w'’-]*) \((\d+|unborn)\)", said["ages"])
    world.ages = {name: 0 if age == "unborn" else int(age) for name, age in found}


@sentence("{worker:person} is responsible for them, under {manager:person}")
def somebody_is_responsible(world: World, said: Said) -> None:
    """Who is responsible for the family's children when the transfer begins, and who manages that person."""
    world.cast.worker, world.cast.manager = world.cast.known(said["worker"]), world.cast.known(said["manager"])


@sentence("{steps:quoted} was done by {person} on {date}[ at {time}]")
def was_done_before(world: World, said: Said) -> None:
    """A step that was on record before the transfer began, with its first outcome. Stands before `... begins`."""
    at = at_local(world.calendar, said["date"], said["time"])
    steps = [(step.title, step) for pathway in world.protocol.pathways.values() for step in pathway.steps.values()]
    for title in phrases_in(said["steps"]):
        step = resolve(title, steps, "step")[0]
        outcome = next(iter(step.outcomes))
        by = world.cast.known(said["person"])
        world.before.append(StepOnRecord(step.id, "record", outcome, None, at, at, by))


@sentence("{pathway:quoted} begins[ for {children}]")
def a_run_begins(world: World, said: Said) -> None:
    """A run of the pathway of this title begins, for these children of the family or for all."""
    titles = [(pathway.file.title, pathway) for pathway in world.protocol.pathways.values()]
    pathway = resolve(phrases_in(said["pathway"])[0], titles, "pathway")[0]
    children = tuple(names_in(said["children"]) or world.ages)
    if not children or not set(children) <= set(world.ages):
        raise ExampleNotUnderstood(f"The family's children are {', '.join(world.ages) or 'not named yet'}.")
    world.unfolding = Unfolding(
        world.protocol,
        pathway,
        world.calendar,
        world.cast,
        children,
        world.today,
        [*world.before],
        world.matters,
        known=world.known,
    )


@sentence("everything before {step:quoted} is done[, with {person} to lead][, except {left:quoted}]")
def everything_before(world: World, said: Said) -> None:
    """Does in one sentence what has to come before a step, save the steps excepted and what needs them."""
    step = world.step(phrases_in(said["step"])[0])
    left = {world.step(title).id for title in phrases_in(said["left"])}
    lead = world.cast.known(said["person"]) if said["person"] else ""
    do_everything_before(world, step, lead, left)


@sentence("the records say that {words}")
def the_records_say(world: World, said: Said) -> None:
    """Something that the records say of the children, and no step brings about, is so from now on."""
    world.known |= {resolve_one(said["words"], SITUATIONS, "situation")}
    if world.unfolding:
        world.unfolding.known = world.known
        bring_about(world)


@sentence("{words} is {state:open about|settled for} the household")
def a_matter(world: World, said: Said) -> None:
    """Something that stops every closure is open about a child of the household, or settled; it is listed below."""
    matter = resolve_one(said["words"], MATTERS, "matter")
    known = world.unfolding.matters if world.unfolding else world.matters
    if said["state"] == "open about":
        known[matter] += 1
    else:
        del known[matter]
