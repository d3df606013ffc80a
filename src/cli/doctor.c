/* osteon doctor DIR: what a folder and its machine need to work, one line each: ok, or
 * what to do. Runs also when the folder cannot be opened. */
#include "actions/alarm_settings.h"
#include "actions/delegation.h"
#include "actions/feed.h"
#include "actions/safekeeping.h"
#include "actions/study.h"
#include "base/datetime.h"
#include "base/limits.h"
#include "cli/commands.h"
#include "cli/own_certificate.h"
#include "formats/libraries.h"
#include "store/kept_secret.h"
#include "store/libraries.h"
#include "system/clock.h"
#include "system/host.h"
#include "system/host_names.h"
#include "web/libraries.h"
#include "web/server.h"

enum {
    LINES_AT_MOST = 64,
    LIBRARIES_AT_MOST = 16,
    SITES_TOLD = 10,
    FEEDS_TOLD = 10,
    DOCTOR_JSON = 256 * 1024,
    GIBIBYTE = 1024 * 1024 * 1024
};

struct finding {
    const char *what;
    bool is_ok;
    struct text detail; /* what was found */
    struct text advice; /* what to do, when it is not ok */
};

struct examination {
    struct command_context *context;
    struct finding findings[LINES_AT_MOST];
    size_t count;
};

static void find(struct examination *examination, const char *what, bool is_ok,
                 struct text detail, struct text advice)
{
    ASSERT(examination->count < LINES_AT_MOST);
    examination->findings[examination->count++] = (struct finding){
        .what = what, .is_ok = is_ok, .detail = detail, .advice = advice};
}

/* -- the folder --------------------------------------------------------------------- */

static void examine_folder(struct examination *examination)
{
    struct command_context *context = examination->context;
    struct host_file folder;
    struct error err;
    if (!host_file(context->folder, context->arena, &folder, &err)) {
        find(examination, "folder", false, text_of(err.text),
             TEXT("give the folder that osteon init made"));
        return;
    }
    find(examination, "folder", folder.is_folder && folder.is_ours,
         text_format(context->arena, "%s", context->folder),
         TEXT("it must be a folder that belongs to the user who serves it"));
    find(examination, "folder's permissions", (folder.mode & 077U) == 0,
         text_format(context->arena, "%04o", folder.mode),
         text_format(context->arena, "others may look into it: chmod 700 %s",
                     context->folder));
}

static void examine_files(struct examination *examination)
{
    struct command_context *context = examination->context;
    struct host_file *files;
    size_t count;
    struct error err;
    if (!host_files(context->folder, context->arena, &files, &count, &err))
        return;
    for (size_t i = 0; i < count; i++) {
        if ((files[i].mode & 077U) == 0 && files[i].is_ours)
            continue;
        find(examination, "file's permissions", false,
             text_format(context->arena, "%s is %04o", files[i].name, files[i].mode),
             text_format(context->arena,
                         "chmod 600 %s/%s, and let it belong to the "
                         "user who serves the folder",
                         context->folder, files[i].name));
        return;
    }
    find(examination, "files' permissions", true,
         text_format(context->arena, "%zu files", count), (struct text){0});
}

static void examine_disk(struct examination *examination)
{
    struct command_context *context = examination->context;
    int64_t available, whole;
    struct error err;
    if (!host_disk(context->folder, &available, &whole, &err))
        return;
    find(examination, "disk", available >= GIBIBYTE && available >= whole / 20,
         text_format(context->arena, "%lld of %lld MiB free",
                     (long long)(available / (1024 * 1024)),
                     (long long)(whole / (1024 * 1024))),
         TEXT("make room: when the disk is full, saves are not confirmed"));
}

/* -- the study in it ---------------------------------------------------------------- */

static void examine_key(struct examination *examination)
{
    const struct error *unopened = examination->context->unopened;
    if (unopened == NULL) {
        find(examination, "key", true, TEXT("opens the folder"), (struct text){0});
        return;
    }
    find(examination, "study", false, text_of(unopened->text),
         unopened->hint[0] == '\0' ? TEXT("restore the latest back-up")
                                   : text_of(unopened->hint));
}

