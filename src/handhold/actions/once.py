"""One effect for one form: a double click, a retry or a replay gets the answer of the first time."""

from dataclasses import dataclass
from datetime import datetime

from handhold.records.models import Account, SubmittedForm


@dataclass(frozen=True)
class Submission:
    """A form as it was sent: its key, made when the form was shown, who sent it, and the page that answers it."""

    key: str
    account: Account
    answer_url: str


class AlreadySubmitted(Exception):
    """This form was carried out before; `answer_url` is where its answer stands."""

    def __init__(self, answer_url: str) -> None:
        super().__init__("This form was already carried out.")
        self.answer_url = answer_url


def carry_out_once(submission: Submission | None, now: datetime) -> None:
    """Notes the form, in the caller's transaction. Raises AlreadySubmitted for one that was carried out.

    Two at once wait for each other at the unique key: the second sees the first's answer, or does it where that failed.
    """
    if submission is None:
        return
    row = SubmittedForm(key=submission.key, account=submission.account, answer_url=submission.answer_url, at=now)
    SubmittedForm.objects.bulk_create([row], ignore_conflicts=True)
    standing = SubmittedForm.objects.get(key=submission.key)
    is_own = standing.account_id == submission.account.pk
    if not is_own or standing.at != now:  # where another account's form leads is not told
        raise AlreadySubmitted(standing.answer_url if is_own else submission.answer_url)


def find_answer(key: str, account: Account) -> str | None:
    """Where the answer of a form stands that this account has sent before; None for one that was never carried out.

    For a page whose second click would find nothing more to ask: what the first one did has closed it.
    """
    sent = SubmittedForm.objects.filter(key=key, account=account).values_list("answer_url", flat=True)
    return sent.first()
