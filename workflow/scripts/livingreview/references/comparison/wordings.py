"""Words that differ between two texts: a slip of the pen, or another word.

A slip is a letter or two of a word, another form of it, a small word more or less, words in another
order. A content word in the place of another makes another statement, however few letters it takes:
small and non-small, a drug and the next one of its class.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from livingreview.references.comparison.plain import is_han
from livingreview.references.comparison.transliteration import syllable_readings

Stretches = Sequence[tuple[Sequence[str], Sequence[str]]]

SMALL_WORDS = """
a an the of in on at to for from by with within among between during into as and or plus using via
per is are was were be been its it their his her this that these those which who whose we our than s
"""
SMALL = frozenset(SMALL_WORDS.split())
HAN_SMALL = frozenset("的之与和及或并对在于用以中为其等了是")
# Stems that the WHO gives to the names of one class of drugs: The use of stems in the selection of
# International Nonproprietary Names (https://www.who.int/teams/health-product-and-policy-standards/inn).
STEM_LIST = """
nib mab platin taxel tecan rubicin ciclib parib limus statin gliptin gliflozin glutide prazole
sartan pril olol dipine vir cillin mycin micin floxacin conazole setron dronate dronic poside trexed
trexate citabine caine cept kinra leukin grastim poetin parin xaban gatran grel oxetine zepam
triptan lukast semide thiazide zomib degib lisib stat relix relin lutamide trozole bulin leucel vec
mustine tidine cycline penem bactam azoline profen coxib dopa peridone pidem barbital domide plase
toclax fibrate glitazone
"""
STEMS = tuple(STEM_LIST.split())
MOST_ADDED = 2  # content words that one side may have more than the other
HAN_SIGNS_OF_A_WORD = 2


def words_differ(
    pairs: Stretches, acronyms: tuple[Collection[str], Collection[str]] = ((), ())
) -> bool:
    """Whether the stretches that differ hold another word, not only another wording.

    `acronyms`: the words of either text that stand in it in capitals.
    """
    more: tuple[list[str], list[str]] = ([], [])  # words that one side has, in no other's place
    for first, second in pairs:
        own, other = content(first), content(second)
        if own and other:
            own, other = without_slips(own, other, acronyms)
            if own and other and not_homophones(own, other):
                return True
            if is_sound(own, other):
                continue
        more[0].extend(own)
        more[1].extend(other)
    ones, twos = without_slips(*more, acronyms)
    return max(weight(ones), weight(twos)) > MOST_ADDED


def content(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in SMALL and word not in HAN_SMALL]


def weight(words: Sequence[str]) -> float:
    """How many words they are; a Chinese sign is half of one."""
    return sum(1 / HAN_SIGNS_OF_A_WORD if is_han(word) else 1 for word in words)


def without_slips(
    first: Sequence[str],
    second: Sequence[str],
    acronyms: tuple[Collection[str], Collection[str]],
) -> tuple[list[str], list[str]]:
    """The words of either side that have no partner on the other, the same or nearly so."""
    ones, twos = list(first), list(second)
    for same in (True, False):
        for one in list(ones):
            for two in twos:
                if one == two if same else is_slip_of(one, two, acronyms):
                    ones.remove(one)
                    twos.remove(two)
                    break
    # Run together or split otherwise, with a slip: "meta analisis".
    if ones and twos and len(ones) != len(twos) and is_slip_of("".join(ones), "".join(twos)):
        return [], []
    return ones, twos


def not_homophones(first: Sequence[str], second: Sequence[str]) -> bool:
    return not is_sound(first, second)


def is_sound(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether both are Chinese signs of the same sounds, one by one: a slip of the input method."""
    if not first or len(first) != len(second):
        return False
    return all(
        is_han(one)
        and is_han(two)
        and len(one) == len(two) == 1
        and not set(syllable_readings(one)[0]).isdisjoint(syllable_readings(two)[0])
        for one, two in zip(first, second, strict=True)
    )


def is_slip_of(
    one: str, two: str, acronyms: tuple[Collection[str], Collection[str]] = ((), ())
) -> bool:
    """Whether one word is the other misspelt, or another form of it.

    >>> is_slip_of("effiacy", "efficacy"), is_slip_of("etoposide", "teniposide")
    (True, False)
    """
    from rapidfuzz.distance import OSA

    if is_han(one) or is_han(two) or any(sign.isdigit() for sign in one + two):
        return one == two
    if are_two_drugs(one, two):
        return False
    if one in acronyms[0] and two in acronyms[1]:
        return one.removesuffix("s") == two.removesuffix("s")
    short, long = sorted((len(one), len(two)))
    allowed = 2 if short > 7 else 1 if long > 3 else 0
    if OSA.distance(one, two, score_cutoff=allowed) <= allowed:
        return True
    shared = next(
        (place for place in range(short) if one[place] != two[place]), short
    )  # decrease and decreased, metastasis and metastatic, treatment and treating
    return shared > 3 and shared >= 0.6 * short and long - shared < 5


def are_two_drugs(one: str, two: str) -> bool:
    return one != two and any(
        one.endswith(stem) and two.endswith(stem) and min(len(one), len(two)) > len(stem)
        for stem in STEMS
    )
