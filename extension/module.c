/*
 * module.c - the library's magic block, start-up and versions
 */
#include "mf_pg.h"

#include <limits.h>

#include "commands/extension.h"
#include "mb/pg_wchar.h"
#include "mf_analysis.h"
#include "utils/guc.h"

PG_MODULE_MAGIC;

extern PGDLLEXPORT void _PG_init(void);

/*
 * An extension whose every value would be refused is better refused itself.
 * Where the library is preloaded this is not asked, and values are.
 */
static void
check_encoding(void)
{
	if (creating_extension && GetDatabaseEncoding() != PG_UTF8)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("minefield values need a database in UTF8, not %s",
						GetDatabaseEncodingName()),
				 errhint("Create the database with ENCODING 'UTF8'.")));
}

void
_PG_init(void)
{
	check_encoding();
	mf_geos_init();
	mf_postgis_init();
	DefineCustomIntVariable("minefield.max_memory",
							"Memory that one set may take, its records and what is made of them.",
							"An aggregate or function over an array keeps its records in memory; a set that needs more is an error.",
							&mf_max_memory_kb, MF_MAX_MEMORY_KB, 64, MAX_KILOBYTES,
							PGC_USERSET, GUC_UNIT_KB, NULL, NULL, NULL);
	DefineCustomBoolVariable("minefield.debug_arrange_by_geos",
							 "Leaves coverage and gaps to GEOS, as when minefield's own way fails.",
							 "For tests. The ground is the same, the digits after the last that counts are not.",
							 &mf_debug_arrange_by_geos, false,
							 PGC_SUSET, GUC_NOT_IN_SAMPLE, NULL, NULL, NULL);
	MarkGUCPrefixReserved("minefield");
}

/* "GEOS 3.11.1", with what it was compiled against where that differs. */
static void
append_library(StringInfo out, const char *name, const char *running,
			   const char *compiled)
{
	appendStringInfo(out, ", %s %s", name, running);
	if (strcmp(running, compiled) != 0)
		appendStringInfo(out, " (WARNING: compiled against %s)", compiled);
}

/* mf_full_version() → text */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_full_version);
Datum
mf_full_version(PG_FUNCTION_ARGS)
{
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(&out, "minefield %s", MINEFIELD_RELEASE);
	append_library(&out, "PostgreSQL", GetConfigOption("server_version", false, false),
				   PG_VERSION);
	appendStringInfo(&out, ", PostGIS %s", mf_postgis_version());
	if (mf_postgis_slow())
		appendStringInfoString(&out, " (WARNING: its stored form is not known; geometry is read through its binary output)");
	append_library(&out, "GEOS", mf_geos_version(), mf_geos_compiled());
	append_library(&out, "PROJ", mf_proj_version(), mf_proj_compiled());
	PG_RETURN_TEXT_P(cstring_to_text_with_len(out.data, out.len));
}
