#include "actions/configuration.h"

#include "actions/register.h"

bool configuration_read(struct db *db, const struct design *design, struct arena *arena,
                        struct configuration *out, struct error *err)
{
    struct register_line *lines = NULL;
    *out = (struct configuration){.design = design};
    if (register_kind_of(design, TEXT("CONF")) == NULL)
        return true;
    if (!register_lines(db, TEXT("CONF"), arena, &lines, &out->count, err))
        return false;
    out->lines = lines;
    return true;
}

/* "01 03"; empty: everywhere. */
static bool is_for_site(struct text sites, struct text site)
{
    struct text rest = text_trim(sites);
    if (rest.len == 0)
        return true;
    while (rest.len > 0)
        if (text_equal(text_cut(&rest, ' '), site))
            return true;
    return false;
}

const struct register_line *configuration_of(const struct configuration *configuration,
                                             struct text setting, struct text site,
                                             int64_t now)
{
    const struct design *design = configuration->design;
    const struct register_kind *kind = register_kind_of(design, TEXT("CONF"));
    const struct register_line *found = NULL;
    int64_t latest = INT64_MIN;
    for (size_t i = 0; i < configuration->count; i++) {
        const struct register_line *line = &configuration->lines[i];
        int64_t begins = 0;
        if (!text_equal(register_value(line, "SETTING"), setting) ||
            !is_for_site(register_value(line, "SITES"), site) ||
            register_state_at(design, kind, line, now) != REGISTER_IN_FORCE ||
            !register_instant(design, line, register_value(line, "IN_FORCE"), &begins))
            continue;
        if (begins >= latest) { /* of two of one moment the one that was added later */
            latest = begins;
            found = line;
        }
    }
    return found;
}

bool configuration_deferral(struct db *db, const struct design *design,
                            struct text site, int64_t now, struct arena *arena,
                            struct deferral *out, struct error *err)
{
    struct configuration configuration;
    *out = (struct deferral){.approval = TEXT("")};
    if (!configuration_read(db, design, arena, &configuration, err))
        return false;
    const struct register_line *line =
        configuration_of(&configuration, TEXT(CONFIGURATION_DEFERRAL), site, now);
    if (line == NULL)
        return true;
    struct text approval = text_trim(register_value(line, "APPROVAL"));
    out->line = line->id;
    out->is_on =
        text_equal(register_value(line, "NEW"), TEXT("yes")) && approval.len > 0;
    if (out->is_on)
        out->approval = approval;
    return true;
}
