"""Which printed names stand for which people: English, Chinese, Cyrillic and others."""

import itertools

import pytest

from livingreview.references.comparison.authors import ListDifference, compare_authors
from livingreview.references.comparison.persons import same_family
from livingreview.references.comparison.transliteration import cyrillic_spells, pinyin_spells
from livingreview.references.names import parse_author_list, parse_name
from livingreview.references.record import Name


def people(text):
    """`Cheng/Ying; =ALTER group`: family/given, and groups."""
    names = []
    for part in filter(None, text.split("; ")):
        family, _, given = part.partition("/")
        names.append(Name(literal=part[1:]) if part[0] == "=" else Name(family, given or None))
    return names


def kind(cited, complete, found, found_complete=True):
    outcome = compare_authors(cited, complete, people(found), found_complete)
    return outcome.kind if isinstance(outcome, ListDifference) else outcome


# Printed list, record, outcome.
PRINTED = [
    # initials and given names
    ("run-together initials", "Chen WQ", "Chen/Wan-Qing", "same"),
    ("initials with a blank", "CHEN W Q", "Chen/Wanqing", "same"),
    ("initials with a hyphen", "Chen, W.-Q.", "Chen/Wan Qing", "same"),
    ("one initial for two", "Dowling, R.", "Dowling/Ryan JO", "same"),
    ("another second initial", "Dowling RK", "Dowling/Ryan JO", "given"),
    ("initial of a letter outside A to Z", "Żak Ł", "Żak/Łukasz", "same"),
    ("generation behind initials", "King ML Jr", "King/Martin Luther", "same"),
    ("generation behind the family", "King Jr., M.L.", "King/Martin Luther", "same"),
    ("generation after a comma", "KING M L, III", "King/Martin Luther", "same"),
    # particles
    ("particles before", "van der Berg, A.", "van der Berg/Anna", "same"),
    ("particles with the given name", "Berg, A. van der", "van der Berg/Anna", "same"),
    ("particles left out", "Berg A", "van der Berg/Anna", "same"),
    ("particles in capitals", "VAN DER BERG A", "van der Berg/Anna", "same"),
    ("de", "De Castro G", "de Castro/Gilberto", "same"),
    ("al- with a hyphen", "al-Masri, Y.", "Al Masri/Yusuf", "same"),
    ("al- left out", "Masri Y", "al-Masri/Yusuf", "same"),
    ("particle behind initials", "Silva Santos JP da", "Silva Santos/João Pedro da", "same"),
    ("particle behind stops", "Silva Santos, J. P. da", "Silva Santos/João Pedro da", "same"),
    ("particle behind one initial", "Silva Santos J da", "Silva Santos/João Pedro da", "same"),
    ("particle in the middle", "Silva ML", "Silva/Maria de Lourdes", "same"),
    ("particle with its initial", "Silva MDL", "Silva/Maria de Lourdes", "same"),
    ("apostrophe that is a letter", "OʼBrien M", "O'Brien/Mary", "same"),
    ("bin", "bin Mohamed, A.", "Mohamed/Ali bin", "same"),
    # double names
    ("first half", "García, G.", "García Márquez/Gabriel", "same"),
    ("first half, none of the mark", "Garcia, G.", "García Márquez/Gabriel", "same"),
    ("hyphen for the blank", "García-Márquez, G.", "García Márquez/Gabriel", "same"),
    ("second half", "Márquez, G.", "García Márquez/Gabriel", "same"),
    ("half in the given name", "Márquez, G.G.", "García Márquez/Gabriel", "same"),
    ("half with another given name", "García, L.", "García Márquez/Gabriel", "mismatch"),
    ("another half", "García Lorca, G.", "García Márquez/Gabriel", "mismatch"),
    # groups
    ("group on behalf of", "Cheng Y; on behalf of the ALTER Study Group",
     "Cheng/Ying; =ALTER Study Group", "same"),
    ("group after a semicolon", "Cheng Y, Han B; ALTER Study Group",
     "Cheng/Ying; Han/Baohui; =The ALTER Study Group", "same"),
    ("group with its abbreviation", "World Health Organization (WHO)",
     "=World Health Organization", "same"),
    ("group deposited as a family name", "ALTER Study Group", "ALTER Study Group/", "same"),
    ("group alone against people", "ALTER Study Group", "Cheng/Ying", "incomparable"),
    # Chinese names, family first or last
    ("family first in capitals", "ZHANG Wei", "Zhang/Wei", "same"),
    ("family first", "Zhang Wei, Li Na", "Zhang/Wei; Li/Na", "inverted"),
    ("family last", "Wei Zhang, Na Li", "Zhang/Wei; Li/Na", "same"),
    ("given initial first", "W. Zhang, N. Li", "Zhang/Wei; Li/Na", "same"),
    # the same with initials, capitals and ü, and with one name that is not exchanged
    ("family last, two initials", "Si XY, Zhang L", "Xiaoyan/Si; Li/Zhang", "inverted"),
    ("family last in capitals", "Si XY, Zhang L", "Xiaoyan/SI; Li/ZHANG", "inverted"),
    ("family last, stops", "Si, X.-Y., Zhang, L.", "Xiaoyan/SI; Li/ZHANG", "inverted"),
    ("family last, one of two", "Xu XM, Ouyang F", "Xiao-Ming/Xu; Ouyang/Fei", "inverted"),
    ("family last, small", "Wang L, Zhang XY", "li/wang; xiaoyan/zhang", "inverted"),
    ("family last, cut off", "Wang L, et al", "Li/Wang; Xiaoyan/Zhang", "inverted"),
    ("family last, no Chinese name", "Ivanova AM", "Anna/Ivanova", "inverted"),
    ("family last in the list", "Xiaoyan S, Li Z", "Si/Xiaoyan; Zhang/Li", "inverted"),
    ("family last, another initial", "Si XZ, Zhang L", "Xiaoyan/SI; Li/ZHANG", "mismatch"),
    ("family last, another name", "Si XY, Zheng L", "Xiaoyan/SI; Li/ZHANG", "mismatch"),
    ("family last, names exchanged", "Zhang L, Si XY", "Xiaoyan/SI; Li/ZHANG", "order"),
    ("family last, one lost", "Si XY", "Xiaoyan/SI; Li/ZHANG", "missing"),
    ("family last, ü", "Zhao Lv", "Zhao/Lü", "inverted"),
    ("capitals apart", "Zhang XY", "ZHANG/XIAO YAN", "same"),
    ("capitals without a comma", "ZHANG XIAO YAN, WANG LI", "Zhang/Xiaoyan; Wang/Li", "same"),
    ("family name in two parts", "OU YANG FEI", "Ouyang/Fei", "same"),
    ("capitals without a comma, another", "ZHANG XIAO YUN", "Zhang/Xiaoyan", "mismatch"),
    ("capitals apart, another name", "Zheng XY", "ZHANG/XIAO YAN", "mismatch"),
    # two letters
    ("Lu for Li", "Lu X", "Li/Xin", "mismatch"),
    ("Li for Lv", "Li X", "Lv/Xin", "mismatch"),
    ("He for Hu", "HE X", "Hu/Xin", "mismatch"),
    ("Xu with Lu's initial", "Xu L", "Lu/Lei", "mismatch"),
    # accents and TeX
    ("accents lost", "Sanchez-Vega F", "Sánchez-Vega/Francisco", "same"),
    ("decomposed accent", "Mu\u0308ller, J.", "Müller/Jörg", "same"),
    ("TeX in the record", "Müller, J.", 'M{\\"u}ller/J{\\"o}rg', "same"),
    ("Ł", "Lukasik A", "Łukasik/Anna", "same"),
    # ü
    ("Lü", "Lü B", "Lyu/Bing", "same"),
    ("LYU", "LYU B", "Lv/Bing", "same"),
    ("Lv", "Lv B", "Lü/Bing", "same"),
    ("Lu of Lü", "Lu B", "Lü/Bing", "same"),
    ("Lu of Lyu", "Lu B", "Lyu/Bing", "incomparable"),
    ("Lv of Lu", "Zhao L, Lv B", "Zhao/Lei; Lu/Bing", "incomparable"),
    ("Lu of Lyu, another initial", "Lu X", "Lyu/Bing", "given"),
    ("Lu of Lyu, another beside", "Zhou L, Lu B", "Zhao/Lei; Lyu/Bing", "mismatch"),
    ("Lu is not Li", "Lu B", "Li/Bing", "mismatch"),
    ("given Lü", "Lv Zhao", "Zhao/Lü", "same"),
    ("given Lyu", "Lyu Zhao", "Zhao/Lv", "same"),
    ("given Lü, initial", "Zhao L", "Zhao/Lyu", "same"),
    ("given Nü", "Nyu Li", "Li/Nv", "same"),
    ("syllable lü", "Xiaolyu Wang", "Wang/Xiaolv", "same"),
    ("syllable lü apart", "Xiao-Lü Wang", "Wang/Xiaolyu", "same"),
    ("syllable nü", "Xiunv Li", "Li/Xiu-Nyu", "same"),
    ("another given name", "Lin Zhao", "Zhao/Lü", "given"),
    ("Lü in characters", "吕旅, 赵女", "Lyu/Lv; Zhao/Nyu", "same"),
    # Chinese characters against pinyin
    ("characters, all fit", "刘通, 徐健, 许凝", "Liu/Tong; Xu/Jian; Xu/Ning", "same"),
    ("characters, given name first", "刘通, 徐健", "Tong/Liu; Jian/Xu", "same"),
    ("characters, initials", "陈万青, 欧阳华", "Chen/WQ; Ouyang/H.", "same"),
    ("characters, syllables apart", "陈万青", "Chen/Wan-Qing", "same"),
    ("characters, whole names", "陈万青", "Wanqing Chen/", "same"),
    ("characters, cut off", "刘通, 徐健, 等", "Liu/Tong; Xu/Jian; Xu/Ning", "same"),
    ("surnames of several readings", "单伟, 仇华, 解磊, 翟明, 曾勇",
     "Shan/Wei; Qiu/Hua; Xie/Lei; Zhai/Ming; Zeng/Yong", "same"),
    ("覃 is Qin", "覃敏", "Qin/Min", "same"),
    ("覃 is Tan", "覃敏", "Tan/Min", "same"),
    ("吕 is Lyu", "吕明", "Lyu/Ming", "same"),
    ("尉迟", "尉迟强", "Yuchi/Qiang", "same"),
    ("Cantonese says nothing", "黄伟", "Wong/Wai", "incomparable"),
    ("one who does not fit says nothing", "刘通, 徐健", "Liu/Tong; Wang/Jian", "incomparable"),
    ("characters exchanged", "徐健, 刘通", "Liu/Tong; Xu/Jian", "order"),
    ("exchanged, but only initials", "徐健, 刘通", "Liu/T.; Xu/J.", "incomparable"),
    ("a character's name lost", "刘通, 许凝", "Liu/Tong; Xu/Jian; Xu/Ning", "missing"),
    ("a character's name too many", "刘通, 徐健, 许凝", "Liu/Tong; Xu/Ning", "extra"),
    ("pinyin printed, characters in the record", "Liu T, Xu J", "刘/通; 徐/健", "same"),
    # Cyrillic
    ("Cyrillic, initials", "Ivanov I, Shcherbakov Y", "Иванов/Иван; Щербаков/Юрий", "same"),
    ("Cyrillic printed", "Иванов И.П., Ким А.И.", "Ivanov/Ivan P; Kim/Aleksei", "same"),
    ("Cyrillic, other systems", "Szczerbakow Y", "Щербаков/Юрий", "incomparable"),
    ("Cyrillic, not the name", "Petrov I", "Иванов/Иван", "incomparable"),
    ("Cyrillic on both sides", "Иванов И.П.", "Петров/Иван", "mismatch"),
    # other scripts
    ("Korean", "Kim, M.", "김/민수", "incomparable"),
    ("Greek", "Papadopoulos G", "Παπαδόπουλος/Γεώργιος", "incomparable"),
    # order, missing, extra, misspelt
    ("exchanged in the middle", "Cheng Y, Li K, Han B, Shi J",
     "Cheng/Ying; Han/Baohui; Li/Kai; Shi/Jianhua", "order"),
    ("exchanged in the middle, Chinese", "刘通, 许凝, 徐健, 王明",
     "刘/通; 徐/健; 许/凝; 王/明", "order"),
    ("dropped from the middle", "Cheng Y, Li K, Shi J",
     "Cheng/Ying; Han/Baohui; Li/Kai; Shi/Jianhua", "missing"),
    ("dropped from the middle, Chinese", "刘通, 许凝, 王明",
     "刘/通; 徐/健; 许/凝; 王/明", "missing"),
    ("dropped before et al.", "Cheng Y, Li K, et al",
     "Cheng/Ying; Han/B; Li/Kai; Shi/J", "missing"),
    ("dropped before 等", "刘通, 许凝, 等", "刘/通; 徐/健; 许/凝; 王/明", "missing"),
    ("one too many", "Cheng Y, Wu Q, Han B", "Cheng/Ying; Han/Baohui", "extra"),
    ("one too many, Chinese", "刘通, 吴起, 徐健", "刘/通; 徐/健", "extra"),
    ("first author misspelt", "Chang Y, Han B", "Cheng/Ying; Han/Baohui", "mismatch"),
    ("first author misspelt, Chinese", "刘同, 徐健", "刘/通; 徐/健", "mismatch"),
    ("first author misspelt before et al.", "Chang Y, et al", "Cheng/Ying; Han/B", "mismatch"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "found", "expected"), [pytest.param(*row, id=name) for name, *row in PRINTED]
)
def test_a_printed_list_against_a_record(printed, found, expected):
    names, complete = parse_author_list(printed)
    assert kind(names, complete, found) == expected


