# Bylaw: one Makefile, no recursion. `make help` lists the targets.
# Local overrides go into config.mk (not tracked).
-include config.mk

VARIANT ?= release
OUT     := build/$(VARIANT)
CC      ?= cc
AR      ?= ar
PKGCONF ?= pkg-config
PREFIX  ?= /usr/local
DESTDIR ?=

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

# ---------------------------------------------------------------- rooms ---
# The floor law, from which the build, the link check and the include check
# all read: room, the rooms it may include, the libraries it may link.
ROOMS := base cell url text http html robots model fetch crawl archive extract index match rules judge store evidence report pipeline cli

DEPS_base     :=
DEPS_cell     := base
DEPS_url      := base
DEPS_text     := base
DEPS_http     := base
DEPS_html     := base text
DEPS_robots   := base url text
DEPS_model    := base url text html robots
LOW           := base url text html robots model
DEPS_fetch    := $(LOW) http
DEPS_archive  := $(LOW) http
DEPS_crawl    := $(LOW)
DEPS_store    := $(LOW)
DEPS_extract  := $(LOW)
DEPS_index    := $(LOW)
DEPS_match    := $(LOW)
DEPS_rules    := $(LOW)
DEPS_judge    := $(LOW)
DEPS_evidence := $(LOW)
DEPS_report   := $(LOW)
DEPS_pipeline := $(LOW) http cell fetch crawl archive extract index match rules judge store evidence report
DEPS_cli      := $(DEPS_pipeline) pipeline

LIBS_base     := libcrypto
LIBS_cell     := libseccomp
LIBS_url      := libpsl icu-uc
LIBS_text     := icu-uc icu-i18n
LIBS_http     := zlib
LIBS_html     := gumbo icu-uc
LIBS_fetch    := libcurl libssl libcrypto
LIBS_archive  := libdeflate zlib
LIBS_extract  := jansson
LIBS_crawl    := libxml-2.0 jansson zlib
LIBS_store    := sqlite3
LIBS_evidence := sqlite3 jansson
LIBS_rules    := libfyaml
LIBS_report   := jansson libdeflate
LIBS_cli      := libmicrohttpd jansson libdeflate zlib

LIBRARY_ROOMS := $(filter-out cli,$(ROOMS))
LIBRARY_PKGS  := $(sort $(foreach r,$(LIBRARY_ROOMS),$(LIBS_$(r))))

# ---------------------------------------------------------------- flags ---
WARN := -Wall -Wextra -Wshadow -Wconversion -Wvla -Wmissing-prototypes \
        -Wstrict-prototypes -Wpointer-arith -Wcast-qual -Wwrite-strings \
        -Wundef -Wformat=2
ifeq ($(CI),true)
WERROR ?= -Werror
endif

OPT_release := -O2 -DNDEBUG -D_FORTIFY_SOURCE=2
OPT_debug   := -Og -g3
OPT_asan    := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined
OPT_ubsan   := -O1 -g -fsanitize=undefined -fno-sanitize-recover=undefined
OPT_tsan    := -O1 -g -fsanitize=thread
OPT_fuzz    := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=undefined
OPT         := $(OPT_$(VARIANT))
ifeq ($(OPT),)
$(error unknown VARIANT '$(VARIANT)': use release, debug, asan, ubsan, tsan or fuzz)
endif

CFLAGS  ?=
LDFLAGS ?=
ALL_CFLAGS  = -std=c17 -D_GNU_SOURCE -Iinclude -Isrc $(OPT) $(WARN) $(WERROR) \
              -ffp-contract=off -fPIC -fvisibility=hidden -fstack-protector-strong $(CFLAGS)
ALL_LDFLAGS = $(filter -fsanitize% -fno-sanitize%,$(OPT)) $(LDFLAGS)

# Short lines unless V=1.
ifeq ($(V),1)
say =
else
say = @printf '  %-5s %s\n' '$(1)' '$(2)';
endif

