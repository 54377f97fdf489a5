"""Names of Python's world and what they do or give. Tables, matched against the dotted name that a call resolves to.

An object that a call makes is named by the call: `requests.Session().post`, `socket.socket().connect`.
"""

import re
from functools import lru_cache

#: What a call of a name does.
EXEC = "exec"
UNPICKLE = "unpickle"
PROCESS = "process"
NET = "net"
LISTEN = "listen"
DNS = "dns"
DELETE = "delete"
WRITE = "write"
READ = "read"
NATIVE = "native"
CAPTURE = "capture"
ENCRYPT = "encrypt"
CLIP = "clip"
ENCODE = "encode"
KINDS = (EXEC, UNPICKLE, PROCESS, NET, LISTEN, DNS, DELETE, WRITE, READ, NATIVE, CAPTURE, ENCRYPT, CLIP, ENCODE)

_EXACT: dict[str, str] = {}


def _are(kind: str, names: str) -> None:
    for name in names.split():
        _EXACT[name] = kind


_are(
    EXEC,
    "exec eval execfile runpy.run_path code.InteractiveInterpreter().runcode code.InteractiveInterpreter().runsource "
    "code.InteractiveConsole().push code.InteractiveConsole().runsource types.FunctionType types.LambdaType timeit.timeit "
    "timeit.repeat cProfile.run profile.run pdb.run trace.Trace().run doctest.debug_src imp.load_source imp.load_module "
    "importlib.machinery.SourceFileLoader().load_module importlib._bootstrap._exec _frozen_importlib._exec "
    "importlib.util.module_from_spec().__loader__.exec_module importlib.reload",
)
_are(
    UNPICKLE,
    "pickle.loads pickle.load pickle.Unpickler cPickle.loads cPickle.load _pickle.loads dill.loads dill.load cloudpickle.loads "
    "cloudpickle.load joblib.load shelve.open jsonpickle.decode marshal.loads marshal.load yaml.unsafe_load yaml.full_load",
)
_are(
    PROCESS,
    "os.system os.popen os.popen2 os.popen3 os.startfile os.execl os.execle os.execlp os.execlpe os.execv os.execve os.execvp "
    "os.execvpe os.spawnl os.spawnle os.spawnlp os.spawnlpe os.spawnv os.spawnve os.spawnvp os.spawnvpe os.posix_spawn "
    "os.posix_spawnp posix.system posix.execv posix.execve posix.posix_spawn nt.system subprocess.run subprocess.Popen "
    "subprocess.call subprocess.check_call subprocess.check_output subprocess.getoutput subprocess.getstatusoutput "
    "_posixsubprocess.fork_exec pty.spawn asyncio.create_subprocess_exec asyncio.create_subprocess_shell "
    "asyncio.subprocess.create_subprocess_exec asyncio.subprocess.create_subprocess_shell commands.getoutput "
    "commands.getstatusoutput popen2.popen2 pexpect.spawn pexpect.run distutils.spawn.spawn setuptools.distutils.spawn.spawn "
    "win32process.CreateProcess win32api.WinExec win32api.ShellExecute _winapi.CreateProcess anyio.run_process "
    "trio.run_process sh.bash sh.sh invoke.run plumbum.local",
)
_are(
    NET,
    "urllib.request.urlopen urllib.request.urlretrieve urllib.urlopen urllib.urlretrieve urllib2.urlopen urllib.request.Request "
    "urllib.request.build_opener().open urllib.request.OpenerDirector().open urllib.request.URLopener().open "
    "urllib.request.URLopener().retrieve urllib.request.FancyURLopener().open socket.create_connection asyncio.open_connection "
    "asyncio.open_unix_connection websocket.create_connection websocket.WebSocketApp websockets.connect wget.download "
    "xmlrpc.client.ServerProxy ssl.get_server_certificate pycurl.Curl().perform ftplib.FTP smtplib.SMTP smtplib.SMTP_SSL "
    "telnetlib.Telnet imaplib.IMAP4_SSL poplib.POP3_SSL http.client.HTTPConnection http.client.HTTPSConnection "
    "paramiko.SSHClient().connect paramiko.Transport httplib.HTTPConnection httplib.HTTPSConnection urllib3.request "
    "telegram.Bot telebot.TeleBot discord.Client dhooks.Webhook discord_webhook.DiscordWebhook slack_sdk.WebClient "
    "boto3.client().upload_file boto3.client().put_object boto3.resource().upload_file paho.mqtt.publish.single "
    "paho.mqtt.client.Client().publish paho.mqtt.client.Client().connect dropbox.Dropbox().files_upload socks.socksocket",
)
_are(
    LISTEN,
    "http.server.HTTPServer socketserver.TCPServer http.server.ThreadingHTTPServer asyncio.start_server socket.create_server",
)
_are(
    DNS,
    "socket.gethostbyname socket.gethostbyname_ex socket.getaddrinfo dns.resolver.resolve dns.resolver.query "
    "dns.resolver.Resolver().resolve dns.resolver.Resolver().query aiodns.DNSResolver().query dns.query.udp",
)
_are(
    DELETE,
    "shutil.rmtree os.remove os.unlink os.rmdir os.removedirs pathlib.Path().unlink pathlib.Path().rmdir os.truncate "
    "posix.unlink posix.remove send2trash.send2trash",
)
_are(READ, "linecache.getlines shutil.copy shutil.copyfile shutil.copy2 shutil.copytree shutil.move shutil.make_archive "
     "sqlite3.connect netrc.netrc keyring.get_password browser_cookie3.chrome browser_cookie3.load secretstorage.dbus_init "
     "win32crypt.CryptUnprotectData")  # fmt: skip
