/* osteon compliance: the statements that regulation makes of the record, the tests that
 * show each, and what the last run of the tests said. The table is
 * test/compliance/statements.txt, embedded at build time. */
#include "base/json_write.h"
#include "base/limits.h"
#include "cli/commands.h"
#include "system/file.h"

extern const unsigned char compliance_statements[];
extern const unsigned char compliance_statements_end[];

enum outcome { OUTCOME_NOT_RUN, OUTCOME_PASSED, OUTCOME_FAILED };

static const char *const outcome_words[] = {"not run here", "passed", "failed"};

struct statement {
    struct text code, basis, sentence;
    struct text below; /* the lines of its tests */
};

struct compliance {
    struct text results; /* absent: not run here */
    struct buffer out;
    struct json_writer json;
    bool is_json;
    int64_t statements, shown, failed;
};

/* --- the table ------------------------------------------------------------------------ */

static struct text cut_trimmed(struct text *rest, char end)
{
    return text_trim(text_cut(rest, end));
}

/* The next statement and its lines; false: there is none. */
static bool next_statement(struct text *rest, struct statement *out)
{
    while (rest->len > 0) {
        struct text line = text_cut(rest, '\n');
        if (line.len == 0 || line.at[0] == '#' || line.at[0] == ' ')
            continue;
        out->code = cut_trimmed(&line, '|');
        out->basis = cut_trimmed(&line, '|');
        out->sentence = text_trim(line);
        size_t len = 0;
        while (len < rest->len && rest->at[len] == ' ') {
            struct text from = text_part(*rest, len, rest->len);
            len += text_find(from, '\n') + 1;
        }
        out->below = text_part(*rest, 0, len);
        *rest = text_part(*rest, len, rest->len);
        return true;
    }
    return false;
}

/* The next line: a test, or with `is_gap` words on what is not shown. */
static bool next_line(struct text *below, struct text *line, bool *is_gap)
{
    if (below->len == 0)
        return false;
    *line = cut_trimmed(below, '\n');
    *is_gap = text_starts_with(*line, TEXT("- "));
    if (*is_gap)
        *line = text_part(*line, 2, line->len);
    return true;
}

/* "passed test/…: name" among the results. One that is not there did not pass. */
static enum outcome outcome_of(const struct compliance *compliance, struct text test)
{
    struct text rest = compliance->results;
    if (text_is_absent(rest))
        return OUTCOME_NOT_RUN;
    while (rest.len > 0) {
        struct text line = text_trim(text_cut(&rest, '\n'));
        struct text word = text_cut(&line, ' ');
        if (text_equal(line, test))
            return text_equal(word, TEXT("passed")) ? OUTCOME_PASSED : OUTCOME_FAILED;
    }
    return OUTCOME_FAILED;
}

/* Of a statement: the worst of its tests, and whether something of it has none. */
static const char *state_of(const struct compliance *compliance,
                            const struct statement *statement)
{
    struct text below = statement->below;
    struct text line;
    bool is_gap = false;
    bool has_gap = false;
    bool has_test = false;
    while (next_line(&below, &line, &is_gap)) {
        has_gap = has_gap || is_gap;
        has_test = has_test || !is_gap;
        if (!is_gap && outcome_of(compliance, line) == OUTCOME_FAILED)
            return "failed";
    }
    if (!has_test)
        return "not shown";
    if (text_is_absent(compliance->results))
        return outcome_words[OUTCOME_NOT_RUN];
    return has_gap ? "shown in part" : "shown";
}

/* --- as words, which are Markdown too --------------------------------------------------- */

