/*
 * locate.c - mf_locate: a record whose geometry follows from its location
 *
 * The result is an ordinary record: the document with properties.derived,
 * which says by what the geometry was derived, what was assumed and what
 * could not be solved and why, and the geometry.  A geometry that was not
 * derived is somebody's own, and stays unless the caller says replace.
 */
#include "mf_locate.h"

#define METRE_DECIMALS 3

/* ---- properties.derived ---- */

static void
put_point_reason(JsonbParseState **state, const MfLocation *location, uint32 i)
{
	uint32		leg;
	const char *said;
	const char *why = location_reason(location, i, &leg, &said);

	pushJsonbValue(state, WJB_BEGIN_OBJECT, NULL);
	json_key(state, "point");
	json_text(state, location->points[i].id);
	json_key(state, "reason");
	json_text(state, why);
	if (leg != MF_NONE)
	{
		/* as the paper has it, whichever way it was measured */
		json_key(state, "leg");
		pushJsonbValue(state, WJB_BEGIN_ARRAY, NULL);
		json_text(state, field_text(location->legs[leg].entry, "from"));
		json_text(state, field_text(location->legs[leg].entry, "to"));
		pushJsonbValue(state, WJB_END_ARRAY, NULL);
	}
	if (said != NULL)
	{
		json_key(state, "said");
		json_text(state, said);
	}
	pushJsonbValue(state, WJB_END_OBJECT, NULL);
}

static void
put_unsolved(JsonbParseState **state, const MfLocation *location, const MfOutline *outline)
{
	bool		any = outline->why != NULL;

	for (uint32 i = 0; i < location->chain.npoints; i++)
		any |= location->chain.points[i].state != MF_POINT_SOLVED;
	if (!any)
		return;
	json_key(state, "unsolved");
	pushJsonbValue(state, WJB_BEGIN_ARRAY, NULL);
	for (uint32 i = 0; i < location->chain.npoints; i++)
	{
		if (location->chain.points[i].state != MF_POINT_SOLVED)
			put_point_reason(state, location, i);
	}
	if (outline->why != NULL)
	{
		pushJsonbValue(state, WJB_BEGIN_OBJECT, NULL);
		json_key(state, "point");
		json_text(state, NULL);
		json_key(state, "reason");
		json_text(state, outline->why);
		if (outline->said != NULL)
		{
			json_key(state, "said");
			json_text(state, psprintf("point %s", outline->said));
		}
		pushJsonbValue(state, WJB_END_OBJECT, NULL);
	}
	pushJsonbValue(state, WJB_END_ARRAY, NULL);
}

static void
put_operation(JsonbParseState **state, const MfLocation *location)
{
	const MfLocatedPoint *first = NULL;
	bool		completed = false;

	for (uint32 i = 0; i < location->chain.npoints; i++)
	{
		const MfLocatedPoint *point = &location->points[i];

		if (!location->chain.points[i].fixed)
			continue;
		completed |= point->abbreviated;
		if (first == NULL && point->crs != NULL)
			first = point;
	}
	if (first == NULL)
		return;
	json_key(state, "crs");
	json_text(state, first->crs);
	json_key(state, "operation");
	json_text(state, first->operation);
	json_key(state, "operation_accuracy_m");
	json_number(state, first->operation_m);
	if (first->chosen)
	{
		json_key(state, "operation_chosen");
		json_boolean(state, true);
	}
	if (completed)
	{
		json_key(state, "completed_from_sheet");
		json_boolean(state, true);
	}
}

static void
put_assumption(JsonbParseState **state, const MfLocation *location, MfAssumed member,
			   const char *name, const char *text, double number)
{
	if ((location->assumed & member) == 0)
		return;
	json_key(state, name);
	if (text != NULL)
		json_text(state, text);
	else
		json_number(state, number);
}

static void
put_assumptions(JsonbParseState **state, const MfLocation *location)
{
	const MfLocateOptions *o = location->options;

	if (location->assumed == 0)
		return;
	json_key(state, "assumptions");
	pushJsonbValue(state, WJB_BEGIN_OBJECT, NULL);
	put_assumption(state, location, MF_ASSUMED_NORTH, "north", north_name(o->assume_north), NAN);
	put_assumption(state, location, MF_ASSUMED_DECLINATION, "declination_deg", NULL,
				   o->assume_declination_deg);
	put_assumption(state, location, MF_ASSUMED_ANGLE_UNIT, "angle_unit",
				   angle_unit_name(o->assume_angle_unit), NAN);
	put_assumption(state, location, MF_ASSUMED_DISTANCE_UNIT, "distance_unit",
				   distance_unit_name(o->assume_distance_unit), NAN);
	put_assumption(state, location, MF_ASSUMED_CRS, "crs", o->assume_crs, NAN);
	put_assumption(state, location, MF_ASSUMED_OPERATION, "operation", o->assume_operation, NAN);
	pushJsonbValue(state, WJB_END_OBJECT, NULL);
}

