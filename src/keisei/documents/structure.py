"""How a document is built: whose voice stands where, where it came from and when it was published.

The kind of document is recognised from marks that such texts carry: a byline of another author inside a blog
(貼り付けはじめ…), 転載 for a reprint, 要旨は次の通り for a summary, a foreign medium's slug for a translation. The date of
publication is taken from the text's own marks or from the user; otherwise it is null with a reason, and the latest
full date in the text is given as ``not_before``.
"""  # noqa: E501

from __future__ import annotations

import datetime
import re

from keisei.documents.records import Hand, Provenance, Region

_DATE = r"(\d{4})\s?(?:年|[./\-])\s?(\d{1,2})\s?(?:月|[./\-])\s?(\d{1,2})日?"
_FULL_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})年\s?(\d{1,2})月\s?(\d{1,2})日")
_DATE_LINE = re.compile(
    rf"^\W{{0,3}}(?:公開日?|掲載日?|配信日?|更新日?|投稿日?|最終更新|発行日?|Published|Updated|Posted)?\W{{0,3}}{_DATE}(?:\W*(?:\(?[月火水木金土日]\)?|\d{{1,2}}[:時].{{0,20}}|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun).{{0,30}}|公開|掲載|更新|配信|発行|発売|刊行|付け?|記|作成|放送|投稿|初出|公表|発表|号))*\W*$",
    re.I,
)
# 月刊『潮流』2025年7月号(6月20日発行): the day belongs to the year of the issue, or to the end of the one before
_ISSUE_LINE = re.compile(
    r"(?P<y>(?:19|20)\d{2})年\s?(?P<issue>\d{1,2})月(?:\d{1,2}日)?(?:合併)?号\s?[(（、,]\s?(?:(?P<y2>(?:19|20)\d{2})年\s?)?(?P<m>\d{1,2})月(?P<d>\d{1,2})日(?:発行|発売|刊|掲載|公開|配信)"
)
# a line of the head that ends in the day: By Jane Doe | March 3, 2025
_ENGLISH_HEAD = re.compile(
    r"^(?:\b(?:No|Vol|Nr)\.|[^.!?\n]){0,90}?(?:[|·•,–—-]|\b[Oo]n|[Pp]ublished|[Uu]pdated|[Pp]osted)[:\s]+"
    r"(?:(January|February|March|April|May|June|July|August|September|October|November|December)\s+(\d{1,2}),?\s+(\d{4})|"
    r"(\d{1,2})\s+(January|February|March|April|May|June|July|August|September|October|November|December)\s+(\d{4}))\W*$"
)
# a header such as "WEDGE Online 2025年7月12日 6:00": a date among words that make no sentence
_HEADER_LINE = re.compile(rf"^[^。、はがをに「」（）()\d]{{0,30}}(?<!\d){_DATE}[^。、はがをに「」]{{0,20}}$")
# 【ソウル=共同】2024年10月31日 20時05分
_DATELINE = re.compile(rf"^[【\[(（][^】\])）\n]{{1,30}}[】\])）]\s*{_DATE}[^。、はがをに]{{0,16}}$")
# MOSCOW, Jan. 17, 2025 (Reuters) - …
_ENGLISH_DATELINE = re.compile(
    r"^[A-Z][A-Z./ ]+(?:, [A-Z][A-Za-z. ]+)?, (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? (\d{1,2}), (\d{4}) ?(?:[(（]|[-–—])"  # noqa: E501
)
_ENGLISH_DATE_LINE = re.compile(
    r"^(?:Published|Updated|Posted)?[\s:]*(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,?\s+)?"
    r"(?:(January|February|March|April|May|June|July|August|September|October|November|December)\s+(\d{1,2}),?\s+(\d{4})|"
    r"(\d{1,2})\s+(January|February|March|April|May|June|July|August|September|October|November|December)\s+(\d{4}))\s*$",
    re.I,
)
_REPRINT = re.compile(
    rf"(?:この記事|本稿|本記事|この論考)は、?(?P<author>[^。\n]{{2,14}}?)(?:氏|さん)?(?:の|が)(?P<where>ブログ|公式ブログ|note|Facebook|サイト|コラム)?(?:「(?P<title>[^\n]{{2,60}}?)」)?\s?(?:に|の|で)?{_DATE}[^。\n]{{0,30}}(?:転載|再掲)"
)
_REPRINTED = re.compile(r"(?:から|より|を)転載|の転載です|の記事を再掲")
_SELF = re.compile(r"^(?P<name>[一-鿿々ァ-ヺー・]{2,12})です。")
_BYLINE = re.compile(
    r"^\W{0,3}(?:【著者】|\[著者\]|著者\W|文\W|筆者\W|執筆者?\W|寄稿\W|By\s+|BY\s+|文責\W)\s*(?P<name>[^\n]{2,60})$|^(?P<pen>[^\n、。「」]{2,24})(?:筆|著|記)$|"
    r"^(?P<dot>[一-鿿々ァ-ヺー]{3,12})[・=＝/／][^\n。、「」・]{2,20}(?:研究者|研究員|教授|記者|学者|評論家|ジャーナリスト|編集委員|論説委員|特派員|フェロー)$|"
    r"^(?P<office>[^\n、。「」()（）]{2,16})[(（][^\n()（）。]{0,30}(?:学者|教授|記者|研究員|ジャーナリスト|評論家|所長|代表|フェロー|解説委員|作家|特派員|コラムニスト|編集委員|論説委員|アナリスト|講師|元大使|外交官)(?:、[^\n()（）。]{1,16})?[)）]$",
    re.M,
)
# By Jane Doe and John Roe
_SEVERAL = re.compile(r"(?<=[a-z]),? (?:and|&) (?=[A-Z])|(?<=[a-z]), (?=[A-Z][a-z]+ [A-Z])")
_OPEN = re.compile(
    r"^\W?(?:貼り付けはじめ|貼付けはじめ|転載はじめ|引用はじめ|転載開始|引用開始|以下引用|以下転載|ここから引用)\W*$",
    re.M,
)
_CLOSE = re.compile(
    r"^\W?(?:貼り付け終わり|貼付け終わり|転載終わり|引用終わり|転載終了|引用終了|ここまで引用)\W*$", re.M
)
# a line that holds only the names of the authors, with or without what they are (ダニエル・ハートウェル、プリヤ・ラマスワミ)  # noqa: E501
_WHO = r"(?:[ァ-ヺー]+(?:[・＝=][ァ-ヺー]+){1,3}|[A-Z][a-z’'\-]+(?: [A-Z]\.)?(?: [A-Z][a-z’'\-]+){1,2})(?:氏|さん)?(?:\s?[(（][^()（）\n]{2,50}[)）])?"  # noqa: E501
_NAMES_LINE = re.compile(
    rf"^\W{{0,2}}(?P<name>{_WHO})(?:\s?(?:、|,|・|/|／|&|と|＆|and)\s?{_WHO}){{0,4}}(?:\s?(?:著|筆|文|共著))?$", re.M
)
_LABEL = re.compile(
    r"^\W{0,3}(?:原著者|原著|原作|筆者|著者|執筆)\s?[:：／/=＝]\s?(?P<name>[^\n、,／/()（）]{2,40})", re.M
)
# who made the translation: 訳:片桐恭子, 翻訳者 X, 文=X 訳=Y, translated by X
_TRANSLATOR = re.compile(
    r"(?:^|[\s(（／/、。])(?:翻訳|訳者|訳|監訳|抄訳|和訳)\s?[:：／/=＝・]\s?(?P<name>[一-鿿々ァ-ヺー・]{2,12})(?=[)）\s、／/]|$)|[Tt]ranslated (?:from \w+ )?by (?P<en>[A-Z][\w'’\-]+(?: [A-Z][\w'’\-]+){1,2})",  # noqa: E501
    re.M,
)
# a translation with a word of its translator before it; what follows the next byline is the author's
_PREFACE = re.compile(
    r"^\W{0,3}(?:(?:訳者|編者|編集部|監訳者|翻訳者)(?:から|の言葉|のことば|の一言|のひとこと|ノート|による前書き|による序文|による紹介|の解題|解題|による導入|注記|からの?[一-鿿]{0,3})|"
    r"(?:訳者|編者|編集部|監訳者|翻訳者)?(?:まえがき|前書き|はしがき|序文|による解説|解説|より)|はじめに[(（]訳者[)）]|[Tt]ranslator['’]s (?:note|preface|foreword|introduction)|[Ee]ditor['’]s note)\W*$",  # noqa: E501
    re.M,
)
_AFTERWORD = re.compile(
    r"^\W{0,3}(?:訳者|編者|編集部|監訳者)(?:あとがき|後書き|後記|解説|付記|補足|補記|から一言)\W*$|^[(（]訳者?注", re.M
)
# an editor's lead that says what follows is another's: 現地誌に載った論考を訳して紹介する
_LEAD = re.compile(
    r"(?:翻訳|邦訳|抄訳|全訳|和訳|訳出|訳載|訳し)[^。\n]{0,16}(?:紹介|掲載|載せ|お届け|公開|配信)|"
    r"(?:論考|寄稿|論説|評論|エッセー|エッセイ|手記|投稿|分析記事|小論|コラム)(?:の(?:全文|一部|要旨|全訳|抄訳))?を[^。\n]{0,12}(?:紹介|掲載|載せ|お届け)"
)
_MADE_BY = re.compile(r"^[(（【](?:翻訳|訳|抄訳|和訳|訳者|構成|翻訳・構成|訳・構成)[^)）】\n]{1,24}[)）】]\s*$", re.M)
# what stands behind an article about its author: 著者X氏は…の上級研究員。 Helen Aldous is a senior fellow at …
_ABOUT_AUTHOR = re.compile(
    r"^\W{0,3}(?:著者|筆者|執筆者|寄稿者)(?:略歴|紹介|プロフィール|について)?[\s:：】）)]?[^。\n]{2,40}?(?:は|[:：]|\s|生まれ)"
    r"|^\W{0,3}(?:[Aa]bout the [Aa]uthors?|The (?:author|writer)s? (?:is|are|was|teaches|works)\b|(?:The |These |All )?(?:views|opinions)(?: \w+)? (?:expressed|are|here)"  # noqa: E501
    r"|[A-Z][\w'’.\-]+(?: [A-Z][\w'’.\-]+){1,3} (?:is|was|teaches|works|serves|served|writes|covers|directs|holds) (?:an?\b|the\b|as\b|at\b|on\b|for\b|[a-z]+ (?:at|of|in|on|with)\b))"  # noqa: E501
)
_SIGNED = re.compile(
    rf"[(（](?:翻?訳者?|文責|記)?[・:：／/=＝ 　]?(?!中略|以下略|以下、略|省略|前略|後略|敬称略|仮訳|抄訳|全訳|要約|続く|完|肩書|年齢|訳者注|[^)）\n]{{0,20}}(?:による|より|参照|当時))(?P<name>[一-鿿々][一-鿿々ァ-ヺー・ぁ-ん]{{1,11}}?)(?:記)?(?:[、,\s]\s?{_DATE})?[)）]\s*$",  # noqa: E501
    re.M,
)
# 『ユーラシアン・アウトルック』誌、2025年9月12日
_PAPER_LINE = re.compile(
    rf"^\W{{0,2}}『(?P<name>[^\n』]{{2,40}})』(?:誌|紙)?[、,\s]*(?:\d+号[、,\s]*)?{_DATE}\W*$", re.M
)
_DIGEST = re.compile(
    r"(?:要旨|概要|要約|内容|主張|論旨)は(?:、)?(?:次|以下)の(?:通り|とおり)|(?:論文|論考|論説|記事|寄稿)(?:の|を)(?:要約|要旨|概要|紹介|抄訳)|要約(?:・|と)紹介|【(?:要約|概要|要旨)】"
)
_RULE = re.compile(r"^\s*(?:[*＊※]\s*){3,}$|^\s*[─━―\-=＝◇◆■]{3,}\s*$|^\s*(?:[*＊]\s*)+$", re.M)
_END = re.compile(
    r"^\W?(?:終わり|終|了|以上|おわり)\W?$|^\W?(?:Photo Credit|写真\W?クレジット|Photo\W|Image credit)|^(?:編集部より|おことわり|関連記事|関連リンク|あわせて読みたい|人気記事|コメント|研究活動一覧|詳細を見る|"  # noqa: E501
    r"Copyright|©|\(C\)|この記事をシェア|シェアする|プロフィール|著者プロフィール|Related|READ MORE|More from|Sign up|Subscribe)",  # noqa: E501
    re.M,
)
_NAV = re.compile(
    r"^(?:Index\b.*|目次|トップ|ホーム|メニュー|検索|ログイン|会員登録|次のページ|前のページ|シェア|ツイート|PR|広告|Home|Menu|Share|Advertisement)$"
)
# a title with its original behind it
_WITH_ORIGINAL = re.compile(r"^[^。]{4,60}[(（][A-Z][A-Za-z’',:;?!\-–— ]{8,100}[)）]$")
_NOTE = re.compile(r"^\s*(?:※|＊|\*|注[:：)]|\(注|（注|訳者?註|\[\d+\]|https?://|bigtech|\S*@\S+$)")
_FOREIGN = re.compile(
    r"(?<![A-Za-z])(CNN|BBC|ロイター|AFP|AP通信|ブルームバーグ|Bloomberg|フォーリン・?ポリシー|フォーリン・?アフェアーズ|Foreign Policy|Foreign Affairs|ニューヨーク・?タイムズ|ワシントン・?ポスト|ウォール・?ストリート・?ジャーナル|エコノミスト|フィナンシャル・?タイムズ)"  # noqa: E501
)
_SLUG = re.compile(
    r"^\s*(?:[一-鿿ァ-ヺー・、/]{2,20}\s?)?[(（](CNN|CNN Business|BBC|ロイター|AFP|AP|Reuters|Bloomberg)[)）]", re.M
)
_PUBLICATION = re.compile(r"^『?(?P<name>[^\n』「」。]{2,30})』?(?:誌|紙)$", re.M)
# 『フォーリン・ストラテジー』電子版に掲載された論考
_APPEARED = re.compile(r"『(?P<name>[^\n』]{2,40})』[^。\n『』]{0,30}(?:掲載|発表|公開|寄稿|配信)")
_OFFICE = re.compile(r"(?:財団法人|研究員|教授|記者|主任|上級|客員|所長|代表|[ァ-ヺ一-鿿]+会 )")


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _line_date(line: str) -> str | None:
    match = _DATE_LINE.match(line) or _HEADER_LINE.match(line) or _DATELINE.match(line)
    if match:
        return _iso(match[1], match[2], match[3])
    paper = _PAPER_LINE.match(line)
    if paper:
        return _iso(paper[2], paper[3], paper[4])
    issue = _ISSUE_LINE.search(line)
    if issue:
        year = issue["y2"] or str(int(issue["y"]) - (int(issue["m"]) > int(issue["issue"])))
        return _iso(year, issue["m"], issue["d"])
    match = _ENGLISH_DATE_LINE.match(line) or _ENGLISH_HEAD.match(line)
    if match:
        month, day, year = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
        number = datetime.datetime.strptime(month[:3].title(), "%b").month
        return _iso(year, str(number), day)
    return None


