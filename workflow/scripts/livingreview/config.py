"""The configuration as the command line reads it; the workflow reads the same file by itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from livingreview.errors import InputError
from livingreview.references.judgement.policy import near, words_of
from livingreview.yaml_file import as_read, key_of, load_yaml

# Beside the scripts, in the repository that this package stands in.
SCHEMA = Path(__file__).parents[2] / "schemas" / "config.schema.yaml"
KINDS = {
    "string": "a text",
    "array": "a list",
    "object": "a block of keys",
    "boolean": "true or false",
    "integer": "a whole number",
}


def read_config(path: str | Path, schema_path: Path = SCHEMA) -> dict[str, Any]:
    """The configuration with its defaults; InputError names the line of what is wrong."""
    from jsonschema import Draft202012Validator  # 0.1 s that only some commands need

    config, lines = load_yaml(path)
    schema, _ = load_yaml(schema_path)
    config = config if config is not None else {}
    if isinstance(config, dict):
        config = with_defaults(config, schema)
        given = ("fail_on",) in lines and isinstance(config["fail_on"], str)
        config["fail_on"] = words_of(config["fail_on"]) if given else config["fail_on"]
    errors = Draft202012Validator(schema).iter_errors(config)
    for error in sorted(errors, key=lambda error: [str(part) for part in error.absolute_path]):
        place = tuple(error.absolute_path)
        problem = told(error)
        if error.validator == "additionalProperties":
            unknown = next(
                name for name in error.instance if name not in error.schema["properties"]
            )
            place = (*place, unknown)
            problem = f"no such key; known are {', '.join(error.schema['properties'])}"
        elif known := known_words(error):
            problem = unknown_word(error.instance, known)
            if "propertyNames" in error.absolute_schema_path:
                place = (*place, error.instance)
        # A text with commas is one line, though it is read as a list.
        line = lines.get(place) or lines.get(place[:1])
        raise InputError(problem, path=path, line=line, key=key_of(place))
    return config


def told(error: Any) -> str:
    """What is wrong, in words; the schema's own are for programmers."""
    value, wanted = error.instance, error.validator_value
    if error.validator == "type":
        kinds = [wanted] if isinstance(wanted, str) else wanted
        kind = as_read(value)
        quotes = "string" in kinds and value is not None and not isinstance(value, list | dict)
        return (
            f"is read as {kind}, and {' or '.join(KINDS[one] for one in kinds)} is wanted"
            f"{'; put it in quotes' if quotes else ''}"
        )
    if error.validator == "required":
        return f"the key {next(name for name in wanted if name not in value)} is missing"
    if error.validator in ("minLength", "minItems", "minProperties"):
        return "is empty"
    if error.validator == "minimum":
        return f"{value} is less than {wanted}"
    if error.validator == "pattern":
        return f"{value!r} does not fit: {error.schema['description']}"
    return str(error.message)


def known_words(error: Any) -> list[str]:
    """The words of which one is wanted, where the schema names them; else none."""
    parts = [error] if error.validator == "enum" else error.context or ()
    return [word for part in parts if part.validator == "enum" for word in part.validator_value]


def unknown_word(word: Any, known: list[str]) -> str:
    hint = near(word, known) if isinstance(word, str) else ""
    all_of_them = f"; known are {', '.join(known)}" if len(known) <= 8 else ""
    if not isinstance(word, str):
        return f"is read as {as_read(word)}, which is not known{all_of_them}"
    return f"{word!r} is not known{all_of_them or hint or '; docs/findings.md lists all codes'}"


def require_named(path: str | Path, names: Sequence[Sequence[str]]) -> None:
    """InputError, with the key that asks for it, for a file that the configuration itself names
    and that is not there; `names`: paths of keys. What it does not name is not looked for."""
    config, lines = load_yaml(path)
    for name in map(tuple, names):
        file = config if name in lines else None
        for part in name if file else ():
            file = file[part]
        if isinstance(file, str) and file and not Path(file).exists():
            raise InputError(
                f"{file}: no such file (looked for from the folder in which the command runs)",
                path=path,
                line=lines[name],
                key=key_of(name),
            )


def default_config(schema_path: Path = SCHEMA) -> dict[str, Any]:
    """What holds where there is no configuration; the keys that have no default are absent."""
    return with_defaults({}, load_yaml(schema_path)[0])


def with_defaults(values: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    filled = dict(values)
    for key, part in schema.get("properties", {}).items():
        # A key with nothing behind it, where keys would stand, has none of them.
        empty = filled.get(key, "") is None and part.get("type") == "object"
        if (key not in filled or empty) and "default" in part:
            filled[key] = part["default"]
        if isinstance(filled.get(key), dict):
            filled[key] = with_defaults(filled[key], part)
    return filled
