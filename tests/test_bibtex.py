"""Reading, writing and mending BibTeX."""

import string
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from livingreview.errors import InputError
from livingreview.references.doi import normalise_doi
from livingreview.references.reading.bibtex import (
    read_bibtex,
    replace_fields,
    write_bibtex,
)
from livingreview.references.reading.tex import decode_tex, encode_tex
from livingreview.references.record import Name, Reference

BIBLIOGRAPHY = ROOT / "data" / "references.bib"


@pytest.fixture
def read(tmp_path):
    """Reads a text as a file."""

    def read_text(text):
        path = tmp_path / "list.bib"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_bibtex(path)

    return read_text


ARTICLE = r"""@string{jco = "Journal of {Clinical} " # {Oncology}}
% A comment, with an @ in it: me@example.org
@Article{mueller2020beta,
  Author  = {M{\"u}ller, J{\o}rgen and {{Barnes and Noble, Inc.}} and others},
  title   = "The {PDGFR}$\beta$ trial \& its 5\% rule,
             in {\em vitro}",
  journal = jco,
  year    = 2020, volume = 12, number = {3 Suppl},
  pages   = {100--110},
  doi     = {https://doi.org/10.1000/AB_c(1)},
  langid  = {american}
}
"""


def test_every_field_of_an_article(read):
    assert read(ARTICLE) == [
        Reference(
            key="mueller2020beta",
            number=1,
            type="article",
            line=3,
            language="en",
            title="The PDGFRβ trial & its 5% rule, in vitro",
            authors=(Name("Müller", "Jørgen"), Name(literal="Barnes and Noble, Inc.")),
            authors_complete=False,
            container_title="Journal of Clinical Oncology",
            year=2020,
            volume="12",
            issue="3 Suppl",
            page="100-110",
            doi="10.1000/ab_c(1)",
            doi_printed="https://doi.org/10.1000/AB_c(1)",
        )
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param("eid = {917089}", {"article_number": "917089"}, id="eid"),
        pytest.param("pages = {e46–e57}", {"page": "e46-e57"}, id="en dash"),
        pytest.param("number = {NCT07388875}", {"registration": "NCT07388875"}, id="registration"),
        pytest.param(
            "date = {2022-04-08}, urldate = {2023-03-13}",
            {"year": 2022, "note": "published 2022-04-08; accessed 2023-03-13"},
            id="dates of a page",
        ),
        pytest.param("date = {2022}", {"year": 2022}, id="date that is a year"),
        pytest.param("year = {in press}", {}, id="no year"),
        pytest.param("langid = {chinese}", {"language": "zh"}, id="Chinese"),
        pytest.param("language = {zh-CN}", {"language": "zh"}, id="Chinese, language tag"),
        pytest.param("langid = {ngerman}", {"language": "ngerman"}, id="another language"),
        pytest.param("title = {}, note = { }", {}, id="empty fields are absent"),
        pytest.param(
            "doi = {doi: 10.1000/X.}",
            {"doi": "10.1000/x", "doi_printed": "doi: 10.1000/X."},
            id="DOI with label and full stop",
        ),
        pytest.param(
            "doi = {10.10/abc}", {"doi": None, "doi_printed": "10.10/abc"}, id="DOI that is none"
        ),
        pytest.param(
            "url = {https://doi.org/10.1000/x}",
            {"doi": "10.1000/x", "url": "https://doi.org/10.1000/x"},
            id="DOI only as an address",
        ),
        pytest.param(r"url = {http://a.b/~c\_d%20}", {"url": "http://a.b/~c_d%20"}, id="address"),
        pytest.param("journaltitle = {J}", {"container_title": "J"}, id="biblatex journal"),
    ],
)
def test_fields(read, fields, expected):
    (reference,) = read(f"@misc{{k, {fields} }}")
    assert reference == replace(Reference(key="k", number=1, type="misc", line=1), **expected)


ON_REGISTRY = "https://clinicaltrials.gov/study/NCT07388875"


