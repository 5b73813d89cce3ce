import '../lib/i18n'
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'
import i18next from 'i18next'

/** The one accent: a deep teal. Shade 7 carries white text at 6:1. */
const accent: MantineColorsTuple = [
  '#e8f4f3',
  '#d3e9e7',
  '#a6d3cf',
  '#74bbb5',
  '#4aa69e',
  '#2b968d',
  '#0f7f77',
  '#0b6b65',
  '#085650',
  '#05423e',
]

const closeButtonProps = { 'aria-label': i18next.t('close') }

/** One accent, dense controls, and digits that stand in columns. */
export const theme = createTheme({
  colors: { accent },
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 7 },
  fontFamily: '"Noto Sans CJK JP", "Yu Gothic UI", Meiryo, sans-serif',
  fontFamilyMonospace: '"Noto Sans Mono CJK JP", Consolas, monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '18px' }, h2: { fontSize: '14px' }, h3: { fontSize: '13px' } },
  },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  components: {
    TextInput: { defaultProps: { size: 'sm' } },
    Button: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', allowDeselect: false } },
    ModalCloseButton: { defaultProps: closeButtonProps },
    Popover: { defaultProps: { transitionProps: { duration: 0 } } },
    Menu: { defaultProps: { transitionProps: { duration: 0 } } },
    Notification: { defaultProps: { closeButtonProps } },
  },
})

/** Quiet text, errors and hints that still read: 4.5:1 and more on both backgrounds (WCAG 2.2, 1.4.3). */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#59636d',
    '--mantine-color-placeholder': '#68727c',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-anchor': '#0b6b65',
    '--mantine-color-text': '#1c2329',
  },
  dark: {
    '--mantine-color-dimmed': '#a9b1b8',
    '--mantine-color-placeholder': '#9aa3ab',
    '--mantine-color-error': '#ff8f88',
    '--mantine-color-anchor': '#74bbb5',
    '--mantine-color-yellow-light': '#3a3014',
  },
})
