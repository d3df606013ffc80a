#include "formats/redcap_column.h"

#include "base/nearest.h"

// clang-format off
static const struct {
    const char *title;   /* of the page's download */
    const char *api;     /* of the export of metadata */
    const char *earlier; /* in earlier versions of REDCap */
    const char *reason;  /* why it is not run; NULL: it is used */
} columns[REDCAP_COLUMNS] = {
    [REDCAP_VARIABLE]   = {"Variable / Field Name", "field_name", NULL, NULL},
    [REDCAP_FORM]       = {"Form Name", "form_name", NULL, NULL},
    [REDCAP_HEADER]     = {"Section Header", "section_header", NULL, NULL},
    [REDCAP_TYPE]       = {"Field Type", "field_type", NULL, NULL},
    [REDCAP_LABEL]      = {"Field Label", "field_label", NULL, NULL},
    [REDCAP_CHOICES]    = {"Choices, Calculations, OR Slider Labels", "select_choices_or_calculations",
                           "Choices OR Calculations", "a field of this type has no choices"},
    [REDCAP_NOTE]       = {"Field Note", "field_note", NULL, "a descriptive text has no note"},
    [REDCAP_VALIDATION] = {"Text Validation Type OR Show Slider Number", "text_validation_type_or_show_slider_number",
                           "Text Validation Type", "this form of a text is not checked"},
    [REDCAP_LOWEST]     = {"Text Validation Min", "text_validation_min", NULL, "only limits of numbers are checked"},
    [REDCAP_HIGHEST]    = {"Text Validation Max", "text_validation_max", NULL, "only limits of numbers are checked"},
    [REDCAP_IDENTIFIER] = {"Identifier?", "identifier", NULL, "a descriptive text holds no answer"},
    [REDCAP_BRANCHING]  = {"Branching Logic (Show field only if...)", "branching_logic", NULL,
                           "a descriptive text is always shown"},
    [REDCAP_REQUIRED]   = {"Required Field?", "required_field", NULL, "a descriptive text holds no answer"},
    [REDCAP_ALIGNMENT]  = {"Custom Alignment", "custom_alignment", NULL, "the page has a layout of its own"},
    [REDCAP_NUMBER]     = {"Question Number (surveys only)", "question_number", NULL,
                           "the page does not number its questions"},
    [REDCAP_MATRIX]     = {"Matrix Group Name", "matrix_group_name", NULL,
                           "the fields of a matrix stand one below the other"},
    [REDCAP_RANKING]    = {"Matrix Ranking?", "matrix_ranking", NULL,
                           "that no choice is taken twice in a matrix is not checked"},
    [REDCAP_ANNOTATION] = {"Field Annotation", "field_annotation", NULL, "it is a remark"},
};
// clang-format on

const char *redcap_column_title(enum redcap_column column)
{
    return columns[column].title;
}

enum redcap_column redcap_column_of(struct text heading, struct text *nearest)
{
    struct nearest near = nearest_to(heading);
    for (size_t i = 0; i < REDCAP_COLUMNS; i++) {
        if (text_equal(heading, text_of(columns[i].title)) ||
            text_equal(heading, text_of(columns[i].api)) ||
            (columns[i].earlier != NULL &&
             text_equal(heading, text_of(columns[i].earlier))))
            return (enum redcap_column)i;
        nearest_offer(&near, text_of(columns[i].title));
        nearest_offer(&near, text_of(columns[i].api));
    }
    *nearest = near.best;
    return REDCAP_COLUMNS;
}

static const char *reason_of(const struct redcap_remark *remark)
{
    if (remark->reason != NULL)
        return remark->reason;
    bool has_tag = text_find(remark->source, '@') < remark->source.len;
    if (remark->column == REDCAP_ANNOTATION && has_tag)
        return "action tags are not run";
    return columns[remark->column].reason;
}

bool redcap_remark_add(struct odm_parts *parts, struct xml_place place,
                       const struct redcap_remark *remark, struct error *err)
{
    void *added;
    if (remark->source.len == 0)
        return true;
    if (!odm_list_add(&parts->foreign_rules, sizeof(struct odm_foreign_rule),
                      parts->study, &added, err))
        return false;
    struct odm_foreign_rule *part = added;
    part->version = parts->versions.count - 1;
    part->rule = (struct foreign_rule){.use = FOREIGN_REMARK,
                                       .owner = remark->owner,
                                       .is_of_item = remark->is_item,
                                       .reason = text_of(reason_of(remark)),
                                       .line = place.line,
                                       .column = place.column};
    part->rule.context = text_of(columns[remark->column].title);
    return odm_keep(parts, remark->source, &part->rule.source, err);
}
