"""Mail, through a real server on this machine: sent once, tried again when the server is away, given up visibly."""

import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from muster.cases import leases
from muster.notices.deliver import GIVES_UP_AFTER, deliver
from muster.notices.models import Notice, State
from muster.testing.builders import a_person, an_incident

pytestmark = pytest.mark.django_db


class Postbox:
    """Takes mail, unless told to answer otherwise."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], Message]] = []
        self.answers = "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answers.startswith("250"):
            self.mails.append((envelope.rcpt_tos, message_from_bytes(envelope.content)))
        return self.answers


@pytest.fixture
def postbox(settings) -> Iterator[Postbox]:
    """A mail server on a free port of this machine, and an installation that uses it."""
    box = Postbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.DEFAULT_FROM_EMAIL = "应急办 <muster@office.example>"
    settings.MUSTER_MAIL = "office.example"
    yield box
    server.stop()


@pytest.fixture
def plumber(plan, clock):
    """Head of repairs, who reads mail."""
    return a_person("plumber", "water-outage", "plumber", now=clock(), email="plumber@water.example")


def mails_of(person) -> list[Notice]:
    return list(Notice.objects.filter(person=person, channel="mail").order_by("pk"))


def test_a_notice_goes_to_the_persons_own_address_with_its_words(postbox, plumber, clock):
    opened = an_incident(clock())
    deliver(clock())
    to, mail = postbox.mails[0]
    notice = mails_of(plumber)[0]
    assert to == ["plumber@water.example"]
    assert opened.number in str(make_header(decode_header(mail["Subject"])))
    assert notice.words in mail.get_payload(decode=True).decode()
    assert mail["Message-ID"] == f"<notice-{notice.pk}@office.example>"
    assert (notice.state, notice.sent_at, notice.ready_at) == (State.SENT, clock(), None)


def test_a_person_who_reads_english_is_written_to_in_english(postbox, plan, clock):
    reader = a_person("reader", "water-outage", "plumber", now=clock(), email="r@water.example", language="en")
    an_incident(clock())
    deliver(clock())
    assert mails_of(reader)[0].words_en in postbox.mails[0][1].get_payload(decode=True).decode()


def test_what_was_sent_is_not_sent_again(postbox, plumber, clock):
    an_incident(clock())
    deliver(clock())
    sent = len(postbox.mails)
    deliver(clock.moves(hours=3))
    assert len(postbox.mails) == sent == len(mails_of(plumber))


def test_a_server_that_is_away_is_tried_again_later(postbox, plumber, clock):
    an_incident(clock())
    postbox.answers = "451 greylisted, come back"
    assert deliver(clock()).failed == len(mails_of(plumber))
    waiting = mails_of(plumber)[0]
    assert (waiting.state, waiting.ready_at) == (State.QUEUED, clock() + leases.pause(1))
    assert "greylisted" in waiting.last_error
    postbox.answers = "250 OK"
    assert deliver(clock()).sent == 0
    assert deliver(clock() + leases.pause(1)).sent > 0
    assert mails_of(plumber)[0].state == State.SENT


def test_a_port_where_nobody_listens_is_a_server_that_is_away(postbox, plumber, clock, settings):
    settings.EMAIL_PORT = 1
    an_incident(clock())
    assert deliver(clock()).failed > 0
    assert mails_of(plumber)[0].state == State.QUEUED


def test_after_many_attempts_it_is_given_up_and_stays_in_the_inbox(postbox, plumber, clock):
    postbox.answers = "550 no such mailbox"
    an_incident(clock())
    for attempt in range(1, GIVES_UP_AFTER + 1):
        deliver(clock())
        clock.now += leases.pause(attempt)
    notice = mails_of(plumber)[0]
    assert (notice.state, notice.ready_at, notice.attempt) == (State.FAILED, None, GIVES_UP_AFTER)
    assert "no such mailbox" in notice.last_error
    assert Notice.objects.filter(person=plumber, channel="inbox").exists()


def test_nothing_of_a_drill_leaves_the_house(postbox, plumber, clock):
    an_incident(clock(), is_drill=True)
    deliver(clock())
    assert postbox.mails == []


def test_a_person_without_an_address_is_told_in_the_inbox_alone(postbox, plan, clock):
    plain = a_person("plain", "water-outage", "plumber", now=clock())
    an_incident(clock())
    deliver(clock())
    assert {notice.channel for notice in Notice.objects.filter(person=plain)} == {"inbox"}
