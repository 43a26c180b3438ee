"""Addresses of the school face."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from xingtan.web.people import urls as people_urls

from . import assign, bills, entries, month_urls, notice, paper_urls, roster_urls, selections, sheets, teacher

app_name = "school"
urlpatterns: list[URLPattern | URLResolver] = [
    *people_urls.SCHOOL,
    *roster_urls.SCHOOL,
    *month_urls.MONTH,
    *paper_urls.PAPERS,
    path("assign/", assign.assign, name="assign"),
    path("assign/<str:pid>/", assign.assign_now, name="assign_now"),
    path("selections/", selections.selections, name="selections"),
    path("selections/confirm/", selections.selections_confirm, name="selections_confirm"),
    path("selections/confirm-clean/", selections.selections_confirm_clean, name="selections_confirm_clean"),
    path("selections/send-back/", selections.selections_send_back, name="selections_send_back"),
    path("bills/", bills.bills, name="bills"),
    path("bills/rest/", bills.bills_rest, name="bills_rest"),
    path("bills/<str:pid>/", bills.bill, name="bill"),
    path("bills/<str:pid>/pay/", bills.bill_pay, name="bill_pay"),
    path("bills/<str:pid>/void/", bills.bill_void, name="bill_void"),
    path("entries/", entries.entries, name="entries"),
    path("entries/decide/", entries.decide, name="entries_decide"),
    path("teachers/<str:public_id>/", teacher.teacher, name="teacher"),
    path("notice/", notice.notice, name="notice"),
    path("notice/sign/", notice.sign, name="notice_sign"),
    path("notice/list/", notice.notice_list, name="notice_list"),
    path("notice/teachers/<str:public_id>/", notice.object_for, name="object_for"),
    path("notice/teachers/<str:public_id>/file/", notice.file_for, name="object_for_now"),
    path("sheets/", sheets.sheets, name="sheets"),
    path("sheets/records.pdf", sheets.records, name="sheets_records"),
    path("sheets/list.pdf", sheets.review_list, name="sheets_list"),
    path("sheets/certificates.pdf", sheets.school_certificates, name="sheets_certificates"),
    path("sheets/<str:pid>.pdf", sheets.record, name="sheet"),
]
