"""Banning by nftables, without a shell: addresses in two sets of a table of their own, each until its time is over."""

import ipaddress
import subprocess

from fail2ban.server.action import ActionBase

_TABLE = """
add table inet ringfence_banned
add set inet ringfence_banned four { type ipv4_addr; flags timeout; }
add set inet ringfence_banned six { type ipv6_addr; flags timeout; }
add chain inet ringfence_banned incoming { type filter hook prerouting priority filter - 10; policy accept; }
flush chain inet ringfence_banned incoming
add rule inet ringfence_banned incoming ip saddr @four drop
add rule inet ringfence_banned incoming ip6 saddr @six drop
"""


class Action(ActionBase):
    """What fail2ban calls. What a filter found need not be an address; what is banned must be one."""

    def start(self):
        """The table is there from the first moment on, so that it can be looked at."""
        self._nft(_TABLE)

    def ban(self, told):
        """Nothing more comes in from that address, until its time is over."""
        seconds = int(told["bantime"])
        self._nft(f"add element {self._element(told, f' timeout {seconds}s' if seconds > 0 else '')}\n")

    def unban(self, told):
        """It may have run out by itself."""
        self._nft(f"delete element {self._element(told)}\n", check=False)

    def stop(self):
        """Each was forgiven before that; the table stays, and is empty."""

    def flush(self):
        """There is no quicker way than one by one."""
        return False

    @staticmethod
    def _element(told, until=""):
        """An address as an element of its set. Raises ValueError for anything else."""
        address = ipaddress.ip_address(str(told["ip"]))
        return f"inet ringfence_banned {'four' if address.version == 4 else 'six'} {{ {address}{until} }}"

    @staticmethod
    def _nft(text, check=True):
        done = subprocess.run(["/usr/sbin/nft", "-f", "-"], input=text.encode(), capture_output=True, timeout=10)
        if check and done.returncode != 0:
            raise RuntimeError(done.stderr.decode(errors="replace")[:200])
