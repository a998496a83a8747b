"""Who the frame takes somebody for, and which lists it offers them."""

from datetime import UTC, date, datetime, time

import pytest
from django.test import Client

from handhold.queries.signed_in import SignedIn, find_account, find_signed_in
from handhold.records.models import Account, Agency, MeetingSeries, Post, PostHolding, Practitioner, Queue, Team
from handhold.web.navigation import PLACES

NOW = datetime(2026, 12, 8, 10, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def seen(account: Account) -> SignedIn:
    account_of_session = find_account(account.pk, NOW)
    assert account_of_session is not None
    found = find_signed_in(account_of_session, NOW)
    assert found is not None
    return found


def offered(person: SignedIn) -> list[str]:
    return [place.words for place in PLACES if place.is_for(person)]


@pytest.fixture
def post(council: Agency) -> Post:
    return Post.objects.create(authority=council.authority, code="queue-owner", title="Owner of the queue")


@pytest.fixture
def queue(post: Post) -> Queue:
    return Queue.objects.create(authority=post.authority, code="advice", label="Advice", owner_post=post)


def test_a_worker_is_shown_by_name_with_their_council_and_its_procedure(samira: Account) -> None:
    person = seen(samira)
    assert (person.name, person.job_title, person.is_council) == ("Samira Malik", "Social worker", True)
    assert person.procedure.status == "DRAFT"
    assert offered(person) == ["My work", "Families"]


def test_a_holder_of_the_post_is_offered_its_queue_while_they_hold_it(samira: Account, queue: Queue) -> None:
    assert not seen(samira).has_queues
    worker = Practitioner.objects.get(account=samira)
    holding = PostHolding.objects.create(post=queue.owner_post, practitioner=worker, during=(LONG_AGO, None))
    assert seen(samira).has_queues
    PostHolding.objects.filter(pk=holding.pk).update(during=(LONG_AGO, NOW))
    assert not seen(samira).has_queues


def test_a_team_is_offered_the_queue_of_its_post(samira: Account, queue: Queue, council: Agency) -> None:
    team = Team.objects.create(agency=council, code="advice", name="Advice team")
    Post.objects.update(team=team)
    assert not seen(samira).has_queues
    Practitioner.objects.filter(account=samira).update(team=team)
    assert seen(samira).has_queues


def test_a_council_is_offered_its_meetings_and_a_partner_is_not(samira: Account, post: Post) -> None:
    MeetingSeries.objects.create(
        authority=post.authority, code="weekly", title="Weekly", weekday=1, start_time=time(10), chair_post=post
    )
    assert "Meetings" in offered(seen(samira))
    Agency.objects.update(kind=Agency.Kind.SCHOOL)
    assert offered(seen(samira)) == ["My work", "Families"]


@pytest.mark.parametrize(("left", "there"), [(date(2026, 12, 8), False), (date(2026, 12, 9), True), (None, True)])
def test_somebody_who_has_left_is_nobody_from_that_day_on(samira: Account, left: date | None, there: bool) -> None:
    Practitioner.objects.filter(account=samira).update(left_date=left)
    account = find_account(samira.pk, NOW)
    assert account is not None
    assert (find_signed_in(account, NOW) is not None) is there


def test_an_account_without_a_practitioner_is_shown_nothing_of_a_council(client: Client, samira: Account) -> None:
    Account.objects.filter(pk=samira.pk).update(practitioner=None)
    client.force_login(samira)
    page = client.get("/work").content.decode()
    assert "(DRAFT)" not in page
    assert "Samira" not in page
    assert "Sign out" in page
