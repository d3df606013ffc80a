/* Both ends of the control socket, in one process: a host that plays commands. */
#include "cli/control.h"
#include "support/unit.h"
#include "system/local_socket.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture {
    char folder[256];
    struct arena *process;
    struct control *control;
    char seen_folder[256]; /* working folder the command saw */
};

/* What the host's commands do, by their first word. */
static int play(void *data, const struct text *words, size_t count,
                struct command_context *context)
{
    struct fixture *fixture = data;
    struct text name = count == 0 ? TEXT("") : words[0];
    snprintf(fixture->seen_folder, sizeof fixture->seen_folder, "%s",
             context->working_folder);
    if (text_equal(name, TEXT("echo"))) {
        for (size_t i = 1; i < count; i++)
            stream_format(context->out, "<%.*s>", TEXT_ARG(words[i]));
        stream_format(context->err, "%s", context->err->is_terminal ? "tty" : "plain");
        return 5;
    }
    if (text_equal(name, TEXT("flood"))) {
        char block[1000];
        memset(block, 'x', sizeof block);
        for (int i = 0; i < 300; i++)
            stream_text(context->out, (struct text){.at = block, .len = sizeof block});
        return context->out->has_failed ? 1 : 0;
    }
    struct text secret;
    struct error err;
    if (!secret_ask(context->secrets, "password of anna", context->arena, &secret,
                    &err)) {
        stream_format(context->err, "%s", err.text);
        return error_exit_status(err.code);
    }
    stream_format(context->out, "%.*s", TEXT_ARG(secret));
    return 0;
}

static int begin_at(struct fixture *fixture)
{
    struct control_host host = {
        .folder = fixture->folder, .run = play, .data = fixture};
    fixture->process = arena_new(1 << 20);
    struct error err;
    return control_start(&host, fixture->process, &fixture->control, &err) ? 0 : -1;
}

static int begin(void **state)
{
    struct fixture *fixture = test_calloc(1, sizeof *fixture);
    *state = fixture;
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/osteon-control-XXXXXX");
    return mkdtemp(fixture->folder) == NULL ? -1 : begin_at(fixture);
}

static int end(void **state)
{
    struct fixture *fixture = *state;
    control_stop(fixture->control);
    arena_free(fixture->process);
    rmdir(fixture->folder);
    test_free(fixture);
    return 0;
}

struct collected {
    char bytes[400000];
    size_t len;
    size_t maximum; /* 0: no end */
};

static bool collect(void *data, struct text bytes)
{
    struct collected *into = data;
    if (into->maximum > 0 && into->len + bytes.len > into->maximum)
        return false;
    assert_true(into->len + bytes.len <= sizeof into->bytes);
    memcpy(into->bytes + into->len, bytes.at, bytes.len);
    into->len += bytes.len;
    return true;
}

static bool give_secret(void *data, const char *prompt, struct arena *arena,
                        struct text *out, struct error *err)
{
    (void)arena;
    if (data == NULL)
        return error_set(err, ERROR_USAGE, "no file for the %s", prompt);
    *out = text_of(data);
    return true;
}

struct call_result {
    struct collected out, err;
    int status;
    struct error error;
    bool is_done;
};

static struct call_result *call(const struct fixture *fixture, const char *line,
                                void *secret, size_t out_maximum)
{
    /* Not test_calloc: several threads call. */
    struct call_result *result = calloc(1, sizeof *result);
    assert_non_null(result);
    result->out.maximum = out_maximum;
    struct arena *arena = arena_new(1 << 20);
    struct text words[8];
    size_t count = 0;
    struct text rest = text_of(line);
    while (!text_is_absent(rest) && count < 8)
        words[count++] = text_cut(&rest, ' ');
    struct stream out = {.write = collect, .data = &result->out, .arena = arena};
    struct stream err = {
        .write = collect, .data = &result->err, .arena = arena, .is_terminal = true};
    struct secret_source secrets = {.ask = give_secret, .data = secret};
    struct control_call request = {.words = words,
                                   .count = count,
                                   .working_folder = "/some/where",
                                   .out = &out,
                                   .err = &err,
                                   .secrets = &secrets};
    int socket;
    ASSERT_OK(control_reach(fixture->folder, &socket, &result->error), &result->error);
    result->is_done =
        control_run(socket, &request, arena, &result->status, &result->error);
    local_socket_close(socket);
    arena_free(arena);
    return result;
}

static void expect(const struct collected *collected, const char *expected)
{
    ASSERT_TEXT(((struct text){.at = collected->bytes, .len = collected->len}),
                expected);
}

static void brings_words_and_folder_in_and_streams_and_status_out(void **state)
{
    struct fixture *fixture = *state;
    struct call_result *result = call(fixture, "echo a  bc", NULL, 0);
    assert_true(result->is_done);
    assert_int_equal(result->status, 5);
    expect(&result->out, "<a><><bc>");
    expect(&result->err, "tty");
    assert_string_equal(fixture->seen_folder, "/some/where");
    free(result);
}

