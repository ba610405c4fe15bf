"""The medians figure: PFS beside OS, one line an arm, readable in both languages at once."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font

from livingreview.summary.fonts import font_path
from livingreview.summary.medians import ENDPOINTS, collect_medians
from livingreview.summary.terms import LANGUAGES

# Blue and vermilion of Okabe and Ito: told apart in every common form of colour blindness. The
# shape tells the same: a disc for the first arm of a study, squares for the others.
FIRST, OTHERS, QUIET = "#0072B2", "#B3490B", "#555555"
INK = "#1a1a1a"
LEGEND = {
    "first": ("研究组（所列第一组）", "first arm listed"),
    "others": ("其余各组", "other arms"),
    "limits": ("置信区间", "confidence limits"),
    "source": ("来源的不同数值", "another value in the source"),
}
TITLES = {
    "PFS": ("中位 PFS（月）", "median PFS (months)"),
    "OS": ("中位 OS（月）", "median OS (months)"),
}
# Inches: the height of a line of text, of an arm and of what stands round a study.
LINE, ARM, GAP, TOP, BOTTOM, WIDTH, LABELS = 0.17, 0.27, 0.14, 0.5, 0.6, 9.2, 3.7
MOST_LINES = 4
LABEL_SIGNS = 58  # Latin characters that fit beside the panels; a Chinese one counts twice


def draw_medians(results: Sequence[Mapping[str, str]], vocabulary: Mapping[str, Any]) -> str:
    """The figure as SVG text, the same for the same rows; an empty frame where none is a median."""
    studies = collect_medians(results, vocabulary)
    font = FontProperties(fname=str(font_path()))
    settings = {
        "svg.hashsalt": "livingreview",
        "svg.fonttype": "path",
        "text.parse_math": False,  # a dollar sign in a name is a dollar sign
        "axes.unicode_minus": False,
        "path.simplify": False,
    }
    with rc_context(settings):
        figure = Figure(figsize=(WIDTH, figure_height(studies)))
        FigureCanvasSVG(figure)
        draw(figure, studies, font)
        buffer = io.StringIO()
        metadata = {"Date": None, "Creator": None, "Title": "PFS, OS"}
        figure.savefig(buffer, format="svg", metadata=metadata)
    return accessible(buffer.getvalue())


def accessible(svg: str) -> str:
    """The SVG as one image to a screen reader; its description stands in the document."""
    return re.sub(r"<svg ", '<svg role="img" ', svg, count=1)


def study_lines(study: Mapping[str, Any]) -> list[str]:
    """The words over a study's arms: Chinese, then English, with trial and references."""
    names = [part for part in (study["population"], study["line"]) if part]
    zh = "，".join(part["zh"] for part in names)
    en = ", ".join(part["en"] for part in names)
    marks = [study["trial"] or "", " ".join(f"[{number}]" for number in study["numbers"])]
    lines = wrap(" ".join(part for part in (zh, *marks) if part)) + (wrap(en) if en != zh else [])
    return lines or [""]


def arm_lines(arm: Mapping[str, Any]) -> list[str]:
    words = arm["words"]
    if words is None:
        return ["–"]
    both = " ".join(dict.fromkeys(words[language] for language in LANGUAGES))
    if width(both) <= LABEL_SIGNS - 2:
        return [both]
    return [line for language in LANGUAGES for line in wrap(words[language], LABEL_SIGNS - 2)]


def width(text: str) -> int:
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)


def wrap(text: str, limit: int = LABEL_SIGNS) -> list[str]:
    """At most MOST_LINES lines of at most `limit` signs, broken at spaces, or anywhere in words
    that are longer; what does not fit is left to the document's tables and shown by `…`."""
    lines, line = [], ""
    for part in re.findall(r"\S+\s*", text[: limit * (MOST_LINES + 1)]):
        word = part
        while width(word) > limit:
            cut = max(i for i in range(1, limit + 1) if width(word[:i]) <= limit)
            lines, line = [*lines, *([line] if line else []), word[:cut]], ""
            word = word[cut:]
        if width(line + word.rstrip()) > limit:
            lines, line = [*lines, line], ""
        line += word
    whole = [part.rstrip() for part in [*lines, line] if part.strip()]
    return whole if len(whole) <= MOST_LINES else [*whole[: MOST_LINES - 1], "…"]


def short(text: str, limit: int = 12) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def arm_height(arm: Mapping[str, Any]) -> float:
    return max(ARM, LINE * len(arm_lines(arm)) + 0.06)


def study_height(study: Mapping[str, Any]) -> float:
    return LINE * len(study_lines(study)) + sum(map(arm_height, study["arms"])) + GAP


def figure_height(studies: Sequence[Mapping[str, Any]]) -> float:
    return TOP + BOTTOM + max(sum(map(study_height, studies)), 1.0)


