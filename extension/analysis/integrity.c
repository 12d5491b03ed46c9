/*
 * integrity.c - digests, and proofs that a record was in a book
 *
 * SHA-256 over canonical text, and the Merkle tree of RFC 6962, section 2.1,
 * over leaves that begin with a salt: whoever is shown some records with
 * their salts and proofs can check them against the root of the book, and
 * cannot guess the others from hashes.  Nothing is kept here: salts belong
 * to who made the book.
 */
#include "mf_analysis.h"

#include "mf_types.h"

#include "catalog/pg_type.h"
#include "common/cryptohash.h"
#include "common/sha2.h"
#include "utils/array.h"

#define HASH_SIZE	PG_SHA256_DIGEST_LENGTH
#define SALT_SIZE	16			/* bytes: 128 bits cannot be tried out */
#define MAX_SALTS	10000000	/* no log book has more records */

typedef struct Hash
{
	uint8		bytes[HASH_SIZE];
} Hash;

/* Some bytes that are not ours. */
typedef struct Bytes
{
	const void *data;
	Size		len;
} Bytes;

/* ---- SHA-256 ---- */

static void
check_hash(pg_cryptohash_ctx *ctx, int status)
{
	if (status < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INTERNAL_ERROR),
				 errmsg("could not compute SHA-256: %s", pg_cryptohash_error(ctx))));
}

/* The hash of some pieces one after the other. */
static void
hash_pieces(pg_cryptohash_ctx *ctx, Hash *hash, const Bytes *pieces, int n)
{
	check_hash(ctx, pg_cryptohash_init(ctx));
	for (int i = 0; i < n; i++)
		check_hash(ctx, pg_cryptohash_update(ctx, pieces[i].data, pieces[i].len));
	check_hash(ctx, pg_cryptohash_final(ctx, hash->bytes, HASH_SIZE));
}

static pg_cryptohash_ctx *
hash_begin(void)
{
	pg_cryptohash_ctx *ctx = pg_cryptohash_create(PG_SHA256);

	if (ctx == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_OUT_OF_MEMORY),
				 errmsg("could not compute SHA-256: out of memory")));
	return ctx;
}

static bytea *
make_bytea(const void *data, Size len)
{
	bytea	   *result = palloc(VARHDRSZ + len);

	SET_VARSIZE(result, VARHDRSZ + len);
	memcpy(VARDATA(result), data, len);
	return result;
}

/* ---- digests ---- */

static Datum
digest_of(const StringInfoData *text)
{
	pg_cryptohash_ctx *ctx = hash_begin();
	const Bytes piece = {text->data, text->len};
	Hash		hash;

	hash_pieces(ctx, &hash, &piece, 1);
	pg_cryptohash_free(ctx);
	PG_RETURN_BYTEA_P(make_bytea(&hash, HASH_SIZE));
}

/* mf_digest(record minefield) → bytea: SHA-256 of mf_digest_text(record) */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_digest);
Datum
mf_digest(PG_FUNCTION_ARGS)
{
	StringInfoData text;

	initStringInfo(&text);
	canonical_digest(&text, PG_GETARG_MINEFIELD_P(0));
	return digest_of(&text);
}

/*
 * mf_digest_text(book logbook) → text
 *
 * The canonical text of the book without derived content of its records.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_digest_text_logbook);
Datum
mf_digest_text_logbook(PG_FUNCTION_ARGS)
{
	StringInfoData text;

	initStringInfo(&text);
	canonical_logbook_digest(&text, PG_GETARG_LOGBOOK_P(0));
	PG_RETURN_TEXT_P(cstring_to_text_with_len(text.data, text.len));
}

/* mf_digest(book logbook) → bytea: SHA-256 of mf_digest_text(book) */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_digest_logbook);
Datum
mf_digest_logbook(PG_FUNCTION_ARGS)
{
	StringInfoData text;

	initStringInfo(&text);
	canonical_logbook_digest(&text, PG_GETARG_LOGBOOK_P(0));
	return digest_of(&text);
}

/* ---- salts and leaves ---- */

