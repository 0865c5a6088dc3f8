"""Families of acts: what is done with which thing, refusals without the word, officials' words."""

from __future__ import annotations

import pytest

from keisei.documents import read_text

JAPANESE = [
    # seen, met, received
    ("ベラルーシのルカシェンコ大統領は赤の広場の観閲席に座った。", "CONSULT", "parade", {"LUKASHENKO_ALEXANDER"}, set()),  # noqa: E501
    ("岸田首相は電話でゼレンスキー大統領に支援を伝えた。", "CONSULT", "other", {"KISHIDA_FUMIO", "ZELENSKY_VOLODYMYR"}, {"KISHIDA_FUMIO", "ZELENSKY_VOLODYMYR"}),  # noqa: E501
    ("プーチン大統領は9月に北京に入った。", "CONSULT", "visit", {"PUTIN_VLADIMIR"}, {"CHN"}),
    # closer, praised, kept
    ("キューバは半世紀にわたって北朝鮮と友好関係にあった。", "SUPPORT", "other", {"CUB", "PRK"}, {"CUB", "PRK"}),
    ("中国は北朝鮮との条約を守っている。", "SUPPORT", "treaty", {"CHN"}, {"PRK"}),
    ("モスクワはこの年、平壌をいっそう引き寄せた。", "SUPPORT", "other", {"RUS"}, set()),
    # given up
    ("米韓は2018年夏の合同演習を取りやめた。", "CONCEDE", "exercise", {"KOR", "USA"}, set()),
    ("韓国は軍事境界線での拡声器放送をやめた。", "CONCEDE", "other", {"KOR"}, set()),
    ("ロシア軍は4月、北朝鮮軍の参戦を初めて認めた。", "CONCEDE", "statement", {"RUS_ARMED_FORCES"}, set()),
    ("米国は北朝鮮への先制攻撃の選択肢を引っ込めた。", "CONCEDE", "other", {"USA"}, {"PRK"}),
    ("北朝鮮は国境を開け、自国民の帰国を許した。", "CONCEDE", "other", {"PRK"}, set()),
    # things that go over
    ("ロシアは見返りに防空ミサイルの技術を与えた。", "AID", "technology_transfer", {"RUS"}, set()),
    ("韓国は米国に砲弾50万発を貸した。", "AID", "arms_transfer", {"KOR"}, {"USA"}),
    ("ロシア軍が撃つ砲弾の半分は北朝鮮製だ。", "AID", "arms_transfer", {"PRK"}, {"RUS_ARMED_FORCES"}),
    ("日本はモンゴルに5億円の無償資金協力を行った。", "AID", "economic_aid", {"JPN"}, {"MNG"}),
    ("平壌は代金を弾薬で支払っている。", "AID", "arms_transfer", {"PRK"}, set()),
    ("平壌とモスクワを結ぶ直通列車が4年ぶりに走り出した。", "COOPERATE", "trade", {"PRK", "RUS"}, {"PRK", "RUS"}),
    ("数千人の北朝鮮労働者が学生ビザで極東に渡った。", "COOPERATE", "labour", {"PRK_WORKERS"}, set()),
    # asked, refused, left out
    ("トランプ大統領は金正恩氏に再会を持ちかけた。", "REQUEST", "summit", {"TRUMP_DONALD"}, {"KIM_JONG_UN"}),
    ("中国は安保理に決議案を出した。", "REQUEST", "sanction_resolution", {"CHN"}, {"UNSC"}),
    ("金与正氏は「米国と向き合うことはない」と言い放った。", "REJECT", "statement", {"KIM_YO_JONG"}, {"USA"}),
    ("北朝鮮は韓国からの電話に出なくなった。", "REJECT", "other", {"PRK"}, {"KOR"}),
    ("米国は2018年に核合意から一方的に抜けた。", "REJECT", "treaty", {"USA"}, set()),
    # reported of others, threatened
    ("韓国国防省は、北朝鮮がさらに3千人を派遣したとの分析を示した。", "ACCUSE", "statement", {"KOR_MND"}, {"PRK"}),
    ("米司法省は、北朝鮮の労働者が身分を偽っていたと発表した。", "ACCUSE", "statement", {"US_DOJ"}, {"PRK"}),
    ("ロシアは西側の部隊を正当な標的にすると言明した。", "THREATEN", "statement", {"RUS"}, {"WEST"}),
    # held back
    ("ポーランドはベラルーシとの国境の検問所を閉めた。", "SANCTION", "trade", {"POL"}, {"BLR"}),
    ("欧州連合は第19次の対ロ制裁パッケージを承認した。", "SANCTION", "other", {"EU"}, {"RUS"}),
    # arms, force, votes
    ("ロシアはベラルーシに新型の中距離ミサイルを据えた。", "MOBILIZE", "other", {"RUS"}, set()),
    ("北朝鮮は3度目にして偵察衛星を軌道に乗せた。", "MOBILIZE", "satellite_launch", {"PRK"}, set()),
    ("ロシアはウクライナの子どもを連れ去った。", "COERCE", "other", {"RUS"}, {"UKR"}),
    ("ロシアは一晩に800機の無人機をウクライナに放った。", "ASSAULT", "war", {"RUS"}, {"UKR"}),
    ("ソ連軍は1948年に北朝鮮から引いた。", "RETREAT", "troop_deployment", {"SUN_ARMED_FORCES"}, {"PRK"}),
    ("トランプ氏が大統領に返り咲いた。", "SUPPORT", "election", {"TRUMP_DONALD"}, set()),
]  # fmt: skip
ENGLISH = [
    ("China stopped buying Japanese seafood.", "SANCTION", "trade", {"CHN"}, {"JPN"}),
    ("Trump slapped a 50 percent tariff on India.", "SANCTION", "trade", {"TRUMP_DONALD"}, {"IND"}),
    ("The U.S. put North Korea back on its list of state sponsors of terrorism.", "SANCTION", "other", {"USA"}, {"PRK"}),  # noqa: E501
    ("Washington dropped its demand for an inventory.", "CONCEDE", "other", {"USA"}, set()),
    ("The United States and South Korea scaled back their summer drills.", "CONCEDE", "exercise", {"USA", "KOR"}, set()),  # noqa: E501
    ("North Korea freed three American prisoners.", "CONCEDE", "other", {"PRK"}, {"USA"}),
    ("Pyongyang has not replied to the United States.", "REJECT", "statement", {"PRK"}, {"USA"}),
    ("Pyongyang insisted it had never sold arms to Russia.", "REJECT", "denial", {"PRK"}, {"RUS"}),
    ("China's readout made no mention of denuclearisation.", "REJECT", "readout", {"CHN"}, set()),
    ("China and Russia circulated a draft resolution easing sanctions.", "REQUEST", "sanction_resolution", {"CHN", "RUS"}, set()),  # noqa: E501
    ("Two-way trade between China and North Korea reached $2.2 billion.", "COOPERATE", "trade", {"CHN", "PRK"}, {"CHN", "PRK"}),  # noqa: E501
    ("Chinese tankers brought diesel to North Korea.", "COOPERATE", "trade", {"CHN"}, {"PRK"}),
    ("Russia is helping the North with its reconnaissance satellites.", "AID", "technology_transfer", {"RUS"}, set()),
    ("North Korea funnelled artillery shells to Russia.", "AID", "arms_transfer", {"PRK"}, {"RUS"}),
    ("China sent its premier, Li Qiang, to Pyongyang.", "CONSULT", "visit", {"LI_QIANG"}, {"PRK"}),
    ("Putin received her at the Kremlin.", "CONSULT", "visit", {"PUTIN_VLADIMIR"}, set()),
    ("South Korea's spy agency estimated that 600 soldiers had died.", "ACCUSE", "statement", {"KOR_INTELLIGENCE"}, set()),  # noqa: E501
    ("Ukraine's military intelligence says North Korea supplies 40 percent of the shells.", "ACCUSE", "statement", {"UKR_INTELLIGENCE"}, {"PRK"}),  # noqa: E501
    ("Xi Jinping, who welcomed Kim Jong Un to Beijing, praised North Korea.", "SUPPORT", "statement", {"XI_JINPING"}, {"PRK"}),  # noqa: E501
    ("Russian drones wrecked a power plant in Odesa.", "ASSAULT", "war", {"RUS"}, set()),
    ("North Korean hackers made off with $1.5 billion from Bybit.", "COERCE", "finance", {"PRK_HACKERS"}, {"BYBIT"}),
]  # fmt: skip


