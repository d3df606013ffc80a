#include "cli/commands.h"
#include "base/limits.h"

#include <string.h>

static const struct option no_options[] = {{0}};

static const struct option init_options[] = {
    {"--study", "STUDY", false,
     "io-hematology (built in), or a file: ODM 2.0 or 1.x, a REDCap project or "
     "dictionary"},
    {"--password-file", "F", false, "set the administrator's password from F; no link"},
    {0},
};

static const struct option serve_options[] = {
    {"--listen", "ADDRESS", false, "address and port; 127.0.0.1:8180 when not given"},
    {"--tls", "TLS", false,
     "off, auto (an authority of its own), or two files: CERT,KEY"},
    {"--trust", "ADDRESS", false,
     "with auto: where the plain page for tablets is, or off; port 8181 when not "
     "given"},
    {"--hl7", "ADDRESS", false,
     "also listen for HL7 v2 messages of laboratories (MLLP), such as 127.0.0.1:2575"},
    {"--hl7-tls", "TLS", false,
     "in TLS: CERT,KEY[,CLIENT-CA]; with the third file senders show a certificate"},
    {0},
};

static const struct option user_add_options[] = {
    {"--role", "ROLE", true, "PI, INV, CRC …, or with its site: RN:02"},
    {"--site", "SITE", false, "site of the roles that name none"},
    {"--full-name", "TEXT", false, "as printed beside what the user does"},
    {"--password-file", "F", false, "set the password from F; no link"},
    {"--identity", "TEXT", false,
     "how the identity was verified: may sign from today on"},
    {0},
};

static const struct option user_roles_options[] = {
    {"--role", "ROLE", true, "PI, INV, CRC …, or with its site: RN:02"},
    {"--site", "SITE", false, "site of the roles that name none"},
    {0},
};

static const struct option user_link_options[] = {
    {"--password-file", "F", false, "set the password from F; no link"},
    {0},
};

static const struct option reason_options[] = {
    {"--reason", "TEXT", false, "why, for the log"},
    {0},
};

static const struct option verify_options[] = {
    {"--checkpoint", "FILE", false, "also compare with this signed checkpoint"},
    {0},
};

static const struct option erase_options[] = {
    {"--first", "USER", false, "the first of the two who erase"},
    {"--second", "USER", false, "the second, another person"},
    {"--reason", "TEXT", false, "why; kept for good, so nothing personal in it"},
    {"--password-file", "F", true, "the password of the first, then of the second"},
    {0},
};

static const struct option study_rules_options[] = {
    {"--vectors", "VECTORS", false,
     "a folder with examples of the rules; each is tried"},
    {0},
};

static const struct option study_explain_options[] = {
    {"--participant", "NUMBER", false, "S-0001, P-0001 or H4-001"},
    {"--user", "USER", false, "who looks at the participant's answers"},
    {"--password-file", "F", false, "the password of USER"},
    {"--event", "EVENT", false, "only at this event, SE.H1"},
    {"--form", "FORM", false, "only rules of this form, F.VS"},
    {"--row", "N", false, "only this row"},
    {0},
};

static const struct option compliance_options[] = {
    {"--results", "FILE", false,
     "what the last run of the tests said, build/compliance.txt of ./check"},
    {0},
};

static const struct option study_plan_options[] = {
    {"--user", "USER", false,
     "who proposes: a statistician or the principal investigator"},
    {"--password-file", "F", false, "the password of USER"},
    {"--reason", "TEXT", false, "what it changes and why"},
    {0},
};

static const struct option study_publish_options[] = {
    {"--user", "USER", false,
     "who proposes: a data manager or the principal investigator"},
    {"--password-file", "F", false, "the password of USER"},
    {"--reason", "TEXT", false, "what it changes and why"},
    {"--approval", "NUMBER", false, "of the ethics approval, where it needs one"},
    {"--approved-on", "DATE", false, "of that approval, 2027-01-31"},
    {"--needs-consent", NULL, false, "participants have to consent again"},
    {0},
};

static const struct option export_options[] = {
    {"--out", "PATH", false, "a new file, or - for standard output"},
    {0},
};

