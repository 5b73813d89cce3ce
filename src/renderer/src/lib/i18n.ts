import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { ja } from '../locales/ja'

/** Japanese first; the other languages are files beside it. */
void i18next.use(initReactI18next).init({
  lng: 'ja',
  fallbackLng: 'ja',
  ns: Object.keys(ja),
  defaultNS: 'common',
  resources: { ja },
  interpolation: { escapeValue: false },
  initAsync: false,
})

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: typeof ja
  }
}
