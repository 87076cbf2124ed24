"""Every route of the console. Each view says what it needs (`muster.console.frame.page`); a test walks this list."""

from django.urls import path

from muster.console.pages import acts, board, duties, intake, one_task, plans, room, session, tasks, warnings

urlpatterns = [
    path("", board.board, name="board"),
    path("live/", board.live, name="board-live"),
    path("intake/", intake.intake, name="intake"),
    path("intake/next/", intake.what_follows, name="intake-next"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/live/", tasks.live, name="tasks-live"),
    path("tasks/read/", tasks.read, name="tasks-read"),
    path("warnings/", warnings.warnings, name="warnings"),
    path("warnings/propose/", warnings.propose, name="warnings-propose"),
    path("plans/", plans.plans, name="plans"),
    path("plans/<str:plan>/", plans.plan, name="plan"),
    path("duties/", duties.duties, name="duties"),
    path("duties/<str:plan>/<str:key>/", duties.duty, name="duty"),
    path("duties/<str:plan>/<str:key>/open/", duties.open_one, name="duty-open"),
    path("duties/<str:plan>/<str:key>/register/<str:number>/", duties.weekly_register, name="duty-register"),
    path("hazards/register/", duties.hazard, name="hazard"),
    path("sign-in/", session.sign_in, name="sign-in"),
    path("sign-out/", session.sign_out, name="sign-out"),
    path("language/", session.language, name="language"),
    # one case: its room, its journal, what can be done in it
    path("cases/<str:number>/", room.room, name="room"),
    path("cases/<str:number>/live/", room.live, name="room-live"),
    path("cases/<str:number>/journal/", room.journal_page, name="room-journal"),
    path("cases/<str:number>/tasks/<str:key>/", one_task.task, name="room-task"),
    path("cases/<str:number>/do/<str:act>/", acts.act, name="act"),
]
