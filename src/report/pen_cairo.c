#include "report/pen_cairo.h"

#include "base/datetime.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

struct pen_cairo {
    struct pen pen;
    struct arena *arena;
    struct buffer *to;
    enum language language;
    cairo_surface_t *surface;
    cairo_t *cr;
    PangoContext *context;
    bool is_picture, has_page, is_ended;
    int pushed;
};

/* Debian's faces: fonts-inter, and fonts-noto-cjk for what Inter does not have. */
static const char families[] = "Inter, Noto Sans CJK SC";

/* By day, as pen_svg.c has them for a file that stands alone. */
// clang-format off
static const struct {
    double red, green, blue;
} colours[INK_COUNT] = {
    [INK_TEXT]    = {0x10 / 255.0, 0x20 / 255.0, 0x2b / 255.0},
    [INK_QUIET]   = {0x47 / 255.0, 0x59 / 255.0, 0x6a / 255.0},
    [INK_RULE]    = {0xd5 / 255.0, 0xdc / 255.0, 0xde / 255.0},
    [INK_EDGE]    = {0x7f / 255.0, 0x8d / 255.0, 0x95 / 255.0},
    [INK_SURFACE] = {1, 1, 1},
    [INK_FIRST]   = {0x00 / 255.0, 0x3a / 255.0, 0x5d / 255.0},
    [INK_SECOND]  = {0xc0 / 255.0, 0x54 / 255.0, 0x08 / 255.0},
};
// clang-format on

static void use_ink(cairo_t *cr, enum pen_ink ink, double opacity)
{
    cairo_set_source_rgba(cr, colours[ink].red, colours[ink].green, colours[ink].blue,
                          opacity > 0 ? opacity : 1);
}

/* --- strokes -------------------------------------------------------------------------- */

static void paint(cairo_t *cr, const struct pen_style *style)
{
    static const double dashes[DASH_COUNT][2] = {
        [DASH_LONG] = {7, 4}, [DASH_DOTS] = {1.5, 3.5}};
    if (style->fill != INK_NONE) {
        use_ink(cr, style->fill, style->fill_opacity);
        cairo_fill_preserve(cr);
    }
    if (style->stroke != INK_NONE) {
        use_ink(cr, style->stroke, 1);
        cairo_set_line_width(cr, style->width);
        cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
        cairo_set_dash(cr, dashes[style->dash], style->dash == DASH_SOLID ? 0 : 2, 0);
        cairo_stroke_preserve(cr);
    }
    cairo_new_path(cr);
}

static void cairo_pen_path(void *context, const struct pen_point *points, size_t count,
                           bool is_closed, const struct pen_style *style)
{
    cairo_t *cr = ((struct pen_cairo *)context)->cr;
    cairo_new_path(cr);
    for (size_t i = 0; i < count; i++)
        cairo_line_to(cr, points[i].x, points[i].y);
    if (is_closed)
        cairo_close_path(cr);
    paint(cr, style);
}

static void cairo_pen_dot(void *context, double x, double y, double radius,
                          const struct pen_style *style)
{
    cairo_t *cr = ((struct pen_cairo *)context)->cr;
    cairo_new_path(cr);
    cairo_arc(cr, x, y, radius, 0, 2 * G_PI);
    paint(cr, style);
}

/* --- text ----------------------------------------------------------------------------- */

static PangoLayout *layout_of(const struct pen_cairo *cairo, struct text string,
                              double size, enum pen_weight weight)
{
    PangoLayout *layout = pango_layout_new(cairo->context);
    PangoFontDescription *face = pango_font_description_new();
    pango_font_description_set_family_static(face, families);
    pango_font_description_set_weight(
        face, weight == WEIGHT_STRONG ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(face, size * PANGO_SCALE);
    pango_layout_set_font_description(layout, face);
    pango_font_description_free(face);
    PangoAttrList *attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_font_features_new("tnum"));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_text(layout, string.len == 0 ? "" : string.at, (int)string.len);
    return layout;
}

static double layout_width(PangoLayout *layout)
{
    PangoRectangle extents;
    pango_layout_get_extents(layout, NULL, &extents);
    return (double)extents.width / PANGO_SCALE;
}

static void cairo_pen_text(void *context, struct text string,
                           const struct pen_text *how)
{
    struct pen_cairo *cairo = context;
    PangoLayout *layout = layout_of(cairo, string, how->size, how->weight);
    double width = layout_width(layout);
    double before = how->anchor == ANCHOR_END      ? width
                    : how->anchor == ANCHOR_MIDDLE ? width / 2
                                                   : 0;
    cairo_save(cairo->cr);
    cairo_translate(cairo->cr, how->x, how->y);
    if (how->is_upward)
        cairo_rotate(cairo->cr, -G_PI / 2);
    cairo_move_to(cairo->cr, -before,
                  -(double)pango_layout_get_baseline(layout) / PANGO_SCALE);
    use_ink(cairo->cr, how->ink, 1);
    pango_cairo_show_layout(cairo->cr, layout);
    cairo_restore(cairo->cr);
    g_object_unref(layout);
}

