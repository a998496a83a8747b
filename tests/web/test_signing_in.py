"""Who comes in, who does not, and what the door says."""

import pytest
from django.core.cache import cache
from django.test import Client

from handhold.records.models import Account
from handhold.web.sign_in.throttle import FAILURES_ALLOWED
from tests.web.conftest import PASSWORD

pytestmark = pytest.mark.django_db
RIGHT = {"email": "samira@york.example", "password": PASSWORD, "once": "7c0f0d3a-1d5e-4b43-9d0c-0f3f1c1e8a11"}
WRONG = {**RIGHT, "password": "something else"}
NOT_RIGHT = "The email address or the password is not right"


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_right_password_leads_to_my_work(client: Client, samira: Account) -> None:
    answer = client.post("/sign-in", RIGHT, follow=True)
    assert answer.redirect_chain[-1][0] == "/work"
    assert is_in(client)
    assert "Samira Malik" in answer.content.decode()


def test_the_address_may_be_typed_in_any_letter_case(client: Client, samira: Account) -> None:
    client.post("/sign-in", {**RIGHT, "email": " Samira@York.EXAMPLE "})
    assert is_in(client)


@pytest.mark.parametrize("typed", [WRONG, {**WRONG, "email": "nobody@york.example"}])
def test_the_door_does_not_say_which_of_the_two_was_wrong(
    client: Client, samira: Account, typed: dict[str, str]
) -> None:
    answer = client.post("/sign-in", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert not is_in(client)
    assert page.count(NOT_RIGHT) == 1
    assert "<title>Error: Sign in - Handhold</title>" in page
    assert f'value="{typed["email"]}"' in page
    assert typed["password"] not in page


def test_what_was_left_out_is_said_at_its_place_and_in_the_summary(client: Client) -> None:
    page = client.post("/sign-in", {"once": RIGHT["once"]}).content.decode()
    assert '<a href="#email">Enter your email address</a>' in page
    assert '<a href="#password">Enter your password</a>' in page
    assert 'id="email-error"' in page


def test_an_account_that_was_closed_stays_out(client: Client, samira: Account) -> None:
    Account.objects.filter(pk=samira.pk).update(is_active=False)
    assert NOT_RIGHT in client.post("/sign-in", RIGHT).content.decode()
    assert not is_in(client)


def test_after_many_failures_even_the_right_password_must_wait(client: Client, samira: Account) -> None:
    for _ in range(FAILURES_ALLOWED):
        assert NOT_RIGHT in client.post("/sign-in", WRONG).content.decode()
    assert "Wait 15 minutes" in client.post("/sign-in", RIGHT).content.decode()
    assert not is_in(client)


def test_one_failure_less_and_the_right_password_comes_in(client: Client, samira: Account) -> None:
    for _ in range(FAILURES_ALLOWED - 1):
        client.post("/sign-in", WRONG)
    client.post("/sign-in", RIGHT)
    assert is_in(client)


def test_coming_in_forgets_the_failures(client: Client, samira: Account) -> None:
    for _ in range(FAILURES_ALLOWED - 1):
        client.post("/sign-in", WRONG)
    client.post("/sign-in", RIGHT)
    client.post("/sign-out")
    client.post("/sign-in", WRONG)
    client.post("/sign-in", RIGHT)
    assert is_in(client)


def test_an_unknown_address_must_wait_too(client: Client) -> None:
    stranger = {**WRONG, "email": "nobody@york.example"}
    for _ in range(FAILURES_ALLOWED):
        client.post("/sign-in", stranger)
    assert "Wait 15 minutes" in client.post("/sign-in", stranger).content.decode()


def test_the_page_that_was_asked_for_comes_next(client: Client, samira: Account) -> None:
    asked = client.get("/work")
    assert asked.headers["Location"] == "/sign-in?next=/work"
    page = client.get(asked.headers["Location"]).content.decode()
    assert '<input type="hidden" name="next" value="/work">' in page
    assert client.post("/sign-in", {**RIGHT, "next": "/work"}).headers["Location"] == "/work"


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(client: Client, samira: Account, elsewhere: str) -> None:
    assert client.post("/sign-in", {**RIGHT, "next": elsewhere}).headers["Location"] == "/"


def test_signing_out_ends_the_session(signed_in: Client) -> None:
    answer = signed_in.post("/sign-out")
    assert answer.headers["Location"] == "/sign-in"
    assert not is_in(signed_in)


def test_a_link_cannot_sign_anybody_out(signed_in: Client) -> None:
    assert signed_in.get("/sign-out").status_code == 405
    assert is_in(signed_in)


def test_a_sign_in_from_another_site_is_refused(samira: Account) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sign-in", RIGHT)
    assert answer.status_code == 403
    assert "Send the page again" in answer.content.decode()
    assert not is_in(client)


def test_the_session_begins_anew_with_the_person(client: Client, samira: Account) -> None:
    client.get("/sign-in")
    session = client.session
    session["before"] = "1"
    session.save()
    before = session.session_key
    client.post("/sign-in", RIGHT)
    assert client.session.session_key != before
