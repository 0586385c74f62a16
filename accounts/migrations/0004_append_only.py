"""The database itself refuses to change, remove or empty the audit log, whoever asks, until its owner lets go."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION accounts_audit_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_keeps_rows BEFORE UPDATE OR DELETE ON accounts_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_audit_refuses();
CREATE TRIGGER audit_keeps_all BEFORE TRUNCATE ON accounts_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_audit_refuses();
-- ALWAYS: session_replication_role, which any superuser may set, does not pass by.
ALTER TABLE accounts_auditentry ENABLE ALWAYS TRIGGER audit_keeps_rows;
ALTER TABLE accounts_auditentry ENABLE ALWAYS TRIGGER audit_keeps_all;
"""
LET_GO = """
DROP TRIGGER audit_keeps_rows ON accounts_auditentry;
DROP TRIGGER audit_keeps_all ON accounts_auditentry;
DROP FUNCTION accounts_audit_refuses();
"""


class Migration(migrations.Migration):

    dependencies = [("accounts", "0003_login")]
    operations = [migrations.RunSQL(REFUSE, LET_GO)]
