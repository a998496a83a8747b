"""A council with a procedure that no line of code knows: its files alone carry a child to family help."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.actions.walking import Walk
from tests.actions.world_of_acts import do as act
from tests.authoring.any_form import filled_in
from tests.authoring.council_of_a_protocol import make_council_of
from tests.authoring.walking_by_offers import Offer, walk_to_the_end
from tests.records.factories import NOW, make_assessment, make_family
from tests.web.walked import at, signed_in, words_of

from handhold.actions.transfers import start_transfer
from handhold.casefiles.case import Case
from handhold.protocol.examples.running import read_scenarios, run_scenario
from handhold.protocol.freezing import examples_of
from handhold.protocol.loading import latest_version, load_protocol
from handhold.protocol.proving import prove
from handhold.queries.invariants import find_breaches
from handhold.records.models import Allocation, Involvement, MainContact, Run

ROOT = Path(__file__).resolve().parents[2]
OWN = Path(__file__).parent / "protocols"
NAME, PATHWAY = "saltmarsh", "with-a-family-partner"
ORDER = [
    "reason-said",
    "circle-met",
    "way-chosen",
    "consent",
    "partner-asked",
    "partner-answer",
    "fortnight-begun",
    "letter-to-family",
    "closure-overseen",
    "case-closed",
]
PAGES = ("", "/story", "/picture")
OTHER_PAGES = (
    "/work",
    "/work/families",
    "/families",
    "/protocol",
    "/protocol/clauses",
    "/protocol/doubts",
    f"/protocol/pathways/{PATHWAY}",
)


@pytest.fixture
def protocols(tmp_path: Path, settings: Settings) -> Path:
    """A folder of protocols with the third council's alone, and the rules that all share."""
    shutil.copytree(OWN / NAME, tmp_path / NAME)
    for shared in ("house", "law"):
        shutil.copytree(ROOT / "protocols" / shared, tmp_path / shared)
    settings.HANDHOLD_PROTOCOLS = tmp_path
    return tmp_path


def begun(protocols: Path) -> Walk:
    """A transfer of one child, begun by their social worker."""
    council = make_council_of(load_protocol(latest_version(protocols, NAME)))
    family = make_family(council, children=1)
    assessment = make_assessment(council, family)
    worker, refs = council.practitioners["social-worker"], [family.children[0].ref]
    run = start_transfer(family.family.ref, PATHWAY, refs, assessment_ref=assessment.ref, by=worker, now=NOW)
    return Walk(council, family, run, now=NOW + timedelta(minutes=1), child_refs=refs)


def by_action(walk: Walk, case: Case, offer: Offer) -> None:
    """What is offered, through the action that carries it out."""
    child = None if offer.what.child is None else case.children[offer.what.child].person.ref
    act(offer.what, walk.run, offer.content, child_ref=child, by=offer.by)
    assert find_breaches(walk.now) == []


def by_page(walk: Walk, case: Case, offer: Offer) -> None:
    """What is offered, through its page; every page of the transfer answers whoever does it."""
    base, browser = f"/transfers/{walk.run.ref}", signed_in(offer.by, walk.now)
    pages = [f"{base}{page}" for page in PAGES]
    address = f"{base}/steps/{offer.what.step}"
    if offer.what.child is not None:
        address += f"?child={case.children[offer.what.child].person.ref}"
    if case.pathway.steps[offer.what.step].kind == "acceptance":  # whoever is asked sees the request, and not yet more
        pages, address = [f"{base}/proposal", f"{base}/proposal/need"], f"{base}/proposal/answer"
    with at(walk.now):
        answers = {page: browser.get(page).status_code for page in (*pages, address)}
        assert set(answers.values()) == {200}, answers
        chosen = offer.chosen.ref if offer.chosen else ""
        page = browser.get(address).content.decode()
        form = filled_in(page, offer.what.outcome, walk.now.date(), chosen)
        sent = browser.post(address, form)
    assert sent.status_code == 302, f"{offer.what} {form} {words_of(sent.content)[:2500]}"


def assert_the_partner_holds(walk: Walk) -> None:
    """Social work is over, and whoever took over is accountable, and main contact."""
    child, partner = walk.family.children[0], walk.council.practitioners["family-partner"]
    (involvement,) = Involvement.objects.filter(child=child, open_during__upper_inf=True)
    assert involvement.kind == "early-help"
    assert Allocation.objects.get(involvement=involvement, during__upper_inf=True).practitioner == partner
    assert MainContact.objects.get(child=child, during__upper_inf=True).practitioner == partner
    assert find_breaches(walk.now) == []


@pytest.mark.django_db
def test_a_child_is_walked_to_the_closure_through_the_actions(protocols: Path) -> None:
    walk = begun(protocols)
    assert walk_to_the_end(walk, by_action) == ORDER
    assert walk.now - NOW > timedelta(days=13)  # ten working days in which both help
    assert_the_partner_holds(walk)
    assert Run.objects.get(pk=walk.run.pk).ending == "completed"


@pytest.mark.django_db
def test_a_child_is_walked_to_the_closure_through_the_pages(protocols: Path) -> None:
    walk = begun(protocols)
    assert walk_to_the_end(walk, by_page) == ORDER
    assert_the_partner_holds(walk)
    family = f"/families/{walk.family.family.ref}"
    own = (family, f"{family}/chronology", f"{family}/papers", f"/children/{walk.family.children[0].ref}")
    looked_at = {
        "family-partner": (*OTHER_PAGES, *own),
        "harbour-desk": ("/search", "/work"),
        "head-of-family-help": ("/protocol/promises", "/protocol/numbers", *own),
    }
    answers = {(role, page): signed_in_page(walk, role, page) for role, pages in looked_at.items() for page in pages}
    assert {page: status for page, status in answers.items() if status != 200} == {}


def signed_in_page(walk: Walk, role: str, page: str) -> int:
    """How a page answers whoever holds the role."""
    browser = signed_in(walk.council.practitioners[role], walk.now)
    with at(walk.now):
        return browser.get(page).status_code


@pytest.mark.django_db
def test_both_help_in_the_fortnight_and_the_social_worker_stays_main_contact(protocols: Path) -> None:
    walk = begun(protocols)
    walk_to_the_end(walk, by_action, last="fortnight-begun")
    child = walk.family.children[0]
    assert {one.kind for one in Involvement.objects.filter(child=child)} == {"assessment", "early-help"}
    main_contact = MainContact.objects.get(child=child, during__upper_inf=True)
    assert main_contact.practitioner == walk.council.practitioners["social-worker"]


def test_the_third_protocol_passes_the_check(protocols: Path) -> None:
    report = prove(load_protocol(latest_version(protocols, NAME)), 1, processes=1)
    assert report.faults == []
    assert [(walked.found.violations, walked.found.traps) for walked in report.explored] == [([], [])]
    assert report.coverage.missing == ()


def test_its_examples_pass(protocols: Path) -> None:
    protocol = load_protocol(latest_version(protocols, NAME))
    results = [run_scenario(protocol, one) for file in examples_of(protocol.folder) for one in read_scenarios(file)]
    assert [str(result) for result in results if not result.has_passed] == []
    assert len(results) > 10
