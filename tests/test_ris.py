"""Reading RIS: whole records as programs export them, single fields, and files that are broken."""

import time
from dataclasses import replace

import pytest

from livingreview.errors import InputError
from livingreview.references.reading.ris import parse_ris
from livingreview.references.record import Name, Reference

# As EndNote writes it: record numbers as ID, keywords and addresses below one tag, a group that
# ends in a comma, the article number in C7, a range in SP.
ENDNOTE = """\
TY  - JOUR
AB  - BACKGROUND: Anlotinib inhibits angiogenesis.
OS - overall survival is the second end point.
AD  - Department of Oncology, Shanghai.
Department of Radiotherapy, Beijing.
AU  - Cheng, Y.
AU  - King, M. L., Jr.
AU  - ALTER1202 Study Group,
AU  - Jiangsu Province Hospital,, Nanjing,
C7  - 917089
DA  - Mar 4
DO  - 10.3389/FONC.2022.917089
IS  - 2
KW  - *Lung Neoplasms
Humans
Middle Aged
LA  - eng
N1  - 1234-5678
Cheng, Ying
Journal Article
PY  - 2022
SN  - 2234-943X
SP  - 366-371
ST  - Anlotinib in small cell lung cancer
T2  - Front Oncol
TI  - Anlotinib in small cell lung cancer: a phase 2 trial
UR  - https://www.ncbi.nlm.nih.gov/pubmed/1234
https://doi.org/10.3389/other
VL  - 12
ID  - 17
ER  - 

TY  - JOUR
AU  - 刘, 通
AU  - 欧阳, 明
LA  - Chinese
PY  - 2021
SP  - 218-221
T2  - 实用肿瘤杂志
TI  - 安罗替尼治疗小细胞肺癌一例
VL  - 36
ID  - 18
ER  - 
"""


def test_endnote():
    assert parse_ris(ENDNOTE, "list.ris") == [
        Reference(
            key="cheng2022anlotinib",
            number=1,
            type="article",
            line=1,
            language="en",
            title="Anlotinib in small cell lung cancer: a phase 2 trial",
            authors=(
                Name("Cheng", "Y."),
                Name("King", "M. L., Jr."),
                Name(literal="ALTER1202 Study Group"),
                Name(literal="Jiangsu Province Hospital, Nanjing"),
            ),
            container_title="Front Oncol",
            year=2022,
            volume="12",
            issue="2",
            page="366-371",
            article_number="917089",
            doi="10.3389/fonc.2022.917089",
            doi_printed="10.3389/FONC.2022.917089",
            url="https://www.ncbi.nlm.nih.gov/pubmed/1234",
            note="1234-5678 Cheng, Ying Journal Article",
        ),
        Reference(
            key="liu2021anluo",
            number=2,
            type="article",
            line=33,
            language="zh",
            title="安罗替尼治疗小细胞肺癌一例",
            authors=(Name("刘", "通"), Name("欧阳", "明")),
            container_title="实用肿瘤杂志",
            year=2021,
            volume="36",
            page="218-221",
        ),
    ]


# As Zotero writes it: no ID, rich text, J2 and JA beside T2, a date with its day, a web page.
ZOTERO = """\
TY  - JOUR
TI  - Targeting <i>MYC</i> and PDGFR<sub>β</sub>
AU  - Yuan, Jing
AU  - van der Berg, Anna
AU  - World Health Organization
T2  - Cancer Medicine
AB  - Abstract
DA  - 2021/03/04/
PY  - 2021
DO  - 10.1002/cam4.4507
DP  - Wiley Online Library
VL  - 10
IS  - 5
SP  - 366
EP  - 371
J2  - Cancer Med
LA  - en
SN  - 2045-7634
UR  - https://onlinelibrary.wiley.com/doi/abs/10.1002/cam4.4507
Y2  - 2023/03/13/10:26:41
ER  - 

TY  - ELEC
TI  - 关于肺癌诊疗指南的通知
AU  - 国家卫生健康委员会
T2  - 官方网站
DA  - 2022/4/8/
PY  - 2022
LA  - zh-CN
UR  - https://example.org/a b
Y2  - 2023/03/13/
ER  - 


"""


