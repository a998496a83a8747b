"""What comes with the beginning of a run: the involvement that it opens; and runs that an act of another run begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from handhold.casefiles.case import Case
from handhold.casefiles.children import HeldChild
from handhold.records.models import Allocation, Involvement, MainContact, Person, Practitioner, Run, RunChild


def begin_run(case: Case, pathway: str, children: Sequence[HeldChild], *, by: Practitioner) -> None:
    """Begins the pathway for those of the children whose involvement it comes from is open now.

    Children of one family who are held by one person share a run: one that is on its way takes the others in.
    """
    origin = case.protocol.pathways[pathway].origin
    for child in children:
        if origin in child.allocations:
            run = _run_for(case, pathway, child.allocations[origin].practitioner, by)
            RunChild.objects.get_or_create(run=run, child=child.person)


def open_origin(run: Run, kind: str, children: Sequence[Person], *, now: datetime) -> None:
    """Opens the involvement from which a run comes: its sender is accountable, and rung where nobody else is."""
    sender, during = run.sender, DateTimeTZRange(now, None)
    with_contact = MainContact.objects.filter(child__in=children, during__upper_inf=True).values_list(
        "child", flat=True
    )
    others = set(with_contact)
    for child in children:
        involvement = Involvement.objects.create(
            child=child, kind=kind, open_during=during, agency=sender.agency, team=sender.team, opened_by_run=run
        )
        Allocation.objects.create(involvement=involvement, practitioner=sender, during=during, run=run)
        if child.pk not in others:
            MainContact.objects.create(child=child, involvement=involvement, practitioner=sender, during=during)


def _run_for(case: Case, pathway: str, holder: Practitioner, by: Practitioner) -> Run:
    same_version = {"protocol_folder": case.run.protocol_folder, "protocol_digest": case.run.protocol_digest}
    run, _ = Run.objects.get_or_create(
        family_id=case.run.family_id,
        authority_id=case.run.authority_id,
        pathway=pathway,
        sender=holder,
        ended_at=None,
        settings_revision=case.run.settings_revision,
        **same_version,
        defaults={"started_at": case.now, "started_by": by},
    )
    return run
