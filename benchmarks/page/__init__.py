"""The page in a real Chromium: how soon it can be used, how soon a change is painted, what it keeps."""
