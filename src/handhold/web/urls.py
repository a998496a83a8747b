"""Addresses of the pages, by journey. Every page asks for a sign-in unless its view says `login_not_required`."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView, TemplateView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="my-work"), name="home"),
    path("", include("handhold.web.sign_in.urls")),
    path("", include("handhold.web.my_work.urls")),
    path("", include("handhold.web.search.urls")),
    path("", include("handhold.web.figures.urls")),
    path("", include("handhold.web.concerns.urls")),
    path("", include("handhold.web.papers.urls")),
    path("", include("handhold.web.referrals.urls")),
    path("", include("handhold.web.people.urls")),
    path("", include("handhold.web.families.urls")),
    path("", include("handhold.web.children.urls")),
    path("", include("handhold.web.protocol_pages.urls")),
    path("", include("handhold.web.proposals.urls")),
    path("", include("handhold.web.packs.urls")),
    path("", include("handhold.web.meetings.urls")),
    path("", include("handhold.web.queues.urls")),
    path("", include("handhold.web.transfers.urls")),
    path("", include("handhold.web.steps.urls")),
    path(
        "accessibility",
        login_not_required(TemplateView.as_view(template_name="shell/accessibility.html")),
        name="accessibility",
    ),
]
