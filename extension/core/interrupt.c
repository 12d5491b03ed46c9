/*
 * interrupt.c - how long loops of the core learn that they should stop
 *
 * The core knows no server.  Whoever embeds it may install a hook that looks
 * at pending cancels; loops that can take long ask it now and then.
 */
#include "mf_core.h"

mf_interrupt_hook mf_interrupted = NULL;
