"""References printed without a DOI, and the registry in which most of their works are.

`planted_set(seed)` builds both from made-up medical works: what a list does to a work when it
prints it (`print_english`, `print_chinese`), what a registry does to it (`soil`), and what stands
beside it there (`decoys_of`). Every third reference's own work is left out of the registry while
its decoys stay. `retrieve` finds the candidates by words in common and by coordinates, as the
searches of registries do; nothing here uses what the matching uses.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from livingreview.references.record import Name, Reference

SEED = 20240229


def listed(text: str) -> list[str]:
    return text.split()


def paired(text: str) -> dict[str, str]:
    """王=Wang 李=Li as a dict."""
    return dict(pair.split("=") for pair in text.split())


ENGLISH_JOURNALS = [
    ("Journal of Clinical Oncology", "J. Clin. Oncol.", "J Clin Oncol"),
    ("The Lancet Oncology", "Lancet Oncol.", "Lancet Oncol"),
    ("Lung Cancer", "Lung Cancer", "Lung Cancer"),
    ("Journal of Thoracic Oncology", "J. Thorac. Oncol.", "J Thorac Oncol"),
    ("Annals of Oncology", "Ann. Oncol.", "Ann Oncol"),
    ("Cancer Management and Research", "Cancer Manag. Res.", "Cancer Manag Res"),
    ("Translational Lung Cancer Research", "Transl. Lung Cancer Res.", "Transl Lung Cancer Res"),
    ("Frontiers in Oncology", "Front. Oncol.", "Front Oncol"),
    ("New England Journal of Medicine", "N. Engl. J. Med.", "N Engl J Med"),
    ("OncoTargets and Therapy", "Onco. Targets Ther.", "Onco Targets Ther"),
    ("International Journal of Cancer", "Int. J. Cancer", "Int J Cancer"),
    ("British Journal of Cancer", "Br. J. Cancer", "Br J Cancer"),
    ("Medicine", "Medicine (Baltimore)", "Medicine (Baltimore)"),
    ("Signal Transduction and Targeted Therapy", "Sig Transduct Target Ther", "STTT"),
    ("European Journal of Cancer", "Eur. J. Cancer", "Eur J Cancer"),
    ("Thoracic Cancer", "Thorac. Cancer", "Thorac Cancer"),
]
BY_ARTICLE_NUMBER = {
    "Frontiers in Oncology",
    "Medicine",
    "Signal Transduction and Targeted Therapy",
}
DRUGS = listed("""
    anlotinib apatinib fruquintinib surufatinib erlotinib gefitinib osimertinib afatinib
    topotecan irinotecan etoposide lurbinectedin durvalumab atezolizumab serplulimab
    adebrelimab tislelizumab nivolumab bevacizumab pemetrexed docetaxel vinorelbine
""")
DISEASES = [
    "extensive-stage small-cell lung cancer",
    "limited-stage small cell lung cancer",
    "advanced non-small-cell lung cancer",
    "squamous cell lung cancer with brain metastases",
    "thymic epithelial tumours",
    "metastatic oesophageal carcinoma",
    "paediatric soft tissue sarcoma",
    "radioiodine-refractory differentiated thyroid cancer",
    "acute myeloid leukaemia",
    "malignant pleural mesothelioma",
]
LINES = ["first", "second", "third", "later"]
DESIGNS = [
    "a randomised, double-blind, placebo-controlled phase 2 trial",
    "a randomised, double-blind, placebo-controlled phase 3 trial",
    "a multicentre, single-arm, phase II study",
    "a retrospective cohort study",
    "a real-world analysis of two centres",
    "a real-world analysis of three centres",
    "a systematic review and meta-analysis",
    "a case report and review of the literature",
]
EFFECTS = ["hypertension", "haemoptysis", "hand–foot syndrome", "proteinuria", "hyponatraemia"]
GENES = ["VEGFR2", "PDGFRβ", "TGF-β1", "IL-1β", "PPARγ", "FGFR1", "HIF-1α", "c-Kit"]
ENGLISH_TEMPLATES = [
    "{Drug} as {line}-line treatment of {disease}: {design}",
    "Efficacy and safety of {drug} plus {other} in patients with {disease}: {design}",
    "{Drug} versus {other} in {line}-line therapy of {disease}",
    "{Drug} suppresses tumour angiogenesis by targeting {gene} signalling in {disease}",
    "Incidence and management of {drug}-induced {effect} in {disease}: {design}",
    "Prognostic value of serum {gene} in patients with {disease} treated with {drug}",
    "Cost-effectiveness of {drug} combined with {other} for {disease}",
    "Resistance to {drug} in {disease}: mechanisms and the role of {gene}",
]
WESTERN = listed("""
    Smith Jones Müller García Rossi O'Brien Novák Dubois Jensen Andersson Kowalski Horn
    Schmidt Peters Hansen Silva Martin Reck Paz-Ares Goldman Farago Trigo Ready Johnson
