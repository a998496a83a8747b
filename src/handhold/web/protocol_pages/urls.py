"""Addresses of the procedure's pages."""

from django.urls import path

from handhold.web.protocol_pages import numbers, views

urlpatterns = [
    path("protocol", views.protocol, name="protocol"),
    path("protocol/clauses", views.clauses, name="protocol-clauses"),
    path("protocol/doubts", views.doubts, name="protocol-doubts"),
    path("protocol/changes", views.changes, name="protocol-changes"),
    path("protocol/promises", views.promises, name="promises"),
    path("protocol/numbers", numbers.numbers, name="numbers"),
    path("protocol/numbers/<str:code>", numbers.number, name="number"),
    path("protocol/numbers/revisions/<int:revision>/live", numbers.approval, name="numbers-live"),
    path("protocol/pathways/<str:name>", views.pathway, name="protocol-pathway"),
]
