"""Pinyin written together, read syllable by syllable: Xiaoyan is xiao and yan, or xi, ao and yan.

Only the letters are looked at: many names of other languages can be read as pinyin as well.
"""

from __future__ import annotations

from functools import lru_cache

# The syllables of Hanyu Pinyin (ISO 7098:2015, annex A) by their beginnings, without tones. ü is v
# or yu, as databases and passports write it; where it lost its mark it is u.
SYLLABLES_BY_BEGINNING = """
- a o e ai ei ao ou an en ang eng er
b a o ai ei ao an en ang eng i ie iao ian in ing u
p a o ai ei ao ou an en ang eng i ie iao ian in ing u
m a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u
f a o ei ou an en ang eng u
d a e ai ei ao ou an en ang eng ong i ia ie iao iu ian ing u uo ui uan un
t a e ai ao ou an ang eng ong i ie iao ian ing u uo ui uan un
n a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan v yu ve ue yue
l a e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un v yu ve ue yue
g a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
k a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
h a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
j i ia ie iao iu ian in iang ing iong u ue uan un
q i ia ie iao iu ian in iang ing iong u ue uan un
x i ia ie iao iu ian in iang ing iong u ue uan un
zh a e i ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
ch a e i ai ao ou an en ang eng ong u ua uo uai ui uan un uang
sh a e i ai ei ao ou an en ang eng u ua uo uai ui uan un uang
r e i ao ou an en ang eng ong u uo ui uan un
z a e i ai ei ao ou an en ang eng ong u uo ui uan un
c a e i ai ao ou an en ang eng ong u uo ui uan un
s a e i ai ao ou an en ang eng ong u uo ui uan un
y a e ao ou an ang i in ing ong u ue uan un
w a o ai ei an en ang eng u
"""
SYLLABLES = frozenset(
    beginning.strip("-") + ending
    for beginning, *endings in map(str.split, SYLLABLES_BY_BEGINNING.strip().splitlines())
    for ending in endings
)
LONGEST_SYLLABLE = 6
LONGEST_NAME = 24  # letters
# 吕 and 女 have one sound with these spellings, and share the last with 卢 and 努.
SPELLINGS_OF_U = {
    form: sign + ending
    for sign in "ln"
    for ending, forms in (("u", ("v", "yu", "u")), ("ue", ("ve", "yue", "ue")))
    for form in (sign + one for one in forms)
}
# Family names of two syllables in common use.
OUYANG_AND_OTHERS = """
ouyang shangguan sima zhuge huangfu yuchi weichi gongsun murong linghu situ sikong xiahou dongfang
duanmu nangong zhangsun yuwen xuanyuan huyan wenren tantai shentu taishi zhongsun helian xianyu
puyang chunyu dugu tuoba baili diwu
"""
FAMILIES_OF_TWO = frozenset(OUYANG_AND_OTHERS.split())


@lru_cache(maxsize=8192)
def pinyin_readings(word: str) -> tuple[tuple[str, ...], ...]:
    """Every way to read the lower-case letters as syllables, the one with the fewest first."""
    if not word.isascii() or not 0 < len(word) <= LONGEST_NAME:
        return ()
    found: list[list[tuple[str, ...]]] = [[()], *([] for _ in word)]
    for place in range(1, len(word) + 1):
        for start in range(max(0, place - LONGEST_SYLLABLE), place):
            # A vowel alone stands at the beginning: silva is no name of three syllables.
            if word[start:place] in SYLLABLES and (start == 0 or place - start > 1):
                # Of the many readings of a long text a few will do.
                found[place] += [(*head, word[start:place]) for head in found[start][:8]]
        found[place].sort(key=len)
    return tuple(found[-1])


def is_pinyin(word: str) -> bool:
    return bool(pinyin_readings(word))


@lru_cache(maxsize=8192)
def pinyin_spellings(word: str) -> frozenset[str]:
    """The word, and with ü as the plain letter: lv, lyu and lu are alike, xiaolyu and xiaolv."""
    return frozenset(
        "".join(SPELLINGS_OF_U.get(syllable, syllable) for syllable in reading)
        for reading in pinyin_readings(word)
    ) | {word}


@lru_cache(maxsize=8192)
def syllable_initials(word: str) -> frozenset[str]:
    """The first letters of its syllables, in each reading: xiaoyan is xy, or xay."""
    return frozenset(
        "".join(syllable[0] for syllable in reading) for reading in pinyin_readings(word)
    )


def is_given_before_family(family: str, given: str) -> bool:
    """Whether what stands as family name has two syllables and what stands as given name one.

    So a Chinese name deposited in the order of speech looks; 欧阳 and its like are no such case.
    """
    if len(given) < 2 or family in FAMILIES_OF_TWO or given not in SYLLABLES:
        return False
    readings = pinyin_readings(family)
    return bool(readings) and len(readings[0]) == 2
