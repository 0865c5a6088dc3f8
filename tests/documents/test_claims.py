"""Claims: who says it, how sure, and of what kind."""

from __future__ import annotations

import pytest

from keisei.documents import read_text
from keisei.documents.certainty import modality


@pytest.mark.parametrize(
    ("words", "strength", "polarity"),
    [
        ("ロシアは技術を供与するだろう。", "likely", "affirmed"),
        ("戦場での変革にはつながらないだろう。", "likely", "negated"),
        ("核関連ノウハウを譲渡することは考えにくい。", "unlikely", "affirmed"),
        ("同盟に発展する可能性は低い。", "unlikely", "affirmed"),
        ("連携の強化には繋がらないのではないかと考える。", "unlikely", "affirmed"),
        ("ミサイルを保有することを好むかもしれない。", "possible", "affirmed"),
        ("均衡を崩しかねない。", "possible", "affirmed"),
        ("合意に至る可能性がある。", "possible", "affirmed"),
        ("合意に至る可能性が高い。", "likely", "affirmed"),
        ("両国は全面的に信頼してはいない。", "certain", "negated"),
        ("関係は急速に深まった。", "certain", "affirmed"),
        ("供与を受けた可能性も排除できない。", "possible", "affirmed"),
        ("同盟を結ぶ公算は小さい。", "unlikely", "affirmed"),
        ("新たな決議の採択は難しいとみられる。", "unlikely", "affirmed"),
        ("全土が射程に入り得る。", "possible", "affirmed"),
        ("昨年終わるはずだった工事は続いている。", "certain", "affirmed"),
    ],
)
def test_strength_is_kept_apart_from_polarity(words: str, strength: str, polarity: str) -> None:
    assert modality(words) == (strength, polarity)


@pytest.mark.parametrize(
    ("text", "speaker", "kind", "strength"),
    [
        (
            "ラブロフ外相は「北朝鮮の非核化は終わった問題であり、議論の余地はない」と述べた。",
            "LAVROV_SERGEI",
            "assessment",
            "certain",
        ),
        (
            "趙通上級研究員は、中国は北朝鮮の核保有を事実上受け入れる方向に動いていると指摘した。",
            "ZHAO_TONG",
            "assessment",
            "certain",
        ),
        ("戦争が終われば、ロシアは北朝鮮への関心を失うだろう。", "AUTHOR", "conditional_forecast", "likely"),
        ("米国は北朝鮮と接触すべきだ。", "AUTHOR", "advice", "certain"),
        ("北朝鮮の狙いは技術にあると筆者は考える。", "AUTHOR", "assessment", "certain"),
        (
            "北朝鮮は約50発の核弾頭を保有していると、ストックホルム国際平和研究所(SIPRI)は推定している。",
            "SIPRI",
            "assessment",
            "certain",
        ),
    ],
)
def test_a_claim_has_its_voice_kind_and_strength(text: str, speaker: str, kind: str, strength: str) -> None:
    claim = read_text(text, language="ja").claims[0]
    assert (claim.speaker, claim.kind, claim.modality) == (speaker, kind, strength)


def test_hearsay_without_a_name_carries_the_last_named_source() -> None:
    text = "韓国統一研究院は労働者の実態を報告している。外貨は核開発に使われているという。"
    assert read_text(text).claims[-1].speaker == "KINU"


def test_an_authors_own_hedge_is_the_authors() -> None:
    assert read_text("米朝交渉の失敗は大きな痛手だったという。").claims[0].speaker == "AUTHOR"


def test_he_is_the_one_quoted_before() -> None:
    text = "趙通氏は「中国の政策は大きく変わりつつある」と指摘した。「北京の優先順位は下がった可能性がある」と同氏は語った。"  # noqa: E501
    assert [c.speaker for c in read_text(text).claims] == ["ZHAO_TONG", "ZHAO_TONG"]


def test_a_sentence_that_only_tells_what_happened_is_no_claim() -> None:
    assert read_text("2023年9月13日、プーチン大統領は金正恩総書記と会談した。").claims == ()


