/** Answers that a receiver of the sandbox can be told to give. */
export const RECEIVER_ANSWERS = {
  '200': '200, OK',
  '204': '204, no content',
  '301': '301, moved to another address',
  '401': '401, key required',
  '404': '404, nothing here',
  '410': '410, gone for good',
  '429': '429, too many calls, with Retry-After',
  '500': '500, server error',
  '503': '503, overloaded',
  slow: 'after 6 seconds, then 200',
  hang: 'never',
  drip: '200, then a slow, endless body',
  reset: 'breaks off the connection',
  html: '200, with a web page',
} as const

export type ReceiverAnswer = keyof typeof RECEIVER_ANSWERS
