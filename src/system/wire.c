#include "system/wire.h"

#include "base/hex.h"

#include <errno.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <limits.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

/* A sender that is gone without a word is noticed after two minutes. */
enum { ALIVE_IDLE = 60, ALIVE_EVERY = 20, ALIVE_TIMES = 3, WIRE_ARENA = 4096 };

struct wire_secrets {
    gnutls_certificate_credentials_t credentials;
    bool wants_certificate;
};

struct wire {
    struct arena *arena;
    int socket;
    gnutls_session_t session; /* NULL: plain */
    bool is_open;
    char host[TCP_ADDRESS_TEXT];
    char digest[WIRE_DIGEST_TEXT];
    bool has_digest;
};

/* --- secrets ---------------------------------------------------------------------------- */

static gnutls_datum_t datum_of(struct text bytes)
{
    union {
        const char *read;
        unsigned char *datum;
    } view = {.read = bytes.at == NULL ? "" : bytes.at};
    return (gnutls_datum_t){.data = view.datum, .size = (unsigned)bytes.len};
}

static void forget_secrets(void *data)
{
    struct wire_secrets *secrets = data;
    gnutls_certificate_free_credentials(secrets->credentials);
}

static bool refuse(struct error *err, const char *why, int status)
{
    error_set(err, ERROR_REFUSED, "%s: %s", why, gnutls_strerror(status));
    return error_hint(err, "is it PEM, and does the key belong to the certificate?");
}

bool wire_secrets_read(struct text certificate, struct text key, struct text authority,
                       struct arena *process, struct wire_secrets **out,
                       struct error *err)
{
    struct wire_secrets *secrets = ARENA_NEW(process, struct wire_secrets);
    *secrets = (struct wire_secrets){.wants_certificate = !text_is_absent(authority)};
    ASSERT(gnutls_certificate_allocate_credentials(&secrets->credentials) == 0);
    arena_on_end(process, forget_secrets, secrets);
    gnutls_datum_t shown = datum_of(certificate), secret = datum_of(key);
    int status = gnutls_certificate_set_x509_key_mem(secrets->credentials, &shown,
                                                     &secret, GNUTLS_X509_FMT_PEM);
    if (status != 0)
        return refuse(err, "the certificate and its key", status);
    gnutls_datum_t trusted = datum_of(authority);
    status = secrets->wants_certificate
                 ? gnutls_certificate_set_x509_trust_mem(secrets->credentials, &trusted,
                                                         GNUTLS_X509_FMT_PEM)
                 : 1;
    *out = secrets;
    return status > 0 || refuse(err, "the authority of the senders", status);
}

/* --- a connection ------------------------------------------------------------------------ */

/* Within the handshake, so that one whose certificate does not hold never opens. */
static int verify_other(gnutls_session_t session)
{
    unsigned status = 0;
    return gnutls_certificate_verify_peers2(session, &status) == 0 && status == 0
               ? 0
               : GNUTLS_E_CERTIFICATE_ERROR;
}

static bool begin_tls(struct wire *wire, const struct wire_secrets *secrets)
{
    if (gnutls_init(&wire->session,
                    GNUTLS_SERVER | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL) != 0)
        return false;
    if (gnutls_set_default_priority(wire->session) != 0 ||
        gnutls_credentials_set(wire->session, GNUTLS_CRD_CERTIFICATE,
                               secrets->credentials) != 0)
        return false;
    if (secrets->wants_certificate) {
        gnutls_certificate_server_set_request(wire->session, GNUTLS_CERT_REQUIRE);
        gnutls_session_set_verify_function(wire->session, verify_other);
    }
    gnutls_transport_set_int(wire->session, wire->socket);
    return true;
}

static void set_options(int socket)
{
    const struct {
        int level, name, value;
    } options[] = {{SOL_SOCKET, SO_KEEPALIVE, 1},
                   {IPPROTO_TCP, TCP_KEEPIDLE, ALIVE_IDLE},
                   {IPPROTO_TCP, TCP_KEEPINTVL, ALIVE_EVERY},
                   {IPPROTO_TCP, TCP_KEEPCNT, ALIVE_TIMES},
                   {IPPROTO_TCP, TCP_NODELAY, 1}};
    /* Without one of them it works as well, only slower to notice. */
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        (void)setsockopt(socket, options[i].level, options[i].name, &options[i].value,
                         sizeof options[i].value);
}

