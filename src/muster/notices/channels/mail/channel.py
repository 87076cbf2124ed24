"""One mail per notice, to the person's own address."""

from __future__ import annotations

from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage

from muster.notices.channels import Unsent

if TYPE_CHECKING:
    from muster.notices.models import Notice
    from muster.people.models import Person

NAME = "mail"
LEAVES = True


def ready() -> bool:
    """Whether a mail server was named (MUSTER_MAIL_SERVER)."""
    return bool(settings.MUSTER_MAIL)


def reaches(person: Person) -> bool:
    return bool(person.email)


def send(notice: Notice) -> None:
    """Send the notice in its person's language. The Message-ID names the notice, so that a repetition is recognised.

    Raises Unsent where the server does not answer or does not take it.
    """
    number = notice.case.number
    words = (notice.words_en or notice.words) if notice.person.language == "en" else notice.words
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
