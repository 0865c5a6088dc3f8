"""General ways of telling acts: pacts by name, clefts, envoys, plain words of officials, dates beside who speaks."""

from __future__ import annotations

import pytest
from readings import coded, found

JAPANESE = [
    # pacts by their names, resolutions by what they lay on
    ("米国と北朝鮮は対話に戻った。1994年の米朝枠組み合意は長く持たなかった。", "AGREE", "treaty", {"USA", "PRK"}, {"USA", "PRK"}),  # noqa: E501
    ("中国と北朝鮮は疎遠だ。中朝友好協力相互援助条約は2021年に延長された。", "AGREE", "treaty", {"CHN", "PRK"}, {"CHN", "PRK"}),  # noqa: E501
    ("決議2375号は、北朝鮮への石油精製品の上限を定め、繊維の輸出を禁じた。", "SANCTION", "sanction_resolution", {"UNSC"}, {"PRK"}),  # noqa: E501
    # who shows arms, who is singled out, who is robbed
    ("インドの首相は去年、赤の広場でのパレードに出席した。", "MOBILIZE", "parade", {"RUS"}, set()),
    ("取引所から暗号資産を奪ったのは北朝鮮だ。", "COERCE", "finance", {"PRK"}, set()),
    ("スーダン政府は、イランが反乱勢力に無人機を流していると非難した。", "ACCUSE", "statement", {"SDN"}, {"IRN"}),
    # journeys by everyday verbs, one who is sent to speak
    ("マクロン大統領は3月にカイロへ飛んだ。", "CONSULT", "visit", {"MACRON_EMMANUEL"}, {"EGY"}),
    ("中国は王毅外相を平壌に送り込んだ。", "CONSULT", "visit", {"WANG_YI"}, {"PRK"}),
    # plain words that take a side
    ("ロシアのラブロフ外相は、追加の制裁は何の役にも立たないと述べた。", "REJECT", "statement", {"LAVROV_SERGEI"}, set()),  # noqa: E501
    ("中国外務省の報道官は「状況を把握していない」と述べた。", "REJECT", "statement", {"CHN_MFA_SPOKESPERSON"}, set()),
    ("トランプ大統領は、金正恩氏とは仲がいいと語った。", "SUPPORT", "statement", {"TRUMP_DONALD"}, {"KIM_JONG_UN"}),
    # what is refused or let be tells the instrument
    ("ロシアは専門家パネルの任期を延長する決議案を葬った。", "REJECT", "veto", {"RUS"}, set()),
    ("中国は北朝鮮からの石炭の輸入を黙認した。", "CONCEDE", "trade", {"CHN"}, {"PRK"}),
    ("ロシア外務省は取引の存在を認めなかった。", "REJECT", "denial", {"RUS_MFA"}, set()),
    # classes of what is done with what
    ("米国は中国の船に入港料を課した。", "SANCTION", "trade", {"USA"}, {"CHN"}),
    ("フランスはチャドから部隊を引き上げた。", "RETREAT", "troop_deployment", {"FRA"}, {"TCD"}),
    # whoever speaks right before the words says them
    ("韓国軍は証拠を示したが、ロシア大統領府のペスコフ報道官は「作り話だ」と取り合わなかった。",
     "REJECT", "denial", {"PESKOV_DMITRY"}, set()),
    ("フィリピンは中国海警局の船が放水したと非難した。", "ACCUSE", "statement", {"PHL"}, {"CHN_COAST_GUARD"}),
    # words of anger and a charge answered with a charge
    ("チャドの大統領がいる。ウクライナのゼレンスキー大統領は「ドイツは傍観している」と不満をぶちまけた。",
     "ACCUSE", "statement", {"ZELENSKY_VOLODYMYR"}, {"DEU"}),
    ("ロシアは米国の制裁こそ緊張の原因だと反論した。", "ACCUSE", "statement", {"RUS"}, set()),
    # forces, bases, offices, bodies
    ("石破茂首相は7日、退陣を表明した。", "RETREAT", "statement", {"ISHIBA_SHIGERU"}, set()),
    ("ポーランド軍の部隊がリトアニアの国境を越えた。", "ASSAULT", "war", {"POL_ARMED_FORCES"}, {"LTU"}),
    # likeness to the act before, a headline
    ("北朝鮮はロシアに武器を送った。イランもこれにならった。", "AID", "arms_transfer", {"IRN"}, {"RUS"}),
]  # fmt: skip

