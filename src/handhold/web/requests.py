"""What a view takes from a request to hand on to an action or a query."""

from django.http import HttpRequest

from handhold.access.transfers import NotHere
from handhold.actions.once import AlreadySubmitted, Submission, find_answer
from handhold.records.models import Account, Practitioner
from handhold.web.forms.govuk_form import GovukForm


def account_of(request: HttpRequest) -> Account:
    """Who is signed in. For pages that ask for a sign-in, as all do that do not say otherwise."""
    if not isinstance(request.user, Account):
        raise NotHere
    return request.user


def practitioner_of(request: HttpRequest) -> Practitioner:
    """Who acts: `by` of every action. Raises NotHere, which is answered 404, for an account without a practitioner."""
    found = account_of(request).practitioner
    if found is None:
        raise NotHere
    return found


def submission_of(request: HttpRequest, form: GovukForm, answer_url: str) -> Submission:
    """A valid form's key, so that two clicks are one act; `answer_url` is where both of them lead."""
    return Submission(key=str(form.key), account=account_of(request), answer_url=answer_url)


def check_not_sent_before(request: HttpRequest, prefix: str = "") -> None:
    """For a page that the first of two clicks has closed. Raises AlreadySubmitted, which leads where the first did."""
    key = request.POST.get(f"{prefix}-once" if prefix else "once", "")
    answer_url = find_answer(key, account_of(request)) if key else None
    if answer_url is not None:
        raise AlreadySubmitted(answer_url)
