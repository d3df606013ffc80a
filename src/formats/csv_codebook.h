#ifndef OSTEON_FORMATS_CSV_CODEBOOK_H
#define OSTEON_FORMATS_CSV_CODEBOOK_H
/* What stands beside the tables: codebook.csv (each item: table, column, labels, type,
 * unit, codes, LOINC), codes.csv (each code of each list with its labels), and the
 * scripts that load all tables with types, factors and labels from these two: load.R for
 * R without packages, load.py for Python, with pandas where it is. */
#include "formats/csv_tables.h"

void csv_codebook(const struct csv_tables *tables, struct arena *scratch);

/* The texts of load.R and load.py. */
struct text csv_script_r(void);
struct text csv_script_python(void);

#endif
