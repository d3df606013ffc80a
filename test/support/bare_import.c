#include "bare_import.h"

#include "base/limits.h"
#include "system/clock.h"

#include <expat.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct run {
    const struct bare_import *bare;
    struct bare_import_figures *figures;
    sqlite3 *database;
    sqlite3_stmt *item, *log, *author, *form, *participant, *key, *begin, *commit;
    unsigned char *payload;
    int64_t item_of_form, uncommitted;
};

static void must(bool is_done, const char *what)
{
    if (is_done)
        return;
    fprintf(stderr, "bare import: %s\n", what);
    abort();
}

static const char schema[] =
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA cache_size=-16384;"
    "CREATE TABLE item_value(form INTEGER, item INTEGER, group_row INTEGER, value TEXT,"
    " missing INTEGER, missing_text TEXT, source INTEGER, seq INTEGER, place INTEGER,"
    " PRIMARY KEY(form, item, group_row)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE log(seq INTEGER PRIMARY KEY, kind INTEGER, kind_version INTEGER,"
    " server_time INTEGER, written_time INTEGER, device_time INTEGER,"
    " stated_time INTEGER, account INTEGER, device TEXT, participant INTEGER,"
    " data_key INTEGER, payload BLOB, previous_hash BLOB, hash BLOB) STRICT;"
    "CREATE INDEX log_participant ON log(participant);"
    "CREATE TABLE batch(seq INTEGER PRIMARY KEY, corrected_time INTEGER,"
    " account INTEGER) STRICT;"
    "CREATE TABLE form_instance(participant INTEGER, event TEXT, form TEXT, id INTEGER,"
    " answered INTEGER, PRIMARY KEY(participant, event, form)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE participant(id INTEGER PRIMARY KEY, key TEXT) STRICT;"
    "CREATE INDEX participant_key ON participant(key);"
    "CREATE TABLE data_key(id INTEGER PRIMARY KEY, participant INTEGER UNIQUE,"
    " wrapped BLOB) STRICT;";

static sqlite3_stmt *prepare(const struct run *run, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    must(sqlite3_prepare_v3(run->database, sql, -1, SQLITE_PREPARE_PERSISTENT,
                            &statement, NULL) == SQLITE_OK,
         sqlite3_errmsg(run->database));
    return statement;
}

static void step(const struct run *run, sqlite3_stmt *statement)
{
    must(sqlite3_step(statement) == SQLITE_DONE &&
             sqlite3_reset(statement) == SQLITE_OK,
         sqlite3_errmsg(run->database));
}

static void bind_numbers(sqlite3_stmt *statement, int first, const int64_t *numbers,
                         int count)
{
    for (int i = 0; i < count; i++)
        sqlite3_bind_int64(statement, first + i, numbers[i]);
}

