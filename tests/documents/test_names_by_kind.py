"""Names that the word of their kind tells, and acts that every newspaper has, class by class."""

from __future__ import annotations

import pytest

from keisei.documents import read_text
from keisei.documents.read import Reading


def kinds(reading: Reading) -> dict[str, str]:
    return {form: entity.type for entity in reading.entities for form in reading.surfaces[entity.id]}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("It fell off Nagasaki prefecture in Japan.", "Nagasaki prefecture", "place"),
        ("It flew into the Pacific Ocean.", "Pacific Ocean", "place"),
        ("They steamed between Yonaguni and Iriomote islands.", "Iriomote", "place"),
        ("The Tribune newspaper said Japan had agreed.", "Tribune newspaper", "organisation"),
        ("Japan sailed the frigate Mogami and a tanker.", "Mogami", "weapon"),
        ("The supply ship crossed with HMAS Sydney of Australia.", "HMAS Sydney", "weapon"),
        ("A Chinese Y-9 surveillance plane entered the zone.", "Y-9 surveillance plane", "weapon"),
        ("It passed, local media reported on Thursday, in Japan.", "local media", "organisation"),
        ("Japan sailed, the paper said, citing several government sources.", "several government sources", "person"),
        ("She is a fellow at the Pacific Order Institute in Oslo.", "Pacific Order Institute", "organisation"),
        ("China's foreign ministry spokesperson Lin Jian spoke.", "foreign ministry spokesperson Lin Jian", "person"),
        ("TOKYO/BEIJING, Sept 26, 2024 - Japan spoke.", "BEIJING", "place"),
        ("政府は北京の大使館ルートを通じて抗議した。", "北京の大使館", "organisation"),
        ("日米韓の外交当局者は協議した。", "日米韓の外交当局者", "person"),
        ("プーチン体制が続く限り、島は戻らない。", "プーチン体制", "organisation"),
        ("日露平和条約の交渉は止まった。", "日露平和条約", "agreement"),
        ("偵察衛星「万里鏡1―1号」を載せた。", "万里鏡1―1号", "weapon"),
    ],
)
def test_a_name_told_by_its_kind(text: str, name: str, kind: str) -> None:
    assert kinds(read_text(text)).get(name) == kind


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("北朝鮮は新開発のエンジンを使った。", "新開発"),
        ("『ダニューブ・レビュー』誌が日本を論じた。", "ダニューブ"),
        ("Chinese military aircraft flew by.", "Chinese military"),
    ],
)
def test_a_part_of_a_word_is_no_name(text: str, name: str) -> None:
    assert name not in kinds(read_text(text))


@pytest.mark.parametrize(
    ("text", "plover", "instrument", "source", "target"),
    [
        ("A Russian plane violated Japanese airspace.", "MOBILIZE", "other", "RUS", "JPN"),
        (
            "Japan sailed a destroyer by, prompting a swift complaint from Beijing.",
            "PROTEST",
            "statement",
            "CHN",
            "JPN",
        ),
        ("Beijing lodged stern representations with Tokyo.", "PROTEST", "statement", "CHN", "JPN"),
        ("North Korea flew balloons into South Korea.", "MOBILIZE", "other", "PRK", "KOR"),
        ("Moscow shipped refined oil to Pyongyang.", "AID", "trade", "RUS", "PRK"),
        ("Russia blocked a Security Council statement.", "REJECT", "vote", "RUS", "UNSC"),
        (
            "Choe Son Hui, North Korea's foreign minister, denounced Japan.",
            "ACCUSE",
            "statement",
            "CHOE_SON_HUI",
            "JPN",
        ),
        ("北朝鮮はごみをつけた風船を韓国に飛ばした。", "MOBILIZE", "other", "PRK", "KOR"),
        ("ロシアは日本に歯舞群島を引き渡した。", "CONCEDE", "other", "RUS", "JPN"),
        ("尹錫悦大統領、李強首相、岸田文雄首相はソウルで会談した。", "CONSULT", "summit", "LI_QIANG", "LI_QIANG"),
    ],
)
def test_an_act_of_each_class(text: str, plover: str, instrument: str, source: str, target: str) -> None:
    events = read_text(text).events
    assert any(
        (e.plover, e.instrument) == (plover, instrument) and source in e.sources and target in e.targets for e in events
    ), [(e.plover, e.instrument, e.sources, e.targets) for e in events]


@pytest.mark.parametrize(
    "text",
    [
        "The supply ship of Australia was due.",
        "Japan said the report was released on May 29.",
        "China sent jamming gear.",
        "日ソ共同宣言を日本は重んじる。",
    ],
)
def test_a_noun_spelt_like_a_verb_is_no_act_of_it(text: str) -> None:
    rules = {e.rule for e in read_text(text).events}
    assert not rules & {"X981-seize", "X751-concede", "T801-permission", "W954-together"}


def test_undated_words_in_a_report_are_of_its_day() -> None:
    text = (
        "TOKYO, Sept 26, 2024 - Japan launched a satellite on Thursday.\n\n"
        "In Beijing, foreign ministry spokesperson Lin Jian urged Japan to be cautious."
    )
    said = [e for e in read_text(text).events if e.instrument == "statement"]
    assert said
    assert {e.date for e in said} == {"2024-09-26"}


def test_the_version_of_the_rules_follows_their_bytes() -> None:
    from keisei.documents.version import rules_version

    assert read_text("Japan met China.").versions["rules"] == rules_version()
    assert len(rules_version()) == 12


def test_another_given_name_is_another_person_and_so_is_the_family_name_beside_it() -> None:
    reading = read_text("Prime Minister Andrei Kozlov, 55, spoke. Kozlov was right about Russia.")
    assert {m.ids[0] for m in reading.mentions if "Kozlov" in reading.text[m.start : m.end]} == {"KOZLOV_ANDREI"}
    known = read_text("When Putin spoke, Sergei Lavrov nodded. Lavrov smiled.")
    assert {m.ids[0] for m in known.mentions} >= {"PUTIN_VLADIMIR", "LAVROV_SERGEI"}


def test_ones_own_ambassador_is_none_of_the_host() -> None:
    assert "ISR_AMBASSADOR" not in {
        e.id for e in read_text("コロンビアのペトロ大統領は駐イスラエル大使を召還した。").entities
    }
