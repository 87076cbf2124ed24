"""The parts of the console as template tags. `templates/console/parts/README.md` is the page authors' contract.

Every tag takes plain values (`muster.console.parts`), never a model. Markup that is more than a line lives in
`templates/console/parts/`; the small ones that stand in every row are formatted here, because they are drawn by hundreds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, PasswordInput, Select, Textarea
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from muster.console import words
from muster.console.clock_face import face
from muster.console.parts import (
    Callout,
    Cite,
    Clock,
    Column,
    Entry,
    Figure,
    Grade,
    Level,
    Node,
    Option,
    Person,
    Question,
    Rung,
    Stage,
    Tab,
    TaskRow,
)
from muster.console.ruler import BAND, ROW, Band, Mark, Placed, lay_out, text_width

register = template.Library()

PARTS = "console/parts/"
UNKNOWN = "unknown"


def _part(part: str, /, **values: object) -> SafeString:
    return render_to_string(f"{PARTS}{part}.html", values)


def _trimmed(content: str) -> SafeString:
    """What a block tag was given, already escaped by the template, without the line breaks around it."""
    return mark_safe(content.strip())  # noqa: S308  it is what the template engine made


def _gap(before: str) -> str:
    """What stands between two pieces of text: nothing after Chinese punctuation, a wide space in Chinese, else a space."""
    if not before or before[-1] in "：。，；、":
        return ""
    return "　" if words.locale_of_dates().startswith("zh") else " "


# ---------- small things that stand in every row ----------


def _mark_words() -> dict[str, str]:
    return {
        "open": pgettext("task", "to do"),
        "acknowledged": pgettext("task", "acknowledged"),
        "overdue": pgettext("task", "overdue"),
        "returned": pgettext("task", "returned"),
        "done": pgettext("task", "done"),
        "waiting": pgettext("task", "waiting"),
        "superseded": pgettext("task", "superseded"),
        "sending": pgettext("task", "to be sent"),
        "yes": pgettext("criterion", "holds"),
        "no": pgettext("criterion", "does not hold"),
        "ask": pgettext("criterion", "not known"),
        "draft": pgettext("task", "draft"),
        "logo": "",
    }


@register.simple_tag
def mark(name: str, label: str | None = None) -> SafeString:
    """The shape that says a state. `label` replaces the word for screen readers; empty hides it from them."""
    said = _mark_words().get(name, name) if label is None else label
    spoken = format_html('role="img" aria-label="{}"', said) if said else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="mark mark--{}" {}><use href="{}#m-{}"/></svg>', name, spoken, static("console/icons.svg"), name
    )


@register.simple_tag
def level(value: Level | None = None, *, big: bool = False, was: bool = False) -> SafeString:
    """A level or warning colour: code and name, hue by its place in the scale. None: dashed, not graded yet."""
    shown = value or Level(None, "—", _("not graded"))
    classes = "level" + (" level--big" if big else "") + (" level--was" if was else "")
    name = format_html("<span>{}</span>", shown.name) if shown.name else ""
    body = format_html(
        '<span class="{}" data-level="{}"><b>{}</b>{}</span>', classes, shown.hue or "none", shown.code, name
    )
    return format_html('<s class="level__was">{}</s>', body) if was else body


@register.simple_tag
def cite(value: Cite | str | None) -> SafeString:
    """The article that a rule comes from, in Song type."""
    if not value:
        return mark_safe("")
    given = Cite(value) if isinstance(value, str) else value
    if given.url:
        return format_html('<a class="cite" href="{}">{}</a>', given.url, given.text)
    return format_html('<span class="cite">{}</span>', given.text)


@register.simple_tag
def wall(at: datetime | None, now: datetime, bold: bool = False) -> SafeString:
    """An instant: 14:30, with the date when it is not today."""
    if at is None:
        return mark_safe("")
    shown = format_html("<b>{}</b>", words.wall(at, now)) if bold else words.wall(at, now)
    return format_html('<time datetime="{}">{}</time>', timezone.localtime(at).isoformat(timespec="minutes"), shown)


@register.simple_tag
def now_clock(now: datetime) -> SafeString:
    """The wall clock, large, with the date; the browser keeps it going."""
    return format_html(
        '<b><time datetime="{}" data-now-clock>{}</time></b>{}',
        timezone.localtime(now).isoformat(timespec="minutes"),
        words.time_of_day(now),
        words.full_day(now),
    )


@register.filter(name="duration")
def duration_filter(length: timedelta | None) -> str:
    return "" if length is None else words.duration(length)


@register.simple_tag
def duration(length: timedelta) -> str:
    return words.duration(length)


# ---------- clock and ruler ----------


def _iso(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")


@register.simple_tag
def clock(value: Clock | None, now: datetime, run: bool = False, big: bool = False) -> SafeString:
    """A clock: wall clock first and bold, then what is left, then what moved it and whose number it is."""
    if value is None:
        return mark_safe("")
    drawn = face(value, now)
    shown = wall(drawn.shown_at, now) if drawn.shown_at else ""
    was = ""
    if value.was_due_at is not None and value.due_at is not None:
        was = format_html(
            '<s><span class="vh">{} </span>{}</s>', _("before the correction:"), wall(value.was_due_at, now)
        )
    says = [s for s in (_whose(value), value.says) if s]
    return format_html(
        '<span class="clock{}" data-state="{}"{}>{} <span class="left">{}</span>{}{}</span>{}',
        " clock--big" if big else "",
        drawn.state,
        _ticking(value) if drawn.ticks else "",
        shown,
        drawn.left,
        was,
        format_html_join("", ' <span class="own">{}</span>', ((s,) for s in says)),
        run_bar(value, now) if run else "",
    )


def _whose(value: Clock) -> str:
    if value.due_at is None:
        return ""
    return {"plan": "", "own": _("set by ourselves"), "party": _("agreed with the party")}[value.by]


def _ticking(value: Clock) -> SafeString:
    """What console.js needs to count on. A rest given in words is kept until the clock has run out."""
    return format_html(
        "{}{}{}{}",
        format_html(' data-due="{}"', _iso(value.due_at)) if value.due_at else "",
        format_html(' data-from="{}"', _iso(value.started_at)) if value.started_at else "",
        format_html(' data-by="{}"', value.by) if value.by != "plan" else "",
        mark_safe(" data-said") if value.left else "",
    )


@register.simple_tag(name="run")
def run_bar(value: Clock | None, now: datetime) -> SafeString:
    """How much of the limit is used: a bar of 3 px. Nothing without a limit or once it is done."""
    drawn = None if value is None else face(value, now)
    if drawn is None or drawn.used is None:
        return mark_safe("")
    return format_html(
        '<svg class="run" data-state="{}" aria-hidden="true"><rect class="track" width="100%" height="3"/>'
        '<rect class="used" width="{}%" height="3"/></svg>',
        drawn.state,
        drawn.used,
    )


@register.simple_tag
def ruler(
    start: datetime, end: datetime, now: datetime, marks: Sequence[Mark], bands: Sequence[Band] = ()
) -> SafeString:
    """All clocks on one line. Nothing without marks."""
    if not marks and not bands:
        return mark_safe("")
    start, end = timezone.localtime(start), timezone.localtime(end)
    layout = lay_out(start, end, now, marks, bands, say_when=lambda at: words.wall(at, now), say_late=words.overdue)
    top = 4.0
    axis = top + layout.rows * ROW + (16.0 if any(b.label_left is not None for b in layout.bands) else 2.0) + BAND + 4.0
    stairs = [
        {
            "placed": p,
            "x": f"{p.x:.2f}%",
            "y": f"{top + (layout.rows - 1 - p.row) * ROW if p.shown else axis - 10:.0f}",
            "baseline": f"{top + (layout.rows - 1 - p.row) * ROW + 11:.0f}",
            "box_y": f"{top + (layout.rows - 1 - p.row) * ROW - 3:.0f}",
            "left": f"{p.left:.0f}",
            **_late_box(p.when, p.late, p.left),
            "late_width": f"{p.late_width:.2f}%" if p.late_width else "",
            "late_y": f"{axis - BAND:.0f}",
        }
        for p in layout.marks
    ]
    named = [
        {
            "x": f"{t.x:.2f}%",
            "text": (words.day(t.at, now) if layout.days or t.at.hour == t.at.minute == 0 else words.time_of_day(t.at))
            if t.is_named and (layout.now_x is None or abs(layout.now_x - t.x) > 4.5)
            else "",
            "anchor": "start" if t.x < 1.5 else "end" if t.x > 98.5 else "middle",
            "length": f"{axis + (6 if t.is_named else 3):.0f}",
        }
        for t in layout.ticks
    ]
    bars = [
        {
            "x": f"{b.x:.2f}%",
            "width": f"{b.width:.2f}%",
            "hue": b.band.hue,
            "label": b.band.label,
            "label_left": "" if b.label_left is None else f"{b.label_left + 1:.0f}",
        }
        for b in layout.bands
    ]
    return _part(
        "ruler",
        stairs=stairs,
        ticks=named,
        bars=bars,
        said=_ruler_in_words(layout.marks, bands, now),
        axis=f"{axis:.0f}",
        band_y=f"{axis - BAND:.0f}",
        band_label_y=f"{axis - BAND - 6:.0f}",
        hour_y=f"{axis + 20:.0f}",
        now_y1=f"{axis - 14:.0f}",
        now_y2=f"{axis + 8:.0f}",
        height=f"{axis + 26:.0f}",
        now_x=None if layout.now_x is None else f"{layout.now_x:.2f}%",
        now_anchor="middle" if layout.now_x is None or 1.5 < layout.now_x < 98.5 else "start",
        now_text=words.time_of_day(now),
        start=_iso(start),
        end=_iso(end),
    )


def _late_box(when: str, late: str, left: float) -> dict[str, str]:
    """Where the black box of a late label stands: after its wall clock, with room for its words."""
    if not late:
        return {}
    box = left + text_width(when) + 6
    width = text_width(late) + 12
    return {
        "box_x": f"{box:.0f}",
        "box_width": f"{width:.0f}",
        "box_middle": f"{box + width / 2:.0f}",
        "after_box": f"{box + width + 6:.0f}",
    }


def _ruler_in_words(marks: Sequence[Placed], bands: Sequence[Band], now: datetime) -> str:
    said = [f"{words.wall(b.start, now)} {b.label}" for b in bands]
    said += [" ".join(t for t in (p.when, p.mark.label, p.late, p.mark.sub) if t) for p in marks]
    said.append(_("now %(time)s") % {"time": words.time_of_day(now)})
    return _("Clocks: %(list)s") % {"list": "；".join(said)}


# ---------- sections and rows ----------


@register.simple_block_tag
def section(
    content: str, title: str, id: str = "", count: str | int = "", says: str = "", url: str = "", link: str = ""
) -> SafeString:
    """A rule, a name, a number, and what follows. `says` and the link stand at the right end of the line."""
    return _part("section", content=content, title=title, id=id, count=count, says=says, url=url, link=link)


@register.simple_block_tag
def post(content: str, name: str, says: str = "", id: str = "") -> SafeString:
    """The tasks of one post."""
    return _part("post", content=content, name=name, says=says, id=id)


@register.simple_block_tag
def task(content: str, row: TaskRow, now: datetime) -> SafeString:
    """One task as a row; the content is its action slot."""
    return _part("task", row=row, now=now, actions=_trimmed(content))


@register.simple_block_tag
def job(content: str, row: TaskRow, now: datetime, why: str = "") -> SafeString:
    """One task as a card for the phone; the content is its buttons."""
    return _part("job", row=row, now=now, why=why, actions=_trimmed(content))


@register.simple_block_tag(takes_context=True)
def note(
    context: template.Context,
    content: str,
    now: datetime | None = None,
    kind: str = "plain",
    title: str = "",
    text: str = "",
    cite: Cite | str = "",
    undo_url: str = "",
    undo_until: datetime | None = None,
    id: str = "",
) -> SafeString:
    """Said in place. Kinds: plain (a reminder), wrong (a refusal), done (with undo), quiet (a remark)."""
    rest = ""
    if undo_url and undo_until is not None and now is not None:
        if now >= undo_until:
            undo_url = ""
        else:
            rest = words.left(undo_until - now)
    return _part(
        "note",
        csrf_token=context.get("csrf_token"),
        content=_trimmed(content),
        kind=kind,
        title=title,
        gap=_gap(title),
        text=text,
        cite=cite,
        undo_url=undo_url,
        rest=rest,
        id=id,
    )


@register.simple_block_tag
def decision(
    content: str,
    title: str,
    now: datetime,
    text: str = "",
    level: Level | None = None,
    since: datetime | None = None,
    cites: Sequence[Cite] = (),
    id: str = "",
) -> SafeString:
    """What waits for a decision: what, why now, since when, on what article; the content is its buttons."""
    waited = Clock(started_at=since) if since is not None else None
    return _part(
        "decision", content=content, title=title, text=text, level=level, clock=waited, cites=cites, id=id, now=now
    )


@register.simple_tag(takes_context=True)
def question(context: template.Context, value: Question) -> SafeString:
    """The open question of the grading: it shows what each answer would lead to before it is given."""
    return _part("question", csrf_token=context.get("csrf_token"), q=value)


@register.simple_tag
def grading(grades: Sequence[Grade], says: str = "") -> SafeString:
    """Every level with its verdict and the criteria behind it, the highest first."""
    verdicts = {
        "excluded": pgettext("verdict", "excluded"),
        "possible": pgettext("verdict", "possible"),
        "certain": pgettext("verdict", "certain"),
        "confirmed": pgettext("verdict", "certain, confirmed"),
        "passed": pgettext("verdict", "passed"),
    }
    truths = {True: "yes", False: "no", None: "ask"}
    shown = [
        {
            "grade": g,
            "verdict": verdicts[g.verdict],
            "is_out": g.verdict in ("excluded", "passed"),
            "criteria": [{"criterion": c, "mark": truths[c.truth]} for c in g.criteria],
        }
        for g in grades
    ]
    return _part("grading", grades=shown, says=says)


@register.simple_tag
def entry(value: Entry, now: datetime) -> SafeString:
    """One entry of the journal."""
    return _part("entry", e=value, now=now)


@register.simple_tag
def stages(value: Sequence[Stage]) -> SafeString:
    """The stages of a case on one line."""
    return _part("stages", stages=value)


@register.simple_block_tag
def case_head(
    content: str, title: str, number: str = "", level: Level | None = None, crumbs: Sequence[Tab] = ()
) -> SafeString:
    """Where one is, the title of a case, and its buttons (the content)."""
    return _part("case_head", content=content, title=title, number=number, level=level, crumbs=crumbs)


@register.simple_block_tag
def fact(content: str, name: str) -> SafeString:
    """One cell of `<dl class="case__facts">`."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", name, content)


