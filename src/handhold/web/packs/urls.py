"""Addresses of the pack and of the family's letter."""

from django.urls import path

from handhold.web.packs import views

urlpatterns = [
    path("transfers/<str:ref>/pack", views.pack, name="pack"),
    path("transfers/<str:ref>/pack.pdf", views.pack_pdf, name="pack-pdf"),
    path("transfers/<str:ref>/family-letter.pdf", views.family_letter_pdf, name="family-letter-pdf"),
]
