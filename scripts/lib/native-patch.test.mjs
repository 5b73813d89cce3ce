import { describe, expect, it } from 'vitest'
import { REPLACEMENTS, replaceExactly } from './native-patch.mjs'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.mjs'

describe('the patch of better-sqlite3', () => {
  it('fits the sources that are installed', () => {
    const sources = new Map()
    for (const replacement of REPLACEMENTS) {
      const path = join(ROOT, 'node_modules', 'better-sqlite3', replacement.file)
      const source = sources.get(path) ?? readFileSync(path, 'utf8')
      sources.set(path, replaceExactly(source, replacement))
    }
    expect(sources.size).toBe(4)
  })

  it('refuses a source that it was not written for', () => {
    const replacement = { file: 'x', from: 'a', to: 'b', times: 2 }
    expect(replaceExactly('a-a', replacement)).toBe('b-b')
    expect(() => replaceExactly('a', replacement)).toThrow(/expected 2/)
    expect(() => replaceExactly('a a a', replacement)).toThrow(/found 3/)
  })
})
