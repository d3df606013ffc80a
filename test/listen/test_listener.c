/* The listener over real sockets: answers in order, connections that end in the middle, a
 * stop under load. SYNTHETIC. */
#include "support/study_fixture.h"
#include "support/unit.h"

#include "actions/feed.h"
#include "listen/listener.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MESSAGES = 100, TEXT_SIZE = 64 * 1024 };

static struct fixture study;
static struct arena *process;
static struct listener *listener;

static int setup(void **state)
{
    (void)state;
    fixture_open(&study);
    process = arena_new(SIZE_MAX / 2);
    struct caller adm = fixture_person(&study, "adm", ROLE_ADM);
    struct feed_change verb = {.act =
                                   act_of(study.study, &adm, study.arena, feed_change),
                               .feed = TEXT("LIS@SYNLAB"),
                               .is_open = true,
                               .reason = TEXT("SYNTHETIC")};
    ASSERT_OK(act_run(&verb.act, &study.err), &study.err);
    struct listener_options options = {.study = study.study, .listen = "127.0.0.1:0"};
    ASSERT_OK(listener_start(&options, process, &listener, &study.err), &study.err);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    if (listener != NULL)
        listener_stop(listener);
    listener = NULL;
    arena_free(process);
    fixture_close(&study);
    return 0;
}

static int connect_here(void)
{
    const char *colon = strrchr(listener_address(listener).at, ':');
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int64_t port = 0;
    assert_true(text_to_int64(text_of(colon + 1), &port));
    address.sin_port = htons((uint16_t)port);
    int connected = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(connect(connected, (struct sockaddr *)&address, sizeof address),
                     0);
    return connected;
}

static void send_message(int connected, const char *name, int number)
{
    char message[512];
    int len =
        snprintf(message, sizeof message,
                 "\x0b"
                 "MSH|^~\\&|LIS|SYNLAB|||1||ORU^R01|%s%d|P|2.4\rPID|1\rOBR|1\rOBX|1\r"
                 "\x1c\r",
                 name, number);
    assert_int_equal(send(connected, message, (size_t)len, MSG_NOSIGNAL), len);
}

/* How many "MSA|AA|NAMEn" stand in what arrives, in their order from 0 on. */
static int read_answers(int connected, const char *name, int wanted)
{
    static char text[TEXT_SIZE];
    size_t len = 0;
    int found = 0;
    const char *at = text;
    while (found < wanted && len < sizeof text - 1) {
        ssize_t got = recv(connected, text + len, sizeof text - 1 - len, 0);
        if (got <= 0)
            break;
        len += (size_t)got;
        text[len] = '\0';
        char expected[64];
        for (;;) {
            snprintf(expected, sizeof expected, "MSA|AA|%s%d\r", name, found);
            const char *next = strstr(at, expected);
            if (next == NULL)
                break;
            at = next + 1;
            found++;
        }
    }
    return found;
}

static void messages_of_several_connections_are_answered_in_their_order(void **state)
{
    enum { CONNECTIONS = 4 };
    int connected[CONNECTIONS];
    (void)state;
    for (int i = 0; i < CONNECTIONS; i++)
        connected[i] = connect_here();
    for (int n = 0; n < MESSAGES; n++)
        for (int i = 0; i < CONNECTIONS; i++)
            send_message(connected[i], (const char *[]){"A", "B", "C", "D"}[i], n);
    for (int i = 0; i < CONNECTIONS; i++) {
        const char *name = (const char *[]){"A", "B", "C", "D"}[i];
        assert_int_equal(read_answers(connected[i], name, MESSAGES), MESSAGES);
        close(connected[i]);
    }
    assert_int_equal(fixture_events(&study, LOG_EVENT_FEED_MESSAGE_RECEIVED),
                     CONNECTIONS * MESSAGES);
}

/* Whoever closes the sending half is answered all the same. */
static void what_was_sent_before_the_end_is_answered(void **state)
{
    (void)state;
    int connected = connect_here();
    send_message(connected, "E", 0);
    send_message(connected, "E", 1);
    shutdown(connected, SHUT_WR);
    assert_int_equal(read_answers(connected, "E", 2), 2);
    close(connected);
}

static void a_stop_under_load_leaves_nothing_under_way(void **state)
{
    (void)state;
    int connected[8];
    for (int i = 0; i < 8; i++) {
        connected[i] = connect_here();
        for (int n = 0; n < MESSAGES / 4; n++)
            send_message(connected[i],
                         (const char *[]){"F", "G", "H", "I", "J", "K", "L", "M"}[i],
                         n);
    }
    for (int i = 0; i < 4; i++)
        close(connected[i]);
    listener_stop(listener);
    listener = NULL;
    size_t kept = fixture_events(&study, LOG_EVENT_FEED_MESSAGE_RECEIVED);
    size_t answered = 0;
    for (int i = 4; i < 8; i++) {
        const char *name = (const char *[]){"J", "K", "L", "M"}[i - 4];
        answered += (size_t)read_answers(connected[i], name, MESSAGES / 4);
        close(connected[i]);
    }
    assert_true(answered <= kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define ROW(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        ROW(messages_of_several_connections_are_answered_in_their_order),
        ROW(what_was_sent_before_the_end_is_answered),
        ROW(a_stop_under_load_leaves_nothing_under_way),
#undef ROW
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
