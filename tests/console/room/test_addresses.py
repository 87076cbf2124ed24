"""Whatever an address or a form says, the answer is a page: a form, a refusal, or that there is no such thing."""

import pytest

from muster.console.commands import ACTS
from muster.engine.commands import AddTask, ConfirmLevel, ProposeWarning

pytestmark = pytest.mark.django_db

QUERIES = (
    {},
    {"task": "phone-report@county-government"},
    {"task": "added-1"},
    {"task": "level-confirmation"},
    {"task": "no-such-task"},
    {"scale": "no-such-scale", "level": "Ω"},
    {"fact": "no_such_fact"},
    {"post": "no-such-post"},
    {"to": "no-such-actor"},
)
NONSENSE = {
    "panel": "1", "by": "nobody", "level": "Ω", "value": "Ω", "due": "25:99", "at": "昨天", "done_at": "x", "to": "？",
    "post": "？", "party": "？", "ref": "？", "colour": "紫", "signer": "？", "into": "0000", "text": "", "reason": "",
    "fact-people_affected": "很多", "field-people": "很多", "occurred": "31-02", "kind": "？", "who": "？", "name": "",
}  # fmt: skip


@pytest.mark.parametrize("act", sorted(ACTS))
def test_no_address_and_no_nonsense_in_a_form_breaks_an_act(as_, room, does, incident, act):
    does("meng", incident, ConfirmLevel(by="county-government", level="IV"))
    does("meng", incident, AddTask(by="county-deputy", name="加派人手", who="police", reason="人多"))
    meng = as_("meng")
    live = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "do-case"}
    assert meng.get(room).status_code == 200
    for query in QUERIES:
        shown = meng.get(f"{room}do/{act}/", query)
        assert shown.status_code in (200, 404), (query, shown.status_code)
        sent = meng.post(f"{room}do/{act}/", {**NONSENSE, **query}, **live)
        assert sent.status_code in (200, 302, 404, 422), (query, sent.status_code)


def test_no_act_breaks_in_the_room_of_a_warning(as_, does, room):
    said = {"by": "finance-work-bureau", "title": "存款外流", "reason": "存款流出增加"}
    warning = does("tang", None, ProposeWarning(colour="blue", **said))
    for act in ACTS:
        address = f"/cases/{warning.number}/do/{act}/"
        assert as_("wen").get(address).status_code in (200, 404), act
        assert as_("wen").post(address, NONSENSE).status_code in (200, 302, 404, 422), act