@register.simple_tag
def tabs(items: Sequence[Tab], label: str = "") -> SafeString:
    return _part("tabs", items=items, label=label or _("Sections"), kind="tabs")


@register.simple_tag
def filters(items: Sequence[Tab], label: str = "") -> SafeString:
    return _part("tabs", items=items, label=label or _("Filter"), kind="filters")


@register.simple_tag
def dock(items: Sequence[Tab]) -> SafeString:
    return _part("dock", items=items)


@register.simple_tag
def readout(figures: Sequence[Figure]) -> SafeString:
    """The numbers at the top of the board."""
    return _part("readout", figures=figures)


@register.simple_tag
def case_columns() -> SafeString:
    """The names above `case_row`s."""
    return _part("case_columns")


@register.simple_tag
def case_row(
    url: str,
    title: str,
    now: datetime,
    id: str = "",
    level: Level | None = None,
    sub: str = "",
    stage: str = "",
    stage_says: str = "",
    lead: str = "",
    lead_says: str = "",
    clock: Clock | None = None,
    clock_says: str = "",
    more: str = "",
    graded: bool = True,
) -> SafeString:
    """One case on the board. `graded`: whether it has a level at all; where not, its place stays empty."""
    return _part("case_row", **locals())


@register.simple_tag
def people(items: Sequence[Person]) -> SafeString:
    return _part("people", people=items)


