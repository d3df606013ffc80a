#include "support/unit.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "formats/odm_data_read.h"

#include <stdlib.h>
#include <string.h>

/* A document in memory, handed out in pieces of `step` bytes; then `repeat` bytes more. */
struct pieces {
    struct text rest;
    size_t step, repeat;
};

static bool next_piece(void *data, char *at, size_t room, size_t *len,
                       struct error *err)
{
    struct pieces *pieces = data;
    (void)err;
    struct text piece =
        text_part(pieces->rest, 0, pieces->step < room ? pieces->step : room);
    if (piece.len > 0)
        memcpy(at, piece.at, piece.len);
    pieces->rest = text_part(pieces->rest, piece.len, pieces->rest.len);
    *len = piece.len;
    if (piece.len == 0 && pieces->repeat > 0) {
        *len = room < pieces->repeat ? room : pieces->repeat;
        memset(at, 'x', *len);
        pieces->repeat -= *len;
    }
    return true;
}

/* What was told, as one line. */
struct told {
    struct arena *arena;
    struct buffer said;
};

static bool on_level(void *data, const struct odm_level *level, struct error *err)
{
    struct told *told = data;
    (void)err;
    buffer_format(&told->said, "(%s %.*s/%.*s ", level->place.element,
                  TEXT_ARG(level->oid), TEXT_ARG(level->key));
    return true;
}

static bool on_level_end(void *data, enum odm_level_kind kind, struct error *err)
{
    (void)kind, (void)err;
    BUFFER_LITERAL(&((struct told *)data)->said, ")");
    return true;
}

static bool on_item(void *data, const struct odm_data_item *item, struct error *err)
{
    struct told *told = data;
    (void)err;
    buffer_format(&told->said, "[%zu:%.*s=%.*s%s]", item->place.line,
                  TEXT_ARG(item->oid), TEXT_ARG(item->value),
                  item->is_null                 ? "(null)"
                  : text_is_absent(item->value) ? "(none)"
                                                : "");
    return true;
}

static bool on_kept(void *data, const struct odm_data_kept *kept, struct error *err)
{
    struct told *told = data;
    (void)err;
    buffer_format(&told->said, "{%.*s@%.*s %.*s}", TEXT_ARG(kept->element),
                  TEXT_ARG(kept->item), TEXT_ARG(kept->xml));
    return true;
}

static bool on_deviation(void *data, const struct xml_place *place,
                         const char *sentence, struct error *err)
{
    (void)err;
    buffer_format(&((struct told *)data)->said, "!%zu %s %s!", place->line,
                  place->element, sentence);
    return true;
}

static bool on_study(void *data, struct text oid, struct error *err)
{
    (void)err;
    buffer_format(&((struct told *)data)->said, "study %.*s ", TEXT_ARG(oid));
    return true;
}

static int make(void **state)
{
    struct arena *arena = arena_new(64 << 20);
    struct told *told = ARENA_NEW(arena, struct told);
    told->arena = arena;
    told->said = buffer_in(arena, 8 << 20);
    *state = told;
    return 0;
}

static int unmake(void **state)
{
    arena_free(((struct told *)*state)->arena);
    return 0;
}

static bool read_pieces(void **state, struct pieces *pieces, struct error *err)
{
    struct odm_data_events events = {.level_start = on_level,
                                     .level_end = on_level_end,
                                     .item = on_item,
                                     .kept = on_kept,
                                     .deviation = on_deviation,
                                     .study = on_study,
                                     .data = *state};
    struct xml_source source = {.read = next_piece, .data = pieces};
    return odm_data_read(&source, &events, err);
}

static void told_is(void **state, const char *document, const char *expected)
{
    struct error err;
    struct told *told = *state;
    size_t steps[] = {1, 7, 1 << 20};
    for (size_t i = 0; i < ARRAY_COUNT(steps); i++) {
        struct pieces pieces = {.rest = text_of(document), .step = steps[i]};
        told->said.len = 0;
        ASSERT_OK(read_pieces(state, &pieces, &err), &err);
        buffer_byte(&told->said, '\0');
        assert_string_equal(told->said.at, expected);
    }
}

