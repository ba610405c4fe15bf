"""Chinese names in pinyin: syllables, their initials, and which half stands where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingreview.references.comparison.persons import can_begin, seems_inverted
from livingreview.references.comparison.pinyin import (
    SYLLABLES,
    is_pinyin,
    pinyin_readings,
    pinyin_spellings,
    syllable_initials,
)
from livingreview.references.record import Name


@pytest.mark.parametrize(
    ("word", "readings"),
    [
        ("li", {("li",)}),
        ("xian", {("xian",), ("xi", "an")}),
        ("xiaoyan", {("xiao", "yan"), ("xi", "ao", "yan")}),
        ("ouyang", {("ou", "yang")}),
        ("xiaolyu", {("xiao", "lyu"), ("xi", "ao", "lyu")}),
        ("zhuang", {("zhuang",), ("zhu", "ang")}),
        ("smith", set()),
        ("silva", set()),
        ("müller", set()),
        ("", set()),
        ("li" * 200, set()),
    ],
)
def test_a_word_is_read_as_syllables(word, readings):
    assert set(pinyin_readings(word)) == readings


def test_the_reading_with_the_fewest_syllables_comes_first():
    assert pinyin_readings("xiaoyan")[0] == ("xiao", "yan")


longer = st.sampled_from(sorted(one for one in SYLLABLES if len(one) > 1))


@given(st.lists(longer, min_size=1, max_size=3))
def test_syllables_written_together_can_be_read(syllables):
    word = "".join(syllables)
    assert is_pinyin(word)
    assert min(map(len, pinyin_readings(word))) <= len(syllables)
    assert all("".join(reading) == word for reading in pinyin_readings(word))


@pytest.mark.parametrize(
    "alike",
    ["lv lyu lu", "nv nyu nu", "xiaolv xiaolyu xiaolu", "lvping lyuping luping", "lve lyue lue"],
)
def test_one_sound_has_one_spelling(alike):
    spellings = [pinyin_spellings(word) for word in alike.split()]
    assert frozenset.intersection(*spellings) == {alike.split()[-1]}


@pytest.mark.parametrize("word", ["alves", "silva", "lyudmila", "li", "liu", "nuo"])
def test_other_words_keep_their_spelling(word):
    assert pinyin_spellings(word) == {word}


@pytest.mark.parametrize(
    ("word", "initials"), [("xiaoyan", {"xy", "xay"}), ("bo", {"b"}), ("robert", set())]
)
def test_initials_of_syllables(word, initials):
    assert syllable_initials(word) == initials


@pytest.mark.parametrize(
    ("initials", "name", "other", "fits"),
    [
        pytest.param("x", "Xiaoyan", "Si", True, id="one initial"),
        pytest.param("xy", "Xiaoyan", "Si", True, id="two syllables"),
        pytest.param("xy", "XIAOYAN", "Si", True, id="in capitals"),
        pytest.param("xm", "Xiao-Ming", "Xu", True, id="hyphen"),
        pytest.param("xm", "Xiao Ming", "Xu", True, id="blank"),
        pytest.param("xz", "Xiaoyan", "Si", False, id="another second initial"),
        pytest.param("y", "Xiaoyan", "Si", False, id="the second alone"),
        pytest.param("lz", "Li", "Wei", False, id="one too many of two syllables"),
        pytest.param("jq", "John", "Smith", True, id="a second name left out"),
        pytest.param("am", "Anna", "Ivanova", True, id="could be pinyin, beside what cannot"),
        pytest.param("q", "John", "Smith", False, id="another initial"),
        pytest.param("sh", "Sehoon", "Lee", True, id="Korean syllables"),
        pytest.param("а", "Анна", "Иванова", True, id="Cyrillic"),
    ],
)
def test_initials_can_be_those_of_a_name(initials, name, other, fits):
    assert can_begin(initials, name, other) is fits


@pytest.mark.parametrize(
    ("family", "given_name", "expected"),
    [
        pytest.param("Xiaoyan", "Zhang", True, id="two syllables before one"),
        pytest.param("Xiaoyan", "SI", True, id="family in capitals"),
        pytest.param("xiaoyan", "zhang", True, id="small letters"),
        pytest.param("Xiao-Ming", "Xu", True, id="hyphen"),
        pytest.param("Li", "ZHANG", True, id="only the given name in capitals"),
        pytest.param("Anna", "IVANOVA", True, id="the same, no Chinese name"),
        pytest.param("Li", "WANG", True, id="four capitals that are a syllable"),
        pytest.param("Luis", "PAZ-ARES", True, id="capitals of two parts"),
        pytest.param("Smith", "J.-L. M.A.", False, id="many initials"),
        pytest.param("Zhang", "Xiaoyan", False, id="as it should be"),
        pytest.param("ZHANG", "XIAO YAN", False, id="all in capitals"),
        pytest.param("Ouyang", "Fei", False, id="family name of two syllables"),
        pytest.param("Li", "Wang", False, id="nobody can tell"),
        pytest.param("Smith", "JA", False, id="initials"),
        pytest.param("Smith", "RJ", False, id="initials without a vowel"),
        pytest.param("Xiaoyan", "X", False, id="one letter"),
        pytest.param("Liang", "Bo", False, id="one syllable that could be two"),
        pytest.param("García Márquez", "Gabriel", False, id="Spanish"),
        pytest.param("司", "晓燕", False, id="characters"),
        pytest.param("Plato", None, False, id="no given name"),
    ],
)
def test_a_name_that_seems_inverted(family, given_name, expected):
    assert seems_inverted(Name(family=family, given=given_name)) is expected
