from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Article, Paragraph, Run
from digest.origin import Origin, origin_of


@st.composite
def articles(draw: st.DrawFn) -> tuple[dict[str, str], Article, list[tuple[int, int]]]:
    """An article built from cut-up sources, the sources, and the spans of its paragraphs."""
    sources = {name: draw(st.text("天地玄黄宇宙洪荒ab \n", min_size=1, max_size=40)) for name in ("a", "b")}
    paragraphs, spans, here = [], [], 0
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(["a", "b"]))
        text, runs, stood = "", [], 0
        for _ in range(draw(st.integers(0, 4))):
            start = draw(st.integers(stood, len(sources[name])))
            stood = draw(st.integers(start, len(sources[name])))
            if start < stood:
                runs.append(Run(len(text), start, stood - start))
                text += sources[name][start:stood]
            if draw(st.booleans()):
                text += "□"  # a character that stands in no source
        paragraphs.append(Paragraph(text, tuple(runs), source=name, page=draw(st.sampled_from([None, 1, 2]))))
        spans.append((here, here + len(text)))
        here += len(text) + 1
    return sources, Article(source="a", index=0, page=7, paragraphs=tuple(paragraphs)), spans


@settings(deadline=None)  # machines are busy
@given(articles(), st.data())
def test_stretches_spell_the_text(
    case: tuple[dict[str, str], Article, list[tuple[int, int]]], data: st.DataObject
) -> None:
    """The stretches, one after the other, are the text without what was inserted."""
    sources, article, spans = case
    low, high = data.draw(st.sampled_from(spans))
    start = data.draw(st.integers(low, high))
    end = data.draw(st.integers(start, high))

    spelled = "".join(sources[o.source][o.start : o.end] for o in origin_of(article, start, end))

    assert article.text[start:end].replace("□", "") == spelled


@settings(deadline=None)  # machines are busy
@given(articles())
def test_stretches_that_touch_are_one(case: tuple[dict[str, str], Article, list[tuple[int, int]]]) -> None:
    """No stretch begins where the one before it, on the same page of the same source, ended."""
    _, article, _ = case
    found = origin_of(article, 0, len(article.text))

    assert not any(a[:2] == b[:2] and a.end == b.start for a, b in pairwise(found))


def test_page_and_source_fall_back_to_the_article() -> None:
    """A paragraph that names neither page nor source stands on the article's."""
    article = Article(source="甲", index=0, page=3, paragraphs=(Paragraph("春耕", (Run(0, 10, 2),)),))

    assert origin_of(article, 1, 2) == (Origin("甲", 3, 11, 12),)


def test_text_without_runs_has_no_origin() -> None:
    """A paragraph that carries no runs gives no stretch rather than a guess."""
    article = Article(source="甲", index=0, paragraphs=(Paragraph("春耕"),))

    assert origin_of(article, 0, 2) == ()
    assert origin_of(article, 2, 0) == ()
