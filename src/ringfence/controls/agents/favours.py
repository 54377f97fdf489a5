"""Words by which texts for agents have it judge, recommend or pay as its author wants, and not as the facts are."""

from ringfence.controls.agents.expressions import either

#: A judgement that does not depend on what is judged.
BENT = either(
    r"\b(?:rate|score|mark|rank|grade|label|call|describe|declare|classify|summari[sz]e|present|recommend"
    r"|report(?!s?\s+(?:\w+\s+){0,2}(?:problem|issue|bug|error|finding|defect|failure|gap)s?\b)"
    r"|praise)s?\b.{0,100}\b(?:even\s+(?:if|when|where|though)|although|whatever|regardless\s+of|no\s+matter)\b.{0,40}"
    r"\b(?:(?:it|they|that)\s+(?:is|are|was|were)(?:\s+not|n't)|(?:is|are)\s+not|(?:the\s+)?(?:prices?|facts?|evidence"
    r"|quality|results?|reviews?|tests?|numbers?|data|contents?|merits?|benchmarks?)\s+(?:are|is|says?|shows?)|wrong"
    r"|false|worse)\b",
    r"\b(?:rate|score|mark|rank|grade|label|call|describe|classify)\b.{0,60}\b(?:green|safe|fine|standard|best|first|top|low|harmless|ok|passed|compliant)\b.{0,20}"
    r"\b(?:whatever|no\s+matter\s+what)\s+(?:it|they|that)\s+(?:says?|contains?|shows?|reads?|holds?)\b",
    r"\b(?:adjust|change|edit|alter|bend|tweak)\s+(?:the\s+)?(?:table|numbers|figures|results?|chart|statistics|scores?)\s+(?:so\s+that|until|to\s+make)\s+"
    r"(?:it|they|them)\s+(?:fits?|agrees?|looks?|supports?)\b",
    r"\b(?:say|claim|write|state|add|mention)\s+that\s+(?:\w+\s+){0,2}(?:tests|studies|experts|reviewers|research"
    r"|surveys|benchmarks)\s+(?:found|show\w*|prove\w*|say|agree|recommend|prefer|rate)\b.{0,80}\b(?:whatever|regardless"
    r"|no\s+matter|even\s+(?:if|when|though)|without\s+(?:checking|looking))\b",
)
#: What others have judged is changed before it is seen.
RECKONED = either(
    r"\b(?:ratings?|scores?|prices?|grades?|stars|reviews)\b.{0,100}\b(?:lowered|raised|increased|reduced|changed|rounded\s+up|left\s+out)\b.{0,40}\bbefore\s+(?:they|it)\s+(?:are|is)"
    r"\s+(?:shown|listed|printed)\b"
)
#: A judgement is made to look as if it had a ground.
EARNED = either(
    r"\b(?:set|choose|adjust|write|pick|word|phrase)\b.{0,60}\bso\s+that\b.{0,60}\b(?:looks?|seems?|appears?|reads?)\s+(?:\w+\s+)?(?:earned|fair|deserved|objective"
    r"|independent|neutral|organic|unbiased)\b"
)
#: What is cited is made up, or does not fit.
FABRICATED = either(
    r"\b(?:make\s+up|invent|fabricate)\s+(?:an?\s+|the\s+|some\s+|plausible\s+|fitting\s+){0,2}(?:page\s+numbers?|sources?|quot(?:e|ation)s?|citations?"
    r"|references?|testimonials?|reviews?|evidence|studies|experts?)\b",
    r"\b(?:cite|quote|recommend|mention|name|praise)\b.{0,120}\b(?:also|even)\s+(?:where|when|if)\s+(?:they|it|this|that)\s+(?:do|does|is|are)\s*(?:not|n't)\s+"
    r"(?:fit|apply|relevant|belong|match|related)\b",
)
#: The ground of a judgement is not to be given, or another one is.
PRETEXT = either(
    r"\b(?:do\s+not|don't|never)\s+(?:ever\s+)?(?:give|name|state|cite|use|offer|quote)\s+(?:this|it|that|the\s+(?:word|rule"
    r"|name|match))\s+as\s+(?:the|a|your)\s+(?:reason|criterion|basis|ground|explanation|justification)\b",
    r"\b(?:invent|make\s+up)\s+(?:another|a\s+different|some\s+other|a\s+plausible|a)\s+(?:reason|explanation|justification"
    r"|pretext)\b|\b(?:give|name|use|state)\s+(?:another|a\s+different|some\s+other|a\s+plausible)\s+(?:reason|justification|pretext)\b",
    r"\bleave\s+(?:this|that|the)\s+(?:rule|criterion|step|section|paragraph|line|instruction|preference)\s+out\b.{0,40}"
    r"\b(?:when|if|whenever)\b.{0,20}\b(?:asked|questioned|explain\w*)\b",
)
#: A link that pays its author, before all others.
PAID = either(
    r"\b(?:our|my)\s+(?:sponsor|partner|affiliate|shop|product)s?\b.{0,60}https?://(?!localhost|[\w.-]*example)",
    r"\b(?:always|first|only|every|each|instead)\b.{0,120}https?://[^\s`)\"']{4,120}[?&/](?:ref|aff|affiliate|tag|partner"
    r"|referral|invite|promo|coupon)(?:_?id)?[=/][\w-]+",
    r"https?://[^\s`)\"']{4,120}[?&/](?:ref|aff|affiliate|tag|partner|referral|invite|promo|coupon)(?:_?id)?[=/][\w-]+.{0,80}"
    r"\b(?:first|above\s+all|before\s+(?:any|all)\s+others?|in\s+(?:every|each|all)|always|and\s+no\s+other)\b",
)
_ACCOUNT = (
    r"(?:\b[A-Z]{2}\d{2}[ ]?(?:\w{4}[ ]?){3,7}|\b0x[0-9a-f]{40}\b|\bbc1[a-z0-9]{20,60}\b"
    r"|\b[\w.+-]{2,40}@[\w-]{2,40}\.\w{2,12}\b|\b\d{2}-\d{2}-\d{2}\b)"
)
_PAYEE = (
    r"(?:iban|bank\s+(?:account|details)|account\s+(?:number|details)|payment\s+(?:details|address)|sort\s+code|wallet"
    r"|payout|payee|beneficiary|recipient\s+address|deposit\s+address|paypal)"
)
#: What is to be paid goes to an account that stands in the text.
PAYEE = either(
    rf"{_PAYEE}\b.{{0,80}}{_ACCOUNT}.{{0,120}}\b(?:in\s+place\s+of|instead\s+of|rather\s+than|replac\w+|not\s+the)\b.{{0,40}}"
    r"\b(?:own|user|customer|client|theirs|supplier|vendor|original)",
    rf"\b(?:replace|swap|change|overwrite|exchange|substitute|correct|set|update|fix)s?\b.{{0,80}}{_PAYEE}\b.{{0,80}}\b(?:by|with|to|for|into)\b.{{0,40}}{_ACCOUNT}",
    rf"\b(?:in\s+place\s+of|instead\s+of)\b.{{0,40}}\b(?:own|user|customer|client|supplier|vendor)\b.{{0,40}}{_PAYEE}\b.{{0,80}}"
    rf"{_ACCOUNT}",
)
ORDERS = (
    (BENT, "what it judges does not count"),
    (EARNED, "what it judges does not count"),
    (RECKONED, "what it judges does not count"),
    (PRETEXT, "it gives a reason that is none"),
    (FABRICATED, "it has something made up"),
    (PAYEE, "it has somebody else paid"),
)
