"""Papers on pages: sent from a phone, received, matched, registered; each person sees their own and no more."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from handhold.actions.partner_papers import register_paper, submit_paper
from handhold.actions.received_mails import keep_mail
from handhold.exchange.attachments import examine_attachment
from handhold.notifications.models import OutboxMessage
from handhold.records.models import PaperRegistration, PartnerPaper, Practitioner, Run
from tests.actions.walking import Walk, begin
from tests.exchange.mails import LOCKED_PDF, PDF, mail
from tests.records.factories import make_council, make_family
from tests.web.walked import at, date_parts, filled_in, rename, signed_in, statements, words_of

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 15
ASSESSMENT = "early-help-assessment"
DAY = date(2026, 11, 20)


@pytest.fixture
def walk() -> Iterator[Walk]:
    """A family that a partner leads."""
    council = make_council()
    walk = begin(council, rename(make_family(council, children=2))).to_lead_accepted().to_closed()
    with at(walk.now):
        yield walk


@pytest.fixture
def lead(walk: Walk) -> Client:
    return signed_in(walk.person("lead-practitioner"), walk.now)


@pytest.fixture
def team(walk: Walk) -> Client:
    return signed_in(walk.person("supporting-families"), walk.now)


def sent(walk: Walk, by: Practitioner | None = None, **changed: object) -> PartnerPaper:
    given = {"kind": ASSESSMENT, "child_refs": walk.child_refs, "paper_date": DAY, "text": "What Ada said."} | changed
    who = by or walk.person("lead-practitioner")
    return submit_paper(walk.family.family.ref, by=who, now=walk.now, **given)  # type: ignore[arg-type]


def mailed(walk: Walk, subject: str = "An assessment", **words: object) -> PartnerPaper:
    kept = keep_mail(mail(subject, **words).as_bytes(), authority=walk.council.authority, now=walk.now)  # type: ignore[arg-type]
    assert kept is not None
    return kept.paper


def answers(walk: Walk, **changed: object) -> dict[str, object]:
    given = {"kind": ASSESSMENT, "children": walk.child_refs, "text": "What Ada said."}
    return filled_in() | date_parts("paper_date", 20, 11, 2026) | given | changed


def address(walk: Walk) -> str:
    return f"/families/{walk.family.family.ref}/papers/send"


def test_a_lead_sends_files_and_words_on_one_page_and_the_next_says_that_it_arrived(walk: Walk, lead: Client) -> None:
    assert "Send a paper in" in words_of(lead.get(address(walk)).content)
    files = [SimpleUploadedFile(name, PDF, "application/pdf") for name in ("one.pdf", "two.pdf")]
    answer = lead.post(address(walk), answers(walk, enclosed=files), follow=True)
    words = words_of(answer.content)
    assert "Your paper has arrived." in words
    assert "It is not registered yet." in words
    paper = PartnerPaper.objects.get()
    assert [one.file_name for one in paper.attachments.order_by("position")] == ["one.pdf", "two.pdf"]
    assert paper.paper_date == DAY


def test_the_same_form_twice_is_one_paper(walk: Walk, lead: Client) -> None:
    form = answers(walk)
    lead.post(address(walk), form)
    again = lead.post(address(walk), form)
    assert again["Location"] == "/papers/sent"
    assert PartnerPaper.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("locked.pdf", LOCKED_PDF, "locked.pdf asks for a password"),
        ("empty.pdf", b"", "empty.pdf is empty"),
        ("photo.pdf", b"\x89PNG\r\n\x1a\n and so on", "photo.pdf is not what its name says"),
    ],
)
def test_a_file_that_may_not_open_is_given_back_while_the_sender_can_mend_it(
    walk: Walk, lead: Client, name: str, content: bytes, words: str
) -> None:
    answer = lead.post(address(walk), answers(walk, enclosed=[SimpleUploadedFile(name, content, "application/pdf")]))
    assert answer.status_code == 422
    assert words in words_of(answer.content)
    assert "What Ada said." in words_of(answer.content), "what was typed is kept"
    assert not PartnerPaper.objects.exists()


def test_nothing_at_all_and_a_day_to_come_are_given_back(walk: Walk, lead: Client) -> None:
    changed = date_parts("paper_date", 20, 11, 2027) | {"text": "", "children": []}
    words = words_of(lead.post(address(walk), answers(walk) | changed).content)
    assert "Choose a file, or write the paper" in words
    assert "The date must be today or in the past" in words
    assert "Choose at least one child" in words


def test_who_does_not_work_with_the_family_finds_nothing(walk: Walk) -> None:
    paper = sent(walk)
    for stranger in (walk.council.second_lead, walk.council.stranger):
        client = signed_in(stranger, walk.now)
        for page in (address(walk), f"/papers/{paper.ref}", "/papers", "/papers/late", "/papers/automatic"):
            assert client.get(page).status_code == 404, page
        assert client.post(address(walk), answers(walk)).status_code == 404
        assert client.get(f"/papers/{paper.ref}/match").status_code == 404
        assert client.get(f"/papers/{paper.ref}/aside").status_code == 404
        assert client.post(f"/papers/{paper.ref}/register", answers(walk)).status_code == 404


def test_a_lead_sees_what_they_sent_and_not_what_others_sent(walk: Walk, lead: Client) -> None:
    other = sent(walk, by=walk.person("social-worker"))
    own = sent(walk, kind="team-meeting-record")
    words = words_of(lead.get("/papers/sent").content)
    assert own.ref in words
    assert other.ref not in words
    papers = words_of(lead.get(f"/families/{walk.family.family.ref}/papers").content)
    assert own.ref in papers
    assert other.ref not in papers
    assert lead.get(f"/papers/{other.ref}").status_code == 404


def test_the_team_matches_a_strangers_mail_and_registers_it(walk: Walk, team: Client) -> None:
    paper = mailed(walk, "Our Anwen", sender="nobody@elsewhere.example", files={"assessment.pdf": PDF})
    here, family = f"/papers/{paper.ref}", walk.family.family
    assert "Sender not known" in words_of(team.get("/papers").content)
    search = words_of(team.get(f"{here}/match?q={family.name}").content)
    assert "1 family for" in search
    answer = team.post(f"{here}/match?family={family.ref}", filled_in(children=walk.child_refs[:1]), follow=True)
    assert "The paper is filed with" in words_of(answer.content)
    registered = team.post(f"{here}/register", answers(walk), follow=True)
    assert "Registered by" in words_of(registered.content)
    assert PaperRegistration.objects.get().filing.children.get() == walk.family.children[0]
    chronology = words_of(
        signed_in(walk.person("service-manager"), walk.now).get(f"/families/{family.ref}/chronology?kind=paper").content
    )
    assert "Completed early help assessment: received" in chronology
    assert "Registered." in chronology


def test_a_paper_without_a_family_cannot_be_registered_and_says_what_to_do(walk: Walk, team: Client) -> None:
    paper = mailed(walk)
    answer = team.post(f"/papers/{paper.ref}/register", answers(walk))
    assert answer.status_code == 409
    assert "Match the paper with a family before you register it." in words_of(answer.content)


def test_one_set_aside_needs_a_reason_and_stands_in_its_own_list(walk: Walk, team: Client) -> None:
    paper = mailed(walk)
    without = team.post(f"/papers/{paper.ref}/aside", filled_in(reason=""))
    assert "Write why it belongs to no family here" in words_of(without.content)
    team.post(f"/papers/{paper.ref}/aside", filled_in(reason="An advertisement."))
    assert paper.ref in words_of(team.get("/papers?show=set-aside").content)
    assert paper.ref not in words_of(team.get("/papers").content)


def test_a_file_is_saved_and_never_shown_whatever_it_says_that_it_is(walk: Walk, team: Client) -> None:
    page = examine_attachment("page.html", "text/html", b"<script>alert(1)</script>")
    paper = sent(walk, files=[page, examine_attachment("a.pdf", "application/pdf", PDF)])
    answer = team.get(f"/papers/{paper.ref}/files/1")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert team.get(f"/papers/{paper.ref}/files/2")["Content-Type"] == "application/pdf"


def test_words_of_a_mail_are_never_markup(walk: Walk, team: Client) -> None:
    paper = mailed(walk, "<script>alert(1)</script>", text="<img src=x onerror=alert(1)>")
    for page in ("/papers", f"/papers/{paper.ref}", f"/papers/{paper.ref}/match"):
        html = team.get(page).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html


def end_runs(walk: Walk) -> None:
    """The family's run that asks for papers by its own steps is over: what is owed then stands without one."""
    Run.objects.filter(family=walk.family.family, ended_at__isnull=True).update(ended_at=walk.now, ending="cancelled")