def _report_date(line: str) -> str | None:
    """The day in the dateline that a report's first sentence follows."""
    match = _ENGLISH_DATELINE.match(line)
    if match is None:
        return None
    return _iso(match[3], str(datetime.datetime.strptime(match[1], "%b").month), match[2])


def _lines(text: str) -> list[tuple[int, int, str]]:
    out, at = [], 0
    for line in text.splitlines(keepends=True):
        body = line.rstrip("\r\n")
        out.append((at, at + len(body), body))
        at += len(line)
    return out


def clean_name(raw: str) -> str:
    """The name in a byline: offices before and after it are dropped (一般財団法人霞山会 主任研究員 堀田幸裕 → 堀田幸裕)."""  # noqa: E501
    name = re.sub(r"[(（].*?[)）]", "", raw).strip(" 　・:：/／=＝、,。")
    if re.match(r"[A-Z][a-z]", name):  # Jane Doe in Dandong, China
        name = re.split(r",? (?:reporting )?(?:in|from) (?=[A-Z])", name)[0]
    parts = [p for p in re.split(r"[ 　]+", name) if p]
    if len(parts) > 1 and not re.match(r"[A-Za-z]", name):
        plain = [p for p in parts if not _OFFICE.search(p)]
        if plain:
            name = plain[-1] if len(plain[-1]) >= 3 else "".join(plain[-2:])
    return re.sub(r"(?:氏|さん|記者|教授|著|筆)$", "", name)[:60]


