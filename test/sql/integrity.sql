-- integrity: digests, roots, proofs; the vectors that RFC 6962's and RFC 8785's readers share
SET client_min_messages = warning;
\set SHOW_CONTEXT never
\pset null unknown

-- ---- digests ----
SELECT mf_digest(record) = sha256(convert_to(mf_digest_text(record), 'UTF8')) AS as_said, mf_digest(record)
FROM (VALUES (minefield '{"type":"Feature"}'), ('{"type":"Feature","id":"Ж/1","properties":{"number":"1","n":1.50}}')) v(record);
-- one content, one digest; what is derived takes no part
SELECT count(DISTINCT mf_digest(record)) AS one FROM (VALUES
	(minefield '{"type":"Feature","id":"B/1","properties":{"number":"1"}}'),
	('{"properties":{"number":"\u0031"},"id":"B/1","geometry":null,"type":"Feature"}'),
	('{"type":"Feature","id":"B/1","geometry":{"type":"Point","coordinates":[50.3,41.2]},"properties":{"number":"1","derived":{"operation":"EPSG:15865"}}}')) v(record);
SELECT count(DISTINCT mf_digest(record)) AS two FROM (VALUES
	(minefield '{"type":"Feature","id":"B/1","properties":{"number":"1"}}'),
	('{"type":"Feature","id":"B/1","geometry":{"type":"Point","coordinates":[50.3,41.2]},"properties":{"number":"1"}}')) v(record);
CREATE TEMP TABLE books (name text, book logbook);
INSERT INTO books VALUES
	('empty', '{"type":"FeatureCollection","features":[]}'),
	('three', '{"type":"FeatureCollection","logbook":{"title":"T"},"features":[{"type":"Feature","id":1},{"type":"Feature","id":2,"properties":{"derived":{}},"geometry":{"type":"Point","coordinates":[50,41]}},{"type":"Feature","id":3}]}');
SELECT name, mf_digest_text(book), mf_digest(book) = sha256(convert_to(mf_digest_text(book), 'UTF8')) AS as_said, mf_digest(book) FROM books ORDER BY name;
SELECT mf_digest(NULL::minefield), mf_digest(NULL::logbook), mf_digest_text(NULL::logbook);

-- ---- salts and leaves ----
SELECT count(*), count(DISTINCT s), min(length(s)), max(length(s)) FROM unnest(mf_salts(1000)) s;
SELECT mf_salts(0), mf_salts(NULL);
SELECT mf_salts(-1);
SELECT mf_leaf('{"type":"Feature"}', decode(repeat('61', 16), 'hex')) = convert_to(repeat('a', 16) || '{"geometry":null,"properties":null,"type":"Feature"}', 'UTF8') AS salt_then_text;
SELECT mf_leaf('{"type":"Feature"}', '\x00');

