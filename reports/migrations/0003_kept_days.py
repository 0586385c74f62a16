"""Days that are kept ready, and the triggers that mark what they no longer say truly (ADR 32)."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

# Days are kept from some hours after their end (reports.actions.days.GRACE): what changes of an access sooner than two
# hours after it came needs no mark, so that the words of a running talk cost nothing.
MARK = """
CREATE FUNCTION reports_session_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO reports_change (program_id, at) VALUES (OLD.program_id, OLD.received_at);
    END IF;
    IF TG_OP = 'INSERT' OR TG_OP = 'UPDATE'
        AND (NEW.program_id, NEW.received_at) IS DISTINCT FROM (OLD.program_id, OLD.received_at) THEN
        INSERT INTO reports_change (program_id, at) VALUES (NEW.program_id, NEW.received_at);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER figures_of_new AFTER INSERT ON counseling_session FOR EACH ROW
    WHEN (NEW.received_at < now() - interval '2 hours') EXECUTE FUNCTION reports_session_changed();
CREATE TRIGGER figures_of_changed AFTER UPDATE ON counseling_session FOR EACH ROW
    WHEN (LEAST(OLD.received_at, NEW.received_at) < now() - interval '2 hours')
    EXECUTE FUNCTION reports_session_changed();
CREATE TRIGGER figures_of_gone AFTER DELETE ON counseling_session FOR EACH ROW
    WHEN (OLD.received_at < now() - interval '2 hours') EXECUTE FUNCTION reports_session_changed();

-- What is counted with an access and stands in a table of its own; the argument says how the row leads to it.
CREATE FUNCTION reports_beside_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sessions bigint[];
BEGIN
    IF TG_ARGV[0] = 'session' THEN
        sessions := ARRAY[OLD.session_id, NEW.session_id];
    ELSIF TG_ARGV[0] = 'record' THEN
        sessions := ARRAY(SELECT session_id FROM counseling_record WHERE id IN (OLD.record_id, NEW.record_id));
    ELSE
        sessions := ARRAY(
            SELECT session_id FROM counseling_surveyinvitation WHERE id IN (OLD.invitation_id, NEW.invitation_id));
    END IF;
    INSERT INTO reports_change (program_id, at)
        SELECT program_id, received_at FROM counseling_session
        WHERE id = ANY (sessions) AND received_at < now() - interval '2 hours';
    RETURN NULL;
END $$;
"""
BESIDE = {
    "counseling_followup": "session",
    "counseling_outreach": "session",
    "counseling_referral": "session",
    "counseling_record": "session",
    "counseling_recordversion": "record",
    "counseling_surveyinvitation": "session",
    "counseling_surveyanswer": "invitation",
}
MARK += "".join(
    f"CREATE TRIGGER figures_of_changed AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW "
    f"EXECUTE FUNCTION reports_beside_changed('{leads}');\n"
    for table, leads in BESIDE.items()
)
LET_GO = """
DROP FUNCTION reports_session_changed() CASCADE;
DROP FUNCTION reports_beside_changed() CASCADE;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('counseling', '0042_rights'),
        ('reports', '0002_comparators_plans_sheets'),
    ]

    operations = [
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('program', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='counseling.program')),
            ],
            options={
                'indexes': [models.Index(fields=['program', 'at'], name='change_of_day')],
            },
        ),
        migrations.CreateModel(
            name='KeptDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins', models.DateTimeField()),
                ('ends', models.DateTimeField()),
                ('layout', models.CharField(max_length=64)),
                ('counted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('figures', models.JSONField()),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='counseling.program')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('program', 'begins', 'ends'), name='kept_day_once')],
            },
        ),
        migrations.RunSQL(MARK, LET_GO),
    ]
