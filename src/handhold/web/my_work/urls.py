"""Addresses of my work."""

from django.urls import path

from handhold.web.my_work import views

urlpatterns = [
    path("work", views.my_work, name="my-work"),
    path("work/team", views.team_work, name="team-work"),
    path("work/families", views.my_families, name="my-families"),
]
