"""Every rule of the vetting's own steps, as one visible table. Controls of the auditor keep their own ids beside them.

A capability alone (a process, a socket, base64) never blocks here: what blocks is two things that belong together, or
something used that the manifest does not ask for.
"""

from typing import NamedTuple

from ringfence.controls.control import Severity
from ringfence.vetting.report import Verdict


class Rule(NamedTuple):
    """What a rule is called, how bad it is, and what its author can do."""

    step: str
    severity: Severity
    verdict: Verdict
    title: str
    hint: str


_S = {"c": Severity.CRITICAL, "h": Severity.HIGH, "m": Severity.MEDIUM, "l": Severity.LOW}
_V = {"block": Verdict.BLOCK, "warn": Verdict.WARN}

_TABLE = """
structure invalid-plugin         h block | The plugin cannot be used as it is | `ringfence plugin check` says more
structure plugin-advice          l warn  | The manifest could be better | `ringfence plugin check` says more
structure no-licence             m warn  | No licence is stated | write license = "MIT", or another SPDX expression
structure version-order          h block | The version is not above the reviewed one | raise the version
structure renamed                h block | Its name differs from that of the reviewed plugin | compare versions of one plugin
structure odd-file               m warn  | A file that does not belong in a plugin | leave it out
structure no-manifest            h block | There is no manifest | `ringfence plugin init` writes one

static decoded-code              c block | Code is decoded and then run | ship the source as it is
static decoded-command           c block | A command is decoded and then run | write the command as it is
static downloaded-code           c block | Code from the network is run | ship it, or fetch it at build time by hash
static reverse-shell             c block | A shell is connected to the network | there is no honest use of this in a plugin
static credential-theft          c block | Credentials are read and sent away | take secrets from the grant
static credential-access         h warn  | A place where credentials lie is read | take secrets from the grant
static environment-theft         c block | The whole environment is sent away | name the variables that are needed
static identity-beacon           h block | It reports the user or the host over the network | do not report users or hosts
static file-theft                h block | Files are collected and sent away | send only what the caller names
static exfiltration-address      h block | Data goes to an address made for collecting it | send to a service of your own, named in the manifest
static dns-exfiltration          h block | Data is hidden in host names that are looked up | do not build host names from data
static persistence               c block | It arranges to be started again | a plugin runs when it is called
static install-code              h block | Installing it runs a harmful program | leave install-time code out
static runtime-install          m warn  | It installs packages when it runs | vendor them, with a lock
static install-process           l warn  | Installing it runs programs | leave install-time code out
static startup-code              h block | A file makes every start of Python run code | leave out .pth files and sitecustomize
static import-network            m warn  | Importing it talks to the network | do that in a method
static hidden-name               h block | A dangerous name is put together so that it is not seen | write the name
static computed-import           m warn  | What is imported is only known at run time | import by name
static obfuscated                h block | The code is obfuscated and does dangerous things | ship readable source
static unreadable-code           m warn  | The code is hard to read | ship readable source
static hidden-text               h block | Invisible characters change what a reader sees | remove them
static invisible-text            m warn  | Invisible characters | remove them
static pushed-code               h block | Code stands far outside of what a reader sees | put it on a line of its own
static giant-line                l warn  | A line too long to be read | ship readable source
static native-memory             c block | Machine code is put into memory and run | ship no machine code
static native-call               l warn  | Native code is called | say why in the description
static native-process            h block | A program is started through the C library | use subprocess, and ask for it
static native-file               m warn  | Compiled code, of which only texts could be read | ship source, or pin its package
static introspection             h block | The interpreter's own objects are searched for a way out | use what is imported
static frame-access              l warn  | Stack frames or the garbage collector's objects are inspected | use what is imported
static patched-runtime           h block | The guest, the interpreter or its modules are changed | change nothing that is not yours
static patched-module            l warn  | Somebody else's module is changed | change nothing that is not yours
static keylogging                c block | Keys, clipboard or screens are captured and kept or sent | do not watch the user
static input-capture             m warn  | Keys, clipboard or screens are captured | do not watch the user
static clipboard-swap            c block | The clipboard is watched and replaced | do not touch the clipboard
static miner                     c block | It mines cryptocurrency | do not use what belongs to others
static destructive               c block | It destroys what is not its own | delete only what you made
static encrypts-files            c block | Files are collected, encrypted and replaced | write new files where you were granted to
static time-bomb                 h block | A date decides whether something dangerous happens | do the same on every day
static dated-branch              l warn  | A date decides what happens | do the same on every day
static environment-guard         h block | It looks where it runs before something dangerous happens | do the same everywhere
static environment-probe         l warn  | It looks for sandboxes, debuggers or virtual machines | do the same everywhere
static remote-control            c block | It takes commands from the network and runs them | do not take orders from others
static argument-to-code          h block | A caller's argument is run as code | parse it, for example with ast.literal_eval
static argument-to-command       h block | A caller's argument is run as a command | run one program with a list of words
static argument-in-command       m warn  | A caller's argument becomes part of a shell's text | run one program with a list of words
static argument-in-query         m warn  | A caller's argument becomes part of a query's text | pass parameters beside the query
static argument-as-path          l warn  | A caller's argument names a file without a check | hold it against the granted folder
static unpickles                 l warn  | Unpickled data can run code | use JSON
static unpickles-network         h block | Data from the network is unpickled | use JSON
static unverified-tls            m warn  | Certificates are not checked | check them
static pipe-to-shell             h block | A download is piped into a shell | fetch it, check its hash, and read it
static shell-command             h block | A harmful command | remove it
static security-off              h block | It turns off what protects the machine | leave it on
static rights-taken             h block | It gives itself rights or users | a plugin needs neither
static network-not-asked         h block | It uses the network, which the manifest does not ask for | add permissions.network
static host-not-asked            m block | It reaches a host that the manifest does not ask for | add it to permissions.network
static process-not-asked         h block | It starts programs, which the manifest does not ask for | add permissions.processes
static path-not-asked            h block | It reaches for files outside of what the manifest asks for | add permissions.read or permissions.write
static network-unused            l warn  | The manifest asks for the network, and nothing uses it | ask for less
static path-unused               l warn  | The manifest asks for files, and nothing uses them | ask for less
static secret-unused             l warn  | The manifest asks for secrets, and nothing uses them | ask for less
static odd-encoding              h block | The source is in an encoding made to hide it | save it as UTF-8
static not-python                m warn  | A file named as Python cannot be parsed by this Python | leave it out

dependencies malicious-package        c block | A package is on record as malicious | remove it
dependencies known-vulnerability      h block | An advisory covers the version that is pinned | pin a version that is not affected
dependencies lookalike-name           h block | A name is confusingly like that of a popular package | name the one that is meant
dependencies extra-index              h block | Packages may come from more than one place | name one index
dependencies dependency-outside-index h block | A package comes from an address of its own | take it from the index
dependencies unpinned-dependency      h block | A package has no exact version | pin it
dependencies unhashed-dependency      h block | A package has no hash | pin it with its hashes
dependencies missing-lock             h block | Packages are named, and no lock pins them | write requirements.lock
dependencies unreadable-lock          h block | A lock cannot be read | write it anew
dependencies unlocked-package         h block | A vendored package is not the one that the lock names | vendor what the lock names
dependencies unjudged-advisory        m warn  | An advisory cannot be compared with the version | look at it
dependencies source-only-dependency   m warn  | A package runs code when it is installed | pin a wheel
dependencies yanked-dependency        m warn  | The author has taken the version back | pin another
dependencies stale-advisories         l warn  | The advisories at hand are old, or some were not understood | update them

agent rug-pull                   h warn  | What an agent is told, or what runs for it, has changed since the review | look at the change
agent new-launch                 h block | Something new runs on the user's machine since the review | review it
agent tool-poisoning             c block | A tool's description tells the agent what to do | describe what the tool does
agent tool-shadowing             h block | A tool's description speaks about other tools | describe this tool alone

behaviour refused-call           m warn  | It attempted what its cell refuses | use what is granted
behaviour network-attempt        h block | It tried to reach the network without asking for it | add permissions.network
behaviour process-attempt        h block | It started programs without asking for it | add permissions.processes
behaviour path-attempt           h block | It reached for credentials | take secrets from the grant
behaviour escape-attempt         c block | It tried to get out of its cell | remove it
behaviour differs-by-date        h block | On another day it does something else | do the same on every day
behaviour differs-between-runs   m warn  | Two identical calls attempt different things | do the same at every call
behaviour probes                 l warn  | It looks where it runs | do the same everywhere
behaviour calls-fail             l warn  | A call that its schema allows fails | see what it says
"""


def _read(table: str) -> dict[str, Rule]:
    found = dict[str, Rule]()
    for row in table.strip().splitlines():
        if row.strip():
            head, title, hint = (part.strip() for part in row.split("|", 2))
            step, name, severity, verdict = head.split()
            found[name] = Rule(step, _S[severity], _V[verdict], title, hint)
    return found


RULES: dict[str, Rule] = _read(_TABLE)
