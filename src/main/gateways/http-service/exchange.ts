import type { Dispatcher } from 'undici'
import { readRetryAfter } from './retry-after'

/** An answer longer than any that a payment service has reason to give. */
export class AnswerTooLong extends Error {
  override name = 'AnswerTooLong'
}

/** The far side had its time. */
export class AnswerTimeout extends Error {
  override name = 'AnswerTimeout'
}

/** No whole answer came. `sent`: bytes of the request may have left this machine. */
export class ExchangeFailed extends Error {
  override name = 'ExchangeFailed'
  readonly sent: boolean

  constructor(sent: boolean, cause: unknown) {
    super('no answer', { cause })
    this.sent = sent
  }
}

export interface ExchangeRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Lent until the promise is settled; never copied here. */
  readonly body?: Uint8Array | string
  readonly signal?: AbortSignal
  /** The first byte is about to be written. */
  readonly onSent?: () => void
  /** The last byte of the answer is here. */
  readonly onAnswered?: () => void
}

export interface RawAnswer {
  readonly status: number
  readonly text: string
  readonly retryAfterMs: number | null
}

export interface ExchangeLimits {
  /** From the call to the end of the answer, waiting for a connection included. Milliseconds. */
  readonly answerMs: number
  readonly maxAnswerBytes: number
}

/**
 * One request and its whole answer. undici tells when it is about to write (`onRequestStart`): before that moment
 * nothing can have left, whatever the error is called; after it the far side may have seen the request.
 * Rejects with `ExchangeFailed` only.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: ExchangeRequest,
  limits: ExchangeLimits,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const { signal } = request
    const chunks: Buffer[] = []
    let [sent, over, status, length] = [false, false, 0, 0]
    let retryAfterMs: number | null = null
    let stop: ((reason: Error) => void) | null = null

    const finish = (): boolean => {
      if (over) return false
      over = true
      clearTimeout(timer)
      signal?.removeEventListener('abort', cancel)
      return true
    }
    const fail = (cause: Error): void => {
      if (!finish()) return
      reject(new ExchangeFailed(sent, cause))
      stop?.(cause)
    }
    const cancel = (): void => fail(new Error('given up by the caller'))
    const timer = setTimeout(() => fail(new AnswerTimeout('no answer in time')), limits.answerMs)

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(controller) {
        if (over) return controller.abort(new Error('given up before it was sent'))
        sent = true
        stop = (reason) => controller.abort(reason)
        request.onSent?.()
      },
      onResponseStart(_controller, statusCode, headers) {
        status = statusCode
        retryAfterMs = readRetryAfter(headers['retry-after'], headers['date'])
      },
      onResponseData(_controller, chunk) {
        length += chunk.length
        if (length > limits.maxAnswerBytes) return fail(new AnswerTooLong('answer too long'))
        chunks.push(chunk)
      },
      onResponseEnd() {
        if (!finish()) return
        request.onAnswered?.()
        resolve({ status, text: Buffer.concat(chunks).toString('utf8'), retryAfterMs })
      },
      onResponseError: (_controller, error) => fail(error),
    }

    if (signal?.aborted) return cancel()
    signal?.addEventListener('abort', cancel, { once: true })
    const { method, path, headers, body = null } = request
    try {
      dispatcher.dispatch(
        { method, path, headers: { ...headers }, body, headersTimeout: 0, bodyTimeout: 0 },
        handler,
      )
    } catch (error) {
      fail(error instanceof Error ? error : new Error('request refused'))
    }
  })
}
