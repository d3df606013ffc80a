#include "engine/digest.h"

/* FNV-1a, 64 bits (Fowler, Noll, Vo; RFC 9923). */
static uint64_t mixed(uint64_t hash, const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ at[i]) * UINT64_C(0x100000001b3);
    return hash;
}

static uint64_t mixed_datum(uint64_t hash, struct datum d)
{
    if (d.kind == DATUM_TEXT) {
        hash = mixed(hash, &d.kind, 1);
        return mixed(hash, d.as.at, (size_t)d.scale);
    }
    if (!datum_has_value(d))
        d.as.coefficient = 0;
    hash = mixed(hash, &d.kind, 1);
    hash = mixed(hash, &d.detail, 1);
    hash = mixed(hash, &d.offset, sizeof d.offset);
    hash = mixed(hash, &d.scale, sizeof d.scale);
    return mixed(hash, &d.as.coefficient, sizeof d.as.coefficient);
}

static uint64_t digest_at(struct book *book, int32_t r, int32_t instance, int32_t row,
                          uint64_t hash)
{
    const struct rule *rule = &book->set->rules[r];
    struct engine_place place = {.form = rule->form, .instance = instance, .row = row};
    struct run_result result = run_program(book->run, rule->program, &place);
    hash = mixed_datum(hash, result.value);
    return mixed(hash, &result.wakes_at, sizeof result.wakes_at);
}

static uint64_t digest_rule(struct book *book, int32_t r, uint64_t hash)
{
    const struct rule *rule = &book->set->rules[r];
    const struct sheet_form *form = &book->sheet->forms[rule->form];
    int32_t first = book->set->shape->forms[rule->form].first_group;
    for (int32_t i = 0; i < form->count; i++) {
        if (rule->group < 0) {
            hash = digest_at(book, r, i, 0, hash);
            continue;
        }
        int32_t rows = form->instances[i]->groups[rule->group - first].rows;
        for (int32_t row = 1; row <= rows; row++)
            hash = digest_at(book, r, i, row, hash);
    }
    return hash;
}

uint64_t digest_of_book(struct book *book, int64_t now, int32_t offset_minutes,
                        struct arena *scratch)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    book->world.now = now;
    book->world.offset_minutes = offset_minutes;
    book->run->scratch = scratch;
    for (int32_t r = 0; r < book->set->rule_count; r++)
        hash = digest_rule(book, r, hash);
    return hash;
}
