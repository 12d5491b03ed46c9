-- demo.sql - the order of the demonstration; run starts it

\ir 1_books.sql
\ir 2_gaps.sql
\ir 3_overlaps.sql
\ir 4_mines.sql
\ir 5_place.sql
\ir 6_layers.sql
\ir 7_report.sql
\ir 8_paper.sql
\ir 9_links.sql
