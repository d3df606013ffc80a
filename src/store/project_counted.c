#include "store/project.h"

bool project_counted(struct db *db, const struct log_row *event, struct error *err)
{
    const struct rows_counted *counted = event->content;
    int64_t form = 0;
    if (!project_form_of(db, event, &counted->key, &form, err) ||
        !db_run(db, STATEMENT_COUNTED_DELETE,
                BINDS(bind_number(form), bind_text(counted->count)), err))
        return false;
    for (size_t i = 0; i < counted->row_count; i++) {
        const struct counted_row *row = &counted->rows[i];
        if (!db_run(db, STATEMENT_COUNTED_INSERT,
                    BINDS(bind_number(form), bind_text(counted->count),
                          bind_number(row->row), bind_number(event->participant),
                          bind_text(row->key), bind_number(row->begins),
                          bind_number(row->ends)),
                    err))
            return false;
    }
    return true;
}