static void examine_log(struct examination *examination)
{
    struct command_context *context = examination->context;
    if (context->study == NULL)
        return;
    struct caller caller = caller_operator(TEXT("osteon doctor"));
    struct log_state state;
    struct error err;
    bool is_read = log_state_read(context->study, &caller, &state, &err);
    find(examination, "log", is_read,
         is_read ? text_format(context->arena, "%lld events", (long long)state.seq)
                 : text_of(err.text),
         TEXT("run osteon verify, and restore the latest back-up if it names damage"));
}

/* Said plainly, whichever it is: nothing is wrong with a log that begins later. */
static void examine_delegation(struct examination *examination)
{
    struct command_context *context = examination->context;
    if (context->study == NULL)
        return;
    const struct design *design = study_design(context->study);
    for (size_t i = 0; i < design->site_count && i < SITES_TOLD; i++) {
        struct text site = design->sites[i].code;
        struct error err;
        bool is_kept = false;
        bool is_read = delegation_is_kept(context->study, site, &is_kept, &err);
        find(examination, "delegation log", is_read,
             text_format(context->arena, "site %.*s: %s", TEXT_ARG(site),
                         !is_read  ? err.text
                         : is_kept ? "kept, it decides who acts"
                                   : "not kept yet, all roles act as they were given"),
             TEXT("run osteon verify"));
    }
}

/* Roles that some alarm calls and that no mail reaches. */
static struct text roles_without_address(const struct design *design,
                                         const struct alarm_settings *settings,
                                         struct arena *arena)
{
    uint32_t called = 0;
    for (size_t i = 0; i < design->alarm_count; i++)
        called |= design->alarms[i].audience | design->alarms[i].escalates_to;
    for (size_t i = 0; i < settings->address_count; i++) {
        enum role role;
        if (role_parse(settings->addresses[i].of, &role))
            called &= ~((uint32_t)1 << role);
    }
    return alarm_roles_text(called, arena);
}

static void examine_alarms(struct examination *examination)
{
    struct command_context *context = examination->context;
    const struct alarm_settings *settings = NULL;
    struct error err;
    if (context->study == NULL)
        return;
    if (!alarm_settings_read(context->folder, context->arena, &settings, &err)) {
        find(examination, "alarms outside", false,
             text_format(context->arena, "%s (%s)", err.text, err.hint),
             TEXT("put " ALARM_SETTINGS_FILE " right: the folder is not served with "
                  "it"));
        return;
    }
    if (settings == NULL || settings->mail_server == NULL) {
        find(examination, "alarms by mail", true,
             TEXT("not set up: who is not signed in is not told"), (struct text){0});
    } else {
        struct text lacks = roles_without_address(study_design(context->study),
                                                  settings, context->arena);
        find(examination, "alarms by mail", text_is_absent(lacks),
             text_is_absent(lacks)
                 ? text_format(context->arena, "%zu addresses", settings->address_count)
                 : text_format(context->arena, "no address of %.*s", TEXT_ARG(lacks)),
             TEXT("add mail.to.ROLE lines to " ALARM_SETTINGS_FILE));
    }
    find(examination, "alarms by webhook", true,
         settings == NULL || settings->webhook_url == NULL ? TEXT("not set up")
                                                           : TEXT("set up, signed"),
         (struct text){0});
}

static void examine_writer(struct examination *examination)
{
    struct command_context *context = examination->context;
    if (context->study == NULL || context->figures == NULL) {
        find(examination, "server", true, TEXT("not serving"), (struct text){0});
        return;
    }
    struct store_figures figures = store_figures(study_store(context->study));
    find(examination, "server", true,
         text_format(context->arena, "%s, %lld connections, %lld live streams",
                     context->address, (long long)context->figures->connections,
                     (long long)context->figures->live_streams),
         (struct text){0});
    find(examination, "writer",
         figures.failed_commits == 0 && figures.failed_checkpoints == 0,
         text_format(
             context->arena, "%lld commits, %lld failed; %lld checkpoints, %lld failed",
             (long long)figures.commits, (long long)figures.failed_commits,
             (long long)figures.checkpoints, (long long)figures.failed_checkpoints),
         TEXT("look at the disk; what was acknowledged is safe"));
    if (figures.is_purge_awaited)
        find(examination, "erasure", false, TEXT("the disk still holds traces"),
             TEXT("make room on the disk; it is tried again when the log is idle and "
                  "at the next start"));
}