static const struct option import_options[] = {
    {"--user", "USER", false, "who imports: a data manager"},
    {"--password-file", "F", false, "the password of USER"},
    {"--dry-run", NULL, false, "only read the files and report; nothing is written"},
    {"--format", "F", false, "odm: clinical data in ODM 1.3 or 2.0; the only one"},
    {"--site", "SITE", false,
     "of new participants whose file names no site of the study"},
    {0},
};

static const struct option export_tables_options[] = {
    {"--out", "PATH", false, "a new folder, or a new file that ends in .zip"},
    {"--as-of", "CUT", false,
     "an event's number of the log, or a time, 2026-11-22T10:00+08:00; now when not "
     "given"},
    {0},
};

static const struct option export_odm_options[] = {
    {"--out", "PATH", false, "a new file"},
    {"--transactional", NULL, false,
     "every change with its audit record, instead of what is current"},
    {"--as-of", "CUT", false,
     "an event's number of the log, or a time, 2026-11-22T10:00+08:00; now when not "
     "given"},
    {0},
};

static const struct option export_audit_options[] = {
    {"--out", "PATH", false, "a new file"},
    {"--from", "TIME", false,
     "a date or time, without an offset the site's local time"},
    {"--until", "TIME", false, "all of this day or minute counts"},
    {"--kind", "KIND", false, "of event: VALUES_SAVED, EXPORTED …"},
    {"--user", "NAME", false, "who did it"},
    {"--participant", "NUMBER", false, "S-0001, P-0001 or H4-001"},
    {"--as-of", "CUT", false,
     "an event's number of the log, or a time, 2026-11-22T10:00+08:00; now when not "
     "given"},
    {0},
};

static const struct option demo_options[] = {
    {"--participants", "N", false, "how many are enrolled; 52 when not given"},
    {"--seed", "S", false, "a whole number: the same one gives the same cohort; 1"},
    {0},
};

static const struct option analyse_options[] = {
    {"--out", "PATH", false, "a new folder"},
    {"--plan", "FILE", false, "an analysis plan; the built-in study's when not given"},
    {"--as-of", "CUT", false,
     "an event's number of the log, or a time, 2026-11-22T10:00+08:00; now when not "
     "given"},
    {"--language", "en|zh", false, "of the figures and the report; en when not given"},
    {0},
};

