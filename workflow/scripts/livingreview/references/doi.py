"""The form of a DOI: what is one, what can be made one again, and its one spelling.

Suffixes may hold nearly any sign (https://www.doi.org/the-identifier/resources/handbook), also
`<`, `>`, `;` and a last `#` in those that were made of SICI numbers: "10.1002/(SICI)1097-0258(
19980815)17:15<1661::AID-SIM968>3.0.CO;2-#".
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

# The form Crossref gives for DOIs in use ("DOIs and matching regular expressions"), and prefixes
# with a part of their own (10.1000.10/123).
DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,3}/\S+")
BEGINNING = re.compile(r"10\s{0,3}\.\s{0,3}[0-9]{4,9}(?:\.[0-9]{1,9}){0,3}\s{0,3}/", re.ASCII)
RESOLVER = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
LABEL = re.compile(r"doi\s*[:：]?\s*", re.IGNORECASE)
LONGEST = 2000  # characters; no DOI is that long

# What may stand before a DOI, blanks left out: nothing, "doi:", the resolver's address ...
LABELS = re.compile(r"(?:(?:info:|urn:)?doi(?:\.org)?[:=./]{0,2}|digitalobjectidentifier:?)*")
RESOLVERS = re.compile(r"(?:(?:https?:/{0,2})?(?:dx\.|www\.)?doi\.org/|doi[:=]?)*")
# ... another address that ends in the DOI: a proxy of the resolver, a publisher's page.
ADDRESS = re.compile(
    r"(?:https?:/{0,2})?(?P<host>[\w-]+(?:\.[\w-]+)+)(?::[0-9]{1,5})?(?P<path>/.*)", re.DOTALL
)
# Hosts whose paths begin with the DOI: the resolver's through a proxy, publishers' own resolvers.
DOI_HOST = re.compile(r"(?:.*[.-])?doi[.-].*|link\..*")
# The words of publishers' paths before a DOI; in a query the name of the parameter.
BEFORE_DOI = re.compile(
    r"(?:.*/)?(?:doi|doi\.org|abs|full|pdf|pdfdirect|epdf|epub|reader|article|articles|chapter|book"
    r"|content|lookup|document|view)/|.*[?&;](?:doi|id|article_id|url|uri|q)=(?:doi:?)?",
    re.DOTALL,
)
# The words behind it: which form of the text the page shows.
AFTER_DOI = re.compile(
    r"(?:/(?:full|abstract|abs|pdf|epdf|pdfdirect|fulltext|full-text|summary|meta|html|xml|text"
    r"|references|citations|metrics|figures|suppl_file|tables)|\.pdf|\.full|\.html|/)+$"
)
# Tags of the page that a DOI was copied from: closed, closing itself, or a line's end.
TAG = re.compile(r"</[a-z][a-z0-9]{0,9}\s?>|<[a-z][a-z0-9]{0,9}\s?/>|<br>")
ENTITY = re.compile(r"&(?:amp;)*(lt|gt|amp);")
ENTITIES = {"lt": "<", "gt": ">", "amp": "&"}
PERCENT = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)
HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-")  # as PDFs print them
QUERY = re.compile(r"\?[a-z_][\w.-]*=")
PUNCTUATION = frozenset(".,;:!?，。；：、！？…\"'“”‘’` ")
PAIRS = {")": "(", "]": "[", "}": "{", ">": "<", "》": "《", "】": "【", "」": "「"}
# What stands behind a DOI in a sentence and is none of it.
NEXT_WORDS = re.compile(
    r"[\[({（【]|(?:accessed|available|cited|corrected|epub|erratum|issn|online|pmcid|pmc|pmid"
    r"|published|pubmed|retrieved|访问|引用)\b"
)
OPEN_END = "-./_:(;<"


def strip_doi(printed: str) -> str:
    """The DOI as it is printed, without resolver, `doi:` and what follows it in the sentence."""
    text = printed.strip().strip("<>").strip()
    label = LABEL.match(text)
    if label and label.end() < len(text):
        resolver = RESOLVER.match(text)
        text = text if resolver else text[label.end() :]
    resolver = RESOLVER.match(text)
    if resolver:
        text = unquote(text[resolver.end() :])
    return without_punctuation(text)


def normalise_doi(printed: str | None) -> str | None:
    """The DOI in lower case and in its one spelling, None if what is printed holds none.

    Undone is what printing, copying and linking do to DOIs: a label or an address before it, a
    query, a fragment, a tag, a path's last word or a sentence's punctuation behind it, blanks in
    it, a second slash after the prefix, full-width and invisible signs, long hyphens, percent signs
    of an address.

    >>> normalise_doi("https://link.example.org/doi/full/10.1000/AB%28c%29?download=true#sec1")
    '10.1000/ab(c)'
    """
    if not printed or len(printed) > LONGEST:
        return None
    doi = repair(printed)
    # Whatever would be repaired again was not understood.
    return doi if doi is not None and repair(doi) == doi else None


def is_repaired(printed: str | None, doi: str | None) -> bool:
    """Whether more than letter case, resolver, label and the address's percent signs was undone."""
    if not printed or not doi:
        return False
    text = printed.strip().lower()
    before, begins, suffix = text.partition("10.")
    if RESOLVERS.fullmatch("".join(before.split())):
        suffix = unquote(suffix) if "/" in before else suffix
        if begins + suffix == doi:
            return False
    read = normalise_doi(printed)
    return read is not None and doi in (read, without_ending(read))


