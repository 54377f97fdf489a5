"""A PodSecurityPolicy as the weakest container that it admits. (No cluster since 1.25 knows the kind; files do.)

What a policy has no word for is unknown. From the reference of policy/v1beta1: privilege escalation is admitted where
nothing is said, everything else is not, and whoever is silent about users admits root.
"""

from ringfence import dataclasses
from ringfence.formats.kubernetes import facts
from ringfence.formats.kubernetes.held import Held, Object, Spot
from ringfence.formats.kubernetes.nodes import Pairs, items, text, texts
from ringfence.formats.yamlread import boolean, integer
from ringfence.model import Environment, Limits, Namespace, Network, Reach, Seccomp
from ringfence.models.service import Health, Requests, SELinux, Service

_HOST = (("hostNetwork", Namespace.NETWORK), ("hostPID", Namespace.PID), ("hostIPC", Namespace.IPC))
_SECCOMP = "seccomp.security.alpha.kubernetes.io/defaultProfileName"
_JUDGED = frozenset(
    {
        "capabilities",
        "dropped",
        "host_namespaces",
        "no_new_privileges",
        "non_root_required",
        "privileged",
        "proc_masked",
        "read_only_root",
        "seccomp",
        "sysctls",
        "user",
    }
)
_UNKNOWN = frozenset(one.name for one in dataclasses.fields(Service)) - _JUDGED


class _Reading:
    """A policy while it is read."""

    def __init__(self, of: Object) -> None:
        self.of = of
        self.spec = of.nodes.below(of.pairs, "spec")
        self.places = dict[str, Spot]()
        self.unknown = set(_UNKNOWN)

    def flag(self, key: str, path: str, *, silent: bool) -> bool:
        """A boolean of the spec."""
        pair = self.spec.get(key)
        if pair is None:
            return silent
        self.places[path] = pair
        said = boolean(pair[1])
        if said is None:
            self.unknown.add(path)
        return silent if said is None else said

    def names(self, key: str, path: str) -> frozenset[str]:
        """A list of capabilities; `*` is all."""
        if key in self.spec:
            self.places[path] = self.spec[key]
        found = dict[str, Spot]()
        for said, node in texts(self.spec, key):
            found["ALL" if said == "*" else said.upper().removeprefix("CAP_")] = node, None
        self.places |= {f"{path}[{name}]": spot for name, spot in found.items()}
        return frozenset(found)

    def proc_masked(self) -> bool:
        """Whether no /proc may be unmasked."""
        found = texts(self.spec, "allowedProcMountTypes")
        bad = [node for said, node in found if said in {"Unmasked", "*"}]
        if bad:
            self.places["proc_masked"] = bad[0], None
        return not bad

    def sysctls(self) -> tuple[tuple[str, str], ...]:
        """The unsafe ones that are let through."""
        found = texts(self.spec, "allowedUnsafeSysctls")
        self.places |= {f"sysctls[{index}]": (node, None) for index, (_, node) in enumerate(found)}
        return tuple((said, "") for said, _ in found)

    def user(self) -> tuple[int | None, bool]:
        """The lowest user that is admitted, and whether root is refused."""
        rule: Pairs = self.of.nodes.below(self.spec, "runAsUser")
        if "runAsUser" in self.spec:
            self.places["user"] = self.places["non_root_required"] = rule.get("rule", self.spec["runAsUser"])
        word = text(rule, "rule")
        if word == "MustRunAs":
            lowest = [self.of.nodes.pairs(one).get("min") for one in items(rule, "ranges")]
            users = [integer(pair[1]) for pair in lowest if pair is not None]
            found = min((one for one in users if one is not None), default=None)
            self.unknown.add("non_root_required")
            if found is None:
                self.unknown.add("user")
            return found, False
        if word == "MustRunAsNonRoot":
            self.unknown.add("user")
        elif word not in {"", "RunAsAny"}:
            self.unknown |= {"user", "non_root_required"}
        return None, word == "MustRunAsNonRoot"

    def seccomp(self) -> Seccomp:
        """The profile of whoever asks for none."""
        pair = self.of.annotations.get(_SECCOMP)
        if pair is None:
            return facts.SECCOMP
        self.places["seccomp"] = pair
        said = facts.seccomp_annotation(text(self.of.annotations, _SECCOMP))
        if said is None:
            self.unknown.add("seccomp")
        return facts.SECCOMP if said is None else said


def policy(of: Object) -> Held:
    """A PodSecurityPolicy."""
    reading = _Reading(of)
    user, refused = reading.user()
    shared = [one for key, one in _HOST if reading.flag(key, f"host_namespaces[{one}]", silent=False)]
    model = Service(
        name=of.name,
        user=user,
        group=None,
        no_new_privileges=not reading.flag("allowPrivilegeEscalation", "no_new_privileges", silent=True),
        capabilities=reading.names("allowedCapabilities", "capabilities"),
        seccomp=reading.seccomp(),
        read_only_root=reading.flag("readOnlyRootFilesystem", "read_only_root", silent=facts.READ_ONLY_ROOT),
        host_namespaces=frozenset(shared),
        network=Network(reach=Reach.ANY, destinations=()),
        mounts=(),
        environment=Environment(inherits_host=False, variables=()),
        limits=Limits(
            memory_bytes=None,
            processes=None,
            cpu_millis=None,
            cpu_seconds=None,
            wall_millis=None,
            output_bytes=None,
            result_bytes=None,
            scratch_bytes=None,
            open_files=None,
        ),
        role="main",
        namespace="",
        image=None,
        command=(),
        labels=(),
        privileged=reading.flag("privileged", "privileged", silent=facts.PRIVILEGED),
        non_root_required=refused,
        dropped=reading.names("requiredDropCapabilities", "dropped"),
        devices=(),
        apparmor=facts.APPARMOR,
        selinux=SELinux(type="", user="", role="", disabled=False),
        sysctls=reading.sysctls(),
        proc_masked=reading.proc_masked(),
        ports=(),
        attachments=(),
        network_mode="",
        volumes=(),
        propagations=(),
        requests=Requests(memory_bytes=None, cpu_millis=None),
        logging=facts.LOGGING,
        health=Health(live=False, ready=False),
        restart="",
        is_database=False,
        token=False,
        service_account="",
        secret_environment=(),
        probe_hosts=(),
        checks=(),
        windows_host_process=facts.HOST_PROCESS,
        cgroup_parent="",
    )
    return Held.whole(of, model, reading.places, reading.unknown)
