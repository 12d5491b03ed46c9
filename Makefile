# minefield: build, install, demo and check
#
#   make deps           install what building and running need (apt; root or sudo)
#   make                build into build/pgNN
#   make install        install into the server that PG_CONFIG describes
#   make demo           see it work, in a private server that is removed afterwards
#   make check          the whole suite, in the same way
#   make check-debian13 the same on PostgreSQL 17 and PostGIS 3.5 (root only)
#   make installcheck   regression tests against an installed, running server
#   make realcheck DATA=dir   the main job on a directory of real data
#   make bench          the engines against the best plain PostGIS SQL, on 10,000
#                       records (SIZES='1000 10000 100000 1000000' for all sizes,
#                       WRITE=1 for a new doc/performance.md)
#   make catalog        rewrite test/expected-catalog after a change of the SQL
#   make doc            bring doc/reference.md and all example output up to date
#   make clean
#
# Variables: PG_CONFIG (pg_config of the server to build for), BUILD (where to
# build), COPT (further compiler options, such as -O0, -O3 or -Werror), and for
# everything that starts a private server WORK (a directory to work in and to
# keep: the next run builds only what changed), SETTINGS (server settings,
# separated by semicolons: SETTINGS='jit_above_cost=0' runs every query
# compiled), TESTS (only tests whose name contains one of these words).
#
# This file works before anything is installed; extension/extension.mk is the
# part that needs a server's build files.

PG_CONFIG ?= pg_config
MAJOR := $(shell $(PG_CONFIG) --version 2>/dev/null | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
BUILD ?= build/pg$(MAJOR)
DIRS = $(sort sql $(dir $(wildcard extension/*.c extension/*/*.c)))

export PG_CONFIG

BUILDING = all install uninstall installcheck
.PHONY: $(BUILDING) preflight deps demo check check-debian13 realcheck bench catalog doc clean
.DEFAULT_GOAL = all

# Directories made by root in somebody's clone become that somebody's, so that
# "sudo make install" leaves nothing behind that "make" cannot replace.
all: preflight
	@mkdir -p $(addprefix $(BUILD)/,$(DIRS))
	@[ "$$(id -u)" != 0 ] || chown --reference=. $(wildcard build) $(BUILD) $(addprefix $(BUILD)/,$(DIRS))
	+@$(MAKE) --no-print-directory -C $(BUILD) -f $(CURDIR)/extension/extension.mk srcdir=$(CURDIR) all

install uninstall installcheck: all
	+@$(MAKE) --no-print-directory -C $(BUILD) -f $(CURDIR)/extension/extension.mk srcdir=$(CURDIR) $@

preflight:
	@test/tools/deps preflight

deps:
	@test/tools/deps build

demo:
	@test/tools/deps build
	@test/tools/with-server -o build/demo test/demo/run

check:
	@test/tools/deps check
	@test/tools/with-server -n -o build/check test/run

check-debian13:
	@test/tools/debian13

realcheck:
	@if [ -z "$(DATA)" ] || [ ! -d "$(DATA)" ]; then \
		echo "realcheck: skipped, there is no data: make realcheck DATA=directory"; \
	else \
		test/tools/deps build && \
		test/tools/with-server -d "$(DATA)" -o build/realcheck test/realcheck/run; \
	fi

bench:
	@test/tools/deps build
	@SETTINGS="$${SETTINGS:-shared_buffers=512MB;max_wal_size=4GB;autovacuum=off}" \
		test/tools/with-server -o build/bench test/bench/run
	@[ -z "$(WRITE)" ] || cp build/bench/performance.md doc/performance.md

catalog:
	@test/tools/with-server -o build/catalog bash -c 'psql -qX -c "SET client_min_messages = warning; CREATE EXTENSION minefield CASCADE" && test/tools/catalog > $$OUT/expected-catalog'
	@cp build/catalog/expected-catalog test/expected-catalog

doc:
	@test/tools/reference --write
	@test/tools/deps check
	@test/tools/with-server -o build/doc test/t/900_doc.t --update || true
	@cp -r build/doc/. .

clean:
	rm -rf --one-file-system build
