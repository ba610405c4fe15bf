"""Every code of a finding and of a check of results: what it means, and what to do about it.

docs/findings.md is made from this (catalogue_page.py), the rules of the SARIF report too. What a
finding says of a reference is in templates.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SEVERITIES = ("error", "warning", "note")  # the gravest first


@dataclass(frozen=True)
class Code:
    """One code. `severities`: the usual one first. `means` and `todo`: in Chinese and English.
    `example`: values for the code's message, besides those of EXAMPLE."""

    severities: tuple[str, ...]
    means: tuple[str, str]
    todo: tuple[str, str]
    example: Mapping[str, Any] = field(default_factory=dict)

    @property
    def whole(self) -> tuple[str, str]:
        """What it means and what to do, in Chinese and English."""
        return self.means[0] + self.todo[0], f"{self.means[1]} {self.todo[1]}"


ERROR, WARNING, NOTE = ("error",), ("warning",), ("note",)
ERROR_OR_WARNING = ("error", "warning")
COMPARE = ("对照原文改正。", "Compare with the work itself, and correct the list.")
EXAMPLE = {"key": "wang2022", "number": 12, "source": "crossref", "date": "2026-11-22"}
TITLE = "Anlotinib for small cell lung cancer"

FINDINGS = {
    "title.mismatch": Code(
        ERROR_OR_WARNING,
        (
            "题名不符；仅似笔误（个别字母、虚词、语序）时为警告。",
            "The title differs; a warning if it looks like a slip: a few letters, a small word.",
        ),
        COMPARE,
        {"cited": "Anlotinib plus PD-1 blockade", "found": "Anlotinib plus PD-L1 blockade"},
    ),
    "title.subtitle": Code(
        NOTE,
        ("题名一致，副题名只见于一方。", "The title agrees; one side has a subtitle more."),
        ("按所投期刊的要求决定是否印副题名。", "Print the subtitle if your journal wants it."),
        {"cited": TITLE, "found": f"{TITLE}: a phase II trial"},
    ),
    "author.mismatch": Code(
        ERROR,
        ("某位作者的姓不符。", "The family name of an author differs."),
        COMPARE,
        {"cited": "Wang N, Zhoa L", "found": "Wang N, Zhao L"},
    ),
    "author.order": Code(
        ERROR,
        ("作者相同而顺序不同。", "The authors are the same, in another order."),
        COMPARE,
        {"cited": "Zhao L, Wang N", "found": "Wang N, Zhao L"},
    ),
    "author.missing": Code(
        ERROR,
        ("所印作者有遗漏，且未以“等”结尾。", "An author is left out, and no “et al.” says so."),
        ("补上作者，或以“等”结尾。", "Add the author, or end the list in “et al.”."),
        {"cited": "Wang N, Li H", "found": "Zhao L"},
    ),
    "author.extra": Code(
        ERROR,
        ("所印作者中有原文没有的人。", "The list names an author whom the work does not have."),
        COMPARE,
        {"cited": "Wang N, Zhao L, Li H", "found": "Wang N, Zhao L"},
    ),
    "author.given-mismatch": Code(
        ERROR,
        ("姓相同，名或缩写不符。", "The family name agrees, the given name or initial does not."),
        COMPARE,
        {"cited": "Wang M", "found": "Wang Na"},
    ),
    "author.inverted": Code(
        NOTE,
        ("姓与名的位置在两方相反。", "Family and given name change places between the two."),
        ("看原文确认哪个是姓。", "See in the work which is the family name."),
        {"cited": "Na Wang", "found": "Wang Na"},
    ),
    "container-title.mismatch": Code(
        ERROR_OR_WARNING,
        (
            "刊名不符；仅似笔误（个别字母）时为警告。",
            "The journal differs; a warning if it looks like a slip: a few letters.",
        ),
        COMPARE,
        {"cited": "Lung Cancer", "found": "Thoracic Cancer"},
    ),
    "year.mismatch": Code(
        ERROR,
        (
            "年份既非卷期年份，也非网络首发年份。",
            "The year is neither the issue's nor the online one.",
        ),
        COMPARE,
        {"cited": "2020", "found": "2022"},
    ),
    "year.online-first": Code(
        NOTE,
        (
            "所印年份是网络首发年份，卷期却属另一年。",
            "The online year is printed with the issue's volume.",
        ),
        ("多数期刊要求印卷期年份。", "Most journals ask for the issue's year."),
        {"cited": "2021", "found": "2022 (online 2021)"},
    ),
    "year.after-online": Code(
        NOTE,
        (
            "只见到网络首发年份，所印年份略晚，可能正确。",
            "Only an earlier online year was seen; the printed one may be right.",
        ),
        ("看卷期页确认。", "Confirm it on the issue's page."),
        {"cited": "2022", "found": "2021"},
    ),
    "volume.mismatch": Code(
        ERROR, ("卷号不符。", "The volume differs."), COMPARE, {"cited": "12", "found": "13"}
    ),
    "issue.mismatch": Code(
        ERROR, ("期号不符。", "The issue differs."), COMPARE, {"cited": "3", "found": "4"}
    ),
    "page.mismatch": Code(
        ERROR,
        ("首页或文章编号不符。", "The first page or the article number differs."),
        COMPARE,
        {"cited": "558-562", "found": "658-662"},
    ),
    "page.last-mismatch": Code(
        ERROR,
        ("首页一致，末页不符。", "The first page agrees, the last does not."),
        COMPARE,
        {"cited": "558-562", "found": "558-567"},
    ),
    "doi.mismatch": Code(
        ERROR,
        ("文献相同，登记的 DOI 与所印的不同。", "The work is the cited one; its DOI is another."),
        COMPARE,
        {"cited": "10.1000/182", "found": "10.1000/183"},
    ),
    "doi.missing": Code(
        NOTE,
        ("未印 DOI，而该文有 DOI。", "The work has a DOI that the list does not print."),
        ("补印 DOI。", "Print the DOI."),
        {"found": "10.1000/182"},
    ),
    "doi.syntax": Code(
        ERROR,
        ("所印 DOI 不成其为 DOI。", "What is printed as a DOI cannot be one."),
        ("从原文抄录 DOI。", "Copy the DOI from the work."),
        {"cited": "1000/182"},
    ),
    "doi.repaired": Code(
        NOTE,
        (
            "所印 DOI 带有空格、尾部符号等，已修整后核查。",
            "The printed DOI has blanks or stray signs; it was read without them.",
        ),
        ("按所示 DOI 改印。", "Print the DOI as shown."),
        {"cited": "10.1000/ 182.", "found": "10.1000/182"},
    ),
    "doi.elsewhere": Code(
        NOTE,
        (
            "该 DOI 由其他机构登记（如知网、ISTIC）。",
            "The DOI is another agency's (CNKI, ISTIC, ...).",
        ),
        ("无需处理。", "Nothing."),
        {"cited": "10.1000/182", "found": "ISTIC", "source": "agency"},
    ),
    "doi.ambiguous": Code(
        NOTE,
        ("未印 DOI，有几篇文献同样符合。", "No DOI is printed, and several works fit alike."),
        ("选定所引文献，补印其 DOI。", "Decide which is meant, and print its DOI."),
        {"found": "10.1000/182, 10.1000/183"},
    ),
    "doi.unknown": Code(
        ERROR,
        (
            "DOI 系统没有此 DOI，文献可能是虚构的。",
            "The DOI system has no such DOI; the work may be invented.",
        ),
        ("找到原文核对；找不到则删除。", "Find the work; if there is none, remove the reference."),
        {"cited": "10.1000/999", "source": "handle"},
    ),
    "doi.not-found": Code(
        WARNING,
        (
            "Crossref 没有此 DOI，是否在别处登记尚未查询。",
            "Crossref lacks the DOI; other agencies were not asked.",
        ),
        ("打开 https://doi.org/ 加该 DOI 查看。", "Open https://doi.org/ followed by the DOI."),
        {"cited": "10.1000/999"},
    ),
    "doi.wrong-work": Code(
        ERROR,
        ("所印 DOI 属于另一篇文献。", "The printed DOI belongs to another work."),
        ("查明 DOI 与其余各项哪个有误。", "Find out which is wrong, the DOI or the rest."),
        {"cited": TITLE, "found": "Apatinib for gastric cancer", "doi": "10.1000/182"},
    ),
    "existence.not-found": Code(
        WARNING,
        (
            "未印 DOI，各数据库均答复没有此文，或没有该登记号。",
            "No DOI, and every registry answered that it lacks the work, or the registration.",
        ),
        ("找到原文核对；找不到则删除。", "Find the work; if there is none, remove the reference."),
        {"cited": TITLE, "sources": ("Crossref、Europe PMC", "Crossref and Europe PMC")},
    ),
    "existence.page-gone": Code(
        WARNING,
        ("所印网址的页面已不存在。", "The page at the printed address is gone."),
        ("改印现址或存档地址。", "Print its present address, or an archived one."),
        {"cited": "https://example.org/label", "source": "web"},
    ),
    "status.retracted": Code(
        ERROR,
        ("所引文献已撤稿或撤回。", "The cited work was retracted or withdrawn."),
        ("删去该引用，并重写依据它的内容。", "Remove it, and rewrite what rests on it."),
        {"found": "retraction, 2024-05-01, 10.1000/184"},
    ),
    "status.partially-retracted": Code(
        WARNING,
        ("所引文献的一部分已撤回。", "A part of the cited work was retracted."),
        ("查看所引内容是否在撤回之列。", "See whether what you cite was retracted."),
        {"found": "partial retraction, 2024-05-01, 10.1000/184"},
    ),
    "status.concern": Code(
        WARNING,
        ("期刊发布了关注声明。", "The journal has expressed concern about the work."),
        ("阅读声明，再决定是否引用。", "Read the notice, then decide whether to cite the work."),
        {"found": "expression of concern, 2024-05-01, 10.1000/184"},
    ),
    "status.corrected": Code(
        NOTE,
        ("所引文献有更正，或有其他声明。", "The cited work was corrected, or has another notice."),
        ("查看更正是否涉及所引内容。", "See whether it touches what you cite."),
        {"found": "correction, 2022-07-08, 10.1000/184"},
    ),
    "status.notice": Code(
        WARNING,
        (
            "所引条目本身是更正、撤稿或关注声明。",
            "The cited item is itself a correction, retraction or concern.",
        ),
        (
            "改引原文，或说明为何引用该声明。",
            "Cite the work itself, or say why the notice is cited.",
        ),
        {"cited": f"Correction: {TITLE}", "what": ("更正或勘误", "a correction or erratum")},
    ),
    "citation.uncited": Code(
        NOTE,
        ("正文没有引用此条。", "The text does not cite this entry."),
        ("引用它，或从文献表删去。", "Cite it, or take it off the list."),
        {"source": "text"},
    ),
    "citation.unlisted": Code(
        ERROR,
        ("正文引用了文献表没有的条目。", "The text cites what the list does not have."),
        ("补入文献表，或改正引文标记。", "Add the reference, or correct the marker."),
        {"cited": "[65]", "count": 64, "near": ("。", "."), "document": "en.md", "place": 40},
    ),
    "citation.order": Code(
        NOTE,
        (
            "按编号引用时，首次引用的次序与文献表不同。",
            "In a numbered list, first citations do not run in its order.",
        ),
        ("按首次引用的次序重排文献表。", "Number the list in the order of first citation."),
        {"cited": "5 (li2020)", "found": "3 (wang2021)", "place": 40, "moved": 2, "all": 64},
    ),
    "duplicate.doi": Code(
        WARNING,
        ("两条文献印有同一 DOI。", "Two references print one DOI."),
        ("合并，或改正其中一个 DOI。", "Merge them, or correct one DOI."),
        {"cited": "10.1000/182", "found": "3 (wang2021)"},
    ),
    "duplicate.title": Code(
        WARNING,
        (
            "两条文献题名相同，可能是同一文献。",
            "Two references have one title, and may be one work.",
        ),
        ("合并，或说明两者的区别。", "Merge them, or show how they differ."),
        {"cited": TITLE, "found": "3 (wang2021)"},
    ),
    "duplicate.work": Code(
        WARNING,
        ("两个键指向同一文献。", "Two keys stand for one work."),
        ("合并为一条。", "Merge them."),
        {"cited": TITLE, "found": "3 (wang2021)", "work": "10.1000/182"},
    ),
    "duplicate.trial": Code(
        NOTE,
        ("几条文献报告同一试验。", "Several references report one trial."),
        ("不要把它们当作不同的试验计数。", "Do not count them as different trials."),
        {"cited": "NCT00000001", "found": "3 (wang2021)"},
    ),
    "scope.disease": Code(
        NOTE,
        (
            "句中所述疾病与所引文献的疾病不同。",
            "The sentence names one disease, the cited work another.",
        ),
        ("核对所引文献是否支持该句。", "See whether the cited work supports the sentence."),
        {
            "cited": "In SCLC, anlotinib prolonged survival [12].",
            "found": "Anlotinib in lung adenocarcinoma: a phase II trial",
            "disease": ("小细胞肺癌", "small cell lung cancer"),
            "other": ("肺腺癌", "lung adenocarcinoma"),
            "source": "list",
        },
    ),
    "waiver.expired": Code(
        ERROR,
        (
            "一项豁免已到期，其代码重新计入。",
            "A waiver has ended, and what it covered counts again.",
        ),
        ("复核后更新或删除该豁免。", "Look again, then renew or remove the waiver."),
        {"cited": "year.online-first (wang2022)", "found": "2026-06-30", "reason": "r", "by": "b"},
    ),
    "waiver.ends-soon": Code(
        NOTE,
        ("一项豁免将在 30 天内到期。", "A waiver ends within 30 days."),
        ("复核后更新或删除该豁免。", "Look again, then renew or remove the waiver."),
        {"cited": "year.online-first (wang2022)", "found": "2026-12-01", "reason": "r", "by": "b"},
    ),
    "waiver.unmatched": Code(
        WARNING,
        ("一项豁免没有对应的发现。", "A waiver matches no finding."),
        ("改正其键或代码，或删除。", "Correct its key or code, or remove it."),
        {"cited": "year.online-first (wang2022)", "reason": "r", "by": "b"},
    ),
}

