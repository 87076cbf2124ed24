"""A written plan in words: what the plan page and `muster plan show` tell of it, in the reader's language.

`plan.Reading` puts a plan into words once; the pictures (`chart`, `flow`) are geometry worked out from those words.
"""
