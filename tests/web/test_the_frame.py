"""What holds for every page: closed without a sign-in, under the policy, its faults without data."""

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from jinja2 import UndefinedError

from handhold.records.models import Account, Authority
from tests.web.conftest import PASSWORD
from tests.web.test_forms import RIGHT

pytestmark = pytest.mark.django_db
OPEN_TO_ALL = {"sign-in", "accessibility"}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}


def every_address(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Each address of the application, its parameters filled with a word, and what answers it."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from every_address(entry, here)
        else:
            filled = re.sub(r"<(?:(\w+):)?\w+>", lambda found: "1" if found[1] == "int" else "ABCD2345", here)
            yield "/" + filled, entry


def test_every_page_asks_for_a_sign_in_but_the_few_that_say_otherwise(client: Client) -> None:
    opened = []
    for address, entry in every_address():
        answer = client.get(address)
        if answer.status_code != 302 or not answer.headers["Location"].startswith("/sign-in?next="):
            opened.append(entry.name)
    assert set(opened) == OPEN_TO_ALL


@pytest.mark.urls("tests.web.pages_of_parts")
def test_a_page_that_forgot_to_be_closed_would_be_found(client: Client) -> None:
    assert client.get("/parts").status_code == 302
    with pytest.raises(UndefinedError):
        client.get("/undefined")


def test_nothing_is_changed_without_a_sign_in(client: Client) -> None:
    answers = {client.post(address).status_code for address, entry in every_address() if entry.name not in OPEN_TO_ALL}
    assert answers == {302}


@pytest.mark.parametrize("address", ["/work", "/sign-in", "/accessibility", "/there-is-no-such-page"])
def test_the_policy_of_every_answer_is_strict(signed_in: Client, address: str) -> None:
    answer = signed_in.get(address)
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.urls("tests.web.pages_of_parts")
@pytest.mark.parametrize("address", ["/parts", "/fields", "/work"])
def test_no_page_has_script_or_style_within(signed_in: Client, address: str) -> None:
    page = signed_in.get(address).content.decode()
    assert re.findall(r"<script(?![^>]*\ssrc=)", page) == []
    assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:", page) == []
    assert "crown" not in page.lower()


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client: Client, samira: Account) -> None:
    client.post("/sign-in", {"email": samira.email, "password": PASSWORD, "once": str(uuid.uuid4())})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"
    assert settings.CSRF_COOKIE_HTTPONLY


def test_an_unknown_page_says_no_more_than_that(signed_in: Client) -> None:
    answer = signed_in.get("/families/ABCD2345/nothing-here")
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()
    assert "ABCD2345/nothing" not in answer.content.decode()


@pytest.mark.urls("tests.web.pages_of_parts")
def test_a_fault_of_the_code_shows_no_data(samira: Account) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(samira)
    answer = client.get("/broken")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Sorry, there is a problem" in page
    assert "Ring 999" in page
    assert "Okafor" not in page
    assert "Samira" not in page


def test_the_frame_says_who_is_signed_in_and_which_procedure_runs(signed_in: Client) -> None:
    page = signed_in.get("/work").content.decode()
    assert "Samira Malik" in page
    assert "City of York Council" in page
    assert "(DRAFT)" in page
    assert '<a class="govuk-service-navigation__link" href="/work" aria-current="page">' in page
    assert 'action="/sign-out"' in page


@pytest.mark.urls("tests.web.pages_of_parts")
@pytest.mark.parametrize("address", ["/work", "/parts", "/fields", "/accessibility", "/there-is-no-such-page"])
def test_a_concern_can_be_reported_from_every_page(signed_in: Client, address: str) -> None:
    page = signed_in.get(address).content.decode()
    report = reverse("new-concern")
    assert f'<a href="{report}" class="app-header__report">Report a safeguarding concern</a>' in page


@pytest.mark.urls("tests.web.pages_of_parts")
def test_the_success_banner_is_shown_once_after_the_redirect(signed_in: Client) -> None:
    saved = signed_in.post("/fields", RIGHT)
    assert saved.headers["Location"] == "/parts"
    banner = "Saved for Ms Okafor"
    assert banner in signed_in.get("/parts").content.decode()
    assert banner not in signed_in.get("/parts").content.decode()


@pytest.mark.urls("tests.web.pages_of_parts")
def test_a_page_with_faults_says_so_in_its_title_and_its_summary(signed_in: Client) -> None:
    answer = signed_in.post("/fields", {**RIGHT, "name": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: Fields - Handhold</title>" in page
    assert '<a href="#name">Enter the name</a>' in page
    assert "<title>Fields - Handhold</title>" in signed_in.get("/fields").content.decode()


@pytest.mark.urls("tests.web.pages_of_parts")
def test_outside_ones_scope_is_the_same_page_as_not_there_at_all(signed_in: Client) -> None:
    outside, nowhere = signed_in.get("/outside"), signed_in.get("/nowhere")
    assert (outside.status_code, nowhere.status_code) == (404, 404)
    assert without_tokens(outside) == without_tokens(nowhere)


@pytest.mark.django_db(transaction=True)
@pytest.mark.urls("tests.web.pages_of_parts")
def test_what_was_written_before_the_way_was_barred_is_taken_back(signed_in: Client) -> None:
    signed_in.get("/outside")
    assert not Authority.objects.filter(code="written-before").exists()


@pytest.mark.urls("tests.web.pages_of_parts")
def test_two_clicks_on_one_form_are_one_act_with_one_answer(signed_in: Client) -> None:
    key = {"once": str(uuid.uuid4())}
    first, second = signed_in.post("/twice", key), signed_in.post("/twice", key)
    assert first.headers["Location"] == second.headers["Location"] == "/parts?answer"
    assert signed_in.get("/parts").content.decode().count("Carried out by Samira") == 1


@pytest.mark.urls("tests.web.pages_of_parts")
def test_two_showings_of_a_form_are_two_acts(signed_in: Client) -> None:
    for _ in range(2):
        signed_in.post("/twice", {"once": str(uuid.uuid4())})
    assert signed_in.get("/parts").content.decode().count("Carried out by Samira") == 2


@pytest.mark.urls("tests.web.pages_of_parts")
def test_an_account_without_a_practitioner_cannot_act(signed_in: Client, samira: Account) -> None:
    Account.objects.filter(pk=samira.pk).update(practitioner=None)
    assert signed_in.post("/twice", {"once": str(uuid.uuid4())}).status_code == 404


def without_tokens(answer: Any) -> str:
    """The page without what differs from one answer to the next."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
