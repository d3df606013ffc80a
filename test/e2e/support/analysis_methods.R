# Rscript analysis_methods.R PLAN.json RUN: every analysis of the plan once more, from the derived datasets
# (dataset-NAME.csv) by R and its packages; prints TAP lines without a plan, one a method, with how many
# numbers were compared and the largest difference.
suppressPackageStartupMessages({
  library(jsonlite); library(survival); library(cmprsk); library(lme4); library(lmerTest); library(nlme); library(geepack)
})
arguments <- commandArgs(TRUE)
plan <- fromJSON(arguments[1], simplifyVector = FALSE)
folder <- arguments[2]
level <- plan$level
z <- qnorm(1 - (1 - level) / 2)

read <- function(name) read.csv(file.path(folder, name), colClasses = "character", check.names = FALSE, na.strings = character())
results <- read("results.csv")
datasets <- list()
for (one in plan$datasets) datasets[[one$name]] <- read(paste0("dataset-", one$name, ".csv"))
order_of <- list() # codes of visits, in the protocol's order
visits <- c("BL", "M5", "M15", "M30", "H1", "H2", "H4", "H6", "H12", "H24", "H48", "H72", "H96", "REM", "RM24", "D7", "D28", "D90", "UNS")

number <- function(x) suppressWarnings(as.numeric(ifelse(x == "", NA, ifelse(x == "yes", "1", ifelse(x == "no", "0", x)))))
truth <- function(x) ifelse(x == "yes", TRUE, ifelse(x == "no", FALSE, NA))
opt <- function(with, name, otherwise = NULL) if (is.null(with[[name]])) otherwise else unlist(with[[name]])

tally <- list()
failures <- 0
worst <- list()
compare <- function(analysis, group, operation, expected, tolerance = 1e-8) {
  found <- results[results$analysis == analysis$id & results$group == group & results$operation == operation, ]
  method <- analysis$method
  if (nrow(found) != 1) {
    cat(sprintf("not ok %s %s %s: %d numbers\n", analysis$id, group, operation, nrow(found)))
    failures <<- failures + 1
    return(invisible())
  }
  if (length(expected) != 1 || is.na(expected) || !is.finite(expected)) return(invisible())
  value <- suppressWarnings(as.numeric(found$value))
  difference <- abs(value - expected) / max(1, abs(expected))
  tally[[method]] <<- c(tally[[method]], difference)
  if (is.na(difference) || difference > tolerance) {
    cat(sprintf("not ok %s %s %s: %s, R says %.15g\n", analysis$id, group, operation, found$value, expected))
    failures <<- failures + 1
  }
}
bounded <- function(analysis, group, name, values, tolerance = 1e-8) {
  compare(analysis, group, name, values[1], tolerance)
  compare(analysis, group, paste0(name, ".lower"), values[2], tolerance)
  compare(analysis, group, paste0(name, ".upper"), values[3], tolerance)
}
wilson <- function(x, n) {
  p <- x / n; d <- 1 + z^2 / n; c <- p + z^2 / (2 * n); r <- z * sqrt(p * (1 - p) / n + z^2 / (4 * n^2))
  c(p, (c - r) / d, (c + r) / d)
}

