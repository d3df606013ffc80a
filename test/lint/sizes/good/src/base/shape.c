struct pair {
    int a;
    int b;
};

static int add(int a, int b, int c, int d, int e, int (*f)(int, int, int, int), int g)
{
    return a + b + c + d + e + f(g, 1, 2, 3);
}

static int deep(int n)
{
    while (n > 1) {
        if (n > 2) {
            for (int i = 0; i < n; i++) {
                if (i > 3)
                    n--;
            }
        }
    }
    return n;
}
