-- How many printed stories of published issues a label has, in all and by month: the pages of an archive tell
-- it for hundreds of labels a day, and to count them anew each time would cost more the longer it is.
CREATE TABLE label_months (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    month TEXT NOT NULL,  -- YYYY-MM
    n INTEGER NOT NULL,
    PRIMARY KEY (kind, value, month)
) WITHOUT ROWID;
INSERT INTO label_months
    SELECT kind, value, substr(date, 1, 7) AS month, count(*) FROM labels
    JOIN stories ON stories.id = labels.story JOIN issues ON issues.id = issue
    WHERE state = 'published' GROUP BY kind, value, month;
CREATE TABLE label_counts (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (kind, value)
) WITHOUT ROWID;
INSERT INTO label_counts SELECT kind, value, sum(n) FROM label_months GROUP BY kind, value;
