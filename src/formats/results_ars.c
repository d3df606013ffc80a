/* CDISC Analysis Results Standard 1.0: a reporting event. */
#include "base/json_write.h"
#include "base/number.h"
#include "formats/results_write.h"

#include <stdio.h>

static void id_of(struct json_writer *json, const char *key, const char *prefix,
                  struct text name, struct arena *arena)
{
    json_key(json, key);
    json_text(json, text_format(arena, "%s%.*s", prefix, TEXT_ARG(name)));
}

static void words(struct json_writer *json, const struct plan_words *label,
                  struct arena *arena)
{
    json_member_text(json, "label", label->en);
    json_member_text(json, "description",
                     text_format(arena, "%.*s", TEXT_ARG(label->zh)));
}

/* --- contents ------------------------------------------------------------------------- */

static void write_contents(const struct results_input *input, struct json_writer *json)
{
    json_key(json, "mainListOfContents");
    json_object(json);
    json_member_text(json, "name", TEXT("analyses"));
    json_key(json, "contentsList");
    json_object(json);
    json_key(json, "listItems");
    json_array(json);
    for (size_t i = 0; i < input->plan->analysis_count; i++) {
        json_object(json);
        json_member_integer(json, "level", 1);
        json_member_integer(json, "order", (int64_t)i + 1);
        json_member_text(json, "name", input->plan->analyses[i].label.en);
        json_member_text(json, "analysisId", input->plan->analyses[i].id);
        json_end(json);
    }
    json_end(json);
    json_end(json);
    json_end(json);
}

static void write_condition(struct json_writer *json, struct text dataset,
                            struct text variable)
{
    json_key(json, "condition");
    json_object(json);
    json_member_text(json, "dataset", dataset);
    json_member_text(json, "variable", variable);
    json_member_text(json, "comparator", TEXT("EQ"));
    json_key(json, "value");
    json_array(json);
    json_text(json, TEXT("yes"));
    json_end(json);
    json_end(json);
}

static void write_sets(const struct results_input *input, struct json_writer *json)
{
    const struct analysis_plan *plan = input->plan;
    json_key(json, "analysisSets");
    json_array(json);
    for (size_t i = 0; i < plan->population_count; i++) {
        json_object(json);
        json_member_text(json, "id", plan->populations[i].name);
        json_member_text(json, "name", plan->populations[i].name);
        words(json, &plan->populations[i].label, input->arena);
        json_member_integer(json, "level", 1);
        json_member_integer(json, "order", (int64_t)i + 1);
        write_condition(json, plan->datasets[0].name, plan->populations[i].where);
        json_end(json);
    }
    json_end(json);
}

static void write_subsets(const struct results_input *input, struct json_writer *json)
{
    int64_t order = 0;
    json_key(json, "dataSubsets");
    json_array(json);
    for (size_t i = 0; i < input->plan->analysis_count; i++) {
        const struct plan_analysis *analysis = &input->plan->analyses[i];
        if (analysis->where.len == 0)
            continue;
        json_object(json);
        id_of(json, "id", "rows.", analysis->id, input->arena);
        json_member_text(json, "name", analysis->where);
        json_member_integer(json, "level", 1);
        json_member_integer(json, "order", ++order);
        write_condition(json, analysis->dataset, analysis->where);
        json_end(json);
    }
    json_end(json);
}

static void write_groupings(const struct results_input *input, struct json_writer *json)
{
    json_key(json, "analysisGroupings");
    json_array(json);
    for (size_t i = 0; i < input->plan->analysis_count; i++) {
        const struct plan_analysis *analysis = &input->plan->analyses[i];
        if (analysis->group.len == 0)
            continue;
        json_object(json);
        id_of(json, "id", "by.", analysis->id, input->arena);
        json_member_text(json, "name", analysis->group);
        json_member_text(json, "groupingDataset", analysis->dataset);
        json_member_text(json, "groupingVariable", analysis->group);
        json_member_bool(json, "dataDriven", true);
        json_end(json);
    }
    json_end(json);
}

/* --- methods -------------------------------------------------------------------------- */

/* Every operation that a method gave in this run, once. */
static void write_operations(const struct results_input *input,
                             const struct method *method, struct json_writer *json)
{
    size_t most = 0, count = 0;
    for (size_t i = 0; i < input->plan->analysis_count; i++)
        for (size_t k = 0; k < input->results[i].part_count; k++)
            most += input->results[i].parts[k].value_count;
    struct text *seen = ARENA_ARRAY(input->arena, struct text, most);
    json_key(json, "operations");
    json_array(json);
    for (size_t i = 0; i < input->plan->analysis_count; i++) {
        if (!text_equal(input->plan->analyses[i].method, text_of(method->name)) ||
            input->results[i].part_count == 0)
            continue;
        const struct result_part *part = &input->results[i].parts[0];
        for (size_t k = 0; k < part->value_count; k++) {
            size_t at = 0;
            while (at < count && !text_equal(seen[at], part->values[k].operation))
                at++;
            if (at < count)
                continue;
            seen[count++] = part->values[k].operation;
            json_object(json);
            json_key(json, "id");
            json_text(json, text_format(input->arena, "%s.%.*s", method->name,
                                        TEXT_ARG(seen[at])));
            json_member_text(json, "name", seen[at]);
            json_member_integer(json, "order", (int64_t)count);
            json_end(json);
        }
    }
    json_end(json);
}