""")
PARTICLED = ["van der Berg", "de Castro", "von Pawel", "Di Maio", "van Meerbeeck"]
WESTERN_GIVEN = listed("""
    Anna Michael James Lucía Peter Jean-Luc Ivana Marco Eva Lars Thomas Hans Sofia Robert
    Mary Pablo Karen David
""")
HAN_FAMILIES = paired("""
    王=Wang 李=Li 张=Zhang 刘=Liu 陈=Chen 杨=Yang 黄=Huang 赵=Zhao 吴=Wu 周=Zhou 徐=Xu 孙=Sun
    马=Ma 朱=Zhu 胡=Hu 郭=Guo 何=He 高=Gao 林=Lin 罗=Luo 郑=Zheng 梁=Liang 谢=Xie 宋=Song
    唐=Tang 许=Xu 韩=Han 冯=Feng 邓=Deng 曹=Cao 彭=Peng 曾=Zeng 肖=Xiao 单=Shan 吕=Lv 覃=Qin
    仇=Qiu 解=Xie 翟=Zhai 欧阳=Ouyang 程=Cheng 石=Shi
""")
HAN_GIVEN = paired("""
    伟=Wei 芳=Fang 娜=Na 敏=Min 静=Jing 丽=Li 强=Qiang 磊=Lei 军=Jun 洋=Yang 勇=Yong 艳=Yan
    杰=Jie 涛=Tao 明=Ming 超=Chao 秀英=Xiuying 建华=Jianhua 志强=Zhiqiang 晓东=Xiaodong
    海燕=Haiyan 文博=Wenbo 雨桐=Yutong 国庆=Guoqing 颖=Ying
""")
# Chinese name, name in PubMed, English name.
CHINESE_JOURNALS = [
    ("中国肺癌杂志", "Zhongguo Fei Ai Za Zhi", "Chinese journal of lung cancer"),
    ("中华肿瘤杂志", "Zhonghua Zhong Liu Za Zhi", "Chinese journal of oncology"),
    ("中华结核和呼吸杂志", "Zhonghua Jie He He Hu Xi Za Zhi", "Chinese journal of tuberculosis"),
    ("中华医学杂志", "Zhonghua Yi Xue Za Zhi", "National medical journal of China"),
    ("中华内科杂志", "Zhonghua Nei Ke Za Zhi", "Chinese journal of internal medicine"),
    ("北京大学学报(医学版)", "Beijing Da Xue Xue Bao Yi Xue Ban", "Journal of Peking University"),
    ("中华病理学杂志", "Zhonghua Bing Li Xue Za Zhi", "Chinese journal of pathology"),
]
CHINESE_DRUGS = {
    "安罗替尼": "anlotinib",
    "阿帕替尼": "apatinib",
    "吉非替尼": "gefitinib",
    "厄洛替尼": "erlotinib",
    "奥希替尼": "osimertinib",
    "托泊替康": "topotecan",
    "依托泊苷": "etoposide",
    "信迪利单抗": "sintilimab",
    "替雷利珠单抗": "tislelizumab",
    "贝伐珠单抗": "bevacizumab",
}
CHINESE_DISEASES = {
    "广泛期小细胞肺癌": "extensive-stage small cell lung cancer",
    "局限期小细胞肺癌": "limited-stage small cell lung cancer",
    "晚期非小细胞肺癌": "advanced non-small cell lung cancer",
    "EGFR 突变阳性肺腺癌": "EGFR-mutant lung adenocarcinoma",
    "复发性食管鳞癌": "recurrent esophageal squamous cell carcinoma",
    "老年弥漫大B细胞淋巴瘤": "diffuse large B-cell lymphoma in the elderly",
}
CHINESE_LINES = {"一": "first", "二": "second", "三": "third"}
CHINESE_TEMPLATES = [
    (
        "{drug}{line}线治疗{disease}的疗效及安全性分析",
        "Efficacy and safety of {drug_en} as {line_en}-line treatment of {disease_en}",
    ),
    ("{drug}联合{other}治疗{disease}的临床观察", "{drug_en} plus {other_en} in {disease_en}"),
    (
        "{drug}治疗{disease}的{line}项回顾性研究",
        "{drug_en} for {disease_en}: a retrospective analysis of {line_en} studies",
    ),
    (
        "{drug}相关性高血压与{disease}预后的关系",
        "Hypertension under {drug_en} and prognosis of {disease_en}",
    ),
    (
        "{disease}患者应用{drug}后PD-L1表达的变化",
        "Changes of PD-L1 expression in {disease_en} after {drug_en}",
    ),
]
BRITISH = [
    ("randomised", "randomized"),
    ("tumour", "tumor"),
    ("haemoptysis", "hemoptysis"),
    ("oesophageal", "esophageal"),
    ("paediatric", "pediatric"),
    ("leukaemia", "leukemia"),
    ("hyponatraemia", "hyponatremia"),
    ("signalling", "signaling"),
    ("multicentre", "multicenter"),
    ("centres", "centers"),
]
GREEK = [("β", "beta"), ("γ", "gamma"), ("α", "alpha")]
# Subtitles that make another paper of a title.
ENGLISH_ENDINGS = [
    ": updated results",
    ": final analysis",
    ": long-term follow-up",
    ": study protocol",
    ": safety and quality of life",
    ": biomarker analysis of a randomised trial",
    ": the patients' view",
    ": costs in four provinces",
]
CHINESE_ENDINGS = [
    "：更新结果",
    "：最终分析",
    "：长期随访",
    "：研究方案",
    "：免疫",
    "：安全性与生活质量",
    "：生物标志物分析",
]
Record = dict[str, Any]


@dataclass(frozen=True)
class Work:
    """One made-up work: `spec` makes its title (a namesake's differs in one word of it)."""

    language: str
    template: int
    spec: dict[str, str]
    people: tuple[tuple[str, str], ...]
    journal: tuple[str, str, str]
    year: int
    volume: str
    issue: str
    first: int
    last: int
    article: str | None = None
    title: str = ""
    title_en: str = ""


@dataclass(frozen=True)
class Planted:
    """A printed reference, what kind of printing it is, and its work's DOI or PMID if it is
    in the registry."""

    reference: Reference
    kind: str
    truth: str | None
    lost: str | None = None  # the identifier of the work that was left out


@dataclass
class Registry:
    """Records, and for each word the places of the records that hold it."""

    records: list[Record] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, record: Record) -> None:
        for word in words_of(record):
            self.places[word].append(len(self.records))
        self.records.append(record)


