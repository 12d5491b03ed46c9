/*
 * place_fuzz.c - libFuzzer target for places and directions as written
 *
 * The first byte chooses the reader.  Whatever is accepted lies on the globe,
 * whatever is refused says why in UTF-8 where the text is.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mf_location.h"

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
demand(bool ok)
{
	if (!ok)
		abort();
}

/* Well-formed as far as lengths go; enough to find a letter cut in two. */
static bool
is_utf8(const char *s, size_t len)
{
	size_t		i = 0;

	while (i < len)
	{
		unsigned char c = (unsigned char) s[i++];
		int			more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : c >= 0xC0 ? 1 : 0;

		if (c >= 0x80 && more == 0)
			return false;
		for (; more > 0; more--, i++)
			if (i >= len || ((unsigned char) s[i] & 0xC0) != 0x80)
				return false;
	}
	return true;
}

static void
on_globe(const double *lonlat)
{
	demand(fabs(lonlat[0]) <= 180.0 && fabs(lonlat[1]) <= 90.0);
}

static void
try_mgrs(const char *s, size_t len, char *said)
{
	MfMgrs		mgrs;
	double		lonlat[2];

	if (mgrs_read(s, len, &mgrs, said) != MF_REASON_NONE)
		return;
	demand(mgrs.size_m > 0 && mgrs.size_m <= 100000);
	mgrs_lonlat(&mgrs, 0.5, 0.5, lonlat);
	on_globe(lonlat);
}

static void
try_sheet(const char *s, size_t len, char *said)
{
	MfMapSheet	sheet;
	double		northing;
	double		easting;

	if (map_sheet_read(s, len, &sheet, said) != MF_REASON_NONE)
		return;
	demand(sheet.west >= -180 && sheet.west < sheet.east && sheet.east <= 180 &&
		   sheet.south >= 0 && sheet.south < sheet.north && sheet.north <= 88);
	map_sheet_complete(&sheet, 63102.9, 41380.2, &northing, &easting, said);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *s = (const char *) data + 1;
	char		said[MF_SAID] = "";
	double		lonlat[2];
	MfAxis		axis = MF_AXIS_UNKNOWN;
	MfAzimuth	azimuth;

	if (size < 1)
		return 0;
	size--;
	switch (data[0] % 5)
	{
		case 0:
			if (azimuth_read(s, size, (MfAngleUnit) (data[0] / 5 % 5), &azimuth, said) == MF_REASON_NONE)
				demand(azimuth.degrees >= 0 && azimuth.degrees < 360 && azimuth.step_deg > 0);
			break;
		case 1:
			if (angle_read(s, size, &axis, lonlat, NULL, said) == MF_REASON_NONE)
				demand(fabs(lonlat[0]) <= (axis == MF_LATITUDE ? 90.0 : 180.0));
			break;
		case 2:
			if (lonlat_read(s, size, lonlat, NULL, said) == MF_REASON_NONE)
				on_globe(lonlat);
			break;
		case 3:
			try_mgrs(s, size, said);
			break;
		default:
			try_sheet(s, size, said);
	}
	demand(memchr(said, '\0', MF_SAID) != NULL);
	if (is_utf8(s, size))
		demand(is_utf8(said, strlen(said)));
	return 0;
}
