/* Pages of a virtual region. With the defect, all blocks begin at the same page. */
#include <sof/lib/vpage.h>
#include <stdint.h>

#define PAGE_BYTES 4096

static uint8_t pages[8][PAGE_BYTES] __attribute__((__aligned__(PAGE_BYTES)));
static unsigned int used;

void *vpage_alloc(unsigned int count)
{
	void *block = pages[used];

#ifndef DEFECT
	used += count;
#endif
	return block;
}

void vpage_free(void *block)
{
}
