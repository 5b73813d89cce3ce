import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Profile, ProfileBroken, readProfile, writeProfile } from './profile'

const folder = () => mkdtemp(join(tmpdir(), 'uketsuke-profile-'))

it('starts empty, is kept, and leaves no temporary file', async () => {
  const at = await folder()
  expect(await readProfile(at)).toEqual(Profile.parse({}))
  await writeProfile(at, Profile.parse({ mode: 'training', seatName: '1番席' }))
  expect(await readProfile(at)).toMatchObject({ mode: 'training', seatName: '1番席' })
  expect(await readdir(at)).toEqual(['profile.json'])
})

it('refuses a broken file instead of starting afresh', async () => {
  const at = await folder()
  await writeFile(join(at, 'profile.json'), '{"mode":"train')
  await expect(readProfile(at)).rejects.toBeInstanceOf(ProfileBroken)
  await writeFile(join(at, 'profile.json'), '{"mode":"party"}')
  await expect(readProfile(at)).rejects.toBeInstanceOf(ProfileBroken)
})
