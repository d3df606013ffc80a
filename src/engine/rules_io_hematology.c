/* The rules of NCT07239375: screening, consent, enrolment, follow-up. The words in
 * quotation marks are those of the study's specification, version 0.2, section 3 (items,
 * "show if", "=") and its checks; ICFSEQ, SCRNO, SUBJID and the items about attachment
 * are set by the actions that number and attach.
 *
 * With PREREG=Y the actions set SCRDTM to the first DECDTM (FR04) and ENRDTM to the first
 * skin puncture (FR05): AGE follows from SCRDTM as from any other.
 */
#include "base/datetime.h"
#include "base/decimal.h"
#include "engine/rules_tables.h"

#define FORM_SCREENING TEXT_INIT("F.SCR")
#define FORM_CONSENT   TEXT_INIT("F.ICF")
#define FORM_ENROLMENT TEXT_INIT("F.DM")
#define FORM_FOLLOW_UP TEXT_INIT("F.FU")

#define YES            TEXT("Y")
#define NO             TEXT("N")

/* ---- conditions: form, item, shown while this item, operator, operand ---- */

// clang-format off
static const struct rule_condition conditions[] = {
    /* "2 in INC2", "3 in INC2", "4 in INC2" */
    {FORM_SCREENING, TEXT_INIT("I.SCR.INC2B"), TEXT_INIT("I.SCR.INC2"), RULE_CONTAINS, TEXT_INIT("2")},
    {FORM_SCREENING, TEXT_INIT("I.SCR.INC2C"), TEXT_INIT("I.SCR.INC2"), RULE_CONTAINS, TEXT_INIT("3")},
    {FORM_SCREENING, TEXT_INIT("I.SCR.INC2D"), TEXT_INIT("I.SCR.INC2"), RULE_CONTAINS, TEXT_INIT("4")},
    /* "OTH ticked in INC2B, INC2C or INC2D" */
    {FORM_SCREENING, TEXT_INIT("I.SCR.INCOTH"), TEXT_INIT("I.SCR.INC2B"), RULE_CONTAINS, TEXT_INIT("OTH")},
    {FORM_SCREENING, TEXT_INIT("I.SCR.INCOTH"), TEXT_INIT("I.SCR.INC2C"), RULE_CONTAINS, TEXT_INIT("OTH")},
    {FORM_SCREENING, TEXT_INIT("I.SCR.INCOTH"), TEXT_INIT("I.SCR.INC2D"), RULE_CONTAINS, TEXT_INIT("OTH")},
    /* "SCRRES in (OTH,NOIO,MISS)" */
    {FORM_SCREENING, TEXT_INIT("I.SCR.SCROTH"), TEXT_INIT("I.SCR.SCRRES"), RULE_ONE_OF, TEXT_INIT("OTH NOIO MISS")},
    /* "PREREG=Y" */
    {FORM_SCREENING, TEXT_INIT("I.SCR.PROVNO"), TEXT_INIT("I.SCR.PREREG"), RULE_EQUALS, TEXT_INIT("Y")},
    {FORM_SCREENING, TEXT_INIT("I.SCR.PROVBED"), TEXT_INIT("I.SCR.PREREG"), RULE_EQUALS, TEXT_INIT("Y")},
    {FORM_SCREENING, TEXT_INIT("I.SCR.PROVDTM"), TEXT_INIT("I.SCR.PREREG"), RULE_EQUALS, TEXT_INIT("Y")},
    {FORM_SCREENING, TEXT_INIT("I.SCR.LNKDTM"), TEXT_INIT("I.SCR.PREREG"), RULE_EQUALS, TEXT_INIT("Y")},
    {FORM_SCREENING, TEXT_INIT("I.SCR.LNKBY"), TEXT_INIT("I.SCR.PREREG"), RULE_EQUALS, TEXT_INIT("Y")},
    /* "ICFTYPE in (DEF,WAIV)", "ICFRES=AGR", "ICFTYPE=DEF", "ICFWDTM filled" */
    {FORM_CONSENT, TEXT_INIT("I.ICF.ICFECNO"), TEXT_INIT("I.ICF.ICFTYPE"), RULE_ONE_OF, TEXT_INIT("DEF WAIV")},
    {FORM_CONSENT, TEXT_INIT("I.ICF.ICFDTM"), TEXT_INIT("I.ICF.ICFRES"), RULE_EQUALS, TEXT_INIT("AGR")},
    {FORM_CONSENT, TEXT_INIT("I.ICF.ICFREL"), TEXT_INIT("I.ICF.ICFRES"), RULE_EQUALS, TEXT_INIT("AGR")},
    {FORM_CONSENT, TEXT_INIT("I.ICF.ICFEMR"), TEXT_INIT("I.ICF.ICFTYPE"), RULE_EQUALS, TEXT_INIT("DEF")},
    {FORM_CONSENT, TEXT_INIT("I.ICF.ICFWSC"), TEXT_INIT("I.ICF.ICFWDTM"), RULE_FILLED, TEXT_INIT("")},
    /* "SEX=F" */
    {FORM_ENROLMENT, TEXT_INIT("I.DM.PREG"), TEXT_INIT("I.DM.SEX"), RULE_EQUALS, TEXT_INIT("F")},
    /* "VITST<>DE": asked until death is entered, also of those lost to follow-up */
    {FORM_FOLLOW_UP, TEXT_INIT("I.FU.LASTALV"), TEXT_INIT("I.FU.VITST"), RULE_DIFFERS, TEXT_INIT("DE")},
};
// clang-format on