static const struct option stats_options[] = {
    {"--data", "FILE", false, "a file of CSV with a header"},
    {"--events", "X", false, "proportion: how many had it"},
    {"--total", "N", false, "proportion: of how many"},
    {"--null", "P", false, "the value that is tested"},
    {"--time", "COLUMN", false, "km: the time to the event or the end of follow-up"},
    {"--event", "COLUMN", false, "km: 1 event, 0 censored"},
    {"--cause", "K", false, "the number that is an event in --event; 1"},
    {"--start", "COLUMN", false,
     "when one came under observation; the beginning when not given"},
    {"--group", "COLUMN", false,
     "what is compared: km has a curve for each of its values"},
    {"--strata", "COLUMN", false,
     "what stands apart: compared within each of its values"},
    {"--rho", "R", false, "logrank: 0 when not given; 1 is Peto and Peto"},
    {"--covariates", "COLUMNS", false, "what explains, with commas: age,sex"},
    {"--cluster", "COLUMN", false, "rows that belong together, for robust errors"},
    {"--robust", NULL, false, "cox: robust errors, each row by itself"},
    {"--ties", "KIND", false, "cox: efron (when not given) or breslow"},
    {"--predict", "VALUES", false, "cox: survival at --at for age=60,sex=1"},
    {"--transform", "KIND", false,
     "cox: proportionality in km, identity, rank or log of time"},
    {"--residuals", NULL, false, "cox: of each row"},
    {"--outcome", "COLUMN", false, "what is explained"},
    {"--firth", NULL, false, "logistic: by the penalised likelihood"},
    {"--profile", NULL, false, "logistic: limits and tests by the profile"},
    {"--subject", "COLUMN", false, "whose rows belong together"},
    {"--slope", "COLUMN", false, "lmm: the variable of random slopes"},
    {"--visit", "COLUMN", false, "mmrm: the visits, in their order"},
    {"--by-visit", "COLUMNS", false, "mmrm: what acts differently at each visit"},
    {"--covariance", "KIND", false, "mmrm: un (when not given), ar1, cs or toeplitz"},
    {"--ml", NULL, false, "lmm, mmrm: maximum likelihood instead of REML"},
    {"--contrast", "VALUES", false, "lmm, mmrm: a sum of coefficients, a=1,b=-1"},
    {"--family", "KIND", false, "gee: logit (when not given) or poisson"},
    {"--exposure", "T", false,
     "rate: the time or amount that was watched; gee: its column"},
    {"--correlation", "KIND", false,
     "gee: exchangeable (when not given) or independence"},
    {"--landmark", "L", false, "km: of those still followed at L"},
    {"--at", "TIMES", false, "km: survival at these, 28,90"},
    {"--ci", "KIND", false, "km: log-log (when not given), log or plain"},
    {"--rmst", "TIMES", false, "km: mean time restricted to these"},
    {"--column", "COLUMN", false, "the numbers"},
    {"--quantiles", "P", false, "km, summary: 0.25,0.5,0.75 when not given"},
    {"--type", "K", false, "summary: how quantiles are taken, 1 to 9; 7"},
    {"--level", "L", false, "of intervals; 0.95 when not given"},
    {"--cells", "COUNTS", false, "table2x2, mantel-haenszel, mcnemar: a,b,c,d"},
    {"--x", "COLUMN", false, "the first of two columns"},
    {"--y", "COLUMN", false, "the second"},
    {"--method", "M", false,
     "rank tests: auto, exact, normal, uncorrected; adjust: one procedure"},
    {"--p", "P", false, "adjust: the p-values"},
    {"--prior", "A,B", false, "beta-binomial: the prior; 1,1"},
    {"--planned", "N", false, "beta-binomial: the total at the end"},
    {"--threshold", "P", false, "beta-binomial: what is a success; 0.95"},
    {"--boundary", "KIND", false,
     "group-sequential, simulate: how the looks share alpha"},
    {"--looks", "K", false, "group-sequential: how many, at equal distances"},
    {"--times", "T", false, "group-sequential: information fractions, 0.5,1"},
    {"--sides", "S", false, "of a test, 1 or 2; 2"},
    {"--alpha", "A", false, "of a test"},
    {"--parameter", "X", false, "group-sequential: of the boundary"},
    {"--power", "P", false, "that is wanted"},
    {"--z", "Z", false, "conditional-power: what was found"},
    {"--fraction", "T", false, "conditional-power: of the information, so far"},
    {"--drift", "D", false, "conditional-power: E Z at the end"},
    {"--critical", "Z", false, "conditional-power: the value to reach"},
    {"--rate", "P", false, "zero-events: of the rare event"},
    {"--probability", "P", false, "zero-events: to see one; 0.95"},
    {"--p0", "P", false, "plan: a proportion under the null"},
    {"--p1", "P", false, "plan: a proportion, of group 1 or the alternative"},
    {"--p2", "P", false, "plan: the proportion of group 2"},
    {"--p12", "P", false, "pairs: the part that is yes first, no second"},
    {"--p21", "P", false, "pairs: the part that is no first, yes second"},
    {"--n", "N", false, "plan: a size, whose power is found"},
    {"--n-max", "N", false, "plan: the largest size that is tried"},
    {"--ratio", "R", false, "plan: group 2 by group 1; 1"},
    {"--margin", "D", false, "margin: what may be lost"},
    {"--kind", "K", false, "margin, means, interval-width: which one"},
    {"--delta", "D", false, "means: the difference to find"},
    {"--sd", "S", false, "means, sd-limit, assurance: the standard deviation"},
    {"--prior-sd", "T", false, "assurance: how uncertain the difference is"},
    {"--hazard-ratio", "H", false, "events, simulate: group 2 by group 1"},
    {"--hazard", "L", false, "events, simulate: of group 1, in a unit of time"},
    {"--accrual", "A", false, "events, simulate: how long participants come"},
    {"--follow-up", "F", false, "events, simulate: from the last one on"},
    {"--dropout", "D", false, "events, simulate: its rate, in a unit of time"},
    {"--delay", "T", false, "simulate: how long the hazards are the same"},
    {"--total-events", "X", false,
     "simulate: when the trial ends before its follow-up"},
    {"--trials", "K", false, "simulate: how many; 10000"},
    {"--seed", "S", false, "simulate: the same one gives the same trials; 1"},
    {"--threads", "K", false,
     "simulate: as many as there are processors; any gives the same"},
    {"--cluster-size", "M", false, "design-effect: participants in a cluster"},
    {"--icc", "R", false, "design-effect: intracluster correlation"},
    {"--cv", "C", false, "design-effect: of the cluster sizes; 0"},
    {"--width", "W", false, "interval-width: of the interval"},
    {"--means", "M1,M2", false, "effect-size: of the two groups"},
    {"--sds", "S1,S2", false, "effect-size: of the two groups"},
    {"--sizes", "N1,N2", false, "effect-size: of the two groups"},
    {"--totals", "N", false, "trend: of how many in each group"},
    {"--scores", "S", false, "trend: a number for each group; 1,2,3"},
    {0},
};

