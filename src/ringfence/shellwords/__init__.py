"""Shell text taken apart into simple commands, as far as its own text says.

Not a shell: nothing is expanded, and a word keeps its `$name` as written. What stands in `$( )`, backquotes, `( )`
and `{ }`, in the bodies of `if`, `for`, `while` and `case`, behind `&&`, `||`, `;` and `|`, in here-documents that a
shell reads, and behind `sh -c`, are commands too. `commands` is for POSIX shells and bash, `windows_commands` for
PowerShell and cmd. Pure and bounded: what is longer than MAX_CHARS is read up to there only, and no more than
MAX_COMMANDS are given; who asks has to say so.
"""

from ringfence.shellwords.reader import MAX_CHARS, MAX_COMMANDS, commands
from ringfence.shellwords.scanner import SHELLS, Command, script_of
from ringfence.shellwords.windows import windows_commands

__all__ = ["MAX_CHARS", "MAX_COMMANDS", "SHELLS", "Command", "commands", "script_of", "windows_commands"]