static Datum
bytea_array(Datum *values, int n)
{
	return PointerGetDatum(construct_array(values, n, BYTEAOID, -1, false, TYPALIGN_INT));
}

/* mf_salts(n integer) → bytea[]: n times 16 random bytes */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_salts);
Datum
mf_salts(PG_FUNCTION_ARGS)
{
	int32		n = PG_GETARG_INT32(0);
	Datum	   *salts;

	if (n < 0 || n > MAX_SALTS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("number of salts must be between 0 and %d", MAX_SALTS)));
	salts = palloc(sizeof(Datum) * Max(n, 1));
	for (int i = 0; i < n; i++)
	{
		uint8		salt[SALT_SIZE];

		CHECK_FOR_INTERRUPTS();
		if (!pg_strong_random(salt, SALT_SIZE))
			ereport(ERROR,
					(errcode(ERRCODE_INTERNAL_ERROR),
					 errmsg("could not draw random numbers")));
		salts[i] = PointerGetDatum(make_bytea(salt, SALT_SIZE));
	}
	return bytea_array(salts, n);
}

/* A salt that is not of the size agreed would move bytes between salt and text. */
static const bytea *
check_salt(const bytea *salt)
{
	if (VARSIZE_ANY_EXHDR(salt) != SALT_SIZE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("salt has %d bytes, not %d", (int) VARSIZE_ANY_EXHDR(salt), SALT_SIZE),
				 errhint("Draw salts with mf_salts().")));
	return salt;
}

/* mf_leaf(record minefield, salt bytea) → bytea: the salt, then the digest text */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_leaf);
Datum
mf_leaf(PG_FUNCTION_ARGS)
{
	const bytea *salt = check_salt(PG_GETARG_BYTEA_PP(1));
	StringInfoData leaf;

	initStringInfo(&leaf);
	appendBinaryStringInfo(&leaf, VARDATA_ANY(salt), SALT_SIZE);
	canonical_digest(&leaf, PG_GETARG_MINEFIELD_P(0));
	PG_RETURN_BYTEA_P(make_bytea(leaf.data, leaf.len));
}

/* ---- the tree: RFC 6962, section 2.1 ---- */

static void
hash_leaf(pg_cryptohash_ctx *ctx, Hash *hash, const Bytes *salt, const Bytes *text)
{
	const Bytes pieces[] = {{"\x00", 1}, *salt, *text};

	hash_pieces(ctx, hash, pieces, lengthof(pieces));
}

static void
hash_node(pg_cryptohash_ctx *ctx, Hash *hash, const Hash *left, const Hash *right)
{
	const Bytes pieces[] = {{"\x01", 1}, {left, HASH_SIZE}, {right, HASH_SIZE}};
	Hash		node;

	hash_pieces(ctx, &node, pieces, lengthof(pieces));
	*hash = node;
}

/*
 * One level up: pairs become their node, one that is left over goes up as it
 * is.  That is the tree of the RFC, which splits at the largest power of two.
 */
static uint32
tree_level(pg_cryptohash_ctx *ctx, Hash *hashes, uint32 n)
{
	for (uint32 i = 0; i < n / 2; i++)
	{
		CHECK_FOR_INTERRUPTS();
		hash_node(ctx, &hashes[i], &hashes[2 * i], &hashes[2 * i + 1]);
	}
	if (n % 2 == 1)
		hashes[n / 2] = hashes[n - 1];
	return n / 2 + n % 2;
}

static void
tree_root(pg_cryptohash_ctx *ctx, Hash *root, Hash *hashes, uint32 n)
{
	if (n == 0)
		hash_pieces(ctx, root, NULL, 0);
	else
	{
		while (n > 1)
			n = tree_level(ctx, hashes, n);
		*root = hashes[0];
	}
}

