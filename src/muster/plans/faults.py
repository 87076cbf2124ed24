"""The faults that keep a file from being a plan: one table of codes, and the list that a reader fills.

P001 to P009 speak of the file, P010 to P019 of keys and values, P020 to P029 of references, P050 to P069 of types in
expressions. All are errors. Codes never change their meaning.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from msgspec import Struct

from muster.plans.findings import Finding, Path, Severity
from muster.plans.model import Words

MOST = 500  # findings; beyond it a file is not a plan with faults, it is something else
_MOST_NEAR = 100  # "did you mean" for so many of them


class Fault(Struct, frozen=True):
    """What a code says and how it is mended. Words in braces are filled in for each finding."""

    zh: str
    en: str
    mend_zh: str
    mend_en: str


FAULTS: dict[str, Fault] = {
    "P001": Fault("文件不是 UTF-8 编码：第 {offset} 字节无法识别", "the file is not UTF-8: byte {offset} cannot be read",
                  "用编辑器另存为 UTF-8", "save it as UTF-8"),
    "P002": Fault("不是有效的 YAML：{zh}", "not YAML: {en}",
                  "改正此处；缩进用空格，含冒号或特殊符号的值加引号",
                  "mend this place; indent with spaces, quote values with a colon or a sign"),
    "P003": Fault("文件超过 {size}", "the file is larger than {size}",
                  "把可共用的部分移到法规模块", "move shared parts into regulation packs"),
    "P004": Fault("内容过多或嵌套过深（至多 {nodes} 项、{depth} 层）",
                  "too much in it, or nested too deep (at most {nodes} values, {depth} deep)",
                  "拆分文件，少用锚点引用", "split the file, and use fewer aliases"),
    "P005": Fault("“{key}”写了两次，第一次在第 {first} 行", "“{key}” stands twice, first in line {first}",
                  "留下一个，或改名", "keep one of them, or rename it"),
    "P006": Fault("文件中有不止一个 YAML 文档", "the file holds more than one YAML document",
                  "去掉 ---，每个预案一个文件", "remove ---; one plan, one file"),
    "P007": Fault("预案中不使用 YAML 标签“{tag}”", "plans use no YAML tags such as “{tag}”",
                  "去掉标签；以 ! 开头的文字加引号", "remove it; quote a text that begins with !"),
    "P008": Fault("键必须是文字", "a key must be a text",
                  "键前不要用 ? [ {{，写成“键: 值”", "write “key: value”, without ? [ or {{ before the key"),
    "P009": Fault("问题超过 {most} 个，其余未列出", "more than {most} faults; the rest is not listed",
                  "先改正上面的问题", "mend those above first"),
    "P010": Fault("{element}没有“{key}”这一项", "{element} has no key “{key}”",
                  "{near}可用：{allowed}", "{near}It may have: {allowed}"),
    "P011": Fault("{element}缺少“{key}”：{meaning}", "{element} lacks “{key}”: {meaning}",
                  "补上“{key}”", "add “{key}”"),
    "P012": Fault("“{key}”应为{wanted}，这里是{found}", "“{key}” takes {wanted}, and {found} stands here",
                  "改为{wanted}", "write {wanted}"),
    "P013": Fault("“{id}”不能作标识", "“{id}” cannot be an id",
                  "标识以英文字母开头，只含字母、数字、- 和 _，至多 64 个，且不是 if then else and or not in true false",
                  "ids begin with a letter, hold letters, digits, - and _, at most 64, and are none of "
                  "if then else and or not in true false"),
    "P014": Fault("“{key}”不能是“{value}”", "“{key}” cannot be “{value}”",
                  "{near}可用：{allowed}", "{near}Choose one of: {allowed}"),
    "P015": Fault("“{key}”的文字是空的", "the words of “{key}” are empty",
                  "写明内容，中文或 {{zh, en}}", "write them, in Chinese or as {{zh, en}}"),
    "P016": Fault("“{key}”不是表达式：{why}", "“{key}” is no expression: {why}",
                  "见语言参考中的表达式一节；整个表达式可加引号", "see the reference on expressions; quote the whole of it if needed"),
    "P017": Fault("没有这样的时区：“{value}”", "there is no time zone “{value}”",
                  "写 IANA 时区名，例如 Asia/Shanghai", "write an IANA name such as Asia/Shanghai"),
    "P018": Fault("{type} 类型{rule}", "the type {type} {rule}", "{mend}", "{mend}"),
    "P019": Fault("多个审批人须写明 mode", "several approvers need a mode",
                  "写 mode: any（任一）、each（各自）或 joint（共同）；先后审批的分成几步",
                  "write mode: any, each or joint; approvals one after the other are steps of their own"),
    "P020": Fault("没有{sort}“{id}”", "there is no {sort} “{id}”",
                  "{near}在文件中加上它，或改正此处", "{near}Add it to the file, or mend this place"),
    "P021": Fault("“{id}”是{found}，这里要{sort}", "“{id}” is {found}; {sort} is needed here",
                  "改为{sort}", "name {sort}"),
    "P022": Fault("“{id}”写了两次：{first}和{second}", "“{id}” stands twice: {first} and {second}",
                  "改名其中一个", "rename one of them"),
    "P023": Fault("“{id}”是保留的名称（{what}）", "“{id}” is a name of the language ({what})",
                  "换一个名称", "choose another name"),
    "P024": Fault("没有法规模块“{id}”", "there is no regulation pack “{id}”",
                  "{near}检查 include", "{near}See to include"),
    "P025": Fault("阶段的先后不对：{value}", "the stages are not in their order: {value}",
                  "按先后写：{allowed}", "their order is: {allowed}"),
    "P026": Fault("“{id}”既是“{of}”的值，又是一个名称，表达式无法区分",
                  "“{id}” is both a value of “{of}” and a name of its own; an expression cannot tell",
                  "改名其中一个", "rename one of them"),
    "P027": Fault("“{value}”不是日历规则：{why}", "“{value}” is no rule of recurrence: {why}",
                  "按 RFC 5545 写，如 FREQ=WEEKLY;BYDAY=FR", "write it as RFC 5545 does: FREQ=WEEKLY;BYDAY=FR"),
    "P028": Fault("“{key}”只用于常态工作和应急资源", "“{key}” is for standing duties and resources only",
                  "事件中的任务用 every 和 by", "within a case write every and by"),
    "P029": Fault("{first}和{second}不能同时写", "{first} and {second} cannot stand together",
                  "只留一种重复方式", "keep one way of recurring"),
    "P030": Fault("法规模块“{pack}”中没有“{id}”", "there is nothing called “{id}” in the regulation pack “{pack}”",
                  "{near}改正此处", "{near}Mend this place"),
    "P031": Fault("“{pack}”中的“{id}”有条件才计时，而本预案的任务没有时限，两者无法合并",
                  "the clock of “{id}” in “{pack}” runs under a condition, and the plan's task has none to join it with",
                  "给该任务写 due，或不写在 same 里", "give that task a due, or leave it out of `same`"),
    "P050": Fault("“{key}”里没有“{id}”这个名称", "“{key}” speaks of “{id}”, which nothing is called",
                  "{near}", "{near}"),
    "P051": Fault("“{id}”不是“{of}”的值", "“{id}” is no value of “{of}”",
                  "{near}可用：{allowed}", "{near}It may be: {allowed}"),
    "P052": Fault("“{left}”（{left_type}）不能与“{right}”（{right_type}）比较",
                  "“{left}” ({left_type}) cannot be compared with “{right}” ({right_type})",
                  "比较同类的值；集合用 x in …", "compare values of one kind; with a set write x in …"),
    "P053": Fault("“{left}”没有高低之分，不能用 {operator}", "“{left}” has no order, so {operator} means nothing",
                  "用 == 或 in；各值确有高低时给要素加 ordered: true",
                  "use == or in; add ordered: true to the fact if its values do ascend"),
    "P054": Fault("“{key}”应给出{wanted}，“{expression}”给出{found}",
                  "“{key}” needs {wanted}; “{expression}” gives {found}", "{mend}", "{mend}"),
    "P055": Fault("“{left}”（{left_type}）不能{operation}“{right}”（{right_type}）",
                  "cannot {operation} “{left}” ({left_type}) and “{right}” ({right_type})",
                  "时刻 ± 时长、时刻 - 时刻、时长 ± 时长、数 ± 数", "instant ± span, instant - instant, span ± span, number ± number"),
    "P056": Fault("“{function}()”里不能是“{argument}”（{found}）", "“{function}()” cannot take “{argument}” ({found})",
                  "应为{wanted}", "it takes {wanted}"),
    "P057": Fault("表单“{form}”没有栏目“{field}”", "the form “{form}” has no field “{field}”",
                  "{near}在表单中加上它，或改正此处", "{near}Add it to the form, or mend this place"),
    "P058": Fault("这里没有表单，不能写 {expression}", "there is no form here for {expression} to speak of",
                  "给任务加上 form，form.栏目 只在 done 中使用", "give the task a form; form.field is used in `done` only"),
    "P059": Fault("要素互相推算成圈：{circle}", "derived facts go round in a circle: {circle}",
                  "断开其中一处", "break it at one place"),
    "P060": Fault("“{expression}”：随时间增长的时长只能与固定时长比较",
                  "“{expression}”: a span that grows with time can only be compared with one that stands still",
                  "写成 elapsed(x) > 30m 这样", "write it like elapsed(x) > 30m"),
    "P062": Fault("要素层层推算超过 {most} 层", "derived facts rest on one another more than {most} deep",
                  "合并几个公式", "put some of them together"),
    "P061": Fault("没有任务“{id}”", "there is no task “{id}”", "{near}改正此处", "{near}Mend this place"),
}  # fmt: skip

Place = tuple[int, int]


def source_of(sources: Mapping[Path, str], path: Path, default: str) -> str:
    """The file that `path` stands in. Elements of packs are listed by (section, id), rights by (rights, name, number)."""
    return sources.get(path[:3]) or sources.get(path[:2]) or default


def near(name: str, known: Iterable[str]) -> Words:
    """“Did you mean …? ” for a name that is not known; empty where nothing is close."""
    if len(name) > 64:
        return Words("", "")
    by_lower = {each.lower().replace("_", "-"): each for each in known}
    close = difflib.get_close_matches(name.lower().replace("_", "-"), by_lower, n=1, cutoff=0.6)
    if not close:
        return Words("", "")
    meant = by_lower[close[0]]
    return Words(f"是否想写“{meant}”？", f"Did you mean “{meant}”? ")


class Faults:
    """Findings in the making. `place` finds the position of a path: its own, or that of the nearest one around it.

    `table` holds what the codes say; a reader of other files than plans adds its own.
    """

    table: Mapping[str, Fault] = FAULTS

    def __init__(self, places: Mapping[Path, Place], source: str = "") -> None:
        self.places = places
        self.source = source
        self.found: list[Finding] = []
        self._nears = 0

    def place(self, path: Path) -> Place:
        while path:
            if path in self.places:
                return self.places[path]
            path = path[:-1]
        return self.places.get((), (1, 1))

    def near(self, name: str, known: Iterable[str]) -> Words:
        """As `near`, for the first hundred times: comparing names is the slow part of a file full of faults."""
        self._nears += 1
        return near(name, known) if self._nears <= _MOST_NEAR else Words("", "")

    def add(
        self, code: str, path: Path, *, place: Place | None = None, source: str | None = None, **values: object
    ) -> None:
        """One more finding. `values` fill the words of `code`; Words among them are said in each language."""
        self.tell(code, path, values, place, source)

    def tell(
        self,
        code: str,
        path: Path,
        values: Mapping[str, object],
        place: Place | None = None,
        source: str | None = None,
    ) -> None:
        """As `add`, with the values in a mapping."""
        if len(self.found) > MOST:
            return
        if len(self.found) == MOST:
            code, values = "P009", {"most": MOST}
        fault = self.table[code]
        said = {
            language: {
                key: value.say(language) if isinstance(value, Words) else str(value) for key, value in values.items()
            }
            for language in ("zh", "en")
        }
        line, column = place or self.place(path)
        self.found.append(
            Finding(
                rule=code,
                severity=Severity.ERROR,
                line=line,
                column=column,
                path=path,
                says=Words(_sentence(fault.zh.format(**said["zh"])), _sentence(fault.en.format(**said["en"]))),
                mend=Words(
                    _sentence(fault.mend_zh.format(**said["zh"])), _sentence(fault.mend_en.format(**said["en"]))
                ),
                source=self.source if source is None else source,
            )
        )


def _cut(text: str) -> str:
    """`text` in one line; what somebody put a novel into is cut."""
    text = " ".join(text.split())
    return text if len(text) <= 600 else text[:600] + "…"


def _sentence(text: str) -> str:
    text = _cut(text)
    return text[:1].upper() + text[1:]
