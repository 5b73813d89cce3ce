// @ts-check
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * better-sqlite3 13 keeps persistent references to JavaScript strings, which only Node-API 10 can. For Node-API 9
 * (Node 20, Electron 33) the string is kept in slot 0 of an array and the reference points at that array.
 */
const HOLDER = `
// A reference to a string for Node-API 9: the string rests in an array, and the array is referenced.
class StringReference {
public:
	StringReference() {}
	explicit StringReference(Napi::String string) {
		Napi::Array box = Napi::Array::New(string.Env(), 1);
		box.Set((uint32_t)0, string);
		holder = Napi::Persistent(box.As<Napi::Object>());
	}
	StringReference(StringReference&&) = default;
	StringReference& operator=(StringReference&&) = default;
	Napi::String Value() const {
		return holder.Value().Get((uint32_t)0).As<Napi::String>();
	}
private:
	Napi::ObjectReference holder;
};
`

/** @typedef {{ file: string, from: string, to: string, times: number }} Replacement */

/** @type {readonly Replacement[]} */
export const REPLACEMENTS = [
  { file: 'binding.gyp', from: 'NAPI_VERSION=10', to: 'NAPI_VERSION=9', times: 1 },
  { file: 'src/util/constants.cpp', from: 'Napi::Reference<Napi::String>', to: 'StringReference', times: 20 },
  {
    file: 'src/util/constants.cpp',
    from: 'Napi::Persistent(InternalizedFromLatin1(env, str))',
    to: 'StringReference(InternalizedFromLatin1(env, str))',
    times: 2,
  },
  { file: 'src/util/bind-map.cpp', from: 'Napi::Reference<Napi::String>', to: 'StringReference', times: 1 },
  {
    file: 'src/util/bind-map.cpp',
    from: 'Napi::Persistent(InternalizedFromUtf8(env, name, -1))',
    to: 'StringReference(InternalizedFromUtf8(env, name, -1))',
    times: 1,
  },
  {
    file: 'src/util/bind-map.cpp',
    from: 'Napi::Persistent(pair->name.Value())',
    to: 'StringReference(pair->name.Value())',
    times: 1,
  },
  {
    file: 'src/util/helpers.cpp',
    from: 'const Napi::Reference<Napi::String>& key',
    to: 'const StringReference& key',
    times: 1,
  },
  {
    file: 'src/util/helpers.cpp',
    from: 'inline void SetFrozen(',
    to: `${HOLDER}\ninline void SetFrozen(`,
    times: 1,
  },
]

/**
 * Text with a replacement made; throws when the source is not the one that the replacement was written for.
 * @param {string} source
 * @param {Replacement} replacement
 */
export function replaceExactly(source, { file, from, to, times }) {
  const found = source.split(from).length - 1
  if (found !== times) throw new Error(`${file}: expected ${times} × "${from}", found ${found}`)
  return source.replaceAll(from, to)
}

/** Patches a copy of better-sqlite3's sources in place. */
export function patchSources(/** @type {string} */ folder) {
  for (const replacement of REPLACEMENTS) {
    const path = join(folder, replacement.file)
    writeFileSync(path, replaceExactly(readFileSync(path, 'utf8'), replacement))
  }
}
