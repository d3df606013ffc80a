#ifndef OSTEON_MODEL_SIGNATURE_CONTENT_H
#define OSTEON_MODEL_SIGNATURE_CONTENT_H
/* What an electronic signature says, word by word: the canonical text whose SHA-256 it is
 * bound to (21 CFR 11.70). The signing and `osteon verify` write it with this one function;
 * doc/signatures.md gives the rules, so that another program can do the same.
 *
 * Everything that the person sees and that could change is in it: study, participant, form,
 * language, meaning, the version of the design, and for each answer the label of the item
 * in that language, the value as it is shown, and its unit. Of an answer in the identity
 * vault, which the form does not show, it is said that it stands there. Answers that the
 * rules keep from view are named as not shown. A signature of one row (a reader's own
 * reading) says which, and is of the second edition of the text; all others are of the
 * first, so that what was signed before is written as it was.
 */
#include "base/buffer.h"
#include "model/value.h"

/* The meaning of a signature (21 CFR 11.50(a)(3)): a closed list. name, English, Chinese */
// clang-format off
#define SIGNATURE_MEANING_TABLE(X)                                                       \
    X(FORM_REVIEWED,                                                                     \
      "I have reviewed this form and confirm that its data are complete and correct to the" \
      " best of my knowledge.",                                                          \
      "本人已审核本表单，并确认：据本人所知，其中数据完整、准确。")                      \
    X(CASEBOOK_REVIEWED,                                                                 \
      "I have reviewed all forms of this participant and confirm that their data are"    \
      " complete and correct to the best of my knowledge.",                              \
      "本人已审核该受试者的全部表单，并确认：据本人所知，其中数据完整、准确。")          \
    X(READ_MADE,                                                                         \
      "I made this reading myself, without knowing the outcome or another reading.",     \
      "本判读由本人独立作出，判读时不知晓结局及他人判读。")                             \
    X(ADJUDICATED,                                                                       \
      "I have adjudicated this image, knowing both readings.",                           \
      "本人已知悉两份判读，并对该影像作出裁定。")
// clang-format on

enum signature_meaning {
#define X(name, english, chinese) SIGNATURE_##name,
    SIGNATURE_MEANING_TABLE(X)
#undef X
};
/* "FORM_REVIEWED" */
struct text signature_meaning_name(enum signature_meaning meaning);
struct label signature_meaning_label(enum signature_meaning meaning);
/* Of one row of a form, the signer's own; else of the form or casebook as a whole. */
bool signature_meaning_is_of_row(enum signature_meaning meaning);
bool signature_meaning_parse(struct text name, enum signature_meaning *out);

struct shown_answer {
    struct text item; /* OID */
    int64_t row;
    struct answer answer;
    bool is_hidden;
};

/* A form instance; answers that are cleared are none. */
struct shown_form {
    struct form_key key;
    const struct design *design; /* the version that it is kept under */
    const struct shown_answer *answers;
    size_t answer_count;
    int64_t row; /* its answers are those of this row alone; 0: of all of the form */
};

struct signature_content {
    struct text study;
    int64_t participant;
    bool is_chinese; /* the language it is shown in; else English */
    enum signature_meaning meaning;
    const struct shown_form *forms; /* in the order of signature_form_order */
    size_t form_count;
};

/* Appends the canonical text. */
void signature_content_write(const struct signature_content *content,
                             struct buffer *out);

/* By participant, event, its repeat, form, its repeat: <0, 0, >0. OIDs by their bytes. */
int signature_form_order(const struct form_key *a, const struct form_key *b);

#endif
