"""An organisation as a picture: who leads when, who presides, what gathers round, who is named, who is outside."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from muster.console import naming
from muster.console.reader.people import ActorWords, Holder, People
from muster.console.reader.svg import LINE, WIDTH, Box, Picture, Wire, Word, breadth, wrapped

GAP = 12.0
PAD = 10.0
NARROWEST = 176.0
MOST_ACROSS = 6


def chart(people: People) -> Picture | None:
    """The organisation of a plan; None for one with neither bodies nor posts."""
    if people.main is None and not people.posts:
        return None
    names = [people.main.name] if people.main is not None else []
    picture = Picture(
        _("Organisation"),
        naming.phrases(
            [
                *names,
                ngettext("%(count)d body or post", "%(count)d bodies and posts", len(people.by_id))
                % {"count": len(people.by_id)},
            ]
        ),
        "chart",
    )
    y = _leads(picture, people.command, 4.0)
    shown: set[str] = set()
    if people.main is not None:
        y = _main(picture, people.main, people, y, shown)
        y = _below(picture, people.main.below, y, shown)
        y = _members(picture, people.main, people, y, shown)
    others = [each for each in people.others if each.id not in shown]
    y = _grid(picture, others, y, _("Other bodies"), shown)
    for each in others:
        if each.below:
            y = _grid(picture, each.below, y, _("Part of %(body)s") % {"body": each.name}, shown)
    posts = [each for each in people.posts if each.id not in shown]
    y = _grid(picture, [each for each in posts if not each.is_later], y, _("Posts"), shown)
    later = [each for each in (*people.named, *(each for each in posts if each.is_later)) if each.id not in shown]
    y = _grid(picture, later, y, _("Named in each case, or set up with the response"), shown)
    picture.height = _grid(picture, people.parties, y, _("Outside"), shown)
    return picture


def _box(
    picture: Picture, actor: ActorWords, x: float, y: float, width: float, *, look: str = "box", least: float = 0
) -> float:
    """A box with the name in bold and what is said of it below; gives its height."""
    lines = _lines(actor, width)
    height = max(least, _height(lines))
    key = "box--key" in look
    middle = x + width / 2
    top = y + (height - LINE * len(lines)) / 2 + 12
    words = tuple(
        Word(middle, top + LINE * n, text, "on-key" if key else style, "middle")
        for n, (text, style) in enumerate(lines)
    )
    title = naming.phrases([actor.name, actor.held_by, actor.text])
    picture.boxes.append(Box(x, y, width, height, look, actor.id, title, f"#actor-{actor.id}", words))
    return height


def _lines(actor: ActorWords, width: float) -> list[tuple[str, str]]:
    room = width - 2 * PAD
    under = actor.held_by
    if not under and actor.chair:
        under = _("led by %(who)s") % {"who": actor.chair}
    if not under and actor.members:
        count = len(actor.members)
        under = ngettext("%(count)d member", "%(count)d members", count) % {"count": count}
    lines = [(line, "tb") for line in wrapped(actor.name, room, 2)]
    lines += [(line, "t2") for line in wrapped(under, room, 2)]
    return lines


def _height(lines: Sequence[object]) -> float:
    return 14 + LINE * len(lines)


def _leads(picture: Picture, command: Sequence[Holder], y: float) -> float:
    """Who is in command, and when: by level, or by the time of day."""
    if not command:
        return y
    picture.words.append(Word(0, y + 10, _("In command"), "t3"))
    y += 18
    across = len(command) if len(command) <= 4 else 3
    width = (WIDTH - GAP * (across - 1)) / max(across, 2)
    for start in range(0, len(command), across):
        row = command[start : start + across]
        texts = []
        for each in row:
            when = _("if %(condition)s") % {"condition": each.when} if each.when else _("always")
            lines = [(line, "t3") for line in wrapped(when, width - 2 * PAD, 3)]
            texts.append([*lines, *((line, "tb") for line in wrapped(each.who, width - 2 * PAD, 6))])
        height = max(_height(lines) for lines in texts)
        for column, (each, lines) in enumerate(zip(row, texts, strict=True)):
            x = column * (width + GAP)
            words = tuple(Word(x + PAD, y + 19 + LINE * n, text, look) for n, (text, look) in enumerate(lines))
            title = naming.phrases([each.who, each.when])
            picture.boxes.append(Box(x, y, width, height, "box box--later", "", title, "#right-command", words))
        y += height + 8
    return y + 8


def _main(picture: Picture, main: ActorWords, people: People, y: float, shown: set[str]) -> float:
    """The body that the others gather round, under its chair and deputies."""
    middle = WIDTH / 2
    shown.add(main.id)
    if (chair := people.by_id.get(main.chair_id)) is not None:
        shown.add(chair.id)
        y += _box(picture, chair, middle - 160, y, 320)
        deputies = [people.by_id[each] for each in main.deputy_ids if each not in shown]
        for start in range(0, len(deputies), 4):
            row = deputies[start : start + 4]
            width = min(300.0, (WIDTH - GAP * (len(row) - 1)) / len(row))
            left = middle - (width * len(row) + GAP * (len(row) - 1)) / 2
            least = max(_height(_lines(each, width)) for each in row)
            picture.wires.append(Wire(f"M{middle:.0f} {y:.0f}V{y + 12:.0f}", "wire--b"))
            if len(row) > 1:
                first, last = left + width / 2, left + (width + GAP) * (len(row) - 1) + width / 2
                picture.wires.append(Wire(f"M{first:.0f} {y + 12:.0f}H{last:.0f}", "wire--b"))
            for n, each in enumerate(row):
                x = left + n * (width + GAP)
                shown.add(each.id)
                picture.wires.append(Wire(f"M{x + width / 2:.0f} {y + 12:.0f}V{y + 22:.0f}", "wire--b"))
                _box(picture, each, x, y + 22, width, least=least)
            y += 22 + least
        picture.wires.append(Wire(f"M{middle:.0f} {y:.0f}V{y + 18:.0f}", "wire--b"))
        y += 18
    count = len(main.members)
    lines = wrapped(main.name, 480, 2)
    if count:
        lines.append(ngettext("%(count)d member", "%(count)d members", count) % {"count": count})
    height = 18 + LINE * len(lines)
    words = tuple(
        Word(middle, y + (height - LINE * len(lines)) / 2 + 12 + LINE * n, text, "on-key", "middle")
        for n, text in enumerate(lines)
    )
    title = naming.phrases([main.name, main.text])
    picture.boxes.append(Box(middle - 270, y, 540, height, "box box--key", main.id, title, f"#actor-{main.id}", words))
    return y + height


def _below(picture: Picture, below: Sequence[ActorWords], y: float, shown: set[str]) -> float:
    """What belongs to a body hangs under it; what belongs to that stands under a title of its own."""
    if not below:
        return y + 10
    middle = WIDTH / 2
    picture.wires.append(Wire(f"M{middle:.0f} {y:.0f}V{y + 14:.0f}", "wire--b"))
    y = _grid(picture, below, y + 22, "", shown, hang_at=y + 14)
    for each in below:
        if each.below:
            y = _grid(picture, each.below, y, _("Part of %(body)s") % {"body": each.name}, shown)
    return y


def _members(picture: Picture, main: ActorWords, people: People, y: float, shown: set[str]) -> float:
    members = [people.by_id[each] for each in main.member_ids if each not in shown]
    return _grid(picture, members, y, _("Members"), shown)


def _grid(
    picture: Picture,
    actors: Sequence[ActorWords],
    y: float,
    title: str,
    shown: set[str],
    *,
    hang_at: float | None = None,
) -> float:
    """Boxes of one width in rows under a title; gives where the next thing begins."""
    if not actors:
        return y
    shown.update(each.id for each in actors)
    if title:
        picture.words.append(Word(0, y + 10, title, "t3"))
        y += 18
    widest = max(breadth(each.name) for each in actors) + 2 * PAD
    across = max(1, min(MOST_ACROSS, len(actors), int((WIDTH + GAP) / (min(max(widest, NARROWEST), 270) + GAP))))
    width = min((WIDTH - GAP * (across - 1)) / across, 360.0 if hang_at is None else WIDTH)
    left = 0.0 if hang_at is None else (WIDTH - width * across - GAP * (across - 1)) / 2
    for start in range(0, len(actors), across):
        row = actors[start : start + across]
        least = max(_height(_lines(each, width)) for each in row)
        for n, each in enumerate(row):
            x = left + n * (width + GAP)
            if hang_at is not None and start == 0:
                picture.wires.append(Wire(f"M{x + width / 2:.0f} {hang_at:.0f}V{y:.0f}", "wire--b"))
            _box(picture, each, x, y, width, look="box box--later" if each.is_later else "box", least=least)
        if hang_at is not None and start == 0 and len(row) > 1:
            first, last = left + width / 2, left + (len(row) - 1) * (width + GAP) + width / 2
            picture.wires.append(Wire(f"M{first:.0f} {hang_at:.0f}H{last:.0f}", "wire--b"))
        y += least + 8
    return y + 8
