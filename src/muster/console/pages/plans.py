"""The plan reader: what the written plan says, each part with its article, as chart, picture, table and list.

Shown are the plans in force of which one holds a post, and every plan of the library: those are public text that comes
with Muster, and can be read without running here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from muster.cases import editions, reads
from muster.cases.models import InForce
from muster.console import naming, words
from muster.console.frame import Frame, Needs, page
from muster.console.parts import Column, Tab
from muster.console.reader import standing
from muster.console.reader.chart import chart
from muster.console.reader.flow import flow
from muster.console.reader.people import ActorWords
from muster.console.reader.plan import Reading
from muster.console.reader.standing import Situation
from muster.console.reader.svg import Picture, drawn
from muster.engine import Program
from muster.plans import shelf
from muster.plans.reading import LoadedPlan

LONG = 24
"""So many tasks are listed below the picture at once; more are behind a fold."""


@page(Needs.POST)
def plans(request: HttpRequest, frame: Frame) -> HttpResponseBase:
    """The plans in force of which one holds something, and those of the library."""
    mine = [
        _row(program) | {"mine": naming.actors(program, frame.held[plan])} for plan, program in frame.programs.items()
    ]
    in_library = [
        _row(kept.program) for plan in shelf.plan_ids() if plan not in frame.programs and (kept := _kept(plan))
    ]
    return frame.render(
        "console/plans.html",
        {
            "plans": mine,
            "columns": [Column(_("Plan")), Column(_("Edition")), Column(_("Issued by")), Column(_("My posts"))],
            "library": in_library,
            "library_columns": [Column(_("Plan")), Column(_("Edition")), Column(_("Issued by")), Column(_("Tasks"))],
        },
    )


def _row(program: Program) -> dict[str, object]:
    edition = program.edition
    return {
        "url": reverse("plan", args=[edition.id]),
        "title": naming.say(edition.title),
        "edition": edition.edition,
        "digest": edition.digest[:8],
        "issuer": naming.say(edition.issuer),
        "text": naming.say(edition.text),
        "tasks": len(edition.tasks),
    }


@page(Needs.POST)
def plan(request: HttpRequest, frame: Frame, plan: str) -> HttpResponseBase:
    """One plan, in full: as it is in force, where one holds a post of it; else as the library has it.

    One that is neither mine nor in the library cannot be told from one that does not exist.
    """
    program = frame.programs.get(plan)
    kept = _kept(plan)
    if program is None and kept is None:
        raise Http404
    in_force = program is not None
    loaded = kept.loaded if kept is not None else None
    if program is None:
        assert kept is not None
        program = kept.program
    elif kept is not None and kept.program.edition.digest != program.edition.digest:
        loaded = None
    shown = _shown(program, loaded, naming.language())
    asked = (request.GET.get("kind", ""), request.GET.get("type", ""), request.GET.get("level", ""))
    supposed = standing.situation(program, *asked)
    running, since = [], None
    if in_force:
        board = reads.board(frame.someone, frame.now, kinds=("incident", "warning"))
        running = [(each.number, reverse("room", args=[each.number])) for each in board.rows if each.plan == plan]
        since = InForce.objects.filter(edition_id=program.edition.digest).order_by("-since").first()
    return frame.render(
        "console/plan.html",
        {
            "plan": shown.plan,
            "in_force": in_force,
            "since_day": words.day(since.since, frame.now) if since is not None else "",
            "since": since is not None,
            "running": running,
            "toc": shown.toc,
            "parts": shown.parts,
            "response": _response(shown, supposed) if supposed is not None else "",
            "supposed": supposed,
        },
        program=program,
    )


# --- what is kept


@dataclass(frozen=True, slots=True)
class _Kept:
    """A plan of the library that has no faults."""

    loaded: LoadedPlan
    program: Program


@lru_cache(maxsize=128)
def _kept(plan: str) -> _Kept | None:
    if plan not in shelf.plan_ids():
        return None
    loaded = shelf.read_library_plan(plan)
    if loaded.edition is None:
        return None
    return _Kept(loaded, Program(loaded.edition, editions.working_calendar()))


class _Shown:
    """An edition in one language: its words, and the parts of the page that are the same for everybody."""

    def __init__(self, program: Program, loaded: LoadedPlan | None) -> None:
        self.plan = Reading(program, loaded)
        self.responses: dict[Situation, SafeString] = {}
        picture = chart(self.plan.people)
        given = {
            "plan": self.plan,
            "chart": _drawn(picture),
            "bodies": list(_lines(self.bodies)),
            "body_count": sum(each.kind == "body" for each in self.plan.people.by_id.values()),
            "raw_criteria": [
                (each.text or level.in_words, each.when.raw)
                for scale in self.plan.scales for level in scale.levels for each in level.criteria if each.when.raw
            ] + [(each.name, each.when.raw) for each in self.plan.types if each.when.raw],
            "is_checked": loaded is not None,
            "joint": "、" if naming.language() == "zh" else ", ",
            "colon": "：" if naming.language() == "zh" else ": ",
        }  # fmt: skip
        self.parts = {name: render_to_string(f"console/plan/_{name}.html", given) for name in ("who", "levels", "rest")}
        self.toc = self._toc()

    @property
    def bodies(self) -> tuple[ActorWords, ...]:
        people = self.plan.people
        return ((people.main,) if people.main is not None else ()) + people.others + people.named

    def _toc(self) -> list[tuple[str, str, int]]:
        plan = self.plan
        listed = [
            ("organisation", _("Organisation"), len(plan.people.by_id)),
            ("levels", _("Types and levels"), len(plan.types) + sum(len(each.levels) for each in plan.scales)),
            ("response", _("Response"), 1 if standing.kinds(plan.program) else 0),
            ("clocks", _("What is owed when"), plan.owed.count),
            *(
                (each.anchor, _("Standing duties") if each.kind == "standing"
                 else _("All tasks: %(name)s") % {"name": each.name}, each.count)
                for each in plan.sections
            ),
            ("rights", _("Rights"), len(plan.rights)),
            ("forms", _("Forms"), len(plan.forms)),
            ("resources", _("Resources"), len(plan.resources)),
            ("guidance", _("Guidance"), len(plan.guidance)),
            ("readings", _("Readings"), len(plan.readings)),
            ("excluded", _("Not carried out"), len(plan.excluded)),
            ("settings", _("Settings"), len(plan.settings)),
            ("facts", _("Questions"), len(plan.facts)),
        ]  # fmt: skip
        found = [each for each in listed if each[2]]
        found.append(("check", _("Findings of the check"), len(plan.open_findings)))
        if plan.articles:
            found.append(("articles", _("By article"), len(plan.articles)))
        return [(id_, name, 0 if id_ == "response" else count) for id_, name, count in found]


_all_shown: dict[tuple[str, bool, str], _Shown] = {}
MOST_KEPT = 64


def _shown(program: Program, loaded: LoadedPlan | None, language: str) -> _Shown:
    """An edition never changes, so its words are made once in each language."""
    key = (program.edition.digest, loaded is not None, language)
    found = _all_shown.get(key)
    if found is None:
        if len(_all_shown) >= MOST_KEPT:
            _all_shown.clear()
        found = _all_shown[key] = _Shown(program, loaded)
    return found


def _drawn(picture: Picture | None) -> SafeString:
    # Every text in it was escaped when it was drawn.
    return mark_safe(drawn(picture)) if picture is not None else SafeString("")  # noqa: S308


@dataclass(frozen=True, slots=True)
class _Line:
    """One step through a tree: an actor, the list below it opens or closes, or its item ends."""

    actor: ActorWords | None = None
    open: bool = False
    close: bool = False
    end: bool = False


def _lines(actors: tuple[ActorWords, ...]) -> Iterator[_Line]:
    for each in actors:
        yield _Line(each)
        if each.below:
            yield _Line(open=True)
            yield from _lines(each.below)
            yield _Line(close=True)
        else:
            yield _Line(end=True)


# --- the response


def _response(shown: _Shown, supposed: Situation) -> SafeString:
    """What stands in a situation, as picture and list, with the ways to the others."""
    found = shown.responses.get(supposed)
    if found is None:
        program, response = shown.plan.program, shown.plan.response(supposed)
        found = shown.responses[supposed] = render_to_string(
            "console/plan/_response.html",
            {
                "response": response,
                "flow": _drawn(flow(response)),
                "is_long": response.count > LONG,
                "kinds": [
                    Tab(naming.case_kind(each.value), _link(kind=each.value), is_current=each == supposed.kind)
                    for each in standing.kinds(program)
                ],
                "types": _types(program, supposed),
                "levels": [
                    Tab(
                        naming.level_in_words(program, scale.id, each),
                        _link(kind=supposed.kind.value, type=supposed.type or standing.NO_TYPE, level=each),
                        is_current=each == supposed.level,
                    )
                    for scale in [standing.scale_for(program, supposed.kind, supposed.type)] if scale is not None
                    for each in standing.levels(scale)
                ],
            },
        )  # fmt: skip
    return found


def _types(program: Program, supposed: Situation) -> list[Tab]:
    kind = supposed.kind
    of_types = standing.types(program, kind)
    if not of_types:
        return []
    level = {"level": supposed.level} if supposed.level else {}
    return [
        Tab(
            _("whatever the type"), _link(kind=kind.value, type=standing.NO_TYPE, **level), is_current=not supposed.type
        ),
        *(
            Tab(
                naming.say(each.name),
                _link(kind=kind.value, type=each.id, **level),
                is_current=each.id == supposed.type,
            )
            for each in of_types
        ),
    ]


def _link(**asked: str) -> str:
    return f"?{urlencode(asked)}#response"
