"""Names in Chinese characters or in Cyrillic against their spellings in Latin letters.

Both ways of writing have several systems, and a list does not say which it follows. So the
question here is only whether a spelling can be the name's; that it cannot proves nothing.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from livingreview.references.comparison.persons import (
    GIVEN_PART,
    LONGEST,
    initials_of,
    is_initials,
    letters,
    name_text,
)
from livingreview.references.comparison.plain import readable, script_of
from livingreview.references.record import Name

# What a letter can become: BGN/PCGN (1947), ISO 9:1995 without its marks, GOST 7.79-2000 B, the
# passports of ICAO Doc 9303, and the French, German and Polish habits met in journals. The last
# two rows are Ukrainian, Belarusian, Serbian and Macedonian.
SPELLINGS = """
а=a б=b в=v|w|f|ff г=g|h|gh|v д=d е=e|ye|je|ie ё=e|yo|jo|io|ye|o ж=zh|z|j з=z|s и=i|y й=i|y|j|-
к=k|c л=l м=m н=n о=o п=p р=r с=s|ss т=t у=u|ou ф=f|ph х=kh|h|ch|x ц=ts|c|tz|cz
ч=ch|c|tch|tsch ш=sh|s|sch|ch|sz щ=shch|sch|shh|sc|s|stch|schtsch ъ=-|ie|y ы=y|i ь=-|y|i|j
э=e|eh ю=yu|iu|ju|u я=ya|ia|ja|a
і=i|y ї=i|yi|ji є=ye|ie|je|e ґ=g ў=u|w
ј=j|y љ=lj|l њ=nj|n ћ=c|ch ђ=dj|d џ=dz|dzh ѓ=g|gj ќ=k|kj ѕ=dz
"""
CYRILLIC = {
    letter: tuple("" if one == "-" else one for one in spellings.split("|"))
    for letter, spellings in (pair.split("=") for pair in SPELLINGS.split())
}
# 吕 and 女 in passports (lyu), in databases (lv), with their mark, and where it was lost.
WITH_V = {"lv": ("lv", "lyu", "lue", "lu"), "nv": ("nv", "nyu", "nue", "nu")}
MOST_SYLLABLES = 6  # of a name; every one can have three readings


def is_transliterated(first: Name, second: Name, *, initials: bool) -> bool:
    """Whether one is the other in Latin letters, in either order of family and given name.

    `initials`: initials, and a missing given name, will do.
    """
    if first.literal is not None or second.literal is not None:
        return False
    for own, latin in ((first, second), (second, first)):
        script = script_of(name_text(own))
        if script_of(name_text(latin)) != "Latin" or script not in ("Han", "Cyrillic"):
            continue
        words = GIVEN_PART.findall(readable((latin.family or "")[:LONGEST]))
        halves = [(latin.family or "", latin.given or "")]
        if latin.given:
            halves.append((latin.given, latin.family or ""))
        elif len(words) > 1:  # a whole name deposited as family name
            halves += [(words[-1], " ".join(words[:-1])), (words[0], " ".join(words[1:]))]
        fits = han_fits if script == "Han" else cyrillic_fits
        if any(fits(own, family, given, initials) for family, given in halves):
            return True
    return False


def han_fits(name: Name, family: str, given: str, initials: bool) -> bool:
    if not pinyin_spells(name.family or "", letters(family)):
        return False
    own = name.given or ""
    if not own or not given:
        return initials
    if pinyin_spells(own, letters(given)):
        return True
    return initials and is_initials(given) and pinyin_initials_spell(own, letters(given))


def cyrillic_fits(name: Name, family: str, given: str, initials: bool) -> bool:
    if not cyrillic_spells(name.family or "", letters(family)):
        return False
    own = GIVEN_PART.findall(name.given or "")
    words = GIVEN_PART.findall(unicodedata.normalize("NFC", given))
    if not own or not words:
        return initials
    if cyrillic_spells(own[0], letters(words[0])) and len(own[0]) > 1:
        return True
    firsts = min(initials_of(given), key=len) if not is_initials(given) else letters(given)
    # Two letters can be one initial: Ю. is Yu.
    return initials and cyrillic_initial_spells(own[0], firsts[:1])


@lru_cache(maxsize=4096)
def syllable_readings(han: str) -> tuple[tuple[str, ...], ...]:
    """The readings of each character, in pinyin without tones: 曾 is ceng or zeng, 吕 lv or lyu."""
    # Imported here: reading pypinyin's dictionary costs more than everything else.
    from pypinyin import Style, pinyin

    characters = han[:MOST_SYLLABLES]
    # Character by character: in phrases pypinyin keeps one reading only.
    readings = [
        pinyin(sign, heteronym=True, style=Style.NORMAL, v_to_u=False)[0] for sign in characters
    ]
    return tuple(
        tuple(form for one in syllable for form in WITH_V.get(one, (one,))) for syllable in readings
    )


def pinyin_spells(han: str, latin: str) -> bool:
    """Whether the lower-case Latin letters are a reading of the whole Chinese text."""
    if not han or len(han) > MOST_SYLLABLES:
        return False
    return spells(syllable_readings(han), latin)


def pinyin_initials_spell(han: str, initials: str) -> bool:
    """Whether lower-case initials are those of the Chinese given name: 宝惠 is bh, or b."""
    firsts = [{reading[:1] for reading in syllable} for syllable in syllable_readings(han)]
    return 0 < len(initials) <= len(firsts) and all(
        sign in first for sign, first in zip(initials, firsts, strict=False)
    )


def cyrillic_spells(cyrillic: str, latin: str) -> bool:
    """Whether the lower-case Latin letters transliterate the word: Щербаков, Shcherbakov."""
    signs = unicodedata.normalize("NFC", cyrillic[:LONGEST]).casefold()
    parts = [CYRILLIC.get(sign, (sign,)) for sign in signs if sign.isalpha()]
    return bool(parts) and spells(parts, latin)


def cyrillic_initial_spells(cyrillic: str, initial: str) -> bool:
    """Whether a Latin initial can begin the Cyrillic name: Юрий is Y, I, J or U."""
    first = next((sign for sign in cyrillic.casefold() if sign.isalpha()), "")
    return any(spelling[:1] == initial for spelling in CYRILLIC.get(first, ()) if spelling)


def spells(parts: tuple[tuple[str, ...], ...] | list[tuple[str, ...]], text: str) -> bool:
    """Whether the text is one spelling of each part after the other; x can stand for ks."""
    places = {0}
    text = text.replace("x", "ks") if ("k", "c") in parts else text
    for spellings in parts:
        places = {
            place + len(spelling)
            for place in places
            for spelling in spellings
            if text.startswith(spelling, place)
        }
    return len(text) in places
