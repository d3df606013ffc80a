#include "screening_save.h"

#include "system/crypto.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct field {
    const char *item;
    int row;
    const char *values[2]; /* in turn: each save changes every item */
};

static const char *const yes_no[2] = {"Y", "N"};

static const struct field plain[] = {
    {"I.SCR.SCRDTM", 0, {"2026-11-20T08:00", "2026-11-20T08:05"}},
    {"I.SCR.HVOL", 0, {"N", "Y"}},
    {"I.SCR.INC2", 0, {"1 2", "1 2 5"}},
    {"I.SCR.INC2B", 0, {"AGRAN TCP", "AGRAN OTH"}},
    {"I.SCR.HEMANY", 0, {"Y", "N"}},
    {"I.SCR.CRITIC", 0, {"Y", "N"}},
    {"I.SCR.INCOTH", 0, {"SYNTHETIC text", "SYNTHETIC text, again"}},
    {"I.SCR.IODEC", 0, {"Y", "N"}},
    {"I.SCR.SCROTH", 0, {"SYNTHETIC", "SYNTHETIC 2"}},
};
enum { PLAIN = sizeof plain / sizeof plain[0] };

/* Three candidate sites with seven items each fill up to 30. */
static const char *const sites[3] = {"PTL", "PTR", "PHL"};
static const char *const exclusions[6] = {"I.SCR.EXC1", "I.SCR.EXC2", "I.SCR.EXC3",
                                          "I.SCR.EXC4", "I.SCR.EXC5", "I.SCR.EXC6"};

static void must(bool is_done, const char *what)
{
    if (is_done)
        return;
    fprintf(stderr, "screening save: %s\n", what);
    abort();
}

void screening_folder(const struct served *served, const char *name)
{
    char path[600];
    snprintf(path, sizeof path, "%s.password", served->folder);
    FILE *file = fopen(path, "w");
    must(file != NULL && fputs(SCREENING_PASSWORD, file) >= 0 && fclose(file) == 0,
         path);
    must(served_command(served, (const char *const[]){"osteon", "init", served->folder,
                                                      NULL}) == 0,
         "init");
    must(served_command(served,
                        (const char *const[]){"osteon", "user", served->folder, "add",
                                              name, "--role", "CRC", "--site", "01",
                                              "--password-file", path, NULL}) == 0,
         "user add");
    remove(path);
}

void screening_begin(struct screening_save *save, struct served *served)
{
    char reply[4096];
    *save = (struct screening_save){.served = served};
    int status =
        served_request(served, "POST", "/api/participants",
                       "{\"site\":\"01\",\"kind\":\"screening\"}", reply, sizeof reply);
    const char *id = strstr(reply, "\"id\":");
    must(status == 201 && id != NULL, reply);
    save->participant = strtoll(id + 5, NULL, 10);
}

/* RFC 9562 version 7: the time, then chance. */
static void next_batch(struct screening_save *save)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t ms = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
    uint8_t chance[10];
    random_bytes(chance, sizeof chance);
    snprintf(save->batch, sizeof save->batch,
             "%08" PRIx64 "-%04" PRIx64 "-7%03x-%04x-%02x%02x%02x%02x%02x%02x",
             ms >> 16, ms & 0xffff, (unsigned)(chance[0] << 8 | chance[1]) & 0xfff,
             ((unsigned)(chance[2] << 8 | chance[3]) & 0x3fff) | 0x8000, chance[4],
             chance[5], chance[6], chance[7], chance[8], chance[9]);
}

struct writing {
    char *out;
    size_t size, len;
    const struct screening_save *save;
    int place;
};

static void add(struct writing *writing, const char *item, int row, const char *value)
{
    const struct screening_save *save = writing->save;
    char base[64] = "", at[32] = "";
    if (save->base_seq > 0)
        snprintf(base, sizeof base, ",\"base\":\"%" PRId64 ":%d\"", save->base_seq,
                 writing->place);
    if (row > 0)
        snprintf(at, sizeof at, ",\"row\":%d", row);
    int len = snprintf(writing->out + writing->len, writing->size - writing->len,
                       "%s{\"item\":\"%s\"%s,\"value\":\"%s\"%s}",
                       writing->place == 0 ? "" : ",", item, at, value, base);
    must(len > 0 && (size_t)len < writing->size - writing->len, "room");
    writing->len += (size_t)len;
    writing->place++;
}

static size_t write_body(const struct screening_save *save, char *out, size_t size)
{
    int turn = (int)(save->n % 2);
    int head =
        snprintf(out, size,
                 "{\"batch\":\"%s\",\"participant\":%" PRId64
                 ",\"event\":\"SE.SCR\",\"form\":\"F.SCR\",\"device\":\"SYNTHETIC\","
                 "\"reason\":\"SYNTHETIC\",\"mutations\":[",
                 save->batch, save->participant);
    struct writing writing = {
        .out = out, .size = size, .len = (size_t)head, .save = save};
    for (int i = 0; i < PLAIN; i++)
        add(&writing, plain[i].item, plain[i].row, plain[i].values[turn]);
    for (int site = 0; site < 3; site++) {
        add(&writing, "I.SCR.XSITE", site + 1, sites[(site + turn) % 3]);
        for (int i = 0; i < 6; i++)
            add(&writing, exclusions[i], site + 1, yes_no[(i + turn) % 2]);
    }
    must(writing.place == SCREENING_ITEMS, "30 items");
    int tail = snprintf(out + writing.len, size - writing.len, "]}");
    return writing.len + (size_t)tail;
}

size_t screening_request(void *data, int client, char *out, size_t size)
{
    struct screening_save *save = (struct screening_save *)data + client;
    char body[16 * 1024];
    save->n++;
    next_batch(save);
    size_t len = write_body(save, body, sizeof body);
    int head = snprintf(out, size,
                        "POST /api/mutations HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                        "Authorization: Bearer %s\r\nContent-Type: application/json\r\n"
                        "Content-Length: %zu\r\n\r\n",
                        save->served->port, save->served->token, len);
    must(head > 0 && (size_t)head + len < size, "room");
    memcpy(out + head, body, len);
    return (size_t)head + len;
}

/* All thirty must be stored: a page would be told of each that is not. */
static bool is_whole(struct text body)
{
    int count = 0;
    static const char ok[] = "\"status\":\"ok\"";
    for (const char *at = body.at; (at = strstr(at, ok)) != NULL; at += sizeof ok - 1)
        count++;
    return count == SCREENING_ITEMS;
}

void screening_reply(void *data, int client, int status, struct text body)
{
    struct screening_save *save = (struct screening_save *)data + client;
    const char *seq = body.at == NULL ? NULL : strstr(body.at, "\"seq\":");
    if (status == 200 && seq != NULL && is_whole(body)) {
        save->acknowledged = save->n;
        save->base_seq = save->acknowledged_seq = strtoll(seq + 6, NULL, 10);
        memcpy(save->acknowledged_batch, save->batch, sizeof save->batch);
        return;
    }
    save->refused++;
    snprintf(save->last_refusal, sizeof save->last_refusal, "%d %.*s", status,
             (int)(body.len < 250 ? body.len : 250), body.at == NULL ? "" : body.at);
}
