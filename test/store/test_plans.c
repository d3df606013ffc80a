/* What is looked up stays fast as the study grows: no statement of the closed list walks
 * a whole table that grows with it, except where all of it is what is asked for. */
#include "store/db.h"
#include "store/schema.h"
#include "support/folder.h"
#include "support/unit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

/* They grow with participants, answers or time; the others with designs, sites, people. */
static const char *const growing[] = {
    "log",
    "data_key",
    "web_session",
    "participant",
    "form_instance",
    "item_value",
    "item_branch",
    "awaited_base",
    "query",
    "batch",
    "deviation",
    "second_check",
    "import_subject",
    "import_change",
    "wake",
    "counted_row",
    "query_step",
    "participant_move",
    "import_said",
    "signature",
    "image_task",
    "verification",
    "record_lock",
    "register_step",
    "register_value",
    "identity_check",
    "erasure_proposal",
    "safety_review",
    "start_review",
    "grade_decision",
    "deviation_assessment",
    "alarm",
    "feed_message",
    "patient_link",
    "received_result",
    "feed_raw",
};

/* Each walks from end to end, or from a place on, and why that is meant. */
static const struct {
    const char *statement, *reason;
} walks[] = {
    {"LOG_HEAD", "by the key from its end: one row"},
    {"LOG_ALL", "verify, export: the whole log"},
    {"LOG_ERASED", "after an erasure: all erasures"},
    {"LOG_OF_KIND", "at the start: designs and users; verify"},
    {"KEY_ALL", "verify compares every key"},
    {"WEB_SESSION_DELETE_OLD", "holds who is signed in, not who ever was"},
    {"WEB_SESSION_DELETE_OF", "the same, at other roles"},
    {"WEB_SESSION_MARK_OF", "the same, at a changed password"},
    {"WEB_SESSION_OF", "the same, for a person's own list"},
    {"PARTICIPANT_ALL", "verify compares every row"},
    {"FORM_ALL", "verify compares every row"},
    {"ITEM_ALL", "verify compares every row"},
    {"BRANCH_ALL", "verify compares every row"},
    {"AWAITED_ALL", "verify compares every row"},
    {"QUERY_ALL", "verify compares every row"},
    {"QUERY_STEP_ALL", "verify compares every row"},
    {"BATCH_ALL", "verify compares every row"},
    {"WAKE_ALL", "verify compares every row"},
    {"PATIENT_LINK_ALL", "verify compares every row"},
    {"RECEIVED_ALL", "verify compares every row"},
    {"COUNTED_ALL", "verify compares every row"},
    {"MOVE_ALL", "verify compares every row"},
    {"LOT_USED", "the register of lots, when somebody looks: every needle"},
    {"REGISTER_STEP_ALL", "verify compares every row"},
    {"REGISTER_VALUE_ALL", "verify compares every row"},
    {"IDENTITY_ALL", "verify compares every row"},
    {"DEVIATION_ALL", "verify compares every row"},
    {"SECOND_CHECK_ALL", "verify compares every row"},
    {"SIGNATURE_ALL", "verify compares every row"},
    {"SIGNATURE_STANDING", "verify computes every standing signature anew"},
    {"IMAGE_TASK_ALL", "verify compares every row"},
    {"VERIFICATION_ALL", "verify compares every row"},
    {"LOCK_ALL", "verify compares every row"},
    {"DEVIATION_ASSESSMENT_ALL", "verify compares every row"},
    {"SAFETY_REVIEW_ALL", "verify compares every row"},
    {"START_REVIEW_ALL", "verify compares every row"},
    {"GRADE_DECISION_ALL", "verify compares every row"},
    {"ALARM_ALL", "verify compares every row"},
    {"FEED_MESSAGE_ALL", "verify compares every row"},
    {"FEED_RAW_STRAY", "verify compares every row"},
    {"ERASURE_ALL", "verify compares every row"},
    {"IMPORT_SUBJECT_ALL", "verify compares every row"},
    {"IMPORT_SAID_ALL", "verify compares every row"},
    {"IMPORT_CHANGE_ALL", "verify compares every row"},
    {"IMPORT_CHANGE_OF", "the changes of the one import that is being staged"},
    {"IMPORT_CHANGE_END", "the same"},
};

static const struct {
    const char *name, *sql;
} statements[] = {
#define X(name, sql) {#name, sql},
    STATEMENT_TABLE(X)
#undef X
};

static struct test_folder folder;
static sqlite3 *database;

static int begin(void **state)
{
    (void)state;
    folder_place(&folder);
    folder_make_in(&folder);
    return sqlite3_open_v2(folder.database, &database, SQLITE_OPEN_READWRITE, NULL);
}

static int end(void **state)
{
    (void)state;
    sqlite3_close(database);
    folder_gone(&folder);
    return 0;
}

static bool is_growing(const char *table)
{
    for (size_t i = 0; i < sizeof growing / sizeof growing[0]; i++)
        if (strcmp(growing[i], table) == 0)
            return true;
    return false;
}

/* A table may stand under a short name: "FROM query q", "JOIN batch b". */
static bool is_table(const char *sql, const char *word)
{
    if (is_growing(word))
        return true;
    for (size_t i = 0; i < sizeof growing / sizeof growing[0]; i++) {
        char named[128];
        snprintf(named, sizeof named, " %s %s ", growing[i], word);
        if (strlen(word) == 1 && strstr(sql, named) != NULL)
            return true;
    }
    return false;
}