static const char *attribute(const char **attributes, const char *name)
{
    for (; attributes[0] != NULL; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return attributes[1];
    return "";
}

static void put_participant(struct run *run, const char *key)
{
    int64_t id = ++run->figures->participants;
    sqlite3_bind_int64(run->participant, 1, id);
    sqlite3_bind_text(run->participant, 2, key, -1, SQLITE_STATIC);
    step(run, run->participant);
    bind_numbers(run->key, 1, (int64_t[]){id, id}, 2);
    sqlite3_bind_blob(run->key, 3, run->payload, 60, SQLITE_STATIC);
    step(run, run->key);
}

static void put_form(struct run *run, const char *form)
{
    int64_t seq = ++run->figures->forms;
    bind_numbers(run->log, 1, (int64_t[]){seq, 30, 2, seq, seq, seq, 0, 1}, 8);
    sqlite3_bind_text(run->log, 9, "SYNTHETIC", -1, SQLITE_STATIC);
    bind_numbers(run->log, 10, (int64_t[]){run->figures->participants, 2}, 2);
    sqlite3_bind_blob(run->log, 12, run->payload, run->bare->payload, SQLITE_STATIC);
    sqlite3_bind_blob(run->log, 13, run->payload, 32, SQLITE_STATIC);
    sqlite3_bind_blob(run->log, 14, run->payload, 32, SQLITE_STATIC);
    step(run, run->log);
    bind_numbers(run->author, 1, (int64_t[]){seq, seq, 1}, 3);
    step(run, run->author);
    sqlite3_bind_int64(run->form, 1, run->figures->participants);
    sqlite3_bind_int64(run->form, 2, seq);
    sqlite3_bind_text(run->form, 3, form, -1, SQLITE_STATIC);
    step(run, run->form);
    run->item_of_form = 0;
}

static void put_item(struct run *run, const char *value)
{
    int64_t seq = run->figures->forms;
    run->figures->values++;
    bind_numbers(run->item, 1, (int64_t[]){seq, ++run->item_of_form, 0}, 3);
    sqlite3_bind_text(run->item, 4, value, -1, SQLITE_STATIC);
    bind_numbers(run->item, 5, (int64_t[]){0, 0, seq, run->item_of_form}, 4);
    step(run, run->item);
    if (++run->uncommitted < LIMIT_IMPORT_UNIT)
        return;
    run->uncommitted = 0;
    step(run, run->commit);
    step(run, run->begin);
}

static void on_start(void *data, const char *name, const char **attributes)
{
    struct run *run = data;
    if (strcmp(name, "ItemData") == 0)
        put_item(run, attribute(attributes, "Value"));
    else if (strcmp(name, "FormData") == 0)
        put_form(run, attribute(attributes, "FormOID"));
    else if (strcmp(name, "SubjectData") == 0)
        put_participant(run, attribute(attributes, "SubjectKey"));
}

static void prepare_all(struct run *run)
{
    must(sqlite3_open(run->bare->database, &run->database) == SQLITE_OK &&
             sqlite3_exec(run->database, schema, NULL, NULL, NULL) == SQLITE_OK,
         sqlite3_errmsg(run->database));
    run->item = prepare(run, "INSERT INTO item_value(form, item, group_row, value,"
                             " missing, source, seq, place) VALUES (?,?,?,?,?,?,?,?)");
    run->log = prepare(run, "INSERT INTO log VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    run->author = prepare(run, "INSERT INTO batch VALUES (?,?,?)");
    run->form = prepare(run, "INSERT INTO form_instance(participant, event, id, form,"
                             " answered) VALUES (?1, 'SE.' || ?2, ?2, ?3, 0)");
    run->participant = prepare(run, "INSERT INTO participant VALUES (?,?)");
    run->key = prepare(run, "INSERT INTO data_key VALUES (?,?,?)");
    run->begin = prepare(run, "BEGIN IMMEDIATE");
    run->commit = prepare(run, "COMMIT");
    run->payload = calloc(1, (size_t)run->bare->payload + 64);
    must(run->payload != NULL, "memory");
}

static void finish(struct run *run)
{
    sqlite3_stmt *all[] = {run->item,        run->log, run->author, run->form,
                           run->participant, run->key, run->begin,  run->commit};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        sqlite3_finalize(all[i]);
    must(sqlite3_close(run->database) == SQLITE_OK, "closing");
    free(run->payload);
}

static void parse(struct run *run)
{
    FILE *file = fopen(run->bare->file, "r");
    XML_Parser parser = XML_ParserCreate(NULL);
    must(file != NULL && parser != NULL, run->bare->file);
    XML_SetUserData(parser, run);
    XML_SetStartElementHandler(parser, on_start);
    size_t len = 1;
    while (len > 0) {
        void *room = XML_GetBuffer(parser, 64 * 1024);
        must(room != NULL, "memory");
        len = fread(room, 1, 64 * 1024, file);
        must(XML_ParseBuffer(parser, (int)len, len == 0) == XML_STATUS_OK, "the file");
    }
    XML_ParserFree(parser);
    fclose(file);
}

void bare_import_run(const struct bare_import *bare, struct bare_import_figures *out)
{
    struct run run = {.bare = bare, .figures = out};
    *out = (struct bare_import_figures){0};
    prepare_all(&run);
    int64_t began = clock_monotonic();
    step(&run, run.begin);
    parse(&run);
    step(&run, run.commit);
    out->seconds = (double)(clock_monotonic() - began) / 1e6;
    finish(&run);
}
