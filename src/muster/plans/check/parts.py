"""Parts that every plan has to have, and where a plan may say them: looked for in tasks, duties, guidance, resources."""

from __future__ import annotations

import re

from muster.plans.check.rule import View
from muster.plans.model import Words


def says_anywhere(plan: View, pattern: re.Pattern[str]) -> bool:
    """Whether a task, group, duty, guidance, resource or form of the plan speaks of something."""
    edition = plan.edition
    said: list[Words | None] = []
    for task in edition.tasks.values():
        said += [task.name, task.text]
    said += [group.name for group in edition.groups.values()]
    said += [duty.text for actor in edition.actors.values() for duty in actor.duties]
    said += [advice.text for advice in edition.guidance.values()]
    for resource in edition.resources.values():
        said += [resource.name, resource.text]
    said += [form.name for form in edition.forms.values()]
    return any(words is not None and (pattern.search(words.zh) or pattern.search(words.en)) for words in said)
