"""Alerts of a family: those that stand and those that are over; writing one, ending one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from handhold.access.alerts import access_alert_to_end, access_family_to_alert, may_write_alerts
from handhold.access.families import access_family_to_read
from handhold.actions.alerts import AlertWords, end_alert, write_alert
from handhold.actions.opened_pages import note_look
from handhold.queries.before_the_door import find_all_alerts
from handhold.queries.families import find_members
from handhold.web.families.forms import FAMILY, AlertForm, EndAlertForm
from handhold.web.families.tabs import tabs_of
from handhold.web.requests import check_not_sent_before, practitioner_of, submission_of


@require_safe
def alerts(request: HttpRequest, ref: str) -> HttpResponse:
    """All alerts of a family that somebody may know of."""
    by, now = practitioner_of(request), timezone.now()
    found, sight = access_family_to_read(ref, by=by, now=now)
    note_look("alerts", found, by=by, now=now)
    standing, over = find_all_alerts(found, by, now)
    context: dict[str, object] = {"family_name": f"{found.name} family", "ref": ref, "standing": standing, "over": over}
    context |= {"may_write": may_write_alerts(by), "tabs": tabs_of(ref, "alerts", sight)}
    return render(request, "families/alerts.html", context)


@require_http_methods(["GET", "POST"])
def new_alert(request: HttpRequest, ref: str) -> HttpResponse:
    """Write one."""
    by, now = practitioner_of(request), timezone.now()
    found, sight = access_family_to_alert(ref, by=by, now=now)
    check_not_sent_before(request)
    form = AlertForm(request.POST or None)
    form.offer_people(find_members(found, sight))
    if form.is_valid():
        answers, address = form.cleaned_data, reverse("alerts", args=[ref])
        whom = "" if answers["whom"] == FAMILY else answers["whom"]
        words = AlertWords(answers["kind"], answers["reason"], whom, is_shared=answers["shared"] == "yes")
        write_alert(ref, words, by=by, now=now, submission=submission_of(request, form, address))
        messages.success(request, "The alert stands on every page about this family.")
        return redirect(address)
    context = {"form": form, "family_name": f"{found.name} family", "ref": ref}
    return render(request, "families/new_alert.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, ref: str) -> HttpResponse:
    """Say that one is over, and why."""
    by, now = practitioner_of(request), timezone.now()
    check_not_sent_before(request)
    alert, _ = access_alert_to_end(ref, by=by, now=now)
    address = reverse("alerts", args=[alert.family.ref])
    form = EndAlertForm(request.POST or None)
    if form.is_valid():
        why, submission = form.cleaned_data["why"], submission_of(request, form, address)
        end_alert(ref, why, by=by, now=now, submission=submission)
        messages.success(request, "The alert is over. It is kept among the earlier ones.")
        return redirect(address)
    context = {"form": form, "family_name": f"{alert.family.name} family", "ref": alert.family.ref}
    context["reason"] = alert.reason
    return render(request, "families/end_alert.html", context, status=422 if form.is_bound else 200)
