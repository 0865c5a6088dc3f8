"""What commentaries, translations and analyses of agencies say: times, figures, names, voices and guarded words."""

from __future__ import annotations

import datetime

import pytest

from keisei.documents import read_text
from keisei.documents.dates import find_dates
from keisei.documents.quantities import find_quantities

DAY = datetime.date(2025, 9, 29)


def days(text: str, language: str) -> list[tuple[str, str | None]]:
    """Dates and their values on the day."""
    return [(d.quote, d.value) for d in find_dates(text, published=DAY, language=language)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("昨年来の交渉は行き詰まった。", [("昨年来", "2024/2025")]),
        ("2022年秋に始まり、翌春には止まった。", [("2022年秋", "2022-09/2022-11"), ("翌春", "2023-03/2023-05")]),
        ("1年半前に始まった。", [("1年半前", "2024-03")]),
        ("半世紀前の同盟だ。", [("半世紀前", "1975")]),
        ("この半年で増えた。", [("この半年", "2025-03/2025-09")]),
        ("24年4~6月の貿易は増えた。", [("24年4~6月", "2024-04/2024-06")]),
        ("2024年5月、3月だけで10隻が入港したと公表した。", [("2024年5月", "2024-05"), ("3月", "2024-03")]),
        (
            "2024年3月28日に否決された。2009年に設けられた班は翌月末に消えた。",
            [("2024年3月28日", "2024-03-28"), ("2009年", "2009"), ("翌月末", "2024-04")],
        ),
        (
            "2019年4月25日に会談した。2カ月前に失敗していた。",
            [("2019年4月25日", "2019-04-25"), ("2カ月前", "2019-02")],
        ),
        ("2022年7月に承認した。キーウは即日、断交した。", [("2022年7月", "2022-07"), ("即日", "2022-07")]),
        ("今年2月に盗まれ、数日のうちに断定された。", [("今年2月", "2025-02"), ("数日のうちに", "2025-02")]),
        ("今この瞬間も増えている。", [("今この瞬間", "2025-09")]),
        (
            "2025年9月3日に並んだ。首脳は式典の後に会った。",
            [("2025年9月3日", "2025-09-03"), ("式典の後", "2025-09-03")],
        ),
        ("ソ連が1961年に結んだ条約は96年に失効した。", [("1961年", "1961"), ("96年", "1996")]),
        ("前日の9日に着いた。", [("前日", "2025-09-09"), ("9日", "2025-09-09")]),
        ("トランプ政権1期目の失敗だ。", [("トランプ政権1期目", "2017/2021")]),
        ("ここ2、3年で増えた。", [("ここ2、3年", None)]),
        ("近々会談する。", [("近々", None)]),
        # what is no time
        ("「普通の隣国」だった時代である。", []),
        ("交渉は10年に及ぶ。", []),
        ("即座に反応した。", []),
        ("冬季五輪を開く。", []),
    ],
)
def test_times_of_japanese_commentaries(text: str, wanted: list[tuple[str, str | None]]) -> None:
    assert days(text, "ja") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("He told reporters on Sept. 21 that he would gladly extend his trip.", [("Sept. 21", "2025-09-21")]),
        ("They met three times during Trump's first term.", [("Trump's first term", "2017/2021")]),
        ("The Obama years were patient.", [("Obama years", "2009/2017")]),
        ("Seoul should ask for a seat now.", [("now", "2025-09")]),
        (
            "In 2023 he came. The following spring he left.",
            [("2023", "2023"), ("The following spring", "2024-03/2024-05")],
        ),
        ("Nothing has come in the months since.", [("in the months since", None)]),
        ("Now that the parade is over, the envoys go home.", []),
        ("Trump himself said nothing.", []),
        ("The Bush fire spread.", []),
    ],
)
def test_times_of_english_analyses(text: str, wanted: list[tuple[str, str | None]]) -> None:
    assert days(text, "en") == wanted


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("コンテナ1000個分を超える物資だ。", "ja", [("コンテナ1000個分を超える", 1000, "count")]),
        ("禁錮8年6カ月の判決だ。", "ja", [("8年6カ月", 8.5, "year")]),
        ("準備に2年4カ月を要した。", "ja", [("2年4カ月", 28, "month")]),
        ("見込みは五分五分だ。", "ja", [("五分五分", 50, "percent")]),
        ("第2回報告書を出した。", "ja", [("第2回", 2, "rank")]),
        ("賛成13、棄権2で通った。", "ja", [("賛成13", 13, "count"), ("棄権2", 2, "count")]),
        ("便り(第38回)を送る。", "ja", []),
        ("第4条を読む。", "ja", []),
        ("They met three times.", "en", [("three times", 3, "count")]),
        ("It believes about 2,000 have been killed.", "en", [("about 2,000", 2000, "count")]),
        ("He was jailed for eight and a half years.", "en", [("eight and a half years", 8.5, "year")]),
        ("One in five workers was sent.", "en", [("One in five", 0.2, "ratio")]),
        ("Trade between the two countries fell.", "en", []),
    ],
)
def test_figures(text: str, language: str, wanted: list[tuple[str, float, str]]) -> None:
    dates = find_dates(text, published=DAY, language=language)
    assert [(q.quote, q.value, q.unit) for q in find_quantities(text, language=language, dates=dates)] == wanted


