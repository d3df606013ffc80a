/* The projections as they stand against those made anew, row by row in the order of
 * their keys. */
#include "base/hex.h"
#include "store/verify_inside.h"

#include <stdio.h>

enum { NAMED_ROWS = 5 }; /* of one table, before the rest is only counted */

static const struct compared {
    const char *table;
    enum statement statement;
    int key_columns;
} compared[] = {
    {"design_version", STATEMENT_DESIGN_ALL, 1},
    {"design_proposal", STATEMENT_PROPOSAL_ALL, 1},
    {"plan_version", STATEMENT_PLAN_ALL, 1},
    {"participant_move", STATEMENT_MOVE_ALL, 2},
    {"user_account", STATEMENT_USER_ALL, 1},
    {"user_role", STATEMENT_USER_ROLE_ALL, 2},
    {"credential", STATEMENT_CREDENTIAL_ALL, 1},
    {"link", STATEMENT_LINK_ALL, 1},
    {"participant", STATEMENT_PARTICIPANT_ALL, 1},
    {"series_number", STATEMENT_SERIES_ALL, 2},
    {"oid_number", STATEMENT_OID_ALL, 1},
    {"form_instance", STATEMENT_FORM_ALL, 5},
    {"item_value", STATEMENT_ITEM_ALL, 3},
    {"item_branch", STATEMENT_BRANCH_ALL, 5},
    {"awaited_base", STATEMENT_AWAITED_ALL, 5},
    {"query", STATEMENT_QUERY_ALL, 1},
    {"query_step", STATEMENT_QUERY_STEP_ALL, 1},
    {"query_tally", STATEMENT_QUERY_TALLY_ALL, 4},
    {"batch", STATEMENT_BATCH_ALL, 1},
    {"deviation", STATEMENT_DEVIATION_ALL, 1},
    {"point_choice", STATEMENT_POINT_ALL, 1},
    {"second_check", STATEMENT_SECOND_CHECK_ALL, 3},
    {"import", STATEMENT_IMPORT_ALL, 1},
    {"import_subject", STATEMENT_IMPORT_SUBJECT_ALL, 1},
    {"import_change", STATEMENT_IMPORT_CHANGE_ALL, 1},
    {"import_said", STATEMENT_IMPORT_SAID_ALL, 2},
    {"wake", STATEMENT_WAKE_ALL, 1},
    {"counted_row", STATEMENT_COUNTED_ALL, 3},
    {"signature", STATEMENT_SIGNATURE_ALL, 1},
    {"image_task", STATEMENT_IMAGE_TASK_ALL, 2},
    {"verification", STATEMENT_VERIFICATION_ALL, 3},
    {"record_lock", STATEMENT_LOCK_ALL, 2},
    {"register_step", STATEMENT_REGISTER_STEP_ALL, 1},
    {"register_value", STATEMENT_REGISTER_VALUE_ALL, 2},
    {"identity_check", STATEMENT_IDENTITY_ALL, 2},
    {"safety_review", STATEMENT_SAFETY_REVIEW_ALL, 1},
    {"start_review", STATEMENT_START_REVIEW_ALL, 1},
    {"grade_decision", STATEMENT_GRADE_DECISION_ALL, 2},
    {"deviation_assessment", STATEMENT_DEVIATION_ASSESSMENT_ALL, 1},
    {"erasure_proposal", STATEMENT_ERASURE_ALL, 1},
    {"alarm", STATEMENT_ALARM_ALL, 1},
    {"feed", STATEMENT_FEED_ALL, 1},
    {"feed_message", STATEMENT_FEED_MESSAGE_ALL, 1},
    {"patient_link", STATEMENT_PATIENT_LINK_ALL, 1},
    {"feed_rule", STATEMENT_FEED_RULE_ALL, 1},
    {"received_result", STATEMENT_RECEIVED_ALL, 6},
};

struct comparison {
    struct verify *verify;
    const struct compared *what;
    struct rows live, rebuilt;
    int64_t differing;
};

/* "form 12 item 4 group_row 0" */
static void print_key(const struct rows *rows, int columns, char *out, size_t size)
{
    size_t len = 0;
    out[0] = '\0';
    for (int i = 0; i < columns && len < size; i++) {
        struct text name = rows_column_name(rows, i);
        struct text bytes = rows_bytes(rows, i);
        char hex[HEX_SIZE(16) + 1] = {0};
        bool is_plain = true;
        for (size_t k = 0; k < bytes.len; k++)
            is_plain = is_plain && bytes.at[k] >= ' ' && bytes.at[k] <= '~';
        if (!is_plain)
            hex_print(bytes.at, bytes.len < 16 ? bytes.len : 16, hex);
        int written = snprintf(
            out + len, size - len, "%s%.*s %.*s", i == 0 ? "" : " ", TEXT_ARG(name),
            is_plain ? (int)bytes.len : (int)HEX_SIZE(16), is_plain ? bytes.at : hex);
        len += written > 0 ? (size_t)written : 0;
    }
}

