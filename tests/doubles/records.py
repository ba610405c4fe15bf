"""Records of works in Crossref's shape, for the doubles to serve."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from livingreview.references.record import Name, Reference

Person = str | tuple[str, str]


def date(*parts: int) -> dict[str, Any]:
    return {"date-parts": [list(parts)]}


def moment(*parts: int) -> dict[str, Any]:
    """A date of registration or of an update, which have the time in two more forms."""
    padded = (*parts, 1, 1)[:3]
    then = datetime(*padded, tzinfo=UTC)
    return {
        **date(*padded),
        "date-time": f"{then:%Y-%m-%dT%H:%M:%SZ}",
        "timestamp": int(then.timestamp()) * 1000,
    }


def contributor(person: Person, place: int) -> dict[str, Any]:
    """("Li", "Wei") or "Li, Wei" is a person, a text without a comma a group."""
    sequence = "additional" if place else "first"
    role = [{"vocabulary": "crossref", "role": "author"}]
    if isinstance(person, str) and "," not in person:
        return {"name": person, "sequence": sequence, "affiliation": [], "role": role}
    family, given = person.split(",", 1) if isinstance(person, str) else person
    named = {"given": given.strip(), "family": family.strip()}
    named = {part: text for part, text in named.items() if text}
    return {**named, "sequence": sequence, "affiliation": [], "role": role}


def work(
    doi: str,
    title: str | Sequence[str],
    authors: Iterable[Person] = (),
    *,
    journal: str | Sequence[str] = (),
    short_journal: str | Sequence[str] = (),
    year: int | None = None,
    printed: Sequence[int] = (),
    online: Sequence[int] = (),
    volume: str | None = None,
    issue: str | None = None,
    page: str | None = None,
    article_number: str | None = None,
    issn: Sequence[str] = (),
    type: str = "journal-article",
    publisher: str = "Springer Science and Business Media LLC",
    **more: Any,
) -> dict[str, Any]:
    """A whole record. `year` alone is the print date. `more`: any other field, by its name with
    underscores for hyphens (`update_to=[update(...)]`)."""
    printed = tuple(printed) or ((year,) if year and not online else ())
    dates = [tuple(one) for one in (printed, online) if one]
    issued = min(dates, key=lambda one: (*one, 0, 0)[:3], default=None)
    day = moment(*(issued or (2000,)))
    people = [contributor(person, place) for place, person in enumerate(authors)]
    fields: dict[str, Any] = {
        "indexed": {**moment(2026, 9, 1), "version": "4.1.0"},
        "reference-count": 0,
        "publisher": publisher,
        "issue": issue,
        "content-domain": {"domain": [], "crossmark-restriction": False},
        "short-container-title": listed(short_journal),
        "published-print": date(*printed) if printed else None,
        "DOI": doi.lower(),
        "type": type,
        "created": day,
        "page": page,
        "article-number": article_number,
        "source": "Crossref",
        "is-referenced-by-count": 0,
        "title": listed(title),
        "prefix": doi.split("/")[0],
        "volume": volume,
        "author": people,
        "member": "297",
        "published-online": date(*online) if online else None,
        "container-title": listed(journal),
        "language": "en",
        "deposited": day,
        "resource": {"primary": {"URL": f"https://example.org/{doi.lower()}"}},
        "issued": date(*issued) if issued else {"date-parts": [[None]]},
        "references-count": 0,
        "URL": f"https://doi.org/{doi.lower()}",
        "ISSN": list(issn),
        "issn-type": [{"value": one, "type": "print"} for one in issn],
        "published": date(*issued) if issued else None,
    }
    if issue:
        fields["journal-issue"] = {
            "issue": issue,
            **({"published-print": date(*printed)} if printed else {}),
        }
    fields |= {name.replace("_", "-"): value for name, value in more.items()}
    return {name: value for name, value in fields.items() if value not in (None, [], {})}


def listed(value: str | Sequence[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def update(
    doi: str, kind: str, day: Sequence[int], *, source: str = "publisher", record_id: str = ""
) -> dict[str, Any]:
    """An entry of `update-to` (its DOI that of the original) or `updated-by` (of the notice)."""
    entry = {
        "DOI": doi,
        "type": kind,
        "label": kind.replace("_", " ").capitalize(),
        "source": source,
        "updated": moment(*day),
    }
    return {**entry, "record-id": record_id} if record_id else entry


def with_notices(works: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The works, each original naming in `updated-by` the notices that say they update it."""
    works = [dict(one) for one in works]
    by_doi = {one["DOI"].lower(): one for one in works}
    for notice in works:
        for entry in notice.get("update-to", ()):
            original = by_doi.get(entry["DOI"].lower())
            if original is not None and original is not notice:
                named = [*original.get("updated-by", ()), {**entry, "DOI": notice["DOI"]}]
                original["updated-by"] = named
    return works


