import * as z from 'zod/mini'

import { request } from '#api/request.ts'
import { probeReportSchema, type ProbeReport, type ProbeRequest } from '#contract/probe.ts'

const addressAgeSchema = z.object({ changedAt: z.nullable(z.string()) })

/** Asks the desk to call an address, or to send made-up data to it. */
export function probe(body: ProbeRequest): Promise<ProbeReport> {
  return request(probeReportSchema, '/desk/probes', { method: 'POST', body })
}

/** Since when the webhook has its address, as far as Hookdesk changed it; null where it never did. */
export async function getAddressChangedAt(id: number, signal: AbortSignal) {
  return (await request(addressAgeSchema, `/desk/webhooks/${id}/address`, { signal })).changedAt
}
