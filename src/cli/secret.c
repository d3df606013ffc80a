#include "cli/secret.h"

#include "base/limits.h"
#include "system/crypto.h"
#include "system/file.h"

#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

bool secret_ask(const struct secret_source *source, const char *prompt,
                struct arena *arena, struct text *out, struct error *err)
{
    return source->ask(source->data, prompt, arena, out, err);
}

static struct text without_line_end(struct text t)
{
    if (t.len > 0 && t.at[t.len - 1] == '\n')
        t.len--;
    if (t.len > 0 && t.at[t.len - 1] == '\r')
        t.len--;
    return t;
}

static bool from_file(const char *path, struct arena *arena, struct text *out,
                      struct error *err)
{
    if (!file_read(path, LIMIT_PASSWORD + 2, arena, out, err))
        return false;
    *out = without_line_end(*out);
    return out->len > 0 || error_set(err, ERROR_REFUSED, "%s is empty", path);
}

static bool say(int terminal, const char *words)
{
    size_t len = strlen(words);
    return write(terminal, words, len) == (ssize_t)len;
}

static bool type_line(int terminal, const char *prompt, struct arena *arena,
                      struct text *out)
{
    struct termios before;
    if (tcgetattr(terminal, &before) != 0)
        return false;
    struct termios silent = before;
    silent.c_lflag &= ~(tcflag_t)ECHO;
    if (tcsetattr(terminal, TCSAFLUSH, &silent) != 0)
        return false;
    char line[LIMIT_PASSWORD + 2];
    bool is_read = say(terminal, prompt) && say(terminal, ": ");
    ssize_t len = is_read ? read(terminal, line, sizeof line) : -1;
    tcsetattr(terminal, TCSAFLUSH, &before);
    say(terminal, "\n");
    if (len > 0)
        *out = text_copy(
            arena, without_line_end((struct text){.at = line, .len = (size_t)len}));
    wipe(line, sizeof line);
    return len > 0 && out->len > 0;
}

static bool ask_files_then_terminal(void *data, const char *prompt, struct arena *arena,
                                    struct text *out, struct error *err)
{
    struct secret_files *files = data;
    if (files->next < files->count)
        return from_file(files->paths[files->next++], arena, out, err);
    int terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    bool is_read = terminal >= 0 && type_line(terminal, prompt, arena, out);
    if (terminal >= 0)
        close(terminal);
    if (!is_read) {
        error_set(err, ERROR_USAGE, "the %s was not given", prompt);
        return error_hint(err, "type it at a terminal, or name a file that holds it: "
                               "--password-file FILE");
    }
    return true;
}

struct secret_source secret_from_files(struct secret_files *files)
{
    return (struct secret_source){.ask = ask_files_then_terminal, .data = files};
}
