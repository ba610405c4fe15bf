"""What a finding says to a clinician, in Chinese and English: both strings and the source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from livingreview.references.reasons import chinese_reason

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
    "waivers": ("豁免清单", "the list of waivers"),
}
# `{cited}` and `{found}` are the two strings, `{source}` and `{date}` who says so and since when.
TEMPLATES = {
    "mismatch": (
        "{field}不符：文献表为“{cited}”，{source}为“{found}”（{date}）。",
        "The {field} differs: the list has “{cited}”; {source}: “{found}” ({date}).",
    ),
    "page.last-mismatch": (
        "末页不符：文献表为“{cited}”，{source}为“{found}”（{date}）。",
        "The last page differs: the list has “{cited}”; {source}: “{found}” ({date}).",
    ),
    "author.order": (
        "作者顺序不符：文献表为“{cited}”，{source}为“{found}”（{date}）。",
        "The authors stand in another order: the list has “{cited}”, {source} has “{found}”"
        " ({date}).",
    ),
    "author.missing": (
        "作者有遗漏：文献表为“{cited}”，{source}另有“{found}”（{date}）。",
        "Authors are missing: the list has “{cited}”; also in {source}: “{found}” ({date}).",
    ),
    "author.extra": (
        "文献表多出作者：文献表为“{cited}”，{source}为“{found}”（{date}）。",
        "The list has an author too many: it has “{cited}”; {source}: “{found}” ({date}).",
    ),
    "author.given-mismatch": (
        "作者名或缩写不符：文献表为“{cited}”，{source}为“{found}”（{date}）。",
        "A given name or initial differs: the list has “{cited}”; {source}: “{found}” ({date}).",
    ),
    "author.inverted": (
        "作者姓名前后颠倒，无法判断哪一方正确：文献表为“{cited}”，{source}为“{found}”（{date}）。",
        "A family and a given name change places, and which is right cannot be seen: the list has"
        " “{cited}”; {source}: “{found}” ({date}).",
    ),
    "title.subtitle": (
        "题名一致，但副题名只见于一方：文献表为“{cited}”，{source}为“{found}”（{date}）。",
        "The title agrees, its subtitle is on one side only: the list has “{cited}”; {source}:"
        " “{found}” ({date}).",
    ),
    "year.online-first": (
        "所印年份 {cited} 是网络首发年份，{source}所示卷期年份为 {found}（{date}）。",
        "The printed year {cited} is that of online-first publication; the issue's year in"
        " {source} is {found} ({date}).",
    ),
    "year.after-online": (
        "所印年份 {cited} 未能确认：{source}仅见网络首发年份 {found}（{date}）。",
        "The printed year {cited} could not be confirmed: only the online year {found}"
        " was seen in {source} ({date}).",
    ),
    "doi.missing": (
        "文献表未印 DOI；{source}所示该文 DOI 为 {found}（{date}）。",
        "No DOI is printed; the DOI of this work in {source} is {found} ({date}).",
    ),
    "doi.syntax": (
        "所印“{cited}”不符合 DOI 格式（应以 10. 开头，如 10.1000/182）。",
        "“{cited}” has not the form of a DOI (10. and a number, a slash, a suffix: 10.1000/182).",
    ),
    "doi.repaired": (
        "所印 DOI“{cited}”书写有误，已按 {found} 核查；请按此改印。",
        "The DOI is printed as “{cited}”; it was read as {found}. Print it so.",
    ),
    "doi.elsewhere": (
        "所印 DOI {cited} 存在，但由 {found} 登记而非 Crossref（{source}，{date}）；"
        "Crossref 未收录不表示有误。",
        "The printed DOI {cited} exists and is registered with {found}, not with Crossref"
        " ({source}, {date}); that Crossref does not hold it says nothing against it.",
    ),
    "doi.ambiguous": (
        "文献表未印 DOI；{source}中有几篇文献同样符合，无法断定是哪一篇：{found}（{date}）。"
        "请核对后补印 DOI。",
        "No DOI is printed, and several works in {source} fit alike: {found} ({date}). Look which"
        " is meant, and print its DOI.",
    ),
    "doi.unknown": (
        "没有任何注册机构认识所印 DOI {cited}（{source}，{date}）。",
        "No registry knows the printed DOI {cited} ({source}, {date}).",
    ),
    "doi.not-found": (
        "{source}没有所印 DOI {cited} 的记录（{date}）；未查询该 DOI 是否已在别处登记，"
        "不能据此认定该 DOI 不存在。",
        "{source} has no record of the printed DOI {cited} ({date}); whether it is registered"
        " elsewhere was not asked, so this does not prove that there is no such DOI.",
    ),
    "doi.wrong-work": (
        "所印 DOI {doi} 属于另一篇文献：文献表题名为“{cited}”，"
        "{source}所示题名为“{found}”（{date}）。",
        "The printed DOI {doi} is another work's: the list has the title “{cited}”; {source}:"
        " “{found}” ({date}).",
    ),
    "existence.not-found": (
        "未印 DOI，且{sources}均已答复，未检出此文献（{date}）。",
        "No DOI is printed, and {sources} answered that they do not have this work ({date}).",
    ),
    "existence.page-gone": (
        "所印网址 {cited} 的页面已不存在（{date}）。",
        "There is no page at the printed address {cited} any more ({date}).",
    ),
    "status.retracted": (
        "此文献已撤稿：{found}（{source}，{date}）。",
        "This work was retracted: {found} ({source}, {date}).",
    ),
    "status.concern": (
        "期刊对此文献发布了关注声明：{found}（{source}，{date}）。",
        "An expression of concern about this work exists: {found} ({source}, {date}).",
    ),
    "status.corrected": (
        "此文献已有更正：{found}（{source}，{date}）。请核对所引内容是否受影响。",
        "A correction to this work exists: {found} ({source}, {date}). Check whether it touches"
        " what is cited.",
    ),
    "status.notice": (
        "所引条目本身是{what}，而非原文：“{cited}”。请改引原文，或说明为何引用该声明。",
        "The cited item is itself {what}, not the work: “{cited}”. Cite the work, or say why the"
        " notice is cited.",
    ),
    "citation.uncited": (
        "正文未引用此条文献（[{number}] {key}）。",
        "The text does not cite this entry ([{number}] {key}).",
    ),
    "duplicate.doi": (
        "与第 {found} 条文献的 DOI 相同：{cited}。",
        "Same DOI as reference {found}: {cited}.",
    ),
    "duplicate.title": (
        "与第 {found} 条文献的题名相同：“{cited}”。",
        "Same title as reference {found}: “{cited}”.",
    ),
    "waiver.expired": (
        "对 {cited} 的豁免已于 {found} 到期（理由：{reason}；批准人：{by}）。请复核后更新或删除。",
        "The waiver of {cited} ended on {found} (reason: {reason}; by {by}). Look again, then"
        " renew or remove it.",
    ),
    "waiver.unmatched": (
        "对 {cited} 的豁免没有对应的发现（理由：{reason}；批准人：{by}）。"
        "请检查键和代码，或删除该豁免。",
        "The waiver of {cited} matches no finding (reason: {reason}; by {by}). Check its key and"
        " code, or remove it.",
    ),
}

# Other wordings of a code, for a case that the code's own would not describe.
WORDINGS = {
    "doi.repaired-invisible": (
        "所印 DOI 看似与 {found} 相同，但含有不可见字符；已按 {found} 核查，请按此改印。",
        "The printed DOI looks like {found}, but contains an invisible character; it was read as"
        " {found}. Print it so.",
    ),
    "existence.no-registration": (
        "{source}没有登记号 {cited}（{date}）。请核对登记号。",
        "{source} has no registration {cited} ({date}). Check the number.",
    ),
    "status.other": (
        "另有关于此文献的声明：{found}（{source}，{date}）。请核对其内容。",
        "A notice about this work exists: {found} ({source}, {date}). Read what it says.",
    ),
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
}
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
