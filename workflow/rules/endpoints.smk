"""Endpoints: every reported result becomes a row, and every row is checked.

In: the evidence, the vocabulary, the trials, data/lock/endpoints.csv.
Out: results/endpoints/.
"""


rule extract_endpoints:
    """Turn the sentences of one language into rows with their exact place."""
    input:
        evidence=evidence_of_language,
        cited="results/references/cited.jsonl",
        vocabulary=config["vocabulary"],
        trials=config["trials"],
    output:
        reported="results/endpoints/reported.{lang}.csv",
        left_aside="results/endpoints/left_aside.{lang}.csv",
        text="results/endpoints/text.{lang}.txt",
    log:
        "logs/extract_endpoints/{lang}.log",
    params:
        code=code_digest("extract_endpoints"),
        given=digest_of_language,
    script:
        "../scripts/extract_endpoints.py"


rule check_endpoints:
    """Pair the languages, check the arithmetic, compare each row with its source."""
    input:
        reported=collect("results/endpoints/reported.{lang}.csv", lang=LANGUAGES),
        cited="results/references/cited.jsonl",
        lock=config["lock"]["endpoints"],
        vocabulary=config["vocabulary"],
    output:
        endpoints="results/endpoints/endpoints.csv",
        other_reports="results/endpoints/other_reports.csv",
        checks="results/endpoints/checks.csv",
    log:
        "logs/check_endpoints.log",
    params:
        code=code_digest("check_endpoints"),
        given=content_digest(config["lock"]["endpoints"], config["vocabulary"]),
        languages=LANGUAGES,
        severities=config["severities"],
    script:
        "../scripts/check_endpoints.py"
