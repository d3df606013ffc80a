#include "model/design_diff_words.h"

#include "base/arena.h"

#include <string.h>

enum { SENTENCE_MOST = 120 }; /* bytes of a value that still reads as part of one */

struct words {
    const char *name;
    struct label label;
};

// clang-format off
static const struct words things[] = {
    {"design", {TEXT_INIT("Study"), TEXT_INIT("研究")}},
    {"site", {TEXT_INIT("Site"), TEXT_INIT("中心")}},
    {"event", {TEXT_INIT("Event"), TEXT_INIT("访视")}},
    {"form at an event", {TEXT_INIT("Form at an event"), TEXT_INIT("访视中的表单")}},
    {"timing", {TEXT_INIT("Timing"), TEXT_INIT("时间安排")}},
    {"form", {TEXT_INIT("Form"), TEXT_INIT("表单")}},
    {"group", {TEXT_INIT("Section"), TEXT_INIT("分组")}},
    {"item", {TEXT_INIT("Item"), TEXT_INIT("项目")}},
    {"code list", {TEXT_INIT("Code list"), TEXT_INIT("代码表")}},
    {"code", {TEXT_INIT("Code"), TEXT_INIT("代码")}},
    {"check", {TEXT_INIT("Check"), TEXT_INIT("核查")}},
    {"setting", {TEXT_INIT("Setting"), TEXT_INIT("设置")}},
    {"count", {TEXT_INIT("Count across participants"), TEXT_INIT("跨受试者计数")}},
    {"register", {TEXT_INIT("Register"), TEXT_INIT("登记表")}},
    {"open point", {TEXT_INIT("Open point"), TEXT_INIT("待定事项")}},
    {"source verification", {TEXT_INIT("Source verification"), TEXT_INIT("原始数据核查")}},
    {"alarm", {TEXT_INIT("Alarm"), TEXT_INIT("警报")}},
};

