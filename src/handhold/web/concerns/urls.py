"""Addresses of safeguarding concerns."""

from django.urls import path

from handhold.web.concerns import views

urlpatterns = [
    path("concerns/new", views.new_concern, name="new-concern"),
    path("concerns/sent", views.concern_sent, name="concern-sent"),
    path("concerns/<str:ref>", views.concern, name="concern"),
    path("concerns/<str:ref>/received", views.received, name="concern-received"),
    path("concerns/<str:ref>/decision", views.decision, name="concern-decision"),
]
