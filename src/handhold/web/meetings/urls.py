"""Addresses of weekly meetings."""

from django.urls import path

from handhold.web.meetings import views

urlpatterns = [
    path("meetings", views.meetings, name="meetings"),
    path("meetings/<str:ref>", views.meeting, name="meeting"),
    path("meetings/<str:ref>/requests/<str:run_ref>", views.decide, name="meeting-decide"),
    path("meetings/<str:ref>/finish", views.finish, name="meeting-finish"),
    path("meetings/<str:ref>/record.pdf", views.record_pdf, name="meeting-record"),
]
