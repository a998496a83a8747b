"""What a view takes from a request to hand on to an action or a query."""

from django.http import HttpRequest

from handhold.access.transfers import NotHere
from handhold.actions.once import Submission
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
