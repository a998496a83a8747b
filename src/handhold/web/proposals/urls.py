"""Addresses of a request to lead."""

from django.urls import path

from handhold.web.proposals import views

urlpatterns = [
    path("transfers/<str:ref>/proposal", views.proposal, name="proposal"),
    path("transfers/<str:ref>/proposal/need", views.need, name="proposal-need"),
    path("transfers/<str:ref>/proposal/answer", views.answer, name="proposal-answer"),
    path("transfers/<str:ref>/proposal/done", views.done, name="proposal-done"),
]
