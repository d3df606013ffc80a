#include "base/unit_table.h"

#include "base/attributes.h"
#include "base/nearest.h"

// clang-format off
const struct unit_prefix unit_prefixes[] = {
    {TEXT_INIT("da"), 1},  {TEXT_INIT("h"), 2},   {TEXT_INIT("k"), 3},
    {TEXT_INIT("M"), 6},   {TEXT_INIT("G"), 9},   {TEXT_INIT("T"), 12},
    {TEXT_INIT("d"), -1},  {TEXT_INIT("c"), -2},  {TEXT_INIT("m"), -3},
    {TEXT_INIT("u"), -6},  {TEXT_INIT("n"), -9},  {TEXT_INIT("p"), -12},
    {TEXT_INIT("f"), -15}, {TEXT_INIT("a"), -18},
};
const size_t unit_prefix_count = ARRAY_COUNT(unit_prefixes);

#define FACTOR(n, d, e) .factor = {.numerator = (n), .denominator = (d), .exponent = (e)}
#define POWER(dimension, power) [UNIT_##dimension] = (power)
#define PRESSURE POWER(MASS, 1), POWER(LENGTH, -1), POWER(TIME, -2)
#define ENERGY   POWER(MASS, 1), POWER(LENGTH, 2), POWER(TIME, -2)
#define WATT     POWER(MASS, 1), POWER(LENGTH, 2), POWER(TIME, -3)

