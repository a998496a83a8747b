"""Who hears that a household changed: everybody who answers for a child of the family, by a reference and a link."""

from __future__ import annotations

from handhold.access.families import Sighted
from handhold.access.transfers import is_there
from handhold.notifications.outbox import put_in_outbox
from handhold.records.models import Allocation, Family, FamilyMember, Practitioner


def tell_who_answers(family: Family, sight: Sighted, *, but: Practitioner) -> None:
    """A message to each person who answers for a child of the family now, but for who wrote it down."""
    children = family.memberships.filter(role=FamilyMember.Role.CHILD, during__contains=sight.now).values("person")
    held = Allocation.objects.filter(involvement__child__in=children, during__contains=sight.now)
    context = {"ref": family.ref, "path": f"/families/{family.ref}"}
    for one in {row.practitioner_id: row.practitioner for row in held.select_related("practitioner")}.values():
        if one.pk != but.pk and one.email and is_there(one, sight.now):
            put_in_outbox("household-changed", to_address=one.email, now=sight.now, context=context)
