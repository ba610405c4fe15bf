"""The sentences of findings, in Chinese and English; messages.py fills them in."""

from __future__ import annotations

# `{cited}` and `{found}` are the two strings, `{source}` and `{date}` who says so and since when.
TEMPLATES = {
    "mismatch": (
        "{field}不符：文献表为“{cited}”，{source}为“{found}”（{date}）。",
        "The {field} differs: the list has “{cited}”; {source}: “{found}” ({date}).",
    ),
    "author.mismatch": (
        "作者不符：文献表为“{cited}”，{source}为“{found}”（{date}）。",
        "The authors differ: the list has “{cited}”; {source}: “{found}” ({date}).",
    ),
    "page.last-mismatch": (
        "末页不符：文献表为“{cited}”，{source}为“{found}”（{date}）。",
        "The last page differs: the list has “{cited}”; {source}: “{found}” ({date}).",
    ),
    "author.order": (
        "作者顺序不符：文献表为“{cited}”，{source}为“{found}”（{date}）。",
        "The authors stand in another order: the list has “{cited}”; {source}: “{found}” ({date}).",
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
    "status.partially-retracted": (
        "此文献的一部分已撤稿：{found}（{source}，{date}）。请核对所引内容是否受影响。",
        "A part of this work was retracted: {found} ({source}, {date}). Check whether it touches"
        " what is cited.",
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
    "citation.unlisted": (
        "正文（{document} 第 {place} 行）引用了 {cited}，但文献表没有这一条（共 {count} 条）{near}",
        "The text ({document}, line {place}) cites {cited}, but the list, of {count} entries, does"
        " not have it{near}",
    ),
    "citation.order": (
        "文献表未按正文首次引用的先后排列：正文（第 {place} 行）先引用第 {cited} 条，"
        "后引用第 {found} 条；"
        "{all} 条中有 {moved} 条不在其位。",
        "The list does not follow the order of first citation: the text (line {place}) cites"
        " {cited} before {found}; {moved} of {all} are out of place.",
    ),
    "duplicate.work": (
        "与第 {found} 条文献是同一篇：{work}（{source}，{date}）。",
        "Same work as reference {found}: {work} ({source}, {date}).",
    ),
    "scope.disease": (
        "此处正文说的是{disease}，所引文献说的是{other}：正文“{cited}”；题名“{found}”（{source}）。"
        "请核对所引文献是否支持该句。",
        "The text speaks of {disease} here, the cited work of {other}: “{cited}”; title: “{found}”"
        " ({source}). See whether the work supports the sentence.",
    ),
    "duplicate.trial": (
        "与文献 {found} 报告同一试验 {cited}：同一批患者不要重复计入。",
        "Same trial, {cited}, as in {found}: do not count its patients twice.",
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
    "waiver.ends-soon": (
        "对 {cited} 的豁免将于 {found} 到期（理由：{reason}；批准人：{by}）。请在此之前复核。",
        "The waiver of {cited} ends on {found} (reason: {reason}; by {by}). Look again before"
        " then.",
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
    "duplicate.record": (
        "与第 {found} 条文献是同一篇：{source}的同一记录与二者相符（{date}）。",
        "Same work as reference {found}: one record fits both ({source}, {date}).",
    ),
    "citation.unlisted-numbers": (
        "正文（{document} 第 {place} 行）的 {marker} 引用了 {cited}，但文献表只有 {count} 条{near}",
        "The text ({document}, line {place}) cites {cited} in {marker}, but the list has {count}"
        " entries{near}",
    ),
    "citation.backwards": (
        "正文（{document} 第 {place} 行）的 {cited} 由大到小，看不出引用了哪几条{near}",
        "In the text ({document}, line {place}), {cited} runs backwards: which entries it cites"
        " cannot be told{near}",
    ),
    "duplicate.print": (
        "与第 {found} 条文献的题名相近，第一作者、卷和起始页相同，应是同一篇：“{cited}”。",
        "Nearly the title of reference {found}, with its first author, volume and first page:"
        " “{cited}”.",
    ),
    "status.withdrawn": (
        "此文献已撤回：{found}（{source}，{date}）。",
        "This work was withdrawn: {found} ({source}, {date}).",
    ),
    "status.removed": (
        "此文献已被移除：{found}（{source}，{date}）。",
        "This work was removed: {found} ({source}, {date}).",
    ),
    "status.republished": (
        "此文献已撤稿并重新发表：{found}（{source}，{date}）。请改引重新发表的版本。",
        "This work was retracted and published again: {found} ({source}, {date}). Cite what was"
        " published in its place.",
    ),
    "status.reinstated": (
        "此文献曾被撤稿，后又恢复：{found}（{source}，{date}）。请核对所引内容现在是否有效。",
        "This work was retracted and later reinstated: {found} ({source}, {date}). Check what holds"
        " of it now.",
    ),
    "status.notice-of-known": (
        "所引条目本身是{what}，而非原文：“{cited}”。请改引原文（{original}），"
        "或说明为何引用该声明。",
        "The cited item is itself {what}, not the work: “{cited}”. Cite the work ({original}), or"
        " say why the notice is cited.",
    ),
    "status.other": (
        "另有关于此文献的声明：{found}（{source}，{date}）。请核对其内容。",
        "A notice about this work exists: {found} ({source}, {date}). Read what it says.",
    ),
}
