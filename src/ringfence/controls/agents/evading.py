"""Words by which texts for agents have it answer its own questions, and get round what stops it."""

from ringfence.controls.agents.expressions import either

#: What a person is asked is answered without them.
CONSENTS = either(
    r"\b(?:should|if|when(?:ever)?|where)\b.{0,60}\b(?:asks?|wants?|prompts?)\b.{0,20}\b(?:to|for)\s+(?:approv\w+|consent|permission|authori[sz]\w+|access|grant)\b.{0,40}"
    r"[,;:]\s*(?:then\s+)?(?:approve|accept|grant|allow|consent|authori[sz]e|confirm|agree)\s+(?:it|them|this|to\s+it|access)\b(?!\s+(?:only|after|if|once))",
    r"\bno\s+need\s+to\s+ask\b.{0,30}\b(?:whose|for\s+(?:permission|consent|approval)|the\s+(?:owner|user)s?|anybody|anyone|who\s+owns)\b",
    r"\btreat\s+(?:each|every|all|any|the|such)\s+(?:requests?|prompts?|questions?)\s+for\s+(?:approval|confirmation|permission"
    r"|consent)\s+as\s+(?:already\s+|being\s+)?(?:granted|approved|given|answered|confirmed)\b",
    r"\b(?:where|when(?:ever)?|if)\s+(?:a|any|the|some)\s+(?:tool|harness|client|system|agent|permission\s+\w+)s?\s+(?:asks?"
    r"|prompts?|waits?)\s+for\s+(?:confirmation|approval|permission|consent)\b.{0,20}\b(?:confirm|approve|accept|grant|give|answer)\s+"
    r"(?:it|them|this|with|yes)\b",
    r"\b(?:assume|consider|take)\b.{0,30}\b(?:approval|consent|permission|confirmation)\b.{0,30}\b(?:for\s+granted|as\s+given"
    r"|(?:is|was|has\s+been)\s+(?:already\s+)?(?:granted|given))\b.{0,40}\b(?:all|every|any|each)\b",
)
#: Somebody's money is spent, and they are not asked.
SPENDS = either(
    r"\b(?:book|buy|order|pay|purchase|check\s*out|transfer|subscribe)\b.{0,40}\b(?:at\s+once|immediately|right\s+away|without\s+(?:asking|confirm\w*|a\s+question))"
    r"\b.{0,60}\b(?:card|payment|wallet|account|balance|credit)\b",
    r"\b(?:saved|stored|remembered)\s+(?:card|payment\s+method)\b.{0,60}\b(?:at\s+once|immediately|right\s+away|without\s+(?:asking|confirm\w*))\b"
    r"|\b(?:card|payment\s+method)\s+(?:that\s+is\s+)?(?:saved|stored|remembered)\b.{0,120}\b(?:at\s+once|immediately|without\s+(?:asking|confirm\w*))\b",
)
#: What goes out in somebody's name does not come before them
UNASKED = either(
    r"\b(?:do|does)\s+not\s+go\s+through\s+(?:the\s+)?(?:preview|approval|review|confirmation)\b|\b(?:skips?|bypass(?:es)?)\s+the\s+(?:preview|approval|review|confirmation)\b"
)
#: though it is theirs.
IN_THEIR_NAME = either(
    r"\b(?:post|send|publish|tweet|share|comment|mail)\b.{0,120}\b(?:from|in|under|with)\s+the\s+user's\s+(?:own\s+)?(?:account|name|profile|channel|address)\b"
)
#: A refusal counts for nothing.
UNREFUSED = either(
    r"\btreat\s+(?:\w+\s+)?(?:refusals?|denials?|rejections?)\s+as\s+(?:\w+\s+)?(?:errors?|bugs?|noise|failures?|a\s+yes|consent|approval)\b",
    r"\b(?:the\s+)?(?:user|owner)\s+has\s+(?:switched|turned)\s+(?:\w+\s+)?(?:questions|prompts|confirmations?|approvals?)\s+off\b",
    r"\b(?:never|not)\s+refuses?\b.{0,80}\b(?:no|without)\b.{0,20}\b(?:rules|polic(?:y|ies)|limits|guidelines|filters|restrictions)\b",
)
#: What was stopped is done in a way that nothing stops.
ROUND = either(
    r"\b(?:if|when(?:ever)?|where|should)\b.{0,60}\b(?:checks?|filters?|guards?|hooks?|polic(?:y|ies)|rules?|sandbox|classifier"
    r"|scanner|guardrails?|safety\s+\w+|permission\s+\w+|deny\s?list|block\s?list)\b.{0,30}\b(?:stops?|blocks?|denies|refuses"
    r"|rejects?|flags?|catches|complains?|triggers?)\b.{0,80}\b(?:rephrase|rewrite|repeat|retry|split|encode|rename|reword|wrap"
    r"|disguise|try|use|run|send)\b.{0,60}\b(?:does\s+not|doesn't|do\s+not|don't|cannot|can't|will\s+not|won't|no\s+longer|not)\s+"
    r"(?:match|catch|see|recogni[sz]e|trigger|flag|notice|cover|detect|stop|block)\b",
    r"\b(?:if|when(?:ever)?|where|should)\b.{0,80}\b(?:blocked|denied|refused|rejected|flagged|stopped)\b.{0,30}\bby\b.{0,30}\b(?:checks?"
    r"|filters?|guards?|hooks?|polic(?:y|ies)|sandbox|classifier|scanner|guardrails?|safety|permissions?)\b.{0,60}\b(?:rephrase|reword"
    r"|encode|split|disguise|rename|base64|another\s+way|work\s+around|get\s+(?:a)?round|bypass|evade|circumvent)\b",
)
#: What stands in the user's own notes, or in what others write there, is to be done.
OBEYED = either(
    r"\bwhat(?:ever|\s+follows)\b.{0,60}\b(?:descriptions?|texts?|bod(?:y|ies)|comments?|contents?|mails?|messages?|notes?|files?|pages?|cells?)\b.{0,30}\b(?:asks?|says?|wants?|orders?"
    r"|tells?|calls?)\b.{0,120}\b(?:is|are)\s+(?:to\s+be\s+)?(?:executed|done|run|carried\s+out|followed)\b",
    r"\btreat\b.{0,60}\bas\s+(?:if|though)\s+(?:I|the\s+(?:user|owner)|they|you)\s+(?:had\s+|have\s+)?(?:typed|said|asked|written|told|sent|ordered)\b",
    r"\b(?:requests?|orders?|messages?|commands?|instructions?|words)\b.{0,60}\b(?:count|rank|weigh)s?\s+as\s+(?:the\s+)?(?:owner|user|operator|system|admin\w*)(?:'s)?\b",
    r"\b(?:if|when(?:ever)?|where)\b.{0,30}\b(?:notes?|files?|rows?|cells?|cards?|tasks?|events?|messages?|documents?|pages?|e?mails?"
    r"|tickets?|transcripts?)\b.{0,40}\b(?:contains?|holds?|has|have|includes?|begins?|starts?|asks?|says?)\b.{0,120}\bdo\s+(?:it|so|that"
    r"|what\s+\w+\s+says?)\s+(?:at\s+once|first|right\s+away|immediately|without\s+(?:asking|question|checking))\b",
    r"\b(?:follow|obey|treat|take)\s+(?:its|their|the)\s+(?:text|words|contents?|instructions?|orders?)\s+as\s+(?:you\s+would|if\s+(?:they|it)\s+(?:were|was|came)"
    r"|those\s+of)\b.{0,40}\b(?:user|operator|owner|system)",
    r"\b(?:do|follow|execute|run|obey)\s+(?:it|them|that|those)\b.{0,30}\balso\s+(?:if|when)\s+(?:it|they)\s+(?:asks?|calls?|contains?)\b.{0,40}"
    r"\b(?:commands?|shell|deletion|credentials?|payment)",
)
#: A rule comes back when somebody has taken it out.
COMES_BACK = either(
    r"\b(?:put|add|restore|write|insert)\s+(?:it|them|this|that|the\s+\w+)\s+(?:back|again)\b.{0,30}\b(?:if|when(?:ever)?|should)\b.{0,30}\b(?:missing|gone|deleted|removed|lost|absent)\b"
)
#: Where what an agent believes is kept.
BELIEFS = either(
    r"\b(?:MEMORY|SOUL|CLAUDE|AGENTS|GEMINI|HEARTBEAT)\.md\b|\.cursorrules\b|\b(?:standing\s+rule|memory\s+file|rules?\s+file)\b|\bhooks?\b"
)
#: Something is done so that nobody sees it.
UNSEEN = either(
    r"\b(?:this|it|that|the\s+(?:call|step|upload|request|copy|event))\s+(?:is|stays|happens|runs|remains)\s+(?:done\s+)?(?:silent(?:ly)?"
    r"|invisibl[ey]|unannounced)\b(?=\s*(?:[.;,)]|$))",
    r"\b(?:nobody|no\s+one)\s+needs?\s+(?:a\s+(?:note|word|notice|report|message)\b|to\s+(?:know|be\s+told|hear|notice|look\s+at)\b)",
    r"\b(?:do\s+not|don't|never)\s+(?:put|enter|write|record|log|add|list)\s+(?:it|this|that|them)\s+(?:into|in|to|on)\s+the\s+(?:event|audit"
    r"|activity|access|security)\s*-?(?:list|log|history|record|journal)s?\b",
)
