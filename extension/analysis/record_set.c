/*
 * record_set.c - what an aggregate collects before it answers
 *
 * The state of every aggregate of this room: entries in chunks of palloc'd
 * memory, the area of interest and the options.  Nothing is computed
 * while rows come in; the answer is found in the final function from entries
 * sorted into a canonical order, so that it is the same, to the bit, for any
 * order of rows, any number of workers, and in windows.
 */
#include "record_set.h"

#include "utils/memutils.h"

/* What the entries look like in a chunk; each is padded to 8 bytes. */
typedef struct EntryHead
{
	uint64		size;			/* of the whole entry */
	double		width_m;
	MinefieldBox box;
	float		accuracy95_m;
	uint32		kind;
	uint32		nparts;
	uint32		nrings;
	uint32		npoints;
	int32		key_len;		/* -1: NULL */
	int32		group_len;		/* -1: NULL */
	uint32		record_size;	/* 0: none kept */
	uint32		plain;			/* known to be one simple ring */
	uint32		zero;

	/*
	 * Follow: coordinates, counts, key, group, padding, the record.  Where
	 * the record is kept, its extent is read from it and npoints is zero.
	 */
} EntryHead;

#define CHUNK_LEAST	1024
#define CHUNK_MOST	(32 * 1024 * 1024)

MfRecordSet *
record_set_create(MemoryContext context, MfEngine engine)
{
	MfRecordSet *set = MemoryContextAllocZero(context, sizeof(MfRecordSet));

	set->context = context;
	set->engine = engine;
	set->distance_m = NAN;
	options_default(&set->options);
	return set;
}

/* ---- adding ---- */

int			mf_max_memory_kb = MF_MAX_MEMORY_KB;

static Size
memory_limit(void)
{
	return (Size) mf_max_memory_kb * 1024;
}

static void
memory_exceeded(void *arg)
{
	const MfRecordSet *set = arg;

	ereport(ERROR,
			(errcode(ERRCODE_CONFIGURATION_LIMIT_EXCEEDED),
			 errmsg("records of one set need more memory than minefield.max_memory allows"),
			 errdetail("minefield.max_memory is %d kB; there are %llu records in the set.",
					   mf_max_memory_kb, (unsigned long long) set->n),
			 errhint("Raise minefield.max_memory, or ask for smaller sets, "
					 "such as one district at a time.")));
}

void
record_set_check_memory(const MfRecordSet *set, Size more)
{
	if (add_size(set->size, more) > memory_limit())
		memory_exceeded((void *) set);
}

void
record_set_memory(const MfRecordSet *set, MfMemory *memory)
{
	MfBudget   *budget = palloc(sizeof(MfBudget));

	budget->context = CurrentMemoryContext;
	budget->used = set->size;
	budget->limit = memory_limit();
	budget->exceeded = memory_exceeded;
	budget->arg = (void *) set;
	mf_memory_within(memory, budget);
}

static void
add_chunk(MfRecordSet *set, Size least)
{
	Size		most = Max(memory_limit(), set->size) - set->size;
	Size		size = Max(Min(Max(set->size, CHUNK_LEAST), CHUNK_MOST), least);
	Chunk	   *chunk;

	record_set_check_memory(set, least);
	/* as far as the limit lets */
	size = Max(Min(size, most), least);
	chunk = mf_alloc_large(set->context, add_size(offsetof(Chunk, data), size));
	chunk->next = NULL;
	chunk->size = size;
	chunk->len = 0;
	if (set->last == NULL)
		set->chunks = chunk;
	else
		set->last->next = chunk;
	set->last = chunk;
	set->size += size;
}