def test_the_article_inside_a_blog_speaks_with_its_own_author() -> None:
    text = (
        "古村治彦です。\n\n北朝鮮はしたたかな国家である。\n\n(貼り付けはじめ)\n\nジョン・スミス筆\n\n2023年9月15日\n\n"
        "『フォーリン・ポリシー』誌\n\nロシアは孤立を深めている。\n\n(貼り付け終わり)\n"
    )
    reading = read_text(text)
    assert reading.provenance.kind == "blog_with_translation"
    assert [c.speaker for c in reading.claims] == ["AUTHOR", "SUMISU_JON"]
    assert [(h.role, h.author) for h in reading.provenance.chain][:2] == [
        ("original", "ジョン・スミス"),
        ("translation", "古村治彦"),
    ]


SPOKEN = [
    "「制裁は効いていない。北朝鮮は輸出を増やすだろう」。ソウル平和研究所の李明浩研究員はこう指摘する。",
    "ソウル平和研究所の李明浩研究員は、制裁は効いていないとみる。「北朝鮮は輸出を増やすだろう」",
    "ソウル平和研究所の李明浩研究員はこう話す。「制裁は効いていない。北朝鮮は輸出を増やすだろう」",
    "李明浩研究員は懐疑的だ。同氏によれば、制裁は効いていない。",
]


@pytest.mark.parametrize("text", SPOKEN)
def test_a_quotation_that_stands_alone_has_the_speaker_beside_it(text: str) -> None:
    claims = read_text(text).claims
    assert claims
    assert {c.speaker for c in claims if c.rule != "C-voice"} == {
        e.id for e in read_text(text).entities if e.type == "person"
    }


def test_what_one_concedes_and_what_one_says_are_two_claims() -> None:
    text = "趙通氏は、同盟に発展することは考えにくいとしながらも、軍事協力が深まる可能性はあると指摘した。"
    assert [(c.speaker, c.modality) for c in read_text(text).claims] == [
        ("ZHAO_TONG", "unlikely"),
        ("ZHAO_TONG", "possible"),
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("米国防総省は、約1万人の兵士が派遣されたと推計している。", "PENTAGON"),
        ("北朝鮮外務省は、国連決議に違反するとして演習を強く非難した。", "PRK_MFA"),
        ("韓国国防省は、新型のミサイルである可能性があるとみて分析を進めている。", "KOR_MND"),
        ("朝鮮中央通信は、金正恩総書記が核戦力を決して手放さないと述べたと伝えた。", "KIM_JONG_UN"),
        ("中国外務省の報道官は、問題は対話で解決すべきだとの立場を繰り返した。", "CHN_MFA_SPOKESPERSON"),
    ],
)
def test_a_body_weighs_blames_and_repeats(text: str, speaker: str) -> None:
    assert read_text(text).claims[0].speaker == speaker


@pytest.mark.parametrize(
    "text",
    [
        "首相の訪朝は16年ぶりとなる。",
        "発射は今年10回目だ。",
        "本稿では両国関係の歩みを振り返りたい。",
        "(写真は発射の様子である)",
    ],
)
def test_a_record_and_a_signpost_are_no_claims(text: str) -> None:
    assert read_text(text).claims == ()


def test_she_is_the_person_whom_the_text_turned_to_last() -> None:
    text = (
        '"It will hold," said Jenny Mill, director of a programme. Laura Stone, a former negotiator, was less sure. '
        "She argued that the pact was weak and that Moscow might break it."
    )
    claims = read_text(text, language="en").claims
    assert [(c.speaker, c.modality) for c in claims if c.speaker == "STONE_LAURA"] == [
        ("STONE_LAURA", "certain"),
        ("STONE_LAURA", "possible"),
    ]


def test_an_accusation_is_the_accusers_claim() -> None:
    claims = read_text("Japan accused Iran of arming Russia.", language="en").claims
    assert [(c.speaker, c.kind) for c in claims] == [("JPN", "assessment")]


def test_english_hedges_and_speakers() -> None:
    text = (
        "Zhao Tong, a senior fellow, said Pyongyang is unlikely to disarm. If the war ends, Moscow may lose interest."
    )
    claims = read_text(text, language="en").claims
    assert [(c.speaker, c.modality, c.kind) for c in claims] == [
        ("ZHAO_TONG", "unlikely", "forecast"),
        ("AUTHOR", "possible", "conditional_forecast"),
    ]
