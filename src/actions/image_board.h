#ifndef OSTEON_ACTIONS_IMAGE_BOARD_H
#define OSTEON_ACTIONS_IMAGE_BOARD_H
/* All images of the sites at which the caller orders images: who reads which, how far it is,
 * and who could be asked to read. It says no answer of a reading: only what image_stage.h may
 * tell everybody.
 */
#include "actions/image_stage.h"
#include "actions/study.h"

struct image_board_task {
    struct image_task task;
    struct text name, full_name;
    int64_t given_at;
    bool is_signed;
};

struct image_board_entry {
    struct form_key key;
    struct text number; /* of the participant */
    struct image_state state;
    struct image_board_task *tasks; /* as many as the state has */
};

/* Who could be given a task; a person may hold both roles. */
struct image_person {
    struct text name, full_name;
    bool reads, adjudicates;
};

struct image_board {
    struct image_board_entry *images;
    size_t image_count;
    struct image_person *people; /* none where there is no image */
    size_t person_count;
};
MUST_USE bool image_board_read(struct study *study, const struct caller *caller,
                               struct arena *arena, struct image_board *out,
                               struct error *err);

#endif
