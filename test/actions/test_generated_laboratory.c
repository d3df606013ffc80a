/* A generated laboratory: thousands of messages in random order, with duplicates, corrections
 * and broken ones, end in exactly the right values, and each broken one waits with its
 * reason. 500 messages; 10,000 with ENDURE=1. The right values are made first, and written
 * in the sender's units by moving the decimal point. All data are SYNTHETIC. */
#include "support/laboratory.h"
#include "support/unit.h"

#include "store/feeds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PEOPLE = 16,
    POINTS = 5,
    PANELS = 3,
    ITEMS = 2,
    ORDERS = PEOPLE * POINTS * PANELS
};

static struct fixture study;
static int64_t people[PEOPLE];
static uint64_t seed = 20261129;

static uint32_t draw(uint32_t below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 33) % below;
}

/* --- what is measured ----------------------------------------------------------------- */

/* A number of `low`…`high` in the last digit of the item, and the units it is sent in: how
 * far the point moves to the left. */
static const struct {
    const char *item, *loinc;
    uint32_t low, high;
    int decimals;
    struct {
        const char *unit;
        int shift;
    } units[2];
} items[PANELS][ITEMS] = {
    {{"I.LB.CRP", "1988-5", 1, 3000, 1, {{"mg/L", 0}, {"mg/dL", 1}}},
     {"I.LB.DDIM", "48065-7", 10, 2000, 2, {{"mg/L{FEU}", 0}, {"ng/mL{FEU}", -3}}}},
    {{"I.LB.HGB", "718-7", 40, 180, 0, {{"g/L", 0}, {"g/dL", 1}}},
     {"I.LB.PLT", "777-3", 1, 400, 0, {{"10*9/L", 0}, {"10*3/uL", 0}}}},
    {{"I.LB.K", "2823-3", 28, 60, 1, {{"mmol/L", 0}, {"meq/L", 0}}},
     {"I.LB.CREAT", "14682-9", 30, 900, 0, {{"umol/L", 0}, {"umol/L", 0}}}},
};

static const struct {
    const char *event, *taken;
} points[POINTS] = {{"SE.BL", "20261122080000"},
                    {"SE.H6", "20261122150000"},
                    {"SE.H24", "20261123090000"},
                    {"SE.H48", "20261124090000"},
                    {"SE.H72", "20261125090000"}};

/* "12.34" from 1234 with two decimals, "1200" from 12 with minus two. */
static void spell(uint32_t digits, int decimals, char out[32])
{
    char plain[24];
    int len = snprintf(plain, sizeof plain, "%06u", digits);
    int point = len - (decimals > 0 ? decimals : 0), first = 0;
    while (first + 1 < point && plain[first] == '0')
        first++;
    for (int i = first; i < len; i++) {
        if (i == point)
            *out++ = '.';
        *out++ = plain[i];
    }
    for (; decimals < 0; decimals++)
        *out++ = '0';
    *out = '\0';
}

/* --- messages ------------------------------------------------------------------------------ */

struct message {
    struct text bytes;
    const char *state; /* what it must be in at the end */
    bool is_repeat;
    int64_t id;
};

static struct message *messages;
static size_t count;
static char expected[ORDERS][ITEMS][32];

static struct text header(const char *control, unsigned minute)
{
    return text_format(
        study.arena,
        "MSH|^~\\&|LIS|LAB|OSTEON|SITE|202611260%u%02u00+0800||ORU^R01|%s|P|"
        "2.5.1|||AL|NE||UNICODE UTF-8\r",
        minute / 60, minute % 60, control);
}

static struct text patient(size_t person)
{
    struct participant *known = fixture_participant(&study, people[person]);
    return text_format(study.arena, "PID|1||%.*s^^^NCT07239375^PI||SYNTHETIC^Person\r",
                       TEXT_ARG(known->subject_number));
}

static void add(struct text bytes, const char *state)
{
    messages[count++] = (struct message){.bytes = bytes, .state = state};
}

/* One report of an order; the last to be reported is what is right. */
static void add_report(size_t order, size_t report, bool is_last, bool is_corrected)
{
    size_t panel = order % PANELS, point = order / PANELS % POINTS;
    size_t person = order / PANELS / POINTS;
    char control[40], number[32];
    const char *status = report == 0 ? "P" : is_last && is_corrected ? "C" : "F";
    snprintf(control, sizeof control, "O%zu.%zu", order, report);
    struct text body =
        text_format(study.arena, "OBR|1||ACC%05zu|P^Panel^L|||%s+0800|||||||||BLDV\r",
                    order, points[point].taken);
    for (size_t i = 0; i < ITEMS; i++) {
        uint32_t low = items[panel][i].low, high = items[panel][i].high;
        uint32_t digits = low + draw(high - low + 1);
        size_t unit = draw(2);
        spell(digits, items[panel][i].decimals + items[panel][i].units[unit].shift,
              number);
        body = text_format(study.arena, "%.*sOBX|%zu|NM|%s^x^LN||%s|%s|||||%s\r",
                           TEXT_ARG(body), i + 1, items[panel][i].loinc, number,
                           items[panel][i].units[unit].unit, status);
        if (is_last)
            spell(digits, items[panel][i].decimals, expected[order][i]);
    }
    struct text head = header(control, (unsigned)report * 5);
    struct text who = patient(person);
    add(text_format(study.arena, "%.*s%.*s%.*s", TEXT_ARG(head), TEXT_ARG(who),
                    TEXT_ARG(body)),
        "filed");
}

