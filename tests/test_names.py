"""Names in reference lists and in BibTeX."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livingreview.references.names import (
    CUT_OFF,
    format_bibtex_names,
    parse_author_list,
    parse_bibtex_names,
    parse_name,
)
from livingreview.references.record import Name


def person(family, given=None):
    return Name(family=family, given=given)


def group(literal):
    return Name(literal=literal)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        pytest.param("Cipaian, R.C.", person("Cipaian", "R.C."), id="family, initials"),
        pytest.param("Bai, D.S.", person("Bai", "D.S."), id="two initials"),
        pytest.param("van Dorst, D.C.H.", person("van Dorst", "D.C.H."), id="particle"),
        pytest.param(
            "Fatehi Hassanabad, A.", person("Fatehi Hassanabad", "A."), id="family of two words"
        ),
        pytest.param("MacQueen, K.T.", person("MacQueen", "K.T."), id="inner capital"),
        pytest.param("Wang N", person("Wang", "N"), id="Vancouver"),
        pytest.param("van der Berg AB", person("van der Berg", "AB"), id="Vancouver, particle"),
        pytest.param("Smith J Jr", person("Smith", "J Jr"), id="Vancouver, generation"),
        pytest.param(
            "Silva Santos JP da", person("Silva Santos", "JP da"), id="particle behind initials"
        ),
        pytest.param("Berg A. van der", person("Berg", "A. van der"), id="particles behind stops"),
        pytest.param("Santos J P da Jr", person("Santos", "J P da Jr"), id="and a generation"),
        pytest.param("Müller-Schmidt D", person("Müller-Schmidt", "D"), id="hyphen, umlaut"),
        pytest.param("O'Neil C", person("O'Neil", "C"), id="apostrophe"),
        pytest.param("Liu Y.-Y.", person("Liu", "Y.-Y."), id="hyphened initials"),
        pytest.param("WANG Ning", person("WANG", "Ning"), id="GB/T, family in capitals"),
        pytest.param("Donald E. Knuth", person("Knuth", "Donald E."), id="given name first"),
        pytest.param(
            "Ludwig van Beethoven", person("van Beethoven", "Ludwig"), id="first von last"
        ),
        pytest.param("Plato", person("Plato"), id="one word"),
        pytest.param("刘通", person("刘", "通"), id="Chinese, two characters"),
        pytest.param("陈万青", person("陈", "万青"), id="Chinese, three characters"),
        pytest.param("欧阳修", person("欧阳", "修"), id="Chinese, compound family name"),
        pytest.param("司马 相如", person("司马", "相如"), id="Chinese, compound, blank"),
        pytest.param(
            "正大天晴药业集团股份有限公司",
            group("正大天晴药业集团股份有限公司"),
            id="Chinese company",
        ),
        pytest.param("编写组", group("编写组"), id="Chinese group as short as a name"),
        pytest.param("约翰·史密斯", group("约翰·史密斯"), id="transliterated name stays whole"),
        pytest.param(
            "World Health Organization", group("World Health Organization"), id="organization"
        ),
        pytest.param("ALTER Study Group", group("ALTER Study Group"), id="study group"),
    ],
)
def test_parse_name(printed, expected):
    assert parse_name(printed) == expected


@pytest.mark.parametrize(
    ("printed", "names", "complete"),
    [
        pytest.param(
            "Bai, D.S., Yao, Y.Y. and Lu, N.",
            [person("Bai", "D.S."), person("Yao", "Y.Y."), person("Lu", "N.")],
            True,
            id="publisher",
        ),
        pytest.param(
            "Cheng, Y., Han, B., *et al.*",
            [person("Cheng", "Y."), person("Han", "B.")],
            False,
            id="publisher, et al. in italics",
        ),
        pytest.param(
            "Smith, J. A., & Jones, B.",
            [person("Smith", "J. A."), person("Jones", "B.")],
            True,
            id="APA",
        ),
        pytest.param(
            "Wang N, van Dorst DCH, et al",
            [person("Wang", "N"), person("van Dorst", "DCH")],
            False,
            id="Vancouver, et al without full stop",
        ),
        pytest.param(
            "WANG N, ZHAO L",
            [person("WANG", "N"), person("ZHAO", "L")],
            True,
            id="GB/T in capitals",
        ),
        pytest.param(
            "刘通, 徐健, 等",
            [person("刘", "通"), person("徐", "健")],
            False,
            id="Chinese with 等",
        ),
        pytest.param(
            "刘通，徐健，许凝",
            [person("刘", "通"), person("徐", "健"), person("许", "凝")],
            True,
            id="Chinese, full-width commas",
        ),
        pytest.param("李华, 主编", [person("李", "华")], True, id="Chinese editor"),
        pytest.param(
            "ALTER Study Group, Cheng Y",
            [group("ALTER Study Group"), person("Cheng", "Y")],
            True,
            id="group and person",
        ),
        pytest.param("", [], True, id="nobody"),
        pytest.param("et al.", [], False, id="only et al."),
    ],
)
def test_parse_author_list(printed, names, complete):
    assert parse_author_list(printed) == (tuple(names), complete)


@pytest.mark.parametrize(
    ("field", "names", "complete"),
    [
        pytest.param("Knuth, Donald E.", [person("Knuth", "Donald E.")], True, id="family first"),
        pytest.param(
            "Donald E. Knuth and Plato",
            [person("Knuth", "Donald E."), person("Plato")],
            True,
            id="given first",
        ),
        pytest.param(
            "King, Jr, Martin", [person("King", "Martin, Jr")], True, id="three parts: generation"
        ),
        pytest.param(
            r"M{\"u}ller, J{\o}rgen and {\L}ukasz, A.",
            [person("Müller", "Jørgen"), person("Łukasz", "A.")],
            True,
            id="TeX accents",
        ),
        pytest.param(
            "{{Barnes and Noble, Inc.}}", [group("Barnes and Noble, Inc.")], True, id="group"
        ),
        pytest.param("{van der Berg} AB", [person("van der Berg", "AB")], True, id="braced family"),
        pytest.param(
            "刘, 通 and 徐健 and others",
            [person("刘", "通"), person("徐", "健")],
            False,
            id="Chinese, others",
        ),
        pytest.param("A, B\n  and C, D", [person("A", "B"), person("C", "D")], True, id="broken"),
        pytest.param("Land, Andy", [person("Land", "Andy")], True, id="and inside words"),
        pytest.param("", [], True, id="empty"),
        pytest.param(
            "Silva Santos JP da and Wang N",
            [person("Silva Santos", "JP da"), person("Wang", "N")],
            True,
            id="particle behind initials",
        ),
        # Lists that are cut off, in whatever words.
        *(
            pytest.param(
                f"Horn, L. and Wang, N.{end}",
                [person("Horn", "L."), person("Wang", "N.")],
                False,
                id=end.strip(" "),
            )
            for end in (
                " and others",
                " and Others.",
                " and et al.",
                " and et al",
                " and et. al.",
                " and {et al.}",
                " and {\\em et al.}",
                " and \\emph{et al}.",
                " and al., et",
                " and et~al.",
                " and 等",
                " and 等.",
                " and 等人",
                " and 其他",
                " and {等}",
                " and ...",
                " and …",
                ", et al.",
                " et al.",
                ", {et al.}",
            )
        ),
        *(
            pytest.param(
                f"程颖 and 王启鸣{end}", [person("程", "颖"), person("王", "启鸣")], False, id=end
            )
            for end in ("等", " 等", "，等", ", 等.", " and 等。", " and 其他人", " and et al.")
        ),
        pytest.param(
            "Horn, L. and others and Losonczy, G.", [person("Horn", "L.")], False, id="gap"
        ),
        pytest.param(
            "Horn, L. and ... and Losonczy, G.", [person("Horn", "L.")], False, id="gap of stops"
        ),
        pytest.param("程颖 and 等 and 史建华", [person("程", "颖")], False, id="gap, Chinese"),
        pytest.param(
            "Horn, L. and others and {ALTER Group}",
            [person("Horn", "L."), group("ALTER Group")],
            False,
            id="group behind the gap",
        ),
        # Lists with commas in place of "and".
        pytest.param(
            "Horn L, Wang N, et al", [person("Horn", "L"), person("Wang", "N")], False, id="commas"
        ),
        pytest.param(
            "Horn, L., Wang, N.", [person("Horn", "L."), person("Wang", "N.")], True, id="4 parts"
        ),
        pytest.param(
            "程颖，王启鸣，等", [person("程", "颖"), person("王", "启鸣")], False, id="，"
        ),
        pytest.param("山田, 太郎", [person("山田", "太郎")], True, id="one name of four signs"),
        pytest.param("司马, 相如, 等", [person("司", "马"), person("相", "如")], False, id="two"),
        pytest.param("Horn, Leora, et al.", [person("Horn", "Leora")], False, id="one, cut off"),
        pytest.param(
            "de la Cruz, Jr., Luis", [person("de la Cruz", "Luis, Jr.")], True, id="one with Jr."
        ),
        pytest.param(
            "{Merck, Sharp, Dohme, Inc}", [group("Merck, Sharp, Dohme, Inc")], True, id="company"
        ),
        # What only looks like it.
        pytest.param(
            "Etal, R. and Al, E.",
            [person("Etal", "R."), person("Al", "E.")],
            True,
            id="names like et al.",
        ),
    ],
)
def test_parse_bibtex_names(field, names, complete):
    assert parse_bibtex_names(field) == (tuple(names), complete)


# One line, as reading gives it: what is a blank at the ends or twice cannot come from a file.
words = (
    st.text(
        st.one_of(
            st.sampled_from("{}\\\"'@%#&$~^_,; andABc刘通éβ"),
            st.characters(blacklist_categories=("Cs", "Cc")),
        ),
        min_size=1,
        max_size=30,
    )
    .map(lambda text: " ".join(text.split(" ")).strip(" "))
    .filter(lambda text: text and "  " not in text and not CUT_OFF.fullmatch(text))
)
names = st.one_of(
    st.builds(Name, family=words, given=st.one_of(st.none(), words)),
    st.builds(Name, literal=words),
)


@settings(deadline=None)  # the first call reads dictionaries
@given(st.lists(names, max_size=4).map(tuple), st.booleans())
def test_bibtex_names_come_back(written, complete):
    assert parse_bibtex_names(format_bibtex_names(written, complete)) == (written, complete)


@settings(deadline=None)  # the first call reads dictionaries
@given(st.text(max_size=200))
def test_no_text_makes_the_parsers_fail(text):
    parse_name(text)
    parse_author_list(text)
    parse_bibtex_names(text)