def without_ending(doi: str) -> str | None:
    """The DOI without the word of a publisher's address behind it; None if none is there.

    Only for a DOI that nobody knows: "/full" can be part of one.

    >>> without_ending("10.1002/cam4.4507/full"), without_ending("10.1002/cam4.4507")
    ('10.1002/cam4.4507', None)
    """
    prefix, slash, suffix = doi.partition("/")
    shorter = AFTER_DOI.sub("", suffix)
    return prefix + slash + shorter if shorter and shorter != suffix else None


def looks_like(printed: str, doi: str) -> bool:
    """Whether only signs that nobody sees make what is printed another text than the DOI."""
    seen = "".join(sign for sign in printed if not is_invisible(sign))
    return seen != printed and not is_repaired(seen, doi) and normalise_doi(seen) == doi


def is_invisible(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cf", "Cc") and sign not in "\t\n\r"


def repair(printed: str) -> str | None:
    text = plain_signs(printed)
    begins = BEGINNING.search(text) if text is not None else None
    if text is None or begins is None:
        return None
    before = "".join(text[: begins.start()].split()).lstrip("<([\"'“‘")
    rest = without_tags(text[begins.end() :]).lstrip("/ ")
    if not (LABELS.fullmatch(before) or RESOLVERS.fullmatch(before)):
        address = ADDRESS.fullmatch(before)
        if address is None or not leads_to_doi(address["host"], address["path"]):
            return None
        # In a query the next parameter ends it; on a path only a view's name can follow.
        rest = re.split(r"[&]" if "?" in before else r"[?]", rest, maxsplit=1)[0]
        rest = AFTER_DOI.sub("", without_fragment(rest).strip())
    elif "/" in before:
        rest = rest.split("?", 1)[0]
    suffix = joined(rest)
    if suffix is None:
        return None
    suffix = without_fragment(suffix)
    query = QUERY.search(suffix)
    suffix = suffix[: query.start()] if query else suffix
    doi = without_punctuation("".join(begins[0].split()) + suffix)
    return doi if DOI.fullmatch(doi) and doi.isprintable() else None


def leads_to_doi(host: str, path: str) -> bool:
    """Whether a DOI stands behind such an address, and no number that looks like one."""
    if path == "/":
        return DOI_HOST.fullmatch(host) is not None
    return BEFORE_DOI.fullmatch(path) is not None


def plain_signs(text: str) -> str | None:
    """Lower case, without full-width and invisible signs, entities, percent signs of an address.

    None if there is no end to it.
    """
    for _ in range(4):
        before = text
        text = unicodedata.normalize("NFKC", text)
        text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
        text = text.translate(HYPHENS).lower()
        text = ENTITY.sub(lambda entity: ENTITIES[entity[1]], text)
        if PERCENT.search(text):
            text = unquote(text)
        if text == before:
            return None if "\ufffd" in text else text
    return None


def joined(suffix: str) -> str | None:
    """The suffix without the blanks that a line's end left in it; None if words follow it."""
    pieces = suffix.split()
    kept = ""
    for piece in pieces:
        if kept and NEXT_WORDS.match(piece):
            break
        if kept and BEGINNING.search(piece):
            return None  # a second DOI
        word = piece.strip("".join(PUNCTUATION))
        if kept and kept[-1] not in OPEN_END and len(word) > 1 and word.isalpha():
            return None
        kept += piece
    return kept


def without_tags(suffix: str) -> str:
    """Without the tags at the end; a DOI with other angle brackets, as SICI numbers have, stays."""
    place = suffix.find("<")
    behind = suffix[place:] if place > 0 else ""
    rest = TAG.sub("", behind)
    return suffix[:place] if rest != behind and not rest.strip("".join(PUNCTUATION)) else suffix


def without_fragment(text: str) -> str:
    """Without `#` and what follows, but for the last sign of a SICI number."""
    place = text.find("#")
    if place >= 3 and text[place - 3 : place] == ";2-":
        place = text.find("#", place + 1)
    return text if place < 0 else text[:place]


def without_punctuation(text: str) -> str:
    """Without the punctuation of the sentence, and brackets that were opened before the DOI."""
    surplus = {sign: text.count(sign) - text.count(PAIRS[sign]) for sign in PAIRS}
    end = len(text)
    while end and (text[end - 1] in PUNCTUATION or surplus.get(text[end - 1], 0) > 0):
        end -= 1
        if text[end] in surplus:
            surplus[text[end]] -= 1
    return text[:end]
