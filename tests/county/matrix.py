"""Who may open which address: written by hand, so that a right given by accident is noticed."""

from __future__ import annotations

TEACHER, CLERK, REVIEWER, COUNTY, CITY, PROVINCE = "teacher", "clerk", "reviewer", "county", "city", "province"
PROVIDER, TUTOR, LEAD, SUPERVISOR, VISITOR = "provider", "tutor", "lead", "supervisor", "visitor"

SIGNED_IN = frozenset({TEACHER, CLERK, REVIEWER, COUNTY, CITY, PROVINCE, PROVIDER, TUTOR, LEAD, SUPERVISOR})
EVERYONE = SIGNED_IN | {VISITOR}
SCHOOL = frozenset({CLERK, REVIEWER})
BUREAU = frozenset({COUNTY, CITY, PROVINCE})
OVERSIGHT = BUREAU | {SUPERVISOR}
IMPORTING = BUREAU | {CLERK}


def only(*roles: str) -> frozenset[str]:
    return frozenset(roles)


MATRIX: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        [
            "public:front",
            "public:project",
            "public:check",
            "public:check_result",
            "public:accessibility",
            "public:privacy",
            "public:sign_in",
            "public:sign_out",
            "public:activate",
            "public:language",
            "public:healthz",
            "public:readyz",
        ],
        EVERYONE,
    ),
    **dict.fromkeys(
        ["public:switch_role", "public:tokens", "public:token_revoke", "public:messages", "public:job", "public:job_report", "public:file"],
        SIGNED_IN,
    ),
    **dict.fromkeys(
        [
            "trainee:home",
            "trainee:me",
            "trainee:study",
            "trainee:unit",
            "trainee:media",
            "trainee:choose",
            "trainee:choose_save",
            "trainee:choose_withdraw",
            "trainee:card",
            "trainee:card_activate",
            "trainee:record",
            "trainee:quiz",
            "trainee:hand_in",
            "trainee:workshops",
            "trainee:activity",
            "trainee:year_sheet",
            "trainee:certificates",
            "trainee:certificate_pdf",
            "trainee:eligibility",
            "trainee:eligibility_issue",
            "trainee:eligibility_statement",
            "trainee:eligibility_pdf",
        ],
        only(TEACHER),
    ),
    **dict.fromkeys(
        [
            "school:month",
            "school:behind",
            "school:entries",
            "school:entries_decide",
            "school:sheets",
            "school:sheets_records",
            "school:sheets_list",
            "school:sheets_certificates",
            "school:sheet",
        ],
        SCHOOL,
    ),
    **dict.fromkeys(
        [
            "school:roster",
            "school:teacher_card",
            "school:selections",
            "school:bills",
            "school:bill",
            "school:teacher",
            "bureau:teachers",
            "bureau:teacher_card",
            "bureau:teacher",
            "bureau:eligibility",
            "bureau:eligibility_run",
            "bureau:eligibility_person",
            "bureau:eligibility_statement",
            "bureau:eligibility_pdf",
        ],
        SCHOOL | OVERSIGHT,
    ),
    **dict.fromkeys(["bureau:eligibility_issue", "bureau:eligibility_issue_one"], SCHOOL | BUREAU),
    **dict.fromkeys(
        [
            "school:roster_import",
            "school:roster_template",
            "school:roster_preview",
            "school:roster_commit",
            "school:teacher_unmask",
            "bureau:roster_import",
            "bureau:roster_template",
            "bureau:roster_preview",
            "bureau:roster_commit",
            "bureau:teacher_unmask",
            "bureau:cards_register",
        ],
        IMPORTING,
    ),
    **dict.fromkeys(
        ["school:slips", "school:selections_confirm", "school:selections_confirm_clean", "school:selections_send_back"], only(CLERK)
    ),
    **dict.fromkeys(["school:assign", "school:assign_now", "school:bills_rest", "school:bill_pay"], only(CLERK, COUNTY)),
    "school:bill_void": only(COUNTY),
    **dict.fromkeys(
        [
            "bureau:people",
            "bureau:give_role",
            "bureau:end_role",
            "bureau:draft_project",
            "bureau:change_project",
            "bureau:add_offer",
            "bureau:remove_offer",
            "bureau:classes",
            "bureau:publish_project",
            "bureau:close_project",
            "bureau:determination_run",
            "bureau:opening_import",
            "bureau:opening_template",
            "bureau:reverse",
            "bureau:certificate_revoke",
        ],
        BUREAU,
    ),
    **dict.fromkeys(
        [
            "bureau:dashboard",
            "bureau:branch",
            "bureau:years",
            "bureau:year",
            "bureau:projects",
            "bureau:project",
            "bureau:cards",
            "bureau:queue",
            "bureau:determination",
            "bureau:certificates",
            "bureau:certificates_school_pdf",
            "bureau:certificate_pdf",
            "bureau:certificate",
        ],
        OVERSIGHT,
    ),
    **dict.fromkeys(
        ["bureau:policies", "bureau:policy", "bureau:compare_packs", "bureau:policy_document", "bureau:pack_text"],
        OVERSIGHT | SCHOOL | {PROVIDER, TUTOR, LEAD},
    ),
    **dict.fromkeys(
        [
            "bureau:drafts",
            "bureau:draft_start",
            "bureau:draft",
            "bureau:draft_save",
            "bureau:draft_fix",
            "bureau:draft_copy",
            "bureau:draft_history",
            "bureau:draft_restore",
            "bureau:draft_discard",
            "bureau:draft_take_up",
            "bureau:draft_compare",
            "bureau:draft_ask",
            "bureau:draft_withdraw",
            "bureau:draft_decide",
            "bureau:draft_publish",
            "bureau:draft_try",
            "bureau:trial",
            "bureau:open_year",
            "bureau:open_year_now",
            "bureau:window",
            "bureau:adopt_bundled",
            "bureau:determination_examine",
            "bureau:determination_close",
            "bureau:certificate_reissue",
            "provider:course_review",
        ],
        only(PROVINCE),
    ),
    "bureau:audit": only(PROVINCE, SUPERVISOR),
    "bureau:cards_issue": only(COUNTY, PROVINCE),
    "bureau:queue_decide": only(COUNTY, CITY),
    **dict.fromkeys(["provider:courses", "provider:course", "provider:unit_file"], OVERSIGHT | {PROVIDER, TUTOR}),
    **dict.fromkeys(
        [
            "provider:home",
            "provider:course_new",
            "provider:course_add",
            "provider:records",
            "provider:records_upload",
            "provider:records_template",
            "provider:records_preview",
            "provider:records_problems",
            "provider:records_deliver",
        ],
        only(PROVIDER),
    ),
    **dict.fromkeys(["provider:enter", "provider:enter_now"], BUREAU | {PROVIDER, CLERK}),
    **dict.fromkeys(["tutor:queue", "tutor:submission", "tutor:cohorts"], only(TUTOR)),
    **dict.fromkeys(
        ["tutor:workshops", "tutor:workshop", "tutor:add_activity", "tutor:confirm", "tutor:return", "tutor:attendance"], only(LEAD)
    ),
}