def draw(figure: Figure, studies: Sequence[Mapping[str, Any]], font: FontProperties) -> None:
    total = figure_height(studies)
    inner = total - TOP - BOTTOM
    panels = {}
    share = (WIDTH - LABELS - 0.35) / len(ENDPOINTS)
    for position, endpoint in enumerate(ENDPOINTS):
        left = (LABELS + position * share) / WIDTH
        axes = figure.add_axes((left, BOTTOM / total, (share - 0.3) / WIDTH, inner / total))
        panels[endpoint] = axes
        frame(axes, endpoint, studies, inner, font)
    words = panels[ENDPOINTS[0]]
    y = 0.0
    for study in studies:
        if y:
            for axes in panels.values():
                axes.axhline(y - GAP / 2, color="#d5d9dc", linewidth=0.6, zorder=0)
        for line in study_lines(study):
            label(words, y + LINE / 2, line, font, weight=True)
            y += LINE
        for position, arm in enumerate(study["arms"]):
            height = arm_height(arm)
            lines = arm_lines(arm)
            for number, line in enumerate(lines):
                offset = (number - (len(lines) - 1) / 2) * LINE
                label(words, y + height / 2 + offset, line, font)
            for endpoint, mark in arm["medians"].items():
                draw_mark(panels[endpoint], y + height / 2, mark, position == 0, font)
            y += height
        y += GAP
    draw_legend(figure, total, font)


def frame(
    axes: Axes,
    endpoint: str,
    studies: Sequence[Mapping[str, Any]],
    inner: float,
    font: FontProperties,
) -> None:
    marks = [
        arm["medians"][endpoint]
        for study in studies
        for arm in study["arms"]
        if endpoint in arm["medians"]
    ]
    values = [
        mark[name]
        for mark in marks
        for name in ("review", "source", "ci_low", "ci_high")
        if mark[name] is not None
    ]
    axes.set_xlim(0, max(values, default=1.0) * 1.2)
    axes.set_ylim(inner, 0)
    axes.set_yticks([])
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(QUIET)
    axes.grid(axis="x", color="#e6e9eb", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(axis="x", colors=QUIET, length=3)
    for tick in axes.get_xticklabels():
        tick.set_fontproperties(font)
        tick.set_fontsize(8)
    for number, title in enumerate(TITLES[endpoint]):
        axes.annotate(
            title, (0, 1), xycoords="axes fraction", xytext=(0, 18 - 12 * number),
            textcoords="offset points", fontproperties=font, fontsize=9, color=INK,
        )  # fmt: skip


def label(axes: Axes, y: float, text: str, font: FontProperties, weight: bool = False) -> None:
    """A line of the words at the left; the names of studies begin further out than arms."""
    left = 0.12 - LABELS + (0 if weight else 0.18)
    axes.annotate(
        printable(text), (0, y), xycoords=("axes fraction", "data"), xytext=(left * 72, 0),
        textcoords="offset points", va="center", ha="left", fontproperties=font,
        fontsize=8.2 if weight else 8, color=INK if weight else QUIET, annotation_clip=False,
    )  # fmt: skip


def printable(text: str) -> str:
    """The text with a white square for what the font cannot draw."""
    known = glyphs()
    return "".join(sign if ord(sign) in known else "□" for sign in text)


def glyphs() -> set[int]:
    if not KNOWN:
        KNOWN.update(FT2Font(str(font_path())).get_charmap())
    return KNOWN


KNOWN: set[int] = set()


def draw_mark(
    axes: Axes, y: float, mark: Mapping[str, Any], first: bool, font: FontProperties
) -> None:
    color, shape = (FIRST, "o") if first else (OTHERS, "s")
    if mark["ci_low"] is not None and mark["ci_high"] is not None:
        ends = [mark["ci_low"], mark["ci_high"]]
        axes.plot(ends, [y, y], color=color, linewidth=1.3, alpha=0.75, zorder=2)
        axes.plot(ends, [y, y], color=color, marker="|", markersize=6, linestyle="", zorder=2)
    axes.plot([mark["review"]], [y], marker=shape, color=color, markersize=6, zorder=3)
    differs = mark["state"] == "differs" and mark["source"] not in (None, mark["review"])
    if differs:
        axes.plot(
            [mark["source"]], [y], marker="D", markerfacecolor="white", markeredgecolor=INK,
            markersize=4.5, linestyle="", zorder=4,
        )  # fmt: skip
    shown = short(mark["shown"])
    text = f"{shown} ≠ {mark['source']:g}" if differs else shown
    right = max(
        value
        for value in (mark["review"], mark["ci_high"], mark["source"] if differs else None)
        if value is not None
    )
    axes.annotate(
        printable(text), (right, y), xytext=(6, 0), textcoords="offset points", va="center",
        fontproperties=font, fontsize=8.5, color=INK, annotation_clip=False,
    )  # fmt: skip


def draw_legend(figure: Figure, total: float, font: FontProperties) -> None:
    """The signs in words, under the panels."""
    axes = figure.add_axes((0, 0, 1, 0.36 / total))
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(0.36, 0)
    for position, (name, (zh, en)) in enumerate(LEGEND.items()):
        x = 0.25 + position * (WIDTH - 0.3) / len(LEGEND)
        if name == "limits":
            axes.plot([x - 0.1, x + 0.1], [0.16, 0.16], color=QUIET, linewidth=1.3)
        elif name == "source":
            axes.plot(
                [x],
                [0.16],
                marker="D",
                markerfacecolor="white",
                markeredgecolor=INK,
                markersize=4.5,
            )
        else:
            shape, color = ("o", FIRST) if name == "first" else ("s", OTHERS)
            axes.plot([x], [0.16], marker=shape, color=color, markersize=6)
        for number, text in enumerate((zh, en)):
            axes.text(
                x + 0.18,
                0.08 + 0.16 * number,
                text,
                va="center",
                fontproperties=font,
                fontsize=8,
                color=INK,
            )
