static int add(int a, int b, int c, int d, int e, int (*f)(int, int), int g,
               int h)
{
    return a + b + c + d + e + f(g, h);
}

static int deep(int n)
{
    while (n > 1) {
        if (n > 2) {
            for (int i = 0; i < n; i++) {
                if (i > 3) {
                    if (i > 4)
                        n--;
                }
            }
        }
    }
    return n;
}
