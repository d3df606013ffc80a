# Osteon: the one build file. GNU make; sources and tests are found by wildcard, so
# that adding a file needs no edit here.
#
#   make               the program, build/osteon
#   make check-unit    unit tests         (SAN=1 address + undefined, TSAN=1 threads)
#   make check-corpus  every saved fuzzing input once
#   make lint          the house rules; make lint-deep adds the slow analysers
#   make format        lay out the C sources
#   make wasm          the engine for the browser, build/engine/engine.wasm
#   make fuzz          each parser FUZZ_SECONDS long (600)
#   make oracle        statistics against other programs, a table of differences
#   make oracle-live   statistics against R on data that it draws
#   make same-bits     statistics by two builds, digit by digit
#   make endure        the long proofs, whole
#   make bench         benchmarks, each with its floor
#   make screens       pictures of the demo, into doc/screens
#   make looks         pictures of every screen, size, language and look, into build/screens
#   make deb           a Debian package;  make install DESTDIR=… PREFIX=…
#
# WERROR=1 makes warnings errors; V=1 shows the commands; PAGE=none builds without the
# browser's half, for work on C alone.

MAKEFLAGS += --no-builtin-rules
SHELL := /bin/sh
.DELETE_ON_ERROR:
.SECONDARY:

VERSION := $(shell sed -n 's/.*OSTEON_VERSION "\(.*\)"/\1/p' src/base/version.h)

# -- Variants: each has a folder of its own --------------------------------------------

ifeq ($(SAN),1)
BUILD := build-san
# Poisoning takes a pointer to const: gcc takes it for a reader of fresh memory.
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer \
            -Wno-maybe-uninitialized
else ifeq ($(TSAN),1)
BUILD := build-tsan
SANITIZE := -fsanitize=thread -fno-omit-frame-pointer
else ifeq ($(FUZZ),1)
BUILD := build-fuzz
CC := clang-14
SANITIZE := -fsanitize=fuzzer-no-link,address,undefined \
            -fno-sanitize-recover=all -fno-omit-frame-pointer
else
BUILD := build
endif
ifeq ($(origin CC),default)
CC := gcc
endif

ifeq ($(CI),true)
WERROR ?= 1
endif
ifneq ($(V),1)
Q := @
endif

# -- Flags -----------------------------------------------------------------------------

PACKAGES := libmicrohttpd libqrencode libcurl gnutls libargon2 json-c expat sqlite3 zlib libRmath lapacke
PACKAGE_CPPFLAGS := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PACKAGES)))
# What draws; its many header folders are for src/report alone.
DRAWING := cairo-pdf pangocairo
DRAWING_CPPFLAGS := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags-only-I $(DRAWING)))
PACKAGE_LIBS := $(shell pkg-config --libs $(PACKAGES) $(DRAWING))

WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow \
            -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 -Wundef \
            -Wcast-qual -Wwrite-strings -Wswitch-enum
ifeq ($(WERROR),1)
WARNINGS += -Werror
endif

HARDENING := -fstack-protector-strong -fPIE
ifneq ($(FUZZ),1)
HARDENING += -ftrivial-auto-var-init=zero
endif
ifdef SANITIZE
OPTIMISE := -O1 -g
else
OPTIMISE := -O2 -g
HARDENING += -D_FORTIFY_SOURCE=2
endif

ALL_CPPFLAGS := -Isrc -D_POSIX_C_SOURCE=200809L $(PACKAGE_CPPFLAGS) $(CPPFLAGS)
ALL_CFLAGS := -std=c11 -pthread $(OPTIMISE) -ffp-contract=off $(WARNINGS) $(HARDENING) \
              $(SANITIZE) $(CFLAGS)
ALL_LDFLAGS := -pie -pthread -Wl,-z,relro,-z,now -Wl,--as-needed $(SANITIZE) $(LDFLAGS)

# -- Files -----------------------------------------------------------------------------

SOURCES := $(sort $(wildcard src/*/*.c))
LIBRARY_SOURCES := $(filter-out src/cli/main.c,$(SOURCES))
SUPPORT_SOURCES := $(sort $(wildcard test/support/*.c))
UNIT_SOURCES := $(sort $(wildcard test/*/test_*.c))
FUZZ_SOURCES := $(sort $(wildcard test/fuzz/fuzz_*.c))
BENCH_SOURCES := $(sort $(wildcard bench/*.c))
TOOL_SOURCES := $(sort $(wildcard test/tool/*.c))
C_FILES := $(sort $(wildcard src/*/*.[ch] src/*/*/*.[ch] test/base/*.[ch] test/support/*.[ch] bench/*.[ch]) \
           $(filter-out test/lint/%,$(wildcard test/*/*.[ch])))

