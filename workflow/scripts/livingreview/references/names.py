"""Names of persons and groups: printed in a reference list, and in BibTeX."""

from __future__ import annotations

import re

from livingreview.references.reading.tex import decode_tex, encode_tex, one_line
from livingreview.references.record import Name

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
    "|大学|学院|研究所|研究院|中心|总局|管理局|统计局|卫健委|药监局|药典|联盟|基金会|出版社|分会"
    "|专委会|办公室|实验室|编辑部)"
)
GROUP_WORDS = re.compile(
    r"\b(?:groups?|collaborat(?:ion|ive|ors)|consortium|committee|society|association|institutes?"
    r"|organi[sz]ation|university|ministry|department|agency|investigators|council|cent(?:er|re)s?"
    r"|network|ltd|limited|inc|gmbh|corp|corporation|company|pharmaceuticals?|foundation"
    r"|administration|trialists|task force|board|bureau|commission|federation|alliance|initiative"
    r"|academy|college|hospital|programme|program|registry|service|services)\b",
    re.IGNORECASE,
)
# Capitals of Latin with its extensions, Greek and Cyrillic: Łukasz is Ł., Юрий is Ю.
CAPITAL = "[{}]".format("".join(chr(code) for code in range(0x41, 0x530) if chr(code).isupper()))
# R.C. | RC | Y.-Y. | YY run together, or R. C. | R C | Y.-Y. C. apart: one to five capitals, each
# with or without its full stop. LU N is neither: it is Lu, N.
INITIALS = re.compile(
    rf"{CAPITAL}\.?(?:-?{CAPITAL}\.?){{0,4}}"
    rf"|{CAPITAL}\.?(?:-{CAPITAL}\.?)?(?: {CAPITAL}\.?(?:-{CAPITAL}\.?)?){{1,4}}"
)
ONE_INITIAL = re.compile(rf"{CAPITAL}\.?(?:-{CAPITAL}\.?)*")
GENERATION = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV|2nd|3rd")
# At the end of a list: et al., and others, 等.
INCOMPLETE = re.compile(
    r"(?:^|[,，、;；\s])\s*(?:et\.?\s*al\b\.?|and others\b\.?|等(?:人|著|编)?|其[他它](?:人|作者)?)"
    r"[\s.,，．。]*$",
    re.IGNORECASE,
)
# The same where names stand one by one; "al., et" is what programs make of it. Three stops stand
# between the names that are printed and the last one.
CUT_OFF = re.compile(
    r"[(\[]?(?:et\.?\s*al(?:ii|ia)?\.?|al(?:ii|ia)?\.?,\s*et\.?|(?:and |& ?)?others|等(?:人|著|编)?"
    r"|其[他它](?:人|作者)?|и др|\.\s?\.\s?\.|…+)[)\].,，．。]*",
    re.IGNORECASE,
)
HAN_CUT_OFF = re.compile(f"([{HAN}]{{2,4}})等人?[.．。]?")
# APA: after nineteen names three stops and the last one.
LEFT_OUT = re.compile(r"[,，]\s*(?:\.\s?\.\s?\.|…+)\s*\S[^,，]*(?:[,，][^,，]*){0,2}$")
# Before a group's name at the end of a list.
ON_BEHALF = re.compile(r"^(?:and\s+)?(?:on behalf of|for|from)\s+(?=the\b|[A-Z])(?:the\s+)?", re.I)
PARTICLE = re.compile(
    r"(?:van|von|vom|zu|zur|der|den|de|da|di|do|dos|das|du|del|della|dello|di|la|le|lo|el|al|bin"
    r"|ibn|ter|ten|te|y|e|'t|’t|af|av|ben|bint|abu|dit|of)|(?:al|el|ul|[dDlL])[-'’]\S+"
)
# What stands after the last name and is none.
ROLE = re.compile(r"[,，\s]+(?:主编|编著|编译|主译|[Ee]ditors?|[Ee]ds?\.?)\s*$")


def parse_name(text: str) -> Name:
    """One printed name: `Cipaian, R.C.`, `Wang N`, `WANG Ning`, `Ning Wang`, 刘通, a group's name.

    A name of two to four Chinese characters is a person (family name first), a longer one or one
    that ends as institutions do is a group. What has the words of a group is one.
    """
    text = one_line(text).replace("－", "-")
    if any(sign in text for sign in "{}"):
        return Name(literal=text)
    if re.search(f"[{HAN}]", text):
        return _han_name(text)
    family, comma, given = text.partition(",")
    if comma and family.strip():
        return _family_first(family.strip(), given.strip())
    if GROUP_WORDS.search(text) or text.startswith("The "):
        return Name(literal=text)
    words = text.split(" ")
    if len(words) == 1:
        return Name(family=text)
    return _words_name(words)