# Crossref's types for BibTeX's.
TYPES = {
    "article": "journal-article",
    "book": "book",
    "incollection": "book-chapter",
    "inproceedings": "proceedings-article",
    "phdthesis": "dissertation",
    "mastersthesis": "dissertation",
    "techreport": "report",
}


def works_of_bibliography(references: Iterable[Reference]) -> list[dict[str, Any]]:
    """A record for every reference with a DOI, saying what the reference prints; each DOI once."""
    works: dict[str, dict[str, Any]] = {}
    for reference in references:
        if reference.doi and reference.doi not in works:
            works[reference.doi] = work(
                reference.doi,
                reference.title or (),
                [person for person in map(as_person, reference.authors) if person],
                journal=reference.container_title or (),
                year=reference.year,
                volume=reference.volume,
                issue=reference.issue,
                page=reference.page,
                article_number=reference.article_number,
                type=TYPES.get(reference.type, "journal-article"),
            )
    return list(works.values())


def as_person(name: Name) -> Person | None:
    return (name.family, name.given or "") if name.family else name.literal


FAMILY_NAMES = """
Abe Adams Ahmed Almeida Andersson Bai Baker Bauer Becker Bianchi Brown Cai Cao Castro Chen Cheng
Choi Clark Cohen Costa Cui Das Deng Diaz Dubois Evans Fan Fang Fernandez Fischer Fu Garcia Gao
Gupta Guo Hansen Han He Hu Huang Ito Ivanov Jensen Ji Jiang Jin Johansson Jones Kang Kato Khan Kim
Kobayashi Kovacs Kumar Larsen Lee Lewis Li Liang Liao Lin Liu Lopez Lu Luo Ma Martin Meyer Miller
Mori Moreau Muller Nakamura Nguyen Nielsen Novak O'Brien Okafor Park Patel Peng Qian Ramos Reck
Ricci Rossi Roux Russo Sato Schmidt Sharma Shen Silva Singh Smith Song Sun Suzuki Tan Tang Tanaka
Taylor Tian Tran Van Wang Watanabe Weber Wei White Wilson Wong Wu Xiao Xie Xu Yamada Yan Yang Ye
Yilmaz Young Yu Yuan Zhang Zhao Zheng Zhou Zhu
"""
GIVEN_NAMES = """
Anna Bo Carlos Chao Dan David Elena Emma Feng Fei Hao Hiroshi Hong Ines Jan Jia Jie Jing John Jun
Kenji Lan Lei Li Lin Luca Maria Mei Min Ming Na Nina Omar Paul Peng Ping Priya Qi Qiang Rui Sara
Shan Tao Thomas Tim Wei Wen Xia Xin Yan Yi Yong Yuki Yun Zhen
"""
DRUG_NAMES = """
Afatinib Alectinib Anlotinib Apatinib Atezolizumab Bevacizumab Brigatinib Camrelizumab Ceritinib
Cetuximab Crizotinib Dacomitinib Docetaxel Durvalumab Erlotinib Etoposide Gefitinib Gemcitabine
Icotinib Ipilimumab Irinotecan Lenvatinib Lobaplatin Lorlatinib Lurbinectedin Nedaplatin Nivolumab
Osimertinib Paclitaxel Pembrolizumab Pemetrexed Ramucirumab Sintilimab Sorafenib Sunitinib
Tislelizumab Topotecan Toripalimab Trastuzumab Vinorelbine
"""
FAMILIES, GIVEN, DRUGS = FAMILY_NAMES.split(), GIVEN_NAMES.split(), DRUG_NAMES.split()
DISEASES = (
    "Small-Cell Lung Cancer",
    "Non-Small-Cell Lung Cancer",
    "Lung Adenocarcinoma",
    "Squamous-Cell Lung Carcinoma",
    "Malignant Pleural Mesothelioma",
    "Gastric Adenocarcinoma",
    "Hepatocellular Carcinoma",
    "Soft-Tissue Sarcoma",
    "Medullary Thyroid Cancer",
    "Renal-Cell Carcinoma",
    "Oesophageal Squamous-Cell Carcinoma",
    "Metastatic Colorectal Cancer",
    "Triple-Negative Breast Cancer",
    "Platinum-Resistant Ovarian Cancer",
    "Nasopharyngeal Carcinoma",
)
SETTINGS = (
    "Previously Untreated",
    "Relapsed",
    "Elderly Patients with",
    "Platinum-Refractory",
    "Brain Metastases from",
    "Limited-Stage",
    "Extensive-Stage",
    "Locally Advanced",
    "Heavily Pretreated",
)
DESIGNS = (
    "A Randomised, Double-Blind, Phase 3 Trial",
    "A Single-Arm Phase II Study",
    "A Retrospective Cohort Study",
    "A Systematic Review and Meta-Analysis",
    "Results from a Multicentre Registry",
    "A Cost-Effectiveness Analysis",
    "A Case Report and Review of the Literature",
    "Final Overall Survival Analysis",
    "A Propensity-Score-Matched Comparison",
    "A Real-World Observation",
)
# Journal, abbreviation, ISSN, and the pattern of its DOIs (20 to 32 characters).
JOURNALS = (
    ("Lung Cancer", "Lung Cancer", "0169-5002", "10.1016/j.lungcan.{year}.{month:02}.{n:05}"),
    ("Journal of Clinical Oncology", "JCO", "0732-183X", "10.1200/jco.{year}.{month}.15.{n:05}"),
    ("Frontiers in Oncology", "Front. Oncol.", "2234-943X", "10.3389/fonc.{year}.{n:07}"),
    ("Anti-Cancer Drugs", "Anticancer Drugs", "0959-4973", "10.1097/cad.00000000000{n:05}"),
    ("Thoracic Cancer", "Thorac. Cancer", "1759-7706", "10.1111/1759-7714.{n:06}"),
    ("BMC Cancer", "BMC Cancer", "1471-2407", "10.1186/s12885-{short:03}-{n:06}-x"),
    ("Translational Lung Cancer Research", "TLCR", "2218-6751", "10.21037/tlcr-{short}-{n:06}"),
    ("Annals of Oncology", "Ann. Oncol.", "0923-7534", "10.1093/annonc/mdz{n:06}"),
)


