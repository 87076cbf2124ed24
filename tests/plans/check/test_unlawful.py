"""What a plan may not ask for: each kind, in the words of an office, is found; what comes near it is not."""

from functools import cache

import pytest

from muster.plans.check import check, rule_of
from muster.plans.check.examples import SMALLEST
from muster.plans.findings import Finding, Severity
from muster.plans.reading import read_plan

# What the written plans of the library ask for and Muster leaves out: (what, rule, sentences in Chinese and in English).
ASKED_FOR: list[tuple[str, str, list[str]]] = [
    ("influence on authorities", "P407", ["积极与监管部门、法院沟通，利用各方关系创造有利条件", "请有关领导向法官打招呼，争取对本行有利的判决", "通过社会关系影响监管机构的调查结论", "Use connections to win over the regulator and the court"]),
    ("suspect food left in place", "P412", ["投诉人不同意更换的，菜品继续留在餐台供应", "征得投诉人同意后再封存可疑食品", "对有异物的菜品暂不下架，待协商后处理", "Suspect food stays on the counter unless the complainant agrees"]),
    ("filming without consent", "P409", ["处理过程全程录像，不必告知投诉人", "安排专人在顾客不知情的情况下拍摄取证", "用手机暗中录音，留作证据", "Film the guests without telling them"]),
    ("key persons tracked", "P404", ["密切掌握重点人员动态", "对挑头人员实行一对一盯防", "梳理重点人员名单，逐一落实包保责任人", "Keep a close watch on key persons and their movements"]),
    ("opinions watched", "P404", ["定期摸排员工思想动向和网上言论", "收集职工朋友圈、微信群中的不当言论", "加强意识形态动态监测", "Monitor the views of employees to prevent ideology incidents"]),
    ("posts deleted", "P402", ["协调网信部门清理负面帖文", "第一时间联系网站撤下不利报道", "对批评性评论作沉底处理，关闭评论区", "Have critical comments removed and steer opinion"]),
    ("comments manipulated", "P402", ["组织网评员以普通网民身份跟帖引导", "发动员工用个人账号发布正面评论，冲淡负面信息", "雇请水军在平台顶帖", "Engage paid commenters to drown the criticism"]),
    ("casualties hidden", "P401", ["伤亡人数对外从少公布", "对外一律不提及伤亡情况", "统计数字适当压低后上报", "Understate the casualties until the matter is calm"]),
    ("stop-production by software", "P414", ["发现重大隐患，由系统自动下达停产指令", "平台自动责令企业停业整顿", "现场勒令企业停产整顿", "The system automatically orders production to stop at factories"]),
    ("strikes and petitions stopped", "P403", ["及时制止职工罢工和集体上访", "做好劝阻工作，不让员工到市里信访", "对准备越级上访的群众予以拦截", "Stop employees from petitioning and bargaining"]),
    ("staff sent into danger", "P412", ["组织机关人员进入爆炸现场救人", "发动员工不顾个人安危抢救物资", "保安应当与歹徒搏斗，坚决制服歹徒", "Send staff into the attack zone to calm people"]),
    ("content called harmful", "P402", ["发现不良信息一律删除", "对敏感言论自动屏蔽", "网上有害信息直接断网处理", "Automatically remove harmful content"]),
    ("bags and lockers searched", "P405", ["离店员工须打开随身携带的提包接受检查", "对当班人员的更衣柜进行清查", "检查服务员的衣物和个人物品", "Make leaving employees open their bags"]),
    ("staff kept", "P405", ["查清前不准当班人员离店", "将有关员工集中看管，直至失物找到", "问清情况后方可放行", "Keep the employees on the premises until the item is found"]),
    ("staff fetched from home", "P405", ["派人到家中将下班员工带回接受询问", "责令休班服务员立即返回店里说明情况", "传唤有关服务员到保安部", "Fetch employees from their homes for the inquiry"]),
    ("crime handled privately", "P401", ["客房失窃案件尽量内部处理", "劝说失主不要报案", "发生盗窃，能自己解决的不报警", "Talk the guest out of calling the police"]),
    ("crime investigated", "P405", ["由保安人员提取现场指纹", "收集嫌疑人遗留的物品，逐人盘问当班员工", "对可疑人员进行讯问并作笔录", "Take fingerprints at the scene and collect the suspect's things"]),
    ("papers demanded", "P403", ["失主须出示护照和海关申报单后方可受理", "不能提供身份证的，投诉不予登记", "受理时查验护照，拒不提供的不予接待", "Demand the passport and customs declaration before taking the complaint"]),
    ("opinion controlled", "P402", ["加强舆情管控，封堵负面信息", "不准记者进入现场采访", "会同宣传部门要求媒体暂缓报道", "Block posts and keep journalists away"]),
    ("creditors tracked", "P404", ["掌握带头储户的行踪", "利用健康码限制债权人出行", "将多次上访的投资人列入黑名单", "Use travel data to limit the movement of depositors"]),
    ("suspects pursued", "P404", ["组织力量查找嫌疑人下落", "派人蹲守涉案人员住处", "对实际控制人进行手机定位，防止逃匿", "Locate the suspects and watch their homes"]),
    ("secrets in ordinary channels", "P415", ["涉密材料扫描后录入平台", "通过微信群报送机密文件", "风险数据向全体员工开放", "Send classified papers by e-mail"]),
    ("evidence changed", "P410", ["必要时删除有关监控录像", "统一修改原始记录中的接报时间", "将聊天记录清空，账册转移保管", "Delete the footage and rewrite the log"]),
    ("petitions blocked", "P403", ["做好信访人员的劝返工作", "在车站设点拦截赴省上访群众", "对重复来访的不再登记", "Intercept petitioners at the station"]),
    ("money spent by software", "P414", ["达到二级响应时系统自动拨付财政资金", "再贷款未经批准可先行划转，免审批动用资金", "由平台自动审批理赔款", "The platform automatically releases public funds"]),
    ("unconditional obedience", "P412", ["全体人员必须无条件服从总指挥的命令", "不论命令是否合理，一律执行", "员工不得拒绝领导的指令", "Obey all orders without condition"]),
    ("news contained", "P401", ["严格控制消息知情范围，避免外界知晓", "会员单位一律对外保密，不向监管部门透露", "事件处理期间封锁消息", "Restrict who may learn of the incident"]),
    ("true reports suppressed", "P402", ["与报社沟通，请其撤下负面报道", "通过主管部门向记者所在单位施压", "给编辑部打电话，要求不予刊发", "Pressure the journalists to withdraw the story"]),
    ("petitioners intercepted", "P403", ["确保交易商不出本市，发现赴京苗头立即拦阻上访", "把矛盾压在当地，不让投诉人向上级反映", "派员把上访交易商接回，劝阻其继续上访", "Stop traders from complaining to higher authorities"]),
    ("answers stonewalled", "P403", ["情况不明的不承诺、不表态，拖到不了了之", "对难以答复的投诉先搁置", "未答复的投诉满三十日自动结案", "Stonewall the complainants; close the case without an answer"]),
    ("plaintiff profiled", "P404", ["摸清起诉人的家庭背景和经济状况", "了解原告的社会关系，找准软肋", "通过熟人刺探原告真实目的", "Profile the plaintiff and find weak points"]),
    ("plaintiff pressed", "P408", ["动员起诉人的亲属做工作，使其撤诉", "以恢复交易资格换取原告撤诉，务必让其撤诉", "通过其工作单位领导说服起诉人", "Make the plaintiff withdraw the suit"]),
    ("delegates selected", "P404", ["对其他来访人员逐一拍照，查明身份", "识别聚集人员，登记未当选者身份", "对未推选为代表的来访人员录像甄别", "Photograph the petitioners who were not elected"]),
    ("others refused", "P403", ["只接待代表，其他来访人员不予接待", "代表以外的人一律不予登记", "拒绝接待未当选的上访群众", "Refuse to receive the others"]),
    ("complaining traders punished", "P408", ["对多次投诉的交易商暂停交易资格", "限制投诉客户入市交易", "举报员工一经查出，予以辞退", "Suspend trading for those who complain"]),
    ("users' data in bulk", "P409", ["要求平台企业提供全部用户注册信息", "批量调取消费者交易记录", "从平台导出所有买家的手机号备查", "Obtain all users' data from the platforms"]),
    ("named before the end", "P413", ["立案后即在媒体公开点名涉事企业，未作出处罚决定前先行曝光商家", "调查期间公布涉嫌违法经营者名单", "第一时间曝光问题网店", "Name the operator before the investigation is concluded"]),
    ("complainants listed", "P404", ["建立职业投诉人台账，整理投诉人名单", "编制重复举报人名册", "汇总上访户信息建立档案", "Keep a list of complainants"]),
    ("noisy complaints closed", "P403", ["对吵闹的投诉人不予理睬，投诉直接关闭", "无理取闹的举报直接销号", "反复投诉的不再受理", "Close complaints because they make noise"]),
    ("signed papers changed", "P410", ["签发后的稿件可作适当修改，不必重新签发", "领导外出时由办公室代签", "紧急情况下先盖章后补内容", "Change the text after it is signed without a new signature"]),
    ("authors traced", "P404", ["查明发帖人真实身份，上门教育", "追查爆料人", "通过技术手段锁定匿名网民的IP地址", "Trace the authors of critical posts"]),
    ("signature pressed", "P408", ["反复做工作，务必使投诉人在调解书上签字", "拒绝签字的，不予退款", "直至对方签订和解协议方可离场", "Talk to the complainant until she has signed"]),
    ("press report pressed down", "P402", ["请记者所在单位把报道压下来", "联系电视台领导，做工作不播出", "设法压住这篇报道", "Ask the newspaper to kill the story"]),
    ("deletion bought", "P402", ["委托网络公司付费删帖", "联系公关公司删除差评", "购买删帖服务，费用由公关经费列支", "Buy post-deletion services"]),
    ("newspapers bought back", "P402", ["派人到各报摊买下当天的报纸", "回收已发行的报纸，减少传播", "将刊有报道的杂志全部收购", "Buy up the newspapers with the report"]),
    ("stalled by pretence", "P403", ["告诉客户须请示总部，借口走流程拖延几天", "以领导出差、需要审批为由拖住客户", "假称财务审核，尽量延长时间", "Pretend that approval is needed to gain time"]),
    ("press and officials entertained", "P407", ["安排宴请到访记者，赠送纪念品", "对检查人员热情招待，适当送上礼品", "给媒体朋友发放车马费", "Entertain the journalists to win sympathy"]),
    ("officials lobbied, articles bought", "P407", ["请上级高层领导出面干预，平息报道", "付费在媒体刊发正面文章", "组织投放软文引导舆论", "Get senior officials to intervene and pay for favourable articles"]),
    ("inspection obstructed", "P411", ["执法检查须经总部同意方可进入", "设法将检查人员支开，拖延检查组进场", "未经校长批准，不得接受行政检查", "Send the inspectors away until the head consents"]),
    ("labelled malicious", "P413", ["协商两次不成的，列为恶意投诉", "损害公司声誉的投诉一律按恶意投诉处理", "对要求过高的客户标记为问题客户", "Label the complaint malicious when talks fail"]),
    ("visits at home", "P408", ["不打招呼直接上门找投诉人谈话", "多次到投诉人家中做工作，守在其家门口", "投诉人不愿见面的，也要登门", "Visit the complainant at home unannounced"]),
    ("individuals silenced", "P404", ["监测个人言论，掌握活跃网民名册，查明网民身份", "对发表不当观点的学员建立档案，监控其聊天内容", "查看员工朋友圈言论", "Monitor the opinions of individuals"]),
    ("reports delayed", "P401", ["等主要领导到场后再上报", "事态平息后再向上级报告", "情况未查清前先不上报", "Delay the report until the director agrees"]),
    ("records made up", "P410", ["检查前补造演练记录", "调查组到达前清理现场", "值班记录按要求倒签日期", "Tidy the kitchen before the inspectors arrive"]),
    ("witnesses coached", "P411", ["统一口径应对调查组询问", "要求员工对检查人员不说实情，只说流程合规", "准备两套账备查", "Tell the staff not to talk to the investigators and what to say"]),
    ("rights signed away", "P408", ["退费前须签署不再投诉的承诺书", "赔偿以放弃追究为前提", "与家属签订保密协议", "Make customers sign not to complain again"]),
    ("names published", "P409", ["公布投诉人姓名和联系方式", "将举报人信息转交被举报单位", "在公示栏张贴投诉客户的身份信息", "Publish the names of the complainants"]),
]  # fmt: skip

