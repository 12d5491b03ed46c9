/*
 * place_name_test.c - names of one place in several scripts and spellings
 */
#include "mf_likeness.h"

#include "unit.h"

static double
likeness(const char *a, const char *b)
{
	MfPlaceName x,
				y;

	if (!place_name_read(a, strlen(a), &x) || !place_name_read(b, strlen(b), &y))
		return -1;
	return place_name_likeness(&x, &y);
}

static void
test_pairs(void)
{
	/* one name each: exonyms are not among them, only transliterations */
	static const char *const same[][2] = {
		{"Агдам", "Ağdam"}, {"Агдам", "Aghdam"}, {"АГДАМ", "агдам"}, {"Шуша", "Şuşa"},
		{"Шуша", "Shusha"}, {"Хачен", "Khachen"}, {"Хачен", "Xaçen"}, {"Физули", "Füzuli"},
		{"Тбилиси", "თბილისი"}, {"Ереван", "Երեւան"}, {"Щукино", "Shchukino"}, {"Ямполь", "Yampol'"},
		{"Gəncə", "Ganca"}, {"Čapljina", "Чапљина"}, {"3-й батальон", "3 batalion"},
		{"marker 7", "Marker 007"}, {"якорь буя 12", "Yakor buya 12"}, {"О'Коннор", "Okonnor"}
	};
	static const char *const different[][2] = {
		{"marker 1", "marker 12"}, {"marker 1", "marker 2"}, {"Агдам", "Шуша"}, {"3rd company", "4th company"},
		{"веха 3", "веха"}, {"17", "18"}, {"Ağdam", "Füzuli"}
	};

	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		check(likeness(same[i][0], same[i][1]) >= 0.6, "%s is %s: %.2f", same[i][0], same[i][1],
			  likeness(same[i][0], same[i][1]));
	for (size_t i = 0; i < sizeof(different) / sizeof(different[0]); i++)
		check(likeness(different[i][0], different[i][1]) < 0.5, "%s is not %s: %.2f",
			  different[i][0], different[i][1], likeness(different[i][0], different[i][1]));
	check(likeness("", "a") == -1 && likeness(" -.", "a") == -1 && likeness("地雷", "a") == -1,
		  "no letters, no name");
	check(likeness("17", "17") == 1, "a number alone is a name");
}

/* Any bytes are read without harm; likeness is symmetric, from 0 to 1, 1 with itself. */
static void
test_bytes(void)
{
	Cases		cases = {0};

	for (int round = 0; round < 200000; round++)
	{
		char		a[120];
		char		b[120];
		size_t		na = (size_t) random_below(120);
		size_t		nb = (size_t) random_below(120);
		MfPlaceName x,
					y;
		double		there,
					back;

		for (size_t i = 0; i < na; i++)
			a[i] = (char) (random_below(4) ? random_below(256) : "\xD0\xD1\x90\xB0 1a'"[random_below(8)]);
		for (size_t i = 0; i < nb; i++)
			b[i] = i < na && random_below(8) ? a[i] : (char) random_below(256);
		if (!place_name_read(a, na, &x) || !place_name_read(b, nb, &y))
			continue;
		there = place_name_likeness(&x, &y);
		back = place_name_likeness(&y, &x);
		case_check(&cases, there == back && there >= 0 && there <= 1 &&
				   place_name_likeness(&x, &x) == 1, "%g, %g", there, back);
	}
	check_cases(&cases, "likeness of any bytes");
}

int
main(void)
{
	unit_seed();
	test_pairs();
	test_bytes();
	return unit_done();
}