-- ---- RFC 6962: the leaves and roots of Certificate Transparency's reference implementation ----
CREATE TEMP TABLE ct (n int, leaf bytea, root bytea);
INSERT INTO ct VALUES
	(1, '\x', '\x6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'),
	(2, '\x00', '\xfac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'),
	(3, '\x10', '\xaeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'),
	(4, '\x2021', '\xd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'),
	(5, '\x3031', '\x4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'),
	(6, '\x40414243', '\x76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'),
	(7, '\x5051525354555657', '\xddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'),
	(8, '\x606162636465666768696a6b6c6d6e6f', '\x5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
SELECT mf_merkle_root('{}'::bytea[]) AS of_nothing;
SELECT n, mf_merkle_root((SELECT array_agg(leaf ORDER BY n) FROM ct c WHERE c.n <= ct.n)) = root AS published FROM ct ORDER BY n;
-- and their audit paths: leaf 1 of 8, 6 of 8, 3 of 3, 2 of 5
SELECT unnest(mf_merkle_proof((SELECT array_agg(leaf ORDER BY n) FROM ct WHERE n <= size), leaf)) AS path
FROM (VALUES (1, 1, 8), (2, 6, 8), (3, 3, 3), (4, 2, 5)) v(o, leaf, size) ORDER BY o;
-- every leaf of every size leads to its root, and to no other, from no other place
SELECT count(*) AS proofs, bool_and(mf_merkle_verify(leaves[n], n, size, proof, root)) AS lead,
	bool_or(mf_merkle_verify(leaves[n] || '\x00', n, size, proof, root)) AS other_leaf,
	bool_or(mf_merkle_verify(leaves[n], n % size + 1, size, proof, root)) FILTER (WHERE size > 1) AS other_place,
	bool_or(mf_merkle_verify(leaves[n], n, size, proof || root, root)) AS longer,
	bool_or(mf_merkle_verify(leaves[n], n, size, proof[2:], root)) FILTER (WHERE size > 1) AS shorter,
	bool_or(mf_merkle_verify(leaves[n], n, size, proof, set_byte(root, 31, 255 - get_byte(root, 31)))) AS other_root
FROM (SELECT size, n, leaves, mf_merkle_proof(leaves, n) AS proof, mf_merkle_root(leaves) AS root
	FROM generate_series(1, 40) size, generate_series(1, size) n,
		LATERAL (SELECT array_agg(int4send(i) ORDER BY i) AS leaves FROM generate_series(1, size) i) l) p;
-- a node is no leaf: the prefixes keep them apart
SELECT mf_merkle_root(ARRAY['\x01' || sha256('\x00') || sha256('\x0000')]) = mf_merkle_root('{"",\\x00}'::bytea[]) AS confused;

-- ---- what does not fit together ----
SELECT mf_merkle_verify('\x', 1, 1, '{}', mf_merkle_root('{""}'::bytea[])) AS only_leaf;
SELECT mf_merkle_verify('\x', n, size, proof, root)
FROM (VALUES (1, 0, 1, '{}'::bytea[], sha256('')), (2, 2, 1, '{}', sha256('')), (3, -1, -1, '{}', sha256('')), (4, 1, 1, '{}', ''),
	(5, 1, 2, '{NULL}', sha256('')), (6, 1, 2, '{""}', sha256('')), (7, 1, 2, '{{"",""}}', sha256('')), (8, 1, 1, '{}', NULL)) v(o, n, size, proof, root) ORDER BY o;
SELECT mf_merkle_root('{NULL}'::bytea[]);
SELECT mf_merkle_root('{{"",""}}'::bytea[]);
SELECT mf_merkle_proof('{"",""}'::bytea[], 3);
SELECT mf_merkle_proof('{"",""}'::bytea[], 0);

-- ---- books ----
CREATE TEMP TABLE salts AS SELECT name, (SELECT array_agg(substr(sha256(int4send(i)), 1, 16) ORDER BY i) FROM generate_series(1, mf_record_count(book)::int) i) AS salts FROM books;
SELECT name, mf_merkle_root(book, coalesce(salts, '{}')) FROM books JOIN salts USING (name) ORDER BY name;
SELECT mf_merkle_root(book, salts) = mf_merkle_root((SELECT array_agg(mf_leaf(r, salts[n]) ORDER BY n) FROM mf_records(book) WITH ORDINALITY x(r, n))) AS the_same
FROM books JOIN salts USING (name) WHERE name = 'three';
SELECT n, mf_merkle_verify(mf_leaf(r, salts[n]), n::int, 3, mf_merkle_proof(book, salts, n::int), mf_merkle_root(book, salts)) AS was_in_it
FROM books JOIN salts USING (name), mf_records(book) WITH ORDINALITY x(r, n) WHERE name = 'three' ORDER BY n;
SELECT mf_merkle_root(book, mf_salts(2)) FROM books WHERE name = 'three';
SELECT mf_merkle_root(book, '{"","",""}') FROM books WHERE name = 'three';
SELECT mf_merkle_root(book, '{NULL,NULL,NULL}') FROM books WHERE name = 'three';
SELECT mf_merkle_proof(book, mf_salts(3), 4) FROM books WHERE name = 'three';
SELECT mf_merkle_root(book, NULL) FROM books WHERE name = 'three';

-- ---- RFC 8785: the test data of its authors (arrays, french, structures, unicode, weird) ----
SELECT name, ('{"type":"Feature","x":' || input || '}')::minefield::text = '{"geometry":null,"properties":null,"type":"Feature","x":' || output || '}' AS published
FROM (VALUES
	('arrays', E'[\n  56,\n  {\n    "d": true,\n    "10": null,\n    "1": [ ]\n  }\n]', '[56,{"1":[],"10":null,"d":true}]'),
	('french', E'{\n  "peach": "This sorting order",\n  "péché": "is wrong according to French",\n  "pêche": "but canonicalization MUST",\n  "sin":   "ingnore locale"\n}\n',
		'{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ingnore locale"}'),
	('structures', E'{\n  "1": {"f": {"f": "hi","F": 5} ,"\\n": 56.0},\n  "10": { },\n  "": "empty",\n  "a": { },\n  "111": [ { } ],\n  "A": { }\n}',
		'{"":"empty","1":{"\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],"A":{},"a":{}}'),
	('unicode', '{"Unnormalized Unicode":"\u1e0d\u0307"}', U&'{"Unnormalized Unicode":"\1E0D\0307"}'),
	('weird', '{"\u20ac": "Euro Sign", "1": "One", "\u0080": "Control\u007f", "\ud83d\ude02": "Smiley", "\u00f6": "Latin Small Letter O With Diaeresis", "\ufb33": "Hebrew Letter Dalet With Dagesh", "</script>": "Browser Challenge"}',
		U&'{"1":"One","</script>":"Browser Challenge","\0080":"Control\007F","\00F6":"Latin Small Letter O With Diaeresis","\20AC":"Euro Sign","\+01F602":"Smiley","\FB33":"Hebrew Letter Dalet With Dagesh"}')) v(name, input, output)
ORDER BY name;
