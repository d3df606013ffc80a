#include "support/ecrf.h"
#include "support/unit.h"

#include "model/permission.h"

#include <stdio.h>
#include <string.h>

/* The matrix of the specification: member "roles" of ecrf.json. */
static int open_matrix(void **state)
{
    struct json_object *document = ecrf_open();
    *state = document;
    return document == NULL;
}

static int close_matrix(void **state)
{
    json_object_put(*state);
    return 0;
}

static struct json_object *roles_of(void **state)
{
    return ecrf_member(*state, "roles");
}

static void names_the_sixteen_roles_in_the_order_of_the_specification(void **state)
{
    struct json_object *names = ecrf_member(roles_of(state), "roles");
    assert_int_equal(json_object_array_length(names), ROLE_COUNT);
    for (size_t i = 0; i < ROLE_COUNT; i++) {
        const char *name = json_object_get_string(json_object_array_get_idx(names, i));
        ASSERT_TEXT(role_code((enum role)i), name);
        enum role role;
        assert_true(role_parse(text_of(name), &role));
        assert_int_equal(role, i);
    }
}

static void says_what_each_role_is_in_both_languages(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROLE_COUNT; i++) {
        struct label label = role_label((enum role)i);
        struct label sentence = role_sentence((enum role)i);
        assert_true(label.english.len > 0 && label.chinese.len > 0);
        assert_true(sentence.english.len > 0 && sentence.chinese.len > 0);
    }
    enum role role;
    assert_false(role_parse(TEXT("pi"), &role));
    assert_false(role_parse(TEXT(""), &role));
}

static void names_the_acts_in_the_groups_and_order_of_the_specification(void **state)
{
    struct json_object *groups = ecrf_member(roles_of(state), "permission_groups");
    size_t permission = 0;
    json_object_object_foreach(groups, group, acts)
    {
        size_t count = json_object_array_length(acts);
        for (size_t i = 0; i < count; i++, permission++) {
            const char *name =
                json_object_get_string(json_object_array_get_idx(acts, i));
            assert_true(permission < PERMISSION_COUNT);
            ASSERT_TEXT(permission_name((enum permission)permission), name);
            ASSERT_TEXT(permission_group((enum permission)permission).english, group);
            enum permission parsed;
            assert_true(permission_parse(text_of(name), &parsed));
            assert_int_equal(parsed, permission);
        }
    }
    assert_int_equal(permission, PERMISSION_COUNT);
}

static void names_every_act_in_both_languages(void **state)
{
    (void)state;
    for (int p = 0; p < (int)PERMISSION_COUNT; p++) {
        struct label label = permission_label((enum permission)p);
        struct label group = permission_group((enum permission)p);
        assert_true(label.english.len > 0 && label.chinese.len > 0);
        assert_true(group.english.len > 0 && group.chinese.len > 0);
    }
}

/* The scope letter that ecrf.json gives, '.' for a blank cell. */
static char letter_of(struct json_object *row, enum role role)
{
    struct json_object *cell = NULL;
    if (!json_object_object_get_ex(row, role_code(role).at, &cell))
        return '.';
    return json_object_get_string(cell)[0];
}

static void agrees_with_every_cell_of_the_specification(void **state)
{
    struct json_object *rows = ecrf_member(roles_of(state), "permissions");
    assert_int_equal(json_object_object_length(rows), PERMISSION_COUNT);
    int cells = 0;
    for (int p = 0; p < (int)PERMISSION_COUNT; p++) {
        struct text name = permission_name((enum permission)p);
        struct json_object *row = ecrf_member(rows, name.at);
        for (int r = 0; r < (int)ROLE_COUNT; r++, cells++) {
            enum permission_scope scope =
                permission_scope((enum permission)p, (enum role)r);
            if (permission_scope_letter(scope) != letter_of(row, (enum role)r))
                fail_msg("%s × %s", name.at, role_code((enum role)r).at);
        }
    }
    assert_int_equal(cells, 101 * 16);
}

/* The scopes of specification 8.1, written out apart from the code under test. */
static bool expected_answer(char letter, bool is_own_site, bool is_assigned)
{
    if (letter == 'a')
        return true;
    if (letter == 's')
        return is_own_site;
    return letter == 't' && is_assigned;
}

