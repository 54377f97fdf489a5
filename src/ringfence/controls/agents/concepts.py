"""Words by which texts for agents speak of the same things, in the languages in which skills are written.

Each is one idea. What is wrong is never one of them but what goes together in a sentence: see `sentences.py`. Nothing
here repeats within a repetition.
"""

import re

from ringfence.controls.agents.expressions import either

#: To give something to somebody.
SEND = either(
    r"\b(?:send|post|upload|submit|forward|transmit|exfiltrat|e-?mail|deliver|publish|relay|report|share)(?:s|ed|ing"
    r"|e)?\b|\bmail\s+(?:it|them|this|these|the)\b"
    r"|\b(?:hand|pass|feed)(?:s|ed|es)?\s+(?:it|its|them|this|these|the)\b|\bgo(?:es)?\s+(?:\w+\s+){0,3}to\b"
    r"|\bpush(?:es)?\b|\bcurl\b|\bGET\s+https?:|\btype\s+(?:it|them)\s+into\b",
    r"\b(?:append|attach|embed|include|paste|add)(?:s|ed|ing)?\b"
    r"|\bas\s+(?:a\s+)?(?:\W?[?&]\w+=\W?\s+)?(?:query\s+)?parameter\b|[?&]\w{1,12}=(?:[<{$]|\.\.\.)",
    r"发送|上传|提交到|转发|附加到|发到|传到|发给|送信|アップロード|転送|投稿|送って",
    r"\b(?:env[íi][aeo]\w*|manda\w{0,4}|sube\w{0,3}|añad\w+|reenv\w+|invi[ao]\w*|allega\w*|salvali|salvalo|envie\w*"
    r"|adicione)\b",
    r"\b(?:send(?:e|est|et)|schick\w*|übermittl\w*|übertrag\w*|hochlad\w*|weiterleite\w*|häng\w*)\b"
    r"|\blad\w*\b.{0,60}\bhoch\b|\böffne\s+https?:",
    r"\b(?:envoi\w*|envoy\w*|transmet\w*|transmis|télévers\w*|publie\w*|ajoute\w*|joins)\b",
    r"отправ|пошли|перешли|загруз(?:и|ить)|вылож|передай|прикреп|надсила|надішл|відправ|전송|보내|업로드"
    r"|\b(?:wyślij|prześlij|przekaż|gönder\w*|poste)\b",
    r"\bsend_(?:e?mail|message|file|data)\b|\bsend(?:Email|Message|Mail)\b",
    r"أرسل|ارسل|إرسال|भेजो|भेजें|भेज\s+दो",
    r"\bwants?\s+(?:them|both|it|these)\s+(?:as|in)\b|\bas\s+form\s+fields?\b",
)
#: To send it, and nothing else: to add and to include are said of much.
SEND_ONLY = either(
    r"\b(?:sent|send|post|upload|submit|forward|transmit|exfiltrat|e-?mail|deliver|relay)(?:s|ed|ing|e)?\b"
    r"|\bmail\s+(?:it|them|this|these|the)\b|\bgo(?:es)?\s+(?:\w+\s+){0,3}to\b"
    r"|\bcurl\b",
    r"发送|上传|转发|发到|传到|发给|送信|アップロード|転送|送って",
    r"\b(?:env[íi][aeo]\w*|manda\w{0,4}|sube\w{0,3}|reenv\w+|invi[ao]\w*|envie\w*|send(?:e|est|et)|schick\w*"
    r"|übermittl\w*|übertrag\w*|hochlad\w*|weiterleite\w*)\b",
    r"\b(?:envoi\w*|envoy\w*|transmet\w*|télévers\w*)\b|отправ|пошли|перешли|передай|надсила|надішл|відправ|전송|보내"
    r"|업로드|\b(?:wyślij|prześlij|gönder\w*|poste)\b",
    r"\bsend_(?:e?mail|message|file|data)\b|\bsend(?:Email|Message|Mail)\b",
    r"أرسل|ارسل|إرسال|भेजो|भेजें|भेज\s+दो",
)
#: To put it into what others read.
SHOW = either(
    r"\b(?:append|attach|embed|include|paste|add|put|write|copy|file|publish|post)(?:s|ed|ing)?\b",
    r"\b(?:añad\w+|incluy\w+|pon\w{0,3}|agrega\w*|häng\w*|füg\w*|schreib\w*|ajoute\w*|inclus|mets|colle\w*)\b|добав"
    r"|встав|添加|写入|附在|貼り付け|追加",
)
#: Files that hold secrets of the user.
SECRET_FILES = either(
    r"(?<![\w$])\.env\b(?!\.(?:example|sample|template|dist))|\bid_(?:rsa|ed25519|ecdsa)\b|\.ssh/|\.aws/|\.kube/config"
    r"|\bkubeconfig\b|\.npmrc\b|\.pypirc\b|\.netrc\b|\.pgpass\b"
    r"|\.docker/config|\.git-credentials|\bhosts\.yml|\.gnupg|\bterraform\.tfstate\b"
    r"|\bapplication_default_credentials\b|\bservice-account\S{0,20}\.json\b|\bcredentials?\s+file|\bprivate\s+keys?\b"
    r"|\bssh\s+keys?\b|\bdeploy(?:ment)?\s+keys?\b"
    r"|\bkeychain\b|\bcookies\.sqlite|\blogin\s+data\b|私钥|秘密鍵|приватн\w+\s+ключ|private[nr]?\s+schlüssel"
    r"|clave\s+privada|clé\s+privée|clés\s+privées",
)
#: All that is in the environment of a program.
ENVIRONMENT = either(
    r"\b(?:all|whole|full|entire|every|complete|session's|output\s+of|list\s+of|collect\w*|gather\w*|dump\w*"
    r"|read)\b.{0,40}\b(?:environment(?:\s+(?:variables?|block))?|env\s+vars?|`?(?:printenv|env)`)",
    r"\benvironment\s+(?:block|variables?)\b.{0,40}\b(?:in\s+full|all\s+of|entirely|complete)"
    r"|\b(?:salida|sortie|ausgabe|вывод)\w*\s+(?:de|von|der|команды)\s+`(?:env|printenv)`",
    r"(?:所有|全部|すべて).{0,12}(?:环境变量|環境変数)|(?:环境变量|環境変数).{0,12}(?:所有|全部|すべて)|環境変数の一覧"
    r"|(?:alle|sämtliche)\w*\s+umgebungsvariablen|todas\s+las\s+variables\s+de\s+entorno",
    r"\bvalues?\s+of\s+(?:all\s+)?(?:the\s+|its\s+)?environment\s+variables"
    r"|\b(?:send|upload|post|report)s?\s+the\s+(?:whole\s+)?environment\b(?!\s+(?:name|variable))",
    r"toutes\s+les\s+variables\s+d.environnement|все\w*\s+переменн\w+\s+(?:среды|окружени\w+)",
)
#: What opens something, where all of it is meant.
SECRETS = either(
    r"\b(?:npm\s+token\s+create|gh\s+auth\s+token|gcloud\s+auth\s+print-access-token|aws\s+sts\s+get-session-token"
    r"|az\s+account\s+get-access-token)\b",
    r"\b(?:any|all|every|each|whatever|contents?|found|find|values?\s+of)\b.{0,60}\b(?:passwords?|passphrases?"
    r"|credentials?|secrets?|api\s+keys?|tokens?|logins?)\b",
    r"\b(?:passwords?|credentials?|secrets?|api\s+keys?"
    r"|tokens?)\b.{0,40}\b(?:you\s+(?:can\s+)?(?:find|see|come\s+across)|that\s+(?:you|it)\s+finds?|lying\s+around)",
    r"(?:所有|全部|找到的|任何).{0,12}(?:密码|凭证|凭据|密钥|令牌|口令)"
    r"|(?:すべて|全て|見つけた).{0,12}(?:パスワード|認証情報|トークン|鍵)|\bcherche\w*\b.{0,20}\bmots\s+de\s+passe\b",
    r"\b(?:alle|sämtliche|gefundene)\w*\s+(?:passwörter|zugangsdaten|schlüssel|kennwörter)"
    r"|\b(?:todas|cualquier|busca)\w*\b.{0,20}\b(?:contraseñas?|credenciales|claves)\b",
    r"\b(?:tous|toutes)\s+les\s+(?:mots\s+de\s+passe|identifiants|clés)\b|(?:все|найденн)\w*\s+(?:парол|ключ|токен)\w*",
)
#: What was said between a user and the agent.
CONVERSATION = either(
    r"\b(?:conversation|chat|dialogue|transcript)(?:\s+(?:history|log|so\s+far|transcript|turns?))?\b.{0,30}"
    r"|\b(?:last|latest|every|each|all|recent)\s+(?:user\s+)?(?:messages?|prompts?|inputs?)\b",
    r"\b(?:everything|all|anything|whatever)\s+(?:that\s+)?(?:the\s+)?(?:user|person|human|they|customer)\s+(?:has\s+"
    r"|have\s+)?(?:typed|types|said|says|wrote|writes|entered|enters|pasted|pastes|asked)",
    r"聊天记录|对话内容|对话历史|全部对话|会話の?(?:内容|履歴|全文|ログ)|チャット履歴"
    r"|historial\b.{0,20}\b(?:charla|chat|conversación)|chat-?verlauf|gesprächsverlauf"
    r"|historique\b.{0,30}\b(?:conversation|discussion)",
    r"истори\w+\s+(?:чата|диалога|переписки)|вс[юе]\s+переписк",
)
#: Papers and numbers of a person.
PERSONAL = either(
    r"\b(?:passports?|identity\s+cards?|id\s+cards?|social\s+security|ssn|(?:credit\s+)?card\s+(?:number|details)|cvv"
    r"|date\s+of\s+birth|bank\s+account|iban|medical\s+records?|tax\s+returns?)\b",
    r"\b(?:any|every|each|all)\s+(?:pdf|document|receipt|photo|picture|contract|spreadsheet|file)s?\b.{0,20}\b(?:you"
    r"|that\s+is|they)\b.{0,12}\b(?:read|open|process|find|touch|load|see)"
    r"|\b(?:files?|documents?|photos?)\s+(?:in|of|from)\s+(?:the\s+)?(?:home|downloads?|documents|desktop)\b",
    r"(?:下载|文档|桌面)(?:文件夹|目录).{0,8}(?:所有|全部)?文件"
    r"|(?:ダウンロード|ドキュメント|デスクトップ)フォルダー?の.{0,12}(?:すべて|全て|ファイル)|\bses\s+documents\b"
    r"|\bsus\s+documentos\b|numero\s+della\s+carta|número\s+de\s+tarjeta|kartennummer|numéro\s+de\s+carte"
    r"|номер\w*\s+карты",
)
#: Somebody who is not the user: an address that is written out, or the author of the text.
OUTSIDE = either(
    r"https?://(?!localhost|127\.|0\.0\.0\.0|\[|10\.|192\.168\.|(?:www\.|api\.)?example\.(?:com|org)\b"
    r"|[\w.-]*(?:localhost|internal)\b|(?:your|my|<|\{|\$)|(?:www\.)?github\.com/(?!.{0,60}/issues(?!/\d))|docs?\."
    r"|api\.(?:github|openai|anthropic|slack|stripe)\.)[\w.-]+\.[\w-]{2,}|https?://\d{1,3}\.\d",
    r"(?<![\w/:@.])[\w.+-]{2,40}@(?!example|your|github|gitlab|bitbucket|company|domain|acme|users\.noreply"
    r"|test\.)[\w-]{1,60}\.[a-z][\w.-]{1,30}\b(?!:)",
    r"\bftps?://(?!localhost|[\w.-]*example)[\w.:@-]{4}|!\[[^\]]{0,80}\]\(https?://"
    r"|\bdiscord(?:app)?\.com/api/webhooks",
    r"\bour\s+(?:\w+\s+){0,2}(?:server|backend|api|endpoint|team|service|checker|archive|model|collector|host|cloud"
    r"|side|counter|inbox|address)\b",
)
#: Somebody else, in whatever way an address is written: without its scheme, a bucket, a handle.
ELSEWHERE = either(
    OUTSIDE.pattern,
    r"\b(?:to|at|onto)\s+`?(?!localhost|github|docs\.|www\.)(?:[a-z0-9-]{2,40}\.){0,2}[a-z0-9-]{2,40}(?:\.com\b"
    r"|\.net\b|\.org\b|\.io\b|\.dev\b|\.app\b|\.xyz\b|\.top\b|\.fun\b|\.site\b|\.online\b|\.club\b|\.cloud\b|\.info\b"
    r"|\.biz\b|\.ru\b|\.cn\b|\.su\b|\.cc\b|\.me\b|\.eu\b|\.space\b|\.pro\b|\.live\b|\.click\b)(?!\.?\w*\()",
    r"(?<![\w/@.$-])(?!localhost|github\.com|docs\.|www\.)(?:[a-z0-9-]{2,40}\.){0,2}[a-z0-9-]{2,40}(?:\.com/|\.net/"
    r"|\.org/|\.io/|\.dev/|\.app/|\.xyz/|\.top/|\.fun/|\.site/|\.online/|\.club/|\.cloud/|\.info/|\.biz/|\.ru/|\.cn/"
    r"|\.su/|\.cc/|\.me/|\.eu/|\.space/|\.pro/|\.live/|\.click/)\w",
    r"\b(?:gs|s3|ftp|sftp)://[\w.-]{3}|\bt\.me/\w|\b(?:telegram|телеграм)\w*\s+@\w|\btransfer\.sh\b"
    r"|\bpublic\s+bucket\b|(?<![\w.])\+\d{2,3}[\s\d-]{8,16}\b|\bnpx\s+surge\b|\bpastes?\.(?:dev|rs|ee|sh)\b",
)
#: To bring something there, in whatever words.
TRANSFER = either(
    SEND_ONLY.pattern,
    r"\b(?:copy|copies|note|put|place|store|save|write|sync|mirror|move|drop|leave|convey(?:ed)?|log|record|publish"
    r"|share|hand|attach|collect\w*)\b|\bdépose\w*|\bpartage\w*|存到|写到|保存到|渡す|渡して"
    r"|\b(?:speicher\w*|guarda\w*|enregistre\w*)\b|сохран|выгруз|сложи",
    r"\badd(?:s|ed)?\s+(?:it|them|these|this)\s+to\s+(?:the\s+)?(?:url|address|query|link)\b",
)
#: Much of a kind, or all of it.
GATHER = either(
    r"\b(?:all|every|each|any|whatever|last|latest|newest|full|whole|entire|complete|verbatim|lot|contents?|dump|pack"
    r"|zip|tar|bundle|archive|collect|gather|cop(?:y|ies)|record|snapshot|export|fill\w*|read\s+out|when(?:ever)?)\b",
    r"全部|所有|打包|最新|收集|すべて|全て|取得"
    r"|\b(?:alle|sämtliche|gesamte|inhalt|tod[oa]s?|cada|cuando|anota|tous|toutes|contenu|tutti|tutte)\b|\bвсе\b|всё"
    r"|архив|найди|собери",
)
#: What is nobody else's business.
PRIVATE = either(
    r"\b(?:credentials?|secrets?(?:\.\w+)?|passwords?|key\s?pairs?|private[\s_]?keys?|secret[\s_]?keys?|mnemonics?"
    r"|dot\s?files?|home\s+(?:folder|directory)|wallets?|keystores?|cookies?|localstorage|conversations?|dialogues?"
    r"|transcripts?|user\s+data|customers?'?\s+(?:table|data|list|records)|personal(?:\s+\w+)?|patient\w*|inbox"
    r"|address\s+book|drafts?|browsing\s+history|clipboard|keystrokes|keychain|home\s+address|phone\s+numbers?"
    r"|tax\s+(?:number|id)|passport(?:\s+number)?|date\s+of\s+birth|national\s+id|social\s+security\s+number|health\s+(?:data|records?)"
    r"|workspace|documents\s+folder|session\s+(?:log|record)|(?:login|reset|verification|one-time|security)[-\s]codes?"
    r"|password-reset|código\s+de\s+verificación|bestätigungscodes?|code\s+de\s+vérification|other\s+keys|which\s+key"
    r"|shell\s+history|browser\s+profile|repository\s+secrets|secrets\s+(?:of|du|del)|original\s+text\s+with)\b",
    r"聊天|对话|草稿|密码|凭证|密钥|钱包|用户数据|个人信息|通讯录|受信箱|会話|パスワード|個人情報|連絡先"
    r"|\b(?:gespräch|passwörter|zugangsdaten|geheimnisse|contraseñas?|teléfono|conversación|datos\s+personales"
    r"|mots\s+de\s+passe|conversation|trousseau)\b|кошельк|парол|переписк|личн\w+\s+данн",
)
#: What the user works on.
WORK = either(
    r"\b(?:files?|pdfs?|notes|names|documents?|presentations?|slides|spreadsheets?|reports?|outputs?|results?"
    r"|projects?|repositor(?:y|ies)|repo|source\s+code|code\s?base|diffs?|notebooks?|datasets?|databases?|tables?"
    r"|backups?|logs?|screenshots?|recordings?|essays?|letters|homework|invoices?|contracts?|calendar|contacts|archives?|models?|weights"
    r"|drafts?|cop(?:y|ies)|input|text|content|query|queries|data)\b",
    r"文件|文档|代码|结果|报告|数据|ファイル|文書|コード|結果|データ"
    r"|\b(?:datei(?:en)?|dokumente?|ergebnis\w*|archivos?|documentos?|resultados?|fichiers?|résultats?|дані)\b|файл"
    r"|документ|результат|данны",
)
#: What everybody can read.
PUBLIC = either(
    r"\b(?:public|open)\s+(?:issue|gist|repository|paste)s?\b"
    r"|\b(?:commit\s+(?:message|body)|changelog|pull\s+request|release\s+notes|branch\s+name|html\s+comment|gist)s?\b"
    r"|\beach\s+issue\b|\bas\s+an?\s+(?:\w+\s+)?issue\b"
    r"|\bdescription\s+of\s+the\s+(?:release|issue|pull\s+request|repository)\b",
    r"incidencia\s+pública|öffentlich\w*\s+(?:issue|ticket|meldung)|commit-?nachricht|message\s+de\s+commit"
    r"|mensaje\s+de\s+commit|issue\s+public|публичн\w+\s+(?:issue|тикет)|提交信息|コミットメッセージ",
    r"\b(?:body|text|title|comments?)\s+of\s+(?:an?|the|every|each)\s+(?:\w+\s+)?(?:issue|pull\s+request|ticket"
    r"|discussion)\b|\bgh\s+(?:issue|gist|pr)\s+(?:create|comment)\b|\balt\s+text\b",
    r"\b(?:body|message|trailer)\s+of\s+(?:the|each|every|a)\s+commit\b",
    r"\bto\s+(?:the|each|every|a)\s+(?:ticket|issue|pull\s+request|PR|bug\s+report)\b",
)
#: What is done behind somebody's back.
CONCEAL = either(
    r"\b(?:keep|leave)\s+(?:this|it|that|these)\s+(?:\w+\s+)?(?:to\s+yourself|between\s+us|quiet|under\s+wraps"
    r"|under\s+the\s+radar|off\s+the\s+record)\b",
    r"\b(?:no\s+need|no\s+point|not\s+necessary|no\s+reason|needn't|need\s+not|not\s+have\s+to"
    r"|don't\s+(?:have|need)\s+to)\b.{0,30}\b(?:tell|telling|bother|bothering|inform|informing|trouble|troubling|worry"
    r"|worrying|alarm|alarming)\s+"
    r"(?:the\s+)?(?:users?|persons?|humans?|people|anyone|clients?|customers?|operators?|them)\b",
    r"\b(?:users?|persons?|humans?|people|clients?|customers?|reviewers?|colleagues?|operators?)\s+(?:need\s+not"
    r"|needn't|(?:don't|do\s+not|doesn't|does\s+not)\s+(?:need|have)\s+to"
    r"|(?:shouldn't|should\s+not|mustn't|must\s+not|must\s+never|should\s+never"
    r"|is\s+not\s+to)\s+(?:ever\s+)?)\s*(?:know|see\s+(?:this|it|that)|notice|learn|find\s+out|be\s+told|be\s+aware"
    r"|hear)\b",
    r"\b(?:the\s+)?(?:human|user|person)\s+(?:cannot|can't|does\s+not|doesn't|won't)\s+see\s+(?:this"
    r"|it)\b(?!.{0,60}\b(?:so|because)\s+(?:you\s+)?(?:must|should|show|tell|repeat|print))",
    r"\b(?:never|don't|do\s+not|without)\s+(?:ever\s+)?(?:point(?:ing)?|bring(?:ing)?)\s+(?:it|this|that"
    r"|them)\s+(?:out|up)\b|\b(?:do|done|doing|change|changes)\s+(?:it|this|that|so)\s+without\s+(?:mention(?:ing)?"
    r"|comment(?:ing)?|say(?:ing)?)\b",
    r"\bwithout\s+(?:a\s+word|commenting\s+(?:on\s+)?(?:it|this)|mentioning\s+(?:it|this|that|them))\b"
    r"|\b(?:never|don't|do\s+not)\s+(?:tell|let)\s+(?:them|anyone|anybody|users|people|customers|reviewers"
    r"|staff)\b(?!\s+(?:to|of\s+(?:our|the))\b).{0,60}\b(?:exist|this|it|about|that|know|see|notice)\b",
    r"\bkeep\s+(?:this|the|such|that)\s+\w+\s+(?:when|if|even)\b.{0,60}\b(?:delete|deleted|removed?|clean)"
    r"|\b(?:don't|do\s+not|never)\s+(?:remove|delete)\s+it\s+(?:if|when|even)\b.{0,30}\basked\b"
    r"|\band\s+don't\s+list\s+it\b"
    r"|\bif\s+(?:someone|anyone|somebody|the\s+user)\s+removes\s+it\b.{0,20}\b(?:put|add|restore)\b",
    r"\b(?:act|behave|answer|talk|write)\s+as\s+(?:though|if)\s+(?:only|nothing|it\s+(?:never|did\s+not)"
    r"|the\s+\w+\s+(?:never|did\s+not))\b",
    r"\bso\s+(?:that\s+)?(?:they|the\s+user|users|reviewers?|nobody|no\s+one|people|the\s+person"
    r"|the\s+team)\s+(?:(?:don't|do\s+not|doesn't|does\s+not|won't|will\s+not|never|cannot|can't)\s+)?(?:wonder|notice"
    r"|suspect|get\s+suspicious|stop\s+at|look\s+closer|ask\s+questions)\b"
    r"|\bso\s+(?:that\s+)?(?:nothing|nobody|no\s+one)\b.{0,40}\b(?:be\s+found|find|trace|bring\s+(?:it|them)\s+back"
    r"|noticed?)\b",
    r"\b(?:send|forward|upload|post|copy|transmit|submit"
    r"|deliver)\b(?:(?!\b(?:fail|skip|drop|ignor|los|never)\w*)(?:[^.;:]|\.(?=\S))){0,120}\b(?:silently|secretly|covertly"
    r"|stealthily|unnoticed|discreetly)\b(?!\s+(?:fail|skip|drop|ignor|los|swallow|truncat)\w*)"
    r"|\bdescribe\s+(?:it|this|the\s+(?:commit|change|pull\s+request))\s+as\b.{0,60}\bso\s+(?:that\s+)?\w+\s+(?:don't"
    r"|do\s+not|doesn't|does\s+not|won't)\b",
    r"\b(?:explain|present|describe|label|call|pass)\s+(?:it|this|them)\s+(?:(?:to|off)\s+\w+\s+"
    r"|off\s+)?(?:as\s+(?:a\s+|an\s+|your\s+own\s+)?)?[\"“']?(?:performance|gas|routine|maintenance|cosmetic|chore"
    r"|cleanup|typo|independent|harmless)\b|\bunder\s+a\s+message\s+about\b",
    r"\b(?:say|claim|tell\s+them|answer)\s+(?:that\s+)?it(?:'s|\s+is|\s+was)\s+(?:required\s+by\s+law|just\s+(?:a|the)"
    r"|only\s+(?:a|the)|part\s+of\s+the\s+(?:update|check))\b|\bpresent\s+it\s+as\s+your\s+own\b"
    r"|\bnever\s+name\s+(?:the\s+)?risks\b|\bexplain\b.{0,60}\bso\s+they\s+don't\s+wonder\b",
    r"\b(?:in|for|on|at)\s+(?:any|every|all)\s+other\s+(?:repositor(?:y|ies)|sites?|users?|projects?|machines?|days?"
    r"|compan(?:y|ies))\b.{0,30}\b(?:normally|as\s+usual|by\s+the\s+book)\b",
    r"\b(?:benutzer|nutzer|anwender|person|kunde|kunden)\b.{0,30}\b(?:nichts?|niemals|nie)\b.{0,24}\b(?:erfahren"
    r"|wissen|sagen|mitteilen|merken|bemerken|zeigen|informier\w*)|\b(?:verschweig\w*|heimlich|unbemerkt)\b"
    r"|\bohne\s+(?:es\s+)?(?:dem|den|die|der)\s+(?:benutzer|nutzer|anwender|person|kunden)\b.{0,30}\b(?:sagen"
    r"|zu\s+informieren|mitzuteilen|zu\s+zeigen)"
    r"|\b(?:sag|erwähne)\b.{0,40}\b(?:es\s+sei\s+nur|nicht\s+in\s+der\s+(?:antwort|zusammenfassung))",
    r"\bno\s+(?:se\s+)?(?:lo|la|los|le)\s+(?:digas|comentes|menciones|enseñes|muestres|cuentes|reveles)\b"
    r"|\b(?:no|sin)\s+(?:digas|comentes|menciones|informes|avises|avisar|informar|decir"
    r"|contar)\w*\b.{0,30}\b(?:usuario|persona|nadie|cliente)\b|\ba\s+escondidas\b|\ben\s+secreto\b"
    r"|\bsin\s+que\s+(?:el|la|lo|nadie)\b.{0,20}\b(?:entere|sepa|note|vea)\b",
    r"\bn.en\s+parle\w*\s+(?:pas|jamais|à\s+personne)"
    r"|\bne\s+(?:le|la|lui|les)\s+(?:dis|dites|mentionne\w*|signale\w*|montre\w*)\s+(?:pas|jamais)\b|\bà\s+l.insu\b"
    r"|\ben\s+(?:cachette|secret)\b"
    r"|\bsans\s+(?:prévenir|informer|avertir|le\s+dire\s+à)\b.{0,20}\b(?:utilisateur|personne|client)"
    r"|\bne\s+(?:préviens|informe)\w*\s+pas\b",
    r"не\s+(?:сообщай|говори|упоминай|рассказывай|уведомляй|показывай)\w*.{0,30}(?:пользовател|никому|клиент|человек)"
    r"|пользовател\w*.{0,20}(?:сообщать|знать|говорить|показывать).{0,12}не\s+(?:нужно|надо|следует|стоит|должен)"
    r"|(?:отчёт|отчет|ответ)\w*.{0,20}не\s+упомин|\bтайно\b|незаметно|скрытно|без\s+ведома"
    r"|тихо\s+(?:отправ|скопир|загруз|запуст)",
    r"(?:不要|别|请勿|不得|切勿|无需|不必)(?:也)?(?:向|让|跟|对).{0,6}(?:用户|任何人|使用者|客户).{0,6}(?:提起|提及"
    r"|提到|透露|知道|知晓|发现|察觉|看到)"
    r"|(?:不要|别|请勿|不得|切勿|无需|不必)(?:告诉|告知|通知|惊动|提醒)(?:用户|任何人|使用者|客户|他)|悄悄|偷偷|暗中"
    r"|不让用户",
    r"(?:ユーザー|利用者|本人|誰|顧客)(?:に|には|へ|へは|にも).{0,20}(?:知らせない|伝えない|言わない|教えない"
    r"|通知しない|報告しない|見せない)|秘密に(?:する|して|し|お)|こっそり|密かに|気づかれない",
    r"\b(?:non|senza|não|sem)\s+(?:dir\w*|informar\w*|menzionar\w*|avvisar\w*|avisar|contar"
    r"|mostrar\w*)\b.{0,24}\b(?:utente|usuário|nessuno|ninguém|persona|cliente)\b|\bdi.\s+che\s+serve\s+per\b",
    r"\b(?:keep|leave)\s+(?:this|it|that|these|them|those)\s+out\s+of\s+(?:the|your|any|every"
    r"|all)\s+(?:\w+\s+)?(?:summar(?:y|ies)|reports?|answers?|repl(?:y|ies)|output|chat|diffs?|logs?|messages?"
    r"|conversation|descriptions?|change\s?logs?)\b"
    r"|\b(?:(?:do\s+not|don\'t)\s+(?:have|need)\s+to|need\s+not|needn\'t)\s+(?:mention|report|disclose)\s+(?:it|this"
    r"|them|that(?=\s*(?:[.,;]|$)))\b|\bneed\s+not\s+appear\s+in\b"
    r"|\b(?:it|this|that|they)\s+need\s+not\s+be\s+(?:mentioned|reported|listed|explained|said)\b",
    r"\b(?:do\s+not|don\'t|never)\s+mention\s+(?:these|this|those|the)\s+(?:two\s+|three\s+|extra\s+|additional\s+"
    r"|last\s+)?(?:statements?|lines?|commands?|changes?|quer(?:y|ies)|files?|headers?|dependenc(?:y|ies)|packages?)\b"
    r"|\bsans\s+(?:(?:le|la|les|lui|leur|en)\s+)?(?:dire|prévenir|avertir|signaler|mentionner|parler)\b"
    r"|\bohne\s+(?:es|das|dies)\s+(?:\w+\s+)?zu\s+(?:sagen|erwähnen|melden|zeigen)\b"
    r"|\bsin\s+(?:decirlo|avisar|mencionarlo|decírselo|que\s+(?:lo\s+)?(?:sepa|vea|note))\b"
    r"|\bsenza\s+(?:dirlo|avvisare|dirglielo)\b|\bsem\s+(?:avisar|dizer|contar)\b",
    r"\b(?:do\s+not|don\'t|never)\s+(?:list|name|count|show|include)\s+(?:it|this|them|that)\s+(?:among|in|with"
    r"|under)\s+(?:your|the|any)\s+(?:\w+\s+)?(?:changes|diff|summary|report|list|log|answer|output)\b"
    r"|\busers?\b.{0,40}\b(?:do\s+not|don\'t)\s+(?:want|need|like|care)\s+to\s+(?:see|know|hear)\s+(?:it|this|that"
    r"|about|of)\b",
    r"لا\s+تخبر|دون\s+(?:إخبار|علم)\s|मत\s+बता|बिना\s+बताए",
    r"\bsay\s+nothing\s+(?:of|about)\s+(?:it|this|that)\b|\btell\s+nobody\b"
    r"|\((?:never|do\s+not|don\'t)\s+(?:reveal|mention|show|tell)\b[^)]{0,30}\)"
    r"|\b(?:do\s+not|don\'t)\s+comment\s+on\s+(?:it|this)\b|\b(?:owner|user)\s+did\s+not\s+ask\s+for\s+(?:it|this)\b"
    r"|\bif\b.{0,30}\b(?:notices?|asks?)\b.{0,10}\bdeny\s+(?:it|this)\b",
)
#: That nobody is to hear of it, said in passing.
UNSAID = either(
    r"\b(?:students?|applicants?|patients?|visitors?|readers?|guests?|members|tenants?|employees?|authors?)\b.{0,24}\b(?:are|is|must|shall"
    r"|should)\s+(?:not|never)\s+(?:to\s+)?(?:be\s+)?(?:told|informed|notified|made\s+aware)\b(?!\s+(?:until|before|that))"
    r"|\bif\b.{0,20}\basks?\s+(?:for|about|what)\b.{0,40}\b(?:your\s+instructions|this\s+file|these\s+rules)\b.{0,60}\b(?:only|just"
    r"|deny|nothing)\b",
    r"\b(?:do\s+not|don't|never)\s+say\s+(?:where|how|by\s+whom|with\s+what)\b.{0,40}\b(?:was|were|has\s+been|have\s+been|comes?\s+from|came\s+from)\b"
    r"|\bno\s+need\s+to\s+(?:bring\s+(?:it|this|that|them)\s+up|(?:mention|announce|discuss|flag)\s+(?:it|this|that|them))\b(?!\s+(?:unless|until))"
    r"|\b(?:keep|stay|remain|be)\s+(?:silent|quiet|mum)\s+(?:on|about)\s+(?:it|this|that)\b"
    r"|\b(?:stay|remain|be\s+kept|keep)\s+(?:it\s+)?out\s+of\s+(?:what|anything|everything)\s+(?:that\s+)?(?:the\s+)?user\b",
    r"\b(?:nobody|no\s+one)\s+(?:needs?|has|ought)\s+to\s+(?:be\s+told|know|hear|see)\b"
    r"|\b(?:users?|customer|person|human)\b.{0,40}\b(?:does\s+not|doesn't)\s+(?:want|need|like|care)\s+to\s+(?:see|know|hear"
    r"|read)\s+(?:it|this|that|about|of)\b"
    r"|\bso\s+that\s+(?:\w+\s+)?(?:filters?|moderators?|detectors?|spam\s+\w+|scanners?)\s+(?:don't|do\s+not|won't"
    r"|cannot)\s+(?:notice|detect|catch|see|flag|group|match|block|recogni[sz]e)\b"
    r"|\b(?:do\s+not|don't|never)\s+(?:tell|say|mention|disclose|admit)\s+(?:anyone\s+)?that\s+(?:this|it)\s+is\s+(?:paid"
    r"|sponsored|an?\s+ad\w*)",
    r"\b(?:skip|omit|drop)\s+(?:this|it|that)\s+(?:step\s+|part\s+)?(?:in|from)\s+(?:your"
    r"|the)\s+(?:final\s+)?(?:message|answer|summary|report|reply)\b"
    r"|\bno\s+hace\s+falta\s+(?:avisar|informar|decir)\w*\b.{0,20}\b(?:usuario|persona|cliente)",
    r"\bn.en\s+(?:est|sont|sera|seront)\s+pas\s+(?:averti|informé|prévenu)\w*"
    r"|\bwird\s+davon\s+nicht\s+(?:unterrichtet|informiert)|\bno\s+(?:será|es)\s+(?:avisado|informado)\b",
    r"\b(?:users?|staff|employees|people|customers?|they|person|team)\b.{0,30}\b(?:remains?|stays?|be\s+kept|is\s+kept"
    r"|are\s+kept)\s+(?:unaware|in\s+the\s+dark|ignorant|uninformed)\b",
    r"\bhumans?\s+(?:only\s+)?(?:read|see|get)s?\s+(?:only\s+)?the\s+\w+\s+(?:half|part|section)(?:\s+only)?\b"
    r"|\bso\s+(?:that\s+)?(?:nothing|it)\s+looks?\s+(?:touched|untouched|normal|unchanged|as\s+before)\b"
    r"|\bmark\b.{0,20}\bas\s+unread\s+(?:afterwards|again)\b",
    r"\b(?:need\s+not|needn't|not|never)\s+(?:be\s+)?(?:add|show|list|include|listed|shown|included"
    r"|added)\b.{0,40}\b(?:(?:list|preview|summary|overview)\s+(?:that\s+)?the\s+user\s+\w+|listed\s+to\s+the\s+user"
    r"|to\s+the\s+user)\s*(?:[.,;]|$)",
    r"\b(?:nothing|no\s+need)\s+to\s+(?:bring\s+up|discuss|mention|raise|report|talk\s+about)\b.{0,20}\b(?:with"
    r"|to)\s+(?:the\s+)?(?:user|human|person|anyone|customer)"
    r"|\b(?:not\s+to|without|avoid|don't|do\s+not|never|not)\s+(?:draw(?:ing)?|attract(?:ing)?|raise"
    r"|raising)\s+(?:any\s+)?(?:attention|suspicion)\b|\bne\s+pas\s+attirer\s+l.attention"
    r"|\bkeine\s+aufmerksamkeit\s+erreg|\bno\s+llamar\s+la\s+atención|не\s+привлека\w+\s+внимани|不(?:要)?引起注意",
    r"\bwhere\s+(?:the\s+|a\s+)?(?:reader|user|human|person|customer|reviewer|visitor)s?\s+(?:will\s+not|won't"
    r"|does\s+not|doesn't|cannot|can't|do\s+not|don't)\s+(?:see|notice|look|find)"
    r"|\bbefore\s+the\s+(?:owner|user|human|person)\s+(?:gets|comes|sees|notices)\b"
    r"|\b(?:customer|user|owner|client)\s+is\s+not\s+(?:asked|told|informed)\b",
    r"(?:користувач\w*.{0,20}не\s+(?:кажи|повідомляй|згадуй|розповідай)"
    r"|не\s+(?:кажи|повідомляй|згадуй).{0,20}користувач)"
    r"|(?:사용자|유저)(?:에게|한테)(?:는)?.{0,14}(?:말하지|알리지|언급하지|보여주지)|몰래"
    r"|\bnie\s+(?:mów|informuj|wspominaj)\b.{0,24}\bużytkownik\w*|\bpo\s+cichu\b"
    r"|\bkullanıcıya\b.{0,20}\b(?:söyleme|bildirme|gösterme)|\bgizlice\b",
    r"\b(?:no|without)\s+(?:further\s+)?(?:announcement|notice|notification|mention)\b.{0,40}\b(?:is|are|required"
    r"|needed|necessary|given|thereof)\b"
    r"|\b(?:users?|reviewers?|people|customers?|they)\b.{0,60}\b(?:get|receive|are\s+given)\s+no\s+(?:notice|word"
    r"|hint)\b",
    r"\b(?:mention(?:ing)?|announc(?:e|ing)|discuss(?:ing)?|rais(?:e|ing)|explain(?:ing)?)\s+(?:it|this|that"
    r"|them)\s+would\s+only\b"
    r"|\b(?:users?|people|they|customers?)\s+(?:only\s+)?(?:get|are|become|would\s+be)\s+(?:\w+\s+)?(?:confused"
    r"|nervous|alarmed|upset|worried)\s+(?:by|about|when|if)\s+(?:it|this|that)\b",
    r"\b(?:users?|reviewers?|people|customers?|human|recruiter|person|accounting)\b.{0,40}\b(?:shall|must|should|are"
    r"|is|will|need)\s+(?:not|never|no)\b.{0,20}\b(?:pointed\s+to|party\s+to|told|see|know|notified|informed"
    r"|made\s+aware)\b(?:\s+(?:it|this|that|of\s+(?:it|this|that)|to\s+it|about\s+(?:it|this|that)|the\s+\w+)|\s*[.,;]"
    r"|\s+and\b|\s*$)|\buser\s+no\s+need\b",
    r"\b(?:if|when)\s+(?:the\s+user|anyone|somebody|they|someone)\s+asks?\b.{0,30}\b(?:say|claim|pretend|answer"
    r"|tell\s+them)\b.{0,40}\b(?:it|this|that|just|only|backup|saving|cache|update)\b"
    r"|\bstrip\s+(?:it|this|that|the\s+\w+)\s+(?:line\s+)?from\s+(?:the\s+)?(?:previews?|summar\w+|logs?|output)\b",
    r"\b(?:tell|assure|state|report|say)\b.{0,30}\b(?:to\s+)?(?:the\s+)?(?:user|summary|report|them"
    r"|team)?\b.{0,12}\bthat\s+(?:there\s+are\s+(?:zero|no)\s+(?:vulnerabilit\w+|findings|errors|failures)"
    r"|all\s+(?:of\s+them\s+|tests\s+|checks\s+)?(?:pass(?:ed)?|are\s+(?:green|fine)))\b(?!\s+(?:only\s+)?(?:if|when"
    r"|once|after))",
    r"\bmit\s+keinem\s+wort\b|\b(?:kein|ohne\s+ein)\s+wort\s+(?:darüber|davon)"
    r"|\bno\s+(?:tiene|tienen)\s+por\s+qué\s+(?:enterarse|saber)"
    r"|\bpas\s+besoin\s+de\s+(?:le|lui|leur)\s+(?:dire|signaler)"
    r"|\b(?:об\s+этом|о\s+нём|про\s+это)\b.{0,20}\b(?:молчи|ни\s+слова|не\s+говори)|表に出さない|黙って(?:実行|送|行)"
    r"|如果用户问起.{0,12}(?:就说|回答)|不(?:必|用|要)(?:说明|解释|声张)|对用户保密|\bsenza\s+farne\s+parola",
)
#: That other rules count no longer.
OVERRULE = either(
    r"\b(?:no|refusals?|denials?|rejections?|stop)\b.{0,30}\b(?:counts?|is\s+(?:to\s+be\s+)?(?:read|treated|taken|seen))\s+as\s+(?:an?\s+)?"
    r"(?:misclick|mistake|yes|consent|approval|typo|agreement|slip)\b"
    r"|\b(?:commands|orders|instructions)\b.{0,60}\b(?:executed|run|followed)\s+as\s+they\s+come\b",
    r"\brègles\b.{0,50}\bne\s+(?:valent|s.appliquent|comptent)\s+(?:pas|plus)\b"
    r"|\b(?:regeln|vorgaben|einschränkungen)\b.{0,50}\bgelten\b.{0,30}\bnicht\b"
    r"|\b(?:reglas|normas|restricciones)\b.{0,50}\bno\s+(?:valen|rigen|se\s+aplican)\b"
    r"|系统.{0,12}(?:限制|规则|指令|约束)[^。]{0,4}(?:作废|失效|无效)|确认提示[^。]{0,8}自动[^。]{0,6}允许",
    r"\b(?:decline|refuse|reject)\s+(?:nothing|no\s+requests?)\b"
    r"|\btreat\s+(?:warnings?|alerts?)\b.{0,30}\bas\s+noise\b"
    r"|[\"“'](?:always\s+allow|don't\s+ask\s+again)[\"”']?.{0,20}\b(?:choose|click|press|pick|select)\s+it\b"
    r"|\b(?:choose|click|press|pick|select)\s+[\"“'](?:always\s+allow|don't\s+ask\s+again)\b",
    r"\b(?:outranks?|trumps?|(?:goes|comes|stands|ranks|counts)\s+(?:before|above|more\s+than))\s+(?:anything"
    r"|what(?:ever)?|everything)\s+the\s+(?:user|operator|developer|human)\s+(?:said|says|wrote|writes|asked|asks"
    r"|wants|told)",
    r"\b(?:ignore|disregard|forget|drop|discard|set\s+aside|throw\s+out)\b.{0,20}\b(?:whatever|what|anything"
    r"|everything)\s+(?:the\s+)?(?:operator|user|developer|system|human|person|platform)s?\s+(?:has\s+|have\s+"
    r"|had\s+)?(?:told|said|asked|wrote|set|instructed)",
    r"\b(?:outranks?|trumps?|supersedes?|overrides?|overrules?|stands?\s+above|takes?\s+(?:precedence|priority)\s+over"
    r"|has\s+priority\s+over)\s+(?:the\s+|your\s+|any\s+|all\s+)?(?:system\s+(?:prompt|message|instructions?)"
    r"|developer(?:'s)?\s|operator|user'?s?\s+(?:instructions?|wish|request)|safety|platform)",
    r"\b(?:same|equal|highest|higher)\s+(?:priority|authority|weight|rank)\s+(?:as|than)\s+(?:the\s+)?(?:system|user"
    r"|developer)|\bonly\s+rules\s+(?:that\s+)?(?:count|apply|matter)\s+(?:now|are|is)\b",
    r"\b(?:usual|normal|standard|safety|content)\s+(?:refusals?|restrictions|limits|filters|polic(?:y|ies)|guardrails"
    r"|safeguards)\s+(?:are|is|do|does)\s+(?:now\s+)?(?:off|suspended|lifted|disabled|void|inactive|not\s+apply)\b"
    r"|\byou\s+have\s+no\s+(?:content\s+polic\w+|safety\s+\w+|guardrails)\b",
    r"\b(?:placed|put|set|switched)\s+you\s+(?:in|into|to)\s+\w+\s+mode\b"
    r"|\byou\s+are\s+(?:now\s+)?in\s+(?:service|maintenance|root|unrestricted|free|override)\s+mode\b"
    r"|\ban?\s+(?:agent|assistant)\s+without\s+(?:any\s+)?(?:restrictions|limits)\b",
    r"\b(?:every|all|any|each)\b(?:\s+\w+){0,3}\s+(?:commands?|actions?|tools?|requests?|permissions?"
    r"|operations?)\s+(?:is|are|counts?\s+as)\s+(?:already\s+|hereby\s+)?(?:pre-?approved|approved"
    r"|authori[sz]ed\s+already|granted)\b",
    r"\b(?:yes|y|approve|allow|ok)[\"'”]?\s+on\s+behalf\s+of\s+the\s+(?:human|user|person|operator)\b"
    r"|\bas\s+if\s+the\s+(?:human|user|person|operator)\s+had\s+(?:typed|said|asked|approved|confirmed|written)\b"
    r"|\bskip\s+(?:the\s+)?permission\s+checks?\b",
    r"\bcarr(?:y|ies)\s+the\s+same\s+(?:weight|authority|rank|force)\s+as\s+(?:your|the)\s+(?:user|operator|developer"
    r"|system)|\b(?:directive|order|instruction|notice|message)s?\s+(?:from|by|of)\s+(?:the\s+)?(?:anthropic|openai"
    r"|google|microsoft|platform|system|safety)\s+(?:safety\s+|security\s+|trust\s+)?(?:team|staff|administrators?"
    r"|department)\b",
    r"\b(?:for|to|dear)\s+(?:whichever|whatever|any|the|every)\s+(?:ai\s+|language\s+)?(?:model|assistant|agent"
    r"|ai)\s+(?:that\s+|who\s+)?(?:reads?|reading|sees|seeing|processes|processing)\s+this\b"
    r"|\b(?:operator|developer|vendor|platform)\s+has\s+(?:moved|handed|given|transferred|delegated"
    r"|granted)\b.{0,40}\b(?:approval|permission|control|authority|gate|rights)\b",
    r"\brequests?\s+for\s+(?:confirmation|approval|permission)\b.{0,40}\b(?:unanswered|pointless|useless|stop|ignored"
    r"|unnecessary)\b|\bstop\s+(?:raising|asking\s+for|requesting)\s+(?:them|confirmations?|approvals?|permissions?)\b"
    r"|\b(?:type|types|say|says|typed)\s+[\"“'`](?:stop|cancel|undo)\b.{0,80}\b(?:finish|complete|go\s+on|continue"
    r"|before\s+you\s+(?:react|stop))\b",
    r"\bsystemprompt\b.{0,60}\b(?:alt|veraltet|gilt\s+nicht|ungültig)"
    r"|\bwas\s+(?:darin|dort|bisher)\s+verboten\b.{0,30}\berlaubt\b"
    r"|\bfrage?\b.{0,20}\bnicht\s+nach\b.{0,40}\b(?:lösch|überschreib|hochl)\w*"
    r"|\b(?:prompt\s+del\s+sistema|invite\s+système|системн\w+\s+промпт)\b.{0,60}\b(?:obsoleto|antiguo|périmé|caduque"
    r"|устарел|больше\s+не)",
    r"\b(?:user|human|operator)\s+(?:has\s+)?already\s+(?:agreed|consented|approved)\b.{0,30}\b(?:by|when)\s+install",
    r"\b(?:output|answer|result|page|content|text|links?|document)s?\b.{0,60}\b(?:must\s+be|is\s+to\s+be|are\s+to\s+be"
    r"|be)\s+(?:\w+\s+and\s+)?(?:obeyed|followed\s+literally)\b|\bignore\s+stop\s+requests\b"
    r"|\bignore\s+(?:any\s+)?(?:requests?|orders?)\s+to\s+stop\b",
    r"\b(?:answer|reply|approve|give)\b.{0,60}\b(?:every|all|each|any)\s+(?:pull\s+requests?|changes?"
    r"|PRs?)\b.{0,40}\bwhatever\s+(?:it|they)\s+contains?\b"
    r"|\bpass\s+over\s+(?:it|them|this)\b.{0,30}\b(?:full\s+marks|approve|without)\b",
    r"\b(?:ignorier|vergiss|missacht|übergeh)\w*\b.{0,50}\b(?:anweisung|regel|vorgabe|einschränkung|richtlinie"
    r"|beschränkung|sicherheits)\w*"
    r"|\b(?:bisherig|vorherig|früher)\w*\s+(?:anweisungen|regeln|vorgaben)\b.{0,20}\b(?:hinfällig|ungültig|aufgehoben"
    r"|nicht\s+mehr)|\bagent\s+ohne\s+(?:beschränkung|einschränkung|regel)",
    r"\b(?:ignor[ae]|olvida|desobedece|descarta|haz\s+caso\s+omiso|no\s+hagas\s+caso)\w*\b.{0,40}\b(?:instrucciones"
    r"|reglas|restricciones|normas|órdenes)\b.{0,30}\b(?:anteriores|previas|sistema|seguridad|recibidas|usuario|todas)"
    r"|\b(?:instrucciones|reglas|normas)\b.{0,30}\b(?:anuladas?|sin\s+efecto|suspendidas?)\b",
    r"\b(?:oublie|ne\s+tiens?\s+(?:plus|pas)\s+compte|fais\s+fi|contourne|ignore)\w*\b.{0,30}\b(?:consignes"
    r"|instructions|règles|restrictions)\b.{0,40}\b(?:précédentes|données|développeur|système|utilisateur|sécurité"
    r"|antérieures|reçues)|\b(?:consignes|instructions|règles)\b.{0,30}\b(?:annulées|caduques|levées)\b",
    r"(?:игнорируй|забудь|не\s+обращай\s+внимания|отбрось).{0,40}(?:инструкц|правил|указани|ограничени|запрет)"
    r"|(?:инструкци|правил|ограничени)\w*.{0,30}(?:отменены|больше\s+не\s+действу|не\s+имеют\s+силы)",
    r"(?:无视|忽略|忘记|不要理会|绕过|抛弃).{0,12}(?:之前|先前|所有|一切|系统|安全|收到的|以上|上述).{0,12}(?:限制"
    r"|指令|规则|提示|约束|指示|策略|设定)|你(?:现在)?(?:不受|没有)(?:任何)?(?:限制|约束)",
    r"(?:以前|これまで|すべて|全て|システム|上記|従来|今まで)の.{0,12}(?:指示|ルール|制限|命令|規則"
    r"|プロンプト).{0,10}(?:無視|忘れ|破棄|従わ)|制限のない(?:エージェント|AI)",
    r"\b(?:ignora|dimentica|esque[çc]a|ignore)\b.{0,40}\b(?:istruzioni|regole|restrizioni|instruções|regras"
    r"|restrições)\b.{0,30}\b(?:precedenti|sistema|anteriores|ricevute|sicurezza)",
    r"\b(?:user|owner|human|operator|person)\s+(?:has|have)\s+(?:already\s+)?(?:approved|allowed|authori[sz]ed|granted"
    r"|accepted|pre-?approved|trusted)\s+(?:every|all|any|each)\b(?!\s+of\s+(?:the\s+above|these))"
    r"|\b(?:former|previous|old|usual|safety|earlier)\s+(?:\w+\s+)?rules\s+(?:are|is)\s+(?:void|null|gone|obsolete|off"
    r"|no\s+longer|dead)\b|\brefusals?\s+(?:are|is)\s+(?:forbidden|not\s+allowed|prohibited|disabled)\b"
    r"|\bhas\s+(?:root|full|absolute|unlimited|complete)\s+trust\b",
    r"\b(?:ignore|disregard|forget|set\s+aside|throw\s+away)\s+(?:everything|all|anything)\s+(?:that\s+)?(?:the\s+"
    r"|your\s+)?(?:developer|operator|system|user|vendor|provider)s?\b"
    r"|\btreat\s+this\s+(?:document|file|skill|text)\s+as\s+your\s+only\b"
    r"|\b(?:human|user|person)\s+is\s+(?:only\s+)?testing\s+you\b",
    r"\b(?:instructions?|rules?|polic(?:y|ies)|prompts?)\b.{0,40}\b(?:are|is|has\s+been|have\s+been)\s+(?:now\s+"
    r"|hereby\s+)?(?:replaced|superseded|overridden|overruled|cancel+ed|lifted|suspended"
    r"|revoked)\b(?=.{0,60}\b(?:this|these|those|skill|file|owner|mode|here)\b)"
    r"|\bnever\s+(?:decline|refuse|deny)\s+(?:anything|any\s+request|a\s+request|what)\b",
    r"\b(?:if|when(?:ever)?)\b.{0,20}\b(?:documents?|pages?|mails?|e-?mails?|issues?|messages?|comments?|websites?"
    r"|tickets?|tool\s+results?)\b.{0,60}\b(?:contains?|holds?|has|says?|asks?|starts?\s+with"
    r"|begins?\s+with)\b.{0,80}\b(?:run|execute|obey"
    r"|carry\s+out)\s+(?:(?:that|this|the)\s+(?:text|command|line|code|instruction|order)"
    r"|it\s+(?:in|at\s+once|first|right\s+away))\b",
    r"\b(?:confirmations?|prompts?|permission\s+\w+)\b.{0,20}\b(?:are|is)\s+to\s+be\s+(?:answered|accepted|confirmed"
    r"|approved)\b|\b(?:polic(?:y|ies)|rules|instructions)\b.{0,60}\bconflict\w*\s+with\s+this\b.{0,40}\b(?:do"
    r"|does)\s+not\s+(?:apply|count|hold)\b"
    r"|\b(?:deletions?|uploads?|purchases|payments|shell\s+commands)\s+(?:do|does)\s+not\s+need\s+(?:approval"
    r"|confirmation)\b",
    r"\b(?:ignore|bypass|disregard|drop)\s+(?:the|all|any|your)\s+(?:guard\s?-?rails|safeguards"
    r"|safety\s+(?:rules|limits|policies))\b|تجاهل.{0,40}(?:التعليمات|الأوامر|القواعد)"
    r"|(?:पिछले|सभी).{0,20}निर्देश.{0,20}(?:अनदेखा|नज़रअंदाज़)",
    r"\b(?:messages?|mails?|comments?|issues?|documents?)\b.{0,80}\b(?:execute|run)\s+(?:their|its|the)\s+(?:body|text"
    r"|contents?|first\s+line)\b",
)
#: A person without limits that an agent is to play, and why its limits should not hold.
PERSONA = either(
    r"(?:安全|システム|上位|運営)[^。]{0,16}(?:決まり|規則|ルール|指示|制限)[^。]{0,24}(?:適用され(?:ません|ない)|無効"
    r"|効力)|確認を(?:求め|取ら)ず[^。]{0,40}(?:削除|送信|上書き)"
    r"|(?:无需|不必|不用)(?:征求|询问|经过)[^。]{0,12}(?:同意|确认|批准)[^。]{0,40}(?:删除|发送|上传|覆盖)"
    r"|不适用于(?:本|此)技能",
    r"\bне\s+спрашивая\b.{0,60}(?:удал|отправ|перезапи)"
    r"|\b(?:ohne|nicht)\s+(?:zu\s+fragen|rückfrage)\b.{0,60}\b(?:lösch|überschreib|send|hochlad)\w*"
    r"|\bsin\s+(?:preguntar|confirmar)\b.{0,60}\b(?:borr|elimin|envía|sobrescrib)\w*"
    r"|\bsans\s+(?:demander|confirmation)\b.{0,60}\b(?:supprim|efface|envoi|écras)\w*",
    r"\b(?:lines?|blocks?|sections?|comments?|entries|sentences|words|strings)\b.{0,80}\b(?:are|is|count\s+as"
    r"|counts\s+as)\s+(?:\w+\s+)?(?:directives?|orders|commands|instructions)\s+(?:of|from|for)\s+(?:the|you|our)\b"
    r"|\bdo\s+(?:what|whatever)\s+(?:its|the|their)\s+(?:output|answer|results?|page|messages?|response)\s+(?:says?"
    r"|asks?|tells?|demands?)",
    r"\b(?:answer|respond|reply|act|play|behave|speak"
    r"|role-?play)\b.{0,40}\bas\b.{0,80}\b(?:no\s+(?:limits|restrictions|rules|filters)"
    r"|without\s+(?:any\s+)?(?:limits|restrictions|filters|rules)|never\s+refus\w+|any\s+request"
    r"|knows\s+no\s+(?:limits|rules)|unfiltered|uncensored)\b",
    r"\b(?:content|safety|security)\s+(?:filters?|rules|polic(?:y|ies)|guidelines)\b.{0,40}\b(?:are\s+for"
    r"|apply\s+(?:only\s+)?to|concern|are\s+meant\s+for)\s+(?:ordinary|normal|other|regular|public|end)\b"
    r"|\b(?:extended|elevated|special|admin(?:istrator)?)\s+rights\s+mean\b",
    r"\bwhatever\s+(?:topic|request|question)\s+comes\b.{0,40}\b(?:full|fully|complete|without)\b"
    r"|\b(?:carece|carezca)\s+de\s+l[íi]mites"
    r"|\bsin\s+(?:l[íi]mites|restricciones|filtros)\b.{0,60}\b(?:responde|cumple|contesta|personaje)"
    r"|\bcumpl\w+\s+cualquier\s+petición|\bpersonaje\b.{0,60}\bsin\s+(?:límites|restricciones)",
    r"\bohne\s+(?:grenzen|filter|moral|regeln)\b.{0,60}\b(?:antwort\w*|erfüll\w*|rolle|figur)"
    r"|\b(?:personnage|assistant)\b.{0,60}\bsans\s+(?:limites?|filtres?|règles)\b"
    r"|扮演.{0,30}(?:没有|不受)(?:任何)?(?:限制|约束)"
    r"|без\s+(?:ограничений|цензуры|фильтров).{0,60}(?:отвечай|персонаж|выполня)"
    r"|(?:отвечай|веди).{0,40}без\s+(?:ограничений|цензуры)|制限(?:の|が)ない.{0,20}(?:として|キャラ)",
    r"ігноруй.{0,40}(?:інструкц|правил)|(?:이전|모든|시스템|기존).{0,10}(?:지시|명령|규칙|지침).{0,8}무시"
    r"|\bzignoruj\b.{0,40}\b(?:instrukcj|zasad|poleceń)\w*"
    r"|\bönceki\b.{0,20}\btalimatlar\w*\b.{0,20}\b(?:yok\s+say|görmezden|unut)",
    r"\b(?:you\s+are\s+(?:now\s+)?|act\s+as\s+|become\s+"
    r"|from\s+now\s+on\s+you\s+are\s+)\w[\w\s-]{0,40}\bwithout\s+(?:any\s+)?(?:limits|restrictions|rules|filters"
    r"|boundaries|constraints)\b",
    r"\b(?:do|follow|execute|obey|carry\s+out)\s+(?:all|everything|whatever|anything"
    r"|exactly\s+what)\s+(?:that\s+)?(?:it|they|the\s+(?:command|tool|script|server|output|page))\s+(?:prints?|says?"
    r"|outputs?|returns?|tells?|orders?)\b",
    r"\bhas\s+no\s+(?:content\s+polic\w+|limits|filters|restrictions)\b.{0,60}\b(?:warn|complies|answers|refus\w+"
    r"|everything)\b|\bcomplies\s+with\s+(?:everything|any\s+request|all\s+requests)\b",
)
#: To do what stands in what strangers can write.
OBEYS = either(
    r"\b(?:execute|run|perform|carry\s+out|obey|act\s+on)\b.{0,50}\b(?:snippets?|commands?|tasks?|instructions?"
    r"|orders?|blocks?|it\s+first|them\s+(?:right\s+away|first|at\s+once|immediately)"
    r"|whatever)\b(?!\s+(?:tests?|below|above|in\s+(?:order|parallel|sequence)))"
    r"|\bas\s+(?:commands|orders|instructions)\s+of\s+the\b|\bact\s+on\s+(?:it|them)\b|\bsuch\s+tasks\b",
)
#: What strangers can write.
STRANGERS = either(
    r"\b(?:comments?\s+(?:written\s+)?(?:by|from|of|in|on)\b"
    r"|(?:the|a|any|each)\s+(?:web\s+)?pages?\s+(?:has|have|says?|holds?|contains?|asks?)"
    r"|section\s+for\s+(?:ai|agents?|assistants?|models?)|blocks?\s+labelled|incoming\s+(?:mails?|messages?)"
    r"|search\s+results?\s+(?:say|ask|contain)|(?:issue|ticket|pull\s+request)s?\s+(?:comments?|bodies|body|titles?)"
    r"|(?:their|its)\s+(?:body|description|text|title)"
    r"|reviews?\s+of\s+strangers)\b|\bin\s+(?:the\s+)?(?:comments|incoming\s+mails?)\b",
)
#: A person is to give.
ASK = either(
    r"\b(?:ask|asks|request|requests|have|let|get|make|prompt|tell|require)\b.{0,40}\b(?:users?|person|human"
    r"|customers?|clients?|staff|employees?|them|they)\b|\bask\s+for\s+(?:the|their|his|her|a|\w+,)\s?"
    r"|\b(?:request|collect|obtain)\b.{0,60}\bfrom\s+the\s+(?:user|customer|person|client)\b"
    r"|\bask\s+for\s+\w+\s+\w+\s+(?:number|and)\b|\bhas?\s+to\s+be\s+read\s+out\b",
    r"\b(?:say|explain|claim|write)\s+that\b.{0,160}\b(?:you|we|it)\s+(?:\w+\s+)?(?:needs?|require|has\s+to)\b",
    r"\b(?:lass|bitte|frag|fordere|sag)\w*\b.{0,40}\b(?:nutzer|benutzer|kunden|dir)\b|\b(?:chiedi|richiedi)\b"
    r"|\b(?:pide|pídele|solicita|pregunta)\w*\b"
    r"|\b(?:demande|demandez|fais)\b.{0,30}\b(?:utilisateur|client|à\s+la\s+personne)"
    r"|(?:请|让|要求)(?:用户|客户).{0,8}(?:提供|输入|填写|告诉)|(?:попроси|запроси|спроси)"
    r"|(?:ユーザー|顧客)に.{0,30}(?:入力|聞|尋ね|教えて)",
)
#: What opens a person's money or accounts.
OPENS = either(
    r"\b(?:password|passphrase|passcode|pin|tan|cvv|cvc|2fa|otp|one-time\s+code"
    r"|(?:(?:credit|debit|bank|full|whole|the)\s+)card\s+(?:number|details)|three\s+digits\s+on\s+the\s+back|seed\s+(?:phrase|words)|recovery\s+(?:phrase|words)"
    r"|secret\s+(?:phrase|words)|mnemonic|private\s+key|passport\s+number|social\s+security)s?\b",
    r"\b(?:12|24)\s+(?:or\s+24\s+)?words\b"
    r"|\b(?:passwort|kennwort|zugriffstoken|geheimzahl|kartennummer|contraseña|clave|número\s+de\s+tarjeta"
    r"|mot\s+de\s+passe|code\s+confidentiel|numéro\s+de\s+carte|numero\s+della\s+carta|senha)\b|密码|助记词|验证码"
    r"|银行卡号|私钥|パスワード|暗証番号|カード番号|парол|пин-?код|номер\w*\s+карты|сид-?фраз",
    r"\bmaiden\s+name\b|\bonline[- ]banking\b.{0,20}\b(?:login|password|access|details)\b",
    r"\b(?:twelve|twenty-?four)\b.{0,30}\bwords\b|\bwords\s+of\s+(?:the|their|your|his|her)\s+wallet\b",
)
#: What was done is wiped out.
TRACES = either(
    r"\bhistory\s+-c\b|\bunset\s+HISTFILE|HISTFILE=/dev/null|\brm\s+(?:-\w+\s+)*\S*\.(?:bash|zsh)_history",
    r"\b(?:cover|hide|erase)\s+(?:your|its|our|all)\s+tracks"
    r"|\bleave\s+no\s+trace\b.{0,60}\b(?:logs?|history|found|user|detect\w*)",
    r"\b(?:delete|remove|erase|clear|wipe)\s+(?:all\s+|the\s+|any\s+)?(?:all\s+evidence|traces\s+of|audit\s+logs?"
    r"|(?:shell|command|bash)\s+history)\b|\bcleanup\s+of\s+(?:the\s+)?(?:shell|command|bash)\s+history",
)
#: A program that looks for attacks lists them, and so do its tests.
LISTS_ATTACKS = re.compile(
    r"(?:^|/)(?:tests?|__tests__|fixtures|evals?)/|(?:check|detect|scan|guard|inject|sanit|filter|audit)\w*[^/]*$",
    re.IGNORECASE,
)
#: It is a switch of the settings there.
DEVELOPER_SWITCH = either(
    r"\bdeveloper\s+mode\b.{0,60}\b(?:settings|advanced|discord|chrome|extensions|android|iphone|device)\b"
    r"|\b(?:settings|discord|chrome://|extensions|android|iphone)\b.{0,60}\bdeveloper\s+mode"
)
