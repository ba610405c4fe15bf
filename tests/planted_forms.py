"""Forms in which lists print supplements, pages, titles and journals, and the faults beside them.

Each change takes a work and its printed entry, and gives both the record's form and the list's.
As in `planted_faults.py`: None for a work to which it does not apply.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from planted_changes import HAN, with_record
from planted_faults import Kind, Plant
from planted_printing import Entry, Fields
from planted_works import Work, abbreviated

# The list's volume and issue, the record's; {} is the volume's number.
SUPPLEMENTS = [
    (("{} Suppl 6", None), ("{}", "suppl 6")), (("{} Suppl 6", None), ("{}", None)),
    (("{}S6", None), ("{}", "suppl_6")), (("{}", "Suppl 6"), ("{} Suppl 6", None)),
    (("{} (Suppl 1)", None), ("{}", "Suppl 1")), (("{}(Suppl. 1)", None), ("{}", "Suppl 1")),
    (("{}(suppl 15)", None), ("{}", "15_suppl")), (("{}", "suppl 15"), ("{}", "15_suppl")),
    (("{}", "Suppl. 15"), ("{}", "15_suppl")), (("{}", "15 (Suppl)"), ("{}", "15_suppl")),
    (("{}", "suppl"), ("{}", "15_suppl")), (("{}", "15S"), ("{}", "15_suppl")),
    (("{}", "10 Suppl"), ("{}", "10")), (("{}", "10, Supplement"), ("{}", "10")),
    (("{}", "10, Suppl."), ("{}", "10")), (("{}", "10S"), ("{}", "10")),
    (("{}", "10 Suppl 1"), ("{}", "10")), (("{}(增刊1)", None), ("{}", "S1")),
    (("{}", "增刊1"), ("{}", "S1")), (("{}", "10(增刊)"), ("{}", "10")),
]  # fmt: skip
OTHER_SUPPLEMENTS = [
    (("{} Suppl 5", None), ("{}", "suppl 6")), (("{}S5", None), ("{} Suppl 6", None)),
    (("{}", "Suppl 2"), ("{}", "Suppl 1")), (("{}(Suppl. 2)", None), ("{}", "suppl_1")),
    (("{}", "16_suppl"), ("{}", "15_suppl")), (("{}", "suppl 14"), ("{}", "15_suppl")),
    (("{}", "11 Suppl"), ("{}", "10")), (("{}(增刊2)", None), ("{}", "S1")),
]  # fmt: skip
NUMBERS = [
    (("{}({})", None), None), (("{}", "({})"), None), (("v. {}", "n. {}"), None),
    (("Vol. {}", "No. {}"), None), (("Bd. {}", "Nr. {}"), None),
]  # fmt: skip


def numbered(forms: Sequence) -> Plant:
    def plant(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
        if work.read is not None or not work.volume or not work.volume.isdigit():
            return None
        printed, recorded = (
            [text and text.format(work.volume) for text in pair] for pair in dice.choice(forms)
        )
        values = fields | dict(zip(("volume", "number"), printed, strict=True))
        return with_record(work, values, dict(zip(("volume", "issue"), recorded, strict=True)))

    return plant


def brackets_and_labels(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """379(21) as volume, (21) or n. 21 as issue."""
    if work.read is not None or not (work.volume or "x").isdigit() or not work.issue:
        return None
    if not work.issue.isdigit():
        return None
    (volume, issue), _none = dice.choice(NUMBERS)
    values = {
        "volume": volume.format(work.volume, work.issue),
        "number": issue and issue.format(work.issue),
    }
    return with_record(work, fields | values, {"volume": work.volume, "issue": work.issue})


# --- pages -----------------------------------------------------------------------------------


def online_pages(other: bool) -> Plant:
    """1929-1939.e3 on one side or on both; `other`: another number of them."""

    def plant(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
        match = re.fullmatch(r"(\d+)-(\d+)", work.pages or "")
        if work.read is not None or match is None or match[1] in ("1", match[2]):
            return None
        whole, short, number = work.pages or "", abbreviated(work.pages or ""), dice.randint(2, 9)
        if other:
            pair = f"{dice.choice((whole, short))}.e{number + 10}", f"{whole}.e{number}"
        else:
            ends = [f".e{number}", f".e1-e{number}", f" e{number}", f".e1–{number}"]
            with_end = dice.choice((whole, short)) + dice.choice(ends)
            pair = dice.choice(
                [(short, f"{whole}.e{number}"), (with_end, whole), (with_end, f"{whole}.e{number}")]
            )
        return with_record(work, fields | {"pages": pair[0], "eid": None}, {"page": pair[1]})

    return plant


def page_counts(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """855 (9 pages), 401-406页, 第401-406页."""
    if work.read is not None or not (work.pages or work.article):
        return None
    place = work.pages or work.article
    forms = ["{} (9 pages)", "{}, 9 pp", "{}（共9页）"]
    forms += ["{}页", "第{}页", "第{}頁"] if work.pages else ["art. no. {}, 9 pp", "文章编号：{}"]
    return with_record(
        work,
        fields | {"pages": dice.choice(forms).format(place), "eid": None},
        {"page" if work.pages else "article-number": place},
    )


# --- title -----------------------------------------------------------------------------------

ANNOTATIONS = [
    "{} [abstract]", "{} [Internet]", "{} [in Chinese]", "{} (in Chinese)", "{}. [Review]",
    "{} [Article in Chinese]", "{} [abstract] [in Chinese]", "{}[J]", "{} [letter]",
    "{} [published correction appears in N Engl J Med. 2019;380(1):9]",
    "{} [published online ahead of print, 2020 Jan 3]",
]  # fmt: skip
HAN_ANNOTATIONS = ["{}[摘要]", "{}［J］", "{}（英文）", "{} [in Chinese]", "{}[会议摘要]"]


def annotated(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    if work.read is not None:
        return None
    forms = HAN_ANNOTATIONS if work.language in HAN else ANNOTATIONS
    title = dice.choice(forms).format(work.title)
    return with_record(work, fields | {"title": title}, {"title": [work.title]})


def bilingual(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """中文题名 = English title, either half of which the record can have."""
    if work.read is not None or re.search("[=/\\[(（а-я]", work.title):
        return None
    other = "Outcomes of elderly people" if work.language in HAN else "老年患者的预后分析"
    forms = ["{} = {}", "{}＝{}", "{} [{}]", "{} ({})"]
    pair = dice.choice([(work.title, other), (other, work.title)])
    title = dice.choice(forms).format(*pair)
    return with_record(work, fields | {"title": title}, {"title": [work.title]})


SHORT = {"en": ["Emerging therapies", "Targeting KRAS"], "zh": ["免疫治疗", "靶向药物"]}
SUBTITLES = {"en": ": the road ahead", "zh": "：现状与展望"}


def short_title(missing: bool) -> Plant:
    """A title of two words whose subtitle only the record has, or only the list."""

    def plant(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
        if work.read is not None or work.language not in SHORT or not work.people:
            return None
        main = dice.choice(SHORT[work.language])
        pair = main, main + SUBTITLES[work.language]
        if work.language == "en" and dice.random() < 0.3:
            pair = f"{main} in small samples", f"{main} in small samples (KRAS-X): a checklist"
        one, two = pair if missing else pair[::-1]
        return with_record(work, fields | {"title": one}, {"title": [two]})

    return plant


def little_head(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """The, A; OA 07.03."""
    if work.read is not None or work.language in HAN or len(work.title.split()) < 4:
        return None
    heads = ["OA 07.03 ", "OA07.03 "]
    heads += [] if re.match("(?:The|An?) |[A-Z]\\d|\\W", work.title) else ["The ", "A "]
    one, two = dice.choice([(dice.choice(heads), ""), ("", dice.choice(heads))])
    return with_record(work, fields | {"title": one + work.title}, {"title": [two + work.title]})


def signed(pairs: Sequence[tuple[str, str]]) -> Plant:
    def plant(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
        if work.read is not None:
            return None
        form = "{}：{}岁以上" if work.language in HAN else "{} in patients aged {} years"
        one, two = (form.format(work.title, text) for text in dice.choice(pairs))
        return with_record(work, fields | {"title": one}, {"title": [two]})

    return plant


SAME_SIGNS = [("≥ 70", "&gt;= 70"), ("70", "≥70"), ("＞70", "&gt; 70"), ("≤70", "<= 70")]
REVERSED = [("≤ 70", "≥ 70"), ("< 70", "&gt; 70"), (">70", "&lt;70"), ("＜70", "≥70")]

# What takes another's place in a title that is the same else.
TURNED = [
    ("anlotinib", "apatinib"), ("nivolumab", "pembrolizumab"), ("cisplatin", "carboplatin"),
    ("paclitaxel", "docetaxel"), ("etoposide", "irinotecan"), ("NSCLC", "SCLC"),
    ("lung metastases", "liver metastases"), ("open-label design", "double-blind design"),
    ("retrospective data", "randomised data"), ("surgery plus rest", "surgery versus rest"),
    ("hypertension", "hypotension"), ("in adults", "in children"),
]  # fmt: skip
HAN_TURNED = [
    ("安罗替尼", "阿帕替尼"), ("小细胞肺癌", "小细胞肝癌"), ("顺铂", "卡铂"), ("术前", "术后"),
    ("儿童", "成人"), ("手术", "放疗"), ("男性", "女性"),
]  # fmt: skip


def turned(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    if work.read is not None:
        return None
    han = work.language in HAN
    form = "{}与{}" if han else "{} and {}"
    pair = dice.choice(HAN_TURNED if han else TURNED)
    one, two = (form.format(work.title, text) for text in dice.sample(pair, 2))
    return with_record(work, fields | {"title": one}, {"title": [two]})


# --- journal ---------------------------------------------------------------------------------

SECTIONS = [
    ("Phys. Rev. B Condens. Matter", "Physical Review B"), ("Phys Rev B", "Physical Review B"),
    ("J Chromatogr A", "Journal of Chromatography A"),
    ("Journal of Physical Chemistry A", "J. Phys. Chem. A"),
]  # fmt: skip
OTHER_SERIES = [
    ("Physical Review A", "Physical Review B"), ("Phys. Rev. B", "Physical Review C"),
    ("Journal of Chromatography B", "Journal of Chromatography A"),
    ("Phys. Rev. A Gen. Phys.", "Physical Review B"),
]  # fmt: skip


def series(pairs: Sequence[tuple[str, str]]) -> Plant:
    def plant(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
        if work.read is not None or work.language in HAN:
            return None
        one, two = dice.choice(pairs)
        record = {"container-title": [two], "short-container-title": []}
        return with_record(work, fields | {"journal": one}, record)

    return plant


def without_second(plant: Plant) -> Plant:
    """Of works that one registry holds: a second one keeps its own form of the field."""

    def alone(
        dice: random.Random, work: Work, fields: Fields, works: Sequence[Work]
    ) -> Entry | None:
        return None if work.pubmed is not None else plant(dice, work, fields, works)

    return alone


LIST_FAULTS = [
    Kind("another supplement", without_second(numbered(OTHER_SUPPLEMENTS)), ("issue.mismatch",)),
    Kind("other online pages", without_second(online_pages(True)), ("page.last-mismatch",)),
    Kind("sign of comparison reversed", without_second(signed(REVERSED)), ("title.mismatch",)),
    Kind("another drug, disease, design", without_second(turned), ("title.mismatch",)),
    Kind(
        "another series of a journal",
        without_second(series(OTHER_SERIES)),
        ("container-title.mismatch",),
    ),
]
LIST_CHANGES = [
    Kind("supplement with the volume or the issue", without_second(numbered(SUPPLEMENTS))),
    Kind("379(21), (21), n. 21", without_second(brackets_and_labels)),
    Kind("1929-1939.e3", without_second(online_pages(False))),
    Kind("number of pages, Chinese labels", without_second(page_counts)),
    Kind("[abstract], [in Chinese], [Internet]", without_second(annotated)),
    Kind("title in two languages", without_second(bilingual)),
    Kind("missing subtitle of a short title", without_second(short_title(True))),
    Kind("subtitle appended to a short title", without_second(short_title(False))),
    Kind("The, A, OA 07.03 before a title", without_second(little_head)),
    Kind("signs of comparison lost or spelt", without_second(signed(SAME_SIGNS))),
    Kind("section of a journal", without_second(series(SECTIONS))),
]
