"""What somebody looks at in test_every_page: a visit, and those to pages of people, families and children."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tests.journeys.busy_council import BusyCouncil


class Visit(NamedTuple):
    """One page in one state: who looks at it, where; what is pressed there, and what then stands on it."""

    who: str
    address: str
    shows: str
    press: str = ""


NOBODY, STRANGER = "nobody", "stranger"


def visits_of_people(busy: BusyCouncil) -> Iterator[Visit]:
    """What a manager does with the work of others: full, empty, refused, sent with something left out."""
    who = {role: f"/practitioners/{one.ref}" for role, one in busy.council.practitioners.items()}
    worker, chosen = who["social-worker"], f"?child={busy.ready.children[0].ref}"
    yield Visit("team-manager", "/work/people", "Those for whom you stand in by office")
    yield Visit(STRANGER, "/work/people", "You do not stand in for anybody")
    yield Visit("team-manager", f"{worker}/caseload{chosen}", "Who is responsible from now on?")
    yield Visit("team-manager", f"{worker}/caseload", "Choose at least one child", press="Reallocate")
    yield Visit("practice-manager", f"{worker}/caseload", "This is not yours to do")
    yield Visit("team-manager", f"{worker}/leaving", "What follows by itself")
    yield Visit("team-manager", f"{worker}/leaving", "Write the reason", press="Record that they leave")
    yield Visit("service-manager", f"{who['duty-manager']}/leaving", "This is the post of last resort")
    yield Visit("social-worker", f"{worker}/leaving", "This is not yours to do")
    yield Visit("social-worker", f"{worker}/absences", "When you are away")
    yield Visit("social-worker", f"{worker}/absences", "Enter the first day", press="Write it down")
    yield Visit("lead-practitioner", f"{who['lead-practitioner']}/absences", "is closed, for everybody there")
    yield Visit("practice-manager", f"{worker}/absences", "is for them or their manager to say")


def visits_of_families(busy: BusyCouncil) -> Iterator[Visit]:
    """Families and children."""
    on_the_way, over = busy.handed_over.family, busy.closed.family
    yield Visit("social-worker", "/families", "families")
    yield Visit("social-worker", "/families?q=zzz", "No family that you work with has that name")
    yield Visit(STRANGER, "/families", "You work with no family at present")
    yield Visit("social-worker", f"/families/{on_the_way.family.ref}", "Children, and who is responsible")
    yield Visit("social-worker", f"/families/{over.family.ref}", "Earlier ones")
    yield Visit("social-worker", f"/families/{busy.ready.family.ref}", "You can begin:")
    yield Visit("team-manager", f"/families/{on_the_way.family.ref}/papers", "Documents")
    yield Visit("team-manager", f"/families/{busy.drafted.family.ref}/papers", "draft")
    yield Visit("social-worker", f"/families/{on_the_way.family.ref}/chronology", "Newest first")
    yield Visit("social-worker", f"/children/{on_the_way.children[0].ref}", "Involvements over time")
    yield Visit("social-worker", f"/children/{busy.ready.children[0].ref}", "No visit on record")
    yield from visits_of_what_is_known_at_the_door(busy)
    yield Visit("front-door", "/search", "Name, date of birth or year")
    yield Visit("front-door", f"/search?q={on_the_way.family.name}", on_the_way.children[0].given_name)
    yield Visit("social-worker", f"/search?q={on_the_way.family.name}", f"{on_the_way.family.name} family")
    yield Visit("lead-practitioner", "/search?q=zzz", "Nothing that you may see fits")


def visits_of_what_is_known_at_the_door(busy: BusyCouncil) -> Iterator[Visit]:
    """Alerts, how to speak with somebody, who has looked, the chronology as it was asked for and on paper."""
    made = busy.handed_over.family
    family, child = f"/families/{made.family.ref}", made.children[0].ref
    led = f"/families/{busy.accepted.family.family.ref}"
    yield Visit("social-worker", family, "Before you visit")
    yield Visit("support-practitioner", f"/children/{child}", "Before you visit")
    yield Visit("social-worker", f"{family}/alerts", "Earlier ones")
    yield Visit("lead-practitioner", f"{led}/alerts", "None was shared with you")
    yield Visit("social-worker", f"/families/{busy.ready.family.ref}/alerts", "No alert is written down")
    yield Visit("social-worker", f"{family}/alerts/new", "Whom does it concern?")
    yield Visit("social-worker", f"{family}/alerts/new", "Choose what it is about", press="Write the alert")
    yield Visit("social-worker", f"/alerts/{busy.alert.ref}/end", "This alert is over")
    yield Visit("social-worker", f"/alerts/{busy.alert.ref}/end", "Write why it is over", press="It is over")
    yield Visit("social-worker", f"{family}/people/{made.mother.ref}/communication", "Is it safe to contact them?")
    yield Visit("social-worker", f"{family}/people/{child}/communication", "First language")
    yield Visit("team-manager", f"{family}/looked", "Who has opened what")
    yield Visit("team-manager", f"{family}/looked?child={child}", "Show the whole family")
    yield Visit("social-worker", f"{family}/chronology?kind=visit&child={child}", "Visits, about")
    yield Visit(
        "social-worker", f"{family}/chronology?since-day=31&since-month=2&since-year=2026", "There is a problem"
    )
    yield Visit("lead-practitioner", led, "Children, and who is responsible")
    yield Visit("lead-practitioner", f"{led}/chronology", "What was shared with you")
    yield Visit("social-worker", f"{family}/chronology/print", "Made by")


def visits_of_joined_records(busy: BusyCouncil) -> Iterator[Visit]:
    """Two records that are one child: found, put beside each other, refused, joined, taken apart."""
    first, second = (one.ref for one in busy.ready.children)
    alone = busy.twice.children[2].ref
    stands, undone = (one.joined_to.get().ref for one in busy.twice.children[:2])
    yield Visit("front-door", f"/children/{first}/same-child", "Find the other record")
    yield Visit("front-door", f"/children/{first}/same-child?q={busy.twice.family.name}", "Put them beside each other")
    yield Visit("front-door", f"/children/{first}/same-child?other={alone}", "is kept, because something is open")
    yield Visit(
        "front-door",
        f"/children/{first}/same-child?other={alone}",
        "Write how you know that they are one child",
        press="They are one child",
    )
    yield Visit("front-door", f"/children/{first}/same-child?other={second}", "Something is open on both records")
    yield Visit("team-manager", f"/children/joined/{stands}", "Not the same child?")
    yield Visit("front-door", f"/children/joined/{stands}", "Write how you know", press="Take the records apart")
    yield Visit("front-door", f"/children/joined/{undone}", "These are two children again")
    yield Visit("social-worker", f"/children/{busy.twice.children[0].ref}", "is on record twice")
    yield Visit("social-worker", f"/children/{busy.drafted.children[0].ref}", "is the same child")
