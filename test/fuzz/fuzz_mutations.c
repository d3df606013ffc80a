/* The body of the bedside save, from any bytes to the structs of the verb: refused with a
 * place, or a batch that the verb may rely on. */
#include "fuzz/fuzz.h"

#include "actions/save_values.h"
#include "base/limits.h"
#include "web/api.h"
#include "web/exchange.h"

#include <stdlib.h>
#include <string.h>

static void check_text(struct text t, size_t most, struct arena *arena)
{
    ASSERT(t.len <= most);
    text_copy(arena, t); /* every byte of the view is there */
}

static void check_version(struct text t)
{
    struct version version, again;
    if (!version_parse(t, &version))
        return;
    char printed[VERSION_TEXT];
    size_t len = version_print(version, printed);
    ASSERT(version.seq > 0 && version.place >= 0);
    ASSERT(version_parse((struct text){.at = printed, .len = len}, &again));
    ASSERT(version_equal(version, again));
}

static void check_mutation(const struct mutation *mutation, struct arena *arena)
{
    ASSERT(text_is_absent(mutation->value) != text_is_absent(mutation->missing));
    ASSERT(mutation->row >= 0 && mutation->row <= LIMIT_ROWS);
    check_text(mutation->item, LIMIT_OID, arena);
    check_text(mutation->value, LIMIT_BODY, arena);
    check_text(mutation->missing, LIMIT_OID, arena);
    check_text(mutation->missing_text, LIMIT_REASON, arena);
    check_text(mutation->reason, LIMIT_REASON, arena);
    check_text(mutation->stated, LIMIT_OID, arena);
    struct base_reference base;
    if (base_reference_parse(mutation->base, &base))
        ASSERT(base.is_queued || base.version.seq > 0);
    check_version(mutation->base);
    for (size_t i = 0; i < mutation->settle_count; i++)
        check_version(mutation->settles[i]);
}

/* The act is the first member of the verb. */
static void check_verb(const struct act *act, struct arena *arena)
{
    const struct save_values *verb = (const struct save_values *)act;
    ASSERT(verb->participant > 0);
    ASSERT(verb->event_repeat > 0 && verb->event_repeat <= LIMIT_ROWS);
    ASSERT(verb->form_repeat > 0 && verb->form_repeat <= LIMIT_ROWS);
    ASSERT(verb->mutation_count > 0 && verb->mutation_count <= LIMIT_BATCH);
    check_text(verb->event, LIMIT_OID, arena);
    check_text(verb->form, LIMIT_OID, arena);
    check_text(act->caller->device, LIMIT_NAME, arena);
    for (size_t i = 0; i < verb->mutation_count; i++)
        check_mutation(&verb->mutations[i], arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const struct caller caller = {.user = 1, .language = TEXT_INIT("en")};
    if (len > LIMIT_BODY)
        return 0;
    struct exchange *exchange = calloc(1, sizeof *exchange);
    struct arena *arena = arena_new(2 * LIMIT_REQUEST_ARENA);
    struct request request = {.body = fuzz_text(bytes, len),
                              .arena = arena,
                              .caller = &caller,
                              .exchange = exchange};
    struct response response = {0};
    struct error err = {0};
    if (handle_mutations(&request, &response, &err))
        check_verb(exchange->act, arena);
    else
        fuzz_check_refusal(&err, len);
    arena_free(arena);
    free(exchange);
    return 0;
}
