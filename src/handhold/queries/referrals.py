"""What the front door needs to know while it takes a referral in: whether the family is known, and who it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from handhold.access.families import Sighted, access_family_to_take_in
from handhold.access.intake import Intake
from handhold.casefiles.joined import standing
from handhold.casefiles.protocols import calendar_of
from handhold.protocol.papers import FormField
from handhold.queries.child_index import Known, index_matching, known_rows
from handhold.queries.involved import find_accountable_for
from handhold.queries.naming import age_words, first_name
from handhold.records.models import Family, FamilyMember, Person


@dataclass(frozen=True, slots=True)
class KnownChild:
    """A child who is known, with the family for which a referral can be written down."""

    child: Known
    family: str
    family_ref: str


@dataclass(frozen=True, slots=True)
class ChildToRefer:
    """A child of a family on record: who answers for them now, in words; empty where nobody does."""

    ref: str
    name: str
    held: str
    is_referred: bool
    """Whether a referral of this child is open already."""


@dataclass(frozen=True, slots=True)
class JoinedToRefer:
    """A child of a family who is worked with by another record: of which family a referral is written down."""

    name: str
    kept_ref: str
    family: str
    family_ref: str


@dataclass(frozen=True, slots=True)
class ReferralPage:
    """The page that writes a referral down. `family` is empty for one that is not on record."""

    family: str
    family_ref: str
    pathway: str
    summary: str
    children: tuple[ChildToRefer, ...]
    joined: tuple[JoinedToRefer, ...]
    """Those of the family whose record was joined to one of another family."""
    fields: tuple[FormField, ...]
    clauses: tuple[str, ...]


def children_known(intake: Intake, words: str) -> QuerySet[Person]:
    """The children whom these words fit, of the whole council."""
    return index_matching(intake.sight, words)


def known_children(children: Sequence[Person], sight: Sighted) -> list[KnownChild]:
    """The rows of one page of them, each with a family of theirs. Two statements."""
    members = FamilyMember.objects.filter(
        person__in=children, role=FamilyMember.Role.CHILD, during__contains=sight.now
    ).select_related("family")
    families = {member.person_id: member.family for member in members.order_by("pk")}
    rows = zip(children, known_rows(children, sight), strict=True)
    return [
        KnownChild(row, f"{families[child.pk].name} family", families[child.pk].ref)
        for child, row in rows
        if child.pk in families
    ]


def find_referral_page(intake: Intake, family_ref: str = "") -> ReferralPage:
    """The page for a family on record, or for one that is not. Raises NotHere."""
    name, children, joined = _family(intake, family_ref) if family_ref else ("", (), ())
    form = intake.sight.protocol.forms[intake.step.form or ""]
    return ReferralPage(
        family=name,
        family_ref=family_ref,
        pathway=intake.pathway.file.title,
        summary=intake.pathway.file.summary,
        children=children,
        joined=joined,
        fields=tuple(field for part in form.sections for field in part.fields),
        clauses=tuple(intake.step.clauses),
    )


def _family(intake: Intake, ref: str) -> tuple[str, tuple[ChildToRefer, ...], tuple[JoinedToRefer, ...]]:
    sight = intake.sight
    family = access_family_to_take_in(ref, intake.roles, by=sight.by, now=sight.now)
    members = FamilyMember.objects.filter(family=family, role=FamilyMember.Role.CHILD, during__contains=sight.now)
    people = [one.person for one in members.select_related("person").order_by("person__birth_date", "person_id")]
    children = [one for one in people if not one.is_joined]
    joined = tuple(_joined([one for one in people if one.is_joined], family, sight))
    held = find_accountable_for([child.pk for child in children], sight.protocol, sight.now)
    today = calendar_of(sight.protocol).local_date(sight.now)
    lines = tuple(
        ChildToRefer(
            child.ref,
            f"{first_name(child)} ({age_words(child, today)})",
            "; ".join(f"{one.involvement}: {one.name}" for one in held if one.child_id == child.pk),
            any(one.child_id == child.pk and one.kind == intake.pathway.origin for one in held),
        )
        for child in children
        if child.died_date is None
    )
    return f"{family.name} family", lines, joined


def _joined(children: Sequence[Person], family: Family, sight: Sighted) -> Iterator[JoinedToRefer]:
    """Of each record that was joined to one of another family, which that is. None, and no statement, for no child."""
    rows = standing().filter(other__in=children).select_related("kept") if children else ()
    kept = {one.other_id: one.kept for one in rows}
    own = {one.child.ref: one for one in known_children(list(kept.values()), sight)} if kept else {}
    for child in children:
        where = own.get(kept[child.pk].ref)
        if where and where.family_ref != family.ref:
            yield JoinedToRefer(first_name(child), where.child.ref, where.family, where.family_ref)
