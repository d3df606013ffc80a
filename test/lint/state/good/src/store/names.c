const char *name_of(int n);

static const char *const names[] = {"a", "b"};
static const struct {
    const char *name;
} rows[] = {{"c"}};

const char *name_of(int n)
{
    return n > 1 ? rows[0].name : names[n];
}
