#ifndef OSTEON_MODEL_EVENT_H
#define OSTEON_MODEL_EVENT_H
/* The kinds of event in the log.
 *
 * A kind's number stands in every log ever written: it is never changed and never used
 * again. A new kind takes the next number, and a new payload of an old kind raises the
 * kind's version (store/event_<kind>.c), so that a reader of today reads every event.
 * The names go into the exported history; the sentences onto pages.
 */
#include "model/design.h"

/* number, name, English, Chinese */
// clang-format off
#define LOG_EVENT_TABLE(X)                                                                 \
    X( 1, STUDY_CREATED,               "study created",               "创建研究")          \
    X( 2, DESIGN_PUBLISHED,            "design version published",    "发布设计版本")      \
    X( 3, USER_ADDED,                  "user added",                  "新增用户")          \
    X( 4, USER_ROLES_SET,              "roles of a user set",         "设置用户角色")      \
    X( 5, USER_DISABLED,               "user disabled",               "停用用户")          \
    X( 6, USER_ENABLED,                "user enabled",                "启用用户")          \
    X( 7, CREDENTIAL_SET,              "password set",                "设置密码")          \
    X( 8, LINK_ISSUED,                 "one-time link issued",        "发放一次性链接")    \
    X( 9, LINK_USED,                   "one-time link used",          "使用一次性链接")    \
    X(10, SIGNED_IN,                   "signed in",                   "登录")              \
    X(11, SIGN_IN_FAILED,              "sign-in failed",              "登录失败")          \
    X(12, SIGNED_OUT,                  "signed out",                  "退出登录")          \
    X(13, TOTP_SET,                    "second factor set",           "启用动态验证码")    \
    X(14, TOTP_REMOVED,                "second factor removed",       "移除动态验证码")    \
    X(15, PARTICIPANT_ADDED,           "participant added",           "新增受试者")        \
    X(16, PARTICIPANT_ATTACH_PROPOSED, "attachment proposed",         "提出关联")          \
    X(17, PARTICIPANT_ATTACHED,        "participant attached",        "受试者已关联")      \
    X(18, PARTICIPANT_DETACHED,        "attachment undone",           "撤销关联")          \
    X(19, VALUES_SAVED,                "values saved",                "保存数据")          \
    X(20, PARTICIPANT_ENROLLED,        "participant enrolled",        "受试者入组")        \
    X(21, VAULT_VIEWED,                "identity viewed",             "查看身份信息")      \
    X(22, PARTICIPANT_ERASED,          "participant erased",          "清除受试者数据")    \
    X(23, CHECKPOINT_SIGNED,           "checkpoint signed",           "签署检查点")        \
    X(24, BACKUP_MADE,                 "back-up made",                "完成备份")          \
    X(25, RESTORED,                    "restored from a back-up",     "从备份恢复")        \
    X(26, ENROLMENT_REFUSED,           "enrolment refused by a check", "入组被核查拒绝")   \
    X(27, ACCESS_REFUSED,              "access refused",              "拒绝访问")          \
    X(28, DEVIATION_OPENED,            "deviation opened by the program", "系统自动开启方案偏离") \
    X(29, OPEN_POINT_CONFIRMED,        "open point confirmed",        "确认待定事项")      \
    X(30, SECOND_CHECKED,              "checked a second time",       "二次核对")          \
    X(31, QUERY_OPENED,                "query opened",                "提出质疑")          \
    X(32, QUERY_ANSWERED,              "query answered",              "答复质疑")          \
    X(33, QUERY_CLOSED,                "query closed",                "关闭质疑")          \
    X(34, QUERY_REOPENED,              "query opened again",          "重新打开质疑")      \
    X(35, QUERY_CANCELLED,             "query cancelled",             "撤销质疑")          \
    X(36, QUERY_ASSIGNED,              "query assigned",              "指派质疑")          \
    X(40, EXPORTED,                    "data exported",               "导出数据")          \
    X(45, IMPORT_BEGUN,                "import begun",                "开始导入")          \
    X(46, IMPORT_STAGED,               "values imported",             "导入数据")          \
    X(47, IMPORT_COMMITTED,            "import made visible",         "导入生效")          \
    X(48, IMPORT_ABANDONED,            "import abandoned",            "导入已放弃")        \
    X(50, WAKE_SET,                    "next moment of the rules set", "设定规则下次运行时刻")  \
    X(55, ROWS_COUNTED,                "rows for counts across participants", "跨受试者计数行") \
    X(60, SIGNED,                      "signed", "签名") \
    X(62, SOURCE_VERIFIED,             "verified against the source", "原始数据核查") \
    X(63, SOURCE_VERIFICATION_WITHDRAWN, "source verification withdrawn", "撤回原始数据核查") \
    X(64, FROZEN,                      "frozen", "冻结") \
    X(65, UNFROZEN,                    "unfrozen", "解除冻结") \
    X(66, LOCK_PROPOSED,               "lock or unlock proposed", "提出锁定或解锁") \
    X(67, LOCKED,                      "locked", "锁定") \
    X(68, UNLOCKED,                    "unlocked", "解锁") \
    X(69, DATABASE_LOCKED,             "data base locked", "数据库锁定") \
    X(70, DESIGN_PROPOSED,             "design version proposed",     "提出设计版本")      \
    X(71, DESIGN_WITHDRAWN,            "proposed design version withdrawn", "撤回拟定设计版本") \
    X(72, PARTICIPANT_MOVED,           "participant moved to a design version", "受试者转入设计版本") \
    X(73, REGISTER_LINE_ADDED,         "register line added",         "新增登记行")        \
    X(74, REGISTER_LINE_AGREED,        "register line agreed to",     "确认登记行")        \
    X(75, REGISTER_LINE_CORRECTED,     "register line corrected",     "更正登记行")        \
    X(76, REGISTER_LINE_ENDED,         "register line ended",         "终止登记行")        \
    X(77, IDENTITY_VERIFIED,           "identity of a user verified", "核实用户身份")      \
    X(78, DEVIATION_ASSESSED,          "deviation assessed",          "评估方案偏离")      \
    X(79, ANALYSIS_RUN,                "analysis run",                "运行分析")          \
    X(80, PASSWORD_RULES_SET,          "rules for passwords set",     "设定密码规则")      \
    X(81, MISUSE_REVIEWED,             "signs of misuse reviewed",    "复核滥用迹象")      \
    X(82, BONE_USE_STATED,             "earlier use of a bone stated", "说明骨髓腔近期使用情况") \
    X(83, ERASURE_PROPOSED,            "erasure proposed", "提出清除数据") \
    X(84, ERASURE_TAKEN_BACK,          "proposed erasure taken back", "撤回清除数据的提议") \
    X(85, SAFETY_REVIEWED,             "serious event reviewed", "复核严重不良事件") \
    X(86, PLAN_PROPOSED,               "analysis plan proposed",      "提出分析计划版本")  \
    X(87, PLAN_PUBLISHED,              "analysis plan published",     "发布分析计划版本")  \
    X(88, ALARM_RAISED,                "alarm raised",                "发出警报")          \
    X(89, ALARM_ACKNOWLEDGED,          "alarm acknowledged",          "确认警报")          \
    X(90, ALARM_ESCALATED,             "alarm escalated",             "警报升级")          \
    X(91, ALARM_ENDED,                 "alarm ended with its cause",  "警报随原因消除而结束") \
    X(92, ALARM_REPEATED,              "alarm came again",            "警报再次提醒")      \
    X(93, IMPORT_RULES_RUN,            "rules run on what was imported", "对导入数据运行规则") \
    X(94, ALARM_MESSAGE_SENT,          "message of an alarm sent",    "警报消息已发送")    \
    X(95, ALARM_MESSAGE_FAILED,        "message of an alarm not sent", "警报消息发送失败") \
    X(96, START_REVIEWED,              "emergency start reviewed", "复核紧急置针") \
    X(97, IMAGE_ASSIGNED,              "image assigned to a reader", "指派影像判读") \
    X(98, RESCUE_BROUGHT,              "rescue file brought in", "带入救援文件") \
    X(100, FEED_MESSAGE_RECEIVED,      "message of a feed received",  "收到接口消息")      \
    X(101, FEED_MESSAGE_SORTED,        "message of a feed sorted",    "接口消息已处理")    \
    X(102, FEED_SET,                   "feed set",                    "设置接口") \
    X(105, PATIENT_LINKED,             "number of a patient linked", "关联患者号码") \
    X(106, PATIENT_UNLINKED,           "link to a patient's number taken back", "撤回患者号码关联") \
    X(107, FEED_RULE_SET,              "meaning of a feed's code or unit set", "设定接口代码或单位的含义") \
    X(108, FEED_RULE_ENDED,            "meaning of a feed's code or unit taken back", "撤回接口代码或单位的含义") \
    X(109, RESULTS_RECEIVED,           "laboratory results received", "收到检验结果") \
    X(117, GRADE_DECIDED,              "proposed adverse event decided", "裁决检验提示的不良事件")
// clang-format on

enum log_event_kind {
    LOG_EVENT_NONE = 0, /* no event has this kind */
#define X(number, name, english, chinese) LOG_EVENT_##name = (number),
    LOG_EVENT_TABLE(X)
#undef X
};

/* False when no kind has this number: the log was written by a newer program. */
bool log_event_of_number(int64_t number, enum log_event_kind *out);
/* By name, "VALUES_SAVED". */
bool log_event_parse(struct text name, enum log_event_kind *out);

/* "VALUES_SAVED" */
struct text log_event_name(enum log_event_kind kind);
struct label log_event_label(enum log_event_kind kind);

#endif