# pkg-config runs once a library; empty while the packages are not there yet.
pkg_cflags = $(shell $(PKGCONF) --cflags $(1) 2>/dev/null)
pkg_libs   = $(shell $(PKGCONF) --libs $(1) 2>/dev/null)

# ---------------------------------------------------------------- build ---
SRC_of = $(sort $(wildcard src/$(1)/*.c))
OBJ_of = $(patsubst src/%.c,$(OUT)/obj/%.o,$(call SRC_of,$(1)))
LIB_OBJ := $(foreach r,$(LIBRARY_ROOMS),$(call OBJ_of,$(r)))
CLI_OBJ := $(call OBJ_of,cli)

LIB_PKG_LIBS := $(call pkg_libs,$(LIBRARY_PKGS)) -lm -lpthread
CLI_PKG_LIBS := $(call pkg_libs,$(LIBS_cli))

.PHONY: all
all: build/bylaw $(OUT)/libbylaw.so

$(OUT)/bylaw: $(CLI_OBJ) $(OUT)/libbylaw.a
	$(call say,LINK,$@)$(CC) $(ALL_LDFLAGS) -o $@ $(CLI_OBJ) $(OUT)/libbylaw.a $(LIB_PKG_LIBS) $(CLI_PKG_LIBS)

ifeq ($(VARIANT),release)
build/bylaw: $(OUT)/bylaw
	cp -f $< $@
else
.PHONY: build/bylaw
build/bylaw: $(OUT)/bylaw
endif

$(OUT)/libbylaw.a: $(LIB_OBJ)
	@rm -f $@
	$(call say,AR,$@)$(AR) rcs $@ $^

$(OUT)/libbylaw.so: $(LIB_OBJ)
	$(call say,LINK,$@)$(CC) $(ALL_LDFLAGS) -shared -Wl,-soname,libbylaw.so.0 -o $@ $^ $(LIB_PKG_LIBS)

define ROOM_RULES
$(OUT)/obj/$(1)/%.o: src/$(1)/%.c
	@mkdir -p $$(@D)
	$$(call say,CC,$$@)$$(CC) $$(ALL_CFLAGS) $(call pkg_cflags,$(LIBS_$(1))) -MMD -MP -c -o $$@ $$<
$(OUT)/rooms/lib$(1).a: $(call OBJ_of,$(1))
	@mkdir -p $$(@D)
	@rm -f $$@
	$$(call say,AR,$$@)$$(AR) rcs $$@ $$^
endef
$(foreach r,$(ROOMS),$(eval $(call ROOM_RULES,$(r))))
# The page, style and script of the report become part of the program.
$(OUT)/obj/report/report_assets.o: $(wildcard audit/report/*)

-include $(patsubst %.o,%.d,$(LIB_OBJ) $(CLI_OBJ))

include tests/tests.mk

# --------------------------------------------------------------- set-up ---
# What a bare Debian or Ubuntu lacks. BUILD_PACKAGES make the program,
# TEST_PACKAGES are only for `make test`.
BUILD_PACKAGES := gcc libc6-dev pkg-config libcurl4-openssl-dev libssl-dev \
                  libgumbo-dev libicu-dev libpsl-dev libfyaml-dev \
                  libjansson-dev zlib1g-dev libmicrohttpd-dev libxml2-dev \
                  libsqlite3-dev libseccomp-dev libdeflate-dev ca-certificates
TEST_PACKAGES  := libcmocka-dev mandoc python3 python3-jsonschema openssl
CHECK_PACKAGES := clang clang-format cppcheck

.PHONY: deps deps-test deps-check
deps: ## install what building needs (Debian, Ubuntu)
	@tests/install-packages.sh $(BUILD_PACKAGES)
deps-test: ## install what testing needs besides
	@tests/install-packages.sh $(BUILD_PACKAGES) $(TEST_PACKAGES)
deps-check:
	@tests/install-packages.sh $(BUILD_PACKAGES) $(TEST_PACKAGES) $(CHECK_PACKAGES)

# The packages must be there before the flags are asked for, so these build in
# a make of their own.
.PHONY: demo
demo: deps ## set up, build, and judge a loopback site of reposts
	@$(MAKE) --no-print-directory all
	build/bylaw demo
	@audit/demo/watch.sh build/bylaw build/demo

.PHONY: example
example: all ## the worked example (audit/example) anew
	@audit/demo/example.sh build/bylaw audit/example

.PHONY: test
test: deps-test ## set up, build, and run every test
	@$(MAKE) --no-print-directory all
	@$(MAKE) --no-print-directory check

# ------------------------------------------------------------ documents ---
# Pages and completions whose facts come from the program's own tables.
MANUAL      := $(OUT)/share/bylaw.1 $(OUT)/share/bylaw-rules.7 $(OUT)/share/bylaw.yaml.5
COMPLETIONS := $(addprefix $(OUT)/share/completion.,bash zsh fish)
DOCUMENTS   := $(MANUAL) $(COMPLETIONS)
$(DOCUMENTS): $(OUT)/bylaw | $(OUT)/share
$(OUT)/share:
	@mkdir -p $@
$(OUT)/share/%: audit/man/%
	$(call say,DOC,$@)audit/man/fill.sh $(OUT)/bylaw $< > $@
$(OUT)/share/completion.%:
	$(call say,DOC,$@)$(OUT)/bylaw help --format $* > $@

.PHONY: documents
documents: $(DOCUMENTS) ## the manual and the completions, below build/

# -------------------------------------------------------------- install ---
# What the program reads, and what an administrator copies from.
SHARED := demo evidence example notice odrl report schedule schema workspace $(notdir $(wildcard audit/cluster))
share  := $(DESTDIR)$(PREFIX)/share

.PHONY: install install-program install-library
install: install-program install-library ## install below $(DESTDIR)$(PREFIX)
install-program: all $(DOCUMENTS)
	install -d $(DESTDIR)$(PREFIX)/bin $(share)/bylaw/audit $(addprefix $(share)/man/man,1 5 7)
	install -d $(share)/bash-completion/completions $(share)/zsh/site-functions $(share)/fish/vendor_completions.d
	install -m 755 $(OUT)/bylaw $(DESTDIR)$(PREFIX)/bin/bylaw
	cp -R rules seeds $(share)/bylaw/
	cp -R $(addprefix audit/,$(SHARED)) $(share)/bylaw/audit/
	$(foreach page,$(MANUAL),install -m 644 $(page) $(share)/man/man$(patsubst .%,%,$(suffix $(page)))/ &&) true
	install -m 644 $(OUT)/share/completion.bash $(share)/bash-completion/completions/bylaw
	install -m 644 $(OUT)/share/completion.zsh $(share)/zsh/site-functions/_bylaw
	install -m 644 $(OUT)/share/completion.fish $(share)/fish/vendor_completions.d/bylaw.fish
install-library: all
	install -d $(DESTDIR)$(PREFIX)/lib $(DESTDIR)$(PREFIX)/include/bylaw
	install -m 644 $(OUT)/libbylaw.a $(DESTDIR)$(PREFIX)/lib/
	install -m 755 $(OUT)/libbylaw.so $(DESTDIR)$(PREFIX)/lib/libbylaw.so.0
	ln -sf libbylaw.so.0 $(DESTDIR)$(PREFIX)/lib/libbylaw.so
	install -m 644 include/bylaw/*.h $(DESTDIR)$(PREFIX)/include/bylaw/

.PHONY: deb
deb: deps ## a Debian package, below build/deb
	@tests/install-packages.sh debhelper dpkg-dev fakeroot
	@audit/debian/build.sh build/deb

.PHONY: clean
clean: ## remove everything built
	rm -rf build

.PHONY: help
help: ## list the targets
	@awk -F':.*## ' '/^[a-z%-]+:.*## /{printf "  %-16s %s\n", $$1, $$2}' Makefile tests/tests.mk