OBJECT = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
LIBRARY := $(BUILD)/libosteon.a
SUPPORT := $(BUILD)/libsupport.a
GENERATED := $(BUILD)/generated
UNITS := $(patsubst %.c,$(BUILD)/%,$(UNIT_SOURCES))
FUZZERS := $(patsubst test/fuzz/%.c,$(BUILD)/fuzz/%,$(FUZZ_SOURCES))
REPLAYS := $(patsubst test/fuzz/fuzz_%.c,$(BUILD)/replay/%,$(FUZZ_SOURCES))
BENCHES := $(patsubst bench/%.c,$(BUILD)/bench/%,$(BENCH_SOURCES))
TOOLS := $(patsubst test/tool/%.c,$(BUILD)/tool/%,$(TOOL_SOURCES))
WASM := build/engine/engine.wasm
PROGRAM := $(if $(wildcard src/cli/main.c),$(BUILD)/osteon)

.PHONY: all tests check check-unit check-corpus lint lint-deep format bench fuzz fuzz-keep \
        wasm endure oracle oracle-live same-bits screens looks deb install clean FORCE
all: $(LIBRARY) $(PROGRAM)
tests: all $(UNITS) $(REPLAYS) $(BENCHES) $(TOOLS) $(WASM)

# -- Compiling and linking -------------------------------------------------------------

# Rebuilt when the compiler or a flag changes; the list when a source comes or goes.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS)' | cmp -s - $@ || \
	 echo '$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS)' > $@
$(BUILD)/sources: FORCE
	@mkdir -p $(@D)
	@echo '$(SOURCES) $(SUPPORT_SOURCES)' | cmp -s - $@ || \
	 echo '$(SOURCES) $(SUPPORT_SOURCES)' > $@

ifndef SANITIZE
# Loops over columns are worth unrolling; the order of every sum stays (no -ffast-math).
$(BUILD)/obj/src/stats/%.o $(BUILD)/obj/src/base/philox.o: private ALL_CFLAGS += -O3
endif
$(BUILD)/obj/src/system/%.o: private ALL_CPPFLAGS += -D_GNU_SOURCE
$(BUILD)/obj/src/report/%.o: private ALL_CPPFLAGS += $(DRAWING_CPPFLAGS)
$(BUILD)/obj/test/%.o $(BUILD)/obj/bench/%.o: private ALL_CPPFLAGS += -Itest

$(BUILD)/obj/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	@echo "cc $<"
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(GENERATED)/%.o: $(GENERATED)/%.c $(BUILD)/flags
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<
$(GENERATED)/%.o: $(GENERATED)/%.S
	$(Q)$(CC) -c -o $@ $<

EMBEDDED := $(addprefix $(GENERATED)/,assets.o assets_bytes.o builtin_study.o builtin_plan.o compliance_statements.o)

$(LIBRARY): $(call OBJECT,$(LIBRARY_SOURCES)) $(EMBEDDED) $(BUILD)/sources
	@echo "ar $@"
	$(Q)rm -f $@ && ar rcsD $@ $(filter %.o,$^)
$(SUPPORT): $(call OBJECT,$(SUPPORT_SOURCES)) $(BUILD)/sources
	$(Q)rm -f $@ && ar rcsD $@ $(filter %.o,$^)

LINK = $(Q)$(CC) $(ALL_LDFLAGS) -o $@ $(filter %.o,$^) $(filter %.a,$^)
# Some two hundred tests and fuzzers are linked by lld, which takes a third of the time; the
# program itself is not.
$(BUILD)/test/% $(BUILD)/fuzz/% $(BUILD)/replay/%: private ALL_LDFLAGS += \
    $(if $(shell command -v ld.lld),-fuse-ld=lld)

$(BUILD)/osteon: $(BUILD)/obj/src/cli/main.o $(LIBRARY)
	@echo "ld $@"
	$(LINK) $(PACKAGE_LIBS) -lm

$(BUILD)/test/%: $(BUILD)/obj/test/%.o $(SUPPORT) $(LIBRARY)
	@mkdir -p $(@D)
	@echo "ld $@"
	$(LINK) -lcmocka $(PACKAGE_LIBS) -lm

$(BUILD)/fuzz/%: $(BUILD)/obj/test/fuzz/%.o $(SUPPORT) $(LIBRARY)
	@mkdir -p $(@D)
	@echo "ld $@"
	$(LINK) -fsanitize=fuzzer -lcmocka $(PACKAGE_LIBS) -lm

$(BUILD)/replay/%: $(BUILD)/obj/test/fuzz/fuzz_%.o $(BUILD)/obj/test/fuzz/replay_main.o \
                   $(SUPPORT) $(LIBRARY)
	@mkdir -p $(@D)
	@echo "ld $@"
	$(LINK) -lcmocka $(PACKAGE_LIBS) -lm