/* ---- values ---- */

static bool read_moment(struct rule_value answer, struct moment *out)
{
    return answer.state == RULE_VALUE_GIVEN && moment_parse(answer.value, out, NULL);
}

static bool read_decimal(struct rule_value answer, struct decimal *out)
{
    return answer.state == RULE_VALUE_GIVEN &&
           decimal_parse(answer.value, out, NULL) == DECIMAL_OK;
}

static struct text decimal_text(struct decimal d, struct arena *scratch)
{
    char *digits = arena_alloc(scratch, DECIMAL_TEXT_SIZE);
    return (struct text){.at = digits, .len = decimal_print(d, digits)};
}

/* CL.NY; what cannot be decided has no value. */
static struct text truth_text(enum truth truth)
{
    switch (truth) {
    case TRUTH_NO: return NO;
    case TRUTH_YES: return YES;
    case TRUTH_UNKNOWN: break;
    }
    return (struct text){0};
}

/* ---- derivations ---- */

/* "completed years from BRTHDT to SCRDTM". A partial date of birth has no age while two
 * ages are possible, nor has a screening before the birth. */
static struct text derive_age(const struct rule_run *run, int64_t row)
{
    struct rule_value birth_value = rule_answer(run, TEXT("I.SCR.BRTHDT"), 0);
    if (birth_value.state == RULE_VALUE_SEALED)
        return rule_stored(run, TEXT("I.SCR.AGE"), row);
    struct moment birth, screening;
    int32_t years;
    if (!read_moment(birth_value, &birth) ||
        !read_moment(rule_answer(run, TEXT("I.SCR.SCRDTM"), 0), &screening) ||
        !moment_completed_years(&birth, &screening, &years))
        return (struct text){0};
    return decimal_text(decimal_of(years), run->scratch);
}

static enum truth age_is_between(const struct rule_run *run, int64_t low, int64_t high)
{
    struct decimal age;
    if (!read_decimal(rule_answer(run, TEXT("I.SCR.AGE"), 0), &age))
        return TRUTH_UNKNOWN;
    bool is_between = decimal_compare(age, decimal_of(low)) >= 0 &&
                      decimal_compare(age, decimal_of(high)) <= 0;
    return is_between ? TRUTH_YES : TRUTH_NO;
}

/* "Y when 18<=AGE<=65 else N". Without an age neither: an N would call a patient
 * ineligible whose date of birth nobody has entered yet. */
static struct text derive_inclusion_1(const struct rule_run *run, int64_t row)
{
    (void)row;
    return truth_text(age_is_between(run, 18, 65));
}

/* "Y when EXC1..EXC6 all N". One Y excludes the site whatever the others say; an
 * exclusion that is not answered, or answered with a reason, is not known to be N. */
