"""The colours: readable in both themes, and the dark ones the same wherever they stand."""

import re
from pathlib import Path

import pytest

import muster.console

STATIC = Path(muster.console.__file__).parent / "static" / "console"
TOKENS = (STATIC / "tokens.css").read_text(encoding="utf-8")


def block(after: str) -> dict[str, str]:
    """The custom properties of the first block that follows these words."""
    inside = TOKENS.split(after, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", inside))


LIGHT = block(':root, [data-theme="light"] {')
DARK = block('[data-theme="dark"] {')


def luminance(colour: str) -> float:
    colour = colour.strip().lstrip("#")
    channels = [int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_dark_by_system_is_dark_by_choice() -> None:
    assert block(":root:not([data-theme]) {") == DARK
    assert DARK.keys() == LIGHT.keys()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *((ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("paper", "plate")),
        *((ink, ground) for ink in ("ink", "ink-2") for ground in ("sunk", "fresh", "act-wash", "wrong-wash")),
        ("ink-3", "sunk"), ("ink-3", "fresh"), ("ink-3", "act-wash"), ("ink-3", "wrong-wash"),
        ("act", "paper"), ("act", "plate"), ("act", "act-wash"), ("act-on", "act"), ("late-on", "late"), ("paper", "ink"),
        ("wrong", "paper"), ("wrong", "plate"), ("wrong", "wrong-wash"), ("drill", "paper"),
        *((f"{level}-on", level) for level in ("I", "II", "III", "IV")),
        *((f"{level}-text", ground) for level in ("I", "II", "III", "IV") for ground in ("paper", f"{level}-wash")),
    ],
)  # fmt: skip
def test_text_is_readable(theme: dict[str, str], text: str, ground: str) -> None:
    assert contrast(theme[text], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "plate"])
def test_outlines_of_controls_and_of_the_focus_can_be_seen(theme: dict[str, str], ground: str) -> None:
    assert contrast(theme["edge"], theme[ground]) >= 3
    assert contrast(theme["focus"], theme[ground]) >= 3


def test_only_the_tokens_hold_colours() -> None:
    rules = (STATIC / "console.css").read_text(encoding="utf-8").split("@media print")[0]
    assert re.findall(r":[^;{}]*#[0-9a-fA-F]{3,8}\b[^;{}]*;", rules) == []
