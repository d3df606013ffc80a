#include "web/qr_code.h"

#include <qrencode.h>

enum { MARGIN = 4 };

static QRcode *code_of(const char *text, struct error *err)
{
    QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (code == NULL)
        error_set(err, ERROR_TOO_LARGE, "the text is longer than a QR code holds");
    return code;
}

static bool is_dark(const QRcode *code, int row, int column)
{
    return row >= 0 && column >= 0 && row < code->width && column < code->width &&
           (code->data[row * code->width + column] & 1U) != 0;
}

bool qr_code_svg(const char *text, struct buffer *out, struct error *err)
{
    QRcode *code = code_of(text, err);
    if (code == NULL)
        return false;
    int whole = code->width + 2 * MARGIN;
    buffer_format(out,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
                  "shape-rendering=\"crispEdges\"><path fill=\"#fff\" "
                  "d=\"M0 0h%dv%dH0z\"/><path d=\"",
                  whole, whole, whole, whole);
    for (int row = 0; row < code->width; row++)
        for (int column = 0; column < code->width; column++)
            if (is_dark(code, row, column))
                buffer_format(out, "M%d %dh1v1h-1z", column + MARGIN, row + MARGIN);
    BUFFER_LITERAL(out, "\"/></svg>\n");
    QRcode_free(code);
    return true;
}

bool qr_code_lines(const char *text, struct buffer *out, struct error *err)
{
    /* By what is light above and below: the terminal's own ground is taken for dark. */
    static const char *const blocks[2][2] = {{" ", "\u2584"}, {"\u2580", "\u2588"}};
    QRcode *code = code_of(text, err);
    if (code == NULL)
        return false;
    for (int row = -2; row < code->width + 2; row += 2) {
        for (int column = -2; column < code->width + 2; column++) {
            const char *block =
                blocks[!is_dark(code, row, column)][!is_dark(code, row + 1, column)];
            buffer_text_add(out, text_of(block));
        }
        BUFFER_LITERAL(out, "\n");
    }
    QRcode_free(code);
    return true;
}
