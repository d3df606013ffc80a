#include "system/host.h"

#include "system/courier.h"

#include <argon2.h>
#include <dirent.h>
#include <errno.h>
#include <gnutls/gnutls.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <unistd.h>

enum { FILES_AT_MOST = 1000 };

static bool system_refused(struct error *err, const char *path)
{
    int number = errno;
    char reason[128];
    return error_set(err, number == ENOENT ? ERROR_NOT_FOUND : ERROR_FAILED, "%s: %s",
                     path, strerror_r(number, reason, sizeof reason));
}

bool host_file(const char *path, struct arena *arena, struct host_file *out,
               struct error *err)
{
    struct stat status;
    if (lstat(path, &status) != 0)
        return system_refused(err, path);
    const char *slash = strrchr(path, '/');
    *out = (struct host_file){
        .name = text_c(arena, text_of(slash == NULL ? path : slash + 1)),
        .mode = status.st_mode & 07777U,
        .size = status.st_size,
        .is_folder = S_ISDIR(status.st_mode),
        .is_ours = geteuid() == 0 || status.st_uid == geteuid(),
    };
    return true;
}

bool host_files(const char *folder, struct arena *arena, struct host_file **out,
                size_t *count, struct error *err)
{
    DIR *listing = opendir(folder);
    if (listing == NULL)
        return system_refused(err, folder);
    *out = ARENA_ARRAY(arena, struct host_file, FILES_AT_MOST);
    *count = 0;
    const struct dirent *entry;
    while (*count < FILES_AT_MOST && (entry = readdir(listing)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        const char *path = text_format(arena, "%s/%s", folder, entry->d_name).at;
        struct error gone; // a file that went away meanwhile is no matter
        if (host_file(path, arena, &(*out)[*count], &gone))
            ++*count;
    }
    closedir(listing);
    return true;
}

bool host_disk(const char *path, int64_t *available, int64_t *whole, struct error *err)
{
    struct statvfs disk;
    if (statvfs(path, &disk) != 0)
        return system_refused(err, path);
    *available = (int64_t)(disk.f_bavail * disk.f_frsize);
    *whole = (int64_t)(disk.f_blocks * disk.f_frsize);
    return true;
}

bool host_clock_is_synchronised(bool *known)
{
    struct timex state = {0};
    int answer = adjtimex(&state);
    *known = answer >= 0;
    return answer >= 0 && answer != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
}

size_t system_libraries(struct library_version *out, size_t most)
{
    if (most < 3)
        return 0;
    out[0] = (struct library_version){.name = "GnuTLS",
                                      .version = gnutls_check_version(NULL)};
    /* The library tells no release, only the version of the algorithm: 1.3. */
    out[1] = (struct library_version){
        .name = "libargon2",
        .version =
            ARGON2_VERSION_NUMBER == ARGON2_VERSION_13 ? "algorithm 1.3" : "other"};
    out[2] = (struct library_version){.name = "libcurl", .version = courier_library()};
    return 3;
}
