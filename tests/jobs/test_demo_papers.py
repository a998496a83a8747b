"""The demo's papers: one registered, one to register, one from a stranger and one that may not open; sent once."""

import pytest
from tests.actions.walking import begin
from tests.records.factories import make_council, make_family

from handhold.jobs.demo_papers import send_papers_once
from handhold.records.models import PaperRegistration, PartnerPaper

pytestmark = pytest.mark.django_db


def test_a_visitor_finds_a_paper_in_every_list_and_a_second_start_sends_none() -> None:
    council = make_council()
    for walk in (begin(council, make_family(council, children=1)) for _ in range(2)):
        walk.to_lead_accepted().to_closed()
    for _ in range(2):
        send_papers_once()
    papers = PartnerPaper.objects.order_by("received_at", "pk")
    flags = [one.flags for one in papers if one.mail_id]
    assert sorted(flags) == [["encrypted", "stranger"], ["stranger"]]
    assert len(papers) == 4
    assert PaperRegistration.objects.count() == 1
    assert [one.filings.count() for one in papers if not one.mail_id] == [1, 1]


def test_a_council_without_leads_receives_the_mails_alone() -> None:
    make_council()
    send_papers_once()
    assert {one.mail_id is not None for one in PartnerPaper.objects.all()} == {True}
