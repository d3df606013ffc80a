#include "model/event.h"

struct event_row {
    enum log_event_kind kind;
    struct text name;
    struct label label;
};

static const struct event_row rows[] = {
#define X(number, name, english, chinese)                                              \
    {LOG_EVENT_##name, TEXT_INIT(#name), {TEXT_INIT(english), TEXT_INIT(chinese)}},
    LOG_EVENT_TABLE(X)
#undef X
};

bool log_event_of_number(int64_t number, enum log_event_kind *out)
{
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
        if ((int64_t)rows[i].kind == number) {
            *out = rows[i].kind;
            return true;
        }
    return false;
}

bool log_event_parse(struct text name, enum log_event_kind *out)
{
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
        if (text_equal(rows[i].name, name)) {
            *out = rows[i].kind;
            return true;
        }
    return false;
}

static const struct event_row *row_of(enum log_event_kind kind)
{
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
        if (rows[i].kind == kind)
            return &rows[i];
    ASSERT(kind == LOG_EVENT_NONE);
    return NULL;
}

struct text log_event_name(enum log_event_kind kind)
{
    const struct event_row *row = row_of(kind);
    return row == NULL ? TEXT("NONE") : row->name;
}

struct label log_event_label(enum log_event_kind kind)
{
    const struct event_row *row = row_of(kind);
    return row == NULL ? (struct label){TEXT("none"), TEXT("无")} : row->label;
}
