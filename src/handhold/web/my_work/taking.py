"""Taking something up out of a queue with one press; who comes second is told who took it, and when."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from handhold.actions.refusals import StepRefused
from handhold.actions.taking_up import TakenMeanwhile, take_up
from handhold.web.addresses import transfer_address
from handhold.web.british_dates import day_and_clock
from handhold.web.requests import practitioner_of


@require_POST
def take_up_now(request: HttpRequest, code: str, ref: str) -> HttpResponse:
    """Takes it, and says so where it is done next; else back to the list, with who has it."""
    by, now = practitioner_of(request), timezone.now()
    try:
        take_up(code, ref, by=by, now=now)
    except TakenMeanwhile as meanwhile:
        who = "You" if meanwhile.taken.is_own else meanwhile.taken.name
        messages.info(request, f"{who} took this up already: {day_and_clock(meanwhile.taken.at)}.")
        return redirect(reverse("work-to-take"))
    except StepRefused:
        return redirect(transfer_address(ref))
    messages.success(request, "You have taken this up.")
    return redirect(transfer_address(ref))
