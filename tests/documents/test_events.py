"""Events: each rule is a sentence about the world; sides, status and instrument come from the words."""

from __future__ import annotations

import csv

import pytest
from shared import shared

from keisei.documents import read_text
from keisei.documents.events.rules import notes, rules
from keisei.documents.plover_en import classify

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
