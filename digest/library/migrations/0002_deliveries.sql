-- Letters: a row for each issue and recipient, written before it leaves and after. Keyed by edition and date,
-- so that the rebuilding of an issue forgets nothing of what was sent.
CREATE TABLE deliveries (
    edition TEXT NOT NULL,
    date TEXT NOT NULL,
    address TEXT NOT NULL,        -- case folded
    message_id TEXT NOT NULL,
    choice TEXT NOT NULL,         -- 山东·聊城；经济; '' for the whole issue
    state TEXT NOT NULL CHECK (state IN ('sending', 'sent', 'deferred', 'refused', 'uncertain')),
    detail TEXT NOT NULL,         -- what the server said
    attempts INTEGER NOT NULL,
    changed TEXT NOT NULL,        -- ISO 8601
    PRIMARY KEY (edition, date, address)
) WITHOUT ROWID;
CREATE INDEX deliveries_by_message_id ON deliveries (message_id);

-- Addresses that a delivery report says take no mail.
CREATE TABLE bounces (
    address TEXT PRIMARY KEY,     -- case folded
    status TEXT NOT NULL,         -- 5.1.1, RFC 3463
    detail TEXT NOT NULL,
    message_id TEXT NOT NULL,     -- of the letter that came back
    day TEXT NOT NULL             -- when the report was read
) WITHOUT ROWID;
