"""What a finding says to a clinician, in Chinese and English: both strings and the source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from livingreview.references.wording.reasons import chinese_reason
from livingreview.references.wording.templates import TEMPLATES, WORDINGS

FIELD_NAMES = {
    "title": ("题名", "title"),
    "author": ("作者", "authors"),
    "container-title": ("刊名", "journal"),
    "year": ("年份", "year"),
    "volume": ("卷", "volume"),
    "issue": ("期", "issue"),
    "page": ("页码或文章编号", "pages or article number"),
    "doi": ("DOI", "DOI"),
}
SOURCE_NAMES = {
    "crossref": ("Crossref", "Crossref"),
    "datacite": ("DataCite", "DataCite"),
    "europepmc": ("Europe PMC", "Europe PMC"),
    "clinicaltrials": ("ClinicalTrials.gov", "ClinicalTrials.gov"),
    "agency": ("DOI 注册机构查询", "the DOI agency look-up"),
    "handle": ("Handle 系统", "the Handle system"),
    "web": ("网页", "the web page"),
    "list": ("文献表本身", "the list itself"),
    "text": ("正文", "the text"),
    "trials": ("试验清单", "the list of trials"),
    "waivers": ("豁免清单", "the list of waivers"),
}
# A printed DOI that is unknown or another work's has one that a search found: the end of its text.
PROPOSAL = (
    "；{fields}相符的文献 DOI 为 {found}（{source}，{date}）。",
    "; the work with {fields} has the DOI {found} ({source}, {date}).",
)
# Why a reference stays unchecked, besides a registry's silence.
DOUBTS = {
    "absent": ("{sources} 未检出", "not found in {sources}"),
    "chinese": (
        "{sources} 未检出；中文文献未必收录，不作判断",
        "not found in {sources}, which need not hold a Chinese work: no judgement",
    ),
    "exists": ("该 DOI 存在（{sources}）", "the DOI exists ({sources})"),
    "not-asked": ("未查询 {sources}", "not asked: {sources}"),
    "no-title": (
        "{sources}的记录没有可供比对的题名",
        "the record of {sources} shows no title to compare",
    ),
    "title-only": (
        "{sources}的记录只有题名可供比对，不足以核实",
        "the record of {sources} shows the title alone, too little to verify the reference",
    ),
    "other-script": (
        "{sources}的记录只有另一文字的题名",
        "the record of {sources} has the title in another script only",
    ),
    "untitled": ("文献表未印题名", "the list prints no title"),
    "other-version": (
        "只见到该文的另一版本（如预印本）：{sources}",
        "only another version of the work (a preprint) was seen in {sources}",
    ),
}
# What a whole report says of the references that nothing speaks for.
UNCHECKED = (
    "{total} 条文献中有 {count} 条未核查：没有查询，或无人答复，或所见信息不足以判断。",
    "{count} of {total} references unchecked: not asked, or nobody answered, or too little was"
    " seen.",
)
UNANSWERED_LIST = (
    "{total} 条文献均无从比对：没有锁定文件（--lock）涉及它们，也没有登记机构（--live）的答复。",
    "None of {total} references could be compared: no lock (--lock) tells of them, and no registry"
    " (--live) answered.",
)
LONGEST_SHOWN = 300  # characters of a value in a message
UNANSWERED = ("{source}未答复（{reason}）", "{source} did not answer ({reason})")


def message(code: str, **values: Any) -> dict[str, str]:
    """`{"zh": ..., "en": ...}` for a finding; FIELD.mismatch has one text for all fields.

    `code` may be one of WORDINGS as well.

    `field` is a field's name in FIELD_NAMES, `source` the pair that `source_names` gives.
    """
    templates = WORDINGS.get(code) or TEMPLATES[code if code in TEMPLATES else "mismatch"]
    texts = {}
    for place, language in enumerate(("zh", "en")):
        local = {
            name: value[place] if isinstance(value, tuple) else value
            for name, value in values.items()
        }
        local["field"] = FIELD_NAMES.get(values.get("field", ""), ("", ""))[place]
        texts[language] = fill(templates[place], local)
    return texts


def fill(template: str, values: Mapping[str, Any]) -> str:
    """The template with its values on one line, long ones cut short; a value's own braces stay as
    they are."""
    shown = {name: shortened(one_printable_line(str(value))) for name, value in values.items()}
    return template.format_map(shown)


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN].rstrip() + "…"


def proposal(
    texts: Mapping[str, str], fields: Sequence[str], found: str, source: Mapping[str, Any]
) -> dict[str, str]:
    """A finding's message, and in the same sentence the DOI of the work that has these fields."""
    names = [FIELD_NAMES[name] for name in fields if name in FIELD_NAMES]
    these = "this " if "title" in fields else "these "
    joined = ("、".join(one[0] for one in names), these + in_words([one[1] for one in names]))
    date = source.get("_retrieved") or ""
    told = {}
    for place, (language, stop) in enumerate((("zh", "。"), ("en", "."))):
        values = {"fields": joined[place], "found": found, "date": date}
        values["source"] = source_names(source)[place]
        told[language] = texts[language].removesuffix(stop) + fill(PROPOSAL[place], values)
    return told


