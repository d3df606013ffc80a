#include "formats/plan_read.h"

#include "base/limits.h"
#include "base/number.h"
#include "formats/json_read.h"

struct reading {
    struct arena *arena;
    struct error *err;
};

/* --- parts that stand everywhere ------------------------------------------------------ */

static bool read_words(const struct reading *in, const struct json_value *value,
                       struct plan_words *out)
{
    struct json_fields fields = json_fields_of(value, in->err);
    out->en = json_field_text(&fields, "en", LIMIT_REASON);
    out->zh = json_field_text(&fields, "zh", LIMIT_REASON);
    return json_fields_done(&fields);
}

static bool take_words(const struct reading *in, struct json_fields *fields,
                       const char *name, bool is_optional, struct plan_words *out)
{
    const struct json_value *value = json_field_any(fields, name);
    if (value == NULL)
        return is_optional ||
               json_field_refuse(fields, name, "%s is missing: {en, zh}", name);
    return read_words(in, value, out);
}

typedef bool element_function(const struct reading *in, const struct json_value *value,
                              void *out);

/* An array into a list of structs of `size`. */
static bool read_list(const struct reading *in, struct json_fields *fields,
                      const char *name, size_t size, element_function *read,
                      const void **out, size_t *count)
{
    const struct json_value *array = json_field_array(fields, name, LIMIT_LIST);
    *count = 0;
    if (array == NULL)
        return false;
    char *list = arena_alloc(in->arena, arena_product(size, array->count));
    *out = list;
    for (const struct json_value *one = array->first; one != NULL; one = one->next)
        if (!read(in, one, list + size * (*count)++))
            return false;
    return true;
}

/* --- datasets ------------------------------------------------------------------------- */

static bool read_level_name(const struct reading *in, const struct json_value *value,
                            void *data)
{
    struct plan_level *out = data;
    struct json_fields fields = json_fields_of(value, in->err);
    out->name = json_field_text(&fields, "name", LIMIT_NAME);
    return take_words(in, &fields, "label", false, &out->label) &&
           json_fields_done(&fields);
}

static bool read_variable(const struct reading *in, const struct json_value *value,
                          void *data)
{
    struct plan_variable *out = data;
    struct json_fields fields = json_fields_of(value, in->err);
    out->name = json_field_text(&fields, "name", LIMIT_NAME);
    out->source = json_field_text(&fields, "is", LIMIT_ITEM_TEXT);
    out->unit = json_field_optional_text(&fields, "unit", LIMIT_NAME);
    const void *levels = NULL;
    if (!take_words(in, &fields, "label", false, &out->label) ||
        (json_field_any(&fields, "levels") != NULL &&
         !read_list(in, &fields, "levels", sizeof(struct plan_level), read_level_name,
                    &levels, &out->level_count)))
        return false;
    out->levels = levels;
    return json_fields_done(&fields);
}

static bool read_dataset(const struct reading *in, const struct json_value *value,
                         void *data)
{
    struct plan_dataset *out = data;
    struct json_fields fields = json_fields_of(value, in->err);
    const void *variables = NULL;
    out->name = json_field_text(&fields, "name", LIMIT_NAME);
    out->form = json_field_optional_text(&fields, "form", LIMIT_OID);
    out->section = json_field_optional_text(&fields, "section", LIMIT_OID);
    if (!take_words(in, &fields, "label", false, &out->label) ||
        !read_list(in, &fields, "variables", sizeof(struct plan_variable),
                   read_variable, &variables, &out->variable_count))
        return false;
    out->variables = variables;
    return json_fields_done(&fields);
}

static bool read_population(const struct reading *in, const struct json_value *value,
                            void *data)
{
    struct plan_population *out = data;
    struct json_fields fields = json_fields_of(value, in->err);
    out->name = json_field_text(&fields, "name", LIMIT_NAME);
    out->where = json_field_text(&fields, "where", LIMIT_NAME);
    return take_words(in, &fields, "label", false, &out->label) &&
           json_fields_done(&fields);
}

static bool read_choice(const struct reading *in, const struct json_value *value,
                        void *data)
{
    struct plan_choice *out = data;
    struct json_fields fields = json_fields_of(value, in->err);
    out->name = json_field_text(&fields, "name", LIMIT_NAME);
    return take_words(in, &fields, "label", false, &out->label) &&
           take_words(in, &fields, "says", false, &out->says) &&
           json_fields_done(&fields);
}

/* --- analyses ------------------------------------------------------------------------- */

static bool read_texts(const struct reading *in, const struct json_value *array,
                       struct plan_argument *out)
{
    struct text *texts = ARENA_ARRAY(in->arena, struct text, array->count);
    for (const struct json_value *one = array->first; one != NULL; one = one->next) {
        if (one->kind != JSON_TEXT)
            return json_refuse(one, in->err, "a text is expected");
        texts[out->text_count++] = one->text;
    }
    out->texts = texts;
    return true;
}

