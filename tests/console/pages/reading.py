"""Pages as somebody reads them: words, without tags."""

import html
import re

from django.http import HttpResponse


def text(answer: HttpResponse) -> str:
    """The words of a page in order, with one space between what stands apart."""
    without_tags = re.sub(r"<[^>]*>", " ", answer.content.decode())
    return " ".join(html.unescape(without_tags).split())