static struct text derive_site_usable(const struct rule_run *run, int64_t row)
{
    static const struct text exclusions[] = {
        TEXT_INIT("I.SCR.EXC1"), TEXT_INIT("I.SCR.EXC2"), TEXT_INIT("I.SCR.EXC3"),
        TEXT_INIT("I.SCR.EXC4"), TEXT_INIT("I.SCR.EXC5"), TEXT_INIT("I.SCR.EXC6"),
    };
    enum truth is_usable = TRUTH_YES;
    for (size_t i = 0; i < ARRAY_COUNT(exclusions); i++)
        is_usable =
            truth_and(is_usable, rule_is(rule_answer(run, exclusions[i], row), NO));
    return truth_text(is_usable);
}

/* "at least one SITEOK=Y"; "patient excluded only when no site usable" (section 2, step
 * 2). Before the first site is checked nothing is known. */
static enum truth some_site_is_usable(const struct rule_run *run)
{
    int64_t rows = rule_rows(run, TEXT("IG.SCR3"));
    enum truth is_usable = rows == 0 ? TRUTH_UNKNOWN : TRUTH_NO;
    for (int64_t row = 1; row <= rows && is_usable != TRUTH_YES; row++)
        is_usable = truth_or(is_usable,
                             rule_is(rule_answer(run, TEXT("I.SCR.SITEOK"), row), YES));
    return is_usable;
}

/* "INC1=Y and INC2 not empty and HEMANY=Y and CRITIC=Y and HVOL=N and at least one
 * SITEOK=Y". One criterion that is answered and fails makes it N; without that, one that
 * is not answered leaves it open: N is said of patients, not of forms half filled.
 * CK002 fires on an open ELIG as on N, so that nobody is enrolled by the gap. */
static struct text derive_eligible(const struct rule_run *run, int64_t row)
{
    (void)row;
    struct rule_value categories = rule_answer(run, TEXT("I.SCR.INC2"), 0);
    enum truth is_eligible =
        categories.state == RULE_VALUE_GIVEN ? TRUTH_YES : TRUTH_UNKNOWN;
    static const struct {
        struct text item;
        struct text wanted;
    } criteria[] = {
        {TEXT_INIT("I.SCR.INC1"), TEXT_INIT("Y")},
        {TEXT_INIT("I.SCR.HEMANY"), TEXT_INIT("Y")},
        {TEXT_INIT("I.SCR.CRITIC"), TEXT_INIT("Y")},
        {TEXT_INIT("I.SCR.HVOL"), TEXT_INIT("N")},
    };
    for (size_t i = 0; i < ARRAY_COUNT(criteria); i++)
        is_eligible =
            truth_and(is_eligible, rule_is(rule_answer(run, criteria[i].item, 0),
                                           criteria[i].wanted));
    return truth_text(truth_and(is_eligible, some_site_is_usable(run)));
}

/* "WEIGHT/(HEIGHT/100)^2", to the one decimal that the item declares. */
static struct text derive_body_mass_index(const struct rule_run *run, int64_t row)
{
    (void)row;
    struct decimal weight, height, scaled, square, index;
    if (!read_decimal(rule_answer(run, TEXT("I.DM.WEIGHT"), 0), &weight) ||
        !read_decimal(rule_answer(run, TEXT("I.DM.HEIGHT"), 0), &height) ||
        decimal_multiply(weight, decimal_of(10000), &scaled) != DECIMAL_OK ||
        decimal_multiply(height, height, &square) != DECIMAL_OK ||
        decimal_divide(scaled, square, 1, &index) != DECIMAL_OK)
        return (struct text){0};
    return decimal_text(index, run->scratch);
}

#define NO_GROUP                                                                       \
    {                                                                                  \
        .at = NULL, .len = 0                                                           \
    }

// clang-format off
static const struct rule_derivation derivations[] = {
    {FORM_SCREENING, TEXT_INIT("I.SCR.AGE"), NO_GROUP, derive_age},
    {FORM_SCREENING, TEXT_INIT("I.SCR.INC1"), NO_GROUP, derive_inclusion_1},
    {FORM_SCREENING, TEXT_INIT("I.SCR.SITEOK"), TEXT_INIT("IG.SCR3"), derive_site_usable},
    {FORM_SCREENING, TEXT_INIT("I.SCR.ELIG"), NO_GROUP, derive_eligible},
    {FORM_ENROLMENT, TEXT_INIT("I.DM.BMI"), NO_GROUP, derive_body_mass_index},
};
// clang-format on