static void
put_corrections(JsonbParseState **state, const MfLocation *location)
{
	if (location->chain.nlegs == 0)
		return;
	json_key(state, "corrections");
	pushJsonbValue(state, WJB_BEGIN_OBJECT, NULL);
	if (!isnan(location->convergence_deg))
	{
		json_key(state, "convergence_deg");
		json_rounded(state, location->convergence_deg, 6);
	}
	if (location->declination_used)
	{
		json_key(state, "declination_deg");
		json_number(state, location->declination_deg);
	}
	pushJsonbValue(state, WJB_END_OBJECT, NULL);
}

/* Whose residual is the largest. */
static void
put_worst(JsonbParseState **state, const MfLocation *location, const MfChainNetwork *network)
{
	json_key(state, "largest_residual");
	pushJsonbValue(state, WJB_BEGIN_OBJECT, NULL);
	json_key(state, "standardised");
	json_rounded(state, network->worst_w, 2);
	json_key(state, "outlier");
	json_boolean(state, network->worst_w > MF_CHAIN_CRITICAL_W);
	if (network->worst_leg != MF_NONE)
	{
		const MfLocatedLeg *leg = &location->legs[network->worst_leg];

		json_key(state, "leg");
		pushJsonbValue(state, WJB_BEGIN_ARRAY, NULL);
		json_text(state, field_text(leg->entry, "from"));
		json_text(state, field_text(leg->entry, "to"));
		pushJsonbValue(state, WJB_END_ARRAY, NULL);
	}
	else if (network->worst_point != MF_NONE)
	{
		json_key(state, "point");
		json_text(state, location->points[network->worst_point].id);
	}
	pushJsonbValue(state, WJB_END_OBJECT, NULL);
}

/* Of the network that closes worst. */
static void
put_closure(JsonbParseState **state, const MfLocation *location)
{
	const MfChainNetwork *worst = NULL;
	const MfChainNetwork *tested = NULL;

	for (uint32 i = 0; i < location->chain.nnetworks; i++)
	{
		const MfChainNetwork *network = &location->chain.networks[i];

		if (!isnan(network->misclosure_m) &&
			(worst == NULL || network->misclosure_m > worst->misclosure_m))
			worst = network;
		if (!isnan(network->worst_w) && (tested == NULL || network->worst_w > tested->worst_w))
			tested = network;
	}
	if (worst != NULL)
	{
		json_key(state, "misclosure");
		pushJsonbValue(state, WJB_BEGIN_OBJECT, NULL);
		json_key(state, "misclosure_m");
		json_rounded(state, worst->misclosure_m, METRE_DECIMALS);
		json_key(state, "loop_m");
		json_rounded(state, worst->loop_m, METRE_DECIMALS);
		json_key(state, "one_in");
		json_rounded(state, worst->misclosure_m > 0 ? worst->loop_m / worst->misclosure_m : NAN, 0);
		pushJsonbValue(state, WJB_END_OBJECT, NULL);
	}
	if (tested != NULL)
	{
		json_key(state, "redundancy");
		json_number(state, tested->redundancy);
		put_worst(state, location, tested);
	}
}

/* Stretches that follow something and were drawn straight. */
static void
put_straight(JsonbParseState **state, const MfLocation *location)
{
	JsonbContainer *list = field_container(location->location, "perimeter");
	bool		any = false;

	if (list == NULL || !JsonContainerIsArray(list))
		return;
	for (uint32 i = 0; i < JsonContainerSize(list); i++)
	{
		JsonbValue *value = getIthJsonbValueFromContainer(list, i);

		if (value->type != jbvBinary || !JsonContainerIsObject(value->val.binary.data))
			continue;
		if (!any)
		{
			json_key(state, "straight");
			pushJsonbValue(state, WJB_BEGIN_ARRAY, NULL);
			any = true;
		}
		pushJsonbValue(state, WJB_ELEM, value);
	}
	if (any)
		pushJsonbValue(state, WJB_END_ARRAY, NULL);
}

static void
put_accuracy(JsonbParseState **state, const MfLocation *location, const MfOutline *outline)
{
	double		accuracy;
	double		by_source[MF_ERROR_SOURCES];
	uint32		worst = location_least_certain(location, outline, &accuracy);

	if (worst == MF_NONE)
		return;
	json_key(state, "accuracy95_m");
	json_rounded(state, accuracy + outline->half_m, METRE_DECIMALS);
	json_key(state, "accuracy_by");
	pushJsonbValue(state, WJB_BEGIN_OBJECT, NULL);
	location_contributions(location, worst, by_source);
	for (int i = 0; i < MF_ERROR_SOURCES; i++)
	{
		if (by_source[i] <= 0)
			continue;
		json_key(state, error_source_name(i));
		json_rounded(state, by_source[i], METRE_DECIMALS);
	}
	if (outline->half_m > 0)
	{
		json_key(state, "extent");
		json_rounded(state, outline->half_m, METRE_DECIMALS);
	}
	pushJsonbValue(state, WJB_END_OBJECT, NULL);
}

