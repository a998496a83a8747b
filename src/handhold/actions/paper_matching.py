"""Whose family a mail may be about: by a reference that stands in it, else by a child's name in its subject.

Only proposed: somebody who receives papers decides, unless a known sender wrote the reference of a family of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from handhold.access.families import Sighted, families_in_sight, sight_of
from handhold.access.transfers import NotHere, is_there
from handhold.exchange.received_mail import ReadMail
from handhold.queries.asked_words import as_date
from handhold.queries.naming import first_name
from handhold.records.models import Authority, Family, FamilyMember, Person, Practitioner, Run

REFERENCE = re.compile(r"(?<![0-9A-Za-z])[0-9A-HJKMNP-TV-Z]{8}(?![0-9A-Za-z])")
WRITTEN_DATE = re.compile(r"\d{1,4}[/.\-]\d{1,2}[/.\-]\d{2,4}")
MOST_REFERENCES = 20
BY_REFERENCE, BY_CHILD = "reference", "child"


@dataclass(frozen=True)
class Proposal:
    """A family that a mail may be about, by what, for which of its children, and whether nobody has to look."""

    family: Family
    by: str
    children: tuple[Person, ...] = ()
    is_sure: bool = False


def find_sender(address: str, authority: Authority, now: datetime) -> Practitioner | None:
    """The one practitioner of this council's agencies who is there and has this address; None for a stranger."""
    known = Practitioner.objects.filter(agency__authority=authority, email__iexact=address).exclude(email="")
    there = [one for one in known.select_related("agency__authority", "team") if is_there(one, now)]
    return there[0] if len(there) == 1 else None


def propose_family(mail: ReadMail, sender: Practitioner | None, authority: Authority, now: datetime) -> Proposal | None:
    """The one family that a mail points at; None where it points at none or at several."""
    sight = _sight_of(sender, now)
    named = _by_reference(mail, authority, now)
    if len({one.family.pk for one in named}) == 1:
        best = named[0]
        in_sight = sight is not None and families_in_sight(sight).filter(pk=best.family.pk).exists()
        return Proposal(best.family, BY_REFERENCE, best.children, is_sure=in_sight)
    return _by_child(mail.subject, sight) if sight is not None and not named else None


def children_of(family: Family, now: datetime) -> tuple[Person, ...]:
    """The children of a family now, in the order of their ids."""
    members = family.memberships.filter(
        role=FamilyMember.Role.CHILD, during__contains=now, person__is_joined=False
    ).select_related("person")
    return tuple(one.person for one in members.order_by("person_id"))


def _sight_of(sender: Practitioner | None, now: datetime) -> Sighted | None:
    try:
        return sight_of(sender, now) if sender else None
    except NotHere:
        return None


def _by_reference(mail: ReadMail, authority: Authority, now: datetime) -> list[Proposal]:
    """What the references in the subject, or else in the text, name: transfers and families of this council."""
    for words in (mail.subject, mail.text):
        refs = list(dict.fromkeys(REFERENCE.findall(words.upper())))[:MOST_REFERENCES]
        runs = Run.objects.filter(ref__in=refs, authority=authority).select_related("family")
        families = Family.objects.filter(ref__in=refs, authority=authority)
        found = [Proposal(run.family, BY_REFERENCE, tuple(run.children.order_by("pk"))) for run in runs]
        found += [Proposal(family, BY_REFERENCE, children_of(family, now)) for family in families]
        if found:
            return found
    return []


def _by_child(subject: str, sight: Sighted) -> Proposal | None:
    """The one family of the sender's whose child is named in the subject, whole or by birth date and one name."""
    if sight.sees_all:
        return None
    members = FamilyMember.objects.filter(
        family__in=families_in_sight(sight).values("pk"),
        role=FamilyMember.Role.CHILD,
        during__contains=sight.now,
        person__is_joined=False,
    ).select_related("family", "person")
    dates = {found for words in WRITTEN_DATE.findall(subject) if (found := as_date(words))}
    named = [one for one in members.order_by("id") if _is_named(one.person, subject, dates)]
    families = {one.family_id: one.family for one in named}
    if len(families) != 1:
        return None
    return Proposal(named[0].family, BY_CHILD, tuple(one.person for one in named))


def _is_named(child: Person, subject: str, dates: Iterable[date]) -> bool:
    given = any(_stands_in(name, subject) for name in (first_name(child), child.given_name) if name)
    family, born = _stands_in(child.family_name, subject), child.birth_date in set(dates)
    return (given and family) or (born and (given or family))


def _stands_in(name: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words, re.IGNORECASE) is not None
