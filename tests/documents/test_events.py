"""Events: each rule is a sentence about the world; sides, status and instrument come from the words."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from shared import shared

from keisei.documents import read_text
from keisei.documents.events.gates import gate
from keisei.documents.events.rules import notes, rules
from keisei.documents.plover_en import classify
from keisei.documents.tokens import tokenize

JA = [
    ("2023年9月、プーチン大統領は金正恩総書記と会談した。", "CONSULT", "summit", {"PUTIN_VLADIMIR", "KIM_JONG_UN"}, {"PUTIN_VLADIMIR", "KIM_JONG_UN"}, "occurred"),  # noqa: E501
    ("2018年の米朝首脳会談は注目された。", "CONSULT", "summit", {"USA", "PRK"}, {"USA", "PRK"}, "occurred"),
    ("習近平国家主席が訪朝した。", "CONSULT", "visit", {"XI_JINPING"}, {"PRK"}, "occurred"),
    ("ロシアのウクライナ侵攻が始まった。", "ASSAULT", "war", {"RUS"}, {"UKR"}, "occurred"),
    ("中国とロシアは2022年、米国が主導した追加制裁決議案に拒否権を行使した。", "REJECT", "veto", {"CHN", "RUS"}, set(), "occurred"),  # noqa: E501
    ("北朝鮮はロシアに弾薬を供与した。", "AID", "arms_transfer", {"PRK"}, {"RUS"}, "occurred"),
    ("北朝鮮はロシアから技術支援を受けた。", "AID", "technology_transfer", {"RUS"}, {"PRK"}, "occurred"),
    ("北朝鮮からロシアへ砲弾が輸送されたという。", "AID", "arms_transfer", {"PRK"}, {"RUS"}, "reported"),
    ("ロシアは北朝鮮に武器の提供を求めた。", "REQUEST", "arms_transfer", {"RUS"}, {"PRK"}, "occurred"),
    ("ロシアが北朝鮮に技術を供与することになれば、脅威は増す。", "AID", "technology_transfer", {"RUS"}, {"PRK"}, "hypothetical"),  # noqa: E501
    ("北朝鮮は弾道ミサイルを5回発射した。", "MOBILIZE", "missile_test", {"PRK"}, set(), "occurred"),
    ("北朝鮮は軍事偵察衛星の打ち上げに失敗した。", "MOBILIZE", "satellite_launch", {"PRK"}, set(), "occurred"),
    ("北朝鮮は武器取引を否定した。", "REJECT", "denial", {"PRK"}, set(), "occurred"),
    ("北朝鮮とロシアは条約に署名した。", "AGREE", "treaty", {"PRK", "RUS"}, {"PRK", "RUS"}, "occurred"),
    ("ICCはプーチン氏に逮捕状を出した。", "ACCUSE", "arrest_warrant", {"ICC"}, {"PUTIN_VLADIMIR"}, "occurred"),
    ("北朝鮮は1万2000人の兵士をロシアに派遣した。", "AID", "troop_deployment", {"PRK"}, {"RUS"}, "occurred"),
    ("韓国政府は北朝鮮に強く抗議した。", "PROTEST", "statement", {"KOR"}, {"PRK"}, "occurred"),
    ("中国は1992年、韓国と国交を結んだ。", "AGREE", "other", {"CHN", "KOR"}, {"CHN", "KOR"}, "occurred"),
    ("北朝鮮の特殊部隊約500人がロシア極東に移動した。", "AID", "troop_deployment", {"PRK_SPECIAL_FORCES"}, set(), "occurred"),  # noqa: E501
    ("ロシア外務省は砲弾の調達の有無を明言していない。", "REJECT", "statement", {"RUS_MFA"}, set(), "occurred"),
    ("2018年の中朝貿易は24億ドルと前年から減った。", "COOPERATE", "trade", {"CHN", "PRK"}, {"CHN", "PRK"}, "occurred"),
    ("プーチン氏の訪朝は既に計画中だ。", "CONSULT", "visit", {"PUTIN_VLADIMIR"}, {"PRK"}, "planned"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "plover", "instrument", "sources", "targets", "status"), JA)
def test_a_japanese_sentence_is_coded(
    text: str, plover: str, instrument: str, sources: set[str], targets: set[str], status: str
) -> None:
    found = read_text(text, language="ja").events
    match = [e for e in found if (e.plover, e.instrument) == (plover, instrument)]
    assert match, [(e.plover, e.instrument, e.rule) for e in found]
    event = match[0]
    assert (set(event.sources), set(event.targets)) == (sources, targets)
    assert event.status == status


# families of predicates by dictionary form, and sides that no particle of the verb marks
FAMILIES = [
    ("中国は北朝鮮の要請を突っぱねた。", "REJECT", "other", {"CHN"}, {"PRK"}, "occurred"),
    ("北朝鮮は米側の書簡を突き返した。", "REJECT", "other", {"PRK"}, {"USA"}, "occurred"),
    ("中国はロシアと距離を置いた。", "REJECT", "other", {"CHN"}, {"RUS"}, "occurred"),
    ("カザフスタンはロシアの招待を断った。", "REJECT", "statement", {"KAZ"}, {"RUS"}, "occurred"),
    ("北朝鮮は制裁をかいくぐっている。", "REJECT", "sanction_resolution", {"PRK"}, set(), "occurred"),
    ("米国の決定は韓国に冷や水を浴びせた。", "REJECT", "other", {"USA"}, {"KOR"}, "occurred"),
    ("ロシアと北朝鮮の関係に溝が生じた。", "REJECT", "other", {"RUS", "PRK"}, {"RUS", "PRK"}, "occurred"),
    ("中国は北朝鮮に釘を刺した。", "ACCUSE", "statement", {"CHN"}, {"PRK"}, "occurred"),
    ("米国は中国をやり玉に挙げた。", "ACCUSE", "statement", {"USA"}, {"CHN"}, "occurred"),
    ("北朝鮮は韓国に最後通牒を突きつけた。", "THREATEN", "statement", {"PRK"}, {"KOR"}, "occurred"),
    ("ロシアは北朝鮮に頭を下げた。", "REQUEST", "statement", {"RUS"}, {"PRK"}, "occurred"),
    ("インドとパキスタンは手を結んだ。", "AGREE", "other", {"IND", "PAK"}, {"IND", "PAK"}, "occurred"),
    ("トルコはロシアとウクライナの橋渡し役を務めた。", "CONSULT", "other", {"TUR"}, {"RUS", "UKR"}, "occurred"),
    ("トー・ラム書記長は平壌の土を踏んだ。", "CONSULT", "visit", {"TO_LAM"}, {"PRK"}, "occurred"),
    ("韓国は北朝鮮への人道支援を打ち切った。", "SANCTION", "economic_aid", {"KOR"}, {"PRK"}, "occurred"),
    ("中国は北朝鮮への石油の供給を絞った。", "SANCTION", "trade", {"CHN"}, {"PRK"}, "occurred"),
    ("もし米国が制裁を緩めれば、北朝鮮は動く。", "CONCEDE", "sanction_resolution", {"USA"}, set(), "hypothetical"),
    ("ロシアは北朝鮮の要求をのんだ。", "CONCEDE", "other", {"RUS"}, {"PRK"}, "occurred"),
    ("ベラルーシはロシアの後ろ盾となった。", "SUPPORT", "other", {"BLR"}, {"RUS"}, "occurred"),
    ("中国はロシアに肩入れしている。", "SUPPORT", "other", {"CHN"}, {"RUS"}, "occurred"),
    ("ハンガリーはロシアに秋波を送っている。", "SUPPORT", "other", {"HUN"}, {"RUS"}, "occurred"),
    ("ロシアは北朝鮮に防空システムを売り渡した。", "AID", "arms_transfer", {"RUS"}, {"PRK"}, "occurred"),
    ("北朝鮮がロシアに送った砲弾は300万発に上る。", "AID", "arms_transfer", {"PRK"}, {"RUS"}, "occurred"),
    ("ロシアが北朝鮮から受け取った砲弾は多い。", "AID", "arms_transfer", {"PRK"}, {"RUS"}, "occurred"),
    ("中朝貿易が回復した。", "COOPERATE", "trade", {"CHN", "PRK"}, {"CHN", "PRK"}, "occurred"),
    ("ロシアとウクライナは捕虜を交換した。", "COOPERATE", "other", {"RUS", "UKR"}, {"RUS", "UKR"}, "occurred"),
    ("北朝鮮のハッカー集団が暗号資産を盗んだ。", "COERCE", "finance", {"PRK"}, set(), "occurred"),
    ("韓国は中国の漁船を拿捕した。", "COERCE", "other", {"KOR"}, {"CHN"}, "occurred"),
    ("インドはパキスタンと戦火を交えた。", "ASSAULT", "war", {"IND", "PAK"}, {"IND", "PAK"}, "occurred"),
    ("ロシアはEUへのガスの輸送の停止に踏み切った。", "SANCTION", "trade", {"RUS"}, {"EU"}, "occurred"),
    ("中国外務省は、北朝鮮からの石炭の輸入を停止すると発表した。", "SANCTION", "trade", {"CHN"}, {"PRK"}, "reported"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "plover", "instrument", "sources", "targets", "status"), FAMILIES)
def test_a_family_of_predicates_is_coded(
    text: str, plover: str, instrument: str, sources: set[str], targets: set[str], status: str
) -> None:
    test_a_japanese_sentence_is_coded(text, plover, instrument, sources, targets, status)


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("米国は和平の可能性を否定できない。", "REJECT"),  # no refusal
        ("他方、何の手も打たなければ北朝鮮は動く。", "AGREE"),
        ("米国の戦略爆撃機が飛んだ。", "ASSAULT"),  # a bomber is no bombing
        ("岸田首相は北朝鮮に会談を提案した。", "CONSULT"),  # what is proposed has not been held
        ("中国は北朝鮮に自制するよう求めた。", "CONCEDE"),
        ("中国は平和を大切にしている。", "SUPPORT"),  # everyday words need both sides
        ("ロシアは影響を与えた。", "AID"),
        ("北朝鮮の支援策は乏しい。", "AID"),  # a thing named by its act
        ("エルドリッジは中国に言及せず、抵抗は続くと警告する。", "ASSAULT"),
        ("ゼレンスキー大統領はトランプ大統領の提案を受け入れた。", "COOPERATE"),  # スキー is no skiing here
    ],
)
def test_what_only_looks_like_an_act_is_not_read(text: str, unread: str) -> None:
    assert unread not in {e.plover for e in read_text(text, language="ja").events}


def test_a_call_that_goes_unanswered_was_not_made_by_who_ignores_it() -> None:
    found = read_text("北朝鮮は対話の呼びかけに応じていない。", language="ja").events
    assert [(e.plover, e.sources) for e in found] == [("REJECT", ("PRK",))]


def test_what_a_ministry_tells_is_its_states_act_and_the_telling_its_own() -> None:
    text = "ウクライナの情報機関は、北朝鮮がロシアに砲弾を引き渡したと主張する。"
    found = {(e.plover, e.instrument): e.sources for e in read_text(text).events}
    assert found[("ACCUSE", "statement")] == ("UKR_INTELLIGENCE",)
    assert found[("AID", "arms_transfer")] == ("PRK",)


def test_what_a_scholar_says_is_not_done_by_the_scholar() -> None:
    text = "ロシアは北朝鮮に接近した。ソ・ミンギョン上級研究員は、武器の購入を続けると話す。"
    assert all("MINGYON_SO" not in e.sources for e in read_text(text).events)


def test_a_two_sided_act_without_names_is_by_the_last_two_parties() -> None:
    text = "中国とモンゴルは覚書に署名した。価格の交渉が暗礁に乗り上げた。"
    event = next(e for e in read_text(text, language="ja").events if e.plover == "REJECT")
    assert set(event.sources) == {"CHN", "MNG"}


def test_a_visitor_agrees_with_the_host() -> None:
    text = "王毅外相は北朝鮮を訪問し、連携の強化で一致した。"
    event = next(e for e in read_text(text, language="ja").events if e.plover == "AGREE")
    assert set(event.sources) == {"WANG_YI", "PRK"}


def test_mutual_help_is_by_the_parties_of_the_treaty() -> None:
    text = "ロシアと北朝鮮は条約に署名した。一方が攻撃を受けた場合に他方が軍事援助を提供する。"
    event = next(e for e in read_text(text, language="ja").events if (e.plover, e.instrument) == ("AID", "treaty"))
    assert set(event.sources) == {"RUS", "PRK"}


def test_every_word_of_a_rule_is_one_that_the_tokenizer_can_find() -> None:
    """A verb that the dictionary splits would never be met."""
    split = []
    for rule in rules("ja").worded:
        for word in rule.words:
            last = word.rpartition(" ")[2]
            if last[-1] in "うくぐすつぬぶむる" and not any(
                t.lemma in (last, last[:-2] + "ずる") and t.pos == "動詞"
                for t in tokenize(f"{word.replace(' ', '')}" if " " in word else f"政府を{last}")
            ):
                split.append(word)
    assert split == []


def test_a_pattern_passed_over_for_want_of_its_characters_could_not_have_matched() -> None:
    folder = Path(__file__).parent / "fresh"
    lines = [line for path in folder.rglob("*.txt") for line in path.read_text(encoding="utf-8").split("。") if line]
    for language in ("ja", "en_text"):
        for rule in rules(language).patterned:
            assert rule.gate
            assert not [t for t in lines if rule.gate.isdisjoint(t) and rule.pattern.search(t)], rule.id
    for language in ("ja", "en_text"):
        book = rules(language)
        for line in lines:
            matching = {rule.id for rule in book.patterned if rule.pattern.search(line)}
            assert matching <= {rule.id for rule in book.possible(line)}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("核実験(?!場)", {"核"}),
        ("(?:支援|援助)を", {"支", "援"}),
        ("制裁?.{0,3}緩和", {"制"}),
        ("(?:甲|.)", None),
        ("(?=甲)乙", {"乙"}),
        ("[甲乙]", {"甲", "乙"}),
        ("[^甲]", None),
        ("(?:甲){0,2}", None),
    ],
)
def test_a_gate_holds_the_characters_a_match_cannot_do_without(pattern: str, expected: set[str] | None) -> None:
    found = gate(pattern)
    assert (found if found is None else set(found)) == expected


EN = [
    ("Russian President Vladimir Putin met North Korean leader Kim Jong Un in Vladivostok.", "CONSULT", "summit", {"PUTIN_VLADIMIR", "KIM_JONG_UN"}),  # noqa: E501
    ("China and Russia vetoed the resolution.", "REJECT", "veto", {"CHN", "RUS"}),
    ("The United States accused North Korea of shipping arms to Russia.", "ACCUSE", "statement", {"USA"}),
    ("North Korea refused to meet the United States.", "REJECT", "statement", {"PRK"}),
    ("Ukraine was attacked by Russia.", "ASSAULT", "war", {"RUS"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "plover", "instrument", "sources"), EN)
def test_an_english_sentence_is_coded(text: str, plover: str, instrument: str, sources: set[str]) -> None:
    event = read_text(text, language="en").events[0]
    assert (event.plover, event.instrument, set(event.sources)) == (plover, instrument, sources)


@pytest.mark.parametrize(
    "text", ["今日は天気がよい。", "経済は難しい局面にある。", "The weather was fine.", "米を炊いて食べた。"]
)
def test_a_sentence_without_an_actor_gets_no_default_code(text: str) -> None:
    assert read_text(text).events == ()


def test_a_reported_event_names_who_reports_it() -> None:
    text = "米国情報当局者らによると、ロシアは北朝鮮の凍結資産の放出を許可した。"
    event = next(e for e in read_text(text).events if e.plover == "CONCEDE")
    assert (event.status, event.attributed_to) == ("reported", "USA_OFFICIAL")


def test_both_countries_stands_for_the_two_named_last() -> None:
    text = "ロシアは北朝鮮に接近している。2019年、両国は条約に署名した。"
    event = next(e for e in read_text(text, language="ja").events if e.instrument == "treaty")
    assert set(event.sources) == {"RUS", "PRK"}


def test_an_event_takes_the_date_of_its_clause() -> None:
    text = "2019年4月、プーチン大統領は金正恩総書記と会談し、2024年6月には訪朝した。"
    dates = {e.instrument: e.date for e in read_text(text).events}
    assert dates == {"summit": "2019-04", "visit": "2024-06"}


def test_a_launch_without_a_subject_is_by_who_launched_before() -> None:
    text = "北朝鮮は弾道ミサイルを発射した。韓国軍の合同参謀本部が発表した。ミサイルの発射は今年5回目だ。"
    launches = [e for e in read_text(text).events if e.instrument == "missile_test"]
    assert [e.sources for e in launches] == [("PRK",)] * len(launches)
    assert len(launches) >= 2


def test_an_act_in_the_past_goes_on_with_the_reports_own_day() -> None:
    text = "2024年6月20日\n\n北朝鮮は19日、弾道ミサイルを発射した。国連のグテーレス事務総長は発射を非難した。"
    assert next(e for e in read_text(text).events if e.plover == "ACCUSE").date == "2024-06-19"


def test_an_act_in_the_past_goes_on_with_the_month_of_its_paragraph() -> None:
    text = "ソ連は1990年9月、韓国と国交を結んだ。北朝鮮は強く抗議した。\n\n中国は沈黙した。北朝鮮は中国を批判した。"
    dates = {e.plover: (e.date, e.precision) for e in read_text(text).events}
    assert dates["PROTEST"] == ("1990-09", "month")
    assert dates["ACCUSE"] == (None, "none")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_rule_has_an_id_of_its_own_and_compiles(language: str) -> None:
    book = rules(language)
    assert len({r.id for r in book.rules}) == len(book.rules)
    assert set(notes(language)) == {r.id for r in book.rules}
    assert all(not r.pattern.match("") for r in book.rules)


def test_plover_types_of_english_sentences_with_given_sides() -> None:
    path = shared("reference/reading/plover/plv_train.tsv")
    rows = list(csv.DictReader(path.open(encoding="utf-8"), delimiter="\t"))[::4]
    yielded = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
    tally: dict[str, list[int]] = {}
    for row in rows:
        rule = classify(row["marked_sentence"])
        said = yielded.get(rule.plover, rule.plover) if rule else "none"
        tally.setdefault(row["gold_root"], [0, 0, 0])[1] += 1
        tally.setdefault(said, [0, 0, 0])[2] += 1
        tally[said][0] += said == row["gold_root"]
    f1 = [2 * right / (gold + found) for right, gold, found in tally.values() if gold]
    assert sum(f1) / len(f1) >= 0.55