def _family_first(family: str, given: str) -> Name:
    """`King Jr., M.L.` and `King, M.L., Jr.`: the generation goes with the given name."""
    head, _, last = family.rpartition(" ")
    if head and GENERATION.fullmatch(last):
        family, given = head, f"{given} {last}"
    given = re.sub(r"[,，]\s*(?=\S+$)", " ", given)
    return Name(family=family, given=one_line(given) or None)


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
    behind = _particles_behind(core)
    core = core[: len(core) - len(behind)]
    if INITIALS.fullmatch(core[-1]):  # Wang N, van der Berg AB, Smith J Jr
        start = len(core) - 1
        while start > 1 and _goes_on(core[start - 1], core[0]):
            start -= 1
        given = " ".join([*core[start:], *behind]) + (f" {generation}" if generation else "")
        return Name(family=" ".join(core[:start]), given=given)
    if len(core[0]) > 1 and "." not in core[0] and core[0].isupper() and not core[-1].isupper():
        # WANG Ning
        return Name(family=core[0], given=" ".join(core[1:]))
    # First von Last, as BibTeX reads it: the family name starts at the first lower-case word.
    start = next((i for i, word in enumerate(core[1:-1], 1) if word[:1].islower()), len(core) - 1)
    given = " ".join(core[:start]) + (f" {generation}" if generation else "")
    return Name(family=" ".join(core[start:]), given=given)


def _particles_behind(words: list[str]) -> list[str]:
    """The particles of the family name behind the initials: da of Silva Santos JP da."""
    start = len(words)
    while start > 2 and PARTICLE.fullmatch(words[start - 1]):
        start -= 1
    return words[start:] if INITIALS.fullmatch(words[start - 1]) else []


def _goes_on(word: str, first: str) -> bool:
    """Whether a word before initials is one of them: X in `LU X Y`, but not LU in `DE LU N`."""
    if ONE_INITIAL.fullmatch(word):
        return True
    return len(word) < 3 and word.isupper() and not first.isupper()


def parse_author_list(text: str) -> tuple[tuple[Name, ...], bool]:
    """The names of a printed author list, and whether the list is complete.

    Reads `Yuan, J., Cheng, F. and Fan, H.`, `Wang N, Zhao L, et al`, `刘通, 徐健, 等`, and groups.
    A list that ends in et al. or 等 is not complete.
    """
    text = ROLE.sub("", " ".join(text.replace("*", " ").split()).strip(" ,，;；"))
    cut = INCOMPLETE.search(text) or LEFT_OUT.search(text)
    complete = cut is None
    if cut:
        text = text[: cut.start()].strip(" ,，;；")
    text = _without_last_stop(text)
    if not text:
        return (), complete
    parts = [part.strip(" ,，") for part in re.split("[;；]", text)]
    # "Horn L, Mansfield AS, et al; IMpower133 Study Group"
    complete = complete and not any(INCOMPLETE.search(part) for part in parts)
    parts = [INCOMPLETE.sub("", part) for part in parts]
    names = [
        name
        for part in parts
        for name in ([part] if len(parts) > 1 and _is_one(part) else _names_of(part))
    ]
    return tuple(parse_name(ON_BEHALF.sub("", name)) for name in names if name), complete


def _is_one(part: str) -> bool:
    """Whether a part between semicolons is one name, `Smith, John`, and not a list of several."""
    family, comma, given = part.partition(",")
    if not comma:
        return not re.search(f"[{HAN}，、]", part)
    return "," not in given and not _has_initials(family) and not re.search(f"[{HAN}]", part)


def _without_last_stop(text: str) -> str:
    """Without the full stop of the list; that of an initial or of Jr. is the name's."""
    last = re.split(r"[\s,，]", text)[-1]
    if re.search(r"[.,，]\s(?:I{2,3}|IV|2nd|3rd)\.$", text):
        return text[:-1]
    if INITIALS.fullmatch(last) or GENERATION.fullmatch(last):
        return text
    return text.rstrip(".．。")


def _names_of(text: str) -> list[str]:
    """The names of a list with commas: `Wang, N., Zhao, L.`, `Wang N, Zhao L`, 刘通, 徐健."""
    names: list[str] = []
    # A group's name may hold "and": only an "and" after initials, or a comma, parts two persons.
    parts = re.split(rf"[,，、]|(?<=\.) (?:and|&) |(?<=[{HAN}]) (?:和|and|&) ", text)
    for part in map(str.strip, parts):
        part = ON_BEHALF.sub("", re.sub(r"^(?:and|&|和) ", "", part))
        if not part:
            continue
        if names and "," not in names[-1] and _is_given(part) and _awaits_given(names[-1], part):
            names[-1] += f", {part}"
        elif names and GENERATION.fullmatch(part):
            names[-1] += f", {part}" if "," in names[-1] else f" {part}"
        elif " and " in part and not GROUP_WORDS.search(part):
            names.extend(part.split(" and "))
        else:
            names.append(part)
    return names


def looks_like_authors(text: str) -> bool:
    """Whether a text can be an author list: names, initials and groups, and no sentence."""
    text = ROLE.sub("", " ".join(text.replace("*", " ").split()).strip(" ,，;；"))
    cut = INCOMPLETE.search(text) or LEFT_OUT.search(text)
    text = text[: cut.start()] if cut else text
    parts = [
        part.strip()
        for names in re.split("[;；]", text)
        for part in re.split("[,，、]", INCOMPLETE.sub("", names.strip()))
    ]
    return bool(cut) or all(_looks_like_name(part) for part in parts if part)


