"""Titles of notices, and of replies and comments: told from works that have the words."""

import pytest

from livingreview.references.comparison.compare import compare_title
from livingreview.references.comparison.notices import (
    announced_notice,
    is_other_item,
    item_about,
    may_be_subject,
    title_of_original,
)
from livingreview.references.record import Reference

EN = "Anlotinib in small cell lung cancer"
ZH = "安罗替尼用于小细胞肺癌的疗效"


@pytest.mark.parametrize(
    ("title", "kind", "original"),
    [
        (f"Correction: {EN}", "correction", EN),
        (f"Corrections: {EN}", "correction", EN),
        (f"Author Correction: {EN}", "correction", EN),
        (f"Author’s correction: {EN}", "correction", EN),
        (f"Authors' Correction. {EN}", "correction", EN),
        (f"Publisher’s Correction: {EN}", "correction", EN),
        (f"Publisher's Note: {EN} [Phys. Rev. A 97, 1 (2018)]", "correction", EN),
        (f"Publisher’s Note: {EN}", "correction", EN),
        (f"Correction notice: {EN}", "correction", EN),
        (f"Correction for Smith et al., {EN}", "correction", EN),
        ("Correction for Smith et al.", "correction", None),
        (f"Correction to “{EN}”", "correction", EN),
        (f"Erratum to {EN}", "correction", EN),
        (f"Addendum to: {EN}", "correction", EN),
        (f"{EN}. Erratum", "correction", EN),
        (f"{EN}: Correction", "correction", EN),
        (f"{EN} - Corrigendum", "correction", EN),
        (f"{EN} (Author Correction)", "correction", EN),
        ("Correction", "correction", None),
        ("Corrections.", "correction", None),
        ("Erratum", "correction", None),
        ("Corrections and Clarifications", "correction", None),
        ("Department of Error", "correction", None),
        (f"Retraction: {EN}", "retraction", EN),
        (f"Retraction notice to: {EN}", "retraction", EN),
        (f"Statement of Retraction: {EN}", "retraction", EN),
        (f"Notice of Withdrawal: {EN}", "retraction", EN),
        (f"Withdrawal Notice to: {EN}", "retraction", EN),
        (f"Retraction and replacement of: {EN}", "retraction", EN),
        (f"Retraction and Republication: {EN}", "retraction", EN),
        (f"Retraction for Foo et al., {EN}", "retraction", EN),
        ("Retraction for Foo et al.", "retraction", None),
        (f"{EN} [Retraction]", "retraction", EN),
        ("Retraction", "retraction", None),
        (f"Partial Retraction: {EN}", "partial-retraction", EN),
        (f"Notice of partial retraction: {EN}", "partial-retraction", EN),
        (f"Note of concern: {EN}", "concern", EN),
        (f"Editorial Note of Concern: {EN}", "concern", EN),
        (f"Publisher's Expression of Concern: {EN}", "concern", EN),
        (f"{EN}: Expression of concern", "concern", EN),
        (f"更正：{ZH}", "correction", ZH),
        (f"作者更正：{ZH}", "correction", ZH),
        (f"出版者更正: {ZH}", "correction", ZH),
        (f"更正声明：{ZH}", "correction", ZH),
        (f"{ZH}：更正", "correction", ZH),
        (f"{ZH}（勘误）", "correction", ZH),
        (f"《{ZH}》一文的更正", "correction", ZH),
        ("更正", "correction", None),
        ("勘误表", "correction", None),
        (f"撤稿声明：{ZH}", "retraction", ZH),
        (f"关于撤回《{ZH}》一文的声明", "retraction", ZH),
        (f"部分撤稿声明：{ZH}", "partial-retraction", ZH),
        (f"关于《{ZH}》的部分撤稿声明", "partial-retraction", ZH),
        (f"编辑部关注：{ZH}", "concern", ZH),
        (f"关注声明：{ZH}", "concern", ZH),
    ],
)
def test_notices(title, kind, original):
    assert (announced_notice(title), title_of_original(title)) == (kind, original)
    assert (item_about(title), item_about(original or "")) == (kind, None)


