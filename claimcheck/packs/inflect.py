"""Inflections and spellings of English words: what 'reduce~' stands for."""

from __future__ import annotations

import re

# Forms as (past, participle, present participle or "" for the regular one).
_IRREGULAR = {
    "be": ("was", "been", "being"), "become": ("became", "become", ""), "begin": ("began", "begun", "beginning"),
    "beat": ("beat", "beaten", ""), "bid": ("bid", "bidden", "bidding"), "break": ("broke", "broken", ""),
    "bring": ("brought", "brought", ""), "build": ("built", "built", ""), "buy": ("bought", "bought", ""),
    "choose": ("chose", "chosen", ""), "come": ("came", "come", ""), "cut": ("cut", "cut", "cutting"),
    "do": ("did", "done", "doing"), "draw": ("drew", "drawn", ""), "drive": ("drove", "driven", ""),
    "fall": ("fell", "fallen", ""), "feel": ("felt", "felt", ""), "fight": ("fought", "fought", ""),
    "find": ("found", "found", ""), "freeze": ("froze", "frozen", ""), "get": ("got", "gotten", "getting"),
    "give": ("gave", "given", ""), "go": ("went", "gone", ""), "grow": ("grew", "grown", ""),
    "have": ("had", "had", "having"), "hide": ("hid", "hidden", ""), "hold": ("held", "held", ""),
    "keep": ("kept", "kept", ""), "know": ("knew", "known", ""), "leave": ("left", "left", ""),
    "let": ("let", "let", "letting"), "lose": ("lost", "lost", ""), "make": ("made", "made", ""),
    "overcome": ("overcame", "overcome", ""), "teach": ("taught", "taught", ""),
    "put": ("put", "put", "putting"), "rebuild": ("rebuilt", "rebuilt", ""),
    "rid": ("rid", "rid", "ridding"), "rise": ("rose", "risen", ""), "say": ("said", "said", ""),
    "see": ("saw", "seen", ""), "seek": ("sought", "sought", ""), "send": ("sent", "sent", ""),
    "set": ("set", "set", "setting"), "shrink": ("shrank", "shrunk", ""), "shed": ("shed", "shed", "shedding"),
    "slow": ("slowed", "slowed", ""), "speak": ("spoke", "spoken", ""), "spend": ("spent", "spent", ""),
    "sweep": ("swept", "swept", ""), "take": ("took", "taken", ""), "tell": ("told", "told", ""),
    "think": ("thought", "thought", ""), "undo": ("undid", "undone", "undoing"), "wake": ("woke", "woken", ""),
    "wear": ("wore", "worn", ""), "win": ("won", "won", "winning"), "write": ("wrote", "written", ""),
    "strip": ("stripped", "stripped", "stripping"), "bind": ("bound", "bound", ""), "cost": ("cost", "cost", ""),
    "deal": ("dealt", "dealt", ""), "feed": ("fed", "fed", ""), "forget": ("forgot", "forgotten", "forgetting"),
    "hurt": ("hurt", "hurt", ""), "lead": ("led", "led", ""), "lend": ("lent", "lent", ""),
    "mean": ("meant", "meant", ""), "meet": ("met", "met", ""), "mimic": ("mimicked", "mimicked", "mimicking"),
    "outshine": ("outshone", "outshone", ""), "oversee": ("oversaw", "overseen", ""),
    "regrow": ("regrew", "regrown", ""), "rewind": ("rewound", "rewound", ""), "show": ("showed", "shown", ""),
    "sink": ("sank", "sunk", ""), "speed": ("sped", "sped", ""), "sting": ("stung", "stung", ""),
    "swear": ("swore", "sworn", ""), "undertake": ("undertook", "undertaken", ""),
    "upset": ("upset", "upset", "upsetting"), "wind": ("wound", "wound", ""),
}  # fmt: skip
_THIRD = {"be": "is", "have": "has", "do": "does", "go": "goes", "undo": "undoes"}
_MORE_OF_BE = {"am": "s", "are": "s", "were": "ed"}
_NO_DOUBLING = frozenset({"target", "benefit", "visit", "limit", "open", "offer", "deliver", "bother", "happen", "fix"})
_DOUBLING = frozenset({"control", "dispel", "repel", "prefer", "refer", "permit", "commit", "equip", "unclog", "debug"})
_PLURALS = {"foot": "feet", "woman": "women", "man": "men", "person": "people", "nucleus": "nuclei"}
_COMPARED = {"good": ("better", "best"), "bad": ("worse", "worst"), "little": ("less", "least")}
_VOWELS = "aeiou"