def _looks_like_name(part: str) -> bool:
    part = re.sub(r"^(?:and|&|和) ", "", part)
    if re.search(f"[{HAN}]", part):
        name = part.replace(" ", "")
        return bool(HAN_NAME.fullmatch(name) or HAN_GROUP.fullmatch(name) or "·" in name)
    if GROUP_WORDS.search(part) or ON_BEHALF.search(part):
        return True
    words = re.split(" (?:and|&) | ", part)
    return len(words) <= 8 and all(_is_name_word(word) for word in words)


def _is_name_word(word: str) -> bool:
    if PARTICLE.fullmatch(word) or GENERATION.fullmatch(word) or INITIALS.fullmatch(word):
        return True
    return word[:1].isupper() and not re.search(r"[\d:?!()（）\[\]<>%/]", word)


def _is_given(part: str) -> bool:
    """Initials, also with the particles of the family name behind them: A. van der."""
    words = part.split(" ")
    while len(words) > 1 and PARTICLE.fullmatch(words[-1]):
        words.pop()
    return INITIALS.fullmatch(" ".join(words)) is not None


def _has_initials(name: str) -> bool:
    """Whether a name without a comma ends in initials already (`Wang N`)."""
    words = name.split(" ")
    words = words[: len(words) - len(_particles_behind(words))]
    return len(words) > 1 and INITIALS.fullmatch(words[-1]) is not None


def _awaits_given(name: str, part: str) -> bool:
    """Whether initials after the name are its own: not after `Wang N` nor after a group, but
    after `King III` if they have stops."""
    if GROUP_WORDS.search(name) or re.search(f"[{HAN}]", name):
        return False
    generation = GENERATION.fullmatch(name.rpartition(" ")[2])
    return not _has_initials(name) or (generation is not None and "." in part)


def parse_bibtex_names(field: str) -> tuple[tuple[Name, ...], bool]:
    """The names of an author field as it stands in the file (TeX not decoded), and completeness.

    A name that is one braced group as a whole is a group (`{{World Health Organization}}`). A list
    cut off by `and others`, in whatever words, is not complete; of what stands behind them only
    groups are kept, since the place of a person there is not known. A list parted by commas alone
    is read as it is printed.
    """
    if is_printed_list(field):
        return parse_author_list(decode_tex(field))
    before, after, complete = _printed_parts(field)
    names = [name for part in before if (name := _bibtex_name(part)) != Name()]
    groups = [name for part in after if (name := _bibtex_name(part)).literal]
    return (*names, *groups), complete


def is_printed_list(field: str) -> bool:
    """Whether an author field without "and" has more commas than one name can have, or only names
    with initials (`Wang N, Zhao L`), or only whole Chinese ones; "et al." aside."""
    text = one_line(field)
    if "{" in text or "}" in text or re.search(r"\sand\s", text, re.IGNORECASE):
        return False
    parts = [part.strip() for part in re.split("[,，、]", text)]
    cut = CUT_OFF.fullmatch(parts[-1]) is not None
    parts = parts[: len(parts) - cut]
    if len(parts) < 2 or not all(parts):
        return False
    several = len(parts) > 3 - cut  # `von Last, Jr, First` is one name
    if several or all(map(_has_initials, parts)):
        return True
    return len(parts) > 2 - cut and all(map(HAN_NAME.fullmatch, parts))


def goes_on_after_others(field: str) -> bool:
    """Whether names stand behind the words that cut the author field off."""
    return bool(_printed_parts(field)[1])


def _printed_parts(field: str) -> tuple[list[str], list[str], bool]:
    """The texts of the names before "and others", "et al." or 等, those behind it, and whether
    there is no such word."""
    before: list[str] = []
    after: list[str] = []
    complete = True
    for part in split_outside_braces(one_line(field), re.compile(r" and(?= )", re.IGNORECASE)):
        part = part.strip(" ")
        name = _before_others(part)
        if name:
            (before if complete else after).append(name)
        complete = complete and name == part
    return before, after, complete


def _before_others(part: str) -> str:
    """The name without the words that say that others follow, which may stand for the whole."""
    if CUT_OFF.fullmatch(part) or (part[-40:] == part and CUT_OFF.fullmatch(decode_tex(part))):
        return ""
    if glued := HAN_CUT_OFF.fullmatch(part):
        return glued[1]
    for blank in re.finditer(r"[\s,，、]+", part[-40:]):
        end = part[-40:][blank.end() :]
        if end.count("{") == end.count("}") and CUT_OFF.fullmatch(decode_tex(end)):
            return part[: len(part) - len(part[-40:]) + blank.start()]
    return part


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
    text = f"{family}, {_held_together(encode_tex(name.given))}" if name.given else f"{family},"
    return f"{{{family}}}{text[len(family) :]}" if is_printed_list(text) else text


def _held_together(text: str) -> str:
    """In braces if BibTeX would split the text at a comma or at `and`."""
    if "," in text or re.search(r"(?:^|\s)(?:and|others)(?:\s|$)", text, re.IGNORECASE):
        return "{" + text + "}"
    return text
