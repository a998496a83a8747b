"""How what an action or the access raises is answered, on every page alike. Refusals with reasons are a page's own."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.defaults import page_not_found

from handhold.access.transfers import NotHere
from handhold.actions.once import AlreadySubmitted
from handhold.actions.refusals import NoSuchChoice
from handhold.casefiles.protocols import ProtocolChanged


class AnswersOfActions:
    """Django's middleware. The transaction of the request is already rolled back when it is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand the request on. No page is kept by a browser or a proxy: they are about children."""
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Outside one's scope is the same page as not there at all; a second click leads where the first did."""
        if isinstance(exception, AlreadySubmitted):
            return redirect(exception.answer_url)
        if isinstance(exception, NotHere | NoSuchChoice):
            return page_not_found(request, Http404())
        if isinstance(exception, ProtocolChanged):
            return render(request, "protocol_changed.html", status=503)
        return None
