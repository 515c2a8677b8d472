-- What was published of an issue, file by file: issue.json is known by issues.sha256, here are all.
CREATE TABLE issue_files (
    issue INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
    name TEXT NOT NULL,    -- in the folder of the issue
    sha256 TEXT NOT NULL,
    PRIMARY KEY (issue, name)
) WITHOUT ROWID;