static void write_methods(const struct results_input *input, struct json_writer *json)
{
    json_key(json, "methods");
    json_array(json);
    for (size_t i = 0; method_at(i) != NULL; i++) {
        json_object(json);
        json_member_text(json, "id", text_of(method_at(i)->name));
        json_member_text(json, "name", text_of(method_at(i)->label));
        json_member_text(json, "description", text_of(method_at(i)->reference));
        write_operations(input, method_at(i), json);
        json_end(json);
    }
    json_end(json);
}

/* --- analyses ------------------------------------------------------------------------- */

static void write_value(const struct results_input *input,
                        const struct analysis_result *result,
                        const struct result_part *part,
                        const struct result_value *value, struct json_writer *json)
{
    char raw[NUMBER_TEXT_SIZE];
    json_object(json);
    json_key(json, "operationId");
    json_text(json,
              text_format(input->arena, "%.*s.%.*s", TEXT_ARG(result->analysis->method),
                          TEXT_ARG(value->operation)));
    if (is_estimated(value->value)) {
        json_key(json, "rawValue");
        json_text(json, (struct text){raw, number_print(value->value.value, raw)});
    } else {
        json_key(json, "formattedValue");
        json_text(json,
                  text_format(input->arena, "not estimable: %s", value->value.reason));
    }
    if (part->group.len > 0) {
        json_key(json, "resultGroups");
        json_array(json);
        json_object(json);
        id_of(json, "groupingId", "by.", result->analysis->id, input->arena);
        json_member_text(json, "groupValue", part->group);
        json_end(json);
        json_end(json);
    }
    json_end(json);
}

static struct text purpose_term(enum plan_purpose purpose)
{
    switch (purpose) {
    case PURPOSE_PRIMARY: return TEXT("PRIMARY OUTCOME MEASURE");
    case PURPOSE_SECONDARY: return TEXT("SECONDARY OUTCOME MEASURE");
    case PURPOSE_EXPLORATORY:
    case PURPOSE_SENSITIVITY:
    case PURPOSE_DESCRIPTIVE:
    case PURPOSE_COUNT: break;
    }
    return TEXT("EXPLORATORY OUTCOME MEASURE");
}

static void write_term(struct json_writer *json, const char *key, struct text term)
{
    json_key(json, key);
    json_object(json);
    json_member_text(json, "controlledTerm", term);
    json_end(json);
}

static void write_analysis(const struct results_input *input,
                           const struct analysis_result *result,
                           struct json_writer *json)
{
    const struct plan_analysis *analysis = result->analysis;
    json_object(json);
    json_member_text(json, "id", analysis->id);
    json_member_text(json, "name", analysis->label.en);
    json_member_text(json, "label", analysis->label.zh);
    if (analysis->missing.en.len > 0)
        json_member_text(json, "description", analysis->missing.en);
    write_term(json, "reason", TEXT("SPECIFIED IN SAP"));
    write_term(json, "purpose", purpose_term(analysis->purpose));
    json_member_text(json, "analysisSetId", analysis->population);
    if (analysis->where.len > 0)
        id_of(json, "dataSubsetId", "rows.", analysis->id, input->arena);
    json_member_text(json, "dataset", analysis->dataset);
    json_member_text(json, "methodId", analysis->method);
    if (analysis->group.len > 0) {
        json_key(json, "orderedGroupings");
        json_array(json);
        json_object(json);
        json_member_integer(json, "order", 1);
        id_of(json, "groupingId", "by.", analysis->id, input->arena);
        json_member_bool(json, "resultsByGroup", true);
        json_end(json);
        json_end(json);
    }
    json_key(json, "results");
    json_array(json);
    for (size_t k = 0; k < result->part_count; k++)
        for (size_t i = 0; i < result->parts[k].value_count; i++)
            write_value(input, result, &result->parts[k], &result->parts[k].values[i],
                        json);
    json_end(json);
    json_end(json);
}

void results_write_ars(const struct results_input *input, struct buffer *to)
{
    const struct analysis_plan *plan = input->plan;
    struct json_writer writer = json_to(to), *json = &writer;
    json_object(json);
    id_of(json, "id", "", plan->study, input->arena);
    json_key(json, "name");
    json_text(json, text_format(input->arena, "%.*s, analysis plan %.*s%s",
                                TEXT_ARG(plan->study), TEXT_ARG(plan->version),
                                input->is_synthetic ? ", SYNTHETIC" : ""));
    json_member_text(
        json, "description",
        text_format(
            input->arena,
            "Design %.*s. Plan SHA-256 %.*s. Data cut: event %lld, %.*s. Intervals at "
            "level %.15g.",
            TEXT_ARG(input->design), TEXT_ARG(input->plan_hash),
            (long long)input->cut_seq, TEXT_ARG(input->cut_hash), plan->level));
    write_contents(input, json);
    write_sets(input, json);
    write_subsets(input, json);
    write_groupings(input, json);
    write_methods(input, json);
    json_key(json, "analyses");
    json_array(json);
    for (size_t i = 0; i < plan->analysis_count; i++)
        write_analysis(input, &input->results[i], json);
    json_end(json);
    json_end(json);
    buffer_byte(to, '\n');
}
