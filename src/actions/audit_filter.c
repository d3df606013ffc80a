/* The filter of the audit trail as people write it. */
#include "actions/audit.h"
#include "actions/lookup.h"
#include "actions/participants.h"
#include "base/buffer.h"
#include "base/datetime.h"

struct reading {
    struct study *study;
    struct arena *arena;
    struct buffer words;
    struct error *err;
};

static void say(struct reading *reading, const char *name, struct text what)
{
    buffer_format(&reading->words, "%s%s %.*s", reading->words.len == 0 ? "" : ", ",
                  name, TEXT_ARG(what));
}

static bool refuse(struct reading *reading, const char *field)
{
    return error_where(reading->err, 0, "%s", field);
}

int32_t audit_offset(const struct design *design, struct text site)
{
    const struct site *found = design_site(design, site);
    if (found == NULL && design->site_count > 0)
        found = &design->sites[0];
    return found == NULL ? 0 : found->offset_minutes;
}

static bool read_time(struct reading *reading, struct text typed, const char *name,
                      const char *field, struct moment *out, bool *is_given)
{
    *is_given = typed.len > 0;
    if (!*is_given)
        return true;
    if (moment_parse(typed, out, NULL)) {
        say(reading, name, typed);
        return true;
    }
    error_set(reading->err, ERROR_REFUSED, "\"%.*s\" is not a date or time",
              TEXT_ARG(typed));
    error_hint(reading->err,
               "2026-11-22 or 2026-11-22T10:00, in the site's local time");
    return refuse(reading, field);
}

static bool read_times(struct reading *reading, const struct audit_wanted *wanted,
                       struct audit_filter *out)
{
    int32_t offset = audit_offset(study_design(reading->study), (struct text){0});
    struct moment from, until;
    bool has_from, has_until;
    if (!read_time(reading, wanted->from, "from", "query.from", &from, &has_from) ||
        !read_time(reading, wanted->until, "until", "query.until", &until, &has_until))
        return false;
    if (has_from)
        out->from = moment_instant(&from, offset);
    if (has_until)
        out->until = moment_last_instant(&until, offset);
    if (!has_until || out->from <= out->until)
        return true;
    error_set(reading->err, ERROR_REFUSED, "the time ends before it begins");
    return refuse(reading, "query.until");
}

static bool read_kind(struct reading *reading, struct text typed,
                      struct audit_filter *out)
{
    enum log_event_kind kind = LOG_EVENT_NONE;
    if (typed.len == 0)
        return true;
    if (!log_event_parse(typed, &kind)) {
        error_set(reading->err, ERROR_REFUSED, "there is no kind of event named %.*s",
                  TEXT_ARG(typed));
        return refuse(reading, "query.kind");
    }
    out->kind = (int32_t)kind;
    say(reading, "kind", typed);
    return true;
}

static bool read_user(struct reading *reading, struct text typed,
                      struct audit_filter *out)
{
    out->user = -1;
    if (typed.len == 0)
        return true;
    if (!text_to_int64(typed, &out->user)) {
        if (!lookup_user(reading->study, typed, reading->arena, &out->user,
                         reading->err))
            return false;
        if (out->user == 0) {
            error_set(reading->err, ERROR_REFUSED, "there is no user named %.*s",
                      TEXT_ARG(typed));
            return refuse(reading, "query.user");
        }
    }
    say(reading, "user", typed);
    return true;
}

static bool read_participant(struct reading *reading, struct text typed,
                             struct audit_filter *out)
{
    struct participant *found = NULL;
    if (typed.len == 0)
        return true;
    if (!text_to_int64(typed, &out->participant)) {
        if (!participants_of_number(reading->study, typed, reading->arena, &found,
                                    reading->err)) {
            if (reading->err->code == ERROR_NOT_FOUND)
                reading->err->code = ERROR_REFUSED;
            return refuse(reading, "query.participant");
        }
        out->participant = found->id;
    }
    if (out->participant <= 0) {
        error_set(reading->err, ERROR_REFUSED, "no participant has this number");
        return refuse(reading, "query.participant");
    }
    /* By id: a number that somebody was given later would not be of this cut. */
    say(reading, "participant",
        text_format(reading->arena, "#%lld", (long long)out->participant));
    return true;
}

bool audit_filter_read(struct study *study, const struct audit_wanted *wanted,
                       struct arena *arena, struct audit_filter *out,
                       struct text *out_words, struct error *err)
{
    struct reading reading = {.study = study,
                              .arena = arena,
                              .words = buffer_in(arena, LIMIT_BODY),
                              .err = err};
    *out = (struct audit_filter){.user = -1};
    *out_words = (struct text){0};
    return read_times(&reading, wanted, out) &&
           read_kind(&reading, wanted->kind, out) &&
           read_user(&reading, wanted->user, out) &&
           read_participant(&reading, wanted->participant, out) &&
           (reading.words.len == 0 || buffer_text(&reading.words, out_words, err));
}