@pytest.mark.parametrize(
    "title",
    [
        "Errata in anatomy teaching",
        "Correction of hyponatremia with tolvaptan",
        "Correction for multiple testing in trials",
        "Retraction of the lung during surgery",
        "Retraction notices in biomedical journals",
        "Expression of concern in editorial practice",
        "Addendum guidelines for the prevention of peanut allergy",
        "Withdrawal of care in intensive units",
        "Publishers and their notes",
        "Response to treatment in small cell lung cancer",
        "Review of opioids",
        "Re-irradiation in small cell lung cancer",
        "Letters and sounds",
        "低钠血症的纠正",
        "期刊勘误现状分析",
        "撤稿论文的研究",
        "医疗关注：问题与对策",
        "临床评论性文章的写作",
        "",
    ],
)
def test_works_about_such_things_are_works(title):
    assert (announced_notice(title), item_about(title)) == (None, None)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Withdrawal: a review of opioid syndromes", True),
        ("Correction: the role of prisons in society", True),
        ("Corrections: A Comprehensive View", True),
        ("Retraction: how surgeons hold tissue", True),
        ("Errata: an examined life", True),
        ("Myopia: correction", True),
        ("撤回：一项关于戒断的综述", True),
        ("测量误差的更正", True),
        (f"Correction: {EN}", False),
        (f"Erratum: the {EN}", False),
        (f"Author Correction: the {EN}", False),
        ("Correction for Smith et al., the study", False),
        (f"{EN}. Erratum", False),
        (f"《{ZH}》一文的更正", False),
        (f"更正：{ZH}", False),
        (f"{ZH}：更正", False),
        ("更正", False),
    ],
)
def test_words_that_are_also_the_subject_of_works(title, expected):
    assert announced_notice(title) is not None
    assert may_be_subject(title) is expected


REPLIES = [
    ("Comment on: {}", EN),
    ("Comment on “{}”", EN),
    ("Reply to: {}", EN),
    ("Response to: {}", EN),
    ("Re: {}", EN),
    ('Review for "{}"', EN),
    ("Letter: {}", EN),
    ("Letter to the editor: {}", EN),
    ("Author reply: {}", EN),
    ("{}: authors' reply", EN),
    ("{}: authors’ reply", EN),
    ("{}. Reply", EN),
    ("{} - comment", EN),
    ("评论：{}", ZH),
    ("作者回复：{}", ZH),
    ("对《{}》一文的评论", ZH),
    ("{}：作者回复", ZH),
    ("{}（作者答复）", ZH),
]


@pytest.mark.parametrize(("form", "work"), REPLIES)
def test_replies_and_comments(form, work):
    title = form.format(work)
    assert (item_about(title), announced_notice(title)) == ("comment", None)
    assert is_other_item(work, [title])
    assert is_other_item(title, [work])
    assert not is_other_item(title, [title])


@pytest.mark.parametrize(
    ("form", "work"),
    [
        *REPLIES,
        ("{}. Erratum", EN),
        ("{}: Correction", EN),
        ("{}: Expression of concern", EN),
        ("Correction: {}", EN),
        ("{}：更正", ZH),
        ("更正：{}", ZH),
    ],
)
def test_the_record_of_an_item_about_the_work_is_not_the_work(form, work):
    """Not even as a subtitle; unless the list prints it so too."""
    title = form.format(work)
    printed = Reference("k", 1, title=work)
    comparison = compare_title(printed, {"title": [title]})
    assert (comparison.state, comparison.code, comparison.severity, comparison.found) == (
        "differs",
        "title.mismatch",
        "error",
        title,
    )
    same = compare_title(Reference("k", 1, title=title), {"title": [title]})
    assert (same.state, same.code) == ("agrees", None)


@pytest.mark.parametrize(("work", "word"), [(EN, "Erratum"), (ZH, "勘误")])
def test_an_erratum_in_the_field_of_the_subtitle(work, word):
    comparison = compare_title(Reference("k", 1, title=work), {"title": [work], "subtitle": [word]})
    assert (comparison.code, comparison.severity, comparison.found) == (
        "title.mismatch",
        "error",
        f"{work}: {word}",
    )