static double cairo_pen_width(void *context, struct text string, double size,
                              enum pen_weight weight)
{
    PangoLayout *layout = layout_of(context, string, size, weight);
    double width = layout_width(layout);
    g_object_unref(layout);
    return width;
}

/* A mark leads nowhere on paper. */
static void cairo_pen_begin(void *context, struct text reference, struct text label)
{
    (void)context;
    (void)reference;
    (void)label;
}

static void cairo_pen_end(void *context)
{
    (void)context;
}

/* --- paragraphs ----------------------------------------------------------------------- */

static PangoLayout *paragraph_of(const struct pen_cairo *cairo, struct text text,
                                 const struct pen_paragraph *how)
{
    PangoLayout *layout = layout_of(cairo, text, how->size, how->weight);
    PangoAttribute *strong = pango_attr_weight_new(PANGO_WEIGHT_SEMIBOLD);
    strong->end_index = (guint)how->strong;
    pango_attr_list_insert(pango_layout_get_attributes(layout), strong);
    pango_layout_set_width(layout, (int)(how->width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_line_spacing(layout, (float)how->line_height);
    pango_layout_set_alignment(layout, how->anchor == ANCHOR_END ? PANGO_ALIGN_RIGHT
                                       : how->anchor == ANCHOR_MIDDLE
                                           ? PANGO_ALIGN_CENTER
                                           : PANGO_ALIGN_LEFT);
    return layout;
}

static double layout_height(PangoLayout *layout)
{
    PangoRectangle extents;
    pango_layout_get_extents(layout, NULL, &extents);
    return (double)extents.height / PANGO_SCALE;
}

double pen_cairo_measure(struct pen_cairo *cairo, struct text text,
                         const struct pen_paragraph *how)
{
    PangoLayout *layout = paragraph_of(cairo, text, how);
    double height = layout_height(layout);
    g_object_unref(layout);
    return height;
}

double pen_cairo_paragraph(struct pen_cairo *cairo, struct text text,
                           const struct pen_paragraph *how)
{
    PangoLayout *layout = paragraph_of(cairo, text, how);
    double height = layout_height(layout);
    use_ink(cairo->cr, how->ink, 1);
    cairo_move_to(cairo->cr, how->x, how->y);
    pango_cairo_show_layout(cairo->cr, layout);
    cairo_new_path(cairo->cr);
    g_object_unref(layout);
    return height;
}

/* --- fonts ---------------------------------------------------------------------------- */

/* Lengths without the hints of any screen, so that they grow with the size. */
static PangoContext *plain_context(enum language language)
{
    PangoFontMap *fonts = pango_cairo_font_map_get_default();
    PangoContext *context = pango_font_map_create_context(fonts);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(
        context,
        pango_language_from_string(language == LANGUAGE_CHINESE ? "zh-cn" : "en"));
    return context;
}

/* Asked once for each document, before anything is drawn. */
static bool has_fonts(struct error *err)
{
    enum { BONE = 0x9AA8 };
    PangoContext *context = plain_context(LANGUAGE_CHINESE);
    PangoFontDescription *face = pango_font_description_from_string(families);
    PangoFontset *set =
        pango_context_load_fontset(context, face, pango_language_from_string("zh-cn"));
    bool is_there = false;
    if (set != NULL) {
        PangoFont *font = pango_fontset_get_font(set, BONE);
        is_there = font != NULL && pango_font_has_char(font, BONE);
        g_clear_object(&font);
        g_object_unref(set);
    }
    pango_font_description_free(face);
    g_object_unref(context);
    if (is_there)
        return true;
    error_set(err, ERROR_FAILED,
              "no font of this machine has Chinese characters (U+9AA8 was looked for)");
    return error_hint(err, "PDF and PNG need one: apt-get install fonts-noto-cjk");
}

/* --- documents ------------------------------------------------------------------------ */

static cairo_status_t take_bytes(void *closure, const unsigned char *bytes,
                                 unsigned int len)
{
    struct buffer *to = closure;
    buffer_bytes(to, bytes, len);
    return to->is_overflown ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void let_go(void *data)
{
    struct pen_cairo *cairo = data;
    cairo_destroy(cairo->cr);
    cairo_surface_destroy(cairo->surface);
    g_object_unref(cairo->context);
}

static struct pen_cairo *document_of(const struct pen_cairo_about *about,
                                     cairo_surface_t *surface, struct buffer *to,
                                     struct arena *arena)
{
    struct pen_cairo *cairo = ARENA_NEW(arena, struct pen_cairo);
    *cairo =
        (struct pen_cairo){.pen = {cairo, cairo_pen_path, cairo_pen_dot, cairo_pen_text,
                                   cairo_pen_width, cairo_pen_begin, cairo_pen_end},
                           .arena = arena,
                           .to = to,
                           .language = about->language,
                           .surface = surface,
                           .cr = cairo_create(surface),
                           .context = plain_context(about->language)};
    arena_on_end(arena, let_go, cairo);
    return cairo;
}

bool pen_cairo_pdf(const struct pen_cairo_about *about, struct buffer *to,
                   struct arena *arena, struct pen_cairo **out, struct error *err)
{
    char created[MOMENT_TEXT_SIZE];
    if (!has_fonts(err))
        return false;
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(take_bytes, to, A4_WIDTH, A4_HEIGHT);
    size_t len = instant_print(about->created, created);
    memcpy(created + len - sizeof ".000Z" + 1, "Z", 2); /* cairo reads no fractions */
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE,
                                   text_c(arena, about->title));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Osteon");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, created);
    *out = document_of(about, surface, to, arena);
    return true;
}

bool pen_cairo_png(const struct pen_cairo_about *about, struct pen_point size,
                   double scale, struct buffer *to, struct arena *arena,
                   struct pen_cairo **out, struct error *err)
{
    if (!has_fonts(err))
        return false;
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, (int)(size.x * scale), (int)(size.y * scale));
    struct pen_cairo *cairo = document_of(about, surface, to, arena);
    cairo->is_picture = true;
    cairo_scale(cairo->cr, scale, scale);
    use_ink(cairo->cr, INK_SURFACE, 1);
    cairo_paint(cairo->cr);
    *out = cairo;
    return true;
}

static void pop_all(struct pen_cairo *cairo)
{
    while (cairo->pushed > 0)
        pen_cairo_pop(cairo);
}

void pen_cairo_page(struct pen_cairo *cairo, double width, double height)
{
    ASSERT(!cairo->is_picture);
    pop_all(cairo);
    if (cairo->has_page)
        cairo_show_page(cairo->cr);
    cairo->has_page = true;
    cairo_pdf_surface_set_size(cairo->surface, width, height);
}

bool pen_cairo_end(struct pen_cairo *cairo, struct error *err)
{
    ASSERT(!cairo->is_ended);
    cairo->is_ended = true;
    pop_all(cairo);
    cairo_status_t status = cairo_status(cairo->cr);
    if (status == CAIRO_STATUS_SUCCESS && cairo->is_picture)
        status =
            cairo_surface_write_to_png_stream(cairo->surface, take_bytes, cairo->to);
    cairo_surface_finish(cairo->surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(cairo->surface);
    return status == CAIRO_STATUS_SUCCESS ||
           error_set(err, ERROR_FAILED, "the document cannot be drawn: %s",
                     cairo_status_to_string(status));
}

struct pen *pen_cairo_pen(struct pen_cairo *cairo)
{
    return &cairo->pen;
}

void pen_cairo_push(struct pen_cairo *cairo, double x, double y, double scale)
{
    cairo_save(cairo->cr);
    cairo_translate(cairo->cr, x, y);
    cairo_scale(cairo->cr, scale, scale);
    cairo->pushed++;
}

void pen_cairo_pop(struct pen_cairo *cairo)
{
    ASSERT(cairo->pushed > 0);
    cairo_restore(cairo->cr);
    cairo->pushed--;
}

/* --- places --------------------------------------------------------------------------- */

void pen_cairo_place(struct pen_cairo *cairo, struct text name, double x, double y)
{
    const char *attributes =
        text_format(cairo->arena, "name='%.*s' x=%.2f y=%.2f", TEXT_ARG(name), x, y).at;
    cairo_tag_begin(cairo->cr, CAIRO_TAG_DEST, attributes);
    cairo_tag_end(cairo->cr, CAIRO_TAG_DEST);
}

int pen_cairo_outline(struct pen_cairo *cairo, int parent, struct text title,
                      struct text place)
{
    return cairo_pdf_surface_add_outline(
        cairo->surface, parent, text_c(cairo->arena, title),
        text_format(cairo->arena, "dest='%.*s'", TEXT_ARG(place)).at,
        CAIRO_PDF_OUTLINE_FLAG_OPEN);
}
