import { createTheme, type CSSVariablesResolver } from '@mantine/core'

/** One accent, dense controls, and digits that stand in columns. */
export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 8, dark: 8 },
  fontFamily: '"Noto Sans CJK JP", "Yu Gothic UI", Meiryo, sans-serif',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: { sizes: { h1: { fontSize: '18px' }, h2: { fontSize: '15px' }, h3: { fontSize: '14px' } } },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  components: {
    TextInput: { defaultProps: { size: 'sm' } },
    Button: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', allowDeselect: false } },
    Modal: { defaultProps: { closeButtonProps: { 'aria-label': '閉じる' } } },
  },
})

/** Quiet text that still reads: 4.5:1 and more on both backgrounds (WCAG 2.2, 1.4.3). */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-dimmed': '#59636d', '--mantine-color-placeholder': '#68727c', '--mantine-color-error': '#b3261e' },
  dark: { '--mantine-color-dimmed': '#a9b1b8', '--mantine-color-placeholder': '#9aa3ab' },
})
