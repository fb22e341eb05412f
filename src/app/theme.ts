import { createTheme } from '@mantine/core'

export const theme = createTheme({
  primaryColor: 'indigo',
  // white on the default shade 6 misses the contrast of 4.5; on shade 8 it is 5.9
  primaryShade: { light: 8, dark: 8 },
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
