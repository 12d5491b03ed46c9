/*
 * extent.c - what an extent must satisfy to be stored
 *
 * The shape rules of GeoJSON's six geometries and the range of longitude and
 * latitude.  Validity in the sense of OGC is not asked here: paper that
 * crosses itself is stored as it is.
 */
#include "mf_core.h"

#include <math.h>
#include <string.h>

static const char *const kind_names[] = {
	NULL, "Point", "LineString", "Polygon",
	"MultiPoint", "MultiLineString", "MultiPolygon"
};

const char *
kind_name(MfKind kind)
{
	return kind_names[kind];
}

MfKind
kind_from_name(const char *name, size_t len)
{
	for (int kind = MF_POINT; kind <= MF_MULTIPOLYGON; kind++)
	{
		if (strlen(kind_names[kind]) == len &&
			memcmp(kind_names[kind], name, len) == 0)
			return (MfKind) kind;
	}
	return MF_UNLOCATED;
}

bool
kind_is_multi(MfKind kind)
{
	return kind >= MF_MULTIPOINT;
}

bool
kind_is_polygonal(MfKind kind)
{
	return kind == MF_POLYGON || kind == MF_MULTIPOLYGON;
}

const char *
extent_fault_text(MfExtentFault fault)
{
	switch (fault)
	{
		case MF_EXTENT_OK:
			break;
		case MF_EXTENT_COUNTS:
			return "the parts and rings of the extent do not add up";
		case MF_EXTENT_NOT_FINITE:
			return "coordinate is not a finite number";
		case MF_EXTENT_OUT_OF_RANGE:
			return "coordinate is outside longitude -180..180 or latitude -90..90";
		case MF_EXTENT_OPEN_RING:
			return "polygon ring is not closed";
		case MF_EXTENT_SHORT_RING:
			return "polygon ring has fewer than four positions";
		case MF_EXTENT_SHORT_LINE:
			return "line has fewer than two positions";
	}
	return "extent is in order";
}

/* Counts first: everything else walks by them. */
static bool
counts_agree(const MfExtent *extent)
{
	uint64_t	rings = 0;
	uint64_t	points = 0;
	bool		polygonal = kind_is_polygonal(extent->kind);

	if (extent->kind == MF_UNLOCATED)
		return extent->nparts == 0 && extent->nrings == 0 && extent->npoints == 0;
	if (extent->nparts > 1 && !kind_is_multi(extent->kind))
		return false;
	for (uint32_t i = 0; i < extent->nparts; i++)
	{
		if (extent->part_rings[i] == 0 || (!polygonal && extent->part_rings[i] != 1))
			return false;
		rings += extent->part_rings[i];
	}
	if (rings != extent->nrings)
		return false;
	for (uint32_t i = 0; i < extent->nrings; i++)
		points += extent->ring_points[i];
	return points == extent->npoints;
}

static MfExtentFault
ring_fault(MfKind kind, const double *xy, uint32_t n, uint32_t *point)
{
	for (uint32_t i = 0; i < n; i++)
	{
		*point = i;
		if (!isfinite(xy[2 * i]) || !isfinite(xy[2 * i + 1]))
			return MF_EXTENT_NOT_FINITE;
		if (fabs(xy[2 * i]) > 180.0 || fabs(xy[2 * i + 1]) > 90.0)
			return MF_EXTENT_OUT_OF_RANGE;
	}
	*point = 0;
	switch (kind)
	{
		case MF_POINT:
		case MF_MULTIPOINT:
			return n == 1 ? MF_EXTENT_OK : MF_EXTENT_COUNTS;
		case MF_LINESTRING:
		case MF_MULTILINESTRING:
			return n >= 2 ? MF_EXTENT_OK : MF_EXTENT_SHORT_LINE;
		default:
			if (n < 4)
				return MF_EXTENT_SHORT_RING;
			if (xy[0] != xy[2 * (n - 1)] || xy[1] != xy[2 * (n - 1) + 1])
				return MF_EXTENT_OPEN_RING;
			return MF_EXTENT_OK;
	}
}

MfExtentFault
extent_fault(const MfExtent *extent, uint32_t *part, uint32_t *ring,
			 uint32_t *point)
{
	const double *xy = extent->xy;
	uint32_t	r = 0;

	*part = *ring = *point = 0;
	if (!counts_agree(extent))
		return MF_EXTENT_COUNTS;
	for (*part = 0; *part < extent->nparts; (*part)++)
	{
		for (*ring = 0; *ring < extent->part_rings[*part]; (*ring)++, r++)
		{
			MfExtentFault fault = ring_fault(extent->kind, xy,
											 extent->ring_points[r], point);

			if (fault != MF_EXTENT_OK)
				return fault;
			xy += 2 * (size_t) extent->ring_points[r];
		}
	}
	return MF_EXTENT_OK;
}
