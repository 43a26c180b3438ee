"""Addresses of the bureau face."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from xingtan.web.cards.urls import CARDS
from xingtan.web.entrance.site_urls import urlpatterns as sites
from xingtan.web.people import urls as people_urls
from xingtan.web.school import roster_urls
from xingtan.web.tenders.urls import OFFICE

from . import (
    audit,
    cards,
    certificates,
    classes,
    dashboard,
    forming,
    handover,
    layouts,
    opening,
    people,
    policies,
    projects,
    proof,
    seers,
    teacher,
    unattended,
    years,
)
from .admissions.urls import ADMISSIONS
from .circumstance_urls import CIRCUMSTANCES
from .closing_urls import CLOSING
from .eligibility_urls import ELIGIBILITY
from .group_urls import STUDY_GROUPS
from .paper_urls import PAPERS
from .planning.urls import PLANS
from .project_pages.urls import PROJECTS
from .quotas.urls import QUOTAS
from .recognition_urls import RECOGNITION
from .register_urls import REGISTERS
from .review_urls import REVIEWS
from .surveys.urls import SURVEYS
from .watching_urls import WATCHING
from .workbench_urls import WORKBENCH

app_name = "bureau"
urlpatterns: list[URLPattern | URLResolver] = [
    *WORKBENCH,
    *sites,
    *CLOSING,
    *CIRCUMSTANCES,
    *RECOGNITION,
    *STUDY_GROUPS,
    *people_urls.BUREAU,
    *roster_urls.BUREAU,
    *ELIGIBILITY,
    *WATCHING,
    *REVIEWS,
    *PAPERS,
    *REGISTERS,
    *CARDS,
    *PLANS,
    *SURVEYS,
    *PROJECTS,
    *QUOTAS,
    *ADMISSIONS,
    *OFFICE,
    path("people/", people.people, name="people"),
    path("people/give/", people.give, name="give_role"),
    path("people/confirm/", people.confirm, name="confirm_roles"),
    path("people/unattended/", unattended.schools, name="unattended"),
    path("people/handed/<str:pid>/", handover.handed, name="handed"),
    path("people/<int:grant_id>/end/", people.end, name="end_role"),
    path("people/<str:pid>/handover/", handover.handover, name="handover"),
    path("teachers/<str:public_id>/who-sees/", seers.seers, name="who_sees"),
    path("", dashboard.dashboard, name="dashboard"),
    path("branch/<str:pid>/", dashboard.dashboard, name="branch"),
    path("layouts/", layouts.layouts, name="layouts"),
    path("layouts/<str:code>/", layouts.download, name="layout"),
    path("years/", years.years, name="years"),
    path("years/open/", years.open_year, name="open_year"),
    path("years/open/<int:pack_id>/<int:year>/", years.open_year_now, name="open_year_now"),
    path("years/<int:year>/", years.year, name="year"),
    path("years/<int:year>/windows/<str:kind>/", years.window, name="window"),
    path("policies/", policies.packs, name="policies"),
    path("policies/adopt/<str:code>/", policies.adopt_bundled, name="adopt_bundled"),
    path("policies/<int:pack_id>/", policies.pack, name="policy"),
    path("projects/", projects.project_list, name="projects"),
    path("projects/draft/", projects.draft, name="draft_project"),
    path("projects/<str:pid>/", projects.project, name="project"),
    path("projects/<str:pid>/change/", projects.change, name="change_project"),
    path("projects/<str:pid>/offers/", projects.add_offer, name="add_offer"),
    path("projects/<str:pid>/offers/<str:offer>/remove/", projects.remove_offer, name="remove_offer"),
    path("projects/<str:pid>/classes/", classes.classes, name="classes"),
    path("projects/<str:pid>/classes/forming/", forming.forming, name="class_forming"),
    path("projects/<str:pid>/classes/forming/<int:number>/", forming.draft_class, name="class_draft"),
    path("projects/<str:pid>/classes/forming/move/", forming.move, name="class_move"),
    path("projects/<str:pid>/classes/forming/arrange/", forming.arrange, name="class_arrange"),
    path("projects/<str:pid>/classes/forming/drop/", forming.drop, name="class_drop"),
    path("projects/<str:pid>/publish/", projects.publish, name="publish_project"),
    path("projects/<str:pid>/close/", projects.close, name="close_project"),
    path("audit/", audit.audit, name="audit"),
    path("cards/", cards.cards, name="cards"),
    path("cards/register/", cards.cards_register, name="cards_register"),
    path("cards/issue/", cards.cards_issue, name="cards_issue"),
    path("opening/import/", opening.opening, name="opening_import"),
    path("opening/template.xlsx", opening.template, name="opening_template"),
    path("teachers/<str:public_id>/", teacher.teacher, name="teacher"),
    path("teachers/<str:public_id>/proofs/", proof.proofs, name="proofs"),
    path("teachers/<str:public_id>/proofs/<str:unit>.json", proof.proof, name="proof"),
    path("teachers/<str:public_id>/reverse/", teacher.reverse, name="reverse"),
    path("certificates/", certificates.certificates, name="certificates"),
    path("certificates/school/<str:pid>/<int:year>.pdf", certificates.school_pdf, name="certificates_school_pdf"),
    path("certificates/<str:pid>.pdf", certificates.certificate_pdf, name="certificate_pdf"),
    path("certificates/<str:pid>/", certificates.certificate, name="certificate"),
    path("certificates/<str:pid>/revoke/", certificates.revoke, name="certificate_revoke"),
    path("certificates/<str:pid>/reissue/", certificates.reissue, name="certificate_reissue"),
]
