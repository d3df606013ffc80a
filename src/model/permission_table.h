#ifndef OSTEON_MODEL_PERMISSION_TABLE_H
#define OSTEON_MODEL_PERMISSION_TABLE_H
/* Who may do what: the whole permission matrix, 101 acts × 16 roles (specification 8.1).
 *
 * A row is an act: its group, its name in the program, one cell a role in the order of
 * ROLE_TABLE (the letters above each group, read downwards: PI, INV, OPR, RN, CRC, LAB,
 * IMG, ADJ, SAF, DM, MON, STAT, REG, EC, ADM, PAT), its name in English and in Chinese.
 *
 *     s  own site: at a site of the role's assignment, at no other
 *     a  all sites, and the acts that belong to no site
 *     t  own task only: records assigned to this user by name, at any site
 *     .  never
 *
 * An act that is not here is refused. `osteon permissions` and GET /api/permissions are
 * printed from this table; the English names are those of the study's specification.
 */

// clang-format off
#define PERMISSION_TABLE(X)                                                            \
    /* View                                   P I O R C L I A S D M S R E A P          \
                                              I N P N R A M D A M O T E C D A          \
                                                V R   C B G J F   N A G   M T          \
                                                                    T */               \
    X(VIEW, VIEW_CASEBOOK,                   "s s s s s . . t a a s a . . . .",        \
      "view casebook (pseudonymised; imaging reads hidden until both are signed)",     \
      "查看病例簿（假名化；两份影像判读均签名前不显示）")                              \
    X(VIEW, VIEW_OVERVIEW,                   "a s . . s . . . a a s a a s . .",        \
      "view aggregate overview", "查看汇总概览")                                       \
    X(VIEW, VIEW_WORK_LIST,                  "t t t t t t t t t t t t t t t .",        \
      "view own work list", "查看本人工作清单")                                        \
    X(VIEW, VIEW_HISTORY,                    "s s s s s . . . a a s a . . . .",        \
      "view history of a value", "查看数据的修改历史")                                 \
    X(VIEW, VIEW_AUDIT_TRAIL,                "a . . . . . . . . a a . . s a .",        \
      "view audit trail without clinical values", "查看稽查轨迹（不含临床数据）")      \
    X(VIEW, VERIFY_LOG,                      "a . . . . . . . . a a a . a a .",        \
      "verify log", "校验日志")                                                        \
    X(VIEW, VIEW_FEED_STATE,                 ". . . s s s . . . a . . . . a .",        \
      "view feed state (no values)", "查看接口状态（不含数据）")                       \
    X(VIEW, VIEW_IMAGE,                      "s s . . . . t t a . . . . . . .",        \
      "view image in the page (proxied)", "在页面中查看影像（代理）")                  \
    X(VIEW, READ_UNBLINDED_IMAGING,          ". . . . . . . t a . . . . . . .",        \
      "read unblinded imaging (both reads before adjudication)",                       \
      "查看非盲影像判读（裁定前的两份判读）")                                          \
    X(VIEW, READ_SAE_REPORTS,                "s s . . s . . . a a s . a s . .",        \
      "read SAE reports (pseudonymised)", "查看严重不良事件报告（假名化）")            \
    X(VIEW, VIEW_VAULT,                      "s s . . s . . . . . . . . . . .",        \
      "view vault entry (logged)", "查看身份库条目（留痕）")                           \
    X(VIEW, BREAK_GLASS,                     ". . s s . . . . a . . . . . . .",        \
      "break the glass: view vault entry once, with reason, PI told",                  \
      "紧急查看：查看身份库条目一次，须说明理由并告知主要研究者")                      \
    X(VIEW, ENTER_VAULT,                     "s s . . s . . . . . . . . . . .",        \
      "enter or correct vault entry", "录入或更正身份库条目")                          \
    X(VIEW, READ_OWN_CONSENT,                ". . . . . . . . . . . . . . . t",        \
      "read own consent, withdraw", "查看本人知情同意，撤回")                          \
    /* Enter                                  P I O R C L I A S D M S R E A P          \
                                              I N P N R A M D A M O T E C D A          \
                                                V R   C B G J F   N A G   M T          \
                                                                    T */               \
    X(ENTER, START_PLACEMENT,                "s s s s . . . . . . . . . . . .",        \
      "start placement on a bed or provisional participant",                           \
      "在床位或临时受试者上开始置针")                                                  \
    X(ENTER, ATTACH_PROVISIONAL,             "s s . . s . . . . . . . . . . .",        \
      "attach provisional participant (two persons)", "关联临时受试者（双人）")        \
    X(ENTER, RUN_TIMER,                      "s s s s . . . . . . . . . . . .",        \
      "run bedside timer", "使用床旁计时器")                                           \
    X(ENTER, EDIT_TIMER_MARK,                "s s . . . . . . . . . . . . . .",        \
      "edit timer mark (reason)", "修改计时标记（须说明理由）")                        \
    X(ENTER, ENTER_SCR,                      "s s . . s . . . . . . . . . . .",        \
      "enter SCR", "录入 SCR")                                                         \
    X(ENTER, ENROL,                          "s s . . . . . . . . . . . . . .",        \
      "sign eligibility, enrol", "签署入排合格并入组")                                 \
    X(ENTER, ENTER_ICF,                      "s s . . s . . . . . . . . . . .",        \
      "enter ICF (record consent)", "录入 ICF（记录知情同意）")                        \
    X(ENTER, ENTER_DM,                       "s s . s s . . . . . . . . . . .",        \
      "enter DM", "录入 DM")                                                           \
    X(ENTER, ENTER_MH,                       "s s . . s . . . . . . . . . . .",        \
      "enter MH", "录入 MH")                                                           \
    X(ENTER, ENTER_MH_ALLID,                 "s s s s s . . . . . . . . . . .",        \
      "enter MH.ALLID (lidocaine screen)", "录入 MH.ALLID（利多卡因过敏筛查）")        \
    X(ENTER, ENTER_BL,                       "s s s s s . . . . . . . . . . .",        \
      "enter BL", "录入 BL")                                                           \
    X(ENTER, ENTER_IO,                       "s s s s s . . . . . . . . . . .",        \
      "enter IO (other than timer marks)", "录入 IO（计时标记除外）")                  \
    X(ENTER, ENTER_LID,                      ". s s s s . . . . . . . . . . .",        \
      "enter LID", "录入 LID")                                                         \
    X(ENTER, ENTER_INF,                      ". s s s s . . . . . . . . . . .",        \
      "enter INF", "录入 INF")                                                         \
    X(ENTER, ENTER_VA,                       ". s s s s . . . . . . . . . . .",        \
      "enter VA", "录入 VA")                                                           \
    X(ENTER, ENTER_VS,                       ". s s s s . . . . . . . . . . .",        \
      "enter VS", "录入 VS")                                                           \
    X(ENTER, ENTER_LB,                       ". . . . s s . . . . . . . . . .",        \
      "enter LB manual", "手工录入 LB")                                                \
    X(ENTER, RELEASE_LABORATORY,             ". . . . . s . . . . . . . . . .",        \
      "release laboratory results", "发布检验结果")                                    \
    X(ENTER, ENTER_SC,                       ". s s s s . . . . . . . . . . .",        \
      "enter SC", "录入 SC")                                                           \
    X(ENTER, ENTER_IM_STUDY,                 ". . . . s . t . . . . . . . . .",        \
      "enter IM study (order, modality, region)", "录入 IM 检查（申请、方法、部位）")  \
    X(ENTER, ENTER_IM_READ,                  ". . . . . . t . . . . . . . . .",        \
      "enter IM read (IM task; blind to outcome and to other reader)",                 \
      "录入 IM 判读（影像任务；对结局和另一判读者设盲）")                              \
    X(ENTER, ADJUDICATE,                     ". . . . . . . t . . . . . . . .",        \
      "adjudicate", "裁定")                                                            \
    X(ENTER, ENTER_CX,                       "s s s s s . . . . . . . . . . .",        \
      "enter CX", "录入 CX")                                                           \
    X(ENTER, GRADE_CAUSALITY,                "s s . . . . . . . . . . . . . .",        \
      "grade/causality", "分级与因果判断")                                             \
    X(ENTER, ENTER_SAE,                      "s s . . . . . . . . . . . . . .",        \
      "enter SAE", "录入 SAE")                                                         \
    X(ENTER, REVIEW_SAFETY,                  "s . . . . . . . a . . . . . . .",        \
      "safety review and report", "安全性审核与报告")                                  \
    X(ENTER, ENTER_DD,                       "s s s s s . . . . . . . . . . .",        \
      "enter DD", "录入 DD")                                                           \
    X(ENTER, ENTER_REM,                      ". s s s s . . . . . . . . . . .",        \
      "enter REM", "录入 REM")                                                         \
    X(ENTER, AUTHORISE_DWELL,                "s s . . . . . . . . . . . . . .",        \
      "authorise dwell over 24 h (second physician)",                                  \
      "批准留置超过 24 h（第二名医师）")                                               \
    X(ENTER, ENTER_MB,                       ". . . . s s . . . . . . . . . .",        \
      "enter MB", "录入 MB")                                                           \
    X(ENTER, ENTER_CM,                       "s s . s s . . . . . . . . . . .",        \
      "enter CM", "录入 CM")                                                           \
    X(ENTER, ENTER_EF,                       "s s . . . . . . . . . . . . . .",        \
      "enter EF", "录入 EF")                                                           \
    X(ENTER, ENTER_FU,                       "s s . . s . . . . . . . . . . .",        \
      "enter FU", "录入 FU")                                                           \
    X(ENTER, ENTER_DTH,                      "s s . . . . . . . . . . . . . .",        \
      "enter DTH", "录入 DTH")                                                         \
    X(ENTER, ENTER_PD,                       "s s . . s . . . . . . . . . . .",        \
      "enter PD", "录入 PD")                                                           \
    X(ENTER, ENTER_DA,                       ". s s s s . . . . . . . . . . .",        \
      "enter DA (associate device)", "录入 DA（关联设备）")                            \
    X(ENTER, ENTER_EOS,                      "s s . . . . . . . . . . . . . .",        \
      "enter EOS", "录入 EOS")                                                         \
    X(ENTER, SAVE_BACKDATED,                 "s s s s s s t . . . . . . . . .",        \
      "save with backdated event time", "以较早的事件时间保存")                        \
    X(ENTER, SECOND_CHECK,                   "s s s s s s . . . . . . . . . .",        \
      "second check of a critical entry", "关键录入的二次核对")                        \
    X(ENTER, CORRECT_UNSIGNED,               "s s s s s s t t . . . . . . . .",        \
      "correct an unsigned value (reason)", "更正未签名的数据（须说明理由）")          \
    X(ENTER, CORRECT_SIGNED,                 "s s . . s s t t . . . . . . . .",        \
      "correct a value after signing (reason; voids the signature)",                   \
      "更正已签名的数据（须说明理由；签名随之失效）")                                  \
    X(ENTER, MARK_ENTERED_IN_ERROR,          "s s . . s . . . . . . . . . . .",        \
      "mark a form as entered in error (reason)", "将表单标为误录（须说明理由）")      \
    /* Alarms, queries, review                P I O R C L I A S D M S R E A P          \
                                              I N P N R A M D A M O T E C D A          \
                                                V R   C B G J F   N A G   M T          \
                                                                    T */               \
    X(REVIEW, ACKNOWLEDGE_INFO,              "a . . . . . . . . . . . . . . .",        \
      "acknowledge alarm, info", "确认提示级警报")                                     \
    X(REVIEW, ACKNOWLEDGE_AMBER,             "s s s s s . . . . . . . . . . .",        \
      "acknowledge alarm, amber (AL19 apart)", "确认黄色警报（AL19 除外）")            \
    X(REVIEW, ACKNOWLEDGE_RED,               "s s s s . . . . . . . . . . . .",        \
      "acknowledge alarm, red", "确认红色警报")                                        \
    X(REVIEW, ACKNOWLEDGE_CRITICAL,          "s s . . . . . . . . . . . . . .",        \
      "acknowledge alarm, critical", "确认危急警报")                                   \
    X(REVIEW, ACKNOWLEDGE_FEED,              ". . . . . . . . . a . . . . . .",        \
      "acknowledge feed alarm (AL19)", "确认接口警报（AL19）")                         \
    X(REVIEW, RAISE_QUERY,                   ". . . . . . . . a a s a . . . .",        \
      "raise query", "发起质疑")                                                       \
    X(REVIEW, ANSWER_QUERY,                  "s s s s s s t . . . . . . . . .",        \
      "answer query", "答复质疑")                                                      \
    X(REVIEW, CLOSE_QUERY,                   ". . . . . . . . . a s . . . . .",        \
      "close query", "关闭质疑")                                                       \
    X(REVIEW, VERIFY_SOURCE,                 ". . . . . . . . . . s . . . . .",        \
      "source-verify", "源数据核查")                                                   \
    X(REVIEW, CODE_TERMS,                    ". . . . . . . . . a . . . . . .",        \
      "code terms (MedDRA)", "术语编码（MedDRA）")                                     \
    /* Sign and lock                          P I O R C L I A S D M S R E A P          \
                                              I N P N R A M D A M O T E C D A          \
                                                V R   C B G J F   N A G   M T          \
                                                                    T */               \
    X(SIGN, SIGN_FORM,                       "s s . . . . . . . . . . . . . .",        \
      "sign form / casebook", "签署表单或病例簿")                                      \
    X(SIGN, SIGN_OWN_READ,                   ". . . . . . t t . . . . . . . .",        \
      "sign own read or adjudication", "签署本人的判读或裁定")                         \
    X(SIGN, FREEZE,                          ". . . . . . . . . a s . . . . .",        \
      "freeze", "冻结")                                                                \
    X(SIGN, UNFREEZE,                        ". . . . . . . . . a s . . . . .",        \
      "unfreeze", "解冻")                                                              \
    X(SIGN, LOCK,                            "s . . . . . . . . a . . . . . .",        \
      "lock (two persons)", "锁定（双人）")                                            \
    X(SIGN, UNLOCK,                          "s . . . . . . . . a . . . . . .",        \
      "unlock (two persons)", "解锁（双人）")                                          \
    X(SIGN, SIGN_DATABASE_LOCK,              "a . . . . . . . . a . . . . . .",        \
      "sign database lock (two persons)", "签署数据库锁定（双人）")                    \
    X(SIGN, ERASE,                           "s . . . . . . . . a . . . . . .",        \
      "run erasure workflow (two persons)", "执行数据清除（双人）")                    \
    /* Feeds and import                       P I O R C L I A S D M S R E A P          \
                                              I N P N R A M D A M O T E C D A          \
                                                V R   C B G J F   N A G   M T          \
                                                                    T */               \
    X(FEED, IMPORT_DATA,                     ". . . . . . . . . a . . . . . .",        \
      "import data", "导入数据")                                                       \
    X(FEED, TRY_IMPORT,                      ". . . . s . . . . a . . . . . .",        \
      "dry-run import", "试导入")                                                      \
    X(FEED, RECONCILE_FEED,                  ". . . . s . . . . a . . . . . .",        \
      "reconcile feed messages (identity shown as match or no match)",                 \
      "核对接口消息（身份仅显示匹配与否）")                                            \
    X(FEED, MAP_CODES,                       ". . . . . s . . . a . . . . . .",        \
      "map codes", "代码映射")                                                         \
    X(FEED, MANAGE_FEEDS,                    ". . . . . . . . . . . . . . a .",        \
      "manage feeds and certificates", "管理接口与证书")                               \
    /* Registers and configuration            P I O R C L I A S D M S R E A P          \
                                              I N P N R A M D A M O T E C D A          \
                                                V R   C B G J F   N A G   M T          \
                                                                    T */               \
    X(CONFIGURE, DELEGATE,                   "s . . . . . . . . . . . . . . .",        \
      "delegate (delegation log)", "授权（授权分工表）")                               \
    X(CONFIGURE, ACCEPT_DELEGATION,          ". t t t t t t . . . . . . . . .",        \
      "accept own delegation", "接受本人授权")                                         \
    X(CONFIGURE, MANAGE_CONSENT_FORMS,       "s . . . s . . . . . . . . . . .",        \
      "manage consent-form versions", "管理知情同意书版本")                            \
    X(CONFIGURE, MANAGE_DEVICE_LOTS,         ". . s . s . . . . . . . . . . .",        \
      "manage device lots", "管理器械批次")                                            \
    X(CONFIGURE, EDIT_DESIGN,                ". . . . . . . . . a . . . . . .",        \
      "edit design draft, test run", "编辑设计草稿，试运行")                           \
    X(CONFIGURE, PUBLISH_DESIGN,             "a . . . . . . . . a . . . . . .",        \
      "publish design version (two persons)", "发布设计版本（双人）")                  \
    X(CONFIGURE, PUBLISH_ANALYSIS_PLAN,      "a . . . . . . . . . . a . . . .",        \
      "publish analysis plan version (two persons)", "发布分析计划版本（双人）")       \
    X(CONFIGURE, CHANGE_CONFIGURATION,       "a . . . . . . . . a . . . . . .",        \
      "change study configuration (two persons)", "更改研究配置（双人）")              \
    X(CONFIGURE, MANAGE_USERS,               ". . . . . . . . . . . . . . a .",        \
      "manage users and roles (no clinical view)",                                     \
      "管理用户与角色（不可查看临床数据）")                                            \
    X(CONFIGURE, MANAGE_KEYS,                ". . . . . . . . . . . . . . a .",        \
      "manage keys (no clinical view)", "管理密钥（不可查看临床数据）")                \
    X(CONFIGURE, RUN_BACKUP,                 ". . . . . . . . . . . . . . a .",        \
      "run back-up", "执行备份")                                                       \
    X(CONFIGURE, RUN_RESTORE,                ". . . . . . . . . a . . . . a .",        \
      "run restore (two persons)", "执行恢复（双人）")                                 \
    /* Analysis and export                    P I O R C L I A S D M S R E A P          \
                                              I N P N R A M D A M O T E C D A          \
                                                V R   C B G J F   N A G   M T          \
                                                                    T */               \
    X(ANALYSE, RUN_ANALYSIS,                 ". . . . . . . . . . . a . . . .",        \
      "run analysis", "运行分析")                                                      \
    X(ANALYSE, PREPARE_REGISTRY_RESULTS,     ". . . . . . . . . . . a a . . .",        \
      "prepare registry results", "准备注册平台结果")                                  \
    X(ANALYSE, RELEASE_REGISTRY_RESULTS,     "a . . . . . . . . . . . a . . .",        \
      "release registry results (two persons)", "发布注册平台结果（双人）")            \
    X(ANALYSE, EXPORT_CSV,                   "s . . . . . . . . a . a . . . .",        \
      "export CSV pseudonymised", "导出 CSV（假名化）")                                \
    X(ANALYSE, EXPORT_ODM,                   "s . . . . . . . . a . a . . . .",        \
      "export ODM pseudonymised", "导出 ODM（假名化）")                                \
    X(ANALYSE, EXPORT_SDTM,                  ". . . . . . . . . a . a . . . .",        \
      "export SDTM pseudonymised", "导出 SDTM（假名化）")                              \
    X(ANALYSE, EXPORT_CASEBOOK,              "s s . . s . . . . a s . . . . .",        \
      "export or print casebook (PDF, pseudonymised)",                                 \
      "导出或打印病例簿（PDF，假名化）")                                               \
    X(ANALYSE, EXPORT_SHARED,                ". . . . . . . . . a . . . . . .",        \
      "export with date shift for sharing", "导出共享数据（日期偏移）")                \
    X(ANALYSE, EXPORT_HISTORY,               "s . . . . . . . . a s . . . . .",        \
      "export history (audit trail)", "导出历史（稽查轨迹）")                          \
    X(ANALYSE, EXPORT_IDENTIFIED,            ". . . . . . . . . . . . . . . .",        \
      "export identified data (never)", "导出可识别身份的数据（从不允许）")
// clang-format on

#endif
