"""Addresses of children."""

from django.urls import path

from handhold.web.children import views

urlpatterns = [
    path("children", views.index, name="children"),
    path("children/<str:ref>", views.child, name="child"),
]
