"""Rules of the house that no linter knows."""

import ast
import re

import pytest
import yaml

from conftest import ROOT

SCRIPTS = ROOT / "workflow" / "scripts"
MODULES = sorted(SCRIPTS.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SCRIPTS)))
def test_imports_name_the_full_module(path):
    """The digest that reruns rules follows `from livingreview.x.y import name` and nothing else."""
    followed = set(
        re.findall(
            r"^\s*from (livingreview[\w.]*) import",
            path.read_text(encoding="utf-8"),
            flags=re.MULTILINE,
        )
    )
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            plain = [name.name for name in node.names if name.name.startswith("livingreview")]
            assert not plain, f"line {node.lineno}: write `from {plain[0]} import ...`"
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import"
            if node.module.split(".")[0] == "livingreview":
                imported.add(node.module)
    assert imported == followed
    for module in imported - {"livingreview"}:
        assert SCRIPTS.joinpath(*module.split(".")).with_suffix(".py").is_file(), module


def test_every_rule_script_has_a_rule_and_a_digest():
    rules = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "workflow/rules").glob("*.smk"))
    )
    scripts = sorted(path.stem for path in SCRIPTS.glob("*.py"))
    assert sorted(re.findall(r'"\.\./scripts/(\w+)\.py"', rules)) == scripts
    assert sorted(re.findall(r'code_digest\("(\w+)"\)', rules)) == scripts


def keys(schema, above=()):
    for name, part in schema.get("properties", {}).items():
        yield (*above, name)
        yield from keys(part, (*above, name))


def test_the_configuration_sets_every_key_and_its_page_names_each():
    schema = yaml.safe_load((ROOT / "workflow/schemas/config.schema.yaml").read_text("utf-8"))
    config = yaml.safe_load((ROOT / "config/config.yaml").read_text("utf-8"))
    page = (ROOT / "config/README.md").read_text("utf-8")
    found = []
    for path in keys(schema):
        value = config
        for key in path:
            value = value[key]
        found.append(path)
        if not isinstance(value, dict):
            assert f"`{'.'.join(path)}`" in page, f"config/README.md does not name {path}"
    assert found == list(keys(schema))


def test_the_lock_of_packages_names_no_index_and_hashes_everything():
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert not re.search(r"https?://", lock)
    packages = re.findall(r"^[\w.-]+==\S+.*?(?=^[\w.-]+==|\Z)", lock, flags=re.M | re.S)
    assert packages
    assert all("--hash=sha256:" in package for package in packages)
