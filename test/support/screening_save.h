#ifndef OSTEON_TEST_SCREENING_SAVE_H
#define OSTEON_TEST_SCREENING_SAVE_H
/* Saves of 30 items of the screening form over HTTP, by a coordinator, each participant
 * its own client of support/load.h. Every save after the first is based on the one
 * before it, as a page's is. All data are SYNTHETIC.
 */
#include "served.h"

#define SCREENING_PASSWORD "SYNTHETIC-pass-phrase-1"
enum { SCREENING_ITEMS = 30 };

struct screening_save {
    const struct served *served;
    int64_t participant;
    int64_t n;        /* of the save under way */
    int64_t base_seq; /* 0: nothing stands yet */
    char batch[48];   /* of the save under way */
    int64_t acknowledged;
    int64_t acknowledged_seq;
    char acknowledged_batch[48];
    int64_t refused;
    char last_refusal[300];
};

/* A folder with a coordinator of this name at site 01. */
void screening_folder(const struct served *served, const char *name);

/* Screens a participant of its own: the program must be running and signed in. */
void screening_begin(struct screening_save *save, struct served *served);

/* The two callbacks of struct load; `data` is an array of saves, one a client. */
size_t screening_request(void *data, int client, char *out, size_t size);
void screening_reply(void *data, int client, int status, struct text body);

#endif
