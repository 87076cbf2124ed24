"""Draws every part of the console with made-up values, as pages to look at.

    python tests/console/render_gallery.py DIRECTORY [zh-hans|en]
    python -m http.server --directory DIRECTORY

People, firms and numbers are invented.
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

GALLERY = Path(__file__).parent / "gallery"
PAGES = ("parts", "board", "room", "intake", "phone", "warning", "sign_in", "404", "403", "500")
CHINA = timezone(timedelta(hours=8))


def at(clock: str, day: int = 5, month: int = 3, year: int = 2026) -> datetime:
    """An instant of the invented day, 5 March 2026, in Chinese time."""
    hour, minute = clock.split(":")
    return datetime(year, month, day, int(hour), int(minute), tzinfo=CHINA)


NOW = at("14:12")


def context() -> dict[str, Any]:
    """What the pages of the gallery show."""
    from muster.console import parts as p
    from muster.console.ruler import Band, Mark

    plan = p.Cite("预案五", "#plan")
    one, two = p.Level("I", "Ⅰ级", "特别重大"), p.Level("II", "Ⅱ级", "重大")
    three, four = p.Level("III", "Ⅲ级", "较大"), p.Level("IV", "Ⅳ级", "一般")
    yellow, orange = p.Level("III", "黄色", "预警"), p.Level("II", "橙色", "预警")
    sent = p.Clock(due_at=at("14:30"), started_at=at("13:00"))
    late = p.Clock(due_at=at("14:00"), started_at=at("13:00"))
    clocks = [
        ("充裕", p.Clock(due_at=at("15:05"), started_at=at("13:05"))),
        ("四分之一内", sent),
        ("逾期", late),
        ("跨日", p.Clock(due_at=at("17:30", 9), started_at=at("09:00", 27, 2), left="剩2个工作日")),
        ("按时", p.Clock(due_at=at("14:00"), done_at=at("13:38"))),
        ("迟", p.Clock(due_at=at("09:20"), done_at=at("09:31"))),
        ("没有数字", p.Clock(started_at=at("14:10"))),
        ("更正起算", p.Clock(due_at=at("14:40"), was_due_at=at("14:50"), started_at=at("13:40"))),
        ("约定", p.Clock(due_at=at("17:30", 11), by="party", left="剩4个工作日")),
        ("本单位", p.Clock(due_at=at("15:00"), started_at=at("13:00"), by="own", says="每2小时")),
        ("超过目标", p.Clock(due_at=at("14:05"), started_at=at("13:50"), by="own")),
        ("起算未知", p.Clock(state="unset")),
        ("条件未定", p.Clock(state="pending")),
    ]
    words = (
        "发生较大金融突发事件，市政府接报研判后，授权协调机制具体处置；协调机制决定启动应急响应，必要时请省政府协调。"
    )
    decide = p.TaskRow(
        "t1",
        "open",
        "启动应急响应",
        kind="决定",
        is_key=True,
        subs=["市政府14:10授权", "完成后开放5项"],
        cites=[p.Cite("预案六（四）2（3）", "#plan")],
        clock=p.Clock(started_at=at("14:10")),
        words=words,
        words_source="六（四）2（3）　2022年4月29日版　依据要素：影响范围、金融行业数",
        words_open=True,
        contact="总召集人 王振国　0395-0000-001",
    )
    tasks = [
        decide,
        p.TaskRow(
            "t2",
            "acknowledged",
            "书面报告，15项内容",
            kind="报告",
            subs=["13:44收到，已填11项"],
            cites=[plan],
            clock=sent,
        ),
        p.TaskRow(
            "t3",
            "overdue",
            "电话报告",
            kind="报告",
            is_key=True,
            subs=["14:05催办，未接", "14:08转报陈立民，已接"],
            cites=[plan],
            clock=late,
            sample="我是临颍县政府值班员……现报告：13时许，两处网点停业。",
            words="事发1小时内电话报告。",
        ),
        p.TaskRow("t4", "returned", "处置方案", kind="批准", subs=["梁文退回：第3条缺依据"], clock_text="退回1次"),
        p.TaskRow(
            "t5",
            "done",
            "电话报告",
            kind="报告",
            subs=["郭海燕报"],
            clock=p.Clock(due_at=at("14:00"), done_at=at("13:38")),
        ),
        p.TaskRow("t6", "waiting", "成员单位会议", kind="会议", subs=["等「启动应急响应」"], clock_text="未开放"),
        p.TaskRow(
            "t7", "superseded", "分管副区长指挥", kind="行动", subs=["升级后由区长和副召集人替代"], clock_text="已替代"
        ),
        p.TaskRow("t8", "sending", "现场人数210人", kind="记录", subs=["14:10:22填写，等待网络"], clock_text="待发送"),
    ]
    grades = [
        p.Grade(one, "excluded", "4条不成立"),
        p.Grade(
            two,
            "possible",
            "差1问",
            [
                p.Criterion(
                    "省内发生，影响全省或可能殃及周边",
                    None,
                    "影响范围＝全市；波及周边＝未定",
                    p.Cite("预案一（六）3（3）", "#plan"),
                )
            ],
        ),
        p.Grade(
            three,
            "confirmed",
            "2条",
            [
                p.Criterion(
                    "本市发生，影响全市或多个金融行业，未及全省",
                    True,
                    "影响范围＝全市；受影响行业＝2个（13:02临颍县报）",
                    p.Cite("预案一（六）2（1）", "#plan"),
                ),
                p.Criterion(
                    "县区无力独自应对，须跨县区协调",
                    True,
                    "县区能单独应对＝否；需跨县区协调＝是",
                    p.Cite("预案一（六）2（2）", "#plan"),
                ),
            ],
        ),
        p.Grade(
            four,
            "passed",
            "08:41至13:05",
            [p.Criterion("影响基本不出县区", False, "影响范围＝全市", p.Cite("预案一（六）1（1）", "#plan"))],
        ),
    ]
    marks = [
        Mark(at("08:20"), "发生", "公司停业，210人聚集", "fact"),
        Mark(at("09:20"), "电话报告限", "召陵区提前8分　金融工作局迟11分"),
        Mark(at("09:50"), "书面报告限", "均按时"),
        Mark(at("13:00"), "扩散", "临颍、舞阳网点停业", "fact"),
        Mark(at("14:00"), "电话报告", "临颍县", late_by=timedelta(minutes=12)),
        Mark(at("14:30"), "书面报告", "临颍县"),
        Mark(at("14:30"), "书面报告", "舞阳县"),
        Mark(at("15:00"), "续报", "召陵区", "own"),
        Mark(at("15:05"), "报省政府", "协调机制", "own"),
        Mark(at("16:00"), "成员单位会议", "", "own"),
        Mark(at("17:30"), "舆情汇总", "信息发布组", "own"),
    ]
    bands = [Band(at("08:35"), at("13:05"), "IV", "Ⅳ级 一般"), Band(at("13:05"), NOW, "III", "Ⅲ级 较大")]
    entries = [
        p.Entry(62, at("14:12"), "现场登记62人", "吕小军，记一笔（刚到）", is_fresh=True),
        p.Entry(61, at("14:10"), "市政府授权协调机制处置", "市长 批示　附件1", is_key=True),
        p.Entry(58, at("14:00"), "电话报告到时，临颍县政府逾期", "自13:00起1小时", is_key=True),
        p.Entry(47, at("13:20"), "拒绝：召陵区政府发布情况通报（二）", "13:05起由协调机制发布（八）", is_refusal=True),
        p.Entry(43, at("13:05"), "级别确认为Ⅲ级 较大", "陈立民　依据Ⅲ-1、Ⅲ-2", is_key=True, is_pinned=True),
        p.Entry(39, at("13:02"), "临颍、舞阳网点停业，1家小贷公司受影响", "临颍县报", happened_at=at("13:00")),
        p.Entry(14, at("09:12"), "召陵区政府电话报告", "限09:20"),
    ]
    nav = [
        ("指挥看板", "b"),
        ("接报", "i"),
        ("我的任务", "t"),
        ("预警", "w"),
        ("演练", "d"),
        ("预案库", "p"),
        ("值班与通讯录", "r"),
    ]
    return {
        "now": NOW,
        "organisation": "漯河市金融工作局",
        "me": {"name": "陈立民", "post": "办公室主任", "id": 7},
        "nav": [p.NavItem(text, f"#{key}", key, is_current=n == 0) for n, (text, key) in enumerate(nav)],
        "sign_out_url": "#out",
        "language_url": "#language",
        "csrf_token": "token",
        "levels": [one, two, three, four, None],
        "colours": [p.Level("IV", "蓝色", "预警"), yellow, orange, p.Level("I", "红色", "预警")],
        "one": one, "three": three, "four": four, "yellow": yellow, "orange": orange,
        "clocks": clocks,
        "sent": sent,
        "late": late,
        "waited": p.Clock(started_at=at("13:50")),
        "far": p.Clock(due_at=at("17:30", 9), started_at=at("09:00", 27, 2), left="剩2个工作日"),
        "check": p.Clock(due_at=at("14:25"), started_at=at("14:10"), by="own"),
        "mark_names": ["open", "acknowledged", "done", "overdue", "waiting", "superseded", "returned", "sending", "yes", "ask", "no"],
        "tasks": tasks,
        "decide": decide,
        "mine": [
            p.TaskRow("j1", "open", "报现场人数和秩序", kind="报告", subs=["第4次续报"], clock=p.Clock(due_at=at("15:00"), started_at=at("13:00"))),
            p.TaskRow("j2", "acknowledged", "疏通东侧消防通道", kind="行动", subs=["14:09由孙建平交办"], clock=p.Clock(started_at=at("14:09")),
                      words="县区政府接报后立即启动先期处置，维护本区域社会稳定。", words_source="六（一）、六（四）1"),
            p.TaskRow("j3", "overdue", "电话报告", kind="报告", subs=["临颍县政府"], clock=late),
        ],
        "grades": grades,
        "question": p.Question("是否可能波及周边地区？", "spread", [
            p.Answer("yes", "可能", "建议升为Ⅱ级，发布改由上级宣传部门组织"),
            p.Answer("no", "不会", "排除Ⅱ级，Ⅲ级确定"),
            p.Answer("unknown", "不清楚", "15:00再问吕小军", is_unknown=True),
        ], "#answer"),
        "marks": marks, "bands": bands, "morning": at("08:00"), "evening": at("18:00"),
        "board_start": at("13:30"), "board_end": at("18:30"),
        "board_marks": [m for m in marks if m.at >= at("14:00")] + [Mark(at("14:25"), "核实", "郾城区网点排队", "own")],
        "entries": entries,
        "stages": [p.Stage("接报", "past"), p.Stage("研判", "now"), *(p.Stage(s, "next") for s in ("处置", "善后", "评估", "归档"))],
        "tabs": [p.Tab("现在", "#now", 9, is_current=True), p.Tab("研判", "#grade", "1问"), p.Tab("日志", "#journal", 61), p.Tab("通知", "#callout", 13), p.Tab("文书", "#papers", 5), p.Tab("预案原文", "#plan")],
        "filters": [p.Tab("全部", "#", 61, is_current=True), p.Tab("置顶", "#", 2), p.Tab("决定", "#", 7), p.Tab("级别", "#", 3)],
        "crumbs": [p.Tab("指挥看板", "#b"), p.Tab("事件", "#cases")],
        "figures": [p.Figure("运行中", 4, "事件3　预警1"), p.Figure("逾期", 1, "最久12分", is_late=True), p.Figure("30分钟内到期", 3, "最近14:25"), p.Figure("待我决定", 3, "最久22分"), p.Figure("通知未接受", 4, "共38条")],
        "reports": [p.Column("报送"), p.Column("由", "sub"), p.Column("至", "away"), p.Column("时限", "right-sub"), p.Column("结果", "right")],
        "duties": [p.Column("事项"), p.Column("责任"), p.Column("上次"), p.Column("下次不晚于")],
        "met": p.Clock(due_at=at("09:20"), done_at=at("09:12")),
        "met_late": p.Clock(due_at=at("09:20"), done_at=at("09:31")),
        "on_duty": [p.Person("带班领导", "赵明远", "市金融工作局局长", "0395-0000-101"), p.Person("值班员", "周晓岚", "至20:00，接班韩磊", "0395-0000-110"), p.Person("公安局", "杨卫东", "", "0395-0000-301")],
        "command": [p.Node("王振国", "总召集人，协调", "0395-0000-001", below=[
            p.Node("孙建平", "召陵区区长，指挥", "0395-0000-411", below=[p.Node("吕小军", "现场联络", "130-0000-0012")]),
            p.Node("赵明远", "副召集人，指挥", "0395-0000-101"),
            p.Node("综合协调、风险处置、信息发布、治安维护、专家咨询五组", says="启动后设", is_later=True),
        ])],
        "callout": p.Callout(accepted=9, read=2, delivered=1, silent=1),
        "rungs": [
            p.Rung(p.Level("IV", "蓝色"), "蓝色预警", "3月2日11:00发布，已并入黄色", facts=[("建议", "金融工作局、人民银行"), ("批准", "办公室"), ("会商", "无")], carries="本级3项", added=[p.Step("done", "县区调查核实，跟踪监测", "立即"), p.Step("done", "县区汇总上报"), p.Step("done", "各单位维护预警支持系统")], is_on=True),
            p.Rung(p.Level("III", "黄色"), "黄色预警", "3月3日09:40起", "现行", [("建议", "金融工作局、人民银行"), ("批准", "协调机制"), ("会商", "副召集人")], "蓝色3项，另加4项", 3, [p.Step("done", "加强监控收集和预报", "立即"), p.Step("done", "副召集人主持会商", "李文涛　3月3日15:00"), p.Step("acknowledged", "关注舆论，宣传解释", "及时"), p.Step("open", "向公众发布预测评估", "视需要")], is_on=True),
            p.Rung(p.Level("II", "橙色"), "橙色预警", "办公室3月5日13:50建议", "待批准", [("建议", "办公室"), ("批准", "协调机制"), ("会商", "总召集人")], "黄色7项，另加3项", 7, [p.Step("waiting", "加强值班，责任人到岗", "接到即办"), p.Step("waiting", "总召集人主持会商"), p.Step("waiting", "准备上报省政府")]),
            p.Rung(p.Level("I", "红色"), "红色预警", "未发布", facts=[("建议", "办公室"), ("批准", "协调机制"), ("会商", "总召集人或市长")], carries="橙色10项，另加2项", kept=10, added=[p.Step("waiting", "建立日报告制度"), p.Step("waiting", "24小时值班")]),
        ],
        "kinds": [("run", "集中取款"), ("closed", "停业"), ("raising", "非法集资"), ("outage", "系统中断"), ("crowd", "聚集上访"), ("other", "其他")],
        "places": [("yuanhui", "源汇区"), ("yancheng", "郾城区"), ("zhaoling", "召陵区"), ("linying", "临颍县"), ("wuyang", "舞阳县")],
        "times": [("now", "刚刚"), ("15", "约15分前"), ("30", "约30分前")],
        "counts": [("10", "不到10"), ("50", "10至50"), ("200", "50至200"), ("more", "200以上")],
        "undo_until": at("14:21"),
        "at1410": at("14:10"),
        "at1425": at("14:25"),
        "dock": [p.Tab("任务", "#", 3, is_current=True), p.Tab("上报", "#"), p.Tab("通讯录", "#"), p.Tab("预案", "#")],
    }  # fmt: skip


def render(page: str, *, language: str = "zh-hans", **more: Any) -> str:
    """One page of the gallery as HTML. Django must be set up."""
    from django.template import engines
    from django.template.loader import render_to_string
    from django.utils import timezone as django_timezone
    from django.utils import translation

    with translation.override(language), django_timezone.override("Asia/Shanghai"):
        own = GALLERY / f"{page}.html"
        if own.exists():
            return engines["django"].from_string(own.read_text(encoding="utf-8")).render({**context(), **more})
        if page.isdigit():
            return render_to_string(f"{page}.html", {})
        return render_to_string(f"console/{page}.html", {"form": {}, "organisation": "漯河市金融工作局", **more})


def set_up_django() -> None:
    import django
    from django.conf import settings

    source = Path(__file__).parents[2] / "src" / "muster"
    settings.configure(
        INSTALLED_APPS=["muster.console", "django_htmx", "django.contrib.staticfiles"],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        LOCALE_PATHS=[source / "locale"],
        LANGUAGE_CODE="zh-hans",
        STATIC_URL="/static/",
        USE_TZ=True,
        TIME_ZONE="Asia/Shanghai",
    )
    django.setup()


def write(directory: Path, language: str = "zh-hans") -> None:
    """Every page of the gallery, with the static files, so that a plain web server can show them."""
    import shutil

    from django.contrib.staticfiles import finders

    directory.mkdir(parents=True, exist_ok=True)
    for page in PAGES:
        (directory / f"{page}.html").write_text(render(page, language=language), encoding="utf-8")
    drill = render("room", language=language, drill="桌面推演：召陵区聚集事件", drill_says="演练时间 14:12，4倍速")
    (directory / "drill.html").write_text(drill, encoding="utf-8")
    for app in ("console", "django_htmx"):
        found = finders.find(app)
        shutil.copytree(str(found), directory / "static" / app, dirs_exist_ok=True)


if __name__ == "__main__":
    set_up_django()
    write(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "zh-hans")