# British spelling on the left, American on the right; a word written either way is found in both.
_SPELLINGS = (
    (r"([a-z]{2,}[^aeiou\W])is(e|es|ed|ing|er|ers|ation|ations)$", r"\1iz\2"),
    (r"([a-z]{2,}[^aeiou\W])iz(e|es|ed|ing|er|ers|ation|ations)$", r"\1is\2"),
    (r"colour", "color"), (r"color", "colour"), (r"odour", "odor"), (r"odor", "odour"),
    (r"saviour", "savior"), (r"savior(?!u)", "saviour"), (r"ageing$", "aging"), (r"^(anti|)aging$", r"\1ageing"),
    (r"oedema", "edema"), (r"^edema", "oedema"), (r"grey", "gray"), (r"^gray", "grey"), (r"tumour", "tumor"),
    (r"aesthetic", "esthetic"), (r"^esthetic", "aesthetic"), (r"centre", "center"), (r"^center", "centre"),
    (r"^licence", "license"), (r"^license(?!d)", "licence"), (r"behaviour", "behavior"), (r"fibre", "fiber"),
    (r"^fiber", "fibre"), (r"favourite", "favorite"), (r"programme", "program"), (r"mould", "mold"),
    (r"haem", "hem"), (r"anaesth", "anesth"), (r"^anesth", "anaesth"), (r"practise", "practice"),
)  # fmt: skip
_SPELLING_PATTERNS = tuple((re.compile(pattern), swap) for pattern, swap in _SPELLINGS)
# Not a suffix here: "promise", "exercise", "rise" keep their s in every English.
_KEEPS_ISE = re.compile(
    r"^(?:prom|exerc|adv|rev|superv|dev|compr|disgu|adv(?:ert)?|surpr|prec|conc|prem|paradise|expert|bru|cru|no|ra|po|pra)is"
    r"|^(?:size|prize|seize)"
)


def verb_forms(verb: str) -> dict[str, str]:
    """
    The forms of a verb, each with what it is.

    Returns:
        Form to feature: ``base``, ``s``, ``ed`` (past and participle alike) or ``ing``.
    """
    past, participle, present = _IRREGULAR.get(verb, ("", "", ""))
    forms = {verb: "base", _third_person(verb): "s"} | (_MORE_OF_BE if verb == "be" else {})
    for form in (past or _ed(verb), participle or _ed(verb)):
        forms.setdefault(form, "ed")
    forms[present or _ing(verb)] = "ing"
    return forms


def noun_forms(noun: str) -> dict[str, str]:
    """The forms of a noun: ``base`` and ``s``."""
    return {noun: "base", _PLURALS.get(noun) or _third_person(noun): "s"}


def adjective_forms(adjective: str) -> dict[str, str]:
    """The forms of an adjective: ``base``, ``er`` and ``est``."""
    if adjective in _COMPARED:
        more, most = _COMPARED[adjective]
    elif adjective.endswith("e"):
        more, most = adjective + "r", adjective + "st"
    elif adjective.endswith("y") and adjective[-2:-1] not in _VOWELS:
        more, most = adjective[:-1] + "ier", adjective[:-1] + "iest"
    elif _doubles(adjective):
        more, most = adjective + adjective[-1] + "er", adjective + adjective[-1] + "est"
    else:
        more, most = adjective + "er", adjective + "est"
    return {adjective: "base", more: "er", most: "est"}


def spellings(word: str) -> tuple[str, ...]:
    """The word in British and in American spelling, itself first."""
    found = [word]
    if not _KEEPS_ISE.search(word):
        for pattern, swap in _SPELLING_PATTERNS:
            other = pattern.sub(swap, word)
            if other not in found:
                found.append(other)
    return tuple(found)


def _third_person(word: str) -> str:
    if word in _THIRD:
        return _THIRD[word]
    if word.endswith("y") and len(word) > 1 and word[-2] not in _VOWELS:
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    return word + "s"


def _ed(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ied"
    return verb + verb[-1] + "ed" if _doubles(verb) else verb + "ed"


def _ing(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return verb + verb[-1] + "ing" if _doubles(verb) else verb + "ing"


def _doubles(word: str) -> bool:
    """Whether the last consonant doubles before a vowel: one syllable, one vowel, one consonant."""
    if word in _DOUBLING:
        return True
    return (
        word not in _NO_DOUBLING
        and len(word) > 2
        and word[-1] not in _VOWELS + "wxy"
        and word[-2] in _VOWELS
        and (word[-3] not in _VOWELS or (word[-3:-1] == "ui" and word[-4:-3] == "q"))
        and len(re.findall(r"[aeiouy]+", word)) == 1
    )
