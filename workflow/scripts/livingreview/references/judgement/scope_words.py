"""The words by which the scope note tells a result about a disease from all else.

Each group is a list for a class of words, in English and Chinese: in English whole words, `*`
standing for any ending, a space for spaces or a hyphen; in Chinese the characters wherever they
are. A word is in here because it is of the class, not because some sentence has it.
"""

from __future__ import annotations

import re

HAN = "[\u3400-\u9fff]"


def branches(en: str, zh: str) -> str:
    """The alternatives of a group."""
    english = (" ".join(words.split()) for words in en.split(","))
    patterns = [
        re.escape(words).replace(r"\ ", r"[\s-]+").replace(r"\-", "-?").replace(r"\*", r"\w*")
        for words in english
    ]
    return rf"\b(?:{'|'.join(patterns)})(?!\w)|{'|'.join(zh.split())}"


def group(en: str, zh: str) -> re.Pattern[str]:
    return re.compile(branches(en, zh), re.IGNORECASE)


# What patients' results are told in.
OUTCOME = group(
    "survival, survived, lived longer, response rate*, objective response*, complete response*,"
    " partial response*, pathological complete response*, responded, remission*, disease control,"
    " local control, relapse, relapses, recurrence*, disease progression, time to progression,"
    " risk of death, hazard ratio",
    "生存 缓解率 完全缓解 部分缓解 获得缓解 持久缓解 有效率 控制率 复发率 死亡风险 进展风险",
)
# What a treatment does to patients, cells or animals.
EFFECT = group(
    "improve*, prolong*, extend*, delay*, double*, reduce*, lower*, halve*, inhibit*, suppress*,"
    " shrank, shrink*, slow*, restore*, induce*, benefit*, effective, efficacy, active,"
    " activity, control*, resistan*, sensitiv*, superior",
    "提高 改善 延长 推迟 降低 增强 减少 下降 抑制 受抑 缩小 恢复 逆转 诱导 阻滞 获益 有效 疗效"
    " 耐药 敏感 优于 控制",
)
# A title of a study of a treatment.
TREATMENT = group(
    "treatment, treated, therapy, chemotherapy, radiotherapy, chemoradiotherapy, immunotherapy,"
    " monotherapy, maintenance, trial, phase, randomised, randomized, inhibitor*, blockade,"
    " versus, vs, plus, combined, resection",
    "治疗 疗法 化疗 放疗 放化疗 试验 随机 单臂 疗效 抑制剂 联合",
)
# The endings of drugs' international names, and the Chinese ones of the same class.
DRUG_CLASSES = (
    ("tinib", "替尼"),
    ("rafenib", "非尼"),
    ("mab", "单抗"),
    ("ciclib", "西利"),
    ("parib", "帕利"),
    ("zomib", "佐米"),
    ("platin", "铂"),
    ("taxel", "紫杉醇|他赛"),
    ("rubicin", "比星"),
    ("tecan", "替康"),
    ("poside", "泊苷"),
    ("citabine", "他滨"),
    ("trexed", "曲塞"),
    ("bectedin", "替定"),
    ("lidomide", "度胺"),
    ("zolomide", "唑胺"),
    ("lutamide", "鲁胺|他胺"),
    ("limus", "莫司"),
    ("formin", "双胍"),
    ("statin", "他汀"),
)

