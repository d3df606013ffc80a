#include "support/unit.h"
#include "system/tcp_socket.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct error err;

static void listens_on_a_free_port_and_says_which(void **state)
{
    (void)state;
    int socket = -1;
    char address[TCP_ADDRESS_TEXT];
    ASSERT_OK(tcp_listen("127.0.0.1:0", &socket, &err), &err);
    ASSERT_OK(tcp_local_address(socket, address, &err), &err);
    assert_int_equal(strncmp(address, "127.0.0.1:", 10), 0);
    assert_true(strtol(address + 10, NULL, 10) > 0);

    int second = -1;
    ASSERT_ERROR(tcp_listen(address, &second, &err), &err, ERROR_BUSY);
    tcp_close(socket);
    ASSERT_OK(tcp_listen(address, &socket, &err), &err);
    tcp_close(socket);
}

static void refuses_what_is_no_address(void **state)
{
    (void)state;
    static const char *const addresses[] = {
        "",           "here",        "127.0.0.1", ":8180",
        "127.0.0.1:", "127.0.0.1:x", "::1:8180",  "127.0.0.1:65536",
        "[]:1",       "127.0.0.1:-1"};
    for (size_t i = 0; i < ARRAY_COUNT(addresses); i++) {
        int socket = -1;
        bool is_taken = tcp_listen(addresses[i], &socket, &err);
        if (is_taken)
            print_error("%s\n", addresses[i]);
        ASSERT_ERROR(is_taken, &err, ERROR_USAGE);
    }
}

static void counts_received_bytes_and_ends_a_connection(void **state)
{
    (void)state;
    int listening = -1;
    char address[TCP_ADDRESS_TEXT];
    ASSERT_OK(tcp_listen("127.0.0.1:0", &listening, &err), &err);
    ASSERT_OK(tcp_local_address(listening, address, &err), &err);
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port =
                                 htons((uint16_t)strtol(address + 10, NULL, 10)),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int client = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(connect(client, (struct sockaddr *)&to, sizeof to), 0);
    int accepted = accept(listening, NULL, NULL);
    uint64_t bytes = 99;
    assert_true(tcp_received(accepted, &bytes));
    uint64_t before = bytes;
    assert_int_equal(write(client, "hello", 5), 5);
    char taken[8];
    assert_int_equal(read(accepted, taken, sizeof taken), 5);
    assert_true(tcp_received(accepted, &bytes));
    assert_int_equal(bytes - before, 5);

    tcp_end(accepted);
    assert_int_equal(read(client, taken, sizeof taken), 0);
    close(accepted);
    close(client);
    tcp_close(listening);
    assert_false(tcp_received(-1, &bytes));
}

static void prints_hosts(void **state)
{
    (void)state;
    char host[TCP_ADDRESS_TEXT];
    struct sockaddr_in four = {.sin_family = AF_INET};
    inet_pton(AF_INET, "192.0.2.7", &four.sin_addr);
    tcp_host((struct sockaddr *)&four, host);
    assert_string_equal(host, "192.0.2.7");
    struct sockaddr_in6 six = {.sin6_family = AF_INET6};
    inet_pton(AF_INET6, "2001:db8::1", &six.sin6_addr);
    tcp_host((struct sockaddr *)&six, host);
    assert_string_equal(host, "2001:db8::1");
    tcp_host(NULL, host);
    assert_string_equal(host, "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(listens_on_a_free_port_and_says_which),
        cmocka_unit_test(refuses_what_is_no_address),
        cmocka_unit_test(counts_received_bytes_and_ends_a_connection),
        cmocka_unit_test(prints_hosts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
