void log_to(int file);

static volatile int log_file;

void log_to(int file)
{
    log_file = file;
}
