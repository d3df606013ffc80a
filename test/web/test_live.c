/* Server-sent events: WHATWG HTML section 9.2. The hub alone first, then over HTTP. */
#include "base/limits.h"
#include "model/event.h"
#include "support/http.h"
#include "support/unit.h"
#include "support/web.h"
#include "system/clock.h"
#include "web/live.h"

#include <stdlib.h>
#include <string.h>

static struct arena *process;
static struct live_hub *hub;
static struct live_stream *stream;
static struct error err;
static char taken[64 * 1024];

struct connection {
    int slept, woken;
};

static void fall_asleep(void *connection)
{
    ((struct connection *)connection)->slept++;
}

static void wake_up(void *connection)
{
    ((struct connection *)connection)->woken++;
}

static const struct grant crc[] = {{.role = ROLE_CRC, .site = TEXT_INIT("01")}};
static const struct grant dm[] = {{.role = ROLE_DM}};
static const struct grant adm[] = {{.role = ROLE_ADM}};
static const struct caller crc_01 = {.user = 1, .grants = crc, .grant_count = 1};
static const struct caller everywhere = {.user = 2, .grants = dm, .grant_count = 1};
static const struct caller administrator = {.user = 3, .grants = adm, .grant_count = 1};

static int open_hub(void **state)
{
    (void)state;
    process = arena_new(SIZE_MAX);
    hub = live_hub_new(process);
    stream = NULL;
    return 0;
}

static int close_hub(void **state)
{
    (void)state;
    if (stream != NULL)
        live_close(stream);
    arena_free(process);
    return 0;
}

static void open_stream(const struct caller *caller, int64_t last_seen,
                        struct connection *connection)
{
    ASSERT_OK(live_open(hub, caller, last_seen, &stream, &err), &err);
    live_connect(stream, connection, fall_asleep, wake_up);
}

static void notice(int64_t seq, const char *site)
{
    struct store_notice what = {.seq = seq,
                                .participant = 7,
                                .user = 3,
                                .server_time = 1763809106123000,
                                .kind = LOG_EVENT_VALUES_SAVED,
                                .event = TEXT("E.D30"),
                                .form = TEXT("F.FU"),
                                .event_repeat = 1,
                                .form_repeat = 2,
                                .site = text_of(site)};
    live_heard(hub, &what);
    live_deliver(hub, 0);
}

static const char *take(void)
{
    ssize_t len = live_take(stream, taken, sizeof taken - 1);
    taken[len > 0 ? len : 0] = '\0';
    return len < 0 ? "END" : taken;
}

static void greets_then_sleeps_until_something_happens(void **state)
{
    (void)state;
    struct connection connection = {0};
    open_stream(&crc_01, 0, &connection);
    assert_string_equal(take(), "retry: 3000\nevent: hello\ndata: {\"seq\":0}\n\n");
    assert_string_equal(take(), "");
    assert_int_equal(connection.slept, 1);
    notice(41, "01");
    assert_int_equal(connection.woken, 1);
    assert_string_equal(
        take(),
        "id: 41\nevent: change\ndata: {\"seq\":41,\"kind\":\"VALUES_SAVED\","
        "\"participant\":7,\"event\":\"E.D30\",\"event_repeat\":1,\"form\":\"F.FU\","
        "\"form_repeat\":2,\"user\":3,\"at\":\"2025-11-22T10:58:26.123Z\"}\n\n");
    notice(42, "01"); /* awake: there is nothing to wake */
    notice(43, "01");
    assert_int_equal(connection.woken, 1);
    const char *both = take();
    assert_non_null(strstr(both, "id: 42\n"));
    assert_non_null(strstr(both, "id: 43\n"));
}

static void tells_only_of_sites_that_the_caller_may_see(void **state)
{
    (void)state;
    struct connection connection = {0};
    open_stream(&crc_01, 0, &connection);
    take();
    take();
    notice(1, "02");
    assert_int_equal(connection.woken, 0);
    notice(2, "01");
    assert_int_equal(connection.woken, 1);
    const char *told = take();
    assert_null(strstr(told, "id: 1\n"));
    assert_non_null(strstr(told, "id: 2\n"));
    live_close(stream);

    open_stream(&everywhere, 0, &connection);
    take();
    notice(3, "02");
    assert_non_null(strstr(take(), "id: 3\n"));
    live_close(stream);

    open_stream(&administrator, 0, &connection);
    take();
    notice(4, "01");
    assert_string_equal(take(), "");
}

