int narrow(long long wide);

int narrow(long long wide)
{
    return wide;
}