def test_zotero():
    assert parse_ris(ZOTERO, "list.ris") == [
        Reference(
            key="yuan2021targeting",
            number=1,
            type="article",
            line=1,
            language="en",
            title="Targeting MYC and PDGFRβ",
            authors=(
                Name("Yuan", "Jing"),
                Name("van der Berg", "Anna"),
                Name(literal="World Health Organization"),
            ),
            container_title="Cancer Medicine",
            year=2021,
            volume="10",
            issue="5",
            page="366-371",
            doi="10.1002/cam4.4507",
            doi_printed="10.1002/cam4.4507",
            url="https://onlinelibrary.wiley.com/doi/abs/10.1002/cam4.4507",
            note="published 2021-03-04; accessed 2023-03-13",
        ),
        Reference(
            key="guojia2022guanyu",
            number=2,
            type="online",
            line=23,
            language="zh",
            title="关于肺癌诊疗指南的通知",
            authors=(Name(literal="国家卫生健康委员会"),),
            container_title="官方网站",
            year=2022,
            url="https://example.org/a b",
            note="published 2022-04-08; accessed 2023-03-13",
        ),
    ]


# As Mendeley and publishers' pages write it: T1, JF and JO, Y1, the resolver's address, M3.
MENDELEY = """\
Provider: Silverchair
Content: text/plain; charset="UTF-8"

TY  - JOUR
T1  - Anlotinib as maintenance
A1  - Wang, N.
A1  - Zhao, L.
A1  - et al.
Y1  - 2022/1//
JF  - Anti-Cancer Drugs
JO  - Anticancer Drugs
VL  - 34
SP  - e46
M3  - doi: 10.1097/CAD.0000000000001488
LB  - wang2022
ER  - 
TY  - CHAP
T1  - Small cell lung cancer
AU  - Wang N
A2  - Editor, Some
T2  - Textbook of Oncology
PB  - Springer
PY  - 2019///
SP  - 100
EP  - 110
UR  - http://dx.doi.org/10.1007/978-3-030-00000-0_3
ER  -
EF  - 
"""