static void add_broken(size_t n)
{
    static const struct {
        const char *state, *patient, *body;
    } kinds[] = {
        {"quarantined: patient", "PID|1||NOBODY^^^HOSP^MR\r",
         "OBR|1||B|P^P^L|||20261122080000+0800\rOBX|1|NM|2823-3^K^LN||4.1|mmol/"
         "L|||||F\r"},
        {"quarantined: code", NULL,
         "OBR|1||B|P^P^L|||20261122080000+0800\rOBX|1|NM|NEW^New^L||4.1|mmol/"
         "L|||||F\r"},
        {"quarantined: unit", NULL,
         "OBR|1||B|P^P^L|||20261122080000+0800\rOBX|1|NM|22664-7^Urea^LN||28|mg/"
         "dL|||||F\r"},
        {"quarantined: window", NULL,
         "OBR|1||B|P^P^L|||20261122200000+0800\rOBX|1|NM|2823-3^K^LN||4.1|mmol/"
         "L|||||F\r"},
        {"quarantined: character-set", NULL,
         "OBR|1||B|P^\xD5\xC5^L|||20261122080000+0800\rOBX|1|NM|2823-3^K^LN||4.1|mmol/"
         "L|||||F"
         "\r"},
        {"quarantined: structure", NULL, "OBX|1|NM|2823-3^K^LN||4.1|mmol/L|||||F\r"},
    };
    size_t kind = n % (sizeof kinds / sizeof *kinds);
    char control[40];
    snprintf(control, sizeof control, "B%zu", n);
    struct text head = header(control, 0);
    struct text who = kinds[kind].patient == NULL ? patient(n % PEOPLE)
                                                  : text_of(kinds[kind].patient);
    add(text_format(study.arena, "%.*s%.*s%s", TEXT_ARG(head), TEXT_ARG(who),
                    kinds[kind].body),
        kinds[kind].state);
}

/* 92 % reports, of which 2 % of the orders end corrected, 5 % duplicates, 1 % broken. */
static void make_all(size_t total)
{
    size_t reports = (total - total * 6 / 100) / ORDERS;
    reports = reports < 2 ? 2 : reports;
    messages = arena_alloc(study.arena, (2 * total + 2 * ORDERS) * sizeof *messages);
    for (size_t order = 0; order < ORDERS; order++)
        for (size_t report = 0; report < reports; report++)
            add_report(order, report, report + 1 == reports, order % 50 == 0);
    for (size_t n = 0; n < total / 100 + 6; n++)
        add_broken(n);
    size_t before = count;
    for (size_t n = 0; n < total / 20; n++) {
        messages[count] = messages[draw((uint32_t)before)];
        messages[count++].is_repeat = true;
    }
    for (size_t i = count; i-- > 1;) {
        size_t other = draw((uint32_t)i + 1);
        struct message kept = messages[i];
        messages[i] = messages[other];
        messages[other] = kept;
    }
}

/* --- the test -------------------------------------------------------------------------------- */

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    struct caller crc = fixture_person(&study, "crc", ROLE_CRC);
    struct caller inv = fixture_person(&study, "inv", ROLE_INV);
    struct caller opr = fixture_person(&study, "opr", ROLE_OPR);
    for (size_t i = 0; i < PEOPLE; i++) {
        people[i] = fixture_enrol(&study, &crc, &inv);
        fixture_enter(&study, &opr, people[i], "SE.T0", "F.IO", "I.IO.PUNDTM#1",
                      "2026-11-22T09:00:00+08:00", NULL);
    }
    laboratory_open(&study);
    fixture_pass(&study, (int64_t)5 * DAY);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_close(&study);
    return 0;
}

static void send_all(void)
{
    size_t repeats = 0, wanted = 0;
    for (size_t i = 0; i < count; i++) {
        bool is_repeat = false;
        messages[i].id = laboratory_send_bytes(&study, messages[i].bytes, &is_repeat);
        repeats += is_repeat;
        wanted += messages[i].is_repeat;
    }
    assert_int_equal(repeats, wanted);
}

static void every_value_is_right_and_every_broken_message_waits(void **state)
{
    (void)state;
    make_all(getenv("ENDURE") != NULL ? 10000 : 500);
    send_all();
    for (size_t i = 0; i < count; i++)
        assert_string_equal(laboratory_state(&study, messages[i].id),
                            messages[i].state);
    for (size_t order = 0; order < ORDERS; order++)
        for (size_t i = 0; i < ITEMS; i++)
            assert_string_equal(fixture_value(&study, people[order / PANELS / POINTS],
                                              points[order / PANELS % POINTS].event,
                                              "F.LB", items[order % PANELS][i].item, 0),
                                expected[order][i]);
    print_message("%zu messages\n", count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            every_value_is_right_and_every_broken_message_waits, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