#define ROLES                                                                          \
    "Roles: PI, INV, OPR, RN, CRC, LAB, IMG, ADJ, SAF, DM, MON, STAT, REG, EC, ADM, "  \
    "PAT.\nosteon permissions says what each may do."

#define STUDY_PLACES                                                                   \
    "FILE is ODM 2.0 or 1.x, a project (XML) or data dictionary (CSV) of REDCap, or "  \
    "io-hematology, the\nbuilt-in study. Of a data folder, DIR, it is the design in "  \
    "force, also while it is served."

// clang-format off
const struct command commands[] = {
    {"init", NULL, "DIR", COMMAND_OWNS_FOLDER, 1, 1, init_options,
     "make a data folder with a study and its first administrator",
     "DIR must not exist, or be empty. Prints a link with which the administrator, admin, chooses a password.\n"
     "The key of the folder is put into the key ring outside of it ($OSTEON_KEYS, or ~/.config/osteon/keys).",
     command_init, false},
    {"serve", NULL, "DIR", COMMAND_OWNS_FOLDER, 1, 1, serve_options,
     "serve the page and the API until stopped",
     "Prints the address. SIGTERM and Ctrl-C stop it after the requests under way are answered.\n"
     "Other commands on DIR work meanwhile.",
     command_serve, false},
    {"study", "check", "DIR|FILE check", COMMAND_READS_DESIGN, 2, 2, no_options,
     "check a study design and compile all its rules",
     "Each finding is one line: file, line, column, what is wrong, what to do; then the expressions of other systems,\n"
     "translated and run, or kept as text and not run. Exit status 3 when a rule does not compile or init would refuse the design.\n"
     STUDY_PLACES,
     command_study_check, false},
    {"study", "rules", "DIR|FILE rules", COMMAND_READS_DESIGN, 2, 2, study_rules_options,
     "print every rule of a study design, and try its examples",
     "Examples are files, one a form: VECTORS/SCR.txt for F.SCR, and VECTORS/EVENT.txt for events; those of the built-in\n"
     "study are studies/io-hematology/vectors. Exit status 1 when one does not hold.\n"
     STUDY_PLACES,
     command_study_rules, false},
    {"study", "explain", "DIR|FILE explain ID", COMMAND_WRITES_DESIGN, 3, 3, study_explain_options,
     "what a rule says and reads; for a participant, why, with the values it saw",
     "ID is the OID of a rule, or of an item or event: then all its rules. With --participant the rule is run on what\n"
     "is stored in DIR; USER, who may view the casebook, signs for it, and the log has the sign-in. What is in the\n"
     "identity vault is sealed.\n"
     STUDY_PLACES,
     command_study_explain, false},
    {"study", "diff", "DIR|FILE diff OTHER", COMMAND_READS_DESIGN, 3, 3, no_options,
     "what is different between two study designs",
     "OTHER is a file, or io-hematology. Each thing that was removed or added is a line; of a thing in both, each\n"
     "fact that changed with what it was before and is after.\n"
     STUDY_PLACES,
     command_study_diff, false},
    {"study", "publish", "DIR publish FILE", COMMAND_WRITES, 3, 3, study_publish_options,
     "propose a new version of a study's design",
     "FILE is ODM 2.0 of the same study with a version of its own. It is read and its rules are compiled before it is\n"
     "taken. A second person publishes it in the page, where what it changes and would newly ask is shown.",
     command_study_publish, false},
    {"study", "plan", "DIR plan FILE", COMMAND_WRITES, 3, 3, study_plan_options,
     "propose a new version of the analysis plan",
     "FILE is a plan.json of the same study with a version of its own. Its expressions are compiled under the design\n"
     "in force before it is taken. A second person publishes it in the page, where what it changes is shown.",
     command_study_plan, false},
    {"user", "add", "DIR add NAME", COMMAND_WRITES, 3, 3, user_add_options,
     "add a user; prints a one-time link for the first sign-in", ROLES, command_user_add, false},
    {"user", "list", "DIR list", COMMAND_READS, 2, 2, no_options,
     "list the users and their roles", NULL, command_user_list, false},
    {"user", "roles", "DIR roles NAME", COMMAND_WRITES, 3, 3, user_roles_options,
     "give a user other roles and end the user's sign-ins", ROLES, command_user_roles, false},
    {"user", "link", "DIR link NAME", COMMAND_WRITES, 3, 3, user_link_options,
     "print a new one-time link for a user who has no password yet", NULL, command_user_link, false},
    {"user", "reset", "DIR reset NAME", COMMAND_WRITES, 3, 3, user_link_options,
     "void a user's password; prints a one-time link for a new one", NULL, command_user_reset, false},
    {"user", "disable", "DIR disable NAME", COMMAND_WRITES, 3, 3, reason_options,
     "disable a user and end the user's sign-ins", NULL, command_user_disable, false},
    {"user", "enable", "DIR enable NAME", COMMAND_WRITES, 3, 3, reason_options,
     "enable a disabled user", NULL, command_user_enable, false},
    {"demo", "links", "DIR links", COMMAND_WRITES, 2, 2, no_options,
     "print a one-time link for each role of a demo", NULL, command_demo_links, false},
    {"demo", NULL, "DIR", COMMAND_OWNS_FOLDER, 1, 1, demo_options,
     "make a data folder with a SYNTHETIC cohort",
     "DIR must not exist, or be empty. No real person, no real result: every screen and every export says so.\n"
     "The folder has a clock of its own, which begins on 2027-10-20 at 08:00, China time. Prints a link for each role.",
     command_demo, false},
    {"permissions", NULL, "", COMMAND_NEEDS_NONE, 0, 0, no_options,
     "print who may do what: act, role, scope", NULL, command_permissions, false},
    {"verify", NULL, "DIR", COMMAND_READS, 1, 1, verify_options,
     "recompute the log's chain, rebuild the tables from it and compare",
     "Exit status 1 when something does not hold; each finding is named.",
     command_verify, true},
    {"checkpoint", NULL, "DIR", COMMAND_WRITES, 1, 1, no_options,
     "print the head of the log's chain, signed",
     "Keep it where nobody who can write to DIR can change it: verify --checkpoint then finds an older\n"
     "database put in the place of this one.",
     command_checkpoint, false},
    {"backup", NULL, "DIR FILE", COMMAND_WRITES, 2, 2, no_options,
     "copy the study into one file, also while it is served",
     "The key is not in the file. Keep a copy of the key ring too, apart.",
     command_backup, false},
    {"restore", NULL, "FILE NEW-DIR", COMMAND_OWNS_FOLDER, 2, 2, no_options,
     "make a new folder from a back-up", NULL, command_restore, false},
    {"import", NULL, "DIR FILE…", COMMAND_WRITES, 2, 1 + LIMIT_IMPORT_FILES, import_options,
     "import clinical data that another system wrote: all or nothing",
     "FILE is ODM 1.3 or 2.0 with ClinicalData. What the design does not have is refused, each OID named once; what does\n"
     "not fit its item is kept as it stands, and said. DIR may be served meanwhile. The same file again adds nothing.",
     command_import, false},
    {"export", "log", "DIR log", COMMAND_READS, 2, 2, export_options,
     "write the audit trail as JSON lines, without clinical values", NULL, command_export_log, false},
    {"export", "audit", "DIR audit", COMMAND_WRITES, 2, 2, export_audit_options,
     "write the audit trail as one table (CSV), without clinical values",
     "All of it, or what the options say. The last row, END, has counts and the SHA-256 of all before it.",
     command_export_audit, false},
    {"export", "csv", "DIR csv", COMMAND_WRITES, 2, 2, export_tables_options,
     "write the data as tables, with codebook and scripts that load them",
     "One CSV file a section of the design, pseudonymised, at one data cut; for the same cut the same bytes.\n"
     "With them codebook.csv, codes.csv, load.R, load.py, README.txt and SHA256SUMS. The log has who exported what.",
     command_export_csv, false},
    {"export", "odm", "DIR odm", COMMAND_WRITES, 2, 2, export_odm_options,
     "write the design and the data as CDISC ODM 2.0",
     "Pseudonymised, at one data cut. A comment behind the last element has counts and the SHA-256 of all before it.",
     command_export_odm, false},
    {"export", "odm1", "DIR odm1", COMMAND_WRITES, 2, 2, export_odm_options,
     "the same as CDISC ODM 1.3.2", NULL, command_export_odm1, false},
    {"analyse", NULL, "DIR", COMMAND_WRITES, 1, 1, analyse_options,
     "run the analysis plan at one data cut: results, derived datasets, figures, report",
     "PATH is a new folder: results.json (CDISC ARS), results.csv (a row a number), a table of each derived dataset,\n"
     "each row with where it stands in the record, figures/ as SVG, PDF, PNG and the numbers they are drawn from,\n"
     "report.html and report.pdf. For the same cut the same bytes. The log has who ran which plan.",
     command_analyse, false},
    {"erase", NULL, "DIR PARTICIPANT", COMMAND_WRITES, 2, 2, erase_options,
     "destroy a participant's key and data; two people do it together",
     "PARTICIPANT is a number: S-0001, P-0001 or H4-001. The two are a data manager and a principal investigator.\n"
     "The log still verifies and says 'erased'. Back-ups made before hold the data until they are destroyed.",
     command_erase, false},
    {"doctor", NULL, "DIR", COMMAND_READS, 1, 1, no_options,
     "look at folder, key, disk, clock and libraries: ok, or what to do", NULL, command_doctor, true},
    {"stats", NULL, "METHOD", COMMAND_NEEDS_NONE, 1, 2, stats_options,
     "a statistical method on numbers or a file of CSV; prints one JSON object",
     "osteon stats help lists the methods; osteon stats help METHOD has its results, formula and reference.\n"
     "Numbers have 17 digits; what cannot be estimated is in not_estimable, with the reason.",
     command_stats, false},
    {"plan", NULL, "METHOD", COMMAND_NEEDS_NONE, 1, 2, stats_options,
     "the size or power of a trial to come; prints one JSON object",
     "osteon plan help lists the methods; osteon plan help METHOD has its results, formula and reference.\n"
     "n_exact is the solution itself, n1, n2 and n_total whole participants.",
     command_stats, false},
    {"compliance", NULL, "", COMMAND_NEEDS_NONE, 0, 0, compliance_options,
     "print the statements of regulation and the tests that show each", NULL, command_compliance, true},
    {"openapi", NULL, "", COMMAND_NEEDS_NONE, 0, 0, no_options,
     "print the HTTP API as OpenAPI 3.1", NULL, command_openapi, false},
    {"help", NULL, "[COMMAND]", COMMAND_NEEDS_NONE, 0, 1, no_options,
     "list the commands, or say how to use one", NULL, command_help, false},
    {"version", NULL, "", COMMAND_NEEDS_NONE, 0, 0, no_options,
     "print the version of the program", NULL, command_version, false},
};
// clang-format on

