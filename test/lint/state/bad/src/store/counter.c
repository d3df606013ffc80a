int counter_next(void);

static int counter;
_Thread_local int per_thread = 1;

int counter_next(void)
{
    static int calls;
    calls++;
    return counter++ + calls + per_thread++;
}
