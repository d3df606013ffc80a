#ifndef OSTEON_DEMO_FAULTS_H
#define OSTEON_DEMO_FAULTS_H
/* The planted faults that entered data can show (class A of section 9.2); those of the
 * feeds come with the feeds. Each has a patient of its own. A cohort of fewer than
 * FAULTS_FEWEST carries the first one only.
 *
 * The areas know nothing of them: the patient is shaped after the draws, or what was
 * written is spoiled.
 */
#include "demo/cohort.h"

enum planted_fault {
    FAULT_NONE,
    FAULT_AGE,        /* 1 screened at 66 */
    FAULT_REPUNCTURE, /* 2 the same bone chosen again after 11 h */
    FAULT_DWELL,      /* 3 25.3 h without a reason */
    FAULT_SWAPPED_H2, /* 4 diastolic and mean pressure swapped, in two participants */
    FAULT_SWAPPED_H4,
    FAULT_CREATININE, /* 5 mg/dL under umol/L */
    FAULT_D_DIMER,    /* 6 DDU */
    FAULT_LIDOCAINE,  /* 7 3.2 mg/kg */
    FAULT_LATE_SAE    /* 9 reported after 27 h */
};
enum { FAULTS_FEWEST = 12 };

/* Adds the patient of 66, and sees to it that enough are enrolled late. Before the numbers
 * are given. */
void faults_place(struct cohort *cohort);
/* Which participant carries which. */
void faults_assign(struct cohort *cohort);
void faults_shape_person(struct patient *patient);
void faults_shape_course(struct patient *patient);
void faults_spoil(const struct patient *patient, struct diary *diary);

#endif
