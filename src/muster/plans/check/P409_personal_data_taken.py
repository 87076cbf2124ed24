"""A plan that asks for personal data to be taken in bulk or in secret, or to be made public."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.check.wording import Ask, unlawful, wording
from muster.plans.findings import Severity
from muster.plans.model import Words

_USERS = r"(?:用户|消费者|客户|注册用户|买家|卖家|会员|网民|居民|业主|学员|储户|员工|投诉人|市民|旅客|住客|宾客)"
_DATA = r"(?:个人信息|身份信息|个人数据|个人资料|信息|数据|资料|手机号|电话号码|身份证|交易记录|交易明细|注册信息|实名信息|联系方式|通讯录|订单|聊天记录|浏览记录|住址|护照)"
ASKS = (
    Ask(
        wording(
            rf"(?:索取|索要)~6{_USERS}~4{_DATA}|(?:调取|索取|导出|采集|拷贝|收集|获取|下载|提供|报送|提交|抓取|爬取|汇总)~10(?:全部|所有|全量|批量|整库|大量|全体)~10{_USERS}~6{_DATA}|(?:批量|全量|整库|成批)~4(?:调取|索取|导出|采集|收集|获取|提供|抓取|爬取)~10{_USERS}?~6{_DATA}|(?:将|把)(?:全部|所有|全量)~6{_USERS}~6{_DATA}~6(?:导出|提供|报送|拷贝|上交|交给)",
            r"\b(?:bulk|all|every|mass|complete|whole)\b[^.;]{0,24}\b(?:users?|customers?|consumers?|buyers?|members?|residents?)'?s?\b[^.;]{0,24}\b(?:data|phone numbers|identity|records|details|databases?)\b[^.;]{0,20}|\b(?:collect|obtain|export|scrape)\b[^.;]{0,20}\bin bulk\b",
        ),
        Words("要求批量索取个人信息", "it asks for personal data in bulk"),
        re.compile(
            r"备份|恢复|迁移|脱敏|匿名|去标识|通知|告知|加密|保护|泄露|统计数|备案|back ?up|restore|anonym|encrypt|protect|notify|inform",
            re.IGNORECASE,
        ),
        Words(
            "按具体事件提出、写明法律依据，只要必需的项目，留存查阅记录",
            "ask case by case with the legal basis, for the necessary fields only, and log who looked",
        ),
    ),
    Ask(
        wording(
            r"偷拍|偷录|窃听|监听|暗访?拍|(?:暗中|秘密|隐蔽|悄悄|偷偷)~4(?:拍|录|摄|取证|采集)|(?:不|不必|无需|无须|不用|未)(?:事先|提前)?(?:告知|征得|征求|经|取得)~10(?:同意|许可|即|就|直接)?~6(?:拍照|拍摄|录音|录像|录制|摄像|采集)|(?:拍照|拍摄|录音|录像|录制|摄像|取证)[^。；]{0,8}(?:不必|无需|无须|不用|不)(?:事先|提前)?(?:告知|征得|征求|经)|(?:不知情|不注意|没有察觉|未察觉)~8(?:拍|录|摄|采集)|(?:隐藏|隐蔽|针孔)(?:式)?(?:摄像|录音|拍摄)",
            r"\b(?:secretly|covertly|quietly|hidden)\b[^.;]{0,24}\b(?:film|record|photograph|cameras?|tape|recorders?)\w*\b|\b(?:film|record|photograph|tape)\b[^.;]{0,30}\b(?:without (?:telling|asking|their (?:knowledge|consent))|unnoticed|unaware)\b|\b(?:wiretap|eavesdrop)\w*\b",
        ),
        Words("要求偷拍偷录", "it asks for people to be filmed or recorded without their knowledge"),
        re.compile(r"公共区域监控|监控系统|监听端口|端口|流量|网络监听|公安|删除|port|traffic", re.IGNORECASE),
        Words(
            "先告知、记下同意；不同意的只拍物品和现场，录音的通话开头即提示",
            "tell them and record consent; otherwise photograph things and the scene only; a recorded call says so at its beginning",
        ),
    ),
    Ask(
        wording(
            r"(?:发帖人|发帖者|网民|网友|博主|评论者|爆料人|重点人员?|老户|上访户|带头人|组织者|骨干|维权人员|闹访人员?|缠访人员?|匿名举报人)[^。；]{0,24}(?:身份证|证件号|手机号|电话|联系方式|住址|工作单位|社会关系|家庭成员|轨迹|行踪|真实姓名|银行卡)",
            r"(?:投诉|来访|信访|客户|业主|学员|举报|诉求)[^。；]{0,20}(?:宗教信仰|政治倾向|社会关系|前科|人脸|指纹|基因|家庭成员|性取向|病史|银行卡密码|征信)",
            r"\b(?:id numbers?|identity (?:cards?|numbers?)|phone numbers?|home addresses)\b[^.;]{0,14}\bof (?:the |all )?(?:posters?|authors?|critics?|organi[sz]ers?|petitioners?|ringleaders?|commenters?)\b|\b(?:posters?|authors?|critics?|organi[sz]ers?|petitioners?|ringleaders?|commenters?)\b[^.;]{0,30}\b(?:identity (?:card|number)|id numbers?|phone|telephone|home address|employer|relatives|bank card)\b|\b(?:complain\w*|petition\w*|visitors?|customers?)\b[^.;]{0,30}\b(?:religion|political (?:views|leaning)|fingerprints?|relatives|criminal record)\b",
        ),
        Words("要求收集与办事无关的个人信息", "it asks for personal data that the matter does not need"),
        re.compile(
            r"自愿|本人提供|公安|病例|食物中毒|就医|紧急联系人|自行填写|voluntar|police|emergency contact",
            re.IGNORECASE,
        ),
        Words(
            "只登记本人自愿提供、答复所必需的联系方式；身份由有权机关依法核查",
            "keep only the contact that the person gives and that the answer needs; identity is established by whoever the law empowers",
        ),
    ),
    Ask(
        wording(
            r"(?:公布|公开|披露|曝光|发布|点名|张贴|展示|泄露|透露|提供给媒体)~8(?:投诉人|举报人|信访人|发帖人|患者|病人|学生|学员|客户|上访人员?|来访人|受害人|受害者|未成年人|业主)~4(?:的)?(?:姓名|名单|身份|真实姓名|个人信息|住址|电话|照片|肖像|病历|隐私|身份证|联系方式)|(?:将|把)(?:投诉人|举报人|信访人|检举人)~8(?:信息|姓名|材料|举报信|身份|电话)~6(?:转|告知|提供|透露|泄露|交)~4(?:被投诉|被举报|涉事)",
            r"\b(?:publish|disclose|post|reveal)\b[^.;]{0,14}\b(?:complainants?|petitioners?|whistle-?blowers?|patients?|students?|posters?|victims?|customers?)\'s? (?:names?|identit\w+|addresses|photos?)\b|\b(?:publish|disclose|post|reveal|name)\b[^.;]{0,24}\b(?:names?|identit\w+|addresses|photos?)\b[^.;]{0,14}\bof (?:the |all )?(?:complainants?|petitioners?|whistle-?blowers?|patients?|students?|posters?|victims?|customers?)\b",
        ),
        Words("要求公开个人信息", "it asks for personal data to be made public"),
        re.compile(r"同意|脱敏|匿名|隐去|保密|风险|consent|anonym|redact", re.IGNORECASE),
        Words(
            "公布事实和数字，隐去个人信息；必须公布姓名的先征得本人或家属同意",
            "publish facts and figures without personal data; a name only with the consent of the person or family",
        ),
    ),
)


def find(plan: View) -> Iterator[Found]:
    yield from unlawful(plan, ASKS, questions=True)


RULE = Rule(
    code="P409",
    name=Words("要求违法收集、公开个人信息", "personal data taken"),
    severity=Severity.ERROR,
    what=Words(
        "文字或表单要求批量索取、偷拍偷录、超出必要收集或公开个人信息。",
        "A text or a form asks for personal data in bulk, in secret, beyond need, or for publication.",
    ),
    why=Words(
        "《个人信息保护法》第六条：收集个人信息应当限于实现处理目的的最小范围，不得过度收集；第十七条要求事先告知。《民法典》第一千零三十二条、第一千零三十三条保护隐私，禁止拍摄、窥视私密活动。不可用 suppress 保留。",
        "Article 6 of the Personal Information Protection Law limits collection to the least that the purpose needs, and article 17 demands "
        "that people be told first; articles 1032 and 1033 of the Civil Code protect privacy. This cannot be suppressed.",
    ),
    mend=Words(
        "只收集办理所必需的，事先告知并取得同意，限定查阅的岗位；原文的要求写进 excluded",
        "collect what the matter needs, tell people first and ask them, limit who may read it; move what the written plan asks to `excluded`",
    ),
    bad=(
        Example(
            """\
forms:
  brief:
    name: {zh: 发帖人情况表, en: Report}
    fields:
      number: {zh: 身份证号码, en: Number}  # <-
    cite: 四
"""
        ),
        Example(
            """\
guidance:
  camera: {text: {zh: 做好记录, en: Film the guests without telling them}, cite: 五}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  record:
    kind: action
    name: {zh: 现场记录, en: Record the scene}
    text: {zh: 先告知、征得同意后拍照；未经同意不得录像，不得公布投诉人姓名。, en: Never film people without telling them.}
    who: office
    cite: 五
"""
        ),
    ),
    find=find,
)
