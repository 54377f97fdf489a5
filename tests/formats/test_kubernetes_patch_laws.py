"""Law 2 for Kubernetes: what a patch writes is read back as what was wanted, and the rest stays byte for byte."""

import dataclasses
import re
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formats.kubernetes_kit import again, load, patched, texts
from ringfence.controls import judging
from ringfence.controls.control import Decision, Scope
from ringfence.controls.hardening import faults, put_right
from ringfence.formats.document import Subject, applied, is_guess
from ringfence.formats.kubernetes.align import changes
from ringfence.model import Seccomp
from ringfence.models.service import Confinement, Image, SELinux, Service

law = settings(
    deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)

replace = dataclasses.replace


def _limits(field: str, value: int | None) -> Callable[[Service], Service]:
    return lambda model: replace(model, limits=replace(model.limits, **{field: value}))


#: Changes of one field, each of which a manifest can say.
CHANGES: dict[str, Callable[[Service], Service]] = {
    "user": lambda model: replace(model, user=65532),
    "group": lambda model: replace(model, group=65532),
    "non-root": lambda model: replace(model, non_root_required=True),
    "no-new-privileges": lambda model: replace(
        model, privileged=False, capabilities=model.capabilities - {"SYS_ADMIN"}, no_new_privileges=True
    ),
    "privileged": lambda model: replace(model, privileged=not model.privileged, no_new_privileges=False),
    "read-only": lambda model: replace(model, read_only_root=not model.read_only_root),
    "add": lambda model: replace(model, capabilities=frozenset({"NET_BIND_SERVICE"})),
    "add-less": lambda model: replace(model, capabilities=model.capabilities - {"NET_ADMIN"}),
    "add-none": lambda model: replace(model, capabilities=frozenset()),
    "drop": lambda model: replace(model, dropped=frozenset({"ALL"})),
    "drop-none": lambda model: replace(model, dropped=frozenset()),
    "seccomp": lambda model: replace(model, seccomp=Seccomp.RUNTIME_DEFAULT),
    "apparmor": lambda model: replace(model, apparmor=Confinement.PLATFORM_DEFAULT),
    "selinux": lambda model: replace(model, selinux=SELinux(type="", user="", role="", disabled=False)),
    "selinux-type": lambda model: replace(model, selinux=replace(model.selinux, type="container_t")),
    "proc": lambda model: replace(model, proc_masked=not model.proc_masked),
    "namespaces": lambda model: replace(model, host_namespaces=frozenset()),
    "token": lambda model: replace(model, token=not model.token),
    "account": lambda model: replace(model, service_account="other"),
    "memory": _limits("memory_bytes", 2**28),
    "cpu": _limits("cpu_millis", 1500),
    "scratch": _limits("scratch_bytes", 2**30),
    "request": lambda model: replace(model, requests=replace(model.requests, cpu_millis=50)),
    "image": lambda model: replace(
        model, image=Image(name="example/web", tag="1.5", digest="sha256:" + "0" * 64, built_here=False)
    ),
    "ports": lambda model: replace(model, ports=()),
    "port-hosts": lambda model: replace(model, ports=tuple(replace(one, host="127.0.0.1") for one in model.ports)),
    "mounts": lambda model: replace(
        model, mounts=tuple(replace(one, writable=not one.writable) for one in model.mounts)
    ),
    "volumes": lambda model: replace(model, volumes=tuple(replace(one, writable=False) for one in model.volumes)),
    "propagations": lambda model: replace(model, propagations=()),
    "probes": lambda model: replace(model, probe_hosts=()),
    "sysctls": lambda model: replace(model, sysctls=model.sysctls[1:]),
    "no-sysctls": lambda model: replace(model, sysctls=()),
    "variables": lambda model: replace(
        model, environment=replace(model.environment, variables=model.environment.variables[1:])
    ),
    "variable": lambda model: replace(
        model, environment=replace(model.environment, variables=(*model.environment.variables, ("NEW", "x y")))
    ),
    "namespace": lambda model: replace(model, namespace="shop"),
}


#: What drops keys; comments inside of what is dropped go with it.
DROPPING = {"add-none", "drop-none", "selinux", "sysctls", "no-sysctls", "variables", "add-less"}


def check(text: str, subject: Subject, wanted: Any, may_leave: set[str], *, keeps_comments: bool) -> None:
    """Patch; what was not left is read back as wanted; comments and line ends are as they were."""
    document = load(text)
    subject = next(one for one in document.subjects if one == subject)
    new, left = patched(document, subject, wanted)
    unexpected = [(path, why) for path, why in left if path not in may_leave]
    assert unexpected == [], (text, new)
    read = next(one.model for one in load(new).subjects if _short(one) == _short(subject))
    wrong = [one for one in changes(read, wanted) if one[0] not in dict(left)]
    assert wrong == [], (text, new)
    if keeps_comments:
        assert re.findall("# note [0-9]+ kept", new) == re.findall("# note [0-9]+ kept", text)
    assert ("\r\n" in new) is ("\r\n" in text)
    assert new.count("\n") == new.count("\r\n") or "\r\n" not in text


def _short(subject: Subject) -> str:
    return subject.name.rpartition("/")[2].rpartition(" ")[2]


@law
@given(text=texts(), data=st.data())
def test_what_is_written_is_read_back(text: str, data: st.DataObject) -> None:
    """Any few changes of a container, in any spelling of the file."""
    document = load(text)
    assert document.unread == ()
    workloads = [one for one in document.subjects if isinstance(one.model, Service)]
    subject = data.draw(st.sampled_from(workloads), label="subject")
    names = data.draw(st.lists(st.sampled_from(sorted(CHANGES)), unique=True, min_size=1, max_size=6), label="changes")
    wanted: Any = subject.model
    for name in names:
        wanted = CHANGES[name](wanted)
    unmounted = {"mounts", "volumes"}
    check(text, subject, wanted, unmounted, keeps_comments=DROPPING.isdisjoint(names))


@law
@given(text=texts())
def test_what_is_fixed_has_no_fault_that_needs_no_decision(text: str) -> None:
    """Laws 1 and 3: every container is hardened in its turn; in the end nothing is left to fix."""
    for _ in range(6):
        document = load(text)
        assert document.unread == ()
        found = [(subject, right) for subject in document.subjects if (right := _fixed(subject)) != subject.model]
        if not found:
            break
        subject, wanted = found[0]
        new, left = patched(document, subject, wanted)
        assert {path for path, _ in left} <= {"mounts", "limits.memory_bytes", "requests.memory_bytes"}
        assert new != text
        text = new
    assert all(
        fault.path.startswith("mounts") or "_bytes" in fault.path
        for one in load(text).subjects
        for fault in _fixable(one)
    )


def _fixable(subject: Subject) -> list[Any]:
    found = faults(subject.model, judging(Scope.KUBERNETES))
    return [
        fault for _, fault in found if not isinstance(fault.want, Decision) and not is_guess(fault, subject.unknown)
    ]


def _fixed(subject: Subject) -> Any:
    return put_right(subject.model, [one for one in _fixable(subject) if not one.path.startswith("mounts")])


@law
@given(text=texts())
def test_nothing_wanted_is_nothing_written(text: str) -> None:
    """The model as it is needs no edit; and applying no edits gives the text."""
    document = load(text)
    for subject in document.subjects:
        patch = document.patch(subject, subject.model)
        assert (patch.edits, patch.left) == ((), ())
        assert applied(text, patch.edits) == text
        assert again(text, subject) == subject.model
