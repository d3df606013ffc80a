#ifndef OSTEON_DEMO_PARAMETERS_H
#define OSTEON_DEMO_PARAMETERS_H
/* The parameter table of the study's specification, section 9, line by line, and where it
 * leaves a number open the choice made here. How sure each is stands in the table there.
 * Pairs are mean and SD, or median and log-SD.
 */

/* Accrual; screened : enrolled; why the others were not. */
#define SHARE_WORKING_HOURS 0.60
#define SHARE_NOT_ELIGIBLE  0.22
#define SHARE_MISSED        0.12
#define SHARE_DECLINED      0.08
#define SHARE_NOT_NEEDED    0.06
#define SHARE_ENROLLED      0.52 /* what is left: 1.9 : 1 */

/* Consent. Deferral is off: its 18 % go to the representative. */
#define SHARE_OWN_CONSENT 0.14
#define SHARE_CONTINUES   0.92

/* Person. */
#define AGE           47.0, 13.0
#define AGE_LIMITS    18.0, 65.0
#define SHARE_MALE    0.56
#define HEIGHT_MALE   170.0, 6.0
#define WEIGHT_MALE   67.0, 11.0
#define HEIGHT_FEMALE 159.0, 5.5
#define WEIGHT_FEMALE 58.0, 9.0

/* Inclusion categories, and within the second. */
#define SHARE_RAPID         0.35
#define SHARE_COMPLICATION  0.85
#define SHARE_ORGAN         0.60
#define SHARE_IMMUNE        0.20
#define SHARE_OTHER         0.15
#define SHARE_LOW_PLATELETS 0.80
#define SHARE_AGRANULOCYTES 0.55
#define SHARE_ANEMIA        0.45
#define SHARE_SEPSIS        0.55
#define SHARE_SEPTIC_SHOCK  0.42
#define SHARE_DIC           0.25
#define SHARE_GUT_BLEEDING  0.14
#define SHARE_NERVOUS       0.06
#define SHARE_BRAIN_BLEED   0.08
#define SHARE_TRANSPLANT    0.17
#define SHARE_CAR_T         0.06
#define SHARE_CHECKPOINT    0.02

/* Baseline. SOFA 10.5 ± 3.6, r(z) = 0.9, comes out of its parts and is tested, not drawn. */
#define MAP_BASELINE      59.0
#define MAP_PER_SEVERITY  (-6.0)
#define MAP_RESIDUAL      8.0
#define HEART_RATE        121.0, 18.0
#define LACTATE_MEDIAN    3.6
#define LACTATE_LOG_SD    0.65
#define LACTATE_R         0.6
#define PLATELETS_MEDIAN  19.0
#define PLATELETS_LOG_SD  0.9
#define SHARE_ANC_LOW     0.45
#define ANC               3.5, 0.9
#define HEMOGLOBIN        70.0
#define HEMOGLOBIN_SD     16.0
#define PT_BASELINE       16.0, 3.2
#define APTT_BASELINE     40.0, 11.0
#define PT_NORMAL         13.0
#define FIBRINOGEN        2.6, 0.6
#define D_DIMER           4.5, 1.0
#define FIBRINOGEN_DIC    1.1, 0.35
#define D_DIMER_DIC       18.0, 0.6
#define CRP_BASELINE      118.0, 0.9
#define PCT_BASELINE      3.2, 1.5
#define IL6_BASELINE      310.0, 1.4
#define FERRITIN_BASELINE 2100.0, 1.1
#define CYTOKINE_FACTOR   5.0
#define CREATININE_MEDIAN 110.0
#define CREATININE_LOG_SD 0.6
#define BILIRUBIN         24.0, 0.7
#define ALT_BASELINE      38.0, 0.9
#define PIV_ATTEMPTS      2.4
#define SHARE_CVC_TRIED   0.15
#define SHARE_RESPONSIVE  0.45

/* Access. */
#define SHARE_TIBIA_LEFT    0.46
#define SHARE_TIBIA_RIGHT   0.48
#define SHARE_HUMERUS       0.06
#define FIRST_SUCCESS       0.90
#define SUCCESS_PER_BMI     (-0.06) /* above 24 */
#define SUCCESS_PER_TEN     0.25    /* per ten insertions more than the usual twenty */
#define SUCCESS_HUMERUS     (-0.8)
#define SECOND_SUCCESS      0.70 /* of the first failures: 0.97 within two */
#define THIRD_SUCCESS       0.33 /* 0.98 overall */
#define TO_PUNCTURE         115.0, 0.5
#define TO_CONFIRMED        22.0, 0.5
#define TO_INFUSION         75.0, 0.4
#define LIDOCAINE_DELAY     180.0
#define HALF_FAILED_ATTEMPT 75.0, 0.4 /* before it is given up, and before the next */

