"""The marks of the medians figure: one for each arm, PFS beside OS, study by study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from livingreview.summary.terms import name_arm, name_term

# In months: what other units are worth (a month is a twelfth of 365.25 days).
MONTHS = {"months": 1.0, "weeks": 7 / 30.4375, "days": 1 / 30.4375, "years": 12.0}
ENDPOINTS = ("PFS", "OS")


def collect_medians(
    results: Sequence[Mapping[str, str]], vocabulary: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The studies of the figure in the order of the settings, each with its arms.

    Results that are medians of PFS or OS, in a setting that is neither about safety nor `other`
    (which gathers what belongs to no setting). A study is one population, line and list of
    references: {"setting", "population", "line", "trial", "numbers", "arms": [{"words",
    "medians": {"PFS": mark, "OS": mark}}]}. A mark is {"row", "review", "shown", "source",
    "ci_low", "ci_high", "state"}; numbers are in months, `shown` the review's numeral as
    printed (both where the texts disagree), limits those of the source where known, else the
    review's.
    """
    settings = list(vocabulary.get("settings") or [])
    drawn = [
        setting["id"]
        for setting in settings
        if not setting.get("safety") and setting["id"] != "other"
    ]
    studies: dict[tuple[str, ...], dict[str, Any]] = {}
    chosen = [row for row in results if row["setting"] in drawn and is_median(row)]
    for row in sorted(chosen, key=lambda row: drawn.index(row["setting"])):
        place = tuple(row[name] for name in ("setting", "population", "line", "trial", "numbers"))
        study = studies.setdefault(
            place,
            {
                "setting": row["setting"],
                "population": name_term(vocabulary, "populations", row["population"])
                if row["population"]
                else None,
                "line": name_term(vocabulary, "lines", row["line"]) if row["line"] else None,
                "trial": row["trial"] or None,
                "numbers": [int(number) for number in row["numbers"].split(";") if number],
                "arms": {},
            },
        )
        printed = {"zh": row["arm_zh"], "en": row["arm_en"]}
        arm = study["arms"].setdefault(
            row["arm"] or row["arm_zh"] or row["arm_en"],
            {"words": name_arm(vocabulary, row["arm"], printed), "medians": {}},
        )
        arm["medians"].setdefault(row["endpoint"], mark_of(row))
    return [study | {"arms": list(study["arms"].values())} for study in studies.values()]


def is_median(row: Mapping[str, str]) -> bool:
    return (
        row["endpoint"] in ENDPOINTS
        and row["statistic"] == "median"
        and row["value"] != ""
        and row["unit"] in MONTHS
    )


def mark_of(row: Mapping[str, str]) -> dict[str, Any]:
    same_unit = row["source_unit"] in MONTHS and row["source_value"] != ""
    limits = "source_" if same_unit and row["source_ci_low"] else ""
    limit_unit = row["source_unit"] if limits else row["unit"]
    printed = [text for text in (row["value_zh"], row["value_en"]) if text]
    if row["languages"] != "differ":
        printed = printed[:1]
    return {
        "row": row["id"],
        "review": in_months(row["value"], row["unit"]),
        "shown": " / ".join(printed) or row["value"],
        "source": in_months(row["source_value"], row["source_unit"]) if same_unit else None,
        "ci_low": in_months(row[f"{limits}ci_low"], limit_unit),
        "ci_high": in_months(row[f"{limits}ci_high"], limit_unit),
        "state": row["source_state"],
    }


def in_months(value: str, unit: str) -> float | None:
    return round(float(value) * MONTHS[unit], 4) if value else None