/* The words of SQLite's plan: "SCAN query" walks, "SEARCH q USING INDEX …" looks up. */
static bool find_walk(const char *sql, char out[200])
{
    char text[4096];
    sqlite3_stmt *plan = NULL;
    snprintf(text, sizeof text, "EXPLAIN QUERY PLAN %s", sql);
    assert_int_equal(sqlite3_prepare_v2(database, text, -1, &plan, NULL), SQLITE_OK);
    bool is_found = false;
    while (sqlite3_step(plan) == SQLITE_ROW) {
        const char *line = (const char *)sqlite3_column_text(plan, 3);
        char table[64] = "";
        if (line == NULL || sscanf(line, "SCAN %63s", table) != 1 ||
            !is_table(sql, table))
            continue;
        snprintf(out, 200, "%s", line);
        is_found = true;
    }
    sqlite3_finalize(plan);
    return is_found;
}

/* How often SQLite's plan says this. */
static int plan_says(const char *sql, const char *words)
{
    char text[4096];
    sqlite3_stmt *plan = NULL;
    int count = 0;
    snprintf(text, sizeof text, "EXPLAIN QUERY PLAN %s", sql);
    assert_int_equal(sqlite3_prepare_v2(database, text, -1, &plan, NULL), SQLITE_OK);
    while (sqlite3_step(plan) == SQLITE_ROW) {
        const char *line = (const char *)sqlite3_column_text(plan, 3);
        for (const char *at = line; at != NULL; count += at != NULL) {
            at = strstr(at, words);
            at = at == NULL ? NULL : at + strlen(words);
        }
    }
    sqlite3_finalize(plan);
    return count;
}

static bool may_walk(const char *name)
{
    for (size_t i = 0; i < sizeof walks / sizeof walks[0]; i++)
        if (strcmp(walks[i].statement, name) == 0)
            return true;
    return false;
}

static void no_statement_walks_a_table_that_grows(void **state)
{
    (void)state;
    int faults = 0;
    for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++) {
        char line[200];
        if (may_walk(statements[i].name) || !find_walk(statements[i].sql, line))
            continue;
        print_error("%s: %s\n", statements[i].name, line);
        faults++;
    }
    assert_int_equal(faults, 0);
}

/* The list of reasons is no place to forget something in. */
static void every_walk_that_has_a_reason_is_one(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof walks / sizeof walks[0]; i++) {
        char line[200];
        bool is_known = false;
        for (size_t k = 0; k < sizeof statements / sizeof statements[0]; k++)
            if (strcmp(statements[k].name, walks[i].statement) == 0)
                is_known = find_walk(statements[k].sql, line);
        if (!is_known)
            fail_msg("%s walks no table (%s)", walks[i].statement, walks[i].reason);
    }
}

/* An inbox of 20,000 queries takes its first page from an index, in its order. But those
 * of one participant, who has few. */
static void the_inbox_of_queries_sorts_nothing(void **state)
{
    (void)state;
    size_t count = 0;
    for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++) {
        const char *name = statements[i].name;
        if ((strncmp(name, "QUERY_INBOX", 11) != 0 &&
             strcmp(name, "QUERY_OLDEST") != 0) ||
            strcmp(name, "QUERY_INBOX_PARTICIPANT") == 0)
            continue;
        count++;
        if (plan_says(statements[i].sql, "USE TEMP B-TREE") > 0)
            fail_msg("%s sorts", name);
    }
    assert_true(count >= 8);
}

/* Each index is there for a reason: without it something walks, or looks at
 * more rows than it wants: fewer columns of an index narrow it. */
static void without_an_index_something_walks(void **state)
{
    (void)state;
    static const char *const indexes[] = {
#define INDEX(name, table, columns, where) name,
        SCHEMA_INDEXES(INDEX)
#undef INDEX
    };
    static int narrowed[sizeof statements / sizeof statements[0]];
    for (size_t k = 0; k < sizeof statements / sizeof statements[0]; k++)
        narrowed[k] = plan_says(statements[k].sql, "=?");
    for (size_t i = 0; i < sizeof indexes / sizeof indexes[0]; i++) {
        char line[200], drop[128];
        int walking = 0;
        snprintf(drop, sizeof drop, "SAVEPOINT whole; DROP INDEX %s", indexes[i]);
        assert_int_equal(sqlite3_exec(database, drop, NULL, NULL, NULL), SQLITE_OK);
        for (size_t k = 0; k < sizeof statements / sizeof statements[0]; k++)
            walking += !may_walk(statements[k].name) &&
                       (find_walk(statements[k].sql, line) ||
                        plan_says(statements[k].sql, "=?") < narrowed[k]);
        assert_int_equal(sqlite3_exec(database, "ROLLBACK TO whole; RELEASE whole",
                                      NULL, NULL, NULL),
                         SQLITE_OK);
        if (walking == 0)
            fail_msg("nothing needs the index %s", indexes[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_statement_walks_a_table_that_grows),
        cmocka_unit_test(every_walk_that_has_a_reason_is_one),
        cmocka_unit_test(the_inbox_of_queries_sorts_nothing),
        cmocka_unit_test(without_an_index_something_walks),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