TWO_LETTERS = "Lu Li Xu Hu He Wu Ma Su Yu Ou Qi An Fu Gu Du Ye Ni Bi"


def test_no_two_letters_stand_for_two_others():
    short = TWO_LETTERS.split()
    alike = [
        (one, two)
        for one, two in itertools.combinations(short, 2)
        if same_family(Name(one, "X."), Name(two, "X."))
    ]
    assert alike == []


@pytest.mark.parametrize(
    ("cited", "found", "expected"),
    [
        pytest.param(
            "Cheng/Ying; Li/Kai; Han/B",
            "Cheng/Ying; Han/B; Li/Kai",
            ListDifference("order", "Cheng Ying, Li Kai, Han B", "Cheng Ying, Han B, Li Kai"),
            id="two names exchanged",
        ),
        pytest.param(
            "刘/通; 许/凝",
            "Liu/Tong; Xu/Jian; Xu/Ning",
            ListDifference("missing", "刘通, 许凝", "Xu Jian"),
            id="Chinese, a name lost",
        ),
        pytest.param(
            "刘/通; 徐/健; 许/凝",
            "Liu/Tong; Xu/Ning",
            ListDifference("extra", "徐健", "Liu Tong, Xu Ning"),
            id="Chinese, a name too many",
        ),
        pytest.param(
            "Chang/Y; Han/B",
            "Cheng/Ying; Han/B",
            ListDifference("mismatch", "Chang Y", "Cheng Ying"),
            id="misspelt",
        ),
    ],
)
def test_a_difference_names_those_concerned(cited, found, expected):
    assert compare_authors(people(cited), True, people(found), True) == expected


