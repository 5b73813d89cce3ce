/**
 * An expected failure on its way to the screen: a code that the contract declares, with its data. Anything else
 * that is thrown reaches the screen only as an opaque code with a support code.
 */
export class Refusal extends Error {
  readonly code: string
  readonly data: unknown

  constructor(code: string, data?: unknown) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.data = data
  }
}
