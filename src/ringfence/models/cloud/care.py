"""How machines are cared for, beside what they are: updates, agents, disks, what they are started as."""

from ringfence.dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class MachineCare:
    """How a machine, or what machines are made of, is kept. None: it does not have that, or says it elsewhere.

    `shielded`: something is asked that proves what it starts. `extensions`: the provider's programs may be added to it.
    `agent`: the provider's own program is in it. `updates` by themselves. `managed_disks`: its disks are resources
    with rights of their own. `confidential`: its memory is encrypted too. `customer_key`: its disks with a key of ours.
    `plain_key`: a disk's key stands in the file. `logging`: it sends its logs away. `plain_management`: it is managed
    over the network without TLS, too."""

    name: str
    shielded: bool | None
    extensions: bool | None
    agent: bool | None
    updates: bool | None
    managed_disks: bool | None
    confidential: bool | None
    customer_key: bool | None
    plain_key: bool | None
    logging: bool | None
    plain_management: bool | None


def machine_care(name: str) -> MachineCare:
    """One that has nothing of what not every machine has: a kind replaces what its own has."""
    return MachineCare(
        name=name,
        shielded=None,
        extensions=None,
        agent=None,
        updates=None,
        managed_disks=None,
        confidential=None,
        customer_key=None,
        plain_key=None,
        logging=None,
        plain_management=None,
    )