@pytest.mark.parametrize(
    ("cyrillic", "spellings"),
    [
        ("Иванов", "ivanov ivanoff iwanow"),
        ("Щербаков", "shcherbakov scherbakov shherbakov scerbakov"),
        ("Достоевский", "dostoevsky dostoyevskiy dostoevskii dostojevskij dostoevski"),
        ("Чайковский", "chaikovskii chaykovskiy tchaikovsky caikovskij"),
        ("Юрьев", "yuriev iurev yur'ev juriev".replace("'", "")),
        ("Хрущёв", "khrushchev khrushchyov hruscev"),
        ("Александр", "aleksandr alexandr"),
        ("Цой", "tsoy tsoi tzoi coj choi"),
        ("Яблоков", "yablokov iablokov jablokov ablokov"),
        ("Шевченко", "shevchenko sevcenko schewtschenko"),
        ("Ющенко", "yushchenko iushchenko juscenko"),
    ],
)
def test_systems_of_transliteration(cyrillic, spellings):
    known = {spelling: cyrillic_spells(cyrillic, spelling) for spelling in spellings.split()}
    missed = [spelling for spelling, fits in known.items() if not fits]
    assert missed == (["choi"] if cyrillic == "Цой" else [])


@pytest.mark.parametrize(
    ("cyrillic", "latin"), [("Иванов", "petrov"), ("Иванов", "ivano"), ("Ким", "kimov"), ("", "")]
)
def test_other_names_are_no_transliterations(cyrillic, latin):
    assert not cyrillic_spells(cyrillic, latin)


