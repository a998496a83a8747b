"""Who leaves hands on to somebody else: by office, and never to themselves."""

import pytest
from tests.actions.walking import Walk, begin
from tests.records.factories import LONG_AGO, make_council, make_family, since

from handhold.actions.refusals import StepRefused
from handhold.casefiles.contents import ConsentContent
from handhold.records.constraints import check_constraints_now
from handhold.records.models import Allocation, Consent, PostHolding, Practitioner, StepRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk() -> Walk:
    """A transfer whose children are held by the duty manager, who holds the post of last resort too."""
    council = make_council()
    council.practitioners["social-worker"] = council.practitioners["duty-manager"]
    return begin(council, make_family(council, children=1))


def holder(walk: Walk) -> Practitioner:
    """Who is accountable for the child now."""
    return Allocation.objects.get(involvement__child=walk.family.children[0], during__upper_inf=True).practitioner


def test_the_last_to_take_over_does_not_hand_on_to_themselves(walk: Walk) -> None:
    with pytest.raises(StepRefused) as refused:
        walk.do("worker-left", "left")
    assert [(reason.problem, reason.clauses) for reason in refused.value.reasons] == [("not-offered", ("H1",))]
    assert not StepRecord.objects.filter(step="worker-left").exists()


def test_once_another_holds_the_post_they_hand_on_to_them(walk: Walk) -> None:
    post, another = walk.council.posts["duty-manager"], walk.person("service-manager")
    PostHolding.objects.filter(post=post).update(during=since(LONG_AGO, walk.now))
    PostHolding.objects.create(post=post, practitioner=another, during=since(walk.now))
    check_constraints_now()
    walk.do("worker-left", "left")
    assert holder(walk) == another


def test_once_early_help_has_begun_another_practitioner_comes_only_after_the_first_has_left() -> None:
    council = make_council()
    walk = begin(council, make_family(council, children=2)).to_handed_over().to_ready_to_close()
    walk.close(walk.child_refs[0])
    walk.do("receiver-left", "left", by="team-manager")
    chosen = walk.at(practitioner=walk.person("support-practitioner"), agreed_date=walk.now.date())
    walk.do("support-decided", "allocated", chosen, by="practice-manager")
    with pytest.raises(StepRefused) as refused:
        walk.do("practitioner-confirmed", "another", chosen, by="practice-manager")
    assert "not-offered" in {reason.problem for reason in refused.value.reasons}
    assert holder(walk) == walk.person("support-practitioner")


def test_consent_given_again_to_the_lead_after_the_handover_is_kept_as_given() -> None:
    council = make_council()
    walk = begin(council, make_family(council, children=1)).to_lead_accepted().to_closed()
    lead = walk.person("lead-practitioner")
    withdrawn = ConsentContent(walk.now, given_by=walk.family.mother, to_what="early help", how="telephone")
    walk.do("consent", "withdrawn", withdrawn, by=lead)
    walk.do("consent", "given-again", walk.consent(), by=lead)
    assert list(Consent.objects.order_by("id").values_list("outcome", flat=True)) == ["given", "withdrawn", "given"]
