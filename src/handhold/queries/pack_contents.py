"""The list of what a pack holds, for whoever is about to open it. No SQL."""

from __future__ import annotations

from dataclasses import dataclass

from handhold.documents import TransferPack


@dataclass(frozen=True, slots=True)
class PartOfPack:
    """One part of the pack as the list of contents names it, and how much of it there is: empty where nothing."""

    title: str
    amount: str


PARTS = (
    ("needs", "Needs, and the proposed plan", "need"),
    ("agencies", "Other agencies", "agency"),
    ("children", "The children", "child"),
    ("adults", "Parents and carers", "person"),
    ("childs_words", "The children's own words", "record"),
    ("assessment", "The assessment", "section"),
    ("team", "The team around the child", "person"),
    ("consents", "Consent", "answer"),
)
MANY = {"agency": "agencies", "child": "children", "person": "people"}
BEFORE_ACCEPTANCE = ("needs", "agencies")


def find_contents(pack: TransferPack) -> tuple[PartOfPack, ...]:
    """What this audience's pack holds, part by part; a part without anything in it has no amount."""
    shown = [part for part in PARTS if pack.audience == "after-acceptance" or part[0] in BEFORE_ACCEPTANCE]
    return tuple(PartOfPack(title, _amount(len(getattr(pack, name)), noun)) for name, title, noun in shown)


def _amount(count: int, noun: str) -> str:
    return "" if count == 0 else f"{count} {noun if count == 1 else MANY.get(noun, noun + 's')}"
