#include "actions/lookup.h"

#include "store/reads.h"

static bool name_of(struct db *db, int64_t id, struct arena *arena, struct text *out,
                    struct error *err)
{
    struct user *user = NULL;
    *out = (struct text){0};
    if (id == 0)
        return true;
    if (!user_by_id(db, id, arena, &user, err))
        return false;
    if (user != NULL)
        *out = user->name;
    return true;
}

bool lookup_self(struct study *study, const struct caller *caller, struct arena *arena,
                 struct user **out, struct error *err)
{
    struct db *db = store_reader(study_store(study));
    bool is_read = user_by_id(db, caller->user, arena, out, err);
    store_reader_return(study_store(study), db);
    if (is_read && *out == NULL)
        return error_set(err, ERROR_NOT_FOUND, "the operator has no account");
    return is_read;
}

bool lookup_user_name(struct study *study, int64_t user, struct arena *arena,
                      struct text *out, struct error *err)
{
    struct db *db = store_reader(study_store(study));
    bool is_read = name_of(db, user, arena, out, err);
    store_reader_return(study_store(study), db);
    return is_read;
}

bool lookup_user(struct study *study, struct text name, struct arena *arena,
                 int64_t *out, struct error *err)
{
    struct user *user = NULL;
    struct db *db = store_reader(study_store(study));
    bool is_read = user_by_name(db, name, arena, &user, err);
    store_reader_return(study_store(study), db);
    *out = user == NULL ? 0 : user->id;
    return is_read;
}

bool lookup_proposal(struct study *study, int64_t participant, struct arena *arena,
                     struct proposal *out, struct error *err)
{
    *out = (struct proposal){0};
    int64_t by = 0;
    struct db *db = store_reader(study_store(study));
    bool is_read = participant_proposal(db, participant, &out->to, &by, err) &&
                   name_of(db, by, arena, &out->by, err);
    store_reader_return(study_store(study), db);
    return is_read;
}

bool lookup_participant(struct study *study, int64_t id, struct arena *arena,
                        struct participant **out, struct error *err)
{
    struct db *db = store_reader(study_store(study));
    bool is_read = participant_by_id(db, id, arena, out, err);
    store_reader_return(study_store(study), db);
    return is_read;
}
