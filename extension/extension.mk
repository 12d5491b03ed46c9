# extension.mk - the library and its install script, by PostgreSQL's own build
# system (PGXS).  Runs in the build directory; srcdir is the source tree.  The
# version stands in minefield.control and nowhere else.

EXTENSION = minefield
RELEASE := $(shell sed -n "s/^default_version = '\(.*\)'/\1/p" $(srcdir)/minefield.control)
PIECES := $(sort $(wildcard $(srcdir)/sql/minefield/*.sql))

MODULE_big = minefield
OBJS = $(patsubst $(srcdir)/%.c,%.o,$(sort $(wildcard $(srcdir)/extension/*.c $(srcdir)/extension/*/*.c)))
HEADERS = include/minefield.h
DATA_built = sql/minefield--$(RELEASE).sql
# released install scripts and migrations
DATA = $(filter-out $(DATA_built),$(patsubst $(srcdir)/%,%,$(wildcard $(srcdir)/sql/minefield--*.sql)))

PG_CPPFLAGS = -I$(srcdir)/include -DMINEFIELD_RELEASE='"$(RELEASE)"'
# Fused multiply-add would round two inlined copies of one formula differently.
PG_CFLAGS = -std=gnu11 -Wall -Wextra -Wno-unused-parameter -Wno-sign-compare \
	-Wno-declaration-after-statement -fvisibility=hidden -ffp-contract=off
ifneq (,$(findstring clang,$(CC)))
# the server's flags were chosen for the compiler that built it
PG_CFLAGS += -Wno-unknown-warning-option -Wno-unused-command-line-argument \
	-Wno-ignored-optimization-argument -Wno-ignored-attributes
endif
SHLIB_LINK = -lgeos_c -lproj -lm
# No bitcode: JIT then calls the one compiled copy of every function, so that
# no query's plan can change the last bit of a result.
override with_llvm = no

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

# Sources are named outright: a search path would find stale objects, too.
VPATH :=
vpath %.control $(srcdir)

$(OBJS): %.o: $(srcdir)/%.c $(wildcard $(srcdir)/include/*.h $(srcdir)/extension/*/*.h) \
		$(srcdir)/minefield.control $(srcdir)/extension/extension.mk
	$(COMPILE.c) -o $@ $<

$(DATA_built): $(PIECES) $(srcdir)/minefield.control
	cat $(PIECES) > $@.new
	mv -f $@.new $@

# In a database of its own, which it makes anew.
installcheck:
	$(top_builddir)/src/test/regress/pg_regress --bindir='$(bindir)' \
		--inputdir=$(srcdir)/test --outputdir=. --dbname=minefield_regression \
		--load-extension=postgis --load-extension=minefield \
		$(patsubst $(srcdir)/test/sql/%.sql,%,$(sort $(wildcard $(srcdir)/test/sql/*.sql)))
