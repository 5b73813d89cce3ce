/** Slow by nature: a password is hashed, or a device is looked for. */
export const FEW = new Set([
  'auth.signIn',
  'auth.unlock',
  'auth.firstRun',
  'settings.testKeypad',
  'settings.setHidMode',
  'settings.saveImportant',
  'diagnosis.run',
  'options.testMail',
  'options.apply',
  'options.resend',
])

/** What staff may not call, in the order of the alphabet. */
export const ADMIN_ONLY = [
  'calls.saveWays',
  'customers.exportCsv',
  'keypadInspections.saveSettings',
  'keypadInspections.stop',
  'keypadMonitor.register',
  'keypadMonitor.resume',
  'keypadMonitor.stop',
  'options.apply',
  'options.getMail',
  'options.preview',
  'options.resend',
  'options.saveMail',
  'options.step',
  'options.testMail',
  'settings.saveImportant',
  'settings.setHidMode',
  'settings.testKeypad',
]
