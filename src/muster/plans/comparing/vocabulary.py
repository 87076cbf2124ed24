"""What the fixed words of the plan language are called in a sentence."""

from __future__ import annotations

from muster.plans.model import ActorKind, CaseKind, Days, Filled, Mode, RightName, TaskKind, Words

ACTOR_KINDS = {
    ActorKind.POST: Words("岗位", "post"),
    ActorKind.BODY: Words("机构", "body"),
    ActorKind.PARTY: Words("外部方", "party"),
}
FILLED = {
    Filled.STANDING: Words("常设", "standing"),
    Filled.ROSTER: Words("按值班表", "by the roster"),
    Filled.RESPONSE: Words("随响应成立", "with the response"),
    Filled.CASE: Words("每次确定", "named for each case"),
}
MODES = {
    Mode.ANY: Words("任一完成即可", "any one suffices"),
    Mode.EACH: Words("各自完成", "each owes his own"),
    Mode.JOINT: Words("共同完成", "all jointly"),
}
CASE_KINDS = {
    CaseKind.INCIDENT: Words("突发事件", "incidents"),
    CaseKind.WARNING: Words("预警", "warnings"),
    CaseKind.STANDING: Words("常态工作", "standing duties"),
    CaseKind.HAZARD: Words("隐患", "hazards"),
}
TASK_KINDS = {
    TaskKind.ACTION: Words("行动", "action"),
    TaskKind.DECISION: Words("决定", "decision"),
    TaskKind.REPORT: Words("信息报送", "report"),
    TaskKind.RELEASE: Words("信息发布", "release"),
    TaskKind.RECORD: Words("记录", "record"),
    TaskKind.MEETING: Words("会议", "meeting"),
    TaskKind.APPOINT: Words("指定", "appointment"),
    TaskKind.DISPATCH: Words("出动", "dispatch"),
}
RIGHTS = {
    RightName.HANDLE: Words("办理", "handle cases"),
    RightName.CONFIRM: Words("确认级别", "confirm the level"),
    RightName.LOWER: Words("降低级别", "lower the level"),
    RightName.START: Words("启动响应", "start the response"),
    RightName.END: Words("终止响应", "end the response"),
    RightName.REVIEW: Words("开始评估", "begin the review"),
    RightName.CLOSE: Words("归档", "close"),
    RightName.REOPEN: Words("重新开启", "reopen"),
    RightName.COMMAND: Words("指挥", "command"),
    RightName.COORDINATE: Words("协调", "coordinate"),
    RightName.PROPOSE: Words("建议预警", "propose a warning"),
    RightName.APPROVE: Words("批准预警", "approve a warning"),
    RightName.ISSUE: Words("发布预警", "issue a warning"),
    RightName.LIFT: Words("解除预警", "lift a warning"),
    RightName.PUBLISH: Words("发布信息", "publish"),
    RightName.WAIVE: Words("免办任务", "waive a task"),
    RightName.DISMISS: Words("作误报处理", "dismiss as false"),
    RightName.HAND_OVER: Words("移交", "hand over"),
}
VALUE_TYPES = {
    "bool": Words("是或否", "yes or no"),
    "int": Words("整数", "a whole number"),
    "number": Words("数", "a number"),
    "money": Words("金额", "an amount of money"),
    "duration": Words("时长", "a span of time"),
    "instant": Words("时刻", "an instant"),
    "date": Words("日期", "a date"),
    "text": Words("文字", "a text"),
    "longtext": Words("长文字", "a long text"),
    "enum": Words("单选", "one choice"),
    "set": Words("多选", "several choices"),
    "list": Words("多行", "a list"),
    "person": Words("人员", "a person"),
    "phone": Words("电话", "a phone number"),
    "level": Words("级别", "a level"),
    "file": Words("附件", "a file"),
}
HUES = {
    "I": Words("红色", "red"),
    "II": Words("橙色", "orange"),
    "III": Words("黄色", "yellow"),
    "IV": Words("蓝色", "blue"),
}
REACH = {
    "each": Words("每个对象", "each addressee"),
    "any": Words("任一对象", "any one addressee"),
    "up": Words("上一级", "the next level up"),
}
ROWS = {"cases": Words("事项", "case"), "tasks": Words("任务", "task")}
DAYS = {
    Days.WORKING: Words("工作日", "working days"),
    Days.HOLIDAYS: Words("法定节假日", "public holidays"),
    Days.BEFORE_HOLIDAYS: Words("放假前最后一个工作日", "the last working day before holidays"),
}
