"""Addresses of families."""

from django.urls import path

from handhold.web.families import views

urlpatterns = [
    path("families", views.families, name="families"),
    path("families/<str:ref>", views.family, name="family"),
    path("families/<str:ref>/papers", views.papers, name="family-papers"),
    path("families/<str:ref>/chronology", views.chronology, name="family-chronology"),
    path("assessments/<str:ref>/draft-read", views.draft_read, name="draft-read"),
    path("documents/<str:ref>", views.document, name="document"),
]
