"""What a reader of news takes a Japanese date to mean."""

from __future__ import annotations

import datetime

import pytest

from keisei.documents.dates import find_dates

PUBLISHED = datetime.date(2024, 6, 20)


def read(text: str, published: datetime.date | None = PUBLISHED) -> list[tuple[str, str | None]]:
    return [(d.quote, d.value) for d in find_dates(text, published=published, language="ja")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2023年9月13日", "2023-09-13"),
        ("2023年9月", "2023-09"),
        ("2023年", "2023"),
        ("２０２３年９月１３日", "2023-09-13"),
        ("二〇二三年九月十三日", "2023-09-13"),
        ("千九百四十五年八月", "1945-08"),
        ("令和5年9月13日", "2023-09-13"),
        ("平成元年1月8日", "1989-01-08"),
        ("昭和20年8月15日", "1945-08-15"),
        ("主体113年", "2024"),
        ("平成14(2002)年9月17日", "2002-09-17"),
        ("24年6月19日", "2024-06-19"),
        ("2023-09-13", "2023-09-13"),
        ("2023/9/13", "2023-09-13"),
        ("1990年代", "1990/1999"),
        ("80年代後半", "1985/1989"),
        ("20世紀", "1901/2000"),
        ("2023年末", "2023-12"),
        ("22年末", "2022-12"),
        ("2017年2月7日火曜日", "2017-02-07"),
        ("2023年夏", "2023-06/2023-08"),
        ("2024年上半期", "2024-01/2024-06"),
        ("2024年第3四半期", "2024-07/2024-09"),
        ("2023年度", "2023-04/2024-03"),
        ("2016年と2017年", "2016/2017"),
        ("2016~17年", "2016/2017"),
        ("2013年から17年まで", "2013/2017"),
        ("2000年7月19日から20日まで", "2000-07-19/2000-07-20"),
        ("2019年6月13~14日", "2019-06-13/2019-06-14"),
    ],
)
def test_an_absolute_date_stands_by_itself(text: str, value: str) -> None:
    assert read(text + "、会談した。", published=None) == [(text, value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("昨年9月", "2023-09"),
        ("昨年11月21日", "2023-11-21"),
        ("今年7月", "2024-07"),
        ("一昨年", "2022"),
        ("来年1月", "2025-01"),
        ("先月", "2024-05"),
        ("今月9日", "2024-06-09"),
        ("先週", "2024-06-10/2024-06-16"),
        ("先週の金曜日", "2024-06-14"),
        ("19日", "2024-06-19"),
        ("25日", "2024-05-25"),
        ("1月16日", "2024-01-16"),
        ("12月22日", "2023-12-22"),
        ("4月末", "2024-04"),
        ("年内", "2024"),
        ("昨秋", "2023-09/2023-11"),
        ("10年前", "2014"),
        ("10年足らず前", "2014"),
        ("3カ月前", "2024-03"),
        ("半年前", "2023-12"),
        ("2日前", "2024-06-18"),
        ("過去10年間", "2014/2024"),
        ("今後5年間", "2024/2029"),
        ("現在", "2024-06"),
        ("2019年以降", "2019/2024"),
        ("1990年代以降", "1990/2024"),
        ("昨年8月以来", "2023-08/2024-06"),
    ],
)
def test_a_relative_date_counts_from_publication(text: str, value: str) -> None:
    assert read(text + "、会談した。") == [(text, value)]


def test_without_a_day_of_publication_a_relative_date_says_why_it_has_no_value() -> None:
    for text in ("昨年9月", "先週", "19日", "現在", "年内", "2日前"):
        (date,) = find_dates(text + "、会談した。", published=None, language="ja")
        assert (date.quote, date.value, date.reason) == (text, None, "the day of publication is not known")


def test_a_date_in_the_words_of_a_plan_lies_ahead() -> None:
    assert read("25日に訪問する予定だ。") == [("25日", "2024-06-25")]
    assert read("3月末までに決める見通しだ。") == [("3月末", "2025-03")]


def test_what_a_date_points_back_to_is_the_last_one_named() -> None:
    assert read("2018年の会談の後、同年3月に選挙があった。その翌月、訪中した。その年の暮れに方針を変えた。") == [
        ("2018年", "2018"),
        ("同年3月", "2018-03"),
        ("その翌月", "2018-04"),
        ("その年の暮れ", "2018-12"),
    ]
    assert read("2019年2月に会談したトランプ大統領(当時)は、その後も手紙を交わした。") == [
        ("2019年2月", "2019-02"),
        ("当時", "2019-02"),
        ("その後", "2019-02/2024-06"),
    ]


def test_a_month_without_a_year_belongs_to_the_year_its_paragraph_tells_of() -> None:
    assert read("2018年の春に動きがあった。6月12日に会談した。\n7月3日にも話した。") == [
        ("2018年の春", "2018-03/2018-05"),
        ("6月12日", "2018-06-12"),
        ("7月3日", "2023-07-03"),
    ]


def test_a_bare_day_is_one_of_the_report_unless_a_day_of_the_story_leads_to_it() -> None:
    assert read("2023年10月31日に発射した。4日に会合を開き、翌5日に終えた。")[1:] == [
        ("4日", "2023-11-04"),
        ("翌5日", "2023-11-05"),
    ]
    assert read(
        "昨年9月の首脳会談を受け、軍事協力をはじめ経済や文化など広い分野で関係は深まっている。研究者は13日に語った。"
    )[1] == (
        "13日",
        "2024-06-13",
    )


