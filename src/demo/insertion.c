/* F.IO: the timer from the decision to the first infusion, and every attempt. A failed
 * attempt is followed by one at another bone, so that no site is used twice in 24 hours. */
#include "demo/areas.h"

#include "demo/draw.h"
#include "demo/parameters.h"

#include <math.h>

enum { USUAL_EXPERIENCE = 20 };

static int64_t draw_seconds(struct stream *stream, double median, double log_sd)
{
    return (int64_t)ceil(draw_lognormal(stream, median, log_sd)) * SECONDS;
}

/* The first site, then what is used when it fails. */
static const char *draw_site(struct stream *stream, size_t attempt, const char *first)
{
    static const char *const sites[] = {"PTL", "PTR", "PHL", "PHR"};
    static const double shares[] = {SHARE_TIBIA_LEFT, SHARE_TIBIA_RIGHT,
                                    SHARE_HUMERUS / 2, SHARE_HUMERUS / 2};
    bool was_left = first != NULL && text_equal(text_of(first), TEXT("PTL"));
    if (attempt == 0)
        return sites[draw_pick(stream, shares, ARRAY_COUNT(shares))];
    if (attempt == 1)
        return was_left ? "PTR" : "PTL";
    return text_starts_with(text_of(first), TEXT("PT")) ? "PHL" : "PTR";
}

static double success(const struct patient *patient, const struct insertion *it,
                      const char *site)
{
    const struct baseline *baseline = &patient->baseline;
    double height = baseline->height / 100;
    double bmi = baseline->weight / (height * height);
    double x = logit(FIRST_SUCCESS);
    x += bmi > 24 ? SUCCESS_PER_BMI * (bmi - 24) : 0;
    x += SUCCESS_PER_TEN * (it->experience - USUAL_EXPERIENCE) / 10.0;
    x += text_starts_with(text_of(site), TEXT("PH")) ? SUCCESS_HUMERUS : 0;
    return logistic(x);
}

static const char *draw_failure(struct stream *stream)
{
    static const char *const reasons[] = {"LAND", "CORT", "THRU", "NOFL",
                                          "EXTR", "DEV",  "AGIT"};
    static const double shares[] = {15, 20, 10, 30, 15, 5, 5};
    return reasons[draw_pick(stream, shares, ARRAY_COUNT(shares))];
}

/* One attempt that begins with the landmark at `at`. */
static void draw_attempt(struct stream *stream, struct attempt *attempt, int64_t at,
                         double chance)
{
    attempt->landmark = at;
    attempt->puncture = at + draw_time(stream, 3 * SECONDS, 8 * SECONDS);
    attempt->is_success = draw_chance(stream, chance);
    if (attempt->is_success) {
        int64_t taken = draw_seconds(stream, TO_CONFIRMED);
        attempt->marrow = attempt->puncture + (taken / 2);
        attempt->confirmed = attempt->puncture + taken;
        attempt->ended = attempt->confirmed;
        return;
    }
    attempt->failure = draw_failure(stream);
    attempt->ended = attempt->puncture + draw_seconds(stream, HALF_FAILED_ATTEMPT);
}

static void draw_attempts(struct patient *patient, struct insertion *it,
                          struct stream *stream)
{
    int64_t at = it->decided + draw_seconds(stream, TO_PUNCTURE);
    while (it->attempt_count < ATTEMPTS_MOST && !it->is_placed) {
        size_t i = it->attempt_count++;
        struct attempt *attempt = &it->attempts[i];
        attempt->site = draw_site(stream, i, it->attempts[0].site);
        double chance = i == 0   ? success(patient, it, attempt->site)
                        : i == 1 ? SECOND_SUCCESS
                                 : THIRD_SUCCESS;
        if (patient->is_spared)
            chance = 1;
        draw_attempt(stream, attempt, at, chance);
        it->is_placed = attempt->is_success;
        /* The rest of what a failed attempt costs passes before the next one. */
        at = attempt->ended + draw_seconds(stream, HALF_FAILED_ATTEMPT);
    }
}

