# Rscript export_csv.R FOLDER: every column that load.R gives has the type that the codebook says.
folder <- commandArgs(trailingOnly = TRUE)[1]
source(file.path(folder, "load.R"))
study <- osteon_load(folder)
book <- read.csv(file.path(folder, "codebook.csv"), colClasses = "character", na.strings = "")
wanted <- c(integer = "numeric", decimal = "numeric", date = "Date", datetime = "POSIXct")
for (i in which(!is.na(book$column))) {
  item <- book[i, ]
  x <- study[[sub("\\.csv$", "", item$table)]][[item$column]]
  right <- if (item$type == "coded" && is.na(item$multiple) && !is.na(item$codelist)) is.factor(x)
    else if (item$type %in% names(wanted)) inherits(x, wanted[[item$type]]) || (wanted[[item$type]] == "numeric" && is.numeric(x))
    else is.character(x)
  if (!right) stop(item$item, " is ", class(x), " but the codebook says ", item$type)
  if (!identical(attr(x, "label"), item$label_en)) stop(item$item, " has not its label")
}
raw <- read.csv(file.path(folder, "IG.SCR1.csv"), colClasses = "character", na.strings = "")
if (!identical(study$IG.SCR1$AGE + 0L, structure(as.integer(raw$AGE), label = attr(study$IG.SCR1$AGE, "label"), unit = "a")))
  stop("the ages are not those of the file")
chinese <- osteon_load(folder, "zh")
if (!identical(levels(chinese$IG.SCR1$HVOL)[2], "\u5426")) stop("the Chinese labels are not there")
cat("all types are right\n")
