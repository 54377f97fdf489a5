"""Secrets that are known by their form: one file a matter, one row a kind, after what the providers document."""

from ringfence.secrets.tokens import clouds, hosts, joined, marked, messages, models, money, watching, work
from ringfence.secrets.tokens.form import Form

#: In order: of two that overlap the first counts.
FORMS: tuple[Form, ...] = (
    *clouds.FORMS,
    *hosts.FORMS,
    *messages.FORMS,
    *money.FORMS,
    *models.FORMS,
    *watching.FORMS,
    *work.FORMS,
    *joined.FORMS,
    *marked.FORMS,
)
