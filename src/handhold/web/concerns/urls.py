"""Addresses of safeguarding concerns."""

from django.urls import path

from handhold.web.concerns import afterwards, views

urlpatterns = [
    path("concerns/new", views.new_concern, name="new-concern"),
    path("concerns/sent", views.concern_sent, name="concern-sent"),
    path("concerns/<str:ref>", views.concern, name="concern"),
    path("concerns/<str:ref>/received", views.received, name="concern-received"),
    path("concerns/<str:ref>/decision", views.decision, name="concern-decision"),
    path("concerns/<str:ref>/discussion", afterwards.discussion, name="concern-discussion"),
    path("concerns/<str:ref>/about", afterwards.about, name="concern-about"),
    path("concerns/<str:ref>/hand-on", afterwards.hand_on, name="concern-hand-on"),
    path("concerns/<str:ref>/child", afterwards.link, name="concern-link"),
    path("concerns/<str:ref>/disagreement", afterwards.disagreement, name="concern-disagreement"),
    path("concerns/<str:ref>/release", afterwards.release, name="concern-release"),
]
