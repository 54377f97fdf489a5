"""What S3 does with what lies in its buckets: rules over time, copies, messages; and which pages may fetch it."""

from collections.abc import Iterator

from ringfence.formats.hcl import Unknown
from ringfence.formats.terraform.reader import Reader
from ringfence.formats.terraform.view import View
from ringfence.models.cloud.buckets import BucketCare, BucketSite, CrossOrigin

_RULES = "aws_s3_bucket_lifecycle_configuration"
_COPIES = "aws_s3_bucket_replication_configuration"
_MESSAGES = "aws_s3_bucket_notification"


def care(r: Reader) -> BucketCare:
    """What the bucket and separate resources say of it."""
    questions = {
        "expires": f"what should be moved or deleted, and when? add an {_RULES}",
        "replicated": f"which bucket should it be replicated to? add an {_COPIES}",
        "tells": f"who should be notified? add an {_MESSAGES}",
    }
    made = BucketCare(
        name=r.address,
        expires=r.has("expires", "lifecycle_rule") or _apart(r, "expires", _RULES),
        aborts=_aborts(r, "lifecycle_rule") if r.view.blocks("lifecycle_rule")[0] else None,
        replicated=_replicated(r),
        tells=_apart(r, "tells", _MESSAGES),
    )
    for field, question in questions.items():
        r.decide(field, question)
    return made


def site(r: Reader) -> Iterator[BucketSite]:
    """A website that a bucket serves; one that only sends elsewhere serves nothing."""
    elsewhere, known = r.view.blocks("redirect_all_requests_to")
    if not known:
        r.unknown("served")
    if not elsewhere:
        yield _served(r)


def _served(r: Reader) -> BucketSite:
    r.decide("served", "which distribution should serve it? then the bucket can be private")
    return BucketSite(name=r.address, served=True)


def own_site(r: Reader) -> Iterator[BucketSite]:
    """The same, in the bucket."""
    for view in r.view.blocks("website")[0]:
        there = view.find("redirect_all_requests_to")
        if isinstance(there.value, Unknown):
            r.unknown("served")
        if not there.there:
            r.place("served", view)
            yield _served(r)


def _apart(r: Reader, field: str, kind: str) -> bool:
    found = bool(r.linked(kind, "bucket", "bucket"))
    if not found and r.links_unknown(kind, "bucket"):
        r.unknown(field)
    return found


def _replicated(r: Reader) -> bool:
    """Whether it is copied, or is itself a copy."""
    copies = [(r, "replication_configuration.rules")]
    copies += [(one, "rule") for one in r.linked(_COPIES, "bucket", "bucket")]
    for one, path in copies:
        some, known = one.view.blocks(path)
        if not known or any(isinstance(view.find("status").value, Unknown) for view in some):
            r.unknown("replicated")
        if any(view.find("status").value == "Enabled" for view in some):
            return True
    if r.linked(_COPIES, "rule.destination.bucket"):
        return True
    if r.links_unknown(_COPIES, "bucket"):
        r.unknown("replicated")
    return False


def rules(r: Reader) -> Iterator[BucketCare]:
    """What is moved or deleted when, by itself."""
    yield BucketCare(name=r.address, expires=None, aborts=_aborts(r, "rule"), replicated=None, tells=None)


def _aborts(r: Reader, kind: str) -> bool:
    """Whether a rule for all of the bucket deletes what was not finished."""
    r.decide("aborts", "after how many days should incomplete uploads be deleted? seven are usual")
    some, known = r.view.blocks(kind)
    for view in some:
        on = view.find("enabled" if kind == "lifecycle_rule" else "status").value
        is_on = None if isinstance(on, Unknown) else on in (True, "true", "Enabled")
        answers = (_gives_up(view), _is_for_all(view), is_on)
        if all(answers):
            return True
        known = known and False in answers
    if not known:
        r.unknown("aborts")
    return False


def _gives_up(rule: View) -> bool | None:
    """Whether it deletes what was not finished; None where nobody can say."""
    some, known = rule.blocks("abort_incomplete_multipart_upload")
    days = rule.find("abort_incomplete_multipart_upload_days").value
    if some or (days not in (None, 0) and not isinstance(days, Unknown)):
        return True
    return None if not known or isinstance(days, Unknown) else False


def _is_for_all(rule: View) -> bool | None:
    """Whether nothing bounds it: a beginning of names, labels, sizes; None where nobody can say."""
    bounds = ("and", "tag", "tags", "object_size_greater_than", "object_size_less_than")
    filters, certain = rule.blocks("filter")
    for outer in [rule, *filters]:
        found = [outer.find(one) for one in bounds]
        prefix = outer.find("prefix").value
        if any(one.there for one in found) or (prefix not in (None, "") and not isinstance(prefix, Unknown)):
            return False
        certain = certain and not isinstance(prefix, Unknown) and all(one.known for one in found)
    return True if certain else None


def origins(r: Reader) -> Iterator[CrossOrigin]:
    """Which pages may fetch from a bucket."""
    for view in r.view.blocks("cors_rule")[0]:
        yield CrossOrigin(
            name=r.address, origins=Reader(r.instance, view, r.record).texts("origins", "allowed_origins")
        )
