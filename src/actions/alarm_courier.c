#include "actions/alarm_courier.h"

#include "actions/act.h"
#include "actions/alarm_message.h"
#include "actions/alarm_parts.h"
#include "actions/people.h"
#include "actions/study_state.h"
#include "system/courier.h"
#include "system/log.h"

#include <inttypes.h>
#include <time.h>

enum { LOOK_ARENA = 1024 * 1024, ACT_ARENA = 16 * 1024, REASON_BYTES = 300 };

/* Seconds to the next attempt after the first, second … one; then it is given up. */
static const int64_t waits[] = {30, 2 * 60, 10 * 60, 30 * 60, 60 * 60};

struct alarm_courier {
    struct study *study;
    const struct alarm_settings *settings;
    struct courier *courier;
    bool has_thread;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t stopping;
    bool is_stopping;
};

/* --- the log ---------------------------------------------------------------------------- */

struct alarm_told_verb {
    struct act act;
    int64_t participant;
    struct alarm_message message;
};

static bool alarm_tell(struct act *act, struct txn *txn, struct error *err)
{
    struct alarm_told_verb *verb = (struct alarm_told_verb *)act;
    struct origin program = {.device = TEXT("osteon")};
    struct stored_alarm *alarm = NULL;
    if (!alarm_by_seq(txn_db(txn), verb->message.alarm, txn_arena(txn), &alarm, err))
        return false;
    if (alarm == NULL) /* erased meanwhile */
        return true;
    return txn_append(txn,
                      text_is_absent(verb->message.reason)
                          ? LOG_EVENT_ALARM_MESSAGE_SENT
                          : LOG_EVENT_ALARM_MESSAGE_FAILED,
                      &program, alarm->participant, &verb->message, NULL, err);
}

static bool note(struct alarm_courier *courier, struct alarm_message message,
                 struct error *err)
{
    struct caller program = {.device = TEXT("osteon"), .language = TEXT("en")};
    struct arena *arena = arena_new(ACT_ARENA);
    struct alarm_told_verb verb = {
        .act = act_of(courier->study, &program, arena, alarm_tell), .message = message};
    bool is_done = act_run(&verb.act, err);
    arena_free(arena);
    return is_done;
}

/* --- sending ----------------------------------------------------------------------------- */

static bool send_mail(struct alarm_courier *courier, const struct alarm_news *news,
                      struct arena *arena, struct text *to, struct error *err)
{
    const struct alarm_settings *settings = courier->settings;
    struct courier_mail mail = {.server = settings->mail_server,
                                .authority = settings->authority,
                                .user = settings->mail_user,
                                .password = settings->mail_password,
                                .from = settings->mail_from};
    mail.to_count = alarm_addresses(settings, news, arena, &mail.to, to);
    if (mail.to_count == 0)
        return error_set(err, ERROR_NOT_FOUND, "no address of these roles");
    mail.message = alarm_mail_text(news, mail.from, mail.to, mail.to_count, arena);
    return courier_send_mail(courier->courier, &mail, err);
}

static bool send_post(struct alarm_courier *courier, const struct alarm_news *news,
                      struct arena *arena, struct text *to, struct error *err)
{
    const struct alarm_settings *settings = courier->settings;
    struct text body = alarm_post_body(news, arena);
    struct text signature = alarm_post_signature(settings->webhook_secret, body, arena);
    const char *headers[] = {
        "Content-Type: application/json", "Expect:",
        text_c(arena,
               text_format(arena, "X-Osteon-Signature: %.*s", TEXT_ARG(signature))),
        text_c(arena, text_format(arena, "X-Osteon-Delivery: %" PRId64 "-%" PRId64,
                                  news->alarm->seq, news->alarm->notices))};
    struct courier_post post = {.address = settings->webhook_url,
                                .authority = settings->authority,
                                .headers = headers,
                                .header_count = ARRAY_COUNT(headers),
                                .body = body};
    *to = courier_host(text_of(settings->webhook_url));
    return courier_send_post(courier->courier, &post, err);
}

static bool is_configured(const struct alarm_courier *courier,
                          enum alarm_channel channel)
{
    return channel == ALARM_BY_MAIL ? courier->settings->mail_server != NULL
                                    : courier->settings->webhook_url != NULL;
}

/* One attempt by one channel, and its event. */
static bool tell(struct alarm_courier *courier, enum alarm_channel channel,
                 const struct alarm_news *news, struct arena *arena, struct error *err)
{
    const struct stored_alarm *alarm = news->alarm;
    int64_t attempt = alarm->told[channel].attempts + 1;
    struct alarm_message message = {.alarm = alarm->seq,
                                    .channel = channel,
                                    .notice = alarm->notices,
                                    .attempt = attempt,
                                    .to = TEXT("-")};
    struct error why = {0};
    bool is_sent = channel == ALARM_BY_MAIL
                       ? send_mail(courier, news, arena, &message.to, &why)
                       : send_post(courier, news, arena, &message.to, &why);
    if (!is_sent) {
        message.reason = text_clip(text_of(why.text), REASON_BYTES);
        bool is_hopeless = why.code == ERROR_NOT_FOUND;
        if (!is_hopeless && attempt <= (int64_t)ARRAY_COUNT(waits))
            message.again_at = alarm_after(news->now, waits[attempt - 1]);
        log_warning("alarm %lld was not told by %s: %s", (long long)alarm->seq,
                    channel == ALARM_BY_MAIL ? "mail" : "webhook", why.text);
    }
    return note(courier, message, err);
}

/* --- looking ------------------------------------------------------------------------------ */

