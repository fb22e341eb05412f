import type { Memory } from '#server/changes/change-routes.ts'

import type { FactStore } from './facts.ts'
import type { History } from './history.ts'
import { reachOf, reachTo } from './reach.ts'

/** Looks up the history of a webhook that was just written, as far as the viewer may see it. */
export const createMemory = (history: History, facts: FactStore): Memory => ({
  factsOf: (viewer, webhook) => facts.find(reachTo(webhook, viewer), webhook.Id).catch(() => ({})),

  async findDeletion(viewer, webhookId) {
    const found = await reachOf(viewer)
      .then((reach) => history.findDeletion(reach, webhookId))
      .catch(() => undefined)
    return found ?? null
  },
})