static void tells_of_an_assigned_participant_at_any_site(void **state)
{
    (void)state;
    struct connection connection = {0};
    static const int64_t assigned[] = {5, 7};
    static const struct grant reader[] = {{.role = ROLE_IMG, .site = TEXT_INIT("01")}};
    const struct caller caller = {
        .grants = reader, .grant_count = 1, .assigned = assigned, .assigned_count = 2};
    open_stream(&caller, 0, &connection);
    take();
    notice(1, "02");
    assert_non_null(strstr(take(), "id: 1\n"));
}

static void what_concerns_no_participant_is_for_overseers(void **state)
{
    (void)state;
    struct connection connection = {0};
    struct store_notice user_added = {
        .seq = 5, .kind = LOG_EVENT_USER_ADDED, .user = 1};
    struct store_notice design = {.seq = 6, .kind = LOG_EVENT_DESIGN_PUBLISHED};
    open_stream(&administrator, 0, &connection);
    take();
    live_heard(hub, &user_added);
    live_deliver(hub, 0);
    assert_non_null(strstr(take(), "USER_ADDED"));
    live_close(stream);
    open_stream(&crc_01, 0, &connection);
    take();
    live_heard(hub, &user_added);
    live_heard(hub, &design);
    live_deliver(hub, 0);
    const char *told = take();
    assert_null(strstr(told, "USER_ADDED"));
    assert_non_null(strstr(told, "DESIGN_PUBLISHED"));
}

static void goes_on_where_a_page_was(void **state)
{
    (void)state;
    struct connection connection = {0};
    for (int64_t seq = 101; seq <= 105; seq++)
        notice(seq, seq == 104 ? "02" : "01");
    open_stream(&crc_01, 102, &connection);
    const char *told = take();
    assert_non_null(strstr(told, "{\"seq\":105}"));
    assert_null(strstr(told, "id: 102\n"));
    assert_non_null(strstr(told, "id: 103\n"));
    assert_null(strstr(told, "id: 104\n"));
    assert_non_null(strstr(told, "id: 105\n"));
    assert_null(strstr(told, "reload"));
    live_close(stream);

    open_stream(&crc_01, 100, &connection); /* the first one kept is the next */
    assert_null(strstr(take(), "reload"));
    live_close(stream);
    open_stream(&crc_01, 105, &connection);
    assert_null(strstr(take(), "reload"));
    live_close(stream);
    open_stream(&crc_01, 99, &connection); /* 100 is missing */
    assert_non_null(strstr(take(), "event: reload\ndata: {\"seq\":105}\n\n"));
    live_close(stream);
    open_stream(&crc_01, 200, &connection); /* of another folder, or another future */
    assert_non_null(strstr(take(), "event: reload"));
}

/* While nobody listens, notices may lie in the inbox for a while. */
static void what_was_not_yet_delivered_is_behind_a_new_stream(void **state)
{
    (void)state;
    struct connection connection = {0};
    static const int64_t numbers[] = {101, 102, 103};
    for (int i = 0; i < 3; i++) {
        struct store_notice what = {.seq = numbers[i],
                                    .participant = 7,
                                    .kind = LOG_EVENT_VALUES_SAVED,
                                    .site = TEXT("01")};
        live_heard(hub, &what);
    }
    open_stream(&crc_01, 102, &connection);
    const char *told = take();
    assert_non_null(strstr(told, "{\"seq\":103}"));
    assert_null(strstr(told, "reload"));
    assert_null(strstr(told, "id: 102\n"));
    assert_non_null(strstr(told, "id: 103\n"));
    assert_string_equal(take(), "");
    live_deliver(hub, 0); /* nothing is told twice */
    assert_int_equal(connection.woken, 0);
}

static void a_server_that_began_anew_says_reload(void **state)
{
    (void)state;
    struct connection connection = {0};
    open_stream(&crc_01, 57, &connection);
    assert_non_null(strstr(take(), "event: reload"));
}

