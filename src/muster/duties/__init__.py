"""Standing duties: what recurs without any incident, and whether it was done.

A duty is a task of the section `standing:`. Each of its occurrences is a case of its own, opened when its period begins
and due when the period is over; reminders, overdue clocks, climbing and evidence are those of every case.

    terms     pure: which periods a duty has had, from the editions that were in force
    writes    what changes: `open_due` (asked by the timekeeper), opening by hand, registering a hazard, rebuilding
    reads     what is due, done, late, never done; open hazards; checks that nobody's task asks for
    register  the rows of a register that is filled from the cases of its period
    gaps      posts that fewer people hold than the plan asks for

Nothing here moves a period: what was not done stays where it was, and the next one begins beside it.
"""
