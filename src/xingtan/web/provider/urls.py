"""Addresses of the provider face."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from . import courses, enter, home, preview, records

app_name = "provider"
urlpatterns: list[URLPattern | URLResolver] = [
    path("courses/", courses.course_list, name="courses"),
    path("courses/new/", courses.course_new, name="course_new"),
    path("courses/add/", courses.course_add, name="course_add"),
    path("courses/<str:public_id>/", courses.course, name="course"),
    path("courses/<str:public_id>/review/", courses.course_review, name="course_review"),
    path("courses/<str:public_id>/<str:unit_id>/play/", preview.play, name="unit_play"),
    path("courses/<str:public_id>/<str:unit_id>/<str:name>", courses.unit_file, name="unit_file"),
    path("records/", records.records, name="records"),
    path("records/upload/", records.records_upload, name="records_upload"),
    path("records/template.xlsx", records.records_template, name="records_template"),
    path("records/<str:public_id>/", records.records_preview, name="records_preview"),
    path("records/<str:public_id>/problems.xlsx", records.records_problems, name="records_problems"),
    path("records/<str:public_id>/deliver/", records.records_deliver, name="records_deliver"),
    path("", home.home, name="home"),
    path("enter/", enter.enter, name="enter"),
    path("enter/now/", enter.enter_now, name="enter_now"),
]
