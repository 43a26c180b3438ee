"""Addresses of the trainee face."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from . import (
    assignment,
    card,
    certificates,
    choose,
    eligibility,
    group,
    home,
    media,
    my_time,
    notice,
    package,
    proof,
    quiz,
    record,
    sheet,
    study,
    unit,
    workshops,
)

app_name = "trainee"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("me/", home.me, name="me"),
    path("group/", group.group, name="group"),
    path("study/", study.study, name="study"),
    path("time/", my_time.my_time, name="my_time"),
    path("time/proofs/", proof.proofs, name="proofs"),
    path("time/proofs/<str:unit>.json", proof.proof, name="proof"),
    path("study/<str:public_id>/", unit.unit, name="unit"),
    path("media/<str:public_id>/<str:name>", media.media, name="media"),
    path("choose/", choose.choose, name="choose"),
    path("choose/<str:pid>/", choose.choose_save, name="choose_save"),
    path("choose/<str:pid>/withdraw/", choose.choose_withdraw, name="choose_withdraw"),
    path("card/", card.card, name="card"),
    path("card/activate/", card.card_activate, name="card_activate"),
    path("record/", record.record, name="record"),
    path("study/<str:public_id>/quiz/", quiz.quiz, name="quiz"),
    path("study/<str:public_id>/hand-in/", assignment.hand_in, name="hand_in"),
    path("study/<str:public_id>/package/", package.package, name="package"),
    path("study/<str:public_id>/package/report/", package.package_report, name="package_report"),
    path("study/<str:public_id>/package/launch/", package.package_launch, name="package_launch"),
    path("study/<str:public_id>/package/again/", package.package_again, name="package_again"),
    path("workshops/", workshops.workshops, name="workshops"),
    path("activity/<str:public_id>/", workshops.activity, name="activity"),
    path("record/sheet.pdf", sheet.year_sheet, name="year_sheet"),
    path("notice/", notice.notice, name="notice"),
    path("notice/object/", notice.object_to, name="object"),
    path("notice/objections/<str:pid>/withdraw/", notice.withdraw, name="objection_withdraw"),
    path("certificates/", certificates.certificates, name="certificates"),
    path("certificates/<str:pid>.pdf", certificates.certificate_pdf, name="certificate_pdf"),
    path("record/why/", eligibility.why, name="why"),
    path("eligibility/", eligibility.eligibility, name="eligibility"),
    path("eligibility/issue/", eligibility.issue, name="eligibility_issue"),
    path("eligibility/<str:pid>.pdf", eligibility.statement_pdf, name="eligibility_pdf"),
    path("eligibility/<str:pid>/", eligibility.statement, name="eligibility_statement"),
]