def analyse(text: str, *, published: str | None = None) -> Provenance:
    """Kind, chain, date and regions of a document; ``published`` (ISO) given by the user wins over the text's marks."""
    lines = _lines(text)
    filled = [(a, b, line) for a, b, line in lines if line.strip()]
    stamped: str | None = None
    for a, _, line in filled[:14] + filled[-14:]:
        inside = _OPEN.search(text, 0, a) and not _CLOSE.search(text, 0, a)
        if not inside and (stamped := _line_date(line.strip()) or _report_date(line.strip())):
            break
    reprint = _REPRINT.search(text)
    reprint_date = _iso(reprint[4], reprint[5], reprint[6]) if reprint else None
    dates = [d for m in _FULL_DATE.finditer(text) if (d := _iso(m[1], m[2], m[3]))]
    not_before = max((d for d in dates), default=None)
    authors: dict[str, str] = {}
    chain: list[Hand] = []
    regions: list[Region] = []
    kind = "article"

    opening, own = _OPEN.search(text), _SELF.search(text.lstrip("﻿ 　\n"))
    bylines = [
        (m.start(), clean_name(m["name"] or m["pen"] or m["dot"] or m["office"])) for m in _BYLINE.finditer(text)
    ]
    inner: tuple[int, int] | None = None
    speaker, inner_date = "AUTHOR", None
    signed: re.Match[str] | None = None
    if opening:
        closing = _CLOSE.search(text, opening.end())
        inner = (opening.end(), closing.start() if closing else len(text))
    elif preface := _PREFACE.search(text):
        begin = next((at for at, _ in bylines if at > preface.end()), None)
        names = _NAMES_LINE.search(text, preface.end()) or _LABEL.search(text, preface.end())
        if names and (begin is None or names.start() < begin):
            begin = names.start()
            bylines.append((begin, clean_name(names["name"])))
            bylines.sort()
        if begin is not None:
            after = _AFTERWORD.search(text, begin)
            inner = (begin, after.start() if after else len(text))
            signed = _SIGNED.search(text, preface.end(), begin)
            dated = _iso(signed[2], signed[3], signed[4]) if signed and signed[2] else None
            stamped = dated or stamped
    elif (after := _AFTERWORD.search(text, int(len(text) * 0.4))) and not after.group().startswith(("(", "（")):
        head = _NAMES_LINE.search(text, 0, after.start()) or _LABEL.search(text, 0, after.start())
        first = next((at for at, _ in bylines if at < after.start()), None)
        if head and head.start() < 400:
            bylines = sorted([*bylines, (head.start(), clean_name(head["name"]))])
            first = bylines[0][0]
        if first is not None:
            inner = (first, after.start())
            signed = _SIGNED.search(text, after.end())
    elif begun := _led(text, bylines):
        bylines = sorted([*bylines, begun]) if begun not in bylines else bylines
        made_by = _MADE_BY.search(text, begun[0])
        about = next((a for a, _, line in filled if a > begun[0] + 200 and _ABOUT_AUTHOR.match(line)), len(text))
        inner = (begun[0], min(made_by.start() if made_by else len(text), about))
    digest = _DIGEST.search(text)
    if inner:
        kind = "blog_with_translation" if opening else "translation"
        within = [name for at, name in bylines if inner[0] <= at < inner[1]]
        author = within[0] if within else None
        for a, _, line in filled:
            if inner[0] <= a < inner[1] and (inner_date := _line_date(line.strip())):
                break
        paper = _PUBLICATION.search(text, *inner) or _PAPER_LINE.search(text, *inner)
        mentioned = _APPEARED.search(text, 0, inner[0]) or _APPEARED.search(text, min(inner[1], len(text)))
        paper = paper or mentioned
        host = own["name"] if own else next((name for at, name in bylines if at < inner[0]), None)
        made = _TRANSLATOR.search(text)
        host = host or (signed["name"] if signed else (made["name"] or made["en"]) if made else None)
        speaker = author or "UNNAMED"
        place = f"blog of {host}" if host and opening else None
        chain = [
            Hand(paper["name"] if paper else None, author, inner_date, "original"),
            Hand(place, host, published or stamped, "translation"),
            *([Hand(place, host, published or stamped, "original")] if opening else []),
        ]
        for name in (author, host):
            if name:
                authors[name] = ""
    elif reprint:
        kind = "reprint"
        author = clean_name(reprint["author"])
        authors[author] = ""
        chain = [
            Hand(
                (reprint["title"] and f"{reprint['where'] or ''} {reprint['title']}".strip()) or reprint["where"],
                author,
                reprint_date,
                "original",
            ),
            Hand("republishing site", author, published or stamped, "republication"),
        ]
    elif digest or (_REPRINTED.search(text) and not _SLUG.search(text)):
        kind = "summary" if digest else "reprint"
        source = _FOREIGN.search(text)
        author = _digest_author(text, digest.start() if digest else 0)
        if author:
            authors[author] = ""
        if kind == "summary":
            speaker = author or "AUTHOR"
            begin = text.find("\n", digest.end()) if digest else 0
            rule = _RULE.search(text, max(begin, 0) + 20)
            inner = (max(begin, 0), rule.start() if rule else len(text))
        chain = [Hand(source[1] if source else None, author, None, "original"),
                 Hand(None, next((n for _, n in bylines), None), published or stamped, "summary" if digest else "republication")]  # fmt: skip  # noqa: E501
    else:
        slug = _SLUG.search(text)
        author = bylines[0][1] if bylines else (own["name"] if own else None)
        for one in _SEVERAL.split(author) if author else ():
            authors[one] = ""
        japanese = len(re.findall(r"[ぁ-ん]", text[:3000])) > 20
        if slug and japanese:
            kind = "translation"
            chain = [
                Hand(slug[1], author, published or stamped, "original"),
                Hand(f"{slug[1]} (Japanese)", None, published or stamped, "translation"),
            ]
        else:
            kind = "blog" if own else "article"
            chain = [Hand(None, author, published or stamped, "original")]

    chosen = published or stamped or (reprint_date if kind == "reprint" else None)
    reason = None
    if chosen is None:
        reason = "the text bears no date of publication and none was given"
    end = _body_end(text, filled, inner)
    seen_body = False
    tail = max(int(len(text) * 0.6), filled[-4][0] - 1 if len(filled) > 4 else len(text))
    for a, b, line in filled:
        stripped = line.strip()
        voice, date = "AUTHOR", chosen
        if inner and inner[0] <= a < inner[1]:
            voice, date = speaker, inner_date or chosen
        if a >= end or _NAV.match(stripped):
            part = "navigation"
        elif _NOTE.match(line) or (a > tail and _ABOUT_AUTHOR.match(line)):
            part = "note"
        elif (
            (
                any(a <= at < b for at, _ in bylines)
                or _line_date(stripped)
                or _OPEN.match(stripped)
                or _CLOSE.match(stripped)
                or _PUBLICATION.match(stripped)
            )
            or (own and stripped == own.group())
            or (_SELF.match(stripped) and len(stripped) < 16)
        ):
            part = "byline"
        elif (not re.search(r"[。．.！？!?」』)）:：]$", stripped) and len(stripped) <= 60) or (
            len(stripped) <= 150 and _WITH_ORIGINAL.search(stripped)
        ):
            part = "title"
        else:
            part, seen_body = "body", True
        regions.append(Region(a, b, part, voice, date))
    if not seen_body:
        regions = [
            Region(r.start, r.end, "body" if r.kind == "title" else r.kind, r.speaker, r.published) for r in regions
        ]
    return Provenance(kind, tuple(chain), chosen, reason, not_before, tuple(regions), authors)


