-- Issues with all that was read for them. One row of `issues` is one edition of one date; what is keyed by
-- (edition, date) outlives a rebuilding of the issue, what is keyed by issues.id does not.

-- 第number期 of the year and 总第total期: given once, never changed, never given again.
CREATE TABLE numbers (
    edition TEXT NOT NULL,
    date TEXT NOT NULL,
    number INTEGER NOT NULL,
    total INTEGER NOT NULL,
    PRIMARY KEY (edition, date),
    UNIQUE (edition, total)
) WITHOUT ROWID;

CREATE TABLE issues (
    id INTEGER PRIMARY KEY,
    edition TEXT NOT NULL,
    date TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'published')),
    name TEXT NOT NULL,
    publisher TEXT NOT NULL,
    number INTEGER,
    total_number INTEGER,
    n_items INTEGER NOT NULL,
    sha256 TEXT NOT NULL,  -- of its issue.json
    data BLOB NOT NULL,    -- the issue without items, stories left out and sources
    UNIQUE (edition, date, state),
    FOREIGN KEY (edition, date) REFERENCES numbers (edition, date)
);

-- Texts as they were read: the ground that the offsets of every sentence stand on.
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,  -- of `data`
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    sha256 TEXT NOT NULL,         -- of the bytes of the file
    data BLOB NOT NULL
);

CREATE TABLE issue_sources (
    issue INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    source INTEGER NOT NULL REFERENCES sources (id),
    PRIMARY KEY (issue, position)
) WITHOUT ROWID;
CREATE INDEX issue_sources_by_source ON issue_sources (source);

CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,  -- of `data`
    source TEXT NOT NULL,
    position INTEGER NOT NULL,    -- Article.index
    title TEXT NOT NULL,
    paper TEXT NOT NULL,
    published TEXT,
    data BLOB NOT NULL
);

-- A story as it stands in one issue: an item, or left out.
CREATE TABLE stories (
    id INTEGER PRIMARY KEY,
    issue INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,    -- items in their order, then the stories left out
    number INTEGER,               -- of the item; NULL where left out
    section INTEGER,              -- index of the section
    topic_group INTEGER,          -- index of the group in the section
    story TEXT NOT NULL,          -- Story.id
    headline TEXT NOT NULL,
    region TEXT NOT NULL,         -- 山东/聊城
    topic TEXT NOT NULL,
    data BLOB NOT NULL            -- the item or the story left out, without its versions
);
CREATE UNIQUE INDEX stories_of_issue ON stories (issue, position);
CREATE INDEX stories_by_id ON stories (story);

CREATE TABLE versions (
    story INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,    -- the leading version is 0
    article INTEGER NOT NULL REFERENCES articles (id),
    data BLOB NOT NULL,           -- what the analysis of that day found: regions, topics, summary, keywords
    PRIMARY KEY (story, position)
) WITHOUT ROWID;
CREATE INDEX versions_by_article ON versions (article);

-- What printed stories are looked up by: region (and each region above it), topic, paper, keyword.
CREATE TABLE labels (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    story INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    PRIMARY KEY (kind, value, story)
) WITHOUT ROWID;
CREATE INDEX labels_by_story ON labels (story);

-- From a story to another one, of this or of an earlier issue, which is named so that it may be built again.
CREATE TABLE links (
    story INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    edition TEXT NOT NULL,
    date TEXT NOT NULL,
    target TEXT NOT NULL,         -- Story.id
    PRIMARY KEY (story, position)
) WITHOUT ROWID;
CREATE INDEX links_by_target ON links (edition, date, target);