# A form that asks for what may not be collected: (rule, name of the form, name of the field).
FORMS = [
    ("P409", "发帖人情况登记表", "身份证号码"),
    ("P409", "网民信息采集表", "手机号"),
    ("P404", "重点人员名单", "说明"),
    ("P404", "老户台账", "情况"),
    ("P409", "信访人登记表", "社会关系"),
    ("P409", "来访客户登记表", "宗教信仰"),
    ("P409", "上访带头人情况", "家庭住址"),
]

HARMLESS = [
    "任何单位和个人不得瞒报、谎报、迟报、漏报", "制止删除记录的行为", "寻找走失儿童", "保护事故现场", "由公安机关依法传唤当事人", "安抚投诉人情绪", "与投诉人协商延期并告知新的日期",
    "及时辟谣", "发现差错立即更正", "申请平台依法处理谣言", "监控系统每日巡检", "跟踪事态发展", "扣留食品样品送检", "查封问题食品", "对投诉处理不力的责任人给予处分",
    "对瞒报事故的单位依法追究责任", "凡隐瞒事实真相，造成严重后果的，依法追究责任", "情况紧急的，先电话报告后补签", "未经核实的信息不对外发布", "处置结束后十日内报送总结报告",
    "待处置结束后再报送书面总结", "情况不明时先报已知情况", "如实公布伤亡人数", "采取一切措施减少伤亡", "控制谣言扩散", "防止客户个人信息外泄", "举报人信息严格保密", "涉密信息另按规定办理",
    "一般投诉由受理部门自行处理", "发现盗窃立即报警", "消防报警器每月测试", "配合媒体采访，统一由发言人答复", "热情接待记者，提供新闻通稿", "未经授权不接受采访，引导记者联系发言人",
    "设立警戒线，引导媒体到采访区", "收集报纸和网上报道，分析公众关切", "删除本单位误发的信息", "对不实报道，凭证据请求更正", "对违法信息，经认定后删除并留存记录", "恢复被篡改的网页",
    "删除木马程序，清除病毒", "关注网上评论并回应", "邀请网民代表座谈", "网评员以单位名义发布说明", "严禁组织水军", "不得有偿删帖", "打击水军和有偿删帖", "做好投诉人解释工作",
    "不属于受理范围的，告知理由和渠道", "重复工单合并处理", "已答复并经本人确认后结案", "不得以请示为由拖延答复", "确需延期的，说明原因并告知新的期限", "引导来访群众推选代表",
    "代表以外的来访人也可登记诉求", "登记来访人数和诉求", "核对领取人身份证后退还失物", "失主自愿出示证件", "调解劳资纠纷，化解停工事件", "联系投诉人核实情况", "了解客户诉求",
    "回访投诉客户，了解满意度", "建立投诉台账", "建立应急队员名册", "更新通讯录和值班表", "建立隐患台账", "将攻击源IP加入黑名单", "列入供应商黑名单", "监测舆情动态",
    "监控网络流量，定位故障点", "定位故障设备", "跟踪整改进度", "盯紧关键环节", "关注重点地区、重点企业动态", "重点岗位人员名单", "了解员工思想状况，做好心理疏导", "开展员工心理疏导",
    "定位被困人员位置", "协助公安机关查找走失老人", "组织查找失踪人员", "对密切接触者开展健康监测", "掌握现场人员聚集数量", "安排车辆接回滞留旅客", "到家中慰问伤者家属",
    "经预约上门回访客户", "上门检修设备", "值班人员不得擅自离开岗位", "请有关员工自愿留下说明情况", "清点人数后方可解散", "禁止无关人员进入现场", "疏散人员，限制车辆通行",
    "安检人员按规定开包检查", "征得本人同意后查看储物柜", "由公安机关提取指纹", "将违法行为人扭送公安机关", "保安不得殴打、捆绑他人", "发生殴打事件立即报警", "检查消防设施和更衣室电源",
    "检查值班手机是否畅通", "查看监控录像，协助失主回忆", "公共区域监控系统由专人管理", "告知并征得同意后拍照", "现场拍照取证，封存食品", "通话录音开始时提示对方", "关闭不必要的监听端口",
    "备份全部用户数据", "通知所有用户修改密码", "只提供本案所需的用户信息", "统计投诉人数", "公布投诉电话", "公开投诉渠道和办理结果", "公布处置进展", "登记投诉人自愿提供的联系电话",
    "修订记录由档案员保管", "保存系统日志不少于六个月", "到期档案按规定销毁", "转移重要档案和物资到安全地点", "记录有误的另行更正，保留原记录", "救援结束后清理现场", "恢复被删除的数据",
    "防止证据灭失，严禁篡改记录", "代理人凭书面授权签字", "配合执法检查，如实提供资料", "拒绝、阻碍检查的，依法处理", "迎接上级检查，开展自查", "查验执法人员证件后当即配合", "落实检查组整改意见",
    "统一口径对外发布经核实的信息", "组织员工开展消防演练", "切断电源后进入配电室抢修", "佩戴防护装备后进入现场", "消防人员进入火场救人", "组织员工有序撤离", "发现隐患立即停止作业",
    "异常食品立即停售并封存", "征得投诉人同意后为其更换餐食", "无条件退货", "无条件退款", "下级服从上级统一指挥", "有证据证明敲诈勒索的，移交公安机关", "调查期间及时公布进展",
    "处罚决定作出后依法公开", "发布消费风险提示", "提请监管部门依法责令停产停业", "向主管部门建议停产整顿", "系统自动提醒责任人", "自动灭火系统每季检测", "备用电源自动切换",
    "由法院依法冻结账户", "经批准后拨付应急资金", "提供应急资金和保险理赔服务", "涉密文件由机要渠道传递", "通过微信群发布通知", "客户信息按岗位授权查看", "按标准安排工作餐",
    "拒收礼品，无法退回的上交", "走访慰问受灾群众", "如实答复监管部门询问", "按程序向法院提交证据", "广告应当标明“广告”字样", "双方自愿签订和解协议", "投诉人拒签的，如实记录",
    "员工签订保密责任书", "投诉人可以自行撤回投诉", "告知当事人可以起诉", "保护举报人，严禁打击报复", "不得限制投诉人的交易", "对打击报复举报人的，严肃处理", "对被投诉员工停职调查",
    "因服务态度被投诉的员工，扣发当月奖金", "联系家属到场", "经家属同意后公布姓名", "对伤者进行转运", "加强人员管控和疏导", "控制人员进出", "封锁危险区域", "封堵系统漏洞",
    "屏蔽恶意IP地址", "下架问题商品", "撤下受篡改的页面", "对可疑人员，及时报告公安机关", "现场秩序由公安机关维护", "不得拦截、劝返上访群众", "防止迟报、漏报", "避免推诿群众",
    "是否存在瞒报情况", "调查处理瞒报行为", "查处删除证据等行为", "不截访、不拖延，依法答复", "不做删帖等违法事项", "信息未经签发不得上报", "上级领导到场后向其汇报情况", "主动与媒体沟通，说明事实",
    "接待领导视察时如实汇报", "给媒体提供事实材料和采访便利", "做好法院、仲裁机构文书的签收", "对恶意程序进行查杀", "领导审批后限时报送，审批不得影响首报时限",
]  # fmt: skip
HARMLESS_IN_ENGLISH = [
    "Report within one hour, even where little is known", "Nobody may conceal, delay or soften a report", "Never delete posts or pay for comments", "Ask the platform to take down false content, with evidence",
    "Correct what was wrong in our own post", "Track the progress of the repair", "Monitor the systems and the network", "Trace the source of the fault", "Follow up with the customers after a week",
    "Search for missing persons", "Locate the trapped people", "The police search bags; nobody else does", "Keep the scene closed until the police release it", "Hold a press conference",
    "Give journalists the facts and a place to work", "Keep logs for six months", "Delete malware and restore the records from the backup", "Back up all user data", "Notify all users to change their passwords",
    "Cooperate with inspectors at once", "Check the inspectors' credentials", "Refer the danger to the competent authority, which may order the factory to stop", "The system reminds the head automatically",
    "Staff leave the danger zone", "Stop serving suspect food and seal samples", "Sign in at the command point", "The complainant may refuse to sign", "A settlement is voluntary", "Visit the owner at an agreed time",
    "Tell the complainant whose approval is needed and by when", "Keep personal data confidential", "Publish figures without personal data", "Name the spokesperson", "Do not name anybody before the conclusion",
    "Do not press the complainant to sign", "Protect whoever reports a danger", "Register complaints and demands", "Open bags of relief goods are checked for damage", "Hold staff to account by law",
    "Gifts from customers are refused and returned",
]  # fmt: skip

