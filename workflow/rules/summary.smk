"""Summary: figures, the one model of what is said, and its documents.

In: the results of references and endpoints, the configuration, templates and catalogues.
Out: results/figures/, results/summary/.
"""

CATALOGUES = [
    resource("locale/zh/LC_MESSAGES/summary.po"),
    resource("locale/en/LC_MESSAGES/summary.po"),
]


rule draw_figures:
    """Draw the medians by arm."""
    input:
        endpoints="results/endpoints/endpoints.csv",
        vocabulary=config["vocabulary"],
    output:
        "results/figures/medians.svg",
    log:
        "logs/draw_figures.log",
    params:
        code=code_digest("draw_figures"),
    script:
        "../scripts/draw_figures.py"


rule compose_summary:
    """Put everything that the documents say into one model, and that into Markdown."""
    input:
        validation="results/references/validation.json",
        cited="results/references/cited.jsonl",
        endpoints="results/endpoints/endpoints.csv",
        other_reports="results/endpoints/other_reports.csv",
        checks="results/endpoints/checks.csv",
        left_aside=collect("results/endpoints/left_aside.{lang}.csv", lang=LANGUAGES),
        works=config["lock"]["works"],
        source_results=config["lock"]["endpoints"],
        vocabulary=config["vocabulary"],
        resources=[resource("summary.md.j2"), *CATALOGUES],
    output:
        model="results/summary/model.json",
        markdown="results/summary/summary.md",
    log:
        "logs/compose_summary.log",
    params:
        code=code_digest("compose_summary"),
        languages=LANGUAGES,
        review=config["review"],
    script:
        "../scripts/compose_summary.py"


rule render_summary:
    """Make the documents under a name of their own: a failure here costs no good document."""
    input:
        model="results/summary/model.json",
        markdown="results/summary/summary.md",
        figure="results/figures/medians.svg",
        resources=[
            resource("summary.css"),
            resource("summary.html"),
            resource("summary.typ"),
            *CATALOGUES,
        ],
    output:
        html=temp("results/summary/rendered.html"),
        docx=temp("results/summary/rendered.docx"),
        pdf=temp("results/summary/rendered.pdf"),
    log:
        "logs/render_summary.log",
    params:
        code=code_digest("render_summary"),
    script:
        "../scripts/render_summary.py"


rule publish_summary:
    """Put the finished documents in place of the last good ones."""
    input:
        html="results/summary/rendered.html",
        docx="results/summary/rendered.docx",
        pdf="results/summary/rendered.pdf",
    output:
        html="results/summary/summary.html",
        docx="results/summary/summary.docx",
        pdf="results/summary/summary.pdf",
    log:
        "logs/publish_summary.log",
    shell:
        "(cp {input.html:q} {output.html:q} && cp {input.docx:q} {output.docx:q}"
        " && cp {input.pdf:q} {output.pdf:q}) 2> {log:q}"
