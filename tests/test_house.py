"""What a linter cannot hold: sizes, who writes, every field classified, documents current."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from counseling import privacy
from counseling.management import documents

ROOT = Path(settings.BASE_DIR)
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
WRITES = {
    "save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create"
}  # fmt: skip
# Who may write: actions, the log, the seed, and the ways Django itself stores staff and their logins.
WRITERS = (
    "counseling/actions/", "counseling/timeline.py", "counseling/management/", "accounts/actions.py",
    "accounts/audit.py", "accounts/logins.py", "accounts/models.py", "accounts/people.py", "reports/actions/",
)  # fmt: skip
BANNED = re.compile(r"\b(utils|helpers|common|misc|service|handler|processor)\b")


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", *patterns], cwd=ROOT, capture_output=True, check=True
    )
    paths = [ROOT / name for name in listed.stdout.decode().splitlines()]
    return [path for path in paths if path.exists() and "migrations" not in path.parts]


def python() -> list[Path]:
    return tracked("*.py")


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_files_are_short() -> None:
    paths = [path for path in tracked("*.py", "*.ts", "*.tsx", "*.css") if path.name != "protocol.ts"]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in paths}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_functions_are_short() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in python()
        for node in functions(path)
        if (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_only_actions_write() -> None:
    found = []
    for path in python():
        name = str(path.relative_to(ROOT))
        if not name.startswith(("counseling/", "accounts/", "reports/")) or name.startswith(WRITERS):
            continue
        # A file that knows no model writes to none: pictures are saved, too.
        if "models" in path.read_text():
            found += [f"{name}:{call.lineno}" for call in _writes(ast.parse(path.read_text()))]
    assert found == []


def _writes(tree: ast.AST) -> Iterator[ast.Call]:
    """Calls that look like the ORM's writes: on a manager, a queryset's chain, or a row's save()."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            source = ast.unparse(node.func.value)
            if ".objects" in source or node.func.attr in {"save", "bulk_create", "get_or_create", "update_or_create"}:
                yield node


def test_file_names_say_what_they_are() -> None:
    assert [path.name for path in python() if BANNED.search(path.stem.replace("_", " "))] == []


def test_nothing_is_left_for_later() -> None:
    mark = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
    paths = tracked("*.py", "*.ts", "*.tsx", "*.css", "*.html", "*.mjs")
    assert [str(path) for path in paths if mark.search(path.read_text())] == []


def test_every_stored_field_is_classified() -> None:
    stored = {
        model.__name__: {field.name for field in [*model._meta.concrete_fields, *model._meta.local_many_to_many]}
        for app in ("accounts", "counseling", "reports")
        for model in apps.get_app_config(app).get_models()
    }
    assert {name: set(fields) for name, fields in privacy.FIELDS.items()} == stored


def test_sealed_fields_are_binary() -> None:
    """What is classified as words can only be stored sealed."""
    for name, fields in privacy.FIELDS.items():
        model = next(m for m in apps.get_models() if m.__name__ == name)
        for field, (level, _kept) in fields.items():
            if level == privacy.Level.WORDS:
                assert model._meta.get_field(field).get_internal_type() == "BinaryField", (name, field)


@pytest.mark.parametrize("name", documents.DOCUMENTS)
def test_documents_say_what_the_code_says(name: str) -> None:
    assert (ROOT / name).read_text() == documents.DOCUMENTS[name](), "run `make docs`"


def test_every_decision_has_a_number_of_its_own_and_says_it() -> None:
    names = sorted(path.name for path in (ROOT / "docs/adr").glob("*.md"))
    numbers = [name[:4] for name in names]
    assert sorted({number for number in numbers if numbers.count(number) > 1}) == []
    said = {name: (ROOT / "docs/adr" / name).read_text().partition(".")[0] for name in names}
    assert said == {name: f"# {int(name[:4])}" for name in names}


def test_links_to_decisions_lead_somewhere() -> None:
    link = re.compile(r"\[ADR (\d+)\]\(adr/(\d{4})(-[^)]*)\)")
    links = [(path.name, *found.groups()) for path in tracked("docs/*.md") for found in link.finditer(path.read_text())]
    there = {path.name for path in (ROOT / "docs/adr").iterdir()}
    assert links
    assert [one for one in links if int(one[1]) != int(one[2]) or one[2] + one[3] not in there] == []


def test_no_address_of_a_registry_or_machine_is_kept() -> None:
    places = re.compile(r"/w" + r"ork/|/ro" + r"ot/|--(extra-)?index-url|\"resolved\":")
    paths = tracked("*.py", "*.ts", "*.tsx", "*.md", "*.lock", "*.json", "*.toml", "Makefile", "*.yaml", ".ci/run")
    assert [str(path.relative_to(ROOT)) for path in paths if places.search(path.read_text())] == []
