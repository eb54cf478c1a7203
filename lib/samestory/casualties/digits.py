"""What number is a string of digits, and may it be a count by the characters around it?"""

import re
import unicodedata

_MONTHS = "Jan(?:uary)? Feb(?:ruary)? Apr(?:il)? June? July? Aug(?:ust)? Sept?(?:ember)? Oct(?:ober)? Nov(?:ember)? Dec(?:ember)?".split()
_WORDS_TOO = "May Mar(?:ch)?".split()  # with a capital or in capitals only: "20 may have died", "20 march" are no dates
_CAPITALS = [re.sub(r"[a-zA-Z]+", lambda m: m[0].upper(), month) for month in (*_MONTHS, *_WORDS_TOO)]
MONTHS = "(?:" + "|".join([*_MONTHS, *_WORDS_TOO, *_CAPITALS, *(month.lower() for month in _MONTHS)]) + ")"
VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75}
DIGITS = rf"(?:\d(?:[\d.,،٬٫，．·'’´ʼ]*\d)?[{''.join(VULGAR)}]?|[{''.join(VULGAR)}])"
# "78 000": spaces of any width between groups of three, and no digits behind
SPACE = " \xa0\u2007\u2008\u2009\u202f"
SPACED = re.compile(rf"\d{{1,3}}(?:[{SPACE}]\d{{3}}){{1,3}}(?![{SPACE}]?\d|[\w.,]\d|\w)")
SEPARATORS = str.maketrans("٬،，٫．·’´ʼ", ",,,...'''")
UNITS = "hundred|thousand|lakhs?|million|crores?|billion|bn"
MONEY = "$£€¥₹"
# What makes digits something other than a count: fractions, clock times, dates, versions, names such as UNITED24, powers, sums.
BEFORE_DIGITS = re.compile(
    rf"(?:[\w{MONEY}#@&/:.,^*=%°٪％×]|(?:\b(?:minus|negative|nos?\.?|number)|№|\d\s?[x×*^/+]{{1,2}})\s?|[A-Za-z](?:'|-\s?)|[^\w\s]-|(?:^|\s)[-−–])\Z",
    re.I,
)
AFTER_DIGITS = re.compile(
    rf"(?:[\w{MONEY}^*=°%٪％/:#@×]|\.[\da-z]|\s,\d|\s?[x×*^/+]{{1,2}}\s?\d|[-'](?!(?i:plus|odd|{UNITS})\b|\d)\w"
    rf"|['′″\"]\s?(?:\d|[NSEW]\b)|\s[{MONEY}%٪％°]|\s(?i:pc|[ap]\.?m)\b)"
)
# ... but not the first half of a range, "+100,000", nor an opening mark: "'20 dead'"
ALLOWED_BEFORE = re.compile(r"\d[-–]\Z|(?:^|[\s(\"'\[])[+~<>≥≤]\Z|(?:^|[\s(\"\[])'\Z")
# These are said of the next number too: "nos. 5 and 6", "minus 5 to 7"
LABEL_BEFORE = re.compile(r"\b(?:nos\.?|minus|negative)\s?\Z|(?:^|\s)[-−–]\Z", re.I)
# A line may break a number ("1,\n000"); it is not read, neither whole nor in pieces.
BROKEN_AFTER = re.compile(r"[,']?[^\S\n]*\n[^\S\n]*\d{3}(?!\d)")
BROKEN_BEFORE = re.compile(r"\d[,']?[^\S\n]*\n[^\S\n]*\Z")
YEAR = re.compile(r"(?:1[89]|20)\d\d\Z")
YEAR_BEFORE = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|of|[Dd]uring|until|till|from|[Bb]y|[Bb]efore|[Aa]fter|early|mid|late|year|and|"
    rf"{MONTHS}(?:\.?,? ?\d{{1,2}},?)?)[ -]\Z"
)
SHORT_YEAR_BEFORE = re.compile(r"\b(?:[Ii]n|[Ss]ince|of|[Tt]he|year|summer|winter|spring|autumn|fall) '\Z")
MONTH_BEFORE = re.compile(rf"(?<!\d )\b{MONTHS}\.? \Z")
MONTH_AFTER = re.compile(rf" (?:of )?{MONTHS}\b")
# "10m from the gate" are metres, "10m people" are millions.
METRES = re.compile(
    r"\s(?:away|from|tall|high|deep|wide|long|thick|above|below|off|across|apart|of|into|down|up|north|south|east|west|to|behind|ahead|"
    r"further|farther|before|after|under|beneath)\b"
)
CAPITAL_WORD = re.compile(r"\b[A-Z]\w+ \Z")


