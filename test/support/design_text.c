#include "support/design_text.h"

#include "support/unit.h"

#include "base/limits.h"
#include "formats/design_json.h"
#include "formats/odm_design_read.h"
#include "formats/open_points_json.h"
#include "model/builtin_study.h"

const struct design *design_builtin(struct arena *study)
{
    struct odm_findings *findings = ARENA_NEW(study, struct odm_findings);
    struct text xml = {(const char *)builtin_study,
                       (size_t)(builtin_study_end - builtin_study)};
    const struct design *design = NULL;
    struct error err;
    if (!odm_design_read(xml, study, &design, findings, &err))
        fail_msg("study.xml:%s: %s; %s", err.where, err.text, err.hint);
    return design;
}

const char *design_as_json(const struct design *design, struct arena *arena)
{
    struct buffer buffer = buffer_in(arena, LIMIT_RESPONSE);
    struct json_writer json = json_to(&buffer);
    json_object(&json);
    design_json_members(design, &json);
    json_end(&json);
    buffer_byte(&buffer, '\0');
    return buffer.at;
}

const char *open_points_as_json(const struct design *design, struct arena *arena)
{
    struct buffer buffer = buffer_in(arena, LIMIT_RESPONSE);
    struct json_writer json = json_to(&buffer);
    open_points_json(design, &(struct point_decisions){0}, false, &json);
    buffer_byte(&buffer, '\0');
    return buffer.at;
}