@pytest.mark.parametrize(
    ("entry", "number"),
    [
        pytest.param("@misc{k, note = {Clinical trial NCT07388875}}", "NCT07388875", id="note"),
        pytest.param(
            "@misc{k, note = {临床试验注册号：ChiCTR1900025128}}", "ChiCTR1900025128", id="zh"
        ),
        pytest.param(f"@online{{k, url = {{{ON_REGISTRY}}}}}", "NCT07388875", id="address"),
        pytest.param("@www{k, eprint = {NCT07388875}}", "NCT07388875", id="eprint"),
        pytest.param(
            "@techreport{k, number = {No. ISRCTN12345678}}", "ISRCTN12345678", id="number"
        ),
        pytest.param(
            "@electronic{k, howpublished = {ClinicalTrials.gov (NCT07388875)}}",
            "NCT07388875",
            id="how it was published",
        ),
        pytest.param(
            "@dataset{k, title = {A phase 2 trial, NCT07388875}}", "NCT07388875", id="title"
        ),
        pytest.param(
            f"@misc{{k, title = {{NCT07388875}}, url = {{{ON_REGISTRY}}}}}",
            "NCT07388875",
            id="the same number twice",
        ),
        pytest.param("@article{k, note = {NCT07388875}}", None, id="an article"),
        pytest.param("@incollection{k, title = {NCT07388875}}", None, id="a chapter"),
        pytest.param("@book{k, note = {NCT07388875}}", None, id="a book"),
        pytest.param("@misc{k, note = {NCT07388875; NCT03059797}}", None, id="two trials"),
        pytest.param(
            "@misc{k, note = {NCT07388875}, doi = {10.1000/x}}", None, id="a work with a DOI"
        ),
        pytest.param(
            "@misc{k, note = {NCT07388875}, journal = {J}}", None, id="a work in a journal"
        ),
        pytest.param(
            "@misc{k, title = {NCT07388875}, howpublished = {medRxiv}}", None, id="a preprint"
        ),
        pytest.param("@misc{k, note = {NCT073888751}}", None, id="more digits than it has"),
        pytest.param("@misc{k, note = {XNCT07388875}}", None, id="letters before it"),
    ],
)
def test_a_registration_number_where_ordinary_files_have_it(read, entry, number):
    (reference,) = read(entry)
    assert reference.registration == number


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "@article{a,\n title={A},\n}\n@article{b,\n title = {B,\n year = {2020},\n}\n"
            "@article{c,\n title={C},\n}\n",
            ":4 [b]: the entry that starts here is not closed",
            id="unclosed field, entries follow",
        ),
        pytest.param(
            "@article{a,\n title={A},\n}\n@article{b,\n title = {B},\n",
            ":4 [b]: the entry that starts here is not closed",
            id="unclosed entry at the end of the file",
        ),
        pytest.param(
            "@article{b,\n title = {B}\n\n@article{c,\n title={C},\n}\n",
            ":1 [b]: the entry that starts here is not closed",
            id="unclosed entry, another follows",
        ),
        pytest.param(
            "@article{b,\n title = {B,\n}\n@article{c,\n title={C}},\n}\n",
            ":1 [b]: the entry that starts here is not closed",
            id="a brace missing in one and too many in the next",
        ),
        pytest.param(
            '@article{b,\n title = "B,\n}\n@article{c,title={x}}\n',
            ":1 [b]: the entry that starts here is not closed",
            id="unclosed quotation mark",
        ),
        pytest.param(
            "@article{b,\n title = {B}},\n year = {2020},\n}\n",
            ":3 [b]: this stands outside any entry but looks like a part of one",
            id="a brace too many",
        ),
        pytest.param(
            "@article{b,\n title={B},\n}\narticle{c,\n title={C},\n}\n",
            ":5 [b]: this stands outside any entry but looks like a part of one",
            id="an @ lost",
        ),
        pytest.param(
            "@article{b,\n title = {B},\n}\n\n@book{b,\n title={C},\n}\n",
            ":5 [b]: the key b is already that of the entry on line 1;",
            id="two entries with one key",
        ),
        pytest.param(
            "@article{b,\n title = {B},\n year = 2020,\n Title = {C}\n}\n",
            ":4 [b]: the entry has this field twice: title;",
            id="a field twice, in other case",
        ),
        pytest.param(
            "@article{b,\n title = {B},\n title = {C}\n}\n",
            ":3 [b]: the entry has this field twice: title;",
            id="a field twice",
        ),
        pytest.param("\n@article{title = {B}}\n", ":2: the entry has no key;", id="no key"),
        pytest.param("@article{,\n title = {B}\n}\n", ":1: the entry has no key;", id="empty key"),
        pytest.param(
            "@article{a b,\n title = {B}\n}\n",
            ':1: the key "a b" holds a blank;',
            id="blank in key",
        ),
        pytest.param(
            "@article{b,\n title = {B}\n year = {2020},\n}\n",
            ":2 [b]: the value of title cannot be read: a comma",
            id="no comma between fields",
        ),
        pytest.param("", ": the bibliography holds no entry;", id="empty"),
        pytest.param(
            "% 参考文献\n@comment{x}\n", ": the bibliography holds no entry;", id="comments"
        ),
        pytest.param("刘".encode("gb18030"), ":1: not UTF-8", id="not UTF-8"),
    ],
)
def test_unusable_files(read, tmp_path, text, message):
    with pytest.raises(InputError) as error:
        read(text)
    assert str(error.value).startswith(f"{tmp_path / 'list.bib'}{message}")