@pytest.mark.parametrize(
    ("han", "latin", "fits"),
    [
        ("单", "shan", True),
        ("仇", "qiu", True),
        ("解", "xie", True),
        ("翟", "zhai", True),
        ("曾", "zeng", True),
        ("覃", "qin", True),
        ("覃", "tan", True),
        ("吕", "lv", True),
        ("吕", "lu", True),
        ("卢", "lv", False),
        ("欧阳", "ouyang", True),
        ("尉迟", "yuchi", True),
        ("刘", "li", False),
        ("李", "lu", False),
        ("", "", False),
    ],
)
def test_readings_of_chinese_names(han, latin, fits):
    assert pinyin_spells(han, latin) is fits


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        pytest.param("LU N", Name("LU", "N"), id="two letters in capitals"),
        pytest.param("LU X Y", Name("LU", "X Y"), id="two letters, two initials"),
        pytest.param("E X", Name("E", "X"), id="one letter"),
        pytest.param("King Jr., M.L.", Name("King", "M.L. Jr."), id="generation first"),
        pytest.param("King, M.L., Jr.", Name("King", "M.L. Jr."), id="generation last"),
        pytest.param("ИВАНОВ И П", Name("ИВАНОВ", "И П"), id="Cyrillic"),
        pytest.param("Łukasik Ł", Name("Łukasik", "Ł"), id="initial outside Latin-1"),
        pytest.param("中华医学会肿瘤学分会", Name(literal="中华医学会肿瘤学分会"), id="branch"),
    ],
)
def test_a_name_is_parted(printed, expected):
    assert parse_name(printed) == expected


