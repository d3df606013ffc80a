/* The audit trail as one CSV file, oldest first: for monitors and inspectors. Names and
 * numbers are those of the cut, roles those that a user had at the event. */
#include "actions/audit_parts.h"
#include "actions/export_walk.h"
#include "base/datetime.h"
#include "base/hex.h"
#include "base/limits.h"
#include "formats/csv_write.h"
#include "system/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { STEP = 200 }; /* events of the log at a time */

struct audit_target {
    struct export_walk *walk;
    const struct audit_roles *roles;
    struct progress *progress;
    struct hasher *hasher;
    int descriptor;
    int64_t rows;
    struct error *err;
};

static const char header[] =
    "study,data_origin,number,server_time,local_time,user,role,site,device,kind,"
    "participant,summary\r\n";

static bool put(struct audit_target *target, struct text bytes)
{
    hasher_add(target->hasher, bytes.at, bytes.len);
    while (bytes.len > 0) {
        ssize_t written = write(target->descriptor, bytes.at, bytes.len);
        if (written <= 0)
            return error_set(target->err, ERROR_FAILED,
                             "the file could not be written: is the disk full?");
        bytes = text_part(bytes, (size_t)written, bytes.len);
    }
    return true;
}

/* "SE.SCR/F.SCR: I.SCR.AGE I.SCR.SEX", then what else the event tells; never a value. */
static struct text summary_of(const struct audit_entry *entry, struct arena *arena)
{
    struct buffer out = buffer_in(arena, LIMIT_PAYLOAD);
    struct text text = {0};
    struct error ignored;
    if (entry->is_erased)
        BUFFER_LITERAL(&out, "content erased");
    if (!text_is_absent(entry->form))
        buffer_format(&out, "%.*s %lld/%.*s %lld", TEXT_ARG(entry->event),
                      (long long)entry->event_repeat, TEXT_ARG(entry->form),
                      (long long)entry->form_repeat);
    if (entry->items.len > 0)
        buffer_format(&out, "%s%.*s", out.len > 0 ? ": " : "", TEXT_ARG(entry->items));
    if (entry->detail.len > 0)
        buffer_format(&out, "%s%.*s", out.len > 0 ? "; " : "", TEXT_ARG(entry->detail));
    return buffer_text(&out, &text, &ignored) ? text : (struct text){0};
}

static void put_keys(const struct audit_target *target, struct csv_out *row)
{
    csv_text(row, target->walk->design->study_oid);
    csv_text(row, target->walk->is_synthetic ? TEXT("SYNTHETIC") : TEXT("COLLECTED"));
}

/* The same moment twice: with its offset from UTC for programs, plain for a spreadsheet. */
static void put_times(struct csv_out *row, int64_t instant, int32_t offset)
{
    char printed[MOMENT_TEXT_SIZE];
    char local[MOMENT_TEXT_SIZE];
    size_t len = instant_print_at(instant, offset, printed);
    struct moment moment = moment_of_instant(instant, offset);
    int size =
        snprintf(local, sizeof local, "%04d-%02d-%02d %02d:%02d:%02d", moment.year,
                 moment.month, moment.day, moment.hour, moment.minute, moment.second);
    csv_text(row, (struct text){.at = printed, .len = len});
    csv_text(row, (struct text){.at = local, .len = size < 0 ? 0 : (size_t)size});
}

static struct text participant_of(const struct audit_entry *entry, struct arena *arena)
{
    if (!text_is_absent(entry->participant_number) || entry->participant == 0)
        return entry->participant_number;
    return text_format(arena, "#%lld", (long long)entry->participant);
}

static void put_entry(const struct audit_target *target,
                      const struct audit_entry *entry, struct arena *arena,
                      struct buffer *out)
{
    struct csv_out row = csv_begin(out);
    put_keys(target, &row);
    csv_number(&row, entry->seq);
    put_times(&row, entry->server_time,
              audit_offset(target->walk->design, entry->site));
    csv_text_for_people(&row, entry->by_name, arena);
    csv_text(&row, audit_roles_at(target->roles, entry->origin.user, entry->seq));
    csv_text(&row, entry->site);
    csv_text_for_people(&row, entry->origin.device, arena);
    csv_text(&row, log_event_name(entry->kind));
    csv_text(&row, participant_of(entry, arena));
    csv_text_for_people(&row, summary_of(entry, arena), arena);
    csv_end(&row);
}

