"""Which labelled sentences are kept back from training, so that what learns can be measured on sentences it has not seen."""

import hashlib

PARTS = 8


def held_out(text: str) -> bool:
    """Is this sentence in the part held out: one in eight, by its content, so that all targets of a sentence stay together?"""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % PARTS == 0
