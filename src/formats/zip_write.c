#include "formats/zip_write.h"

#include <zlib.h>

enum {
    CHUNK = 32 * 1024,
    VERSION = 20,
    FLAGS = 1 << 11 | 1 << 3, /* UTF-8; sizes and CRC behind the data */
    DEFLATED = 8,
    FIRST_DATE = 1 << 5 | 1, /* 1980-01-01 */
    FILES_MOST = 0xffff,
    DIRECTORY_MOST = 16 * 1024 * 1024
};
#define BYTES_MOST INT64_C(0xffffffff)

struct zip_state {
    z_stream stream;
    bool is_open, has_stream;
    int64_t at; /* bytes written */
    int64_t begins;
    struct text name;
    uLong crc;
    int64_t plain, packed;
    struct buffer directory;
    int64_t files;
    bool has_failed, is_too_large;
    unsigned char chunk[CHUNK];
};

static void end_stream(void *data)
{
    struct zip_state *state = data;
    if (state->has_stream)
        deflateEnd(&state->stream);
}

void zip_begin(struct zip *zip, bool (*put)(void *data, struct text bytes), void *data,
               struct arena *arena)
{
    struct zip_state *state = ARENA_NEW(arena, struct zip_state);
    state->directory = buffer_in(arena, DIRECTORY_MOST);
    /* Raw deflate: the archive has its own sizes and sums. */
    state->has_stream = deflateInit2(&state->stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED,
                                     -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK;
    state->has_failed = !state->has_stream;
    arena_on_end(arena, end_stream, state);
    *zip = (struct zip){.put = put, .data = data, .arena = arena, .state = state};
}

static void send(struct zip *zip, const void *bytes, size_t len)
{
    struct zip_state *state = zip->state;
    state->at += (int64_t)len;
    state->is_too_large = state->is_too_large || state->at > BYTES_MOST;
    if (!state->has_failed && !state->is_too_large)
        state->has_failed =
            !zip->put(zip->data, (struct text){.at = bytes, .len = len});
}

static void put_little(struct buffer *out, int64_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buffer_byte(out, (char)((uint64_t)number >> (8 * i) & 0xff));
}

/* What the header of a file and its line in the directory share. */
static void put_facts(struct buffer *out, const struct zip_state *state, bool is_known)
{
    put_little(out, VERSION, 2);
    put_little(out, FLAGS, 2);
    put_little(out, DEFLATED, 2);
    put_little(out, 0, 2);
    put_little(out, FIRST_DATE, 2);
    put_little(out, is_known ? (int64_t)state->crc : 0, 4);
    put_little(out, is_known ? state->packed : 0, 4);
    put_little(out, is_known ? state->plain : 0, 4);
    put_little(out, (int64_t)state->name.len, 2);
    put_little(out, 0, 2);
}

static void deflate_some(struct zip *zip, int flush)
{
    struct zip_state *state = zip->state;
    int result = Z_OK;
    do {
        state->stream.next_out = state->chunk;
        state->stream.avail_out = CHUNK;
        result = deflate(&state->stream, flush);
        size_t len = CHUNK - state->stream.avail_out;
        state->packed += (int64_t)len;
        send(zip, state->chunk, len);
    } while (state->stream.avail_out == 0 && result == Z_OK);
    state->has_failed = state->has_failed || result == Z_STREAM_ERROR;
}

static void end_file(struct zip *zip)
{
    struct zip_state *state = zip->state;
    if (!state->is_open)
        return;
    deflate_some(zip, Z_FINISH);
    state->is_open = false;
    struct arena_mark mark = arena_mark(zip->arena);
    struct buffer behind = buffer_in(zip->arena, 64);
    BUFFER_LITERAL(&behind, "PK\x07\x08");
    put_little(&behind, (int64_t)state->crc, 4);
    put_little(&behind, state->packed, 4);
    put_little(&behind, state->plain, 4);
    send(zip, behind.at, behind.len);
    arena_rewind(zip->arena, mark);
    BUFFER_LITERAL(&state->directory, "PK\x01\x02");
    put_little(&state->directory, VERSION | 3 << 8, 2); /* names and rights as Unix */
    put_facts(&state->directory, state, true);
    put_little(&state->directory, 0, 6); /* comment, disk, text or bytes */
    put_little(&state->directory, INT64_C(0100644) << 16, 4);
    put_little(&state->directory, state->begins, 4);
    buffer_text_add(&state->directory, state->name);
    state->files++;
}

void zip_file(struct zip *zip, struct text name)
{
    struct zip_state *state = zip->state;
    end_file(zip);
    if (state->has_failed)
        return;
    state->is_open = true;
    state->begins = state->at;
    state->name = text_copy(zip->arena, name);
    state->crc = crc32(0, NULL, 0);
    state->plain = 0;
    state->packed = 0;
    deflateReset(&state->stream);
    struct buffer head = buffer_in(zip->arena, 64 * 1024);
    BUFFER_LITERAL(&head, "PK\x03\x04");
    put_facts(&head, state, false);
    buffer_text_add(&head, state->name);
    send(zip, head.at, head.len);
}

void zip_bytes(struct zip *zip, struct text bytes)
{
    struct zip_state *state = zip->state;
    if (!state->is_open || state->has_failed || state->is_too_large)
        return;
    union {
        const char *read;
        unsigned char *pointer;
    } view;
    for (; bytes.len > 0; bytes = text_part(bytes, CHUNK, bytes.len)) {
        unsigned len = bytes.len < CHUNK ? (unsigned)bytes.len : CHUNK;
        view.read = bytes.at;
        state->crc = crc32(state->crc, view.pointer, len);
        state->plain += len;
        state->stream.next_in = view.pointer;
        state->stream.avail_in = len;
        deflate_some(zip, Z_NO_FLUSH);
    }
    state->is_too_large = state->is_too_large || state->plain > BYTES_MOST;
}

bool zip_end(struct zip *zip, struct error *err)
{
    struct zip_state *state = zip->state;
    end_file(zip);
    int64_t directory = state->at;
    send(zip, state->directory.at, state->directory.len);
    struct buffer end = buffer_in(zip->arena, 64);
    BUFFER_LITERAL(&end, "PK\x05\x06");
    put_little(&end, 0, 4);
    put_little(&end, state->files, 2);
    put_little(&end, state->files, 2);
    put_little(&end, state->at - directory, 4);
    put_little(&end, directory, 4);
    put_little(&end, 0, 2);
    send(zip, end.at, end.len);
    if (state->is_too_large || state->files > FILES_MOST ||
        state->directory.is_overflown) {
        error_set(err, ERROR_TOO_LARGE, "it is larger than a ZIP file can be");
        return error_hint(err, "export into a folder instead");
    }
    return !state->has_failed ||
           error_set(err, ERROR_FAILED, "the ZIP file could not be written");
}