$(BUILD)/bench/%: $(BUILD)/obj/bench/%.o $(SUPPORT) $(LIBRARY)
	@mkdir -p $(@D)
	@echo "ld $@"
	$(LINK) $(PACKAGE_LIBS) -lm

$(BUILD)/tool/%: $(BUILD)/obj/test/tool/%.o $(SUPPORT) $(LIBRARY)
	@mkdir -p $(@D)
	@echo "ld $@"
	$(LINK) $(PACKAGE_LIBS) -lm

-include $(wildcard $(BUILD)/obj/*/*/*.d $(BUILD)/obj/*/*.d)

# -- The engine as WebAssembly, for all variants -----------------------------------------

# Everything of base and engine is compiled; the linker keeps what the exports reach. The
# module must need nothing: an import fails the build.
WASM_CC := clang-14 --target=wasm32-wasi
WASM_CFLAGS := -std=c11 -Isrc -O2 -ffp-contract=off -fno-math-errno \
               $(filter-out -Wmissing-prototypes,$(WARNINGS))
WASM_LDFLAGS := -mexec-model=reactor -fuse-ld=/usr/bin/wasm-ld-14 -Wl,--gc-sections \
                -Wl,--strip-all -Wl,-z,stack-size=65536 -Wl,--initial-memory=1048576 \
                -Wl,--max-memory=268435456
WASM_SOURCES := $(sort $(wildcard src/engine/*.c src/engine/browser/*.c)) \
                $(filter-out src/base/assert.c,$(sort $(wildcard src/base/*.c)))
WASM_OBJECTS := $(patsubst %.c,build/engine/obj/%.o,$(WASM_SOURCES))

build/engine/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	@echo "wasm $<"
	$(Q)$(WASM_CC) $(WASM_CFLAGS) -MMD -MP -c -o $@ $<

$(WASM): $(WASM_OBJECTS) tools/wasm_imports.sh
	@echo "ld $@"
	$(Q)$(WASM_CC) $(WASM_LDFLAGS) -o $@ $(WASM_OBJECTS)
	$(Q)tools/wasm_imports.sh $@

wasm: $(WASM)

-include $(wildcard build/engine/obj/src/*/*.d build/engine/obj/src/*/*/*.d)

# -- The browser's half, and what is embedded ------------------------------------------

# build/web holds the page for all variants. manifest.txt: url, file, type, caching.
WEB_FILES := $(shell find web \( -name node_modules -o -path web/test -o -path web/dev \) -prune \
             -o -type f -print 2>/dev/null)
ifeq ($(PAGE),none)
MANIFEST := build/no-page/manifest.txt
else ifeq ($(wildcard web/build.mjs),)
MANIFEST := build/no-page/manifest.txt
else
MANIFEST := build/web/manifest.txt
endif

build/no-page/manifest.txt:
	@mkdir -p $(@D)
	@: > $@

# npm's own record of what it installed says whether it is up to date.
NODE_MODULES := web/node_modules/.package-lock.json
$(NODE_MODULES): web/package-lock.json
	@command -v npm >/dev/null || { echo "npm is missing: ./start installs it" >&2; exit 1; }
	@echo "npm ci"
	$(Q)cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

build/web/manifest.txt: $(NODE_MODULES) $(WEB_FILES) $(WASM)
	@echo "page"
	$(Q)cd web && npm run --silent build
	@touch $@

STUDY := $(wildcard studies/io-hematology/study.xml)
PLAN := $(wildcard studies/io-hematology/plan.json)

# The stamp changes with the choice of page, so that PAGE=none takes effect.
$(GENERATED)/page: FORCE
	@mkdir -p $(@D)
	@echo '$(MANIFEST)' | cmp -s - $@ || echo '$(MANIFEST)' > $@

$(GENERATED)/assets.c $(GENERATED)/assets_bytes.S &: $(MANIFEST) $(GENERATED)/page \
                                                     tools/embed_assets.sh
	@mkdir -p $(@D)
	$(Q)tools/embed_assets.sh $(MANIFEST) $(GENERATED)
$(GENERATED)/builtin_study.S: $(STUDY) tools/embed_file.sh $(BUILD)/sources
	@mkdir -p $(@D)
	$(Q)tools/embed_file.sh builtin_study $(STUDY) > $@
$(GENERATED)/builtin_plan.S: $(PLAN) tools/embed_file.sh $(BUILD)/sources
	@mkdir -p $(@D)
	$(Q)tools/embed_file.sh builtin_plan $(PLAN) > $@