def coded(text: str, language: str) -> list[tuple[str, str, set[str], set[str]]]:
    found = read_text(text, language=language).events
    return [(e.plover, e.instrument, set(e.sources), set(e.targets)) for e in found]


@pytest.mark.parametrize(("text", "plover", "instrument", "sources", "targets"), JAPANESE)
def test_a_japanese_act_is_read_by_its_family(
    text: str, plover: str, instrument: str, sources: set[str], targets: set[str]
) -> None:
    assert (plover, instrument, sources, targets) in coded(text, "ja")


@pytest.mark.parametrize(("text", "plover", "instrument", "sources", "targets"), ENGLISH)
def test_an_english_act_is_read_by_its_family(
    text: str, plover: str, instrument: str, sources: set[str], targets: set[str]
) -> None:
    assert (plover, instrument, sources, targets) in coded(text, "en")


@pytest.mark.parametrize(
    "text",
    [
        "中国の経済は停滞し、若者の失業率は2割に達した。",
        "この問題について、ロシアの専門家は慎重な見方を崩していない。",
        "中国にとって北朝鮮は緩衝地帯だという見方が根強い。",
        "中国の役割を過大に見積もってはならない。",
        "本稿では、ロ朝関係の歴史を三つの時期に分けて論じる。",
        "ロシアと北朝鮮の国境は17キロメートルしかない。",
        "彼は北京大学で博士号を得た。",
        "米国の製造業は海外の部品に頼っている。",
        "国際社会がどう動くかは、まだ見えない。",
        "Analysts in Seoul disagree about what Kim wants.",
        "American voters care more about prices than about Korea.",
        "The archive in Moscow holds thousands of files.",
        "None of this means that Pyongyang will change.",
        "South Korean films win prizes abroad.",
        "Markets in Tokyo closed higher.",
    ],
)
def test_what_tells_of_no_act_is_none(text: str) -> None:
    assert read_text(text).events == ()


