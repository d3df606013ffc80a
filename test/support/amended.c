#define _GNU_SOURCE /* memmem */
#include "support/amended.h"

#include "support/unit.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "model/builtin_study.h"

#include <string.h>

struct text amended_text(struct text text, const char *from, const char *to,
                         struct arena *arena)
{
    struct buffer buffer = buffer_in(arena, LIMIT_DESIGN_BYTES);
    size_t wanted = strlen(from);
    struct text out = {0};
    struct error err;
    size_t found = 0;
    const char *at = memmem(text.at, text.len, from, wanted);
    for (; at != NULL; at = memmem(text.at, text.len, from, wanted)) {
        size_t before = (size_t)(at - text.at);
        buffer_bytes(&buffer, text.at, before);
        buffer_bytes(&buffer, to, strlen(to));
        text = text_part(text, before + wanted, text.len);
        found++;
    }
    buffer_bytes(&buffer, text.at, text.len);
    assert_true(found > 0);
    assert_true(buffer_text(&buffer, &out, &err));
    return out;
}

static const char contact_ref[] =
    "<ItemRef ItemOID=\"I.FU.FUDTM\" OrderNumber=\"1\" Mandatory=\"Yes\"/>";
static const char pain_ref[] =
    "<ItemRef ItemOID=\"I.FU.FUDTM\" OrderNumber=\"1\" Mandatory=\"Yes\"/>"
    "<ItemRef ItemOID=\"I.FU.FUPAIN\" OrderNumber=\"1\" Mandatory=\"Yes\"/>";
static const char contact[] =
    "<ItemDef OID=\"I.FU.FUDTM\" Name=\"FUDTM\" DataType=\"date\">";
static const char pain[] =
    "<ItemDef OID=\"I.FU.FUPAIN\" Name=\"FUPAIN\" DataType=\"integer\"><Question>"
    "<TranslatedText xml:lang=\"en\" Type=\"text/plain\">Pain at the "
    "site</TranslatedText>"
    "<TranslatedText xml:lang=\"zh-CN\" Type=\"text/plain\">穿刺点疼痛</TranslatedText>"
    "</Question><RangeCheck Comparator=\"GE\" "
    "SoftHard=\"Hard\"><CheckValue>0</CheckValue>"
    "</RangeCheck><RangeCheck Comparator=\"LE\" "
    "SoftHard=\"Hard\"><CheckValue>10</CheckValue>"
    "</RangeCheck></ItemDef>"
    "<ItemDef OID=\"I.FU.FUDTM\" Name=\"FUDTM\" DataType=\"date\">";

struct text amended_design(const char *version, struct arena *arena)
{
    struct text text = {.at = (const char *)builtin_study,
                        .len = (size_t)(builtin_study_end - builtin_study)};
    text =
        amended_text(text, "MDV.0.2", text_format(arena, "MDV.%s", version).at, arena);
    text = amended_text(text, "Name=\"0.2\"",
                        text_format(arena, "Name=\"%s\"", version).at, arena);
    text = amended_text(text, contact_ref, pain_ref, arena);
    text = amended_text(text, contact, pain, arena);
    return amended_text(text, "SPO2 < 70 or", "SPO2 < 90 or", arena);
}