static bool describe(struct alarm_courier *courier, struct people *people,
                     const struct stored_alarm *alarm, struct alarm_news *out,
                     struct error *err)
{
    const struct design *design = study_design(courier->study);
    const struct participant *participant = NULL;
    *out = (struct alarm_news){.alarm = alarm,
                               .kind = alarm_find(design, alarm->name),
                               .study = store_study_oid(courier->study->store),
                               .is_demo = store_is_demo(courier->study->store),
                               .now = study_now(courier->study)};
    if (design->site_count > 0)
        out->offset_minutes = design->sites[0].offset_minutes;
    if (alarm->participant == 0)
        return true;
    if (!people_participant(people, alarm->participant, &participant, err))
        return false;
    if (participant != NULL) {
        const struct site *site = design_site(design, participant->site);
        out->number = participant_number(participant);
        if (site != NULL)
            out->offset_minutes = site->offset_minutes;
    }
    return true;
}

static bool is_untold(const struct alarm_courier *courier,
                      const struct alarm_news *news, enum alarm_channel channel)
{
    const struct alarm_told *told = &news->alarm->told[channel];
    bool is_quiet =
        alarm_settings_are_quiet(courier->settings, news->now, news->offset_minutes);
    return news->kind != NULL && is_configured(courier, channel) &&
           told->settled < news->alarm->notices && told->at <= news->now &&
           news->alarm->acknowledged_at == 0 &&
           !alarm_rests(is_quiet, (enum alarm_level)news->alarm->level);
}

/* The reader goes back before anything is sent: that may take long. */
static bool read_news(struct alarm_courier *courier, struct arena *arena,
                      struct alarm_news **out, size_t *count, struct error *err)
{
    struct alarm_list open;
    struct db *db = store_reader(courier->study->store);
    struct people people = people_of(db, arena);
    bool is_read = alarms_open(db, arena, &open, err);
    *count = is_read ? open.count : 0;
    *out = ARENA_ARRAY(arena, struct alarm_news, *count + 1);
    for (size_t i = 0; is_read && i < open.count; i++)
        is_read = describe(courier, &people, &open.at[i], &(*out)[i], err);
    store_reader_return(courier->study->store, db);
    return is_read;
}

static bool is_any_untold(struct alarm_courier *courier, bool *out, struct error *err)
{
    int64_t untold = 0;
    struct db *db = store_reader(courier->study->store);
    bool is_read = alarms_untold(db, study_now(courier->study), &untold, err);
    store_reader_return(courier->study->store, db);
    *out = untold > 0;
    return is_read;
}

static bool look(struct alarm_courier *courier, struct error *err)
{
    struct alarm_news *news = NULL;
    size_t count = 0;
    bool is_any = false;
    if (!is_any_untold(courier, &is_any, err))
        return false;
    if (!is_any)
        return true;
    struct arena *arena = arena_new(LOOK_ARENA);
    bool is_done = read_news(courier, arena, &news, &count, err);
    for (size_t i = 0; is_done && i < count; i++)
        for (enum alarm_channel channel = ALARM_BY_MAIL; channel < ALARM_CHANNELS;
             channel++)
            is_done = is_done && (!is_untold(courier, &news[i], channel) ||
                                  tell(courier, channel, &news[i], arena, err));
    arena_free(arena);
    return is_done;
}

/* --- the thread ---------------------------------------------------------------------------- */

/* False after a second; true: to stop. */
static bool wait_for_stop(struct alarm_courier *courier)
{
    struct timespec until = {.tv_sec = clock_monotonic() / 1000000 + 1};
    pthread_mutex_lock(&courier->mutex);
    if (!courier->is_stopping)
        (void)pthread_cond_timedwait(&courier->stopping, &courier->mutex, &until);
    bool is_stopping = courier->is_stopping;
    pthread_mutex_unlock(&courier->mutex);
    return is_stopping;
}

static void *run(void *data)
{
    struct alarm_courier *courier = data;
    struct error err;
    do
        if (!look(courier, &err))
            log_warning("alarms are not told outside: %s", err.text);
    while (!wait_for_stop(courier));
    return NULL;
}

bool alarm_courier_start(struct study *study, const struct alarm_settings *settings,
                         struct arena *process, struct alarm_courier **out,
                         struct error *err)
{
    struct alarm_courier *courier = ARENA_NEW(process, struct alarm_courier);
    *courier = (struct alarm_courier){.study = study, .settings = settings};
    *out = courier;
    atomic_store(&study->alarm_settings, settings);
    if (settings == NULL ||
        (settings->mail_server == NULL && settings->webhook_url == NULL))
        return true;
    if (!courier_open(process, &courier->courier, err))
        return false;
    pthread_mutex_init(&courier->mutex, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&courier->stopping, &monotonic);
    pthread_condattr_destroy(&monotonic);
    courier->has_thread = pthread_create(&courier->thread, NULL, run, courier) == 0;
    return courier->has_thread ||
           error_set(err, ERROR_FAILED, "no thread for messages of alarms");
}

void alarm_courier_stop(struct alarm_courier *courier)
{
    atomic_store(&courier->study->alarm_settings, NULL);
    if (courier->has_thread) {
        pthread_mutex_lock(&courier->mutex);
        courier->is_stopping = true;
        pthread_cond_signal(&courier->stopping);
        pthread_mutex_unlock(&courier->mutex);
        pthread_join(courier->thread, NULL);
        pthread_cond_destroy(&courier->stopping);
        pthread_mutex_destroy(&courier->mutex);
    }
    if (courier->courier != NULL)
        courier_close(courier->courier);
}
