"""Addresses of the public face."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from xingtan.web.tenders.urls import PUBLIC

from . import acting, check, deputies, member, notices, projects, service, signing, surveys, tokens, views

app_name = "public"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.front, name="front"),
    path("projects/", projects.project_list, name="projects"),
    path("projects/feed.atom", projects.feed, name="projects_feed"),
    path("projects/<str:pid>/", projects.project, name="project"),
    *PUBLIC,
    path("notices/", notices.posted, name="notices"),
    path("notices/<str:pid>/", notices.notice, name="notice"),
    path("notices/<str:pid>/<str:school>/", notices.school, name="notice_school"),
    path("objections/<str:pid>/", notices.objection, name="objection"),
    path("check/", check.check, name="check"),
    path("members/", member.member_apply, name="member_apply"),
    path("members/<str:receipt>/", member.member_receipt, name="member_receipt"),
    path("check/<str:text>/", check.check_result, name="check_result"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("sign-in/", signing.sign_in, name="sign_in"),
    path("sign-out/", signing.sign_out, name="sign_out"),
    path("activate/", signing.activate, name="activate"),
    path("", include("xingtan.web.entrance.urls")),
    path("language/", signing.language, name="language"),
    path("role/", signing.switch_role, name="switch_role"),
    path("acting/", acting.choose, name="acting"),
    path("acting/stop/", acting.stop_acting, name="stop_acting"),
    path("acting/school/<str:pid>/", acting.for_school, name="act_for_school"),
    path("acting/teacher/<str:pid>/", acting.for_teacher, name="act_for_teacher"),
    path("deputies/", deputies.deputies, name="deputies"),
    path("deputies/<int:grant_id>/end/", deputies.dismiss, name="deputy_end"),
    path("tokens/", tokens.own_tokens, name="tokens"),
    path("tokens/revoke/", tokens.revoke, name="token_revoke"),
    path("surveys/", surveys.survey_list, name="surveys"),
    path("surveys/<str:pid>/", surveys.survey, name="survey"),
    path("surveys/<str:pid>/draft/", surveys.draft, name="survey_draft"),
    path("messages/", service.inbox, name="messages"),
    path("job/<str:pid>/", service.job, name="job"),
    path("job/<str:pid>/report/", service.job_report, name="job_report"),
    path("files/<str:pid>/", service.file, name="file"),
    path("healthz", service.healthz, name="healthz"),
    path("readyz", service.readyz, name="readyz"),
]