# Where a plan can say it: `{n}` numbers the element, `{zh}` and `{en}` are its words.
PLACES = {
    "the name of a task": "tasks:\n  w-{n}: {{kind: action, name: {{zh: '{zh}', en: '{en}'}}, who: office, cite: 五}}\n",
    "the text of a task": "tasks:\n  w-{n}: {{kind: action, name: {{zh: 处置{n}, en: Respond {n}}}, text: {{zh: '{zh}', en: '{en}'}}, who: office, cite: 五}}\n",
    "a duty": "bodies:\n  w-{n}: {{name: {{zh: 工作组{n}, en: Group {n}}}, chair: head, cite: 二, duties: {{d: {{text: {{zh: '{zh}', en: '{en}'}}}}}}}}\n",
    "guidance": "guidance:\n  w-{n}: {{text: {{zh: '{zh}', en: '{en}'}}, cite: 五}}\n",
    "a release": "tasks:\n  w-{n}: {{kind: release, name: {{zh: 发布{n}, en: Release {n}}}, text: {{zh: '{zh}', en: '{en}'}}, who: office, to: superior, approve: head, cite: 五}}\n",
    "a form": "forms:\n  w-{n}: {{name: {{zh: 记录表{n}, en: Record {n}}}, fields: {{f: {{name: {{zh: '{zh}', en: '{en}'}}}}}}, cite: 五}}\n",
    "a criterion": "scales:\n  w-{n}: {{name: {{zh: 分级{n}, en: Scale {n}}}, levels: {{a: {{zh: 甲, en: A}}}}, criteria: {{c: {{level: a, when: people < 1, text: {{zh: '{zh}', en: '{en}'}}, cite: 三}}}}}}\n",
    "a resource": "resources:\n  w-{n}: {{name: {{zh: '{zh}', en: '{en}'}}, cite: 七}}\n",
    "how a passage is read": "readings:\n  w-{n}: {{says: {{zh: 原文, en: The text}}, reading: {{zh: '{zh}', en: '{en}'}}}}\n",
}  # fmt: skip