static void
put_derived(JsonbParseState **state, const MfLocation *location, const MfOutline *outline)
{
	pushJsonbValue(state, WJB_BEGIN_OBJECT, NULL);
	json_key(state, "by");
	json_text(state, "minefield " MINEFIELD_RELEASE);
	json_key(state, "proj");
	json_text(state, mf_proj_version());
	put_operation(state, location);
	put_assumptions(state, location);
	put_corrections(state, location);
	put_closure(state, location);
	json_key(state, "geometry_from");
	json_text(state, outline->from);
	put_straight(state, location);
	put_accuracy(state, location, outline);
	put_unsolved(state, location, outline);
	pushJsonbValue(state, WJB_END_OBJECT, NULL);
}

/* ---- the document with it ---- */

/* properties, with derived for what it had. */
static void
put_properties(JsonbParseState **state, JsonbContainer *properties,
			   const MfLocation *location, const MfOutline *outline)
{
	JsonbIterator *it = JsonbIteratorInit(properties);
	JsonbIteratorToken token;
	JsonbValue	value;
	bool		old = false;

	while ((token = JsonbIteratorNext(&it, &value, true)) != WJB_DONE)
	{
		if (token == WJB_KEY)
			old = value.val.string.len == 7 && memcmp(value.val.string.val, "derived", 7) == 0;
		if (token == WJB_END_OBJECT)
		{
			json_key(state, "derived");
			put_derived(state, location, outline);
			pushJsonbValue(state, WJB_END_OBJECT, NULL);
		}
		else if (token == WJB_BEGIN_OBJECT)
			pushJsonbValue(state, WJB_BEGIN_OBJECT, NULL);
		else if (!old)
			pushJsonbValue(state, token, &value);
	}
}

static Jsonb *
derived_document(const Minefield *record, const MfLocation *location, const MfOutline *outline)
{
	JsonbIterator *it = JsonbIteratorInit(minefield_document(record));
	JsonbParseState *state = NULL;
	JsonbValue *result = NULL;
	JsonbIteratorToken token;
	JsonbValue	value;
	bool		properties = false;

	while ((token = JsonbIteratorNext(&it, &value, true)) != WJB_DONE)
	{
		if (token == WJB_KEY)
			properties = value.val.string.len == 10 &&
				memcmp(value.val.string.val, "properties", 10) == 0;
		if (token == WJB_VALUE && properties)
			put_properties(&state, location->properties, location, outline);
		else if (token == WJB_BEGIN_OBJECT || token == WJB_END_OBJECT)
			result = pushJsonbValue(&state, token, NULL);
		else
			result = pushJsonbValue(&state, token, &value);
	}
	return JsonbValueToJsonb(result);
}

static Minefield *
locate(Minefield *record, const MfLocateOptions *options)
{
	static const MfExtent nowhere = {.kind = MF_UNLOCATED};
	MfLocation	location;
	MfOutline	outline;
	MfError		error = {0};
	Minefield  *located;

	minefield_verify(record);
	if (minefield_properties(record) == NULL)
		return record;
	if (MF_IS_LOCATED(record) && !(record->flags & MF_FLAG_DERIVED) && !options->replace)
		return record;
	location_read(&location, record, options);
	if (location.location == NULL && MF_IS_LOCATED(record))
		return record;
	location_solve(&location);
	location_outline(&location, &outline);
	/* what somebody plotted is not replaced by nothing */
	if (outline.extent == NULL && MF_IS_LOCATED(record) && !(record->flags & MF_FLAG_DERIVED))
		return record;
	located = minefield_build(outline.extent != NULL ? outline.extent : &nowhere,
							  derived_document(record, &location, &outline), &error);
	if (located == NULL)
		mf_report(&error, NULL);
	return located;
}

/*
 * mf_locate(record minefield, options jsonb) → minefield.  NULL of NULL.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_locate);
Datum
mf_locate(PG_FUNCTION_ARGS)
{
	MfLocateOptions options;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	locate_options_read(&options, PG_NARGS() < 2 || PG_ARGISNULL(1) ? NULL : PG_GETARG_JSONB_P(1));
	PG_RETURN_MINEFIELD_P(locate(PG_GETARG_MINEFIELD_P(0), &options));
}