#define DATA(inside)                                                                   \
    "<ODM><ClinicalData StudyOID='S' MetaDataVersionOID='M'><SubjectData "             \
    "SubjectKey='1'>" inside "</SubjectData></ClinicalData></ODM>"
#define TOLD(inside) "(ClinicalData S/M (SubjectData /1 " inside "))"

static void reads_the_levels_and_values_of_odm_1_without_a_namespace(void **state)
{
    told_is(
        state,
        DATA("<StudyEventData StudyEventOID='E' StudyEventRepeatKey='2'>\n<FormData "
             "FormOID='F'><ItemGroupData ItemGroupOID='G'>\n<ItemData ItemOID='A' "
             "Value='7'/><ItemDataInteger ItemOID='B'>x120</ItemDataInteger>"
             "<ItemData ItemOID='C' IsNull='Yes'/></ItemGroupData></FormData>"
             "</StudyEventData>"),
        TOLD("(StudyEventData E/2 (FormData F/ (ItemGroupData G/ "
             "[3:A=7][3:B=x120][3:C=(null)])))"));
}

static void reads_nested_groups_and_value_elements_of_odm_2(void **state)
{
    told_is(state,
            "<ODM xmlns='http://www.cdisc.org/ns/odm/v2.0'><ClinicalData StudyOID='S'>"
            "<SubjectData SubjectKey='1'><StudyEventData StudyEventOID='E'>"
            "<ItemGroupData ItemGroupOID='F'><ItemGroupData ItemGroupOID='G' "
            "ItemGroupRepeatKey='2'><ItemData ItemOID='A'><Value>a &amp; b</Value>"
            "<Value>c</Value></ItemData><ItemData ItemOID='B'/></ItemGroupData>"
            "</ItemGroupData></StudyEventData></SubjectData></ClinicalData></ODM>",
            "(ClinicalData S/ (SubjectData /1 (StudyEventData E/ (ItemGroupData F/ "
            "(ItemGroupData G/2 [1:A=a & b c][1:B=(none)])))))");
}

/* ODM 1.3.0, 1.3.1 and 1.3.2 have one namespace, and data in one shape. */
static void reads_odm_1_3_0_and_1_3_1_as_1_3_2(void **state)
{
    static const char *const versions[] = {"1.3", "1.3.0", "1.3.1", "1.3.2"};
    for (size_t i = 0; i < ARRAY_COUNT(versions); i++) {
        struct text document =
            text_format(((struct told *)*state)->arena,
                        "<ODM xmlns='http://www.cdisc.org/ns/odm/v1.3' ODMVersion='%s'>"
                        "<ClinicalData StudyOID='S' MetaDataVersionOID='1'>"
                        "<SubjectData SubjectKey='1'/></ClinicalData></ODM>",
                        versions[i]);
        told_is(state, document.at, "(ClinicalData S/1 (SubjectData /1 ))");
    }
}

static void keeps_audit_records_and_vendors_elements_as_xml(void **state)
{
    told_is(
        state,
        DATA("<v:Note xmlns:v='urn:v' v:by='a&lt;b'>t<Inner/></v:Note><FormData "
             "FormOID='F' xmlns:r='urn:r' r:status='2'><ItemGroupData "
             "ItemGroupOID='G'><ItemData ItemOID='A' Value='7'><AuditRecord><UserRef "
             "UserOID='U'/></AuditRecord></ItemData></ItemGroupData></FormData>"),
        TOLD("{Note@ <Note xmlns=\"urn:v\" xmlns:a0=\"urn:v\" "
             "a0:by=\"a&lt;b\">t<Inner xmlns=\"\"/></Note>}(FormData F/ "
             "{FormData@ <FormData xmlns:a1=\"urn:r\" "
             "a1:status=\"2\"/>}(ItemGroupData G/ {AuditRecord@A "
             "<AuditRecord><UserRef UserOID=\"U\"/></AuditRecord>}[1:A=7]))"));
}

