"""The results that the review reports, read by hand, as rows in both languages.

Each line: citation key, population, line, arm, comparator, endpoint, statistic, printed value,
unit, further columns, then what the lock was found to say of it when both were read by hand: the
state, and the states of other reports in the order of data/lock/endpoints.csv.
"""

from livingreview.endpoints.row import Row

ARMS = {
    "anlotinib": ("安罗替尼组", "anlotinib"),
    "placebo": ("安慰剂组", "placebo"),
    "topotecan": ("拓扑替康组", "topotecan"),
    "A": (
        "贝莫苏拜单抗+安罗替尼+依托泊苷/卡铂组",
        "benmelstobart + anlotinib + etoposide/carboplatin",
    ),
    "B": ("安慰剂+安罗替尼+依托泊苷/卡铂组", "placebo + anlotinib + etoposide/carboplatin"),
    "C": ("双安慰剂+依托泊苷/卡铂组", "double placebo + etoposide/carboplatin"),
    "D+A": ("度伐利尤单抗加安罗替尼组", "durvalumab plus anlotinib"),
    "D": ("度伐利尤单抗组", "durvalumab"),
    "A+E": ("安罗替尼联合依托泊苷", "anlotinib plus etoposide"),
    "A+ICI": ("安罗替尼联合免疫检查点抑制剂", "anlotinib plus immune checkpoint inhibitors"),
    "A+PD1": ("PD-(L)1抑制剂联合安罗替尼", "PD-(L)1 inhibitors plus anlotinib"),
    None: (None, None),
}


def contrast(
    key, population, line, endpoint, one, other, states, arms=("anlotinib", "placebo"), **more
):
    """The two arms of a comparison, after their difference where one is stated."""
    arm, comparator = arms
    difference = more.pop("difference", None)
    lines = []
    if difference:
        lines.append(
            (key, population, line, arm, comparator, endpoint, "difference", difference, "months",
             {}, "not-in-source", ())
        )  # fmt: skip
    for value, own, against, (state, others) in zip(
        (one, other), (arm, comparator), (comparator, arm), states, strict=True
    ):
        lines.append(
            (key, population, line, own, against, endpoint, "median", value, "months", more,
             state, others)
        )  # fmt: skip
    return lines


AGREE = (("agrees", ()), ("agrees", ()))
ABSENT = (("not-in-source", ()), ("not-in-source", ()))
AGREE_AND_OTHER = (("agrees", ("agrees",)), ("agrees", ("agrees",)))
ONLY_OTHER = (("not-in-source", ("agrees",)), ("not-in-source", ("agrees",)))
ONLY_TWO_OTHERS = (("not-in-source", ("agrees",) * 2), ("not-in-source", ("agrees",) * 2))
UNSEEN = "source-not-seen"
HISTOLOGY = ("cheng2020effect", "lung_adenocarcinoma", "third_or_later")
SQUAMOUS = ("cheng2020effect", "lung_squamous", "third_or_later")
ALTER1202 = ("cheng2021anlotinib", "es_sclc", "third")
RADIOTHERAPY = ("liu2021effect", "prior_thoracic_radiotherapy", "third_or_later")
SHORT_TERM = ("shi2022anlotinib", "short_term_relapse", "third_or_later")
LIVER = ("cheng2021anlotinib-b", "liver_metastases", "third_or_later")
BRAIN = ("cheng2023third", "brain_metastases", "third_or_later")
ETOPOSIDE = ("wu2023therapeutic", "es_sclc", None, "A+E", None)
IMMUNE = ("ying2024correction", "es_sclc", "second_or_later", "A+ICI", None)
ETER = ("cheng2024benmelstobart", "es_sclc", "first")
DURABLE = ("han2024ma1707", "es_sclc", "first_maintenance")
INDUCTION = ("han2024ma1707", "es_sclc_from_induction", "first_maintenance")
PD1 = ("zhang2025efficacy", "es_sclc", "second", "A+PD1", None)
HYPERTENSION = ("lv2022anlotinib", None, None, None, None, "AE:hypertension", "range")