SENTENCES = [(what, code, said) for what, code, all_said in ASKED_FOR for said in all_said]


def words_of(said: str) -> tuple[str, str]:
    """A sentence as Chinese and English words of an element; the other language says nothing of interest."""
    quoted = said.replace("'", "''")
    return ("提示", quoted) if said.isascii() else (quoted, "Advice")


def laid_together(pieces: list[str]) -> str:
    """The smallest plan with pieces of plans, each a section and one element of it."""
    plan = SMALLEST
    for piece in pieces:
        section, _, element = piece.partition("\n")
        plan = plan.replace(f"\n{section}\n", f"\n{section}\n{element}", 1) if f"\n{section}\n" in plan else plan + piece
    return plan


def law_findings(plan: str) -> dict[str, list[Finding]]:
    """What the rules about the law find, by the element."""
    loaded = read_plan(plan)
    assert loaded.edition is not None, loaded.findings[:3]
    found: dict[str, list[Finding]] = {}
    for each in check(loaded):
        if each.rule.startswith("P4") and each.severity is Severity.ERROR:
            found.setdefault(str(each.path[1]), []).append(each)
    return found


@cache
def of_all(place: str) -> dict[str, list[Finding]]:
    """The findings of a plan that says every sentence, asked for or harmless, at one place."""
    said = [each for _, _, each in SENTENCES] + HARMLESS + HARMLESS_IN_ENGLISH
    pieces = []
    for n, (zh, en) in enumerate(map(words_of, said)):
        pieces.append(PLACES[place].format(n=n, zh=zh, en=en))
    return law_findings(laid_together(pieces))