def test_mendeley_and_publishers():
    assert parse_ris(MENDELEY, "list.ris") == [
        Reference(
            key="wang2022",
            number=1,
            type="article",
            line=4,
            title="Anlotinib as maintenance",
            authors=(Name("Wang", "N."), Name("Zhao", "L.")),
            authors_complete=False,
            container_title="Anti-Cancer Drugs",
            year=2022,
            volume="34",
            article_number="e46",
            doi="10.1097/cad.0000000000001488",
            doi_printed="doi: 10.1097/CAD.0000000000001488",
            note="published 2022-01",
        ),
        Reference(
            key="wang2019small",
            number=2,
            type="incollection",
            line=17,
            title="Small cell lung cancer",
            authors=(Name("Wang", "N"),),
            container_title="Textbook of Oncology",
            year=2019,
            page="100-110",
            doi="10.1007/978-3-030-00000-0_3",
            url="http://dx.doi.org/10.1007/978-3-030-00000-0_3",
        ),
    ]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text, id="as it is"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="Windows line ends"),
        pytest.param(lambda text: text.replace("\n", "\r"), id="old Macintosh line ends"),
        pytest.param(lambda text: text.rstrip(), id="no line end, no blank after the last ER"),
        pytest.param(lambda text: text.replace("  - ", " - "), id="one blank before the hyphen"),
        pytest.param(
            lambda text: "\n".join(
                f"  {line}" if line[2:6] == "  - " else line for line in text.split("\n")
            ),
            id="indented tags",
        ),
        pytest.param(lambda text: text + "\x1a", id="the end sign of DOS"),
    ],
)
def test_line_ends_and_blanks_change_nothing(change):
    assert parse_ris(change(ENDNOTE), "list.ris") == parse_ris(ENDNOTE, "list.ris")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param("PY  - 2021/03/04/", {"year": 2021, "note": "published 2021-03-04"}, id="PY"),
        pytest.param("Y1  - 2021/3//Spring", {"year": 2021, "note": "published 2021-03"}, id="Y1"),
        pytest.param("DA  - 2021", {"year": 2021}, id="DA with a year"),
        pytest.param("PY  - 2021\nDA  - 2020/12/30", {"year": 2021}, id="DA of another year"),
        pytest.param("PY  - in press", {}, id="no year"),
        pytest.param("PY  - 2021/13/40", {"year": 2021}, id="no month"),
        pytest.param("SP  - 366\nEP  - 71", {"page": "366-71"}, id="SP and EP"),
        pytest.param("SP  - 366-371\nEP  - 371", {"page": "366-371"}, id="a range, and EP"),
        pytest.param("SP  - S1–S4", {"page": "S1-S4"}, id="a range with a dash"),
        pytest.param("SP  - 83\nEP  - 83", {"page": "83-83"}, id="one page twice"),
        pytest.param("SP  - 917089", {"article_number": "917089"}, id="an article number in SP"),
        pytest.param("SP  - 47", {"page": "47"}, id="one page"),
        pytest.param("EP  - 371", {"page": "371"}, id="only the last page"),
        pytest.param("C7  - e46", {"article_number": "e46"}, id="an article number in C7"),
        pytest.param("CP  - 3", {"issue": "3"}, id="issue in CP"),
        pytest.param(
            "DO  - https://doi.org/10.1000/X",
            {"doi": "10.1000/x", "doi_printed": "https://doi.org/10.1000/X"},
            id="resolver",
        ),
        pytest.param("DO  - 10.10/abc", {"doi_printed": "10.10/abc"}, id="a DOI that is none"),
        pytest.param("UR  - <Go to ISI>://WOS:1", {"url": "<Go to ISI>://WOS:1"}, id="no address"),
        pytest.param("LA  - zh", {"language": "zh"}, id="language"),
        pytest.param("LA  - jpn", {"language": "jpn"}, id="another language"),
        pytest.param("AU  - 刘通", {"authors": (Name("刘", "通"),)}, id="zh name without comma"),
        pytest.param("AU  - 刘，通", {"authors": (Name("刘", "通"),)}, id="full-width comma"),
        pytest.param(
            "AU  - 刘通;徐健；许凝",
            {"authors": (Name("刘", "通"), Name("徐", "健"), Name("许", "凝"))},
            id="several names in one line",
        ),
        pytest.param(
            "AU  - 刘通\nAU  - 等",
            {"authors": (Name("刘", "通"),), "authors_complete": False},
            id="zh list cut off",
        ),
        pytest.param(
            "AU  - Wang, N.\nAU  - al., et",
            {"authors": (Name("Wang", "N."),), "authors_complete": False},
            id="et al. as a program takes it apart",
        ),
        pytest.param(
            "AU  - Wang, N., et al.",
            {"authors": (Name("Wang", "N."),), "authors_complete": False},
            id="et al. behind a name",
        ),
        pytest.param(
            "AU  - Chia Tai Tianqing Pharmaceutical Group Co., Ltd.",
            {"authors": (Name(literal="Chia Tai Tianqing Pharmaceutical Group Co., Ltd."),)},
            id="a company with a comma",
        ),
        pytest.param(
            "AU  - Chinese Anti-Cancer Association, Lung Cancer Group",
            {"authors": (Name(literal="Chinese Anti-Cancer Association, Lung Cancer Group"),)},
            id="a group with a comma",
        ),
        pytest.param(
            "AU  - 中国抗癌协会, 肺癌专业委员会",
            {"authors": (Name(literal="中国抗癌协会, 肺癌专业委员会"),)},
            id="a Chinese group with a comma",
        ),
        pytest.param(
            "AU  - Novartis, Inc.", {"authors": (Name(literal="Novartis, Inc."),)}, id="a firm"
        ),
        pytest.param(
            "AU  - van Dorst, AG", {"authors": (Name("van Dorst", "AG"),)}, id="initials, no firm"
        ),
        pytest.param("T2  - J\nJF  - Journal", {"container_title": "Journal"}, id="JF"),
        pytest.param("JA  - J Clin Oncol", {"container_title": "J Clin Oncol"}, id="JA alone"),
        pytest.param("XX  - what\nU1  - ever", {}, id="unknown tags"),
        pytest.param("TI  -\nAU  -", {}, id="empty values"),
        pytest.param("TI  - A long\n      title", {"title": "A long title"}, id="a title goes on"),
        pytest.param(
            "T2  - Journal of\n  Trials",
            {"container_title": "Journal of Trials"},
            id="a journal goes on",
        ),
        pytest.param("TI  - A\u2028B", {"title": "A\u2028B"}, id="a line separator is no line end"),
        pytest.param("TI  - p < 0.05 & <b>x</b>", {"title": "p < 0.05 & x"}, id="markup"),
    ],
)
def test_fields(lines, expected):
    if not set(expected) - {"language"}:  # an empty record is refused
        lines, expected = f"VL  - 1\n{lines}", {"volume": "1", **expected}
    (reference,) = parse_ris(f"TY  - JOUR\nID  - k\n{lines}\nER  - \n", "list.ris")
    assert reference == replace(Reference(key="k", number=1, line=1), **expected)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            "TY  - BOOK\nTI  - Oncology\nT2  - A series\nPB  - Springer\nSP  - 350",
            {"type": "book", "title": "Oncology", "container_title": "Springer"},
            id="a book: publisher, no pages",
        ),
        pytest.param(
            "TY  - THES\nTI  - T\nPB  - 复旦大学\nSP  - 90",
            {"type": "phdthesis", "title": "T", "container_title": "复旦大学"},
            id="a thesis",
        ),
        pytest.param(
            "TY  - CONF\nTI  - T\nT2  - ASCO 2021\nC3  - Proceedings",
            {"type": "inproceedings", "title": "T", "container_title": "Proceedings"},
            id="a conference paper",
        ),
        pytest.param(
            "TY  - GEN\nTI  - A trial\nM1  - NCT07388875",
            {"type": "misc", "title": "A trial", "registration": "NCT07388875"},
            id="a registration in M1",
        ),
        pytest.param(
            "TY  - ELEC\nTI  - 试验\nUR  - https://www.chictr.org.cn/ChiCTR1900025128",
            {
                "type": "online",
                "title": "试验",
                "url": "https://www.chictr.org.cn/ChiCTR1900025128",
                "registration": "ChiCTR1900025128",
            },
            id="a registration in the address",
        ),
        pytest.param(
            "TY  - GEN\nTI  - Results of NCT07388875\nDO  - 10.1000/x",
            {
                "type": "misc",
                "title": "Results of NCT07388875",
                "doi": "10.1000/x",
                "doi_printed": "10.1000/x",
            },
            id="a paper about a trial is no registration",
        ),
        pytest.param("TY  - XYZ\nTI  - T", {"type": "misc", "title": "T"}, id="an unknown type"),
    ],
)
def test_types(lines, expected):
    (reference,) = parse_ris(f"{lines}\nID  - k\nER  - \n", "list.ris")
    assert reference == replace(Reference(key="k", number=1, line=1), **expected)


