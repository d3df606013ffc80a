#ifndef OSTEON_DEMO_DIARY_H
#define OSTEON_DEMO_DIARY_H
/* What will be entered, as a list of steps: who does what, when, for whom. The areas
 * write it; demo/enter.h runs it in the order of time. All memory is the diary's arena.
 *
 *     struct step *save = diary_save(diary, patient->index, now, STAFF_NURSE, "SE.H1", "F.VS");
 *     step_integer(save, "I.VS.HR", 0, 121);
 */
#include "base/arena.h"
#include "demo/staff.h"
#include "demo/stream.h"


/* What is done with a query: one that a person has asked, or the oldest of the checks that
 * is at that point. Where there is none of those nothing is done. */
enum query_turn { TURN_ASK, TURN_ANSWER, TURN_CLOSE, TURN_ASK_AGAIN };
enum step_kind {
    STEP_SCREEN,
    STEP_SAVE,
    STEP_ENROL,
    STEP_CHECK,
    STEP_QUERY,
    STEP_ASSIGN,
    STEP_SIGN_READING
};

struct entry {
    struct text item;
    int64_t row;
    struct text value;
    struct text missing; /* "ND": there is no value */
    struct text reason;
    const struct step *corrects; /* the step whose entry `place` is changed */
    size_t place;
};

enum { STEP_ID = 16 };

struct step {
    struct arena *arena;
    enum step_kind kind;
    int64_t at;       /* when it is entered, by the server's clock */
    int64_t happened; /* as stated; 0: when it was entered */
    size_t order;     /* among steps of one instant */
    size_t patient;
    enum staff by;
    enum staff to; /* STEP_ASSIGN */
    struct text event, form;
    int64_t event_repeat, form_repeat;
    struct entry *entries;
    size_t entry_count, entry_capacity;
    enum query_turn turn; /* of a query; its entry has the item and what is said */
    bool is_of_checks;
    uint8_t id[STEP_ID];
};

struct diary {
    struct arena *arena;
    struct step **steps;
    size_t count, capacity;
    struct stream ids;
};

struct diary diary_in(struct arena *arena, uint64_t seed);

/* The screening record of a patient, its enrolment. */
void diary_screen(struct diary *diary, size_t patient, int64_t at, enum staff by);
void diary_enrol(struct diary *diary, size_t patient, int64_t at, enum staff by);
/* One save; the first repeat of event and form. */
struct step *diary_save(struct diary *diary, size_t patient, int64_t at, enum staff by,
                        const char *event, const char *form);
/* A save of what happened earlier. */
struct step *diary_report(struct diary *diary, size_t patient, int64_t at,
                          int64_t happened, enum staff by, const char *event,
                          const char *form);

/* The second check of an entry, which agrees: by somebody who sees the value, or typed
 * again. */
void diary_check(struct diary *diary, const struct step *entered, size_t place,
                 int64_t at, enum staff by, bool is_typed);

/* A turn of the query that a person asks about an entry; NULL: of the checks. */
void diary_query(struct diary *diary, size_t patient, int64_t at, enum staff by,
                 const struct step *asked, size_t place, enum query_turn turn,
                 struct text said);
/* The image that a step entered is given to a reader, or an adjudicator. */
void diary_assign(struct diary *diary, const struct step *image, int64_t at,
                  enum staff by, enum staff to);
/* The person's own reading or adjudication of it is signed. */
void diary_sign_reading(struct diary *diary, const struct step *image, int64_t at,
                        enum staff by);

/* In the order of time; those of `end` or later are left out, for they have not happened. */
void diary_sort(struct diary *diary, int64_t end);

/* The step that saved `form` at `event`, the earliest one; NULL when there is none. */
struct step *diary_find(const struct diary *diary, size_t patient, const char *event,
                        const char *form);
struct entry *step_find(struct step *step, const char *item, int64_t row);

/* First entries. `row` 0: the section does not repeat. */
void step_text(struct step *step, const char *item, int64_t row, struct text value);
void step_code(struct step *step, const char *item, int64_t row, const char *code);
void step_yes(struct step *step, const char *item, int64_t row, bool is_yes);
void step_integer(struct step *step, const char *item, int64_t row, int64_t value);
void step_number(struct step *step, const char *item, int64_t row, double value,
                 int decimals);
void step_moment(struct step *step, const char *item, int64_t row, int64_t instant);
void step_date(struct step *step, const char *item, int64_t row, int64_t instant);
void step_missing(struct step *step, const char *item, int64_t row, const char *code);
/* Codes that apply, joined by a space. */
struct choice {
    const char *code;
    bool applies;
};
void step_choices(struct step *step, const char *item, int64_t row,
                  const struct choice *choices, size_t count);

/* Another value in the place of an earlier one. */
void step_correct(struct step *step, struct step *earlier, const char *item,
                  int64_t row, struct text value, const char *reason);

/* "2026-03-05T14:07:09+08:00" at the study's site. */
struct text site_moment(struct arena *arena, int64_t instant);

#endif
