import { request } from '#api/request.ts'
import { probeReportSchema, type ProbeReport, type ProbeRequest } from '#contract/desk/probe.ts'

/** Asks the desk to call an address, or to send made-up data to it. */
export function probe(body: ProbeRequest): Promise<ProbeReport> {
  return request(probeReportSchema, '/desk/probes', { method: 'POST', body })
}
