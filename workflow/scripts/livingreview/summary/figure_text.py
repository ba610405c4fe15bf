"""The numbers of the medians figure in words, for those who do not see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from livingreview.summary.catalogues import Messages


def describe_medians(
    messages: Messages, language: str, studies: Sequence[Mapping[str, Any]]
) -> str:
    """One sentence a study, with every value that the figure shows."""
    return " ".join(
        messages.say(language, "figure.study", study=name, marks=marks)
        for name, marks in (describe_study(messages, language, study) for study in studies)
    )


def describe_study(messages: Messages, language: str, study: Mapping[str, Any]) -> tuple[str, str]:
    names = [study[name][language] for name in ("population", "line") if study[name]]
    names += [study["trial"]] if study["trial"] else []
    names += [f"[{number}]" for number in study["numbers"]]
    marks = [
        describe_mark(messages, language, arm, endpoint, mark)
        for arm in study["arms"]
        for endpoint, mark in arm["medians"].items()
    ]
    return " ".join(names), "; ".join(marks)


def describe_mark(
    messages: Messages,
    language: str,
    arm: Mapping[str, Any],
    endpoint: str,
    mark: Mapping[str, Any],
) -> str:
    value = mark["shown"]
    if mark["state"] == "differs" and mark["source"] not in (None, mark["review"]):
        source = f"{mark['source']:g}"
        value = messages.say(language, "figure.source", value=value, source=source)
    if mark["ci_low"] is not None and mark["ci_high"] is not None:
        limits = f"{mark['ci_low']:g}–{mark['ci_high']:g}"
        value = messages.say(language, "figure.limits", value=value, limits=limits)
    words = arm["words"][language] if arm["words"] else ""
    return messages.say(language, "figure.mark", arm=words, endpoint=endpoint, value=value).strip()
