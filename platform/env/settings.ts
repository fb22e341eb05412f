import * as z from 'zod'

import { readException } from '#contract/address/address-class.ts'

// settings that the desk and the sandbox share, as each may run as its own program

export const port = z.coerce.number().int().min(1).max(65_535)
export const flag = z
  .enum(['', '0', '1', 'false', 'true'])
  .transform((value) => value === '1' || value === 'true')

/** Location of the database. */
export const databaseSettings = {
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' })
    .optional(),
  DATA_DIR: z.string().min(1).default('./.hookdesk'),
}

/** The sandbox's host and port, and the network it starts with. */
export const sandboxSettings = {
  SANDBOX_PORT: port.default(4401),
  SANDBOX_MAIL_PORT: port.default(4402),
  SANDBOX_SEED: z.enum(['small', 'large']).default('small'),
}

/** Limits on calls to URLs that people give. */
export const outboundSettings = {
  OUTBOUND_HTTP: flag.default(false),
  OUTBOUND_PORTS: z
    .string()
    .transform((list) => list.split(',').map(Number))
    .refine((ports) => ports.every((one) => Number.isInteger(one) && one > 0 && one <= 65_535), {
      error: 'must be port numbers, separated by commas',
    })
    .default([]),
  OUTBOUND_EXCEPTIONS: z
    .string()
    .transform((list) => list.split(',').map((text) => text.trim()))
    .refine((list) => list.every((text) => readException(text)), {
      error: 'must be IP address ranges with a port, e.g. 10.1.0.0/16:8080, separated by commas',
    })
    .transform((list) => list.flatMap((text) => readException(text) ?? []))
    .default([]),
}

type OutboundEnv = {
  [Name in keyof typeof outboundSettings]: z.infer<(typeof outboundSettings)[Name]>
}

/** Builds the policy for outbound calls from the settings. */
export const outboundPolicyOf = (env: OutboundEnv) => ({
  allowHttp: env.OUTBOUND_HTTP,
  extraPorts: env.OUTBOUND_PORTS,
  exceptions: env.OUTBOUND_EXCEPTIONS,
})
