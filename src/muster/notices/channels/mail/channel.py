"""One mail per notice, to the person's own address."""

from __future__ import annotations

from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation

from muster.notices.channels import Unsent

if TYPE_CHECKING:
    from muster.notices.models import Notice
    from muster.people.models import Person

NAME = "mail"
LEAVES = True

TESTING_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def ready() -> bool:
    """Whether a server was named: Django's own default, this machine without any setting, does not count."""
    return bool(getattr(settings, "MUSTER_MAIL", False))


def reaches(person: Person) -> bool:
    return bool(person.email)


def send(notice: Notice) -> None:
    """Send the notice in its person's language. The Message-ID names the notice, so that a repetition is recognised.

    Raises Unsent where the server does not answer or does not take it.
    """
    with translation.override(notice.person.language):
        number = notice.case.number
        words = notice.words_en or notice.words if notice.person.language == "en" else notice.words or notice.words_en
    message = EmailMessage(
        subject=f"[{number}] {' '.join(words.split())[:120]}",
        body=f"{words}\n\n{number} {notice.case.title}\n",
        to=[notice.person.email],
        headers={"Message-ID": f"<notice-{notice.pk}@{settings.MUSTER_MAIL}>"},
    )
    try:
        message.send()
    except (SMTPException, OSError) as error:
        raise Unsent(f"{type(error).__name__}: {error}") from error
