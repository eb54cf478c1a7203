"""The network behind the target classifier, its input and its training loop (PyTorch; only `train_targets.py` uses it)."""

import json
import math
import pathlib
import random
import re

import numpy as np
import torch
from safetensors.numpy import load_file as load_arrays
from safetensors.numpy import save_file as save_arrays
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from transformers import AutoConfig, AutoModel

from samestory.sentiment.classifier import LONGEST, window

CLASSES = 3


class Network(nn.Module):
    """An encoder, and on top of it one linear layer over the first token's vector and the mean of the marked target's vectors."""

    def __init__(self, folder: pathlib.Path, *, dropout: float = 0.1):
        super().__init__()
        config = AutoConfig.from_pretrained(folder)
        config.hidden_dropout_prob = config.attention_probs_dropout_prob = dropout
        # MPNet has no other attention; for the others it makes the cleaner graph to export.
        self.encoder = AutoModel.from_config(config, attn_implementation="eager" if config.model_type == "mpnet" else "sdpa")
        weights = {k: v.float() if v.is_floating_point() else v for k, v in load_file(folder / "model.safetensors").items()}
        lacking = self.encoder.load_state_dict(weights, strict=False).missing_keys
        if wrong := [name for name in lacking if not any(part in name for part in ("position_ids", "token_type_ids", "pooler"))]:
            raise ValueError(f"{folder}: weights without {', '.join(wrong)}")
        self.encoder.pooler = None
        self.dropout = nn.Dropout(dropout)
        self.out = nn.Linear(2 * config.hidden_size, CLASSES)
        nn.init.normal_(self.out.weight, std=0.02)
        nn.init.zeros_(self.out.bias)

    def forward(self, input_ids, attention_mask, target_mask):
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        target = (hidden * target_mask[..., None]).sum(1) / target_mask.sum(1, keepdim=True)
        return self.out(self.dropout(torch.cat([hidden[:, 0], target.to(hidden.dtype)], -1)))


