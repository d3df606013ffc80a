#include "actions/history_review.h"

#include "model/event.h"
#include "store/review.h"

/* `key` NULL: of all of the participant, and so of whatever form is asked for. */
static bool is_of_form(const struct history_filter *filter, const struct form_key *key)
{
    return key == NULL ||
           ((filter->event.len == 0 || text_equal(filter->event, key->event)) &&
            (filter->form.len == 0 || text_equal(filter->form, key->form)) &&
            (filter->event_repeat == 0 || filter->event_repeat == key->event_repeat) &&
            (filter->form_repeat == 0 || filter->form_repeat == key->form_repeat));
}

static void take_key(const struct history_filter *filter, const struct form_key *key,
                     struct history_entry *entry)
{
    if (key != NULL)
        entry->key = *key;
    else
        entry->key = (struct form_key){
            .participant = filter->participant, .event = TEXT(""), .form = TEXT("")};
}

static bool tell_signature(const struct signed_record *record,
                           const struct history_filter *filter,
                           struct history_entry *entry)
{
    const struct form_key *key = record->is_casebook ? NULL : &record->forms[0].key;
    entry->review = record->meaning;
    take_key(filter, key, entry);
    return filter->item.len == 0 && is_of_form(filter, key);
}

static bool tell_lock(const struct lock_changed *lock,
                      const struct history_filter *filter, struct history_entry *entry)
{
    const struct form_key *key = lock->has_form ? &lock->key : NULL;
    if (entry->kind == LOG_EVENT_LOCK_PROPOSED)
        entry->review = lock->is_unlock ? TEXT("unlock") : TEXT("lock");
    entry->reason = lock->reason;
    take_key(filter, key, entry);
    return filter->item.len == 0 && is_of_form(filter, key);
}

/* Of one item with the version that was verified; of a form with how many answers. */
static bool tell_verification(const struct source_verified *verified,
                              const struct history_filter *filter,
                              struct history_entry *entry)
{
    entry->reason = verified->reason;
    entry->verified_count = (int64_t)verified->item_count;
    take_key(filter, &verified->key, entry);
    if (!is_of_form(filter, &verified->key))
        return false;
    for (size_t i = 0; i < verified->item_count && filter->item.len > 0; i++) {
        const struct verified_item *one = &verified->items[i];
        if (!text_equal(filter->item, one->item) ||
            (filter->has_row && filter->row != one->row))
            continue;
        entry->item = one->item;
        entry->row = one->row;
        entry->version = one->version;
        entry->verified_count = 1;
        return true;
    }
    return filter->item.len == 0;
}

bool history_review(const struct log_row *row, const struct history_filter *filter,
                    struct history_entry *entry)
{
    entry->item = TEXT("");
    entry->version = (struct version){.seq = row->seq};
    entry->is_statement = true;
    switch (row->kind) {
    case LOG_EVENT_SIGNED: return tell_signature(row->content, filter, entry);
    case LOG_EVENT_SOURCE_VERIFIED:
    case LOG_EVENT_SOURCE_VERIFICATION_WITHDRAWN:
        return tell_verification(row->content, filter, entry);
    case LOG_EVENT_FROZEN:
    case LOG_EVENT_UNFROZEN:
    case LOG_EVENT_LOCK_PROPOSED:
    case LOG_EVENT_LOCKED:
    case LOG_EVENT_UNLOCKED: return tell_lock(row->content, filter, entry);
    default: return false;
    }
}
