#include "actions/audit_review.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "store/review.h"

static void take_key(struct audit_entry *entry, const struct form_key *key)
{
    entry->event = key->event;
    entry->form = key->form;
    entry->event_repeat = key->event_repeat;
    entry->form_repeat = key->form_repeat;
}

static void tell_signature(const struct signed_record *record,
                           struct audit_entry *entry)
{
    entry->detail = record->meaning;
    if (!record->is_casebook)
        take_key(entry, &record->forms[0].key);
}

static void tell_verification(const struct source_verified *verified,
                              struct arena *arena, struct audit_entry *entry)
{
    struct buffer items = buffer_in(arena, LIMIT_BODY);
    struct error ignored;
    for (size_t i = 0; i < verified->item_count; i++) {
        if (i > 0)
            buffer_byte(&items, ' ');
        buffer_text_add(&items, verified->items[i].item);
    }
    if (!buffer_text(&items, &entry->items, &ignored))
        entry->items = (struct text){0};
    entry->detail = verified->reason;
    take_key(entry, &verified->key);
}

static void tell_lock(const struct lock_changed *lock, struct audit_entry *entry)
{
    entry->detail = text_is_absent(lock->reason) ? lock->name : lock->reason;
    if (entry->kind == LOG_EVENT_LOCK_PROPOSED && text_is_absent(entry->detail))
        entry->detail = lock->is_unlock ? TEXT("unlock") : TEXT("lock");
    if (lock->has_form)
        take_key(entry, &lock->key);
}

/* "AL04 CK102"; later events name the alarm by the number of the one that raised it. The
 * words of an acknowledgement may tell a value: they stay out, as those of queries. */
static void tell_raised(const struct alarm_raised *raised, struct arena *arena,
                        struct audit_entry *entry)
{
    entry->detail = text_format(arena, "%.*s %.*s", TEXT_ARG(raised->alarm),
                                TEXT_ARG(raised->step));
    if (raised->has_form)
        take_key(entry, &raised->key);
}

static struct text alarm_number(int64_t alarm, struct text more, struct arena *arena)
{
    return text_is_absent(more)
               ? text_format(arena, "%lld", (long long)alarm)
               : text_format(arena, "%lld: %.*s", (long long)alarm, TEXT_ARG(more));
}

static struct text message_detail(const struct alarm_message *message,
                                  struct arena *arena)
{
    struct text by = message->channel == ALARM_BY_MAIL ? TEXT("mail") : TEXT("webhook");
    struct text how = text_is_absent(message->reason) ? TEXT("sent") : message->reason;
    return alarm_number(message->alarm,
                        text_format(arena, "%.*s to %.*s, attempt %lld: %.*s",
                                    TEXT_ARG(by), TEXT_ARG(message->to),
                                    (long long)message->attempt, TEXT_ARG(how)),
                        arena);
}

bool audit_alarm(const void *content, struct arena *arena, struct audit_entry *entry)
{
    static const struct text none = {0};
    switch ((int)entry->kind) {
    case LOG_EVENT_ALARM_RAISED: tell_raised(content, arena, entry); return true;
    case LOG_EVENT_ALARM_ACKNOWLEDGED:
        entry->detail = alarm_number(
            ((const struct alarm_acknowledged *)content)->alarm, none, arena);
        return true;
    case LOG_EVENT_ALARM_ENDED:
        entry->detail =
            alarm_number(((const struct alarm_ended *)content)->alarm, none, arena);
        return true;
    case LOG_EVENT_ALARM_ESCALATED:
    case LOG_EVENT_ALARM_REPEATED:
        entry->detail =
            alarm_number(((const struct alarm_went_on *)content)->alarm,
                         ((const struct alarm_went_on *)content)->roles, arena);
        return true;
    case LOG_EVENT_ALARM_MESSAGE_SENT:
    case LOG_EVENT_ALARM_MESSAGE_FAILED:
        entry->detail = message_detail(content, arena);
        return true;
    default: return false;
    }
}

bool audit_review(const void *content, struct arena *arena, struct audit_entry *entry)
{
    switch ((int)entry->kind) {
    case LOG_EVENT_SIGNED: tell_signature(content, entry); return true;
    case LOG_EVENT_SOURCE_VERIFIED:
    case LOG_EVENT_SOURCE_VERIFICATION_WITHDRAWN:
        tell_verification(content, arena, entry);
        return true;
    case LOG_EVENT_FROZEN:
    case LOG_EVENT_UNFROZEN:
    case LOG_EVENT_LOCK_PROPOSED:
    case LOG_EVENT_LOCKED:
    case LOG_EVENT_UNLOCKED: tell_lock(content, entry); return true;
    case LOG_EVENT_DATABASE_LOCKED:
        entry->detail = ((const struct database_locked *)content)->name;
        return true;
    case LOG_EVENT_SAFETY_REVIEWED:
        take_key(entry, &((const struct safety_reviewed *)content)->key);
        return true;
    case LOG_EVENT_GRADE_DECIDED: /* why it was declined may tell a value: it stays out */
        take_key(entry, &((const struct grade_decided *)content)->key);
        return true;
    case LOG_EVENT_DEVIATION_ASSESSED:
        take_key(entry, &((const struct deviation_assessed *)content)->key);
        return true;
    default: return false;
    }
}