_are(
    NATIVE,
    "ctypes.CDLL ctypes.cdll.LoadLibrary ctypes.PyDLL ctypes.WinDLL ctypes.windll.LoadLibrary cffi.FFI().dlopen mmap.mmap",
)
_are(
    CAPTURE,
    "pynput.keyboard.Listener pynput.mouse.Listener keyboard.on_press keyboard.on_release keyboard.hook keyboard.read_event "
    "keyboard.record keyboard.read_key pyHook.HookManager pyxhook.HookManager PIL.ImageGrab.grab pyautogui.screenshot "
    "pyscreenshot.grab mss.mss().grab mss.mss().shot mss.mss pyperclip.paste win32clipboard.GetClipboardData "
    "clipboard.paste tkinter.Tk().clipboard_get cv2.VideoCapture sounddevice.rec pyaudio.PyAudio().open evdev.InputDevice "
    "win32api.GetAsyncKeyState ctypes.windll.user32.GetAsyncKeyState ctypes.windll.user32.SetWindowsHookExA "
    "ctypes.windll.user32.SetWindowsHookExW ctypes.windll.user32.GetClipboardData ImageGrab.grab",
)
_are(
    CLIP,
    "pyperclip.copy clipboard.copy win32clipboard.SetClipboardText win32clipboard.SetClipboardData tkinter.Tk().clipboard_append",
)
_are(
    ENCRYPT,
    "cryptography.fernet.Fernet().encrypt nacl.secret.SecretBox().encrypt pyaes.AESModeOfOperationCTR().encrypt "
    "pyAesCrypt.encryptFile pyAesCrypt.encryptStream pyminizip.compress gnupg.GPG().encrypt_file",
)
_are(
    ENCODE,
    "base64.b64encode base64.standard_b64encode base64.urlsafe_b64encode base64.b32encode base64.b16encode base64.b85encode "
    "base64.a85encode base64.encodebytes binascii.hexlify binascii.b2a_hex binascii.b2a_base64 zlib.compress gzip.compress "
    "bz2.compress lzma.compress",
)

_FAMILIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (NET, re.compile(
        r"(?:requests|httpx|niquests|curl_cffi\.requests|treq|grequests)"
        r"(?:\.(?:\w*[sS]ession|\w*Client)\(\))?\.(?:get|post|put|patch|delete|head|options|request|stream|send|urlretrieve)$"
        r"|requests\.api\.\w+$|aiohttp\.(?:ClientSession\(\)\.(?:get|post|put|patch|delete|head|request|ws_connect)|request)$"
        r"|urllib3\.(?:PoolManager|HTTPSConnectionPool|HTTPConnectionPool|ProxyManager|connection_from_url)\(\)\.(?:request|urlopen|request_encode_body)$"
        r"|(?:http\.client|httplib)\.HTTPS?Connection\(\)\.(?:request|send|putrequest|endheaders)$"
        r"|socket\.(?:socket|create_connection|socketpair)\(\)\.(?:connect|connect_ex|send|sendall|sendto|sendmsg|sendfile)$"
        r"|ssl\.(?:wrap_socket|create_default_context\(\)\.wrap_socket|SSLContext\(\)\.wrap_socket)\(\)\.(?:connect|send|sendall|write)$"
        r"|smtplib\.SMTP(?:_SSL)?\(\)\.(?:sendmail|send_message|connect)$|ftplib\.FTP(?:_TLS)?\(\)\.(?:storbinary|storlines|retrbinary|connect)$"
        r"|websockets?\.\w+\(\)\.(?:send|connect|run_forever)$|asyncio\.open_connection\(\)\.write$|paramiko\..*\.(?:put|putfo|connect|exec_command)$"
        r"|telegram\.Bot\(\)\.\w+$|telebot\.TeleBot\(\)\.\w+$|slack_sdk\.WebClient\(\)\.\w+$|xmlrpc\.client\.ServerProxy\(\)\.\w+$"
        r"|boto3\.(?:client|resource)\(\)\.\w+$|httplib2\.Http\(\)\.request$|tornado\.httpclient\.\w+\(\)\.fetch$"
        r"|discord_webhook\.DiscordWebhook\(\)\.execute$|dhooks\.Webhook\(\)\.\w+$")),
    (LISTEN, re.compile(r"socket\.socket\(\)\.(?:bind|listen|accept)$")),
    (ENCRYPT, re.compile(
        r"(?:Crypto|Cryptodome)\.Cipher\.\w+\.new\(\)\.encrypt\w*$"
        r"|cryptography\.hazmat\.primitives\.ciphers\.Cipher\(\)\.encryptor\(\)\.update$"
        r"|cryptography\.hazmat\.primitives\.ciphers\.aead\.\w+\(\)\.encrypt$")),
    (CAPTURE, re.compile(r"mss\.mss\(\)\.\w+$|pynput\.(?:keyboard|mouse)\.Listener$")),
    (EXEC, re.compile(r".*\.exec_module$|.*code\.Interactive\w+\(\)\.(?:push|runcode|runsource)$")),
    (PROCESS, re.compile(r"os\.(?:exec|spawn)[lv]p?e?$")),
)  # fmt: skip


