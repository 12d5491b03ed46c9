/*
 * mf_types.h - the record and the log book as values
 *
 * document.c reads JSON into values, canonical.c writes values as RFC 8785
 * text; the rest of types/ are the SQL functions around them.
 */
#ifndef MF_TYPES_H
#define MF_TYPES_H

#include "mf_bridge.h"
#include "utils/jsonb.h"

/* Deepest nesting of a document; deeper input is an error. */
#define MF_MAX_DEPTH 64

/* A hint used in more than one place. */
#define MF_HINT_LONLAT \
	"Extents are WGS 84 longitude and latitude in degrees; coordinates of another reference system belong in properties.location with its crs."

/* ---- value.c: layout ---- */

/*
 * Assemble a value: extent (checked already), the document as a jsonb
 * container (the Feature without type and geometry).  Fills every cached
 * header field from the two.  Errors only when the value would exceed 1 GB.
 */
extern Minefield *minefield_build(const MfExtent *extent, const Jsonb *document,
								  MfError *error);
/* The extent of a value, read in place. */
extern void minefield_extent(const Minefield *mf, MfExtent *extent);
/* The document container. */
extern JsonbContainer *minefield_document(const Minefield *mf);
/* Checks that a stored value is one of ours; ERRCODE_DATA_CORRUPTED if not. */
extern void minefield_verify(const Minefield *mf);
/* Coordinates in range, rings closed and long enough, counts consistent. */
extern bool extent_check(const MfExtent *extent, const char *path,
						 MfError *error);

extern const Minefield *logbook_record(const Logbook *book, uint32 n);
extern JsonbContainer *logbook_header(const Logbook *book);
/* header: a jsonb container; records: n complete values. */
extern Logbook *logbook_build(const Jsonb *header, Minefield *const *records,
							  uint32 n, MfError *error);

/* ---- document.c: JSON text to value ---- */

/*
 * One Feature.  path is the pointer of the Feature itself, "" on its own.
 * drop_z leaves out heights and notes that in the member "z_dropped";
 * otherwise they are an error.
 */
extern Minefield *minefield_parse(const char *text, Size len, const char *path,
								  bool drop_z, MfError *error);
/* False in a database that is not in UTF8: the first thing to ask. */
extern bool encoding_check(MfError *error);
/* Any JSON text that has the given shape (an object), as canonical jsonb. */
extern Jsonb *document_parse(const char *text, Size len, const MfShape *shape,
							 const char *path, MfError *error);
/* Is this text a FeatureCollection, judged by its top-level type member? */
extern bool text_is_collection(const char *text, Size len);

/* ---- logbook_parse.c ---- */

extern Logbook *logbook_parse(const char *text, Size len, MfError *error);
/*
 * Refuse a GeoJSON 2008 "crs" member that names anything but WGS 84
 * longitude/latitude.
 */
extern bool crs_member_check(JsonbContainer *object, const char *path,
							 MfError *error);

/* ---- canonical.c: value to RFC 8785 text ---- */

extern void canonical_number(StringInfo out, double value);
extern void canonical_string(StringInfo out, const char *s, Size len);
extern void canonical_jsonb(StringInfo out, JsonbContainer *container);
/* The whole Feature. */
extern void canonical_minefield(StringInfo out, const Minefield *mf);
/* The same without derived content: what a digest is taken of. */
extern void canonical_digest(StringInfo out, const Minefield *mf);
/* The Feature without its geometry, as the binary form carries it. */
extern void canonical_document(StringInfo out, const Minefield *mf);
extern void canonical_logbook(StringInfo out, const Logbook *book);
/* The same without derived content of the records. */
extern void canonical_logbook_digest(StringInfo out, const Logbook *book);

/* ---- SQL functions that call each other ---- */

extern Datum minefield_send(PG_FUNCTION_ARGS);
extern Datum minefield_recv(PG_FUNCTION_ARGS);

/* ---- compare.c ---- */

extern int	minefield_compare(const Minefield *a, const Minefield *b);

/* ---- box.c, minefield_op.c: boxes and the operators' operands ---- */

/* How far extent_distance() may be from the true distance, in metres. */
#define MF_DISTANCE_SLACK(distance_m) (1e-3 + 1e-9 * (distance_m))

/* What can stand on either side of && @> <@ ~= <->. */
typedef enum MfOperand
{
	MF_OPERAND_RECORD,
	MF_OPERAND_BOX,
	MF_OPERAND_GEOMETRY
} MfOperand;

/* Raises ERRCODE_INVALID_PARAMETER_VALUE for a negative distance or NaN. */
extern void mf_check_distance(double distance_m);
/* Grow a box so that nothing within distance_m lies outside. */
extern void box_grow(MinefieldBox *box, double distance_m);
/* The box of a record, through a slice of its header: total, never raises. */
extern void minefield_box_of(Datum record, MinefieldBox *box);
/* The box of any operand; raises only for geometry (SRID, range, kind). */
extern void operand_box(MfOperand kind, Datum value, MinefieldBox *box);

/* ---- accessors the other rooms use (field.c) ---- */

/* A member of an object container; false: absent. */
extern bool field_get(JsonbContainer *object, const char *name,
					  JsonbValue *value);
/* A member that is an object or array; NULL: absent or something else. */
extern JsonbContainer *field_container(JsonbContainer *object,
									   const char *name);
/* An object or array inside a document as a value of its own. */
extern Jsonb *container_jsonb(JsonbContainer *container);
/* The record's properties; NULL when null or absent. */
extern JsonbContainer *minefield_properties(const Minefield *mf);
/* A string, or a number as canonical text; NULL: anything else. */
extern char *value_text(const JsonbValue *value);
/* The same of a member; NULL when it is absent, too. */
extern char *field_text(JsonbContainer *object, const char *name);
/* The record's id as text, NULL when it has none. */
extern char *minefield_id(const Minefield *mf);

/* A number or quantity object, as an interval. */
typedef struct MfQuantity
{
	bool		has_value;
	bool		has_min;		/* stated, or the value itself unless in doubt */
	bool		has_max;
	double		value;
	double		min;
	double		max;
} MfQuantity;

/* False: null or of another shape. */
extern bool value_quantity(const JsonbValue *value, MfQuantity *quantity);
/* The same of a member, which may be absent. */
extern bool field_quantity(JsonbContainer *object, const char *name,
						   MfQuantity *quantity);
/* The same read as a count: whole and not negative, else no bound at all. */
extern bool field_count(JsonbContainer *object, const char *name,
						MfQuantity *quantity);

/* One entry of properties.mines. */
typedef struct MfMineEntry
{
	char	   *model;			/* NULL: not stated */
	MfQuantity	count;
	JsonbContainer *entry;		/* NULL: the entry is null */
} MfMineEntry;

/* Entries of properties.mines; -1: the record does not state them. */
extern int	minefield_mines(const Minefield *mf, MfMineEntry **entries);

/* field_depth_m for lines; NaN: not recorded. */
extern double minefield_width_m(const Minefield *mf);
/* accuracy95_m as derived, else as stated; NaN: unknown. */
extern double minefield_accuracy_m(const Minefield *mf);

#endif							/* MF_TYPES_H */
