#include "cli/analyse_figures.h"

#include "report/figure.h"

enum { FIGURE_MOST = 64 << 20 };

typedef bool figure_file_function(const struct figure_file *file, struct buffer *to,
                                  struct error *err);

static bool write_svg(const struct figure_file *file, struct buffer *to,
                      struct error *err)
{
    (void)err;
    figure_write_svg(file->figure, file->data, file->language, to);
    return true;
}

static bool put(struct file_set *set, const struct figure_file *file, const char *kind,
                const struct buffer *buffer, struct error *err)
{
    struct text bytes;
    if (!buffer_text(buffer, &bytes, err))
        return false;
    file_set_whole(set,
                   text_format(file->data->arena, "figures/%.*s.%s",
                               TEXT_ARG(file->figure->id), kind),
                   bytes);
    return true;
}

static bool put_drawn(struct file_set *set, const struct figure_file *file,
                      struct error *err)
{
    static const struct {
        const char *kind;
        figure_file_function *write;
    } kinds[] = {
        {"svg", write_svg}, {"pdf", figure_write_pdf}, {"png", figure_write_png}};
    for (size_t i = 0; i < ARRAY_COUNT(kinds); i++) {
        struct buffer buffer = buffer_in(file->data->arena, FIGURE_MOST);
        if (!kinds[i].write(file, &buffer, err) ||
            !put(set, file, kinds[i].kind, &buffer, err))
            return false;
    }
    return true;
}

bool put_figures(struct file_set *set, const struct results_input *input,
                 enum language language, struct error *err)
{
    const struct figure_data data = {.plan = input->plan,
                                     .results = input->results,
                                     .datasets = input->datasets,
                                     .numbers = input->numbers,
                                     .is_synthetic = input->is_synthetic,
                                     .arena = input->arena};
    if (input->plan->figure_count == 0)
        return true;
    if (!figures_check(input->plan, err) || !file_set_folder(set, TEXT("figures"), err))
        return false;
    for (size_t i = 0; i < input->plan->figure_count; i++) {
        const struct figure_file file = {&input->plan->figures[i], &data, language,
                                         input->cut_time};
        struct buffer buffer = buffer_in(input->arena, FIGURE_MOST);
        figure_write_csv(input, file.figure, &buffer);
        if (!put_drawn(set, &file, err) || !put(set, &file, "csv", &buffer, err))
            return false;
    }
    return true;
}
