/* The open points of the built-in study's registration, as the page gets them. Their
 * number and names are those of the specification's section 0. */
#include "support/design_text.h"
#include "support/unit.h"

#include "base/limits.h"

#include <json-c/json.h>
#include <stdio.h>

struct fixture {
    struct arena *study;
    const struct design *design;
    struct json_object *root, *points;
};

static int make(void **state)
{
    struct arena *study = arena_new(LIMIT_DESIGN_ARENA);
    struct fixture *f = ARENA_NEW(study, struct fixture);
    f->study = study;
    f->design = design_builtin(study);
    f->root = json_tokener_parse(open_points_as_json(f->design, study));
    assert_true(json_object_object_get_ex(f->root, "open_points", &f->points));
    *state = f;
    return 0;
}

static int unmake(void **state)
{
    struct fixture *f = *state;
    json_object_put(f->root);
    arena_free(f->study);
    return 0;
}

static struct json_object *member(struct json_object *object, const char *key)
{
    struct json_object *found = NULL;
    if (!json_object_object_get_ex(object, key, &found))
        fail_msg("no %s in %s", key, json_object_to_json_string(object));
    return found;
}

static struct json_object *point(void **state, size_t i)
{
    return json_object_array_get_idx(((struct fixture *)*state)->points, i);
}

static void there_are_twenty_two_and_each_is_open(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(json_object_array_length(f->points), 22);
    for (size_t i = 0; i < 22; i++) {
        char name[8];
        snprintf(name, sizeof name, "Q%zu", i + 1);
        assert_string_equal(json_object_get_string(member(point(state, i), "name")),
                            name);
        assert_string_equal(json_object_get_string(member(point(state, i), "state")),
                            "open");
    }
}

static void each_says_in_both_languages_what_is_open_and_who_confirms(void **state)
{
    static const char *const labels[] = {"label", "says", "choice", "confirm"};
    for (size_t i = 0; i < 22; i++)
        for (size_t k = 0; k < ARRAY_COUNT(labels); k++) {
            struct json_object *label = member(point(state, i), labels[k]);
            const char *english = json_object_get_string(member(label, "en"));
            const char *chinese = json_object_get_string(member(label, "zh"));
            assert_true(english[0] != '\0' && chinese[0] != '\0');
            assert_string_not_equal(english, chinese);
        }
}

static void what_hangs_on_a_point_is_in_the_design(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < f->design->open_point_count; i++) {
        size_t found = json_object_array_length(member(point(state, i), "concerns"));
        assert_int_equal(found, f->design->open_points[i].concern_count);
    }
}

static void a_setting_shows_the_value_in_force(void **state)
{
    struct json_object *concerns = member(point(state, 8), "concerns");
    struct json_object *first = json_object_array_get_idx(concerns, 0);
    assert_string_equal(json_object_get_string(member(first, "kind")), "setting");
    assert_string_equal(json_object_get_string(member(first, "value")), "24 h");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_are_twenty_two_and_each_is_open),
        cmocka_unit_test(each_says_in_both_languages_what_is_open_and_who_confirms),
        cmocka_unit_test(what_hangs_on_a_point_is_in_the_design),
        cmocka_unit_test(a_setting_shows_the_value_in_force),
    };
    return cmocka_run_group_tests(tests, make, unmake);
}