# What a work may be cited for whatever its patients have. In a statement or in a title.
OTHER_SUBJECTS = {
    "measures": group(
        "questionnaire*, scale, scales, score, scores, scored, scoring, index, indices,"
        " instrument*, inventory, tool, tools, QLQ*, FACT-*, EQ-5D*, ECOG, Karnofsky,"
        " performance status, quality of life, reference values, cut-off*, threshold*,"
        " nomogram*, comorbid*,"
        " validat*, minimal* important difference*, patient-reported",
        "量表 问卷 评分 指数 指标 工具 列线图 参考值 临界值 阈值 合并症 共病 体能状态 生活质量"
        " 验证",
    ),
    "criteria": group(
        "criteri*, RECIST, mRECIST, iRECIST, RANO, CTCAE, defined, definition*, classif*, staging,"
        " staged, grading, graded",
        "诊断标准 疗效标准 评价标准 评估标准 分级标准 疗效评价 疗效评估 RECIST 定义 分类 分型 分期",
    ),
    "methods": group(
        "method*, design*, sample size*, power, statistic*, two-stage, Simon, Bayesian, propensity,"
        " Kaplan-Meier, cox, simulation*, endpoint*, surrogate, assessed,"
        " measured, calculated, estimated, determined, evaluated by, according to, adapted from,"
        " described previously, previously described, protocol*, algorithm*,"
        " pharmacokinetic*, dose-finding, dosing, biosimilar*, cost*",
        "方法 设计 样本量 检验效能 统计 两阶段 终点 替代 倾向 评估 评价采用 测定 计算 参照 按照"
        " 依照 流程 算法 药代动力学 药物代谢 给药方案 剂量爬坡 成本",
    ),
    "techniques": group(
        "technique*, imaging, PET, MRI, CT, ultrasound, endoscop*, biops*, contour*, delineat*,"
        " planning, sparing, intensity-modulated, IMRT, stereotactic, fractionation, immunohisto*,"
        " sequencing, assay*, detect*, screening, diagnosis, diagnostic, ablation, embolization,"
        " embolisation, anaesthesia, rehabilitation, exercise, nursing",
        "技术 影像 成像 超声 内镜 活检 勾画 靶区 保护 调强 立体定向 分割 免疫组化 测序 检测"
        " 筛查 (?<!新)诊断 消融 栓塞 麻醉 康复 运动 护理",
    ),
    "toxicity": group(
        "toxicit*, adverse, side effect*, complication*, managed, management, prevent*,"
        " prophyla*, supportive, hand-foot*, palmar-plantar*, hypertensi*, proteinuria,"
        " neutropeni*, thrombocytop*, anaemia, anemia, myelosuppress*, diarrh*, nausea, vomiting,"
        " antiemetic*, emesis, mucositis, stomatitis, colitis, pneumonitis, pneumonia, hepatitis,"
        " dermatitis, rash, fatigue, neuropath*, cardiotox*, thromb*, bleeding,"
        " haemorrhage, hemorrhage, infection*, pain, cachexia, dose reduction*,"
        " dose modification*, premedication",
        "毒性 不良反应 不良事件 副作用 并发症 管理 预防 支持治疗 手足 高血压 蛋白尿 粒细胞 血小板"
        " 贫血 骨髓抑制 腹泻 恶心 呕吐 止吐 黏膜炎 口腔炎 结肠炎 肺炎 皮炎 皮疹 乏力 疲劳 神经病变"
        " 心脏 血栓 出血 感染 疼痛 癌痛 恶病质 减量 剂量调整",
    ),
    "care": group(
        "depress*, anxiety, distress, psycho*, sleep, nutrition*, palliative, hospice, caregiver*,"
        " geriatric, interaction*, adherence, survivorship, fertility",
        "抑郁 焦虑 心理 睡眠 营养 姑息 安宁 照护 照顾 老年综合评估 相互作用 依从性 生育",
    ),
    "plans": group(
        "whether, ongoing, under way, underway, planned, is being, are being, await*, recruiting",
        "正在 是否 拟 尚在 探索 招募 有待",
    ),
    "transformation": group(
        "transform*, transdifferentiat*, lineage, second primary, secondary to, synchronous,"
        " metachronous, arising from, arise from, arises from, origin*",
        "转化 转分化 谱系 第二原发 重复癌 起源",
    ),
    "guidance": group(
        "guideline*, guidance, consensus, recommend*, statement, position paper, review, reviews,"
        " overview, perspective*, policy, reimburs*, commentary, editorial",
        "指南 共识 推荐 建议 综述 述评 研究进展 现状 展望 专家 医保",
    ),
    "epidemiology": group(
        "epidemiolog*, incidence, prevalence, prevalent, common, risk factor*, risk of developing,"
        " burden, statistics, registry, cause of death, accounts for, smoking, tobacco,"
        " vaccin*, aetiolog*, etiolog*",
        "流行病学 发病率 患病率 常见 危险因素 患病风险 疾病负担 死因 占全部 吸烟 戒烟 疫苗 病因",
    ),
    "reasons": group(
        "because, since, given that, therefore, thus, hence, rationale, hope*, interest, aim*,"
        " warrant*, potential*, hypothes*, inspired, encourag*, prompted, needed, need for, unmet,"
        " despite, although, though, whereas, while,"
        " approv*, licens*, licenc*, authoris*, authoriz*, indicated, indication*, extrapolat*,"
        " borrow*, analog*, experience, lesson*, likewise, similar*, resembl*, akin, contrast*,"
        " unlike, first described, first used, first reported, initially, originally",
        "由于 因为 鉴于 因此 基于 依据 有望 期望 值得 可能 假设 尽管 虽然 亟需 亟待 启发 促使 奠定"
        " 获批 批准 适应证 适应症 上市 经验 借鉴 参考 外推 类比 类似 相似 相近 相仿"
        " 不同于 首先 首次 最早 最初",
    ),
}