/* -- the way to it ------------------------------------------------------------------ */

static bool is_of_this_machine(const char *address)
{
    static const char *const loopback[] = {"http://127.", "http://localhost",
                                           "http://[::1]"};
    for (size_t i = 0; i < ARRAY_COUNT(loopback); i++)
        if (text_starts_with(text_of(address), text_of(loopback[i])))
            return true;
    return false;
}

static void examine_secret(struct examination *examination, const char *kind)
{
    struct command_context *context = examination->context;
    struct host_file file;
    struct error err;
    const char *path;
    if (!kept_secret_path(study_store(context->study), kind, context->arena, &path,
                          &err) ||
        !host_file(path, context->arena, &file, &err))
        return;
    find(examination, "key ring", (file.mode & 077U) == 0 && file.is_ours,
         text_format(context->arena, "%s is %04o", file.name, file.mode),
         text_format(context->arena, "others may read a secret: chmod 600 %s", path));
}

static void examine_certificate(struct examination *examination,
                                const struct own_certificate *own)
{
    struct arena *arena = examination->context->arena;
    struct certificate_facts facts;
    struct host_names names;
    struct error err;
    if (!certificate_read(own->server.certificate, &facts, &err)) {
        find(examination, "certificate", false, text_of(err.text),
             TEXT("start osteon serve with --tls auto: it makes one"));
        return;
    }
    char ends[MOMENT_TEXT_SIZE];
    int64_t now = clock_now(&system_clock);
    instant_print(facts.validity.ends, ends);
    bool has_begun = now >= facts.validity.begins;
    find(examination, "certificate", has_begun && now < own_certificate_renewal(&facts),
         text_format(arena, "ends %.10s", ends),
         has_begun
             ? TEXT("it should have been made anew: start osteon serve with --tls "
                    "auto, and read its log")
             : TEXT("it has not begun: is the clock right?"));
    host_names_read(arena, &names);
    struct text lacks = own_certificate_lacks(own, &names);
    find(examination, "certificate's names", text_is_absent(lacks),
         text_is_absent(lacks) ? text_format(arena, "%zu names, %zu addresses",
                                             names.name_count, names.address_count)
                               : text_format(arena, "without %.*s", TEXT_ARG(lacks)),
         TEXT("addresses come by themselves while --tls auto serves; a new name of the "
              "machine needs a new authority"));
}

static void examine_way(struct examination *examination)
{
    struct command_context *context = examination->context;
    if (context->study == NULL)
        return;
    if (context->figures != NULL && context->address != NULL)
        find(examination, "TLS",
             text_starts_with(text_of(context->address), TEXT("https://")) ||
                 is_of_this_machine(context->address),
             text_of(context->address),
             TEXT("who is on the way can read passwords and data, and tablets cannot "
                  "work offline: osteon serve --tls auto"));
    const char *const kinds[] = {"key", OWN_AUTHORITY_KIND, OWN_SERVER_KIND};
    for (size_t i = 0; i < ARRAY_COUNT(kinds); i++)
        examine_secret(examination, kinds[i]);
    struct own_certificate own;
    struct error err;
    if (own_certificate_read(study_store(context->study), context->arena, &own, &err))
        examine_certificate(examination, &own);
}

/* What a feed needs of a person; absent: nothing. */
static struct text feed_advice(const struct feed_state_entry *entry)
{
    if (entry->feed.standing == FEED_UNKNOWN)
        return TEXT("nobody has decided on this sender: open it on the page Feeds, or "
                    "ask who sends");
    if (entry->is_silent)
        return TEXT("it is silent for longer than it may be: ask who sends");
    if (entry->quarantined > 0)
        return TEXT("a data manager looks at them on the page Feeds");
    return (struct text){0};
}

