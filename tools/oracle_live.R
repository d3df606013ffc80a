# Methods of `osteon stats` against R on data that R draws: SYNTHETIC, tied and untied, with
# late entries, strata, clusters and competing causes. Prints what differs, and how much agreed.
#
#     make oracle-live        needs survival, cmprsk, geepack and lme4 of R
suppressMessages({library(survival); library(cmprsk); library(geepack); library(lme4)})
program <- commandArgs(TRUE)[1]
agreed <- 0; differed <- 0
run <- function(...) paste(suppressWarnings(system2(program, c("stats", ...), stdout = TRUE, stderr = TRUE)), collapse = "")
value <- function(out, key) {
  found <- regmatches(out, regexec(paste0("\"", gsub("([.()+])", "\\\\\\1", key), "\":(-?[0-9.eE+-]+)"), out))[[1]]
  if (length(found)) as.numeric(found[2]) else NA
}
same <- function(out, key, theirs, tolerance = 1e-9) {
  ours <- value(out, key)
  if (is.na(ours) && is.na(theirs)) return(invisible())
  if (!is.na(ours) && !is.na(theirs) && abs(ours - theirs) <= tolerance * max(1, abs(theirs))) agreed <<- agreed + 1
  else { differed <<- differed + 1; cat(sprintf("%-24s ours %.17g R %.17g\n", key, ours, theirs)) }
}
file <- tempfile(fileext = ".csv")
data_of <- function(seed) {
  set.seed(seed); n <- c(60, 300, 150, 40)[seed]
  d <- data.frame(time = ceiling(rexp(n) * c(5, 30, 10, 3)[seed]), event = rbinom(n, 1, .7), g = sample(letters[1:3], n, TRUE),
    s = sample(1:3, n, TRUE), x = round(rnorm(n), 2), z = rnorm(n), w = rbinom(n, 1, .4), id = rep(1:(n / 2), 2), y = rbinom(n, 1, .5))
  d$start <- pmax(0, d$time - sample(1:4, n, TRUE)); d$cause <- ifelse(d$event == 0, 0, sample(1:2, n, TRUE))
  d$two <- ifelse(d$g == "a", 0, 1); d$r <- d$z + rep(rnorm(n / 2), 2)
  write.csv(format(d, digits = 17, trim = TRUE), file, row.names = FALSE, quote = FALSE)
  read.csv(file)
}
followed <- c("--data", file, "--time", "time", "--event", "event")
curves <- function(d, at) {
  for (kind in c("log-log", "log", "plain")) {
    k <- survfit(Surv(time, event) ~ 1, d, conf.type = kind); s <- summary(k, times = at, rmean = at)
    out <- run("km", followed, "--at", at, "--ci", kind, "--rmst", at, "--quantiles", "0.1,0.25,0.5")
    same(out, paste0("surv.t", at), s$surv); same(out, paste0("surv.t", at, ".se"), s$std.err)
    same(out, paste0("surv.t", at, ".lower"), s$lower); same(out, paste0("surv.t", at, ".upper"), s$upper)
    q <- quantile(k, c(.1, .25, .5))
    for (i in 1:3) { name <- c("q10", "q25", "q50")[i]
      same(out, name, q$quantile[i]); same(out, paste0(name, ".lower"), q$lower[i]); same(out, paste0(name, ".upper"), q$upper[i]) }
    same(out, paste0("rmst", at, ".se"), s$table[["se(rmean)"]])
  }
  s <- summary(survfit(Surv(time, event) ~ 1, d, conf.type = "log", conf.lower = "peto"), times = at)
  same(run("km", followed, "--at", at, "--ci", "log"), paste0("surv.t", at, ".lower_peto"), s$lower)
  s <- summary(survfit(Surv(start, time, event) ~ 1, d), times = at)
  out <- run("km", followed, "--start", "start", "--at", at, "--ci", "log")
  same(out, paste0("surv.t", at), s$surv); same(out, paste0("nrisk.t", at), s$n.risk); same(out, paste0("surv.t", at, ".lower"), s$lower)
  for (rho in c(0, .5, 1)) {
    same(run("logrank", followed, "--group", "g", "--rho", rho), "chisq", survdiff(Surv(time, event) ~ g, d, rho = rho)$chisq)
    same(run("logrank", followed, "--group", "g", "--rho", rho, "--strata", "s"), "chisq",
      survdiff(Surv(time, event) ~ g + strata(s), d, rho = rho)$chisq)
  }
}
models <- list(
  list(Surv(time, event) ~ x + z + w, c("--covariates", "x,z,w"), "se.x"),
  list(Surv(time, event) ~ x + z + strata(s), c("--covariates", "x,z", "--strata", "s"), "se.x"),
  list(Surv(start, time, event) ~ x + w, c("--covariates", "x,w", "--start", "start"), "se.x"),
  list(Surv(time, event) ~ x + z + w + cluster(id), c("--covariates", "x,z,w", "--cluster", "id"), "robust_se.x"))