/* A fact "label (zh)" is the Chinese half of "label". */
static const struct words facts[] = {
    {"OID", {TEXT_INIT("OID"), TEXT_INIT("标识符")}},
    {"version", {TEXT_INIT("version"), TEXT_INIT("版本")}},
    {"name", {TEXT_INIT("name"), TEXT_INIT("名称")}},
    {"protocol", {TEXT_INIT("protocol"), TEXT_INIT("方案")}},
    {"sponsor", {TEXT_INIT("sponsor"), TEXT_INIT("申办方")}},
    {"enrolment target", {TEXT_INIT("enrolment target"), TEXT_INIT("入组目标")}},
    {"number prefix", {TEXT_INIT("number prefix"), TEXT_INIT("编号前缀")}},
    {"offset in minutes", {TEXT_INIT("offset in minutes"), TEXT_INIT("时区偏移（分钟）")}},
    {"left out when (words)", {TEXT_INIT("left out when (words)"), TEXT_INIT("不采集的条件（文字）")}},
    {"condition", {TEXT_INIT("condition"), TEXT_INIT("条件")}},
    {"collected when", {TEXT_INIT("collected when"), TEXT_INIT("采集条件")}},
    {"label", {TEXT_INIT("label"), TEXT_INIT("标签")}},
    {"note", {TEXT_INIT("note"), TEXT_INIT("说明")}},
    {"kind", {TEXT_INIT("kind"), TEXT_INIT("类型")}},
    {"repeating", {TEXT_INIT("repeating"), TEXT_INIT("可重复")}},
    {"reference data", {TEXT_INIT("reference data"), TEXT_INIT("参考数据")}},
    {"target", {TEXT_INIT("target"), TEXT_INIT("目标时间")}},
    {"window", {TEXT_INIT("window"), TEXT_INIT("时间窗")}},
    {"forms", {TEXT_INIT("forms"), TEXT_INIT("表单")}},
    {"moment", {TEXT_INIT("moment"), TEXT_INIT("起算时刻")}},
    {"optional", {TEXT_INIT("optional"), TEXT_INIT("可选")}},
    {"event", {TEXT_INIT("event"), TEXT_INIT("访视")}},
    {"from", {TEXT_INIT("from"), TEXT_INIT("起点")}},
    {"form", {TEXT_INIT("form"), TEXT_INIT("表单")}},
    {"target in seconds", {TEXT_INIT("target in seconds"), TEXT_INIT("目标（秒）")}},
    {"earliest in seconds", {TEXT_INIT("earliest in seconds"), TEXT_INIT("最早（秒）")}},
    {"latest in seconds", {TEXT_INIT("latest in seconds"), TEXT_INIT("最晚（秒）")}},
    {"key", {TEXT_INIT("key"), TEXT_INIT("关键字段")}},
    {"second key", {TEXT_INIT("second key"), TEXT_INIT("第二关键字段")}},
    {"groups", {TEXT_INIT("groups"), TEXT_INIT("分组")}},
    {"entered by", {TEXT_INIT("entered by"), TEXT_INIT("录入者")}},
    {"signature", {TEXT_INIT("signature"), TEXT_INIT("签名者")}},
    {"items", {TEXT_INIT("items"), TEXT_INIT("项目")}},
    {"type", {TEXT_INIT("type"), TEXT_INIT("类型")}},
    {"unit", {TEXT_INIT("unit"), TEXT_INIT("单位")}},
    {"decimals", {TEXT_INIT("decimals"), TEXT_INIT("小数位")}},
    {"longest", {TEXT_INIT("longest"), TEXT_INIT("最大长度")}},
    {"hard range", {TEXT_INIT("hard range"), TEXT_INIT("可能范围")}},
    {"soft range", {TEXT_INIT("soft range"), TEXT_INIT("常见范围")}},
    {"code list", {TEXT_INIT("code list"), TEXT_INIT("代码表")}},
    {"several codes", {TEXT_INIT("several codes"), TEXT_INIT("可多选")}},
    {"LOINC", {TEXT_INIT("LOINC"), TEXT_INIT("LOINC")}},
    {"units accepted from feeds", {TEXT_INIT("units accepted from feeds"), TEXT_INIT("接口可接受单位")}},
    {"requirement", {TEXT_INIT("requirement"), TEXT_INIT("必填要求")}},
    {"second check", {TEXT_INIT("second check"), TEXT_INIT("二次核对")}},
    {"filled by the program", {TEXT_INIT("filled by the program"), TEXT_INIT("由系统填写")}},
    {"in the identity vault", {TEXT_INIT("in the identity vault"), TEXT_INIT("存于身份库")}},
    {"a location, not exported", {TEXT_INIT("a location, not exported"), TEXT_INIT("位置信息，不导出")}},
    {"shown when", {TEXT_INIT("shown when"), TEXT_INIT("显示条件")}},
    {"derivation (words)", {TEXT_INIT("derivation (words)"), TEXT_INIT("推导规则（文字）")}},
    {"derivation", {TEXT_INIT("derivation"), TEXT_INIT("推导规则")}},
    {"derived by", {TEXT_INIT("derived by"), TEXT_INIT("推导表达式")}},
    {"source", {TEXT_INIT("source"), TEXT_INIT("数据来源")}},
    {"severity", {TEXT_INIT("severity"), TEXT_INIT("严重程度")}},
    {"message", {TEXT_INIT("message"), TEXT_INIT("提示")}},
    {"words", {TEXT_INIT("words"), TEXT_INIT("规则（文字）")}},
    {"fires when", {TEXT_INIT("fires when"), TEXT_INIT("触发条件")}},
    {"item", {TEXT_INIT("item"), TEXT_INIT("项目")}},
    {"further items", {TEXT_INIT("further items"), TEXT_INIT("其他项目")}},
    {"looks at planned acts", {TEXT_INIT("looks at planned acts"), TEXT_INIT("针对计划中的操作")}},
    {"opens a deviation", {TEXT_INIT("opens a deviation"), TEXT_INIT("开启方案偏离")}},
    {"how grave", {TEXT_INIT("how grave"), TEXT_INIT("偏离程度")}},
    {"happened when answered", {TEXT_INIT("happened when answered"), TEXT_INIT("视为已发生的项目")}},
    {"needs", {TEXT_INIT("needs"), TEXT_INIT("所需信息")}},
    {"value", {TEXT_INIT("value"), TEXT_INIT("取值")}},
    {"counts", {TEXT_INIT("counts"), TEXT_INIT("计数内容")}},
    {"over the others", {TEXT_INIT("over the others"), TEXT_INIT("针对其他受试者")}},
    {"to", {TEXT_INIT("to"), TEXT_INIT("终点")}},
    {"fields", {TEXT_INIT("fields"), TEXT_INIT("字段")}},
    {"says", {TEXT_INIT("says"), TEXT_INIT("注册内容")}},
    {"choice", {TEXT_INIT("choice"), TEXT_INIT("选择")}},
    {"confirm", {TEXT_INIT("confirm"), TEXT_INIT("确认者")}},
    {"source verification", {TEXT_INIT("source verification"), TEXT_INIT("原始数据核查")}},
    {"seed", {TEXT_INIT("seed"), TEXT_INIT("抽样种子")}},
    {"first participants of a site", {TEXT_INIT("first participants of a site"), TEXT_INIT("每个中心的前几名受试者")}},
    {"share of the later ones in percent", {TEXT_INIT("share of the later ones in percent"), TEXT_INIT("其后受试者的抽样比例（%）")}},
    {"acknowledged by", {TEXT_INIT("acknowledged by"), TEXT_INIT("由谁确认")}},
    {"steps", {TEXT_INIT("steps"), TEXT_INIT("触发级别")}},
    {"escalates after seconds", {TEXT_INIT("escalates after seconds"), TEXT_INIT("升级前等待（秒）")}},
    {"escalates to", {TEXT_INIT("escalates to"), TEXT_INIT("升级至")}},
    {"comes again after seconds", {TEXT_INIT("comes again after seconds"), TEXT_INIT("再次提醒间隔（秒）")}},
    {"told besides", {TEXT_INIT("told besides"), TEXT_INIT("另行告知")}},
};
// clang-format on