def identifier(record: Record) -> str:
    return record.get("DOI", "").lower() or f"PMID {record.get('PMID')}"


# --- works -----------------------------------------------------------------------------------


def with_title(work: Work) -> Work:
    spec = work.spec
    if work.language == "en":
        title = ENGLISH_TEMPLATES[work.template].format(**spec)
        return replace(work, title=title[0].upper() + title[1:])
    chinese, english = CHINESE_TEMPLATES[work.template]
    english = english.format(**spec)
    return replace(
        work, title=chinese.format(**spec), title_en=f"[{english[0].upper()}{english[1:]}]."
    )


def english_spec(dice: random.Random) -> dict[str, str]:
    drug, other = dice.sample(DRUGS, 2)
    return {
        "drug": drug,
        "Drug": drug,
        "other": other,
        "line": dice.choice(LINES),
        "disease": dice.choice(DISEASES),
        "design": dice.choice(DESIGNS),
        "gene": dice.choice(GENES),
        "effect": dice.choice(EFFECTS),
    }


def chinese_spec(dice: random.Random) -> dict[str, str]:
    drug, other = dice.sample(sorted(CHINESE_DRUGS), 2)
    line, disease = dice.choice(sorted(CHINESE_LINES)), dice.choice(sorted(CHINESE_DISEASES))
    return {
        "drug": drug,
        "other": other,
        "line": line,
        "disease": disease,
        "drug_en": CHINESE_DRUGS[drug],
        "other_en": CHINESE_DRUGS[other],
        "line_en": CHINESE_LINES[line],
        "disease_en": CHINESE_DISEASES[disease],
    }


def people_of(dice: random.Random, language: str) -> tuple[tuple[str, str], ...]:
    people = []
    for _ in range(dice.choice((1, 2, 3, 4, 5, 6, 8, 12))):
        if language == "zh":
            people.append((dice.choice(sorted(HAN_FAMILIES)), dice.choice(sorted(HAN_GIVEN))))
        elif dice.random() < 0.5:
            family = HAN_FAMILIES[dice.choice(sorted(HAN_FAMILIES))]
            people.append((family, HAN_GIVEN[dice.choice(sorted(HAN_GIVEN))]))
        else:
            names = WESTERN + PARTICLED
            people.append((dice.choice(names), dice.choice(WESTERN_GIVEN)))
    return tuple(people)


def new_work(dice: random.Random, language: str) -> Work:
    year = dice.randint(2008, 2024)
    first = dice.randint(11, 2400) if language == "en" else dice.randint(11, 980)
    journal = dice.choice(ENGLISH_JOURNALS if language == "en" else CHINESE_JOURNALS)
    templates = ENGLISH_TEMPLATES if language == "en" else CHINESE_TEMPLATES
    return with_title(
        Work(
            language=language,
            template=dice.randrange(len(templates)),
            spec=english_spec(dice) if language == "en" else chinese_spec(dice),
            people=people_of(dice, language),
            journal=journal,
            year=year,
            volume=str(year - 1985 if language == "en" else year - 1978),
            issue=str(dice.randint(1, 12)),
            first=first,
            last=first + dice.randint(3, 12),
            article=str(dice.randint(100000, 999999)) if journal[0] in BY_ARTICLE_NUMBER else None,
        )
    )


