"""A translation with a preface has two voices and two days; acts told without the word for them are read."""

from __future__ import annotations

import pytest

from keisei.documents import read_text
from keisei.documents.certainty import modality

PREFACED = """【翻訳】川の国の選択

訳者まえがき

 アルカディアの論壇で話題になった論考である。訳者も同じ懸念を抱いている。(森田千尋、2025年9月16日)

川の国の選択

ジョン・ハートウェル(北方研究所上席研究員)
『リバーズ・レビュー』誌、2025年9月12日

 先週の合意は長く続くまい。中国は次の会談を急がないだろう。

(訳注)原文の図は省いた。
"""


def test_a_prefaced_translation_belongs_to_its_author_from_the_byline_on() -> None:
    found = read_text(PREFACED)
    assert found.provenance.kind == "translation"
    assert [(hand.role, hand.author, hand.date) for hand in found.provenance.chain] == [
        ("original", "ジョン・ハートウェル", "2025-09-12"),
        ("translation", "森田千尋", "2025-09-16"),
    ]
    speakers = {found.text[c.start : c.end][:4]: c.speaker for c in found.claims}
    assert speakers["中国は次"] == "HATOWERU_JON"
    week = next(d for d in found.dates if found.text[d.start : d.end] == "先週")
    assert week.value is not None
    assert week.value.startswith("2025-09-01"), "the week before the article, not before its translation"


@pytest.mark.parametrize(
    ("said", "degree"),
    [
        ("供給網は解体されまい。", "likely"),
        ("そうなるとは誰にも言い切れない。", "possible"),
        ("採択できるかは微妙だろう。", "possible"),
    ],
)
def test_guarded_words_are_no_certainty(said: str, degree: str) -> None:
    assert modality(said)[0] == degree


def events(text: str) -> list[tuple[str, str]]:
    return [(e.plover, e.instrument) for e in read_text(text, published="2025-11-01").events]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("北朝鮮は核実験を停止した。", ("CONCEDE", "nuclear_test")),
        ("米国は石炭の禁輸を緩めた。", ("CONCEDE", "trade")),
        ("ロシアとウクライナの停戦が成立した。", ("RETREAT", "war")),
        ("EUは北朝鮮の高官の資産を凍結した。", ("SANCTION", "finance")),
        ("ロシア外務省は確認を避けた。", ("REJECT", "statement")),
        ("韓国の首相が辞任した。", ("RETREAT", "other")),
        ("北朝鮮はロシアに砲弾を輸出した。", ("AID", "arms_transfer")),
    ],
)
def test_acts_are_read_by_what_is_done(text: str, wanted: tuple[str, str]) -> None:
    assert wanted in events(text)


def test_an_act_told_by_a_word_and_its_sentence_is_one_event() -> None:
    assert events("北朝鮮外務省は報告書を「でっち上げ」と一蹴した。").count(("REJECT", "denial")) == 1


def test_a_name_keeps_its_reading_and_a_plan_its_quotation_marks() -> None:
    found = read_text("板門店(パンムンジョム)で会談した。ガスパイプライン「東の力2」の建設が始まる。")
    forms = {form for forms in found.surfaces.values() for form in forms}
    assert {"パンムンジョム", "板門店(パンムンジョム)", "東の力2", "ガスパイプライン「東の力2」"} <= forms
