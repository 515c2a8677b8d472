"""On a page whose blocks a tool wrote in an order of its own, the fragments of each article come together.

Only printed pages that show disorder are touched: a torn sentence goes on elsewhere than in the next
fragment, and the file comes back to an article that it had left. Torn sentences are joined first, over the
whole page. What is left is a sequence of fragments and a question for each: the article of the fragment
before it, or another? The articles are those that show where they begin: a lead, a byline above, a jump
mark, a headline of their own. A fragment speaks for an article by its words: how much more often than by
chance its rarer character pairs stand in the article's other fragments. The file speaks for staying by how
little stands between two fragments. A Viterbi search weighs the two, a few times over.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from digest.page import fields
from digest.page.clauses import is_clause
from digest.page.labelled import BODY, BYLINE, CAPTION, FURNITURE, HEAD, JUMP, Labelled, text_of
from digest.page.overlap import bigrams, pairs_of
from digest.page.rejoin import adjoins, rejoin
from digest.page.runs import is_unbroken
from digest.page.scattered import is_recognised, is_scattered
from digest.page.segment import OPENS
from digest.page.stitch import Seams, find_seams, in_order, leaves_page
from digest.page.vote import find_articles

#: Pages with more bodies, articles or headline lines keep their order: costs grow with their products.
MOST_BODIES, MOST_ARTICLES, MOST_HEADS = 300, 40, 150
#: Where fewer of the bodies are columns of lines, the lines of articles are mixed, not their blocks.
WHOLE = 0.67
#: A headline of a run's own holds so much of it, and so much more than of any other run.
OWN, AHEAD = 0.35, 0.15
#: A headline line goes to the article that holds so much of it, `AHEAD` of all others.
CLEAR = 0.25
#: A line that several articles hold goes with a headline line of one of them, so many items away at most.
NEAR = 3
#: A run with fewer characters is no article by its headline alone.
SHORTEST_ARTICLE = 60
#: A shorter line is no title: a place or a name above one.
SHORTEST_TITLE = 3
_ANNOUNCES = re.compile(r"(?:[强強][调調]|指出|要求|表示)$")
#: So many torn sentences that go on elsewhere show disorder where `stitch`, which asks for more, has moved no
#: column; where it has, one does. On 24 ordered development pages `stitch` moved none and there were two at
#: most; on the four in disorder it moved one to three.
FAR_MOVED = 3
#: What it costs to go to another article at a boundary, in nats; set on three development pages in disorder.
#: SAME_BLOCK below 5 also parts a block in which a tool set the end of one article and the middle of another;
#: MOVED at 3 loses an article of a page, at 0.5 none.
SAME_BLOCK, BLANK_LINE, THROUGH, PAST_TITLE, MOVED = 4.5, 3.0, 2.5, 1.0, 1.5
OPEN_END = 5.0


def regroup(items: Sequence[Labelled], stitched: Sequence[Labelled]) -> list[Labelled]:
    """The items with every article's fragments together; `stitched` unchanged where the page is in order."""
    if is_recognised(items):
        return list(stitched)
    mended = rejoin(items)
    bodies = [i for i, item in enumerate(mended) if item.kind == BODY]
    whole = sum(mended[i].fragment.wrapped for i in bodies)
    heads = sum(item.kind == HEAD for item in mended)
    if not MOST_BODIES >= len(bodies) > 0 or heads > MOST_HEADS or whole < WHOLE * len(bodies):
        return list(stitched)
    if in_order(mended) and not is_unbroken(mended):
        return list(stitched)
    page = _Page(mended, bodies, find_seams(mended, scattered=True))
    unmoved = all(a is b for a, b in zip(items, stitched, strict=True))
    if len(page.moved()) < (FAR_MOVED if unmoved and not is_scattered(items) else 1):
        return list(stitched)
    seeds = page.seeds()
    if not MOST_ARTICLES >= len(seeds) > 1:
        return list(stitched)
    order = page.order
    grams = {i: Counter(bigrams(mended[i].plain)) for i in order}
    known = {i: k for k, i in enumerate(seeds)}
    articles = find_articles(order, grams, page.leaving, known, len(seeds), close=BLANK_LINE)
    return page.written(seeds, articles) if _returns(bodies, articles) else list(stitched)


