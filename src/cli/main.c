/* osteon: one program that runs a clinical study from one data folder. */
#include "base/limits.h"
#include "cli/run.h"

#include <string.h>
#include <unistd.h>

enum { PATH_SIZE = 4096 };

/* The files of --password-file are found before the words are sorted, because they are
 * read here also when the command runs inside the server. */
static struct secret_files files_of_secrets(const struct text *words, size_t count,
                                            struct arena *process)
{
    const char **paths = ARENA_ARRAY(process, const char *, count);
    struct secret_files files = {.paths = paths};
    for (size_t i = 0; i < count && !text_equal(words[i], TEXT("--")); i++) {
        struct text value = words[i];
        if (!text_equal(text_cut(&value, '='), TEXT("--password-file")))
            continue;
        if (text_is_absent(value) && i + 1 < count)
            value = words[++i];
        paths[files.count++] = text_c(process, value);
    }
    return files;
}

int main(int count, char **words)
{
    struct arena *process = arena_new(LIMIT_COMMAND_ARENA);
    size_t word_count = count > 1 ? (size_t)count - 1 : 0;
    struct text *texts = ARENA_ARRAY(process, struct text, word_count + 1);
    for (size_t i = 0; i < word_count; i++)
        texts[i] = text_of(words[i + 1]);
    int descriptors[] = {STDOUT_FILENO, STDERR_FILENO};
    struct stream out = stream_to(&descriptors[0], process);
    struct stream err = stream_to(&descriptors[1], process);
    struct secret_files files = files_of_secrets(texts, word_count, process);
    struct secret_source secrets = secret_from_files(&files);
    char working_folder[PATH_SIZE];
    if (getcwd(working_folder, sizeof working_folder) == NULL)
        memcpy(working_folder, ".", sizeof ".");
    struct command_context context = {.arena = process,
                                      .out = &out,
                                      .err = &err,
                                      .secrets = &secrets,
                                      .working_folder = working_folder};
    int status = command_line_run(texts, word_count, &context);
    arena_free(process);
    return status;
}
