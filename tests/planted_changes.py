"""What real lists do to a title, a journal, pages that are right.

No change here may give an error or a warning.
As in `planted_faults.py`: each change takes a work and its printed entry, and gives None for a
work to which it does not apply.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from planted_faults import Kind, Plant, with_fields
from planted_printing import Entry, Fields, lines_of
from planted_references import BRITISH, ENGLISH_JOURNALS, GREEK
from planted_works import Record, Work, abbreviated

Change = Callable[[random.Random, Work, Fields], Fields | None]
HAN = ("zh", "ja")
ISO_4 = {name: short for name, short, _ in ENGLISH_JOURNALS}
INITIALS = {
    "Journal of Clinical Oncology": "JCO",
    "New England Journal of Medicine": "NEJM",
    "Journal of Thoracic Oncology": "JTO",
    "International Journal of Cancer": "IJC",
    "British Journal of Cancer": "BJC",
    "European Journal of Cancer": "EJC",
    "Proceedings of the National Academy of Sciences of the United States of America": "PNAS",
    "Signal Transduction and Targeted Therapy": "STTT",
    "Translational Lung Cancer Research": "TLCR",
    "Cancer Management and Research": "CMAR",
}


def changed(change: Change) -> Plant:
    def plant(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
        other = change(dice, work, fields)
        return None if other is None else with_fields(work, fields, **other)

    return plant


def with_record(work: Work, fields: Fields, record: Record) -> Entry:
    """The entry where the registry's record is another one."""
    return Entry(work, fields, lines_of(work, {**work.record, **record})[:1])


def clean(_: random.Random, work: Work, fields: Fields) -> Fields | None:
    return {}


# --- journal ---------------------------------------------------------------------------------


def iso_4(_: random.Random, work: Work, fields: Fields) -> Fields | None:
    """Every shortened word with its full stop."""
    if work.journal in ISO_4:
        return {"journal": ISO_4[work.journal]}
    if not work.short or work.language != "en":
        return None
    whole = set(re.findall(r"\w+", work.journal))
    words = [word if word in whole else f"{word}." for word in work.short.split()]
    return {"journal": " ".join(words).replace("..", ".")}


def pubmed_journal(_: random.Random, work: Work, fields: Fields) -> Fields | None:
    return {"journal": work.short} if work.short and work.short != work.journal else None


def journal_initials(_: random.Random, work: Work, fields: Fields) -> Fields | None:
    return {"journal": INITIALS[work.journal]} if work.journal in INITIALS else None


def journal_spelt(dice: random.Random, work: Work, fields: Fields) -> Fields | None:
    """With or without The, with a place behind it, and for &, in capitals."""
    name = work.journal
    if work.language in HAN or len(name.split()) < 2:
        return None
    forms = [name.upper(), name.replace("&", "and"), name.replace(" and ", " & ")]
    forms += [name.removeprefix("The ") if name.startswith("The ") else f"{name} (London, England)"]
    return {"journal": dice.choice([form for form in forms if form != name])}


# --- pages -----------------------------------------------------------------------------------


def last_page_abbreviated(_: random.Random, work: Work, fields: Fields) -> Fields | None:
    short = abbreviated(work.pages or "")
    return {"pages": short} if work.pages and short != work.pages else None


def page_dashes(dice: random.Random, work: Work, fields: Fields) -> Fields | None:
    dash = dice.choice(["--", "–", "—", "‐", "‑", "−", "－", "～", " - ", " – ", "---"])
    return {"pages": work.pages.replace("-", dash)} if work.pages else None


def page_labels(dice: random.Random, work: Work, fields: Fields) -> Fields | None:
    label = dice.choice(["pp. {}", "p. {}", "Pages {}", "{}."])
    return {"pages": label.format(work.pages)} if work.pages else None


def article_in_pages(dice: random.Random, work: Work, fields: Fields) -> Fields | None:
    """Article 12345, Article ID 12345, e12345 for 12345, 12345-12345."""
    if not work.article:
        return None
    number, plain = work.article, work.article.removeprefix("e")
    forms = [f"Article {number}", f"Article ID {number}", f"Article No. {number}", number]
    forms += [f"e{plain}", f"{number}-{number}", f"art. no. {number}", f"ID {number}"]
    forms = forms if plain.isdigit() else forms[:4]
    return {"eid": None, "pages": dice.choice(forms)}


