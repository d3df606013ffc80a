#include "load.h"

#include "system/clock.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REQUEST_SIZE = 64 * 1024, REPLY_SIZE = 256 * 1024, CLIENTS = 1024 };

struct connection {
    int socket;
    bool is_waiting, is_done;
    int64_t began;
    size_t reply_len;
    char *reply;
};

struct run {
    const struct load *load;
    struct connection *connections;
    struct pollfd *polls;
    char *request;
    int64_t *times;
    size_t time_count, time_capacity;
    int64_t begun;
    struct load_figures figures;
};

static void *must_have(void *memory)
{
    if (memory == NULL)
        abort();
    return memory;
}

static int connect_to(int port)
{
    int socket_fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int on = 1;
    setsockopt(socket_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(socket_fd, (struct sockaddr *)&address, sizeof address) != 0) {
        close(socket_fd);
        return -1;
    }
    return socket_fd;
}

static bool send_all(int socket_fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(socket_fd, bytes, len, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes += sent;
        len -= (size_t)sent;
    }
    return true;
}

static void finish(struct run *run, int client, int status, struct text body)
{
    struct connection *connection = &run->connections[client];
    connection->is_waiting = false;
    if (status == 0 || status >= 500)
        run->figures.failures++;
    else
        run->figures.replies++;
    if (run->time_count == run->time_capacity) {
        run->time_capacity = run->time_capacity == 0 ? 4096 : run->time_capacity * 2;
        run->times =
            must_have(realloc(run->times, run->time_capacity * sizeof *run->times));
    }
    run->times[run->time_count++] = clock_monotonic() - connection->began;
    run->load->reply(run->load->data, client, status, body);
}

static void broken(struct run *run, int client)
{
    struct connection *connection = &run->connections[client];
    if (connection->socket >= 0)
        close(connection->socket);
    connection->socket = -1;
    run->polls[client].fd = -1;
    if (connection->is_waiting)
        finish(run, client, 0, (struct text){0});
}

static bool is_over(const struct run *run)
{
    const struct load *load = run->load;
    return clock_monotonic() - run->begun >= load->microseconds ||
           (load->most_requests > 0 && run->begun > 0 &&
            (int64_t)run->time_count >= load->most_requests);
}

static void next_request(struct run *run, int client)
{
    struct connection *connection = &run->connections[client];
    if (connection->is_done || is_over(run)) {
        connection->is_done = true;
        return;
    }
    if (connection->socket < 0) {
        connection->socket = connect_to(run->load->port);
        run->polls[client] =
            (struct pollfd){.fd = connection->socket, .events = POLLIN};
        if (connection->socket < 0) {
            connection->is_done = true;
            return;
        }
    }
    size_t len =
        run->load->request(run->load->data, client, run->request, REQUEST_SIZE);
    if (len == 0) {
        connection->is_done = true;
        return;
    }
    connection->reply_len = 0;
    connection->is_waiting = true;
    connection->began = clock_monotonic();
    if (!send_all(connection->socket, run->request, len))
        broken(run, client);
}

/* Length of head and body of a complete reply with Content-Length; 0 while incomplete. */
static size_t reply_whole(const struct connection *connection, size_t *head)
{
    const char *end = strstr(connection->reply, "\r\n\r\n");
    if (end == NULL)
        return 0;
    *head = (size_t)(end - connection->reply) + 4;
    size_t body = 0;
    for (const char *line = connection->reply; line < end;) {
        const char *next = strstr(line, "\r\n");
        if (strncasecmp(line, "content-length:", 15) == 0)
            body = strtoul(line + 15, NULL, 10);
        line = next + 2;
    }
    return connection->reply_len >= *head + body ? *head + body : 0;
}

static void received(struct run *run, int client)
{
    struct connection *connection = &run->connections[client];
    ssize_t got = recv(connection->socket, connection->reply + connection->reply_len,
                       REPLY_SIZE - connection->reply_len, 0);
    if (got <= 0) {
        broken(run, client);
        return;
    }
    connection->reply_len += (size_t)got;
    connection->reply[connection->reply_len] = '\0';
    size_t head = 0;
    size_t whole = reply_whole(connection, &head);
    if (whole == 0)
        return;
    int status =
        connection->reply_len > 12 ? (int)strtol(connection->reply + 9, NULL, 10) : 0;
    finish(run, client, status,
           (struct text){.at = connection->reply + head, .len = whole - head});
}

static int by_value(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

static void summarise(struct run *run)
{
    run->figures.elapsed = clock_monotonic() - run->begun;
    if (run->time_count == 0)
        return;
    qsort(run->times, run->time_count, sizeof *run->times, by_value);
    run->figures.p50 = run->times[run->time_count / 2];
    run->figures.p99 = run->times[run->time_count * 99 / 100];
    run->figures.maximum = run->times[run->time_count - 1];
}

static void loop(struct run *run)
{
    int clients = run->load->clients;
    for (bool is_running = true; is_running;) {
        is_running = false;
        for (int i = 0; i < clients; i++) {
            if (!run->connections[i].is_waiting)
                next_request(run, i);
            is_running = is_running || run->connections[i].is_waiting;
        }
        if (!is_running || poll(run->polls, (nfds_t)clients, 1000) < 0)
            continue;
        for (int i = 0; i < clients; i++)
            if (run->polls[i].fd >= 0 && run->polls[i].revents != 0)
                received(run, i);
    }
}

bool load_run(const struct load *load, struct load_figures *out)
{
    if (load->clients < 1 || load->clients > CLIENTS)
        abort();
    size_t clients = (size_t)load->clients;
    struct run run = {.load = load, .begun = clock_monotonic()};
    run.connections = must_have(calloc(clients, sizeof *run.connections));
    run.polls = must_have(calloc(clients, sizeof *run.polls));
    run.request = must_have(malloc(REQUEST_SIZE));
    for (size_t i = 0; i < clients; i++) {
        run.connections[i].socket = -1;
        run.polls[i].fd = -1;
        run.connections[i].reply = must_have(malloc(REPLY_SIZE + 1));
    }
    loop(&run);
    summarise(&run);
    for (size_t i = 0; i < clients; i++) {
        if (run.connections[i].socket >= 0)
            close(run.connections[i].socket);
        free(run.connections[i].reply);
    }
    free(run.connections);
    free(run.polls);
    free(run.request);
    free(run.times);
    *out = run.figures;
    return run.figures.replies + run.figures.failures > 0;
}

int64_t load_process_cpu(int pid)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return 0;
    char line[1024];
    size_t len = fread(line, 1, sizeof line - 1, file);
    fclose(file);
    line[len] = '\0';
    /* Fields 14 and 15, counted behind the parenthesised name. */
    const char *at = strrchr(line, ')');
    long user = 0, kernel = 0;
    if (at == NULL ||
        sscanf(at + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld", &user,
               &kernel) != 2)
        return 0;
    return (user + kernel) * (1000000 / sysconf(_SC_CLK_TCK));
}
