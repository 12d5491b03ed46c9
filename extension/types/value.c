/*
 * value.c - the stored forms of a record and a log book
 *
 * Lays values out as include/minefield.h draws them and finds the pieces
 * again.  Every way into the database ends in minefield_build() or
 * logbook_build(), so what the header caches always follows from the extent
 * and the document.
 */
#include "mf_types.h"

#define ALIGN8(size) TYPEALIGN(8, (size))

StaticAssertDecl(sizeof(MinefieldBox) == 16, "minefield_box is 16 bytes");
StaticAssertDecl(offsetof(Minefield, box) == 8, "layout of minefield");
StaticAssertDecl(offsetof(Minefield, area_m2) == 24, "layout of minefield");
StaticAssertDecl(offsetof(Minefield, laid_from) == 36, "layout of minefield");
StaticAssertDecl(offsetof(Minefield, doc_offset) == 52, "layout of minefield");
StaticAssertDecl(offsetof(Minefield, counts) == MINEFIELD_HEADER_SIZE,
				 "layout of minefield");
StaticAssertDecl(offsetof(Logbook, ends) == LOGBOOK_HEADER_SIZE,
				 "layout of logbook");

/* ---- the record ---- */

static Size
coordinates_offset(uint32 nparts, uint32 nrings)
{
	return ALIGN8(MINEFIELD_HEADER_SIZE + 4 * ((Size) nparts + nrings));
}

void
minefield_extent(const Minefield *mf, MfExtent *extent)
{
	Size		points = 0;

	extent->kind = (MfKind) mf->kind;
	extent->nparts = mf->nparts;
	extent->nrings = mf->nrings;
	extent->part_rings = mf->counts;
	extent->ring_points = mf->counts + mf->nparts;
	extent->xy = (const double *) ((const char *) mf +
								   coordinates_offset(mf->nparts, mf->nrings));
	for (uint32 i = 0; i < mf->nrings; i++)
		points += extent->ring_points[i];
	extent->npoints = points;
}

JsonbContainer *
minefield_document(const Minefield *mf)
{
	return (JsonbContainer *) ((const char *) mf + mf->doc_offset);
}

void
minefield_verify(const Minefield *mf)
{
	if (VARSIZE(mf) < MINEFIELD_HEADER_SIZE + sizeof(uint32) ||
		mf->version != MINEFIELD_VERSION ||
		mf->kind > MF_MULTIPOLYGON ||
		mf->doc_offset > VARSIZE(mf) - sizeof(uint32) ||
		coordinates_offset(mf->nparts, mf->nrings) > mf->doc_offset)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("stored minefield value is damaged or of an unknown version")));
}

bool
extent_check(const MfExtent *extent, const char *path, MfError *error)
{
	uint32		part,
				ring,
				point;
	MfExtentFault fault = extent_fault(extent, &part, &ring, &point);
	StringInfoData where;

	if (fault == MF_EXTENT_OK)
		return true;
	initStringInfo(&where);
	appendStringInfo(&where, "%s/coordinates", path);
	if (kind_is_multi(extent->kind))
		appendStringInfo(&where, "/%u", part);
	if (kind_is_polygonal(extent->kind))
		appendStringInfo(&where, "/%u", ring);
	if (fault == MF_EXTENT_NOT_FINITE || fault == MF_EXTENT_OUT_OF_RANGE)
	{
		if (extent->kind != MF_POINT && extent->kind != MF_MULTIPOINT)
			appendStringInfo(&where, "/%u", point);
	}
	mf_error_set(error,
				 fault == MF_EXTENT_OUT_OF_RANGE ? ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE :
				 ERRCODE_INVALID_TEXT_REPRESENTATION,
				 where.data,
				 fault == MF_EXTENT_OUT_OF_RANGE ? MF_HINT_LONLAT : NULL,
				 "%s", extent_fault_text(fault));
	return false;
}

/* The dates of properties.laid, for the header. */
static void
cache_laid(Minefield *mf, JsonbContainer *properties)
{
	JsonbValue	laid;
	MfDateSpan	span;

	mf->laid_from = INT32_MAX;
	mf->laid_to = INT32_MIN;
	if (properties != NULL && field_get(properties, "laid", &laid) &&
		laid.type == jbvString &&
		date_read(laid.val.string.val, laid.val.string.len, &span))
		date_days(&span, &mf->laid_from, &mf->laid_to);
}