def test_missing_file(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_bibtex(tmp_path / "none.bib")


def test_the_bibliography_is_written_as_it_was():
    text = BIBLIOGRAPHY.read_text(encoding="utf-8")
    references = read_bibtex(BIBLIOGRAPHY)
    assert [reference.number for reference in references] == list(range(1, 65))
    assert write_bibtex(references) == text[text.index("@article") :]


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        pytest.param(r"M{\"u}ller", "Müller", id="umlaut"),
        pytest.param(r"\v{S}imko \L{}od\'z \'{\i} \c c", "Šimko Łodź í ç", id="accents"),
        pytest.param(r"CD8$^{+}$ $\alpha$/\beta", "CD8+ α/β", id="mathematics"),
        pytest.param(r"\emph{in vitro} {SCLC} \textit{x}", "in vitro SCLC x", id="emphasis, case"),
        pytest.param(r"50\% \& \$5 \_ \#", "50% & $5 _ #", id="escapes"),
        pytest.param(r"C:\temp", r"C:\temp", id="unknown macro stays"),
        pytest.param(r"\today", r"\today", id="the clock is not asked"),
        pytest.param("van~Dorst", "van Dorst", id="tie"),
        pytest.param("a & b % c $5", "a & b % c $5", id="no TeX at all"),
        pytest.param("a { b", "a b", id="lone brace"),
        pytest.param("\\", "\\", id="lone backslash"),
    ],
)
def test_decode_tex(tex, plain):
    assert decode_tex(tex) == plain


@pytest.mark.parametrize(
    ("printed", "doi"),
    [
        ("10.1038/S41416-021-01356-3", "10.1038/s41416-021-01356-3"),
        ("https://dx.doi.org/10.1000/a%28b%29.", "10.1000/a(b)"),
        ("doi:10.1000/a(b)", "10.1000/a(b)"),
        ("DOI：10.3969/j.issn.1001。", "10.3969/j.issn.1001"),
        ("10.1000/x)", "10.1000/x"),
        ("11.1000/x", None),
        ("10.100/x", None),
        ("10.1000/", None),
        ("", None),
        (None, None),
    ],
)
def test_normalise_doi(printed, doi):
    assert normalise_doi(printed) == doi


# --- whatever is written comes back -------------------------------------------------------

odd = st.one_of(
    st.sampled_from("{}\\\"'@%#&$~^_=,;`- \n刘肺β"),
    st.characters(blacklist_categories=("Cs", "Cc")),
)


def one_line(text):
    return " ".join(part for part in text.replace("\t", " ").split(" ") if part)


text_values = (
    st.text(odd, min_size=1, max_size=40)
    .map(lambda text: one_line(text.replace("\n", " ").replace("\r", " ")))
    .filter(bool)
)
optional = st.one_of(st.none(), text_values)
people = st.one_of(
    st.builds(Name, family=text_values, given=optional), st.builds(Name, literal=text_values)
)