methods <- list()
methods$count <- function(a, g, d, w) { compare(a, g, "n", nrow(d)); compare(a, g, "events", sum(truth(d[[w$event]]), na.rm = TRUE)) }
methods$levels <- function(a, g, d, w) {
  x <- d[[w$value]]; x <- x[x != ""]
  compare(a, g, "n", length(x))
  for (code in unique(x)) { compare(a, g, paste0("events.", code), sum(x == code)); compare(a, g, paste0("share.", code), mean(x == code)) }
}
methods$proportion <- function(a, g, d, w) {
  e <- truth(d[[w$event]]); failure <- identical(w$missing, "failure")
  n <- if (failure) length(e) else sum(!is.na(e)); x <- sum(e, na.rm = TRUE)
  compare(a, g, "n", n); compare(a, g, "events", x)
  if (n == 0) return()
  b <- wilson(x, n); compare(a, g, "estimate", b[1]); compare(a, g, "wilson.lower", b[2]); compare(a, g, "wilson.upper", b[3])
  ci <- binom.test(x, n, conf.level = level)$conf.int
  compare(a, g, "clopper_pearson.lower", ci[1]); compare(a, g, "clopper_pearson.upper", ci[2])
  m <- sum(is.na(e))
  if (failure && m > 0) { compare(a, g, "best_case", (x + m) / n); if (n > m) compare(a, g, "complete_case", x / (n - m)) }
}
methods$rate <- function(a, g, d, w) {
  x <- number(d[[w$events]]); t <- number(d[[w$exposure]]); k <- !is.na(x) & !is.na(t); x <- x[k]; t <- t[k]
  if (!length(t)) return()
  exposure <- if (identical(w$take, "longest")) max(t) else sum(t); per <- opt(w, "per", 1)
  test <- poisson.test(sum(x), exposure, conf.level = level)
  compare(a, g, "exposure", exposure); bounded(a, g, "rate", per * c(test$estimate, test$conf.int))
}
times <- function(d, w, extra = character()) {
  t <- number(d[[w$time]]); e <- truth(d[[w$event]]); k <- !is.na(t) & t >= 0 & !is.na(e)
  for (name in extra) k <- k & d[[name]] != ""
  h <- opt(w, "horizon", Inf); beyond <- t > h
  data.frame(t = ifelse(beyond, h, t), e = e & !beyond, row = seq_along(t))[k, ]
}
methods$survival <- function(a, g, d, w) {
  x <- times(d, w); compare(a, g, "n", nrow(x)); compare(a, g, "events", sum(x$e)); if (!nrow(x)) return()
  fit <- survfit(Surv(t, e) ~ 1, x, conf.type = "log-log", conf.int = level)
  for (at in opt(w, "at")) if (at <= max(x$t)) {
    s <- summary(fit, times = at)
    name <- paste0("surv.t", format(at, digits = 15))
    compare(a, g, name, s$surv); compare(a, g, paste0(name, ".se"), s$std.err)
    compare(a, g, paste0(name, ".lower"), s$lower); compare(a, g, paste0(name, ".upper"), s$upper)
  }
  q <- quantile(fit, c(.25, .5, .75))
  for (i in 1:3) bounded(a, g, c("q25", "q50", "q75")[i], c(q$quantile[i], q$lower[i], q$upper[i]))
  if (!is.null(w$tau)) { m <- survival:::survmean(fit, rmean = unlist(w$tau))$matrix
    compare(a, g, "rmst", m[[grep("^rmean|\\*rmean", names(m))]]); compare(a, g, "rmst.se", m[[grep("se\\(rmean", names(m))]]) }
}
methods$follow_up <- function(a, g, d, w) {
  x <- times(d, w); compare(a, g, "n", nrow(x)); compare(a, g, "censored", sum(!x$e)); if (!nrow(x)) return()
  q <- quantile(survfit(Surv(t, !e) ~ 1, x, conf.type = "log-log", conf.int = level), c(.25, .5, .75))
  for (i in 1:3) compare(a, g, c("q25", "q50", "q75")[i], q$quantile[i])
}
methods$compare_survival <- function(a, g, d, w) {
  x <- times(d, w, w$by); x$by <- truth(d[[w$by]])[x$row]
  compare(a, g, "n.yes", sum(x$by)); compare(a, g, "n.no", sum(!x$by))
  if (!sum(x$e) || length(unique(x$by)) < 2) return()
  test <- survdiff(Surv(t, e) ~ by, x); compare(a, g, "logrank.chi2", test$chisq)
  s <- summary(coxph(Surv(t, e) ~ by, x), conf.int = level)
  bounded(a, g, "hazard_ratio", s$conf.int[c(1, 3, 4)], 1e-7); compare(a, g, "hazard_ratio.p", s$coefficients[5], 1e-7)
  if (!is.null(w$tau)) {
    m <- lapply(c(FALSE, TRUE), function(b) survival:::survmean(survfit(Surv(t, e) ~ 1, x[x$by == b, ]), rmean = unlist(w$tau))$matrix)
    mean <- sapply(m, function(v) v[[grep("rmean", names(v))[1]]]); se <- sapply(m, function(v) v[[grep("se\\(rmean", names(v))]])
    compare(a, g, "rmst_difference", mean[2] - mean[1]); s <- sqrt(sum(se^2))
    compare(a, g, "rmst_difference.lower", mean[2] - mean[1] - z * s)
  }
}
methods$cox <- function(a, g, d, w) {
  names <- unlist(w$covariates); x <- times(d, w, names)
  for (name in names) x[[name]] <- number(d[[name]])[x$row]
  compare(a, g, "n", nrow(x)); if (sum(x$e) < length(names)) return()
  fit <- coxph(as.formula(paste("Surv(t, e) ~", paste(names, collapse = "+"))), x); s <- summary(fit, conf.int = level); h <- cox.zph(fit)
  for (name in names) {
    bounded(a, g, paste0("hazard_ratio.", name), s$conf.int[name, c(1, 3, 4)], 1e-7)
    compare(a, g, paste0("hazard_ratio.", name, ".p"), s$coefficients[name, 5], 1e-7)
    compare(a, g, paste0("proportionality.", name, ".p"), h$table[name, "p"], 1e-6)
  }
}
methods$incidence <- function(a, g, d, w) {
  t <- number(d[[w$time]]); k <- !is.na(t) & t >= 0; t <- t[k]
  e <- truth(d[[w$event]])[k] %in% TRUE; o <- truth(d[[w$competing]])[k] %in% TRUE
  cause <- ifelse(e, 1, ifelse(o, 2, 0))
  compare(a, g, "n", length(t)); compare(a, g, "events", sum(cause == 1)); compare(a, g, "competing", sum(cause == 2))
  if (!any(cause > 0)) return()
  fit <- cuminc(t, cause)
  for (name in c("incidence", "competing")) {
    curve <- paste("1", if (name == "incidence") 1 else 2)
    if (is.null(fit[[curve]])) next
    for (at in opt(w, "at")) if (at <= max(t)) {
      p <- timepoints(fit[curve], at); op <- paste0(name, ".t", format(at, digits = 15)); f <- p$est[1]
      compare(a, g, op, f)
      if (f > 0 && f < 1) {
        s <- sqrt(p$var[1]); compare(a, g, paste0(op, ".se"), s)
        compare(a, g, paste0(op, ".lower"), f^exp(-z * s / (f * log(f)))); compare(a, g, paste0(op, ".upper"), f^exp(z * s / (f * log(f))))
      }
    }
  }
}
methods$summary <- function(a, g, d, w) {
  x <- number(d[[w$value]])
  if (!is.null(w$worst)) {
    dead <- is.na(x) & (truth(d[[w$worst]]) %in% TRUE); ranked <- c(rep(-1e9, sum(dead)), sort(x[!is.na(x)]))
    compare(a, g, "n", length(ranked)); compare(a, g, "worst", sum(dead))
    if (sum(!is.na(x)) == 0) return()
    for (i in 1:3) { q <- quantile(ranked, c(.25, .5, .75)[i], type = 7); if (q > -1e5) compare(a, g, c("q25", "median", "q75")[i], q) }
    return()
  }
  x <- x[!is.na(x)]; compare(a, g, "n", length(x)); if (!length(x)) return()
  compare(a, g, "mean", mean(x)); compare(a, g, "min", min(x)); compare(a, g, "max", max(x))
  for (i in 1:3) compare(a, g, c("q25", "median", "q75")[i], quantile(x, c(.25, .5, .75)[i], type = 7))
  if (length(x) < 2 || sd(x) == 0) return()
  ci <- t.test(x, conf.level = level)$conf.int
  compare(a, g, "sd", sd(x)); compare(a, g, "mean.lower", ci[1]); compare(a, g, "mean.upper", ci[2])
  if (all(x > 0)) { l <- t.test(log(x), conf.level = level); compare(a, g, "geomean", exp(l$estimate)); compare(a, g, "geomean.upper", exp(l$conf.int[2]))
    if (identical(w$log, "yes")) { compare(a, g, "log.mean", mean(log(x))); compare(a, g, "log.sd", sd(log(x))) } }
}
methods$change <- function(a, g, d, w) {
  x <- number(d[[w$value]]); x <- x[!is.na(x)]; compare(a, g, "n", length(x)); if (length(x) < 2 || sd(x) == 0) return()
  t <- t.test(x, conf.level = level); bounded(a, g, "mean", c(t$estimate, t$conf.int)); compare(a, g, "t.p", t$p.value)
  if (identical(w$log, "yes")) bounded(a, g, "ratio", exp(c(t$estimate, t$conf.int)))
  compare(a, g, "median", median(x))
  s <- suppressWarnings(wilcox.test(x, conf.level = level)); compare(a, g, "signed_rank.p", s$p.value)
  used <- x[x != 0]; walsh <- outer(used, used, "+") / 2; walsh <- sort(walsh[upper.tri(walsh, TRUE)])
  compare(a, g, "hodges_lehmann", median(walsh))
  if (length(used) == length(x) && length(x) < 50 && !anyDuplicated(abs(x))) {
    k <- qsignrank((1 - level) / 2, length(x)); if (k == 0) k <- 1
    compare(a, g, "hodges_lehmann.lower", walsh[k]); compare(a, g, "hodges_lehmann.upper", walsh[length(walsh) + 1 - k])
  }
}
methods$compare <- function(a, g, d, w) {
  x <- number(d[[w$value]]); by <- truth(d[[w$by]]); k <- !is.na(x) & !is.na(by); yes <- x[k & by]; no <- x[k & !by]
  compare(a, g, "n.yes", length(yes)); compare(a, g, "n.no", length(no)); if (min(length(yes), length(no)) < 2) return()
  t <- t.test(yes, no, conf.level = level); bounded(a, g, "difference", c(mean(yes) - mean(no), t$conf.int)); compare(a, g, "welch.p", t$p.value)
  compare(a, g, "rank_sum.p", suppressWarnings(wilcox.test(yes, no))$p.value); compare(a, g, "hodges_lehmann", median(outer(yes, no, "-")))
  n <- length(yes) + length(no); m <- n - 2; s <- sqrt(((length(yes) - 1) * var(yes) + (length(no) - 1) * var(no)) / m)
  j <- exp(lgamma(m / 2) - log(sqrt(m / 2)) - lgamma((m - 1) / 2)); compare(a, g, "hedges_g", j * (mean(yes) - mean(no)) / s)
  l <- t.test(log(yes), log(no), conf.level = level); bounded(a, g, "ratio", exp(c(mean(log(yes)) - mean(log(no)), l$conf.int)))
}
methods$compare_events <- function(a, g, d, w) {
  e <- truth(d[[w$event]]); by <- truth(d[[w$by]]); if (identical(w$missing, "failure")) e <- e %in% TRUE
  k <- !is.na(e) & !is.na(by); x <- c(sum(e[k & by]), sum(e[k & !by])); n <- c(sum(k & by), sum(k & !by))
  compare(a, g, "events.yes", x[1]); compare(a, g, "events.no", x[2]); if (min(n) == 0) return()
  w1 <- wilson(x[1], n[1]); w2 <- wilson(x[2], n[2]); diff <- w1[1] - w2[1]
  bounded(a, g, "risk_difference", c(diff, diff - sqrt((w1[1] - w1[2])^2 + (w2[3] - w2[1])^2), diff + sqrt((w1[3] - w1[1])^2 + (w2[1] - w2[2])^2)))
  compare(a, g, "fisher.p", fisher.test(matrix(c(x[1], n[1] - x[1], x[2], n[2] - x[2]), 2))$p.value)
  if (min(x, n - x) > 0) {
    s <- sqrt(1 / x[1] - 1 / n[1] + 1 / x[2] - 1 / n[2]); r <- log(w1[1] / w2[1]); bounded(a, g, "risk_ratio", exp(c(r, r - z * s, r + z * s)))
    s <- sqrt(sum(1 / x, 1 / (n - x))); r <- log(x[1] * (n[2] - x[2]) / (x[2] * (n[1] - x[1]))); bounded(a, g, "odds_ratio", exp(c(r, r - z * s, r + z * s)))
  }
}
crossed <- function(d, w) { x <- truth(d[[w$first]]); y <- truth(d[[w$second]]); k <- !is.na(x) & !is.na(y); c(sum(x[k] & y[k]), sum(x[k] & !y[k]), sum(!x[k] & y[k]), sum(!x[k] & !y[k])) }
methods$pairs <- function(a, g, d, w) {
  c4 <- crossed(d, w); n <- sum(c4); for (i in 1:4) compare(a, g, c("yes_yes", "yes_no", "no_yes", "no_no")[i], c4[i])
  if (c4[2] + c4[3] == 0) return()
  compare(a, g, "mcnemar.p", binom.test(c4[2], c4[2] + c4[3])$p.value); diff <- (c4[2] - c4[3]) / n
  s <- sqrt(c4[2] + c4[3] - (c4[2] - c4[3])^2 / n) / n; bounded(a, g, "difference", c(diff, diff - z * s, diff + z * s))
}
methods$agreement <- function(a, g, d, w) {
  c4 <- crossed(d, w); n <- sum(c4); if (!n) return()
  # The errors by linearisation over the rated things, not by the closed formulas.
  x <- rep(c(1, 1, 0, 0), c4); y <- rep(c(1, 0, 1, 0), c4); same <- mean(x == y); compare(a, g, "observed", same)
  px <- mean(x); py <- mean(y); e <- px * py + (1 - px) * (1 - py); kappa <- (same - e) / (1 - e)
  ei <- x * py + y * px + (1 - x) * (1 - py) + (1 - y) * (1 - px) - 2 * e # influence of e, twice centred
  influence <- ((x == y) - same) / (1 - e) - (1 - kappa) * (ei) / (1 - e)
  s <- sqrt(mean(influence^2) / n); bounded(a, g, "kappa", c(kappa, max(-1, kappa - z * s), min(1, kappa + z * s)), 1e-8)
  q <- (px + py) / 2; e <- 2 * q * (1 - q); ac <- (same - e) / (1 - e); qi <- (x + y) / 2
  influence <- ((x == y) - same) / (1 - e) - (1 - ac) * (2 * (1 - 2 * q) * (qi - q)) / (1 - e)
  s <- sqrt(mean(influence^2) / n); bounded(a, g, "ac1", c(ac, max(-1, ac - z * s), min(1, ac + z * s)), 1e-8)
}
methods$correlation <- function(a, g, d, w) {
  x <- number(d[[w$x]]); y <- number(d[[w$y]]); k <- !is.na(x) & !is.na(y); if (sum(k) < 4) return()
  t <- cor.test(x[k], y[k], conf.level = level); bounded(a, g, "pearson", c(t$estimate, t$conf.int)); compare(a, g, "pearson.p", t$p.value)
  compare(a, g, "spearman", cor(x[k], y[k], method = "spearman")); compare(a, g, "ancova_factor", 1 - t$estimate^2)
}
frame <- function(d, names, cluster = NULL) {
  x <- data.frame(lapply(d[names], number)); k <- complete.cases(x)
  x$cluster <- if (is.null(cluster)) d$participant else d[[cluster]]
  k <- k & x$cluster != ""; x[k, , drop = FALSE]
}
# Firth's score solved here: no package of Debian has it.
firth <- function(x, y, fixed = NULL, offset = 0) {
  b <- rep(0, ncol(x)); free <- setdiff(seq_len(ncol(x)), fixed); if (!is.null(fixed)) b[fixed] <- offset
  value <- function(b) { p <- plogis(x %*% b)[, 1]; sum(log(ifelse(y, p, 1 - p))) + 0.5 * as.numeric(determinant(crossprod(x, x * (p * (1 - p))))$modulus) }
  for (i in 1:500) {
    p <- plogis(x %*% b)[, 1]; v <- p * (1 - p); information <- crossprod(x, x * v); inverse <- solve(information)
    h <- rowSums((x %*% inverse) * x) * v; u <- crossprod(x, y - p + h * (0.5 - p))[free]
    step <- rep(0, ncol(x)); step[free] <- solve(information[free, free, drop = FALSE], u); step <- step * min(1, 1 / max(abs(step), 1))
    while (value(b + step) < value(b) - 1e-12 && max(abs(step)) > 1e-12) step <- step / 2
    b <- b + step; if (max(abs(step)) < 1e-11) break
  }
  list(b = b, value = value(b))
}
methods$logistic <- function(a, g, d, w) {
  names <- unlist(w$covariates); x <- frame(d, c(w$event, names)); if (nrow(x) < 5) return()
  y <- x[[w$event]] == 1; design <- cbind(1, as.matrix(x[names])); full <- firth(design, y); cut <- qchisq(level, 1)
  for (i in seq_along(names)) {
    op <- paste0("odds_ratio.", names[i]); at <- full$b[i + 1]; compare(a, g, op, exp(at), 1e-6)
    drop <- function(v) 2 * (full$value - firth(design, y, i + 1, v)$value) - cut
    compare(a, g, paste0(op, ".lower"), exp(uniroot(drop, c(at - 15, at), tol = 1e-9)$root), 1e-4)
    compare(a, g, paste0(op, ".upper"), exp(uniroot(drop, c(at, at + 15), tol = 1e-9)$root), 1e-4)
    compare(a, g, paste0(op, ".p"), pchisq(2 * (full$value - firth(design, y, i + 1, 0)$value), 1, lower.tail = FALSE), 1e-6)
  }
}
methods$clustered <- function(a, g, d, w) {
  x <- frame(d, w$event, w$cluster); x$id <- as.integer(factor(x$cluster, levels = unique(x$cluster))); x <- x[order(x$id), ]
  compare(a, g, "clusters", length(unique(x$id))); y <- x[[w$event]]; if (length(unique(y)) < 2) return()
  how <- results[results$analysis == a$id & results$operation == "exchangeable", "value"]
  fit <- geeglm(y ~ 1, family = binomial, id = id, data = x, corstr = if (how == "1") "exchangeable" else "independence", control = geese.control(epsilon = 1e-12, maxit = 200))
  s <- summary(fit)$coefficients; compare(a, g, "estimate", plogis(s[1, 1]), 1e-6)
  compare(a, g, "estimate.lower", plogis(s[1, 1] - z * s[1, 2]), 1e-5); compare(a, g, "estimate.upper", plogis(s[1, 1] + z * s[1, 2]), 1e-5)
}
methods$mixed <- function(a, g, d, w) {
  names <- unlist(w$covariates); x <- frame(d, c(w$value, names), w$cluster); compare(a, g, "n", nrow(x)); if (nrow(x) < 5) return()
  if (identical(w$log, "yes")) x[[w$value]] <- log(x[[w$value]])
  fit <- lmerTest::lmer(as.formula(paste(w$value, "~", paste(c("1", names), collapse = "+"), "+ (1 | cluster)")), x)
  s <- summary(fit)$coefficients; v <- as.data.frame(VarCorr(fit))$vcov
  compare(a, g, "variance.between", v[1], 1e-4); compare(a, g, "variance.within", v[2], 1e-4)
  for (i in seq_len(nrow(s))) {
    op <- if (i == 1) "intercept" else paste0("effect.", names[i - 1]); reach <- qt(1 - (1 - level) / 2, s[i, 3]) * s[i, 2]
    compare(a, g, op, s[i, 1], 1e-5); compare(a, g, paste0(op, ".df"), s[i, 3], 1e-3); compare(a, g, paste0(op, ".lower"), s[i, 1] - reach, 1e-4)
  }
}
methods$repeated <- function(a, g, d, w) {
  x <- frame(d, c(w$value, w$baseline)); x$visit <- factor(d[rownames(d) %in% rownames(x), w$visit]); if (nrow(x) < 10) return()
  x$visit <- factor(as.character(x$visit), levels = visits[visits %in% unique(as.character(x$visit))]); x$y <- x[[w$value]]
  if (identical(w$log, "yes")) x$y <- log(x$y)
  x$base <- if (is.null(w$baseline)) 0 else x[[w$baseline]] - mean(x[[w$baseline]]); x$at <- as.integer(x$visit)
  terms <- if (is.null(w$baseline)) y ~ 0 + visit else y ~ 0 + visit + base
  n <- nlevels(x$visit); compare(a, g, "n", nrow(x)); compare(a, g, "participants", length(unique(x$cluster)))
  if (identical(w$within, "unstructured")) {
    fit <- gls(terms, x, correlation = corSymm(form = ~ at | cluster), weights = varIdent(form = ~ 1 | visit), control = glsControl(maxIter = 500, msMaxIter = 500, tolerance = 1e-10, msTol = 1e-12)); b <- coef(fit); se <- sqrt(diag(fit$varBeta)); tolerance <- 2e-3
  } else if (identical(w$within, "ar1")) {
    fit <- gls(terms, x, correlation = corAR1(form = ~ at | cluster), control = glsControl(maxIter = 500, msMaxIter = 500, tolerance = 1e-12, msTol = 1e-13)); b <- coef(fit); se <- sqrt(diag(vcov(fit))); tolerance <- 1e-4
  } else {
    fit <- lmerTest::lmer(update(terms, . ~ . + (1 | cluster)), x); s <- summary(fit)$coefficients; b <- s[, 1]; se <- s[, 2]; tolerance <- 1e-5
    for (i in 1:n) compare(a, g, paste0("mean.", levels(x$visit)[i], ".df"), s[i, 3], 2e-3)
  }
  for (i in 1:n) { op <- paste0("mean.", levels(x$visit)[i]); compare(a, g, op, b[i], tolerance); compare(a, g, paste0(op, ".se"), se[i], tolerance) }
}
methods$icc <- function(a, g, d, w) {
  x <- frame(d, w$event, w$cluster); y <- x[[w$event]]; n <- length(y); if (length(unique(y)) < 2) return()
  s <- summary(aov(y ~ factor(x$cluster)))[[1]][["Mean Sq"]]; sizes <- table(x$cluster); m <- (n - sum(sizes^2) / n) / (length(sizes) - 1)
  compare(a, g, "clusters", length(sizes)); compare(a, g, "anova", (s[1] - s[2]) / (s[1] + (m - 1) * s[2]))
  fit <- suppressMessages(glmer(y ~ 1 + (1 | cluster), x, family = binomial, nAGQ = 25)); v <- as.data.frame(VarCorr(fit))$vcov
  compare(a, g, "latent", v / (v + pi^2 / 3), 2e-3)
}
methods$missing <- function(a, g, d, w) {
  compare(a, g, "n", nrow(d)); names <- unlist(w$of)
  compare(a, g, "complete", sum(rowSums(d[names] == "") == 0))
  for (name in names) {
    compare(a, g, paste0(name, ".known"), sum(d[[name]] != "")); compare(a, g, paste0(name, ".missing"), sum(d[[name]] == ""))
    why <- d[[paste0(name, ".why")]]; for (one in setdiff(unique(why), "")) compare(a, g, paste0(name, ".", one), sum(why == one))
    if (all(d$event == "")) next
    gaps <- tapply(d[[name]] != "", d$participant, function(k) { i <- which(!k); if (!length(i)) "full" else if (any(k[i[1]:length(k)])) "intermittent" else "dropped" })
    compare(a, g, paste0(name, ".intermittent"), sum(gaps == "intermittent")); compare(a, g, paste0(name, ".dropped"), sum(gaps == "dropped"))
  }
}
methods$sample_size <- function(a, g, d, w) {
  p1 <- if (is.null(w$p1)) mean(truth(d[[w$event]]) %in% TRUE) else unlist(w$p1); p2 <- if (is.null(w$p2)) p1 - opt(w, "less", .15) else unlist(w$p2)
  n <- (qnorm(1 - opt(w, "alpha", .05) / 2) + qnorm(opt(w, "power", .8)))^2 * (p1 * (1 - p1) + p2 * (1 - p2)) / (p1 - p2)^2
  if (p1 <= 0 || p1 >= 1) return()
  compare(a, g, "n_per_arm", ceiling(n))
  for (icc in opt(w, "icc")) compare(a, g, paste0("n_per_arm.icc", format(icc, digits = 15)), ceiling(n * (1 + (opt(w, "cluster") - 1) * icc)))
}