const size_t command_count = ARRAY_COUNT(commands);

enum { ROWS_OF_A_NAME = 16, NAMES = 64 };

static bool unknown_command(struct text name, struct error *err)
{
    const char *names[NAMES];
    size_t count = 0;
    for (size_t i = 0; i < command_count && count < NAMES; i++)
        names[count++] = commands[i].name;
    error_set(err, ERROR_USAGE, "there is no command %.*s", TEXT_ARG(name));
    const char *nearest = nearest_name(name, names, count);
    if (nearest != NULL)
        return error_hint(err, "did you mean osteon %s?", nearest);
    return error_hint(err, "osteon help lists the commands");
}

static bool unknown_verb(const struct command *const *rows, size_t count,
                         struct text verb, struct error *err)
{
    const char *names[ROWS_OF_A_NAME];
    for (size_t i = 0; i < count; i++)
        names[i] = rows[i]->verb;
    const char *name = rows[0]->name;
    if (text_is_absent(verb))
        error_set(err, ERROR_USAGE, "osteon %s needs a folder and what to do", name);
    else
        error_set(err, ERROR_USAGE, "osteon %s DIR cannot %.*s", name, TEXT_ARG(verb));
    const char *nearest = nearest_name(verb, names, count);
    if (nearest != NULL)
        return error_hint(err, "did you mean %s?", nearest);
    return error_hint(err, "osteon help %s lists what it can", name);
}

