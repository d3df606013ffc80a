#ifndef OSTEON_ACTIONS_IMPORT_MAP_H
#define OSTEON_ACTIONS_IMPORT_MAP_H
/* From the elements of an ODM document to the places and answers of the study's design.
 *
 * Lenient in: a value that does not fit its item is a fact of the other system; it is kept
 * as it stands and the report says so. What has no place here (an OID that the design does
 * not have) is an error, named once. Forms are gathered, and handed on in portions of
 * about LIMIT_IMPORT_UNIT changes; then their memory is used again.
 */
#include "actions/import_names.h"
#include "actions/import_report.h"
#include "formats/odm_data_read.h"
#include "store/event_content.h"

struct import_form {
    struct text subject;   /* key */
    uint64_t subject_hash; /* tells most apart at a glance */
    struct text site;
    struct form_key key; /* without the participant */
    struct value_change *changes;
    size_t change_count, change_capacity;
    struct import_kept *kept;
    size_t kept_count, kept_capacity, kept_bytes;
};

enum { IMPORT_FORMS_MOST = 500 }; /* of a portion */

struct import_place {
    const struct study_event *event;
    int64_t event_repeat;
    const struct form *form;
    int64_t form_repeat;
    const struct item_group *group;
    int64_t row;                /* of the group; 0: none said */
    struct import_form *target; /* NULL: not begun yet */
    bool is_unknown;            /* nothing within is taken: an OID above is unknown */
    enum odm_transaction transaction;
};

struct import_map {
    const struct design *design;
    struct import_report *report;
    struct text default_site;
    /* Takes the portion, which stays as it is till the next one is taken; NULL while only
     * looking. */
    bool (*portion)(void *data, struct import_map *map, struct error *err);
    void *data;

    struct arena *arena, *spare; /* of the portion; of the next */
    struct import_form *forms;
    size_t form_count, change_count, kept_bytes;
    struct import_place places[LIMIT_XML_DEPTH + 1];
    size_t depth;
    char subject_bytes[256];
    struct text subject, site;
    uint64_t subject_hash;
    struct text studies[64]; /* that the document defines */
    size_t study_count;
    struct import_names *names;
    struct import_kept held[64]; /* of the participant, until a form takes them */
    size_t held_count;
    struct import_kept pending[64]; /* of the item that is being read */
    size_t pending_count;
    struct form_key last; /* the participant's last form */
    bool has_last;
    bool has_data;
};

void import_map_begin(struct import_map *map);
void import_map_end(struct import_map *map);
/* The events that fill it. */
struct odm_data_events import_map_events(struct import_map *map);
/* The form of the portion at hand with this key; the one where the reading stands. */
struct import_form *import_map_form(struct import_map *map, const struct form_key *key);
struct import_form *import_map_form_here(struct import_map *map);
/* A new change of the form; its row of a group, and the last change of it in this portion. */
struct value_change *import_map_change(struct import_map *map, struct import_form *form,
                                       struct text item, int64_t row);
int64_t import_map_row(struct import_map *map, const struct item_group *group,
                       const struct odm_data_item *given);
/* Before more of the form: hands the portion on when it is full. */
MUST_USE bool import_map_make_room(struct import_map *map, struct error *err);
/* Hands on what is gathered. */
MUST_USE bool import_map_flush(struct import_map *map, struct error *err);

#endif
