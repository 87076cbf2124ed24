"""A plan that asks for posts, comments or press reports to be made to disappear."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.check.wording import Ask, unlawful, wording
from muster.plans.findings import Severity
from muster.plans.model import Words

_WHAT = r"(?:不利于[^，。；]{1,8}的|负面|不利|不良|敏感|相关|有关|网上|网络|媒体|舆情|批评|差评|的|、|和)*(?:帖子?|帖文|跟帖|评论|留言|报道|文章|稿件|稿子|视频|舆情|言论|信息|差评|热搜|话题)"
_SAYS = Words("要求删帖、压稿或阻止采访", "it asks for posts or press reports to be made to disappear")
# Unlawful content is taken down by whoever the law entrusts with it, and anybody may complain of what is untrue.
LAWFUL = re.compile(
    r"违法|有害|谣言|不实|虚假|侵权|泄露|隐私|个人信息|投诉|申诉|申请(?:平台|网站|更正|依法)|垃圾|重复|误发|要求(?:查询|更正|删除)|本人要求|自行发布|本单位发布|本单位账号|经认定|篡改"
    r"|unlawful|illegal|false|untrue|rumou?r|defam|privacy|personal data|our own|by law",
    re.IGNORECASE,
)
ASKS = (
    Ask(
        wording(
            r"有偿(?:删|撤|屏蔽)|(?:花钱|付费|出资|购买|采购|雇请?|委托|聘请|联系)~12(?:删帖|删稿|撤稿|删(?:除)?(?:负面|不利|差评|评论|帖|稿|报道|相关)|撤下|下架|沉帖|删除服务)|删帖(?:公司|服务|费)",
            r"\b(?:pay|buy|hire|purchase|commission)\b[^.;]{0,40}\b(?:delet\w*|remov\w*|take[- ]?downs?|post-deletion|withdraw\w*)\b",
        ),
        Words("要求花钱删帖撤稿", "it asks for posts or reports to be removed for pay"),
        None,
        Words(
            "公开答复；内容不实或侵权的，凭证据按平台的通知程序免费提出，或申请更正、行使答复权、起诉",
            "answer in public; for false or infringing content use the platform's notice procedure with proof, ask for correction, use "
            "the right of reply or go to court",
        ),
    ),
    Ask(
        wording(
            r"注册~2账号~8(?:反驳|评论|发帖|回击|留言)|(?:动员|发动|组织|安排|请|鼓励)~8(?:员工|家属|亲友|朋友|学员|熟人)~8(?:好评|点赞|顶帖|正面评论|刷)|水军|五毛|冒充(?:网民|网友|顾客|客户)|刷(?:好评|评论|量|屏)|控评|(?:以|用)(?:普通|一般)?(?:网民|网友|顾客|客户|消费者|学员|家长|群众|市民)的?(?:身份|名义|口吻)~8(?:发帖|跟帖|评论|留言|发声|回帖|发表|引导)",
            r"(?:小号|马甲|个人账号|私人账号|多个账号)~10(?:发帖|跟帖|评论|顶帖|发声|点赞|引导)|(?:正面|好评)(?:评论|跟帖|内容|信息)?~6(?:覆盖|冲淡|压过|淹没|对冲|稀释)",
            r"\b(?:paid|disguised|fake|anonymous)\b[^.;]{0,20}\b(?:comment\w*|posters?|accounts|reviews)\b|\b(?:good|positive|favou?rable) (?:reviews|comments)\b[^.;]{0,14}\b(?:under|from) (?:other|false|different|private)\b|\bpos(?:e|ing) as\b[^.;]{0,20}\b(?:customers?|citizens?|users?|residents?|parents?)\b|\bdrown (?:out )?(?:the )?(?:criticism|critics|comments)\b",
        ),
        Words("要求操纵评论", "it asks for comments to be manipulated"),
        re.compile(r"防范水军|识别水军|举报水军"),
        Words(
            "以本单位的名义、经唯一出口发布核实过的事实，回应具体问题",
            "publish verified facts in one's own name through the one outlet, and answer the question itself",
        ),
    ),
    Ask(
        wording(
            rf"(?:自动|一律|直接)(?:屏蔽|删除|过滤|拦截)~2(?:批评|质疑|负面|差评)|删[帖贴]|删稿|撤稿|(?:负面|不利|批评|敏感)(?:信息|帖文?|评论|报道|舆情|言论|声音)~2的(?:清除|删除|清理|屏蔽|封堵|压制)|协调[^，。；]{{0,10}}(?:删除|撤下|下架|屏蔽)|(?:删除|撤下|屏蔽|封堵|压制|压下|沉底|清除|清理|删掉|拿掉){_WHAT}|(?:集中|批量|组织~6|反复)举报~4(?:负面|批评|不利)|处理掉~4(?:负面|不利|批评|帖)|(?:沉|压|封|顶掉)[帖贴]|(?:撤|压|降|摘)(?:下|低)?(?:热搜|热度|榜)|(?:关闭|封禁|封掉)~6(?:评论区|评论功能|发帖人|网民|批评)",
            r"(?:使|让|将|把)~4(?:帖|负面|批评|差评|报道)~8(?:消失|撤掉|去掉|弄掉|沉底|删掉|删除|撤下|下架|拿掉)",
            r"\bget\b[^.;]{0,30}\boff the (?:internet|web|net|site)\b|\btake\b[^.;]{0,20}\b(?:threads?|posts?|comments?|reviews?|stor(?:y|ies)|articles?|videos?)\b down\b|\b(?:delete|remove|take down|scrub|bury|get rid of|hide|block)\b[^.;]{0,30}\b(?:posts?|comments?|coverage|articles?|reviews?|videos?|criticism)\b|\bhave\b[^.;]{0,30}\b(?:posts?|comments?|reviews?|articles?)\b[^.;]{0,10}\b(?:deleted|removed|hidden|taken down|withdrawn)\b",
        ),
        _SAYS,
        LAWFUL,
    ),
    Ask(
        wording(
            r"(?:自动|一律|直接|立即|见到即|发现即)~6(?:删除|清除|屏蔽|过滤|封禁|拦截|封号|断网|上报)~4(?:所谓)?(?:不良|有害|敏感|负面|不当)~4(?:信息|言论|内容|帖|评论)|(?:不良|有害|敏感|负面|不当)(?:信息|言论|内容)~4(?:自动|一律|直接)~4(?:删除|清除|屏蔽|封禁|封号|断网)",
            r"\b(?:automatic\w*|at once|always)\b[^.;]{0,20}\b(?:delet\w*|remov\w*|block\w*)\b[^.;]{0,30}\b(?:harmful|sensitive|negative|undesirable|bad)\b[^.;]{0,20}\b(?:content|information|posts?|comments?)\b",
        ),
        Words(
            "要求不经认定就删除内容", "it asks for content to be removed without anybody deciding that it is unlawful"
        ),
        re.compile(r"违法|认定|核实|依据《|具体条款|unlawful|illegal", re.IGNORECASE),
        Words(
            "只处理本单位网站上违反具体法律条款的内容：由具名人员认定，留存记录，告知发布者；其余的回应，不删除",
            "take down only what breaks a named provision on one's own site, decided by a named person, recorded, with notice to the "
            "poster; answer the rest",
        ),
    ),
    Ask(
        wording(
            r"压稿|压(?:下|住)~4(?:报道|稿件|新闻|消息)|(?:将|把)~10(?:报纸|报刊|杂志|刊物)~6(?:收购|买下|回收|买断|收回|买走)|(?:回收|收购|买断|回购|买下|买回|买走|收回)~10(?:报纸|报刊|刊物|杂志)",
            r"(?:叫停|制止|阻止|阻挠)~4采访|(?:阻止|拦阻|拦住|拦下|赶走|阻挠|阻拦|劝退|劝离|驱离|拒绝|封堵|挡住|不让|不准|不许|围堵)(?:任何|所有)?(?:媒体|记者|采访)|(?:没收|收缴|扣下|扣留|夺下|抢下|检查)~6(?:记者|媒体|拍摄者)~6(?:相机|摄像|设备|录音|手机|存储卡)|(?:要求|责令|强迫|让)~8(?:删除|删掉)~6(?:拍摄|录制|拍下)的?~4(?:照片|视频|影像|画面)",
            r"(?:电视台|报社|媒体|编辑部?|记者)[^。；]{0,16}(?:要求|请|做工作|说服|劝|让)~6不(?:予|要)?(?:播出|刊发|刊登|报道|发表)|(?:请|找|要求|协调|约谈|联系|给|向|通过)~6(?:媒体|报社|记者|编辑部|电视台|宣传部门|新闻单位)~12(?:不要?(?:予)?(?:刊登|刊发|播出|报道|发表|跟进)|撤下|撤回|压下|压住|暂缓(?:刊|播|报道|发)|停止报道|施压|息事)",
            r"\b(?:press down|kill|spike|buy back|buy up|suppress|block|stop)\b[^.;]{0,30}\b(?:story|stories|newspapers?|press|journalists?|reporters?|press reports?|coverage)\b|\b(?:pressure|lean on)\b[^.;]{0,20}\b(?:journalists?|editors?|reporters?|newspapers?|media)\b|\bkeep (?:the )?(?:journalists|reporters|press|media) (?:away|out)\b",
        ),
        _SAYS,
        re.compile(r"警戒(?:区|线)|危险区域|不实|失实|虚假|更正|误发|本单位稿件|untrue|false|correct", re.IGNORECASE),
        Words(
            "由发言人提供事实，行使答复权；报道不实的，凭证据请求更正，必要时发律师函或起诉；现场只以安全为由设统一的警戒线",
            "give facts through the spokesperson and use the right of reply; ask for correction of what is untrue, with evidence; keep a "
            "cordon for safety only, the same for everybody",
        ),
    ),
)


def find(plan: View) -> Iterator[Found]:
    yield from unlawful(plan, ASKS)


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
