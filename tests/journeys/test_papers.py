"""Papers in a real browser: sent from a phone, registered by the team, a stranger's mail matched; messages too."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import FilePayload, expect
from tests.actions.walking import Walk, begin
from tests.exchange.mails import PDF, mail
from tests.journeys.conftest import called_apart
from tests.journeys.persons import Inspector, Person
from tests.journeys.screens import PHONE
from tests.records.factories import MadeCouncil, make_family
from tests.web.walked import at

from handhold.actions.received_mails import keep_mail
from handhold.records.models import PaperRegistration, PartnerPaper

pytestmark = pytest.mark.django_db(transaction=True)
People = Callable[..., Person]
PLAIN: dict[str, Any] = {"java_script_enabled": False}


@pytest.fixture
def walk(council: MadeCouncil) -> Iterator[Walk]:
    """A family that a partner leads."""
    walk = begin(council, called_apart(make_family(council, children=2))).to_lead_accepted().to_closed()
    with at(walk.now):
        yield walk


def send_assessment(teacher: Person, walk: Walk) -> PartnerPaper:
    """From her first page, in two pages."""
    teacher.follow(re.compile("Send as a file or a photograph: completed early help"), "Send a paper in")
    expect(teacher.page.get_by_label("Completed early help assessment")).to_be_checked()
    teacher.write_day("paper_date", walk.now.date())
    file: FilePayload = {"name": "assessment.pdf", "mimeType": "application/pdf", "buffer": PDF}
    teacher.page.locator("#enclosed").set_input_files(file)
    teacher.hands.write("Or write it here", "Ada laughs more.")
    teacher.send("Send", "Your paper has arrived.")
    return PartnerPaper.objects.get()


@pytest.mark.parametrize("options", [{}, PLAIN], ids=["with JavaScript", "without JavaScript"])
def test_a_teacher_sends_an_assessment_from_her_phone_and_the_team_registers_it(
    people: People, walk: Walk, inspector: Inspector, options: dict[str, Any]
) -> None:
    looks = inspector if not options else None
    teacher = people("lead-practitioner", PHONE, has_touch=True, is_mobile=True, inspector=looks, **options)
    paper = send_assessment(teacher, walk)
    teacher.reads("It is not registered yet.", "Ada laughs more.")
    team = people("supporting-families", inspector=looks, **options)
    team.follow("Papers to register: 1", "Papers received")
    team.hands.follow(re.compile("Completed early help assessment"))
    with team.page.expect_download() as download:
        team.hands.follow(re.compile("Save assessment.pdf"))
    assert download.value.suggested_filename == f"paper-{paper.ref}-1.pdf"
    team.send("Register it", "The paper is registered.")
    assert PaperRegistration.objects.get().kind == "early-help-assessment"
    teacher.open("/papers/sent")
    teacher.reads("Registered.")


def test_a_strangers_mail_is_matched_and_registered(people: People, walk: Walk, inspector: Inspector) -> None:
    message = mail("About a family of yours", sender="office@elsewhere.example", files={"assessment.pdf": PDF})
    keep_mail(message.as_bytes(), authority=walk.council.authority, now=walk.now)
    team = people("supporting-families", inspector=inspector)
    team.follow("Papers to match with a family: 1", "Papers received")
    team.hands.follow(re.compile("About a family of yours"))
    team.reads("Sender not known", "It is not matched with a family yet.")
    team.look()
    team.follow("Find the family", "Find the family")
    team.hands.write("Name of the family", walk.family.family.name)
    team.hands.press("Search")
    team.follow(f"{walk.family.family.name} family", "Match it with the")
    team.page.get_by_label(re.compile("Obi")).uncheck()
    team.send("Match it", "The paper is filed with")
    team.hands.choose("Completed early help assessment")
    team.send("Register it", "The paper is registered.")
    filing = PaperRegistration.objects.get().filing
    assert [child.given_name for child in filing.children.all()] == ["Ada"]
    manager = people("service-manager", inspector=inspector)
    manager.open(f"/families/{walk.family.family.ref}/papers")
    manager.reads("Received from partners", "Registered.")


def test_both_ends_write_to_each_other_on_a_phone(people: People, council: MadeCouncil, inspector: Inspector) -> None:
    walk = begin(council, called_apart(make_family(council, children=2))).to_lead_accepted()
    with at(walk.now):
        phone: dict[str, Any] = {"has_touch": True, "is_mobile": True, "inspector": inspector}
        teacher, worker = people("lead-practitioner", PHONE, **phone), people("social-worker", PHONE, **phone)
        for person, words in ((worker, "Can we meet on Friday?"), (teacher, "At nine, in school.")):
            person.open(f"/transfers/{walk.run.ref}")
            person.hands.write("#text", words)
            person.send("Send the message", "Your message is on the transfer.")
        worker.open(f"/transfers/{walk.run.ref}")
        worker.reads("Can we meet on Friday?", "At nine, in school.", f"Messages with {teacher.name} (2)")
