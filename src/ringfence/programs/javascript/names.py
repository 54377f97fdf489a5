"""The names of calls and modules of JavaScript that matter, by what they do."""

import re

PROCESS = frozenset("exec execSync spawn spawnSync execFile execFileSync fork".split())
NET = re.compile(
    r"^(?:fetch|globalThis\.fetch|window\.fetch|axios(?:\.\w+)?|got(?:\.\w+)?|request(?:\.\w+)?|node-fetch|undici\.\w+"
    r"|superagent\.\w+|needle(?:\.\w+)?|https?\.(?:get|request)|https?\.Agent|net\.(?:connect|createConnection)"
    r"|tls\.connect|dgram\.createSocket|WebSocket|ws|XMLHttpRequest|navigator\.sendBeacon|http2\.connect|EventSource"
    r"|nodemailer\.createTransport|\$\.(?:ajax|get|post))$"
)
DNS = re.compile(r"^(?:dns|dns\.promises|dns/promises)\.(?:lookup|resolve\w*)$")
READ = re.compile(
    r"^(?:fs|fs\.promises|fs/promises|fs-extra)\.(?:readFile(?:Sync)?|createReadStream|copyFile(?:Sync)?"
    r"|readdir(?:Sync)?|cp(?:Sync)?|open(?:Sync)?)$"
)
WRITE = re.compile(
    r"^(?:fs|fs\.promises|fs/promises|fs-extra)\.(?:writeFile(?:Sync)?|appendFile(?:Sync)?|createWriteStream"
    r"|outputFile(?:Sync)?)$"
)
DELETE = re.compile(
    r"^(?:fs|fs\.promises|fs/promises|fs-extra)\.(?:rm(?:Sync)?|rmdir(?:Sync)?|unlink(?:Sync)?|remove(?:Sync)?"
    r"|emptyDir(?:Sync)?)$|^rimraf(?:\.\w+)?$"
)
EXEC = frozenset(
    "eval Function vm.runInThisContext vm.runInNewContext vm.runInContext vm.Script vm.compileFunction "
    "globalThis.eval window.eval".split()
)
DECODE = re.compile(
    r"^(?:atob|unescape|decodeURIComponent|Buffer\.from|zlib\.(?:inflate|gunzip|unzip|brotliDecompress)\w*"
    r"|CryptoJS\.\w+\.decrypt|String\.fromCharCode)$"
)
IDENTITY = {"os.hostname": "identity:host", "os.userInfo": "identity:user", "os.networkInterfaces": "identity:mac"}
SENDS = frozenset("write end send emit post pipe".split())
CAPTURE = re.compile(r"^(?:iohook|uiohook|node-global-key-listener|screenshot-desktop|clipboardy)(?:\.\w+)*$")
#: What is looked at in minified text.
ROOTS = frozenset(
    "eval Function fetch require import process axios XMLHttpRequest WebSocket navigator globalThis window".split()
)
PACKAGES = frozenset("axios got request needle ws undici superagent rimraf node-fetch".split())
MODULES = frozenset(
    "child_process fs net http https os vm dns tls dgram crypto zlib axios got undici ws cluster worker_threads "
    "fs/promises module".split()
)
