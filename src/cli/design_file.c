#include "cli/design_file.h"

#include "actions/study.h"
#include "base/limits.h"
#include "model/builtin_study.h"
#include "store/reads.h"
#include "system/file.h"

bool design_is_builtin(struct text name)
{
    return text_is_absent(name) || text_equal(name, TEXT("io-hematology"));
}

static bool read_xml(struct command_context *context, struct design_file *file,
                     struct error *err)
{
    if (design_is_builtin(file->name)) {
        file->name = TEXT("io-hematology");
        file->xml = (struct text){.at = (const char *)builtin_study,
                                  .len = (uintptr_t)builtin_study_end -
                                         (uintptr_t)builtin_study};
        return true;
    }
    if (file_read(command_path(context, file->name), LIMIT_DESIGN_BYTES, context->arena,
                  &file->xml, err))
        return true;
    if (err->code == ERROR_NOT_FOUND)
        error_hint(err, "a study is io-hematology, the built-in one, a file of ODM 2.0 "
                        "or 1.3.2, or a REDCap data dictionary");
    return false;
}

/* The document as it was published: its findings have their lines. */
static bool read_folder(struct command_context *context, struct design_file *file,
                        struct error *err)
{
    struct stored_design *stored = NULL;
    struct store *store = study_store(context->study);
    struct db *db = store_reader(store);
    bool is_read = design_current(db, context->arena, &stored, err);
    store_reader_return(store, db);
    if (is_read && stored == NULL)
        is_read = error_set(err, ERROR_DAMAGED, "the folder has no design");
    if (is_read)
        file->xml = stored->xml;
    return is_read;
}

static bool read_design(struct command_context *context, struct design_file *file,
                        struct error *err)
{
    return odm_design_read(file->xml, context->arena, &file->design, &file->findings,
                           err);
}

bool design_file_read(struct command_context *context, struct text name,
                      struct design_file **out, struct error *err)
{
    struct design_file *file = ARENA_NEW(context->arena, struct design_file);
    file->name = name;
    *out = file;
    return read_xml(context, file, err) && read_design(context, file, err);
}

bool design_file_of_command(struct command_context *context, struct design_file **out,
                            struct error *err)
{
    struct text name = arguments_place(context->arguments, 0);
    if (context->study == NULL)
        return design_file_read(context, name, out, err);
    struct design_file *file = ARENA_NEW(context->arena, struct design_file);
    file->name = name;
    *out = file;
    return read_folder(context, file, err) && read_design(context, file, err);
}

void design_file_show_findings(const struct design_file *file, struct stream *stream)
{
    const struct odm_findings *findings = &file->findings;
    for (size_t i = 0; i < findings->kept_count; i++) {
        const struct odm_finding *finding = &findings->kept[i];
        stream_format(stream, "%.*s:%zu:%zu: %s: %.*s%s%.*s\n", TEXT_ARG(file->name),
                      finding->line, finding->column,
                      finding->severity == ODM_ERROR ? "error" : "warning",
                      TEXT_ARG(finding->sentence), finding->hint.len > 0 ? "; " : "",
                      TEXT_ARG(finding->hint));
    }
    if (findings->total > findings->kept_count)
        stream_format(stream, "%.*s: %zu more\n", TEXT_ARG(file->name),
                      findings->total - findings->kept_count);
}

size_t design_file_rules_run(const struct design *design)
{
    size_t count = 0;
    for (size_t i = 0; i < design->foreign_rule_count; i++)
        count += !text_is_absent(design->foreign_rules[i].translation);
    return count;
}

void design_file_show_foreign_rules(const struct design_file *file,
                                    struct stream *stream)
{
    for (size_t i = 0; i < file->design->foreign_rule_count; i++) {
        const struct foreign_rule *rule = &file->design->foreign_rules[i];
        bool has_context = rule->context.len > 0;
        bool is_run = !text_is_absent(rule->translation);
        stream_format(stream, "%.*s:%zu:%zu: %s: %s %.*s%s%.*s: %.*s; %s%.*s\n",
                      TEXT_ARG(file->name), rule->line, rule->column,
                      is_run ? "translated" : "not run", foreign_use_name(rule->use),
                      TEXT_ARG(rule->owner), has_context ? ", " : "",
                      TEXT_ARG(rule->context), TEXT_ARG(rule->source),
                      is_run ? "run as " : "",
                      TEXT_ARG(is_run ? rule->translation : rule->reason));
    }
}