@pytest.mark.parametrize(
    ("printed", "names", "complete"),
    [
        pytest.param(
            "Cheng Y, Han B; ALTER Study Group",
            "Cheng/Y; Han/B; =ALTER Study Group",
            True,
            id="group after a semicolon",
        ),
        pytest.param("Smith, J.A.; Jones, B.", "Smith/J.A.; Jones/B.", True, id="MDPI"),
        pytest.param("Smith, John; Jones, Bob", "Smith/John; Jones/Bob", True, id="given names"),
        pytest.param(
            "Smith, J., Jones, B., . . . Wu, C.", "Smith/J.; Jones/B.", False, id="APA, three stops"
        ),
        pytest.param("王明；李华；等", "王/明; 李/华", False, id="Chinese, full-width semicolons"),
        pytest.param("王明, 李华, 其他.", "王/明; 李/华", False, id="Chinese, 其他"),
        pytest.param("WANG N，LU X，et al．", "WANG/N; LU/X", False, id="full-width commas"),
        pytest.param(
            "ALTER Study Group, LU N", "=ALTER Study Group; LU/N", True, id="group, two letters"
        ),
        pytest.param(
            "World Health Organization.", "=World Health Organization", True, id="full stop"
        ),
        pytest.param(
            "Cheng, Y., on behalf of the ALTER Investigators",
            "Cheng/Y.; =ALTER Investigators",
            True,
            id="on behalf of",
        ),
    ],
)
def test_an_author_list_is_parted(printed, names, complete):
    assert parse_author_list(printed) == (tuple(people(names)), complete)
