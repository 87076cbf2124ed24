"""Pictures as SVG: boxes, lines and words with their places in px.

In a page the look comes from the style sheet of the console and follows its theme; a picture that stands in a file of
its own brings the same look along, and follows the colours of the system.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from muster.console.ruler import text_width

WIDTH = 1152.0
LINE = 16.0


@dataclass(frozen=True, slots=True)
class Word:
    """A line of text. `look` is its class: t, t2, t3, tb, on-key; `anchor` start, middle or end."""

    x: float
    y: float
    text: str
    look: str = "t"
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Box:
    """A box with its words. `key` is what it shows; `title` all of it, for those who point at it; `href` where it leads."""

    x: float
    y: float
    width: float
    height: float
    look: str
    key: str = ""
    title: str = ""
    href: str = ""
    words: tuple[Word, ...] = ()
    is_gate: bool = False


@dataclass(frozen=True, slots=True)
class Wire:
    d: str
    look: str = "wire"


@dataclass
class Picture:
    """What one picture shows, in the order in which it is drawn; `title` is what it is, `says` what is on it."""

    title: str
    says: str
    id: str
    height: float = 0
    width: float = WIDTH
    bands: list[Box] = field(default_factory=list)
    wires: list[Wire] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)


# --- text


def breadth(text: str) -> float:
    """The width of a line of text in px. Latin letters are narrower than the ruler's safe guess."""
    return text_width(text) - 0.9 * sum(character.isascii() for character in text)


def fit(text: str, room: float) -> str:
    """A text cut to what fits, with the sign that something is missing."""
    if breadth(text) <= room:
        return text
    kept = ""
    for character in text:
        if breadth(kept + character + "…") > room:
            break
        kept += character
    return kept + "…"


def wrapped(text: str, room: float, most: int) -> list[str]:
    """A text in at most so many lines; Latin words stay whole where they can, and the last line is cut."""
    lines: list[str] = []
    rest = text.strip()
    while rest and len(lines) < most - 1 and breadth(rest) > room:
        end = 0
        while end < len(rest) and breadth(rest[: end + 1]) <= room:
            end += 1
        space = max(rest.rfind(" ", 0, end + 1), rest.rfind("-", 0, end) + 1)
        if space > end // 2 and end < len(rest) and rest[end].isascii() and rest[end] != " ":
            end = space
        while 0 < end < len(rest) and rest[end] in "，。；：、）”」,.;:)":
            end -= 1
        lines.append(rest[: max(end, 1)].rstrip())
        rest = rest[max(end, 1) :].lstrip()
    return [*lines, fit(rest, room)] if rest else lines


# --- drawing

STYLE = """
svg{--ink:#14181a;--ink-2:#434a4e;--ink-3:#5f666a;--paper:#f6f6f3;--plate:#fff;--sunk:#ecece7;--rule:#d9dad5;
--rule-2:#b9bcb6;--edge:#7f8685;--act:#0d565b;--act-wash:#e2ecea;background:var(--paper);
font:12px -apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",sans-serif}
@media (prefers-color-scheme:dark){svg{--ink:#e7e9e7;--ink-2:#b6bdbc;--ink-3:#949d9d;--paper:#101416;--plate:#191f22;
--sunk:#232a2d;--rule:#2a3235;--rule-2:#465053;--edge:#717b7d;--act:#83c9c2;--act-wash:#16302f}}
.t{fill:var(--ink)}.t2{fill:var(--ink-2)}.t3{fill:var(--ink-3)}.tb{fill:var(--ink);font-weight:600}
.ta{fill:var(--act);font-weight:600}.box{fill:var(--plate);stroke:var(--edge)}.box--key{fill:var(--ink);stroke:var(--ink)}
.on-key{fill:var(--paper);font-weight:600}.box--later{fill:none;stroke:var(--edge);stroke-dasharray:4 3}
.box--gate{stroke:var(--ink);stroke-width:1.75}.box--report{stroke:var(--act)}
.box--release{fill:var(--act-wash);stroke:var(--act);stroke-width:1.75}
.box--open{stroke-dasharray:4 3}.wire{fill:none;stroke:var(--rule-2)}.wire--b{fill:none;stroke:var(--ink-3)}
.band{fill:var(--sunk);opacity:.55}
"""


def drawn(picture: Picture, *, alone: bool = False) -> str:
    """The picture as SVG. `alone`: for a file of its own, with its look and without links into a page."""
    width, height = f"{picture.width + 2:.0f}", f"{picture.height + 2:.0f}"
    space = ' xmlns="http://www.w3.org/2000/svg"' if alone else ""
    out = [
        f'<svg{space} width="{width}" height="{height}" viewBox="-1 -1 {width} {height}" role="img" '
        f'aria-labelledby="{picture.id}-t {picture.id}-d">'
        f'<title id="{picture.id}-t">{escape(picture.title)}</title>'
        f'<desc id="{picture.id}-d">{escape(picture.says)}</desc>'
    ]
    if alone:
        out.append(f"<style>{STYLE}</style>")
    out += [_rect(each) for each in picture.bands]
    out += [f'<path class="{each.look}" d="{each.d}"/>' for each in picture.wires]
    for box in picture.boxes:
        shape = _gate(box) if box.is_gate else _rect(box)
        inner = "".join([f"<title>{escape(box.title)}</title>" if box.title else "", shape, *_texts(box.words)])
        if box.href and not alone:
            out.append(f'<a href="{escape(box.href)}">{inner}</a>')
        else:
            out.append(f"<g>{inner}</g>")
    out += _texts(picture.words)
    out.append("</svg>")
    return "".join(out)


def _rect(box: Box) -> str:
    place = f'x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}"'
    corners = "" if box.look == "band" else ' rx="2"'
    return f'<rect class="{box.look}" {place}{corners}/>'


def _gate(box: Box) -> str:
    """A six-cornered box: a decision or an appointment, without which what follows does not open."""
    right, middle, bottom, cut = box.x + box.width, box.y + box.height / 2, box.y + box.height, 9
    d = (
        f"M{box.x + cut:.1f} {box.y:.1f}H{right - cut:.1f}L{right:.1f} {middle:.1f}L{right - cut:.1f} {bottom:.1f}"
        f"H{box.x + cut:.1f}L{box.x:.1f} {middle:.1f}Z"
    )
    return f'<path class="{box.look}" d="{d}"/>'


def _texts(words: Iterable[Word]) -> list[str]:
    return [
        f'<text class="{each.look}" x="{each.x:.1f}" y="{each.y:.1f}"{_anchor(each)}>{escape(each.text)}</text>'
        for each in words
    ]


def _anchor(word: Word) -> str:
    return "" if word.anchor == "start" else f' text-anchor="{word.anchor}"'
