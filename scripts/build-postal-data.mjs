// @ts-check
/**
 * `node --import tsx scripts/build-postal-data.mjs`: builds resources/postal/towns.br, the postal directory inside the
 * program, from a packaged source. Run by hand when a newer source is wanted; its result is committed.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { encodePostalFile } from '../src/main/domain/postal/postal-file.ts'
import { kanaOf, townOf } from '../src/main/domain/postal/town.ts'
import { ROOT } from './lib/paths.mjs'
import { must, say } from './lib/run.mjs'

const SOURCE = { name: 'jquery-jpostal-ja', version: '2.14.73', date: '2025-10-04', license: 'MIT' }
const INTEGRITY = 'yuys0Np34p7WsmvVMcwQbkum6njYXdM8Ta22LGpa8xdjMpa/zxmda2Jtowk0T0uuuQSUXfaICACNAOd8dxCM7g=='

const work = mkdtempSync(join(tmpdir(), 'uketsuke-postal-'))
try {
  const packed = await must('npm', ['pack', '--silent', `${SOURCE.name}@${SOURCE.version}`], {
    cwd: work,
    collect: true,
  })
  const archive = join(work, packed.trim().split('\n').at(-1) ?? '')
  if (createHash('sha512').update(readFileSync(archive)).digest('base64') !== INTEGRITY) {
    throw new Error(`${archive} is not the package that was looked at`)
  }
  await must('tar', ['xzf', archive, '-C', work])
  const towns = readTowns(join(work, 'package', 'json'))
  const { header, text } = encodePostalFile(towns, {
    source: `${SOURCE.name} ${SOURCE.version}`,
    date: SOURCE.date,
  })
  const packedText = brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    },
  })
  mkdirSync(join(ROOT, 'resources', 'postal'), { recursive: true })
  writeFileSync(join(ROOT, 'resources', 'postal', 'towns.br'), packedText)
  say(`postal: ${JSON.stringify(header)}`)
  say(`postal: ${packedText.length} bytes, ${Buffer.byteLength(text)} unpacked`)
} finally {
  rmSync(work, { recursive: true, force: true })
}

/** Rows of the package's files: code, prefecture, city, town, street, office, and the kana of the first three. */
function readTowns(/** @type {string} */ folder) {
  /** @type {import('../src/main/domain/postal/town.ts').Town[]} */
  const towns = []
  for (const name of readdirSync(folder).filter((file) => /^\d{3}\.json$/.test(file))) {
    const text = readFileSync(join(folder, name), 'utf8')
    /** @type {unknown} */
    const rows = JSON.parse(text.slice(text.indexOf('(') + 1, text.lastIndexOf(')')))
    if (!Array.isArray(rows)) throw new Error(`${name}: no rows`)
    for (const row of rows) {
      const [code, prefecture, city, town, street, office, , cityKana, townKana] = row.map(String)
      // A code of three digits is the page's own summary.
      if (!/^_\d{7}$/.test(code)) continue
      towns.push({
        code: code.slice(1),
        prefecture,
        city,
        cityKana: kanaOf(cityKana),
        town: townOf(town),
        townKana: townOf(town) === '' ? '' : kanaOf(townKana),
        street,
        office,
      })
    }
  }
  return towns
}