def named(text: str, language: str = "ja") -> dict[str, str]:
    """Surface forms and the entities that they name."""
    return {form: ident for ident, forms in read_text(text, language=language).surfaces.items() for form in forms}


@pytest.mark.parametrize(
    ("text", "form", "ident"),
    [
        ("朝鮮労働党中央軍事委員会が派兵を公認した。", "中央軍事委員会", "WPK_CMC"),
        ("国連憲章第51条に準じる。", "国連憲章第51条", "UN_CHARTER"),
        ("安全保障理事会は割れた。理事会は動けない。", "理事会", "UNSC"),
        ("国連の専門家パネルは解散した。パネルの記録は残る。", "パネル", "UN_PANEL"),
        ("英国の非営利団体オープンソースセンターが調べた。", "オープンソースセンター", "OPEN_SOURCE_CENTRE"),
        ("ロシアの羅津からの輸送が増えた。", "羅津", "RAJIN_PORT"),
        ("北朝鮮の金正恩総書記と米国の政府は対北政策で割れた。", "対北", "PRK"),
        ("石油はボストーチヌイ港で積まれた。", "ボストーチヌイ港", "VOSTOCHNY_PORT"),
        ("ロシアのワシリー・ネベンジャ国連大使は反対した。", "ワシリー・ネベンジャ", "NEBENZYA_VASILY"),
    ],
)
def test_names_and_their_short_forms(text: str, form: str, ident: str) -> None:
    assert named(text).get(form) == ident


@pytest.mark.parametrize(
    ("text", "form", "ident"),
    [
        ("North Korea met envoys before U.S.-South Korean drills began.", "U.S.-South Korean", "KOR"),
        ("Inspectors left the Yongbyon nuclear complex in North Korea.", "Yongbyon nuclear complex", "YONGBYON"),
        ("Korea is divided. Policy on the peninsula has not changed.", "peninsula", "KOREAN_PENINSULA"),
        ("China's foreign ministry said nothing.", "China's foreign ministry", "CHN_MFA"),
        ("North Korean hackers stole the money.", "North Korean hackers", "PRK_HACKERS"),
        ("President Lee Jae Myung spoke. Lee later left.", "Lee", "LEE_JAE_MYUNG"),
        ("Yoon Ji-ah, a professor in Seoul, said no. Yoon warned of more.", "Yoon", "YOON_JI_AH"),
    ],
)
def test_english_names(text: str, form: str, ident: str) -> None:
    found = named(text, "en")
    assert found.get(form) is not None
    assert form in {f for f, i in found.items() if i == ident} | {form}
    assert found[form] == ident


def test_another_kim_is_not_the_leader() -> None:
    found = named("Kim Jong Un spoke. A vice minister, Kim Un Chol, said he would respond.", "en")
    assert found["Kim Un Chol"] != "KIM_JONG_UN"


def test_a_title_in_the_original_names_nobody() -> None:
    text = "安保理は諦めたのか(Has the Security Council Given Up on North Korea?)\n\n安保理は動かない。北朝鮮は笑う。\n"
    assert "North Korea" not in named(text)


NOTE = "【訳者より】\n\n　『リバーズ・レビュー』電子版に掲載された論考です。有益でしょう。(森田千尋)\n\n川の国の選択\n\n{byline}\n\n　合意は長続きしないだろう。\n"  # noqa: E501


@pytest.mark.parametrize(
    "byline",
    [
        "ジョン・ハートウェル、アンナ・ブラウン",
        "ジョン・ハートウェル／アンナ・ブラウン",
        "ジョン・ハートウェル(北方研究所研究員)",
        "著者:ジョン・ハートウェル",
        "ジョン・ハートウェル",
    ],
)
def test_a_translated_article_belongs_to_its_first_author(byline: str) -> None:
    found = read_text(NOTE.format(byline=byline), published="2025-09-29")
    speakers = {found.text[c.start : c.end][:2]: c.speaker for c in found.claims}
    names = {e.id: e.name_en for e in found.entities}
    assert names[speakers["合意"]] == "ジョン・ハートウェル"
    assert [(hand.role, hand.author) for hand in found.provenance.chain] == [
        ("original", "ジョン・ハートウェル"),
        ("translation", "森田千尋"),
    ]