static void print_statement(struct compliance *compliance,
                            const struct statement *statement, const char *state)
{
    struct buffer *out = &compliance->out;
    struct text below = statement->below;
    struct text line;
    bool is_gap = false;
    buffer_format(out, "\n## %.*s: %s\n\n%.*s (%.*s)\n\n", TEXT_ARG(statement->code),
                  state, TEXT_ARG(statement->sentence), TEXT_ARG(statement->basis));
    while (next_line(&below, &line, &is_gap)) {
        enum outcome outcome = outcome_of(compliance, line);
        if (is_gap)
            buffer_format(out, "* not shown: %.*s\n", TEXT_ARG(line));
        else if (outcome == OUTCOME_NOT_RUN)
            buffer_format(out, "* `%.*s`\n", TEXT_ARG(line));
        else
            buffer_format(out, "* %s: `%.*s`\n", outcome_words[outcome],
                          TEXT_ARG(line));
    }
}

/* --- as JSON ---------------------------------------------------------------------------- */

static void write_statement(struct compliance *compliance,
                            const struct statement *statement, const char *state)
{
    struct json_writer *json = &compliance->json;
    struct text below = statement->below;
    struct text line;
    bool is_gap = false;
    json_object(json);
    json_member_text(json, "statement", statement->code);
    json_member_text(json, "basis", statement->basis);
    json_member_text(json, "sentence", statement->sentence);
    json_member_text(json, "state", text_of(state));
    json_key(json, "tests");
    json_array(json);
    while (next_line(&below, &line, &is_gap)) {
        json_object(json);
        json_member_text(json, is_gap ? "not_shown" : "test", line);
        if (!is_gap)
            json_member_text(json, "result",
                             text_of(outcome_words[outcome_of(compliance, line)]));
        json_end(json);
    }
    json_end(json);
    json_end(json);
}

/* --- the command ------------------------------------------------------------------------ */

static void tell_all(struct compliance *compliance)
{
    struct text rest = {
        .at = (const char *)compliance_statements,
        .len = (size_t)(compliance_statements_end - compliance_statements)};
    struct statement statement;
    while (next_statement(&rest, &statement)) {
        const char *state = state_of(compliance, &statement);
        compliance->statements++;
        compliance->shown += text_equal(text_of(state), TEXT("shown"));
        compliance->failed += text_equal(text_of(state), TEXT("failed"));
        if (compliance->is_json)
            write_statement(compliance, &statement, state);
        else
            print_statement(compliance, &statement, state);
    }
}

static void print_head(struct compliance *compliance)
{
    BUFFER_LITERAL(&compliance->out,
                   "# Statements of regulation, and the tests that show each\n\n"
                   "Software alone complies with nothing: procedures, training and "
                   "certification are the site's.\n");
    if (text_is_absent(compliance->results))
        BUFFER_LITERAL(&compliance->out,
                       "The tests were not run here. `./check` runs them and leaves "
                       "their results for `osteon compliance --results "
                       "build/compliance.txt`.\n");
}

static bool read_results(struct command_context *context, struct compliance *compliance,
                         struct error *err)
{
    struct text name = command_option(context, "--results");
    return name.len == 0 || file_read(command_path(context, name), LIMIT_RESPONSE,
                                      context->arena, &compliance->results, err);
}

bool command_compliance(struct command_context *context, struct error *err)
{
    struct compliance *compliance = ARENA_NEW(context->arena, struct compliance);
    *compliance = (struct compliance){.is_json = context->is_json,
                                      .out = buffer_in(context->arena, LIMIT_RESPONSE)};
    compliance->json = json_to(&compliance->out);
    if (!read_results(context, compliance, err))
        return false;
    if (compliance->is_json)
        json_array(&compliance->json);
    else
        print_head(compliance);
    tell_all(compliance);
    struct text printed;
    if (compliance->is_json)
        json_end(&compliance->json);
    if (!buffer_text(&compliance->out, &printed, err))
        return false;
    stream_text(context->out, printed);
    if (compliance->failed > 0)
        return error_set(err, ERROR_FAILED, "%lld of %lld statements failed",
                         (long long)compliance->failed,
                         (long long)compliance->statements);
    if (!text_is_absent(compliance->results))
        stream_format(context->err, "%lld of %lld statements are shown\n",
                      (long long)compliance->shown, (long long)compliance->statements);
    return true;
}