static void passes_over_the_design_and_tells_of_data_inside_it(void **state)
{
    told_is(state,
            "<ODM><Study OID='S'><MetaDataVersion OID='M'><ItemDef "
            "OID='A'/></MetaDataVersion>\n<ClinicalData StudyOID='S'/></Study></ODM>",
            "study S !2 ClinicalData stands inside Study; it belongs behind it!"
            "(ClinicalData S/ )");
}

static void refused_at(void **state, const char *document, enum error_code code,
                       const char *where)
{
    struct error err = {0};
    struct pieces pieces = {.rest = text_of(document), .step = 5};
    assert_false(read_pieces(state, &pieces, &err));
    assert_int_equal(err.code, code);
    assert_string_equal(err.where, where);
    assert_true(err.text[0] != '\0');
}

static void refuses_what_is_not_xml_with_its_position(void **state)
{
    refused_at(state, "<ODM>\n<ClinicalData StudyOID='S'>", ERROR_MALFORMED, "2:28");
    refused_at(state, "<ODM>\n</ODN>", ERROR_MALFORMED, "2:3");
    refused_at(state, "<?xml version='1.0' encoding='GBK'?>\n<ODM/>", ERROR_MALFORMED,
               "1:31");
    refused_at(state, "<ODM>\n \xc4\xd0\xb5\xc4</ODM>", ERROR_MALFORMED, "2:2");
    refused_at(state, "<!DOCTYPE ODM [<!ENTITY a 'b'>]>\n<ODM>&a;</ODM>", ERROR_REFUSED,
               "1:15");
    refused_at(state, "<html/>", ERROR_REFUSED, "1:1");
    refused_at(state, DATA("\n<FormData/>"), ERROR_REFUSED, "2:1");
    refused_at(state, DATA("\n<ItemData ItemOID='A'/>"), ERROR_REFUSED, "2:1");
}

static void refuses_a_tag_without_end_before_it_fills_the_memory(void **state)
{
    struct error err = {0};
    struct pieces pieces = {
        .rest = TEXT("<ODM>\n<a b='"), .step = 1 << 16, .repeat = (size_t)1 << 30};
    assert_false(read_pieces(state, &pieces, &err));
    assert_int_equal(err.code, ERROR_TOO_LARGE);
    assert_true(pieces.repeat > (size_t)1020 << 20);
}

static void refuses_elements_nested_too_deeply(void **state)
{
    char document[8 * LIMIT_XML_DEPTH + 100] = DATA("");
    size_t len = (size_t)(strstr(document, "</SubjectData>") - document);
    for (int i = 0; i < LIMIT_XML_DEPTH; i++, len += 3)
        memcpy(document + len, "<b>", 3);
    document[len] = '\0';
    struct error err = {0};
    struct pieces pieces = {.rest = text_of(document), .step = 100};
    assert_false(read_pieces(state, &pieces, &err));
    assert_int_equal(err.code, ERROR_TOO_LARGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            reads_the_levels_and_values_of_odm_1_without_a_namespace, make, unmake),
        cmocka_unit_test_setup_teardown(reads_nested_groups_and_value_elements_of_odm_2,
                                        make, unmake),
        cmocka_unit_test_setup_teardown(reads_odm_1_3_0_and_1_3_1_as_1_3_2, make,
                                        unmake),
        cmocka_unit_test_setup_teardown(keeps_audit_records_and_vendors_elements_as_xml,
                                        make, unmake),
        cmocka_unit_test_setup_teardown(
            passes_over_the_design_and_tells_of_data_inside_it, make, unmake),
        cmocka_unit_test_setup_teardown(refuses_what_is_not_xml_with_its_position, make,
                                        unmake),
        cmocka_unit_test_setup_teardown(
            refuses_a_tag_without_end_before_it_fills_the_memory, make, unmake),
        cmocka_unit_test_setup_teardown(refuses_elements_nested_too_deeply, make,
                                        unmake),
    };
    return cmocka_run_group_tests_name("odm_data_read", tests, NULL, NULL);
}
