"""Functions that the workflow and its rules call; no rules.

The package is not imported here: a remote deployment could not find it.
"""

import atexit
import difflib
import hashlib
import re
import sys
import time
from datetime import date, datetime
from functools import cache
from pathlib import Path

started = time.time()

PROBLEM = "logs/problem.txt"


def stop(problem):
    """End the run before it begins, with one line."""
    keep_problem(problem)
    sys.exit(problem)


def keep_problem(problem):
    """Leave the line where `make` finds it, to repeat it after Snakemake's own closing words."""
    try:
        Path(PROBLEM).parent.mkdir(exist_ok=True)
        Path(PROBLEM).write_text(f"{problem}\n", encoding="utf-8")
    except OSError:
        pass  # The line is printed all the same; a folder that takes no file may be the problem.


def report_problem(since):
    """Print, as the last line of all, what the failed scripts wrote into their logs."""
    problems = []
    for log in sorted(Path("logs").glob("**/*.log")):
        if log.stat().st_mtime >= since:
            lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
            problems += [
                line.removeprefix("error: ")
                for line in lines
                if line.startswith("error: ")
            ]
    # Two jobs may have stumbled over one fault.
    for problem in dict.fromkeys(problems) or [
        "the run failed; the lines above say where"
    ]:
        keep_problem(problem)
        # Snakemake prints its own closing lines after this handler.
        atexit.register(print, problem, file=sys.stderr)


def config_place(path):
    """`config/config.yaml:7 [lock.works]` for a path of keys."""
    file = workflow.configfiles[0] if workflow.configfiles else "configuration"
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        lines = []
    number = 0
    path = [key for key in path if not isinstance(key, int)]
    for key in path:
        # Each key stands below the one that holds it; a value set on the command line nowhere.
        matches = (
            later
            for later, line in enumerate(lines[number:], start=number + 1)
            if re.match(rf"\s*{re.escape(str(key))}\s*:", line)
        )
        number = next(matches, None)
        if number is None:
            break
    line = f":{number}" if number else ""
    keys = f" [{'.'.join(map(str, path))}]" if path else ""
    return f"{relative(file)}{line}{keys}"


def relative(path):
    path = Path(path)
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def check_config_file(path):
    """Stop at a file that is no YAML mapping: Snakemake would name neither it nor the line."""
    import yaml

    try:
        text = Path(path).read_text(encoding="utf-8")
        check_keys(path, yaml.compose(text, Loader=yaml.SafeLoader))
        if not isinstance(yaml.safe_load(text), dict):
            stop(
                f"{path}: not a list of keys with values, as `bibliography: data/references.bib`"
            )
    except FileNotFoundError:
        return  # Another one may be given on the command line.
    except UnicodeDecodeError:
        stop(f"{path}: not UTF-8; save the file as UTF-8")
    except OSError as error:
        stop(f"{path}: cannot be read ({error.strerror})")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        stop(f"{path}{line}: not YAML ({getattr(error, 'problem', error)})")


def check_keys(path, node, above=()):
    """Stop at a key that stands twice, of which YAML would keep only the last."""
    if node is None or node.id != "mapping":
        return
    seen = set()
    for key, value in node.value:
        if key.tag != "tag:yaml.org,2002:str":
            line, kind = key.start_mark.line + 1, key.tag.rpartition(":")[2]
            stop(
                f"{path}:{line} [{'.'.join([*above, str(key.value)])}]: the key {key.value} is"
                f" read as a value ({kind}); put it in quotes if it is meant"
            )
        if key.value in seen:
            line = key.start_mark.line + 1
            stop(f"{path}:{line}: the key {key.value!r} stands twice")
        seen.add(key.value)
        check_keys(path, value, (*above, key.value))


def check_config(config):
    """Fill in defaults; stop at a key that the schema does not know or a value it refuses."""
    # Read here and not through snakemake.utils.validate, whose message is a dump of the schema.
    import jsonschema
    import yaml

    schema = yaml.safe_load(
        Path(workflow.source_path("../schemas/config.schema.yaml")).read_text(
            encoding="utf-8"
        )
    )
    fill_defaults(config, schema)
    if isinstance(config.get("fail_on"), str):
        words = (word.strip() for word in config["fail_on"].split(","))
        config["fail_on"] = [word for word in words if word]
    errors = list(jsonschema.Draft202012Validator(schema).iter_errors(config))
    if not errors:
        return
    error = min(errors, key=lambda error: [str(part) for part in error.absolute_path])
    path = list(error.absolute_path)
    if error.validator == "additionalProperties":
        unknown = [
            key for key in error.instance if key not in error.schema["properties"]
        ]
        known = ", ".join(error.schema["properties"])
        stop(f"{config_place([*path, unknown[0]])}: no such key; known are {known}")
    if known := known_words(error):
        path += [error.instance] * ("propertyNames" in error.absolute_schema_path)
        stop(f"{config_place(path)}: {unknown_word(error.instance, known)}")
    stop(f"{config_place(path)}: {' '.join(told(error).split())}")


# The same words as the command line has (config.py and yaml_file.py of the package), which a test
# holds equal.
KINDS = {
    "string": "a text",
    "array": "a list",
    "object": "a block of keys",
    "boolean": "true or false",
    "integer": "a whole number",
}


