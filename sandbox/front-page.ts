import { DEMO_ACCOUNTS } from '#sandbox/access/accounts.ts'

/** The page for a person who opens the sandbox in a browser, or with curl. */
export function frontPage(origin: string): string {
  const accounts = DEMO_ACCOUNTS.map(
    ({ email, password, may }) => `  ${email}  ${password}  ${may}`,
  )
  return `This is the Hookdesk sandbox, a stand-in for the Nexudus REST API.
Nothing here reaches Nexudus.

Accounts (e-mail address, password, what they may do):

${accounts.join('\n')}

The second factor of totp@hookdesk.test, now: GET ${origin}/sandbox/totp

Try it:

  TOKEN=$(curl -s ${origin}/api/token -H 'client_id: my-terminal' \\
    -d grant_type=password -d username=admin@hookdesk.test -d password=sandbox |
    sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

  curl -s "${origin}/api/sys/webhooks?page=1&size=5" -H "Authorization: Bearer $TOKEN"

Make something happen, and see what arrived (as a full administrator):

  curl -s ${origin}/sandbox/events -H "Authorization: Bearer $TOKEN" \\
    -H 'Content-Type: application/json' -d '{"BusinessId": 1400000002, "Action": 6}'
  curl -s ${origin}/sandbox/inbox -H "Authorization: Bearer $TOKEN"

Every URL below ${origin}/receiver/ is a receiver.

Bend it (as a full administrator): ${origin}/sandbox/switches, /sandbox/faults, /sandbox/calls
`
}