cox <- function(d) for (ties in c("efron", "breslow")) for (model in models) {
  m <- coxph(model[[1]], d, ties = ties, control = coxph.control(eps = 1e-13, iter.max = 50, timefix = FALSE))
  for (transform in c("km", "identity", "rank", "log")) {
    out <- run("cox", followed, model[[2]], "--ties", ties, "--transform", transform)
    test <- cox.zph(m, transform = transform)$table
    for (term in c("x", "GLOBAL")) same(out, paste0("zph_", transform, ".chisq.", term), test[term, "chisq"], 1e-8)
  }
  same(out, "coef.x", coef(m)[["x"]]); same(out, model[[3]], sqrt(diag(vcov(m)))[["x"]]); same(out, "loglik", m$loglik[2])
  same(out, "score", m$score); same(out, "wald", m$wald.test)
  agreement <- concordance(m); same(out, "concordance.C", agreement$concordance); same(out, "concordance.se", sqrt(agreement$var))
}
causes <- function(d, at) {
  competing <- c("--data", file, "--time", "time", "--event", "cause")
  c1 <- cuminc(d$time, d$cause, d$g, strata = d$s, cencode = 0); points <- timepoints(c1, at)
  out <- run("cuminc", competing, "--group", "g", "--strata", "s", "--at", at)
  same(out, "gray.stat.1", c1$Tests[1, 1]); same(out, paste0("cif.a_1.t", at), points$est["a 1", 1])
  same(out, paste0("var.a_1.t", at), points$var["a 1", 1])
  same(run("gray", competing, "--group", "g", "--rho", 1), "gray.stat.2", cuminc(d$time, d$cause, d$g, rho = 1, cencode = 0)$Tests[2, 1])
  f <- crr(d$time, d$cause, cbind(d$x, d$w), failcode = 2); out <- run("finegray", competing, "--covariates", "x,w", "--cause", 2)
  same(out, "coef.x", f$coef[[1]], 1e-6); same(out, "se.x", sqrt(diag(f$var))[[1]], 1e-5)
  s <- summary(survfit(Surv(time, factor(cause, 0:2)) ~ 1, d), times = at)
  same(run("cuminc", competing, "--at", at), paste0("se_jackknife.1.t", at), s$std.err[1, 2])
}
others <- function(d) {
  m <- glm(y ~ x + z + w, binomial, d, control = glm.control(epsilon = 1e-14))
  out <- run("logistic", "--data", file, "--outcome", "y", "--covariates", "x,z,w")
  same(out, "coef.x", coef(m)[["x"]]); same(out, "se.z", summary(m)$coefficients["z", 2])
  sorted <- d[order(d$id), ]
  for (family in list(list(y ~ x, binomial, "y", "logit"), list(s ~ x, poisson, "s", "poisson"))) {
    m <- geeglm(family[[1]], id = id, data = sorted, family = family[[2]], corstr = "exchangeable", control = geese.control(epsilon = 1e-12))
    out <- run("gee", "--data", file, "--outcome", family[[3]], "--cluster", "id", "--covariates", "x", "--family", family[[4]])
    same(out, "coef.x", coef(m)[["x"]], 1e-7); same(out, "robust_se.x", summary(m)$coefficients["x", "Std.err"], 1e-7)
  }
  m <- lmer(r ~ x + w + (1 | id), d); out <- run("lmm", "--data", file, "--outcome", "r", "--subject", "id", "--covariates", "x,w")
  same(out, "loglik", as.numeric(logLik(m)), 1e-8)
  for (type in 1:9) for (column in c("z", "time")) {
    out <- run("summary", "--data", file, "--column", column, "--type", type, "--quantiles", "0.1,0.37,0.5")
    for (p in c(10, 37, 50)) same(out, paste0("quantile_type", type, ".p", p), quantile(d[[column]], p / 100, type = type)[[1]])
  }
  same(run("signed-rank", "--data", file, "--x", "z", "--y", "x", "--method", "normal"), "p", wilcox.test(d$z, d$x, paired = TRUE, exact = FALSE)$p.value)
  same(run("rank-sum", "--data", file, "--column", "z", "--group", "two", "--method", "uncorrected"), "p",
    wilcox.test(z ~ two, d, exact = FALSE, correct = FALSE)$p.value)
  same(run("kruskal", "--data", file, "--column", "time", "--group", "g"), "H", kruskal.test(time ~ g, d)$statistic[[1]])
  test <- t.test(z ~ two, d, conf.level = .9)
  same(run("twosample", "--data", file, "--column", "z", "--group", "two", "--level", .9), "welch.lower", test$conf.int[1])
}
for (seed in 1:4) { d <- data_of(seed); at <- median(d$time); curves(d, at); cox(d); causes(d, at); suppressMessages(others(d)) }
cat(agreed, "quantities agree,", differed, "differ\n")
quit(status = if (differed > 0) 1 else 0)