static bool read_numbers(const struct reading *in, const struct json_value *array,
                         struct plan_argument *out)
{
    double *numbers = ARENA_ARRAY(in->arena, double, array->count);
    for (const struct json_value *one = array->first; one != NULL; one = one->next)
        if (one->kind != JSON_NUMBER ||
            !number_of_text(one->text, &numbers[out->number_count++]))
            return json_refuse(one, in->err, "a number is expected");
    out->numbers = numbers;
    return true;
}

static bool read_argument(const struct reading *in, const struct json_value *value,
                          struct plan_argument *out)
{
    *out = (struct plan_argument){.name = value->key};
    if (value->kind == JSON_TEXT) {
        out->text = value->text;
        return true;
    }
    if (value->kind != JSON_ARRAY)
        return json_refuse(value, in->err,
                           "an argument is a text, or a list of texts or numbers");
    return value->first != NULL && value->first->kind == JSON_TEXT
               ? read_texts(in, value, out)
               : read_numbers(in, value, out);
}

static bool read_arguments(const struct reading *in, const struct json_value *object,
                           struct text id, const struct plan_argument **out,
                           size_t *count)
{
    if (object == NULL || object->kind != JSON_OBJECT)
        return error_set(in->err, ERROR_REFUSED, "the plan's %.*s: \"with\" is missing",
                         TEXT_ARG(id));
    struct plan_argument *list =
        ARENA_ARRAY(in->arena, struct plan_argument, object->count);
    for (const struct json_value *one = object->first; one != NULL; one = one->next)
        if (!read_argument(in, one, &list[(*count)++]))
            return false;
    *out = list;
    return true;
}

static bool read_purpose(struct json_fields *fields, enum plan_purpose *out)
{
    struct text name = json_field_text(fields, "purpose", LIMIT_NAME);
    for (size_t i = 0; i < PURPOSE_COUNT; i++)
        if (text_equal(name, text_of(plan_purpose_names[i]))) {
            *out = (enum plan_purpose)i;
            return true;
        }
    return json_field_refuse(fields, "purpose",
                             "primary, secondary, exploratory, sensitivity or "
                             "descriptive");
}

/* Half a name would leave the other language with a hole in its sentence. */
static bool take_estimated(const struct reading *in, struct json_fields *fields,
                           struct plan_analysis *out)
{
    if (json_field_any(fields, "estimated") == NULL)
        return true;
    if (!take_words(in, fields, "estimated", true, &out->estimated))
        return false;
    return (out->estimated.en.len > 0 && out->estimated.zh.len > 0) ||
           json_field_refuse(fields, "estimated",
                             "\"estimated\" is a word in both languages");
}

static bool read_analysis(const struct reading *in, const struct json_value *value,
                          void *data)
{
    struct plan_analysis *out = data;
    struct json_fields fields = json_fields_of(value, in->err);
    out->id = json_field_text(&fields, "id", LIMIT_NAME);
    out->endpoint = json_field_text(&fields, "endpoint", LIMIT_NAME);
    out->population = json_field_text(&fields, "population", LIMIT_NAME);
    out->dataset = json_field_text(&fields, "dataset", LIMIT_NAME);
    out->where = json_field_optional_text(&fields, "where", LIMIT_NAME);
    out->group = json_field_optional_text(&fields, "group", LIMIT_NAME);
    out->method = json_field_text(&fields, "method", LIMIT_NAME);
    return read_purpose(&fields, &out->purpose) &&
           take_words(in, &fields, "label", false, &out->label) &&
           take_words(in, &fields, "missing", true, &out->missing) &&
           take_estimated(in, &fields, out) &&
           read_arguments(in, json_field_any(&fields, "with"), out->id, &out->arguments,
                          &out->argument_count) &&
           json_fields_done(&fields);
}

/* --- figures -------------------------------------------------------------------------- */

/* It becomes the name of a file and of elements of a page. */
static bool is_file_name(struct text id)
{
    for (size_t i = 0; i < id.len; i++)
        if (!(id.at[i] >= 'a' && id.at[i] <= 'z') &&
            !(id.at[i] >= '0' && id.at[i] <= '9') && id.at[i] != '_')
            return false;
    return id.len > 0;
}

static bool read_figure(const struct reading *in, const struct json_value *value,
                        void *data)
{
    struct plan_figure *out = data;
    struct json_fields fields = json_fields_of(value, in->err);
    const void *levels = NULL;
    bool has_levels = json_field_any(&fields, "levels") != NULL;
    out->id = json_field_text(&fields, "id", LIMIT_NAME);
    out->kind = json_field_text(&fields, "kind", LIMIT_NAME);
    if (!is_file_name(out->id))
        return json_field_refuse(&fields, "id",
                                 "a figure's id has small letters, digits and _");
    out->analyses = json_field_optional_texts(
        &fields, "analyses", LIMIT_LIST, LIMIT_NAME, in->arena, &out->analysis_count);
    if (has_levels && !read_list(in, &fields, "levels", sizeof(struct plan_level),
                                 read_level_name, &levels, &out->level_count))
        return false;
    out->levels = levels;
    return take_words(in, &fields, "label", false, &out->label) &&
           take_words(in, &fields, "caption", false, &out->caption) &&
           take_words(in, &fields, "x", true, &out->x) &&
           take_words(in, &fields, "y", true, &out->y) &&
           read_arguments(in, json_field_any(&fields, "with"), out->id, &out->arguments,
                          &out->argument_count) &&
           json_fields_done(&fields);
}

