import { createTheme } from '@mantine/core'

export const theme = createTheme({
  primaryColor: 'indigo',
  // white on the default shade 6 misses the contrast of 4.5; on shade 8 it is 5.9
  primaryShade: { light: 8, dark: 8 },
  // a little blue, and each paper clearly lighter than what it lies on: the page is 8, a card 7
  colors: {
    dark: [
      '#ccd1da',
      '#b5bcc9',
      '#969fae',
      '#6c7585',
      '#434b5a',
      '#363d4b',
      '#2a303c',
      '#1f242e',
      '#14181f',
      '#0e1116',
    ],
  },
  fontFamily:
    "ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Color Emoji', sans-serif",
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // plain objects, because `Menu.extend` would load the component with the theme
    // the focus starts on the first item, and the menu contains nothing but items
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Modal: { defaultProps: { overlayProps: { backgroundOpacity: 0.4 } } },
  },
})
