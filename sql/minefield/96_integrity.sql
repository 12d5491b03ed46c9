-- digests, and proofs that a record was in a book

CREATE FUNCTION mf_digest_text(book logbook) RETURNS text
	AS 'MODULE_PATHNAME', 'mf_digest_text_logbook'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_digest_text(logbook) IS
	'The canonical text of the log book without derived content of its records: what its digest is taken of.';

CREATE FUNCTION mf_digest(record minefield) RETURNS bytea
	AS 'MODULE_PATHNAME', 'mf_digest'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_digest(minefield) IS
	'SHA-256 (32 bytes) of mf_digest_text(record) in UTF-8. A short record can be guessed from its digest.';

CREATE FUNCTION mf_digest(book logbook) RETURNS bytea
	AS 'MODULE_PATHNAME', 'mf_digest_logbook'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_digest(logbook) IS
	'SHA-256 (32 bytes) of mf_digest_text(book) in UTF-8: header, records and their order.';

CREATE FUNCTION mf_salts(n integer) RETURNS bytea[]
	AS 'MODULE_PATHNAME', 'mf_salts'
	LANGUAGE C VOLATILE STRICT PARALLEL SAFE COST 250;
COMMENT ON FUNCTION mf_salts(integer) IS
	'n salts of 16 random bytes each, for the leaves of a log book. Keep them: without them nothing can be proved, and who has one can try out what its record says.';

CREATE FUNCTION mf_leaf(record minefield, salt bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'mf_leaf'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_leaf(minefield, bytea) IS
	'What a log book''s tree has as the leaf of a record: the salt of 16 bytes, then mf_digest_text(record) in UTF-8.';

CREATE FUNCTION mf_merkle_root(leaves bytea[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'mf_merkle_root'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_merkle_root(bytea[]) IS
	'The root (32 bytes) of the Merkle tree of RFC 6962 over the leaves in their order; without leaves SHA-256 of nothing. A NULL leaf is an error.';

CREATE FUNCTION mf_merkle_root(book logbook, salts bytea[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'mf_merkle_root_logbook'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_merkle_root(logbook, bytea[]) IS
	'The root (32 bytes) of the tree over the leaves (mf_leaf) of the book''s records in their order. Each record needs a salt of its own. The header is not under the root, but in mf_digest(book).';

CREATE FUNCTION mf_merkle_proof(leaves bytea[], n integer) RETURNS bytea[]
	AS 'MODULE_PATHNAME', 'mf_merkle_proof'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_merkle_proof(bytea[], integer) IS
	'The audit path (RFC 6962) of leaf n, counted from 1: the hashes that lead from it to the root. Empty for the only leaf.';

CREATE FUNCTION mf_merkle_proof(book logbook, salts bytea[], n integer) RETURNS bytea[]
	AS 'MODULE_PATHNAME', 'mf_merkle_proof_logbook'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_merkle_proof(logbook, bytea[], integer) IS
	'The audit path of the n-th record of the book, counted from 1.';

CREATE FUNCTION mf_merkle_verify(leaf bytea, n integer, size integer, proof bytea[], root bytea) RETURNS boolean
	AS 'MODULE_PATHNAME', 'mf_merkle_verify'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_merkle_verify(bytea, integer, integer, bytea[], bytea) IS
	'Is this the n-th of size leaves, counted from 1, under this root? False for whatever does not fit together; NULL where an argument is.';
