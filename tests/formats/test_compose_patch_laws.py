"""Law 2 for Compose: what a patch writes is read back as what was wanted, and the rest stays byte for byte."""

import re
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formats.compose_kit import load, named, patched, texts, web
from ringfence import dataclasses
from ringfence.controls import judging
from ringfence.controls.control import Decision, Scope
from ringfence.controls.hardening import faults, put_right
from ringfence.formats.document import Subject, applied, is_guess, is_unknown
from ringfence.model import Seccomp
from ringfence.models.service import Confinement, Image, SELinux, Service

law = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])

replace = dataclasses.replace


def _limits(field: str, value: int | None) -> Callable[[Service], Service]:
    return lambda model: replace(model, limits=replace(model.limits, **{field: value}))


def _environment(*variables: tuple[str, str]) -> Callable[[Service], Service]:
    return lambda model: replace(
        model,
        environment=replace(model.environment, variables=(*model.environment.variables[1:], *variables)),
    )


#: Changes that a Compose file can say.
CHANGES: dict[str, Callable[[Service], Service]] = {
    "user": lambda model: replace(model, user=65532, group=65532),
    "group": lambda model: replace(model, user=1000, group=65532),
    "no-new-privileges": lambda model: replace(model, no_new_privileges=True),
    "privileged": lambda model: replace(model, privileged=False, proc_masked=True),
    "read-only": lambda model: replace(model, read_only_root=not model.read_only_root),
    "add": lambda model: replace(model, capabilities=model.capabilities | {"NET_BIND_SERVICE"}),
    "add-less": lambda model: replace(model, capabilities=model.capabilities - {"SYS_ADMIN"}),
    "add-none": lambda model: replace(model, capabilities=frozenset()),
    "drop": lambda model: replace(model, dropped=frozenset({"ALL"})),
    "seccomp": lambda model: replace(model, seccomp=Seccomp.RUNTIME_DEFAULT),
    "apparmor": lambda model: replace(model, apparmor=Confinement.PLATFORM_DEFAULT),
    "selinux": lambda model: replace(model, selinux=SELinux(type="", user="", role="", disabled=False)),
    "selinux-type": lambda model: replace(model, selinux=replace(model.selinux, type="")),
    "proc": lambda model: replace(model, proc_masked=True, privileged=False),
    "namespaces": lambda model: replace(model, host_namespaces=frozenset()),
    "ports": lambda model: replace(model, ports=tuple(replace(one, host="127.0.0.1") for one in model.ports)),
    "ports-v6": lambda model: replace(model, ports=tuple(replace(one, host="::1") for one in model.ports)),
    "port-less": lambda model: replace(model, ports=model.ports[1:]),
    "mount-less": lambda model: replace(model, mounts=model.mounts[:-1], propagations=()),
    "mounts": lambda model: replace(model, mounts=tuple(replace(one, writable=False) for one in model.mounts)),
    "mounts-back": lambda model: replace(model, mounts=tuple(replace(one, writable=True) for one in model.mounts)),
    "volumes": lambda model: replace(model, volumes=tuple(replace(one, writable=False) for one in model.volumes)),
    "propagations": lambda model: replace(model, propagations=()),
    "devices": lambda model: replace(model, devices=model.devices[1:]),
    "sysctls": lambda model: replace(model, sysctls=()),
    "labels": lambda model: replace(model, labels=model.labels[1:]),
    "variables": _environment(),
    "variable": _environment(("NEW", "a $b c")),
    "memory": _limits("memory_bytes", 2**28),
    "cpu": _limits("cpu_millis", 1500),
    "processes": _limits("processes", 100),
    "files": _limits("open_files", 1024),
    "logging": lambda model: replace(model, logging=replace(model.logging, max_bytes=2**20)),
    "restart": lambda model: replace(model, restart="unless-stopped"),
    "cgroup": lambda model: replace(model, cgroup_parent=""),
    "attachments": lambda model: replace(
        model, attachments=tuple(replace(one, internal=True) for one in model.attachments)
    ),
    "image": lambda model: replace(
        model,
        image=Image(name="example/web", tag="1.5", digest="sha256:" + "0" * 64, built_here=model.image.built_here),
    ),
}
#: What takes lines away; comments inside of them go along.
DROPPING = frozenset(
    "privileged add-less add-none drop selinux selinux-type seccomp apparmor proc namespaces port-less mount-less"
    " mounts mounts-back volumes propagations devices sysctls labels variables variable restart cgroup".split()
)
_ANCHORED = "an anchor that others share"


def differing(read: Service, wanted: Service, subject: Subject) -> set[str]:
    """The fields that are not as they should be, but for what was never known."""
    return {
        one.name
        for one in dataclasses.fields(Service)
        if getattr(read, one.name) != getattr(wanted, one.name) and not is_unknown(one.name, subject.unknown)
    }


@law
@given(text=texts(), data=st.data())
def test_what_is_written_is_read_back(text: str, data: st.DataObject) -> None:
    """Any few changes of a service, in any spelling of the file; the other service and the comments stay."""
    document, subject, wanted = web(text)
    names = data.draw(st.lists(st.sampled_from(sorted(CHANGES)), unique=True, min_size=1, max_size=6), label="changes")
    for name in names:
        wanted = CHANGES[name](wanted)
    new, left = patched(document, subject, wanted)
    after, _, read = web(new)
    assert all(_ANCHORED in why for why in left.values()), (left, new)
    wrong = differing(read, wanted, subject) - {path.partition("[")[0].partition(".")[0] for path in left}
    assert wrong - ({"group"} if wanted.group is None else set()) == set(), new
    before_other, after_other = named(document, "other").model, named(after, "other").model
    assert differing(after_other, before_other, subject) <= ({"attachments"} if "attachments" in names else set()), new
    if DROPPING.isdisjoint(names):
        assert re.findall("# note [0-9]+ kept", new) == re.findall("# note [0-9]+ kept", text)
    assert ("\r\n" in new) is ("\r\n" in text)
    assert new.count("\n") == new.count("\r\n") or "\r\n" not in text


@law
@given(text=texts())
def test_what_is_fixed_has_no_fault_that_needs_no_decision(text: str) -> None:
    """Laws 1 and 3: every service is hardened in its turn; in the end nothing is left to fix but what anchors bring."""
    for _ in range(5):
        document = load(text)
        found = [(one, right) for one in document.subjects if (right := _fixed(one)) != one.model]
        made = False
        for subject, wanted in found:
            patch = document.patch(subject, wanted)
            assert all(_ANCHORED in why for _, why in patch.left), patch.left
            if patch.edits:
                text, made = applied(text, patch.edits), True
                break
        if not made:
            break
    left = [fault for one in load(text).subjects for fault in _fixable(one)]
    assert all("host_namespaces" in fault.path or "cgroup" in fault.path for fault in left), (left, text)


def _fixable(subject: Subject) -> list[Any]:
    found = faults(subject.model, judging(Scope.COMPOSE))
    return [
        fault for _, fault in found if not isinstance(fault.want, Decision) and not is_guess(fault, subject.unknown)
    ]


def _fixed(subject: Subject) -> Any:
    return put_right(subject.model, _fixable(subject))


@law
@given(text=texts())
def test_nothing_wanted_is_nothing_written(text: str) -> None:
    """The model as it is needs no edit."""
    document = load(text)
    assert document.unread == ()
    for subject in document.subjects:
        patch = document.patch(subject, subject.model)
        assert (patch.edits, patch.left) == ((), ())
