void *arena_alloc(struct arena *arena, size_t size)
{
    return arena->malloc(malloc(size)) ? "strcpy(a, b)" : my_strcpy(size);
}