@register.simple_tag
def tree(nodes: Sequence[Node]) -> SafeString:
    """The tree of command."""
    return _part("tree", nodes=nodes)


@register.simple_tag
def callout(value: Callout) -> SafeString:
    """How far a call-out has come: a bar, then a tally."""
    counts = [
        ("a", value.accepted, pgettext("call-out", "accepted")),
        ("r", value.read, pgettext("call-out", "read")),
        ("d", value.delivered, pgettext("call-out", "delivered")),
        ("n", value.silent, pgettext("call-out", "no answer")),
        ("x", value.declined, pgettext("call-out", "cannot come")),
    ]
    total = sum(n for _kind, n, _name in counts) or 1
    bars, x = [], 0.0
    for kind, number, _name in counts[:3]:
        if number:
            bars.append({"kind": kind, "x": f"{x:.2f}%", "width": f"{100 * number / total:.2f}%"})
        x += 100 * number / total
    said = "，".join(f"{name} {number}" for _kind, number, name in counts if number)
    return _part("callout", bars=bars, counts=counts, said=said)


@register.simple_tag
def ladder(rungs: Sequence[Rung]) -> SafeString:
    """The colours of a warning as stairs, the lowest first: what each keeps, and what it adds."""
    highest = max((r.kept + len(r.added) for r in rungs), default=1) or 1
    room, gap = 96.0, 2.0
    height = min(6.0, (room - 4) / highest - gap)
    columns = []
    for r in rungs:
        steps = []
        for n in range(r.kept + len(r.added)):
            y = room - (n + 1) * (height + gap)
            kind = "own" if n >= r.kept else "kept"
            steps.append({"y": f"{y:.1f}", "kind": kind if r.is_on or kind == "own" else "off"})
        columns.append({"rung": r, "steps": steps})
    return _part("ladder", columns=columns, height=f"{height:.1f}", room=f"{room:.0f}")


