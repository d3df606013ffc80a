#include "demo/plan.h"

#include "demo/draw.h"
#include "demo/parameters.h"

struct stream patient_stream(const struct patient *patient, enum area area)
{
    return stream_of(patient->seed, patient->number, area);
}

struct stream writing_stream(const struct patient *patient, enum area area)
{
    return stream_part(patient_stream(patient, area), 1);
}

int64_t patient_t0(const struct patient *patient)
{
    return patient->insertions[0].attempts[0].puncture;
}

const struct attempt *insertion_success(const struct insertion *insertion)
{
    return insertion->is_placed ? &insertion->attempts[insertion->attempt_count - 1]
                                : NULL;
}

bool patient_is_seen(const struct patient *patient, int64_t at)
{
    const struct outcome *outcome = &patient->outcome;
    return (outcome->death == 0 || at < outcome->death) &&
           (outcome->last_seen == 0 || at <= outcome->last_seen);
}

bool patient_has_needle(const struct patient *patient, int64_t at)
{
    return patient->insertions[0].is_placed && at < patient->removals[0].at;
}

/* 0 is Monday, 1970-01-01 was a Thursday. */
static int64_t local_day_of_week(int64_t at)
{
    int64_t local = at + SITE_OFFSET_MINUTES * MINUTES;
    return (local / DAYS + 3) % 7;
}

static int64_t local_hour(int64_t at)
{
    int64_t local = at + SITE_OFFSET_MINUTES * MINUTES;
    return local % DAYS / HOURS;
}

bool is_working_time(int64_t at)
{
    int64_t hour = local_hour(at);
    return local_day_of_week(at) < 5 && hour >= 8 && hour < 18;
}

int64_t entered_later(struct stream *stream, int64_t at)
{
    double hours = draw_lognormal(stream, ENTRY_LAG);
    if (local_day_of_week(at) >= 5)
        hours *= WEEKEND_FACTOR;
    return at + (int64_t)(hours * 3600) * SECONDS;
}

int64_t entered_at_once(struct stream *stream, int64_t at)
{
    return at + draw_time(stream, 8 * SECONDS, 110 * SECONDS);
}

enum staff nurse_on_duty(int64_t at)
{
    int64_t hour = local_hour(at);
    if (hour < 8)
        return STAFF_NURSE_3;
    return hour < 16 ? STAFF_NURSE : STAFF_NURSE_2;
}

enum staff coordinator_on_duty(int64_t at)
{
    if (!is_working_time(at))
        return STAFF_INVESTIGATOR;
    return local_day_of_week(at) % 2 == 0 ? STAFF_COORDINATOR : STAFF_COORDINATOR_2;
}

size_t patient_sites(const struct patient *patient, const char *sites[SITES_MOST])
{
    size_t count = 0;
    sites[count++] = "PTL";
    sites[count++] = "PTR";
    for (size_t i = 0; i < patient->insertion_count; i++)
        for (size_t k = 0; k < patient->insertions[i].attempt_count; k++) {
            const char *site = patient->insertions[i].attempts[k].site;
            bool is_known = false;
            for (size_t j = 0; j < count; j++)
                is_known = is_known || text_equal(text_of(sites[j]), text_of(site));
            if (!is_known && count < SITES_MOST)
                sites[count++] = site;
        }
    return count;
}
