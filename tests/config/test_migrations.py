import io

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    printed = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=printed, stderr=printed)
    except SystemExit:
        pytest.fail(printed.getvalue())