@register.simple_block_tag
def empty(content: str) -> SafeString:
    """An empty list says what comes next."""
    return format_html('<p class="empty">{}</p>', content)


@register.simple_tag
def quote(text: str, source: str = "") -> SafeString:
    """The plan's own words."""
    return _part("quote", text=text, source=source)


# ---------- tables ----------


@register.simple_block_tag
def table(content: str, columns: Sequence[Column], id: str = "", two: bool = False) -> SafeString:
    """A table that turns into blocks on a phone. The roles are written out, because `display: block` takes them away."""
    return _part("table", content=content, columns=columns, id=id, two=two)


@register.simple_block_tag
def row(content: str, late: bool = False, id: str = "") -> SafeString:
    return format_html(
        '<tr role="row"{}{}>{}</tr>',
        format_html(' id="{}" data-row', id) if id else "",
        mark_safe(' class="is-late"') if late else "",
        content,
    )


@register.simple_block_tag
def cell(content: str, name: str = "", spot: str = "", head: bool = False, number: bool = False) -> SafeString:
    """One cell. `name` repeats the column's name for the phone; `spot` is the column's (see `Column`)."""
    classes = " ".join(c for c in (f"c-{spot}" if spot else "", "num" if number else "") if c)
    said = format_html(' class="{}"', classes) if classes else ""
    if head:
        return format_html('<th role="rowheader" scope="row"{}>{}</th>', said, content)
    named = format_html(' data-name="{}"', name) if name else ""
    return format_html('<td role="cell"{}{}>{}</td>', said, named, content)


