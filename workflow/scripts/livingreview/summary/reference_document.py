"""The DOCX that pandoc takes styles and page from, made in code: pandoc's own, changed."""

from __future__ import annotations

import io
import re
import zipfile

from livingreview.summary.document import run_pandoc

# Word's Latin and Chinese fonts that come with Windows and with Office on a Mac; elsewhere the
# alternatives that fontTable.xml names, then whatever covers the script.
LATIN, EAST_ASIAN = "Arial", "Microsoft YaHei"
FONTS = f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{EAST_ASIAN}" w:cs="{LATIN}"/>'
INK, RULE, TINT = "1A1A1A", "BFBFBF", "F0F3F5"

# A4; margins of 2 cm leave 17 cm to the tables. Lengths in twentieths of a point.
SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rIdFooter"/>'
    '<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567"'
    ' w:footer="567" w:gutter="0"/></w:sectPr>'
)
FOOTER = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>'
)
FOOTER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
FOOTER_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"


def run_style(size: int, *, bold: bool = False, color: str = INK) -> str:
    """Run properties; the size in half points."""
    weight = "<w:b/>" if bold else ""
    return (
        f'<w:rPr>{FONTS}{weight}<w:color w:val="{color}"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    )


def paragraph_style(before: int, after: int, extra: str = "", outline: int | None = None) -> str:
    """Paragraph properties in the order that the schema wants; spaces in twentieths of a point."""
    level = f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else ""
    space = f'<w:spacing w:before="{before}" w:after="{after}"/>'
    return f"<w:pPr>{extra}{space}{level}</w:pPr>"


KEEP = "<w:keepNext/><w:keepLines/>"
STYLES = {
    "BodyText": paragraph_style(60, 80),
    "Compact": paragraph_style(20, 20),
    "Title": paragraph_style(0, 160, KEEP) + run_style(34, bold=True),
    "Heading1": paragraph_style(360, 120, KEEP, outline=0) + run_style(28, bold=True),
    "Heading2": paragraph_style(240, 80, KEEP, outline=1) + run_style(23, bold=True),
    "TableCaption": paragraph_style(200, 60, KEEP) + run_style(19, bold=True),
    "ImageCaption": paragraph_style(60, 120) + run_style(18),
}  # fmt: skip
TABLE = (
    '<w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr>'
    '<w:rPr><w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>'
    f'<w:top w:val="single" w:sz="8" w:color="{INK}"/>'
    f'<w:bottom w:val="single" w:sz="8" w:color="{INK}"/>'
    f'<w:insideH w:val="single" w:sz="4" w:color="{RULE}"/></w:tblBorders><w:tblCellMar>'
    '<w:top w:w="30" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>'
    '<w:bottom w:w="30" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:trPr><w:cantSplit/></w:trPr>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>'
    f'<w:bottom w:val="single" w:sz="8" w:color="{INK}"/></w:tcBorders>'
    f'<w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/><w:vAlign w:val="bottom"/></w:tcPr>'
    "</w:tblStylePr>"
)  # fmt: skip


def make_reference_document() -> bytes:
    """The DOCX as bytes, the same every time."""
    original = zipfile.ZipFile(
        io.BytesIO(run_pandoc("", ["--print-default-data-file=reference.docx"]))
    )
    parts = {name: original.read(name).decode("utf-8") for name in original.namelist()}
    parts["word/styles.xml"] = restyle(parts["word/styles.xml"])
    parts["word/document.xml"] = re.sub(
        r"<w:sectPr>.*?</w:sectPr>", lambda _: SECTION, parts["word/document.xml"], flags=re.DOTALL
    )
    parts["word/footer1.xml"] = FOOTER
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="rIdFooter" Type="{FOOTER_RELATION}" Target="footer1.xml"/>'
        "</Relationships>",
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        "</Types>", f'<Override PartName="/word/footer1.xml" ContentType="{FOOTER_TYPE}"/></Types>'
    )
    parts["word/fontTable.xml"] = parts["word/fontTable.xml"].replace(
        "</w:fonts>",
        f'<w:font w:name="{EAST_ASIAN}"><w:altName w:val="Noto Sans SC"/><w:charset w:val="86"/>'
        "</w:font></w:fonts>",
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return buffer.getvalue()


def restyle(styles: str) -> str:
    """styles.xml with our fonts, and the properties of the styles named above replaced."""
    styles = re.sub(r"<w:rFonts[^>]*/>", lambda _: FONTS, styles)
    styles = re.sub(
        r'(<w:rPrDefault>.*?)<w:sz w:val="24" />\s*<w:szCs w:val="24" />',
        r'\1<w:sz w:val="19"/><w:szCs w:val="19"/>',
        styles,
        flags=re.DOTALL,
    )
    for name, properties in STYLES.items():
        styles = replace_properties(styles, name, properties)
    return replace_properties(styles, "Table", TABLE)


def replace_properties(styles: str, name: str, properties: str) -> str:
    """The style keeps its name and relations and gets these properties instead of its own."""
    pattern = rf'(<w:style [^>]*w:styleId="{name}"[^>]*>)(.*?)(</w:style>)'
    found = re.search(pattern, styles, flags=re.DOTALL)
    if found is None:
        raise RuntimeError(f"pandoc's reference document has no style {name}")
    kept = re.sub(r"<w:(pPr|rPr|tblPr|trPr|tblStylePr)\b.*?</w:\1>", "", found[2], flags=re.DOTALL)
    return styles[: found.start(2)] + kept + properties + styles[found.end(2) :]
