#include "report/pen.h"

void pen_line(const struct pen *pen, struct pen_point from, struct pen_point until,
              const struct pen_style *style)
{
    const struct pen_point points[] = {from, until};
    pen_path(pen, points, 2, false, style);
}

void pen_box(const struct pen *pen, struct pen_point corner, double width,
             double height, const struct pen_style *style)
{
    enum { CORNERS = 4 };
    double right = corner.x + width, bottom = corner.y + height;
    const struct pen_point points[CORNERS] = {
        corner, {right, corner.y}, {right, bottom}, {corner.x, bottom}};
    pen_path(pen, points, CORNERS, true, style);
}
