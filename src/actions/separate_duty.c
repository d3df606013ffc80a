#include "actions/separate_duty.h"

#include "actions/study_items.h"

static const struct {
    enum duty did, does;
    struct label why;
} pairs[] = {
#define X(first, second, in_english, in_chinese)                                       \
    {DUTY_##first,                                                                     \
     DUTY_##second,                                                                    \
     {.english = TEXT_INIT(in_english), .chinese = TEXT_INIT(in_chinese)}},
    SEPARATE_DUTY_TABLE(X)
#undef X
};

const struct label *duty_bar(const bool did[DUTIES], enum duty does)
{
    for (size_t i = 0; i < ARRAY_COUNT(pairs); i++)
        if (pairs[i].does == does && did[pairs[i].did])
            return &pairs[i].why;
    return NULL;
}

bool duty_check(const bool did[DUTIES], enum duty does, struct error *err)
{
    const struct label *why = duty_bar(did, does);
    return why == NULL || error_set(err, ERROR_NOT_ALLOWED, "not allowed: %.*s",
                                    TEXT_ARG(why->english));
}

bool duty_is_grading(struct text item)
{
    return text_equal(item, ITEM_EVENT_GRADE) || text_equal(item, ITEM_EVENT_RELATED) ||
           text_equal(item, ITEM_EVENT_DRUG_RELATED);
}

enum duty duty_of_event_item(struct text item)
{
    if (text_equal(item, ITEM_EVENT_ADJUDGED))
        return DUTY_ADJUDICATE_EVENT;
    return duty_is_grading(item) ? DUTY_GRADE_EVENT : DUTY_ENTER_EVENT;
}

static bool is_by(const struct head *head, int64_t user)
{
    return head->user == user && head->source == SOURCE_PERSON;
}

void duties_in_event(const struct form_heads *heads, int64_t user, bool did[DUTIES])
{
    size_t next = 0;
    struct text item;
    int64_t row = 0;
    const struct head *head = NULL;
    while (heads_next(heads, &next, &item, &row, &head)) {
        size_t count = 0;
        const struct head *beside = heads_beside(heads, item, row, &count);
        bool is_own = is_by(head, user);
        for (size_t i = 0; i < count; i++)
            is_own = is_own || is_by(&beside[i], user);
        if (is_own)
            did[duty_of_event_item(item)] = true;
    }
}
