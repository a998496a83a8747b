"""Addresses of children."""

from django.urls import path

from handhold.web.children import joining

urlpatterns = [
    path("children/joined/<str:ref>", joining.joining, name="joining"),
    path("children/<str:ref>", joining.child, name="child"),
    path("children/<str:ref>/same-child", joining.same_child, name="same-child"),
]