# What is often shown in one tumour and taken to hold in others, unless it is a drug's effect.
BIOLOGY = group(
    "mechanism*, pathway*, signal*, express*, expression, mutat*, amplification, methylation,"
    " microenvironment, microbio*, biomarker*, marker*, predict*, prognos*, correlat*,"
    " overexpress*, polymorphism*, gene, genes, genomic*, role of",
    "机制 通路 信号 表达 突变 扩增 甲基化 微环境 菌群 标志物 预测 预后 相关性 多态性 基因 的作用",
)

# Before a disease: something is compared with it, or it is an example or somebody's past.
ASIDE = branches(
    "like, than, as, versus, vs, compared, besides, except, including, especially, such as, from,"
    " history of",
    "与 较 比 如 像 除 除了 包括 尤其是 特别是 来自 曾患",
)
# Words that may stand between the two.
FILLER = branches("in, for, of, with, to, those, patients, advanced", "在 于 对 晚期")
ASIDE_BEFORE = re.compile(rf"(?:{ASIDE})[.,\s]*(?:(?:{FILLER})\s*){{0,4}}\Z", re.IGNORECASE)
# After a disease: the same.
ASIDE_AFTER = re.compile(
    r"[\s）)]*(?:患者|细胞|的)*\s*(?:不同|相比|等|之外|外[，,]|[和或及](?:其他|其它)|为例)"
    r"|\s+(?:and|or)\s+other|[,\s]+(?:among\s+others|for\s+example)\b",
    re.IGNORECASE,
)
# A title about all diseases but one.
ALL_BUT = re.compile(
    r"\b(?:other\s+than|except|excluding|apart\s+from)\b|除.{0,12}外", re.IGNORECASE
)


def studies_treatment(title: str) -> bool:
    return any(one.search(title) for one in (TREATMENT, ENGLISH_DRUGS, CHINESE_DRUGS))


def of_another_subject(text: str) -> str | None:
    """The class of what a text is about, if it may be cited whatever disease it is about."""
    return next((name for name, words in OTHER_SUBJECTS.items() if words.search(text)), None)


ENGLISH_DRUGS = re.compile(
    rf"\b[a-z]{{2,}}({'|'.join(en for en, _ in DRUG_CLASSES)})\b", re.IGNORECASE
)
CHINESE_DRUGS = re.compile(rf"{HAN}{{1,2}}({'|'.join(zh for _, zh in DRUG_CLASSES)})")
CLASS_OF = {ending: en for en, zh in DRUG_CLASSES for ending in (en, *zh.split("|"))}


def share_a_drug(one: str, other: str) -> bool:
    """Whether both name one drug, or, in two languages, a drug of one class."""
    names = [
        ({found[0].casefold() for found in ENGLISH_DRUGS.finditer(text)},
         {found[0] for found in CHINESE_DRUGS.finditer(text)})
        for text in (one, other)
    ]  # fmt: skip
    (english, chinese), (other_english, other_chinese) = names
    if english & other_english or chinese & other_chinese:
        return True
    return bool(
        classes(english) & classes(other_chinese) | classes(chinese) & classes(other_english)
    )


def classes(names: set[str]) -> set[str]:
    return {CLASS_OF[ending] for name in names for ending in CLASS_OF if name.endswith(ending)}