people <- datasets[[plan$datasets[[1]]$name]]
for (a in plan$analyses) {
  where <- Filter(function(p) p$name == a$population, plan$populations)[[1]]$where
  members <- people$participant[people[[where]] == "yes"]
  d <- datasets[[a$dataset]]; d <- d[d$participant %in% members, ]
  if (!is.null(a$where)) d <- d[d[[a$where]] == "yes", ]
  groups <- if (is.null(a$group)) "" else setdiff(unique(d[[a$group]]), "")
  run <- methods[[a$method]]
  if (is.null(run)) { cat("not ok there is no method", a$method, "in R\n"); failures <- failures + 1; next }
  for (g in groups) {
    own <- if (g == "") d else d[d[[a$group]] == g, ]
    rownames(own) <- NULL
    tryCatch(run(a, g, own, a$with), error = function(e) { cat(sprintf("not ok %s %s: R fails: %s\n", a$id, g, conditionMessage(e))); failures <<- failures + 1 })
  }
}
for (name in names(tally)) cat(sprintf("ok %s: %d numbers as R's, largest difference %.1e\n", name, length(tally[[name]]), max(tally[[name]], na.rm = TRUE)))
used <- unique(vapply(plan$analyses, function(a) a$method, ""))
cat(if (all(used %in% names(tally))) "ok" else "not ok", "each method of the plan was compared\n")
quit(status = as.integer(failures > 0 || !all(used %in% names(tally))))
