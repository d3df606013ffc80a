#ifndef OSTEON_CLI_EXPLAIN_SHOW_H
#define OSTEON_CLI_EXPLAIN_SHOW_H
/* How `osteon study explain` tells what it found: lines, or JSON. */
#include "actions/rule_explain.h"
#include "cli/rule_show.h"

struct explained_rule {
    size_t at;                      /* position in the list */
    struct explanation explanation; /* of the participant, where one was named */
};

struct explain_report {
    struct command_context *context;
    struct shown_rules rules;
    struct explained_rule *explained;
    size_t count;
    struct text participant; /* the number; absent: the rule alone */
    int32_t offset_minutes;  /* of the participant's site */
};

void explain_show(const struct explain_report *report);
MUST_USE bool explain_show_json(const struct explain_report *report, struct error *err);

#endif