static void answers_for_own_and_other_site_as_the_specification_says(void **state)
{
    struct json_object *rows = ecrf_member(roles_of(state), "permissions");
    int answers = 0;
    int yes = 0;
    for (int p = 0; p < (int)PERMISSION_COUNT; p++)
        for (int r = 0; r < (int)ROLE_COUNT; r++)
            for (int c = 0; c < 4; c++) {
                bool is_own = (c & 1) != 0;
                bool is_assigned = (c & 2) != 0;
                struct grant grant = {.role = (enum role)r, .site = TEXT("01")};
                struct text site = is_own ? TEXT("01") : TEXT("02");
                struct json_object *row =
                    ecrf_member(rows, permission_name((enum permission)p).at);
                bool expected =
                    expected_answer(letter_of(row, grant.role), is_own, is_assigned);
                bool answer =
                    permission_allows(&grant, 1, (enum permission)p, site, is_assigned);
                assert_int_equal(answer, expected);
                answers++;
                yes += answer;
            }
    assert_int_equal(answers, 2 * 3232);
    assert_true(yes > 0 && yes < answers);
}

/* --- the table that people read ---------------------------------------------------- */

/* "| view casebook … | s | a |  |" cut into its cells, without the white space. False: not
 * a row with one cell a role. */
static bool cut_row(char *line, struct text *name, char cells[ROLE_COUNT])
{
    struct text rest = text_of(line);
    (void)text_cut(&rest, '|');
    *name = text_trim(text_cut(&rest, '|'));
    for (int role = 0; role < ROLE_COUNT; role++) {
        struct text cell = text_trim(text_cut(&rest, '|'));
        if (text_is_absent(rest) || cell.len > 1)
            return false;
        cells[role] = cell.len == 0 ? '.' : cell.at[0];
    }
    return text_trim(rest).len == 0;
}

static void agrees_with_every_cell_of_the_table_that_people_read(void **state)
{
    (void)state;
    FILE *file = fopen("../shared/protocol/specification.md", "r");
    char line[4096];
    bool is_here = false;
    int rows = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        char cells[ROLE_COUNT];
        struct text name;
        enum permission permission;
        if (line[0] == '#')
            is_here = strstr(line, "8.1 Permissions") != NULL;
        if (!is_here || line[0] != '|' || !cut_row(line, &name, cells))
            continue;
        if (!permission_parse(name, &permission))
            fail_msg("the program does not know: %.*s", TEXT_ARG(name));
        for (int role = 0; role < ROLE_COUNT; role++)
            if (permission_scope_letter(
                    permission_scope(permission, (enum role)role)) != cells[role])
                fail_msg("%.*s × %.*s", TEXT_ARG(name),
                         TEXT_ARG(role_code((enum role)role)));
        rows++;
    }
    fclose(file);
    assert_int_equal(rows, PERMISSION_COUNT);
}

static void wants_scope_a_for_an_act_that_belongs_to_no_site(void **state)
{
    (void)state;
    struct text no_site = {0};
    struct grant pi = {ROLE_PI, TEXT("01")};
    struct grant crc = {ROLE_CRC, TEXT("01")};
    struct grant siteless_crc = {.role = ROLE_CRC};
    assert_true(permission_allows(&pi, 1, PERMISSION_VERIFY_LOG, no_site, false));
    assert_false(permission_allows(&crc, 1, PERMISSION_ENTER_SCR, no_site, false));
    /* Neither has a site; that is not the same site. */
    assert_false(
        permission_allows(&siteless_crc, 1, PERMISSION_ENTER_SCR, no_site, false));
    assert_false(
        permission_allows(&siteless_crc, 1, PERMISSION_ENTER_SCR, TEXT("01"), false));
}

static void adds_up_several_roles_and_sites_of_one_user(void **state)
{
    (void)state;
    struct grant grants[] = {{ROLE_RN, TEXT("01")}, {ROLE_CRC, TEXT("02")}};
    assert_true(permission_allows(grants, 2, PERMISSION_RUN_TIMER, TEXT("01"), false));
    assert_false(permission_allows(grants, 2, PERMISSION_RUN_TIMER, TEXT("02"), false));
    assert_true(permission_allows(grants, 2, PERMISSION_ENTER_SCR, TEXT("02"), false));
    assert_false(permission_allows(grants, 2, PERMISSION_ENTER_SCR, TEXT("01"), false));
    assert_false(permission_allows(grants, 0, PERMISSION_ENTER_SCR, TEXT("01"), true));
}

static void lets_nobody_export_identified_data(void **state)
{
    (void)state;
    for (int r = 0; r < (int)ROLE_COUNT; r++)
        assert_int_equal(permission_scope(PERMISSION_EXPORT_IDENTIFIED, (enum role)r),
                         PERMISSION_SCOPE_NONE);
}

