"""Addresses of my work."""

from django.urls import path

from handhold.web.my_work import allocating, exports, filters, taking, views

urlpatterns = [
    path("work", views.my_work, name="my-work"),
    path("work/team", views.team_work, name="team-work"),
    path("work/to-take", views.work_to_take, name="work-to-take"),
    path("work/to-take/<slug:code>/<str:ref>", taking.take_up_now, name="take-up"),
    path("work/families", views.my_families, name="my-families"),
    path("work/families/reallocate", allocating.allocate_families, name="allocate-families"),
    path("work/families/reallocated", allocating.allocated, name="families-allocated"),
    path("work/all", views.all_work, name="all-work"),
    path("work/filters", filters.saved_filters, name="saved-filters"),
    path("work/filters/save/<slug:worklist>", filters.save, name="save-filter"),
    path("work/filters/<str:ref>", filters.rename, name="rename-filter"),
    path("work/filters/<str:ref>/remove", filters.remove, name="remove-filter"),
    path("work/export/<slug:worklist>", exports.export_work, name="export-work"),
]
