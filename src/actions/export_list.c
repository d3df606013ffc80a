#include "actions/export_list.h"

#include "actions/people.h"
#include "actions/study.h"
#include "model/event.h"
#include "store/event_content.h"

static bool may_export_anywhere(const struct caller *caller, struct arena *arena)
{
    static const enum permission permissions[] = {PERMISSION_EXPORT_CSV,
                                                  PERMISSION_EXPORT_ODM};
    for (size_t i = 0; i < ARRAY_COUNT(permissions); i++) {
        bool is_everywhere;
        const struct text *sites;
        size_t count;
        caller_sites(caller, permissions[i], arena, &is_everywhere, &sites, &count);
        if (is_everywhere || count > 0)
            return true;
    }
    return false;
}

/* Of a casebook that was printed, when its participant was erased since. */
static const struct exported erased = {
    .format = {.at = "casebook, erased", .len = 16},
    .participants = 1,
};

static bool take(struct people *people, const struct log_row *row,
                 struct export_entry *entry, struct error *err)
{
    const struct user *user = NULL;
    if (!people_user(people, row->origin.user, &user, err))
        return false;
    *entry =
        (struct export_entry){.seq = row->seq,
                              .server_time = row->server_time,
                              .what = row->content == NULL ? &erased : row->content};
    if (user != NULL) {
        entry->by_name = user->name;
        entry->by_full_name = user->full_name;
    }
    return true;
}

static bool read_all(struct db *db, const struct log_filter *filter,
                     struct arena *arena, struct export_entries *out, struct error *err)
{
    struct people people = people_of(db, arena);
    struct log_row *rows = NULL;
    if (!log_list(db, filter, arena, &rows, &out->count, err))
        return false;
    out->list = ARENA_ARRAY(arena, struct export_entry, out->count + 1);
    for (size_t i = 0; i < out->count; i++)
        if (!take(&people, &rows[i], &out->list[i], err))
            return false;
    return true;
}

bool export_list(struct study *study, const struct caller *caller, int64_t before,
                 size_t limit, struct arena *arena, struct export_entries *out,
                 struct error *err)
{
    if (!may_export_anywhere(caller, arena) &&
        !caller_must(caller, PERMISSION_EXPORT_ODM, (struct text){0}, false, err))
        return caller_refused(study, caller, 0, err);
    struct log_filter filter = {.before = before,
                                .user = -1,
                                .kind = LOG_EVENT_EXPORTED,
                                .newest_first = true,
                                .limit = limit};
    struct db *db = store_reader(study_store(study));
    bool is_read = read_all(db, &filter, arena, out, err);
    store_reader_return(study_store(study), db);
    return is_read;
}
