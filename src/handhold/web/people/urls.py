"""Addresses of the people who work."""

from django.urls import path

from handhold.web.people import absences, caseloads, leavers, views

urlpatterns = [
    path("work/people", views.people, name="people"),
    path("practitioners/<slug:ref>/caseload", caseloads.caseload, name="caseload"),
    path("practitioners/<slug:ref>/leaving", leavers.leaving, name="leaving"),
    path("practitioners/<slug:ref>/absences", absences.absences, name="absences"),
    path("practitioners/<slug:ref>/absences/end", absences.end, name="absence-end"),
    path("practitioners/<slug:ref>/closures/end", absences.end_of_closure, name="closure-end"),
]