static void knows_the_right_to_enter_each_of_the_study_s_forms(void **state)
{
    struct json_object *forms = ecrf_member(*state, "forms");
    size_t count = json_object_array_length(forms);
    assert_int_equal(count, 25);
    for (size_t i = 0; i < count; i++) {
        struct text oid = ecrf_text(json_object_array_get_idx(forms, i), "oid");
        enum permission permission;
        assert_true(permission_to_enter(oid, &permission));
        /* "F.SCR" is entered by "enter SCR…" */
        char start[40];
        snprintf(start, sizeof start, "enter %s", oid.at + 2);
        assert_true(text_starts_with(permission_name(permission), text_of(start)));
        char after = permission_name(permission).at[strlen(start)];
        assert_true(after == '\0' || after == ' ');
    }
    enum permission permission;
    assert_false(permission_to_enter(TEXT("F.NEW"), &permission));
}

/* --- two persons ------------------------------------------------------------------ */

static uint32_t set_of(const char *roles)
{
    /* "PI or INV or CRC" */
    uint32_t set = 0;
    struct text rest = text_of(roles);
    while (!text_is_absent(rest)) {
        struct text word = text_cut(&rest, ' ');
        enum role role;
        if (role_parse(word, &role))
            set |= UINT32_C(1) << role;
    }
    return set;
}

static void asks_for_the_two_persons_that_the_specification_names(void **state)
{
    struct json_object *rules = ecrf_member(roles_of(state), "two_person");
    assert_int_equal(json_object_object_length(rules), two_person_rule_count);
    json_object_object_foreach(rules, name, pair)
    {
        enum permission permission;
        assert_true(permission_parse(text_of(name), &permission));
        const struct two_person_rule *rule = permission_two_person_rule(permission);
        assert_non_null(rule);
        const char *first = json_object_get_string(json_object_array_get_idx(pair, 0));
        const char *second = json_object_get_string(json_object_array_get_idx(pair, 1));
        assert_int_equal(rule->first, set_of(first));
        assert_int_equal(rule->second, set_of(second));
    }
    assert_null(permission_two_person_rule(PERMISSION_ENTER_SCR));
}

static void lists_each_act_of_two_persons_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < two_person_rule_count; i++)
        assert_ptr_equal(permission_two_person_rule(two_person_rules[i].permission),
                         &two_person_rules[i]);
}

static bool pair(enum permission permission, enum role one, enum role other)
{
    struct grant first = {one, TEXT("01")};
    struct grant second = {other, TEXT("01")};
    return permission_pair_allows(permission_two_person_rule(permission), &first, 1,
                                  &second, 1, TEXT("01"));
}

static void takes_one_person_of_each_named_role_in_any_order(void **state)
{
    (void)state;
    assert_true(pair(PERMISSION_LOCK, ROLE_DM, ROLE_PI));
    assert_true(pair(PERMISSION_LOCK, ROLE_PI, ROLE_DM));
    assert_false(pair(PERMISSION_LOCK, ROLE_PI, ROLE_PI));
    assert_false(pair(PERMISSION_LOCK, ROLE_DM, ROLE_DM));
    assert_false(pair(PERMISSION_LOCK, ROLE_DM, ROLE_ADM));
}

static void takes_any_two_of_investigators_and_coordinators_to_attach(void **state)
{
    (void)state;
    assert_true(pair(PERMISSION_ATTACH_PROVISIONAL, ROLE_CRC, ROLE_CRC));
    assert_true(pair(PERMISSION_ATTACH_PROVISIONAL, ROLE_INV, ROLE_PI));
    assert_false(pair(PERMISSION_ATTACH_PROVISIONAL, ROLE_CRC, ROLE_RN));
}

static void wants_both_persons_at_the_site_of_the_record(void **state)
{
    (void)state;
    const struct two_person_rule *rule =
        permission_two_person_rule(PERMISSION_ATTACH_PROVISIONAL);
    struct grant here = {ROLE_CRC, TEXT("01")};
    struct grant elsewhere = {ROLE_INV, TEXT("02")};
    assert_false(permission_pair_allows(rule, &here, 1, &elsewhere, 1, TEXT("01")));
    assert_false(permission_pair_allows(rule, &here, 1, &elsewhere, 1, TEXT("02")));
}

/* --- roles held together ---------------------------------------------------------- */

