"""What does a small learned classifier say of a sentence about one target? Measured best of all methods, and it cannot explain itself.

The weights lie in `weights/`, with a card that says what they were trained on and where they fail. Source of the task and of the training
sentences: NewsMTSC (Hamborg & Donnay 2021); of the network that was fine-tuned: MiniLM (Wang et al. 2020), in the form of
all-MiniLM-L6-v2 (Reimers & Gurevych 2019).
"""

import functools
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import pathlib
from collections.abc import Sequence

import numpy as np

WEIGHTS = pathlib.Path(__file__).parent / "weights"
LABELS = ("negative", "neutral", "positive")
LONGEST = 128  # tokens the network takes; of a longer sentence the part around the target is kept
LONGEST_TARGET = 24  # of these at most as many for the target itself
INSTALL = "install it with `pip install -r requirements.txt`"
SWITCH = "SAMESTORY_CLASSIFIER"  # "off" in the environment leaves the classifier out, which spares its time in long runs


@functools.cache
def missing() -> str:
    """Why the classifier does not run here, as one sentence for the reader; empty when it does."""
    if os.environ.get(SWITCH, "").lower() == "off":
        return f"the learned classifier is switched off ({SWITCH}=off)"
    for package in ("onnxruntime", "tokenizers"):
        if importlib.util.find_spec(package) is None:
            return f"the learned classifier needs the package {package}, which is not installed; {INSTALL}"
    listed = WEIGHTS / "digests.json"
    if not listed.is_file():
        return "the weights of the learned classifier are not in this copy of samestory"
    for name, digest in json.loads(listed.read_text())["files"].items():
        file = WEIGHTS / name
        if not file.is_file():
            return f"the learned classifier lacks its file {name}"
        if hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            return f"the learned classifier is not used: its file {name} is not the one that was measured (its digest differs)"
    return ""


def version() -> str:
    """What the results of the classifier hang on; `none` where it does not run."""
    if missing():
        return "none"
    return f"{importlib.metadata.version('onnxruntime')} {hashlib.sha256((WEIGHTS / 'digests.json').read_bytes()).hexdigest()[:16]}"


@functools.cache
def _loaded():
    # Imported here: everything else runs without these two packages.
    import onnxruntime
    import tokenizers

    if reason := missing():
        raise RuntimeError(reason)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(WEIGHTS / "targets.onnx", options, providers=["CPUExecutionProvider"])
    return session, tokenizers.Tokenizer.from_file(str(WEIGHTS / "tokenizer.json"))


def classify(targets: Sequence[tuple[str, int, int]]) -> list[tuple[float, str]]:
    """The tone towards each target, given as a sentence with the target's start and end in it, its names hidden (`hidden.without_names`).

    Returns for each a score in [-1, 1] (probability of positive less that of negative) and the likeliest label: negative, neutral or
    positive. A sentence gets the same score whatever stands beside it. Raises RuntimeError where `missing()` is not empty.
    """
    if not targets:
        return []
    session, tokenizer = _loaded()
    out = []
    for (text, start, end), pieces in zip(targets, _pieces(tokenizer, targets), strict=True):
        if not 0 <= start < end <= len(text):
            raise ValueError(f"target [{start}, {end}) is not in a text of {len(text)} characters")
        # One at a time: in 8-bit arithmetic a sentence's numbers would otherwise hang a little on its neighbours in the batch.
        logits = session.run(None, _inputs(tokenizer, *pieces))[0][0]
        weights = np.exp(logits - logits.max())
        probabilities = weights / weights.sum()
        out.append((float(probabilities[2] - probabilities[0]), LABELS[int(probabilities.argmax())]))
    return out


def _pieces(tokenizer, targets: Sequence[tuple[str, int, int]]) -> list[tuple[list[int], list[int], list[int]]]:
    """Token ids before, in and after each target."""
    parts = [part for text, start, end in targets for part in (text[:start], text[start:end], text[end:])]
    ids = [encoding.ids for encoding in tokenizer.encode_batch(parts, add_special_tokens=False)]
    return list(zip(ids[::3], ids[1::3], ids[2::3], strict=True))


def window(before: list[int], target: list[int], after: list[int]) -> tuple[list[int], list[int], list[int]]:
    """What the network is shown of a text, in training as in use: the part around the target that leaves room for four marks."""
    target = target[:LONGEST_TARGET]
    room = LONGEST - 4 - len(target)
    left = min(len(before), max(room // 2, room - len(after)))
    return before[len(before) - left :], target, after[: min(len(after), room - left)]


def _inputs(tokenizer, before: list[int], target: list[int], after: list[int]) -> dict[str, np.ndarray]:
    """The network's input: [CLS] before [mark] target [mark] after [SEP], cut to the part around the target."""
    mark, unmark = tokenizer.token_to_id("[unused1]"), tokenizer.token_to_id("[unused2]")
    before, target, after = window(before, target, after)
    ids = [tokenizer.token_to_id("[CLS]"), *before, mark, *target, unmark, *after, tokenizer.token_to_id("[SEP]")]
    marked = np.zeros((1, len(ids)), dtype=np.float32)
    marked[0, len(before) + 1 : len(before) + len(target) + 2] = 1
    return {"input_ids": np.array([ids], dtype=np.int64), "attention_mask": np.ones((1, len(ids)), np.int64), "target_mask": marked}
