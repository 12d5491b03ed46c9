/*
 * mine_models.c - the catalogue
 *
 * Gathered from public lists of no authority: to recognise what paper names,
 * and to ask whether its figures are plausible.  What was not published in
 * those lists is not known here; nobody's safety may hang on any of it.
 */
#include "mf_mines.h"

#include <math.h>

#define LISTS	"public lists of ordnance"
#define SPACED	"public lists of ordnance; spacing and density from one list of no authority"

#define AP		"AP"
#define AV		"AV"
#define NO		MF_SAID_NO
#define YES		MF_SAID_YES
#define NUL		NAN

/*
 * model, aliases, category, kind, explosive from, to, metal, actuation,
 * remotely delivered, self-destruct, after hours from, to, step from, to, mines per km, source
 */
const MfMineModel mine_models[] = {
	{"PMN", "ПМН", AP, "blast", 0.20, 0.24, "moderate", "pressure",
	NO, NO, NUL, NUL, NUL, NUL, NUL, LISTS},
	{"PMN-2", "ПМН-2", AP, "blast", 0.10, 0.10, "low", "pressure",
	NO, NO, NUL, NUL, 1, 2, 2000, SPACED},
	{"PMN-4", "ПМН-4", AP, "blast", 0.05, 0.05, "minimum", "pressure",
	NO, NO, NUL, NUL, NUL, NUL, NUL, LISTS},
	{"PMN-E", "ПМН-Э", AP, "blast", NUL, NUL, "minimum", "pressure",
	NO, NO, NUL, NUL, NUL, NUL, NUL, LISTS},
	{"OZM-72", "ОЗМ-72", AP, "bounding fragmentation", 0.66, 0.66, "high", "tripwire|command",
	NO, NO, NUL, NUL, 15, 25, 50, SPACED},
	{"POMZ-2", "ПОМЗ-2|ПОМЗ", AP, "stake fragmentation", 0.075, 0.075, "high", "tripwire",
	NO, NO, NUL, NUL, 4, 8, 250, SPACED},
	{"POMZ-2M", "ПОМЗ-2М", AP, "stake fragmentation", 0.075, 0.075, "high", "tripwire",
	NO, NO, NUL, NUL, 4, 8, 250, SPACED},
	{"MON-50", "МОН-50", AP, "directional fragmentation", 0.7, 0.7, "high", "tripwire|command",
	NO, NO, NUL, NUL, 10, 15, NUL, SPACED},
	{"MON-90", "МОН-90", AP, "directional fragmentation", 6.2, 6.2, "high", "tripwire|command",
	NO, NO, NUL, NUL, NUL, NUL, NUL, LISTS},
	{"MON-100", "МОН-100", AP, "directional fragmentation", 2, 2, "high", "tripwire|command",
	NO, NO, NUL, NUL, NUL, NUL, NUL, LISTS},
	{"MON-200", "МОН-200", AP, "directional fragmentation", 12, 12, "high", "tripwire|command",
	NO, NO, NUL, NUL, NUL, NUL, NUL, LISTS},
	{"PFM-1", "ПФМ-1", AP, "blast, scatterable", 0.037, 0.037, "low", "pressure",
	YES, NO, NUL, NUL, NUL, NUL, 4000, SPACED},
	{"PFM-1S", "ПФМ-1С", AP, "blast, scatterable", 0.037, 0.037, "low", "pressure",
	YES, YES, 1, 40, NUL, NUL, 4000, SPACED},
	{"POM-2", "ПОМ-2", AP, "fragmentation, scatterable", NUL, NUL, "high", "tripwire",
	YES, YES, NUL, NUL, NUL, NUL, NUL, LISTS},
	{"POM-3", "ПОМ-3", AP, "fragmentation, scatterable", NUL, NUL, "high", "seismic",
	YES, YES, NUL, NUL, NUL, NUL, NUL, LISTS},
	{"PMD-6", "ПМД-6", AP, "blast, wooden", NUL, NUL, "low", "pressure",
	NO, NO, NUL, NUL, NUL, NUL, NUL, LISTS},
	{"PMA-2", "ПМА-2", AP, NULL, NUL, NUL, NULL, NULL,
	NO, NO, NUL, NUL, NUL, NUL, NUL, LISTS},
	{"PMA-3", "ПМА-3", AP, NULL, NUL, NUL, NULL, NULL,
	NO, NO, NUL, NUL, NUL, NUL, NUL, LISTS},
	{"PROM-1", "ПРОМ-1", AP, NULL, NUL, NUL, NULL, NULL,
	NO, NO, NUL, NUL, NUL, NUL, NUL, LISTS},
	{"PMR-2A", "ПМР-2А", AP, NULL, NUL, NUL, NULL, NULL,
	NO, NO, NUL, NUL, NUL, NUL, NUL, LISTS},
	{"TM-46", "ТМ-46", AV, "blast", 5.7, 5.7, "high", "pressure",
	NO, NO, NUL, NUL, NUL, NUL, NUL, LISTS},
	{"TMN-46", "ТМН-46", AV, "blast", 5.7, 5.7, "high", "pressure",
	NO, NO, NUL, NUL, NUL, NUL, NUL, LISTS},
	{"TM-57", "ТМ-57", AV, "blast", 6.3, 6.5, "high", "pressure",
	NO, NO, NUL, NUL, NUL, NUL, NUL, LISTS},
	{"TM-62M", "ТМ-62М", AV, "blast", 7.5, 7.5, "high", "pressure|tilt|magnetic",
	NO, NO, NUL, NUL, 4, 5.5, 750, SPACED},
	{"TM-62P3", "ТМ-62П3", AV, "blast", 7.0, 7.0, "minimum", "pressure",
	NO, NO, NUL, NUL, NUL, NUL, NUL, LISTS},
	{"TM-72", "ТМ-72", AV, "hollow charge", 2.5, 2.5, "high", "magnetic",
	NO, NO, NUL, NUL, 5.5, 11, 350, SPACED},
	{"TM-83", "ТМ-83", AV, "off-route", 9.6, 9.6, "high", "seismic and optical",
	NO, NO, NUL, NUL, NUL, NUL, NUL, LISTS},
	{"TM-89", "ТМ-89", AV, "magnetic", 6.7, 6.7, "high", "magnetic",
	NO, NO, NUL, NUL, NUL, NUL, NUL, LISTS},
	{"TMA-3", "ТМА-3", AV, NULL, NUL, NUL, NULL, "pressure",
	NO, NO, NUL, NUL, NUL, NUL, NUL, LISTS},
	{"TMA-4", "ТМА-4", AV, NULL, NUL, NUL, NULL, "pressure",
	NO, NO, NUL, NUL, NUL, NUL, NUL, LISTS},
	{"TMM-1", "ТММ-1", AV, NULL, NUL, NUL, NULL, "pressure",
	NO, NO, NUL, NUL, NUL, NUL, NUL, LISTS},
	{"PTM-1", "ПТМ-1", AV, "scatterable", 1.1, 1.1, "low", "pressure",
	YES, YES, NUL, NUL, NUL, NUL, NUL, LISTS},
	{"PTM-3", "ПТМ-3", AV, "scatterable", 1.8, 1.8, "high", "magnetic",
	YES, YES, NUL, NUL, NUL, NUL, NUL, LISTS}
};

const int	mine_models_n = (int) (sizeof(mine_models) / sizeof(mine_models[0]));