static void a_stream_that_falls_behind_is_told_to_reload(void **state)
{
    (void)state;
    struct connection connection = {0};
    open_stream(&crc_01, 0, &connection);
    take();
    for (int64_t seq = 1; seq <= LIMIT_LIVE_HISTORY; seq++)
        notice(seq, "01");
    assert_non_null(strstr(take(), "id: 1\n")); /* just held */
    for (int64_t seq = LIMIT_LIVE_HISTORY + 1; seq <= 3 * LIMIT_LIVE_HISTORY; seq++)
        notice(seq, "01");
    const char *told = take();
    assert_non_null(strstr(told, "event: reload"));
    assert_null(strstr(told, "event: change"));
    assert_string_equal(take(), "");
}

static void notices_that_overflow_the_inbox_mean_reload(void **state)
{
    (void)state;
    struct connection connection = {0};
    open_stream(&crc_01, 0, &connection);
    take();
    take();
    struct store_notice what = {
        .participant = 7, .kind = LOG_EVENT_VALUES_SAVED, .site = TEXT("02")};
    for (int i = 0; i < 5000; i++) { /* nobody delivers: the writer must not wait */
        what.seq = i + 1;
        live_heard(hub, &what);
    }
    live_deliver(hub, 0);
    assert_int_equal(connection.woken, 1);
    assert_non_null(strstr(take(), "event: reload"));
    live_close(stream);
    open_stream(&crc_01, 1024, &connection); /* what was lost came behind it */
    take();
    notice(5001, "01");
    assert_non_null(strstr(take(), "id: 5001\n"));
}

static void cuts_between_events_only(void **state)
{
    (void)state;
    struct connection connection = {0};
    open_stream(&crc_01, 0, &connection);
    take();
    for (int64_t seq = 1; seq <= 20; seq++)
        notice(seq, "01");
    int told = 0;
    for (ssize_t len; (len = live_take(stream, taken, 1000)) > 0;) {
        taken[len] = '\0';
        assert_string_equal(taken + len - 2, "\n\n");
        for (const char *at = taken; (at = strstr(at, "event: change")) != NULL; at++)
            told++;
    }
    assert_int_equal(told, 20);
}

static bool stands(struct study *study, const struct caller *caller)
{
    (void)study;
    return caller->user == 1;
}

static void pings_a_silent_stream_and_ends_one_whose_session_ended(void **state)
{
    (void)state;
    struct connection connection = {0};
    int64_t now = clock_monotonic();
    open_stream(&crc_01, 0, &connection);
    take();
    take();
    live_ping(hub, now, now - 1000000, stands, NULL);
    assert_int_equal(connection.woken, 0); /* it has spoken since */
    live_ping(hub, now + 1, clock_monotonic(), stands, NULL);
    assert_int_equal(connection.woken, 1);
    assert_string_equal(take(), ": ping\n\n");
    assert_string_equal(take(), "");
    live_close(stream);

    open_stream(&everywhere, 0, &connection); /* user 2: its session no longer stands */
    take();
    take();
    live_ping(hub, now, clock_monotonic(), stands, NULL);
    assert_int_equal(connection.woken, 2);
    assert_string_equal(take(), "END");
}

static void takes_no_more_streams_than_the_limit(void **state)
{
    (void)state;
    struct live_stream **all = calloc(LIMIT_LIVE_STREAMS, sizeof(struct live_stream *));
    for (int i = 0; i < LIMIT_LIVE_STREAMS; i++)
        ASSERT_OK(live_open(hub, &crc_01, 0, &all[i], &err), &err);
    struct live_stream *more = NULL;
    ASSERT_ERROR(live_open(hub, &crc_01, 0, &more, &err), &err, ERROR_BUSY);
    live_close(all[0]);
    ASSERT_OK(live_open(hub, &crc_01, 0, &all[0], &err), &err);
    assert_int_equal(live_count(hub), LIMIT_LIVE_STREAMS);
    for (int i = 0; i < LIMIT_LIVE_STREAMS; i++)
        live_close(all[i]);
    free(all);
}

static void ends_all_streams_when_the_server_stops(void **state)
{
    (void)state;
    struct connection connection = {0};
    open_stream(&crc_01, 0, &connection);
    take();
    take();
    live_end_all(hub);
    assert_int_equal(connection.woken, 1);
    assert_string_equal(take(), "END");
    struct live_stream *more = NULL;
    ASSERT_ERROR(live_open(hub, &crc_01, 0, &more, &err), &err, ERROR_BUSY);
}

