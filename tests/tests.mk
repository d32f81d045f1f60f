# Tests, checks, fuzzers and benchmarks; included by the Makefile.

TEST_PKGS   := cmocka libmicrohttpd jansson
UNIT_SRC    := $(sort $(wildcard tests/unit/*/test_*.c))
UNIT_BIN    := $(patsubst tests/unit/%.c,$(OUT)/unit/%,$(UNIT_SRC))
TEST_CFLAGS  = $(ALL_CFLAGS) -Itests -Wno-missing-prototypes $(call pkg_cflags,$(TEST_PKGS) $(LIBRARY_PKGS))
TEST_LIBS    = $(call pkg_libs,$(TEST_PKGS))

$(OUT)/unit/%: tests/unit/%.c $(OUT)/libbylaw.a $(wildcard tests/unit/*.h)
	@mkdir -p $(@D)
	$(CC) $(TEST_CFLAGS) -MMD -MP $(ALL_LDFLAGS) -o $@ $< $(OUT)/libbylaw.a $(LIB_PKG_LIBS) $(TEST_LIBS)
-include $(addsuffix .d,$(UNIT_BIN))

.PHONY: check-unit
check-unit: $(UNIT_BIN) ## unit tests of every room
	@tests/run-unit.sh $(UNIT_BIN)

# Checks against real data that is not part of the project: they read the
# folder named by BYLAW_CORPUS and print "skipped" where it is absent.
$(OUT)/corpus/%: tests/corpus/%.c $(OUT)/libbylaw.a
	@mkdir -p $(@D)
	$(CC) $(TEST_CFLAGS) -MMD -MP $(ALL_LDFLAGS) -o $@ $< $(OUT)/libbylaw.a $(LIB_PKG_LIBS) $(TEST_LIBS)

.PHONY: corpus-url
corpus-url: $(OUT)/corpus/corpus_url ## the URL parser against the WHATWG data
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
	$(CC) $(TEST_CFLAGS) $(ALL_LDFLAGS) -o $@ $< tests/fuzz/replay.c $(OUT)/libbylaw.a $(LIB_PKG_LIBS)

.PHONY: check-fuzz
check-fuzz: $(FUZZ_REPLAY) ## replay all fuzz corpora and reproducers
	@tests/run-replay.sh $(FUZZ_REPLAY)

# libFuzzer needs clang; the library is built again under its instrumentation.
build/fuzz/%: tests/fuzz/%.c
	$(MAKE) VARIANT=fuzz CC=clang WERROR= build/fuzz/libbylaw.a
	clang $(TEST_CFLAGS) $(OPT_fuzz) -fsanitize=fuzzer -o $@ $< build/fuzz/libbylaw.a $(LIB_PKG_LIBS)

fuzz-%: build/fuzz/fuzz_%
	@mkdir -p build/fuzz/found/$*
	build/fuzz/fuzz_$* -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=2048 \
	  -artifact_prefix=tests/fuzz/repro/$*/ $(if $(wildcard tests/fuzz/$*.dict),-dict=tests/fuzz/$*.dict) \
	  build/fuzz/found/$* tests/fuzz/corpus/$*
