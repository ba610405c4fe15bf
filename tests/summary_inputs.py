"""Inputs of the summary in the shapes of results/, by hand, with facts of the first review."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from livingreview.endpoints.checks import RESULT_COLUMNS
from livingreview.references.record import Name, Reference
from livingreview.summary.lock import describe_lock
from livingreview.summary.model import compose_model
from livingreview.summary.resources import Resources, load_resources

PAGE = "https://pubmed.ncbi.nlm.nih.gov/34000000/"


def result(identifier: str, **cells: str) -> dict[str, str]:
    """A row of endpoints.csv with these cells; both texts print the value unless said otherwise."""
    row = dict.fromkeys(RESULT_COLUMNS, "") | {
        "id": identifier,
        "statistic": "median",
        "unit": "months",
        "not_reached": "false",
        "languages": "agree",
        "source_state": "source-not-seen",
    }
    row |= cells
    for language in ("zh", "en"):
        row[f"value_{language}"] = cells.get(f"value_{language}", row["value"])
        row[f"place_{language}"] = f"{language}.md:100-120"
        row[f"quote_{language}"] = f"… {row['value']} …"
    if row["source_state"] in ("agrees", "differs"):
        row["source_unit"] = cells.get("source_unit", row["unit"])
        row["source_where"] = cells.get("source_where", "abstract")
        row["source_page"] = PAGE
        row["source_seen"] = "2026-11-22"
    return row


ALTER = {
    "setting": "third_line", "references": "cheng2021anlotinib", "numbers": "30",
    "trial": "ALTER1202", "population": "es_sclc", "line": "third", "arm_zh": "安罗替尼",
    "arm_en": "anlotinib",
}  # fmt: skip
BRAIN = ALTER | {
    "setting": "third_line_subgroups", "references": "cheng2023third", "numbers": "35",
    "population": "brain_metastases",
}  # fmt: skip
DRUG = {"arm": "anlotinib", "comparator": "placebo"}
CONTROL = {"arm": "placebo", "comparator": "anlotinib", "arm_zh": "安慰剂", "arm_en": "placebo"}
ETER = {
    "setting": "first_line", "references": "cheng2024benmelstobart", "numbers": "46",
    "trial": "ETER701", "population": "es_sclc", "line": "first",
}  # fmt: skip
WU = {
    "setting": "first_line", "references": "wu2023therapeutic", "numbers": "40",
    "population": "es_sclc", "line": "first_maintenance", "arm": "anlotinib+etoposide",
}  # fmt: skip

RESULTS = [
    result("R001", **ALTER, **DRUG, endpoint="PFS", value="4.1", n="82", source_state="agrees",
           source_value="4.1", source_ci_low="2.8", source_ci_high="4.2", source_p="<0.0001",
           source_n="82"),
    result("R002", **ALTER | CONTROL, endpoint="PFS", value="0.7", n="38", source_state="agrees",
           source_value="0.7", source_ci_low="0.7", source_ci_high="0.8", source_p="<0.0001",
           source_n="38"),
    result("R003", **ALTER, **DRUG, endpoint="OS", value="7.3", source_state="agrees",
           source_value="7.3", source_ci_low="6.1", source_ci_high="10.3", source_p="0.0029",
           source_n="82"),
    result("R004", **ALTER | CONTROL, endpoint="OS", value="4.9", source_state="agrees",
           source_value="4.9", source_ci_low="2.7", source_ci_high="6", source_p="0.0029",
           source_n="38"),
    result("R005", **BRAIN, **DRUG, endpoint="PFS", value="3.8", source_state="agrees",
           source_value="3.8", source_ci_low="1.8", source_ci_high="6.1", source_p="0.0005",
           source_n="21"),
    result("R006", **BRAIN | CONTROL, endpoint="PFS", value="0.8", source_state="not-in-source"),
    result("R007", **BRAIN, **DRUG, endpoint="OS", value="6.3", source_state="differs",
           source_value="6.1", source_ci_low="4.1", source_ci_high="8.0", source_ci_level="95",
           source_p="0.0061", source_n="21"),
    result("R008", **BRAIN | CONTROL, endpoint="OS", value="2.6", source_state="not-in-source",
           value_zh="2.6", value_en="2.8", languages="differ"),
    result("R009", **BRAIN, **DRUG, endpoint="OS", statistic="difference", value="3.7",
           languages="only-zh", value_en=""),
    result("R010", **ETER, arm="anlotinib+benmelstobart+carboplatin+etoposide",
           comparator="carboplatin+etoposide+placebo", endpoint="OS", value="19.3"),
    result("R011", **ETER, arm="carboplatin+etoposide+placebo", endpoint="OS", value="11.9"),
    result("R012", **ETER, arm="anlotinib+carboplatin+etoposide+placebo", endpoint="OS",
           not_reached="true"),
    result("R013", **WU, endpoint="PFS", value="8.02", source_state="agrees", source_value="8.02",
           source_ci_low="5.36", source_ci_high="10.67", source_n="28"),
    result("R014", **WU, endpoint="ORR", statistic="rate", unit="%", value="32.14", events="9",
           n="28", source_state="agrees", source_value="32.14", source_n="28"),
    result("R015", setting="second_line", references="yuan2022efficacy", numbers="2",
           population="sclc", line="second", arm="anlotinib", endpoint="PFS", value="8.4",
           source_state="ambiguous"),
    result("R016", setting="safety", references="lv2022anlotinib", numbers="9", arm="anlotinib",
           population="all_tumours", endpoint="AE:hypertension", grade="3-4", statistic="range",
           unit="%", ci_low="4.8", ci_high="16", value_zh="4.8～16", value_en="4.8 to 16",
           source_state="agrees", source_ci_low="4.8", source_ci_high="16"),
    result("R017", setting="other", references="liu2021cik", numbers="1", population="sclc",
           endpoint="OS", statistic="rate", timepoint="5", timepoint_unit="year", unit="%",
           value="7"),
]  # fmt: skip

OTHER_REPORTS = [
    {
        "id": "R007", "value": "6.3", "unit": "months", "ci_low": "", "ci_high": "", "p": "",
        "n": "", "state": "agrees", "where": "conference abstract, as quoted by a guideline",
        "page": "https://www.example.org/guideline", "seen": "2026-11-22",
        "as_seen": "median OS 6.3",
    },
]  # fmt: skip

CHECKS = [
    {
        "code": "arithmetic.difference", "severity": "error", "state": "failed",
        "rows": "R007;R008;R009", "reported": "3.7", "source": "", "where": "",
        "message_zh": "两组相差 3.5 个月，所报差值为 3.7 个月", "message_en":
        "the two values differ by 3.5 months, the difference is given as 3.7 months",
    },
    {
        "code": "arithmetic.rate", "severity": "error", "state": "passed", "rows": "R014",
        "reported": "32.14", "source": "", "where": "", "message_zh": "", "message_en": "",
    },
    {
        "code": "source.value", "severity": "error", "state": "abstained", "rows": "R015",
        "reported": "8.4", "source": "", "where": "", "message_zh": "来源中有多项可能对应",
        "message_en": "several results of the source may be meant",
    },
]  # fmt: skip

LEFT_ASIDE = {
    language: [
        {"document": f"{language}.md", "lang": language, "start": "0", "end": "9", "quote": "…",
         "value_start": "1", "value_end": "2", "number": "2020", "reason": reason}
        for reason in ("year", "year", "trial name")
    ]
    for language in ("zh", "en")
}  # fmt: skip

CITED = [
    Reference(
        key="liu2021cik", number=1, language="chinese",
        title="CIK 细胞免疫治疗联合化疗治疗广泛期 SCLC 一例",
        authors=(Name("刘", "通"), Name("徐", "健"), Name("许", "凝")),
        container_title="实用肿瘤杂志", year=2021, volume="36", issue="3", page="218-221",
    ),
    Reference(
        key="yuan2022efficacy", number=2, language="english",
        title="Efficacy and Safety of Anlotinib in the Treatment of Small Cell Lung Cancer: "
        "A Real-World Observation Study",
        authors=(Name("Yuan", "J."), Name("Cheng", "F.")), authors_complete=False,
        container_title="Frontiers in Oncology", year=2022, volume="12", article_number="917089",
        doi="10.3389/fonc.2022.917089",
    ),
    Reference(
        key="cheng2021anlotinib", number=3, language="english",
        title="Anlotinib for Patients with Small Cell Lung Cancer and Baseline Liver Metastases",
        authors=(Name("Cheng", "Y."),), authors_complete=False, container_title="Cancer Medicine",
        year=2021, volume="11", page="1081-1087", doi="10.1002/cam4.4507",
    ),
    Reference(
        key="zhengda2022yansuan", number=4, type="online", language="chinese",
        title="盐酸安罗替尼胶囊说明书", authors=(Name(literal="正大天晴药业集团股份有限公司"),),
        year=2022, url="https://www.cttg.com/product/zhongliu-detail-25405.htm",
    ),
]  # fmt: skip

VALIDATION = {
    "summary": {
        "references": 4, "verdicts": {"differs": 1, "elsewhere": 1, "unchecked": 1, "verified": 1},
        "severities": {"error": 0, "warning": 0, "note": 2}, "not_in_lock": 1,
    },
    "references": [
        {"key": "liu2021cik", "number": 1, "verdict": "unchecked", "doi": None, "findings": [],
         "waived": []},
        {"key": "yuan2022efficacy", "number": 2, "verdict": "verified",
         "doi": "10.3389/fonc.2022.917089", "findings": [], "waived": []},
        {"key": "cheng2021anlotinib", "number": 3, "verdict": "differs",
         "doi": "10.1002/cam4.4507", "waived": [], "findings": [
            {"field": "year", "code": "year.online-first", "severity": "note", "cited": "2021",
             "found": "2022", "source": "https://onlinelibrary.wiley.com/doi/10.1002/cam4.4507",
             "retrieved": "2026-11-22", "line": 300, "message": {
                 "zh": "所印年份 2021 是在线首发年，卷号属于 2022 年",
                 "en": "2021 is the online-first year; the volume is of 2022"}},
            {"field": "doi", "code": "doi.missing", "severity": "note", "cited": "",
             "found": "10.1002/cam4.4507", "source": "page", "retrieved": "2026-11-22",
             "line": 301, "message": {"zh": "未印 DOI", "en": "no DOI is printed"}},
        ]},
        {"key": "zhengda2022yansuan", "number": 4, "verdict": "elsewhere", "doi": None,
         "findings": [], "waived": []},
    ],
}  # fmt: skip

LOCK_ABOUT = describe_lock(
    [
        {"_version": 1, "_note": "facts read in public pages"},
        {"_source": "page", "_for": "yuan2022efficacy", "_outcome": "found",
         "_retrieved": "2026-11-20"},
        {"_source": "page", "_for": "cheng2021anlotinib", "_outcome": "found",
         "_retrieved": "2026-11-22"},
    ],
    [{"report": "cited", "seen": "2026-11-22"}, {"report": "other", "seen": "2026-11-21"}],
)  # fmt: skip

CONFIG = {
    "review": {
        "title": {
            "zh": "安罗替尼治疗小细胞肺癌的临床应用与研究进展",
            "en": "Clinical Application and Research Progress of Anlotinib",
        },
        "citation": "Zhang Y, Chen Y. Advances in Clinical Medicine 2026;16(3):2878-2888",
        "doi": "10.12677/acm.2026.1631090",
        "licence": "CC BY 4.0",
    }
}


def terms(**names: str) -> dict[str, dict[str, str]]:
    """Vocabulary terms from `id="zh|en"`."""
    return {
        identifier: dict(zip(("zh", "en"), name.split("|"), strict=True))
        for identifier, name in names.items()
    }


VOCABULARY = {
    "endpoints": terms(
        PFS="无进展生存期|progression-free survival", OS="总生存期|overall survival",
        ORR="客观缓解率|objective response rate",
    ),
    "adverse_events": terms(hypertension="高血压|hypertension"),
    "interventions": terms(
        anlotinib="安罗替尼|anlotinib", placebo="安慰剂|placebo", etoposide="依托泊苷|etoposide",
        carboplatin="卡铂|carboplatin", benmelstobart="贝莫苏拜单抗|benmelstobart",
    ),
    "populations": terms(
        sclc="小细胞肺癌|small cell lung cancer",
        es_sclc="广泛期小细胞肺癌|extensive-stage small cell lung cancer",
        brain_metastases="脑转移|brain metastases", all_tumours="各类肿瘤|various tumours",
    ),
    "lines": terms(
        first="一线|first line", first_maintenance="一线维持|first-line maintenance",
        second="二线|second line", third="三线|third line",
    ),
    "settings": [
        {"id": "third_line", "zh": "三线", "en": "Third line"},
        {"id": "third_line_subgroups", "zh": "三线：亚组", "en": "Third line: subgroups"},
        {"id": "second_line", "zh": "二线", "en": "Second line"},
        {"id": "first_line", "zh": "一线与维持治疗", "en": "First line and maintenance"},
        {"id": "safety", "zh": "安全性", "en": "Safety", "safety": True},
        {"id": "other", "zh": "其他", "en": "Other"},
    ],
}  # fmt: skip


def compose(**replaced: Any) -> dict[str, Any]:
    """The model of these inputs, some of them replaced by name."""
    given = {
        "config": CONFIG, "validation": VALIDATION, "cited": CITED, "results": RESULTS,
        "other_reports": OTHER_REPORTS, "checks": CHECKS, "left_aside": LEFT_ASIDE,
        "lock_about": LOCK_ABOUT, "vocabulary": VOCABULARY,
    }  # fmt: skip
    return compose_model(**given | replaced)


def resources() -> Resources:
    """The resources of the workflow, as its rules hand them over."""
    folder = Path(__file__).resolve().parent.parent / "workflow" / "resources"
    return load_resources(sorted(path for path in folder.rglob("summary.*") if path.is_file()))
