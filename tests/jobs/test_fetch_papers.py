"""Papers by mail, over real sockets: each kept whole and once, then marked; a crash loses and doubles nothing."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.actions.walking import Walk, begin
from tests.exchange.mail_servers import Imap, ImapSession, Relay, RelaySession, make_certificate, serving
from tests.exchange.mails import LOCKED_PDF, PDF, bounce, mail
from tests.records.factories import NOW, make_council, make_family
from typer.testing import CliRunner, Result

from handhold.exchange.mailbox import MailboxAddress, MailboxGone, MailboxRefused
from handhold.jobs.command_line import app
from handhold.jobs.papers import fetch_once, look_or_wait, mailbox_address
from handhold.notifications.models import OutboxMessage
from handhold.notifications.outbox import MOST_ATTEMPTS, put_in_outbox, send_waiting
from handhold.records.models import Authority, PartnerPaper, ReceivedMail

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def walk(db: None) -> Walk:
    """A family that a partner leads."""
    council = make_council()
    return begin(council, make_family(council, children=2)).to_lead_accepted().to_closed()


@pytest.fixture
def imap() -> Iterator[Imap]:
    """A mailbox on a free port, spoken to in plain, as only a setting allows."""
    mailbox = Imap()
    with serving(ImapSession, mailbox):
        yield mailbox


def address_of(imap: Imap, **changed: object) -> MailboxAddress:
    made = MailboxAddress("localhost", "papers", "secret", port=imap.port, security="plain")
    return replace(made, **changed)  # type: ignore[arg-type]


def fetch(imap: Imap, **changed: object) -> int:
    return fetch_once(address_of(imap, **changed), Authority.objects.get())


def crlf(message: object) -> bytes:
    return message.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")  # type: ignore[attr-defined, no-any-return]


def from_lead(walk: Walk, subject: str, **words: object) -> bytes:
    sender = walk.person("lead-practitioner").email
    return crlf(mail(subject, sender=f"A lead <{sender}>", **words))  # type: ignore[arg-type]


def test_a_mail_is_kept_whole_acknowledged_and_moved_and_not_deleted(walk: Walk, imap: Imap) -> None:
    content = from_lead(walk, "An assessment", files={"assessment.pdf": PDF})
    imap.put(content)
    assert fetch(imap) == 1
    kept = ReceivedMail.objects.get()
    assert bytes(kept.content) == content
    assert [one.content for one in imap.folders["Handhold"]] == [content]
    assert imap.inbox() == []
    assert not [words for words in imap.heard if "EXPUNGE" in words or "Deleted" in words]
    told = OutboxMessage.objects.get(template="paper-received")
    assert told.to_address == walk.person("lead-practitioner").email
    assert bytes(kept.paper.attachments.get().content) == PDF


def test_a_known_senders_reference_files_it_at_once_and_a_strangers_only_proposes(walk: Walk, imap: Imap) -> None:
    imap.put(from_lead(walk, f"Assessment, {walk.run.ref.lower()}", message_id="<1@x>"))
    imap.put(crlf(mail(f"Assessment, {walk.run.ref}", sender="nobody@elsewhere.example", message_id="<2@x>")))
    fetch(imap)
    known, stranger = PartnerPaper.objects.order_by("pk")
    filing = known.filings.get()
    assert (filing.family, filing.filed_by) == (walk.family.family, None)
    assert set(filing.children.all()) == set(walk.family.children)
    assert not stranger.filings.exists()
    assert (stranger.proposed_family, stranger.proposed_by) == (walk.family.family, "reference")
    assert stranger.flags == ["stranger"]


def test_a_child_named_by_a_known_sender_is_proposed_and_never_filed(walk: Walk, imap: Imap) -> None:
    child = walk.family.children[0]
    imap.put(from_lead(walk, f"{child.given_name} {child.family_name}: record", message_id="<1@x>"))
    imap.put(from_lead(walk, f"{child.family_name}, born {child.birth_date:%d/%m/%Y}", message_id="<2@x>"))
    imap.put(crlf(mail(f"{child.given_name} {child.family_name}", sender="x@elsewhere.example", message_id="<3@x>")))
    fetch(imap)
    papers = PartnerPaper.objects.order_by("pk")
    assert [one.proposed_by for one in papers] == ["child", "child", ""]
    assert not [one for one in papers if one.filings.exists()]


def test_a_sender_who_does_not_work_with_the_family_only_proposes_it(walk: Walk, imap: Imap) -> None:
    imap.put(crlf(mail(walk.family.family.ref, sender=walk.council.second_lead.email)))
    fetch(imap)
    paper = PartnerPaper.objects.get()
    assert paper.proposed_family == walk.family.family
    assert not paper.filings.exists()


@pytest.mark.parametrize("moves", [True, False], ids=["moving", "flagging"])
@pytest.mark.parametrize("command", ["FETCH", "MOVE", "STORE"])
def test_a_connection_that_breaks_anywhere_loses_nothing_and_doubles_nothing(
    walk: Walk, imap: Imap, command: str, moves: bool
) -> None:
    imap.moves, imap.breaks_off_before = moves, command
    for place in range(3):
        imap.put(from_lead(walk, f"Paper {place}", message_id=f"<{place}@x>"))
    if command == ("STORE" if moves else "MOVE"):
        assert fetch(imap) == 3, "this way of marking does not use the command"
    else:
        with pytest.raises(MailboxGone):
            fetch(imap)
        fetch(imap)
    assert ReceivedMail.objects.count() == PartnerPaper.objects.count() == 3
    assert OutboxMessage.objects.filter(template="paper-received").count() == 3
    assert fetch(imap) == 0


def test_where_nothing_can_be_moved_it_is_flagged_and_stays(walk: Walk, imap: Imap) -> None:
    imap.moves = False
    imap.put(from_lead(walk, "Stays"))
    assert (fetch(imap), fetch(imap)) == (1, 0)
    assert imap.inbox()[0].flags == {"HandholdKept"}


def test_a_mailbox_in_which_nothing_can_be_marked_is_refused_before_anything_is_fetched(imap: Imap) -> None:
    make_council()
    imap.moves = imap.keywords = False
    imap.put(b"Subject: One\r\n\r\nwords")
    with pytest.raises(MailboxRefused, match="neither move"):
        fetch(imap)
    assert not ReceivedMail.objects.exists()


def test_one_too_large_is_kept_by_its_head_and_left_in_the_mailbox(walk: Walk, imap: Imap) -> None:
    imap.put(from_lead(walk, "Large", text="words " * 2000))
    assert (fetch(imap, most_bytes=5000), fetch(imap, most_bytes=5000)) == (1, 0)
    paper, kept = PartnerPaper.objects.get(), ReceivedMail.objects.get()
    assert (paper.flags, paper.subject, kept.is_whole) == (["too-large"], "Large", False)
    assert kept.size > 5000
    assert imap.inbox()[0].flags == {"\\Flagged"}


def test_what_may_not_open_is_kept_and_flagged(walk: Walk, imap: Imap) -> None:
    imap.put(from_lead(walk, "Locked", files={"locked.pdf": LOCKED_PDF}, message_id="<1@x>"))
    imap.put(from_lead(walk, "Empty", files={"empty.pdf": b""}, message_id="<2@x>"))
    imap.put(from_lead(walk, "Nothing", text="", message_id=None))
    fetch(imap)
    assert [one.flags for one in PartnerPaper.objects.order_by("pk")] == [
        ["encrypted"],
        ["bad-attachment"],
        ["not-readable"],
    ]


def test_two_mails_without_message_id_are_two_papers_and_one_fetched_again_is_one(walk: Walk, imap: Imap) -> None:
    for subject in ("First", "Second", "Second"):
        imap.put(from_lead(walk, subject, message_id=None))
    assert fetch(imap) == 2


def test_what_a_machine_sent_is_kept_and_never_answered(walk: Walk, imap: Imap) -> None:
    imap.put(from_lead(walk, "Scan", files={"scan.pdf": PDF}, Auto_Submitted="auto-generated"))
    fetch(imap)
    assert PartnerPaper.objects.get().flags == ["automatic"]
    assert not OutboxMessage.objects.filter(template="paper-received").exists()


def test_a_wrong_password_is_said_without_naming_anybody(imap: Imap) -> None:
    make_council()
    with pytest.raises(MailboxRefused) as refused:
        fetch(imap, password="wrong")
    assert "papers" not in str(refused.value)


def test_an_access_token_opens_the_mailbox(walk: Walk, imap: Imap, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("a-token\n")
    imap.put(from_lead(walk, "By token"))
    assert fetch(imap, token_file=token, password="") == 1
    assert any(words.startswith("AUTHENTICATE XOAUTH2") for words in imap.heard)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_the_servers_certificate_is_checked(walk: Walk, tmp_path: Path, security: str) -> None:
    context, certificate = make_certificate(tmp_path)
    mailbox = Imap(tls=context)
    mailbox.put(from_lead(walk, "Sealed"))
    with serving(ImapSession, mailbox, tls=security == "tls"):
        with pytest.raises(ssl.SSLError):
            fetch(mailbox, security=security)
        assert fetch(mailbox, security=security, certificates=certificate) == 1


def test_settings_are_tls_unless_they_say_otherwise(settings: Settings) -> None:
    chosen = {**settings.IMAP, "host": "imap.example.org", "user": "papers"}
    assert (mailbox_address(chosen).security, mailbox_address(chosen).port) == ("tls", 993)
    assert mailbox_address({**chosen, "security": "starttls"}).port == 143


@pytest.fixture
def relay(settings: Settings) -> Iterator[Relay]:
    """A relay on a free port, to which Django's own back end sends."""
    held = Relay()
    with serving(RelaySession, held):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", held.port, False
        settings.DEFAULT_FROM_EMAIL = "handhold@example.org"
        yield held


