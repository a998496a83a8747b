"""The end of early help, and of the help of one service, on its pages: begun from the family's page, step by step."""

from datetime import timedelta

import pytest

from handhold.actions.transfers import start_transfer
from handhold.records.models import Consent, Involvement, Run
from tests.actions.walking import Walk
from tests.records.factories import NOW, MadeCouncil, make_council, make_family
from tests.web.stepping import Pages
from tests.web.walked import at, filled_in, signed_in, words_of

pytestmark = pytest.mark.django_db
EARLY_HELP, ONE_SERVICE = "end-of-early-help", "end-of-one-service"
KINDS = {EARLY_HELP: "early-help", ONE_SERVICE: "single-agency"}
TARGETED, PARTNER = "support-practitioner", "lead-practitioner"
DECIDES = "what-no-consent-means"


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


def begun(council: MadeCouncil, pathway: str = EARLY_HELP, leads: str = TARGETED) -> Pages:
    """The ending of a family's help, which somebody of this role gives, just begun by them."""
    by = council.practitioners[leads]
    family = make_family(council, children=2, kind=KINDS[pathway], worker=by)
    refs = [child.ref for child in family.children]
    run = start_transfer(family.family.ref, pathway, refs, by=by, now=NOW)
    return Pages(Walk(council, family, run, now=NOW + timedelta(minutes=1), child_refs=refs))


def make_consent(pages: Pages) -> None:
    """What the family agreed to before its help began."""
    asked = NOW - timedelta(days=20)
    made = pages.walk.family
    Consent.objects.create(
        family=made.family,
        given_by=made.mother,
        outcome="given",
        to_what="early help",
        how="face to face",
        happened_at=asked,
        recorded_at=asked,
        recorded_by=pages.walk.person(TARGETED),
    )


def closed(pages: Pages, outcome: str, by: str) -> None:
    """The family told, and the help closed for each child."""
    mother = pages.walk.family.mother.ref
    pages.record("family-told", "told", by=by, with_person=mother, how="face to face", note="Whom to ring")
    for child in pages.walk.child_refs:
        assert "Close the help" in pages.words("/steps/help-closed", by=by, child=child)
        pages.record("help-closed", outcome, by=by, child=child)


def is_open(pages: Pages) -> bool:
    return Involvement.objects.filter(child__in=pages.walk.family.children, open_during__upper_inf=True).exists()


@pytest.mark.parametrize(("pathway", "leads"), [(EARLY_HELP, TARGETED), (EARLY_HELP, PARTNER), (ONE_SERVICE, PARTNER)])
def test_whoever_helps_begins_it_on_the_familys_page(council: MadeCouncil, pathway: str, leads: str) -> None:
    lead = council.practitioners[leads]
    family = make_family(council, children=2, kind=KINDS[pathway], worker=lead)
    pages = signed_in(lead)
    with at(NOW):
        address = f"/families/{family.family.ref}/transfers/new?pathway={pathway}"
        assert address in pages.get(f"/families/{family.family.ref}").content.decode()
        sent = pages.post(address, filled_in(children=[child.ref for child in family.children]))
    assert sent.status_code == 302, words_of(sent.content)
    assert Run.objects.get(family=family.family).pathway == pathway


def test_where_the_needs_are_met_the_family_hears_how_to_come_back_and_help_ends(council: MadeCouncil) -> None:
    pages = begun(council)
    make_consent(pages)
    page = pages.words("", by=TARGETED)
    assert "Write down that the family says no" in page
    assert "Given by" in page
    assert "Not live" not in page, "what the family agreed to stands until it says no"
    assert "On record from before" not in pages.words("/steps/consent", by=TARGETED), "no earlier yes fills in a no"
    pages.record("needs-met", "met", by=TARGETED, **{"reason-met": "Both are in school every day"})
    closed(pages, "universal-services", TARGETED)
    assert not is_open(pages)
    assert Run.objects.get(pk=pages.walk.run.pk).ended_at


@pytest.mark.parametrize(
    ("pathway", "leads", "decides"),
    [(EARLY_HELP, TARGETED, "practice-manager"), (ONE_SERVICE, PARTNER, "early-help-coordinator")],
)
def test_a_no_counts_at_once_and_the_manager_decides_what_it_means(
    council: MadeCouncil, pathway: str, leads: str, decides: str
) -> None:
    pages = begun(council, pathway, leads)
    mother = pages.walk.family.mother.ref
    pages.record("consent", "withdrawn", by=leads, given_by=mother, how="face to face", to_what="the help")
    assert Consent.objects.get().outcome == "withdrawn"
    page = pages.words("", by=leads)
    assert "Withdrawn by" in page
    assert "Not live" in page
    refused = pages.send(DECIDES, "end-here", by=leads, **{"reason-end-here": "They wish it"})
    assert refused.status_code != 302, "whoever wrote the no down does not decide"
    assert is_open(pages)
    assert "The help ends, and the family hears how to come back" in pages.words(f"/steps/{DECIDES}", by=decides)
    pages.record(DECIDES, "end-here", by=decides, **{"reason-end-here": "They have what they need"})
    assert is_open(pages), "whoever helps is responsible until the closure"
    closed(pages, "without-consent", leads)
    assert not is_open(pages)


def test_offered_again_they_say_yes_and_the_help_goes_on(council: MadeCouncil) -> None:
    pages = begun(council)
    mother = pages.walk.family.mother.ref
    pages.record(
        "consent",
        "disputed",
        by=TARGETED,
        given_by=mother,
        to_what="help",
        how="face to face",
        **{"reason-disputed": "No"},
    )
    pages.record(DECIDES, "offer-again", by="practice-manager", **{"reason-offer-again": "It was about a letter"})
    assert "They say yes again; the help goes on" in pages.words("/steps/consent", by=TARGETED)
    yes = {"given_by": mother, "how": "face to face", "to_what": "the help", "sharing-given": "nobody"}
    pages.record("consent", "given", by=TARGETED, **yes)
    assert is_open(pages)
    assert Run.objects.get(pk=pages.walk.run.pk).ending == "help-goes-on"


def test_a_need_too_great_to_leave_begins_a_step_up_beside_it(council: MadeCouncil) -> None:
    pages = begun(council)
    pages.record(
        "consent", "withdrawn", by=TARGETED, given_by=pages.walk.family.mother.ref, to_what="help", how="face to face"
    )
    pages.record(DECIDES, "step-up", by="practice-manager", **{"reason-step-up": "Seen alone at night"})
    assert "Begin the step up" in pages.words("/steps/stepped-up", by="practice-manager")
    pages.record("stepped-up", "by-a-targeted-worker", by="practice-manager")
    begun_beside = Run.objects.get(pathway="step-up-by-a-targeted-worker", family=pages.walk.family.family)
    assert begun_beside.ended_at is None
    assert Run.objects.get(pk=pages.walk.run.pk).ended_at is None, "what the no means is still to be decided"