/* Options were sorted with the tables of all rows of the name: this row's own are left,
 * and --json and --help which stand everywhere. */
static bool options_belong(const struct command *command,
                           const struct arguments *arguments, struct error *err)
{
    for (size_t i = 0; i < arguments->given_count; i++) {
        const struct option *given = arguments->given[i].option;
        bool is_known =
            strcmp(given->name, "--json") == 0 || strcmp(given->name, "--help") == 0;
        for (const struct option *row = command->options; row->name != NULL; row++)
            is_known = is_known || strcmp(row->name, given->name) == 0;
        if (!is_known)
            return error_set(err, ERROR_USAGE, "osteon %s%s%s takes no %s",
                             command->name, command->verb == NULL ? "" : " DIR ",
                             command->verb == NULL ? "" : command->verb, given->name);
    }
    return true;
}

static bool places_fit(const struct command *command, const struct arguments *arguments,
                       struct error *err)
{
    if (arguments_has(arguments, "--help"))
        return true;
    if (arguments->place_count < command->minimum_places) {
        error_set(err, ERROR_USAGE, "something is missing behind osteon %s",
                  command->name);
        return error_hint(err, "osteon %s %s", command->name, command->usage);
    }
    if (arguments->place_count > command->maximum_places) {
        struct text extra = arguments->places[command->maximum_places];
        error_set(err, ERROR_USAGE, "osteon %s does not know what to do with %.*s",
                  command->name, TEXT_ARG(extra));
        return error_hint(err, "osteon %s %s", command->name, command->usage);
    }
    return true;
}

