"""A step down with a summary of advice, walked page by page: each step as whoever does it sends it."""

from typing import Any

from handhold.records.models import Agency, Practitioner
from tests.records.factories import make_family
from tests.records.second_council import begin_step_down, make_second_council
from tests.web.stepping import Pages
from tests.web.walked import date_parts

LAST_DAY = date_parts("ends_date", 11, 12, 2026)
SUMMARY = {
    "field-reasons": "The needs have been met.",
    "field-practitioners-views": "The school sees him every day and is content.",
    "field-child-views": "I like it at home again.",
    "field-family-views": "We can do this ourselves now.",
    "field-advice": "Mornings are still the hard part.",
}


def pages_of(kind: str, pathway: str, children: int = 1) -> Pages:
    """A family of the second council with a step down that has just begun."""
    council = make_second_council()
    return Pages(begin_step_down(council, make_family(council, children=children, kind=kind), pathway))


def lead_of(pages: Pages) -> Practitioner:
    return pages.walk.person("lead-practitioner")


def decide_on(pages: Pages, response: str, reason: str = "needs-met") -> None:
    """Why social work can end, and what follows."""
    pages.record("reason-recorded", reason, **{f"reason-{reason}": "He is well looked after."})
    pages.record("response-chosen", response, **{f"reason-{response}": "It is what they ask for."})


def ask_consent(pages: Pages) -> None:
    mother = pages.walk.family.mother
    pages.record(
        "consent", "given", given_by=mother.ref, to_what="help", how="face to face", **{"sharing-given": "nobody"}
    )


def write_plan(pages: Pages) -> None:
    plan = {
        "version": "0",
        "need-1-text": "Mornings are hard",
        "need-1-outstanding": ["yes"],
        "need-1-action-1-what": "Breakfast club",
        "need-1-action-1-whom": "The school",
        "need-1-action-2-what": "Sleep clinic",
        "need-1-action-2-whom": "Health visiting",
    }
    pages.record("plan-written", "written", **plan)


def find_lead(pages: Pages) -> None:
    """A teacher who works with the children already is asked, and accepts."""
    lead = lead_of(pages)
    pages.record("lead-asked", "asked", asked=lead.ref, how="telephone", shared="checked")
    accepted = date_parts("agreed-accepted", 11, 12, 2026)
    pages.record("lead-answer", "accepted", by="social-worker", **accepted)


def hold_review(pages: Pages) -> None:
    walk = pages.walk
    there = (walk.person("social-worker"), lead_of(pages), walk.council.second_lead)
    came: dict[str, object] = {f"came-{one.ref}": "present" for one in there}
    came[f"came-{walk.family.mother.ref}"] = "present"
    pages.record("review", "agreed", confirmed=["plan-agreed-there"], note="Agreed.", **came)


def write_summary(pages: Pages) -> None:
    pages.record("summary-written", "written", version="0", **SUMMARY)


def share_papers(pages: Pages, **answers: Any) -> None:
    what = {"final_plan": "Support with mornings.", "plan_is": "whole", "checked": "checked"} | answers
    pages.record("summary-shared", "sent", **what)


def write_letters(pages: Pages) -> None:
    family = pages.walk.family
    pages.record(
        "letter-to-family", "sent", recipients=[family.mother.ref, family.father.ref], checked="checked", **LAST_DAY
    )
    agencies = list(Agency.objects.filter(kind__in=["school", "health"]).values_list("ref", flat=True))
    pages.record("letters-to-agencies", "sent", recipients=agencies, checked="checked", **LAST_DAY)


def to_agreed(pages: Pages) -> None:
    """A multi-agency plan, with a lead who accepted, agreed at the review."""
    decide_on(pages, "multi-agency")
    ask_consent(pages)
    write_plan(pages)
    find_lead(pages)
    hold_review(pages)
