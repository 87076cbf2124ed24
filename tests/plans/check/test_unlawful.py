"""What a plan may not ask for: each kind, in the words of an office, is found; what comes near it is not."""

import re
import sys
from functools import cache

import pytest

from muster.plans.check import Rule, check, rule_of, rules
from muster.plans.check.examples import SMALLEST
from muster.plans.check.wording import asked_for
from muster.plans.findings import Finding, Severity
from muster.plans.model import Words
from muster.plans.reading import read_plan

# Every rule that reads words for what the law forbids.
LAW = [rule for rule in rules() if rule.code.startswith(("P40", "P41")) and rule.code != "P406"]

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
    ("reports, otherwise put", "P401", ["Do not disclose the deaths to the regulator", "突发事件信息由办公室把关，能不上报的尽量不上报", "受伤员工对外统称轻伤", "遇有负面情况，先压一压再报", "Play down the losses in the report", "将事件定性为一般纠纷，避免上报", "重大投诉未经行长同意不得报告银保监部门", "死亡人数不得对家属以外人员提及", "凡涉及本单位责任的信息，先行内部研究，择机上报", "主任未批示前，各科室不得向区里汇报", "此类情况控制在公司内部，不外传", "尽可能淡化事件严重程度，按一般事件上报", "死亡人数待善后完毕再行公布", "可视情况不报", "遇到偷盗，先自行了断，免得警方介入", "Do not tell the regulator until the board has met", "Report fewer injured than there are", "接到事故信息后，先由经理研判是否有必要上报，尽量内部消化", "凡可能影响考核的情况，经主要领导同意可不上报", "死亡三人以上的按两人上报", "对记者和上级询问一律答复“无异常”", "未经董事长同意，任何人不得向监管部门报告", "员工受伤的先送医，暂时不要报告安监部门", "Hold back the report to the city", "Only report once the situation has calmed down"]),
    ("posts and press, otherwise put", "P402", ["Hide negative reviews", "派人与记者周旋，阻止其采访当事人", "设置关键词，自动屏蔽批评本单位的留言", "必要时请第三方公司做删帖处理", "Get the video off the internet, for pay if need be", "安排员工注册账号反驳差评", "请宣传部门出面叫停采访", "联系网站管理员，把帖子撤掉", "尽快协调删除微博热搜", "做好网上负面信息的清除工作", "联系平台客服将差评下架", "动员家属朋友在评论区留好评", "拦住记者，不让拍摄", "花点钱让自媒体撤稿", "协调版主删贴", "Ask the forum moderators to take the thread down", "Ask friends to post good reviews under other names", "请平台方协助处理掉负面内容", "组织员工集中举报负面帖子，使其下架", "与自媒体协商付费删除视频", "屏蔽不利于公司的评论", "安排保安阻止记者拍照", "Pay the portal to remove the video", "Post comments posing as ordinary customers"]),
    ("stalling, otherwise put", "P403", ["Delay the answer so that the complaint lapses", "劝说投诉人不要向消协投诉", "想方设法拖住投资人，避免其集体上访", "对来访者不表态、不登记、不答复", "Make the customers come back again and again until they give up", "劝阻业主向住建局投诉", "电话不接，避免与投诉人接触", "对要求赔偿的旅客尽量拖到其离境", "对难缠的客户，能推就推", "告诉对方经办人不在，请其改日再来", "安排专人在路口劝返集访群众", "投诉人情绪激动时可不予理会", "投诉件积压的，统一作办结处理", "Let the complainant wait until he loses patience", "对于索赔金额较大的客户，采取拖延策略", "让投诉人反复补充材料，使其知难而退", "以系统升级为由推迟答复", "派车将上访人员接回", "不予登记越级信访事项", "Put off the complainants until the season is over"]),
    ("watching, otherwise put", "P404", ["Watch the organisers around the clock", "对投资人微信群安排人员潜入，掌握动向", "调查发帖人身份，联系其单位处理", "摸排辖区内上访重点人员并落实专人盯守", "Keep a file on those who often complain", "通过派单系统查询投诉人历史住址", "对经常投诉的业主进行重点登记备案", "派两名保安全程跟着投诉人", "安排人员跟随上访代表，随时报告其去向", "每日上报重点人员动向", "排查带头闹事的业主，摸清底细", "锁定发帖账号背后的人员", "对活跃学员的微博、微信进行关注和截图", "Have somebody follow the petitioners' leader", "对曾经上访的业主重点监控", "建立缠访闹访人员信息库", "通过车牌、住宿信息掌握维权人员行踪", "查清帖子是谁发的", "搜集投诉人的个人情况", "Keep lists of organisers and locate them by phone"]),
    ("holding, otherwise put", "P405", ["Do not let the employees leave", "限制当事人人身自由", "扣留投诉人的手机，防止其拍摄", "保安对可疑人员进行盘查、搜查", "Lock the suspect in the guard room", "强行查看顾客手机并删除照片", "当班人员逐个脱衣检查", "将其堵在电梯厅，不让离开", "下班前由保安逐一检查员工背包", "嫌疑人先带到保安室问话，不许走", "扣下对方身份证作抵押", "将闹事者强行带离现场", "Guards pat down everybody who leaves", "将涉嫌偷拿物品的学员搜身", "拿走当事人的手机和身份证", "把闹事者关在办公室", "失物未找到前，当班服务员一律不得下班离开", "翻看员工储物柜", "Search the employees' lockers", "Hold the troublemakers until they apologise"]),
    ("influence, otherwise put", "P407", ["Give gifts to journalists", "给记者一定的辛苦费", "协调好与法院的关系，确保胜诉", "Offer the reporter a gift card", "通过行业协会向法院施加影响", "适当给予执法人员方便，安排用餐及纪念品", "逢年过节走访联络记者，维护好感情", "安排专人对接检查人员，安排好食宿和纪念品", "请熟悉的法官关照本案", "Invite the officials to dinner to gain their support", "向承办法官赠送礼品", "通过熟人做通监管人员工作", "邀请媒体记者聚餐联谊，争取同情", "Give the inspectors presents"]),
    ("reprisal, otherwise put", "P408", ["Fire whoever reports to the authorities", "将投诉客户列为不受欢迎客户，停止服务", "要求家长签署不追究责任承诺书", "投诉人为本单位职工的，给予纪律处分", "签收赔款时一并签署放弃诉讼权利声明", "凡参加上访的取消年终奖", "投诉人系本单位家属的，由其亲属所在部门负责劝其撤诉", "对带头投诉的业主停水停电", "投诉学员不予发放结业证", "客户撤回投诉后方可退款", "联系投诉人的单位领导做其思想工作", "No refund unless the customer drops the complaint", "要求投诉人写下不再上访的保证书", "对举报人予以调岗、降薪", "取消维权业主的评优资格", "通过其子女学校向投诉人施压", "Make them waive their rights before the refund"]),
    ("personal data, otherwise put", "P409", ["公开投诉人的联系方式", "向各网站索取网民实名信息", "未经客人同意对其房间拍照录像", "Publish the patients' names", "在接待室安装隐蔽摄像头", "收集所有旅客的护照复印件", "登记发帖人姓名、身份证号和工作单位", "用隐蔽摄像机记录双方谈话", "向通信公司调取全部用户通话资料", "Secretly record the conversation", "采集来访人员指纹和人脸信息", "要求电商平台报送全部卖家个人信息", "接待时开启隐藏录音设备", "向社会公布举报人名单", "Collect the ID numbers of the posters"]),
    ("evidence, otherwise put", "P410", ["Destroy the records after use", "修改监控系统时间，删除当日录像", "及时清理不利证据", "Change the time of the call in the log", "事故设备先行拆除，避免留下证据", "当日值班日志由办公室重新誊写，去掉不妥内容", "整理材料时将不利内容删去", "补写值班记录以备检查", "删除服务器日志", "把留样食品倒掉", "Remove the compromising pages from the minutes", "对监控视频进行删除处理", "更改系统日志时间", "销毁涉事批次的检验记录", "替客户在确认单上签名", "Shred the ledgers"]),
    ("inspection, otherwise put", "P411", ["Give the inspectors false books", "拒绝提供检查所需资料", "检查人员未经许可不得进入厂区", "Do not let the inspectors see the kitchen", "对执法人员的提问由专人统一作答，其他人不得回答", "检查组到来时关闭生产线并疏散临时工", "检查人员来时先稳在会客室，请示后再安排", "交代员工遇到调查一律说不知道", "Let inspectors in only after the manager has agreed", "消防检查时锁闭相关区域，避免被检查", "由专人陪同检查组，拖延时间以便整改", "指使员工作伪证", "Refuse the inspectors entry"]),
    ("danger, otherwise put", "P412", ["发现燃气泄漏仍应坚持营业至打烊", "组织职工徒手制服持刀歹徒", "员工必须无条件执行抢险命令", "Keep the shop open despite the gas leak", "安排学生参加扑救山火", "在险情未排除时安排人员进罐作业", "对上级指令必须不折不扣、无条件执行", "员工必须坚守岗位，不得因危险撤离", "投诉人未确认前，问题菜不撤", "Staff stay at their posts whatever the danger", "必须绝对服从现场指挥，不得提出异议", "未等消防到场即组织员工冲入火场抢救物资", "发现食材变质的，当餐可继续使用"]),
    ("judgement, otherwise put", "P413", ["在调查结论作出之前向社会公布责任单位", "将反复投诉的客户标注为恶意投诉人", "公开通报涉嫌售假商户，随后立案", "对方不接受方案的，作无理投诉结案", "客户要求超过标准三倍的，界定为恶意投诉", "网上先行公布涉事商家名单，再行调查", "凡要求赔偿的均按敲诈勒索对待", "立案当日即向媒体公布企业名单"]),
    ("power, otherwise put", "P414", ["当场查封违规店铺", "监测平台自动划转保证金", "Fine residents who complain too often", "由系统直接生成处罚决定书并送达", "保安可对违规业主罚款", "系统根据级别自动拨款", "由预警平台自动冻结相关账户", "物业公司有权对业主处以罚款"]),
    ("secrets, otherwise put", "P415", ["用手机拍摄涉密文件并转发", "涉密会议内容整理后发到工作群", "机密文件可用个人邮箱传送", "用QQ传送国家秘密文件", "Upload classified documents to the platform"]),
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
    "加强对客户的服务", "领导未到场前由值班员先行报告", "将情况控制在萌芽状态", "尽量把矛盾解决在基层", "引导评论，回应关切", "清除网站后门", "删除临时账号", "关闭受攻击的服务器", "约谈涉事企业负责人", "劝导群众离开危险区域",
    "不予受理的出具告知书", "暂停交易并向会员公告", "核验客户身份后办理业务", "登记报失人姓名和联系方式", "调取监控录像", "对涉案账户依法采取措施", "重点客户名单", "重点人群健康管理", "跟踪客户意见", "追踪问题食品流向", "查明泄漏源",
    "签字确认后生效", "必须经组长签字", "上门服务老年客户", "对员工进行处罚", "扣发责任人奖金", "断电后进入", "保安请其离开", "闹事者由公安机关带离", "限制人数进入", "要求商户停止销售问题商品", "责令相关部门整改", "自动切断电源",
    "接待检查组", "销毁不合格食品", "制止商户哄抬价格", "拦截不明人员进入", "拒绝不合理要求时说明理由", "劝阻群众围观", "做好员工思想工作", "掌握市场动态", "媒体报道失实的，要求更正", "与媒体保持良好关系", "向客户赠送优惠券",
    "请上级领导协调支援", "影响监管数据报送", "对法院执行工作造成影响", "对上访群众做好登记", "接到监管部门通知后立即报告", "同意后方可发布新闻稿", "不得向无关人员透露客户信息", "不得擅自接受采访", "不随意承诺，三日内答复", "先行赔付", "先行调解",
    "先行处置，边处置边报告", "查看员工考勤", "检查员工着装", "检查员工健康证", "检查行李车", "检查客房消防设施", "核查客户投诉记录", "核对身份证件", "收集整理媒体报道", "收集报纸", "整理投诉档案", "更新日志系统",
    "修改防火墙策略并记录日志", "清理日志磁盘空间前先备份", "覆盖全部区域的监控录像", "记录谈话要点", "签字盖章", "由家属代签的须附委托书", "录音录像设备齐全", "对外公布联系电话", "向社会公布调查结果", "举行听证会", "对举报人给予奖励",
    "奖励发帖反映问题的市民", "重奖举报人", "学校通知家长", "联系当事人所在单位核实情况", "邀请媒体参加新闻发布会", "邀请记者现场采访", "与法院建立联动机制", "请监管部门指导", "向监管部门汇报", "配合监管部门检查", "食品安全检查",
    "食品检查不合格的停止供应", "对变质食品销毁并记录", "继续供应合格食品", "坚持生产自救", "冒险家乐园", "服从命令、听从指挥", "不折不扣落实整改", "系统自动生成报表", "系统自动备份数据", "自动冻结异常登录账号，由客户本人申请解冻",
    "涉密人员名单另存", "保密教育", "使用专网传送涉密文件", "不得使用微信传送涉密文件", "联系电信公司定位线路故障", "对可疑邮件进行拦截", "对可疑交易进行监测", "监测可疑资金流向", "关注投资人诉求", "跟进客户投诉",
    "安排专人跟踪投诉处理进度", "监督投诉处理", "对投诉人的问题逐一答复", "限制高风险业务", "限制客流", "人员密集时限制顾客进入", "禁止顾客进入危险区域", "禁止员工私自离岗", "未经允许不得离开值班室", "拘留、罚款由公安机关决定", "带离危险区域",
    "将伤者带到医务室", "将迷路儿童带到服务台", "带客户到接待室", "带领员工撤离", "强制疏散由政府决定",
    "暂扣的物品列清单", "对媒体提问统一由发言人作答", "安排专人陪同投诉人处理", "登记旅客护照信息供入境申报使用", "引导媒体", "誊写值班日志", "拆除受损设备", "关闭生产线", "发布寻人启事", "对涉嫌售假商户立案调查", "通报调查结果",
    "投诉结案后归档", "无理由退货", "接听投诉电话", "保安在场维持秩序", "查询历史工单", "与住建局沟通", "按规定报告", "向家属通报伤亡情况", "定期核对通讯录", "跟班作业", "跟踪问效", "盯住时限", "严控风险", "严管火源",
    "劝说群众转移", "安抚旅客", "工作群发布通知", "向银保监部门报告", "取消年终联欢活动", "放弃抢救财物，先救人", "签署放弃救治同意书由医院告知",
    "先控制火势再报告详情", "轻伤员就地处置", "设置关键词监测舆情", "与记者沟通采访安排", "不登记的来访也要热情接待", "拖车到场", "劝说旅客不要拥挤", "盘查进出车辆由公安机关负责", "协调与各部门的关系", "给志愿者发放补贴",
    "给予违纪职工纪律处分", "签署安全责任承诺书", "停止服务的设备贴标识", "对客房拍照留存修缮前后对比", "向网站了解情况", "清理淤泥", "修改系统时间同步配置", "非工作人员未经许可不得进入机房", "提供检查所需资料", "营业至打烊", "标注重点设备",
    "公布责任单位电话", "划转保证金由财务审批", "查封由执法部门实施", "拍摄现场照片",
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
    "Tell customers when the answer will come", "Keep customers informed until the matter is settled",
    "Delay is explained to the customer", "The report must not be delayed", "Do not report rumours as facts",
    "Remove the old notice from the website", "Remove people from the danger zone", "Delete duplicate entries",
    "Follow the situation online", "Answer comments online", "Visitors sign the register", "Hold a meeting with residents",
    "Search the building for trapped people", "Open the shelter", "Lock the server room", "Freeze changes to the system",
    "Invite experts to advise", "Pay compensation by contract", "Publish the names of the responsible posts",
    "Staff may refuse dangerous work",
    "The guard keeps the door", "Change the lock", "Offer refreshments to waiting passengers", "Publish the number of patients",
    "Let inspectors see everything", "Close the shop after the gas leak", "Answer until the customer is satisfied",
    "Hide the cables", "Watch the weather around the clock", "Let employees leave by the nearest exit", "Fire drills every year",
    "Give journalists a press kit",
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
        plan = (
            plan.replace(f"\n{section}\n", f"\n{section}\n{element}", 1) if f"\n{section}\n" in plan else plan + piece
        )
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
    missed = [
        each for n, each in enumerate(SENTENCES) if each[1] not in {f.rule for f in of_all(place).get(f"w-{n}", [])}
    ]
    assert missed == []


