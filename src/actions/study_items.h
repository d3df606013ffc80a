#ifndef OSTEON_ACTIONS_STUDY_ITEMS_H
#define OSTEON_ACTIONS_STUDY_ITEMS_H
/* The places of the study that the program itself fills in or decides on, named once. A
 * study without one of them simply does not get it filled in. */

#define EVENT_SCREENING          TEXT("SE.SCR")
#define EVENT_BASELINE           TEXT("SE.BL")
#define EVENT_LOG                TEXT("SE.LOG")

#define FORM_SCREENING           TEXT("F.SCR")
#define FORM_CONSENT             TEXT("F.ICF")
#define FORM_DEMOGRAPHY          TEXT("F.DM")
#define FORM_INSERTION           TEXT("F.IO")
#define FORM_REMOVAL             TEXT("F.REM")
#define FORM_DEVIATION           TEXT("F.PD")

#define ITEM_SCREENING_NUMBER    TEXT("I.SCR.SCRNO")
#define ITEM_SCREENING_TIME      TEXT("I.SCR.SCRDTM")
#define ITEM_SCREENING_RESULT    TEXT("I.SCR.SCRRES")
#define RESULT_ENROLLED          TEXT("ENR")
#define ITEM_ELIGIBLE            TEXT("I.SCR.ELIG")
#define ITEM_ELIGIBLE_BY         TEXT("I.SCR.ELIGBY")
#define ITEM_PREREGISTERED       TEXT("I.SCR.PREREG")
#define ITEM_PROVISIONAL         TEXT("I.SCR.PROVNO")
#define ITEM_PROVISIONAL_BED     TEXT("I.SCR.PROVBED")
#define ITEM_LINK_TIME           TEXT("I.SCR.LNKDTM")
#define ITEM_LINK_BY             TEXT("I.SCR.LNKBY")

#define ITEM_CONSENT_NUMBER      TEXT("I.ICF.ICFSEQ")
#define ITEM_CONSENT_TYPE        TEXT("I.ICF.ICFTYPE")
#define ITEM_CONSENT_RESULT      TEXT("I.ICF.ICFRES")
#define ITEM_CONSENT_BY          TEXT("I.ICF.ICFBY")
#define ITEM_CONSENT_END         TEXT("I.ICF.ICFWDTM")

#define ITEM_SUBJECT_NUMBER      TEXT("I.DM.SUBJID")
#define ITEM_ENROLMENT_TIME      TEXT("I.DM.ENRDTM")
#define ITEM_SITE                TEXT("I.DM.SITEID")

#define ITEM_DECISION_TIME       TEXT("I.IO.DECDTM")
#define ITEM_PUNCTURE_TIME       TEXT("I.IO.PUNDTM")
#define ITEM_ALLERGY             TEXT("I.MH.ALLID")
#define ITEM_EXCEPTION_REASON    TEXT("I.REM.EXCR")
#define ITEM_EXCEPTION_BY        TEXT("I.REM.EXCBY")
#define ITEM_EXCEPTION_TIME      TEXT("I.REM.EXCDTM")

#define ITEM_DEVIATION_CATEGORY  TEXT("I.PD.PDCAT")
#define ITEM_DEVIATION_SEVERITY  TEXT("I.PD.PDSEV")
#define ITEM_DEVIATION_TIME      TEXT("I.PD.PDDTM")
#define ITEM_DEVIATION_TEXT      TEXT("I.PD.PDTXT")
#define ITEM_DEVIATION_BY_SYSTEM TEXT("I.PD.PDAUTO")

#endif
