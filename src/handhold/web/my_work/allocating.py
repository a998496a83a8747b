"""Reallocating many families at once: what is chosen is checked, each is moved as singly, and each answer is told.

How it came out is kept in the session by references, until it has been looked at; names are read when it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from handhold.access.families import Sighted, sight_of
from handhold.access.transfers import NotHere
from handhold.actions.allocating import ToMove, reallocate_each
from handhold.queries.allocating import MOST_AT_ONCE, Moving, family_names, find_holders, find_moving, find_receivers
from handhold.queries.narrowing import Narrowing, narrowing_of
from handhold.queries.practitioners import Candidate
from handhold.web.british_dates import day_and_clock
from handhold.web.forms.fields import Choice, LongTextField, SelectField
from handhold.web.forms.govuk_form import GovukForm
from handhold.web.my_work.lists import address_with
from handhold.web.requests import check_not_sent_before, practitioner_of, submission_of

KEPT = "reallocated"
"""Where the session keeps how the last one came out."""


class AllocateForm(GovukForm):
    """To whom, why."""

    to = SelectField("Who is responsible from now on?", missing="Choose who is responsible from now on")
    reason = LongTextField("Why?", missing="Write the reason", called="The reason", rows=3, max_length=1000)

    def __init__(self, data: Mapping[str, Any] | None, *, candidates: Sequence[Candidate]) -> None:
        super().__init__(data)
        to = self.fields["to"]
        if isinstance(to, SelectField):
            to.offer(Choice(one.ref, one.words) for one in candidates)


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """How one came out, in words: `kind` is done, taken or refused."""

    kind: str
    family: str
    family_ref: str
    words: str


@require_http_methods(["GET", "POST"])
def allocate_families(request: HttpRequest) -> HttpResponse:
    """What is about to be moved, and to whom it can be; sent, it is moved. For who manages others."""
    sight = sight_of(practitioner_of(request), timezone.now())
    if not sight.manages:
        raise NotHere
    asked = narrowing_of(request.GET.dict())
    if request.method == "POST":
        return _sent(request, sight, asked)
    chosen = None if request.GET.get("every") else request.GET.getlist("chosen")
    moving, in_all = find_moving(sight, asked, chosen)
    form = AllocateForm(None, candidates=find_receivers((one.holder_ref for one in moving), sight))
    return _check(request, asked, moving, in_all, form)


def _check(
    request: HttpRequest, asked: Narrowing, moving: list[Moving], in_all: int, form: AllocateForm
) -> HttpResponse:
    page = {"moving": moving, "in_all": in_all, "most": MOST_AT_ONCE, "form": form}
    page["back"] = address_with(reverse("my-families"), asked)
    return render(request, "my_work/allocate.html", page, status=422 if request.method == "POST" else 200)


@require_safe
def allocated(request: HttpRequest) -> HttpResponse:
    """How the last one came out, family by family."""
    sight = sight_of(practitioner_of(request), timezone.now())
    kept: list[dict[str, Any]] = request.session.get(KEPT, [])
    lines = _lines(kept, sight)
    return render(
        request, "my_work/allocated.html", {"done": _of(lines, "done"), "others": _of(lines, "taken", "refused")}
    )


def _sent(request: HttpRequest, sight: Sighted, asked: Narrowing) -> HttpResponse:
    """What stood on the page that was sent is moved, not what would stand there by now: each of it gets its answer."""
    check_not_sent_before(request)
    moves = [_to_move(key) for key in request.POST.getlist("moving")[:MOST_AT_ONCE]]
    form = AllocateForm(request.POST, candidates=find_receivers((one.holder for one in moves), sight))
    if form.is_valid():
        return _move(request, sight, moves, form)
    moving, in_all = find_moving(sight, asked, [one.family for one in moves])
    return _check(request, asked, moving, in_all, form)


def _move(request: HttpRequest, sight: Sighted, moves: list[ToMove], form: AllocateForm) -> HttpResponse:
    typed, address = form.cleaned_data, reverse("families-allocated")
    answers = reallocate_each(
        moves,
        typed["to"],
        typed["reason"],
        by=sight.by,
        now=sight.now,
        submission=submission_of(request, form, address),
    )
    request.session[KEPT] = [{**asdict(one.asked), "outcome": one.outcome, "why": one.why} for one in answers]
    return redirect(address)


def _to_move(key: str) -> ToMove:
    """What a form says of one. Raises NotHere for what no page of ours has made."""
    holder, _, rest = key.partition(".")
    family, _, involvements = rest.partition(".")
    if not involvements:
        raise NotHere
    return ToMove(holder, family, tuple(involvements.split(".")))


def _lines(kept: list[dict[str, Any]], sight: Sighted) -> list[AnswerLine]:
    names = family_names([one["family"] for one in kept], sight)
    holders = find_holders([ref for one in kept for ref in one["involvements"]], sight)
    return [_line(one, names, holders) for one in kept if one["family"] in names]


def _line(one: dict[str, Any], names: dict[str, str], holders: dict[str, Any]) -> AnswerLine:
    now = dict.fromkeys(holders[ref] for ref in one["involvements"] if ref in holders)
    held = "; ".join(f"{name} is responsible since {day_and_clock(since)}" for name, since in now)
    words = {"done": held, "taken": f"Somebody else moved it first: {held or 'nobody answers any more'}"}
    return AnswerLine(one["outcome"], names[one["family"]], one["family"], words.get(one["outcome"], one["why"]))


def _of(lines: list[AnswerLine], *kinds: str) -> list[AnswerLine]:
    return [one for one in lines if one.kind in kinds]
