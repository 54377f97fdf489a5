"""Which resources the plans of AWS Backup copy: those that they name, or that bear a tag."""

from ringfence.formats.terraform.reader import Reader
from ringfence.models.cloud.storage import PlannedBackups

_SELECTION = "aws_backup_selection"
_SNAPSHOTS = "aws_dlm_lifecycle_policy"


def planned(r: Reader, field: str) -> bool:
    """Whether a plan names a resource; where plans go by tags, nobody can say."""
    if r.linked(_SELECTION, "resources"):
        return True
    by_tag = r.others(_SNAPSHOTS) if r.type == "aws_ebs_volume" else []
    if by_tag or r.links_unknown(_SELECTION, "resources") or any(_by_tag(one) for one in r.others(_SELECTION)):
        r.unknown(field)
    return False


def _by_tag(plan: Reader) -> bool:
    """Whether what a plan copies is not named by it: by tags, conditions or patterns."""
    blocks = (plan.view.blocks(kind) for kind in ("selection_tag", "condition"))
    if any(some or not known for some, known in blocks):
        return True
    names = plan.view.find("resources").value
    return not isinstance(names, list) or any(isinstance(one, str) and "*" in one for one in names)


def backups(r: Reader, what: str) -> PlannedBackups:
    """Whether a volume or a cluster is copied by a plan."""
    r.decide("planned", "which AWS Backup plan should include it?")
    return PlannedBackups(name=r.address, what=what, planned=planned(r, "planned"))
