#include "served.h"

#include "load.h"

#include "system/clock.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { REQUEST = 64 * 1024 };

static const char *program(void)
{
    const char *named = getenv("OSTEON");
    return named == NULL ? "build/osteon" : named;
}

/* execv takes pointers to non-const by history; it changes nothing. */
static void run_program(const char *const words[])
{
    union {
        const char *const *fixed;
        char *const *open;
    } arguments = {.fixed = words};
    execv(program(), arguments.open);
    perror(program());
    _exit(127);
}

int served_command(const struct served *served, const char *const words[])
{
    int child = fork();
    if (child == 0) {
        setenv("OSTEON_KEYS", served->keyring, 1);
        if (freopen("/dev/null", "w", stdout) == NULL)
            _exit(127);
        run_program(words);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
        abort();
    return WEXITSTATUS(status);
}

bool served_writer(const struct served *served, int64_t *commits, int64_t *checkpoints)
{
    char command[2048], line[512];
    long long made = 0, moved = 0;
    bool is_found = false;
    snprintf(command, sizeof command, "OSTEON_KEYS='%s' '%s' doctor '%s'",
             served->keyring, program(), served->folder);
    FILE *stream = popen(command, "r");
    while (stream != NULL && fgets(line, sizeof line, stream) != NULL) {
        const char *at = strstr(line, " commits, ");
        const char *step = strstr(line, " checkpoints, ");
        if (strstr(line, " writer ") == NULL || at == NULL || step == NULL)
            continue;
        while (at > line && at[-1] != ' ')
            at--;
        while (step > line && step[-1] != ' ')
            step--;
        made = strtoll(at, NULL, 10);
        moved = strtoll(step, NULL, 10);
        is_found = true;
    }
    if (stream != NULL)
        pclose(stream);
    *commits = made;
    *checkpoints = moved;
    return is_found;
}

static void read_address(struct served *served, int out)
{
    char line[256] = "";
    FILE *stream = fdopen(out, "r");
    if (stream == NULL || fgets(line, sizeof line, stream) == NULL) {
        fprintf(stderr, "served: the program did not say its address\n");
        abort();
    }
    fclose(stream);
    const char *colon = strrchr(line, ':');
    served->port = colon == NULL ? 0 : (int)strtol(colon + 1, NULL, 10);
}

int64_t served_start(struct served *served)
{
    int ends[2];
    if (pipe(ends) != 0)
        abort();
    int64_t began = clock_monotonic();
    served->process = fork();
    if (served->process == 0) {
        setenv("OSTEON_KEYS", served->keyring, 1);
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        run_program((const char *const[]){"osteon", "serve", served->folder, "--listen",
                                          "127.0.0.1:0", NULL});
    }
    close(ends[1]);
    read_address(served, ends[0]);
    char reply[1024];
    for (int i = 0; i < 1000; i++) {
        if (served_request(served, "GET", "/api/health", NULL, reply, sizeof reply) ==
            200)
            return clock_monotonic() - began;
        nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
    }
    fprintf(stderr, "served: no answer\n");
    abort();
}

static void end_with(struct served *served, int sign)
{
    int status;
    kill(served->process, sign);
    waitpid(served->process, &status, 0);
    served->process = 0;
}

void served_stop(struct served *served)
{
    end_with(served, SIGTERM);
}

void served_kill(struct served *served)
{
    end_with(served, SIGKILL);
}

struct once {
    const struct served *served;
    const char *method, *path, *body;
    char *out;
    size_t size;
    int status;
    bool is_sent;
};

static size_t once_request(void *data, int client, char *out, size_t size)
{
    struct once *once = data;
    (void)client;
    if (once->is_sent)
        return 0;
    once->is_sent = true;
    const char *body = once->body == NULL ? "" : once->body;
    const char *token = once->served->token;
    int len = snprintf(out, size,
                       "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s%s%s%s"
                       "Content-Length: %zu\r\n\r\n%s",
                       once->method, once->path, once->served->port,
                       token[0] == '\0' ? "" : "Authorization: Bearer ", token,
                       token[0] == '\0' ? "" : "\r\n",
                       once->body == NULL ? "" : "Content-Type: application/json\r\n",
                       strlen(body), body);
    if (len < 0 || (size_t)len >= size)
        abort();
    return (size_t)len;
}

static void once_reply(void *data, int client, int status, struct text body)
{
    struct once *once = data;
    (void)client;
    once->status = status;
    size_t len = body.len < once->size ? body.len : once->size - 1;
    memcpy(once->out, body.at == NULL ? "" : body.at, len);
    once->out[len] = '\0';
}

int served_request(struct served *served, const char *method, const char *path,
                   const char *body, char *out, size_t size)
{
    struct once once = {.served = served,
                        .method = method,
                        .path = path,
                        .body = body,
                        .out = out,
                        .size = size};
    struct load load = {.port = served->port,
                        .clients = 1,
                        .microseconds = 30000000,
                        .request = once_request,
                        .reply = once_reply,
                        .data = &once};
    struct load_figures figures;
    load_run(&load, &figures);
    return once.status;
}

/* The token is the value of the sign-in's cookie, which the body repeats for programs. */
bool served_sign_in(struct served *served, const char *name, const char *password)
{
    char body[512], reply[REQUEST];
    served->token[0] = '\0';
    snprintf(body, sizeof body, "{\"name\":\"%s\",\"password\":\"%s\",\"bearer\":true}",
             name, password);
    if (served_request(served, "POST", "/api/login", body, reply, sizeof reply) != 200)
        return false;
    const char *at = strstr(reply, "\"token\":\"");
    if (at == NULL || sscanf(at + 9, "%127[^\"]", served->token) != 1)
        return false;
    return true;
}

int64_t served_memory(const struct served *served, const char *field)
{
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%d/status", served->process);
    FILE *file = fopen(path, "r");
    int64_t found = -1;
    if (file == NULL)
        return -1;
    while (found < 0 && fgets(line, sizeof line, file) != NULL)
        if (strncmp(line, field, strlen(field)) == 0)
            found = strtol(line + strlen(field) + 1, NULL, 10);
    fclose(file);
    return found;
}
