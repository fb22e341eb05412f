import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'

import { Message } from './errors.ts'

/** The JSON object in the body, or a refusal in the envelope of all refusals. */
export async function readJsonObject(c: Context): Promise<Record<string, unknown>> {
  const type = c.req.header('content-type') ?? ''
  if (!/^application\/([\w.]+\+)?json\b/i.test(type)) {
    throw new Message(
      415,
      `The request entity's media type '${type}' is not supported for this resource.`,
    )
  }
  const body = parse(await c.req.text())
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw unreadable()
  return { ...body }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw unreadable()
  }
}

function unreadable() {
  const body = {
    Message: 'The request body is not a JSON object.',
    Value: null,
    Errors: null,
    WasSuccessful: false,
  }
  return new HTTPException(400, {
    message: body.Message,
    res: Response.json(body, { status: 400 }),
  })
}
