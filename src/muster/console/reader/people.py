"""Who takes part in a plan: bodies within bodies, posts with who holds them, parties outside, who leads when."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from muster.console import naming, spoken
from muster.console.reader.tasks import Cited, Places
from muster.engine import Program
from muster.plans.model import Actor, ActorKind, Filled, Right, RightName


@dataclass(frozen=True, slots=True)
class Duty:
    text: str
    cite: Cited


@dataclass(frozen=True, slots=True)
class ActorWords:
    """A post, a body or a party. `below` are the bodies that belong to a body."""

    id: str
    kind: str
    name: str
    held_by: str
    text: str
    chair: str
    deputies: tuple[str, ...]
    members: tuple[str, ...]
    stand_ins: str
    stands_in_for: str
    seats: str
    filled: str
    is_later: bool
    among: str
    duties: tuple[Duty, ...]
    cite: Cited
    below: tuple[ActorWords, ...] = ()
    chair_id: str = ""
    deputy_ids: tuple[str, ...] = ()
    member_ids: tuple[str, ...] = ()

    @property
    def notes(self) -> str:
        """What else is to know of it, in short statements."""
        return naming.phrases([self.filled, self.seats, _("from: %(who)s") % {"who": self.among} if self.among else ""])


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a right, when, and where that is written."""

    who: str
    when: str
    raw: str
    cite: Cited


@dataclass(frozen=True, slots=True)
class People:
    """Everybody of a plan. `main` is the body that the others gather round; None for a plan without bodies."""

    main: ActorWords | None
    others: tuple[ActorWords, ...]
    posts: tuple[ActorWords, ...]
    named: tuple[ActorWords, ...]
    parties: tuple[ActorWords, ...]
    command: tuple[Holder, ...]
    rights: tuple[tuple[str, str, tuple[Holder, ...]], ...]
    by_id: dict[str, ActorWords]


def people(program: Program, places: Places) -> People:
    actors = program.edition.actors
    bodies = [each for each in actors.values() if each.kind == ActorKind.BODY]
    words: dict[str, ActorWords] = {}

    def said(actor: Actor, above: frozenset[str]) -> ActorWords:
        below = tuple(
            said(each, above | {actor.id}) for each in bodies if each.part_of == actor.id and each.id not in above
        )
        words[actor.id] = _actor(program, actor, places, below)
        return words[actor.id]

    roots = [each for each in bodies if each.part_of not in actors and each.filled != Filled.CASE]
    main = _main(program, bodies, roots)
    shown = {each.id: said(each, frozenset()) for each in roots}
    posts = [said(each, frozenset()) for each in actors.values() if each.kind == ActorKind.POST]
    case_bodies = [said(each, frozenset()) for each in bodies if each.filled == Filled.CASE and each.id not in words]
    parties = [said(each, frozenset()) for each in actors.values() if each.kind == ActorKind.PARTY]
    rights = tuple(
        (right.value, naming.right(right), tuple(_holder(program, each, places) for each in held))
        for right, held in program.edition.rights.items()
    )
    return People(
        main=shown[main.id] if main is not None else None,
        others=tuple(each for each in shown.values() if main is None or each.id != main.id),
        posts=tuple(posts),
        named=tuple(case_bodies),
        parties=tuple(parties),
        command=next((held for right, _name, held in rights if right == RightName.COMMAND), ()),
        rights=rights,
        by_id=words,
    )


def _main(program: Program, bodies: list[Actor], roots: list[Actor]) -> Actor | None:
    """The body that the others gather round: the one in command, or what it belongs to; else the one with most round it."""
    by_id = {each.id: each for each in bodies}
    for right in program.edition.rights.get(RightName.COMMAND, ()):
        for who in right.who:
            above: set[str] = set()
            while who in by_id and by_id[who].part_of in by_id and who not in above:
                above.add(who)
                who = by_id[who].part_of
            if who in by_id and by_id[who] in roots:
                return by_id[who]
    return max(roots, key=lambda each: (not each.many, _gathers(bodies, each)), default=None)


def _gathers(bodies: list[Actor], body: Actor) -> int:
    """How much gathers round a body: a leading group has a chair, deputies, members and parts."""
    parts = sum(each.part_of == body.id for each in bodies)
    return len(body.members) + 2 * parts + (2 if body.chair else 0) + len(body.deputies)


def _holder(program: Program, right: Right, places: Places) -> Holder:
    return Holder(
        who=naming.actors(program, right.who),
        when=spoken.condition(program, [right.when]) if right.when is not None else "",
        raw=right.when.source if right.when is not None else "",
        cite=places.cited(right.cite),
    )


def _actor(program: Program, actor: Actor, places: Places, below: tuple[ActorWords, ...]) -> ActorWords:
    actors = program.edition.actors
    stand_ins = [each.id for each in actors.values() if actor.id in each.stands_in_for]
    return ActorWords(
        id=actor.id,
        kind=actor.kind.value,
        name=naming.say(actor.name),
        held_by=naming.say(actor.held_by),
        text=naming.say(actor.text),
        chair=naming.actor(program, actor.chair) if actor.chair else "",
        deputies=tuple(naming.actor(program, each) for each in actor.deputies),
        members=tuple(naming.actor(program, each) for each in actor.members),
        stand_ins=naming.actors(program, stand_ins),
        stands_in_for=naming.actors(program, actor.stands_in_for),
        seats=_seats(actor),
        filled=_filled(actor) if actor.kind != ActorKind.PARTY else "",
        is_later=actor.kind != ActorKind.PARTY and actor.filled in (Filled.RESPONSE, Filled.CASE),
        among=naming.actors(program, actor.among),
        duties=tuple(Duty(naming.say(each.text), places.cited(each.cite)) for each in actor.duties),
        cite=places.cited(actor.cite),
        below=below,
        chair_id=actor.chair,
        deputy_ids=actor.deputies,
        member_ids=actor.members,
    )


def _filled(actor: Actor) -> str:
    return {
        Filled.STANDING: "",
        Filled.ROSTER: pgettext("filled", "by roster"),
        Filled.RESPONSE: pgettext("filled", "set up with the response"),
        Filled.CASE: pgettext("filled", "named in each case"),
    }[actor.filled]


def _seats(actor: Actor) -> str:
    least, most = actor.seats
    if most and most == least and most > 1:
        return ngettext("%(count)d seat", "%(count)d seats", most) % {"count": most}
    if least > 1:
        return _("at least %(count)d") % {"count": least}
    if most:
        return ngettext("%(count)d seat", "%(count)d seats", most) % {"count": most} if most > 1 else ""
    return ""
