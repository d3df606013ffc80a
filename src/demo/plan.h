#ifndef OSTEON_DEMO_PLAN_H
#define OSTEON_DEMO_PLAN_H
/* What happens to the SYNTHETIC patients: plain structs, one an area. Each area draws its
 * own (`…_draw`), from what stands already, and writes it into the diary (`…_write`), from
 * where it is entered. Joint, not independent: `severity` drives pressure, lactate, organ
 * failure, drugs and death, `marrow` the blood count.
 *
 * Instants and lengths of time are microseconds. A time of 0 means: did not happen.
 */
#include "base/text.h"
#include "demo/staff.h"
#include "demo/stream.h"

#include <stdbool.h>

#define SECONDS ((int64_t)1000 * 1000)
#define MINUTES (60 * SECONDS)
#define HOURS   (60 * MINUTES)
#define DAYS    (24 * HOURS)

enum { SITE_OFFSET_MINUTES = 8 * 60 };

/* Each has streams of its own. */
enum area {
    AREA_IDENTIFIERS,
    AREA_ACCRUAL,
    AREA_SCREENING,
    AREA_CONSENT,
    AREA_BASELINE,
    AREA_OUTCOME,
    AREA_INSERTION,
    AREA_COMPLICATION,
    AREA_REMOVAL,
    AREA_LIDOCAINE,
    AREA_INFUSION,
    AREA_VASOACTIVE,
    AREA_VITALS,
    AREA_LABORATORY,
    AREA_SITE_CHECK,
    AREA_IMAGING,
    AREA_TREATMENT,
    AREA_FOLLOW_UP,
    AREA_ENTRY,
    AREA_SECOND_CHECK,
    AREA_QUERY
};

enum screening_outcome {
    SCREENING_ENROLLED,
    SCREENING_NOT_ELIGIBLE,
    SCREENING_MISSED,
    SCREENING_DECLINED,
    SCREENING_NOT_NEEDED
};

struct blood {
    double crp, pct, il6, ferritin;
    double pt, aptt, fibrinogen, d_dimer;
    double anc, lymphocytes, blasts, hemoglobin, platelets;
    double creatinine, urea, bilirubin, alt, albumin, sodium, potassium, glucose;
    double lactate, pf; /* pf: PaO2/FiO2 */
};

struct baseline {
    bool is_male, is_weight_estimated, is_allergic;
    int32_t age;
    double height, weight;
    size_t diagnosis; /* place in the table of baseline.c */
    bool is_suspected, is_lytic;
    bool in_rapid, in_complication, in_organ, in_immune, in_other;
    bool has_low_platelets, has_agranulocytosis, has_anemia, has_advanced_tumor;
    bool has_sepsis, has_septic_shock, has_dic, has_gut_bleeding;
    bool has_nervous_disease, has_brain_bleeding;
    bool fails_lung, fails_heart, fails_kidney, fails_liver;
    bool has_transplant, has_car_t, has_checkpoint_inhibitor;
    int32_t transplant_phase; /* 0 conditioning, 1 not engrafted, 2 engrafted, 3 late */
    int32_t gvhd, crs, icans, ild; /* grades */
    int32_t eye, verbal, motor;
    const char *avpu, *oxygen;
    bool is_responsive, is_intubated, is_dialysed, is_on_vasoactive;
    int32_t piv_tries, cvc_tries, fio2;
    double map, heart_rate;
    struct blood blood;
};

struct consent {
    bool is_own;
    int64_t asked, signed_at, enrolled;
    int64_t continued; /* the participant's own consent, later */
};

struct outcome {
    int64_t death;     /* 0: alive on day 90 */
    int64_t last_seen; /* lost to follow-up or withdrawn afterwards; else 0 */
    bool is_withdrawn;
    bool responds;      /* E6 */
    double map_gain;    /* in the first hour */
    double clearance;   /* of lactate in six hours, per cent */
    int64_t discharged; /* from hospital */
};