def namesake(dice: random.Random, work: Work) -> Work:
    """Another paper of the group: one word of the title differs, or it is the updated results."""
    spec, other = dict(work.spec), None
    fresh = english_spec(dice) if work.language == "en" else chinese_spec(dice)
    template = (ENGLISH_TEMPLATES if work.language == "en" else CHINESE_TEMPLATES)[work.template]
    template = template if isinstance(template, str) else template[0]
    names = [name for name in fresh if "{" + name in template and fresh[name] != spec[name]]
    if names:
        name = dice.choice(names)
        for twin in (name, f"{name}_en", name.title(), name.lower()):
            if twin in spec:
                spec[twin] = fresh[twin]
    first = work.last + dice.randint(1, 300)
    other = with_title(replace(work, spec=spec, first=first, last=first + dice.randint(3, 10)))
    if work.article:
        other = replace(other, article=str(dice.randint(100000, 999999)))
    if dice.random() < 0.5:  # elsewhere, or a year later
        other = replace(
            other, journal=dice.choice(journals_of(work)), issue=str(dice.randint(1, 9))
        )
        moved = dice.choice((0, 1))
        other = replace(
            other, year=work.year + moved, volume=str(int(work.volume) + dice.choice((0, 1, 7)))
        )
    if other.title == work.title or dice.random() < 0.3:
        ending = dice.choice(ENGLISH_ENDINGS if work.language == "en" else CHINESE_ENDINGS)
        other = replace(other, title=work.title + ending, title_en=work.title_en[:-2] + " update].")
    return other


def journals_of(work: Work) -> list[tuple[str, str, str]]:
    return ENGLISH_JOURNALS if work.language == "en" else CHINESE_JOURNALS


# --- records ---------------------------------------------------------------------------------


def record_of(dice: random.Random, work: Work, number: int) -> Record:
    """A journal article as a publisher deposits it when nothing goes wrong."""
    names = [{"family": family, "given": given} for family, given in work.people]
    record: Record = {
        "DOI": f"10.{1000 + number % 700}/{dice.choice(('j.', 's', 'art.'))}{number}",
        "type": "journal-article",
        "title": [work.title],
        "author": names,
        "container-title": [work.journal[0]],
        "short-container-title": [work.journal[2] if work.language == "en" else work.journal[0]],
        "volume": work.volume,
        "issue": work.issue,
        "published-print": {"date-parts": [[work.year, dice.randint(1, 12)]]},
        "issued": {"date-parts": [[work.year, dice.randint(1, 12)]]},
        "score": round(dice.uniform(10, 120), 5),
    }
    if work.article:
        record["article-number"] = work.article
    else:
        record["page"] = f"{work.first}-{work.last}"
    if dice.random() < 0.3:
        record["published-online"] = {"date-parts": [[work.year - dice.choice((0, 1)), 11, 3]]}
    return record


def pubmed_record(dice: random.Random, work: Work, number: int) -> Record:
    """A Chinese article as PubMed has it: English title in brackets, names in pinyin."""
    names = [
        {"family": HAN_FAMILIES[family], "given": HAN_GIVEN[given][0]}
        for family, given in work.people
    ]
    record: Record = {
        "PMID": str(20000000 + number),
        "type": "journal-article",
        "title": [work.title_en],
        "author": names,
        "container-title": [f"{work.journal[1].capitalize()} = {work.journal[2]}"],
        "short-container-title": [work.journal[1]],
        "volume": work.volume,
        "issue": work.issue,
        "page": f"{work.first}-{work.last}",
        "issued": {"date-parts": [[work.year, dice.randint(1, 12)]]},
    }
    if dice.random() < 0.5:
        record["container-title"] = [f"{work.journal[1].capitalize()} [{work.journal[2]}]"]
    if dice.random() < 0.7:
        record["DOI"] = f"10.3760/cma.j.issn.{number}"
    return record


def soil(dice: random.Random, record: Record) -> Record:
    """What is wrong with real records: at most two of these things at once."""
    record = dict(record)
    title = record["title"][0]
    for _ in range(dice.choice((0, 0, 1, 1, 2))):
        what = dice.randrange(16)
        if what == 0 and "lung" in title:
            record["title"] = [record["title"][0].replace("lung", "<i>lung</i>")]
        elif what == 1:
            record["title"] = [record["title"][0].upper().replace("Β", "β").replace("Γ", "γ")]
        elif what == 2:
            record["title"] = [f"RETRACTED: {record['title'][0].removeprefix('RETRACTED: ')}"]
        elif what == 3 and ": " in record["title"][0]:
            main, _, rest = record["title"][0].rpartition(": ")
            record["title"], record["subtitle"] = [main], [rest]
        elif what == 4 and record.get("author"):
            record["author"] = record["author"][:1]
        elif what == 5 and record.get("author"):
            record["author"] = [
                {"family": f"{one.get('given', '')} {one['family']}".strip()}
                if one["family"].isascii()
                else {"family": one["family"] + one.get("given", "")}
                for one in record["author"]
            ]
        elif what == 6 and record.get("short-container-title"):
            record["container-title"] = record["short-container-title"]
        elif what == 7 and "article-number" in record:
            record["page"] = record.pop("article-number")
        elif what == 8:
            record["issued"] = {"date-parts": [[None]]}
        elif what == 9:
            record.pop("volume", None)
        elif what == 10:
            record.pop("page", None)
        elif what == 11:
            record.pop("author", None)
        elif what == 12:
            record["title"] = [record["title"][0].replace("-", "‐").replace(" ", "\n  ", 1) + "*"]
        elif what == 13:
            record.pop("issue", None)
            record.pop("short-container-title", None)
        elif what == 14:
            record["title"] = [record["title"][0].replace("β", "&beta;").replace("'", "&#39;")]
        elif what == 15 and "page" in record:
            record["page"] = record["page"].partition("-")[0]
    return record


