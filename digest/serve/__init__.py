"""The output folder on localhost, and what has changed of the files that an issue is made from."""
