"""Addresses of the figures."""

from django.urls import path

from handhold.web.figures import views

urlpatterns = [
    path("figures", views.figures, name="figures"),
    path("figures/exceptions", views.exceptions, name="figures-exceptions"),
]