/* --- the report ----------------------------------------------------------------------- */

static struct plan_texts take_texts(const struct reading *in,
                                    struct json_fields *fields, const char *name)
{
    struct plan_texts out = {0};
    out.list = json_field_optional_texts(fields, name, LIMIT_LIST, LIMIT_NAME,
                                         in->arena, &out.count);
    return out;
}

static bool read_section(const struct reading *in, const struct json_value *value,
                         void *data)
{
    struct plan_section *out = data;
    struct json_fields fields = json_fields_of(value, in->err);
    out->kind = json_field_text(&fields, "kind", LIMIT_NAME);
    out->endpoints = take_texts(in, &fields, "endpoints");
    out->purposes = take_texts(in, &fields, "purposes");
    out->methods = take_texts(in, &fields, "methods");
    out->analyses = take_texts(in, &fields, "analyses");
    out->figures = take_texts(in, &fields, "figures");
    return take_words(in, &fields, "label", false, &out->label) &&
           take_words(in, &fields, "caption", true, &out->caption) &&
           take_words(in, &fields, "note", true, &out->note) &&
           json_fields_done(&fields);
}

static bool read_evidence(const struct reading *in, const struct json_value *value,
                          void *data)
{
    struct plan_evidence *out = data;
    struct json_fields fields = json_fields_of(value, in->err);
    return take_words(in, &fields, "study", false, &out->study) &&
           take_words(in, &fields, "population", false, &out->population) &&
           take_words(in, &fields, "says", false, &out->says) &&
           json_fields_done(&fields);
}

static bool read_report(const struct reading *in, struct json_fields *all,
                        struct analysis_plan *plan)
{
    const struct json_value *value = json_field_any(all, "report");
    const void *endpoints = NULL, *sections = NULL, *evidence = NULL;
    if (value == NULL)
        return true;
    struct plan_report *out = ARENA_NEW(in->arena, struct plan_report);
    *out = (struct plan_report){0};
    struct json_fields fields = json_fields_of(value, in->err);
    if (!take_words(in, &fields, "title", false, &out->title) ||
        !take_words(in, &fields, "about", false, &out->about) ||
        !read_list(in, &fields, "endpoints", sizeof(struct plan_level), read_level_name,
                   &endpoints, &out->endpoint_count) ||
        !read_list(in, &fields, "sections", sizeof(struct plan_section), read_section,
                   &sections, &out->section_count) ||
        !read_list(in, &fields, "evidence", sizeof(struct plan_evidence), read_evidence,
                   &evidence, &out->evidence_count))
        return false;
    out->endpoints = endpoints;
    out->sections = sections;
    out->evidence = evidence;
    plan->report = out;
    return json_fields_done(&fields);
}

/* --- all ------------------------------------------------------------------------------ */

static bool read_level(struct json_fields *fields, double *out)
{
    const struct json_value *value = json_field_any(fields, "level");
    if (value != NULL && value->kind == JSON_NUMBER &&
        number_of_text(value->text, out) && *out > 0 && *out < 1)
        return true;
    return json_field_refuse(fields, "level", "a level is above 0 and below 1");
}

static bool read_parts(const struct reading *in, struct json_fields *fields,
                       struct analysis_plan *out)
{
    const void *choices = NULL, *datasets = NULL, *populations = NULL, *analyses = NULL,
               *figures = NULL;
    bool has_figures = json_field_any(fields, "figures") != NULL;
    bool is_read =
        read_list(in, fields, "choices", sizeof(struct plan_choice), read_choice,
                  &choices, &out->choice_count) &&
        read_list(in, fields, "datasets", sizeof(struct plan_dataset), read_dataset,
                  &datasets, &out->dataset_count) &&
        read_list(in, fields, "populations", sizeof(struct plan_population),
                  read_population, &populations, &out->population_count) &&
        read_list(in, fields, "analyses", sizeof(struct plan_analysis), read_analysis,
                  &analyses, &out->analysis_count) &&
        (!has_figures || read_list(in, fields, "figures", sizeof(struct plan_figure),
                                   read_figure, &figures, &out->figure_count));
    out->choices = choices;
    out->datasets = datasets;
    out->populations = populations;
    out->analyses = analyses;
    out->figures = figures;
    return is_read;
}

bool plan_read(struct text json, struct arena *arena, struct analysis_plan **out,
               struct error *err)
{
    const struct json_value *root = NULL;
    struct reading in = {arena, err};
    struct analysis_plan *plan = ARENA_NEW(arena, struct analysis_plan);
    if (!json_read(json, arena, &root, err))
        return false;
    struct json_fields fields = json_fields_of(root, err);
    plan->study = json_field_text(&fields, "study", LIMIT_NAME);
    plan->version = json_field_text(&fields, "version", LIMIT_NAME);
    if (!read_level(&fields, &plan->level) || !read_parts(&in, &fields, plan) ||
        !read_report(&in, &fields, plan) || !json_fields_done(&fields))
        return false;
    *out = plan;
    return true;
}
