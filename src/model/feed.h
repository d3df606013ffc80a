#ifndef OSTEON_MODEL_FEED_H
#define OSTEON_MODEL_FEED_H
/* Feeds: systems that send messages by themselves, a laboratory's first of all. A feed is
 * known by what its messages say of their sender: "LIS@CENTRALLAB", the sending
 * application and facility (HL7 v2, MSH-3 and MSH-4).
 *
 * Both tables are stored by number or name and never renumbered.
 */
#include "model/design.h"

enum feed_standing { FEED_UNKNOWN = 0, FEED_OPEN = 1, FEED_CLOSED = 2 };

/* What a message is in: number, name, its name in the API. It waits to be filed, is filed,
 * waits for a person, or was refused. */
// clang-format off
#define FEED_STATE_TABLE(X)                                                                \
    X(0, WAITING,     "waiting")                                                           \
    X(1, FILED,       "filed")                                                             \
    X(2, QUARANTINED, "quarantined")                                                       \
    X(3, REJECTED,    "rejected")

/* Why a message was refused or waits for a person: name, how it is answered (HL7 v2 table
 * 0008: AR refused, AE an error), English, Chinese. */
#define FEED_REASON_TABLE(X)                                                               \
    X(SENDER_UNKNOWN,  "sender-unknown",  "AR", "the sender is not known here",            \
      "发送方未登记")                                                                      \
    X(SENDER_CLOSED,   "sender-closed",   "AR", "this feed is closed", "接口已关闭")       \
    X(CERTIFICATE,     "certificate",     "AR",                                            \
      "the sender did not show the certificate of this feed", "发送方未出示该接口的证书")  \
    X(TOO_LARGE,       "too-large",       "AR", "the message is too large", "消息过大")    \
    X(TYPE,            "type",            "AR", "messages of this type are not taken",     \
      "不接收此类型的消息")                                                                \
    X(VERSION,         "version",         "AR", "this version of HL7 is not taken",        \
      "不接收此 HL7 版本")                                                                 \
    X(PROCESSING,      "processing",      "AR", "not a message of production (MSH-11)",    \
      "非生产环境消息（MSH-11）")                                                          \
    X(CONTROL_REUSED,  "control-reused",  "AE",                                            \
      "the same control id has come before with another content",                          \
      "相同的消息控制号曾用于不同内容")                                                    \
    X(STRUCTURE,       "structure",       "AE", "the message is broken", "消息结构有误")   \
    /* found when it is filed, long after it was taken */                                  \
    X(CHARACTER_SET,   "character-set",   "AA",                                            \
      "the sender does not say which character set its text is in",                        \
      "发送方未说明文本所用字符集")                                                        \
    X(PATIENT,         "patient",         "AA",                                            \
      "CK087: the message names a patient who is not enrolled here",                       \
      "CK087：消息中的患者未在本研究入组")                                                 \
    X(PATIENT_DIFFERS, "patient-differs", "AA",                                            \
      "CK087: number, name or date of birth do not fit together",                          \
      "CK087：号码、姓名或出生日期不一致")                                                 \
    X(CODE,            "code",            "AA", "it is not known what a code means",       \
      "代码含义未知")                                                                      \
    X(UNIT,            "unit",            "AA",                                            \
      "CK079: a unit cannot be converted into the unit of the item",                       \
      "CK079：单位无法换算为项目单位")                                                     \
    X(WINDOW,          "window",          "AA",                                            \
      "the specimen was taken outside every window of the schedule",                       \
      "标本采集时间不在任何访视窗内")                                                      \
    X(LOCKED,          "locked",          "AA",                                            \
      "CK086: the form it would change is frozen or locked",                               \
      "CK086：待更改的表单已冻结或锁定")                                                   \
    X(VALUE,           "value",           "AA", "a result could not be stored",            \
      "检验结果无法保存")
// clang-format on

enum feed_state {
#define X(number, name, code) FEED_##name = (number),
    FEED_STATE_TABLE(X)
#undef X
        FEED_STATES
};
struct text feed_state_name(enum feed_state state);
bool feed_state_parse(struct text name, enum feed_state *out);

enum feed_reason {
    FEED_REASON_NONE,
#define X(name, code, answer, english, chinese) FEED_REASON_##name,
    FEED_REASON_TABLE(X)
#undef X
        FEED_REASONS
};
/* Absent for FEED_REASON_NONE. */
struct text feed_reason_name(enum feed_reason reason);
struct text feed_reason_answer(enum feed_reason reason);
/* Of a reason of a later program: its name, in both languages. */
struct label feed_reason_label(struct text name);

#endif