static void
cache_mines(Minefield *mf)
{
	MfMineEntry *entries;
	int			n = minefield_mines(mf, &entries);
	double		known = 0;
	uint32		unknown = 0;

	if (n >= 0)
		mf->flags |= MF_FLAG_MINES_STATED;
	for (int i = 0; i < n; i++)
	{
		if (entries[i].count.has_value)
			known += entries[i].count.value;
		else
			unknown++;
	}
	mf->mines_known = known >= (double) PG_UINT32_MAX ? PG_UINT32_MAX : (uint32) known;
	mf->entries_unknown = unknown;
}

static void
fill_cache(Minefield *mf, const MfExtent *extent)
{
	JsonbContainer *properties = minefield_properties(mf);
	JsonbContainer *derived;

	box_of_extent(&mf->box, extent);
	mf->area_m2 = extent_area_if_simple(extent);
	mf->accuracy95_m = (float) minefield_accuracy_m(mf);
	cache_laid(mf, properties);
	cache_mines(mf);
	derived = properties ? field_container(properties, "derived") : NULL;
	if (derived != NULL && JsonContainerIsObject(derived))
		mf->flags |= MF_FLAG_DERIVED;
}

Minefield *
minefield_build(const MfExtent *extent, const Jsonb *document, MfError *error)
{
	Size		xy_offset = coordinates_offset(extent->nparts, extent->nrings);
	Size		xy_size = 16 * (Size) extent->npoints;
	Size		doc_size = VARSIZE(document) - VARHDRSZ;
	Size		size = add_size(add_size(xy_offset, xy_size), doc_size);
	Minefield  *mf;

	if (!AllocSizeIsValid(size))
	{
		mf_error_set(error, ERRCODE_PROGRAM_LIMIT_EXCEEDED, NULL,
					 "Split the record into parts that name each other in properties.part and part_of.",
					 "record would need %zu bytes, and a value holds less than 1 GB", size);
		return NULL;
	}
	mf = palloc0(size);
	SET_VARSIZE(mf, size);
	mf->version = MINEFIELD_VERSION;
	mf->kind = extent->kind;
	mf->nparts = extent->nparts;
	mf->nrings = extent->nrings;
	mf->doc_offset = xy_offset + xy_size;
	if (extent->nparts > 0)
	{
		memcpy(mf->counts, extent->part_rings, 4 * (Size) extent->nparts);
		memcpy(mf->counts + extent->nparts, extent->ring_points,
			   4 * (Size) extent->nrings);
		memcpy((char *) mf + xy_offset, extent->xy, xy_size);
	}
	memcpy(minefield_document(mf), &document->root, doc_size);
	fill_cache(mf, extent);
	return mf;
}

/* ---- the log book ---- */

static Size
header_offset(uint32 nrecords)
{
	return ALIGN8(LOGBOOK_HEADER_SIZE + 4 * (Size) nrecords);
}

static const char *
records_start(const Logbook *book)
{
	return (const char *) book + header_offset(book->nrecords) +
		ALIGN8((Size) book->header_size);
}

const Minefield *
logbook_record(const Logbook *book, uint32 n)
{
	Size		start = n == 0 ? 0 : (Size) book->ends[n - 1] * 8;

	return (const Minefield *) (records_start(book) + start);
}

JsonbContainer *
logbook_header(const Logbook *book)
{
	return (JsonbContainer *) ((const char *) book + header_offset(book->nrecords));
}

Logbook *
logbook_build(const Jsonb *header, Minefield *const *records, uint32 n,
			  MfError *error)
{
	Size		header_size = VARSIZE(header) - VARHDRSZ;
	Size		start = header_offset(n) + ALIGN8(header_size);
	Size		size = start;
	Logbook    *book;

	for (uint32 i = 0; i < n; i++)
		size = add_size(size, ALIGN8(VARSIZE(records[i])));
	if (!AllocSizeIsValid(size))
	{
		mf_error_set(error, ERRCODE_PROGRAM_LIMIT_EXCEEDED, NULL,
					 "Keep large collections as rows of records, or as several log books.",
					 "log book would need %zu bytes, and a value holds less than 1 GB", size);
		return NULL;
	}
	book = palloc0(size);
	SET_VARSIZE(book, size);
	book->version = LOGBOOK_VERSION;
	book->nrecords = n;
	book->header_size = header_size;
	memcpy((char *) book + header_offset(n), &header->root, header_size);
	size = 0;
	for (uint32 i = 0; i < n; i++)
	{
		memcpy((char *) book + start + size, records[i], VARSIZE(records[i]));
		size += ALIGN8(VARSIZE(records[i]));
		book->ends[i] = size / 8;
	}
	return book;
}
