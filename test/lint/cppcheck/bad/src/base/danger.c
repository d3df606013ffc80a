int danger(int n);

int danger(int n)
{
    int numbers[4] = {0};
    return numbers[n > 10 ? 10 : 10];
}