/* The neighbours on the way from leaf n (from 0) to the root. */
static Datum
tree_proof(pg_cryptohash_ctx *ctx, Hash *hashes, uint32 size, uint32 n)
{
	Datum		path[32];		/* levels: size has 32 bits */
	int			len = 0;

	while (size > 1)
	{
		if ((n ^ 1) < size)
			path[len++] = PointerGetDatum(make_bytea(&hashes[n ^ 1], HASH_SIZE));
		size = tree_level(ctx, hashes, size);
		n /= 2;
	}
	return bytea_array(path, len);
}

/* ---- arguments ---- */

/* The elements of a bytea[], none of which may be NULL. */
static Bytes *
read_array(ArrayType *array, const char *what, uint32 *n)
{
	Datum	   *values;
	bool	   *nulls;
	int			count;
	Bytes	   *bytes;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("array of %s must have one dimension", what)));
	deconstruct_array(array, BYTEAOID, -1, false, TYPALIGN_INT, &values, &nulls, &count);
	bytes = palloc(sizeof(Bytes) * Max(count, 1));
	for (int i = 0; i < count; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("array of %s must not have a NULL", what)));
		bytes[i].data = VARDATA_ANY(DatumGetPointer(values[i]));
		bytes[i].len = VARSIZE_ANY_EXHDR(DatumGetPointer(values[i]));
		if (bytes[i].len != SALT_SIZE && strcmp(what, "salts") == 0)
			(void) check_salt((bytea *) DatumGetPointer(values[i]));
	}
	*n = count;
	return bytes;
}

static Hash *
leaf_hashes(pg_cryptohash_ctx *ctx, const Bytes *leaves, uint32 n)
{
	const Bytes none = {"", 0};
	Hash	   *hashes = palloc(sizeof(Hash) * Max(n, 1));

	for (uint32 i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		hash_leaf(ctx, &hashes[i], &none, &leaves[i]);
	}
	return hashes;
}

/* The same of a book's records, without making the leaves. */
static Hash *
book_hashes(pg_cryptohash_ctx *ctx, const Logbook *book, const Bytes *salts)
{
	Hash	   *hashes = palloc(sizeof(Hash) * Max(book->nrecords, 1));
	StringInfoData text;

	initStringInfo(&text);
	for (uint32 i = 0; i < book->nrecords; i++)
	{
		Bytes		piece;

		CHECK_FOR_INTERRUPTS();
		resetStringInfo(&text);
		canonical_digest(&text, logbook_record(book, i));
		piece.data = text.data;
		piece.len = text.len;
		hash_leaf(ctx, &hashes[i], &salts[i], &piece);
	}
	return hashes;
}

static Bytes *
read_salts(const Logbook *book, ArrayType *array)
{
	uint32		n;
	Bytes	   *salts = read_array(array, "salts", &n);

	if (n != book->nrecords)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("there are %u salts for %u records", n, book->nrecords),
				 errhint("Every record of the book needs a salt of its own: mf_salts(mf_record_count(book)::integer).")));
	return salts;
}

/* Which leaf, from 1. */
static uint32
leaf_number(int32 n, uint32 size)
{
	if (n < 1 || n > size)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("there is no leaf %d among %u", n, size)));
	return n - 1;
}

/* ---- SQL functions ---- */

/* mf_merkle_root(leaves bytea[]) → bytea; of none: SHA-256 of nothing */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_merkle_root);
Datum
mf_merkle_root(PG_FUNCTION_ARGS)
{
	uint32		n;
	Bytes	   *leaves = read_array(PG_GETARG_ARRAYTYPE_P(0), "leaves", &n);
	pg_cryptohash_ctx *ctx = hash_begin();
	Hash		root;

	tree_root(ctx, &root, leaf_hashes(ctx, leaves, n), n);
	pg_cryptohash_free(ctx);
	PG_RETURN_BYTEA_P(make_bytea(&root, HASH_SIZE));
}

/* mf_merkle_root(book logbook, salts bytea[]) → bytea */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_merkle_root_logbook);
Datum
mf_merkle_root_logbook(PG_FUNCTION_ARGS)
{
	Logbook    *book = PG_GETARG_LOGBOOK_P(0);
	Bytes	   *salts = read_salts(book, PG_GETARG_ARRAYTYPE_P(1));
	pg_cryptohash_ctx *ctx = hash_begin();
	Hash		root;

	tree_root(ctx, &root, book_hashes(ctx, book, salts), book->nrecords);
	pg_cryptohash_free(ctx);
	PG_RETURN_BYTEA_P(make_bytea(&root, HASH_SIZE));
}

