"""The verdicts on a reference: their names and what each means, in Chinese and English.

The reports and docs/findings.md take them from here; the summary's catalogues say the same.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """One verdict. `name` and `means`: in Chinese and English."""

    name: tuple[str, str]
    means: tuple[str, str]


VERDICTS = {
    "verified": Verdict(
        ("已核实", "Verified"),
        (
            "题名和另外至少一个著录项与来源相符，且无一不符；来源未载的著录项未核查。",
            "The title and at least one more field agree with a source, and none differs; what no"
            " source shows was not seen.",
        ),
    ),
    "differs": Verdict(
        ("著录有出入", "Differs"),
        (
            "所引文献可以确认，但至少一个著录项与来源不同。",
            "The right work, but at least one field differs from the source.",
        ),
    ),
    "wrong-work": Verdict(
        ("DOI 属于另一文献", "DOI of another work"),
        ("所印 DOI 指向另一篇文献。", "The printed DOI belongs to another work."),
    ),
    "unknown-doi": Verdict(
        ("DOI 不存在", "Unknown DOI"),
        (
            "所印 DOI 在登记机构和解析系统中均不存在。",
            "No registry and no resolver knows the printed DOI.",
        ),
    ),
    "suggested": Verdict(
        ("建议补 DOI", "DOI suggested"),
        (
            "文献表未印 DOI；找到了可能的文献及其 DOI，须由人确认。",
            "No DOI is printed; a likely work and its DOI were found, and a person has to confirm"
            " it.",
        ),
    ),
    "not-found": Verdict(
        ("未检出", "Not found"),
        (
            "各相关登记机构均有答复，但未检出该文献。",
            "Every relevant registry answered, none knows the work.",
        ),
    ),
    "elsewhere": Verdict(
        ("另有标识", "Identified elsewhere"),
        (
            "不在 Crossref，但有其他标识（如其他机构登记的 DOI、试验注册、药品说明书、网页）。",
            "Identified outside Crossref: a DOI of another agency, a trial registration, a drug"
            " label, a web page.",
        ),
    ),
    "retracted": Verdict(
        ("已撤稿", "Retracted"),
        ("所引文献已被撤稿或撤回。", "The cited work was retracted or withdrawn."),
    ),
    "concern": Verdict(
        ("有关注声明", "Expression of concern"),
        (
            "期刊对所引文献发表过关注声明，或撤回了其中一部分。",
            "The journal published an expression of concern about the cited work, or retracted a"
            " part of it.",
        ),
    ),
    "notice": Verdict(
        ("本身是更正或撤稿声明", "Is itself a notice"),
        (
            "所引条目本身是更正、勘误、撤稿或关注声明，而非研究报告。",
            "The cited item is itself a correction, erratum, retraction or concern notice, not the"
            " study.",
        ),
    ),
    "unchecked": Verdict(
        ("未核查", "Unchecked"),
        (
            "没有查询，或无人答复，或所见信息不足以判断；不表示有误。",
            "Not asked, or nobody answered, or too little was seen to judge; this says nothing"
            " against it.",
        ),
    ),
}
VERDICT_NAMES = {name: verdict.name[0] for name, verdict in VERDICTS.items()}
