/* SELECT is a word of SQL, and "SELECT x" in a comment is a comment. */
static const char *const sentences[] = {
    "select a form", "update the page", "create a user", "delete this row",
    "with regards",  "begin here",      "DELETED",
};