def as_read(value):
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return f"the number {value}"
    if isinstance(value, date):
        return f"the {'time' if isinstance(value, datetime) else 'day'} {value}"
    kinds = {str: "a text", list: "a list", dict: "a block of keys"}
    return kinds.get(type(value), "no text")


def told(error):
    value, wanted = error.instance, error.validator_value
    if error.validator == "type":
        kinds = [wanted] if isinstance(wanted, str) else wanted
        text = "string" in kinds and not isinstance(value, (list, dict, type(None)))
        return (
            f"is read as {as_read(value)}, and {' or '.join(KINDS[one] for one in kinds)} is wanted"
            f"{'; put it in quotes' if text else ''}"
        )
    if error.validator == "required":
        missing = next(name for name in wanted if name not in value)
        return f"the key {missing} is missing"
    if error.validator in ("minLength", "minItems", "minProperties"):
        return "is empty"
    if error.validator == "minimum":
        return f"{value} is less than {wanted}"
    if error.validator == "pattern":
        return f"{value!r} does not fit: {error.schema['description']}"
    return error.message


def known_words(error):
    """The words of which one is wanted, where the schema names them; else none."""
    parts = [error] if error.validator == "enum" else error.context or ()
    return [
        word
        for part in parts
        if part.validator == "enum"
        for word in part.validator_value
    ]


def unknown_word(word, known):
    close = []
    if isinstance(word, str):
        close = difflib.get_close_matches(word[:100], known, n=3, cutoff=0.8)
    hint = f"; did you mean {' or '.join(close)}?" if close else ""
    all_of_them = f"; known are {', '.join(known)}" if len(known) <= 8 else ""
    if not isinstance(word, str):
        return f"is read as {as_read(word)}, which is not known{all_of_them}"
    return f"{word!r} is not known{all_of_them or hint or '; docs/findings.md lists all codes'}"


def fill_defaults(values, schema):
    if not isinstance(values, dict):
        return
    for key, part in schema.get("properties", {}).items():
        # A key with nothing behind it, where keys would stand, has none of them.
        empty = values.get(key, "") is None and part.get("type") == "object"
        if (key not in values or empty) and "default" in part:
            values[key] = part["default"]
        fill_defaults(values.get(key), part)


def check_files(config):
    """Stop where a configured input is missing or the results cannot be written."""
    paths = [["bibliography"], ["vocabulary"], ["trials"], ["waivers"]]
    paths += [["lock", "works"], ["lock", "endpoints"]]
    paths += [["evidence", language] for language in config["evidence"]]
    for path in paths:
        file = config
        for key in path:
            file = file[key]
        if not Path(file).is_file():
            stop(f"{config_place(path)}: {file}: no such file")
    parts = ["references", "endpoints", "figures", "summary"]
    for folder in ["results", *(f"results/{part}" for part in parts), "logs"]:
        try:
            Path(folder).mkdir(exist_ok=True)
            probe = Path(folder, ".writable")
            probe.touch()
            probe.unlink()
        except OSError as error:
            stop(f"{folder}/: cannot be written ({error.strerror})")


def content_digest(*paths):
    """A digest of the files' content: also a file put back with its old date is seen to differ."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(Path(path).read_bytes() + b"\0")
    return digest.hexdigest()


@cache
def module_text(module):
    """The source of a module of the package, or None; asked for one by one, since a remote
    deployment fetches only the files that are asked for."""
    path = module.replace(".", "/")
    for name in [f"{path}.py", f"{path}/__init__.py"]:
        try:
            file = workflow.source_path(f"../scripts/{name}")
            return Path(file).read_text(encoding="utf-8")
        except (
            Exception
        ):  # Local and remote sources fail in many ways; absent is absent.
            continue
    return None


def imports(text):
    return re.findall(r"^\s*from (livingreview[\w.]*) import", text, flags=re.MULTILINE)


def code_digest(script):
    """A digest of every module that the script imports, directly or not.

    Snakemake sees a change in a script, not in what the script imports; as a parameter this
    digest makes it see.
    """
    source = workflow.source_path(f"../scripts/{script}.py")
    wanted = imports(Path(source).read_text(encoding="utf-8"))
    seen = {}
    while wanted:
        name = wanted.pop()
        if name in seen:
            continue
        seen[name] = module_text(name) or ""
        wanted += imports(seen[name])
        wanted += [name.rpartition(".")[0]] if "." in name else []
    digest = hashlib.sha256()
    for name in sorted(seen):
        digest.update(name.encode() + b"\0" + seen[name].encode() + b"\0")
    return digest.hexdigest()


def resource(name):
    """A file of workflow/resources/ as an input.

    A local one by its own path, which stays the same from run to run and when the folder moves;
    one of a remote deployment through Snakemake's cache of sources.
    """
    base = Path(str(workflow.current_basedir.get_path_or_uri(secret_free=True)))
    local = (base.parent / "resources" / name).absolute()
    if local.is_file():
        return str(relative(local))
    return workflow.source_path(f"../resources/{name}")


def evidence_of_language(wildcards):
    return config["evidence"][wildcards.lang]


def digest_of_language(wildcards):
    return content_digest(
        evidence_of_language(wildcards), config["vocabulary"], config["trials"]
    )
