/** The locations whose webhooks and history a person may see; `null` means all. */
export type Reach = number[] | null

export const isInReach = (reach: Reach, businessId: number): boolean =>
  reach === null || reach.includes(businessId)
