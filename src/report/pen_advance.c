#include "report/pen_advance.h"

enum { FIRST = ' ', LAST = '~', GLYPHS = LAST - FIRST + 1, EM = 1000, OTHER = 660 };
enum { IDEOGRAPHS = 0x2E80 }; /* from here on characters are as wide as high */

// clang-format off
static const uint16_t advances[2][GLYPHS] = {
    {281, 278, 403, 631, 638, 813, 639, 222, 362, 362, 500, 659,
     276, 460, 276, 357, 648, 648, 648, 648, 648, 648, 648, 648,
     648, 648, 276, 276, 659, 659, 659, 507, 936, 676, 651, 727,
     719, 598, 587, 743, 740, 264, 543, 652, 563, 889, 753, 761,
     635, 761, 639, 638, 642, 741, 676, 949, 642, 665, 625, 362,
     357, 362, 469, 452, 497, 564, 621, 558, 621, 582, 361, 609,
     591, 237, 237, 544, 237, 869, 585, 597, 609, 609, 372, 523,
     364, 581, 557, 813, 540, 557, 541, 362, 327, 362, 659},
    {248, 309, 396, 643, 649, 844, 663, 213, 393, 393, 543, 673,
     291, 466, 290, 379, 670, 670, 670, 670, 669, 670, 670, 670,
     670, 670, 290, 289, 673, 673, 673, 544, 999, 724, 657, 744,
     724, 608, 586, 755, 744, 275, 561, 677, 566, 906, 741, 775,
     643, 776, 651, 649, 660, 734, 724, 1007, 690, 705, 653, 393,
     379, 393, 481, 468, 497, 575, 630, 577, 630, 593, 377, 625,
     613, 261, 261, 569, 261, 898, 610, 608, 625, 625, 397, 549,
     380, 608, 576, 837, 563, 576, 562, 393, 358, 393, 673},
};
// clang-format on

/* The code point at `*at` of valid UTF-8, which moves on. */
static uint32_t next_point(struct text t, size_t *at)
{
    enum { TWO = 0xC0, THREE = 0xE0, FOUR = 0xF0, REST_BITS = 6 };
    const uint32_t rest = 0x3F;
    uint32_t lead = (unsigned char)t.at[(*at)++];
    size_t more = lead >= FOUR ? 3 : lead >= THREE ? 2 : lead >= TWO ? 1 : 0;
    uint32_t point = more == 0 ? lead : lead & (rest >> more);
    while (more-- > 0 && *at < t.len)
        point = point << REST_BITS | ((unsigned char)t.at[(*at)++] & rest);
    return point;
}

double pen_advance(struct text string, double size, enum pen_weight weight)
{
    double total = 0;
    for (size_t at = 0; at < string.len;) {
        uint32_t point = next_point(string, &at);
        total += point >= IDEOGRAPHS             ? EM
                 : point < FIRST || point > LAST ? OTHER
                                                 : advances[weight][point - FIRST];
    }
    return total * size / EM;
}
