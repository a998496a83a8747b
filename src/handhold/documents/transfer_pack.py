"""What goes with a family to whoever helps them next, and how much of it before they have accepted."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

Audience = Literal["before-acceptance", "after-acceptance"]


@dataclass(frozen=True, kw_only=True)
class PackPerson:
    """Somebody named in the pack. `role` is what they are to the family."""

    name: str
    role: str = ""
    agency: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class PackChild:
    """A child of the transfer. `birth_date` empty where unborn: then `expected_date`."""

    name: str
    birth_date: date | None = None
    expected_date: date | None = None
    needs_to_communicate: str = ""


@dataclass(frozen=True, kw_only=True)
class PackAction:
    """One action of the plan."""

    what: str
    measured_by: str = ""
    by_whom: str = ""
    by_date: date | None = None


@dataclass(frozen=True, kw_only=True)
class PackNeed:
    """A need that is outstanding, with the actions of the proposed plan that answer it."""

    text: str
    actions: tuple[PackAction, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PackAgency:
    """Another agency that is involved. `what` says what it does for the family."""

    name: str
    person: str = ""
    what: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class PackSection:
    """A section of the assessment, with who wrote it and when (Y2)."""

    title: str
    text: str = ""
    written_by: str = ""
    written_date: date | None = None


@dataclass(frozen=True, kw_only=True)
class PackConsent:
    """A consent to support, or its refusal: by whom, to what, shared with whom, how and when (Y9)."""

    given_by: str
    outcome: str
    to_what: str = ""
    shared_with: tuple[str, ...] = ()
    how: str = ""
    happened_date: date | None = None


@dataclass(frozen=True, kw_only=True)
class ChildsWords:
    """What a child said, in the child's words."""

    child: str
    words: str
    heard_by: str = ""
    said_date: date | None = None


@dataclass(frozen=True, kw_only=True)
class TransferPack:
    """The pack of one transfer (Y2, Y4). An empty part is printed as not recorded yet, and named under what is missing.

    made_date: the day of printing. pathway: its title. responsible: who answers for the family until the handover.
    missing: what else is known to be missing, each in a few words. audience: the least, unless said otherwise.
    """

    made_date: date
    language: str
    authority: str
    pathway: str
    family_name: str
    responsible: PackPerson
    next_practitioner: PackPerson | None = None
    needs: tuple[PackNeed, ...] = ()
    agencies: tuple[PackAgency, ...] = ()
    children: tuple[PackChild, ...] = ()
    adults: tuple[PackPerson, ...] = ()
    childs_words: tuple[ChildsWords, ...] = ()
    assessment: tuple[PackSection, ...] = ()
    team: tuple[PackPerson, ...] = ()
    consents: tuple[PackConsent, ...] = ()
    missing: tuple[str, ...] = ()
    audience: Audience = "before-acceptance"

    def for_audience(self, audience: Audience) -> "TransferPack":
        """The pack as this audience may have it.

        Before acceptance it holds need, other agencies and the proposed plan, and whom to ask (Y16, Y4). What is held
        back is taken out of the data here, so that no template can print it.
        """
        if audience == "after-acceptance":
            return replace(self, audience=audience, missing=find_missing_parts(self))
        return TransferPack(
            made_date=self.made_date,
            language=self.language,
            authority=self.authority,
            pathway=self.pathway,
            family_name=self.family_name,
            responsible=self.responsible,
            needs=self.needs,
            agencies=self.agencies,
            missing=find_missing_parts(replace(self, missing=()), parts=PARTS_BEFORE_ACCEPTANCE),
            audience=audience,
        )


# In the order in which they are read; the words follow "missing:" on the page.
PARTS_BEFORE_ACCEPTANCE = {"needs": "what the family needs", "agencies": "other agencies"}
PARTS = {
    **PARTS_BEFORE_ACCEPTANCE,
    "next_practitioner": "who helps next",
    "children": "the children",
    "adults": "parents and carers",
    "childs_words": "the children's own words",
    "assessment": "the assessment",
    "team": "the team around the child",
    "consents": "consent",
}


def find_missing_parts(pack: TransferPack, parts: dict[str, str] = PARTS) -> tuple[str, ...]:
    """What the pack lacks, in words: whole parts, then needs without an action, then actions that nobody can check."""
    empty = [words for part, words in parts.items() if not getattr(pack, part)]
    unplanned = [f"a plan for: {need.text}" for need in pack.needs if not need.actions]
    unchecked = [
        f"{', '.join(lacks)} of the action: {action.what}"
        for need in pack.needs
        for action in need.actions
        if (lacks := _lacks(action))
    ]
    return tuple(dict.fromkeys([*empty, *unplanned, *unchecked, *pack.missing]))


def _lacks(action: PackAction) -> list[str]:
    asked = {"how it is measured": action.measured_by, "who does it": action.by_whom, "the date": action.by_date}
    return [words for words, value in asked.items() if not value]
