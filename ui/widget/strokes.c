/* strokes - a table of sixteen. */
#include "widget/strokes.h"

uint32_t
stroke_code(unsigned sides)
{
	static const uint16_t codes[16] = {
		' ',    0x2502, 0x2502, 0x2502, /* none, up, down, both */
		0x2500, 0x256f, 0x256e, 0x2524, /* and left */
		0x2500, 0x2570, 0x256d, 0x251c, /* and right */
		0x2500, 0x2534, 0x252c, 0x253c, /* and both */
	};

	return codes[sides & 15];
}