/* -- over HTTP ----------------------------------------------------------------------------- */

static struct http_answer answer;
static struct http http;

#define LISTEN "GET /api/live HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer crc-01\r\n"

static void a_page_hears_of_a_change_at_once(void **state)
{
    (void)state;
    struct web *web = web_start(NULL);
    assert_true(http_open(&http, web->port));
    http_say(&http, LISTEN "\r\n");
    assert_true(http_take_until(&http, "Content-Type: text/event-stream\r\n"));
    assert_true(http_take_until(&http, "event: hello\n"));
    web_pause(50);
    struct store_notice what = {
        .seq = 9, .participant = 1, .kind = LOG_EVENT_VALUES_SAVED, .site = TEXT("01")};
    int64_t began = clock_monotonic();
    web_notice(&what);
    assert_true(http_take_until(&http, "id: 9\n"));
    assert_true(clock_monotonic() - began < 500000);
    assert_int_equal(server_figures(web->server).live_streams, 1);
    http_close(&http);
    /* A page that is gone is found out when there is something to tell. */
    for (int i = 0; i < 400 && server_figures(web->server).live_streams > 0; i++) {
        what.seq = 10 + i;
        web_notice(&what);
        web_pause(10);
    }
    assert_int_equal(server_figures(web->server).live_streams, 0);
    web_stop(web);
}

static void a_silent_stream_is_pinged_until_its_session_ends(void **state)
{
    (void)state;
    static const struct server_options quick = {.ping_seconds = 1};
    struct web *web = web_start(&quick);
    assert_true(http_open(&http, web->port));
    http_say(&http, LISTEN "Last-Event-ID: 3\r\n\r\n");
    assert_true(http_take_until(&http, "event: reload\n"));
    assert_true(http_take_until(&http, ": ping\n\n"));
    assert_true(http_take_until(&http, ": ping\n\n"));
    atomic_store(&web_seen.are_sessions_ended, true);
    assert_true(http_take_until(&http, "0\r\n\r\n"));
    http_close(&http);
    web_stop(web);
}

static void stopping_the_server_ends_the_streams(void **state)
{
    (void)state;
    struct web *web = web_start(NULL);
    assert_true(http_open(&http, web->port));
    http_say(&http, LISTEN "\r\n");
    assert_true(http_take_until(&http, "event: hello\n"));
    int64_t began = clock_monotonic();
    web_stop(web);
    assert_true(clock_monotonic() - began < 3 * 1000000);
    assert_true(http_take_until(&http, "0\r\n\r\n"));
    http_close(&http);
}

static void a_stream_needs_a_sign_in(void **state)
{
    (void)state;
    struct web *web = web_start(NULL);
    assert_int_equal(http_ask(web->port, "GET", "/api/live", NULL, NULL, &answer), 401);
    web_stop(web);
}

#define ON_HUB(test) cmocka_unit_test_setup_teardown(test, open_hub, close_hub)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_HUB(greets_then_sleeps_until_something_happens),
        ON_HUB(tells_only_of_sites_that_the_caller_may_see),
        ON_HUB(tells_of_an_assigned_participant_at_any_site),
        ON_HUB(what_concerns_no_participant_is_for_overseers),
        ON_HUB(goes_on_where_a_page_was),
        ON_HUB(what_was_not_yet_delivered_is_behind_a_new_stream),
        ON_HUB(a_server_that_began_anew_says_reload),
        ON_HUB(a_stream_that_falls_behind_is_told_to_reload),
        ON_HUB(notices_that_overflow_the_inbox_mean_reload),
        ON_HUB(cuts_between_events_only),
        ON_HUB(pings_a_silent_stream_and_ends_one_whose_session_ended),
        ON_HUB(takes_no_more_streams_than_the_limit),
        ON_HUB(ends_all_streams_when_the_server_stops),
        cmocka_unit_test(a_page_hears_of_a_change_at_once),
        cmocka_unit_test(a_silent_stream_is_pinged_until_its_session_ends),
        cmocka_unit_test(stopping_the_server_ends_the_streams),
        cmocka_unit_test(a_stream_needs_a_sign_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