static void say(struct comparison *c, const struct rows *rows, const char *what)
{
    if (c->differing++ >= NAMED_ROWS)
        return;
    char key[160];
    print_key(rows, c->what->key_columns, key, sizeof key);
    verify_add(c->verify, VERIFY_TABLE, 0, "table %s, row %s: %s", c->what->table, key,
               what);
}

static void compare_columns(struct comparison *c)
{
    for (int i = c->what->key_columns; i < rows_columns(&c->live); i++) {
        if (rows_column_equal(&c->live, &c->rebuilt, i))
            continue;
        char what[120];
        snprintf(what, sizeof what, "column %.*s is not what the log says",
                 TEXT_ARG(rows_column_name(&c->live, i)));
        say(c, &c->live, what);
    }
}

static int compare_keys(const struct comparison *c)
{
    for (int i = 0; i < c->what->key_columns; i++) {
        int order = rows_column_compare(&c->live, &c->rebuilt, i);
        if (order != 0)
            return order;
    }
    return 0;
}

static void merge(struct comparison *c)
{
    bool has_live = rows_next(&c->live);
    bool has_rebuilt = rows_next(&c->rebuilt);
    while (has_live || has_rebuilt) {
        int order = !has_rebuilt ? -1 : !has_live ? 1 : compare_keys(c);
        if (order < 0)
            say(c, &c->live, "no event made it");
        else if (order > 0)
            say(c, &c->rebuilt, "it is missing, the log says it is there");
        else
            compare_columns(c);
        c->verify->report->rows_compared++;
        has_live = order <= 0 ? rows_next(&c->live) : has_live;
        has_rebuilt = order >= 0 ? rows_next(&c->rebuilt) : has_rebuilt;
    }
}

/* A table that the folder does not have yet must be one that stays empty. */
static bool compare_lacking(struct comparison *c, struct error *err)
{
    if (c->verify->is_earlier_format) {
        c->verify->report->tables_not_compared++;
        return true;
    }
    c->rebuilt = db_query(c->verify->scratch, c->what->statement, NO_BINDS);
    while (rows_next(&c->rebuilt))
        say(c, &c->rebuilt, "it is missing, the log says it is there");
    return rows_end(&c->rebuilt, err);
}

static bool compare(struct verify *verify, const struct compared *what,
                    struct error *err)
{
    struct comparison c = {.verify = verify, .what = what};
    if (db_lacks_table(verify->live, what->table))
        return compare_lacking(&c, err);
    if (verify->is_earlier_format && db_lacks_column(verify->live, what->statement)) {
        verify->report->tables_not_compared++;
        return true;
    }
    c.live = db_query(verify->live, what->statement, NO_BINDS);
    c.rebuilt = db_query(verify->scratch, what->statement, NO_BINDS);
    if (!c.live.is_bad && !c.rebuilt.is_bad)
        merge(&c);
    if (c.differing > NAMED_ROWS)
        verify_add(verify, VERIFY_TABLE, 0, "table %s: %lld more differences",
                   what->table, (long long)(c.differing - NAMED_ROWS));
    struct error second;
    bool is_live_ended = rows_end(&c.live, err);
    return rows_end(&c.rebuilt, is_live_ended ? err : &second) && is_live_ended;
}

/* Do the tables know of events that the log no longer has? */
static bool check_end(struct verify *verify, struct error *err)
{
    int64_t known = 0;
    if (!db_number(verify->live, STATEMENT_LOG_KNOWN, NO_BINDS, &known, err))
        return false;
    if (known > verify->report->seq)
        verify_add(
            verify, VERIFY_CUT_OFF, verify->report->seq,
            "the log ends at event %lld, but the tables know event %lld: its end "
            "was cut off",
            (long long)verify->report->seq, (long long)known);
    return true;
}

bool verify_tables(struct verify *verify, struct error *err)
{
    if (!check_end(verify, err))
        return false;
    /* Against a log that does not hold there is nothing to compare. */
    for (size_t i = 0; i < verify->report->finding_count; i++)
        if (verify->findings[i].fault != VERIFY_CHECKPOINT &&
            verify->findings[i].fault != VERIFY_CUT_OFF)
            return true;
    verify->report->is_compared = true;
    for (size_t i = 0; i < ARRAY_COUNT(compared); i++)
        if (!compare(verify, &compared[i], err))
            return false;
    return true;
}