def words_for_unchecked(total: int, count: int, answered: int) -> dict[str, Any] | None:
    """What a report says of its unchecked references, in both languages, and how grave it is: a
    warning where there is no answer about any reference at all. None if there is nothing to say."""
    if not total or (answered and not count):
        return None
    templates = UNCHECKED if answered else UNANSWERED_LIST
    values = {"total": total, "count": count}
    chinese, english = (fill(template, values) for template in templates)
    severity = "note" if answered else "warning"
    return {"severity": severity, "message": {"zh": chinese, "en": english}}


def in_words(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def reason_of_doubt(name: str, sources: Sequence[Mapping[str, Any] | str | None]) -> dict[str, str]:
    """One of DOUBTS with the sources that it is about: answers or names."""
    pairs = [source_names(source) for source in sources if source is not None]
    return {
        language: fill(DOUBTS[name][place], {"sources": comma.join(pair[place] for pair in pairs)})
        for place, (language, comma) in enumerate((("zh", "、"), ("en", ", ")))
    }


def one_printable_line(text: str) -> str:
    """No line ends, no control characters: a terminal or a table shows what is there."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def unanswered(authorities: Sequence[Mapping[str, Any]]) -> dict[str, str] | None:
    """Who did not answer and why, in both languages, each once; None if all did.

    `authorities` as the report has them: `source`, `outcome`, `reason`.
    """
    failed = [one for one in authorities if one["outcome"] == "failed"]
    if not failed:
        return None
    texts = {}
    for place, (language, comma) in enumerate((("zh", "；"), ("en", "; "))):
        parts = []
        for one in failed:
            source = source_names({"_source": one["source"]})[place]
            reason = one.get("reason") or ("原因不明", "no reason given")[place]
            reason = chinese_reason(str(reason)) if language == "zh" else reason
            parts.append(fill(UNANSWERED[place], {"source": source, "reason": reason}))
        texts[language] = comma.join(dict.fromkeys(parts))
    return texts


def joined_names(sources: Sequence[str]) -> tuple[str, str]:
    """Several sources in one sentence: "Crossref、Europe PMC", "Crossref and Europe PMC"."""
    chinese, english = zip(*(SOURCE_NAMES[source] for source in sources), strict=True)
    return "、".join(chinese), " and ".join(english)


def source_names(answer: Mapping[str, Any] | str) -> tuple[str, str]:
    """Who says so, in Chinese and English; for page facts the sites of the pages.

    Never the name of a registry for what was read in public pages.
    """
    if isinstance(answer, str):
        return SOURCE_NAMES.get(answer, (answer, answer))
    source = str(answer.get("_source"))
    if source != "page":
        return SOURCE_NAMES.get(source, (source, source))
    sites = ", ".join(page_sites(answer))
    if not sites:
        return "公开网页", "public pages"
    return f"公开网页（{sites}）", f"public pages ({sites})"


def page_sites(answer: Mapping[str, Any]) -> list[str]:
    """The sites of the answer's pages, each once, three at most and then an ellipsis."""
    pages = answer.get("_pages")
    sites = []
    for page in pages if isinstance(pages, list) else []:
        try:
            host = urlsplit(page).hostname if isinstance(page, str) else None
        except ValueError:  # "http://[": not an address
            host = None
        host = (host or "").rstrip(".")
        if host and host not in sites:
            sites.append(host)
    return sites[:3] + ["…"] * (len(sites) > 3)