struct wire *wire_accept(int listening, const struct wire_secrets *secrets)
{
    struct sockaddr_storage address = {0};
    socklen_t len = sizeof address;
    int accepted = accept4(listening, (struct sockaddr *)&address, &len,
                           SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (accepted < 0)
        return NULL;
    struct arena *arena = arena_new(WIRE_ARENA);
    struct wire *wire = ARENA_NEW(arena, struct wire);
    *wire =
        (struct wire){.arena = arena, .socket = accepted, .is_open = secrets == NULL};
    set_options(accepted);
    tcp_host((struct sockaddr *)&address, wire->host);
    if (secrets == NULL || begin_tls(wire, secrets))
        return wire;
    wire_close(wire);
    return NULL;
}

void wire_close(struct wire *wire)
{
    if (wire->session != NULL) {
        if (wire->is_open)
            (void)gnutls_bye(wire->session, GNUTLS_SHUT_WR);
        gnutls_deinit(wire->session);
    }
    close(wire->socket);
    arena_free(wire->arena);
}

int wire_socket(const struct wire *wire)
{
    return wire->socket;
}

const char *wire_host(const struct wire *wire)
{
    return wire->host;
}

struct text wire_digest(const struct wire *wire)
{
    return wire->has_digest ? (struct text){wire->digest, WIRE_DIGEST_TEXT}
                            : (struct text){0};
}

bool wire_is_open(const struct wire *wire)
{
    return wire->is_open;
}

bool wire_has_more(const struct wire *wire)
{
    return wire->session != NULL && wire->is_open &&
           gnutls_record_check_pending(wire->session) > 0;
}

short wire_handshake_events(const struct wire *wire)
{
    return gnutls_record_get_direction(wire->session) == 1 ? POLLOUT : POLLIN;
}

static void take_digest(struct wire *wire)
{
    unsigned count = 0;
    const gnutls_datum_t *shown = gnutls_certificate_get_peers(wire->session, &count);
    if (shown == NULL || count == 0)
        return;
    struct hash digest = hash_of((struct text){(const char *)shown->data, shown->size});
    hex_print(digest.bytes, HASH_SIZE, wire->digest);
    wire->has_digest = true;
}

enum wire_state wire_handshake(struct wire *wire)
{
    int status = gnutls_handshake(wire->session);
    if (status == 0) {
        wire->is_open = true;
        take_digest(wire);
        return WIRE_DONE;
    }
    if (!gnutls_error_is_fatal(status))
        return WIRE_WAIT;
    (void)gnutls_alert_send_appropriate(wire->session, status);
    return WIRE_ENDED;
}

/* --- bytes -------------------------------------------------------------------------------- */

static enum wire_state state_of(const struct wire *wire, ssize_t done, size_t *len)
{
    *len = done > 0 ? (size_t)done : 0;
    if (done > 0)
        return WIRE_DONE;
    bool waits = wire->session != NULL
                     ? done < 0 && !gnutls_error_is_fatal((int)done)
                     : done < 0 && (errno == EAGAIN || errno == EINTR);
    return waits ? WIRE_WAIT : WIRE_ENDED;
}

enum wire_state wire_read(struct wire *wire, void *out, size_t size, size_t *len)
{
    ssize_t done = wire->session != NULL ? gnutls_record_recv(wire->session, out, size)
                                         : recv(wire->socket, out, size, 0);
    return state_of(wire, done, len);
}

enum wire_state wire_write(struct wire *wire, const void *bytes, size_t size,
                           size_t *len)
{
    ssize_t done = wire->session != NULL
                       ? gnutls_record_send(wire->session, bytes, size)
                       : send(wire->socket, bytes, size, MSG_NOSIGNAL);
    return state_of(wire, done, len);
}
