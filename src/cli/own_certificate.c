#include "cli/own_certificate.h"

#include "base/datetime.h"
#include "store/kept_secret.h"

static const int64_t day = INT64_C(86400) * 1000000;

int64_t own_certificate_renewal(const struct certificate_facts *facts)
{
    const struct validity *validity = &facts->validity;
    return validity->begins + (validity->ends - validity->begins) / 3 * 2;
}

/* A file has the key and the certificate, one behind the other: they are renamed into
 * place together. */
static bool read_pair(const struct store *store, const char *kind, struct arena *arena,
                      struct certified_key *out, struct error *err)
{
    static const char heading[] = "-----BEGIN CERTIFICATE-----";
    struct text content;
    if (!kept_secret_read(store, kind, arena, &content, err))
        return false;
    size_t at = 0;
    while (
        at < content.len &&
        !text_starts_with(text_part(content, at, content.len - at), text_of(heading)))
        at++;
    /* Apart, for the certificate is shown to everybody. */
    *out =
        (struct certified_key){.key = text_part(content, 0, at),
                               .certificate = text_part(content, at, content.len - at)};
    return true;
}

static bool write_pair(const struct store *store, const char *kind, struct arena *arena,
                       const struct certified_key *pair, struct error *err)
{
    struct text content = text_format(arena, "%.*s%.*s", TEXT_ARG(pair->key),
                                      TEXT_ARG(pair->certificate));
    return kept_secret_write(store, kind, content, err);
}

bool own_certificate_read(const struct store *store, struct arena *arena,
                          struct own_certificate *out, struct error *err)
{
    *out = (struct own_certificate){0};
    if (!read_pair(store, OWN_AUTHORITY_KIND, arena, &out->authority, err) ||
        !read_pair(store, OWN_SERVER_KIND, arena, &out->server, err))
        return false;
    return out->authority.certificate.len + out->authority.key.len > 0 ||
           error_set(err, ERROR_NOT_FOUND, "this folder has no authority of its own");
}

/* The certificates of tablets whose clocks are behind must have begun. */
static struct validity validity_from(int64_t now, int64_t days)
{
    return (struct validity){.begins = now - day, .ends = now + (days - 1) * day};
}

static bool make_authority(const struct store *store, const struct host_names *names,
                           int64_t now, struct arena *arena, struct certified_key *out,
                           struct error *err)
{
    char made[MOMENT_TEXT_SIZE];
    instant_print(now, made);
    struct text title = text_format(
        arena, "Osteon authority of %.*s, %.10s",
        TEXT_ARG(text_part(names->names[0], 0,
                           names->names[0].len > 24 ? 24 : names->names[0].len)),
        made);
    authority_make(title, names, validity_from(now, OWN_AUTHORITY_DAYS), arena, out);
    return write_pair(store, OWN_AUTHORITY_KIND, arena, out, err);
}

struct text own_certificate_lacks(const struct own_certificate *own,
                                  const struct host_names *names)
{
    for (size_t i = 0; i < names->address_count; i++)
        if (!certificate_is_for(own->server.certificate, names->addresses[i]))
            return names->addresses[i];
    for (size_t i = 0; i < names->name_count; i++)
        if (!certificate_is_for(own->server.certificate, names->names[i]))
            return names->names[i];
    return (struct text){0};
}

/* An address that came, or a name that the authority may sign: another name stays out
 * however often it is tried. */
static bool must_be_renamed(const struct own_certificate *own,
                            const struct host_names *names)
{
    struct host_names addresses = {.addresses = names->addresses,
                                   .address_count = names->address_count};
    return !text_is_absent(own_certificate_lacks(own, &addresses));
}

static bool must_be_made(const struct own_certificate *own,
                         const struct host_names *names, int64_t now)
{
    struct certificate_facts facts;
    struct error unreadable;
    return !certificate_read(own->server.certificate, &facts, &unreadable) ||
           !certificate_is_issued_by(own->server.certificate,
                                     own->authority.certificate) ||
           now < facts.validity.begins || now >= own_certificate_renewal(&facts) ||
           must_be_renamed(own, names);
}

static bool outside_of_time(const struct store *store,
                            const struct certificate_facts *authority, int64_t now,
                            struct arena *arena, struct own_certificate *out,
                            struct error *err)
{
    char at[MOMENT_TEXT_SIZE];
    bool is_early = now < authority->validity.begins;
    instant_print(is_early ? authority->validity.begins : authority->validity.ends, at);
    out->trouble =
        text_format(arena, "the authority of this folder %s on %.10s: %s",
                    is_early ? "begins" : "ended", at,
                    is_early ? "is the clock of this machine right?"
                             : "is the clock right? If so, a new authority is needed");
    if (certificate_is_issued_by(out->server.certificate, out->authority.certificate))
        return true;
    const char *path;
    if (!kept_secret_path(store, OWN_AUTHORITY_KIND, arena, &path, err))
        return false;
    error_set(err, ERROR_FAILED, "%.*s", TEXT_ARG(out->trouble));
    return error_hint(
        err, "with a right clock, move %.120s away: the next start makes another",
        path);
}

bool own_certificate_keep(const struct store *store, const struct host_names *names,
                          int64_t now, struct arena *arena, struct own_certificate *out,
                          struct error *err)
{
    if (!own_certificate_read(store, arena, out, err) &&
        (err->code != ERROR_NOT_FOUND ||
         !make_authority(store, names, now, arena, &out->authority, err)))
        return false;
    struct certificate_facts authority;
    if (!certificate_read(out->authority.certificate, &authority, err))
        return error_in(err, "the authority in the key ring");
    if (!must_be_made(out, names, now))
        return true;
    if (now < authority.validity.begins || now >= authority.validity.ends)
        return outside_of_time(store, &authority, now, arena, out, err);
    struct validity validity = validity_from(now, OWN_CERTIFICATE_DAYS);
    if (validity.begins < authority.validity.begins)
        validity.begins = authority.validity.begins;
    if (validity.ends > authority.validity.ends)
        validity.ends = authority.validity.ends;
    out->is_new = true;
    return certificate_issue(&out->authority, names, validity, arena, &out->server,
                             err) &&
           write_pair(store, OWN_SERVER_KIND, arena, &out->server, err);
}