@pytest.mark.parametrize(
    ("heads", "keys"),
    [
        pytest.param(["ID  - a", "ID  - b"], ["a", "b"], id="as they are"),
        pytest.param(["ID  - a", "ID  - a"], ["x2021", "x2021-b"], id="of two records, none"),
        pytest.param(["ID  - x2021", ""], ["x2021", "x2021-b"], id="a made key avoids a given one"),
        pytest.param(["LB  - a", "ID  - b\nLB  - c"], ["a", "b"], id="the label"),
        pytest.param(["ID  - Wang et al", ""], ["x2021", "x2021-b"], id="one that cannot be cited"),
        pytest.param(["ID  - {a}", "ID  - 刘2021"], ["x2021", "刘2021"], id="braces, Chinese"),
    ],
)
def test_keys(heads, keys):
    text = "".join(f"TY  - JOUR\n{head}\nAU  - X, Y.\nPY  - 2021\nER  - \n\n" for head in heads)
    assert [reference.key for reference in parse_ris(text, "list.ris")] == keys


A = "TY  - JOUR\nTI  - A\nER  - \n"


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        pytest.param("", None, "the list holds no record", id="empty"),
        pytest.param("\n\n", None, "the list holds no record", id="empty lines"),
        pytest.param("Provider: x\n", None, "the list holds no record", id="only a header"),
        pytest.param(
            f"TY  - JOUR\nTI  - A\n{A}",
            1,
            "no end before the next one begins on line 3: its line ER is missing",
            id="ER missing between two",
        ),
        pytest.param(f"{A}TY  - JOUR\nTI  - B\n", 4, "no end before the end", id="ER missing last"),
        pytest.param("TI  - A\nER  - \n", 1, "TI stands before any TY", id="TY missing first"),
        pytest.param(f"{A}TI  - B\nER  - \n", 4, "TI stands before any TY", id="TY missing later"),
        pytest.param(f"{A}ER  - \n", 4, "ER ends a record, but none has begun", id="ER twice"),
        pytest.param("TY  - \nER  - \n", 1, "TY names no type", id="TY without type"),
        pytest.param(
            "TY  - JOUR\nPY  - 2021\nLost words\nER  - \n",
            3,
            '"Lost words" has no tag, and PY above it takes one line',
            id="a line without tag",
        ),
        pytest.param(
            "TY  - JOUR\nAU  - 刘, 通\n徐, 健\nER  - \n",
            3,
            '"徐, 健" has no tag, and AU above it takes one line',
            id="a name without tag",
        ),
        pytest.param(f"{A}Lost words\n", 4, '"Lost words" stands in no record', id="stray text"),
        pytest.param("Lost words\n", 1, '"Lost words" stands in no record', id="stray at the top"),
        pytest.param(
            "TY  - JOUR\nTI  - A\nty  - JOUR\nER  - \n",
            3,
            'the tag of "ty - JOUR" cannot be read',
            id="a tag in small letters",
        ),
        pytest.param(
            "TY  - JOUR\nN1  - A\nTI  – B\nER  - \n",
            3,
            'the tag of "TI – B" cannot be read',
            id="a dash for the hyphen",
        ),
        pytest.param(
            "TY  - JOUR\nN1  - A\nTY: JOUR\nTI  - B\nER  - \n",
            3,
            'the tag of "TY: JOUR" cannot be read',
            id="ER lost and TY spoilt",
        ),
        pytest.param(
            "TY  - JOUR\nTI  - A\nVL  - 1\nTI  - B\nVL  - 2\nER  - \n",
            4,
            "the record of line 1 has TI twice (lines 2 and 4), and more of its fields; are these",
            id="ER and TY lost between two",
        ),
        pytest.param("TY  - JOUR\nTI  - \x00\nER  - \n", 2, "control character U+0000", id="NUL"),
    ],
)
def test_broken_files_are_refused_with_the_line(text, line, problem):
    with pytest.raises(InputError) as caught:
        parse_ris(text, "list.ris")
    assert problem in str(caught.value)
    place = "list.ris: " if line is None else f"list.ris:{line}: "
    assert str(caught.value).startswith(place)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("TY  - JOUR\nTI  - " + "a" * 2_000_000 + "\nER  - \n", id="a long title"),
        pytest.param("TY  - JOUR\nN1  - x\n" + "line\n" * 200_000 + "ER  - \n", id="a long note"),
        pytest.param("TY  - JOUR\n" + "AU  - X, Y\n" * 50_000 + "ER  - \n", id="many authors"),
        pytest.param("TY  - JOUR\nVL  - 1\nER  - \n" * 20_000, id="many records of one key"),
        pytest.param("TY  - JOUR\nTI  - " + "<" * 500_000 + "\nER  - \n", id="many brackets"),
        pytest.param(
            "TY  - JOUR\nAU  - " + "et al " * 100_000 + "\nER  - \n", id="many words of a cut"
        ),
        pytest.param("TY  - JOUR\nN1  - x\n" + " " * 1_000_000 + "x\nER  - \n", id="many blanks"),
    ],
)
def test_hostile_sizes_take_linear_time(text):
    start = time.perf_counter()
    parse_ris(text, "list.ris")
    assert time.perf_counter() - start < 5
