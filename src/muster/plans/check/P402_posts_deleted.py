"""A plan that asks for posts, comments or press reports to be made to disappear."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.check.wording import asked_for, texts
from muster.plans.findings import Severity
from muster.plans.model import Words

_WHAT = r"(?:负面|不利|不良|敏感|相关|有关|网上|网络|媒体|舆情|的|、|和)*(?:帖子?|帖文|跟帖|评论|留言|报道|文章|稿件|稿子|视频|舆情|言论|信息)"
ASKS = re.compile(
    rf"删帖|删稿|撤稿|(?:有偿|花钱|付费|出资|协调)[^，。；]{{0,10}}(?:删除|撤下|下架|屏蔽)|(?:删除|撤下|屏蔽|封堵|压制|压下|沉底|清除){_WHAT}|压稿|压(?:下|住)(?:报道|稿件|新闻)|水军|五毛|冒充网民|刷(?:好评|评论)|(?:回收|收购|买断|回购)[^，。；]{{0,6}}(?:报纸|报刊)"
    r"|(?:阻止|拦阻|阻挠|劝退|拒绝|封堵)(?:媒体|记者)"
    r"|\b(?:delete|remove|take down|scrub|bury|pay to remove|get rid of)\b[^.;]{0,30}\b(?:posts?|comments?|coverage|articles?|reviews?|videos?)\b",
    re.IGNORECASE,
)
# Unlawful content is taken down by whoever the law entrusts with it, and anybody may complain of what is untrue.
LAWFUL = re.compile(
    r"依法|违法|有害|谣言|不实|虚假|侵权|泄露|隐私|个人信息|投诉|申请|申诉|垃圾|重复|误发|自行发布|本单位发布|本单位账号"
    r"|unlawful|illegal|false|untrue|rumou?r|defam|privacy|personal data|our own|by law",
    re.IGNORECASE,
)


def find(plan: View) -> Iterator[Found]:
    for each in texts(plan):
        what = asked_for(each.words, ASKS, LAWFUL)
        if what:
            yield Found(
                each.path,
                Words(
                    f"要求删帖、压稿或阻止采访：“{what}”",
                    f"it asks for posts or press reports to be made to disappear: “{what}”",
                ),
            )


RULE = Rule(
    code="P402",
    name=Words("要求删帖、压稿", "posts deleted"),
    severity=Severity.ERROR,
    what=Words(
        "文字要求删除、屏蔽帖文评论，花钱撤稿，雇水军，或者阻止记者采访。",
        "It asks for posts or comments to be deleted, press reports to be bought off, paid commenters, or journalists to be kept away.",
    ),
    why=Words(
        "有偿删帖是非法经营（法释〔2013〕21号）；公众有权知情和监督，压下的消息会成为下一次舆情。不可用 suppress 保留。",
        "Deleting posts for pay is a crime in China (judicial interpretation 2013 No. 21). The public has a right to know, and what is "
        "suppressed comes back. This cannot be suppressed.",
    ),
    mend=Words(
        "发布核实过的事实，行使答复权；不实、侵权的内容凭证据向平台或主管部门投诉、申请更正；原文的要求写进 excluded",
        "publish verified facts and use the right of reply; ask for correction of what is untrue, with evidence; move what the "
        "written plan asks to `excluded`",
    ),
    bad=(
        Example(
            """\
tasks:
  opinion:
    kind: action
    name: {zh: 处置舆情, en: Deal with opinion}
    text: {zh: 联系平台删除负面评论，必要时花钱撤稿。, en: Deal with opinion.}  # <-
    who: office
    cite: 五
"""
        ),
        Example(
            """\
guidance:
  clean: {text: {zh: 关注网上动态, en: Get the hosting site to delete critical posts}, cite: 五}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  opinion:
    kind: action
    name: {zh: 回应舆情, en: Answer opinion}
    text: {zh: 用核实的事实回应。不得删帖、压稿；对谣言凭证据向平台投诉。, en: Answer with facts. Never delete posts.}
    who: office
    cite: 五
"""
        ),
    ),
    find=find,
)