static void examine_feeds(struct examination *examination)
{
    struct command_context *context = examination->context;
    struct caller caller = caller_operator(TEXT("osteon doctor"));
    struct feed_state_list list;
    struct error err;
    if (context->study == NULL)
        return;
    if (!feed_states_read(context->study, &caller, context->arena, &list, &err)) {
        find(examination, "feeds", false, text_of(err.text), TEXT("run osteon verify"));
        return;
    }
    for (size_t i = 0; i < list.count && i < FEEDS_TOLD; i++) {
        const struct feed_state_entry *entry = &list.at[i];
        struct text advice = feed_advice(entry);
        find(examination, "feed", text_is_absent(advice),
             text_format(context->arena,
                         "%.*s: %lld today, %lld to be filed, %lld for a person",
                         TEXT_ARG(entry->feed.name), (long long)entry->today,
                         (long long)entry->waiting, (long long)entry->quarantined),
             advice);
    }
}

/* -- the machine -------------------------------------------------------------------- */

static void examine_clock(struct examination *examination)
{
    struct command_context *context = examination->context;
    char now[MOMENT_TEXT_SIZE];
    size_t len = instant_print(clock_now(&system_clock), now);
    struct text detail =
        text_copy(context->arena, (struct text){.at = now, .len = len});
    bool is_known;
    bool is_synchronised = host_clock_is_synchronised(&is_known);
    find(examination, "clock", is_synchronised || !is_known, detail,
         TEXT("no time service keeps it right: run chrony or systemd-timesyncd"));
    if (context->study != NULL && store_is_demo(study_store(context->study)))
        find(examination, "study's clock", true, TEXT("simulated: this is a demo"),
             (struct text){0});
}

static void examine_libraries(struct examination *examination)
{
    struct library_version libraries[LIBRARIES_AT_MOST];
    size_t count = system_libraries(libraries, LIBRARIES_AT_MOST);
    count += store_libraries(libraries + count, LIBRARIES_AT_MOST - count);
    count += formats_libraries(libraries + count, LIBRARIES_AT_MOST - count);
    count += web_libraries(libraries + count, LIBRARIES_AT_MOST - count);
    for (size_t i = 0; i < count; i++)
        find(examination, libraries[i].name, true, text_of(libraries[i].version),
             (struct text){0});
}

/* -- telling ------------------------------------------------------------------------ */

static void print_lines(const struct examination *examination)
{
    struct stream *out = examination->context->out;
    for (size_t i = 0; i < examination->count; i++) {
        const struct finding *finding = &examination->findings[i];
        stream_format(out, "%-5s %-21s %.*s",
                      finding->is_ok ? "ok" : "do:", finding->what,
                      TEXT_ARG(finding->detail));
        if (!finding->is_ok)
            stream_format(out, "; %.*s", TEXT_ARG(finding->advice));
        stream_text(out, TEXT("\n"));
    }
}

static bool print_json(const struct examination *examination, struct error *err)
{
    struct buffer buffer = buffer_in(examination->context->arena, DOCTOR_JSON);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    json_key(&json, "findings");
    json_array(&json);
    for (size_t i = 0; i < examination->count; i++) {
        const struct finding *finding = &examination->findings[i];
        json_object(&json);
        json_member_text(&json, "what", text_of(finding->what));
        json_member_bool(&json, "ok", finding->is_ok);
        json_member_text(&json, "detail", finding->detail);
        if (!finding->is_ok)
            json_member_text(&json, "advice", finding->advice);
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
    return command_json(examination->context, &buffer, err);
}

bool command_doctor(struct command_context *context, struct error *err)
{
    struct examination *examination = ARENA_NEW(context->arena, struct examination);
    examination->context = context;
    examine_folder(examination);
    examine_files(examination);
    examine_disk(examination);
    examine_key(examination);
    examine_log(examination);
    examine_delegation(examination);
    examine_alarms(examination);
    examine_writer(examination);
    examine_way(examination);
    examine_feeds(examination);
    examine_clock(examination);
    examine_libraries(examination);
    if (!context->is_json)
        print_lines(examination);
    else if (!print_json(examination, err))
        return false;
    size_t faults = 0;
    for (size_t i = 0; i < examination->count; i++)
        faults += examination->findings[i].is_ok ? 0 : 1;
    return faults == 0 || error_set(err, ERROR_FAILED, "%zu %s attention", faults,
                                    faults == 1 ? "finding needs" : "findings need");
}
