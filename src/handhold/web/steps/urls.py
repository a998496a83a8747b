"""Addresses of the steps of a transfer and of their exceptions."""

from django.urls import path

from handhold.web.steps import corrections, exceptions, views

urlpatterns = [
    path("transfers/<str:ref>/steps/<str:step>", views.step, name="step"),
    path("transfers/<str:ref>/steps/<str:step>/correction", corrections.correct, name="step-correction"),
    path(
        "transfers/<str:ref>/steps/<str:step>/exception/correction",
        corrections.correct_exception,
        name="exception-correction",
    ),
    path("transfers/<str:ref>/steps/<str:step>/exception", exceptions.ask, name="step-exception"),
    path("transfers/<str:ref>/steps/<str:step>/exception/decision", exceptions.decide, name="step-exception-decision"),
]
