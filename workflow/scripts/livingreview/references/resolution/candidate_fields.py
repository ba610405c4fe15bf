"""How each field of a candidate record stands to what the reference prints.

States are words: agrees, differs, not-comparable, and those between them that each function names.
What a record does not show says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import product

from livingreview.references.comparison.compare import compare_field
from livingreview.references.comparison.notices import title_of_original
from livingreview.references.comparison.pages import (
    Pages,
    is_page_outside,
    is_placeholder,
    parse_pages,
)
from livingreview.references.comparison.persons import (
    family_forms,
    letters,
    same_family,
    same_given,
)
from livingreview.references.comparison.plain import comparison_key, is_han, plain_words
from livingreview.references.comparison.titles import (
    compare_titles,
    differing_words,
    meaning_differs,
    without_status,
)
from livingreview.references.comparison.transliteration import syllable_readings
from livingreview.references.names import HAN
from livingreview.references.record import Name, Reference
from livingreview.references.resolution.candidates import (
    LONGEST_TITLE,
    Work,
    is_conference,
    is_conference_paper,
    is_posted,
    is_preprint,
    notice_in,
    posted_names,
    server_of,
)
from livingreview.references.work import (
    author_list_complete,
    strings,
    text_of,
    work_authors,
    work_containers,
    work_years,
)

CJK = re.compile(f"[{HAN}\u3040-\u30ff\uac00-\ud7af]")
LITTLE_WORDS = frozenset(
    ["a", "an", "the", "of", "in", "on", "for", "to", "and", "among", "by", "at"]
)


def whole_titles(work: Work, titles: Sequence[str]) -> Sequence[str]:
    """Without the main title alone where the record keeps a subtitle in a field of its own: two
    papers of one group differ by it. Some records repeat there what the title has already."""
    subtitles = [comparison_key(text[:LONGEST_TITLE]) for text in strings(work.get("subtitle"))]
    if len(titles) < 2 or not strings(work.get("title")) or not any(subtitles):
        return titles
    main = comparison_key(titles[0])
    return titles if any(text and text in main for text in subtitles) else titles[1:]


def title_state(reference: Reference, titles: Sequence[str]) -> str:
    """agrees, weak (a subtitle on one side only), slip, near, differs, other-script,
    not-comparable.

    But for that, Chinese, Japanese and Korean titles are equal or not: NFKC, no signs, no blanks.
    Likeness separates nothing there; an unrelated title scored as high as a full-width printing
    of one.
    """
    cited = without_status(reference.title or "")
    notice = notice_in(cited) is not None
    states = []
    if cited and titles and all(bool(CJK.search(cited)) != bool(CJK.search(one)) for one in titles):
        return "other-script"
    for found in titles:
        if (CJK.search(cited) is None) != (CJK.search(found) is None):
            continue
        pair = (without_notice(cited), without_notice(found)) if notice else (cited, found)
        states.append(wording_state(*pair))
    order = ("agrees", "weak", "slip", "near", "differs")
    return next((state for state in order if state in states), "not-comparable")


def wording_state(cited: str, found: str) -> str:
    wording = compare_titles(cited, found)
    if wording.state == "same":
        return "agrees"
    if wording.state in ("shortened", "subtitle"):
        return "weak"
    if wording.state == "incomparable":
        return "not-comparable"
    if CJK.search(cited):
        return "differs"
    if wording.score > 0.7 and is_slip(cited, found):
        return "slip"
    return "near" if wording.state == "near" else "differs"


def is_slip(cited: str, found: str) -> bool:
    """Whether no more differs than one letter in each of up to three words, not the first one, or
    a little word; a word of four letters is too short to tell."""
    from rapidfuzz.distance import OSA

    pairs = differing_words(cited, found)
    if len(pairs) > 3 or meaning_differs(cited, found):
        return False
    for first, second in pairs:
        one, two = "".join(first), "".join(second)
        if LITTLE_WORDS.issuperset((*first, *second)):
            continue
        if any(sign.isdigit() for sign in one + two) or min(len(one), len(two)) < 5:
            return False
        if one[0] != two[0] or OSA.distance(one, two, score_cutoff=1) > 1:
            return False
    return True


def without_notice(title: str) -> str:
    """The title of the work that a notice is about."""
    return title_of_original(title) or title


def is_common(title: str) -> bool:
    """Whether many works can have the title: "Reply", "Case report", "编者按"."""
    return len(plain_words(title)) < (8 if is_han(title) else 4)


def author_state(reference: Reference, work: Work) -> str:
    """The first author; one who stands elsewhere in the other list neither agrees nor differs.

    The same family name with another given name, or with none of the next authors, says little.
    """
    cited, found = list(reference.authors[:30]), list(work_authors(work)[:200])
    if not cited or not found:
        return "not-comparable"
    first, other = cited[0], found[0]
    if first.literal is not None or other.literal is not None:
        same = comparison_key(first.literal or "") == comparison_key(other.literal or "")
        return "agrees" if same and comparison_key(first.literal or "") else "not-comparable"
    if is_person(first, other):
        known = sum(any(has_family(name, one) for one in found) for name in cited)
        return "agrees" if len(found) == 1 or 2 * known >= len(cited) else "doubtful"
    if has_family(first, other) or not author_list_complete(work):
        return "doubtful"
    moved = any(is_person(first, one) for one in found) or any(
        is_person(one, other) for one in cited
    )
    return "doubtful" if moved else "differs"


def is_person(first: Name, second: Name) -> bool:
    if not has_family(first, second):
        return False
    one, two = is_han(first.family or ""), is_han(second.family or "")
    if one == two:
        return same_given(first, second)
    han, latin = (first, second) if one else (second, first)
    halves = [letters(latin.family or ""), letters(latin.given or "")]
    if halves[0] not in in_pinyin(han.family or ""):
        halves.reverse()  # names are deposited in either order
    initials = {reading[:1] for reading in in_pinyin((han.given or "")[:1])}
    return not (halves[1] and han.given) or halves[1][:1] in initials


def has_family(first: Name, second: Name) -> bool:
    """As `same_family`, also 刘 and Liu, and García of García López."""
    if first.literal is not None or second.literal is not None:
        return False
    one, two = first.family or "", second.family or ""
    if is_han(one) != is_han(two):
        han, latin = (one, second) if is_han(one) else (two, first)
        parts = plain_words(f"{latin.family} {latin.given or ''}")
        return not in_pinyin(han).isdisjoint((letters(latin.family or ""), *parts))
    if same_family(first, second):
        return True
    if is_han(one):
        return comparison_key(f"{first.given or ''}{one}") == comparison_key(
            f"{two}{second.given or ''}"
        )
    short, long = sorted((plain_words(one), plain_words(two)), key=len)
    return len(short[:1]) == 1 and short in (long[: len(short)], long[-len(short) :])


@lru_cache(maxsize=1024)
def in_pinyin(han: str) -> frozenset[str]:
    """The readings of a Chinese family name: 曾 is Zeng or Ceng, 吕 Lü, Lyu, Lv or Lu."""
    readings = {"".join(syllables) for syllables in product(*syllable_readings(han[:4]))}
    return frozenset(form for reading in readings for form in family_forms(reading))


def journal_state(reference: Reference, work: Work, journals: Sequence[frozenset[str]] = ()) -> str:
    """A Chinese name and its pinyin are one, as PubMed has them; so are the names of one group."""
    cited, names = reference.container_title or "", work_containers(work)
    if is_preprint(reference) and is_posted(work):
        return "agrees" if server_of(cited) & server_of(" ".join(posted_names(work))) else "unknown"
    state = compare_field("container-title", reference, work)
    if state.state == "agrees" or not cited or not names:
        return state.state
    parts = [part for name in names for part in (name, *re.split(r"\s*[=:]\s+", name))]
    keys = {comparison_key(part) for part in parts} - {""}
    key = comparison_key(cited)
    if key and any(key in group and keys & group for group in journals):
        return "agrees"
    if is_han(cited) and pinyin_key(cited) in keys:
        return "agrees"
    if any(is_han(name) and pinyin_key(name) == key for name in names):
        return "agrees"
    if state.severity == "warning" or (is_conference(reference) and is_conference_paper(work)):
        return "not-comparable"
    return state.state


@lru_cache(maxsize=1024)
def pinyin_key(name: str) -> str:
    from pypinyin import Style, lazy_pinyin

    return comparison_key("".join(lazy_pinyin(name[:100], style=Style.NORMAL)))


def year_state(reference: Reference, work: Work) -> str:
    """Issue and online-first year agree alike; one year apart is half a support, never one of
    three: lists print the year of acceptance, but so do namesakes of two congresses."""
    years = work_years(work).all
    if reference.year is None or not years:
        return "not-comparable"
    distance = min(abs(reference.year - year) for year in years)
    return ("agrees", "half")[distance] if distance < 2 else "differs"


def page_state(reference: Reference, work: Work) -> str:
    """The first page or the article number; a last page that differs changes nothing.

    Another single page than the first of the printed range differs: an editorial has one.
    """
    outcome = compare_field("page", reference, work)
    if outcome.code == "page.last-mismatch":
        return "agrees"
    found = text_of(work, "page")
    if outcome.state == "not-comparable" and reference.page and found and not is_placeholder(found):
        pages = parse_pages(found)
        if pages and pages.last in (None, pages.first):
            return "differs" if is_page_outside(pages.first, reference.page) else outcome.state
    return outcome.state


def is_page_slip(reference: Reference, work: Work, same_issue: bool) -> bool:
    """Whether the first pages differ as by a slip: in one sign, two exchanged, or in anything where
    the issue agrees.

    An editorial has its article's title, authors and volume, but not as many pages; nor do two
    parts that follow each other. A slip leaves the last page as it is, or moves both.
    """
    from rapidfuzz.distance import OSA

    cited = parse_pages(reference.page or reference.article_number or "")
    found = parse_pages(text_of(work, "page") or text_of(work, "article-number") or "")
    if cited is None or found is None:
        return same_issue
    counts = [page_count(cited), page_count(found)]
    known = None not in counts
    if known and counts[0] != counts[1] and cited.last != found.last:
        return False
    near = OSA.distance(cited.first, found.first, score_cutoff=1) < 2
    return (known and same_issue) or (near and min(len(cited.first), len(found.first)) > 1)


def page_count(pages: Pages) -> int | None:
    if pages.last is None:
        return None
    first, last = (int(re.sub(r"\D", "", text)) for text in (pages.first, pages.last))
    return last - first
