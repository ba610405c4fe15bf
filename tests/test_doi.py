"""DOIs as people print, copy and link them: repaired to the DOI, or refused."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from livingreview.references.doi import (
    DOI,
    is_repaired,
    looks_like,
    normalise_doi,
    strip_doi,
    without_ending,
)

SICI = "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-"


@pytest.mark.parametrize(
    ("printed", "doi"),
    [
        pytest.param("10.1038/s41416-021-01356-3", "10.1038/s41416-021-01356-3", id="as it is"),
        pytest.param("10.1038/S41416-021-01356-3", "10.1038/s41416-021-01356-3", id="upper case"),
        pytest.param("doi:10.1000/a(b)", "10.1000/a(b)", id="label"),
        pytest.param("DOI 10.1000/x", "10.1000/x", id="label without colon"),
        pytest.param("doi: https://doi.org/10.1000/x", "10.1000/x", id="label and resolver"),
        pytest.param("https://doi.org/10.1000/x", "10.1000/x", id="resolver"),
        pytest.param("http://dx.doi.org/10.1000/x", "10.1000/x", id="old resolver"),
        pytest.param("https://www.doi.org/10.1000/x", "10.1000/x", id="resolver with www"),
        pytest.param("doi.org/10.1000/x", "10.1000/x", id="resolver without https"),
        pytest.param("https://doi.org/10.1000/a%28b%29", "10.1000/a(b)", id="percent signs"),
        pytest.param("https://doi.org/10.1000%2Fx", "10.1000/x", id="encoded slash"),
        pytest.param(" 10.1000/x\n", "10.1000/x", id="blanks about it"),
        pytest.param("10.1000/x/", "10.1000/x/", id="a last slash: some DOIs have it"),
        pytest.param("10.1000.10/123", "10.1000.10/123", id="a prefix of two parts"),
        pytest.param(f"{SICI}2", f"{SICI}2", id="SICI"),
        pytest.param(f"{SICI.upper()}#", f"{SICI}#", id="SICI with a hash sign"),
        pytest.param(
            f"https://doi.org/{SICI.replace('<', '%3C').replace('>', '%3E')}%23",
            f"{SICI}#",
            id="SICI as an address",
        ),
        pytest.param(
            "10.1175/1520-0442(1990)003<1483:TSROZE>2.0.CO;2",
            "10.1175/1520-0442(1990)003<1483:tsroze>2.0.co;2",
            id="SICI without check character",
        ),
        pytest.param("10.1000/a<b>", "10.1000/a<b>", id="angle brackets that are no end of a page"),
        pytest.param(f"{SICI}2</p>", f"{SICI}2</p>", id="SICI with a tag: not to be told apart"),
        pytest.param(
            "10.1002/cam4.4507/full", "10.1002/cam4.4507/full", id="a word that may be its"
        ),
        pytest.param(
            "10.7868/s0040357115030100-ж", "10.7868/s0040357115030100-ж", id="Cyrillic suffix"
        ),
    ],
)
def test_dois_that_are_printed_well(printed, doi):
    assert normalise_doi(printed) == doi
    assert not is_repaired(printed, doi)


@pytest.mark.parametrize(
    ("printed", "doi"),
    [
        pytest.param("10.1000/x.", "10.1000/x", id="full stop"),
        pytest.param("10.1000/x;,", "10.1000/x", id="semicolon and comma"),
        pytest.param("https://dx.doi.org/10.1000/a%28b%29.", "10.1000/a(b)", id="address, stop"),
        pytest.param("DOI：10.3969/j.issn.1001。", "10.3969/j.issn.1001", id="Chinese stop"),
        pytest.param("“10.1000/x”", "10.1000/x", id="quotation marks"),
        pytest.param("<10.1000/x>", "10.1000/x", id="angle brackets"),
        pytest.param("(10.1000/x)", "10.1000/x", id="brackets"),
        pytest.param("10.1000/x）", "10.1000/x", id="full-width bracket"),
        pytest.param("10.1000/x】", "10.1000/x", id="Chinese bracket"),
        pytest.param("10.1000/x)", "10.1000/x", id="bracket opened before"),
        pytest.param("10.1000/a b", "10.1000/ab", id="blank"),
        pytest.param("10. 1002 / cam4. 4507", "10.1002/cam4.4507", id="blanks everywhere"),
        pytest.param("10.21037/tlcr-\n24-274", "10.21037/tlcr-24-274", id="line end"),
        pytest.param("https://doi.org/ 10.1000/ x", "10.1000/x", id="blanks in an address"),
        pytest.param("10.1000/x#sec1", "10.1000/x", id="fragment"),
        pytest.param("https://doi.org/10.1000/x#sec1", "10.1000/x", id="fragment of an address"),
        pytest.param(f"{SICI}2#sec1", f"{SICI}2", id="fragment of a SICI"),
        pytest.param("https://doi.org/10.1000/x?utm_source=a&b=c", "10.1000/x", id="query"),
        pytest.param("10.1000/x</p>", "10.1000/x", id="tag"),
        pytest.param("10.3969/j.issn.1001。</P></div>", "10.3969/j.issn.1001", id="tags, stop"),
        pytest.param("https://doi.org/10.1000/x<br />", "10.1000/x", id="line's end of a page"),
        pytest.param("10.1000/x&lt;/a&gt;.", "10.1000/x", id="tag in entities"),
        pytest.param("10.1007//s1", "10.1007/s1", id="two slashes"),
        pytest.param("https://doi.org/10.1007//s1", "10.1007/s1", id="two slashes of an address"),
        pytest.param("10.1000/x?download=true", "10.1000/x", id="query without address"),
        pytest.param("１０．１０００／ａｂ", "10.1000/ab", id="full width"),
        pytest.param("10.1000/\u200ba\ufeffb\u00ad", "10.1000/ab", id="invisible signs"),
        pytest.param("10.1186/s13045–018–0664‑7", "10.1186/s13045-018-0664-7", id="dashes"),
        pytest.param("10.1002/a&lt;1::b&amp;gt;2", "10.1002/a<1::b>2", id="entities"),
        pytest.param("10.1000/a%28b%29", "10.1000/a(b)", id="percent signs without address"),
        pytest.param("10.1002/cam4.4507 [doi]", "10.1002/cam4.4507", id="PubMed's mark"),
        pytest.param("10.1000/x; PMID: 123", "10.1000/x", id="PMID behind it"),
        pytest.param("10.1000/x Accessed 2020", "10.1000/x", id="words behind it"),
        pytest.param(
            "https://onlinelibrary.wiley.com/doi/full/10.1002/cam4.4507",
            "10.1002/cam4.4507",
            id="publisher",
        ),
        pytest.param(
            "https://link.springer.com/article/10.1007/s11684-021-0916-8",
            "10.1007/s11684-021-0916-8",
            id="publisher, article",
        ),
        pytest.param(
            "https://www.frontiersin.org/articles/10.3389/fonc.2022.917089/full",
            "10.3389/fonc.2022.917089",
            id="publisher, a word behind it",
        ),
        pytest.param(
            "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0033693&type=printable",
            "10.1371/journal.pone.0033693",
            id="publisher, in the query",
        ),
        pytest.param(
            "https://doi-org.proxy.example.org/10.1000/x", "10.1000/x", id="proxy of the resolver"
        ),
        pytest.param(
            "https://proxy.example.org/login?url=https://doi.org/10.1000/x",
            "10.1000/x",
            id="proxy before the resolver",
        ),
    ],
)
def test_dois_that_are_repaired(printed, doi):
    assert normalise_doi(printed) == doi
    assert is_repaired(printed, doi)


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param(None, id="none"),
        pytest.param("", id="empty"),
        pytest.param("10.1000", id="prefix alone"),
        pytest.param("10.1000/", id="no suffix"),
        pytest.param("10.1000/...", id="a suffix of stops"),
        pytest.param("11.1000/x", id="no DOI"),
        pytest.param("10.100/x", id="a prefix too short"),
        pytest.param("110.1000/x", id="digits before it"),
        pytest.param("see 10.1000/x", id="words before it"),
        pytest.param("10.1000/abc is the one", id="words behind it"),
        pytest.param("10.1000/x, 10.1000/y", id="two DOIs"),
        pytest.param("10.1000/a\x00b", id="control character"),
        pytest.param("10.1000/%ff", id="no text"),
        pytest.param("10.1000/%" + "25" * 9 + "41", id="percent signs without end"),
        pytest.param("10.\u0661\u0660\u0660\u0660/x", id="digits of another script"),
        pytest.param("https://example.org/files/10.2024/report.pdf", id="a date in an address"),
        pytest.param("https://example.org/10.2024/report.pdf", id="a date that begins a path"),
        pytest.param("10.1000/" + "x" * 3000, id="too long"),
        pytest.param("https://[", id="no address"),
    ],
)
def test_what_is_no_doi(printed):
    assert normalise_doi(printed) is None
    assert not is_repaired(printed, None)


@pytest.mark.parametrize(
    ("doi", "shorter"),
    [
        ("10.1002/cam4.4507/full", "10.1002/cam4.4507"),
        ("10.1002/cam4.4507/pdf", "10.1002/cam4.4507"),
        ("10.1002/cam4.4507/epdf", "10.1002/cam4.4507"),
        ("10.1002/cam4.4507/abstract", "10.1002/cam4.4507"),
        ("10.1002/cam4.4507/full/html", "10.1002/cam4.4507"),
        ("10.3969/j.issn.1001.pdf", "10.3969/j.issn.1001"),
        ("10.1002/cam4.4507", None),
        ("10.1002/full", None),
        ("10.1002/.pdf", None),
        ("10.1002/x-pdf", None),
    ],
)
def test_the_words_of_a_publisher_s_address(doi, shorter):
    assert without_ending(doi) == shorter
    assert normalise_doi(doi) == doi
    assert is_repaired(doi, shorter) == (shorter is not None)


@pytest.mark.parametrize(
    ("printed", "doi", "same"),
    [
        pytest.param("10.1000/a\u200bb", "10.1000/ab", True, id="blank without width"),
        pytest.param("https://doi.org/10.1000/A\u00adb", "10.1000/ab", True, id="soft hyphen"),
        pytest.param("\ufeffdoi:10.1000/ab", "10.1000/ab", True, id="byte order mark"),
        pytest.param("10.1000/a\u200bb.", "10.1000/ab", False, id="a stop that everyone sees"),
        pytest.param("10.1000/a b", "10.1000/ab", False, id="a blank that everyone sees"),
        pytest.param("10.1000/ab", "10.1000/ab", False, id="nothing invisible"),
    ],
)
def test_what_nobody_sees(printed, doi, same):
    assert looks_like(printed, doi) == same


BEFORE = ["10.1000/", "10.1002/", "https://doi.org/", "doi:", "DOI：", "https://a.example.org/doi/"]
WITHIN = [
    "%2",
    "%28",
    "%25",
    ";2-",
    "&lt;",
    "&amp;",
    "１０．１０００／",
    "\u200b",
    "\u0301",
    "ﬁ",
    "İ",
]
BEHIND = [
    "/full",
    "</p>",
    "<br/>",
    "//",
    "#s",
    "?a=b",
    "accessed",
    "PMID:",
    "sec1",
    "\ufffd",
    "\x00",
    "\u3000",
    "K",
]
PIECES = st.sampled_from([*BEFORE, *WITHIN, *BEHIND, *"&%#<>()[].，。（）–aB7/ \n"])
TEXTS = st.text(max_size=40) | st.lists(PIECES, max_size=14).map("".join)


@settings(max_examples=600, deadline=None)
@given(TEXTS | TEXTS.map("10.1000/a".__add__))
@example("10.1000/a%2 8")
@example("10.1000/a \u0301")
def test_a_doi_is_its_own_spelling(printed):
    doi = normalise_doi(printed)
    if doi is not None:
        assert normalise_doi(doi) == doi
        assert DOI.fullmatch(doi)
        assert doi.isprintable()
        assert doi == doi.lower()
        assert not is_repaired(doi, doi)
        shorter = without_ending(doi)
        assert shorter is None or (doi.startswith(shorter) and DOI.fullmatch(shorter))
        assert normalise_doi(f"https://doi.org/{doi}".upper()) is not None


@given(TEXTS)
def test_no_text_breaks_the_reading(printed):
    strip_doi(printed)
    is_repaired(printed, normalise_doi(printed))


@pytest.mark.parametrize(
    "hostile",
    [
        *(
            "10.1000/" + piece * 200_000
            for piece in (")", "(", ".", "a ", "%25", "&amp;", "#", "?a=", "</p>", "/pdf")
        ),
        *(piece * 200_000 for piece in ("doi:", "10.", "https://", "/doi", "a.", "<", " ", "?id=")),
    ],
    ids=lambda text: repr(text[:14]),
)
def test_long_texts_take_no_time(hostile):
    start = time.perf_counter()
    for printed in (hostile, hostile[:1990]):
        is_repaired(printed, normalise_doi(printed))
        strip_doi(printed)
    assert time.perf_counter() - start < 1