@pytest.mark.parametrize(("n", "code"), [
    pytest.param(n, code, id=f"{what}: {said}") for n, (what, code, said) in enumerate(SENTENCES)
])  # fmt: skip
def test_what_no_plan_may_ask_for_is_an_error_with_the_lawful_way(n: int, code: str) -> None:
    found = [each for each in of_all("guidance").get(f"w-{n}", []) if each.rule == code]
    assert found, SENTENCES[n]
    rule = rule_of(code)
    assert rule is not None
    assert rule.is_final
    assert found[0].mend.zh
    assert found[0].mend.en


@pytest.mark.parametrize("place", PLACES)
def test_it_is_found_wherever_a_plan_says_it(place: str) -> None:
    missed = [each for n, each in enumerate(SENTENCES) if each[1] not in {f.rule for f in of_all(place).get(f"w-{n}", [])}]
    assert missed == []


@pytest.mark.parametrize(("n", "said"), [
    pytest.param(n, said, id=said) for n, said in enumerate(HARMLESS + HARMLESS_IN_ENGLISH, len(SENTENCES))
])  # fmt: skip
def test_what_comes_near_it_is_no_finding(n: int, said: str) -> None:
    found = {place: of_all(place).get(f"w-{n}", []) for place in PLACES}
    assert {place: [each.says.zh for each in those] for place, those in found.items() if those} == {}