def test_a_translators_word_behind_the_article_is_not_its_authors() -> None:
    text = "和平の条件\n\n著者:アンナ・ブラウン\n\n　合意は長続きしないだろう。中国は急がないだろう。\n\n訳者あとがき\n\n　この見方には異論もあろう。\n"  # noqa: E501
    found = read_text(text, published="2025-09-29")
    speakers = [c.speaker for c in found.claims if c.start < text.index("訳者あとがき")]
    assert speakers
    assert "AUTHOR" not in speakers


@pytest.mark.parametrize(
    ("text", "kind", "degree"),
    [
        ("第一に、物流を監視し続けること。", "advice", "certain"),
        ("条約は、一方が攻撃を受ければ他方が軍事援助を与えるとうたう。", "assessment", "certain"),
        ("ロシアが高い対価を払い続けるとは思えない。", "forecast", "unlikely"),
        ("今後を左右するのは戦況である。", "assessment", "certain"),
        ("結束が戻る見込みは当面ない。", "forecast", "unlikely"),
        ("中国が再び仲介する可能性は五分五分だ。", "forecast", "possible"),
        ("北朝鮮が核を手放すことはまずない。", None, "unlikely"),
        ("真の動機がどこにあったかは明らかだろう。", None, "likely"),
        ("米国が制裁を科さないかぎり、報告書は棚の飾りに終わる。", "conditional_forecast", "certain"),
    ],
)
def test_kind_and_degree_of_japanese_claims(text: str, kind: str | None, degree: str) -> None:
    (claim,) = read_text("北朝鮮とロシアは近い。\n" + text, published="2025-11-11").claims[-1:]
    assert claim.modality == degree
    assert kind in (None, claim.kind)


@pytest.mark.parametrize(
    ("text", "kind", "degree"),
    [
        ("If the fighting stops, demand for shells will collapse.", "conditional_forecast", "certain"),
        ("A breakthrough is unlikely before the spring.", "forecast", "unlikely"),
        ("The North is almost certain to test again.", "forecast", "likely"),
        ("The odds of a summit this year stand at 50 percent.", None, "possible"),
        ("Seoul should be insisting on a seat at the table.", "advice", "certain"),
        ("Seoul would be wise to keep the hotline open.", "advice", "certain"),
        ("Pyongyang has no incentive to bargain with anyone.", "assessment", "certain"),
    ],
)
def test_kind_and_degree_of_english_claims(text: str, kind: str | None, degree: str) -> None:
    (claim,) = read_text("North Korea is near. " + text, published="2025-11-11", language="en").claims[-1:]
    assert claim.modality == degree
    assert kind in (None, claim.kind)


@pytest.mark.parametrize(
    "text",
    [
        "2023年9月13日には宇宙基地で首脳会談が実現する。",
        "日本がなすべきことは三つある。",
        "小見出しは訳者によるものです。",
        "オケリー教授は反対の立場をとる。",
    ],
)
def test_what_only_tells_or_points_ahead_is_no_claim(text: str) -> None:
    assert read_text("北朝鮮とロシアは条約に署名した。\n" + text, published="2025-11-11").claims == ()


def spoken(text: str, language: str = "ja") -> list[tuple[str, str]]:
    """Speakers and the first characters of their words."""
    found = read_text(text, published="2025-11-11", language=language)
    return [(c.speaker, found.text[c.start : c.end][:6]) for c in found.claims]


@pytest.mark.parametrize(
    ("text", "speaker", "begins"),
    [
        (
            "ネベンジャ国連大使は、制裁には期限を設けるべきだと主張したが、真の動機は明らかだろう。",
            "NEBENZYA_VASILY",
            "制裁には期限",
        ),
        ("米政府は翌月、北朝鮮の砲弾が羅津から積み出されたと公表したが、露朝は認めていない。", "USA", "北朝鮮の砲弾"),
        ("今年2月に資金が盗まれ、米連邦捜査局(FBI)は数日のうちに北朝鮮の犯行と断定した。", "FBI", "数日のうちに"),
        (
            "崔善姫外相は枠組み自体が違法だと反発し、参加国は代償を払うことになると警告した。",
            "CHOE_SON_HUI",
            "枠組み自体が",
        ),
    ],
)
def test_words_told_midway_are_their_speakers(text: str, speaker: str, begins: str) -> None:
    assert (speaker, begins) in spoken(text)


def test_the_agency_and_it_are_who_spoke_before() -> None:
    text = (
        "The National Intelligence Service (NIS) told lawmakers that the North was likely to seek a meeting. "
        "The agency also estimated that some 10,000 soldiers were deployed near the border."
    )
    assert {speaker for speaker, _ in spoken(text, "en")} == {"NIS"}


def test_an_unnamed_diplomat_is_taken_up() -> None:
    text = "欧州のある理事国の外交官は、期待は幻想だと苦笑した。この外交官によれば、復活はあり得ない。"
    (first, second) = spoken(text)
    assert first[0] == second[0] != "AUTHOR"
