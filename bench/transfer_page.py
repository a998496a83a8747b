"""The page of a transfer half way through, against an empty page of the same frame, both signed in, in process."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client, RequestFactory
from tests.actions.walking import Walk
from tests.records.factories import make_account

from bench.measuring import Ratio, measure


def empty_page(request: HttpRequest) -> HttpResponse:
    """The frame with nothing in it."""
    return render(request, "layout.html", {})


def measure_transfer_page(walk: Walk) -> list[Ratio]:
    """Three children, the practitioner allocated, the handover still to come."""
    account = make_account(walk.person("social-worker"))
    client = Client(HTTP_HOST="localhost")
    client.force_login(account)
    address = f"/transfers/{walk.run.ref}"
    answered = client.get(address)
    assert answered.status_code == 200, answered.status_code

    def empty() -> None:
        request = RequestFactory().get("/", HTTP_HOST="localhost")
        request.user = account
        request.session = client.session
        request._messages = []  # type: ignore[attr-defined]  # noqa: SLF001 - what Django's middleware would set
        empty_page(request)

    name = f"the transfer page, {len(walk.child_refs)} children, {len(answered.content) // 1024} kB"
    ours = ("GET in process", lambda: client.get(address))
    return [measure(name, ours, ("an empty page of the frame", empty), pairs=40, inner=2)]