# ---------- fields ----------

TIME = r"([01]?[0-9]|2[0-3])[:：][0-5][0-9]"
KINDS: Mapping[str, Mapping[str, str]] = {
    "text": {"type": "text"},
    "long": {},
    "tel": {"type": "tel", "inputmode": "tel"},
    "number": {"type": "text", "inputmode": "decimal", "pattern": r"[0-9]+([.][0-9]+)?"},
    # Text with a pattern, because native time fields show twelve hours on some systems.
    "time": {"type": "text", "inputmode": "numeric", "pattern": TIME, "placeholder": "13:40"},
    "instant": {"type": "text", "pattern": rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}} )?{TIME}", "placeholder": "13:40"},
    "date": {"type": "text", "pattern": r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "placeholder": "2026-03-05"},
    "password": {"type": "password"},
    "search": {"type": "search"},
    "email": {"type": "email", "inputmode": "email"},
}


@register.simple_tag(name="field")
def field_tag(name: str, label: str, value: object = "", kind: str = "text", **options: Any) -> SafeString:
    """A text field with its name, hint and mistake. The options stand in the README of the parts."""
    attributes = dict(KINDS[kind])
    if options.get("placeholder"):
        attributes["placeholder"] = options.pop("placeholder")
    id = options.pop("id", "") or f"f-{name}"
    return _part(
        "field",
        name=name,
        label=label,
        value="" if value is None else value,
        kind=kind,
        id=id,
        attributes=attributes,
        **_describing(id, options),
        **options,
    )


