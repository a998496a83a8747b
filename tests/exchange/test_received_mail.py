"""Mails are read whatever they are: what they say, their files, what may be wrong; nothing makes the reading fail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handhold.exchange.attachments import examine_attachment
from handhold.exchange.received_mail import read_mail
from tests.exchange.mails import LOCKED_PDF, PDF, bounce, locked_zip, mail

OWN = "A2345678"


def test_a_plain_mail_with_a_file() -> None:
    read = read_mail(mail("Okafor, assessment", files={"assessment.pdf": PDF}).as_bytes())
    assert (read.from_address, read.subject, read.message_id) == (
        "grace@example.org",
        "Okafor, assessment",
        "<one@example.org>",
    )
    assert read.text.strip() == "Please find it attached."
    assert [(one.file_name, one.media_type, one.content, one.faults) for one in read.attachments] == [
        ("assessment.pdf", "application/pdf", PDF, ())
    ]
    assert (read.flags, read.sort) == (frozenset(), "paper")


def test_html_alone_becomes_words_and_is_never_kept_as_html() -> None:
    html = "<style>p{}</style><p>Ada is <b>well</b>.</p><script>alert(1)</script><p>So is Obi &amp; Chidi.</p>"
    read = read_mail(mail(text=None, html=html).as_bytes())
    assert read.text == "Ada is well.\nSo is Obi & Chidi."


def test_of_plain_words_and_html_the_plain_words_are_kept() -> None:
    read = read_mail(mail(text="Plain.", html="<p>Not so plain.</p>").as_bytes())
    assert read.text.strip() == "Plain."


def test_a_mail_without_message_id_and_subject_is_read() -> None:
    made = mail(message_id=None)
    del made["Subject"]
    read = read_mail(made.as_bytes())
    assert (read.message_id, read.subject, read.sort) == ("", "", "paper")


def test_a_forwarded_mail_brings_its_words_and_files() -> None:
    outer, inner = mail("Fwd"), mail("The record", "What we agreed.", files={"record.pdf": PDF})
    outer.add_attachment(inner)
    read = read_mail(outer.as_bytes())
    assert "The record" in read.text
    assert "What we agreed." in read.text
    assert [one.file_name for one in read.attachments] == ["record.pdf"]


@pytest.mark.parametrize(
    ("name", "declared", "content", "fault"),
    [
        ("empty.pdf", "application/pdf", b"", "empty"),
        ("locked.pdf", "application/pdf", LOCKED_PDF, "encrypted"),
        ("locked.zip", "application/zip", locked_zip(), "encrypted"),
        ("locked.docx", "", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("really.pdf", "application/pdf", b"\x89PNG\r\n\x1a\n and so on", "mismatch"),
        ("noname", "application/pdf", b"words", "mismatch"),
        ("assessment.pdf", "application/pdf", b"MZ a program", "program"),
        ("page.html", "text/html", b"<script>alert(1)</script>", "program"),
        ("winmail.dat", "application/ms-tnef", b"\x78\x9f\x3e\x22 and so on", "winmail"),
        ("broken.zip", "application/zip", b"PK\x03\x04 and no more", "damaged"),
    ],
)
def test_what_may_not_open_is_said_so(name: str, declared: str, content: bytes, fault: str) -> None:
    assert fault in examine_attachment(name, declared, content).faults


@pytest.mark.parametrize(
    ("name", "declared", "content"),
    [
        ("whole.pdf", "application/pdf", PDF),
        ("photo.jpg", "image/jpeg", b"\xff\xd8\xff\xe0 and so on"),
        ("photo.heic", "application/octet-stream", b"\x00\x00\x00\x18ftypheic and so on"),
        ("notes.txt", "text/plain", b"words"),
        ("scan", "application/octet-stream", PDF),
    ],
)
def test_what_opens_has_no_fault(name: str, declared: str, content: bytes) -> None:
    assert examine_attachment(name, declared, content).faults == ()


def test_a_files_name_brings_no_folder_and_nothing_that_cannot_be_kept() -> None:
    assert examine_attachment("..\\..\\etc\\pass\x00wd.pdf", "application/pdf", PDF).file_name == "passwd.pdf"


@pytest.mark.parametrize(
    "content_type",
    [
        'multipart/encrypted; protocol="application/pgp-encrypted"; boundary="B"',
        'application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"',
    ],
)
def test_an_encrypted_mail_is_said_to_be_so(content_type: str) -> None:
    head = f"From: grace@example.org\nSubject: Hidden\nMIME-Version: 1.0\nContent-Type: {content_type}\n\n"
    read = read_mail((head + "--B\nContent-Type: application/octet-stream\n\nAAAA\n--B--\n").encode())
    assert "encrypted" in read.flags


def test_words_that_pgp_hides_are_said_to_be_encrypted() -> None:
    assert "encrypted" in read_mail(mail(text="-----BEGIN PGP MESSAGE-----\nAAAA").as_bytes()).flags


def test_a_mail_without_anything_in_it_cannot_be_read() -> None:
    assert "not-readable" in read_mail(b"From: grace@example.org\nSubject: Nothing\n\n").flags


def test_of_a_mail_that_is_too_large_the_head_alone_is_read() -> None:
    read = read_mail(b"From: grace@example.org\nSubject: Large\n\n", is_whole=False)
    assert (read.subject, read.flags) == ("Large", frozenset({"too-large"}))


def test_a_failed_delivery_of_our_message_is_a_bounce_and_a_delayed_one_is_not() -> None:
    failed, delayed = read_mail(bounce(OWN).as_bytes()), read_mail(bounce(OWN, action="delayed").as_bytes())
    assert (failed.sort, failed.answers) == ("bounce", (OWN,))
    assert delayed.sort == "automatic"


def test_an_absence_answers_our_message_automatically_but_with_a_file_it_may_be_a_paper() -> None:
    answered = f"<{OWN}@example.org>"
    absent = mail("Out of office", In_Reply_To=answered, Auto_Submitted="auto-replied")
    assert read_mail(absent.as_bytes()).sort == "automatic"
    brings = mail("Scan", files={"record.pdf": PDF}, In_Reply_To=answered, Auto_Submitted="auto-replied")
    with_file = read_mail(brings.as_bytes())
    assert (with_file.sort, "automatic" in with_file.flags) == ("paper", True)


def test_a_persons_answer_to_our_message_is_a_paper() -> None:
    read = read_mail(mail("Re: Handhold: a paper is due", In_Reply_To=f"<{OWN}@example.org>").as_bytes())
    assert (read.sort, read.flags) == ("paper", frozenset())


def test_a_scanner_that_sends_by_itself_brings_a_paper() -> None:
    read = read_mail(mail("Scan", files={"scan.pdf": PDF}, Auto_Submitted="auto-generated").as_bytes())
    assert (read.sort, read.flags) == ("paper", frozenset({"automatic"}))


def test_parts_within_parts_end_somewhere() -> None:
    made = mail("Deep", files={"deep.pdf": PDF})
    for _ in range(12):
        outer = mail("Deeper")
        outer.add_attachment(made)
        made = outer
    assert "not-readable" in read_mail(made.as_bytes()).flags


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"Content-Type: text/plain; charset=no-such-alphabet\n\n\xe4\xf6",
        b"From: =?utf-8?b?////?=\nSubject: =?x?q?\x00?=\n\nwords",
        b"From: <\nMessage-ID: <<<>\nContent-Type: multipart/mixed\n\nwords",
        b"Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Transfer-Encoding: base64\n\n!!!!\n--B--",
        b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nAAAA",
    ],
)
def test_what_no_program_should_have_written_is_read_all_the_same(content: bytes) -> None:
    read = read_mail(content)
    assert len(read.sha256) == 64
    assert "\x00" not in read.text + read.subject + read.from_address


@given(st.binary(max_size=300), st.sampled_from(["", "Content-Type: multipart/mixed; boundary=B\n\n--B\n", "From: "]))
def test_any_bytes_at_all_are_read(content: bytes, head: str) -> None:
    read = read_mail(head.encode() + content)
    assert read.sort == "paper"
    (read.text + read.subject + read.message_id).encode("utf-8")
