"""The published snapshot in, the pages people look at out: announcements, trends, stories, facts, outlets, feeds, sign-up."""
