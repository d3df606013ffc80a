/* Who held which role when: from the events that gave and changed them. */
#include "actions/audit_parts.h"
#include "base/buffer.h"
#include "store/event_content.h"

struct change {
    int64_t user, seq;
    struct text roles;
};

struct audit_roles {
    struct change *list;
    size_t count, capacity;
};

static struct text join(const struct user_changed *changed, struct arena *arena)
{
    struct buffer buffer = buffer_in(arena, LIMIT_BODY);
    struct text text = {0};
    struct error ignored;
    for (size_t i = 0; i < changed->grant_count; i++) {
        struct text role = role_code(changed->grants[i].role);
        struct text site = changed->grants[i].site;
        buffer_format(&buffer, "%s%.*s", i == 0 ? "" : "; ", TEXT_ARG(role));
        if (!text_is_absent(site))
            buffer_format(&buffer, " %.*s", TEXT_ARG(site));
    }
    return buffer_text(&buffer, &text, &ignored) ? text : (struct text){0};
}

static bool read_kind(struct db *log, enum log_event_kind kind, int64_t until,
                      struct arena *arena, struct audit_roles *roles, struct error *err)
{
    struct log_filter wanted = {
        .user = -1, .kind = (int32_t)kind, .before = until + 1, .limit = LIMIT_LIST};
    for (size_t count = LIMIT_LIST; count == LIMIT_LIST;) {
        struct log_row *rows = NULL;
        if (!log_list(log, &wanted, arena, &rows, &count, err))
            return false;
        for (size_t i = 0; i < count; i++) {
            const struct user_changed *changed = rows[i].content;
            wanted.after = rows[i].seq;
            if (changed == NULL)
                continue;
            roles->list =
                ARENA_GROW(arena, roles->list, roles->count, &roles->capacity);
            roles->list[roles->count++] =
                (struct change){.user = changed->user,
                                .seq = rows[i].seq,
                                .roles = join(changed, arena)};
        }
    }
    return true;
}

bool audit_roles_read(struct db *log, int64_t until, struct arena *arena,
                      struct audit_roles **out, struct error *err)
{
    *out = ARENA_NEW(arena, struct audit_roles);
    return read_kind(log, LOG_EVENT_USER_ADDED, until, arena, *out, err) &&
           read_kind(log, LOG_EVENT_USER_ROLES_SET, until, arena, *out, err);
}

struct text audit_roles_at(const struct audit_roles *roles, int64_t user, int64_t seq)
{
    const struct change *latest = NULL;
    for (size_t i = 0; i < roles->count; i++) {
        const struct change *each = &roles->list[i];
        if (each->user == user && each->seq <= seq &&
            (latest == NULL || each->seq > latest->seq))
            latest = each;
    }
    return latest == NULL ? (struct text){0} : latest->roles;
}
