"""Papers of partners: sent in, filed, registered; each told, audited, within sight, and the past kept."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.actions.walking import Walk, begin
from tests.records.factories import make_account, make_council, make_family
from tests.records.refusals import refused_by

from handhold.access.partner_papers import access_paper_to_read
from handhold.access.transfers import NotHere
from handhold.actions.once import AlreadySubmitted, Submission
from handhold.actions.partner_papers import (
    PaperNotFiled,
    file_paper,
    give_out_attachment,
    register_paper,
    set_aside_paper,
    submit_paper,
)
from handhold.actions.refusals import HappenedLater, NoSuchChoice
from handhold.audit.models import AuditEvent
from handhold.exchange.attachments import examine_attachment
from handhold.notifications.models import OutboxMessage
from handhold.records.models import PaperFiling, PaperRegistration, PartnerPaper, Practitioner

pytestmark = pytest.mark.django_db
ASSESSMENT, RECORD = "early-help-assessment", "team-meeting-record"
PDF = examine_attachment("assessment.pdf", "application/pdf", b"%PDF-1.7 invented")
DAY = date(2026, 11, 20)


@pytest.fixture
def walk() -> Walk:
    """A family that a partner leads."""
    council = make_council()
    return begin(council, make_family(council, children=2)).to_lead_accepted().to_closed()


@pytest.fixture
def lead(walk: Walk) -> Practitioner:
    return walk.person("lead-practitioner")


@pytest.fixture
def team(walk: Walk) -> Practitioner:
    return walk.person("supporting-families")


def send(walk: Walk, by: Practitioner, **changed: object) -> PartnerPaper:
    given = {"kind": ASSESSMENT, "child_refs": walk.child_refs, "paper_date": DAY, "text": "All of it.", "files": [PDF]}
    return submit_paper(walk.family.family.ref, by=by, now=walk.now, **{**given, **changed})  # type: ignore[arg-type]


def events() -> list[str]:
    found = AuditEvent.objects.filter(name__startswith="partner-paper").order_by("pk")
    return list(found.values_list("name", flat=True))


def test_a_paper_is_kept_with_its_files_filed_and_acknowledged_at_once(walk: Walk, lead: Practitioner) -> None:
    paper = send(walk, lead)
    file = paper.attachments.get()
    assert (bytes(file.content), file.sha256, file.media_type) == (PDF.content, PDF.sha256, "application/pdf")
    filing = paper.filings.get()
    assert filing.family == walk.family.family
    assert set(filing.children.all()) == set(walk.family.children)
    told = OutboxMessage.objects.get(template="paper-received")
    assert (told.to_address, told.context) == (lead.email, {"ref": paper.ref, "path": f"/papers/{paper.ref}"})
    assert events() == ["partner-paper.received"]


def test_two_clicks_send_one_paper(walk: Walk, lead: Practitioner) -> None:
    submission = Submission("one-key", make_account(lead), "/papers/sent")
    send(walk, lead, submission=submission)
    with pytest.raises(AlreadySubmitted):
        submit_paper(
            walk.family.family.ref,
            ASSESSMENT,
            walk.child_refs,
            paper_date=DAY,
            by=lead,
            now=walk.now + timedelta(seconds=1),
            submission=submission,
        )
    assert PartnerPaper.objects.count() == 1


def test_nobody_sends_a_paper_about_a_family_that_they_do_not_work_with(walk: Walk) -> None:
    for stranger in (walk.council.second_lead, walk.council.stranger):
        with pytest.raises(NotHere):
            send(walk, stranger)
    assert not PartnerPaper.objects.exists()


def test_a_sort_that_the_procedure_does_not_name_and_a_day_to_come_are_refused(walk: Walk, lead: Practitioner) -> None:
    with pytest.raises(NoSuchChoice):
        send(walk, lead, kind="gossip")
    with pytest.raises(HappenedLater):
        send(walk, lead, paper_date=walk.now.date() + timedelta(days=1))
    with pytest.raises(NotHere):
        send(walk, lead, child_refs=[])


def test_it_is_registered_once_by_who_receives_papers_and_the_sender_is_told(
    walk: Walk, lead: Practitioner, team: Practitioner
) -> None:
    paper = send(walk, lead)
    first = register_paper(paper.ref, ASSESSMENT, paper_date=DAY, by=team, now=walk.now)
    assert register_paper(paper.ref, RECORD, paper_date=DAY, by=team, now=walk.now) == first
    assert (first.kind, first.registered_by) == (ASSESSMENT, team)
    assert OutboxMessage.objects.get(template="paper-registered").to_address == lead.email
    assert events() == ["partner-paper.received", "partner-paper.registered"]


@pytest.mark.parametrize("role", ["lead-practitioner", "social-worker", "service-manager", "early-help-coordinator"])
def test_nobody_else_registers_files_or_sets_aside(walk: Walk, lead: Practitioner, role: str) -> None:
    paper, other = send(walk, lead), walk.person(role)
    with pytest.raises(NotHere):
        register_paper(paper.ref, ASSESSMENT, paper_date=DAY, by=other, now=walk.now)
    with pytest.raises(NotHere):
        file_paper(paper.ref, walk.family.family.ref, walk.child_refs, by=other, now=walk.now)
    with pytest.raises(NotHere):
        set_aside_paper(paper.ref, "Not ours", by=other, now=walk.now)
    assert not PaperRegistration.objects.exists()
    assert PaperFiling.objects.count() == 1


def test_filed_with_another_family_it_waits_to_be_registered_again(
    walk: Walk, lead: Practitioner, team: Practitioner
) -> None:
    paper, other = send(walk, lead), make_family(walk.council, children=1)
    register_paper(paper.ref, ASSESSMENT, paper_date=DAY, by=team, now=walk.now)
    file_paper(paper.ref, other.family.ref, [other.children[0].ref], by=team, now=walk.now)
    opened = access_paper_to_read(paper.ref, by=team, now=walk.now)
    assert opened.filing is not None
    assert opened.filing.family == other.family
    assert not PaperRegistration.objects.filter(filing=opened.filing).exists()
    again = register_paper(paper.ref, ASSESSMENT, paper_date=DAY, by=team, now=walk.now)
    assert again.filing == opened.filing
    assert PaperRegistration.objects.count() == 2, "what was registered wrongly is kept"


def test_a_paper_set_aside_is_not_registered_and_can_be_matched_later(
    walk: Walk, lead: Practitioner, team: Practitioner
) -> None:
    paper = send(walk, lead)
    set_aside_paper(paper.ref, "Sent by mistake", by=team, now=walk.now)
    with pytest.raises(PaperNotFiled):
        register_paper(paper.ref, ASSESSMENT, paper_date=DAY, by=team, now=walk.now)
    file_paper(paper.ref, walk.family.family.ref, walk.child_refs, by=team, now=walk.now)
    assert register_paper(paper.ref, ASSESSMENT, paper_date=DAY, by=team, now=walk.now).filing.family is not None


def test_who_may_open_it_is_the_sender_who_receives_papers_and_the_familys_council_side(
    walk: Walk, lead: Practitioner, team: Practitioner
) -> None:
    paper = send(walk, lead)
    for one in (lead, team, walk.person("service-manager"), walk.person("early-help-coordinator")):
        assert access_paper_to_read(paper.ref, by=one, now=walk.now).paper == paper
    for one in (walk.council.second_lead, walk.council.stranger, walk.person("front-door")):
        with pytest.raises(NotHere):
            access_paper_to_read(paper.ref, by=one, now=walk.now)


def test_another_council_finds_nothing(walk: Walk, lead: Practitioner) -> None:
    paper, elsewhere = send(walk, lead), make_council(code="elsewhere")
    with pytest.raises(NotHere):
        access_paper_to_read(paper.ref, by=elsewhere.practitioners["supporting-families"], now=walk.now)


def test_a_file_is_given_out_under_its_reference_and_noted(walk: Walk, lead: Practitioner, team: Practitioner) -> None:
    paper = send(walk, lead)
    given = give_out_attachment(paper.ref, 1, by=team, now=walk.now)
    assert (given.content, given.file_name) == (PDF.content, f"paper-{paper.ref}-1.pdf")
    assert events()[-1] == "partner-paper.read"
    with pytest.raises(NotHere):
        give_out_attachment(paper.ref, 2, by=team, now=walk.now)


def test_what_came_in_is_never_changed(walk: Walk, lead: Practitioner) -> None:
    paper = send(walk, lead)
    with refused_by("past_is_kept"):
        PartnerPaper.objects.filter(pk=paper.pk).update(text="Other words")
    with refused_by("past_is_kept"):
        paper.attachments.all().delete()


def test_no_row_that_is_never_changed_is_locked(walk: Walk, lead: Practitioner, team: Practitioner) -> None:
    """The pages' role may not lock what it may not change."""
    paper = send(walk, lead)
    with CaptureQueriesContext(connection) as asked:
        register_paper(paper.ref, ASSESSMENT, paper_date=DAY, by=team, now=walk.now)
        file_paper(paper.ref, walk.family.family.ref, walk.child_refs, by=team, now=walk.now)
        set_aside_paper(paper.ref, "Twice", by=team, now=walk.now)
    locking = [one["sql"] for one in asked if "FOR UPDATE" in one["sql"] or "FOR NO KEY UPDATE" in one["sql"]]
    assert [sql for sql in locking if 'FROM "records_partnerpaper"' in sql] == []
    assert any("pg_advisory_xact_lock" in one["sql"] for one in asked)
