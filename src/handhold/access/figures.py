"""Whose figures somebody sees: of every transfer of the council, or of those of the people they answer for."""

from datetime import datetime

from django.db.models import QuerySet

from handhold.access.families import Sighted, has_a_part, sight_of
from handhold.access.transfers import NotHere
from handhold.records.models import Practitioner, Run


def access_figures(*, by: Practitioner, now: datetime) -> Sighted:
    """The sight of a manager, or of who oversees every transfer. Raises NotHere for anybody else."""
    sight = sight_of(by, now)
    if not (sight.is_of_council and (sight.sees_all or sight.manages)):
        raise NotHere
    return sight


def runs_counted(sight: Sighted) -> QuerySet[Run]:
    """The transfers, also those that have ended, that count in somebody's figures."""
    runs = Run.objects.filter(authority=sight.by.agency.authority_id)
    return runs if sight.sees_all else runs.filter(has_a_part(sight, at_meetings=False))