def test_a_subject_left_out_is_not_taken_from_the_sentence_before() -> None:
    event = read_text("ロシアは隣国である。昨年3月には北朝鮮の崔善姫外相を迎えている。", language="ja").events[-1]
    assert (event.plover, event.sources, event.targets) == ("CONSULT", (), ("CHOE_SON_HUI",))


def test_a_verb_without_parties_is_an_act_only_in_a_text_that_names_someone() -> None:
    assert read_text("と会談した。", language="ja").events == ()
    told = read_text("モンゴルは海を持たない。2年後に国境が閉ざされた。", language="ja").events
    assert [(e.plover, e.sources, e.targets) for e in told] == [("SANCTION", (), ())]


def test_who_reckons_what_others_did_is_the_body_that_the_sentence_is_about() -> None:
    found = read_text("同チームは、北朝鮮がロシアに砲弾を引き渡したと指摘した。", language="ja").events
    assert ("ACCUSE", ()) in {(e.plover, e.sources) for e in found}
    assert ("AID", ("PRK",)) in {(e.plover, e.sources) for e in found}


def test_the_war_that_goes_on_is_the_one_the_text_tells_of() -> None:
    text = "ロシアはウクライナと国境を接する。戦闘は長引いている。"
    event = read_text(text, language="ja").events[-1]
    assert (event.plover, event.sources, event.targets) == ("ASSAULT", ("RUS",), ("UKR",))


def test_a_silent_summit_of_another_war_is_not_given_these_sides() -> None:
    text = "ロシアとウクライナは戦っている。朝鮮戦争は1953年に休戦に入った。"
    assert all("UKR" not in e.sources for e in read_text(text, language="ja").events if e.plover == "RETREAT")


def test_a_treaty_in_force_binds_the_states_of_those_who_signed_it() -> None:
    text = "プーチン大統領は金正恩総書記と条約に署名した。条約は12月に発効した。"
    event = read_text(text, language="ja").events[-1]
    assert (event.plover, set(event.sources)) == ("AGREE", {"RUS", "PRK"})
