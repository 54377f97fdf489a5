"""What controls know of firewall rules: which ports are whose, and which rules let everybody in."""

from collections.abc import Iterator

from ringfence.controls.cloud.ranges import is_everybody
from ringfence.models.cloud.network import Firewall, FirewallRule

#: Ports that give a machine away: shells, desktops, engines and clusters.
ADMIN: tuple[tuple[int, str], ...] = (
    (22, "SSH"), (23, "Telnet"), (135, "RPC"), (445, "SMB"), (512, "rexec"), (513, "rlogin"), (514, "rsh"),
    (2375, "Docker"), (2376, "Docker"), (3389, "RDP"), (5900, "VNC"), (5985, "WinRM"), (5986, "WinRM"), (6000, "X11"), (10250, "kubelet"),
)  # fmt: skip
#: Ports of databases, caches and search engines.
DATABASES: tuple[tuple[int, str], ...] = (
    (1433, "SQL Server"), (1434, "SQL Server"), (1521, "Oracle"), (2379, "etcd"), (2483, "Oracle"), (2484, "Oracle"),
    (3306, "MySQL"), (5432, "PostgreSQL"), (5439, "Redshift"), (5984, "CouchDB"), (6379, "Redis"), (7000, "Cassandra"),
    (7001, "Cassandra"), (7199, "Cassandra"), (8086, "InfluxDB"), (9042, "Cassandra"), (9160, "Cassandra"),
    (9200, "Elasticsearch"), (9300, "Elasticsearch"), (11211, "Memcached"), (27017, "MongoDB"), (27018, "MongoDB"),
    (27019, "MongoDB"), (28017, "MongoDB"), (50000, "Db2"),
)  # fmt: skip
_CARRIES_PORTS = frozenset({"all", "tcp", "udp", "6", "17", "*", "any", "asterisk"})


def rules(model: Firewall | FirewallRule) -> Iterator[tuple[str, FirewallRule]]:
    """The rules of a model, each with the path that its fields are below ("rules[0]." or "")."""
    if isinstance(model, Firewall):
        yield from ((f"rules[{index}].", rule) for index, rule in enumerate(model.rules))
    else:
        yield "", model


def open_peers(rule: FirewallRule) -> list[int]:
    """Which of a rule's peers are everybody; none for a rule that stops. One is enough to say it."""
    found = [index for index, peer in enumerate(rule.peers) if is_everybody(peer)]
    return found[:1] if rule.allow else []


def covered(rule: FirewallRule, ports: tuple[tuple[int, str], ...]) -> bool:
    """Whether a rule is about one of these ports."""
    if rule.protocol not in _CARRIES_PORTS:
        return False
    return not rule.ports or any(first <= port <= last for port, _ in ports for first, last in rule.ports)


def shown(rule: FirewallRule, ports: tuple[tuple[int, str], ...] = ()) -> str:
    """What a rule opens: "every port", "port 22 (SSH)", "ports 20 to 30"."""
    if not rule.ports:
        return "every port"
    named = [
        f"port {port} ({name})" for port, name in ports if any(first <= port <= last for first, last in rule.ports)
    ]
    if named:
        return named[0] if len(named) == 1 else f"{named[0]}, and {len(named) - 1} more of its kind,"
    first, last = rule.ports[0]
    more = f" and {len(rule.ports) - 1} more" if len(rule.ports) > 1 else ""
    if rule.protocol.startswith("icmp"):
        return "ICMP"
    if (first, last) == (0, 0):
        return "a port" + more  # port 0 is nobody's: what a format writes where the number cannot be known
    return (f"port {first}" if first == last else f"ports {first} to {last}") + more