def test_a_time_open_to_this_day_does_not_bind_what_follows() -> None:
    assert read("2000年7月以来だった。5月16日には北京で会談した。")[1] == ("5月16日", "2024-05-16")


def test_a_dateline_moves_the_day_that_relative_dates_count_from() -> None:
    text = "先週の記事を訳す。\n\n2023年9月15日\n\n今週、訪問した。昨年9月にも噂があった。"
    assert read(text) == [
        ("先週", "2024-06-10/2024-06-16"),
        ("2023年9月15日", "2023-09-15"),
        ("今週", "2023-09-11/2023-09-17"),
        ("昨年9月", "2022-09"),
    ]


def test_an_event_gives_a_time_its_date_where_the_text_does() -> None:
    assert read("昨年9月の首脳会談で合意した。露朝首脳会談後、関係は深まった。") == [
        ("昨年9月", "2023-09"),
        ("露朝首脳会談後", "2023-09/2024-06"),
    ]
    assert read("2023年9月13日に会談した。首脳会談から1か月後の10月13日に発表した。")[1:] == [
        ("首脳会談から1か月後", "2023-10-13"),
        ("10月13日", "2023-10-13"),
    ]


@pytest.mark.parametrize(
    "text", ["最近", "近年", "かつて", "今後", "冷戦後", "ソ連時代", "感染拡大のさなか", "ここ数十年", "数年前"]
)
def test_a_vague_time_is_found_with_a_reason_and_no_value(text: str) -> None:
    (date,) = find_dates(text + "、関係は変わった。", published=PUBLISHED, language="ja")
    assert (date.quote, date.value) == (text, None)
    assert date.reason


@pytest.mark.parametrize(
    "text",
    [
        "約14年間にわたって行われなかった",
        "3日間の会議",
        "2泊3日の日程",
        "5000年の歴史",
        "三カ国同盟",
        "午後の会見の背後",
        "13月40日",
        "現状維持",
        "約1世紀ぶり",
        "毎年3月",
        "感動することした",
        "https://example.org/2023/09/15/a",
        "G20とスホイ57",
    ],
)
def test_what_looks_like_a_date_but_is_none(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", ["将来", "十月", "その年", "3世紀", "週末", "同年", "最近"])
def test_a_date_may_be_the_whole_text(text: str) -> None:
    assert [q for q, _ in read(text)] == [text]


def test_a_broken_day_still_gives_its_month() -> None:
    assert read("2023年2月30日") == [("2023年2月", "2023-02")]


def test_offsets_are_those_of_the_original_text() -> None:
    text = "　２０２３年９月１３日、①"
    (date,) = find_dates(text, published=None, language="ja")
    assert text[date.start : date.end] == date.quote == "２０２３年９月１３日"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="ja or en"):
        find_dates("2023", published=None, language="ko")


def test_the_reports_own_day_is_taken_up_again_behind_a_day_of_the_story() -> None:
    text = "10日に式典を開いた。昨年5月3日に北京を訪れ、翌4日に会談した。10日の式典に先立つ9日にも会談した。"
    assert [value for _, value in read(text)][-2:] == ["2024-06-10", "2024-06-09"]


def test_a_day_of_next_month_close_ahead_is_not_last_years() -> None:
    (date,) = find_dates("7月1日の選挙を前に発射した。", published=datetime.date(2024, 6, 27), language="ja")
    assert date.value == "2024-07-01"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("今では", "2024-06"),
        ("いまでは", "2024-06"),
        ("今ごろ", "2024-06"),
        ("来年の今ごろ", "2025-06"),
        ("去年の今頃", "2023-06"),
        ("今世紀半ば", "2041/2070"),
        ("第1四半期", "2024-01/2024-03"),
        ("秋口", "2024-09"),
        ("月初", "2024-06"),
        ("前月", "2024-05"),
        ("8月15、16両日", "2023-08-15/2023-08-16"),
    ],
)
def test_words_for_now_for_quarters_and_for_days_in_pairs(text: str, value: str) -> None:
    assert read(text + "、会談した。") == [(text, value)]


def test_a_time_that_comes_back_and_one_named_by_what_was_have_no_value() -> None:
    assert read("毎年夏に演習がある。") == [("毎年夏", None)]
    assert read("連邦の一員だった時代よりも豊かだ。") == [("連邦の一員だった時代", None)]


def test_a_reason_told_aside_does_not_move_the_story() -> None:
    text = "昨年9月、大統領が降り立った。客が戸惑ったのは、2021年3月に逮捕状が出ていたからだ。翌月、裁判所が動いた。"
    assert read(text)[-1] == ("翌月", "2023-10")


def test_what_a_past_act_closes_does_not_last_to_this_day() -> None:
    assert read("2019年2月に求めたのは、2016年以降に採択された決議の解除だった。")[-1] == ("2016年以降", "2016/2019")


@pytest.mark.parametrize(
    "text",
    [
        "休みは月に1日だけだ。",
        "週に3日働く。",
        "1日に30本の列車が走る。",
        "1日3便が飛ぶ。",
        "2018年の記録が30年にわたって残る。",
    ],
)
def test_a_rate_or_a_length_is_no_day(text: str) -> None:
    assert [q for q, _ in read(text) if q != "2018年"] == []
