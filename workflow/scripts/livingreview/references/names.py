"""Names of persons and groups: printed in a reference list, and in BibTeX."""

from __future__ import annotations

import re

from livingreview.references.record import Name
from livingreview.references.tex import decode_tex, encode_tex, one_line

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN_NAME = re.compile(f"[{HAN}]{{2,4}}")
# The family names of two characters that are in common use.
COMPOUND_FAMILY_NAME = re.compile(
    "欧阳|上官|司马|诸葛|皇甫|尉迟|公孙|慕容|令狐|司徒|司空|夏侯|东方|端木|南宫|长孙|宇文|轩辕"
    "|呼延|闻人|澹台|申屠|太史|仲孙|赫连|鲜于|闾丘|公羊|濮阳|淳于|独孤|拓跋|百里|第五"
    "|歐陽|司馬|諸葛|尉遲|東方|南宮|長孫"
)
HAN_GROUP = re.compile(
    ".*(?:公司|集团|小组|协作组|课题组|编写组|专家组|研究组|工作组|委员会|编委会|学会|协会|医院"
    "|大学|学院|研究所|研究院|中心|总局|管理局|统计局|卫健委|药监局|药典|联盟|基金会|出版社)"
)
GROUP_WORDS = re.compile(
    r"\b(?:groups?|collaborat(?:ion|ive|ors)|consortium|committee|society|association|institutes?"
    r"|organi[sz]ation|university|ministry|department|agency|investigators|council|cent(?:er|re)s?"
    r"|network|ltd|limited|inc|gmbh|corp|corporation|company|pharmaceuticals?|foundation"
    r"|administration|trialists|task force|board|bureau|commission|federation|alliance|initiative"
    r"|academy|college|hospital|programme|program|registry|service|services)\b",
    re.IGNORECASE,
)
# R.C. | R. C. | RC | Y.-Y. | YY: one to five capitals, each with or without its full stop.
CAPITAL = "[A-Z\u00c0-\u00d6\u00d8-\u00de]"
INITIALS = re.compile(rf"{CAPITAL}\.?(?:[ -]?{CAPITAL}\.?){{0,4}}")
GENERATION = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV|2nd|3rd")
# At the end of a list: et al., and others, 等.
INCOMPLETE = re.compile(
    r"(?:^|[,，、;；\s])\s*(?:et\.?\s*al\b\.?|and others\b\.?|等(?:人|著|编)?)[\s.,，]*$",
    re.IGNORECASE,
)


# What stands after the last name and is none.
ROLE = re.compile(r"[,，\s]+(?:主编|编著|编译|主译|[Ee]ditors?|[Ee]ds?\.?)\s*$")


def parse_name(text: str) -> Name:
    """One printed name: `Cipaian, R.C.`, `Wang N`, `WANG Ning`, `Ning Wang`, 刘通, a group's name.

    A name of two to four Chinese characters is a person (family name first), a longer one or one
    that ends as institutions do is a group. What has the words of a group is one.
    """
    text = one_line(text)
    if any(sign in text for sign in "{}"):
        return Name(literal=text)
    if re.search(f"[{HAN}]", text):
        return _han_name(text)
    family, comma, given = text.partition(",")
    if comma and family.strip():
        return Name(family=family.strip(), given=given.strip() or None)
    if GROUP_WORDS.search(text):
        return Name(literal=text)
    words = text.split(" ")
    if len(words) == 1:
        return Name(family=text)
    return _words_name(words)


def _han_name(text: str) -> Name:
    family, comma, given = re.sub("[，]", ",", text).partition(",")
    if comma and family.strip():
        return Name(family=family.strip(), given=given.strip() or None)
    name = text.replace(" ", "").replace("\u3000", "")
    if not HAN_NAME.fullmatch(name) or HAN_GROUP.fullmatch(name):
        return Name(literal=text)
    length = 2 if COMPOUND_FAMILY_NAME.match(name) and len(name) > 2 else 1
    return Name(family=name[:length], given=name[length:])


def _words_name(words: list[str]) -> Name:
    """A name of several words without a comma; words that go with initials are the family's."""
    generation = words[-1] if GENERATION.fullmatch(words[-1]) and len(words) > 2 else None
    core = words[:-1] if generation else words
    if INITIALS.fullmatch(core[-1]):  # Wang N, van der Berg AB, Smith J Jr
        start = len(core) - 1
        while start > 1 and INITIALS.fullmatch(core[start - 1]) and len(core[start - 1]) < 3:
            start -= 1
        given = " ".join(core[start:]) + (f" {generation}" if generation else "")
        return Name(family=" ".join(core[:start]), given=given)
    if len(core[0]) > 1 and core[0].isupper() and not core[-1].isupper():  # WANG Ning
        return Name(family=core[0], given=" ".join(core[1:]))
    # First von Last, as BibTeX reads it: the family name starts at the first lower-case word.
    start = next((i for i, word in enumerate(core[1:-1], 1) if word[:1].islower()), len(core) - 1)
    given = " ".join(core[:start]) + (f" {generation}" if generation else "")
    return Name(family=" ".join(core[start:]), given=given)