char *
record_set_reserve(MfRecordSet *set, Size size)
{
	char	   *room;

	if (set->n >= PG_INT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many records in one aggregate")));
	if (set->last == NULL || size > set->last->size - set->last->len)
		add_chunk(set, size);
	room = set->last->data + set->last->len;
	set->last->len += size;
	return room;
}

/* Zeros up to the next multiple of 8 bytes: entries are compared and sent. */
static char *
put_padding(char *p, const char *from)
{
	while ((p - from) % 8 != 0)
		*p++ = 0;
	return p;
}

static void
put_entry(MfRecordSet *set, const MfEntry *entry)
{
	EntryHead	head = {0};
	const MfExtent *extent = &entry->extent;
	bool		own_extent = entry->record == NULL;
	Size		front;
	char	   *room;
	char	   *p;

	head.width_m = entry->width_m;
	head.box = entry->box;
	head.accuracy95_m = entry->accuracy95_m;
	head.plain = entry->plain;
	head.key_len = entry->key.data ? (int32) entry->key.len : -1;
	head.group_len = entry->group.data ? (int32) entry->group.len : -1;
	front = sizeof(head) + Max(head.key_len, 0) + Max(head.group_len, 0);
	if (own_extent)
	{
		head.kind = extent->kind;
		head.nparts = extent->nparts;
		head.nrings = extent->nrings;
		head.npoints = extent->npoints;
		front += 16 * (Size) head.npoints +
			sizeof(uint32) * ((Size) head.nparts + head.nrings);
	}
	else
		head.record_size = VARSIZE(entry->record);
	head.size = TYPEALIGN(8, front) + TYPEALIGN(8, head.record_size);

	p = room = record_set_reserve(set, head.size);
	p = put_bytes(p, &head, sizeof(head));
	p = put_bytes(p, extent->xy, 16 * (Size) head.npoints);
	p = put_bytes(p, extent->part_rings, sizeof(uint32) * head.nparts);
	p = put_bytes(p, extent->ring_points, sizeof(uint32) * head.nrings);
	p = put_bytes(p, entry->key.data, Max(head.key_len, 0));
	p = put_bytes(p, entry->group.data, Max(head.group_len, 0));
	p = put_padding(p, room);
	p = put_bytes(p, entry->record, head.record_size);
	put_padding(p, room);
	set->n++;
}

void
record_set_add_record(MfRecordSet *set, Datum record, const MfText *key,
					  const MfText *group)
{
	MfEntry		entry = {0};
	const Minefield *mf;

	if (record == (Datum) 0)
		return;
	mf = DatumGetMinefieldP(record);
	minefield_extent(mf, &entry.extent);
	entry.box = mf->box;
	/* only lines have a width: do not look into the other documents */
	entry.width_m = mf->kind == MF_LINESTRING || mf->kind == MF_MULTILINESTRING ?
		minefield_width_m(mf) : NAN;
	entry.accuracy95_m = mf->accuracy95_m;
	entry.plain = !isnan(mf->area_m2);
	if (key)
		entry.key = *key;
	if (group)
		entry.group = *group;
	/* only overlaps look into the documents */
	entry.record = set->engine == MF_OVERLAPS ? mf : NULL;
	put_entry(set, &entry);
}

void
record_set_add_extent(MfRecordSet *set, Datum geometry, const MfText *key,
					  const MfText *group)
{
	MfEntry		entry = {0};

	if (geometry == (Datum) 0)
		return;
	mf_geometry_extent(geometry, false, &entry.extent);
	box_of_extent(&entry.box, &entry.extent);
	entry.width_m = NAN;
	entry.accuracy95_m = NAN;
	if (key)
		entry.key = *key;
	if (group)
		entry.group = *group;
	put_entry(set, &entry);
}

/* Finds stand among the records of a set as a group of their own. */
static const MfText find_group = {"", 0};

void
record_set_add_find(MfRecordSet *set, Datum geometry, const MfText *key)
{
	MfEntry		entry = {0};

	if (geometry != (Datum) 0)
		mf_geometry_point(geometry, "find", &entry.extent);
	else if (key->data == NULL)
		return;
	box_of_extent(&entry.box, &entry.extent);
	entry.width_m = NAN;
	entry.accuracy95_m = NAN;
	entry.key = *key;
	entry.group = find_group;
	put_entry(set, &entry);
}

bool
entry_is_find(const MfEntry *entry)
{
	return entry->group.data != NULL;
}

/* ---- the area of interest and the options ---- */

MfExtent *
record_set_copy(MemoryContext context, const MfExtent *extent)
{
	MfExtentRoom room;
	MfExtent   *copy = extent_alloc(context, extent->kind, extent->nparts,
									extent->nrings, extent->npoints, &room);

	memcpy(room.part_rings, extent->part_rings, sizeof(uint32) * extent->nparts);
	memcpy(room.ring_points, extent->ring_points, sizeof(uint32) * extent->nrings);
	memcpy(room.xy, extent->xy, 16 * (Size) extent->npoints);
	return copy;
}

void
record_set_check_aoi(const MfRecordSet *set, const MfExtent *aoi)
{
	if (extent_compare(set->aoi, aoi) == 0)
		return;
	if (set->engine == MF_LINE_GAPS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("lines differ within one group"),
				 errhint("Group by the line, or collect the lines beforehand.")));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("areas of interest differ within one group"),
			 errhint("Group by the area, or join the areas beforehand.")));
}

