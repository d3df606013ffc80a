int used(int n);

static int helper(int n)
{
    return n + 1;
}

int used(int n)
{
    return helper(n);
}