def decoys_of(dice: random.Random, work: Work, record: Record, number: int) -> list[Record]:
    """What stands beside a work in a registry and is not it."""
    english = work.language == "en"
    decoys = [
        soil(dice, record_of(dice, namesake(dice, work), number + 1 + place))
        for place in range(dice.choice((1, 2, 3)))
    ]
    if not english:
        for place in range(dice.choice((0, 1, 2))):
            decoys.append(pubmed_record(dice, namesake(dice, work), number + 10 + place))
        # The neighbours: the same place but one coordinate, other authors as a rule.
        other = replace(new_work(dice, "zh"), journal=work.journal, volume=work.volume)
        other = replace(other, year=work.year, issue=work.issue)
        moved = replace(other, first=work.last + 1, last=work.last + 5)
        decoys.append(pubmed_record(dice, moved, number + 13))
        shifted = replace(other, first=work.first, last=work.last, volume=str(int(work.volume) - 1))
        decoys.append(pubmed_record(dice, replace(shifted, year=work.year - 1), number + 14))
    base = {key: record[key] for key in ("title", "author", "published-print") if key in record}
    base["title"] = [work.title]
    if english and dice.random() < 0.35:
        decoys.append(abstract_record(dice, work, number + 20))
    if english and dice.random() < 0.35:
        decoys.append(preprint_record(dice, work, number + 21))
    if dice.random() < 0.35:
        heading = dice.choice(
            ("Correction to: ", "Erratum: ", "Retraction Note: ", "Author Correction: ")
            if english
            else ("更正：", "勘误：", "撤稿声明：")
        )
        notice = record_of(dice, replace(work, title=heading + work.title), number + 22)
        notice["page"] = str(work.last + dice.randint(1, 40))
        if dice.random() < 0.7:
            kind = "retraction" if heading.startswith(("Retraction", "撤稿")) else "correction"
            notice["update-to"] = [{"DOI": record.get("DOI", "10.1/x"), "type": kind}]
            if dice.random() < 0.4:
                notice["title"] = [work.title]  # found with the work's own title
        decoys.append(notice)
    if dice.random() < 0.2:
        review = {"DOI": f"10.5555/review{number}", "type": "peer-review", **base}
        review["title"] = [dice.choice(("", 'Review for "', "Decision letter: ")) + work.title]
        decoys.append(review)
    if dice.random() < 0.2:
        decoys.append({"DOI": f"10.5555/f{number}.t001", "type": "component", **base})
    if dice.random() < 0.15:
        copy = {"DOI": f"10.65215/c{number}", "type": dice.choice(("posted-content", "other"))}
        copy |= base | {"issued": {"date-parts": [[dice.choice((work.year, 2025))]]}}
        copy.pop("published-print", None)
        decoys.append(copy)
    if dice.random() < 0.1:
        thesis = {"DOI": f"10.7666/d{number}", "type": "dissertation", **base}
        decoys.append(thesis | {"author": base.get("author", [])[:1]})
    return decoys


def editorial_record(dice: random.Random, work: Work, number: int) -> Record:
    """What an editorial or reply of the same title and people is registered as: other pages,
    fewer of them, in the article's issue or another."""
    first = dice.choice((3, 5, 7, work.first + 2500))
    editorial = replace(work, first=first, last=first + dice.choice((0, 1)))
    if work.article:
        editorial = replace(editorial, article=str(dice.randint(100000, 999999)))
        editorial = replace(editorial, issue=str(int(work.issue) % 12 + 1))
    elif dice.random() < 0.5:
        editorial = replace(editorial, issue=str(int(work.issue) % 12 + 1))
    return record_of(dice, editorial, number)


def weaker_records(dice: random.Random, work: Work, number: int, absent: bool) -> Iterator[Record]:
    """What a registry of DOIs has under the title of a work that it does not have.

    A report may always be there. The others lack only volume and page: where the work itself is
    missing, nothing tells them from its own record ahead of print.
    """
    record = record_of(dice, work, number)
    for name in ("volume", "issue", "page", "article-number", "published-online"):
        record.pop(name, None)
    report = {**record, "type": dice.choice(("report", "other")), "DOI": f"10.5555/r{number}"}
    for name in ("container-title", "short-container-title"):
        report.pop(name)
    yield report
    if absent:
        return
    if dice.random() < 0.5:  # a namesake of the first author: 王勇 for 王艳
        family, given = work.people[0]
        names = HAN_GIVEN if work.language == "zh" else WESTERN_GIVEN + sorted(HAN_GIVEN.values())
        others = [name for name in names if name != given and name[0] == given[0]]
        person = {"family": family, "given": dice.choice(others or ["Yong"])}
        yield {**record, "author": [person], "DOI": f"10.5555/n{number}"}
    else:
        moved = {"date-parts": [[work.year + dice.choice((-1, 1))]]}
        yield {**record, "published-print": moved, "issued": moved, "DOI": f"10.5555/y{number}"}