@st.composite
def reference_lists(draw):
    keys = draw(
        st.lists(
            st.text(string.ascii_letters + string.digits + ":/.+-_刘", min_size=1, max_size=12),
            min_size=1,
            max_size=3,
            unique=True,
        )
    )
    references = []
    for number, key in enumerate(keys, start=1):
        doi_printed = draw(optional)
        references.append(
            Reference(
                key=key,
                number=number,
                type=draw(st.sampled_from(["article", "misc", "online", "book", "inproceedings"])),
                language=draw(st.sampled_from([None, "zh", "en"])),
                title=draw(optional),
                authors=tuple(draw(st.lists(people, max_size=3))),
                authors_complete=draw(st.booleans()),
                container_title=draw(optional),
                year=draw(st.one_of(st.none(), st.integers(1000, 9999))),
                volume=draw(optional),
                issue=draw(optional),
                page=draw(st.one_of(st.none(), st.from_regex(r"[A-Z]?\d+(-\d+)?", fullmatch=True))),
                article_number=draw(optional),
                doi=normalise_doi(doi_printed),
                doi_printed=doi_printed,
                registration=draw(optional),
                note=draw(optional),
            )
        )
    return references


@settings(deadline=None)  # the first call reads dictionaries
@given(reference_lists())
def test_what_is_written_is_read_as_it_was(tmp_path_factory, references):
    path = tmp_path_factory.mktemp("bib") / "list.bib"
    path.write_text(write_bibtex(references), encoding="utf-8", newline="")
    assert [replace(r, line=None) for r in read_bibtex(path)] == references


@settings(deadline=None)  # the first call reads dictionaries
@given(text_values, st.booleans())
def test_tex_comes_back(text, verbatim):
    assert decode_tex(encode_tex(text, verbatim=verbatim), verbatim=verbatim) == text


def test_a_key_that_would_break_the_file_is_refused():
    with pytest.raises(ValueError, match="not a citation key"):
        write_bibtex([Reference(key="a,b", number=1)])


# --- mending in place ---------------------------------------------------------------------

HAND_MADE = (
    "% head\r\n"
    "@article{a, title={Old}, year=2020}\r\n"
    "\r\n"
    "@Article{b,\r\n"
    '    Title   = "Old {B}",   % why\r\n'
    "    journaltitle = {J},\r\n"
    "    pages = {1--2}\r\n"
    "}\r\n"
    "@misc{c}\r\n"
)


@pytest.mark.parametrize(
    ("key", "changes", "old", "new"),
    [
        pytest.param("a", {"title": "New & better"}, "{Old}", r"{New \& better}", id="one line"),
        pytest.param("a", {"year": "2021"}, "2020", "{2021}", id="bare number"),
        pytest.param("a", {"year": None}, " year=2020", " ", id="last field out, one line"),
        pytest.param("a", {"title": None}, "title={Old}, ", "", id="first field out, one line"),
        pytest.param("b", {"title": "新标题"}, '"Old {B}"', "{新标题}", id="quoted, Chinese"),
        pytest.param("b", {"journal": "K"}, "{J}", "{K}", id="under its other name"),
        pytest.param("b", {"journal": None}, "    journaltitle = {J},\r\n", "", id="line out"),
        pytest.param(
            "b",
            {"doi": "10.1000/a_b"},
            "pages = {1--2}",
            "pages = {1--2},\r\n    doi = {10.1000/a_b},",
            id="field added after the last",
        ),
        pytest.param(
            "c", {"year": "2020"}, "@misc{c}", "@misc{c,\r\n  year = {2020},\r\n}", id="first field"
        ),
        pytest.param("b", {"volume": None}, "", "", id="nothing to take out"),
    ],
)
def test_replace_fields(key, changes, old, new):
    assert replace_fields(HAND_MADE, {key: changes}) == HAND_MADE.replace(old, new, 1)


def test_replace_fields_of_an_unknown_key():
    with pytest.raises(KeyError):
        replace_fields(HAND_MADE, {"z": {"year": "2020"}})


def test_replacing_a_date_of_the_bibliography():
    text = BIBLIOGRAPHY.read_text(encoding="utf-8")
    mended = replace_fields(text, {"wang2022efficacy": {"year": "2023", "number": "6"}})
    before, after = text.splitlines(), mended.splitlines()
    changed = [line for line in after if line not in before or before.remove(line)]
    assert changed == ["  year = {2023},", "  number = {6},"] or before == ["  year = {2022},"]


def test_several_entries_are_mended_at_once():
    changes = {"a": {"year": "2021", "doi": "10.1000/a"}, "b": {"journal": "K"}}
    after_one = replace_fields(HAND_MADE, {"a": changes["a"]})
    assert replace_fields(HAND_MADE, changes) == replace_fields(after_one, {"b": changes["b"]})
    assert replace_fields(HAND_MADE, {}) == HAND_MADE
