# Tests, checks, fuzzers and benchmarks; included by the Makefile.

TEST_PKGS   := cmocka libmicrohttpd jansson
UNIT_SRC    := $(sort $(wildcard tests/unit/*/test_*.c))
UNIT_BIN    := $(patsubst tests/unit/%.c,$(OUT)/unit/%,$(UNIT_SRC))
TEST_CFLAGS  = $(ALL_CFLAGS) -Itests -Wno-missing-prototypes $(call pkg_cflags,$(TEST_PKGS) $(LIBRARY_PKGS))
TEST_LIBS    = $(call pkg_libs,$(TEST_PKGS))

$(OUT)/unit/%: tests/unit/%.c $(OUT)/libbylaw.a $(wildcard tests/unit/*.h)
	@mkdir -p $(@D)
	$(call say,TEST,$@)$(CC) $(TEST_CFLAGS) -MMD -MP $(ALL_LDFLAGS) -o $@ $< $(OUT)/libbylaw.a $(LIB_PKG_LIBS) $(TEST_LIBS)
-include $(addsuffix .d,$(UNIT_BIN))

# A loopback server that goes wrong in known ways, for the tests of fetch and,
# as a program, for those of the command line.
FAULT_SRC    := $(addprefix tests/net/,fault_server.c fault_certificate.c faults.c alert_sink.c)
FAULT_LIBS    = $(call pkg_libs,libssl libcrypto zlib)
SERVE_FAULTS := $(OUT)/net/serve_faults

$(OUT)/net/%.o: tests/net/%.c $(wildcard tests/net/*.h)
	@mkdir -p $(@D)
	$(call say,TEST,$@)$(CC) $(TEST_CFLAGS) -MMD -MP -c -o $@ $<
FAULT_OBJ    := $(patsubst tests/net/%.c,$(OUT)/net/%.o,$(FAULT_SRC))
-include $(FAULT_OBJ:.o=.d) $(OUT)/net/serve_faults.d

$(OUT)/unit/fetch/%: tests/unit/fetch/%.c $(FAULT_OBJ) $(OUT)/libbylaw.a $(wildcard tests/unit/fetch/*.h)
	@mkdir -p $(@D)
	$(call say,TEST,$@)$(CC) $(TEST_CFLAGS) -MMD -MP $(ALL_LDFLAGS) -o $@ $< $(FAULT_OBJ) $(OUT)/libbylaw.a $(LIB_PKG_LIBS) $(TEST_LIBS) $(FAULT_LIBS)

$(SERVE_FAULTS): $(OUT)/net/serve_faults.o $(FAULT_OBJ) $(OUT)/libbylaw.a
	$(call say,TEST,$@)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIB_PKG_LIBS) $(FAULT_LIBS)

# An internet on loopback, declared as a table of pages.
WEB_OBJ := $(OUT)/net/loopback_web.o
SINK_OBJ := $(OUT)/net/alert_sink.o
POWER_OBJ := $(OUT)/net/power_vfs.o
# Named outright: make takes no rule whose prerequisite only another pattern
# makes while a simpler rule fits.
$(WEB_OBJ): tests/net/loopback_web.c
$(SINK_OBJ): tests/net/alert_sink.c
$(POWER_OBJ): tests/net/power_vfs.c
$(OUT)/unit/pipeline/%: tests/unit/pipeline/%.c $(WEB_OBJ) $(SINK_OBJ) $(POWER_OBJ) $(OUT)/libbylaw.a $(wildcard tests/unit/pipeline/*.h)
	@mkdir -p $(@D)
	$(call say,TEST,$@)$(CC) $(TEST_CFLAGS) -MMD -MP $(ALL_LDFLAGS) -o $@ $< $(WEB_OBJ) $(SINK_OBJ) $(POWER_OBJ) $(OUT)/libbylaw.a $(LIB_PKG_LIBS) $(TEST_LIBS)

# A web of which every host goes wrong in a way of its own.
$(OUT)/unit/pipeline/test_scan_faults: tests/unit/pipeline/test_scan_faults.c $(WEB_OBJ) $(FAULT_OBJ) $(OUT)/libbylaw.a $(wildcard tests/unit/pipeline/*.h)
	@mkdir -p $(@D)
	$(call say,TEST,$@)$(CC) $(TEST_CFLAGS) -MMD -MP $(ALL_LDFLAGS) -o $@ $< $(WEB_OBJ) $(FAULT_OBJ) $(OUT)/libbylaw.a $(LIB_PKG_LIBS) $(TEST_LIBS) $(FAULT_LIBS)

# A scan of thousands of pages, killed again and again.
BIG_WEB_OBJ := $(patsubst %,$(OUT)/net/%.o,test_big_web big_web big_text) $(WEB_OBJ)
-include $(BIG_WEB_OBJ:.o=.d)
$(OUT)/net/test_big_web: $(BIG_WEB_OBJ) $(OUT)/libbylaw.a
	$(call say,TEST,$@)$(CC) $(ALL_LDFLAGS) -o $@ $(BIG_WEB_OBJ) $(OUT)/libbylaw.a $(LIB_PKG_LIBS) $(TEST_LIBS)

.PHONY: check-scan
check-scan: $(OUT)/net/test_big_web ## a scan of a web of thousands of pages
	@$<

.PHONY: check-unit
check-unit: $(UNIT_BIN) ## unit tests of every room
	@tests/run-unit.sh $(UNIT_BIN)

# Checks against real data that is not part of the project: they read the
# folder named by BYLAW_CORPUS and print "skipped" where it is absent.
$(OUT)/corpus/%: tests/corpus/%.c $(OUT)/libbylaw.a
	@mkdir -p $(@D)
	$(call say,TEST,$@)$(CC) $(TEST_CFLAGS) -MMD -MP $(ALL_LDFLAGS) -o $@ $< $(OUT)/libbylaw.a $(LIB_PKG_LIBS) $(TEST_LIBS)

.PHONY: corpus-url
corpus-url: $(OUT)/corpus/corpus_url ## the URL parser against the WHATWG data
	@$<

.PHONY: corpus-metadata
corpus-metadata: $(OUT)/corpus/corpus_metadata ## titles, authors, dates, licences of real pages
	@$<

.PHONY: corpus-audit
corpus-audit: $(OUT)/corpus/corpus_audit ## real pages through the whole program: no false alarm
	$<

.PHONY: corpus-match
corpus-match: $(OUT)/corpus/corpus_match ## real articles against real pages
	@$<

.PHONY: corpus-reuse
corpus-reuse: all ## passages taken over, edited or not, against exact truth
	@if [ -d "$$BYLAW_CORPUS/reuse" ]; then python3 tests/corpus/reuse.py build/bylaw "$$BYLAW_CORPUS/reuse"; \
	else echo "skipped: no documents (BYLAW_CORPUS)"; fi

.PHONY: corpus-translations
corpus-translations: all ## translations, by the names and numbers they keep
	@if [ -d "$$BYLAW_CORPUS/translations" ]; then python3 tests/corpus/translations.py build/bylaw "$$BYLAW_CORPUS/translations"; \
	else echo "skipped: no documents (BYLAW_CORPUS)"; fi

.PHONY: corpus-screen
corpus-screen: $(OUT)/corpus/corpus_screen ## screening loses nothing that is reported
	@$<

.PHONY: corpus-warc
corpus-warc: $(OUT)/corpus/corpus_warc ## real archives: every record, every digest
	@$<

# Benchmarks print one JSON object each; nothing fails by being slow.
$(OUT)/bench/%: tests/bench/%.c $(OUT)/libbylaw.a
	@mkdir -p $(@D)
	$(CC) $(TEST_CFLAGS) -MMD -MP $(ALL_LDFLAGS) -o $@ $< $(OUT)/libbylaw.a $(LIB_PKG_LIBS)

.PHONY: bench-extract
bench-extract: $(OUT)/bench/bench_extract ## how well and fast pages are read
	@$(OUT)/bench/bench_extract

.PHONY: bench-match
bench-match: $(OUT)/bench/bench_match ## index, screening and alignment
	@$<

.PHONY: bench-warc
bench-warc: $(OUT)/bench/bench_warc ## reading archives, beside only unpacking them
	@$<

# What the program sets for itself (cli/main.c).
AS_PROGRAM := GLIBC_TUNABLES=glibc.malloc.trim_threshold=16777216:glibc.malloc.mmap_threshold=1048576

.PHONY: bench-match-warc
bench-match-warc: $(OUT)/bench/bench_match_warc ## archives looked through, beside only unpacking them
	@BYLAW_BENCH_DIR=$(OUT)/bench $(AS_PROGRAM) $<

.PHONY: test-cluster
test-cluster: all ## bulk matching on Spark; skipped where it cannot be had
	@tests/cluster/run.sh build/bylaw $(OUT)/cluster

# PEERS=--wrong: names wrong decisions too.
.PHONY: bench-peers
bench-peers: all ## beside other tools, which it installs, on the same pages; skipped where it cannot
	@if command -v python3 >/dev/null; then python3 -B tests/bench/peers.py build/bylaw $(OUT)/peers $(PEERS); \
	else echo "skipped: the peers: Python 3 is not installed"; fi

# BYLAW_BENCH_MILLIONS: of shingles, instead of "1 10 100".
.PHONY: bench-index
bench-index: $(OUT)/bench/bench_index ## index files of many millions of shingles
	@BYLAW_BENCH_DIR=$(OUT)/bench $<

.PHONY: bench-index-files
bench-index-files: all ## articles from files into an index file
	@if command -v python3 >/dev/null; then python3 -B tests/bench/index_files.py build/bylaw $(OUT)/bench/index-files; \
	else echo "skipped: articles from files: Python 3 is not installed"; fi

.PHONY: bench-screen
bench-screen: $(OUT)/bench/bench_screen ## screening, beside building trees
	@$<

# Servers in processes of their own, on loopback; the database goes into
# BYLAW_BENCH_DIR. BYLAW_BENCH_PAGES: how long the long scan is.
.PHONY: bench-crawl
bench-crawl: $(OUT)/bench/bench_crawl ## whole scans, beside only fetching (wget2 too)
	@BYLAW_BENCH_DIR=$(OUT)/bench $(AS_PROGRAM) $<

$(OUT)/bench/bench_screen $(OUT)/bench/bench_warc $(OUT)/bench/bench_index $(OUT)/bench/bench_match_warc: tests/bench/bench_pages.h
$(OUT)/bench/bench_screen $(OUT)/bench/bench_index $(OUT)/bench/bench_match_warc: tests/bench/measure.h
BENCH_CRAWL_SRC := $(addprefix tests/bench/,bench_crawl.c bench_server.c bench_fetch.c)
$(OUT)/bench/bench_crawl: $(BENCH_CRAWL_SRC) $(addprefix tests/bench/,bench_server.h bench_fetch.h bench_pages.h measure.h) $(FAULT_OBJ) $(OUT)/libbylaw.a
	@mkdir -p $(@D)
	$(CC) $(TEST_CFLAGS) $(ALL_LDFLAGS) -o $@ $(BENCH_CRAWL_SRC) $(OUT)/net/fault_certificate.o $(OUT)/libbylaw.a $(LIB_PKG_LIBS) $(FAULT_LIBS)

JUDGE_BENCH_SRC := $(sort $(wildcard tests/bench/judge_*.c))
$(OUT)/bench/bench_judge: tests/bench/bench_judge.c $(JUDGE_BENCH_SRC) tests/bench/judge_bench.h $(OUT)/libbylaw.a
	@mkdir -p $(@D)
	$(CC) $(TEST_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(JUDGE_BENCH_SRC) $(OUT)/libbylaw.a $(LIB_PKG_LIBS)

.PHONY: bench-audit
bench-audit: all $(OUT)/bench/bench_audit ## what one audit costs, stage by stage
	@$(OUT)/bench/bench_audit

.PHONY: bench
bench: ## all benchmarks; what lacks the real pages says so
	@for b in audit match extract match-warc index index-files; do echo "bench-$$b"; $(MAKE) --no-print-directory -s bench-$$b || exit 1; done

.PHONY: bench-judge
bench-judge: $(OUT)/bench/bench_judge ## planted credit in real pages: how right the findings are
	@$<

# A fuzzer is one file tests/fuzz/fuzz_<parser>.c with LLVMFuzzerTestOneInput;
# beside it <parser>.dict, corpus/<parser>/ (starting inputs) and
# repro/<parser>/ (inputs that once broke it, replayed by `make test`).
FUZZ_SRC    := $(sort $(wildcard tests/fuzz/fuzz_*.c))
FUZZ_REPLAY := $(patsubst tests/fuzz/%.c,$(OUT)/replay/%,$(FUZZ_SRC))
FUZZ_BIN    := $(patsubst tests/fuzz/%.c,build/fuzz/%,$(FUZZ_SRC))
FUZZ_SECONDS ?= 60

$(OUT)/replay/%: tests/fuzz/%.c tests/fuzz/replay.c $(OUT)/libbylaw.a
	@mkdir -p $(@D)
	$(call say,TEST,$@)$(CC) $(TEST_CFLAGS) $(ALL_LDFLAGS) -o $@ $< tests/fuzz/replay.c $(OUT)/libbylaw.a $(LIB_PKG_LIBS)

.PHONY: check-fuzz
check-fuzz: $(FUZZ_REPLAY) ## replay all fuzz corpora and reproducers
	@tests/run-replay.sh $(FUZZ_REPLAY)

# libFuzzer needs clang; the library is built again under its instrumentation.
build/fuzz/%: tests/fuzz/%.c
	$(MAKE) VARIANT=fuzz CC=clang WERROR= build/fuzz/libbylaw.a
	clang $(TEST_CFLAGS) $(OPT_fuzz) -fsanitize=fuzzer -o $@ $< build/fuzz/libbylaw.a $(LIB_PKG_LIBS)

# Kept: a fuzzer is worth running again.
.PRECIOUS: build/fuzz/fuzz_%

fuzz-%: build/fuzz/fuzz_%
	@mkdir -p build/fuzz/found/$*
	build/fuzz/fuzz_$* -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=2048 \
	  -artifact_prefix=tests/fuzz/repro/$*/ $(if $(wildcard tests/fuzz/$*.dict),-dict=tests/fuzz/$*.dict) \
	  build/fuzz/found/$* tests/fuzz/corpus/$*

# ------------------------------------------------------------ the whole ---
ROOM_ARCHIVES := $(foreach r,$(LIBRARY_ROOMS),$(OUT)/rooms/lib$(r).a)

define ROOM_TABLE
$(foreach r,$(ROOMS),$(r)|$(DEPS_$(r))|$(LIBS_$(r))
)
endef
export ROOM_TABLE

.PHONY: check-arch
check-arch: $(ROOM_ARCHIVES) $(OUT)/libbylaw.so ## the floor law
	@printf '%s\n' "$$ROOM_TABLE" | sed 's/^ *//; /^$$/d' | CC='$(CC)' tests/arch/check-arch.sh $(OUT)

.PHONY: check-cli
check-cli: all $(SERVE_FAULTS) ## the program by its command line, against golden output
	@FAULTS=$(SERVE_FAULTS) tests/cli/run.sh $(OUT)/bylaw

.PHONY: check-rules
check-rules: all ## the rule library against its own samples
	$(OUT)/bylaw rules check
	$(OUT)/bylaw rules test

.PHONY: check-install
check-install: all documents ## manual, completions and an installed tree
	@tests/package/documents.sh $(OUT)/bylaw $(OUT)/share
	@tests/package/install.sh $(OUT)

.PHONY: check-example
check-example: all ## whether audit/example is what the program makes today
	@tests/package/example.sh $(OUT)/bylaw

.PHONY: test-deb
test-deb: ## the Debian package, by lintian; skipped where it cannot be built
	@tests/package/deb.sh

.PHONY: check
check: check-arch check-unit check-fuzz check-rules check-cli check-install check-scan ## all tests, no set-up

.PHONY: format check-format
FORMATTED = $(shell find src include tests -name '*.[ch]')
format: ## give every source file its shape
	clang-format -i $(FORMATTED)
check-format: ## whether every source file has its shape
	clang-format --dry-run -Werror $(FORMATTED)

.PHONY: check-static
check-static: ## cppcheck over the sources
	cppcheck --std=c11 --enable=warning,performance,portability --error-exitcode=1 \
	  --inline-suppr --suppress=missingIncludeSystem --suppress=normalCheckLevelMaxBranches \
	  -Iinclude -Isrc -D_GNU_SOURCE -q src

.PHONY: check-all
check-all: deps-check ## what continuous integration runs besides `make test`
	@$(MAKE) --no-print-directory check-format check-static check-example
	@$(MAKE) --no-print-directory VARIANT=asan all check-unit check-fuzz check-cli
	@$(MAKE) --no-print-directory CC=clang VARIANT=debug WERROR=-Werror all

.PHONY: bench-store
bench-store: $(OUT)/bench/bench_store ## visits recorded a second, pages due
	@BYLAW_BENCH_DIR=$(OUT)/bench $<

.PHONY: test-wordpress
test-wordpress: all ## scans of a real WordPress, which it installs; skipped where it cannot
	@tests/net/wordpress.sh $(OUT)/bylaw

WRITE_CAPTURES := $(OUT)/net/write_captures
-include $(OUT)/net/write_captures.d
$(WRITE_CAPTURES): $(OUT)/net/write_captures.o $(OUT)/libbylaw.a
	$(call say,TEST,$@)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIB_PKG_LIBS)

.PHONY: test-warc-readers
test-warc-readers: $(WRITE_CAPTURES) ## captures as two other readers see them; skipped without the package index
	@tests/net/warc-readers.sh $< $(OUT)

.PHONY: bench-ledger
bench-ledger: $(OUT)/bench/bench_ledger ## a ledger of a million entries: append, verify, prove
	@BYLAW_BENCH_DIR=$(OUT)/bench $<

# Reports read in a real browser, which is installed where it is missing;
# screenshots stay in $(OUT)/browser/shots.
MAKE_REPORT := $(OUT)/browser/make_report
$(MAKE_REPORT): tests/browser/make_report.c $(OUT)/libbylaw.a
	@mkdir -p $(@D)
	$(call say,TEST,$@)$(CC) $(TEST_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(OUT)/libbylaw.a $(LIB_PKG_LIBS)

.PHONY: test-browser
test-browser: all $(MAKE_REPORT) ## the HTML report in Chromium; skipped where it cannot be had
	@tests/browser/run.sh $(OUT)/bylaw $(MAKE_REPORT) $(OUT)/browser

.PHONY: bench-report
bench-report: $(MAKE_REPORT) ## how fast a report of 50,000 findings is written
	@$(MAKE_REPORT) large 6250 2>&1 >/dev/null
