-- Stories by the day of their issue without opening them: what the pages of an archive list.
CREATE INDEX issues_by_state ON issues (state, date, edition);
