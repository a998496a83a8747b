"""Addresses of queues."""

from django.urls import path

from handhold.web.queues import views

urlpatterns = [
    path("queues", views.queues, name="queues"),
    path("queues/<slug:code>", views.queue, name="queue"),
]
