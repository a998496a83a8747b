"""A concern of the second council: sent from the page of a transfer, received and decided by who has duty."""

from __future__ import annotations

import re

from tests.journeys.persons import Person

SAID = "Ada has bruises on both arms."


def report(person: Person) -> None:
    """From the page at which they are: the numbers first, and nobody is asked before."""
    person.hands.follow("Report a safeguarding concern about this family")
    person.look()
    person.reads("999", "01632 960 200", "West Yorkshire Consortium Safeguarding Procedures")
    person.hands.write("#what", SAID)
    person.send("Send", "Not received yet.")


def decide(duty: Person, outcome: str) -> None:
    """From the first thing on their work."""
    duty.go_by_frame("My work")
    duty.hands.link(re.compile("^Concern: ")).press("Enter")
    duty.reads(SAID)
    duty.send("I have received this", "It is not decided yet.")
    duty.hands.choose(outcome)
    duty.hands.write("#reason", "The doctor saw her today.")
    duty.send("Decide", "The concern is decided.")
