# The workflow itself stands in workflow/, where the workflow catalogue and deployment look for it.
# A file that only includes would run nothing: the first rule here asks for everything.
include: "workflow/Snakefile"


rule default:
    """Everything."""
    default_target: True
    input:
        rules.all.input,
