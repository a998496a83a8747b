"""Addresses of a transfer and of what belongs to it."""

from django.urls import path

from handhold.web.transfers import inspection, versions, views

urlpatterns = [
    path("families/<str:ref>/transfers/new", views.start, name="start-transfer"),
    path("transfers/<str:ref>", views.transfer, name="transfer"),
    path("transfers/<str:ref>/messages", views.message, name="transfer-message"),
    path("transfers/<str:ref>/story", views.story, name="transfer-story"),
    path("transfers/<str:ref>/whole", inspection.whole, name="transfer-whole"),
    path("transfers/<str:ref>/whole.pdf", inspection.whole_pdf, name="transfer-whole-pdf"),
    path("transfers/<str:ref>/picture", views.picture, name="transfer-picture"),
    path("transfers/<str:ref>/version", versions.version, name="transfer-version"),
    path("transfers/<str:ref>/documents/<str:document_ref>", views.document, name="transfer-document"),
]
