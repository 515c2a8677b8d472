-- The words of what is printed, by day: an entry's id begins with the day of its issue, so that the newest come
-- last in the index and a search takes as many of them as it wants. An entry stands for an article in an issue
-- of an edition with the region, topic and paper that it is filtered by; where these change, another is added,
-- and what the index then holds of the old one leads to nothing that fits.
DROP TABLE entry_words;
DROP TABLE entries;
CREATE TABLE entries (
    id INTEGER PRIMARY KEY,        -- day << 24 | n; never given again
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    edition TEXT NOT NULL,
    date TEXT NOT NULL,            -- of the issue
    facets TEXT NOT NULL,          -- as they stand in the index
    UNIQUE (article, edition, date, facets)
);
CREATE TABLE entry_numbers (
    date TEXT PRIMARY KEY,
    last INTEGER NOT NULL
) WITHOUT ROWID;
CREATE VIRTUAL TABLE entry_words USING fts5 (
    headline,  -- pairs of characters, and each character once
    body,
    words,     -- of both, cut by the dictionary
    facets,    -- a token each for edition, paper, topic, region and the regions above it
    content = '',
    tokenize = 'unicode61 remove_diacritics 0'
);
-- Stories that are not indexed yet: those of a library of before.
CREATE TABLE unindexed (
    story INTEGER PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE
);
INSERT INTO unindexed SELECT id FROM stories WHERE number IS NOT NULL;
