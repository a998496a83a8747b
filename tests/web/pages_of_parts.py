"""Pages that only tests see: every component and every kind of field on one page, in the frame."""

from datetime import UTC, date, datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import engines
from django.urls import include, path
from django.utils import timezone

from handhold.access.transfers import NotHere
from handhold.actions.once import carry_out_once
from handhold.records.models import Authority
from handhold.web.components import (
    Cell,
    ChosenFilter,
    ClauseWords,
    Column,
    Fact,
    Missing,
    Tab,
    Task,
    TimelineEntry,
)
from handhold.web.forms.date_field import DateField, TimeField
from handhold.web.forms.fields import (
    CheckboxesField,
    Choice,
    FileField,
    LongTextField,
    PasswordField,
    RadiosField,
    SelectField,
    TextField,
)
from handhold.web.forms.govuk_form import GovukForm
from handhold.web.requests import practitioner_of, submission_of
from handhold.working_days.due_words import DueWords

TODAY = date(2026, 12, 8)

CLAUSE = ClauseWords(
    id="Y26",
    origin="council",
    source="Case Transfer Protocol",
    section="Handover of Step-Down from Assessment Teams",
    quotation="a joint handover meeting within 5 working days",
    means="Both workers meet the family together.",
    doubt="The text does not say from when. Built: from the end of the assessment.",
)

PARTS = {
    "tabs": [Tab("My tasks", "?tasks", is_here=True, count=6), Tab("Team", "?team", count=14), Tab("All work", "?all")],
    "facts": [
        Fact("Responsible now", "Samira Malik, social worker"),
        Fact("Main contact", "Samira Malik", "tel:01904"),
        Fact("Consent", "given by mother and father, 24 Nov 2026"),
        Fact("Needs", "Interpreter: Polish"),
    ],
    "alerts": ["Dog in the house", "Do not visit alone"],
    "entries": [
        TimelineEntry(
            "Consent given", datetime(2026, 11, 24, 14, 32, tzinfo=UTC), "Samira Malik", "By both.\nAt home."
        ),
        TimelineEntry("Assessment finished", date(2026, 12, 1), address="?assessment"),
    ],
    "tasks": [
        Task(
            "Record the ending visit",
            "You",
            "Not started",
            address="?visit",
            due=DueWords("overdue", "Overdue by 1 working day"),
            limit="5 working days from the end of the assessment",
            clause=CLAUSE,
        ),
        Task("Write the endings letter for Chidi", "You", "In progress", "?letter", due=DueWords("today", "Due today")),
        Task("Accept the family", "Jo Reid", "Waiting", due=DueWords("coming", "Due Thu 3 Dec"), hint="Asked on 1 Dec"),
        Task("Oversee the closure", "Dana Cole", "Cannot start yet", can_start=False, due=DueWords("none", "No date")),
        Task("Consent", "", "Done on 24 Nov", address="?consent", is_done=True),
    ],
    "missing": [
        Missing("The ending visit is not recorded", "you", "?visit", "Record it", "?exception", CLAUSE),
        Missing("The closure is not overseen", "Dana Cole, practice manager"),
    ],
    "clause": CLAUSE,
    "columns": [
        Column("Family", sorts=True),
        Column("Due", sorts=True),
        Column("Children", sorts=True, is_number=True),
    ],
    "rows": [
        [Cell("Okafor", "?okafor"), Cell(due=DueWords("today", "Due today"), sort_value="2026-12-08"), Cell("3")],
        [Cell("Hart", "?hart"), Cell("Thu 3 Dec 2026", sort_value="2026-12-03"), Cell("1")],
    ],
    "chosen": [ChosenFilter("Step down", "?")],
}

PAGE_OF_PARTS = """
{% extends "layout.html" %}
{% from "components/badge.html" import badge %}
{% from "components/clause.html" import clause %}
{% from "components/due_tag.html" import due_tag %}
{% from "components/filter.html" import filter_box %}
{% from "components/identity_bar.html" import identity_bar %}
{% from "components/missing.html" import missing_panel %}
{% from "components/sortable_table.html" import sortable_table %}
{% from "components/sub_navigation.html" import sub_navigation %}
{% from "components/task_list.html" import task_list %}
{% from "components/timeline.html" import timeline %}
{% block title %}Parts{% endblock %}
{% block before_content %}
  {{ govukBackLink({"href": "/", "text": "Back"}) }}
{% endblock %}
{% block content %}
  {% call identity_bar("Ada Okafor, 11", facts, alerts) %}
    {{ govukButton({"href": "?act", "text": "Record a visit", "classes": "govuk-button--secondary"}) }}
  {% endcall %}
  <h1 class="govuk-heading-l">Every part {{ badge("Step down", "blue") }}</h1>
  {{ sub_navigation(tabs, "Lists of work") }}
  {{ missing_panel("This cannot be closed yet", missing) }}
  <h2 class="govuk-heading-m">Before social work ends</h2>
  {{ task_list(tasks, "ends") }}
  <div class="govuk-grid-row">
    <div class="govuk-grid-column-one-third">
      {% call filter_box("/parts", "/parts", chosen) %}
        {{ govukInput({"id": "q", "name": "q", "label": {"text": "Name"}}) }}
      {% endcall %}
    </div>
    <div class="govuk-grid-column-two-thirds">
      {{ sortable_table("Families", columns, rows) }}
    </div>
  </div>
  {{ clause(clause_words) }}
  <h2 class="govuk-heading-m">What happened</h2>
  {{ timeline(entries) }}
  <p class="govuk-body">{{ due_tag(tasks[3].due) }}</p>
{% endblock %}
"""

