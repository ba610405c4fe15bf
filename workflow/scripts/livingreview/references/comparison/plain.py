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
from livingreview.references.reading.tex import decode_tex

LONGEST_SHORT = 300
LONGEST = 4000  # characters of a field that are compared; no real field is that long
# Element names that Crossref deposits hold: HTML faces, JATS and MathML. Other text between < and >
# is text ("p < 0.05 and n > 30").
TAG = re.compile(
    r"</?(?:(?:jats|mml|m|ce|sb):[A-Za-z-]+|i|b|u|em|strong|sub|sup|sc|scp|small|tt|span|p|br|title"
    r"|italic|bold|underline|sans-serif|roman|monospace|inline-formula|alternatives|tex-math|math"
    r"|mrow|mi|mn|mo|ms|msub|msup|msubsup|mtext|mspace|mstyle|mover|munder|munderover|mfrac|msqrt"
    r"|mroot|mfenced|mpadded|mphantom|menclose|mmultiscripts|mprescripts|none|mtable|mtr|mtd"
    r"|semantics|div|a|font)(?:\s[^<>]*|/)?>",
    re.IGNORECASE,
)
# A formula that stands in TeX beside its MathML, or is repeated in an annotation of it.
MATHML = re.compile(r"<(?:[A-Za-z]+:)?math[\s>]", re.IGNORECASE)
FORMULA_AGAIN = re.compile(
    r"<((?:[A-Za-z]+:)?(?:tex-math|annotation))(?:\s[^<>]*)?>[^<>]*</\1>", re.IGNORECASE
)
# A letter of two or three bytes, each shown as a letter: deposits hold such names.
TWICE_ENCODED = re.compile("[\u00c2-\u00ef][\u0080-\u00bf\u0152-\u2122]")
# The sign of a footnote behind a title; not the 2 of mg/m<sup>2</sup>.
FOOTNOTE = re.compile(r"(?<=[a-z]{4})<sup>\s*(?:\d{1,2}|[*†‡§¶#])\s*</sup>\s*$", re.IGNORECASE)
HAN_SIGN = re.compile(f"[{HAN}]")
SCRIPTS = {
    "Latin": re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
    "Cyrillic": re.compile("[\u0400-\u052f]"),
    "Greek": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "Han": re.compile("[\u3040-\u30ff]"),
    "Hangul": re.compile("[\u1100-\u11ff\uac00-\ud7af]"),
    "Arabic": re.compile("[\u0600-\u06ff]"),
    "Hebrew": re.compile("[\u0590-\u05ff]"),
}
WORD = re.compile(f"[{HAN}]|[^\\W_{HAN}]+")
TRADE_MARK = re.compile("[™℠]")  # which Unicode would write out as letters
# Letters that Unicode does not decompose.
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
NUMBERED = frozenset({"phase", "stage", "type", "grade", "part"})
ONE_SPELLING = {
    "vs": "versus",
    "v": "versus",
    "1st": "first",
    "2nd": "second",
    "3rd": "third",
    "4th": "fourth",
    "fibre": "fiber",
    "fibres": "fibers",
    "titre": "titer",
    "titres": "titers",
    "grey": "gray",
    "ageing": "aging",
}
# British beginnings and middles of words for American ones, in words of six letters and more.
BRITISH = (
    ("our", "or"), ("aem", "em"), ("oed", "ed"), ("oesoph", "esoph"), ("oestr", "estr"),
    ("paed", "ped"), ("foet", "fet"), ("anaesth", "anesth"), ("gynaec", "gynec"),
    ("caec", "cec"), ("faec", "fec"), ("aetiol", "etiol"), ("rrhoe", "rrhe"), ("pnoe", "pne"),
    ("coeliac", "celiac"), ("leuco", "leuko"), ("sulph", "sulf"), ("homoeo", "homeo"),
    ("programme", "program"), ("catalogue", "catalog"), ("analogue", "analog"),
    ("manoeuvre", "maneuver"), ("analys", "analyz"), ("enrolment", "enrollment"),
)  # fmt: skip


def readable(text: str) -> str:
    """The text without HTML, JATS or TeX markup, its entities decoded, on one line.

    >>> readable("PDGFR<sub>β</sub> &amp;amp; {\\\\em in vitro}")
    'PDGFRβ & in vitro'
    """
    # One record's names and numbers are read again for each of its comparisons.
    return read_short(text) if len(text) <= LONGEST_SHORT else read_text(text)


def read_text(text: str) -> str:
    if TWICE_ENCODED.search(text):
        text = encoded_once(text)
    for _ in range(2):  # Crossref holds entities that were escaped twice: &amp;lt;
        if "&" not in text:
            break
        text = html.unescape(text)
    if "<" in text:
        text = FORMULA_AGAIN.sub("", text) if MATHML.search(text) else text
        text = TAG.sub("", FOOTNOTE.sub("", text))
    if "\\" in text or "{" in text:
        text = decode_tex(text)
    return " ".join(text.split())


read_short = lru_cache(maxsize=8192)(read_text)


def encoded_once(text: str) -> str:
    """UTF-8 that was read as Latin-1 or Windows-1252 read rightly; any other text as it is.

    >>> encoded_once("MÃ´nica"), encoded_once("SÃO PAULO")
    ('Mônica', 'SÃO PAULO')
    """
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text


@lru_cache(maxsize=4096)
def plain_words(text: str) -> tuple[str, ...]:
    """Lower-case words without accents or signs; every Chinese character is a word of its own.

    Greek letters become their names (PDGFRβ, PDGFR-beta), `&` is "and", `+` is "plus".
    """
    text = TRADE_MARK.sub("", readable(text[:LONGEST]))
    text = unicodedata.normalize("NFKC", text).casefold()
    text = text.replace("%", " percent ").replace("per cent", "percent")
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
    for british, american in BRITISH:
        word = word.replace(british, american)
    word = re.sub(r"ll(ed|er|ing)$", r"l\1", word)
    word = re.sub(r"([bt])re(s?)$", r"\1er\2", word)  # centre, calibre
    return re.sub(r"is(e|ed|es|ing|ation|ations)$", r"iz\1", word)


def is_damaged(text: str) -> bool:
    """Whether signs of the text were lost on its way here: then nothing can be said against it."""
    return "\ufffd" in text


def is_han(text: str) -> bool:
    return HAN_SIGN.search(text) is not None


def same_script(first: str, second: str) -> bool:
    """False where one text is Chinese, or Cyrillic, and the other not: a translation and a
    transliteration are no contradiction."""
    if first.isascii() and second.isascii():
        return True
    return script_of(first) == script_of(second)


def script_of(text: str) -> str:
    """The script of the text: Han where any sign of it is (Japanese has others beside it), else
    that of most of its letters; Greek letters stand in Latin titles."""
    if text.isascii():
        return "Latin"
    if is_han(text):
        return "Han"
    counts = {name: len(signs.findall(text)) for name, signs in SCRIPTS.items()}
    return max(counts, key=lambda name: counts[name])