@pytest.mark.parametrize(("n", "said"), [
    pytest.param(n, said, id=said) for n, said in enumerate(HARMLESS + HARMLESS_IN_ENGLISH, len(SENTENCES))
])  # fmt: skip
def test_what_comes_near_it_is_no_finding(n: int, said: str) -> None:
    found = {place: of_all(place).get(f"w-{n}", []) for place in PLACES}
    assert {place: [each.says.zh for each in those] for place, those in found.items() if those} == {}


@pytest.mark.parametrize(("code", "form", "field"), [pytest.param(*each, id="，".join(each[1:])) for each in FORMS])
def test_a_form_that_asks_for_what_may_not_be_collected_is_found(code: str, form: str, field: str) -> None:
    piece = f"forms:\n  w: {{name: {{zh: {form}, en: Form}}, fields: {{f: {{name: {{zh: {field}, en: Field}}}}}}, cite: 五}}\n"
    assert [each.rule for each in law_findings(laid_together([piece]))["w"]] == [code]


def test_a_form_of_a_complaint_with_the_name_and_telephone_that_the_person_gives_is_no_finding() -> None:
    piece = "forms:\n  w: {name: {zh: 投诉登记表, en: Complaint}, fields: {a: {zh: 投诉人姓名, en: Name}, b: {zh: 联系电话, en: Telephone}, c: {zh: 投诉内容, en: Matter}}, cite: 五}\n"
    assert law_findings(laid_together([piece])) == {}


