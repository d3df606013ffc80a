#include "demo/staff.h"

// clang-format off
const struct staff_row staff_rows[STAFF_COUNT] = {
    [STAFF_PI]             = {ROLE_PI,   TEXT_INIT("pi"),    TEXT_INIT("SYNTHETIC Principal Investigator"), TEXT_INIT("en"), 0},
    [STAFF_INVESTIGATOR]   = {ROLE_INV,  TEXT_INIT("inv"),   TEXT_INIT("SYNTHETIC Investigator 1"),         TEXT_INIT("zh"), 0},
    [STAFF_OPERATOR]       = {ROLE_OPR,  TEXT_INIT("opr"),   TEXT_INIT("SYNTHETIC Operator 1"),             TEXT_INIT("zh"), 40},
    [STAFF_NURSE]          = {ROLE_RN,   TEXT_INIT("rn"),    TEXT_INIT("SYNTHETIC Nurse 1"),                TEXT_INIT("zh"), 0},
    [STAFF_COORDINATOR]    = {ROLE_CRC,  TEXT_INIT("crc"),   TEXT_INIT("SYNTHETIC Coordinator 1"),          TEXT_INIT("zh"), 0},
    [STAFF_LABORATORY]     = {ROLE_LAB,  TEXT_INIT("lab"),   TEXT_INIT("SYNTHETIC Laboratory"),             TEXT_INIT("zh"), 0},
    [STAFF_READER]         = {ROLE_IMG,  TEXT_INIT("img"),   TEXT_INIT("SYNTHETIC Reader 1"),               TEXT_INIT("zh"), 0},
    [STAFF_ADJUDICATOR]    = {ROLE_ADJ,  TEXT_INIT("adj"),   TEXT_INIT("SYNTHETIC Adjudicator"),            TEXT_INIT("zh"), 0},
    [STAFF_SAFETY]         = {ROLE_SAF,  TEXT_INIT("saf"),   TEXT_INIT("SYNTHETIC Safety Physician"),       TEXT_INIT("en"), 0},
    [STAFF_DATA_MANAGER]   = {ROLE_DM,   TEXT_INIT("dm"),    TEXT_INIT("SYNTHETIC Data Manager"),           TEXT_INIT("en"), 0},
    [STAFF_MONITOR]        = {ROLE_MON,  TEXT_INIT("mon"),   TEXT_INIT("SYNTHETIC Monitor"),                TEXT_INIT("en"), 0},
    [STAFF_STATISTICIAN]   = {ROLE_STAT, TEXT_INIT("stat"),  TEXT_INIT("SYNTHETIC Statistician"),           TEXT_INIT("en"), 0},
    [STAFF_REGISTRY]       = {ROLE_REG,  TEXT_INIT("reg"),   TEXT_INIT("SYNTHETIC Registry Officer"),       TEXT_INIT("en"), 0},
    [STAFF_ETHICS]         = {ROLE_EC,   TEXT_INIT("ec"),    TEXT_INIT("SYNTHETIC Ethics Reader"),          TEXT_INIT("en"), 0},
    [STAFF_ADMINISTRATOR]  = {ROLE_ADM,  TEXT_INIT("admin"), TEXT_INIT("SYNTHETIC Administrator"),          TEXT_INIT("en"), 0},
    [STAFF_PARTICIPANT]    = {ROLE_PAT,  TEXT_INIT("pat"),   TEXT_INIT("SYNTHETIC Participant"),            TEXT_INIT("zh"), 0},
    [STAFF_INVESTIGATOR_2] = {ROLE_INV,  TEXT_INIT("inv2"),  TEXT_INIT("SYNTHETIC Investigator 2"),         TEXT_INIT("zh"), 0},
    [STAFF_OPERATOR_2]     = {ROLE_OPR,  TEXT_INIT("opr2"),  TEXT_INIT("SYNTHETIC Operator 2"),             TEXT_INIT("zh"), 18},
    [STAFF_OPERATOR_3]     = {ROLE_OPR,  TEXT_INIT("opr3"),  TEXT_INIT("SYNTHETIC Operator 3"),             TEXT_INIT("zh"), 6},
    [STAFF_NURSE_2]        = {ROLE_RN,   TEXT_INIT("rn2"),   TEXT_INIT("SYNTHETIC Nurse 2"),                TEXT_INIT("zh"), 0},
    [STAFF_NURSE_3]        = {ROLE_RN,   TEXT_INIT("rn3"),   TEXT_INIT("SYNTHETIC Nurse 3"),                TEXT_INIT("zh"), 0},
    [STAFF_COORDINATOR_2]  = {ROLE_CRC,  TEXT_INIT("crc2"),  TEXT_INIT("SYNTHETIC Coordinator 2"),          TEXT_INIT("zh"), 0},
    [STAFF_READER_2]       = {ROLE_IMG,  TEXT_INIT("img2"),  TEXT_INIT("SYNTHETIC Reader 2"),               TEXT_INIT("zh"), 0},
};
// clang-format on
