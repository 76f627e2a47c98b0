/* Prototypes only, see README.md. */
#ifndef RINGFENCE_API_PM_POLICY_H
#define RINGFENCE_API_PM_POLICY_H

#include <stdbool.h>
#include <stdint.h>

enum pm_state {
	PM_STATE_ACTIVE,
	PM_STATE_RUNTIME_IDLE
};

#define PM_ALL_SUBSTATES UINT8_MAX

void pm_policy_state_lock_get(enum pm_state state, uint8_t substate_id);
void pm_policy_state_lock_put(enum pm_state state, uint8_t substate_id);
bool pm_policy_state_lock_is_active(enum pm_state state, uint8_t substate_id);

#endif