$(GENERATED)/compliance_statements.S: test/compliance/statements.txt tools/embed_file.sh
	@mkdir -p $(@D)
	$(Q)tools/embed_file.sh compliance_statements $< > $@
$(GENERATED)/compliance_statements.o: test/compliance/statements.txt

# -- Tests -----------------------------------------------------------------------------

check:
	./check

# The long ones first, so that none runs alone at the end.
LONG_UNITS := $(addprefix $(BUILD)/test/,store/test_power_cut store/test_verify \
              demo/test_checks demo/test_demo)
check-unit: $(UNITS)
	$(Q)tools/run_tests.sh $(BUILD)/results-unit $(LONG_UNITS) \
	    $(filter-out $(LONG_UNITS),$(UNITS))

check-corpus: $(REPLAYS)
	$(Q)tools/run_tests.sh $(BUILD)/results-corpus $(REPLAYS)

# The tests that read ENDURE run their whole length.
ENDURING := $(shell grep -ls ENDURE test/*/test_*.c)
ENDURING_SCRIPTS := $(shell grep -ls ENDURE test/e2e/*.sh test/e2e/*.test.mjs) \
                    test/compliance/seeded_defects.sh
endure: all $(patsubst %.c,$(BUILD)/%,$(ENDURING))
	$(Q)ENDURE=1 TEST_SECONDS=86400 tools/run_tests.sh $(BUILD)/results-endure \
	    $(patsubst %.c,$(BUILD)/%,$(ENDURING)) $(ENDURING_SCRIPTS)

FUZZ_SECONDS ?= 600
ifeq ($(FUZZ),1)
fuzz: $(FUZZERS)
	$(Q)FUZZ_SECONDS=$(FUZZ_SECONDS) TEST_SECONDS=$$(($(FUZZ_SECONDS) + 120)) \
	    tools/run_tests.sh $(BUILD)/results-fuzz $(FUZZERS)
fuzz-keep: $(FUZZERS)
	$(Q)tools/keep_corpus.sh $(BUILD) $(FUZZERS)
else
fuzz fuzz-keep:
	$(Q)$(MAKE) --no-print-directory FUZZ=1 $@
endif

# Every quantity that another program has computed: ours, theirs, difference, tolerance.
# OSTEON_ORACLES is the folder of the cases.
oracle: $(filter $(BUILD)/test/stats/%,$(UNITS))
	$(Q)tools/oracle.sh $(BUILD)/oracle.tsv $^

# Against R itself, on data it draws; needs its packages (tools/oracle_live.R).
oracle-live: all
	$(Q)Rscript --vanilla tools/oracle_live.R $(BUILD)/osteon

# Wide registers, and the plain ones of the sanitizers: every digit of every method.
same-bits: all
	$(Q)$(MAKE) --no-print-directory SAN=1 all
	$(Q)tools/same_bits.sh build/osteon build-san/osteon

bench: all $(BENCHES)
	$(Q)tools/run_bench.sh $(BUILD) $(BENCHES) $(sort $(wildcard bench/*.mjs))

# SCREENS=form only those whose name holds it; see tools/screens.mjs for fewer looks.
screens: all
	$(Q)node tools/demo_screens.mjs $(SCREENS)
looks: all
	$(Q)node tools/screens.mjs $(SCREENS)

# -- House rules -----------------------------------------------------------------------

# Outside CI the strict build has a folder of its own, so that switching costs nothing.
lint:
ifeq ($(WERROR),1)
	$(Q)$(MAKE) --no-print-directory tests
	$(Q)tools/lint/run.sh $(BUILD)
else
	$(Q)$(MAKE) --no-print-directory WERROR=1 BUILD=build/lint lint
endif

# DEEP_NODES=50000 is the short form that ./check runs.
lint-deep:
	$(Q)tools/lint/deep.sh '$(ALL_CPPFLAGS) $(DRAWING_CPPFLAGS)' '$(SOURCES)' $(DEEP_NODES)

format:
	$(Q)clang-format -i $(C_FILES)

# -- Packaging -------------------------------------------------------------------------

PREFIX ?= /usr/local
install: all
	install -D -m 755 $(BUILD)/osteon $(DESTDIR)$(PREFIX)/bin/osteon
	install -D -m 644 README.md $(DESTDIR)$(PREFIX)/share/doc/osteon/README.md
	install -D -m 644 CHANGELOG.md $(DESTDIR)$(PREFIX)/share/doc/osteon/CHANGELOG.md
	install -D -m 644 LICENSE $(DESTDIR)$(PREFIX)/share/doc/osteon/copyright

deb: all
	$(Q)tools/package_deb.sh $(BUILD) $(VERSION)

clean:
	rm -rf build build-san build-tsan build-fuzz
