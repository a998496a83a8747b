"""My work: every role's first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """Greets the person who is signed in."""
    return render(request, "my_work/my_work.html")
