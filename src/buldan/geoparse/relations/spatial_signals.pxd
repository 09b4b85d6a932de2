# No types: its loops over words and rows of tables are a fifth quicker compiled as they stand.
