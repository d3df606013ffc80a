#ifndef OSTEON_MODEL_BUILTIN_STUDY_H
#define OSTEON_MODEL_BUILTIN_STUDY_H
/* The built-in study's design, studies/io-hematology/study.xml, embedded at build
 * time: the bytes from `builtin_study` up to `builtin_study_end`. */

extern const unsigned char builtin_study[];
extern const unsigned char builtin_study_end[];

/* Its analysis plan, studies/io-hematology/plan.json. */
extern const unsigned char builtin_plan[];
extern const unsigned char builtin_plan_end[];

#endif
