"""Who has only to settle something sees the transfer while that waits: not before, not afterwards, and nobody else."""

from datetime import timedelta

import pytest
from django.db import transaction
from tests.access.test_doors import opens
from tests.actions.reminding import remind
from tests.actions.stepping_up import PARTNER, WayUp, begin_up
from tests.actions.walking import Walk, begin
from tests.records.factories import MadeCouncil, make_council, make_family, make_practitioner, since
from tests.web.stepping import Pages
from tests.web.walked import at, signed_in

from handhold.access.families import access_family_to_read, families_in_sight, sight_of
from handhold.access.settling import ASKED
from handhold.access.transfers import access_transfer_to_read
from handhold.queries.my_work import find_my_work
from handhold.records.models import Absence, PostHolding, Practitioner, Queue, Run

pytestmark = pytest.mark.django_db
PARTNERSHIP = "partnership-lead"


@pytest.fixture
def council() -> MadeCouncil:
    return make_council()


@pytest.fixture
def walk(council: MadeCouncil) -> WayUp:
    """A step up whose social worker is allocated, and about which the lead does not agree."""
    made = begin_up(council, PARTNER).to_allocated()
    made.do("disagreement-raised", "raised", by="lead-practitioner")
    return made


def to_the_partnership(walk: WayUp) -> WayUp:
    """Neither the managers nor a service manager settled it."""
    walk.do("settled-by-managers", "higher", by="early-help-coordinator")
    walk.do("settled-by-service-manager", "higher", by="service-manager")
    return walk


def another(council: MadeCouncil, role: str) -> Practitioner:
    """Somebody of that role in another team of the council."""
    return make_practitioner(council.agencies["council"], council.teams["assessment-3"], role=role)


def sees(walk: Walk, by: Practitioner) -> bool:
    return opens(access_transfer_to_read, walk.run.ref, by=by, now=walk.now)


def tasks_of(walk: Walk, by: Practitioner) -> set[str]:
    work = find_my_work(sight_of(by, walk.now))
    return {row.step for row in work.tasks if row.run_ref == walk.run.ref}


def test_the_escalation_lead_of_the_partnership_sees_it_while_it_is_theirs_to_settle(walk: WayUp) -> None:
    lead = walk.person(PARTNERSHIP)
    assert not sees(walk, lead), "it lies with the managers"
    to_the_partnership(walk)
    assert sees(walk, lead)
    walk.do("settled-by-partnership", "stands", by=PARTNERSHIP)
    assert not sees(walk, lead), "it is settled"


def test_the_move_stands_on_their_first_page_until_it_is_settled(walk: WayUp) -> None:
    lead = walk.person(PARTNERSHIP)
    to_the_partnership(walk)
    remind(walk, walk.now)
    assert tasks_of(walk, lead) == {"settled-by-partnership"}
    walk.do("settled-by-partnership", "stands", by=PARTNERSHIP)
    assert tasks_of(walk, lead) == set(), "at once, and not when the clock is looked at again"


def test_they_see_the_transfer_and_no_page_or_list_of_the_family(walk: WayUp) -> None:
    to_the_partnership(walk)
    remind(walk, walk.now)
    lead = walk.person(PARTNERSHIP)
    assert not opens(access_family_to_read, walk.family.family.ref, by=lead, now=walk.now)
    assert not families_in_sight(sight_of(lead, walk.now)).exists()
    opened = access_transfer_to_read(walk.run.ref, by=lead, now=walk.now)
    assert opened.sees("transfer")
    assert not [sight for sight in ("pack", "family", "version") if opened.sees(sight)]


def test_the_manager_of_the_team_that_takes_over_is_one_of_those_who_settle_it(walk: WayUp) -> None:
    stands_near = make_practitioner(
        walk.council.agencies["council"], walk.person("social-worker").team, role="team-manager"
    )
    elsewhere = another(walk.council, "team-manager")
    Queue.objects.filter(code="social-worker-needed").update(code="of-others")  # who keeps it sees what lay in it
    assert sees(walk, stands_near)
    assert not sees(walk, elsewhere), "a manager of the same role, with nothing to do with it"
    remind(walk, walk.now)
    assert Run.objects.filter(clock__asks__contains=[stands_near.pk]).exists()
    assert not Run.objects.filter(clock__asks__contains=[elsewhere.pk]).exists()
    walk.do("settled-by-managers", "stands", by=stands_near)
    assert not sees(walk, stands_near)


def test_somebody_whose_role_ended_or_who_left_is_asked_no_more(walk: WayUp) -> None:
    to_the_partnership(walk)
    lead = walk.person(PARTNERSHIP)
    lead.left_date = walk.now.date()
    lead.save()
    assert not sees(walk, lead)


def test_a_role_of_a_partner_is_asked_by_name_and_not_by_the_role(walk: WayUp) -> None:
    other_lead = walk.council.second_lead
    assert not sees(walk, other_lead)


def silent_lead(council: MadeCouncil) -> tuple[Walk, Practitioner]:
    """A lead has been silent for a fortnight, managers are away; and who holds the post of last resort, and no role."""
    walk = begin(council, make_family(council, children=1)).to_lead_asked()
    for role in ("team-manager", "service-manager"):
        Absence.objects.create(practitioner=walk.person(role), during=since(walk.now))
    last = make_practitioner(council.agencies["council"], None)
    with transaction.atomic():
        for holding in PostHolding.objects.filter(post=council.posts["duty-manager"]):
            PostHolding.objects.filter(pk=holding.pk).update(during=since(holding.during.lower, walk.now))
        PostHolding.objects.create(post=council.posts["duty-manager"], practitioner=last, during=since(walk.now))
    walk.now += timedelta(days=14)
    return walk, last


def test_what_went_up_to_the_last_resort_opens_to_them_until_it_is_answered(council: MadeCouncil) -> None:
    walk, last = silent_lead(council)
    assert not sees(walk, last), "who holds only the post"
    remind(walk, walk.now)
    assert sees(walk, last)
    assert {row.step for row in find_my_work(sight_of(last, walk.now)).team} == {"lead-answer"}
    walk.do("lead-answer", "accepted", walk.at(agreed_date=walk.now.date()), by="lead-practitioner")
    assert not sees(walk, last)
    assert find_my_work(sight_of(last, walk.now)).team == []


def test_on_its_pages_it_can_be_settled_and_leads_back_to_their_own_work(walk: WayUp) -> None:
    pages, lead = Pages(to_the_partnership(walk)), walk.person(PARTNERSHIP)
    assert "Settle the disagreement for the partnership" in pages.words(by=lead)
    with at(walk.now):
        assert signed_in(lead, walk.now).get(f"/families/{walk.family.family.ref}").status_code == 404
    sent = pages.send("settled-by-partnership", "stands", by=lead, **{"reason-stands": "What was decided is right."})
    assert (sent.status_code, sent["Location"]) == (302, "/work")
    assert pages.get(by=lead).status_code == 404


def test_the_word_is_given_to_nobody_who_sees_it_anyway(walk: WayUp) -> None:
    opened = access_transfer_to_read(walk.run.ref, by=walk.person("early-help-coordinator"), now=walk.now)
    assert ASKED not in opened.words
