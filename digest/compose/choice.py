"""What is printed and what is left out, story by story, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from digest.config import ComposeConfig, SummaryConfig
from digest.model import Article, Sentence, Span, Story

# A headline that is nothing but the name of a paid or official notice.
_NOTICE = re.compile(
    r"[^，。：；！？]{0,20}(?:启事|遗失声明|作废声明|(?:招标|中标|拍卖|采购|招聘|招租|出租|注销|减资|清算|债权|催收"
    r"|转让|出让|竞价|送达|开庭|停电|停水)(?:公告|通知|通告))"
)


#: A sentence out of a paragraph spoiled to a larger share than this is not printed.
MOST_DAMAGE = 0.2


def unprintable(story: Story, min_chars: int) -> str | None:
    """Why a story cannot be printed, or None."""
    article = story.lead.article
    n_chars = sum(not c.isspace() for c in article.text)
    if n_chars < min_chars:
        return f"正文过短，不足以单独成条：{n_chars} 字，下限 {min_chars} 字"
    if is_notice(article):
        return f"启事、公告类内容：{article.title}"
    if not story.lead.sentences:
        return "未能从正文中选出完整的句子"
    if all(_is_spoiled(article, sentence) for sentence in story.lead.sentences):
        return "正文识别损坏，没有可以照录的完整句子"
    if not article.title and _damage(article) > MOST_DAMAGE:
        return "正文识别损坏，标题也未找到"
    return None


def _is_spoiled(article: Article, sentence: Sentence) -> bool:
    """Whether a sentence is out of a spoiled paragraph, or runs over a doubtful join."""
    paragraph = article.paragraphs[sentence.paragraph]
    return paragraph.damage > MOST_DAMAGE or article.is_over_weak(sentence.start, sentence.end)


def _damage(article: Article) -> float:
    """The share of an article's text that recognition spoiled, 0 to 1."""
    return sum(len(p.text) * p.damage for p in article.paragraphs) / max(1, len(article.text))


def is_notice(article: Article) -> bool:
    """Whether the headline is only the name of a notice and no reporter or agency signs the text."""
    signed = article.authors or article.agency or article.dateline_place
    return not signed and _NOTICE.fullmatch("".join(article.title.split())) is not None


def with_news(story: Story, fresh: Sequence[Span], config: SummaryConfig) -> Story:
    """The story with a summary of those sentences of its lead that are new since an earlier issue, if any.

    The first of them, as many as a summary has; where the chosen summary holds new ones already, it stays.
    """
    chosen = {(sentence.start, sentence.end) for sentence in story.lead.sentences}
    if not fresh or chosen <= {tuple(span) for span in fresh}:
        return story
    kept, n_chars = list(fresh[:1]), fresh[0].end - fresh[0].start
    for span in fresh[1 : config.sentences]:
        n_chars += span.end - span.start
        if n_chars > config.chars:
            break
        kept.append(span)
    text = story.lead.article.text
    sentences = tuple(
        Sentence(text[start:end], start, end, paragraph=text.count("\n", 0, start)) for start, end in kept
    )
    # what other versions add was chosen beside the summary that is replaced
    return replace(story, lead=replace(story.lead, sentences=sentences), added=())


def pick_of(story: Story, picks: tuple[str, ...]) -> str | None:
    """The first of `picks` that means the story: its id, or words that a headline of it has all of."""
    headlines = ["".join(version.article.title.split()) for version in story.members]
    for pick in picks:
        words = pick.split()
        if words and (pick == story.id or any(all(w in headline for w in words) for headline in headlines)):
            return pick
    return None


def excluded(story: Story, config: ComposeConfig) -> str | None:
    """Why the configuration does not want the story, or None."""
    pick = pick_of(story, config.excluded)
    return None if pick is None else f"按配置不收：“{pick}”"
