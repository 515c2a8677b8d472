-- What was printed and is taken back. It outlives the rebuilding of an issue: a build of the day again takes it
-- back too, by the story's id, or by the words where the story has become another one.
CREATE TABLE withdrawals (
    edition TEXT NOT NULL,
    date TEXT NOT NULL,
    story TEXT NOT NULL,          -- Story.id
    sentence TEXT NOT NULL,       -- '' where the whole story is taken back
    digest TEXT NOT NULL,         -- sha256 of the leading article's text
    reason TEXT NOT NULL,
    day TEXT NOT NULL,            -- when it was taken back
    PRIMARY KEY (edition, date, story, sentence)
) WITHOUT ROWID;