static const struct words *find(const struct words *table, size_t count,
                                struct text name)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal(text_of(table[i].name), name))
            return &table[i];
    return NULL;
}

struct label design_thing_words(const char *thing)
{
    const struct words *found = find(things, ARRAY_COUNT(things), text_of(thing));
    return found == NULL ? (struct label){text_of(thing), text_of(thing)}
                         : found->label;
}

struct label design_fact_words(const char *fact)
{
    static const struct text half = TEXT_INIT(" (zh)");
    struct text name = text_of(fact);
    if (name.len > half.len &&
        text_equal(text_part(name, name.len - half.len, name.len), half))
        name = text_part(name, 0, name.len - half.len);
    const struct words *found = find(facts, ARRAY_COUNT(facts), name);
    return found == NULL ? (struct label){text_of(fact), text_of(fact)} : found->label;
}

static bool is_long(struct text value)
{
    return value.len > SENTENCE_MOST || text_find(value, '\n') < value.len;
}

bool design_change_is_long(const struct design_change *change)
{
    return change->kind == DESIGN_CHANGED &&
           (is_long(change->before) || is_long(change->after));
}

/* Thing, label, and the OID: "Item "Creatinine" (I.LB.CREAT)". The study is one. */
static struct text named(const struct design_change *change, struct text thing,
                         const char *opens, struct text label, const char *closes,
                         struct arena *arena)
{
    if (text_equal(text_of(change->thing), TEXT("design")))
        return thing;
    if (label.len == 0)
        return text_format(arena, "%.*s %.*s", TEXT_ARG(thing), TEXT_ARG(change->oid));
    return text_format(arena, "%.*s%s%.*s%s (%.*s)", TEXT_ARG(thing), opens,
                       TEXT_ARG(label), closes, TEXT_ARG(change->oid));
}

static struct label is_now(const struct design_change *change, struct arena *arena)
{
    struct label fact = design_fact_words(change->fact);
    struct text was = change->before;
    struct text is = change->after;
    if (design_change_is_long(change))
        return (struct label){
            text_format(arena, "%.*s changed", TEXT_ARG(fact.english)),
            text_format(arena, "%.*s已更改", TEXT_ARG(fact.chinese))};
    if (was.len == 0)
        return (struct label){text_format(arena,
                                          "%.*s is now \"%.*s\" (there was none)",
                                          TEXT_ARG(fact.english), TEXT_ARG(is)),
                              text_format(arena, "%.*s新增为“%.*s”",
                                          TEXT_ARG(fact.chinese), TEXT_ARG(is))};
    if (is.len == 0)
        return (struct label){text_format(arena, "%.*s is gone (was \"%.*s\")",
                                          TEXT_ARG(fact.english), TEXT_ARG(was)),
                              text_format(arena, "%.*s已删除（原为“%.*s”）",
                                          TEXT_ARG(fact.chinese), TEXT_ARG(was))};
    return (struct label){
        text_format(arena, "%.*s was \"%.*s\", is now \"%.*s\"", TEXT_ARG(fact.english),
                    TEXT_ARG(was), TEXT_ARG(is)),
        text_format(arena, "%.*s由“%.*s”改为“%.*s”", TEXT_ARG(fact.chinese),
                    TEXT_ARG(was), TEXT_ARG(is))};
}

struct label design_change_words(const struct design_change *change,
                                 struct arena *arena)
{
    struct label thing = design_thing_words(change->thing);
    struct text english =
        named(change, thing.english, " \"", change->label.english, "\"", arena);
    struct text chinese =
        named(change, thing.chinese, "“", change->label.chinese, "”", arena);
    struct label says;
    switch (change->kind) {
    case DESIGN_ADDED:
        return (struct label){text_format(arena, "%.*s is new", TEXT_ARG(english)),
                              text_format(arena, "新增%.*s", TEXT_ARG(chinese))};
    case DESIGN_REMOVED:
        return (struct label){text_format(arena, "%.*s is left out", TEXT_ARG(english)),
                              text_format(arena, "删除%.*s", TEXT_ARG(chinese))};
    case DESIGN_CHANGED: break;
    }
    says = is_now(change, arena);
    return (struct label){
        text_format(arena, "%.*s: %.*s", TEXT_ARG(english), TEXT_ARG(says.english)),
        text_format(arena, "%.*s：%.*s", TEXT_ARG(chinese), TEXT_ARG(says.chinese))};
}
