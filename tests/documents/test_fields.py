"""Acts of the fields that newspapers tell of beside war and summits: ships, goods, courts; and who is named there."""

from __future__ import annotations

import pytest

from keisei.documents import read_text

JAPANESE = "2025年7月8日\n\n中国、日本、米国、ロシアの関係が動いている。"
ENGLISH = "8 July 2025\n\n"


def _codes(text: str) -> set[tuple[str, str]]:
    return {(e["plover"], e["instrument"]) for e in read_text(text).to_json()["events"]}


def _forms(text: str) -> dict[str, str]:
    return {s: e["id"] for e in read_text(text).to_json()["entities"] for s in e["surfaces"]}


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("中国海警局の船がフィリピンの補給船に放水した。", ("COERCE", "other")),
        ("中国は実力でフィリピンの補給を妨げた。", ("COERCE", "other")),
        ("航空自衛隊の戦闘機が緊急発進した。", ("MOBILIZE", "other")),
        ("中国の空母が宮古海峡を通過した。", ("MOBILIZE", "troop_deployment")),
        ("ベトナムは岩礁の埋め立てを急いだ。", ("MOBILIZE", "other")),
        ("中国は日本産水産物の輸入規制を緩めた。", ("CONCEDE", "trade")),
        ("日本は韓国への輸出手続きを厳格化した。", ("SANCTION", "trade")),
        ("韓国は日本を世界貿易機関(WTO)に提訴した。", ("ACCUSE", "trade")),
        ("韓国は日本に対する提訴を取り下げた。", ("RETREAT", "other")),
        ("韓国大統領府は国家安全保障会議の常任委員会を開いた。", ("CONSULT", "meeting")),
        ("タイ政府は国境地帯に戒厳令を敷いた。", ("COERCE", "other")),
        ("中国はミャンマーに救援隊を派遣した。", ("AID", "economic_aid")),
        ("フィリピンの大統領は対中融和路線を捨てた。", ("REJECT", "other")),
        ("日印首脳会談は、東京の首相官邸で約1時間行われた。", ("CONSULT", "summit")),
        ("ロシアの空爆で市民12人が死亡した。", ("ASSAULT", "war")),
    ],
)
def test_a_japanese_sentence_of_a_field_tells_its_act(sentence: str, code: tuple[str, str]) -> None:
    assert code in _codes(JAPANESE + sentence)


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("China partly lifted its ban on Japanese seafood.", ("CONCEDE", "trade")),
        ("Russia followed with its own restrictions.", ("SANCTION", "trade")),
        ("Japan took its complaint against China to the World Trade Organization.", ("ACCUSE", "trade")),
        ("Chinese ships blocked a Philippine resupply mission.", ("COERCE", "other")),
        ("Japan scrambled fighter jets.", ("MOBILIZE", "other")),
        ("India is financing Mongolia's first refinery.", ("AID", "finance")),
        ("The United States withdrew from the Paris Agreement.", ("REJECT", "treaty")),
        ("Thailand declared martial law along the border with Cambodia.", ("COERCE", "other")),
        ("China said it had lifted its ban on Australian wine.", ("CONCEDE", "statement")),
    ],
)
def test_an_english_sentence_of_a_field_tells_its_act(sentence: str, code: tuple[str, str]) -> None:
    assert code in _codes(ENGLISH + sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The IAEA said the plan met global safety standards.",
        "China asked not to be named in the report.",
        "I met an official of China in June.",
    ],
)
def test_standards_met_and_names_withheld_are_no_meeting_and_no_request(sentence: str) -> None:
    assert not {code for code, _ in _codes(ENGLISH + sentence)} & {"CONSULT", "REQUEST"}


def test_a_world_body_before_which_a_case_is_brought_is_not_the_one_charged() -> None:
    reading = read_text(ENGLISH + "Japan took its complaint to the World Trade Organization.").to_json()
    assert all("WTO" not in e["targets"] for e in reading["events"])


def test_a_predicate_has_its_company_in_its_own_clause() -> None:
    told = read_text(JAPANESE + "中国は抑制的な措置だったと反論し、責任を日本に負わせた。").to_json()["events"]
    assert ("REJECT", "denial") in {(e["plover"], e["instrument"]) for e in told}


def test_a_ship_is_named_by_kind_and_name_and_taken_up() -> None:
    forms = _forms(JAPANESE + "揚陸艦シエラマドレは座礁した。中国は同艦の撤去を求めた。")
    assert forms["揚陸艦シエラマドレ"] == forms["シエラマドレ"] == forms["同艦"]


