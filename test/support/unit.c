#include "support/unit.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int unit_fork_quietly(void)
{
    fflush(NULL);
    int child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDERR_FILENO);
    }
    return child;
}

void unit_leave(void)
{
    _exit(0);
}

bool unit_child_aborted(int child)
{
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child)
        return false;
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

void unit_assert_text(struct text actual, const char *expected, const char *file,
                      int line)
{
    if (text_equal(actual, text_of(expected)))
        return;
    print_error("\"%.*s\" is not \"%s\"\n", TEXT_ARG(actual), expected);
    _fail(file, line);
}

void unit_assert_ok(bool is_ok, const struct error *err, const char *file, int line)
{
    if (is_ok)
        return;
    print_error("refused with %s: %s\n", error_name(err->code), err->text);
    _fail(file, line);
}

void unit_assert_error(bool is_ok, const struct error *err, enum error_code code,
                       const char *file, int line)
{
    if (!is_ok && err->code == code)
        return;
    if (is_ok)
        print_error("succeeded, expected %s\n", error_name(code));
    else
        print_error("refused with %s (%s), expected %s\n", error_name(err->code),
                    err->text, error_name(code));
    _fail(file, line);
}
