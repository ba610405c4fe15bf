"""The vocabulary and the trials: what they say, what they refuse, what they find in texts."""

import textwrap

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from livingreview.endpoints.spellings import Mention
from livingreview.endpoints.trials import Trial, read_trials, trial_finder, trials_of
from livingreview.endpoints.vocabulary import (
    SECTIONS,
    enclosing,
    find_terms,
    intervention_ids,
    narrowest,
    read_vocabulary,
    setting_id,
)
from livingreview.errors import InputError

VOCABULARY = read_vocabulary(ROOT / "config" / "vocabulary.yaml")
TRIALS = read_trials(ROOT / "config" / "trials.yaml")

SMALL = """\
    version: 1
    endpoints:
      PFS:
        zh: 无进展生存期
        en: progression-free survival
        spellings: {zh: [], en: [PFS]}
        statistics: [median]
        units: [months]
    adverse_events: {}
    interventions: {}
    populations: {}
    lines: {}
    settings:
      - {id: other, zh: 其他, en: Other}
"""


def write(tmp_path, text):
    path = tmp_path / "vocabulary.yaml"
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("section", "text", "expected"),
    [
        pytest.param(
            "endpoints",
            "中位无进展生存期(PFS)",
            [("无进展生存期", "PFS"), ("PFS", "PFS")],
            id="Chinese name",
        ),
        pytest.param(
            "endpoints",
            "Progression free  survival and mOS",
            [("Progression free  survival", "PFS"), ("mOS", "OS")],
            id="case, spaces and hyphens do not count",
        ),
        pytest.param(
            "endpoints", "无病生存率", [("无病生存率", "DFS")], id="longest Chinese spelling"
        ),
        pytest.param(
            "endpoints",
            "cancer-specific survival",
            [("cancer-specific survival", "RATE:CSS")],
            id="longest English spelling",
        ),
        pytest.param("endpoints", "PD-1 and PD-(L)1, Cr, pros, macros", [], id="no abbreviations"),
        pytest.param("endpoints", "中位OS5.8年", [("OS", "OS")], id="a number right behind"),
        pytest.param(
            "endpoints", "complete responses", [("complete responses", "CR")], id="plural"
        ),
        pytest.param(
            "adverse_events",
            "hand–foot syndrome、手足综合症",
            [("hand–foot syndrome", "hand_foot_syndrome"), ("手足综合症", "hand_foot_syndrome")],
            id="dash",
        ),
        pytest.param(
            "populations",
            "广泛期 SCLC, NSCLC, non-small cell lung cancer",
            [
                ("广泛期 SCLC", "es_sclc"),
                ("NSCLC", "nsclc"),
                ("non-small cell lung cancer", "nsclc"),
            ],
            id="a space between the scripts",
        ),
        pytest.param("lines", "三线及以后治疗", [("三线及以后", "third_or_later")], id="line"),
    ],
)
def test_terms_are_found_where_they_stand(section, text, expected):
    found = find_terms(text, VOCABULARY, section)
    assert [(text[m.start : m.end], m.id) for m in found] == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(
            "双安慰剂+依托泊苷/卡铂组", "carboplatin+etoposide+placebo", id="zh control arm"
        ),
        pytest.param(
            "double placebo + etoposide/carboplatin",
            "carboplatin+etoposide+placebo",
            id="en control",
        ),
        pytest.param("安罗替尼组", "anlotinib", id="zh group"),
        pytest.param("PD-(L)1 抑制剂联合安罗替尼", "anlotinib+pd1_inhibitor", id="zh combination"),
        pytest.param(
            "PD-(L)1 inhibitors plus anlotinib", "anlotinib+pd1_inhibitor", id="en combination"
        ),
        pytest.param("no metformin", "no_metformin", id="not the drug itself"),
        pytest.param("S-1", "s1", id="letter and digit"),
        pytest.param("group C", "", id="nothing known"),
        pytest.param(None, "", id="no words"),
    ],
)
def test_words_of_an_arm_become_ids(words, expected):
    assert intervention_ids(words, VOCABULARY) == expected


