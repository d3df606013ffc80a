/* The second check of a critical value: what came of it, beside the answer it is about. A
 * later version of the answer is not the one that was checked: then the row says nothing. */
#include "store/names.h"
#include "store/project.h"

static bool put(struct db *db, const struct log_row *event, int64_t form,
                struct error *err)
{
    const struct second_checked *checked = event->content;
    const struct answer *entered = &checked->entered;
    bool is_shown = !checked->is_agreed && !entered->is_in_vault;
    int64_t item = 0;
    return names_number(db, checked->item, &item, err) &&
           db_run(db, STATEMENT_SECOND_CHECK_PUT,
                  BINDS(bind_number(form), bind_number(item), bind_number(checked->row),
                        bind_number(checked->version.seq),
                        bind_number(checked->version.place),
                        bind_number(checked->is_agreed),
                        is_shown ? bind_text(entered->value) : bind_null(),
                        bind_number(event->origin.user), bind_number(event->seq)),
                  err) &&
           (!checked->has_query ||
            project_query(db, event, form, &checked->key, &checked->query, 0, err));
}

bool project_second_check(struct db *db, const struct log_row *event, struct error *err)
{
    const struct second_checked *checked = event->content;
    struct form_key key = checked->key;
    struct form_state *form = NULL;
    key.participant = event->participant;
    struct arena *scratch = arena_new(64 * 1024);
    bool is_done = form_find(db, &key, scratch, &form, err);
    if (is_done && form == NULL)
        is_done = error_set(err, ERROR_REFUSED, "there is no such form to check");
    int64_t id = form == NULL ? 0 : form->id;
    arena_free(scratch);
    return is_done && put(db, event, id, err);
}