def abstract_record(dice: random.Random, work: Work, number: int) -> Record:
    """The abstract of the same title and authors, in the journal's supplement or another's."""
    journal = dice.choice((work.journal, ENGLISH_JOURNALS[0], ENGLISH_JOURNALS[4]))
    page, issue = dice.choice(
        (
            (f"{dice.randint(1000, 9999)}", "15_suppl"),
            (f"S{dice.randint(100, 999)}", "10"),
            (f"viii{dice.randint(100, 999)}", "suppl_8"),
            (f"e{dice.randint(10000, 20999)}", "15_suppl"),
        )
    )
    abstract = replace(work, journal=journal, year=work.year - dice.choice((0, 0, 1)), article=None)
    if journal != work.journal:
        abstract = replace(abstract, volume=str(int(work.volume) + dice.choice((0, 3))))
    record = record_of(dice, abstract, number)
    record["page"] = dice.choice((page, f"{page}-{page}"))
    record["issue"] = issue
    record.pop("published-online", None)
    if dice.random() < 0.3:
        record["title"] = [f"{dice.choice(('P2.12-13', 'MA17.07', '1538P'))} {work.title}"]
    return record


def preprint_record(dice: random.Random, work: Work, number: int) -> Record:
    doi, server, publisher = dice.choice(
        (
            (f"10.1101/2020.01.{number}", "medRxiv", "Cold Spring Harbor Laboratory"),
            (f"10.21203/rs.3.rs-{number}/v1", "Research Square", "Research Square Platform LLC"),
            (f"10.2139/ssrn.{number}", "SSRN", "Elsevier BV"),
        )
    )
    return {
        "DOI": doi,
        "type": "posted-content",
        "subtype": "preprint",
        "title": [work.title],
        "author": [{"family": family, "given": given} for family, given in work.people],
        "institution": [{"name": server}],
        "publisher": publisher,
        "posted": {"date-parts": [[work.year - 1, 5, 3]]},
        "issued": {"date-parts": [[work.year - dice.choice((0, 1)), 5, 3]]},
    }


# --- what a list prints ----------------------------------------------------------------------


def printed_names(dice: random.Random, work: Work, style: int) -> tuple[tuple[Name, ...], bool]:
    names = []
    for family, given in work.people:
        if work.language == "zh":
            names.append(Name(family, given))
        else:
            parts = re.split("[- ]", given)
            initials = (".-" if style == 0 else "").join(part[0] for part in parts)
            names.append(Name(family, (f"{initials}.", initials, given)[style]))
    most = dice.choice((3, 3, 6, 100))
    return tuple(names[:most]), len(names) <= most


def base_reference(dice: random.Random, work: Work, number: int) -> Reference:
    """As it stands in the journal, in one of the usual styles."""
    style = dice.randrange(3)
    names, complete = printed_names(dice, work, style)
    first, last = str(work.first), str(work.last)
    if dice.random() < 0.4:  # 1200-9
        same = sum(one == other for one, other in zip(first, last, strict=False))
        while not last.startswith(first[:same]):
            same -= 1
        last = last[same:] if len(first) == len(last) else last
    journal = work.journal[0] if work.language == "zh" else dice.choice(work.journal)
    pages = f"{first}-{last}"
    return Reference(
        key=f"planted{number}",
        number=number,
        language=work.language,
        title=work.title,
        authors=names,
        authors_complete=complete,
        container_title=journal,
        year=work.year,
        volume=work.volume,
        issue=work.issue if dice.random() < 0.6 else None,
        page=None if work.article else pages,
        article_number=work.article,
    )


def misspelt(dice: random.Random, title: str) -> str:
    """One slip in one long word: a letter left out, doubled, exchanged, another one."""
    words = list(re.finditer(r"[A-Za-z]{6,}", title))
    if not words:
        return title
    word = dice.choice(words)
    place = dice.randrange(word.start(), word.end() - 1)
    one, two = title[place], title[place + 1]
    middle = dice.choice((two, one + one + two, two + one, dice.choice("aeiourstn") + two))
    return title[:place] + middle + title[place + 2 :]


