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
ROOMS := base url text html model fetch extract index match rules judge report pipeline cli

DEPS_base     :=
DEPS_url      := base
DEPS_text     := base
DEPS_html     := base text
DEPS_model    := base url text html
LOW           := base url text html model
DEPS_fetch    := $(LOW)
DEPS_extract  := $(LOW)
DEPS_index    := $(LOW)
DEPS_match    := $(LOW)
DEPS_rules    := $(LOW)
DEPS_judge    := $(LOW)
DEPS_report   := $(LOW)
DEPS_pipeline := $(LOW) fetch extract index match rules judge report
DEPS_cli      := $(DEPS_pipeline) pipeline

LIBS_base     := libcrypto
LIBS_url      := libpsl icu-uc
LIBS_text     := icu-uc icu-i18n
LIBS_html     := gumbo icu-uc
LIBS_fetch    := libcurl zlib
LIBS_extract  := jansson
LIBS_rules    := libfyaml
LIBS_cli      := libmicrohttpd

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
              -fPIC -fvisibility=hidden -fstack-protector-strong $(CFLAGS)
ALL_LDFLAGS = $(filter -fsanitize% -fno-sanitize%,$(OPT)) $(LDFLAGS)

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
	$(CC) $(ALL_LDFLAGS) -o $@ $(CLI_OBJ) $(OUT)/libbylaw.a $(LIB_PKG_LIBS) $(CLI_PKG_LIBS)

ifeq ($(VARIANT),release)
build/bylaw: $(OUT)/bylaw
	cp -f $< $@
else
.PHONY: build/bylaw
build/bylaw: $(OUT)/bylaw
endif

$(OUT)/libbylaw.a: $(LIB_OBJ)
	@rm -f $@
	$(AR) rcs $@ $^

$(OUT)/libbylaw.so: $(LIB_OBJ)
	$(CC) $(ALL_LDFLAGS) -shared -Wl,-soname,libbylaw.so.0 -o $@ $^ $(LIB_PKG_LIBS)

define ROOM_RULES
$(OUT)/obj/$(1)/%.o: src/$(1)/%.c
	@mkdir -p $$(@D)
	$$(CC) $$(ALL_CFLAGS) $(call pkg_cflags,$(LIBS_$(1))) -MMD -MP -c -o $$@ $$<
$(OUT)/rooms/lib$(1).a: $(call OBJ_of,$(1))
	@mkdir -p $$(@D)
	@rm -f $$@
	$$(AR) rcs $$@ $$^
endef
$(foreach r,$(ROOMS),$(eval $(call ROOM_RULES,$(r))))

-include $(patsubst %.o,%.d,$(LIB_OBJ) $(CLI_OBJ))

include tests/tests.mk

.PHONY: clean
clean: ## remove everything built
	rm -rf build

.PHONY: help
help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  %-16s %s\n", $$1, $$2}' Makefile tests/tests.mk
