"""ConfigMaps and committed Secrets contain no secret values.

Anybody who may read the namespace can read a ConfigMap. A Secret in a file is only encoded, not encrypted, and
everybody with the repository has it. Sealed secrets, SOPS, or an operator that fetches from a store keep the value
out of the file.

Bad, kubernetes:

    apiVersion: v1
    kind: ConfigMap
    metadata: {name: shop}
    data:
      log-level: info
      api-token: ghp_16C7e42F292c6912E7710c838347Ae178B4a

Bad, kubernetes:

    apiVersion: v1
    kind: Secret
    metadata: {name: shop}
    stringData:
      password: vT9-kQz7.mB2x

Good, kubernetes:

    apiVersion: v1
    kind: ConfigMap
    metadata: {name: shop}
    data:
      log-level: info
"""

import re
from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, kubernetes, nsa
from ringfence.models.cluster import Data
from ringfence.secrets import secret_in


def faults(data: Data) -> Iterator[Fault]:
    """No value may be a secret; in a Secret every value is one unless it is plainly a placeholder, or its key says that
    it is who or where."""
    if data.sealed:
        return
    for index, (key, value) in enumerate(data.values):
        kind = secret_in("secret" if data.secret and not _PLAIN.search(key) else key, value)
        if kind:
            yield Fault(path=f"values[{index}]", found=f"{key} holds {kind}", want=_QUESTION)


_PLAIN = re.compile(
    r"(?:user|username|user[._-]name|host|hostname|port|database|dbname|region|namespace|email|client[._-]?id)$|^db$",
    re.IGNORECASE,
)
_QUESTION = Decision("which store or sealed form should hold the value?")


CONTROL = Control(
    id="no-secrets-in-data",
    title="ConfigMaps and committed Secrets contain no secret values",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.KUBERNETES}),
    guards=("values",),
    references=(
        nsa("Protecting sensitive cloud infrastructure"),
        kubernetes("concepts/configuration/secret"),
        cwe(312),
        cwe(798),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Data",),
    standards=frozenset({Standard.DEFAULT, Standard.NSA}),
)
