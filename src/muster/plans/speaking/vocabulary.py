"""What instants, stages and the other fixed words of expressions are called."""

from __future__ import annotations

from muster.plans.model import Words

INSTANTS = {
    "occurred": Words("事发", "occurrence"),
    "detected": Words("发现", "detection"),
    "reported": Words("接报", "report received"),
    "verified": Words("核实", "verification"),
    "started": Words("启动响应", "the start of the response"),
    "ended": Words("终止响应", "the end of the response"),
    "issued": Words("发布", "issue"),
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
    "types": Words("类型", "type"),
    "stage": Words("阶段", "stage"),
    "working_hours": Words("工作时间", "working hours"),
    "holiday": Words("节假日", "holiday"),
    "by": Words("办理人", "who acts"),
    "times_raised": Words("同一事项提出的次数", "how often the matter was raised"),
}
# known(instant), and its opposite
IS_KNOWN = {
    "occurred": (Words("发生时间已知", "the time of occurrence is known"), Words("发生时间不明", "the time of occurrence is not known")),
    "detected": (Words("已发现", "it has been detected"), Words("尚未发现", "not detected yet")),
    "reported": (Words("已接报", "it has been reported"), Words("尚未接报", "not reported yet")),
    "verified": (Words("已核实", "it has been verified"), Words("尚未核实", "not verified yet")),
    "started": (Words("已启动响应", "the response has started"), Words("尚未启动响应", "the response has not started")),
    "ended": (Words("已终止响应", "the response has ended"), Words("尚未终止响应", "the response has not ended")),
    "issued": (Words("已发布", "it has been issued"), Words("尚未发布", "not issued yet")),
}  # fmt: skip
# The words that plans use in place of a number
PROMPTS = {
    "立即": "immediately", "马上": "at once", "即时": "instantly", "随即": "right away", "及时": "promptly",
    "迅速": "swiftly", "第一时间": "as the first thing", "尽快": "as soon as possible", "首先": "first",
    "同时": "at the same time", "随时": "at any time", "适时": "in due course", "当天": "the same day",
    "最短时间内": "in the shortest time", "以最短时间": "in the shortest time", "按有关规定": "as the rules require",
}  # fmt: skip
NOT_SET = Words("未设定", "not set")
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
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

# How an operator is said of numbers and spans, of instants, of what has an order (levels, ordered values), and of
# the time since an instant.
OF_NUMBERS = {
    "==": ("{left}为{right}", "{left} is {right}"),
    "!=": ("{left}不是{right}", "{left} is not {right}"),
    ">=": ("{left}在{right}以上", "{left} is at least {right}"),
    ">": ("{left}超过{right}", "{left} is more than {right}"),
    "<": ("{left}不到{right}", "{left} is less than {right}"),
    "<=": ("{left}在{right}以下", "{left} is at most {right}"),
}
OF_INSTANTS = OF_NUMBERS | {
    ">=": ("{left}不早于{right}", "{left} is no earlier than {right}"),
    ">": ("{left}晚于{right}", "{left} is later than {right}"),
    "<": ("{left}早于{right}", "{left} is earlier than {right}"),
    "<=": ("{left}不晚于{right}", "{left} is no later than {right}"),
}
OF_RANKS = OF_NUMBERS | {
    ">=": ("{left}为{right}及以上", "{left} is {right} or higher"),
    "<=": ("{left}为{right}及以下", "{left} is {right} or lower"),
}
OF_ELAPSED = OF_NUMBERS | {
    ">=": ("{left}满{right}", "{left} is at least {right}"),
    "<=": ("{left}不超过{right}", "{left} is at most {right}"),
}
