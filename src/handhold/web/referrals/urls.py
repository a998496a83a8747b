"""Addresses of taking a referral in."""

from django.urls import path

from handhold.web.referrals import views

urlpatterns = [
    path("referrals/new", views.look_up, name="new-referral"),
    path("referrals/new/unknown", views.of_new_family, name="new-referral-unknown"),
    path("referrals/new/<str:ref>", views.of_known_family, name="new-referral-known"),
]