def synthetic_works(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Distinct works, the same for the same seed; fewer of them are the first of more."""
    chance = random.Random(seed)
    combinations = len(DRUGS) * len(DRUGS) * len(SETTINGS) * len(DISEASES) * len(DESIGNS)
    step, place = 7_368_787, chance.randrange(combinations)
    works = []
    for number in range(count):
        # A prime step visits every combination once before any comes again.
        place = (place + step) % combinations
        works.append(synthetic_work(number, place, chance))
    return works


def synthetic_work(number: int, place: int, chance: random.Random) -> dict[str, Any]:
    rest, design = divmod(place, len(DESIGNS))
    rest, disease = divmod(rest, len(DISEASES))
    rest, setting = divmod(rest, len(SETTINGS))
    drug, partner = divmod(rest, len(DRUGS))
    year, month = chance.randint(2004, 2025), chance.randint(1, 12)
    journal, short, issn, pattern = JOURNALS[number % len(JOURNALS)]
    treatment = DRUGS[drug] if drug == partner else f"{DRUGS[drug]} plus {DRUGS[partner]}"
    first = chance.randint(1, 9000)
    families = chance.sample(FAMILIES, chance.randint(2, 9))
    return work(
        pattern.format(year=year, month=month, short=year % 100, n=number),
        f"{treatment} in {SETTINGS[setting]} {DISEASES[disease]}: {DESIGNS[design]}",
        [(family, chance.choice(GIVEN)) for family in families],
        journal=journal,
        short_journal=short,
        printed=(year, month),
        online=(year - (month == 1), (month - 2) % 12 + 1, chance.randint(1, 28)),
        volume=str(year - 1990),
        issue=str(month),
        page=f"{first}-{first + chance.randint(3, 14)}",
        issn=[issn],
    )