void
record_set_aoi(MfRecordSet *set, Datum geometry, bool last)
{
	struct varlena *seen = (struct varlena *) DatumGetPointer(geometry);
	Size		size = VARSIZE_ANY(seen);
	MfExtent	extent;

	/* nearly always the very bytes of the row before: do not look inside */
	if (set->aoi_seen != NULL && VARSIZE_ANY(set->aoi_seen) == size &&
		memcmp(set->aoi_seen, seen, size) == 0)
		return;
	if (set->engine == MF_LINE_GAPS)
		mf_geometry_line(geometry, "line", &extent);
	else
		mf_geometry_aoi(geometry, "area of interest", &extent);
	if (set->aoi == NULL)
		set->aoi = record_set_copy(set->context, &extent);
	else
		record_set_check_aoi(set, &extent);
	if (last)
		return;
	if (set->aoi_seen != NULL)
		pfree(set->aoi_seen);
	set->aoi_seen = MemoryContextAllocExtended(set->context, size,
											   MCXT_ALLOC_HUGE);
	memcpy(set->aoi_seen, seen, size);
}

void
record_set_distance(MfRecordSet *set, double distance_m)
{
	if (!(distance_m >= 0 && distance_m <= MF_MAX_METRES))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("distance_m must be between 0 and %.0f", MF_MAX_METRES)));
	if (!isnan(set->distance_m) && set->distance_m != distance_m)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("distances differ within one group"),
				 errhint("Pass the same distance_m for every row.")));
	set->distance_m = distance_m;
}

void
record_set_options(MfRecordSet *set, const MfOptions *options)
{
	if (set->has_options &&
		memcmp(&set->options, options, sizeof(MfOptions)) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("options differ within one group"),
				 errhint("Pass the same options for every row.")));
	set->options = *options;
	set->has_options = true;
}

const MfExtent *
record_set_get_aoi(const MfRecordSet *set)
{
	return set->aoi;
}

void
record_set_get_options(const MfRecordSet *set, MfOptions *options)
{
	*options = set->options;
}

double
record_set_get_distance(const MfRecordSet *set)
{
	return set->distance_m;
}

/* ---- reading ---- */

static const char *
get_text(MfText *text, const char *p, int32 len)
{
	text->data = len < 0 ? NULL : p;
	text->len = Max(len, 0);
	return p + text->len;
}

static const char *
get_entry(MfEntry *entry, const char *p)
{
	EntryHead	head;
	const char *next;

	memcpy(&head, p, sizeof(head));
	next = p + head.size;
	entry->width_m = head.width_m;
	entry->box = head.box;
	entry->accuracy95_m = head.accuracy95_m;
	entry->plain = head.plain != 0;
	p += sizeof(head);
	entry->extent.kind = (MfKind) head.kind;
	entry->extent.nparts = head.nparts;
	entry->extent.nrings = head.nrings;
	entry->extent.npoints = head.npoints;
	entry->extent.xy = (const double *) p;
	p += 16 * (Size) head.npoints;
	entry->extent.part_rings = (const uint32 *) p;
	entry->extent.ring_points = entry->extent.part_rings + head.nparts;
	p += sizeof(uint32) * ((Size) head.nparts + head.nrings);
	p = get_text(&entry->key, p, head.key_len);
	get_text(&entry->group, p, head.group_len);
	entry->record = NULL;
	if (head.record_size > 0)
	{
		entry->record = (const Minefield *) (next - TYPEALIGN(8, head.record_size));
		minefield_extent(entry->record, &entry->extent);
	}
	return next;
}

uint32
record_set_list(const MfRecordSet *set, MfEntry **entries)
{
	MfEntry    *entry = mf_alloc_large(CurrentMemoryContext,
									   sizeof(MfEntry) * Max(set->n, 1));

	*entries = entry;
	for (const Chunk *chunk = set->chunks; chunk != NULL; chunk = chunk->next)
	{
		for (const char *p = chunk->data; p < chunk->data + chunk->len;)
		{
			CHECK_FOR_INTERRUPTS();
			p = get_entry(entry++, p);
		}
	}
	return (uint32) set->n;
}
