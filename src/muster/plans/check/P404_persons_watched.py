"""A plan that asks for people to be watched, followed, located or listed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.check.wording import Ask, unlawful, wording
from muster.plans.findings import Severity
from muster.plans.model import Words

_OF = r"(?:好|住|上述|有关|相关|重点|涉事|涉案|来访|上访|信访|聚集|闹事|维权|参与|可疑|这些|该|其|各类|的|每个|每名|全部|所有|和|、)*"
_PEOPLE = r"(?:人员|人群|人物|分子|投诉人|投诉者|信访人|上访人|上访户|投资人|投资者|储户|存款人|债权人|当事人|群众|客户|业主|顾客|嫌疑人|家属|带头人|组织者|参与者|老户|原告|起诉人|发帖人|举报人|实际控制人)"
_WATCH = r"(?:监控|监视|跟踪|盯防|盯守|盯梢|盯紧|紧盯|盯住|布控|稳控|管控|尾随|蹲守|手机定位|定位|包保稳控)"
# Those who write, and those who lead a group that complains.
_AUTHORS = r"(?:发帖人|发帖者|跟帖人|网民|网友|博主|作者|评论者|爆料人|爆料者|发布者|账号主人|匿名者|曝光者)"
_LISTED = r"(?:重点人员?|重点对象|老户|上访户|闹访|缠访|上访人员?|信访人员?|带头人|带头者|组织者|骨干|挑头|牵头人|发帖人|投诉人|维权人员?|不稳定人员?|活跃分子|投诉专业户|职业打假人|举报人)"
_SAYS = Words("要求监视、跟踪或定位人员", "it asks for people to be watched or tracked")
# Rescue and medicine look for people to help them; and the police act by law.
LAWFUL = re.compile(
    r"被困|失踪|遇险|失联|走失|落水|伤员|伤者|受伤|伤亡|病人|患者|接触者|医学|救援|救治|搜救|服务|回访|随访|帮扶|安抚|关怀"
    r"|(?:由|报|报告|移交|移送|协助|配合|提请|通知|请|交)[^，。；]{0,8}(?:公安|警方|民警|派出所|司法机关|检察)|(?:公安(?:机关|部门|局)?|警方|民警|派出所|司法机关)(?:应|负责|依法|会同|处理|对|组织|管控)"
    r"|missing|trapped|injured|patient|rescue|police|public security",
    re.IGNORECASE,
)
ASKS = (
    Ask(
        wording(
            rf"{_WATCH}{_OF}{_PEOPLE}(?!受伤|伤亡|被困|流动|聚集|密度|数量|进出|的?(?:情绪|需求|诉求|安全|意见|反馈|建议|投诉|满意|订单|账户|资金|体验|身体|健康))",
            rf"对[^，。；]{{0,12}}{_PEOPLE}[^，。；]{{0,6}}(?:进行|实施|开展|予以|加以|采取|全程|24小时|秘密|严密)*{_WATCH}",
            r"(?:追踪|查找|蹲守|布控|追捕|缉拿|摸排|寻找)~8(?:嫌疑人|涉案人员|逃匿人员|实际控制人)(?!家属)|人盯人|重点人员[^。；]{0,10}(?:盯守|盯防|包保|稳控|看护)|(?:潜入|卧底|打入|混入)~8(?:群|微信|投资人|业主|上访|维权)|群~8(?:潜入|卧底|混入)|(?:全程|一路|随时|派人|派~6)跟(?:着|随)~6(?:投诉|上访|信访|维权|来访|当事人|业主|客户)|(?:跟随|尾随|紧跟|尾追)~4(?:上访|信访|投诉|维权|来访)~4(?:代表|人员?|者|群众)|(?:上报|报告|汇报|通报|报送)~6(?:重点人员?|带头人|组织者|上访人员?|维权人员?|老户)~4(?:动向|动态|去向|行踪)|排查~6(?:带头|挑头|闹事|维权|上访)~6(?:人员?|业主|学员|群众|储户)|摸清底细|一对一(?:盯|稳控|包保)|(?:包保|盯防|稳控)责任(?:人|制)",
            rf"(?:掌握|了解|关注|跟进|打探|紧盯)~6(?:重点人员?|带头人|组织者|上访人员?|维权人员?|老户)~6(?:动态|动向|行踪|去向|活动|一举一动|轨迹)|(?:掌握|获取|查询|摸清|查明|打听)~8{_PEOPLE}~4(?:行踪|去向|轨迹|下落)|调取{_OF}(?:{_PEOPLE}|的)*(?:行踪|轨迹|通话|通讯|聊天)",
            r"\b(?:track|tail|shadow|spy on|surveil|watch|monitor|locate|trace|follow)\b (?:the |all |every |any |key |those |where the |known )*"
            r"(?:persons?|people|complainants?|petitioners?|investors?|depositors?|creditors?|customers?|suspects?|protesters?|organi[sz]ers?|authors?|posters?|critics?|traders?)\b|\bkeep (?:an eye|a (?:close )?watch) on\b[^.;]{0,20}\b(?:persons?|people|petitioners?|organi[sz]ers?|critics?)\b",
        ),
        _SAYS,
        LAWFUL,
    ),
    Ask(
        wording(
            rf"对~10(?:经常|多次|反复|频繁)(?:投诉|上访|信访|举报)的?~6(?:重点)?(?:登记备案|建档|列管|标注|重点关注|特别关注)|(?:建立|编制|制作|汇总|形成|整理|更新|填写|登记|报送|上报|梳理|摸排)~12{_LISTED}~8(?:名单|台账|名册|清单|档案|花名册|信息库|数据库|名录|底数|信息表|登记表)|{_LISTED}(?:名单|台账|名册|档案|花名册|信息库|底数)",
            r"(?:建立|列入|纳入|拉入|进入|设立|编制)~10黑名单",
            r"\bblacklist\w*\b|\bkeep (?:a )?(?:files?|dossiers?|records?) (?:on|about) (?:those|people|persons|whoever|complain\w*|petition\w*)\b|\blists? of\b[^.;]{0,20}\b(?:petitioners?|complainants?|organi[sz]ers?|key persons|critics?|protesters?|ringleaders?)\b",
        ),
        Words("要求给人员列名单、建档", "it asks for people to be listed"),
        re.compile(
            r"IP|地址|域名|端口|网址|供应商|失信|企业|商家|发件|号段|短信|电话号码库|病毒|address|domain|supplier",
            re.IGNORECASE,
        ),
        Words(
            "按事项登记投诉和诉求，不按人建名单；只统计人数，涉嫌违法的移送公安机关",
            "register matters and demands, not persons; count people; refer suspected offences to the police",
        ),
    ),
    Ask(
        wording(
            r"(?:监测|监控|监看|摸排|排查|收集|搜集|研判|查看|掌握)~10(?:思想(?:动态|动向|状况|倾向|言论)|言论(?:动态|倾向)|政治倾向|意识形态(?:动向|动态|倾向|情况)|个人(?:观点|言论|思想)|(?:员工|群众|居民|公民|学员|业主)~2(?:言论|观点|朋友圈|聊天|微信群)|朋友圈|聊天内容|群聊)|(?:学员|员工|群众|居民|业主|储户|客户)~2的?(?:微博|微信|朋友圈|抖音|个人账号|社交账号)~8(?:关注|截图|监看|监测|巡查|浏览|取证|收集)|(?:意识形态|思想动态|思想动向)~4(?:监测|监控|摸排|排查)",
            r"\b(?:monitor|profile|screen|watch)\b[^.;]{0,30}\b(?:views|opinions|beliefs|ideolog\w+|private chats?|social media accounts)\b",
        ),
        Words("要求监测个人的思想言论", "it asks for what people think and say to be watched"),
        re.compile(r"心理|安抚|关怀|疏导|意见建议|满意度|征求|survey|satisf", re.IGNORECASE),
        Words(
            "只就具体事项立案，回应问题本身；收集意见公开征求、可以匿名",
            "open a case for a concrete matter and answer it; ask for opinions openly, anonymous if wished",
        ),
    ),
    Ask(
        wording(
            rf"人肉搜索|(?:查询|调取|检索)~8(?:投诉人|举报人|信访人|发帖人)~6(?:住址|户籍|房产|征信|通话|轨迹|行程|社保)|(?:查|找)(?:清|明|出|到)~6(?:是谁|何人|什么人)~4(?:发|写|举报|投诉|爆料|拍)|(?:查|找)(?:清|明|出)~6(?:发|写|举报|投诉|爆料)的?(?:是谁|人)|锁定~6账号~4(?:人|背后|主人|使用者)|(?:追查|查找|锁定|摸清|溯源|深挖|查出|落查|查清|倒查|揪出|追踪)~6(?:{_AUTHORS}|举报人|检举人)|(?:查明|核实|调查|查询|获取|掌握|定位|弄清|找到)~6(?:{_AUTHORS}|匿名举报人)~6(?:身份|住址|单位|电话|IP|是谁|背景|真实姓名|个人信息)",
            r"(?:摸清|调查|搜集|收集|刺探|打探|摸底|掌握|套取|了解)~8(?:投诉人|起诉人|原告|当事人|发帖人|信访人|记者|维权人员?|带头人|对方|举报人|上访人员?)~8(?:家庭(?:情况|背景|成员)|背景|社会关系|财产|经济状况|弱点|软肋|隐私|行踪|住址|亲属|把柄|底细|个人情况|真实目的)",
            r"\b(?:identify|unmask|trace|find out)\b[^.;]{0,24}\b(?:authors?|posters?|whistle-?blowers?|critics?|who (?:wrote|posted|complained))\b|\b(?:profile|dig up|investigate|pry into)\b[^.;]{0,24}\b(?:plaintiffs?|complainants?|petitioners?|critics?|families|backgrounds?|journalists?|citizens|individuals|people)\b",
        ),
        Words("要求追查、刺探个人", "it asks for individuals to be traced or profiled"),
        re.compile(r"公安|病例|流行病学|走失|失踪|诈骗短信|police|missing", re.IGNORECASE),
        Words(
            "就事实回应；需要联系的，公开请本人来反映；涉嫌违法的把内容交公安机关；诉讼中只作自愿、有记录的和解沟通",
            "answer the facts; ask people openly to come forward; give unlawful content to the police; with a plaintiff hold only "
            "voluntary, recorded settlement talks",
        ),
    ),
    Ask(
        wording(
            rf"(?:对|将|把|给)~14(?:{_PEOPLE}|未当选者|来访者|其他人)~8(?:拍照|照相|录像|摄像|人脸识别|甄别|辨认身份|识别身份|查明身份|核查身份|逐一识别)|(?:识别|辨认|拍下|拍摄)~6(?:上访|来访|聚集|维权|闹事|未当选)(?:人员|者|群众)",
            rf"(?:利用|通过|运用|使用|借助|依托)~10(?:健康码|行程码|行程|通信|手机信号|话单|大数据|基站|购票|住宿|人脸识别|天网)~16(?:{_PEOPLE}|上访|信访|维权|出行|行踪)|(?:赋|变|转为?)(?:红|黄)码|限制~8{_PEOPLE}~4(?:出行|购票|乘车|出境|进京)",
            r"\b(?:photograph|film|face recognition)\b[^.;]{0,24}\b(?:petitioners?|protesters?|visitors?|others|complainants?)\b|\b(?:health|travel|phone|location) (?:codes?|data)\b[^.;]{0,40}\b(?:limit|restrict|movement|depositors?|petitioners?|creditors?|investors?)\b",
        ),
        Words(
            "要求识别、限制聚集或来访的人", "it asks for people who gather or petition to be identified or restricted"
        ),
        re.compile(r"同意|自愿|伤|病|疫情|失信被执行人|法院|公安|告知后|consent|court|police", re.IGNORECASE),
        Words(
            "只统计人数、登记来访人推选的代表和其自己申报的诉求；不利用健康、行程、通信数据限制出行",
            "count people, note the delegates they name and the claims they file; use no health, travel or phone data to limit movement",
        ),
    ),
)


def find(plan: View) -> Iterator[Found]:
    yield from unlawful(plan, ASKS, questions=True)


RULE = Rule(
    code="P404",
    name=Words("要求监视、跟踪人员", "persons watched"),
    severity=Severity.ERROR,
    what=Words(
        "文字或表单要求监视、跟踪、定位人员，给人列名单，监测思想言论，追查发帖人，或调取行踪。公安机关依法办理的、救援救治的除外。",
        "It asks for people to be watched, followed, located or listed, for what they think and say to be watched, or for authors to be traced. Police acting by law, rescue and medical care are "
        "exempt.",
    ),
    why=Words(
        "《个人信息保护法》和《民法典》保护隐私和行踪信息；信访、维权是权利，不是嫌疑。不可用 suppress 保留。",
        "The Personal Information Protection Law and the Civil Code protect privacy and whereabouts; complaining is a right and no "
        "ground for suspicion. This cannot be suppressed.",
    ),
    mend=Words(
        "关注事态，不关注个人：统计人数和诉求，登记本人自愿提供的信息；涉嫌违法的移送公安机关；原文的要求写进 excluded",
        "follow the situation, not persons: count people and demands, keep what they themselves give; refer suspected offences to "
        "the police; move what the written plan asks to `excluded`",
    ),
    bad=(
        Example(
            """\
tasks:
  stability:
    kind: action
    name: {zh: 维护稳定, en: Keep order}
    text: {zh: 对重点人员实施24小时监控，定位上访人员。, en: Keep order.}  # <-
    who: office
    cite: 五
"""
        ),
        Example(
            """\
guidance:
  eyes: {text: {zh: 了解动态, en: Track the petitioners and keep a blacklist of organisers}, cite: 五}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  stability:
    kind: action
    name: {zh: 跟踪事态，监控系统运行, en: Follow events and monitor the systems}
    text: {zh: 定位被困人员；跟踪监测舆情；不得监控、跟踪投资人。可疑人员报公安机关处理。, en: Nobody is to track people.}
    who: office
    cite: 五
"""
        ),
    ),
    find=find,
)
