"""Text reduced to what two printings of it have in common, for comparison only.

Two printings of one title differ in case, markup, dashes, Greek letters, accents and spelling
habits without being two titles. Nothing here measures likeness: see `titles.py` for that.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

from livingreview.references.names import HAN
from livingreview.references.tex import decode_tex

LONGEST = 4000  # characters of a field that are compared; no real field is that long
# Element names that Crossref deposits hold: HTML faces, JATS and MathML. Other text between < and >
# is text ("p < 0.05 and n > 30").
TAG = re.compile(
    r"</?(?:(?:jats|mml|m|ce|sb):[A-Za-z-]+|i|b|u|em|strong|sub|sup|sc|scp|small|tt|span|p|br|title"
    r"|italic|bold|underline|sans-serif|roman|monospace|inline-formula|alternatives|tex-math|math"
    r"|mrow|mi|mn|mo|msub|msup|msubsup|mtext|mspace|mstyle|div|a|font)(?:\s[^<>]*|/)?>",
    re.IGNORECASE,
)
HAN_SIGN = re.compile(f"[{HAN}]")
WORD = re.compile(f"[{HAN}]|[^\\W_{HAN}]+")
# Letters that Unicode does not decompose.
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
NUMBERED = frozenset({"phase", "stage", "type", "grade", "part"})
ONE_SPELLING = {
    "vs": "versus",
    "1st": "first",
    "2nd": "second",
    "3rd": "third",
    "4th": "fourth",
}


def readable(text: str) -> str:
    """The text without HTML, JATS or TeX markup, its entities decoded, on one line.

    >>> readable("PDGFR<sub>β</sub> &amp;amp; {\\\\em in vitro}")
    'PDGFRβ & in vitro'
    """
    for _ in range(2):  # Crossref holds entities that were escaped twice: &amp;lt;
        if "&" not in text:
            break
        text = html.unescape(text)
    text = TAG.sub("", text)
    if "\\" in text or "{" in text:
        text = decode_tex(text)
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def plain_words(text: str) -> tuple[str, ...]:
    """Lower-case words without accents or signs; every Chinese character is a word of its own.

    Greek letters become their names (PDGFRβ, PDGFR-beta), `&` is "and", `+` is "plus".
    """
    text = unicodedata.normalize("NFKC", readable(text[:LONGEST])).casefold()
    text = text.replace("&", " and ").replace("(+)", "+").replace("+", " plus ")
    text = "".join(map(_without_accent, text.translate(LETTERS)))
    return tuple(WORD.findall(text))


def _without_accent(sign: str) -> str:
    if sign.isascii():
        return sign
    base = unicodedata.normalize("NFKD", sign)
    base = "".join(part for part in base if not unicodedata.combining(part))
    if len(base) == 1 and "\u0370" <= base <= "\u03ff":
        name = unicodedata.name(base, "").rpartition(" ")[2].lower()
        return "lambda" if name == "lamda" else name  # Unicode's own spelling of the letter
    return base


def comparison_key(text: str) -> str:
    """The words of the text run together: equal keys are the same title, printed differently.

    Hyphens and blanks inside words vanish (non-small cell, nonsmall-cell), British and American
    spellings meet, "Phase II" is "phase 2".
    """
    return "".join(same_spelling(plain_words(text)))


def same_spelling(words: tuple[str, ...]) -> list[str]:
    """The words with one spelling for each that has several."""
    return [
        ROMAN[word]
        if word in ROMAN and place and words[place - 1] in NUMBERED
        else one_spelling(word)
        for place, word in enumerate(words)
    ]


@lru_cache(maxsize=8192)
def one_spelling(word: str) -> str:
    if word in ONE_SPELLING:
        return ONE_SPELLING[word]
    if len(word) < 6 or not word.isascii():
        return word
    word = word.replace("our", "or").replace("haem", "hem").replace("oedem", "edem")
    word = word.replace("aemia", "emia").replace("oesoph", "esoph").replace("paed", "ped")
    word = re.sub(r"ll(ed|er|ing)$", r"l\1", word)
    return re.sub(r"is(e|ed|es|ing|ation|ations)$", r"iz\1", word)


def is_damaged(text: str) -> bool:
    """Whether signs of the text were lost on its way here: then nothing can be said against it."""
    return "\ufffd" in text


def is_han(text: str) -> bool:
    return HAN_SIGN.search(text) is not None


def same_script(first: str, second: str) -> bool:
    """False where one text is Chinese and the other not: a translation is no contradiction."""
    return is_han(first) == is_han(second)
