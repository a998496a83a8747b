"""One page for one child records the same for the others: chosen by itself, and each can be left out."""

import re

import pytest

from handhold.records.models import Involvement, Run, StepRecord
from tests.actions.walking import begin
from tests.records.factories import make_council, make_family
from tests.web.stepping import Pages

pytestmark = pytest.mark.django_db
LEAD = {"role": "Support practitioner", "contact": "01632 960 003"}


@pytest.fixture
def pages() -> Pages:
    council = make_council()
    return Pages(begin(council, make_family(council, children=3)).to_handed_over())


def chosen_on(html: str) -> list[str]:
    boxes = re.findall(r'<input[^>]*name="same_for"[^>]*>', html)
    return [re.findall(r'value="(.*?)"', box)[0] for box in boxes if " checked" in box]


def recorded(step: str) -> list[str]:
    return [one.child.ref for one in StepRecord.objects.filter(step=step).order_by("pk") if one.child]


def test_the_other_children_are_chosen_and_recorded_in_one_act(pages: Pages) -> None:
    first, *others = pages.walk.child_refs
    page = pages.get("/steps/lead-on-record", child=first).content.decode()
    assert "Record the same for" in page
    assert chosen_on(page) == others
    pages.record("lead-on-record", "added", child=first, same_for=others, **LEAD)
    assert recorded("lead-on-record") == pages.walk.child_refs


def test_a_child_who_is_unticked_is_left_out_and_one_who_is_done_is_not_offered(pages: Pages) -> None:
    first, second, third = pages.walk.child_refs
    pages.record("lead-on-record", "added", child=first, same_for=[second], **LEAD)
    assert recorded("lead-on-record") == [first, second]
    assert "Record the same for" not in pages.words("/steps/lead-on-record", child=third)


def test_a_letter_is_written_to_each_child_by_itself(pages: Pages) -> None:
    assert "Record the same for" not in pages.words("/steps/endings-letter", child=pages.walk.child_refs[0])


def test_one_closure_closes_all_and_says_who_is_responsible_then(pages: Pages) -> None:
    first, *others = pages.walk.to_ready_to_close().child_refs
    page, lead = pages.words("/steps/case-closed", child=first), pages.walk.lead
    assert lead
    name = f"{lead.given_name} {lead.family_name}"
    for child in pages.walk.family.children:
        assert re.search(rf"{child.given_name} Until (?:now|the closure): .*?{name}", page)
    pages.record("case-closed", "targeted-help-begins", child=first, same_for=others)
    kinds = Involvement.objects.filter(child__in=pages.walk.family.children, open_during__upper_inf=True)
    assert sorted(kinds.values_list("kind", flat=True)) == ["early-help"] * 3
    assert Run.objects.get(pk=pages.walk.run.pk).ended_at is not None