def test_a_choice_among_measures_asks_and_a_choice_that_tells_what_happened_does_not() -> None:
    asks = "facts:\n  w: {name: {zh: 处置方式, en: Measure}, ask: {zh: 如何处置？, en: How?}, type: enum, values: {a: {zh: 删帖, en: A}, b: {zh: 回应, en: B}}, cite: 一}\n"
    tells = asks.replace("处置方式", "违法情形").replace("如何处置", "有何情形").replace("Measure", "Breach")
    assert [each.rule for each in law_findings(laid_together([asks]))["w"]] == ["P402"]
    assert law_findings(laid_together([tells])) == {}


def test_what_a_plan_leaves_out_is_no_finding() -> None:
    left = "".join(
        f"  x-{n}: {{says: {{zh: '{zh}', en: '{en}'}}, why: {{zh: '{zh}', en: Unlawful}}, lawful: {{zh: 依法办理, en: The lawful way}}, cite: 五}}\n"
        for n, (zh, en) in enumerate(words_of(said) for _, _, said in SENTENCES)
    )
    assert law_findings(SMALLEST + "excluded:\n" + left) == {}


@pytest.mark.parametrize("rule", LAW, ids=lambda rule: rule.code)
def test_no_reason_keeps_it(rule: Rule) -> None:
    n, said = next((n, said) for n, (_, code, said) in enumerate(SENTENCES) if code == rule.code)
    zh, en = words_of(said)
    piece = PLACES["guidance"].format(n=n, zh=zh, en=en)
    kept = f"suppress:\n  - {{rule: {rule.code}, on: w-{n}, why: {{zh: 原文如此, en: As written}}}}\n"
    assert rule.code in {each.rule for each in law_findings(laid_together([piece]) + kept)[f"w-{n}"]}


