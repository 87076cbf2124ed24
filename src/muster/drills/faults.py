"""What can be wrong with a scenario file, beside what can be wrong with any file (P001 to P015).

D001 speaks of the plan, D010 to D019 of keys and values, D020 to D029 of names. All are errors. Codes never change their meaning.
"""

from __future__ import annotations

from muster.plans.faults import FAULTS, Fault, Faults

SCENARIO_FAULTS: dict[str, Fault] = {
    "D001": Fault("没有预案“{plan}”", "there is no plan “{plan}”", "预案库中有：{known}；或另行指定预案文件",
                  "the library has: {known}; or name the plan's file"),
    "D010": Fault("“{value}”不是时刻", "“{value}” is no instant",
                  "写 90m、-20m、2h、1d 09:30 或 2026-03-03T09:00:00+08:00",
                  "write 90m, -20m, 2h, 1d 09:30 or 2026-03-03T09:00:00+08:00"),
    "D011": Fault("“{value}”不是时长", "“{value}” is no length of time", "写 3m、1h30m、2d", "write 3m, 1h30m, 2d"),
    "D012": Fault("没有“{verb}”这种输入", "there is no input “{verb}”", "{near}可用：{allowed}", "{near}Use one of: {allowed}"),
    "D013": Fault("一条输入写一个动作，这里有{count}个：{verbs}", "an input says one thing; here are {count}: {verbs}",
                  "一个动作一条，同一时刻可以有几条", "one input for each; several may stand at the same instant"),
    "D014": Fault("“{verb}”没有“{key}”这一项", "“{verb}” takes no “{key}”", "{near}可用：{allowed}", "{near}It takes: {allowed}"),
    "D015": Fault("“{verb}”缺少“{key}”", "“{verb}” lacks “{key}”", "补上“{key}”", "add “{key}”"),
    "D016": Fault("没有“{word}”这种预期", "nothing can be expected of “{word}”", "{near}可用：{allowed}",
                  "{near}Use one of: {allowed}"),
    "D017": Fault("starts 要写确定的时刻，“{value}”不是", "starts needs an absolute instant, and “{value}” is none",
                  "写 2026-03-03T09:00:00+08:00", "write 2026-03-03T09:00:00+08:00"),
    "D018": Fault("第一条输入要建立事项，这里是“{verb}”", "the first input must open the case; here it is “{verb}”",
                  "先写 report（接报）、propose（建议预警）或 open（隐患、常态工作）",
                  "begin with report, propose (a warning) or open (a hazard, a standing duty)"),
    "D019": Fault("“{verb}”不用于{kind}", "“{verb}” has no meaning in a case of kind {kind}", "{mend}", "{mend}"),
    "D020": Fault("没有{sort}“{name}”", "there is no {sort} “{name}”", "{near}改正此处", "{near}Mend this place"),
    "D021": Fault("预案中没有带 sheet 编号“{name}”的要素", "nothing in the plan carries the sheet id “{name}”",
                  "{near}在预案中补上 sheet，或改正此处", "{near}Add it to the plan, or mend this place"),
    "D022": Fault("sheet 编号“{name}”所指的是{found}，这里要{sort}", "the sheet id “{name}” names {found}; {sort} is needed here",
                  "换一个编号", "use another id"),
    "D023": Fault("refused 所指的输入不清：这一时刻有{count}条输入", "refused does not say which input: {count} stand at this instant",
                  "写动作（refused: confirm）或这一时刻的第几条（refused: 2）",
                  "name the verb (refused: confirm) or its position at this instant (refused: 2)"),
    "D024": Fault("这一时刻没有“{which}”这条输入", "there is no input “{which}” at this instant",
                  "使 at 与那条输入相同", "give it the same `at` as the input"),
    "D025": Fault("输入不能早于开始（{value}）", "an input cannot come before the start ({value})",
                  "把 starts 提前", "let the scenario start earlier"),
    "D026": Fault("只有 refused 才可写 says", "says goes with refused", "加上 refused: true", "add refused: true"),
    "D027": Fault("这里要写明事项的种类：{allowed}", "the kind of case must be one of: {allowed}", "改正此处", "mend this place"),
    "D028": Fault("这条预期什么也没有问", "this expectation asks nothing", "可用：{allowed}", "use any of: {allowed}"),
    "D029": Fault("“{value}”超出历法", "“{value}” lies beyond the calendar", "写近一些的时刻", "write a nearer instant"),
}  # fmt: skip


class ScenarioFaults(Faults):
    """Findings about a scenario."""

    table = {**FAULTS, **SCENARIO_FAULTS}
