"""A list that is cut off, in whatever words and in whichever format, is not complete."""

import json

import pytest

from livingreview.references.reading.bibtex import parse_bibtex
from livingreview.references.reading.csl_json import parse_csl_json
from livingreview.references.reading.nbib import parse_nbib
from livingreview.references.reading.ris import parse_ris
from livingreview.references.record import Name

WORDS = ["et al.", "et al", "et. al.", "al., et", "others", "等", "等.", "等人", "其他", "...", "…"]


def of_bibtex(names):
    text = f"@article{{a,\n author = {{{' and '.join(names)}}},\n title = {{Words}},\n}}\n"
    return parse_bibtex(text, "list.bib")


def of_ris(names):
    lines = ["TY  - JOUR", *(f"AU  - {name}" for name in names), "TI  - Words", "ER  - ", ""]
    return parse_ris("\n".join(lines), "list.ris")


def of_nbib(names):
    lines = [
        "PMID- 1",
        "TI  - Words",
        *(f"AU  - {name}" for name in names),
        "PT  - Journal Article",
    ]
    return parse_nbib("\n".join([*lines, ""]), "list.nbib")


def of_csl_json(names):
    authors = []
    for name in names:
        family, comma, given = name.partition(", ")
        authors.append({"family": family, "given": given} if comma else {"literal": name})
    item = {"id": "a", "type": "article-journal", "title": "Words", "author": authors}
    return parse_csl_json(json.dumps([item]), "list.json")


FORMATS = [of_bibtex, of_ris, of_nbib, of_csl_json]
PEOPLE = {
    "en": (["Horn, L.", "Mansfield, A. S."], (Name("Horn", "L."), Name("Mansfield", "A. S."))),
    "zh": (["程, 颖", "王, 启鸣"], (Name("程", "颖"), Name("王", "启鸣"))),
}


@pytest.mark.parametrize("read", FORMATS)
@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("lang", PEOPLE)
@pytest.mark.parametrize("behind", [[], ["Losonczy, G."]], ids=["at the end", "before the last"])
def test_words_for_others_are_no_person(read, words, lang, behind):
    names, people = PEOPLE[lang]
    (reference,) = read([*names, words, *behind])
    assert (reference.authors, reference.authors_complete) == (people, False)


@pytest.mark.parametrize("read", FORMATS)
@pytest.mark.parametrize("lang", PEOPLE)
def test_without_such_words_the_list_is_complete(read, lang):
    names, people = PEOPLE[lang]
    (reference,) = read(names)
    assert (reference.authors, reference.authors_complete) == (people, True)
