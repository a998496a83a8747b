"""Addresses of the procedure's pages."""

from django.urls import path

from handhold.web.protocol_pages import views

urlpatterns = [
    path("protocol", views.protocol, name="protocol"),
    path("protocol/clauses", views.clauses, name="protocol-clauses"),
    path("protocol/pathways/<str:name>", views.pathway, name="protocol-pathway"),
]
