"""Cases: the one way in, the read models, the timekeeper.

    from muster.cases.execute import Done, execute, merge
    result = execute(None, OpenIncident(...), plan="luohe-finance", person=request.user, now=timezone.now())
    result = execute(case_id, Complete(...), person=request.user, now=timezone.now())
    match result:
        case Done(): ...          # committed: result.case_id, result.version, result.events
        case Refusal(): ...       # nothing happened: result.say(language)

`execute` is the only function that changes a case. `reads` gives pages what a person may see. `timekeeper` wakes cases
whose `wake_at` has come. `editions` keeps the plans; `writing` is the SQL behind `execute`; `state` finds a case's
present value; `rebuild` makes every read model again from the journals.
"""