static bool put_step(struct audit_target *target, struct log_filter *wanted,
                     struct arena *arena, bool *is_end)
{
    const struct export_walk *walk = target->walk;
    struct audit_reading reading = {.log = walk->live,
                                    .arena = arena,
                                    .people = people_of(walk->db, arena),
                                    .is_everywhere = walk->is_everywhere,
                                    .sites = walk->sites,
                                    .site_count = walk->site_count,
                                    .entries =
                                        ARENA_ARRAY(arena, struct audit_entry, STEP),
                                    .limit = STEP,
                                    .err = target->err};
    int64_t before = wanted->after;
    if (!audit_step(&reading, wanted, is_end))
        return false;
    struct buffer out = buffer_in(arena, LIMIT_COMMAND_ARENA);
    struct text bytes;
    for (size_t i = 0; i < reading.count; i++)
        put_entry(target, &reading.entries[i], arena, &out);
    target->rows += (int64_t)reading.count;
    return (reading.count == 0 ||
            (buffer_text(&out, &bytes, target->err) && put(target, bytes))) &&
           progress_step(target->progress, wanted->after - before, target->err);
}

/* A row like the others, so that every reader takes it: who finds none has half a file. */
static bool put_trailer(struct audit_target *target, struct arena *arena,
                        struct text filter)
{
    const struct data_cut *cut = &target->walk->cut;
    char digits[HEX_SIZE(HASH_SIZE)];
    struct hash hash = hasher_so_far(target->hasher);
    struct buffer out = buffer_in(arena, LIMIT_BODY);
    struct csv_out row = csv_begin(&out);
    struct text bytes;
    hex_print(hash.bytes, HASH_SIZE, digits);
    put_keys(target, &row);
    csv_number(&row, cut->seq);
    put_times(&row, cut->time, audit_offset(target->walk->design, (struct text){0}));
    for (int i = 0; i < 4; i++)
        csv_text(&row, (struct text){0});
    csv_text(&row, TEXT("END"));
    csv_text(&row, (struct text){0});
    csv_text(&row,
             text_format(arena,
                         "events %lld; filter: %.*s; cut %lld; SHA-256 of all bytes "
                         "before this row %.*s",
                         (long long)target->rows,
                         TEXT_ARG(filter.len == 0 ? TEXT("none") : filter),
                         (long long)cut->seq, (int)sizeof digits, digits));
    csv_end(&row);
    return buffer_text(&out, &bytes, target->err) && put(target, bytes);
}

static bool fill(struct audit_target *target, const struct export_request *request,
                 struct arena *arena)
{
    struct log_filter wanted = audit_log_filter(request->audit);
    struct audit_roles *roles = NULL;
    int64_t cut = target->walk->cut.seq;
    wanted.newest_first = false;
    wanted.limit = STEP;
    wanted.before = cut + 1;
    if (!audit_roles_read(target->walk->live, cut, arena, &roles, target->err) ||
        !put(target, text_of(header)))
        return false;
    target->roles = roles;
    if (target->progress != NULL)
        atomic_store(&target->progress->of, cut);
    struct arena *step = arena_new(LIMIT_COMMAND_ARENA);
    bool is_good = true;
    for (bool is_end = false; is_good && !is_end;) {
        arena_reset(step);
        is_good = put_step(target, &wanted, step, &is_end);
    }
    arena_free(step);
    target->walk->values = target->rows;
    if (!is_good || !put_trailer(target, arena, request->audit_words))
        return false;
    return fsync(target->descriptor) == 0 ||
           error_set(target->err, ERROR_FAILED, "the file could not be written");
}

bool export_to_audit(struct export_walk *walk, const struct export_request *request,
                     struct arena *arena, struct hash *content, struct error *err)
{
    struct audit_target target = {.walk = walk,
                                  .progress = request->progress,
                                  .hasher = hasher_new(arena),
                                  .err = err};
    if (file_exists(request->path)) {
        error_set(err, ERROR_REFUSED, "%s exists already", request->path);
        return error_hint(err, "choose another name, or remove it first");
    }
    const char *beside =
        text_format(arena, "%s.%ld.new", request->path, (long)getpid()).at;
    target.descriptor =
        open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (target.descriptor < 0)
        return error_set(err, ERROR_FAILED, "%s cannot be made", request->path);
    bool is_done = fill(&target, request, arena);
    close(target.descriptor);
    *content = hasher_end(target.hasher);
    if (is_done && rename(beside, request->path) != 0)
        is_done = error_set(err, ERROR_FAILED, "%s cannot be written", request->path);
    if (!is_done)
        unlink(beside);
    return is_done;
}