static const struct command *row_of_verb(const struct command *const *rows,
                                         size_t count, struct text verb)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i]->verb == NULL || text_equal(text_of(rows[i]->verb), verb))
            return rows[i];
    return NULL;
}

static const struct option everywhere[] = {
    {"--json", NULL, false, "JSON instead of a table"},
    {"--help", NULL, false, "how to use this command"},
    {0},
};

bool command_choose(const struct text *words, size_t count, struct arena *arena,
                    const struct command **command, struct arguments *arguments,
                    struct error *err)
{
    struct text name = count == 0 ? TEXT("help") : words[0];
    if (text_equal(name, TEXT("--help")) || text_equal(name, TEXT("-h")))
        name = TEXT("help");
    if (text_equal(name, TEXT("--version")))
        name = TEXT("version");
    const struct command *rows[ROWS_OF_A_NAME];
    const struct option *tables[ROWS_OF_A_NAME + 1];
    size_t row_count = 0;
    for (size_t i = 0; i < command_count && row_count < ROWS_OF_A_NAME; i++)
        if (text_equal(text_of(commands[i].name), name))
            rows[row_count++] = &commands[i];
    if (row_count == 0)
        return unknown_command(name, err);
    for (size_t i = 0; i < row_count; i++)
        tables[i] = rows[i]->options;
    tables[row_count] = everywhere;
    size_t skipped = count == 0 ? 0 : 1;
    if (!arguments_parse(words + skipped, count - skipped, tables, row_count + 1, arena,
                         arguments, err))
        return false;
    struct text verb = arguments_place(arguments, 1);
    *command = row_of_verb(rows, row_count, verb);
    if (*command == NULL && arguments_has(arguments, "--help"))
        *command = rows[0];
    if (*command == NULL)
        return unknown_verb(rows, row_count, verb, err);
    return options_belong(*command, arguments, err) &&
           places_fit(*command, arguments, err);
}