/* mf_merkle_proof(leaves bytea[], n integer) → bytea[] */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_merkle_proof);
Datum
mf_merkle_proof(PG_FUNCTION_ARGS)
{
	uint32		size;
	Bytes	   *leaves = read_array(PG_GETARG_ARRAYTYPE_P(0), "leaves", &size);
	uint32		n = leaf_number(PG_GETARG_INT32(1), size);
	pg_cryptohash_ctx *ctx = hash_begin();
	Datum		path = tree_proof(ctx, leaf_hashes(ctx, leaves, size), size, n);

	pg_cryptohash_free(ctx);
	return path;
}

/* mf_merkle_proof(book logbook, salts bytea[], n integer) → bytea[] */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_merkle_proof_logbook);
Datum
mf_merkle_proof_logbook(PG_FUNCTION_ARGS)
{
	Logbook    *book = PG_GETARG_LOGBOOK_P(0);
	Bytes	   *salts = read_salts(book, PG_GETARG_ARRAYTYPE_P(1));
	uint32		n = leaf_number(PG_GETARG_INT32(2), book->nrecords);
	pg_cryptohash_ctx *ctx = hash_begin();
	Datum		path = tree_proof(ctx, book_hashes(ctx, book, salts), book->nrecords, n);

	pg_cryptohash_free(ctx);
	return path;
}

/*
 * RFC 9162, section 2.1.3.2 (RFC 6962 gives the tree and leaves the check to
 * the reader): climb from the leaf to the root; the path must end there.
 */
static bool
path_leads(pg_cryptohash_ctx *ctx, Hash *hash, uint32 n, uint32 size,
		   const Bytes *path, uint32 len)
{
	uint32		last = size - 1;

	for (uint32 i = 0; i < len; i++)
	{
		Hash		step;

		if (last == 0 || path[i].len != HASH_SIZE)
			return false;
		memcpy(&step, path[i].data, HASH_SIZE);
		if (n % 2 == 1 || n == last)
		{
			hash_node(ctx, hash, &step, hash);
			/* levels on which it was left over */
			while (n % 2 == 0 && n != 0)
			{
				n /= 2;
				last /= 2;
			}
		}
		else
			hash_node(ctx, hash, hash, &step);
		n /= 2;
		last /= 2;
	}
	return last == 0;
}

/*
 * mf_merkle_verify(leaf bytea, n integer, size integer, proof bytea[],
 * root bytea) → boolean
 *
 * Whatever does not fit together is false, never an error.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_merkle_verify);
Datum
mf_merkle_verify(PG_FUNCTION_ARGS)
{
	const bytea *leaf = PG_GETARG_BYTEA_PP(0);
	int32		n = PG_GETARG_INT32(1);
	int32		size = PG_GETARG_INT32(2);
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(3);
	const bytea *root = PG_GETARG_BYTEA_PP(4);
	const Bytes none = {"", 0};
	const Bytes text = {VARDATA_ANY(leaf), VARSIZE_ANY_EXHDR(leaf)};
	Bytes	   *path;
	uint32		len;
	pg_cryptohash_ctx *ctx;
	Hash		hash;
	bool		good;

	if (n < 1 || n > size || VARSIZE_ANY_EXHDR(root) != HASH_SIZE ||
		ARR_NDIM(array) > 1 || array_contains_nulls(array))
		PG_RETURN_BOOL(false);
	path = read_array(array, "hashes", &len);
	ctx = hash_begin();
	hash_leaf(ctx, &hash, &none, &text);
	good = path_leads(ctx, &hash, n - 1, size, path, len) &&
		memcmp(&hash, VARDATA_ANY(root), HASH_SIZE) == 0;
	pg_cryptohash_free(ctx);
	PG_RETURN_BOOL(good);
}
