/*
 * tour.h - the main things, tried on an example in a folder that goes again.
 */
#ifndef SCREEN_TOUR_H
#define SCREEN_TOUR_H

#include "screen/app.h"

CHECKED bool tour_start(struct app *app, struct error *err);

#endif
