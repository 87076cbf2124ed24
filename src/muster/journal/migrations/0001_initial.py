"""The journal's table, and the triggers that refuse to change or remove an entry."""

from django.db import migrations, models

from muster.journal import guard


def put_up(apps, schema_editor):
    guard.put_up(schema_editor.connection)


def take_down(apps, schema_editor):
    guard.take_down(schema_editor.connection)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case_id", "seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("case_id", models.BigIntegerField()),
                ("seq", models.IntegerField()),
                ("first", models.IntegerField()),
                ("key", models.CharField(max_length=200, null=True)),
                ("name", models.CharField(max_length=60)),
                ("version", models.SmallIntegerField()),
                ("at", models.CharField(max_length=32)),
                ("recorded_at", models.CharField(max_length=32)),
                ("by", models.CharField(max_length=100)),
                ("person", models.CharField(max_length=100)),
                ("data", models.TextField()),
                ("prev_hash", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "journal_entry",
                "verbose_name_plural": "entries",
                "constraints": [models.UniqueConstraint(fields=("case_id", "key"), name="journal_command_once")],
            },
        ),
        migrations.RunPython(put_up, take_down),
    ]
