"""Everything that a page says is said in both languages."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from tests.console.pages.words_used import in_code, in_template

import muster.console

CONSOLE = Path(muster.console.__file__).parent
CATALOGUE = CONSOLE.parent / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


@pytest.fixture(scope="module")
def chinese() -> dict[tuple[str, str], str]:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    found = {}
    for message in catalogue:
        text = message.id if isinstance(message.id, str) else message.id[0]
        said = message.string if isinstance(message.string, str) else message.string[0]
        found[message.context or "", text] = said
    return found


def test_every_text_of_the_console_has_its_chinese(chinese):
    missing = [
        (path.name, *text)
        for path in sorted([*CONSOLE.rglob("*.html"), *CONSOLE.rglob("*.py")])
        for text in (in_template(path) if path.suffix == ".html" else in_code(path))
        if not chinese.get(text)
    ]
    assert not missing


def test_a_translation_keeps_the_places_of_its_text(chinese):
    import re

    places = re.compile(r"%\((\w+)\)[sd]")
    wrong = [
        text
        for (_context, text), said in chinese.items()
        if said and set(places.findall(text)) != set(places.findall(said))
    ]
    assert not wrong
