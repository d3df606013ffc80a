# The other half of bench/stats.c: reads a word a line, does that once, answers with the
# processor time and one number of the result. The data are doubles in the file it is given:
# n, then times, days, event, group, cause, 20 covariates, and y, subject, visit of repeated
# measures. What is not installed answers "none".
arguments <- commandArgs(TRUE)
file <- file(arguments[1], "rb")
n <- readBin(file, "double", 1)
column <- function() readBin(file, "double", n)
times <- column(); days <- column(); event <- column(); group <- column(); cause <- column()
x <- sapply(1:20, function(k) column())
y <- column(); subject <- column(); visit <- column()
close(file)
has <- function(package) suppressWarnings(suppressMessages(require(package, character.only = TRUE, quietly = TRUE)))
survival <- has("survival"); cmprsk <- has("cmprsk"); lme4 <- has("lme4"); prodlim <- has("prodlim")
first <- function(count) seq_len(min(n, count))
fit <- function(t, p) coxph.fit(x[, 1:p, drop = FALSE], Surv(t, event), NULL, NULL, rep(0, p), coxph.control(), NULL, "efron", NULL)
repeated <- first(60000)
data <- data.frame(y = y, visit = visit, subject = factor(subject))[repeated, ]
whole <- data.frame(t = times, e = event, x = I(x))
arm <- rep(1:2, each = 200); one <- rep(1, 400)
trial <- function() {
  until <- pmin(rexp(400, 0.005), 36 - runif(400, 0, 24))
  time <- rexp(400, log(2) / 12 * c(1, 0.7)[arm])
  fit <- survival:::survdiff.fit(Surv(pmin(time, until), time <= until), arm, one)
  (fit$observed[2] - fit$expected[2])^2 / fit$var[2, 2]
}
do <- list(
  km_continuous = function() survfit(Surv(times, event) ~ 1, conf.type = "log-log"),
  km_days = function() survfit(Surv(days, event) ~ 1, conf.type = "log-log"),
  logrank_continuous = function() survdiff(Surv(times, event) ~ group)$chisq,
  logrank_days = function() survdiff(Surv(days, event) ~ group)$chisq,
  cox_1_core = function() fit(times, 1)$coefficients[[1]],
  cox_20_core = function() fit(times, 20)$coefficients[[1]],
  cox_20_whole = function() unname(coxph(Surv(t, e) ~ x, whole)$concordance[["concordance"]]),
  incidence = function() predict(prodlim(Hist(times, cause) ~ 1), times = 50, cause = 1, type = "cuminc")[[1]][[1]],
  finegray = function() { few <- first(4000); crr(times[few], cause[few], x[few, 1:2])$coef[[1]] },
  signed_rank = function() wilcox.test(x[, 4], exact = FALSE)$statistic[[1]],
  rank_sum = function() wilcox.test(x[1:(n %/% 2), 4], x[(n %/% 2 + 1):n, 4], exact = FALSE)$statistic[[1]],
  power = function() mean(replicate(10000, trial()) >= qchisq(0.95, 1)),
  mixed = function() fixef(lmer(y ~ visit + (1 | subject), data))[[2]])
needs <- list(incidence = prodlim, finegray = cmprsk, mixed = lme4)
input <- file("stdin", "r")
while (length(word <- readLines(input, 1)) == 1) {
  if (!(if (is.null(needs[[word]])) survival else needs[[word]])) { cat("none\n"); flush(stdout()); next }
  gc(FALSE)
  before <- proc.time()
  result <- suppressWarnings(do[[word]]())
  spent <- proc.time() - before
  if (inherits(result, "survfit")) result <- result$surv[findInterval(50, result$time)]
  cat(sprintf("%.17g %.17g\n", sum(spent[1:2]), result))
  flush(stdout())
}
