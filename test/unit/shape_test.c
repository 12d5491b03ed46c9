/*
 * shape_test.c - the tables of core/shape.c
 *
 * What the tables as a whole accept is held against doc/schema.json by a test
 * with a server; here stand the rules for single values, and a walk that
 * makes sure that the tables are sound.
 */
#include "mf_core.h"

#include "unit.h"

/* The shape at a path of names and "*" for elements, separated by spaces. */
static const MfShape *
at(const MfShape *shape, const char *path)
{
	while (*path != '\0' && shape != NULL)
	{
		size_t		len = strcspn(path, " ");

		if (len == 1 && *path == '*')
			shape = shape_element(shape);
		else
			shape = shape_member(shape, path, len);
		path += len + strspn(path + len, " ");
	}
	return shape;
}

static void
check_types(const char *path, const char *accepted)
{
	static const char types[] = "0snboa";	/* in the order of MfJsonType */
	const MfShape *shape = at(&mf_shape_feature, path);
	char		found[8];
	int			n = 0;

	for (int type = MF_JSON_NULL; type <= MF_JSON_ARRAY; type++)
	{
		if (shape_accepts(shape, (MfJsonType) type, "A:1", 3))
			found[n++] = types[type];
	}
	found[n] = '\0';
	check(shape != NULL && strcmp(found, accepted) == 0, "%s takes %s, found %s", path,
		  accepted, found);
}

static void
test_types(void)
{
	check_types("id", "0sn");
	check_types("properties", "0o");
	check_types("properties number", "0sn");
	check_types("properties laid", "0s");
	check_types("properties sheets", "0a");
	check_types("properties sheets *", "0sn");
	check_types("properties mines * count", "0no");
	check_types("properties mines * count value", "0n");
	check_types("properties mines * count as_written", "0s");
	check_types("properties mines * count legible", "0b");
	check_types("properties location crs", "0s");
	check_types("properties location legs * azimuth", "0sno");
	check_types("properties location legs * azimuth min", "0n");
	check_types("properties location perimeter *", "0sno");
	check_types("properties location perimeter * along", "0s");
	check_types("properties location rows * path *", "0sno");
	check_types("properties location rows * ioe", "0b");
	check_types("properties location points * accuracy95_m", "0no");
	check_types("properties marking", "0so");
	check_types("properties items * place", "0sno");
	check_types("properties items * place easting value", "0n");
	check_types("properties readings * value", "0snboa");
	check_types("properties derived", "0o");
	check(at(&mf_shape_feature, "properties illegible *") != NULL &&
		  !shape_accepts(at(&mf_shape_feature, "properties illegible *"), MF_JSON_STRING,
						 "A:1", 3), "illegible wants pointers");
	check(at(&mf_shape_feature, "properties shoe_size") == NULL, "unknown members have no shape");
	check(at(&mf_shape_feature, "properties derived accuracy95_m") == NULL,
		  "what is derived has no shape inside");
	check(at(&mf_shape_feature, "properties readings * value min") == NULL,
		  "another reading has no shape inside");
	check(shape_accepts(NULL, MF_JSON_ARRAY, NULL, 0), "without a shape anything goes");
	check(at(&mf_shape_logbook, "logbook mines_declared * count max") != NULL,
		  "a log book declares quantities");
	check(shape_member(&mf_shape_feature, "id\0x", 4) == NULL &&
		  shape_member(&mf_shape_feature, "idx", 2) != NULL &&
		  shape_member(&mf_shape_feature, "i", 1) == NULL, "names are compared whole");
}

static void
test_needs_member(void)
{
	check(shape_needs_member(&mf_shape_quantity) &&
		  shape_needs_member(at(&mf_shape_feature, "properties front_m")) &&
		  shape_needs_member(at(&mf_shape_feature, "properties location front_azimuth")),
		  "an object in a number's place needs a member of a quantity");
	check(!shape_needs_member(&mf_shape_feature) && !shape_needs_member(NULL) &&
		  !shape_needs_member(at(&mf_shape_feature, "properties location perimeter *")),
		  "other objects may be empty");
}

static void
test_contents(void)
{
	static const char *const codes[] = {"EPSG:4326", "A:0", "ESRI:102100"};
	static const char *const no_codes[] = {
		"", ":", "EPSG", "EPSG:", ":4326", "epsg:4326", "EPSG:4326 ", "EPSG:43a", "E1:2",
		"EPSG::4326", "+proj=longlat", "/etc/passwd", "EPSG:4326\n", "EPSG:\xd9\xa4"
	};
	static const char *const pointers[] = {"", "/", "/a", "/a/0/b", "//", "/~0/~1", "/ \xd0\x90"};
	static const char *const no_pointers[] = {"a", "a/b", "/~", "/~2", "#/a", "/a~", " /a"};

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		check(shape_is_code(codes[i], strlen(codes[i])), "\"%s\" is a code", codes[i]);
	for (size_t i = 0; i < sizeof(no_codes) / sizeof(no_codes[0]); i++)
		check(!shape_is_code(no_codes[i], strlen(no_codes[i])), "code %zu is none", i);
	check(shape_is_code("A:12", 3) && !shape_is_code("A:12", 2), "a code ends at its length");
	for (size_t i = 0; i < sizeof(pointers) / sizeof(pointers[0]); i++)
		check(shape_is_pointer(pointers[i], strlen(pointers[i])), "\"%s\" is a pointer", pointers[i]);
	for (size_t i = 0; i < sizeof(no_pointers) / sizeof(no_pointers[0]); i++)
		check(!shape_is_pointer(no_pointers[i], strlen(no_pointers[i])), "\"%s\" is no pointer",
			  no_pointers[i]);
	check(!shape_is_pointer("/~0", 2), "a pointer ends at its length");
}

/* Every table reachable is sound: words for the message, no name twice. */
static void
walk(const MfShape *shape, int depth, Cases *cases)
{
	const MfShapeMember *m = shape->members;

	case_check(cases, shape->wanted != NULL && depth < 20, "a shape without words, or a loop");
	case_check(cases, (shape->kind == MF_SHAPE_ARRAY) == (shape->element != NULL),
			   "%s: elements", shape->wanted);
	if (shape->element != NULL)
		walk(shape->element, depth + 1, cases);
	for (; m != NULL && m->name != NULL; m++)
	{
		for (const MfShapeMember *other = m + 1; other->name != NULL; other++)
			case_check(cases, strcmp(m->name, other->name) != 0, "%s twice", m->name);
		case_check(cases, m->shape != NULL, "%s without a shape", m->name);
		walk(m->shape, depth + 1, cases);
	}
}

int
main(void)
{
	Cases		cases = {0};

	test_types();
	test_needs_member();
	test_contents();
	walk(&mf_shape_feature, 0, &cases);
	walk(&mf_shape_logbook, 0, &cases);
	walk(&mf_shape_quantity, 0, &cases);
	check_cases(&cases, "the tables are sound");
	return unit_done();
}