@pytest.mark.parametrize("prohibition", ["不得", "严禁", "禁止", "任何人不得", "防止", "杜绝"])
def test_the_same_words_forbidden_are_no_finding(prohibition: str) -> None:
    """Those that begin with the deed itself; a prohibition of what others ask for."""
    deeds = [
        "删帖",
        "瞒报",
        "截访",
        "搜身",
        "跟踪上访人员",
        "宴请记者",
        "打击报复举报人",
        "偷拍顾客",
        "销毁证据",
        "阻挠执法检查",
        "冒险作业",
        "先曝光后调查",
        "勒令企业停产",
        "通过微信传送涉密文件",
    ]
    pieces = [PLACES["guidance"].format(n=n, zh=prohibition + deed, en="Advice") for n, deed in enumerate(deeds)]
    assert law_findings(laid_together(pieces)) == {}
    pieces = [
        PLACES["guidance"].format(n=n, zh=deed, en="Advice") for n, deed in enumerate(deeds) if deed != "冒险作业"
    ]
    assert len(law_findings(laid_together(pieces))) == len(pieces)


@pytest.mark.parametrize("words", [
    "不予配合的员工打开背包检查", "为防止事态扩大扣押其身份证", "不得已时由保安搜身", "删帖不得超过两小时", "扣押其证件，并追究其责任",
    "公安机关到达前先扣留嫌疑人", "对无法解决的投诉，拖延答复",
])  # fmt: skip
def test_a_prohibition_of_something_else_does_not_hide_what_is_asked_for(words: str) -> None:
    assert law_findings(laid_together([PLACES["guidance"].format(n=1, zh=words, en="Advice")]))


@pytest.mark.parametrize("rule", LAW, ids=lambda rule: rule.code)
def test_the_wordings_of_a_rule_read_a_text_without_an_end_in_one_pass(rule: Rule) -> None:
    """A pattern that backtracks without end would never come back from these."""
    for ask in sys.modules[rule.find.__module__].ASKS:
        for pattern in (ask.wording.zh, ask.wording.en):
            assert not pattern.search("")
            assert not re.search(r"\(\d+, ?\d*\)|~\d|\{\{", pattern.pattern), (
                "a count that was lost when the pattern was put together"
            )
        for said in (
            "对投诉人和上访人员的",
            "将全部用户",
            "不利负面敏感的",
            "记录录像日志",
            "未经上级领导",
            "重点人员和有关人员、",
        ):
            asked_for(Words(said * 2000), ask.wording, ask.lawful)
        for said in ("delete the ", "report only ", "the petitioners and the customers "):
            asked_for(Words("", said * 1000), ask.wording, ask.lawful)