def value(digits: str) -> float | None:
    """The value of a string of digits and separators, None where it cannot be read with certainty.

    Thousands separated by commas (also 1,27,000), dots, apostrophes or their Arabic and full-width forms; a single dot
    followed by three digits ("1.270") is a thousand's separator, as people come whole; any other fraction needs "thousand" behind it.
    """
    plain = _plain(digits)
    if re.fullmatch(r"[1-9]\d*|0", plain):
        return int(plain)
    if re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+|[1-9]\d?(,\d\d)+,\d{3}|[1-9]\d{0,2}(\.\d{3})+|[1-9]\d{0,2}('\d{3})+", plain):
        return int(re.sub(r"\D", "", plain))
    return None


def fraction(digits: str) -> float | None:
    """The value of digits in front of "thousand" or "million" ("1.3", "1½", "20"), None for anything else, as "1,250 million"."""
    plain, vulgar = _plain(digits.rstrip("".join(VULGAR))), VULGAR.get(digits[-1], 0.0)
    if vulgar:
        return float(plain or 0) + vulgar if re.fullmatch(r"\d{0,3}", plain) else None
    if re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+\.\d+", plain):
        plain = plain.replace(",", "")
    return float(plain) if re.fullmatch(r"(?:0|[1-9]\d{0,5})([.·]\d{1,3})?", plain.replace("·", ".")) else None


def _plain(digits: str) -> str:
    """ASCII digits and separators; empty for digits of two scripts in one number, or for more than any crowd has."""
    if len(digits) > 20:
        return ""
    if digits.isascii():
        return digits
    if len({ord(c) - unicodedata.decimal(c) for c in digits if c.isdecimal()}) > 1:
        return ""
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in digits)
    return plain.translate(SEPARATORS)


def bar(text: str, start: int, end: int, digits: str) -> str:
    """Why these digits are no count by the characters around them, empty where they may be one.

    One of `money`, `measure` ("5 km", "20%"), `date`, `year`, `label` (said of the next number too: "nos. 5 and 6"), `name`.
    """
    before, after = text[max(0, start - 20) : start], text[end : end + 12]
    if BEFORE_DIGITS.search(before) and not ALLOWED_BEFORE.search(before):
        return "money" if before[-1:] in MONEY else "label" if LABEL_BEFORE.search(before) else "name"
    if AFTER_DIGITS.match(after):
        return "measure"
    if MONTH_BEFORE.search(before) or MONTH_AFTER.match(after):
        return "date"
    if _is_year(digits, before):
        return "year"
    if len(digits) == 2 and SHORT_YEAR_BEFORE.search(before):
        return "year"
    noted = before.endswith("[") and after.startswith("]")
    broken = (len(digits) <= 3 and BROKEN_AFTER.match(after)) or (len(digits) == 3 and BROKEN_BEFORE.search(before))
    return "name" if noted or broken else ""


def _is_year(digits: str, before: str) -> bool:
    """Is it a year: "in 2011", "the 2016 vote", "Euro 2016"? Not in "Some 2011 people", nor, being round, in "the 2000 people"."""
    plain = _plain(digits)
    if not YEAR.fullmatch(plain):
        return False
    if YEAR_BEFORE.search(before) or (not plain.endswith("00") and re.search(r"(?:\b(?:the|an?|his|her|their|its)|'s) \Z", before, re.I)):
        return True
    word = CAPITAL_WORD.search(before)
    return word is not None and bool(re.search(r"[^\s.!?:\"'(]\s*\Z", before[: word.start()]))  # not at the start of a sentence


def is_month(word: str) -> bool:
    """Is this the name of a month, written as one?"""
    return bool(re.fullmatch(MONTHS, word))
