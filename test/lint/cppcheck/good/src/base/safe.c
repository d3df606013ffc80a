int safe(int n);

int safe(int n)
{
    int numbers[4] = {0};
    return numbers[n & 3];
}

struct pair {
    int a;
    int b;
};
struct pair pair_of(int n, struct pair other);

struct pair pair_of(int n, struct pair other)
{
    return n == 0 ? (struct pair){0} : other;
}