/* ---- checks of screening ---- */

/* "SCRRES=ENR", or the act of enrolling, which means the same. */
static bool is_enrolling(const struct rule_run *run)
{
    return run->is_enrolment_planned ||
           rule_is(rule_answer(run, TEXT("I.SCR.SCRRES"), 0), TEXT("ENR")) == TRUTH_YES;
}

/* "SCR.AGE < 18 or SCR.AGE > 65, and SCRRES=ENR" */
static bool age_is_outside(const struct rule_run *run)
{
    return is_enrolling(run) && age_is_between(run, 18, 65) == TRUTH_NO;
}

/* "SCRRES=ENR and ELIG<>Y" */
static bool is_not_eligible(const struct rule_run *run)
{
    return is_enrolling(run) &&
           rule_is(rule_answer(run, TEXT("I.SCR.ELIG"), 0), YES) != TRUTH_YES;
}

/* "INC2 empty and SCRRES=ENR": a stated reason is no category either. */
static bool category_is_empty(const struct rule_run *run)
{
    return is_enrolling(run) &&
           rule_answer(run, TEXT("I.SCR.INC2"), 0).state != RULE_VALUE_GIVEN;
}

/* ---- check of consent ---- */

struct consent {
    const struct rule_run *run;
    int64_t instance;
};

static struct rule_value consent_answer(struct consent consent, struct text item)
{
    struct rule_place place = {.form = TEXT("F.ICF"), .item = item};
    return rule_read(consent.run, consent.instance, place);
}

static bool consent_is(struct consent consent, struct text item, struct text code)
{
    return rule_is(consent_answer(consent, item), code) == TRUTH_YES;
}

/* First instants of the earliest puncture, and whether there is one: "first skin puncture
 * of the first insertion", row 1 of the attempts of every insertion. */
static bool first_puncture(const struct rule_run *run, int64_t *first, int64_t *last)
{
    const struct rule_world *world = run->world;
    struct rule_place place = {
        .form = TEXT("F.IO"), .item = TEXT("I.IO.PUNDTM"), .row = 1};
    int64_t insertions = world->instances(world->data, place.form);
    bool is_found = false;
    for (int64_t i = 0; i < insertions; i++) {
        struct moment moment;
        if (!read_moment(rule_read(run, i, place), &moment))
            continue;
        int64_t instant = moment_instant(&moment, world->offset_minutes);
        if (is_found && instant >= *first)
            continue;
        is_found = true;
        *first = instant;
        *last = moment_last_instant(&moment, world->offset_minutes);
    }
    return is_found;
}

/* "ICFRES in (AGR,PEND[DEF]) or WAIV": agreed, or pending after a decision to defer, or
 * waived by the ethics committee. A waiver does not outweigh a refusal. */
static bool consent_is_valid(struct consent consent)
{
    struct text result = TEXT("I.ICF.ICFRES"), type = TEXT("I.ICF.ICFTYPE");
    bool is_refused = consent_is(consent, result, TEXT("REFK")) ||
                      consent_is(consent, result, TEXT("REFD"));
    bool is_deferred = consent_is(consent, result, TEXT("PEND")) &&
                       consent_is(consent, type, TEXT("DEF"));
    bool is_waived = consent_is(consent, type, TEXT("WAIV")) && !is_refused;
    return consent_is(consent, result, TEXT("AGR")) || is_deferred || is_waived;
}

/* When the status began: the signature, or without one the time of asking ("pending
 * deferral: time of the decision to defer"). Without a time it is not known to be before
 * anything. */
static bool consent_began_by(struct consent consent, int64_t instant)
{
    int32_t offset = consent.run->world->offset_minutes;
    struct moment began;
    bool has_time =
        read_moment(consent_answer(consent, TEXT("I.ICF.ICFDTM")), &began) ||
        (!consent_is(consent, TEXT("I.ICF.ICFRES"), TEXT("AGR")) &&
         read_moment(consent_answer(consent, TEXT("I.ICF.ICFASK")), &began));
    return has_time && moment_instant(&began, offset) <= instant;
}

