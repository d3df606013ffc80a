#include "system/tcp_socket.h"

#include <errno.h>
#include <linux/tcp.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 1024, HOST_SIZE = 256, PORT_SIZE = 8 };

struct place {
    char host[HOST_SIZE];
    char port[PORT_SIZE];
};

/* "[::1]:80" → "::1" and "80". */
static bool cut_address(const char *address, struct place *out)
{
    const char *colon = strrchr(address, ':');
    if (colon == NULL)
        return false;
    struct text host = {.at = address, .len = (size_t)(colon - address)};
    struct text port = text_of(colon + 1);
    int64_t number = 0;
    bool has_brackets =
        host.len >= 2 && host.at[0] == '[' && host.at[host.len - 1] == ']';
    if (has_brackets)
        host = text_part(host, 1, host.len - 2);
    else if (text_find(host, ':') < host.len)
        return false; /* "::1:80" may mean two things */
    if (host.len == 0 || host.len >= HOST_SIZE || port.len >= PORT_SIZE ||
        !text_to_int64(port, &number) || number < 0 || number > 65535)
        return false;
    memcpy(out->host, host.at, host.len);
    out->host[host.len] = '\0';
    memcpy(out->port, port.at, port.len + 1);
    return true;
}

static bool refuse(struct error *err, const char *address)
{
    enum error_code code = errno == EADDRINUSE ? ERROR_BUSY : ERROR_FAILED;
    char reason[128];
    error_set(err, code, "listening on %s: %s", address,
              strerror_r(errno, reason, sizeof reason));
    return code == ERROR_BUSY ? error_hint(err, "another program, or another osteon, "
                                                "listens there; choose another port")
                              : false;
}

static int listen_on(const struct addrinfo *found)
{
    int one = 1;
    int opened =
        socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (opened < 0)
        return -1;
    /* Connections of an earlier process that linger must not hold the port. */
    if (setsockopt(opened, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) == 0 &&
        bind(opened, found->ai_addr, found->ai_addrlen) == 0 &&
        listen(opened, BACKLOG) == 0)
        return opened;
    int number = errno;
    close(opened);
    errno = number;
    return -1;
}

bool tcp_listen(const char *address, int *socket, struct error *err)
{
    struct place place;
    if (!cut_address(address, &place)) {
        error_set(err, ERROR_USAGE, "%s is not an address to listen on", address);
        return error_hint(err, "write HOST:PORT, such as 127.0.0.1:8180 or [::1]:8180");
    }
    struct addrinfo wanted = {.ai_socktype = SOCK_STREAM,
                              .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    int status = getaddrinfo(place.host, place.port, &wanted, &found);
    if (status != 0)
        return error_set(err, ERROR_USAGE, "listening on %s: %s", address,
                         gai_strerror(status));
    *socket = listen_on(found);
    int number = errno;
    freeaddrinfo(found);
    errno = number;
    return *socket >= 0 || refuse(err, address);
}

void tcp_close(int socket)
{
    if (socket >= 0)
        close(socket);
}

bool tcp_local_address(int socket, char out[TCP_ADDRESS_TEXT], struct error *err)
{
    struct sockaddr_storage address = {0};
    socklen_t len = sizeof address;
    char host[TCP_ADDRESS_TEXT - 12];
    char port[PORT_SIZE];
    if (getsockname(socket, (struct sockaddr *)&address, &len) != 0 ||
        getnameinfo((struct sockaddr *)&address, len, host, sizeof host, port,
                    sizeof port, NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        return error_set(err, ERROR_FAILED, "the socket has no address");
    bool is_v6 = address.ss_family == AF_INET6;
    snprintf(out, TCP_ADDRESS_TEXT, "%s%s%s:%s", is_v6 ? "[" : "", host,
             is_v6 ? "]" : "", port);
    return true;
}

void tcp_host(const struct sockaddr *address, char out[TCP_ADDRESS_TEXT])
{
    socklen_t len = address == NULL                  ? 0
                    : address->sa_family == AF_INET  ? sizeof(struct sockaddr_in)
                    : address->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6)
                                                     : 0;
    if (len == 0 ||
        getnameinfo(address, len, out, TCP_ADDRESS_TEXT, NULL, 0, NI_NUMERICHOST) != 0)
        snprintf(out, TCP_ADDRESS_TEXT, "unknown");
}

bool tcp_received(int socket, uint64_t *bytes)
{
    struct tcp_info info = {0};
    socklen_t len = sizeof info;
    if (getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &len) != 0)
        return false;
    *bytes = info.tcpi_bytes_received;
    return true;
}

bool tcp_is_connected(int socket)
{
    struct pollfd asked = {.fd = socket, .events = POLLRDHUP};
    return poll(&asked, 1, 0) == 0;
}

void tcp_end(int socket)
{
    shutdown(socket, SHUT_RDWR);
}
