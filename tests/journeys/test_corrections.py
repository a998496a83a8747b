"""A record that was wrong is put right by who wrote it, in their own browser; what it said can still be read."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from tests.actions.walking import begin
from tests.journeys.conftest import called_apart
from tests.journeys.persons import Inspector, Person
from tests.journeys.screens import PHONE
from tests.records.factories import MadeCouncil, make_family
from tests.web.walked import at

from handhold.records.models import Consent, StepRecord

pytestmark = pytest.mark.django_db(transaction=True)
People = Callable[..., Person]
CONSENT = "Ask the family for consent to early help"


def test_a_consent_written_down_wrongly_is_put_right_and_what_rests_on_it_is_named(
    people: People, council: MadeCouncil, inspector: Inspector
) -> None:
    walk = begin(council, called_apart(make_family(council, children=2))).to_family_agreed("partner-led")
    with at(walk.now):
        worker = people("social-worker", PHONE, inspector=inspector)
        worker.open(f"/transfers/{walk.run.ref}/steps/consent")
        worker.hands.follow("This record is wrong")
        worker.reads("This record is wrong", "Consent given: as it is")
        worker.look()
        worker.hands.choose("Consent refused")
        worker.hands.write("#why", "I pressed the wrong button; she said no.")
        worker.hands.press("Correct the record")
        worker.reads("the record is corrected", "Consent refused.")
        worker.hands.unfold(f"Corrected by {worker.name}")
        expect(worker.page.locator("s", has_text="Consent given.")).to_be_visible()
        worker.look()

        worker.open(f"/transfers/{walk.run.ref}/steps/early-help-considered/correction")
        worker.hands.unfold("None of it was so: take the record back")
        worker.reads(f"“{CONSENT}”: Consent refused. {worker.name} recorded it")
        worker.look()
    stands = Consent.objects.get(step_record__corrected_by__isnull=True)
    assert stands.outcome == Consent.Outcome.REFUSED
    assert StepRecord.objects.filter(step="consent").count() == 2