static bool consent_ended_before(struct consent consent, int64_t instant)
{
    int32_t offset = consent.run->world->offset_minutes;
    struct moment end;
    return read_moment(consent_answer(consent, TEXT("I.ICF.ICFWDTM")), &end) &&
           moment_last_instant(&end, offset) < instant;
}

/* "no ICF record with ICFRES in (AGR,PEND[DEF]) or WAIV before IO.PUNDTM, and patient
 * enrolled". Before means not after ("not after PUNDTM", section 2), in the reading of
 * the two times that favours it. While no puncture is entered, a valid status will do:
 * one that was withdrawn stops the act of enrolling, but does not accuse a patient who
 * withdrew after having been enrolled. */
static bool consent_is_absent(const struct rule_run *run)
{
    if (!run->world->is_enrolled && !run->is_enrolment_planned)
        return false;
    int64_t first = 0, last = 0;
    bool is_punctured = first_puncture(run, &first, &last);
    int64_t count = run->world->instances(run->world->data, TEXT("F.ICF"));
    for (int64_t i = 0; i < count; i++) {
        struct consent consent = {.run = run, .instance = i};
        bool is_withdrawn =
            consent_answer(consent, TEXT("I.ICF.ICFWDTM")).state == RULE_VALUE_GIVEN;
        bool is_in_time = is_punctured ? consent_began_by(consent, last) &&
                                             !consent_ended_before(consent, first)
                                       : !(run->is_enrolment_planned && is_withdrawn);
        if (is_in_time && consent_is_valid(consent))
            return false;
    }
    return true;
}

// clang-format off
static const struct rule_place age_places[] = {
    {FORM_SCREENING, TEXT_INIT("I.SCR.AGE"), 0}, {FORM_SCREENING, TEXT_INIT("I.SCR.SCRRES"), 0},
};
static const struct rule_place eligibility_places[] = {
    {FORM_SCREENING, TEXT_INIT("I.SCR.ELIG"), 0}, {FORM_SCREENING, TEXT_INIT("I.SCR.SCRRES"), 0},
};
static const struct rule_place category_places[] = {
    {FORM_SCREENING, TEXT_INIT("I.SCR.INC2"), 0}, {FORM_SCREENING, TEXT_INIT("I.SCR.SCRRES"), 0},
};
static const struct rule_place consent_places[] = {
    {FORM_CONSENT, TEXT_INIT("I.ICF.ICFRES"), 0}, {FORM_CONSENT, TEXT_INIT("I.ICF.ICFTYPE"), 0},
};

static const struct rule_check checks[] = {
    {TEXT_INIT("CK001"), FORM_SCREENING, RULE_HARD, age_is_outside,
     TEXT_INIT("Age outside 18-65: cannot enrol"),
     TEXT_INIT("年龄不在18～65岁，不能入组"),
     age_places, ARRAY_COUNT(age_places)},
    {TEXT_INIT("CK002"), FORM_SCREENING, RULE_HARD, is_not_eligible,
     TEXT_INIT("Not eligible: cannot enrol"),
     TEXT_INIT("不符合入排标准，不能入组"),
     eligibility_places, ARRAY_COUNT(eligibility_places)},
    {TEXT_INIT("CK003"), FORM_SCREENING, RULE_HARD, category_is_empty,
     TEXT_INIT("At least one inclusion-2 category needed"),
     TEXT_INIT("至少勾选一项入选标准2类别"),
     category_places, ARRAY_COUNT(category_places)},
    {TEXT_INIT("CK014"), FORM_CONSENT, RULE_HARD, consent_is_absent,
     TEXT_INIT("No valid consent status before puncture"),
     TEXT_INIT("穿刺前无有效知情同意状态"),
     consent_places, ARRAY_COUNT(consent_places)},
};
// clang-format on

const struct rule_set rules_io_hematology = {
    .conditions = conditions,
    .condition_count = ARRAY_COUNT(conditions),
    .derivations = derivations,
    .derivation_count = ARRAY_COUNT(derivations),
    .checks = checks,
    .check_count = ARRAY_COUNT(checks),
};