/* Infusion. */
#define FLOW_GRAVITY       32.0, 0.5
#define FLOW_BAG_RATIO     2.2, 0.25
#define FLOW_BLASTS        0.8
#define FLOW_LYTIC         0.9
#define FLOW_DECAY         0.008 /* per hour; a flush restores 60 % */
#define FLOW_RESTORED      0.6
#define SHARE_OCCLUSION    0.06
#define SHARE_DISLODGEMENT 0.04
#define INTERRUPTIONS      0.15 /* in ten hours */
#define VOLUME_SIX_HOURS   1450.0, 600.0
#define DELIVERED_MEDIAN   0.88

/* Response. */
#define MAP_GAIN           9.0
#define MAP_GAIN_SD        9.0
#define SHARE_RESPONSE     0.62
#define RESPONSE_PER_Z     (-0.9)
#define CLEARANCE_RESPONSE 28.0
#define CLEARANCE_NONE     (-2.0)
#define CLEARANCE_SD       20.0

/* Pain of those who can say it, 0 to 10. */
#define PAIN_PUNCTURE 3.0, 1.2
#define PAIN_INFUSION 6.0, 1.4
#define PAIN_AFTER    2.0, 1.1

/* Dwell in hours. */
#define SHARE_DWELL_DAY  0.84
#define SHARE_DWELL_LONG 0.14
#define DWELL_DAY        15.0, 0.45

/* Complications of a participant. */
#define SHARE_EXTRAVASATION 0.06
#define SHARE_SITE_BLEEDING 0.13
#define SHARE_INFECTION     0.03
#define SHARE_COMPARTMENT   0.006
#define SHARE_OSTEOMYELITIS 0.006
#define SHARE_FAT_EMBOLISM  0.005
#define SHARE_NERVE         0.005
#define SHARE_FRACTURE      0.005
#define SHARE_OTHER_EVENT   0.30 /* not of the procedure: a choice */

/* Survival: hazard a day in 0–7, 7–28, 28–90 d, × exp(0.45 z − 0.10). */
#define HAZARD_FIRST    0.0411
#define HAZARD_SECOND   0.01224
#define HAZARD_THIRD    0.00239
#define HAZARD_PER_Z    0.45
#define HAZARD_SHIFT    (-0.10)
#define SHARE_LOST      0.04
#define SHARE_WITHDRAWN 0.02

/* Missing. */
#define MISSING_VITALS   0.03
#define MISSING_M5       0.08
#define MISSING_CRP      0.03
#define MISSING_PT       0.04
#define MISSING_PCT      0.12
#define MISSING_IL6      0.30
#define MISSING_FERRITIN 0.25
#define MISSING_LACTATE  0.10
#define MISSING_CVP      0.70

/* From the event to the entry of a manual form, in hours; slower at week-ends. */
#define ENTRY_LAG      3.5, 0.7
#define WEEKEND_FACTOR 1.6

/* Readings of images, no line of the table: readers who disagree; of the images of the last
 * weeks some are not assigned or not signed by both, and none is adjudicated. */
#define READINGS_DISAGREE 0.12
#define READINGS_RECENT   (60 * DAYS)
#define READINGS_LEFT     0.5

/* Second checks not made yet, of entries since the last participants were enrolled: no
 * line of the table. */
#define SECOND_CHECKS_RECENT (36 * DAYS)
#define SECOND_CHECKS_LEFT   0.16

/* Queries of persons: no line of the table either. Of the items that may be asked about;
 * of those asked; of those answered; of those closed; of patients whose checks are gone
 * through, and of what is then answered. */
#define SHARE_ASKED         0.14
#define SHARE_UNANSWERED    0.15
#define SHARE_CLOSED        0.85
#define SHARE_ASKED_AGAIN   0.15
#define SHARE_GONE_THROUGH  0.5
#define SHARE_CHECKS_CLOSED 0.8
/* Related serious events that have gone to the national system by now. */
#define SHARE_TO_SYSTEM 0.7

#endif