def test_a_message_goes_out_over_smtp_with_a_reference_and_a_link_and_its_bounce_finds_it(
    walk: Walk, imap: Imap, relay: Relay
) -> None:
    OutboxMessage.objects.all().delete()
    message = put_in_outbox("something-waits", to_address="gone@example.org", now=NOW, run=walk.run)
    assert send_waiting(NOW) == 1
    assert f"Message-ID: <{message.ref}@example.org>".encode() in relay.mails[0]
    assert walk.family.family.name.encode() not in relay.mails[0]
    imap.put(crlf(bounce(message.ref, action="delayed")))
    fetch(imap)
    message.refresh_from_db()
    assert message.bounced_at is None, "one that is only late has not come back"
    imap.put(crlf(bounce(message.ref)))
    fetch(imap)
    message.refresh_from_db()
    assert message.bounced_at is not None
    assert not PartnerPaper.objects.exists()
    assert sorted(ReceivedMail.objects.values_list("sort", flat=True)) == ["automatic", "bounce"]


def test_a_bounce_of_nothing_of_ours_is_shown_to_people(walk: Walk, imap: Imap) -> None:
    imap.put(crlf(bounce("ZZZZZZZZ")))
    fetch(imap)
    assert PartnerPaper.objects.get().flags == ["automatic", "stranger"]


