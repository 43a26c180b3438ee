"""The trail is append-only, and the database itself refuses seats below that were never passed down."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from xingtan.foundation.ledger.append_only import append_only

BELOW = "(SELECT COALESCE(SUM(held), 0) FROM quotas_quota WHERE parent_id = {who})"
UP = "(SELECT passed_down FROM quotas_quota WHERE id = NEW.parent_id)"
MORE = f"NEW.parent_id IS NOT NULL AND {BELOW.format(who='NEW.parent_id')} > {UP}"
LESS = f"{BELOW.format(who='NEW.id')} > NEW.passed_down"
SAID = "quota: more held below than was passed down"

SQLITE = {
    "quota_below_made": f"AFTER INSERT ON quotas_quota WHEN {MORE}",
    "quota_below_raised": f"AFTER UPDATE OF held, parent_id ON quotas_quota WHEN NEW.held > OLD.held AND {MORE}",
    "quota_passed_lowered": f"AFTER UPDATE OF passed_down ON quotas_quota WHEN NEW.passed_down < OLD.passed_down AND {LESS}",
}
POSTGRES = f"""
CREATE FUNCTION quota_below_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF ({MORE}) OR ({LESS}) THEN RAISE EXCEPTION '{SAID}' USING ERRCODE = 'check_violation'; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER quota_below_held_made AFTER INSERT ON quotas_quota FOR EACH ROW EXECUTE FUNCTION quota_below_held();
CREATE TRIGGER quota_below_held_changed AFTER UPDATE OF held, passed_down, parent_id ON quotas_quota FOR EACH ROW
WHEN (NEW.held > OLD.held OR NEW.passed_down < OLD.passed_down) EXECUTE FUNCTION quota_below_held();
"""


def guard(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """From now on the sum of what is held below never exceeds what was passed down, whoever writes."""
    if editor.connection.vendor != "sqlite":
        editor.execute(POSTGRES, None)
        return
    for name, when in SQLITE.items():
        editor.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{SAID}'); END;", None)


def unguard(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """As before."""
    if editor.connection.vendor == "sqlite":
        for name in SQLITE:
            editor.execute(f"DROP TRIGGER {name}")
        return
    editor.execute("DROP TRIGGER quota_below_held_made ON quotas_quota")
    editor.execute("DROP TRIGGER quota_below_held_changed ON quotas_quota")
    editor.execute("DROP FUNCTION quota_below_held()")


class Migration(migrations.Migration):
    dependencies = [("quotas", "0001_initial")]
    operations = [
        append_only("quotas_quotamove"),
        migrations.RunPython(guard, unguard, hints={"database": "default"}),
    ]
