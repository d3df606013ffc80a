/* Clinical data from any bytes, in pieces of any size: refused with a sentence, or told
 * level by level, each of which ends. */
#include "fuzz/fuzz.h"

#include "formats/odm_data_read.h"

#include <string.h>

struct told {
    struct text rest;
    size_t step;
    size_t open;
    size_t bytes; /* of every view that was handed out */
};

static bool next_piece(void *data, char *at, size_t room, size_t *len,
                       struct error *err)
{
    struct told *told = data;
    (void)err;
    struct text piece = text_part(told->rest, 0, told->step < room ? told->step : room);
    if (piece.len > 0)
        memcpy(at, piece.at, piece.len);
    told->rest = text_part(told->rest, piece.len, told->rest.len);
    *len = piece.len;
    return true;
}

/* Reads the view, so that a stray pointer is seen. */
static void use(struct told *told, struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        told->bytes += (unsigned char)t.at[i] > 0;
}

static bool on_level(void *data, const struct odm_level *level, struct error *err)
{
    struct told *told = data;
    (void)err;
    told->open++;
    use(told, level->oid);
    use(told, level->key);
    return true;
}

static bool on_level_end(void *data, enum odm_level_kind kind, struct error *err)
{
    struct told *told = data;
    (void)err;
    ASSERT(kind != ODM_LEVEL_NONE && told->open > 0);
    told->open--;
    return true;
}

static bool on_item(void *data, const struct odm_data_item *item, struct error *err)
{
    (void)err;
    ASSERT(item->oid.len > 0);
    use(data, item->oid);
    use(data, item->value);
    return true;
}

static bool on_kept(void *data, const struct odm_data_kept *kept, struct error *err)
{
    (void)err;
    ASSERT(kept->xml.len > 0);
    use(data, kept->xml);
    use(data, kept->item);
    use(data, kept->location);
    return true;
}

static bool on_deviation(void *data, const struct xml_place *place,
                         const char *sentence, struct error *err)
{
    (void)err;
    ASSERT(place->line > 0 && sentence[0] != '\0');
    use(data, text_of(sentence));
    return true;
}

static bool on_study(void *data, struct text oid, struct error *err)
{
    (void)err;
    use(data, oid);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct told told = {.rest = fuzz_text(bytes, len)};
    told.step = (size_t)fuzz_byte(&told.rest) + 1;
    struct odm_data_events events = {.level_start = on_level,
                                     .level_end = on_level_end,
                                     .item = on_item,
                                     .kept = on_kept,
                                     .deviation = on_deviation,
                                     .study = on_study,
                                     .data = &told};
    struct xml_source source = {.read = next_piece, .data = &told};
    struct error err = {0};
    if (odm_data_read(&source, &events, &err))
        ASSERT(told.open == 0);
    else
        ASSERT(err.code != ERROR_NONE && err.text[0] != '\0');
    return 0;
}