def test_the_narrowest_population_is_meant():
    ids = ["sclc", "liver_metastases", "relapsed_sclc"]
    assert narrowest(ids, VOCABULARY.populations) == ["liver_metastases"]
    assert narrowest(["sclc", "nsclc"], VOCABULARY.populations) == ["sclc", "nsclc"]


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (("OS", "es_sclc", "third", "anlotinib"), "third_line"),
        (("OS", "liver_metastases", "third_or_later", "anlotinib"), "third_line_subgroups"),
        (("PFS", "relapsed_sclc", "second", "topotecan"), "second_line"),
        (("PFS", "es_sclc", "first_maintenance", "durvalumab"), "first_line"),
        (("ORR", "es_sclc", None, "anlotinib+etoposide"), "combinations"),
        (("ORR", "es_sclc", None, "anlotinib+placebo"), "other"),
        (("AE:hypertension", "es_sclc", "third", "anlotinib"), "safety"),
        (("OS", "lung_adenocarcinoma", "third_or_later", "anlotinib"), "other"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_result_stands_in_one_table(result, expected):
    assert setting_id(VOCABULARY, *result) == expected


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param("version: 1", "version: 2", ":1: version 2 is not known", id="version"),
        pytest.param(
            "en: [PFS]", "en: [PFS, pfs]", ":3: the spelling 'pfs' is named twice", id="case"
        ),
        pytest.param(
            "adverse_events: {}",
            "adverse_events:\n      a: {zh: 甲, en: hand-foot}\n      b: {zh: 乙, en: Hand Foot}",
            ":11: the spelling 'Hand Foot' is named twice: by 'a' (as 'hand-foot') and by 'b'",
            id="two terms",
        ),
        pytest.param(
            "[median]", "[mode]", ":7: 'mode' of 'PFS' is not among the statistics", id="statistic"
        ),
        pytest.param(
            "[months]", "[moons]", ":8: 'moons' of 'PFS' is not among the units", id="unit"
        ),
        pytest.param(
            "zh: 无进展生存期", 'zh: ""', ":3 [endpoints]: 'PFS' has no name in zh", id="no name"
        ),
        pytest.param("units:", "unit:", ":8: unknown key 'unit'", id="unknown key"),
        pytest.param("lines: {}", "line: {}", ":12: unknown key 'line'", id="unknown section"),
        pytest.param(
            "populations: {}",
            "populations:\n      a: {zh: 甲, en: a1, within: b}",
            ":12: `within: b` of 'a' is no term of this section",
            id="within nothing",
        ),
        pytest.param(
            "lines: {}",
            "lines:\n      a: {zh: 甲, en: a1, within: b}\n      b: {zh: 乙, en: b1, within: a}",
            "leads in a circle",
            id="within in a circle",
        ),
        pytest.param(
            "id: other,", "id: other, lines: [x],", "'x' of the setting 'other'", id="setting"
        ),
        pytest.param(
            "en: [PFS]", "en: PFS", ":6: endpoints.PFS.spellings.en: a list", id="no list"
        ),
        pytest.param(
            "en: [PFS]", "en: [1]", ":6: 1 is no spelling: write it in quotes", id="number"
        ),
    ],
)
def test_what_a_vocabulary_cannot_mean_is_refused_with_its_place(tmp_path, old, new, message):
    assert old in SMALL
    path = write(tmp_path, SMALL.replace(old, new, 1))
    with pytest.raises(InputError) as error:
        read_vocabulary(path)
    assert message in str(error.value)
    assert str(error.value).startswith(str(path))


DISEASES = """
    diseases:
      tumour: {zh: 肿瘤, en: tumour, names: nothing}
      head: {zh: 头颈癌, en: head and neck cancer, within: tumour}
      gland: {zh: 内分泌肿瘤, en: endocrine tumour, within: tumour}
      thyroid: {zh: 甲状腺癌, en: thyroid cancer, within: [head, gland]}
"""


def test_a_disease_may_lie_within_several(tmp_path):
    text = textwrap.dedent(SMALL) + textwrap.dedent(DISEASES)
    diseases = read_vocabulary(write(tmp_path, text)).diseases
    assert diseases["thyroid"].within == ("head", "gland")
    assert enclosing("thyroid", diseases) == ["head", "gland", "tumour"]
    assert [diseases[id].names for id in ("tumour", "head")] == ["nothing", "one"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(
            "names: nothing", "names: all", "`names: all` of 'tumour' is not among", id="names"
        ),
        pytest.param(
            "[head, gland]", "[head, x]", "`within: x` of 'thyroid' is no term", id="nothing"
        ),
        pytest.param(
            "names: nothing",
            "within: thyroid",
            "`within: thyroid` of 'tumour' leads in a circle",
            id="circle",
        ),
        pytest.param("[head, gland]", "{a: b}", "text expected", id="no text"),
        pytest.param("zh: 头颈癌", "zh: 甲状腺癌", "is named twice", id="one spelling for two"),
    ],
)
def test_what_diseases_cannot_mean_is_refused(tmp_path, old, new, message):
    text = textwrap.dedent(SMALL) + textwrap.dedent(DISEASES)
    assert old in text
    with pytest.raises(InputError) as error:
        read_vocabulary(write(tmp_path, text.replace(old, new, 1)))
    assert message in str(error.value)