void insertion_draw(struct patient *patient)
{
    static const enum staff operators[] = {STAFF_OPERATOR, STAFF_OPERATOR_2,
                                           STAFF_OPERATOR_3};
    static const double shares[] = {45, 35, 20};
    struct stream stream = patient_stream(patient, AREA_INSERTION);
    struct insertion *it = &patient->insertions[0];
    const struct baseline *baseline = &patient->baseline;
    size_t who = draw_pick(&stream, shares, ARRAY_COUNT(shares));
    patient->insertion_count = 1;
    it->operated_by = operators[who];
    it->experience = staff_rows[it->operated_by].experience +
                     (int32_t)((double)patient->ordinal * shares[who] / 100);
    it->decided =
        patient->consent.enrolled + draw_time(&stream, 2 * MINUTES, 12 * MINUTES);
    it->kit = it->decided + draw_time(&stream, 10 * SECONDS, 25 * SECONDS);
    draw_attempts(patient, it, &stream);
    it->pain = (int32_t)lround(clamp(draw_normal(&stream, PAIN_PUNCTURE), 0, 10));
    if (!it->is_placed)
        return;
    bool has_lidocaine = baseline->is_responsive && !baseline->is_allergic;
    int64_t confirmed = insertion_success(it)->confirmed;
    it->flushed = confirmed + 8 * SECONDS;
    it->running = confirmed + draw_seconds(&stream, TO_INFUSION);
    if (has_lidocaine) {
        it->flushed += (int64_t)LIDOCAINE_DELAY * SECONDS;
        it->running += (int64_t)LIDOCAINE_DELAY * SECONDS;
    }
    if (it->running < it->flushed)
        it->running = it->flushed + 4 * SECONDS;
}

/* --- writing ---------------------------------------------------------------------------------- */

/* A GTIN-14 with its check digit (GS1 General Specifications 7.9), of no manufacturer. */
static struct text gtin(struct arena *arena)
{
    static const char digits[] = "0000000123456";
    int32_t sum = 0;
    for (size_t i = 0; i < sizeof digits - 1; i++)
        sum += (digits[i] - '0') * (i % 2 == 0 ? 3 : 1);
    return text_format(arena, "%s%d", digits, (10 - sum % 10) % 10);
}

static struct text device_identifier(const struct patient *patient, size_t insertion,
                                     struct arena *arena)
{
    struct text item = gtin(arena);
    return text_format(arena, "(01)%.*s(17)291231(10)SYN%02d(21)%05d%d", TEXT_ARG(item),
                       (int)(patient->ordinal / 10) + 1, (int)patient->ordinal,
                       (int)insertion + 1);
}

/* One tap on the timer. */
static struct step *tap(const struct patient *patient, struct diary *diary,
                        size_t insertion, int64_t at)
{
    struct step *save =
        diary_save(diary, patient->index, at + SECONDS,
                   patient->insertions[insertion].operated_by, "SE.T0", "F.IO");
    save->form_repeat = (int64_t)insertion + 1;
    return save;
}

static void write_attempt(const struct patient *patient, struct diary *diary,
                          size_t insertion, size_t i)
{
    const struct attempt *attempt = &patient->insertions[insertion].attempts[i];
    const struct choice signs[] = {{"FIRM", true},
                                   {"ASP", (patient->number + i) % 3 != 0},
                                   {"FLUSH", true},
                                   {"FLOW", (patient->number + i) % 4 == 0}};
    int64_t row = (int64_t)i + 1;
    bool is_chosen = i == 0 && patient->insertions[insertion].first_choice != NULL;
    struct step *save = tap(patient, diary, insertion, attempt->landmark);
    if (!is_chosen)
        step_code(save, "I.IO.ATTSITE", row, attempt->site);
    step_moment(save, "I.IO.LNDDTM", row, attempt->landmark);
    save = tap(patient, diary, insertion, attempt->puncture);
    step_moment(save, "I.IO.PUNDTM", row, attempt->puncture);
    if (attempt->marrow != 0) {
        save = tap(patient, diary, insertion, attempt->marrow);
        step_moment(save, "I.IO.MARDTM", row, attempt->marrow);
    }
    save = tap(patient, diary, insertion, attempt->ended);
    if (attempt->is_success)
        step_moment(save, "I.IO.CNFDTM", row, attempt->confirmed);
    step_moment(save, "I.IO.ENDDTM", row, attempt->ended);
    step_code(save, "I.IO.ATTRES", row, attempt->is_success ? "SUC" : "FAIL");
    if (attempt->is_success)
        step_choices(save, "I.IO.CONFM", row, signs, ARRAY_COUNT(signs));
    else
        step_code(save, "I.IO.FAILR", row, attempt->failure);
}

