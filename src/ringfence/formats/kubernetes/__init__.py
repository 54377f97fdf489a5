"""Kubernetes: manifests, Kustomize folders, Helm charts.

`load` gives one `Service` for each container of a pod (also init and ephemeral ones), with what the pod says for all
of them, and one model for each object that is no workload. facts.py says what Kubernetes does where a file is silent.
"""

from ringfence.controls.control import Scope
from ringfence.formats.document import Document, Read
from ringfence.formats.kubernetes.helm import CHART, template_of
from ringfence.formats.kubernetes.manifest import Manifest, is_manifest

SCOPE = Scope.KUBERNETES

_KUSTOMIZATIONS = ("kustomization.yaml", "kustomization.yml", "Kustomization")


def claims(name: str, head: str) -> bool:
    """Whether a file is Kubernetes': by its name, or YAML and JSON (or what has no extension) that holds an object."""
    if name in _KUSTOMIZATIONS or name == CHART:
        return True
    return ("." not in name or name.endswith((".yaml", ".yml", ".json"))) and is_manifest(head)


def load(text: str, file: str, read: Read) -> Document:
    """Read a file; `file` is its path below the root of the audit. Never raises for what it holds.

    Beside what a `Document` has, the result has `chart`, the folder of a Helm chart if the file is one of its
    templates and so was not read ("" otherwise), and `parts`, the paths of the files that a kustomization was built
    from: they are judged with it, and need not be judged alone. A file that a kustomization near it uses as a patch is
    no object, and has no subjects.
    """
    name = file.rpartition("/")[2]
    if name in _KUSTOMIZATIONS:
        from ringfence.formats.kubernetes import kustomize

        return kustomize.load(text, file, read)
    template = template_of(text, file, read)
    if template is not None:
        return template
    manifest = Manifest(text, file)
    if manifest.reader.partial:
        from ringfence.formats.kubernetes import kustomize

        if kustomize.is_patch(file, read):
            manifest.subjects = ()
    return manifest