def _led(text: str, bylines: list[tuple[int, str]]) -> tuple[int, str] | None:
    """Where the byline of another author stands behind an editor's lead that announces the article, and the name."""
    lead = _LEAD.search(text, 0, min(len(text), 1200))
    if lead is None or "。" not in text[: lead.end() + 12]:
        return None
    found = [b for b in bylines if lead.end() < b[0] < lead.end() + 300]
    for pattern in (_NAMES_LINE, _LABEL):
        named = pattern.search(text, lead.end(), min(len(text), lead.end() + 300))
        if named:
            found.append((named.start(), clean_name(named["name"])))
    return min(found) if found else None


def _digest_author(text: str, at: int) -> str | None:
    """The author of the text that is summarised: the last name before 論じている, or before the digest begins."""
    window = text[: at + 200] if at else text[:900]
    match = None
    for match in re.finditer(r"(?P<name>[ァ-ヺー]+(?:・[ァ-ヺー]+)+|[A-Z][a-z]+(?:\s[A-Z][a-z]+)+)", window):
        name = match["name"]
        if not _FOREIGN.match(name) and not re.match(r"フォーリン|ニューヨーク|ワシントン", name):
            return name
    return None


def _body_end(text: str, filled: list[tuple[int, int, str]], inner: tuple[int, int] | None) -> int:
    """Where the body ends: the first closing mark in the last three fifths after which little prose follows."""
    floor = max(int(len(text) * 0.4), inner[1] if inner and inner[1] < len(text) else 0)
    for match in _END.finditer(text, floor):
        rest = text[match.end() :]
        if rest.count("。") <= max(6, text.count("。") // 6):
            return match.start()
    return len(text)


__all__ = ["analyse", "clean_name"]
