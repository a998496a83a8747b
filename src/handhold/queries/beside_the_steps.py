"""What stands beside the steps of a transfer: consents, messages, documents. All of it in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Concat, JSONObject, NullIf

from handhold.access.papers import NOT_AGREED, is_council_side, reads_papers
from handhold.access.transfers import Opened
from handhold.records.models import Consent, Document, Message, Run

WRITER = Concat(F("written_by__given_name"), Value(" "), F("written_by__family_name"))


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """What one person answered last: `outcome` is the code of the answer."""

    given_by: str
    outcome: str
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One message between the two ends."""

    by: str
    written_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A letter or another paper on record."""

    ref: str
    title: str
    recipient: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Beside:
    """All three. Documents are empty for somebody who may not have them; `why_nothing` says so."""

    consents: tuple[ConsentLine, ...]
    messages: tuple[MessageLine, ...]
    documents: tuple[DocumentLine, ...]
    why_nothing: str


def find_beside(opened: Opened) -> Beside:
    """The last answer of each person, the messages as they were written, the documents newest first."""
    found = (
        Run.objects.filter(pk=opened.case.run.pk)
        .values(
            answers=ArraySubquery(_consents()), written=ArraySubquery(_messages()), papers=ArraySubquery(_documents())
        )
        .get()
    )
    last = {row["given_by"]: row for row in found["answers"]}
    has_papers = reads_papers(opened)
    return Beside(
        tuple(ConsentLine(row["given_by"], row["outcome"], _instant(row["at"])) for row in last.values()),
        tuple(MessageLine(row["by"], _instant(row["at"]), row["text"]) for row in found["written"]),
        tuple(
            DocumentLine(row["ref"], row["title"], row["recipient"], _instant(row["at"]))
            for row in (found["papers"] if has_papers else ())
        ),
        "" if has_papers or is_council_side(opened) else NOT_AGREED,
    )


def _consents() -> Any:
    of_run = Q(step_record__run=OuterRef("pk")) | Q(step_record__isnull=True, family=OuterRef("family"))
    called = Coalesce(NullIf(F("given_by__known_as"), Value("")), F("given_by__given_name"), Value("The family"))
    shown = JSONObject(
        given_by=Concat(called, Value(" "), Coalesce(F("given_by__family_name"), Value(""))),
        outcome="outcome",
        at="happened_at",
    )
    return (
        Consent.objects.filter(of_run, step_record__corrected_by__isnull=True)
        .order_by("happened_at", "id")
        .values(json=shown)
    )


def _messages() -> Any:
    shown = JSONObject(by=WRITER, at="written_at", text="text")
    return Message.objects.filter(run=OuterRef("pk")).order_by("written_at", "id").values(json=shown)


def _documents() -> Any:
    shown = JSONObject(ref="ref", title="title", recipient="recipient", at="made_at")
    return Document.objects.filter(run=OuterRef("pk")).order_by("-made_at", "-id").values(json=shown)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
