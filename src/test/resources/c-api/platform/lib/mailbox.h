/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_MAILBOX_H
#define RINGFENCE_API_MAILBOX_H

#define MAILBOX_HOSTBOX_BASE 0x1000u

#endif