ENGLISH = [
    ("Niger showed the American soldiers the door.", "SANCTION", "other", {"NER"}, {"USA_SOLDIERS"}),
    ("Rwanda and Burundi traded gunfire on Sunday.", "ASSAULT", "war", {"RWA", "BDI"}, {"RWA", "BDI"}),
    ("Norway footed the bill for Moldova.", "AID", "finance", {"NOR"}, {"MDA"}),
    ("Russian Foreign Minister Sergei Lavrov said the American demand was out of the question.",
     "REJECT", "statement", {"LAVROV_SERGEI"}, {"USA"}),
    ("Putin said Kim Jong Un was a close friend.", "SUPPORT", "statement", {"PUTIN_VLADIMIR"}, {"KIM_JONG_UN"}),
    ('"There is no truth in it," Kremlin spokesman Dmitry Peskov said.', "REJECT", "denial", {"PESKOV_DMITRY"}, set()),
    ("The two leaders spoke. Signed by Barack Obama and Dmitry Medvedev in Prague, it caps the arsenals.",
     "AGREE", "treaty", {"OBAMA_BARACK", "MEDVEDEV_DMITRY"}, {"OBAMA_BARACK", "MEDVEDEV_DMITRY"}),
    ("Vladimir Putin suspended Russia's participation.", "REJECT", "treaty", {"PUTIN_VLADIMIR"}, set()),
    ("At a parade in Pyongyang, North Korea unveiled a new missile.", "MOBILIZE", "parade", {"PRK"}, set()),
    ("China and Canada agreed a truce on tariffs.", "AGREE", "trade", {"CHN", "CAN"}, {"CHN", "CAN"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "plover", "instrument", "sources", "targets"), JAPANESE)
def test_a_japanese_act_is_told_this_way(
    text: str, plover: str, instrument: str, sources: set[str], targets: set[str]
) -> None:
    assert (plover, instrument, sources, targets) in coded(text)


@pytest.mark.parametrize(("text", "plover", "instrument", "sources", "targets"), ENGLISH)
def test_an_english_act_is_told_this_way(
    text: str, plover: str, instrument: str, sources: set[str], targets: set[str]
) -> None:
    assert (plover, instrument, sources, targets) in coded(text, "en")


def test_a_statement_bears_the_date_beside_who_makes_it() -> None:
    events = found("韓国の国家情報院は2025年4月、北朝鮮が前年10月に兵士をロシアへ送ったと明らかにした。")
    assert [e.date for e in events if e.plover == "ACCUSE"] == ["2025-04"]


def test_an_act_on_two_days_is_two_acts() -> None:
    events = found("北朝鮮は2012年12月と2016年2月に人工衛星を打ち上げた。")
    assert sorted(e.date or "" for e in events) == ["2012-12", "2016-02"]


def test_a_launch_that_is_only_named_has_no_doer_from_afar() -> None:
    events = found("度重なるミサイルの発射を受けて、安保理は会合を開いた。")
    assert [e.sources for e in events if e.instrument == "missile_test"] in ([], [()])


@pytest.mark.parametrize(
    "text",
    [
        "研究所のスミス上席研究員は、制裁は役に立たないと述べた。",
        "石油の値段は十ドルに届いた。",
        "彼は駅に着いた。",
        "1994年の本は品切れだ。",
    ],
)
def test_this_tells_of_no_act(text: str) -> None:
    assert coded(text) == []