def print_english(dice: random.Random, work: Work, kind: str, number: int) -> Reference:
    printed = base_reference(dice, work, number)
    title = printed.title or ""
    if kind in ("plain", "PubMed only"):
        return printed
    if kind == "other year":
        return replace(printed, year=work.year + dice.choice((-1, 1)))
    if kind == "no volume":
        return replace(printed, volume=None, issue=None)
    if kind == "no pages":
        return replace(printed, page=None, article_number=None)
    if kind == "journal and year only":
        return replace(printed, page=None, article_number=None, volume=None, issue=None)
    if kind == "case and dashes":
        title = dice.choice((title.title(), title.upper().replace("Β", "β"), title.lower()))
        return replace(printed, title=title.replace("-", dice.choice("‐–-")))
    if kind == "Greek and spelling":
        for one, two in BRITISH + GREEK:
            title = title.replace(one, two)
        return replace(printed, title=title)
    if kind == "subtitle dropped":
        return replace(printed, title=title.rpartition(": ")[0] or title)
    if kind == "typo":
        return replace(printed, title=misspelt(dice, title))
    if kind == "typo, no pages":
        return replace(printed, title=misspelt(dice, title), page=None, article_number=None)
    if kind == "wrong field":
        wrong = dice.choice(("volume", "last page", "first page", "initials", "issue", "author"))
        if wrong == "volume":
            return replace(printed, volume=str(int(work.volume) + dice.choice((1, 10))))
        if wrong == "last page" and printed.page:
            return replace(printed, page=f"{work.first}-{work.last + 2}")
        if wrong == "first page" and printed.page:
            return replace(printed, page=f"{work.first + 10}-{work.last + 10}")
        if wrong == "issue":
            return replace(printed, issue="13")
        first = printed.authors[0]
        if wrong == "author" and len(printed.authors) > 2:  # the second is lost
            return replace(printed, authors=(first, *printed.authors[2:]))
        return replace(printed, authors=(replace(first, given="Q."), *printed.authors[1:]))
    raise ValueError(kind)


def print_chinese(dice: random.Random, work: Work, kind: str, number: int) -> Reference:
    printed = base_reference(dice, work, number)
    title = printed.title or ""
    if kind in ("plain", "PubMed only"):
        return printed
    if kind == "signs and width":
        for one, two in (
            ("PD-L1", "ＰＤ－Ｌ１"),
            ("(", "（"),
            (" ", ""),
            ("EGFR", "EGFR "),
            ("：", ":"),
        ):
            title = title.replace(one, two)
        return replace(printed, title=title, volume=dice.choice((work.volume, None)))
    if kind == "no pages":
        return replace(printed, page=None)
    if kind == "wrong field":
        if dice.random() < 0.5:
            return replace(printed, page=f"{work.first}-{work.last + 1}")
        return replace(printed, year=work.year + 1)
    raise ValueError(kind)


ENGLISH_KINDS = {
    "plain": 30,
    "other year": 18,
    "no volume": 18,
    "no pages": 18,
    "journal and year only": 15,
    "case and dashes": 18,
    "Greek and spelling": 18,
    "subtitle dropped": 24,
    "typo": 24,
    "typo, no pages": 9,
    "wrong field": 30,
    "PubMed only": 18,
}
CHINESE_KINDS = {
    "plain": 30,
    "signs and width": 24,
    "no pages": 12,
    "wrong field": 12,
    "PubMed only": 45,
}
TWIN_KINDS = {"abstract": 18, "preprint": 18, "notice": 12}
SERIES = 12  # articles of one title whose DOIs end as those of versions do
# Where nothing but the page tells an editorial from its article.
WITHOUT_PAGES = {"no pages", "journal and year only", "typo, no pages"}


def planted_set(seed: int = SEED) -> tuple[Registry, list[Planted]]:
    dice = random.Random(seed)
    registry, planted = Registry(), []
    number = 1000
    for language, kinds in (("en", ENGLISH_KINDS), ("zh", CHINESE_KINDS)):
        for kind, count in kinds.items():
            for place in range(count):
                number += 100
                work = new_work(dice, language)
                printer = print_english if language == "en" else print_chinese
                reference = printer(dice, work, kind, len(planted) + 1)
                pubmed = language == "zh" and kind in ("PubMed only", "wrong field")
                maker = pubmed_record if pubmed else record_of
                clean = maker(dice, work, number)
                if language == "en" and kind == "PubMed only":
                    clean["PMID"] = str(10000000 + number)
                    del clean["DOI"]
                record = clean if kind == "wrong field" or pubmed else soil(dice, clean)
                absent = place % 3 == 2
                if not absent:
                    registry.add(record)
                    if dice.random() < 0.1 and "DOI" in record:  # another registry has it too
                        registry.add(soil(dice, clean))
                for decoy in decoys_of(dice, work, clean, number):
                    registry.add(decoy)
                if kind not in WITHOUT_PAGES and dice.random() < 0.3:
                    registry.add(editorial_record(dice, work, number + 30))
                if kind == "PubMed only" and "DOI" not in clean:
                    for weaker in weaker_records(dice, work, number + 31, absent):
                        registry.add(weaker)
                own = identifier(record)
                planted.append(
                    Planted(reference, f"{language}: {kind}", None if absent else own, own)
                )
    for kind, count in TWIN_KINDS.items():
        for place in range(count):
            number += 100
            planted.append(plant_twin(dice, registry, kind, place % 3 == 2, number, len(planted)))
    for place in range(SERIES):
        number += 100
        language = ("en", "zh")[place % 2]
        planted.append(plant_series(dice, registry, language, place % 3 == 2, number, len(planted)))
    for place in range(600):  # works that share words with all of them
        number += 20
        work = new_work(dice, "zh" if place % 4 == 0 else "en")
        registry.add(soil(dice, record_of(dice, work, number)))
    return registry, planted


