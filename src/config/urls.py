"""Which package answers which address. The pages themselves are in handhold.web.urls."""

from django.urls import include, path

urlpatterns = [
    path("", include("handhold.web.urls")),
]
