/* What the engine needs where there is no operating system: a way to stop. A broken
 * invariant or exhausted memory ends the module by a trap, which the page sees as an
 * exception.
 */
#include "base/arena.h"
#include "base/attributes.h"

NO_RETURN void assert_failed(const char *condition, const char *file, int line)
{
    (void)condition, (void)file, (void)line;
    __builtin_trap();
}

NO_RETURN void memory_exhausted(size_t maximum)
{
    (void)maximum;
    __builtin_trap();
}