def one_page(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """A single page, or an article number, that only one side repeats: 83, 83-83."""
    number = (work.pages or "").partition("-")[0] or work.article
    if not number or work.read is not None:
        return None
    single, twice = number, f"{number}-{number}"
    one, two = dice.choice([(single, twice), (twice, single), (twice, twice)])
    return with_record(work, fields | {"pages": one, "eid": None}, {"page": two})


def np_pages(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """NP36, S125-6, e46: a prefix that stands on one or on both ends, in either case."""
    match = re.fullmatch(r"(\d+)-(\d+)", work.pages or "")
    if match is None or work.read is not None:
        return None
    prefix = dice.choice(["NP", "S", "e", "W"])
    whole = f"{prefix}{match[1]}-{prefix}{match[2]}"
    half = f"{prefix}{match[1]}-{match[2]}"
    printed = dice.choice([half, abbreviated(whole), whole.lower(), f"{prefix}{match[1]}"])
    return with_record(work, fields | {"pages": printed}, {"page": whole})


# --- title -----------------------------------------------------------------------------------


def title_case(dice: random.Random, work: Work, fields: Fields) -> Fields | None:
    title = work.title
    if work.language in HAN:
        return None
    forms = [title.upper(), title.title(), title[0] + title[1:].lower(), title.lower()]
    return {"title": dice.choice([form for form in forms if form != title])}


def without_subtitle(_: random.Random, work: Work, fields: Fields) -> Fields | None:
    main = re.split(r"[:：?]| – ", work.title)[0].strip()
    long_enough = len(main.split()) >= 3 or (work.language in HAN and len(main) >= 6)
    return {"title": main} if main != work.title and long_enough else None


def subtitle_appended(_: random.Random, work: Work, fields: Fields, __: object) -> Entry | None:
    """The record has the main title only, or the subtitle in a field of its own."""
    main, colon, rest = re.sub("：", ": ", work.title).partition(": ")
    if not colon or len(main) < 12 or len(main.split()) < 3 or work.read is not None:
        return None
    record: Record = {"title": [main]}
    if len(rest) % 2:
        record["subtitle"] = [rest]
    return with_record(work, fields, record)


def markup_stripped(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """The record has the title with faces, entities, formulas; the list prints plain text."""
    title = work.record["title"][0]
    if re.search("[<&]", title):
        return Entry(work, fields, lines_of(work))
    words = list(re.finditer(r"(?<![\w-])\w{4,}(?![\w-])", title))
    if not words or work.read is not None:
        return None
    word = dice.choice(words)
    marked = dice.choice(
        [
            "\n        <i>{}</i>\n        ", "<b>{}</b>", "<jats:italic>{}</jats:italic>",
            "<scp>{}</scp>", "&lt;i&gt;{}&lt;/i&gt;", "<i><b>{}</b></i>",
            "<jats:sc>{}</jats:sc>", '<mml:math xmlns:mml="x"><mml:mtext>{}</mml:mtext></mml:math>',
        ]
    ).format(word[0])  # fmt: skip
    return with_record(
        work, fields, {"title": [title[: word.start()] + marked + title[word.end() :]]}
    )


def braces(dice: random.Random, work: Work, fields: Fields) -> Fields | None:
    """{DNA}, {{The whole title}}, \\emph{in vitro}."""
    if re.search(r"[\\{}%#_&$]", work.title):
        return None
    some = re.sub(r"(?<!\w)([A-Z][A-Za-z0-9]*)", r"{\1}", work.title)
    words = work.title.split(" ")
    faced = " ".join([words[0], f"\\textit{{{words[1]}}}", *words[2:]]) if len(words) > 2 else some
    return {"title": dice.choice([some, f"{{{work.title}}}", faced]), "raw": ("title",)}


def hyphens(dice: random.Random, work: Work, fields: Fields) -> Fields | None:
    """non-small-cell, nonsmall cell, non‐small cell."""
    if "-" not in work.title:
        return None
    title = dice.choice(
        [
            work.title.replace("-", dice.choice("‐‑–−")),
            re.sub(r"(?<=[a-z])-(?=[a-z])", " ", work.title),
            re.sub(r"(?<=[a-z])-(?=[a-z])", "", work.title),
        ]
    )
    return {"title": title} if title != work.title else None


LETTERS = [*GREEK, ("δ", "delta"), ("κ", "kappa")]


def greek(dice: random.Random, work: Work, fields: Fields) -> Fields | None:
    """The letter's name, or the Latin letter that a font without Greek left."""
    title = work.title
    for letter, word in LETTERS:
        title = title.replace(letter, dice.choice([word, word.title(), f"-{word}"]))
    return {"title": title} if title != work.title else None


def greek_tex(dice: random.Random, work: Work, fields: Fields) -> Fields | None:
    if re.search(r"[\\{}%#_&$]", work.title):
        return None
    title = work.title
    for letter, word in LETTERS:
        form = dice.choice([f"$\\{word}$", f"{{\\textgreek{{{letter}}}}}", f"\\(\\{word}\\)"])
        title = title.replace(letter, form)
    return {"title": title, "raw": ("title",)} if title != work.title else None


def american(_: random.Random, work: Work, fields: Fields) -> Fields | None:
    title = work.title
    for one, two in BRITISH:
        title = title.replace(one, two)
    return {"title": title} if title != work.title else None


def numbers(_: random.Random, work: Work, fields: Fields) -> Fields | None:
    """Phase II for phase 2, two for 2, vs for versus."""
    pairs = [("phase 2", "phase II"), ("phase 3", "phase III"), ("phase II", "phase 2")]
    pairs += [("Phase 3", "Phase III"), ("Phase II ", "Phase 2 "), ("two ", "2 ")]
    pairs += [("three ", "3 "), ("versus", "vs."), ("five ", "5 "), ("eleven ", "11 ")]
    pairs += [("Phase III", "Phase 3"), ("first-line", "1st-line"), ("second-line", "2nd-line")]
    found = [pair for pair in pairs if pair[0] in work.title]
    return {"title": work.title.replace(*found[0])} if found else None


def punctuation(dice: random.Random, work: Work, fields: Fields) -> Fields | None:
    """A full stop at the end, other quotation marks, a dash for a colon, signs in full width."""
    title = work.title
    forms = [f"{title}.", f"“{title}”", title.replace(": ", " - "), title.replace(": ", ". ")]
    forms += [title.replace("'", "’"), title.replace(",", "，"), f"{title} [J]", f"{title}*"]
    forms += [title.replace(": ", "："), title.replace("(", "（").replace(")", "）")]
    forms += [title.replace("PD-L1", "ＰＤ－Ｌ１").replace("EGFR", "EGFR ")]
    return {"title": dice.choice([form for form in forms if form != title])}


def signs(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """Signs that one side leaves out: ®, ™, ≥ for >=, × for x, an asterisk at the end."""
    if work.read is not None or work.language in HAN:
        return None
    words = work.title.split(" ")
    place = dice.randrange(len(words))
    marked = [*words[:place], words[place] + dice.choice("®™"), *words[place + 1 :]]
    one, two = dice.choice([(work.title, " ".join(marked)), (" ".join(marked), work.title)])
    one, two = dice.choice([(one, two), (f"{one} (≥ 70 years)", f"{two} (&gt;=70 years)")])
    return with_record(work, fields | {"title": one}, {"title": [two]})


def versus(dice: random.Random, work: Work, fields: Fields) -> Fields | None:
    if " versus " not in work.title and " plus " not in work.title:
        return None
    title = work.title.replace(" versus ", dice.choice([" v ", " vs ", " vs. ", " v. "]))
    return {"title": title.replace(" plus ", " + ")}


def in_brackets(dice: random.Random, work: Work, fields: Fields) -> Fields | None:
    """The list's own translation of a title, in square brackets."""
    if work.language == "en":
        return None
    title = "[Treatment of lung cancer and quality of life in old age]"
    return {"title": dice.choice([title, f"{title}."])}


def pinyin_journal(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """A Chinese journal by its name in Chinese, in pinyin, in English."""
    if work.language != "zh":
        return None
    names = ["Zhongguo Fei Ai Za Zhi", "Chinese Journal of Lung Cancer", "Chin J Lung Cancer"]
    one, two = dice.choice([(work.journal, names[0]), (names[0], names[1]), (names[2], names[0])])
    changed_record = {"container-title": [two], "short-container-title": []}
    return with_record(work, fields | {"journal": one}, changed_record)


def pages_elsewhere(dice: random.Random, work: Work, fields: Fields) -> Fields | None:
    """412-420+431: an article that ends on a later page."""
    if not re.fullmatch(r"\d+-\d+", work.pages or ""):
        return None
    last = int((work.pages or "").partition("-")[2])
    return {"pages": f"{work.pages}{dice.choice(['+', ', ', ','])}{last + 11}"}


def chinese_labels(dice: random.Random, work: Work, fields: Fields) -> Fields | None:
    if work.language != "zh" or not work.volume:
        return None
    return {"volume": f"第{work.volume}卷", "number": f"第{work.issue}期"}


def per_cent(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """20%, 20 percent, 20 per cent."""
    if work.read is not None or work.language in HAN:
        return None
    one, two = dice.sample([f"{work.title} in {form}" for form in PER_CENT], 2)
    return with_record(work, fields | {"title": one}, {"title": [two]})


PER_CENT = ("20%", "20 %", "20 percent", "20 per cent")


def lost_sign(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """A plus that the list has lost: which may be another kind of cell."""
    if work.read is not None or work.language in HAN:
        return None
    one, two = f"{work.title} with CD8 cells", f"{work.title} with CD8+ cells"
    return with_record(work, fields | {"title": one}, {"title": [two]})


ODD_NAMES = [
    ("Proceedings of the Royal Society B: Biological Sciences", "Proc Biol Sci"),
    ("Philosophical Transactions of the Royal Society A", "Philos Trans A Math Phys Eng Sci"),
    ("Archiv für Pathologie", "Virchows Arch"),
]


def odd_name(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """An abbreviation, or a former name, that nobody can derive from the name."""
    if work.read is not None or work.language in HAN:
        return None
    one, two = dice.choice(ODD_NAMES)
    record = {"container-title": [one], "short-container-title": []}
    return with_record(work, fields | {"journal": two}, record)


FORM_CHANGES = [
    Kind("clean", changed(clean)),
    Kind("journal, ISO 4", changed(iso_4)),
    Kind("journal, as in PubMed", changed(pubmed_journal)),
    Kind("journal, initials", changed(journal_initials)),
    Kind("journal, The, &, place, capitals", changed(journal_spelt)),
    Kind("last page abbreviated", changed(last_page_abbreviated)),
    Kind("page dashes", changed(page_dashes)),
    Kind("page labels", changed(page_labels)),
    Kind("article number in pages", changed(article_in_pages)),
    Kind("83 and 83-83", one_page),
    Kind("NP36, S125-6, e46", np_pages),
    Kind("title case", changed(title_case)),
    Kind("missing subtitle", changed(without_subtitle)),
    Kind("subtitle appended", subtitle_appended),
    Kind("markup stripped", markup_stripped),
    Kind("braces and faces of TeX", changed(braces)),
    Kind("spelling of hyphens", changed(hyphens)),
    Kind("Greek letter by its name", changed(greek)),
    Kind("Greek letter in TeX", changed(greek_tex)),
    Kind("American spelling", changed(american)),
    Kind("numbers in words, Roman, vs.", changed(numbers)),
    Kind("punctuation of the title", changed(punctuation)),
    Kind("®, ™, ≥ or >=", signs),
    Kind("v, vs. and versus, + and plus", changed(versus)),
    Kind("translated title in brackets", changed(in_brackets)),
    Kind("pinyin name of a journal", pinyin_journal),
    Kind("pages that go on elsewhere", changed(pages_elsewhere)),
    Kind("Chinese labels", changed(chinese_labels)),
    Kind("20% and 20 per cent", per_cent),
    Kind("plus sign lost", lost_sign, hard=True),
    Kind("journal by another name", odd_name, hard=True),
]