def _returns(bodies: Sequence[int], articles: Mapping[int, int]) -> int:
    """How often the file comes back to an article that it had left."""
    runs = [articles[i] for n, i in enumerate(bodies) if n == 0 or articles[bodies[n - 1]] != articles[i]]
    return len(runs) - len(set(runs))


@dataclass(slots=True)
class _Page:
    items: list[Labelled]
    bodies: list[int]
    seams: Seams

    def moved(self) -> dict[int, int]:
        """The torn sentences that do not go on in the next fragment."""
        following = dict(pairwise(self.bodies))
        return {end: start for end, start in self.seams.links.items() if following.get(end) != start}

    @property
    def order(self) -> list[int]:
        """The body fragments with what torn sentences move behind their beginnings."""
        moved = self.moved()
        starts = set(moved.values())
        runs: list[list[int]] = []
        for i in self.bodies:
            if not runs or i in starts or runs[-1][-1] in moved:
                runs.append([])
            runs[-1].append(i)
        at_start = {run[0]: run for run in runs}
        out: list[int] = []
        written: set[int] = set()
        for run in [*(run for run in runs if run[0] not in starts), *runs]:
            here: list[int] | None = run
            while here is not None and here[0] not in written:
                written.add(here[0])
                out += here
                here = at_start.get(moved.get(here[-1], -1))
        return out

    def seeds(self) -> list[int]:
        """The fragments that begin an article."""
        continued = set(self.seams.links.values())
        order = self.order
        known = [i for i in order if i not in continued and self._begins(i)]
        runs = self._runs(order, set(known))
        titled = self._titled([run for run in runs if run[0] not in continued], set(known))
        return [i for i in order if i in {*known, *titled}]

    def _runs(self, order: Sequence[int], known: set[int]) -> list[list[int]]:
        """The order cut where little holds two fragments together."""
        runs: list[list[int]] = []
        for i in order:
            if not runs or i in known or self.leaving(runs[-1][-1], i) < BLANK_LINE:
                runs.append([])
            runs[-1].append(i)
        return runs

    def _titled(self, runs: Sequence[list[int]], known: set[int]) -> list[int]:
        """Beginnings of runs with a headline of their own that stands above, or with a byline left over."""
        heads = [
            i for i, item in enumerate(self.items) if item.kind == HEAD and len(bigrams(item.plain)) >= 5
        ]
        texts = [pairs_of(text_of(self.items, run)) for run in runs]
        held = Counter(gram for own in texts for gram in own)
        own: dict[int, float] = {}
        sure: set[int] = set()
        for n, run in enumerate(runs):
            text = text_of(self.items, run)
            if run[0] in known or len(text) < SHORTEST_ARTICLE:
                continue
            for h in heads:
                shares = _shares(self.items[h].plain, texts, held)
                others = max([*shares[:n], *shares[n + 1 :]], default=0.0)
                if shares[n] < OWN or shares[n] - others < AHEAD or is_clause(self.items[h].plain, text):
                    continue
                own[run[0]] = own.get(run[0], 0.0) + shares[n]
                if self._title_above(h, run[0]):
                    sure.add(run[0])
        spare = len(self.loose_bylines(known))
        first = sorted(own, key=lambda i: (-own[i], i))
        return [*sure, *[i for i in first if i not in sure][: max(0, spare - len(sure))]]

    def _title_above(self, head: int, i: int) -> bool:
        """Whether a headline of more than one line stands right above a fragment, and `head` is of it."""
        k = i - 1
        while k >= 0 and self.items[k].kind in (HEAD, CAPTION):
            k -= 1
        lines = [n for n in range(k + 1, i) if self.items[n].kind == HEAD]
        return head in lines[-3:] and len(lines) > 1

    def loose_bylines(self, seeds: set[int]) -> list[int]:
        """The byline lines that stand above no beginning of an article, or above one that has a lead."""
        taken: set[int] = set()
        for i in seeds:
            if self.items[i].lead is None:
                k = i - 1
                while k >= 0 and self.items[k].kind == CAPTION:
                    k -= 1
                taken.add(k)
        return [i for i, item in enumerate(self.items) if item.kind == BYLINE and i not in taken]

    def _begins(self, i: int) -> bool:
        item = self.items[i]
        jump = fields.find_jump(item.plain)
        if item.lead is not None or (jump is not None and jump.direction == "from" and jump.start <= 2):
            return True
        before = next((k for k in range(i - 1, max(-1, i - 4), -1) if self.items[k].kind != CAPTION), None)
        return before is not None and self.items[before].kind in (BYLINE, JUMP) and not self._to(before)

    def _to(self, i: int) -> bool:
        jump = fields.find_jump(self.items[i].plain)
        return jump is not None and jump.direction == "to"

    def leaving(self, before: int, after: int) -> float:
        """What it costs to go to another article between two fragments that follow each other in `order`."""
        if self.seams.links.get(before) == after:
            return math.inf
        between = self.items[before + 1 : after]
        if after < before or any(item.kind == BODY for item in between):
            return MOVED
        if (
            self._to(before)
            or leaves_page(self.items[before])
            or any(item.kind in (BYLINE, JUMP) for item in between)
        ):
            return -OPEN_END
        if self.items[before].fragment.open and before not in self.seams.links:
            return OPEN_END
        heads = [item for item in between if item.kind == HEAD]
        if len(heads) > 1:
            return PAST_TITLE
        if between:
            return THROUGH
        return SAME_BLOCK if adjoins(self.items[before], self.items[after]) else BLANK_LINE

    def written(self, seeds: Sequence[int], articles: Mapping[int, int]) -> list[Labelled]:
        """The items in the new order: each article's fragments behind its beginning, the rest beside them."""
        order = self.order
        place = {i: n for n, i in enumerate(order)}
        groups: dict[int, list[int]] = {}
        for i in order:
            groups.setdefault(articles[i], []).append(i)
        for k, group in groups.items():
            group.sort(key=lambda i: (place[i] < place[seeds[k]], place[i]))
        above, below = self._beside(set(seeds), articles)
        bylines = self.loose_bylines(set(seeds))
        bare = [i for i in seeds if self.items[i].lead is None and not self._begins(i)]
        known = len(bare) == len(bylines)
        if known:
            for i, byline in zip(bare, bylines, strict=True):
                above[i] = [*above.get(i, []), byline]
        titles = self._titles(groups, {k for group in above.values() for k in group})
        bound = {k for kept in (above, below, titles) for group in kept.values() for k in group}
        loose = set(range(len(self.items))) - set(place) - bound - set(bylines)
        out: list[Labelled] = []
        for i in range(len(self.items)):
            if i in loose:
                out.append(self.items[i])
            elif (
                not known and i in bylines
            ):  # whose it is cannot be told: no author is better than a wrong one
                out.append(replace(self.items[i], kind=FURNITURE, sub="byline", reason="署名归属不明"))
            elif i in place and i == seeds[articles[i]]:
                out += self._block(titles.get(articles[i], []))
                for n, member in enumerate(groups[articles[i]]):
                    item = self.items[member]
                    if n == 0 and member in bare:
                        item = replace(item, sub=OPENS)
                    out += [self.items[k] for k in above.get(member, [])]
                    out += [item, *(self.items[k] for k in below.get(member, []))]
        return out

    def _beside(
        self, seeds: set[int], articles: Mapping[int, int]
    ) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
        """For a fragment the items above and below it that stay with it; all others stand for themselves."""
        above: dict[int, list[int]] = {}
        below: dict[int, list[int]] = {}
        for before, after in pairwise([-1, *self.bodies, len(self.items)]):
            between = list(range(before + 1, after))
            if before >= 0 and between and self._to(between[0]):
                below[before] = between[:1]
                between = between[1:]
            if after in seeds and self.items[after].lead is None:
                n = len(between)
                while n and self.items[between[n - 1]].kind in (BYLINE, JUMP, CAPTION):
                    n -= 1
                above[after] = between[n:]
            elif (
                after not in seeds
                and before not in self.seams.links
                and before in articles
                and articles.get(after) == articles[before]
            ):
                above[after] = self._subhead(between)
        return above, below

    def _subhead(self, between: Sequence[int]) -> list[int]:
        """The one headline line between two fragments of an article, right above the second."""
        heads = [i for i in between if self.items[i].kind == HEAD]
        return heads if len(heads) == 1 else []

    def _titles(self, groups: Mapping[int, list[int]], kept: set[int]) -> dict[int, list[int]]:
        """Article -> the headline lines that clearly speak of it, and those set with them, in file order."""
        heads = [i for i, item in enumerate(self.items) if item.kind == HEAD and i not in kept]
        numbers = sorted(groups)
        texts = [pairs_of(text_of(self.items, groups[k])) for k in numbers]
        held = Counter(gram for own in texts for gram in own)
        winner: dict[int, int] = {}
        for block in self._blocks(heads):
            found = {h: _winner(self.items[h].plain, texts, held) for h in block}
            whole = _winner("".join(self.items[h].plain for h in block), texts, held)
            for h in block:
                known = {k for k in found.values() if k is not None}
                one = found[h] if found[h] is not None else whole
                if one is None and len(known) == 1:
                    one = known.pop()
                if one is not None:
                    winner[h] = numbers[one]
        for h in heads:
            if h not in winner:
                held_by = [
                    numbers[k] for k, v in enumerate(_shares(self.items[h].plain, texts, held)) if v >= CLEAR
                ]
                near = [k for k in winner if abs(k - h) <= NEAR and winner[k] in held_by]
                if near:
                    winner[h] = winner[min(near, key=lambda k: (abs(k - h), -k))]
        out: dict[int, list[int]] = {}
        spoken = {
            h: is_clause(self.items[h].plain, text_of(self.items, groups[k])) for h, k in winner.items()
        }
        for k in sorted(set(winner.values())):
            body = re.sub(r"\s", "", text_of(self.items, groups[k]))
            stacks = self._stacks([h for h in sorted(winner) if winner[h] == k])
            stacks.sort(key=lambda stack: min(0 if spoken[h] else _rank(self.items[h].plain) for h in stack))
            if len(stacks) == 2 and self._said_after(stacks[0][0], stacks[1][-1], body):
                stacks.reverse()
            out[k] = [h for stack in stacks for h in stack]
        return out

    def _stacks(self, heads: Sequence[int]) -> list[list[int]]:
        """Headline lines with nothing between them in the file, in its order."""
        stacks: list[list[int]] = []
        for h in heads:
            if stacks and stacks[-1][-1] == h - 1:
                stacks[-1].append(h)
            else:
                stacks.append([h])
        return stacks

    def _said_after(self, first: int, second: int, body: str) -> bool:
        """Whether a body says one headline line right behind another."""
        return self.items[second].plain + self.items[first].plain in body

    def _blocks(self, heads: Sequence[int]) -> list[list[int]]:
        """Headline lines grouped where no blank line parts them."""
        blocks: list[list[int]] = []
        for h in heads:
            if blocks and adjoins(self.items[blocks[-1][-1]], self.items[h]):
                blocks[-1].append(h)
            else:
                blocks.append([h])
        return blocks

    def _block(self, heads: Sequence[int]) -> list[Labelled]:
        """Headline lines in their new place, with a blank line between those that did not adjoin."""
        out: list[Labelled] = []
        for n, h in enumerate(heads):
            item = self.items[h]
            close = n > 0 and adjoins(self.items[heads[n - 1]], item)
            out.append(replace(item, fragment=replace(item.fragment, blanks=0 if close else 1)))
        return out


def _shares(line: str, texts: Sequence[Set[str]], held: Mapping[str, int]) -> list[float]:
    """For each text the share of a line's character pairs, weighted by rarity, that it holds."""
    wanted = set(bigrams(line))
    weight = {gram: math.log((len(texts) + 1) / (held.get(gram, 0) + 0.5)) + 0.1 for gram in wanted}
    total = math.fsum(weight.values()) or 1.0  # exact, so that the order of a set cannot show
    return [math.fsum(w for gram, w in weight.items() if gram in own) / total for own in texts]


def _winner(line: str, texts: Sequence[Set[str]], held: Mapping[str, int]) -> int | None:
    """The text that clearly holds more of a line than any other."""
    shares = _shares(line, texts, held)
    best = max(range(len(shares)), key=shares.__getitem__)
    others = max([*shares[:best], *shares[best + 1 :]], default=0.0)
    return best if shares[best] >= CLEAR and shares[best] - others >= AHEAD else None


def _rank(line: str) -> int:
    """Where a line of unknown place stands in its headline: a name or an announcement first, a dash last."""
    if line.startswith(("—", "–", "--")):
        return 2
    return 0 if len(line) <= SHORTEST_TITLE or _ANNOUNCES.search(line) else 1
