#include "imported.h"

#include "actions/import.h"
#include "served.h"
#include "system/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define CASE "../shared/cases/openedc/"
enum { CASE_PARTICIPANTS = 90 };

static void must(bool is_done, const char *what)
{
    if (is_done)
        return;
    fprintf(stderr, "imported: %s\n", what);
    abort();
}

int64_t imported_enlarge(const char *file, int64_t copies, const char *to)
{
    char command[3 * SCRATCH_PATH];
    struct stat facts;
    snprintf(command, sizeof command,
             "awk -v copies=%lld -f test/e2e/support/enlarge.awk '%s' >'%s'",
             (long long)copies, file, to);
    must(system(command) == 0 && stat(to, &facts) == 0, command);
    return facts.st_size;
}

bool imported_begin(struct imported *imported, const struct scratch *scratch,
                    int64_t participants)
{
    int64_t copies = (participants + CASE_PARTICIPANTS - 1) / CASE_PARTICIPANTS;
    *imported = (struct imported){.participants = copies * CASE_PARTICIPANTS};
    if (access(CASE "clinicaldata.xml", R_OK) != 0)
        return false;
    struct served made = {0};
    scratch_path(scratch, "case", imported->folder);
    scratch_path(scratch, "case-keys", imported->keys);
    scratch_path(scratch, "case.xml", imported->file);
    snprintf(made.keyring, sizeof made.keyring, "%s", imported->keys);
    must(served_command(&made, (const char *const[]){"osteon", "init", imported->folder,
                                                     "--study", CASE "metadata.xml",
                                                     NULL}) == 0,
         "init");
    imported->bytes = imported_enlarge(CASE "clinicaldata.xml", copies, imported->file);
    return true;
}

double imported_run(const struct imported *imported, const char *folder)
{
    struct error err;
    struct study *study = NULL;
    struct store_options options = {.folder = folder, .keyring = imported->keys};
    struct arena *arena = arena_new(64 * 1024 * 1024);
    struct caller caller = caller_operator(TEXT("bench"));
    caller.grants = (const struct grant[]){{.role = ROLE_DM}};
    struct import_file file = {.name = TEXT("case.xml"), .path = imported->file};
    struct import_data import = {
        .caller = &caller, .files = &file, .file_count = 1, .arena = arena};
    must(study_open(&options, &study, &err), err.text);
    import.study = study;
    int64_t began = clock_monotonic();
    must(import_run(&import, &err), err.text);
    double seconds = (double)(clock_monotonic() - began) / 1e6;
    must(import.report->new_participants == imported->participants, "participants");
    study_close(study);
    arena_free(arena);
    return seconds;
}

struct told {
    double result;
    int64_t memory;
};

double imported_apart(double (*job)(void *data), void *data, int64_t *memory)
{
    int ends[2];
    int status = 0;
    struct told told = {0};
    must(pipe(ends) == 0, "pipe");
    fflush(stdout);
    int child = fork();
    if (child == 0) {
        struct rusage usage;
        told.result = job(data);
        getrusage(RUSAGE_SELF, &usage);
        told.memory = usage.ru_maxrss;
        _exit(write(ends[1], &told, sizeof told) != sizeof told);
    }
    close(ends[1]);
    must(read(ends[0], &told, sizeof told) == sizeof told &&
             waitpid(child, &status, 0) == child && status == 0,
         "a process of its own");
    close(ends[0]);
    *memory = told.memory;
    return told.result;
}
