# ruff: noqa: E501 (rows of tables)
"""A small case's files, right in every line, for tests to load, break and search."""

from __future__ import annotations

from pathlib import Path

SOURCES = """\
- id: agency
  title: Readout of the meeting
  author: State news agency
  publisher: Agency
  date: 2023-09-14
  type: webpage
  language: en
  trust: medium
- id: article
  title: A magazine's article on the arms trade
  author: [Panda A., Other B.]
  date: 2023-09
  type: article-magazine
  trust: medium
- id: translation
  title: 武器取引についての記事
  type: post-weblog
  language: ja
  trust: low
  derives_from: [article]
  chain_role: translation
- id: customs
  title: Customs tables
  type: dataset
  trust: high
"""
ENTITIES = """\
# names of states would be read as false by a careless reader
- id: NOR
  type: state
  name_en: Norway
  country: NO
- id: KIM_JONG_UN
  type: person
  name_en: Kim Jong Un
  name_ja: 金正恩
  aliases: [金総書記, Kim Jong-un]
  from: 2011-12-17
"""
CHRONICLE = """\
id,date,precision,site,index,value,low,high,certainty,attributes,sources,checked,title_en,title_ja,note,reported
summit-2023,2023-09-13,day,summit,PRK-RUS,1,,,confirmed,level=leaders;place=Vostochny,agency;article,opened,"Kim, Putin meet",首脳会談,,
shells-1,2023-10,month,arms.containers,,1000,1000,,estimate,,article,document,Containers shipped,コンテナ,,2023-11-02
shells-2,2023-10,month,arms.containers,,3000,2500,4000,estimate,,customs,opened,Containers shipped,コンテナ,,
shells-3,2023-10,month,arms.containers,,1000,1000,,estimate,,translation,document,Containers quoted,制裁とロシア,,
phase-2022,2022-02-24,day,war.phase,,full,,,confirmed,,agency,memory,Invasion,侵攻,,
"""
COVERAGE = """\
site,index,from,until,sources,note
summit,PRK-RUS,2019-01,2023-12,agency,
"""
SERIES = """\
series,index,date,value,low,high,sd,unit,maker,sources,checked,note,published
PRK.gdp_growth,,2018,-4.1,,,0.5,percent a year,Bank,customs,opened,,
PRK.gdp_growth,,2019,0.4,,,0.5,percent a year,Bank,customs,opened,,2020-07
PRK.warheads,,2023,30,20,60,,count,Maker A,article,opened,,
PRK.warheads,,2023,90,80,110,,count,Maker B,customs,opened,,
rice,,2023-Q3,5800,,,,KRW/kg,Daily,agency,opened,,
rice,,2023-10,5900,,,,KRW/kg,Daily,agency,opened,,
"""
FILES = {
    "sources.yaml": SOURCES,
    "entities.yaml": ENTITIES,
    "chronicle.csv": CHRONICLE,
    "coverage.csv": COVERAGE,
    "series.csv": SERIES,
}


def write_case(directory: Path, **changed: str) -> Path:
    """Write the case; ``chronicle=TEXT`` and the like replace a file."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        (directory / name).write_text(changed.get(name.partition(".")[0], text), encoding="utf-8")
    return directory