enum { ATTEMPTS_MOST = 3, INSERTIONS_MOST = 2 };
struct attempt {
    const char *site;
    int64_t landmark, puncture, marrow, confirmed, ended;
    bool is_success;
    const char *failure;
};
struct insertion {
    int64_t decided, kit, flushed, running;
    struct attempt attempts[ATTEMPTS_MOST];
    size_t attempt_count;
    bool is_placed;
    enum staff operated_by;
    int32_t experience;
    int32_t pain;
    bool has_immediate_event;
    const char *first_choice; /* a site that was chosen and refused; NULL: none */
};

/* How the needle came out. */
struct removal {
    int64_t at;
    const char *reason;    /* CL.REMR */
    const char *exception; /* CL.EXCR, over 24 h; NULL: none given */
    int64_t authorised;
    bool is_occluded, is_dislodged;
};

enum { DOSES_MOST = 8 };
struct lidocaine {
    bool is_given;
    size_t dose_count;
    struct dose {
        int32_t step, milligrams, seconds;
        int64_t at;
    } doses[DOSES_MOST];
};

struct complications {
    bool extravasation, bleeding, infection, compartment, osteomyelitis, fat_embolism,
        nerve, fracture, other;
    int32_t bleeding_grade; /* CL.BLEED */
    bool is_other_serious;
    int64_t found; /* extravasation, compartment, nerve: while the needle is in */
    int64_t bled, infected, embolised, bone_infected, other_at;
    int64_t report_delay; /* of serious events, to the sponsor's office */
};

struct patient {
    uint64_t seed;
    uint32_t number; /* of its streams: for ever the same */
    size_t index;    /* in the order of screening */
    size_t ordinal;  /* among the enrolled, from 1; else 0 */
    size_t enrolled; /* how many there are */
    enum screening_outcome screening;
    int32_t cause;    /* why not eligible: place in the table of screening.c */
    int64_t screened; /* considered for IO */
    double severity, marrow;
    struct baseline baseline;
    struct consent consent;
    struct outcome outcome;
    struct insertion insertions[INSERTIONS_MOST];
    struct removal removals[INSERTIONS_MOST];
    size_t insertion_count;
    struct lidocaine lidocaine;
    struct complications complications;
    bool has_io_vasoactive;
    int32_t fault;  /* enum planted_fault; 0: none */
    bool is_spared; /* a planted fault needs the needle in, and the patient alive */
};

struct cohort {
    struct patient *patients; /* in the order of screening */
    size_t count;
    size_t enrolled;
    int64_t now; /* the simulated now: nothing is later */
};

/* What an area is drawn from, and how it is written down: two streams. */
struct stream patient_stream(const struct patient *patient, enum area area);
struct stream writing_stream(const struct patient *patient, enum area area);

/* T0: the first skin puncture; T0 of the needle that went in, 0 when none did. */
int64_t patient_t0(const struct patient *patient);
const struct attempt *insertion_success(const struct insertion *insertion);
/* Alive, and not gone, at this time? */
bool patient_is_seen(const struct patient *patient, int64_t at);
/* Is the first needle in at this time? */
bool patient_has_needle(const struct patient *patient, int64_t at);

/* When a manual form about `at` is entered: hours later, slower at week-ends; and a form
 * filled in at the bedside: within two minutes. */
int64_t entered_later(struct stream *stream, int64_t at);
int64_t entered_at_once(struct stream *stream, int64_t at);
/* Monday to Friday, 8 to 18 o'clock at the site. */
bool is_working_time(int64_t at);
/* Whoever is on duty: at night the investigator does the coordinator's work. */
enum staff nurse_on_duty(int64_t at);
enum staff coordinator_on_duty(int64_t at);
/* The sites looked at before the puncture, the operator's and the usual two; at most
 * SITES_MOST. The number of them. */
enum { SITES_MOST = 5 };
size_t patient_sites(const struct patient *patient, const char *sites[SITES_MOST]);

#endif
