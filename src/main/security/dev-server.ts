declare const __DEV_SERVER__: string | null | undefined

/**
 * Address of the development server that renders the screens while they are written, `http://127.0.0.1:PORT`. The
 * build replaces the name by a constant: in every build that is not `npm run dev` it is null, and what hangs on it
 * is not in the bundle.
 */
export const DEV_SERVER: string | null = typeof __DEV_SERVER__ === 'string' ? __DEV_SERVER__ : null