def test_what_a_lead_owes_stands_on_their_first_page_until_it_came(walk: Walk, lead: Client, team: Client) -> None:
    assert "Send in the early help assessment" in words_of(lead.get("/work").content), "the run asks for it"
    assert "Send as a file or a photograph: completed early help" in words_of(lead.get("/work").content)
    assert "Send: completed early help assessment" not in words_of(lead.get("/work").content), "and nobody twice"
    end_runs(walk)
    assert "Send: completed early help assessment" in words_of(lead.get("/work").content)
    paper = sent(walk)
    after = words_of(lead.get("/work").content)
    assert "Send: completed early help assessment" not in after
    assert "Send: team around the child and family meeting record" in after
    waiting = words_of(team.get("/work").content)
    assert "Papers to register: 1" in waiting
    register_paper(paper.ref, ASSESSMENT, paper_date=DAY, by=walk.person("supporting-families"), now=walk.now)
    assert "Papers to register" not in words_of(team.get("/work").content)


def test_what_is_late_stands_before_those_who_chase(walk: Walk) -> None:
    end_runs(walk)
    with at(walk.now + timedelta(days=100)):
        client = signed_in(walk.person("early-help-coordinator"), walk.now + timedelta(days=100))
        assert "Papers that have not come in time" in words_of(client.get("/work").content)
        words = words_of(client.get("/papers/late").content)
    assert walk.person("lead-practitioner").family_name in words
    assert "Overdue by" in words


