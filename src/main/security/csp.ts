import { DEV_SERVER } from './dev-server'

/**
 * Content Security Policy of the app's pages, sent as a header. Scripts only from the app; styles from the app
 * or with this load's nonce; style attributes are allowed (element geometry), remote content never.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    // The development server puts a script of its own into the page and tells of changes over a web socket.
    DEV_SERVER === null ? "script-src 'self'" : `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    DEV_SERVER === null ? "connect-src 'self'" : `connect-src 'self' ${DEV_SERVER.replace('http', 'ws')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "frame-src 'none'",
    "object-src 'none'",
    "worker-src 'none'",
  ].join('; ')
}
