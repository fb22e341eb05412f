import { request } from '#api/request.ts'
import { probeReportSchema, type ProbeReport, type ProbeRequest } from '#contract/desk/probe.ts'

/** Asks the desk to call a URL, or to send sample data to it. */
export function probe(body: ProbeRequest): Promise<ProbeReport> {
  return request(probeReportSchema, '/desk/probes', { method: 'POST', body })
}