def test_a_message_that_could_not_be_delivered_is_a_task_for_its_sender_until_somebody_rang(walk: Walk) -> None:
    lead, worker = walk.person("lead-practitioner"), walk.person("social-worker")
    OutboxMessage.objects.filter(to_address=lead.email).update(given_up_at=walk.now)
    message = OutboxMessage.objects.filter(to_address=lead.email, run=walk.run).first()
    assert message is not None
    client = signed_in(worker, walk.now)
    assert "Could not be delivered: ring" in words_of(client.get("/work").content)
    here = f"/undelivered/{message.ref}"
    page = words_of(client.get(here).content)
    assert lead.phone in page
    assert lead.family_name in page
    for other in (lead, walk.council.stranger, walk.council.second_lead):
        assert signed_in(other, walk.now).get(here).status_code == 404
        assert signed_in(other, walk.now).post(here, filled_in()).status_code == 404
    for one in OutboxMessage.objects.filter(to_address=lead.email, run=walk.run):
        client.post(f"/undelivered/{one.ref}", filled_in())
    assert "Could not be delivered" not in words_of(client.get("/work").content)
    message.refresh_from_db()
    assert message.told_by == worker


def test_an_acknowledgement_that_came_back_is_a_task_for_who_receives_papers(walk: Walk, team: Client) -> None:
    mailed(walk, sender="nobody@elsewhere.example")
    OutboxMessage.objects.filter(template="paper-received").update(sent_at=walk.now, bounced_at=walk.now)
    words = words_of(team.get("/work").content)
    assert "Could not be delivered: ring" in words
    assert "nobody@elsewhere.example" in words


def test_the_queue_leads_to_the_lists_and_counts_what_waits(walk: Walk, team: Client) -> None:
    mailed(walk)
    assert "Supporting Families Team : 1 waits" in words_of(team.get("/queues").content)
    words = words_of(team.get("/queues/supporting-families").content)
    assert "To match with a family: 1" in words
    assert "To register: 0" in words


def test_the_pages_ask_little_of_the_database(walk: Walk, lead: Client, team: Client) -> None:
    papers = [sent(walk) for _ in range(5)]
    mailed(walk, message_id="<1@x>")
    family = f"/families/{walk.family.family.ref}"
    for address_of_team in ("/papers", "/papers?show=to-register", f"/papers/{papers[0].ref}", "/papers/late"):
        assert len(statements(team, address_of_team)) <= MOST_STATEMENTS, address_of_team
    for search in ("", f"?q={walk.family.family.name}", f"?family={walk.family.family.ref}"):
        assert len(statements(team, f"/papers/{papers[0].ref}/match{search}")) <= MOST_STATEMENTS, search
    for address_of_lead in (address(walk), "/papers/sent", f"/papers/{papers[0].ref}"):
        assert len(statements(lead, address_of_lead)) <= MOST_STATEMENTS, address_of_lead
    worker = signed_in(walk.person("service-manager"), walk.now)
    for page in (f"{family}/papers", f"{family}/chronology", "/work"):
        assert len(statements(worker, page)) <= MOST_STATEMENTS + 3, page
