/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_COMPONENT_EXT_H
#define RINGFENCE_API_COMPONENT_EXT_H

#include <sof/audio/component.h>

int comp_prepare(struct comp_dev *dev);
int comp_trigger(struct comp_dev *dev, int cmd);
int comp_reset(struct comp_dev *dev);
void comp_free(struct comp_dev *dev);
void comp_make_shared(struct comp_dev *dev);

#endif