@register.simple_tag
def choice(
    name: str,
    label: str,
    options: Iterable[Option | tuple[str, str]],
    value: str | Sequence[str] | None = None,
    multiple: bool = False,
    unknown: bool = False,
    id: str = "",
    **more: Any,
) -> SafeString:
    """Chips of which one, or with `multiple` several, can be taken. `unknown` adds 不清楚, which is an answer too."""
    given = [o if isinstance(o, Option) else Option(str(o[0]), str(o[1])) for o in options]
    if unknown:
        given.append(Option(UNKNOWN, pgettext("answer", "not known"), is_unknown=True))
    taken = {value} if isinstance(value, str) else {str(v) for v in value or ()}
    id = id or f"f-{name}"
    chips = [{"option": o, "id": f"{id}-{n}", "checked": o.value in taken} for n, o in enumerate(given)]
    return _part(
        "choice", name=name, label=label, chips=chips, multiple=multiple, id=id, **_describing(id, more), **more
    )


@register.simple_tag
def select(
    name: str,
    label: str,
    options: Iterable[tuple[str, str]],
    value: str | None = None,
    id: str = "",
    **more: Any,
) -> SafeString:
    """A list to choose one from, where chips would be too many."""
    id = id or f"f-{name}"
    choices = [{"value": str(v), "text": t, "selected": str(v) == str(value or "")} for v, t in options]
    return _part("select", name=name, label=label, choices=choices, id=id, **_describing(id, more), **more)


def _describing(id: str, options: Mapping[str, Any]) -> dict[str, str]:
    """Which lines describe the field: its hint and its mistake."""
    ids = [f"{id}-hint"] if options.get("hint") else []
    ids += [f"{id}-error"] if options.get("error") else []
    return {"described_by": " ".join(ids)}


@register.simple_block_tag
def field_row(content: str, label: str, hint: str = "", error: str = "", optional: bool = False) -> SafeString:
    """Several bare fields under one name, in one row."""
    return _part("field_row", content=content, label=label, hint=hint, error=error, optional=optional)


@register.simple_tag
def field_for(bound: BoundField, layout: str = "", unknown: bool = False, kind: str = "") -> SafeString:
    """A field of a Django form in our look, with its hint and its first mistake."""
    more: dict[str, Any] = {
        "hint": bound.help_text,
        "error": bound.errors[0] if bound.errors else "",
        "required": bound.field.required,
        "optional": not bound.field.required,
        "disabled": bound.field.disabled,
        "layout": layout,
        "id": bound.id_for_label or bound.auto_id,
    }
    widget = bound.field.widget
    value = bound.value()
    if isinstance(widget, Select) or hasattr(widget, "choices"):
        choices = [(v, t) for v, t in widget.choices if v != ""]
        many = getattr(widget, "allow_multiple_selected", False)
        if len(choices) > 12 and not many:
            return select(bound.html_name, str(bound.label), choices, value, **more)
        taken = [str(v) for v in value or ()] if many else None if value is None else str(value)
        return choice(bound.html_name, str(bound.label), choices, taken, multiple=many, unknown=unknown, **more)
    if isinstance(widget, CheckboxInput):
        ticked = ["on"] if value else []
        more["optional"] = False
        return choice(bound.html_name, "", [("on", str(bound.label))], ticked, multiple=True, **more)
    if not kind:
        kind = "long" if isinstance(widget, Textarea) else "password" if isinstance(widget, PasswordInput) else "text"
    for name in ("autocomplete", "autofocus", "placeholder", "rows", "inputmode", "maxlength"):
        if name in widget.attrs:
            more[name] = widget.attrs[name]
    return field_tag(bound.html_name, str(bound.label), value, kind, **more)


# ---------- the frame ----------


@register.simple_tag
def words_for_browser() -> SafeString:
    """The phrases with which console.js counts on, as attributes of a template element."""
    pairs = words.for_the_browser().items()
    return format_html('<template id="words"{}></template>', format_html_join("", ' data-{}="{}"', pairs))


@register.simple_tag
def page_instant(now: datetime | None) -> SafeString:
    """The instant of this answer, for the offset between the server's clock and the browser's."""
    if not isinstance(now, datetime):
        return mark_safe("")
    zone = getattr(timezone.get_current_timezone(), "key", "")  # a bare offset has no name that a browser knows
    return format_html(' data-now="{}"{}', _iso(now), format_html(' data-zone="{}"', zone) if zone else "")


@register.simple_tag
def language_code() -> str:
    """For the lang attribute: zh-Hans or en."""
    return get_language() or "zh-hans"