def test_an_address_that_the_relay_refuses_is_given_up_in_the_end(walk: Walk, relay: Relay) -> None:
    OutboxMessage.objects.all().delete()
    relay.refuses.add("gone@example.org")
    message, now = put_in_outbox("something-waits", to_address="gone@example.org", now=NOW, run=walk.run), NOW
    for _ in range(MOST_ATTEMPTS):
        send_waiting(now)
        message.refresh_from_db()
        now = max(now, message.next_try_at)
    assert message.given_up_at is not None
    assert relay.mails == []


def run_command(settings: Settings, monkeypatch: pytest.MonkeyPatch, **chosen: str) -> Result:
    """`handhold fetch-papers --once` with these settings; it neither starts a server nor keeps signals."""
    settings.DATABASE_IS_EMBEDDED, settings.IMAP = False, {**settings.IMAP, **chosen}
    monkeypatch.setattr("handhold.jobs.papers.end_on_signals", lambda: None)
    return CliRunner().invoke(app, ["fetch-papers", "--once"])


def test_the_command_says_how_much_it_kept(
    walk: Walk, imap: Imap, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    imap.put(from_lead(walk, "By command"))
    chosen = {"host": "localhost", "port": str(imap.port), "security": "plain", "user": "papers", "password": "secret"}
    ended = run_command(settings, monkeypatch, **chosen)
    assert (ended.exit_code, ended.output) == (0, "Kept 1.\n")
    refused = run_command(settings, monkeypatch, **{**chosen, "password": "wrong"})
    assert (refused.exit_code, refused.output) == (1, "The server does not let this account in.\n")


def test_the_command_names_the_settings_that_are_missing(
    walk: Walk, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = run_command(settings, monkeypatch, host="")
    assert ended.exit_code == 1
    assert "Set IMAP_HOST and IMAP_USER" in ended.output
    several = run_command(settings, monkeypatch, host="localhost", user="papers", authority="elsewhere")
    assert "IMAP_AUTHORITY" in several.output


def test_a_mailbox_that_is_away_is_tried_again_later(imap: Imap, capsys: pytest.CaptureFixture[str]) -> None:
    make_council()
    imap.put(b"Subject: One\r\n\r\nwords")
    imap.breaks_off_before = "SELECT"
    look_or_wait(address_of(imap), Authority.objects.get())
    assert "cannot be reached" in capsys.readouterr().err
    look_or_wait(address_of(imap), Authority.objects.get())
    assert ReceivedMail.objects.count() == 1
