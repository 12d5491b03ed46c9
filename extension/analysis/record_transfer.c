/*
 * record_transfer.c - record sets from worker to leader
 *
 * Sets are combined by copying, and go from one process to another as bytes
 * that mean the same in both: no pointer is among them.
 */
#include "record_set.h"

#include "libpq/pqformat.h"

static void
append_set(MfRecordSet *set, const MfRecordSet *other)
{
	if (other->aoi != NULL)
	{
		if (set->aoi == NULL)
			set->aoi = record_set_copy(set->context, other->aoi);
		else
			record_set_check_aoi(set, other->aoi);
	}
	if (!isnan(other->distance_m))
		record_set_distance(set, other->distance_m);
	if (other->has_options)
		record_set_options(set, &other->options);
	for (const Chunk *chunk = other->chunks; chunk != NULL; chunk = chunk->next)
		memcpy(record_set_reserve(set, chunk->len), chunk->data, chunk->len);
	set->n += other->n;
}

/* mf_record_set_combine(internal, internal) -> internal */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_record_set_combine);
Datum
mf_record_set_combine(PG_FUNCTION_ARGS)
{
	MfRecordSet *set = record_set_arg(fcinfo, 0);
	MfRecordSet *other = record_set_arg(fcinfo, 1);
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "mf_record_set_combine called outside an aggregate");
	if (other == NULL)
	{
		if (set == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(set);
	}
	if (set == NULL)
		set = record_set_create(context, other->engine);
	append_set(set, other);
	PG_RETURN_POINTER(set);
}

/* The state of a worker on its way to the leader. */
typedef struct SetHead
{
	uint64		len;
	uint64		n;
	uint32		engine;
	uint32		has_options;
	uint32		has_aoi;
	uint32		kind;
	uint32		nparts;
	uint32		nrings;
	uint32		npoints;
	uint32		zero;
	double		distance_m;
	MfOptions	options;
} SetHead;

/* mf_record_set_serialize(internal) -> bytea */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_record_set_serialize);
Datum
mf_record_set_serialize(PG_FUNCTION_ARGS)
{
	const MfRecordSet *set = (MfRecordSet *) PG_GETARG_POINTER(0);
	SetHead		head = {0};
	Size		size = VARHDRSZ + sizeof(head);
	bytea	   *out;
	char	   *p;

	if (!AggCheckCallContext(fcinfo, NULL))
		elog(ERROR, "mf_record_set_serialize called outside an aggregate");
	for (const Chunk *chunk = set->chunks; chunk != NULL; chunk = chunk->next)
		head.len += chunk->len;
	head.n = set->n;
	head.engine = set->engine;
	head.has_options = set->has_options;
	head.options = set->options;
	head.distance_m = set->distance_m;
	if (set->aoi != NULL)
	{
		head.has_aoi = true;
		head.kind = set->aoi->kind;
		head.nparts = set->aoi->nparts;
		head.nrings = set->aoi->nrings;
		head.npoints = set->aoi->npoints;
		size += sizeof(uint32) * ((Size) head.nparts + head.nrings) +
			16 * (Size) head.npoints;
	}
	size = add_size(size, head.len);
	if (size > MaxAllocSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("records of one parallel worker exceed 1 GB"),
				 errhint("Set max_parallel_workers_per_gather to 0 for this query.")));
	out = palloc(size);
	SET_VARSIZE(out, size);
	p = VARDATA(out);
	p = put_bytes(p, &head, sizeof(head));
	if (set->aoi != NULL)
	{
		p = put_bytes(p, set->aoi->part_rings, sizeof(uint32) * head.nparts);
		p = put_bytes(p, set->aoi->ring_points, sizeof(uint32) * head.nrings);
		p = put_bytes(p, set->aoi->xy, 16 * (Size) head.npoints);
	}
	for (const Chunk *chunk = set->chunks; chunk != NULL; chunk = chunk->next)
		p = put_bytes(p, chunk->data, chunk->len);
	PG_RETURN_BYTEA_P(out);
}

static const char *
take_bytes(const char *p, void *bytes, Size size)
{
	memcpy(bytes, p, size);
	return p + size;
}

/* mf_record_set_deserialize(bytea, internal) -> internal */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_record_set_deserialize);
Datum
mf_record_set_deserialize(PG_FUNCTION_ARGS)
{
	bytea	   *in = PG_GETARG_BYTEA_PP(0);
	const char *p = VARDATA_ANY(in);
	SetHead		head;
	MfRecordSet *set;

	if (!AggCheckCallContext(fcinfo, NULL))
		elog(ERROR, "mf_record_set_deserialize called outside an aggregate");
	p = take_bytes(p, &head, sizeof(head));
	set = record_set_create(CurrentMemoryContext, (MfEngine) head.engine);
	set->has_options = head.has_options != 0;
	set->options = head.options;
	set->distance_m = head.distance_m;
	if (head.has_aoi)
	{
		MfExtentRoom room;

		set->aoi = extent_alloc(set->context, (MfKind) head.kind, head.nparts,
								head.nrings, head.npoints, &room);
		p = take_bytes(p, room.part_rings, sizeof(uint32) * head.nparts);
		p = take_bytes(p, room.ring_points, sizeof(uint32) * head.nrings);
		p = take_bytes(p, room.xy, 16 * (Size) head.npoints);
	}
	if (head.n > 0)
	{
		take_bytes(p, record_set_reserve(set, head.len), head.len);
		set->n = head.n;
	}
	PG_RETURN_POINTER(set);
}
