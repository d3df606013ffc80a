#ifndef OSTEON_CLI_RULE_SHOW_H
#define OSTEON_CLI_RULE_SHOW_H
/* How commands show a rule of a design. */
#include "base/json_write.h"
#include "cli/command.h"
#include "cli/design_file.h"
#include "model/rule_list.h"

/* "derives", "shows", "checks" */
const char *rule_kind_word(enum rule_kind kind);

/* A design ready to run, and its rules. */
struct shown_rules {
    const struct rulebook *rulebook;
    struct rule_list list; /* none: the design has no rules */
};

/* In the command's arena. ERROR_REFUSED names the first rule that does not compile. */
MUST_USE bool shown_rules_make(struct command_context *context,
                               const struct design *design, struct shown_rules *out,
                               struct error *err);

/* OID of the form in which the rule is evaluated; absent for an event without one. */
struct text shown_rule_form(const struct shown_rules *rules, size_t at);

/* "CK001  hard check at I.SCR.SCRRES of F.SCR", its words and its expression. */
void rule_show(struct stream *out, const struct shown_rules *rules, size_t at);
/* The same as members of an open object. */
void rule_members(struct json_writer *json, const struct shown_rules *rules, size_t at);

#endif
