#include "system/local_socket.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum { WAITING_CALLERS = 16, PATH_SIZE = 4096 };

static bool system_refused(struct error *err, const char *doing, const char *path)
{
    int number = errno;
    bool is_absent = number == ENOENT || number == ECONNREFUSED;
    char reason[128];
    return error_set(err, is_absent ? ERROR_NOT_FOUND : ERROR_FAILED, "%s %s: %s",
                     doing, path, strerror_r(number, reason, sizeof reason));
}

/* An address for `path`. A long one is reached through its opened folder, which
 * `*folder` then holds (-1: none needed). */
static bool address_of(const char *path, struct sockaddr_un *address, int *folder)
{
    *folder = -1;
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    size_t len = strlen(path);
    if (len < sizeof address->sun_path) {
        memcpy(address->sun_path, path, len + 1);
        return true;
    }
    const char *slash = strrchr(path, '/');
    char parent[PATH_SIZE];
    if (slash == NULL || slash == path || (size_t)(slash - path) >= sizeof parent) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(parent, path, (size_t)(slash - path));
    parent[slash - path] = '\0';
    *folder = open(parent, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (*folder < 0)
        return false;
    int written = snprintf(address->sun_path, sizeof address->sun_path,
                           "/proc/self/fd/%d%s", *folder, slash);
    if (written < 0 || (size_t)written >= sizeof address->sun_path) {
        close(*folder);
        errno = ENAMETOOLONG;
        return false;
    }
    return true;
}

/* Binds under another name and renames, so that the file never has a wider mode and a
 * caller never meets a socket that does not listen yet. */
static bool bind_and_listen(int descriptor, const char *path)
{
    char beside[PATH_SIZE];
    int len = snprintf(beside, sizeof beside, "%s.%ld", path, (long)getpid());
    if (len < 0 || (size_t)len >= sizeof beside) {
        errno = ENAMETOOLONG;
        return false;
    }
    struct sockaddr_un address;
    int folder;
    unlink(beside);
    if (!address_of(beside, &address, &folder))
        return false;
    /* The mode of the descriptor is the mode of the file that bind makes. */
    bool is_bound =
        fchmod(descriptor, 0600) == 0 &&
        bind(descriptor, (const struct sockaddr *)&address, sizeof address) == 0;
    bool is_done = is_bound && chmod(beside, 0600) == 0 &&
                   listen(descriptor, WAITING_CALLERS) == 0 &&
                   rename(beside, path) == 0;
    int number = errno;
    if (is_bound && !is_done)
        unlink(beside);
    if (folder >= 0)
        close(folder);
    errno = number;
    return is_done;
}

bool local_socket_listen(const char *path, int *out, struct error *err)
{
    int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return system_refused(err, "opening a socket for", path);
    if (!bind_and_listen(descriptor, path)) {
        (void)system_refused(err, "listening at", path);
        close(descriptor);
        return false;
    }
    *out = descriptor;
    return true;
}

bool local_socket_connect(const char *path, int *out, struct error *err)
{
    struct sockaddr_un address;
    int folder;
    if (!address_of(path, &address, &folder))
        return system_refused(err, "reaching", path);
    int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool is_connected =
        descriptor >= 0 &&
        connect(descriptor, (const struct sockaddr *)&address, sizeof address) == 0;
    if (!is_connected)
        (void)system_refused(err, "reaching", path);
    if (folder >= 0)
        close(folder);
    if (!is_connected && descriptor >= 0)
        close(descriptor);
    *out = is_connected ? descriptor : -1;
    return is_connected;
}

bool local_socket_accept(int listening, int *out, bool *is_own)
{
    int descriptor;
    do
        descriptor = accept4(listening, NULL, NULL, SOCK_CLOEXEC);
    while (descriptor < 0 && (errno == EINTR || errno == ECONNABORTED));
    if (descriptor < 0)
        return false;
    struct ucred peer;
    socklen_t size = sizeof peer;
    *is_own = getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
              (peer.uid == geteuid() || peer.uid == 0);
    *out = descriptor;
    return true;
}

void local_socket_stop(int descriptor)
{
    shutdown(descriptor, SHUT_RDWR);
}

void local_socket_stop_reading(int descriptor)
{
    shutdown(descriptor, SHUT_RD);
}

void local_socket_patience(int descriptor, int seconds)
{
    struct timeval patience = {.tv_sec = seconds};
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

void local_socket_close(int descriptor)
{
    close(descriptor);
}

bool local_socket_write(int descriptor, struct text bytes)
{
    while (bytes.len > 0) {
        ssize_t sent = send(descriptor, bytes.at, bytes.len, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        bytes = text_part(bytes, (size_t)sent, bytes.len);
    }
    return true;
}

bool local_socket_read(int descriptor, void *out, size_t len)
{
    char *at = out;
    while (len > 0) {
        ssize_t got = recv(descriptor, at, len, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got;
        len -= (size_t)got;
    }
    return true;
}

bool local_socket_is_connected(int descriptor)
{
    struct pollfd asked = {.fd = descriptor, .events = POLLRDHUP};
    return poll(&asked, 1, 0) == 0;
}
