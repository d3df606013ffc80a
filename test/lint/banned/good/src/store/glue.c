void release(void *memory)
{
    free(memory); /* BANNED-OK: the library hands over memory of malloc */
}
