"""Pictures of a plan, drawn from its data: who belongs to whom, and how a response of a level unfolds.

Only geometry is worked out here: boxes, lines and words with their places in px. `console/_picture.html` draws them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from muster.console import naming
from muster.console.ruler import text_width
from muster.engine import Program
from muster.plans.model import Actor, ActorKind, Filled

WIDTH = 1152
PAD = 10
GAP = 12


@dataclass(frozen=True, slots=True)
class Word:
    """A line of text. `look` is its class: t, t2, t3, tb, on-key; `anchor` start, middle or end."""

    x: float
    y: float
    text: str
    look: str = "t"
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Box:
    """A box with its whole name for those who point at it. `look`: box, box box--key, box box--later, span."""

    x: float
    y: float
    width: float
    height: float
    look: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A path: a wire, a gate, a limit."""

    d: str
    look: str
    title: str = ""


@dataclass
class Picture:
    """What one picture shows, in the order in which it is drawn; `says` is the picture in a sentence."""

    says: str
    height: float = 0
    width: float = WIDTH
    lanes: list[Box] = field(default_factory=list)
    wires: list[Shape] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    gates: list[Shape] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)


def fit(text: str, room: float) -> str:
    """A text cut to what fits, with the sign that something is missing."""
    if text_width(text) <= room:
        return text
    kept = ""
    for character in text:
        if text_width(kept + character + "…") > room:
            break
        kept += character
    return kept + "…"


# --- the organisation


def organisation(program: Program) -> Picture | None:
    """Who leads, who works under them, who is a member, who is named in each case. None for a plan without bodies."""
    actors = program.edition.actors
    bodies = [each for each in actors.values() if each.kind == ActorKind.BODY]
    if not bodies:
        return None
    parts = {each.id: [other for other in bodies if other.part_of == each.id] for each in bodies}
    main = max(bodies, key=lambda each: len(each.members) + len(parts[each.id]))
    picture = Picture(_("Organisation: %(body)s with %(count)d members") % {"body": naming.say(main.name), "count": len(main.members)})
    shown = {main.id}
    y = 4.0
    middle = WIDTH / 2
    if main.chair:
        shown.add(main.chair)
        _box(picture, actors[main.chair], middle - 150, y, 300, 48)
        y += 48
        if main.deputies:
            _down(picture, middle, y, y + 20)
            y += 20
            width = min(300.0, (WIDTH - GAP * (len(main.deputies) - 1)) / len(main.deputies))
            x = middle - (width * len(main.deputies) + GAP * (len(main.deputies) - 1)) / 2
            if len(main.deputies) > 1:
                picture.wires.append(Shape(f"M{x + width / 2:.0f} {y:.0f}H{WIDTH - x - width / 2:.0f}", "wire--b"))
            for deputy in main.deputies:
                shown.add(deputy)
                _down(picture, x + width / 2, y, y + 8)
                _box(picture, actors[deputy], x, y + 8, width, 48)
                _down(picture, x + width / 2, y + 56, y + 72)
                x += width + GAP
            y += 72
        else:
            _down(picture, middle, y, y + 20)
            y += 20
    count = ngettext("%(count)d member", "%(count)d members", len(main.members)) % {"count": len(main.members)}
    _box(picture, main, 310, y, WIDTH - 620, 52, look="box box--key", second=count)
    y += 52
    office = actors.get(program.edition.duty_post)
    if office is not None and office.kind == ActorKind.BODY and office.id not in shown:
        shown.add(office.id)
        _down(picture, middle, y, y + 20)
        _box(picture, office, middle - 180, y + 20, 360, 48)
        y += 68
    groups = parts[main.id]
    if groups:
        shown.update(each.id for each in groups)
        picture.wires.append(Shape(f"M{middle:.0f} {y:.0f}V{y + 16:.0f}", "wire"))
        y = _grid(picture, program, groups, y + 24, _("Set up with the response"), height=48, second=True)
    members = [actors[each] for each in main.members if each in actors and each not in shown]
    shown.update(each.id for each in members)
    y = _grid(picture, program, members, y + 16, _("Members"))
    others = [each for each in bodies if each.id not in shown and each.filled != Filled.CASE]
    y = _grid(picture, program, others, y + 16, _("Other bodies"))
    named = [
        each for each in actors.values() if each.filled == Filled.CASE and each.id not in shown and each.kind != ActorKind.PARTY
    ]
    y = _grid(picture, program, named, y + 16, _("Named in each case"))
    parties = [each for each in actors.values() if each.kind == ActorKind.PARTY]
    y = _grid(picture, program, parties, y + 16, _("Outside"))
    picture.height = y + 4
    return picture


def _down(picture: Picture, x: float, top: float, bottom: float) -> None:
    picture.wires.append(Shape(f"M{x:.0f} {top:.0f}V{bottom:.0f}", "wire--b"))


def _box(
    picture: Picture, actor: Actor, x: float, y: float, width: float, height: float, *, look: str = "box", second: str = ""
) -> None:
    name = naming.say(actor.name)
    under = second or naming.say(actor.held_by or actor.text)
    key = "box--key" in look
    picture.boxes.append(Box(x, y, width, height, look, f"{name}　{under}" if under else name))
    middle = x + width / 2
    if under:
        picture.words.append(Word(middle, y + height / 2 - 4, fit(name, width - PAD), "on-key" if key else "tb"))
        picture.words.append(Word(middle, y + height / 2 + 14, fit(under, width - PAD), "on-key" if key else "t2"))
    else:
        picture.words.append(Word(middle, y + height / 2 + 4, fit(name, width - PAD), "on-key" if key else "tb"))


def _grid(
    picture: Picture, program: Program, actors: Sequence[Actor], y: float, title: str, *, height: float = 28, second: bool = False
) -> float:
    """Boxes of one width in rows under a title; gives where they end."""
    if not actors:
        return y - 16
    picture.words.append(Word(0, y + 10, title, "t3", "start"))
    y += 18
    longest = max(text_width(naming.say(each.name)) for each in actors) + 2 * PAD
    across = max(2, min(7, len(actors), int((WIDTH + GAP) / (min(longest, 360) + GAP))))
    width = (WIDTH - GAP * (across - 1)) / across
    for n, each in enumerate(actors):
        x = (n % across) * (width + GAP)
        top = y + (n // across) * (height + 8)
        later = each.filled != Filled.STANDING or (not each.duties and each.kind == ActorKind.BODY and not second)
        look = "box box--later" if later else "box"
        name = naming.say(each.name)
        picture.boxes.append(Box(x, top, width, height, look, name))
        if second:
            leads = each.chair or (each.members[0] if each.members else "")
            picture.words.append(Word(x + width / 2, top + height / 2 - 4, fit(name, width - PAD), "tb"))
            said = _("led by %(who)s") % {"who": naming.actor(program, leads)} if leads else ""
            picture.words.append(Word(x + width / 2, top + height / 2 + 14, fit(said, width - PAD), "t2"))
        else:
            picture.words.append(Word(x + width / 2, top + height / 2 + 4, fit(name, width - PAD), "t"))
    return y + ((len(actors) - 1) // across + 1) * (height + 8)