def plant_twin(
    dice: random.Random, registry: Registry, kind: str, absent: bool, number: int, count: int
) -> Planted:
    """The reference is to the abstract, the preprint or the notice; the article is there too."""
    work = new_work(dice, "en")
    article = record_of(dice, work, number)
    printed = base_reference(dice, work, count + 1)
    registry.add(article)
    if kind == "abstract":
        own = abstract_record(dice, work, number + 1)
        page = own["page"].partition("-")[0]
        journal = next(one for one in ENGLISH_JOURNALS if one[0] == own["container-title"][0])
        printed = replace(
            printed,
            container_title=dice.choice(journal),
            year=own["published-print"]["date-parts"][0][0],
            volume=own["volume"],
            issue=own["issue"] if "suppl" in own["issue"] else None,
            page=page,
            article_number=None,
        )
    elif kind == "preprint":
        own = preprint_record(dice, work, number + 1)
        server = own["institution"][0]["name"]
        year = own["issued"]["date-parts"][0][0]
        printed = replace(
            printed,
            container_title=server,
            year=year,
            volume=None,
            issue=None,
            page=None,
            article_number=None,
        )
        if dice.random() < 0.4:
            url = f"https://www.{server.replace(' ', '').lower()}.org/{number}"
            printed = replace(printed, type="misc", container_title=None, url=url)
    else:
        heading = dice.choice(("Correction to: ", "Erratum: ", "Retraction: ", "Correction: "))
        notice = replace(work, title=heading + work.title, first=work.last + 9, last=work.last + 9)
        own = record_of(dice, notice, number + 1)
        label = "retraction" if heading.startswith("Retraction") else "correction"
        own["update-to"] = [{"DOI": article["DOI"], "type": label}]
        printed = base_reference(dice, notice, count + 1)
    if not absent:
        registry.add(own)
    for decoy in decoys_of(dice, work, article, number + 10):
        if decoy["type"] == "journal-article" and "update-to" not in decoy:
            if kind == "abstract" and "suppl" in str(decoy.get("issue")):
                continue
            if kind == "notice" and re.match("Correction|Erratum|Retr|Author", decoy["title"][0]):
                continue
            registry.add(decoy)
    return Planted(printed, f"en: {kind}", None if absent else identifier(own), identifier(own))


def plant_series(
    dice: random.Random, registry: Registry, language: str, absent: bool, number: int, count: int
) -> Planted:
    """Two editorials of one journal and volume; without its page a reference names neither."""
    work = new_work(dice, language)
    work = replace(work, title="Editorial" if language == "en" else "编者按", article=None)
    later = replace(work, first=work.first + 200, last=work.last + 200)
    records = [record_of(dice, one, number) for one in (work, later)]
    for version, record in enumerate(records, 1):
        record["DOI"] = f"10.5555/j{number}.v{version}"
        registry.add(record)
    printed = base_reference(dice, work, count + 1)
    if absent:
        printed = replace(printed, page=None, issue=None)
    own = identifier(records[0])
    return Planted(printed, f"{language}: series", None if absent else own, own)


# --- the search ------------------------------------------------------------------------------


def tokens(text: str) -> set[str]:
    text = re.sub(r"<[^>]*>|&\w+;", " ", text.lower())
    han = re.findall(r"[\u4e00-\u9fff]", text)
    pairs = {one + two for one, two in pairwise(han)}
    return set(re.findall(r"[a-z0-9à-ÿα-ω']+", text)) | pairs


def words_of(record: Record) -> set[str]:
    texts = [*record.get("title", []), *record.get("subtitle", [])]
    texts += record.get("container-title", [])
    texts += [str(one.get("family")) for one in record.get("author", [])]
    for name in ("published-print", "published-online", "issued"):
        parts = record.get(name, {}).get("date-parts", [[None]])
        texts += [f"y{parts[0][0]}"]
    texts.append(f"v{record.get('volume')}")
    page = record.get("page") or record.get("article-number") or ""
    texts.append(f"p{page.partition('-')[0]}")
    return set().union(*map(tokens, texts))


def retrieve(registry: Registry, reference: Reference, most: int = 20) -> list[Record]:
    """The records with most words in common, then those with the same coordinates.

    The second stand for a search by journal, volume and page, which needs no words.
    """
    query = tokens(f"{reference.title} {reference.container_title}")
    query |= tokens(" ".join(str(name.family) for name in reference.authors[:1]))
    page = (reference.page or reference.article_number or "").partition("-")[0].lower()
    coordinates = [f"y{reference.year}", f"v{reference.volume}", f"p{page}"]
    shared: dict[int, int] = defaultdict(int)
    for word in sorted(query | set(coordinates)):
        for place in registry.places.get(word, ()):
            shared[place] += 1
    best = sorted(shared, key=lambda place: (-shared[place], place))[:most]
    pages = set(registry.places.get(coordinates[2], ()))
    volumes = set(registry.places.get(coordinates[1], ()))
    best += [place for place in sorted(pages & volumes)[:5] if place not in best]
    return [registry.records[place] for place in best]
