"""No transfer begins while the procedure names a role, a queue or a meeting that nobody stands behind."""

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from tests.actions.walking import PATHWAY
from tests.records.factories import LONG_AGO, NOW, MadeCouncil, make_council, make_family

from handhold.actions.transfers import CannotBegin, start_transfer
from handhold.casefiles.bindings import find_unbound
from handhold.casefiles.protocols import current_protocol
from handhold.records.models import Queue, RoleHolding

pytestmark = pytest.mark.django_db


def unbound(council: MadeCouncil) -> list[str]:
    """What nobody stands behind."""
    return [one.name for one in find_unbound(current_protocol(council.authority), council.authority, NOW)]


def test_a_council_at_work_has_everything_bound() -> None:
    assert unbound(make_council()) == []


def test_a_role_that_nobody_holds_is_named_and_no_transfer_begins() -> None:
    council = make_council()
    family = make_family(council, children=1)
    RoleHolding.objects.filter(role="practice-manager").update(during=DateTimeTZRange(LONG_AGO, NOW))
    assert unbound(council) == ["role practice-manager (practice manager)"]
    refs, worker = [family.children[0].ref], council.practitioners["social-worker"]
    with pytest.raises(CannotBegin, match="practice-manager"):
        start_transfer(family.family.ref, PATHWAY, refs, by=worker, now=NOW)


def test_a_queue_that_was_never_set_up_is_named() -> None:
    council = make_council()
    Queue.objects.filter(code="partner-led-eha").update(code="another")
    assert unbound(council) == ["queue partner-led-eha (Partner led EHA)"]
