"""The catalogue itself: complete, sorted, one spelling, every field of the model guarded."""

import ast
import dataclasses
import re
from pathlib import Path

import pytest

import ringfence.controls
from controls.model_strategies import CLOUD, MODULES, classes
from controls.test_laws import leaves
from profiles import hardened_profile
from ringfence import model
from ringfence.controls import CATALOGUE, CONTROLS, GUARDED, POLICY
from ringfence.controls.control import Control, Scope
from ringfence.controls.hardening import faults
from ringfence.controls.page import page, pages
from ringfence.formats import profile

FOLDER = Path(ringfence.controls.__file__).parent
#: What stands in the folder and is no control: the frame of the catalogue.
FRAME = {"__init__", "control", "hardening", "matrix", "modelpath", "page", "references"}
DOCS = Path(__file__).parents[2] / "docs" / "controls"

#: Fields that name a workload and protect nothing.
UNGUARDED = {"name"}

each = pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.id)


def test_the_tuple_holds_exactly_the_files_of_the_folder() -> None:
    """A file of the folder is a control or the catalogue's frame; what controls share stands in folders below."""
    files = {path.stem for path in FOLDER.glob("*.py")} - FRAME
    assert [control.id.replace("-", "_") for control in CONTROLS] == sorted(files)


@each
def test_an_id_is_its_file_s_name(control: Control) -> None:
    """An id has one spelling: that of its file, with hyphens."""
    assert control.faults.__module__ == "ringfence.controls." + control.id.replace("-", "_")
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", control.id)


@each
def test_a_file_has_the_one_shape(control: Control) -> None:
    """Docstring, `faults`, `CONTROL`; at most 85 lines of them are neither the page nor rows of an expression."""
    source = (FOLDER / (control.id.replace("-", "_") + ".py")).read_text()
    record = re.search(r"^CONTROL = (Control|ALARM\.control)\(", source, re.MULTILINE)
    assert record is not None
    assert source.index('"""') < source.index("def faults(") < record.start()
    rest = source[source.index('\n"""\n') :]
    assert len(re.findall(r"\n(?! *rf?\")", rest)) <= 85


def test_every_field_of_the_model_is_guarded() -> None:
    """A field that no control judges would be a weakness that nobody sees."""
    assert set(leaves(hardened_profile())) == GUARDED | UNGUARDED


def _asked(file: Path) -> set[str]:
    """The attributes that a file reads, and the words of its short texts: some attributes are asked for by name."""
    found = set[str]()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 60:
            found.update(re.findall(r"\w+", node.value))
    return found


def test_every_field_of_a_cloud_s_model_is_asked_for() -> None:
    """What no control of a model judges need not be read from anybody's files."""
    own = {control.id: _asked(FOLDER / f"{control.id.replace('-', '_')}.py") for control in CONTROLS}
    shared = set[str]().union(*map(_asked, (FOLDER / "cloud").glob("*.py")))
    idle = list[str]()
    for name, shape in classes(*CLOUD).items():
        judging = [own[one.id] for one in CONTROLS if name in one.models] or list(own.values())  # or it is a part
        asked = shared.union(*judging)
        idle += [f"{name}.{field.name}" for field in dataclasses.fields(shape) if field.name not in {"name", *asked}]
    assert idle == []


@each
def test_a_record_is_complete(control: Control) -> None:
    """Every control cites at least two sources by https, and holds since a policy that exists."""
    assert len(control.references) == len(set(control.references)) >= 2
    assert all(reference.url.startswith("https://") for reference in control.references)
    assert 1 <= control.since <= POLICY
    assert control.title[0].isupper()
    assert not control.title.endswith(".")


def test_the_policy_is_the_newest_control_s() -> None:
    """The version of the policy rises with its controls and not without them."""
    assert max(control.since for control in CONTROLS) == POLICY


@each
def test_an_example_of_a_profile_has_this_control_s_fault_and_no_other(control: Control) -> None:
    """Law 6: what a page calls bad is at fault for the reason that the page gives; good passes every control."""
    for example in page(control).examples:
        if example.scope is Scope.PLUGIN:
            workload = profile.load(example.text, base=hardened_profile())
            found = {found.id for found, _ in faults(workload)}
            assert found == (set() if example.good else {control.id}), example


@each
def test_every_scope_has_a_bad_and_a_good_example(control: Control) -> None:
    """A control shows what it means in every kind of file that it judges."""
    shown = {(one.scope, one.good) for one in page(control).examples}
    assert shown == {(scope, good) for scope in control.scopes for good in (False, True)}


def test_the_catalogue_says_what_the_records_say() -> None:
    """The table that decides which control is loaded for what agrees with every record."""
    assert {one.id: set(one.scopes) for one in CONTROLS} == {id: set(some) for id, some in CATALOGUE.items()}
    models = classes(model, *(module for some in MODULES.values() for module in some))
    assert {name for one in CONTROLS for name in one.models} <= models.keys()


def test_the_published_pages_are_up_to_date() -> None:
    """docs/controls is what `ringfence controls --write-pages docs/controls` writes, no more and no less."""
    assert {path.name: path.read_text() for path in DOCS.iterdir()} == pages(CONTROLS)


def test_a_control_without_examples_has_no_page() -> None:
    """A docstring that lacks a part is an error, not an empty page."""

    def faults(workload: object) -> None:
        """Defined in this module, whose docstring has no examples."""

    with pytest.raises(ValueError, match="the docstring of no-such needs a reason, a bad and a good example"):
        page(dataclasses.replace(CONTROLS[0], id="no-such", faults=faults))
