-- The words of the articles, to be searched. What is found is an entry's id; an entry goes with its article,
-- and what the index then still holds of it leads nowhere.
CREATE TABLE entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given again
    article INTEGER NOT NULL UNIQUE REFERENCES articles (id) ON DELETE CASCADE
);
CREATE VIRTUAL TABLE entry_words USING fts5 (
    headline,  -- pairs of characters
    body,
    words,     -- of both, cut by the dictionary
    content = '',
    tokenize = 'unicode61 remove_diacritics 0'
);