def test_bodies_of_a_state_in_english_are_told_apart() -> None:
    text = ENGLISH + "The Philippine coast guard told the Philippine embassy that the Philippine navy had sailed."
    forms = _forms(text)
    names = {forms[s] for s in ("Philippine coast guard", "Philippine embassy", "Philippine navy")}
    assert len(names) == 3


def test_states_joined_with_the_philippines_or_italy_are_each_a_party() -> None:
    events = read_text(JAPANESE + "日米比首脳会談がワシントンで開かれた。").to_json()["events"]
    assert any({"JPN", "USA", "PHL"} <= set(e["sources"]) for e in events)


def test_an_article_behind_an_editors_lead_is_its_authors() -> None:
    text = (
        "【海外論考】海の行方\n\n2026年8月2日 編集部\n\n緩和の兆しが出ている。"
        "現地の雑誌に載った論考を訳して紹介する。\n\n"
        "マニラの選択\n\nリサ・サントス\n『サンプル・フォーラム』誌 2026年7月30日\n\n"
        "今月8日、フィリピンは日本と協定に署名した。中国は譲歩しないだろう。マニラは備えを急ぐべきだ。\n\n(訳・編集部)\n\n"
        "著者リサ・サントス氏はマニラの研究機関の上級研究員。元外交官で、現職。\n"
    )
    reading = read_text(text).to_json()
    said = {c["quote"]: c["speaker"] for c in reading["claims"]}
    assert {who for quote, who in said.items() if "譲歩" in quote or "備え" in quote} == {"SANTOSU_RISA"}
    assert not any("現職" in quote for quote in said)
    assert "2026-07-08" in {d["value"] for d in reading["dates"]}


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("「誰も買わない」", None),
        ("東都大学の高橋健一教授は、中国の譲歩には懐疑的だ。", "TAKAHASHI_KENICHI"),
        ("東都大学の高橋健一教授が指摘するように、中国は簡単には譲歩しない。", "TAKAHASHI_KENICHI"),
        ("東都大学の高橋健一教授は取材に対し、中国は譲歩しないとの見通しを示した。", "TAKAHASHI_KENICHI"),
    ],
)
def test_a_scholar_who_leans_or_answers_an_interviewer_is_heard(sentence: str, who: str | None) -> None:
    speakers = {c["speaker"] for c in read_text("2025年7月8日\n\n" + sentence).to_json()["claims"]}
    assert who in speakers if who else "TAKAHASHI_KENICHI" not in speakers


@pytest.mark.parametrize(
    ("sentence", "form"),
    [
        ('"Nobody wants to buy the coal this year," said a coal trader in Dandong.', "coal trader"),
        ('An economist I met in Dandong put it bluntly: "Moscow only has to delay a train."', "economist"),
    ],
)
def test_an_english_speaker_without_a_name_is_somebody(sentence: str, form: str) -> None:
    reading = read_text(ENGLISH + sentence).to_json()
    code = {s: e["id"] for e in reading["entities"] for s in e["surfaces"]}[form]
    assert code in {c["speaker"] for c in reading["claims"]}


@pytest.mark.parametrize(
    ("text", "quote", "value", "unit"),
    [
        ("2025年7月8日\n\n首脳は約1時間25分会談した。", "約1時間25分", 85, "minute"),
        ("2025年7月8日\n\n37都道府県の水産物を輸入した。", "37都道府県", 37, "count"),
        ("2025年7月8日\n\n費用は700億トゥグルグだった。", "700億トゥグルグ", 70_000_000_000, "MNT"),
        ("2025年7月8日\n\nマグニチュード7.8の地震が起きた。", "マグニチュード7.8", 7.8, "magnitude"),
        ("2025年7月8日\n\n水温は摂氏28度だった。", "28度", 28, "degree Celsius"),
        ("8 July 2025\n\nThe line will run for three decades.", "three decades", 30, "year"),
        ("8 July 2025\n\nIt sent half a million tonnes of rice.", "half a million tonnes", 500_000, "tonne"),
        ("8 July 2025\n\nThey talked for two hours and ten minutes.", "two hours and ten minutes", 130, "minute"),
        ("8 July 2025\n\nThe ban ended nearly two years after it began.", "nearly two years", 2, "year"),
    ],
)
def test_lengths_money_and_measures_of_the_world_are_quantities(text: str, quote: str, value: float, unit: str) -> None:
    found = {q["quote"]: (q["value"], q["unit"]) for q in read_text(text).to_json()["quantities"]}
    assert found[quote] == (value, unit)
