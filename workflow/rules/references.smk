"""References: read as printed, resolved from the lock, verified field by field.

In: the bibliography, the evidence (its citations), data/lock/works.jsonl, the waivers, the trials,
the diseases of the vocabulary.
Out: results/references/.
"""


rule read_references:
    """Read the bibliography as the review prints it."""
    input:
        bibliography=config["bibliography"],
    output:
        "results/references/cited.jsonl",
    log:
        "logs/read_references.log",
    params:
        code=code_digest("read_references"),
        given=content_digest(config["bibliography"]),
    script:
        "../scripts/read_references.py"


rule read_citations:
    """Find every citation in the evidence; one of an unknown key is a line too."""
    input:
        cited="results/references/cited.jsonl",
        evidence=list(config["evidence"].values()),
    output:
        "results/references/citations.csv",
    log:
        "logs/read_citations.log",
    params:
        code=code_digest("read_citations"),
        given=content_digest(*config["evidence"].values()),
        languages=LANGUAGES,
    script:
        "../scripts/read_citations.py"


rule resolve_references:
    """Find for each reference the locked answers that are about it."""
    input:
        cited="results/references/cited.jsonl",
        lock=config["lock"]["works"],
        journals=resource("journals.yaml"),
    output:
        "results/references/resolved.jsonl",
    log:
        "logs/resolve_references.log",
    params:
        code=code_digest("resolve_references"),
        given=content_digest(config["lock"]["works"]),
    script:
        "../scripts/resolve_references.py"


rule validate_references:
    """Compare every printed field and give each reference its verdict."""
    input:
        resolved="results/references/resolved.jsonl",
        citations="results/references/citations.csv",
        waivers=config["waivers"],
        trials=config["trials"],
        vocabulary=config["vocabulary"],
    output:
        json="results/references/validation.json",
        csv="results/references/validation.csv",
        md="results/references/validation.md",
        sarif="results/references/validation.sarif",
    log:
        "logs/validate_references.log",
    params:
        code=code_digest("validate_references"),
        given=content_digest(config["waivers"], config["trials"], config["vocabulary"]),
        bibliography=config["bibliography"],
        severities=config["severities"],
        scope_notes=config["scope_notes"],
    script:
        "../scripts/validate_references.py"


rule write_bibliography:
    """Write the corrected bibliography and the patch that leads to it."""
    input:
        bibliography=config["bibliography"],
        resolved="results/references/resolved.jsonl",
        validation="results/references/validation.json",
    output:
        bib="results/references/references.bib",
        csl="results/references/references.csl.json",
        ris="results/references/references.ris",
        patch="results/references/corrections.patch",
    log:
        "logs/write_bibliography.log",
    params:
        code=code_digest("write_bibliography"),
    script:
        "../scripts/write_bibliography.py"


rule refresh_lock:
    """Ask the registries for what the lock lacks. The only rule that uses the network; it is part
    of nothing else and has no output: it runs whenever it is asked for."""
    input:
        bibliography=config["bibliography"],
        lock=config["lock"]["works"],
        journals=resource("journals.yaml"),
    log:
        "logs/refresh_lock.log",
    params:
        code=code_digest("refresh_lock"),
        registries=config["registries"],
    script:
        "../scripts/refresh_lock.py"
