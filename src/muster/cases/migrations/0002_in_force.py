import django.db.models.deletion
from django.db import migrations, models


def since_adopted(apps, schema_editor):
    """For what is in force already, the best that is known: when it was adopted."""
    in_force = apps.get_model("cases", "InForce")
    for edition in apps.get_model("cases", "PlanEdition").objects.filter(in_force=True):
        in_force.objects.create(plan=edition.plan, edition=edition, since=edition.adopted_at)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="InForce",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("plan", models.CharField(max_length=100)),
                ("since", models.DateTimeField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.planedition"
                    ),
                ),
            ],
            options={
                "db_table": "cases_in_force",
                "indexes": [models.Index(fields=["plan", "since"], name="in_force_by_plan")],
            },
        ),
        migrations.RunPython(since_adopted, migrations.RunPython.noop),
    ]