static void brings_more_than_one_chunk(void **state)
{
    struct call_result *result = call(*state, "flood", NULL, 0);
    assert_true(result->is_done);
    assert_int_equal(result->status, 0);
    assert_int_equal(result->out.len, 300000);
    free(result);
}

static void leaves_when_its_reader_is_gone_and_the_server_goes_on(void **state)
{
    struct call_result *result = call(*state, "flood", NULL, 5000);
    assert_false(result->is_done);
    free(result);
    result = call(*state, "echo still", NULL, 0);
    expect(&result->out, "<still>");
    free(result);
}

static void asks_the_caller_for_a_secret(void **state)
{
    char secret[] = "correct horse";
    struct call_result *result = call(*state, "secret", secret, 0);
    assert_int_equal(result->status, 0);
    expect(&result->out, "correct horse");
    free(result);
}

static void tells_the_command_why_there_is_no_secret(void **state)
{
    struct call_result *result = call(*state, "secret", NULL, 0);
    assert_int_equal(result->status, 2);
    expect(&result->err, "no file for the password of anna");
    free(result);
}

static void is_readable_for_its_owner_only(void **state)
{
    struct fixture *fixture = *state;
    char path[300];
    snprintf(path, sizeof path, "%s/control.sock", fixture->folder);
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void survives_words_that_keep_to_no_rule(void **state)
{
    struct fixture *fixture = *state;
    static const char *const nonsense[] = {
        "GET / HTTP/1.1\r\n\r\n",          /* another protocol */
        "R\xff\xff\xff\xff",               /* longer than allowed */
        "R\x02\0\0\0\x01",                 /* shorter than it says, then the end */
        "R\x03\0\0\0\x09\0\0",             /* another version */
        "R\x06\0\0\0\x01\0\0\xff\xff\x7f", /* more words than bytes */
        "X\0\0\0\0",                       /* not a caller's frame */
    };
    static const size_t lengths[] = {18, 5, 6, 8, 11, 5};
    for (size_t i = 0; i < ARRAY_COUNT(nonsense); i++) {
        int socket;
        struct error err;
        ASSERT_OK(control_reach(fixture->folder, &socket, &err), &err);
        assert_true(local_socket_write(
            socket, (struct text){.at = nonsense[i], .len = lengths[i]}));
        local_socket_close(socket);
    }
    struct call_result *result = call(fixture, "echo well", NULL, 0);
    expect(&result->out, "<well>");
    free(result);
}

static void replaces_the_socket_that_a_killed_server_left(void **state)
{
    struct fixture *fixture = *state;
    char path[300];
    snprintf(path, sizeof path, "%s/control.sock", fixture->folder);
    char left[320];
    snprintf(left, sizeof left, "%s.left", path);
    assert_int_equal(link(path, left), 0);
    control_stop(fixture->control);
    arena_free(fixture->process);
    assert_int_equal(rename(left, path), 0);

    int socket;
    struct error err;
    ASSERT_ERROR(control_reach(fixture->folder, &socket, &err), &err, ERROR_NOT_FOUND);
    assert_int_equal(begin_at(fixture), 0);
    struct call_result *result = call(fixture, "echo again", NULL, 0);
    expect(&result->out, "<again>");
    free(result);
}

static void works_in_a_folder_with_a_long_name(void **state)
{
    struct fixture *fixture = *state;
    struct fixture deep = {0};
    char name[151];
    memset(name, 'd', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    snprintf(deep.folder, sizeof deep.folder, "%.80s/%s", fixture->folder, name);
    assert_int_equal(mkdir(deep.folder, 0700), 0);
    assert_int_equal(begin_at(&deep), 0);
    struct call_result *result = call(&deep, "echo deep", NULL, 0);
    expect(&result->out, "<deep>");
    free(result);
    control_stop(deep.control);
    arena_free(deep.process);
    assert_int_equal(rmdir(deep.folder), 0);
}

static void *keep_asking(void *data)
{
    struct call_result *result = call(data, "flood", NULL, 0);
    bool is_whole = result->is_done && result->out.len == 300000;
    free(result);
    return is_whole ? data : NULL;
}

static void serves_several_callers_at_once(void **state)
{
    pthread_t threads[8];
    for (size_t i = 0; i < ARRAY_COUNT(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, keep_asking, *state), 0);
    for (size_t i = 0; i < ARRAY_COUNT(threads); i++) {
        void *is_whole;
        pthread_join(threads[i], &is_whole);
        assert_non_null(is_whole);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(brings_words_and_folder_in_and_streams_and_status_out),
        TEST(brings_more_than_one_chunk),
        TEST(leaves_when_its_reader_is_gone_and_the_server_goes_on),
        TEST(asks_the_caller_for_a_secret),
        TEST(tells_the_command_why_there_is_no_secret),
        TEST(is_readable_for_its_owner_only),
        TEST(survives_words_that_keep_to_no_rule),
        TEST(replaces_the_socket_that_a_killed_server_left),
        TEST(works_in_a_folder_with_a_long_name),
        TEST(serves_several_callers_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
