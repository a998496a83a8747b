"""Addresses of families."""

from django.urls import path

from handhold.web.families import alerts, chronology, communication, household, looked, views

urlpatterns = [
    path("families", views.families, name="families"),
    path("families/<str:ref>", views.family, name="family"),
    path("families/<str:ref>/papers", views.papers, name="family-papers"),
    path("families/<str:ref>/chronology", chronology.chronology, name="family-chronology"),
    path("families/<str:ref>/chronology/print", chronology.chronology_print, name="chronology-print"),
    path("families/<str:ref>/looked", looked.looked, name="looked"),
    path("families/<str:ref>/alerts", alerts.alerts, name="alerts"),
    path("families/<str:ref>/alerts/new", alerts.new_alert, name="new-alert"),
    path("families/<str:ref>/people/<str:person>/communication", communication.communication, name="communication"),
    path("families/<str:ref>/people", household.household, name="household"),
    path("families/<str:ref>/people/new", household.new_member, name="new-member"),
    path("families/<str:ref>/people/tell", household.tell, name="tell-of-household"),
    path("families/<str:ref>/people/<str:person>/birth", household.birth, name="household-birth"),
    path("families/<str:ref>/people/<str:person>/correction", household.correction, name="household-correction"),
    path("families/<str:ref>/people/<str:person>/leaving", household.leaving, name="household-leaving"),
    path("families/<str:ref>/people/<str:person>/moving-in", household.moving_in, name="household-moving-in"),
    path("alerts/<str:ref>/end", alerts.end, name="end-alert"),
    path("assessments/<str:ref>/draft-read", views.draft_read, name="draft-read"),
    path("documents/<str:ref>", views.document, name="document"),
]
