"""What tests of reminders ask for: a limit of a transfer, a look at its clock, and who has been told what."""

from datetime import datetime

from tests.actions.walking import Walk

from handhold.actions.reminders import remind_of_limits
from handhold.casefiles.case import load_case
from handhold.notifications.models import OutboxMessage, Reminder
from handhold.protocol.deadlines import Deadline
from handhold.records.models import Practitioner, Run


def limit_of(walk: Walk, step: str, child: int | None = None) -> Deadline:
    """The limit that runs for a step as the walk stands."""
    return load_case(fetched(walk), walk.now).observed.deadlines[step, child]


def fetched(walk: Walk) -> Run:
    """The run, with what a case needs."""
    return Run.objects.select_related("sender__agency", "receiver__agency", "family", "authority").get(pk=walk.run.pk)


def remind(walk: Walk, now: datetime) -> int:
    """Looks at the run's clock."""
    return remind_of_limits(walk.run.pk, now=now)


def told(step: str, occasion: str) -> set[Practitioner]:
    """Who was told so of a step, by all reminders of it."""
    return {one for row in Reminder.objects.filter(step=step, occasion=occasion) for one in row.told.all()}


def mailed(template: str) -> list[str]:
    """Who gets a message of this text, once for each."""
    return sorted(OutboxMessage.objects.filter(template=template).values_list("to_address", flat=True))