def test_the_small_vocabulary_is_fine_as_it_is(tmp_path):
    assert list(read_vocabulary(write(tmp_path, SMALL)).endpoints) == ["PFS"]


def test_missing_parts_are_named(tmp_path):
    with pytest.raises(InputError, match="the section 'endpoints' is missing"):
        read_vocabulary(write(tmp_path, "version: 1\n"))
    with pytest.raises(InputError, match="the file: keys with values expected"):
        read_vocabulary(write(tmp_path, "- 1\n"))


def test_every_term_of_the_project_finds_itself():
    for section in SECTIONS:
        for term in getattr(VOCABULARY, section).values():
            for spelling in term.spellings:
                assert find_terms(spelling, VOCABULARY, section) == [
                    Mention(0, len(spelling), term.id)
                ], spelling


@given(st.text(alphabet="PFSDOR无进展生存期总率 -–()1.aé\n", max_size=60))
def test_mentions_are_in_order_and_never_overlap(text):
    for section in SECTIONS:
        found = find_terms(text, VOCABULARY, section)
        places = [place for mention in found for place in (mention.start, mention.end)]
        assert places == sorted(places)


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        pytest.param("PD-(L)1 抑制剂", "pd1_inhibitor", id="zh: with a space"),
        pytest.param("PD-（L）1抑制剂", "pd1_inhibitor", id="zh: full-width brackets"),
        pytest.param("PD-(L)1 inhibitor", "pd1_inhibitor", id="en"),
        pytest.param("观察组", "", id="zh: a group under observation, whatever it got"),
        pytest.param("仅观察", "observation", id="zh: observation only"),
        pytest.param("观察随访组", "observation", id="zh: observation and follow-up"),
        pytest.param("observation alone", "observation", id="en: observation only"),
    ],
)
def test_words_of_arms(words, ids):
    assert intervention_ids(words, VOCABULARY) == ids


def test_trials_are_known_by_name_and_registration():
    text = "ALTER 1202、ALTER-0303 (NCT02388919), DURABLE"
    assert [mention.id for mention in trial_finder(TRIALS).find(text)] == [
        "ALTER1202",
        "ALTER0303",
        "ALTER0303",
        "DURABLE",
    ]
    assert trials_of(["wu2023therapeutic", "shi2022anlotinib"], TRIALS) == ["ALTER1202"]


def test_trials_name_entries_of_the_bibliography():
    keys = (ROOT / "data" / "references.bib").read_text(encoding="utf-8")
    for trial in TRIALS.values():
        for key in trial.references:
            assert f"{{{key}," in keys


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("version: 3", ":1: version 3 is not known", id="version"),
        pytest.param(
            "version: 1\ntrials: {A: {nam: x}}", ":2: unknown key 'nam'", id="unknown key"
        ),
        pytest.param(
            "version: 1\ntrials: {A: {spellings: [1]}}", ":2: 1 in spellings", id="number"
        ),
        pytest.param(
            "version: 1\ntrials:\n  A: {}\n  B: {spellings: [a]}",
            ":4: 'a' names two trials",
            id="two",
        ),
    ],
)
def test_what_the_trials_cannot_mean_is_refused(tmp_path, text, message):
    path = write(tmp_path, text)
    with pytest.raises(InputError, match=message):
        read_trials(path)


def test_a_trial_needs_only_an_id(tmp_path):
    path = write(tmp_path, "version: 1\ntrials: {A: {}}")
    assert read_trials(path) == {"A": Trial("A", "A", (), (), ())}


def test_no_two_settings_share_a_name():
    value = yaml.safe_load((ROOT / "config" / "vocabulary.yaml").read_text(encoding="utf-8"))
    names = [setting["en"] for setting in value["settings"]]
    assert len(names) == len(set(names))