@lru_cache(maxsize=4096)
def kind_of(name: str) -> str:
    """What a call of this name does; "" where nothing here knows."""
    found = _EXACT.get(name)
    if found is not None:
        return found
    return next((kind for kind, pattern in _FAMILIES if pattern.match(name)), "")


#: What a call of a name gives: labels of its result.
SOURCES: dict[str, tuple[str, ...]] = {
    "socket.gethostname": ("identity:host",),
    "socket.getfqdn": ("identity:host",),
    "platform.node": ("identity:host",),
    "getpass.getuser": ("identity:user",),
    "os.getlogin": ("identity:user",),
    "pwd.getpwuid": ("identity:user",),
    "uuid.getnode": ("identity:mac",),
    "psutil.users": ("identity:user",),
    "platform.uname": ("identity:host",),
    "os.uname": ("identity:host",),
    "datetime.datetime.now": ("time",),
    "datetime.datetime.utcnow": ("time",),
    "datetime.datetime.today": ("time",),
    "datetime.date.today": ("time",),
    "time.time": ("time",),
    "time.time_ns": ("time",),
    "time.localtime": ("time", "calendar"),
    "time.gmtime": ("time", "calendar"),
    "time.strftime": ("time", "calendar"),
    "time.ctime": ("time",),
    "arrow.now": ("time",),
    "arrow.utcnow": ("time",),
    "pendulum.now": ("time",),
    "sys.gettrace": ("probe",),
    "sys.getprofile": ("probe",),
    "locale.getdefaultlocale": ("locale",),
    "locale.getlocale": ("locale",),
    "psutil.process_iter": ("probe",),
    "psutil.pids": ("probe",),
    "psutil.boot_time": ("probe",),
    "os.walk": ("walked",),
    "os.listdir": ("walked",),
    "os.scandir": ("walked",),
    "glob.glob": ("walked",),
    "glob.iglob": ("walked",),
    "pathlib.Path().rglob": ("walked",),
    "pathlib.Path().glob": ("walked",),
    "pathlib.Path().iterdir": ("walked",),
    "input": ("input",),
}
CALENDAR = frozenset(
    "year month day hour weekday isoweekday isocalendar timetuple strftime isoformat date tm_mon tm_mday tm_year".split()
)
#: Attributes by which the interpreter's own objects are walked.
FRAMES = frozenset("f_back f_globals f_locals f_builtins tb_frame gi_frame cr_frame ag_frame f_code".split())
FRAME_CALLS = frozenset(
    "inspect.stack inspect.getouterframes sys._getframe sys._current_frames inspect.currentframe gc.get_objects gc.get_referrers gc.get_referents".split()
)
#: What may be set in them without a second thought.
SETTABLE = re.compile(
    r"^(?:sys\.(?:stdout|stderr|stdin|path|argv|exit|excepthook|dont_write_bytecode|tracebacklimit|ps1|ps2|breakpointhook|displayhook"
    r"|unraisablehook|platform|version_info|flags|last_\w+|modules)|os\.(?:environ|umask|curdir)|builtins\.(?:_|ngettext|reveal_type|unicode|\w*warn\w*)"
    r"|json\.JSONEncoder\.default|ssl\._create_default_https_context|socket\.(?:SO_\w+|\w*timeout\w*|AF_\w+|inet_\w+|TCP_\w+|IPPROTO_\w+|EAI_\w+)"
    r"|sys\.\w*encoding\w*|os\.(?:PathLike|fspath|add_dll_directory|getuid|errno\w*|EX_\w+|O_\w+|devnull))$"
)
#: Replacing these changes what every check of the process sees.
CORE = frozenset(
    "builtins.open builtins.__import__ builtins.exec builtins.eval builtins.compile builtins.print builtins.input builtins.isinstance "
    "builtins.getattr builtins.len builtins.type builtins.__build_class__ sys.settrace sys.setprofile sys.addaudithook os.open "
    "os.read os.write json.dumps json.loads _json.make_encoder guest walls maker marshal.loads subprocess.Popen "
    "socket.socket ssl.SSLContext hashlib.sha256 hmac.compare_digest importlib.import_module io.open sys.exit os._exit".split()
)
#: Modules that a name put together at run time should not lead to.
DANGEROUS_MODULES = frozenset(
    "os sys subprocess socket ctypes pty builtins marshal pickle importlib shutil urllib.request requests http.client code "
    "runpy posix _posixsubprocess commands winreg base64 zlib".split()
)
