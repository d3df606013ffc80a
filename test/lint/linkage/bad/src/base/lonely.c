int lonely(int n);
int used(int n);

int lonely(int n)
{
    return n + 1;
}

int used(int n)
{
    return lonely(n);
}
