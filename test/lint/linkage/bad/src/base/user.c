int used(int n);
int main(void);

int main(void)
{
    return used(1);
}
