/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_IPC_COMMON_H
#define RINGFENCE_API_IPC_COMMON_H

#include <zephyr/kernel.h>

struct ipc_user {
	struct k_thread *thread;
	struct k_sem *sem;
	struct k_event *event;
	uint32_t reply_tx_size;
	void *reply_tx_data;
};
struct ipc {
	struct ipc_user *ipc_user_pdata;
	struct k_work_delayable z_delayed_work;
};

struct ipc *ipc_get(void);
int ipc_user_forward_cmd(uint32_t primary, uint32_t extension);

#endif
