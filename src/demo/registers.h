#ifndef OSTEON_DEMO_REGISTERS_H
#define OSTEON_DEMO_REGISTERS_H
/* The registers of the demo, as they stand when the study begins: who is delegated what,
 * the consent form, the lots of needles, one change of configuration. And who everybody is
 * was verified. All of it says SYNTHETIC. */
#include "actions/study.h"
#include "demo/staff.h"
#include "model/user.h"

/* `people` by enum staff; the first entry is made at `begins`. */
MUST_USE bool demo_registers(struct study *study, const struct user *const *people,
                             int64_t begins, struct arena *arena, struct error *err);

#endif