REVIEW = [
    *contrast(*HISTOLOGY, "OS", "9.6", "6.9", AGREE),
    *contrast(*HISTOLOGY, "PFS", "5.5", "1.4", AGREE),
    *contrast(*SQUAMOUS, "OS", "10.7", "6.5", ABSENT),
    *contrast(*SQUAMOUS, "PFS", "4.8", "2.7", ABSENT),
    *contrast(*ALTER1202, "PFS", "4.1", "0.7", AGREE),
    *contrast(*ALTER1202, "OS", "7.3", "4.9", AGREE),
    *contrast(*RADIOTHERAPY, "PFS", "5.49", "0.69", AGREE, difference="4.8"),
    *contrast(*RADIOTHERAPY, "OS", "9.49", "4.90", AGREE, difference="4.59"),
    *contrast(*SHORT_TERM, "PFS", "4.0", "0.7", AGREE),
    *contrast(*SHORT_TERM, "OS", "7.3", "4.4", AGREE),
    *contrast(*LIVER, "PFS", "1.51", "0.71", AGREE, difference="0.8"),
    *contrast(*LIVER, "OS", "3.29", "1.91", AGREE, difference="1.38", p="0.0996"),
    *contrast(
        *BRAIN, "PFS", "3.8", "0.8", (("agrees", ("agrees",)), ONLY_OTHER[0]), difference="3"
    ),
    *contrast(
        *BRAIN, "OS", "6.3", "2.6", (("differs", ("agrees",)), ONLY_OTHER[0]), difference="3.7"
    ),
    *contrast(
        "du2024comparative", "relapsed_sclc", "second", "PFS", "5.6", "2.2", AGREE,
        ("anlotinib", "topotecan"),
    ),
    (*ETOPOSIDE, "PFS", "median", "8.02", "months", {"n": 28}, "agrees", ()),
    (*ETOPOSIDE, "OS", "median", "11.04", "months", {"n": 28}, "agrees", ()),
    (*ETOPOSIDE, "PR", "count", "9", "patients", {"n": 28}, "agrees", ()),
    (*ETOPOSIDE, "SD", "count", "18", "patients", {"n": 28}, "agrees", ()),
    (*ETOPOSIDE, "ORR", "rate", "32.14", "%", {"n": 28}, "agrees", ()),
    (*ETOPOSIDE, "DCR", "rate", "96.43", "%", {"n": 28}, "agrees", ()),
    (*PD1, "ORR", "rate", "30.2", "%", {}, "agrees", ()),
    (*PD1, "DCR", "rate", "82.6", "%", {}, "agrees", ()),
    (*IMMUNE, "CR", "count", "0", "patients", {"n": 43}, UNSEEN, ()),
    (*IMMUNE, "PR", "count", "16", "patients", {"n": 43}, UNSEEN, ()),
    (*IMMUNE, "SD", "count", "21", "patients", {"n": 43}, UNSEEN, ()),
    (*IMMUNE, "PD", "count", "6", "patients", {"n": 43}, UNSEEN, ()),
    (*IMMUNE, "ORR", "rate", "37.2", "%", {"n": 43}, UNSEEN, ()),
    (*IMMUNE, "DCR", "rate", "86.0", "%", {"n": 43}, UNSEEN, ()),
    (*IMMUNE, "PFS", "median", "4.0", "months", {"n": 43}, UNSEEN, ()),
    (*IMMUNE, "OS", "median", "10", "months", {"n": 43}, UNSEEN, ()),
    *contrast(*ETER, "OS", "19.3", "11.9", AGREE_AND_OTHER, ("A", "C")),
    *contrast(*ETER, "OS", "13.3", "11.9", AGREE_AND_OTHER, ("B", "C")),
    *contrast(*ETER, "PFS", "6.9", "4.2", ONLY_TWO_OTHERS, ("A", "C")),
    *contrast(*ETER, "PFS", "5.6", "4.2", ONLY_OTHER, ("B", "C")),
    *contrast(
        *DURABLE, "PFS", "5.4", "1.9", ((UNSEEN, ("differs",)), (UNSEEN, ("agrees",))), ("D+A", "D")
    ),
    *contrast(
        *DURABLE, "OS", "17.4", "12.4", ((UNSEEN, ("differs",)),) * 2, ("D+A", "D")
    ),
    *contrast(
        *INDUCTION, "PFS", "9.0", "5.6",
        ((UNSEEN, ("differs", "agrees")), (UNSEEN, ("agrees", "agrees"))), ("D+A", "D"),
    ),
    *contrast(
        *INDUCTION, "OS", "20.4", "15.4", ((UNSEEN, ("agrees",)),) * 2, ("D+A", "D")
    ),
    (*HYPERTENSION, "13%-67.7%", "%", {"ci_low": 13.0, "ci_high": 67.7}, "agrees", ()),
    (
        *HYPERTENSION, "4.8%-16%", "%", {"ci_low": 4.8, "ci_high": 16.0, "grade": "3-4"},
        "agrees", (),
    ),
]  # fmt: skip


def make_row(lang, position=0, **columns):
    """A row whose quote is its endpoint, printed value and unit."""
    printed = columns.pop("printed")
    endpoint, unit = columns.get("endpoint", "OS"), columns.get("unit", "months")
    quote = f"{endpoint} {printed} {unit}"
    start = position * 100
    value = None if columns.get("ci_low") is not None else columns.pop("value", float(printed))
    defaults = {
        "document": f"{lang}.md",
        "lang": lang,
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "value_start": start + len(endpoint) + 1,
        "value_end": start + len(endpoint) + 1 + len(printed),
        "references": ("cheng2021anlotinib",),
        "endpoint": endpoint,
        "statistic": "median",
        "value": value,
        "unit": unit,
    }
    return Row(**(defaults | columns))


def review_rows(lang):
    """All results of the review as rows of this language, in the review's order."""
    column = ("zh", "en").index(lang)
    rows = []
    for position, line in enumerate(REVIEW):
        key, population, treatment_line, arm, comparator, endpoint, statistic, printed, unit = line[
            :9
        ]
        rows.append(
            make_row(
                lang,
                position,
                printed=printed,
                references=(key,),
                population=population,
                line=treatment_line,
                arm=ARMS[arm][column],
                comparator=ARMS[comparator][column],
                endpoint=endpoint,
                statistic=statistic,
                unit=unit,
                **line[9],
            )
        )
    return rows