def parse_author_list(text: str) -> tuple[tuple[Name, ...], bool]:
    """The names of a printed author list, and whether the list is complete.

    Reads `Yuan, J., Cheng, F. and Fan, H.`, `Wang N, Zhao L, et al`, `刘通, 徐健, 等`, and groups.
    A list that ends in et al. or 等 is not complete.
    """
    text = ROLE.sub("", one_line(text.replace("*", " ")).strip(" ,，;；"))
    cut = INCOMPLETE.search(text)
    complete = cut is None
    if cut:
        text = text[: cut.start()].strip(" ,，;；")
    if not text:
        return (), complete
    if re.search(f"[{HAN}]", text):
        parts = re.split("[,，、;；]| 和 ", text)
        return tuple(parse_name(part) for part in parts if part.strip()), complete
    if ";" in text:
        parts = text.split(";")
        return tuple(parse_name(part) for part in parts if part.strip()), complete
    names: list[str] = []
    # A group's name may hold "and": only an "and" after initials, or a comma, parts two persons.
    parts = [part.strip() for part in re.split(r",|(?<=\.) (?:and|&) ", text)]
    for part in parts:
        part = re.sub(r"^(?:and|&) ", "", part)
        if not part:
            continue
        if names and "," not in names[-1] and _is_given(part) and not _has_initials(names[-1]):
            names[-1] += f", {part}"
        elif names and GENERATION.fullmatch(part):
            names[-1] += f" {part}"
        elif " and " in part and not GROUP_WORDS.search(part):
            names.extend(part.split(" and "))
        else:
            names.append(part)
    return tuple(parse_name(name) for name in names), complete


def _is_given(part: str) -> bool:
    return INITIALS.fullmatch(part) is not None


def _has_initials(name: str) -> bool:
    """Whether a name without a comma ends in initials already (`Wang N`)."""
    last = name.rpartition(" ")[2]
    return " " in name and INITIALS.fullmatch(last) is not None


def parse_bibtex_names(field: str) -> tuple[tuple[Name, ...], bool]:
    """The names of an author field as it stands in the file (TeX not decoded), and completeness.

    A name that is one braced group as a whole is a group (`{{World Health Organization}}`).
    """
    names = []
    complete = True
    for part in split_outside_braces(one_line(field), re.compile(r" and(?= )", re.IGNORECASE)):
        part = part.strip(" ")
        if part.lower() == "others":
            complete = False
        elif part and (name := _bibtex_name(part)) != Name():
            names.append(name)
    return tuple(names), complete


def _bibtex_name(text: str) -> Name:
    if text.startswith("{") and _closing(text, 0) == len(text) - 1:
        return Name(literal=decode_tex(text) or None)
    parts = [part.strip(" ") for part in split_outside_braces(text, re.compile(","))]
    if len(parts) == 1:
        if "{" in text or "\\" in text:
            # Braces hold words together (`Barnes, {Given}` apart): split at the blanks outside.
            words = [decode_tex(word) for word in split_outside_braces(text, re.compile(" "))]
            words = [word for word in words if word]
            return _words_name(words) if len(words) > 1 else Name(family=" ".join(words) or None)
        return parse_name(decode_tex(text))
    # `von Last, Jr, First`: the generation goes with the given name, as lists print it.
    given = ", ".join(decoded for part in reversed(parts[1:]) if (decoded := decode_tex(part)))
    return Name(family=decode_tex(parts[0]) or None, given=given or None)


def split_outside_braces(text: str, separator: re.Pattern[str]) -> list[str]:
    """The parts of the text between separators that are in no braces."""
    parts = []
    start = depth = position = 0
    while position < len(text):
        sign = text[position]
        if sign == "\\":
            position += 2
            continue
        depth += (sign == "{") - (sign == "}")
        match = separator.match(text, position) if depth == 0 else None
        if match:
            parts.append(text[start:position])
            start = position = match.end()
        else:
            position += 1
    return [*parts, text[start:]]


def _closing(text: str, start: int) -> int:
    """The place of the brace that closes the one at `start`; -1 if none does."""
    depth = 0
    position = start
    while position < len(text):
        if text[position] == "\\":
            position += 2
            continue
        depth += (text[position] == "{") - (text[position] == "}")
        if depth == 0:
            return position
        position += 1
    return -1


def format_bibtex_names(names: tuple[Name, ...], complete: bool = True) -> str:
    """The author field for these names; `parse_bibtex_names` gives them back."""
    parts = [_format_bibtex_name(name) for name in names]
    return " and ".join(parts if complete else [*parts, "others"])


def _format_bibtex_name(name: Name) -> str:
    if name.literal is not None:
        return "{" + encode_tex(name.literal) + "}"
    family = _held_together(encode_tex(name.family or ""))
    # The comma also where there is no given name: else a last word would be taken for the family.
    return f"{family}, {_held_together(encode_tex(name.given))}" if name.given else f"{family},"


def _held_together(text: str) -> str:
    """In braces if BibTeX would split the text at a comma or at `and`."""
    if "," in text or re.search(r"(?:^|\s)(?:and|others)(?:\s|$)", text, re.IGNORECASE):
        return "{" + text + "}"
    return text
