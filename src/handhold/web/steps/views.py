"""The page of a step: shows what it needs, takes what was written to the action, and says every reason of a refusal."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from handhold.access.transfers import Opened, access_transfer_to_read
from handhold.actions.once import Submission
from handhold.actions.refusals import HappenedLater, HappenedTooEarly, ReasonNeeded, StepRefused
from handhold.actions.steps import record_step, record_step_for_children
from handhold.casefiles.contents import Content, LetterContent
from handhold.casefiles.contents_of_papers import LettersContent
from handhold.casefiles.details import EditedMeanwhile
from handhold.documents import CharactersNotInFont
from handhold.protocol.vocabulary import WORDS
from handhold.queries.endings_letters import print_endings_letter
from handhold.queries.form_sections import find_section
from handhold.queries.gaps import Gap, find_gaps_of
from handhold.queries.naming import listed
from handhold.queries.order_of_records import find_notes_on_time
from handhold.queries.plans import find_plan
from handhold.queries.step_material import find_material
from handhold.queries.step_pages import StepPage, find_step_page
from handhold.queries.transfers import code_words
from handhold.web.clauses import words_of_clauses
from handhold.web.identity import bar_of
from handhold.web.navigation import REPORT_A_CONCERN, find_address
from handhold.web.requests import check_not_sent_before, practitioner_of, submission_of
from handhold.web.steps.forms_by_kind import build_form
from handhold.web.steps.forms_of_handing_over import LetterForm
from handhold.web.steps.forms_of_papers import CorrespondenceForm
from handhold.web.steps.plan_form import PlanForm
from handhold.web.steps.step_form import LATER, StepForm, too_early
from handhold.web.transfers.shown import address_afterwards, missing_of


@dataclass(frozen=True)
class Answer:
    """How the page is shown again: its form, all reasons of a refusal, what somebody else saved meanwhile."""

    form: StepForm | None
    gaps: tuple[Gap, ...] = ()
    theirs: object = None
    status: int = 200


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, ref: str, step: str) -> HttpResponse:
    """One step of a transfer, for one child where it is a step for each child."""
    opened = access_transfer_to_read(ref, by=practitioner_of(request), now=timezone.now())
    page = find_step_page(opened, step, request.GET.get("child", ""))
    if page.step.kind == "concern":
        return redirect(f"{find_address(REPORT_A_CONCERN)}?family={page.family_ref}")
    if request.method == "GET":
        can = page.can_record and not is_decided_elsewhere(opened, page)
        return _show(request, opened, page, Answer(build_form(opened, page, None) if can else None, page.gaps))
    if is_decided_elsewhere(opened, page):
        return _show(request, opened, page, Answer(None, page.gaps, status=409))
    check_not_sent_before(request)
    return _post(request, opened, page, build_form(opened, page, request.POST))


def is_decided_elsewhere(opened: Opened, page: StepPage) -> bool:
    """Whether the step is the decision on a concern, which is written on the concern's own page."""
    return page.step.id in opened.case.pathway.concern_steps()


def _post(request: HttpRequest, opened: Opened, page: StepPage, form: StepForm) -> HttpResponse:
    if "add" in request.POST:
        form.is_valid()
        form.errors.clear()
        return _show(request, opened, page, Answer(form))
    valid = form.is_valid()
    if "preview" in request.POST and isinstance(form, LetterForm):
        return _preview(request, opened, page, form)
    if "preview" in request.POST and isinstance(form, CorrespondenceForm):
        return _preview_first(request, opened, page, form)
    if not valid:
        return _show(request, opened, page, Answer(form, status=422))
    return _record(request, opened, page, form)


def _record(request: HttpRequest, opened: Opened, page: StepPage, form: StepForm) -> HttpResponse:
    """Hands what was written to the action; whatever it answers is said on the same page, with what was typed."""
    address = address_afterwards(opened)
    try:
        _act(opened, page, form, submission_of(request, form, address))
    except (HappenedLater, HappenedTooEarly, CharactersNotInFont, ReasonNeeded) as fault:
        form.add_error(*_at_its_field(fault))
        return _show(request, opened, page, Answer(form, status=422))
    except StepRefused as refused:
        gaps = find_gaps_of(refused)
        words = [reason.what for reason in refused.reasons if reason.problem == "word-missing"]
        form.mark_missing([(word, meaning.missing) for word, meaning in WORDS.items() if word in words])
        return _show(request, opened, page, Answer(form, gaps, status=409))
    except EditedMeanwhile:
        return _show(request, opened, page, _edited_meanwhile(opened, page, form))
    notes = find_notes_on_time(opened, page.step, page.child, form.content(opened.case.now).happened_at)
    messages.success(request, " ".join((_done(page, form), *notes)))
    return redirect(address)


