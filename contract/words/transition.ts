/** Labels of what the watch sees happen to a webhook between two looks. */
export const TRANSITION_LABELS = {
  appeared: 'First seen',
  fired: 'Fired',
  failing: 'Failed',
  stopped: 'Stopped, probably by Nexudus',
  off: 'Switched off',
  on: 'Switched on',
  recovered: 'Working again',
  quiet: 'Quiet for longer than usual',
  gone: 'Deleted',
  back: 'Visible again',
} as const

/** For a span without a complete look. */
export const UNSEEN_LABEL = 'The watch could not see'
