"""Each refusal that a page of the step down can meet says what is missing, who can supply it, the clause, and where.

One case for every problem of the engine and every word of completeness; the gates of the closure are tried in every
combination in `test_every_subset_of_the_closure`. What a form asks for by itself never comes so far: see ASKED_BY_FORM.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any, get_args

import pytest

from handhold.casefiles.protocols import protocol_of
from handhold.protocol.deciding import Problem
from handhold.records.models import StepRecord
from tests.actions.walking import Walk, begin
from tests.records.factories import make_council, make_family
from tests.web.refusals_of_steps import REFUSALS, Refusal
from tests.web.states_of_closure import CLAUSE, ITEM, WHAT, WHO, first, name_of
from tests.web.stepping import TODAY, Pages
from tests.web.walked import rename, words_of

pytestmark = pytest.mark.django_db

WHERE = re.compile(r'Who can supply it: [^<]*<a class="govuk-link" href="([^"]+)"')
ASKED_BY_FORM = {
    "whose-consent": "the form of an answer to consent asks whose it is, to what and how it was given",
    "letter-for-this-age": "the page prints the letter for the age of the child when it is recorded",
}
"""Words that are always there when a page of this pathway is recorded, and why."""
TRIED_ELSEWHERE = {
    "forbidden-choice": "test_stepping_down_from_a_plan: this pathway has none",
    "too-early": "the journeys of test_stepping_up: this pathway has no least time",
    "rests-on-it": "test_corrections: asked of a correction alone",
}


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda one: f"{one.about}-{one.page.rpartition('/')[2]}")
def test_a_refusal_says_what_is_missing_who_supplies_it_by_which_clause_and_where(refusal: Refusal) -> None:
    council = make_council()
    family = rename(make_family(council, children=1))
    walk = begin(council, family, authorised=refusal.about != "assessment-completed-or-read")
    pages = Pages(walk)
    came = refusal.come_to(walk)
    before = StepRecord.objects.count()
    child = walk.child_refs[0] if refusal.is_for_child else ""
    if refusal.sends is None:
        answer = pages.get(refusal.page, by=refusal.by, child=child)
    else:
        sent = TODAY | (came if isinstance(came, dict) else {}) | named(refusal.sends, walk)
        answer = pages.post(refusal.page, sent, by=refusal.by, child=child)
    assert answer.status_code == (200 if refusal.sends is None else 409), words_of(answer.content)
    assert StepRecord.objects.count() == before, "nothing is written"
    html = answer.content.decode()
    (item,) = [one for one in ITEM.findall(html) if refusal.says in first(WHAT, one)]
    assert first(WHO, item) == (refusal.who if refusal.who == "you" else name_of(walk.person(refusal.who)))
    assert first(CLAUSE, item) == refusal.clause
    clause = protocol_of(walk.run).clauses[refusal.clause]
    assert clause.quotation.strip() in unescape(re.sub(r"\s+", " ", item)), "the words of the source open in place"
    assert_leads(refusal, item, html, named_text(refusal.where, walk))


def assert_leads(refusal: Refusal, item: str, html: str, where: str) -> None:
    """To a page of its own; or to the field on this very page; or this page says what stands, or whose move it is."""
    if where.startswith("#"):
        assert f'href="{where}"' in html, "the error summary leads to the field"
        assert f'id="{where[1:]}"' in html
    elif where:
        assert first(WHERE, item) == where
    else:
        assert any(words in html for words in ("This stands:", "Whose move it is", "somebody else has to do this"))


def named(answers: Mapping[str, Any], walk: Walk) -> dict[str, Any]:
    """What is sent, with the references of this transfer in it."""
    return {name: named_text(value, walk) if isinstance(value, str) else value for name, value in answers.items()}


def named_text(text: str, walk: Walk) -> str:
    """The text with the references of this transfer."""
    return text.format(
        run=walk.run.ref,
        family=walk.family.mother.ref if text.startswith("#came") else walk.family.family.ref,
        child=walk.child_refs[0],
        mother=walk.family.mother.ref,
        visitor=walk.council.second_lead.ref,
        worker=walk.person("social-worker").ref,
        receiver=walk.person("support-practitioner").ref,
    )


def test_every_problem_and_every_word_of_this_pathway_is_tried() -> None:
    council = make_council()
    walk = begin(council, make_family(council, children=1))
    steps = protocol_of(walk.run).pathways[walk.run.pathway].steps.values()
    asked = {word for step in steps for word in step.asks}
    asked |= {word for step in steps for outcome in step.outcomes.values() for word in outcome.asks}
    tried = {one.about for one in REFUSALS}
    assert asked - ASKED_BY_FORM.keys() - tried == set()
    assert set(get_args(Problem)) - TRIED_ELSEWHERE.keys() - tried == {"word-missing"}