PAGE_OF_FIELDS = """
{% extends "layout.html" %}
{% block title %}Fields{% endblock %}
{% block content %}
  <div class="govuk-grid-row">
    <div class="govuk-grid-column-two-thirds">
      <h1 class="govuk-heading-l">Every field</h1>
      <form method="post" novalidate>
        {{ csrf_input }}
        {{ render_form(form) }}
        {{ govukButton({"text": "Save and continue", "preventDoubleClick": true}) }}
      </form>
    </div>
  </div>
{% endblock %}
"""


class EveryField(GovukForm):
    """One of each."""

    keeps_version = True

    name = TextField("Who did you speak to?", missing="Enter the name", hint="As they call themselves", called="Name")
    phone = TextField("Phone number", input_type="tel", width=20)
    reason = LongTextField(
        "What have you tried?", missing="Enter what you have tried", called="What you tried", max_length=40
    )
    happened = DateField(
        "When did you visit?", called="Date of the visit", missing="Enter the date of the visit", must_be="past"
    )
    begins = DateField("When does it begin?", called="Beginning", must_be="future")
    at = TimeField("At what time?", called="Time of the visit", missing="Enter the time of the visit")
    outcome = RadiosField(
        "Did the visit take place?",
        [
            Choice("seen", "Yes", hint="The child was seen"),
            Choice("declined", "No, it was declined", reveals=("said", "declined_on")),
            Choice("unsafe", "No, it would have been unsafe"),
        ],
        missing="Select whether the visit took place",
    )
    said = LongTextField("What did they say?", missing="Enter what they said", max_length=200, rows=3)
    declined_on = DateField("When did they say so?", called="Date", missing="Enter the date when they said so")
    children = CheckboxesField(
        "Who was seen?",
        [
            Choice("ada", "Ada"),
            Choice("obi", "Obi", reveals=("alone",)),
            Choice("none", "Nobody was seen", exclusive=True),
        ],
        missing="Select who was seen",
    )
    alone = RadiosField(
        "Was Obi seen alone?", [Choice("yes", "Yes"), Choice("no", "No")], missing="Select whether alone", inline=True
    )
    queue = SelectField("Queue", [Choice("lead", "Partner led"), Choice("advice", "Advice")], missing="Select a queue")
    paper = FileField("Upload the consent form", accept="application/pdf")
    password = PasswordField("Your password", missing="Enter your password")


class Once(GovukForm):
    """Nothing but its key."""


def parts(request: HttpRequest) -> HttpResponse:
    """All components."""
    shown = {**PARTS, "clause_words": PARTS["clause"]}
    del shown["clause"]
    return HttpResponse(engines["jinja2"].from_string(PAGE_OF_PARTS).render(shown, request))


def fields(request: HttpRequest) -> HttpResponse:
    """All fields; a right answer comes back with a banner."""
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = EveryField(data, files, today=TODAY, initial={"version": 3})
    if form.is_valid():
        messages.success(request, f"Saved for {form.cleaned_data['name']}")
        return redirect("/parts")
    page = engines["jinja2"].from_string(PAGE_OF_FIELDS).render({"form": form}, request)
    return HttpResponse(page, status=422 if form.is_bound else 200)


def broken(request: HttpRequest) -> HttpResponse:
    """A page whose code fails over a name."""
    raise ValueError("Ada Okafor, 12 Fishergate")


@login_not_required
def undefined(request: HttpRequest) -> HttpResponse:
    """A page that was not given what it shows."""
    return render(request, "sign_in/sign_in.html", {"next": ""})


def outside(request: HttpRequest) -> HttpResponse:
    """A record that is there, but outside everybody's scope; something was written before that came out."""
    Authority.objects.create(code="written-before", name="Written before", protocol="york")
    raise NotHere


def twice(request: HttpRequest) -> HttpResponse:
    """An act that is carried out once, and greets whoever carried it out."""
    form = Once(request.POST)
    form.full_clean()
    carry_out_once(submission_of(request, form, "/parts?answer"), timezone.now())
    messages.success(request, f"Carried out by {practitioner_of(request).given_name}")
    return redirect("/parts?answer")


urlpatterns = [
    *(
        path(f"parts/{name}", parts, name=name)
        for name in ("families", "meetings", "queues", "new-concern", "protocol")
    ),
    path("outside", outside),
    path("twice", twice),
    path("", include("handhold.web.urls")),
    path("parts", parts),
    path("fields", fields),
    path("broken", broken),
    path("undefined", undefined),
]
