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
    case LOG_EVENT_DEVIATION_ASSESSED:
        take_key(entry, &((const struct deviation_assessed *)content)->key);
        return true;
    default: return false;
    }
}
