"""A PodSecurityPolicy is judged as the weakest container that it admits, as a manifest and as Terraform."""

from datetime import date

import pytest

from formats.terraform_kubernetes_kit import objects, typed
from ringfence.audit.fix import fixed
from ringfence.audit.judge import faults
from ringfence.audit.kinds import KINDS, Kind
from ringfence.audit.select import checked
from ringfence.audit.settings import Settings
from ringfence.controls import CATALOGUE
from ringfence.controls.control import Scope
from ringfence.formats.kubernetes.gathering import gather

YAML = next(kind for kind in KINDS if kind.scope is Scope.KUBERNETES)
TERRAFORM = next(kind for kind in KINDS if kind.scope is Scope.TERRAFORM)
EVERY = [id for id, scopes in CATALOGUE.items() if Scope.KUBERNETES in scopes]
STRICT = """\
apiVersion: policy/v1beta1
kind: PodSecurityPolicy
metadata:
  name: strict
  annotations:
    seccomp.security.alpha.kubernetes.io/defaultProfileName: runtime/default
spec:
  privileged: false
  hostPID: false
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  allowedCapabilities: []
  requiredDropCapabilities: [ALL]
  runAsUser:
    rule: MustRunAsNonRoot
"""
#: What is changed in a strict one, what is then found, and whether that can be put right.
ROWS = [
    ("privileged: false", "privileged: true", {"no-privileged"}, True),
    ("hostPID: false", "hostPID: true", {"no-host-namespaces"}, True),
    ("hostPID: false", "hostNetwork: true", {"no-host-namespaces"}, True),
    ("  allowPrivilegeEscalation: false\n", "", {"no-new-privileges"}, True),
    ("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false", {"read-only-root"}, False),
    ("allowedCapabilities: []", "allowedCapabilities: [NET_ADMIN]", {"no-added-capabilities"}, True),
    ("[ALL]", "[NET_RAW]", {"capabilities-dropped"}, True),
    ("rule: MustRunAsNonRoot", "rule: RunAsAny", {"non-root-required", "non-root-user"}, False),
    ("rule: MustRunAsNonRoot", "rule: MustRunAs\n    ranges: [{min: 0, max: 9}]", {"non-root-user"}, False),
    ("rule: MustRunAsNonRoot", "rule: MustRunAs\n    ranges: [{min: 5, max: 9}]", set[str](), False),
    ("spec:\n", "spec:\n  allowedProcMountTypes: [Default, Unmasked]\n", {"masked-proc"}, False),
    ("spec:\n", 'spec:\n  allowedUnsafeSysctls: ["kernel.shm*"]\n', {"safe-sysctls"}, False),
    ("    seccomp", "    other", {"seccomp-profile-set"}, False),
]


def settings(ids: list[str]) -> Settings:
    selection = checked("all", ids, [])
    return Settings(selection=selection, today=date(2026, 1, 1), waivers=(), assume={}, exclude=(), previews=False)


def found(text: str, kind: Kind, name: str) -> set[str]:
    document = kind.format().load(text, name, lambda path: None)
    assert document.unread == ()
    assert list(gather([document])) == []
    return {control.id for one in document.subjects for control, _ in faults(one, settings(EVERY))}


@pytest.mark.parametrize("name", ["policy.yaml", "main.tf"])
@pytest.mark.parametrize(("old", "new", "wanted", "whole"), [("", "", set[str](), False), *ROWS])
def test_what_a_policy_admits(old: str, new: str, wanted: set[str], whole: bool, name: str) -> None:
    """Exactly what the change allows is found, and put right where the policy has a word for it."""
    assert old in STRICT
    manifest = STRICT.replace(old, new) if old else STRICT
    kind, text = (YAML, manifest) if name == "policy.yaml" else (TERRAFORM, typed(objects(manifest)) or "")
    ours = {"only-bind-capability"} if "NET_ADMIN" in manifest else set()
    assert found(text, kind, name) - ours == wanted, text
    after = fixed(text, name, kind, lambda path: None, settings(EVERY), unsafe=True).text
    assert not whole or found(after, kind, name) == set(), after