class Encoded:
    """Texts with a target each, as token ids: `ids` (n, 128) and `at` (n, 3): where the marks stand and how many tokens there are."""

    def __init__(self, tokenizer_file: pathlib.Path, texts: list[str], spans: list[tuple[int, int]], device: str):
        tokenizer = Tokenizer.from_file(str(tokenizer_file))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        id_of = tokenizer.token_to_id
        first, last, self.pad = (id_of(t) for t in ("[CLS]", "[SEP]", "[PAD]"))
        if first is None:  # MPNet's names for them
            first, last, self.pad = (id_of(t) for t in ("<s>", "</s>", "<pad>"))
        mark, unmark = id_of("[unused1]"), id_of("[unused2]")
        ids = np.full((len(texts), LONGEST), self.pad, dtype=np.int32)
        at = np.zeros((len(texts), 3), dtype=np.int32)
        parts = [p for text, (start, end) in zip(texts, spans, strict=True) for p in (text[:start], text[start:end], text[end:])]
        pieces = [encoding.ids for encoding in tokenizer.encode_batch(parts, add_special_tokens=False)]
        for row, (before, target, after) in enumerate(zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True)):
            before, target, after = window(before, target, after)
            tokens = [first, *before, mark, *target, unmark, *after, last]
            ids[row, : len(tokens)] = tokens
            at[row] = len(before) + 1, len(before) + len(target) + 2, len(tokens)
        self.ids, self.at = torch.tensor(ids, device=device), torch.tensor(at, device=device)

    def take(self, rows) -> "Encoded":
        """Some of the rows."""
        some = object.__new__(Encoded)
        some.pad, some.ids, some.at = self.pad, self.ids[rows], self.at[rows]
        return some

    def batch(self, rows) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Ids, attention mask and target mask of some rows, cut to the longest of them."""
        at = self.at[rows]
        length = min((int(at[:, 2].max()) + 7) // 8 * 8, LONGEST)
        place = torch.arange(length, device=at.device)
        inside = ((place >= at[:, 0:1]) & (place < at[:, 1:2])).float()
        return self.ids[rows, :length].long(), (place < at[:, 2:3]).long(), inside


def fit(net: Network, data: Encoded, wanted: torch.Tensor, *, rate: float, batch: int, epochs: float, seed: int) -> None:
    """Train a network towards the `wanted` probabilities (n, 3) by cross-entropy, AdamW, rate warmed up and let down linearly."""
    device = wanted.device.type
    flat = [p for p in net.parameters() if p.ndim == 1]
    other = [p for p in net.parameters() if p.ndim > 1]
    groups = [{"params": other, "weight_decay": 0.01}, {"params": flat, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=rate, fused=device == "cuda")
    steps = max(1, int(math.ceil(len(wanted) / batch) * epochs))
    warm = max(1, int(0.06 * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: (s + 1) / warm if s < warm else max(0.0, (steps - s) / max(1, steps - warm))
    )
    drawn, rng, done = torch.Generator().manual_seed(seed), random.Random(seed), 0
    lengths = data.at[:, 2].cpu()

    def loss(rows) -> torch.Tensor:
        with torch.autocast(device, dtype=torch.bfloat16):
            logits = net(*data.batch(rows))
        return -(wanted[rows] * functional.log_softmax(logits.float(), -1)).sum(-1).mean()

    net.train()
    while done < steps:
        order, batches = torch.randperm(len(wanted), generator=drawn), []
        for pool in order.split(batch * 40):  # texts of like length together, so that little is padded
            batches += list(pool[lengths[pool].argsort()].split(batch))
        rng.shuffle(batches)
        for rows in batches[: steps - done]:
            rows = rows.to(wanted.device)
            loss(rows).backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad(set_to_none=True)
            done += 1


@torch.no_grad()
def probabilities(net: Network, data: Encoded, *, batch: int = 512) -> np.ndarray:
    """What a network says of each row: (n, 3), negative, neutral, positive."""
    net.eval()
    device = data.ids.device.type
    out = torch.zeros(len(data.ids), CLASSES, device=data.ids.device)
    for rows in data.at[:, 2].argsort().split(batch):
        with torch.autocast(device, dtype=torch.bfloat16):
            out[rows] = net(*data.batch(rows)).float()
    return out.softmax(-1).cpu().numpy()


def prune(source: pathlib.Path, out: pathlib.Path) -> None:
    """Write an encoder that knows only what Latin script is written with, and 128 positions.

    Rarer words were dropped too, for a trial: with half the vocabulary the classifier loses three points of macro-F1.
    """
    latin = re.compile(r"^(##)?[!-~\u00a1-\u017f‘’“”–—…€£•]+$")
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[unused1]", "[unused2]"]
    tokens = json.loads((source / "tokenizer.json").read_text(encoding="utf-8"))
    vocabulary = tokens["model"]["vocab"]
    kept = list(special)
    for token in sorted(vocabulary, key=vocabulary.get):
        if token not in special and not token.startswith("[unused") and latin.match(token):
            kept.append(token)
    weights = {k: v for k, v in load_arrays(source / "model.safetensors").items() if "position_ids" not in k and "pooler" not in k}
    weights["embeddings.word_embeddings.weight"] = weights["embeddings.word_embeddings.weight"][[vocabulary[t] for t in kept]]
    weights["embeddings.position_embeddings.weight"] = weights["embeddings.position_embeddings.weight"][:LONGEST].copy()
    out.mkdir(parents=True, exist_ok=True)
    save_arrays(weights, out / "model.safetensors")
    tokens["model"]["vocab"] = {token: i for i, token in enumerate(kept)}
    tokens["truncation"] = tokens["padding"] = tokens["post_processor"] = None
    for added in tokens["added_tokens"]:
        added["id"] = tokens["model"]["vocab"][added["content"]]
    (out / "tokenizer.json").write_text(json.dumps(tokens, ensure_ascii=False), encoding="utf-8")
    config = json.loads((source / "config.json").read_text())
    config |= {"vocab_size": len(kept), "max_position_embeddings": LONGEST}
    (out / "config.json").write_text(json.dumps(config, indent=1))
