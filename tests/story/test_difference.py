"""How the versions of one story differ, sentence by sentence."""

from __future__ import annotations

import pytest

from digest.model import Analysed, Article, Paragraph, Story
from digest.story.difference import MAX_SENTENCES, differences

FIRST = "横跨青溪江的云州二桥2日建成通车，大桥全长3.6公里，总投资21.4亿元。"
SECOND = "大桥2028年5月开工，建设者先后攻克深水裸岩、强涌潮等难题。"
THIRD = "市交通局说，大桥通车后，江北新区到老城的时间缩短到8分钟。"


def story(lead: str, *others: str) -> Story:
    articles = [
        Analysed(Article(f"报{n}", 0, paragraphs=tuple(Paragraph(line) for line in text.split("\n"))))
        for n, text in enumerate((lead, *others))
    ]
    return Story("s", articles[0], tuple(articles[1:]))


def told(made: Story) -> list[tuple[list[str], list[str], list[tuple[str, str]]]]:
    """What each version left out, added and changed, in words."""
    lead = made.lead.article.text
    return [
        (
            [lead[slice(*span)] for span in one.left_out],
            [version.article.text[slice(*span)] for span in one.added],
            [(lead[slice(*c.before)], version.article.text[slice(*c.after)]) for c in one.changed],
        )
        for one, version in zip(differences(made), made.others, strict=True)
    ]


def test_what_a_version_left_out_and_added() -> None:
    """Sentences that only one of two versions has are named, each in its own text."""
    added = "通车首日有志愿者在桥头引导行人。"
    made = story(FIRST + SECOND + "\n" + THIRD, FIRST + "\n" + THIRD, FIRST + SECOND + THIRD + added)

    assert told(made) == [([SECOND], [], []), ([], [added], [])]


def test_an_edited_sentence_is_a_change() -> None:
    """A sentence that was edited stands beside the one it was made of."""
    edited = THIRD.replace("8分钟", "18分钟")

    assert told(story(FIRST + THIRD, FIRST + edited)) == [([], [], [(THIRD, edited)])]


@pytest.mark.parametrize(
    "same",
    [
        "新华社云州4月2日电　" + FIRST + SECOND + THIRD,
        (FIRST + SECOND + THIRD).replace("，", ",").replace("3.6", "３．６"),
        FIRST.replace("桥", "橋").replace("总", "總").replace("资", "資").replace("亿", "億")
        + SECOND.replace("设", "設").replace("后", "後").replace("难题", "難題").replace("桥", "橋")
        + THIRD.replace("桥", "橋").replace("区", "區").replace("时间", "時間").replace("缩", "縮"),
        THIRD + FIRST + SECOND,
        FIRST + "\n" + SECOND + "\n" + THIRD,
    ],
    ids=["dateline", "width", "script", "order", "paragraphs"],
)
def test_what_makes_no_difference(same: str) -> None:
    """A dateline, width and marks, script, order and paragraphs are no difference."""
    assert told(story(FIRST + SECOND + THIRD, same)) == [([], [], [])]


def test_a_report_told_anew_is_not_set_side_by_side() -> None:
    """Where hardly a sentence is shared there is nothing to compare."""
    anew = "昨天的云州，江上多了一座桥。记者在桥头看到，市民排起长队。"
    (found,) = differences(story(FIRST + SECOND + THIRD, anew))

    assert found.is_told_anew
    assert (found.left_out, found.added, found.changed) == ((), (), ())


def test_a_story_of_one_version_has_no_differences() -> None:
    """There is nothing to compare a single version with."""
    assert differences(story(FIRST)) == ()


@pytest.mark.parametrize("text", ["", "。" * 9000, "中" * 60_000, "句子。" * 5000, "\ud800\0"])
def test_hostile_versions_are_compared(text: str) -> None:
    """Empty, endless and repeated text gives a difference for every version and no error."""
    assert len(differences(story(FIRST + SECOND, text, text + FIRST))) == 2


def test_long_versions_are_compared_to_a_limit() -> None:
    """Behind so many sentences nothing is compared, and nothing is said to be left out."""
    text = "".join(f"第{n}号楼已经验收完毕，可以交付。" for n in range(MAX_SENTENCES + 50))

    assert told(story(text, text)) == [([], [], [])]
