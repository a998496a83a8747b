"""The honest way past a gate that cannot be met: asking for an exception, and a second person's decision on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from handhold.access.transfers import Opened, access_transfer_to_read
from handhold.actions.refusals import ReasonNeeded, StepRefused
from handhold.actions.steps import ask_exception, decide_exception
from handhold.protocol.deciding import Reason
from handhold.queries.gaps import Gap, find_gaps, find_gaps_of
from handhold.queries.possible_acts import why_not_ask_exception, why_not_decide_exception
from handhold.queries.step_pages import StepPage, find_step_page
from handhold.queries.transfers import exception_words
from handhold.queries.whose_move import WhosWho
from handhold.web.clauses import words_of_clauses
from handhold.web.forms.fields import Choice, LongTextField, RadiosField
from handhold.web.forms.govuk_form import GovukForm
from handhold.web.requests import check_not_sent_before, practitioner_of, submission_of
from handhold.web.transfers.shown import address_afterwards, missing_of

EXCEPTIONS_CLAUSE = "H7"


class AskForm(GovukForm):
    """Why the step cannot be done, and what was tried. The kinds are the step's own."""

    kind = RadiosField("Why can it not be done?", missing="Choose why it cannot be done")
    reason = LongTextField(
        "What was tried, and why it cannot be done",
        missing="Write what was tried, and why it cannot be done",
        called="What you write",
    )


class DecideForm(GovukForm):
    """The decision of a second person."""

    answer = RadiosField(
        "What do you decide?",
        (
            Choice("granted", "Grant the exception", "The transfer can go on without this step."),
            Choice("refused", "Refuse it", "The step has still to be done."),
        ),
        missing="Choose whether you grant it",
    )
    reason = LongTextField("Why?", missing="Write the reason", called="The reason")


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, ref: str, step: str) -> HttpResponse:
    """Ask that a step be excepted."""
    opened = access_transfer_to_read(ref, by=practitioner_of(request), now=timezone.now())
    page = find_step_page(opened, step, request.GET.get("child", ""))
    form = AskForm(request.POST if request.method == "POST" else None)
    kinds = page.step.exception.kinds if page.step.exception else []
    form.fields["kind"].offer(Choice(kind, exception_words(kind).capitalize()) for kind in kinds)  # type: ignore[attr-defined]
    reasons = why_not_ask_exception(opened, page.step, page.child)

    def act() -> None:
        address = address_afterwards(opened)
        cleaned, key = form.cleaned_data, submission_of(request, form, address)
        ask_exception(
            ref,
            step,
            cleaned["kind"],
            cleaned["reason"],
            child_ref=page.child_ref or None,
            by=opened.by,
            now=opened.case.now,
            submission=key,
        )
        messages.success(request, "You asked for an exception. Somebody else decides on it.")

    return Sheet(request, opened, page, "steps/ask_exception.html").answer(form, reasons, act)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, ref: str, step: str) -> HttpResponse:
    """Grant an exception, or refuse it."""
    opened = access_transfer_to_read(ref, by=practitioner_of(request), now=timezone.now())
    page = find_step_page(opened, step, request.GET.get("child", ""))
    form = DecideForm(request.POST if request.method == "POST" else None)
    reasons = why_not_decide_exception(opened, page.step, page.child)

    def act() -> None:
        address = address_afterwards(opened)
        cleaned, key = form.cleaned_data, submission_of(request, form, address)
        granted = cleaned["answer"] == "granted"
        decide_exception(
            ref,
            step,
            granted=granted,
            reason=cleaned["reason"],
            child_ref=page.child_ref or None,
            by=opened.by,
            now=opened.case.now,
            submission=key,
        )
        messages.success(request, "The exception is granted." if granted else "The exception is refused.")

    return Sheet(request, opened, page, "steps/decide_exception.html").answer(form, reasons, act)


@dataclass(frozen=True)
class Sheet:
    """One page about an exception of one step, shown to one person."""

    request: HttpRequest
    opened: Opened
    page: StepPage
    template: str

    def answer(self, form: GovukForm, reasons: tuple[Reason, ...], act: Callable[[], None]) -> HttpResponse:
        """Shows the page; for a form that came back, acts and leads to the transfer, or says why not."""
        if self.request.method == "GET":
            return self.show(None if reasons else form, find_gaps(self.opened, reasons, WhosWho(self.opened)))
        check_not_sent_before(self.request)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            act()
        except StepRefused as refused:
            return self.show(form, find_gaps_of(refused), status=409)
        except ReasonNeeded:
            form.add_error("reason", "Write the reason")
            return self.show(form, status=422)
        return redirect(address_afterwards(self.opened))

    def show(self, form: GovukForm | None, gaps: tuple[Gap, ...] = (), *, status: int = 200) -> HttpResponse:
        """The page, with its form where the person can use it."""
        protocol, exception = self.opened.case.protocol, self.page.step.exception
        context = {
            "page": self.page,
            "gaps": missing_of(self.page.ref, gaps, protocol),
            "clauses": words_of_clauses(protocol, [*self.page.step.clauses, EXCEPTIONS_CLAUSE]),
            "deciders": WhosWho(self.opened).named(exception.decided_by) if exception else "",
            **({"form": form} if form else {}),
        }
        return render(self.request, self.template, context, status=status)
