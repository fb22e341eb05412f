/** Reasons why a look is incomplete, as far as they are not explained like any other failure. */
const TEXTS: Readonly<Record<string, string>> = {
  sign_in_failed:
    'Nexudus refuses the watch’s e-mail address or password. Sign the watch in again.',
  second_factor: 'Nexudus asks the watch for a second factor. Sign the watch in again.',
  reset_forced: 'Nexudus requires a new password for the watch’s account.',
  session_expired: 'Nexudus has ended the watch’s sign-in. Sign the watch in again.',
  permission_missing: 'The watch’s account lacks a right that it needs.',
  no_account: 'The watch is not signed in. Sign it in under Watch.',
  none_made: 'No look was made for some time.',
  incomplete: 'Nexudus does not send all of its list.',
  emptied: 'Nexudus sends an empty list where there were webhooks.',
  upstream_unreachable: 'Nexudus cannot be reached.',
  upstream_timeout: 'Nexudus takes too long to answer.',
  throttled: 'Nexudus asked Hookdesk to slow down.',
}

/** Explains why the watch cannot see, in a sentence. */
export const watchTroubleText = (trouble: string): string =>
  TEXTS[trouble] ?? 'Nexudus does not answer as expected.'
