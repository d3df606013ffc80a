void copy(char *to, const char *from)
{
    /* a comment may say strcpy(to, from) */
    strcpy(to, from);
    char *more = malloc(strlen("free(x)")); // strcat(to, from)
    int n = atoi (from); free(more);
    if (time(NULL) > n)
        exit(1);
}
