"""Addresses of my work."""

from django.urls import path

from handhold.web.my_work import views

urlpatterns = [
    path("work", views.my_work, name="my-work"),
]
