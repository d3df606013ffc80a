#include "actions/item_version.h"

#include "base/uuid.h"

#include <string.h>

static bool place_parse(struct text t, int32_t *out)
{
    int64_t place = 0;
    if (!text_to_int64(t, &place) || place < 0 || place > INT32_MAX)
        return false;
    *out = (int32_t)place;
    return true;
}

bool version_parse(struct text t, struct version *out)
{
    struct text rest = t;
    struct text seq = text_cut(&rest, ':');
    int64_t number = 0;
    struct version version = {0};
    if (text_is_absent(rest) || !text_to_int64(seq, &number) || number < 1)
        return false;
    version.seq = number;
    if (!place_parse(rest, &version.place))
        return false;
    *out = version;
    return true;
}

size_t version_print(struct version version, char out[VERSION_TEXT])
{
    size_t len = text_print_int64(version.seq, out);
    out[len++] = ':';
    len += text_print_int64(version.place, out + len);
    out[len] = '\0';
    return len;
}

bool version_equal(struct version a, struct version b)
{
    return a.seq == b.seq && a.place == b.place;
}

bool base_reference_parse(struct text t, struct base_reference *out)
{
    struct base_reference base = {0};
    if (version_parse(t, &base.version)) {
        *out = base;
        return true;
    }
    struct uuid batch;
    if (t.len <= UUID_TEXT_SIZE + 1 || t.at[UUID_TEXT_SIZE] != ':' ||
        !uuid_parse(text_part(t, 0, UUID_TEXT_SIZE), &batch, NULL) ||
        !place_parse(text_part(t, UUID_TEXT_SIZE + 1, t.len), &base.version.place))
        return false;
    base.is_queued = true;
    memcpy(base.batch, batch.bytes, BATCH_ID_SIZE);
    *out = base;
    return true;
}