/* symbol, takes prefixes, factor to the base units, powers of the base units */
static const struct unit_atom atoms[] = {
    {TEXT_INIT("m"),       true,  {FACTOR(1, 1, 0), .powers = {POWER(LENGTH, 1)}}},
    {TEXT_INIT("g"),       true,  {FACTOR(1, 1, 0), .powers = {POWER(MASS, 1)}}},
    {TEXT_INIT("t"),       true,  {FACTOR(1, 1, 6), .powers = {POWER(MASS, 1)}}},
    {TEXT_INIT("s"),       true,  {FACTOR(1, 1, 0), .powers = {POWER(TIME, 1)}}},
    {TEXT_INIT("min"),     false, {FACTOR(6, 1, 1), .powers = {POWER(TIME, 1)}}},
    {TEXT_INIT("h"),       false, {FACTOR(36, 1, 2), .powers = {POWER(TIME, 1)}}},
    {TEXT_INIT("d"),       false, {FACTOR(864, 1, 2), .powers = {POWER(TIME, 1)}}},
    {TEXT_INIT("wk"),      false, {FACTOR(6048, 1, 2), .powers = {POWER(TIME, 1)}}},
    {TEXT_INIT("mo"),      false, {FACTOR(26298, 1, 2), .powers = {POWER(TIME, 1)}}}, /* 30.4375 d */
    {TEXT_INIT("a"),       false, {FACTOR(315576, 1, 2), .powers = {POWER(TIME, 1)}}}, /* 365.25 d */
    {TEXT_INIT("mol"),     true,  {FACTOR(1, 1, 0), .powers = {POWER(AMOUNT, 1)}}},
    {TEXT_INIT("eq"),      true,  {FACTOR(1, 1, 0), .powers = {POWER(AMOUNT, 1)}}},
    {TEXT_INIT("osm"),     true,  {FACTOR(1, 1, 0), .powers = {POWER(AMOUNT, 1)}}},
    {TEXT_INIT("kat"),     true,  {FACTOR(1, 1, 0), .powers = {POWER(AMOUNT, 1), POWER(TIME, -1)}}},
    {TEXT_INIT("U"),       true,  {FACTOR(1, 6, -7), .powers = {POWER(AMOUNT, 1), POWER(TIME, -1)}}},
    {TEXT_INIT("K"),       true,  {FACTOR(1, 1, 0), .powers = {POWER(TEMPERATURE, 1)}}},
    {TEXT_INIT("Cel"),     false, {FACTOR(1, 1, 0), .powers = {POWER(CELSIUS, 1)}}},
    {TEXT_INIT("A"),       true,  {FACTOR(1, 1, 0), .powers = {POWER(CURRENT, 1)}}},
    {TEXT_INIT("V"),       true,  {FACTOR(1, 1, 3), .powers = {WATT, POWER(CURRENT, -1)}}},
    {TEXT_INIT("Hz"),      true,  {FACTOR(1, 1, 0), .powers = {POWER(TIME, -1)}}},
    {TEXT_INIT("L"),       true,  {FACTOR(1, 1, -3), .powers = {POWER(LENGTH, 3)}}},
    {TEXT_INIT("l"),       true,  {FACTOR(1, 1, -3), .powers = {POWER(LENGTH, 3)}}},
    {TEXT_INIT("Pa"),      true,  {FACTOR(1, 1, 3), .powers = {PRESSURE}}},
    {TEXT_INIT("bar"),     true,  {FACTOR(1, 1, 8), .powers = {PRESSURE}}},
    {TEXT_INIT("m[Hg]"),   true,  {FACTOR(133322, 1, 3), .powers = {PRESSURE}}},
    {TEXT_INIT("m[H2O]"),  true,  {FACTOR(980665, 1, 1), .powers = {PRESSURE}}},
    {TEXT_INIT("J"),       true,  {FACTOR(1, 1, 3), .powers = {ENERGY}}},
    {TEXT_INIT("cal"),     true,  {FACTOR(4184, 1, 0), .powers = {ENERGY}}},
    {TEXT_INIT("W"),       true,  {FACTOR(1, 1, 3), .powers = {WATT}}},
    {TEXT_INIT("Gy"),      true,  {FACTOR(1, 1, 0), .powers = {POWER(LENGTH, 2), POWER(TIME, -2)}}},
    {TEXT_INIT("[in_i]"),  false, {FACTOR(254, 1, -4), .powers = {POWER(LENGTH, 1)}}},
    {TEXT_INIT("[ft_i]"),  false, {FACTOR(3048, 1, -4), .powers = {POWER(LENGTH, 1)}}},
    {TEXT_INIT("[lb_av]"), false, {FACTOR(45359237, 1, -5), .powers = {POWER(MASS, 1)}}},
    {TEXT_INIT("[oz_av]"), false, {FACTOR(28349523125, 1, -9), .powers = {POWER(MASS, 1)}}},
    {TEXT_INIT("[IU]"),    true,  {FACTOR(1, 1, 0), .powers = {POWER(INTERNATIONAL, 1)}}},
    {TEXT_INIT("[iU]"),    true,  {FACTOR(1, 1, 0), .powers = {POWER(INTERNATIONAL, 1)}}},
    {TEXT_INIT("[pH]"),    false, {FACTOR(1, 1, 0), .powers = {POWER(PH, 1)}}},
    {TEXT_INIT("%"),       false, {FACTOR(1, 1, -2)}},
    {TEXT_INIT("[ppth]"),  false, {FACTOR(1, 1, -3)}},
    {TEXT_INIT("[ppm]"),   false, {FACTOR(1, 1, -6)}},
    {TEXT_INIT("10*"),     false, {FACTOR(1, 1, 1)}},
    {TEXT_INIT("10^"),     false, {FACTOR(1, 1, 1)}},
};
// clang-format on

const struct unit_atom *unit_atom_find(struct text symbol)
{
    for (size_t i = 0; i < ARRAY_COUNT(atoms); i++)
        if (text_equal(atoms[i].symbol, symbol))
            return &atoms[i];
    return NULL;
}

struct text unit_nearest(struct text symbol)
{
    /* Offered first, so that of several that are as near the usual one is meant. */
    static const char *const common[] = {
        "mm[Hg]", "kg",    "mg",     "ug",     "ng",     "pg",   "mL",
        "dL",     "uL",    "cm",     "mm",     "mmol",   "umol", "nmol",
        "kPa",    "mg/kg", "mg/dL",  "mmol/L", "g/L",    "mg/L", "ug/L",
        "ng/mL",  "U/L",   "10*9/L", "umol/L", "mL/min", "mL/h", "ug/kg/min"};
    struct nearest nearest = nearest_to(symbol);
    for (size_t i = 0; i < ARRAY_COUNT(common); i++)
        nearest_offer(&nearest, text_of(common[i]));
    for (size_t i = 0; i < ARRAY_COUNT(atoms); i++)
        nearest_offer(&nearest, atoms[i].symbol);
    return nearest.best;
}
