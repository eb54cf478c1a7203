"""What number is a string of digits, and may it be a count by the characters around it?"""

import re
import unicodedata

_MONTHS = (
    "Jan(?:uary)? Feb(?:ruary)? Mar(?:ch)? Apr(?:il)? May June? July? Aug(?:ust)? Sept?(?:ember)? Oct(?:ober)? Nov(?:ember)? Dec(?:ember)?"
)
# With a capital or in capitals: "20 may have died", "20 march" are no dates
MONTHS = "(?:" + "|".join([*_MONTHS.split(), *re.sub(r"[a-zA-Z]+", lambda m: m[0].upper(), _MONTHS).split()]) + ")"
DIGITS = r"\d(?:[\d.,،٬٫，']*\d)?"
# What makes digits something other than a count: money, fractions, clock times, dates, versions, names such as UNITED24, powers, ages.
BEFORE_DIGITS = re.compile(r"(?:[\w$£€¥₹#@&/:.,^*=%°]|(?:\b(?:minus|negative|no\.|nos\.)|[A-Za-z]['-]) ?|[^\w\s]-|(?:^|\s)[-−])\Z", re.I)
AFTER_DIGITS = re.compile(
    r"(?:[\w^*=°%/:#@]|\.\d|,\s*\n\s*\d{3}\b|[-'](?!(?:plus|\d))\w|['′″\"]\s?\d|\s?%|\s(?:per ?cent|pc|percent)\b|\s?[ap]\.?m\b)", re.I
)
YEAR = re.compile(r"(?:1[89]|20)\d\d\Z")
YEAR_BEFORE = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|of|[Dd]uring|until|till|from|[Bb]y|[Bb]efore|[Aa]fter|early|mid|late|year|and|"
    rf"{MONTHS}(?:\.?,? ?\d{{1,2}},?)?)[ -]\Z"
)
MONTH_BEFORE = re.compile(rf"(?<!\d )\b{MONTHS}\.? \Z")
MONTH_AFTER = re.compile(rf" (?:of )?{MONTHS}\b")


def value(digits: str) -> float | None:
    """The value of a string of digits and separators, None where it cannot be read with certainty.

    Thousands separated by commas (also 1,27,000), dots, apostrophes or their Arabic and full-width forms; a single dot
    followed by three digits ("1.270") is a thousand's separator, as people come whole; any other fraction needs "thousand" behind it.
    """
    zeros = {ord(c) - unicodedata.decimal(c) for c in digits if c.isdecimal()}
    if len(zeros) > 1 or len(digits) > 20:  # digits of two scripts in one number; or longer than any crowd
        return None
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in digits)
    plain = plain.translate(str.maketrans({"٬": ",", "،": ",", "，": ",", "٫": "."}))
    if re.fullmatch(r"[1-9]\d*|0", plain):
        return int(plain)
    if re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+|[1-9]\d?(,\d\d)+,\d{3}|[1-9]\d{0,2}(\.\d{3})+|[1-9]\d{0,2}('\d{3})+", plain):
        return int(re.sub(r"\D", "", plain))
    return None


def fraction(digits: str) -> float | None:
    """ "1.3" before "thousand"; None for anything else."""
    plain = digits.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+\.\d+", digits) else digits.replace("٫", ".")
    return float(plain) if re.fullmatch(r"\d{1,4}\.\d{1,3}", plain) else None


def may_count(text: str, start: int, end: int, digits: str) -> bool:
    """May these digits be a count, by the characters around them?"""
    before, after = text[max(0, start - 16) : start], text[end : end + 12]
    between = re.search(r"\d(?:-|–)\Z", before)  # the second half of a range
    if not between and not re.search(r"(?:^|[\s(\"'\[])[+~<>≥≤]\Z|(?:^|[\s(\"\[])'\Z", before) and BEFORE_DIGITS.search(before):
        return False
    if AFTER_DIGITS.match(after) and not re.match(r"-\d", after):
        return False
    if MONTH_BEFORE.search(before) or MONTH_AFTER.match(after):
        return False
    return not (YEAR.fullmatch(digits) and YEAR_BEFORE.search(before))


def is_month(word: str) -> bool:
    """Is this the name of a month, written as one?"""
    return bool(re.fullmatch(MONTHS, word))
