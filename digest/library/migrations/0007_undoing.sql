-- A withdrawal may be undone; and once the printed issues are in step with it, nobody has to look for them again.
ALTER TABLE withdrawals ADD COLUMN undone TEXT NOT NULL DEFAULT '';     -- the day; '' where it holds
ALTER TABLE withdrawals ADD COLUMN settled INTEGER NOT NULL DEFAULT 0;  -- 1: the issues are in step
