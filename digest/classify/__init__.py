"""Region and topic of an article, each with its evidence."""
