"""Why a registry did not answer, in Chinese."""

from __future__ import annotations

import re

# Why a registry did not answer: the reasons that `registries` gives, by their English wording.
REASONS = {
    "cannot be reached": "无法连接",
    "cannot be reached: the proxy's address is none": "无法连接：代理服务器地址无效",
    "no answer in time": "超时无响应",
    "no trusted connection (TLS)": "无法建立可信连接（TLS）",
    "the proxy does not answer": "代理服务器无响应",
    "the connection broke off": "连接中断",
    "interrupted": "查询被中断",
    "not asked": "未查询",
    "asked too fast (HTTP 429)": "查询过于频繁，HTTP 状态码 429",
    "the question is not accepted (HTTP 400)": "查询不被接受，HTTP 状态码 400",
    "the question is too long (HTTP 413)": "查询过长，HTTP 状态码 413",
    "the address is too long (HTTP 414)": "网址过长，HTTP 状态码 414",
    "the address is too long (HTTP 431)": "网址过长，HTTP 状态码 431",
    "the address is no web address": "网址无效",
    "the address is no http(s) address": "不是 http(s) 网址",
    "the address that it leads to cannot be reached": "重定向所指网址无法连接",
    "the address leads into a private network": "网址指向内部网络",
    "more works than one answer holds": "文献数超出一次答复的上限",
    "the answer is not JSON": "返回内容不是 JSON",
    "the answer is redirected without end": "重定向次数过多",
    "the answer takes too long": "答复耗时过长",
    "the answer is too large": "返回内容过大",
    "the answer is not whole": "返回内容不完整",
    "the answer is about another DOI": "返回的是另一 DOI 的内容",
    "the answer is about other DOIs": "返回的是其他 DOI 的内容",
    "the answer holds a DOI that was not asked for": "返回内容含未查询的 DOI",
    "the answer holds no DOI": "返回内容中没有 DOI",
    "the answer holds no record": "返回内容中没有记录",
    "the answer holds no list of works": "返回内容中没有文献列表",
    "the answer is not a Crossref message": "返回内容不是 Crossref 的格式",
    "the answer is not one of DataCite": "返回内容不是 DataCite 的格式",
    "a 404 without DataCite's own words": "HTTP 状态码 404，但并非 DataCite 的答复",
    "the answer is not a list of Europe PMC's records": "返回内容不是 Europe PMC 的记录列表",
    "the answer holds fewer records than it counts": "返回的记录少于其声明的数目",
    "the answer holds no study": "返回内容中没有临床试验",
    "the answer is about another study": "返回的是另一项临床试验",
    "a 404 that does not name the number": "HTTP 状态码 404，但未提及所查登记号",
    "doi.org answers for a prefix that was not asked for": "doi.org 答复了未查询的前缀",
    "doi.org does not answer for every prefix": "doi.org 未答复全部前缀",
    "the answer is not one of the Handle System": "返回内容不是 Handle 系统的格式",
    "the answer is about another handle": "返回的是另一 Handle 的内容",
    "the answer has no response code": "返回内容没有响应代码",
    "the answer contradicts its status": "返回内容与其状态码矛盾",
}
# The reasons with something of their own in them: a number, or another reason.
REASON_PATTERNS = tuple(
    (re.compile(pattern), chinese)
    for pattern, chinese in (
        (r"HTTP ([0-9]{3})", "HTTP 状态码 {0}"),
        (r"HTTP ([0-9]{3}) from doi\.org's agency look-up", "doi.org 机构查询返回 HTTP 状态码 {0}"),
        (r"HTTP ([0-9]{3}), not in the registry's words", "HTTP 状态码 {0}，但并非该机构的答复"),
        (r"asks to wait ([0-9]+) s \((.+)\)", "要求等待 {0} 秒：{1}"),
        (r"refuses to answer \((.+)\)", "拒绝答复：{0}"),
        (r"does not answer \((.+)\)", "多次未答复：{0}"),
        (r"does not answer to the question \((.+)\)", "多次答非所问：{0}"),
    )
)


def chinese_reason(reason: str) -> str:
    """Why there was no answer, in Chinese; a reason that is not known stays as it is.

    >>> chinese_reason("does not answer (HTTP 503)")
    '多次未答复：HTTP 状态码 503'
    """
    if reason in REASONS:
        return REASONS[reason]
    for pattern, chinese in REASON_PATTERNS:
        if match := pattern.fullmatch(reason):
            return chinese.format(*map(chinese_reason, match.groups()))
    return reason