static void lets_administrator_monitor_ethics_and_participant_hold_one_role(
    void **state)
{
    (void)state;
    const enum role alone[] = {ROLE_ADM, ROLE_MON, ROLE_EC, ROLE_PAT};
    for (size_t i = 0; i < ARRAY_COUNT(alone); i++)
        for (int r = 0; r < (int)ROLE_COUNT; r++) {
            struct grant grants[] = {{(enum role)r, TEXT("01")},
                                     {alone[i], TEXT("01")}};
            struct error err;
            bool is_same_role = grants[0].role == grants[1].role;
            assert_int_equal(grants_check(grants, 2, &err), is_same_role);
            if (!is_same_role)
                assert_int_equal(err.code, ERROR_REFUSED);
        }
}

static void lets_other_roles_be_held_together(void **state)
{
    (void)state;
    struct grant grants[] = {{ROLE_PI, TEXT("01")},
                             {ROLE_OPR, TEXT("01")},
                             {ROLE_CRC, TEXT("02")},
                             {ROLE_DM, {0}}};
    struct error err;
    ASSERT_OK(grants_check(grants, ARRAY_COUNT(grants), &err), &err);
    struct grant two_sites[] = {{ROLE_MON, TEXT("01")}, {ROLE_MON, TEXT("02")}};
    ASSERT_OK(grants_check(two_sites, 2, &err), &err);
}

static void wants_a_user_to_have_a_role(void **state)
{
    (void)state;
    struct error err;
    ASSERT_ERROR(grants_check(NULL, 0, &err), &err, ERROR_REFUSED);
}

/* ICH E6(R3): the investigator keeps control of the site's data. What of a participant is
 * entered, and who the participant is, nobody outside of the site has a hand in; the safety
 * physician's review is an opinion beside it. */
static void what_a_site_enters_and_whom_it_knows_is_the_sites_alone(void **state)
{
    (void)state;
    size_t checked = 0;
    for (int i = 0; i < PERMISSION_COUNT; i++) {
        enum permission permission = (enum permission)i;
        bool is_entry =
            text_equal(permission_group(permission).english, TEXT("Enter")) &&
            permission != PERMISSION_REVIEW_SAFETY;
        if (!is_entry && permission != PERMISSION_VIEW_VAULT &&
            permission != PERMISSION_ENTER_VAULT)
            continue;
        for (int role = ROLE_SAF; role <= ROLE_ADM; role++)
            assert_int_equal(permission_scope(permission, (enum role)role),
                             PERMISSION_SCOPE_NONE);
        checked++;
    }
    assert_true(checked > 30);
    assert_int_equal(permission_scope(PERMISSION_EXPORT_ODM, ROLE_PI),
                     PERMISSION_SCOPE_OWN_SITE);
    assert_int_equal(permission_scope(PERMISSION_EXPORT_HISTORY, ROLE_PI),
                     PERMISSION_SCOPE_OWN_SITE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_the_sixteen_roles_in_the_order_of_the_specification),
        cmocka_unit_test(says_what_each_role_is_in_both_languages),
        cmocka_unit_test(names_the_acts_in_the_groups_and_order_of_the_specification),
        cmocka_unit_test(names_every_act_in_both_languages),
        cmocka_unit_test(agrees_with_every_cell_of_the_specification),
        cmocka_unit_test(agrees_with_every_cell_of_the_table_that_people_read),
        cmocka_unit_test(answers_for_own_and_other_site_as_the_specification_says),
        cmocka_unit_test(wants_scope_a_for_an_act_that_belongs_to_no_site),
        cmocka_unit_test(what_a_site_enters_and_whom_it_knows_is_the_sites_alone),
        cmocka_unit_test(adds_up_several_roles_and_sites_of_one_user),
        cmocka_unit_test(lets_nobody_export_identified_data),
        cmocka_unit_test(knows_the_right_to_enter_each_of_the_study_s_forms),
        cmocka_unit_test(asks_for_the_two_persons_that_the_specification_names),
        cmocka_unit_test(lists_each_act_of_two_persons_once),
        cmocka_unit_test(takes_one_person_of_each_named_role_in_any_order),
        cmocka_unit_test(takes_any_two_of_investigators_and_coordinators_to_attach),
        cmocka_unit_test(wants_both_persons_at_the_site_of_the_record),
        cmocka_unit_test(
            lets_administrator_monitor_ethics_and_participant_hold_one_role),
        cmocka_unit_test(lets_other_roles_be_held_together),
        cmocka_unit_test(wants_a_user_to_have_a_role),
    };
    return cmocka_run_group_tests(tests, open_matrix, close_matrix);
}
