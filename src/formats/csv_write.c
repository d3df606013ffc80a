#include "formats/csv_write.h"

static void separate(struct csv_out *row)
{
    if (row->has_field)
        buffer_byte(row->to, ',');
    row->has_field = true;
}

static bool needs_quotes(struct text text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] == ',' || text.at[i] == '"' || text.at[i] == '\r' ||
            text.at[i] == '\n')
            return true;
    /* Some readers trim what is not quoted. */
    return text.len > 0 &&
           (text.at[0] == ' ' || text.at[0] == '\t' || text.at[text.len - 1] == ' ' ||
            text.at[text.len - 1] == '\t');
}

void csv_text(struct csv_out *row, struct text text)
{
    separate(row);
    if (!needs_quotes(text)) {
        buffer_text_add(row->to, text);
        return;
    }
    buffer_byte(row->to, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"')
            buffer_byte(row->to, '"');
        buffer_byte(row->to, text.at[i]);
    }
    buffer_byte(row->to, '"');
}

static bool is_like_a_formula(struct text text)
{
    return text.len > 0 &&
           (text.at[0] == '=' || text.at[0] == '+' || text.at[0] == '-' ||
            text.at[0] == '@' || text.at[0] == '\t' || text.at[0] == '\r');
}

void csv_text_for_people(struct csv_out *row, struct text text, struct arena *arena)
{
    csv_text(row, is_like_a_formula(text) ? text_format(arena, "'%.*s", TEXT_ARG(text))
                                          : text);
}

void csv_number(struct csv_out *row, int64_t number)
{
    char printed[INT64_TEXT];
    separate(row);
    buffer_bytes(row->to, printed, text_print_int64(number, printed));
}

void csv_part(struct csv_out *row, struct text written)
{
    separate(row);
    buffer_text_add(row->to, written);
}

void csv_end(struct csv_out *row)
{
    BUFFER_LITERAL(row->to, "\r\n");
    row->has_field = false;
}
