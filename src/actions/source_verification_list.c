/* The monitor's list: what is to be verified, by site, participant and form. */
#include "actions/source_verification.h"
#include "actions/study_state.h"

enum { PARTICIPANTS_OF_A_PAGE = 200 };

struct listing {
    const struct verification_asker *asker;
    const struct verification_filter *filter;
    struct verification_list *out;
    size_t row_capacity, site_capacity;
    struct error *err;
};

static struct verification_site *site_of(struct listing *listing, struct text site)
{
    struct verification_list *out = listing->out;
    for (size_t i = 0; i < out->site_count; i++)
        if (text_equal(out->sites[i].site, site))
            return &out->sites[i];
    out->sites = ARENA_GROW(listing->asker->arena, out->sites, out->site_count,
                            &listing->site_capacity);
    out->sites[out->site_count] = (struct verification_site){.site = site};
    return &out->sites[out->site_count++];
}

static void add_count(struct verification_count *sum,
                      const struct verification_count *more)
{
    sum->needed += more->needed;
    sum->verified += more->verified;
    sum->fell += more->fell;
    if (more->oldest != 0 && (sum->oldest == 0 || more->oldest < sum->oldest))
        sum->oldest = more->oldest;
}

/* A site's progress is that of the site, whatever is asked for. */
static bool is_wanted(const struct verification_filter *filter,
                      const struct participant *participant,
                      const struct form_state *form,
                      const struct verification_count *count)
{
    bool waits = count->verified < count->needed || count->fell > 0;
    return (filter->participant == 0 || filter->participant == participant->id) &&
           (filter->site.len == 0 || text_equal(filter->site, participant->site)) &&
           (filter->form.len == 0 || text_equal(filter->form, form->key.form)) &&
           (waits || (filter->with_done && count->needed > 0));
}

static void add_row(struct listing *listing, const struct participant *participant,
                    const struct form_state *form,
                    const struct verification_count *count)
{
    struct verification_list *out = listing->out;
    if (!is_wanted(listing->filter, participant, form, count))
        return;
    out->at =
        ARENA_GROW(listing->asker->arena, out->at, out->count, &listing->row_capacity);
    out->at[out->count++] = (struct verification_row){
        .participant = participant, .key = form->key, .count = *count};
}

static bool list_one(struct listing *listing, const struct participant *participant)
{
    const struct verification_asker *asker = listing->asker;
    struct form_states forms;
    struct error ignored;
    struct forms_verification read;
    if (participant->state == PARTICIPANT_ERASED ||
        !caller_must_for(asker->caller, PERMISSION_VIEW_CASEBOOK, participant,
                         &ignored))
        return true;
    if (!form_list(asker->db, participant->id, asker->arena, &forms, listing->err))
        return false;
    if (!forms_verification_read(asker, participant, forms.list, forms.count, &read,
                                 listing->err))
        return false;
    struct verification_site *site = site_of(listing, participant->site);
    site->participants += participant->attached_to == 0;
    site->sampled += participant->attached_to == 0 && read.is_sampled;
    for (size_t i = 0; i < forms.count; i++) {
        add_count(&site->count, &read.counts[i]);
        add_row(listing, participant, &forms.list[i], &read.counts[i]);
    }
    return true;
}

static bool list_page(struct listing *listing)
{
    const struct verification_asker *asker = listing->asker;
    struct participant_filter wanted = {.after = listing->filter->after,
                                        .limit = PARTICIPANTS_OF_A_PAGE};
    struct participant *participants = NULL;
    size_t count = 0;
    bool is_everywhere = false;
    caller_sites(asker->caller, PERMISSION_VIEW_CASEBOOK, asker->arena, &is_everywhere,
                 &wanted.sites, &wanted.site_count);
    if (is_everywhere)
        wanted.sites = NULL;
    if (!participant_list(asker->db, &wanted, asker->arena, &participants, &count,
                          listing->err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!list_one(listing, &participants[i]))
            return false;
    if (count == PARTICIPANTS_OF_A_PAGE)
        listing->out->next = participants[count - 1].id;
    return true;
}

bool verification_list_read(struct study *study, const struct caller *caller,
                            const struct verification_filter *filter,
                            struct arena *arena, struct verification_list *out,
                            struct error *err)
{
    struct verification_asker asker = {study, store_reader(study->store), caller,
                                       arena};
    struct listing listing = {
        .asker = &asker, .filter = filter, .out = out, .err = err};
    bool is_everywhere = false;
    const struct text *sites = NULL;
    size_t site_count = 0;
    *out = (struct verification_list){0};
    caller_sites(caller, PERMISSION_VERIFY_SOURCE, arena, &is_everywhere, &sites,
                 &site_count);
    out->may = is_everywhere || site_count > 0;
    bool is_read = list_page(&listing);
    store_reader_return(study->store, asker.db);
    return is_read;
}
