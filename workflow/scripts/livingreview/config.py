"""The configuration as the command line reads it; the workflow reads the same file by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from livingreview.errors import InputError
from livingreview.references.judgement.policy import near, words_of
from livingreview.yaml_file import load_yaml

# Beside the scripts, in the repository that this package stands in.
SCHEMA = Path(__file__).parents[2] / "schemas" / "config.schema.yaml"


def read_config(path: str | Path, schema_path: Path = SCHEMA) -> dict[str, Any]:
    """The configuration with its defaults; InputError names the line of what is wrong."""
    from jsonschema import Draft202012Validator  # 0.1 s that only some commands need

    config, lines = load_yaml(path)
    schema, _ = load_yaml(schema_path)
    config = config if config is not None else {}
    if isinstance(config, dict) and isinstance(config.get("fail_on"), str):
        config["fail_on"] = words_of(config["fail_on"])
    for error in Draft202012Validator(schema).iter_errors(config):
        place = tuple(error.absolute_path)
        problem = error.message
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
        key = ".".join(part for part in place if isinstance(part, str)) or None
        raise InputError(problem, path=path, line=line, key=key)
    return with_defaults(config, schema)


def known_words(error: Any) -> list[str]:
    """The words of which one is wanted, where the schema names them; else none."""
    parts = [error] if error.validator == "enum" else error.context or ()
    return [word for part in parts if part.validator == "enum" for word in part.validator_value]


def unknown_word(word: Any, known: list[str]) -> str:
    hint = near(word, known) if isinstance(word, str) else ""
    all_of_them = f"; known are {', '.join(known)}" if len(known) <= 8 else ""
    return f"{word!r} is not known{all_of_them or hint or '; docs/findings.md lists all codes'}"


def default_config(schema_path: Path = SCHEMA) -> dict[str, Any]:
    """What holds where there is no configuration; the keys that have no default are absent."""
    return with_defaults({}, load_yaml(schema_path)[0])


def with_defaults(values: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    filled = dict(values)
    for key, part in schema.get("properties", {}).items():
        if key not in filled and "default" in part:
            filled[key] = part["default"]
        if isinstance(filled.get(key), dict):
            filled[key] = with_defaults(filled[key], part)
    return filled
