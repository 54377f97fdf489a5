"""The attacks in engines whose users are not the host's: remapped ones, and those of an ordinary user."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from attacks.catalogue import ATTACKS, Attack, stopped_in_container
from attacks.harness import Range, attack, gained
from dockerengine import DockerEngine
from ringfence.cells import containerengine, containerverify
from ringfence.cells.containeraccount import ContainerAccount
from rootlessengine import RootlessEngine

#: What stops these is a group of the kernel's, which an ordinary user cannot make on cgroup v1.
BY_GROUPS = {"bounded-memory", "bounded-processes", "bounded-cpu"}
UNGROUPED = tuple(a for a in ATTACKS if a.control not in BY_GROUPS)


def _ids(attacks: tuple[Attack, ...]) -> list[str]:
    return [f"{a.control}-{a.name.replace(' ', '-')}" for a in attacks]


@pytest.fixture(scope="module")
def remapped(runtime_store: Path, remapped_engine: DockerEngine) -> Iterator[Range]:
    """Cells of an engine with userns-remap."""
    made = Range(runtime_store, engine_socket=lambda: str(remapped_engine.socket))
    yield made
    made.close()


@pytest.fixture(scope="module")
def rootless(runtime_store: Path, rootless_engine: RootlessEngine) -> Iterator[Range]:
    """Cells of a rootless engine, with all that is examined but the bounds of groups, which it cannot set here."""
    made = Range(runtime_store, engine_socket=lambda: str(rootless_engine.socket))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(containerengine, "lacks", lambda _: [])
        patch.setattr(containerengine, "_serious", lambda _: [])
        patch.setattr(containerverify, "groups", lambda *_: iter(()))
        patch.setattr(ContainerAccount, "sample", lambda _: None)  # of the group of all the engine
        yield made
    made.close()


@pytest.mark.parametrize("aimed", ATTACKS, ids=_ids(ATTACKS))
def test_attack_is_stopped_where_users_are_remapped(remapped: Range, values: dict[str, object], aimed: Attack) -> None:
    """Every attack of the catalogue; that it would succeed without its wall is shown where users are the host's."""
    stopped_in_container(remapped, aimed, values)


@pytest.mark.parametrize("aimed", UNGROUPED, ids=_ids(UNGROUPED))
def test_attack_is_stopped_in_a_rootless_engine(rootless: Range, values: dict[str, object], aimed: Attack) -> None:
    """Every attack that not a group alone stops."""
    stopped_in_container(rootless, aimed, values)


@pytest.mark.parametrize("kind", ["remapped", "rootless"])
def test_users_of_a_cell_are_not_those_of_the_host(kind: str, request: pytest.FixtureRequest) -> None:
    """What root of the host owns belongs to nobody there; root of the container is somebody else on the host."""
    code = "return [os.getuid(), os.stat('/plugin').st_uid, os.stat('/').st_uid]"
    user, owner_of_plugin, owner_of_root = gained(attack(request.getfixturevalue(kind), "container", code))
    assert user == 65532
    assert (owner_of_plugin, owner_of_root) == (65534, 0)
