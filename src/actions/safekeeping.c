#include "actions/safekeeping.h"

#include "actions/study.h"
#include "store/backup.h"
#include "store/checkpoint.h"
#include "store/reads.h"

static bool must(struct study *study, const struct caller *caller,
                 enum permission permission, struct error *err)
{
    return caller_must(caller, permission, (struct text){0}, false, err) ||
           caller_refused(study, caller, 0, err);
}

bool log_state_read(struct study *study, const struct caller *caller,
                    struct log_state *out, struct error *err)
{
    if (!must(study, caller, PERMISSION_VERIFY_LOG, err))
        return false;
    struct db *db = store_reader(study_store(study));
    bool is_read = log_head(db, &out->seq, &out->head, err);
    store_reader_return(study_store(study), db);
    return is_read;
}

struct signing {
    struct act act;
    struct text document;
};

static bool sign(struct act *act, struct txn *txn, struct error *err)
{
    struct signing *signing = (struct signing *)act;
    struct origin origin = caller_origin(act->caller);
    return caller_must(act->caller, PERMISSION_VERIFY_LOG, (struct text){0}, false,
                       err) &&
           checkpoint_sign(txn, &origin, act->arena, &signing->document, err);
}

bool checkpoint_make(struct study *study, const struct caller *caller,
                     struct arena *arena, struct text *document, struct error *err)
{
    struct signing signing = {.act = act_of(study, caller, arena, sign)};
    if (!act_run(&signing.act, err))
        return false;
    *document = signing.document;
    return true;
}

bool backup_make(struct study *study, const struct caller *caller, const char *path,
                 struct error *err)
{
    struct origin origin = caller_origin(caller);
    return must(study, caller, PERMISSION_RUN_BACKUP, err) &&
           store_backup(study_store(study), &origin, path, err);
}