/* The site is chosen with the decision; one that was used too lately is refused, and
 * another chosen. */
static void write_choice(const struct patient *patient, struct diary *diary, size_t i)
{
    const struct insertion *it = &patient->insertions[i];
    const char *site = it->attempts[0].site;
    struct step *save = tap(patient, diary, i, it->decided);
    step_moment(save, "I.IO.DECDTM", 0, it->decided);
    step_code(save, "I.IO.IOSITE", 0,
              it->first_choice == NULL ? site : it->first_choice);
    if (it->first_choice != NULL) {
        static const char why[] =
            "SYNTHETIC: stopped by CK007, this site was used within 24 h";
        struct step *again = tap(patient, diary, i, it->decided + 20 * SECONDS);
        step_code(save, "I.IO.ATTSITE", 1, it->first_choice);
        step_correct(again, save, "I.IO.IOSITE", 0, text_of(site), why);
        step_correct(again, save, "I.IO.ATTSITE", 1, text_of(site), why);
    }
    save = tap(patient, diary, i, it->kit);
    step_moment(save, "I.IO.KITDTM", 0, it->kit);
}

static void write_details(const struct patient *patient, struct diary *diary, size_t i,
                          struct stream *stream)
{
    const struct insertion *it = &patient->insertions[i];
    const char *site = it->attempts[0].site;
    bool is_humerus = text_starts_with(text_of(site), TEXT("PH"));
    int64_t last =
        it->is_placed ? it->running : it->attempts[it->attempt_count - 1].ended;
    int64_t at = last + draw_time(stream, 4 * MINUTES, 90 * MINUTES);
    struct step *save =
        diary_report(diary, patient->index, at, last, it->operated_by, "SE.T0", "F.IO");
    save->form_repeat = (int64_t)i + 1;
    if (is_humerus)
        step_yes(save, "I.IO.NTIB", 0, true);
    step_code(save, "I.IO.DRIVER", 0, draw_chance(stream, 0.9) ? "PWR" : "MAN");
    step_text(save, "I.IO.MFR", 0, TEXT("SYNTHETIC needle set"));
    step_code(save, "I.IO.NEEDLE", 0, is_humerus ? "45" : "25");
    step_integer(save, "I.IO.GAUGE", 0, 15);
    step_text(save, "I.IO.UDIRAW", 0, device_identifier(patient, i, save->arena));
    step_text(save, "I.IO.ASEP", 0, TEXT("chlorhexidine 2%"));
    step_code(save, "I.IO.OPROLE", 0,
              it->operated_by == STAFF_OPERATOR ? "ATT" : "RES");
    step_integer(save, "I.IO.OPEXP", 0, it->experience);
    if (patient->baseline.is_responsive)
        step_integer(save, "I.IO.PAINPUN", 0, it->pain);
    step_yes(save, "I.IO.IMMEX", 0, it->has_immediate_event);
    if (!it->is_placed) {
        step_missing(save, "I.IO.FLUDTM", 0, "NA");
        step_missing(save, "I.IO.FINDTM", 0, "NA");
    }
}

void insertion_write(const struct patient *patient, struct diary *diary)
{
    struct stream stream = writing_stream(patient, AREA_INSERTION);
    for (size_t i = 0; i < patient->insertion_count; i++) {
        const struct insertion *it = &patient->insertions[i];
        write_choice(patient, diary, i);
        for (size_t k = 0; k < it->attempt_count; k++)
            write_attempt(patient, diary, i, k);
        if (it->is_placed) {
            struct step *save = tap(patient, diary, i, it->flushed);
            step_moment(save, "I.IO.FLUDTM", 0, it->flushed);
            save = tap(patient, diary, i, it->running);
            step_moment(save, "I.IO.FINDTM", 0, it->running);
        }
        write_details(patient, diary, i, &stream);
    }
}