# The codes of results/endpoints/checks.csv.
CHECKS = {
    "source.value": Code(
        ERROR,
        (
            "结果与来源所报告的数值不符。",
            "A result differs from the value that its source reports.",
        ),
        ("对照来源改正数值。", "Compare with the source, and correct the number."),
    ),
    "languages.value": Code(
        ERROR,
        ("同一结果在中英文稿中数值不同。", "A result has different values in the two languages."),
        ("查明哪一方正确，改正另一方。", "Find out which is right, and correct the other."),
    ),
    "languages.unpaired": Code(
        ERROR,
        ("结果只见于一种语言。", "A result stands in one language only."),
        ("补入另一种语言，或删去。", "Add it to the other language, or take it out."),
    ),
    "difference.arithmetic": Code(
        ERROR_OR_WARNING,
        (
            "所述差值与两个数值相减不符；舍入可解释时为警告。",
            "A stated difference is not that of its values; a warning if rounding explains it.",
        ),
        ("重新计算并改正。", "Compute it again, and correct the text."),
    ),
    "rate.count": Code(
        ERROR_OR_WARNING,
        (
            "百分比与例数不符；截尾可解释时为警告。",
            "A percentage does not fit its counts; a warning if it was cut off, not rounded.",
        ),
        ("核对例数与百分比。", "Check the counts and the percentage."),
    ),
    "response.order": Code(
        ERROR,
        ("客观缓解率高于疾病控制率。", "The response rate is above the disease control rate."),
        ("两者可能互换，对照来源。", "They may be swapped: compare with the source."),
    ),
    "response.sum": Code(
        ERROR_OR_WARNING,
        (
            "各疗效类别例数之和与患者总数不符；少于总数时为警告。",
            "Responses do not add up to the patients; a warning if they are fewer.",
        ),
        ("核对各类别的例数。", "Check the numbers of each response."),
    ),
}
CODES = FINDINGS | CHECKS
