"""The bar with which a page about one child begins, in words: the child's own page, and those of a transfer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from handhold.access.transfers import Opened
from handhold.protocol.facts import Child
from handhold.queries.before_the_door import AlertLine
from handhold.queries.consents import ConsentLine
from handhold.queries.identity import Identity, find_run_door
from handhold.web.british_dates import short_day
from handhold.web.components import Fact

NOT_WRITTEN = "Not written down"


@dataclass(frozen=True)
class Bar:
    """What stands above a page of a transfer: alerts; who it is about, where that is one child."""

    alerts: tuple[AlertLine, ...]
    alerts_address: str
    name: str = ""
    facts: tuple[Fact, ...] = ()

    @property
    def tags(self) -> list[str]:
        """What stands beside the name."""
        return tags_of(self.alerts)


def bar_of(opened: Opened, child: Child | None) -> Bar:
    """The bar of a page of a transfer; about the child at this place, where there is one."""
    door = find_run_door(opened, child)
    address = reverse("alerts", args=[door.family_ref]) if opened.sees("family") else ""
    if door.identity is None:
        return Bar(door.alerts, address)
    return Bar(door.alerts, address, door.identity.name, tuple(_facts(door.identity)))


def tags_of(alerts: Iterable[AlertLine]) -> list[str]:
    """What must be known at the door, in a word each, once: it stands beside the name, on a phone too."""
    return list(dict.fromkeys(one.called for one in alerts if one.at_the_door))


def consent_words(consent: ConsentLine | None, *, knows_all: bool) -> str:
    """How the family's consent stands: live, refused, disputed, withdrawn, with its day; or that nobody asked yet."""
    if consent is None:
        return "Not asked yet" if knows_all else "Not shared with you"
    day = short_day(consent.happened_at)
    said = f"to {consent.to_what}, {day}" if consent.to_what else day
    return f"Live: given {said}" if consent.is_live else f"{consent.outcome.capitalize()}, {said}: none is live"


def _facts(one: Identity) -> list[Fact]:
    facts = [Fact("Age", one.age, reverse("child", args=[one.ref]))] if one.age and one.opens_page else []
    facts = facts or ([Fact("Age", one.age)] if one.age else [])
    for who in one.answerable:
        label = "Responsible and main contact" if who.is_main_contact else "Also responsible"
        facts.append(Fact(label, f"{who.name}, {who.involvement.lower()}", phone=who.phone))
    facts += [Fact("Open", one.status), Fact("Consent", one.consent)]
    facts.append(Fact("How to speak with them", one.speaking.words or NOT_WRITTEN))
    return facts
