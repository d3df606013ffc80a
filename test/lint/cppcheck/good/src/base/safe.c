int safe(int n);

int safe(int n)
{
    int numbers[4] = {0};
    return numbers[n & 3];
}