def _at_its_field(fault: Exception) -> tuple[str | None, str]:
    """What was wrong with what was written, and at which field it is said."""
    match fault:
        case HappenedLater():
            return "happened_time", LATER
        case HappenedTooEarly():
            return "happened", too_early(fault)
        case ReasonNeeded():
            return None, "Write the reason"
        case _:
            return None, str(fault)


def _act(opened: Opened, page: StepPage, form: StepForm, submission: Submission) -> None:
    """The one action behind the form: for this child, for several at once, or for the whole transfer."""
    what = (page.ref, page.step.id, form.outcome, _content(opened, page, form))
    by, now, refs = opened.by, opened.case.now, form.child_refs
    if len(refs) > 1:
        record_step_for_children(*what, child_refs=refs, reason=form.reason, by=by, now=now, submission=submission)
    else:
        child = refs[0] if refs else None
        record_step(*what, child_ref=child, reason=form.reason, by=by, now=now, submission=submission)


def _content(opened: Opened, page: StepPage, form: StepForm) -> Content:
    """What is written down; a letter is printed here, as it was read."""
    content = form.content(opened.case.now)
    if isinstance(form, LetterForm) and isinstance(content, LetterContent) and page.child is not None:
        words, child = form.letter_words(), opened.case.children[page.child].person
        pdf = print_endings_letter(opened.case, page.step, child, opened.by, words)
        title = f"{code_words(page.step.letter or page.step.kind)} for {page.child_name}"
        return replace(content, title=title, recipient=words.recipient, address=words.address, pdf=pdf)
    return form.printed(opened, content)


def _preview_first(request: HttpRequest, opened: Opened, page: StepPage, form: CorrespondenceForm) -> HttpResponse:
    """The first letter as it would be; nothing is recorded."""
    form.errors.pop("checked", None)
    content = None if form.errors else form.printed(opened, LettersContent(opened.case.now))
    letters = content.letters if isinstance(content, LettersContent) else ()
    if not letters:
        return _show(request, opened, page, Answer(form, status=422))
    return _as_preview(letters[0].pdf)


def _preview(request: HttpRequest, opened: Opened, page: StepPage, form: LetterForm) -> HttpResponse:
    """The letter as it would be, where what it needs is there; nothing is recorded."""
    form.errors.pop("checked", None)
    if form.errors or page.child is None:
        return _show(request, opened, page, Answer(form, status=422))
    child = opened.case.children[page.child].person
    try:
        pdf = print_endings_letter(opened.case, page.step, child, opened.by, form.letter_words())
    except CharactersNotInFont as fault:
        form.add_error(None, str(fault))
        return _show(request, opened, page, Answer(form, status=422))
    return _as_preview(pdf)


def _as_preview(pdf: bytes) -> HttpResponse:
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="letter.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def _edited_meanwhile(opened: Opened, page: StepPage, form: StepForm) -> Answer:
    """Both texts on one page: what was typed stays in the form, which now knows the version that it would replace."""
    is_plan = isinstance(form, PlanForm)
    theirs = find_plan(opened.case) if is_plan else find_section(opened.case, page.step)
    data = form.data.copy() if isinstance(form.data, QueryDict) else QueryDict(mutable=True)
    data["version"] = str(getattr(theirs, "number", None) or getattr(theirs, "version", 0))
    form.data = data
    return Answer(form, theirs=theirs, status=409)


def _done(page: StepPage, form: StepForm) -> str:
    called = page.step.outcomes[form.outcome].called
    others = [one.name for one in page.siblings if one.ref in form.child_refs]
    children = f" ({listed([page.child_name, *others])})" if page.child_name else ""
    return f"{page.step.title}{children}: {called}. It is recorded."


def _show(request: HttpRequest, opened: Opened, page: StepPage, answer: Answer) -> HttpResponse:
    protocol = opened.case.protocol
    context = {
        "page": page,
        "bar": bar_of(opened, page.child),
        "form": answer.form,
        "theirs": answer.theirs,
        "material": find_material(opened, page.step, page.child),
        "gaps": missing_of(page.ref, answer.gaps, protocol),
        "clauses": words_of_clauses(protocol, page.step.clauses),
        "decided_elsewhere": is_decided_elsewhere(opened, page),
        "report_address": f"{find_address(REPORT_A_CONCERN)}?family={page.family_ref}",
    }
    if answer.form is None:
        del context["form"]
    return render(request, "steps/step.html", context, status=answer.status)
