/* The rules' language: any source is refused with a place in it, or compiles to a program
 * that runs to an end, alike a second time, with an explanation, and after being packed.
 * The first byte chooses where the expression stands. */
#include "base/limits.h"
#include "engine/book.h"
#include "engine/pack.h"
#include "fuzz/fuzz.h"
#include "support/rule_sample.h"

static const char design[] = "event BL\nevent H1\nevent LOG repeats\n"
                             "codes NY N Y\ncodes RES SUC FAIL\ncodes SET A B C\n"
                             "form DM at BL\n"
                             "item BRTHDT moment\nitem WEIGHT number kg 1\n"
                             "item SEX text\nitem SMOKER code NY\n"
                             "form VS at BL H1\n"
                             "item VSDTM moment\nitem MAP number mm[Hg] 0\n"
                             "item LAC number mmol/L 1\nitem GLU number mg/dL 0\n"
                             "form IO repeats at H1\n"
                             "item SITE text\n"
                             "group IO3 repeats\n"
                             "item PUNDTM moment\nitem ATTRES code RES\n"
                             "item CONFM codes SET\n"
                             "register REG\nitem VERSION text\nitem FROM moment\n"
                             "property setting.limit number mg/kg\n"
                             "property user.role text\nproperty planned truth\n";

static const char values[] =
    "at BL\n"
    "DM.BRTHDT = 1960-05\nDM.WEIGHT = 70.5\n"
    "DM.SMOKER = missing REF\n"
    "VS.VSDTM = 2025-11-22T07:30+08:00\nVS.MAP = 63\n"
    "VS.LAC = 4.2\nVS.GLU = sealed\n"
    "at H1\nVS.VSDTM = 2025-11-22T09:00:30+08:00\nVS.MAP = 77\n"
    "IO.SITE = (01)04012345678901(17)260831(10)L7\n"
    "IO.PUNDTM[1] = 2025-11-22\nIO.ATTRES[1] = FAIL\n"
    "IO.PUNDTM[2] = 2025-11-22T08:03+08:00\n"
    "IO.ATTRES[2] = SUC\nIO.CONFM[2] = A C\n"
    "IO#2.SITE = x\n"
    "REG.VERSION[1] = 1.0\nREG.FROM[1] = 2025-11-01\n"
    "setting.limit = 3\nuser.role = PI\n";

static struct rule_sample sample;

static struct run_result run(const struct program *program,
                             const struct engine_place *place)
{
    struct trace_entry entries[64];
    struct trace trace = {.entries = entries, .capacity = ARRAY_COUNT(entries)};
    struct run_result plain = run_program(sample.run, program, place);
    sample.run->trace = &trace;
    struct run_result traced = run_program(sample.run, program, place);
    sample.run->trace = NULL;
    ASSERT(datum_equal(plain.value, traced.value));
    ASSERT(plain.wakes_at == traced.wakes_at && plain.wakes_at > sample.world.now);
    for (size_t i = 0; i < trace.count && i < trace.capacity; i++)
        ASSERT(entries[i].span.from < entries[i].span.to &&
               entries[i].span.to <= program->source.len);
    return plain;
}

static void check_pack(const struct program *program, const struct engine_place *place,
                       struct run_result expected)
{
    struct rule rule = {.kind = RULE_FIRES,
                        .item = 0,
                        .form = place->form < 0 ? 0 : place->form,
                        .group = -1,
                        .program = program};
    struct rule_set set = {.shape = sample.shape, .rules = &rule, .rule_count = 1};
    struct buffer buffer = buffer_in(sample.arena, (size_t)1 << 22);
    struct text bytes;
    struct error err;
    pack_write(&set, &buffer);
    bool is_ok = buffer_text(&buffer, &bytes, &err);
    ASSERT(is_ok);
    const struct rule_set *read = pack_read(bytes, sample.arena);
    ASSERT(read != NULL);
    struct run_result again = run_program(sample.run, read->rules[0].program, place);
    ASSERT(datum_equal(again.value, expected.value));
    ASSERT(again.wakes_at == expected.wakes_at);
}

static void check_findings(const struct findings *findings, struct text source)
{
    ASSERT(findings->total > 0 && findings->kept_count > 0);
    for (size_t i = 0; i < findings->kept_count; i++) {
        const struct finding *finding = &findings->kept[i];
        ASSERT(finding->from <= source.len && finding->line >= 1 &&
               finding->column >= 1);
        ASSERT(finding->sentence.len > 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const struct text places[] = {TEXT_INIT(""), TEXT_INIT("DM at BL"),
                                         TEXT_INIT("VS at H1"), TEXT_INIT("IO#2 at H1"),
                                         TEXT_INIT("IO.IO3[2] at H1")};
    if (sample.arena == NULL) {
        rule_sample_begin(&sample, text_of(design));
        rule_sample_values(&sample, text_of(values));
    }
    if (len == 0)
        return 0;
    struct text where = places[bytes[0] % ARRAY_COUNT(places)];
    struct text source = {.at = (const char *)bytes + 1, .len = len - 1};
    struct engine_place place = rule_sample_place(&sample, where);
    struct arena_mark mark = arena_mark(sample.arena);
    struct findings findings;
    const struct program *program =
        rule_sample_compile(&sample, source, where, &findings);
    if (program == NULL)
        check_findings(&findings, source);
    else
        check_pack(program, &place, run(program, &place));
    arena_rewind(sample.arena, mark);
    return 0;
}
