-- The evidence store. Tables of records have the columns of a case's files; lists are JSON.
-- `layer` is 'case:NAME' for what a case's files say and 'user' for what was imported or accepted.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE sources (
    hash TEXT NOT NULL, layer TEXT NOT NULL,
    id TEXT NOT NULL, title TEXT, author TEXT, publisher TEXT, date TEXT, url TEXT, type TEXT, language TEXT,
    accessed TEXT, trust TEXT, derives_from TEXT, chain_role TEXT, note TEXT,
    PRIMARY KEY (layer, hash)
);
CREATE TABLE source_chains (
    layer TEXT NOT NULL, source TEXT NOT NULL, derives_from TEXT NOT NULL,
    PRIMARY KEY (layer, source, derives_from)
);
CREATE TABLE entities (
    hash TEXT NOT NULL, layer TEXT NOT NULL,
    id TEXT NOT NULL, type TEXT, name_en TEXT, name_ja TEXT, name_ko TEXT, aliases TEXT, country TEXT, role TEXT,
    "from" TEXT, until TEXT, note TEXT,
    PRIMARY KEY (layer, hash)
);
CREATE TABLE aliases (
    layer TEXT NOT NULL, entity TEXT NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL,
    PRIMARY KEY (layer, entity, name)
);
CREATE INDEX aliases_by_key ON aliases (key);
CREATE TABLE facts (
    hash TEXT NOT NULL, layer TEXT NOT NULL,
    id TEXT NOT NULL, date TEXT, precision TEXT, site TEXT, "index" TEXT, value, low REAL, high REAL,
    certainty TEXT, attributes TEXT, sources TEXT, checked TEXT, title_en TEXT, title_ja TEXT, note TEXT,
    reported TEXT,
    PRIMARY KEY (layer, hash)
);
CREATE TABLE coverage (
    hash TEXT NOT NULL, layer TEXT NOT NULL,
    id TEXT NOT NULL, site TEXT, "index" TEXT, "from" TEXT, until TEXT, sources TEXT, note TEXT,
    PRIMARY KEY (layer, hash)
);
CREATE TABLE measurements (
    hash TEXT NOT NULL, layer TEXT NOT NULL,
    id TEXT NOT NULL, series TEXT, "index" TEXT, date TEXT, value REAL, low REAL, high REAL, sd REAL, unit TEXT,
    maker TEXT, sources TEXT, checked TEXT, note TEXT, published TEXT,
    PRIMARY KEY (layer, hash)
);
CREATE INDEX sources_by_id ON sources (id);
CREATE INDEX entities_by_id ON entities (id);
CREATE INDEX facts_by_id ON facts (id);
CREATE INDEX facts_by_site ON facts (site, "index");

-- a text that was read; `id` is the SHA-256 of the text where the text is known
CREATE TABLE documents (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, published TEXT, provenance TEXT NOT NULL, source TEXT NOT NULL,
    reading TEXT NOT NULL, text TEXT
);
-- what the reading of a text proposes, and what a person made of it
CREATE TABLE statements (
    id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents (id), kind TEXT NOT NULL,
    position INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, exact TEXT NOT NULL,
    content TEXT NOT NULL, edits TEXT NOT NULL DEFAULT '{}',
    state TEXT NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'accepted', 'edited', 'rejected'))
);
CREATE INDEX statements_by_document ON statements (document, position);
-- a statement that tells again what a fact says: its source stands beside the fact's own
CREATE TABLE support (
    fact TEXT NOT NULL, source TEXT NOT NULL, statement TEXT NOT NULL REFERENCES statements (id),
    PRIMARY KEY (fact, source, statement)
);
CREATE TABLE review_log (
    number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, statement TEXT NOT NULL, action TEXT NOT NULL,
    before TEXT NOT NULL, after TEXT NOT NULL, fact TEXT, undone INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE search_texts (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, layer TEXT NOT NULL, text TEXT NOT NULL
);
CREATE INDEX search_texts_by_id ON search_texts (kind, id, layer);
CREATE VIRTUAL TABLE search_index USING fts5 (key, tokenize = 'trigram case_sensitive 1');
