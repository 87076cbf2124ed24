"""What instants, stages and the other fixed words of expressions are called."""

from __future__ import annotations

from muster.plans.model import Words

INSTANTS = {
    "occurred": Words("事发", "occurrence"),
    "detected": Words("发现", "detection"),
    "reported": Words("接报", "the first report"),
    "verified": Words("核实", "verification"),
    "started": Words("启动响应", "the start of the response"),
    "ended": Words("终止响应", "the end of the response"),
    "issued": Words("发布预警", "the issue of the warning"),
}
STAGES = {
    "intake": Words("接报", "intake"),
    "assessment": Words("研判", "assessment"),
    "response": Words("处置", "response"),
    "recovery": Words("善后", "recovery"),
    "review": Words("评估", "review"),
    "closed": Words("归档", "closed"),
}
REPORTED = {
    "title": Words("事件标题", "the title"),
    "summary": Words("基本情况", "the summary"),
    "place": Words("地点", "the place"),
    "types": Words("事件类型", "the types"),
}
ACTS = {
    "start": Words("启动响应", "the start of the response"),
    "end": Words("终止响应", "the end of the response"),
    "lift": Words("解除预警", "the lifting of the warning"),
}
OTHER = {
    "types": Words("事件类型", "the type"),
    "stage": Words("阶段", "the stage"),
    "working_hours": Words("工作时间", "working hours"),
    "holiday": Words("节假日", "a holiday"),
    "by": Words("办理人", "who acts"),
    "times_raised": Words("提出次数", "the number of times it was raised"),
}
# known(instant), and its opposite
IS_KNOWN = {
    "occurred": (Words("事发时间已知", "the time of occurrence is known"), Words("事发时间尚不清楚", "the time of occurrence is not known yet")),
    "detected": (Words("已经发现", "it has been detected"), Words("尚未发现", "it has not been detected yet")),
    "reported": (Words("已经接报", "it has been reported"), Words("尚未接报", "it has not been reported yet")),
    "verified": (Words("已经核实", "it has been verified"), Words("尚未核实", "it has not been verified yet")),
    "started": (Words("已经启动响应", "the response has started"), Words("尚未启动响应", "the response has not started")),
    "ended": (Words("已经终止响应", "the response has ended"), Words("尚未终止响应", "the response has not ended")),
    "issued": (Words("已经发布预警", "the warning has been issued"), Words("尚未发布预警", "the warning has not been issued")),
}  # fmt: skip
ROMAN = {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ", "V": "Ⅴ"}
WEEKDAYS = {
    "monday": Words("周一", "Monday"),
    "tuesday": Words("周二", "Tuesday"),
    "wednesday": Words("周三", "Wednesday"),
    "thursday": Words("周四", "Thursday"),
    "friday": Words("周五", "Friday"),
    "saturday": Words("周六", "Saturday"),
    "sunday": Words("周日", "Sunday"),
}

# How an operator is said of numbers and spans, of instants, of what has an order (levels, ordered values).
OF_NUMBERS = {
    "==": ("{left}为{right}", "{left} is {right}"),
    "!=": ("{left}不是{right}", "{left} is not {right}"),
    ">=": ("{left}达到{right}", "{left} is at least {right}"),
    ">": ("{left}超过{right}", "{left} is more than {right}"),
    "<": ("{left}不足{right}", "{left} is less than {right}"),
    "<=": ("{left}不超过{right}", "{left} is at most {right}"),
}
OF_INSTANTS = OF_NUMBERS | {
    ">=": ("{left}不早于{right}", "{left} is no earlier than {right}"),
    ">": ("{left}晚于{right}", "{left} is later than {right}"),
    "<": ("{left}早于{right}", "{left} is earlier than {right}"),
    "<=": ("{left}不晚于{right}", "{left} is no later than {right}"),
}
OF_RANKS = OF_NUMBERS | {
    ">=": ("{left}为{right}及以上", "{left} is {right} or higher"),
    ">": ("{left}高于{right}", "{left} is above {right}"),
    "<": ("{left}低于{right}", "{left} is below {right}"),
    "<=": ("{left}为{right}及以下", "{left} is {right} or lower"),
}
OF_ELAPSED = OF_NUMBERS | {
    ">=": ("{left}已满{right}", "at least {right} have passed since {left}"),
    ">": ("{left}已超过{right}", "more than {right} have passed since {left}"),
    "<": ("{left}不足{right}", "less than {right} have passed since {left}"),
    "<=": ("{left}未超过{right}", "at most {right} have passed since {left}"),
}
