import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

import { SANDBOX_MIGRATIONS } from '#sandbox/db/migrations.ts'

import { DESK_MIGRATIONS } from './db/migrations.ts'

/** Migrations that landed while both programs shared one set. No more will follow. */
const SHARED = {
  '0000_start': 'b63e038a1afe7b1c1de718cd348c5f29e1b62d5c3d86b6b61ac2582d3a6e2b64',
  '0001_deliveries-probes-turns':
    '1729eeacceb41fd0a80ecca3044fb4dd3fabf452fca1a476e6a15e452d2d74a5',
  '0002_runs-and-history': 'e54bac3e8b22c1b4956537dfa01b92d39464717dc7926c56538160ead51a6689',
  '0003_seen-first': '1d156bedbd97842867521bed89c060ae51e42d9996917484a09d1ab00f01f72d',
  '0004_what-history-knows': '6c15a1f6c29bec2877faea0dfdefda1593e6270b40deacac472d83719f8ba1eb',
  '0005_rights-spent-codes-arrivals':
    '9419dfc40c1ea089c17e595f268785fed3bc8af8edcf3fc1d9dc0d879a7e4c40',
  '0006_business-settings': '7639076cd50f877cf13e449b5a98eecc492152b79a3a3b179ff127bad62c10fb',
}

/**
 * Every migration since, as it landed. None of these lines ever changes: databases that ran it are
 * out there. A new migration adds its own, and a sample of its data (CONTRIBUTING.md).
 */
const DESK = {
  '0000_start': '070822f04aba31c83ac2ecd5b0b9d2496d688c1977a4503c1358b35555bb1276',
  '0001_run-titles-and-reasons': '1cddb845ba8ee979db917c9d01eeaabb6e8ae64137d411033a430a6231059b80',
  '0002_watch': '1b420497024c8fdd17715b697e333aebbc843095186e1564c5b6ec2544530401',
  '0003_telling': '49c06c31348fed45cb8ca9fa1b0d68373f6d521c196b66b544844cefce3609e0',
  '0004_pauses': 'd53549590708d75901e642e97424aa5da4fc1996ab4bbe0952d89e549c4c8146',
  '0005_feeds': '2ef33d6609604ebaf8ab61f3cbe6b0f0028fe1723111c1151ef01aa572830885',
  '0006_silence': 'b3ff4408a50b76e948b96ec29905a644a1196138d23464b07ba76f549619ea33',
  '0007_relapses': '839b8af2e5c1040a1b6ff70ad131e85a24334175a989173556bc6c8c71b53ec6',
  '0008_contacts': '3612fc7e3b217ef96a911dea921dbb67d76276d059a2aff403f0a967441dc9a4',
  '0009_recovery': 'e6f79e148d4b6b79fb85dc4c6f69a63db2e2a0199ef248c44512cc09d560ba86',
  '0010_pause_windows': '4d9dce29d37bc6e3629b0e42143448ba62274f577468cf67b084aadaea99ff23',
  '0011_push': 'b40a3aae912555780c9f1f950d4d29540a7c416cdbfb4876cc3c5a50adbc92c1',
  '0012_saved_views': 'e547f3d132158ee4e4658f8473d4db86a20334f6f1af1b5adf3fbe1475c721ca',
}
const SANDBOX = {
  '0000_start': '52f0f00fa1ad8cf9216b26b8a57ce99630085f0af2767eeb6ffa4a33feff9a81',
  '0001_mails': '4435d28ca866f117479cff0854f384502dbc16a9e1969e0b7cc1dbc508f840bb',
}

const SETS = [
  { folder: 'platform/db/shared-migrations', landed: SHARED },
  { folder: DESK_MIGRATIONS.folder, landed: DESK },
  { folder: SANDBOX_MIGRATIONS.folder, landed: SANDBOX },
]

const hashOf = (folder: string, tag: string) =>
  createHash('sha256')
    .update(readFileSync(path.join(folder, `${tag}.sql`), 'utf8').replaceAll('\r\n', '\n'))
    .digest('hex')

const journalOf = (folder: string): { entries: { tag: string; when: number }[] } =>
  JSON.parse(readFileSync(path.join(folder, 'meta/_journal.json'), 'utf8'))

test.each(SETS)(
  'every migration in $folder is unchanged, and a new one is later than all others',
  ({ folder, landed }) => {
    const { entries } = journalOf(folder)
    expect(Object.fromEntries(entries.map(({ tag }) => [tag, hashOf(folder, tag)]))).toEqual(landed)
    // Drizzle only runs migrations later than the last one it ran
    const times = entries.map(({ when }) => when)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(new Set(times).size).toBe(times.length)
  },
)

test('every migration has a sample of the data it left', () => {
  const samples = readdirSync(fileURLToPath(new URL('./db/samples/', import.meta.url)))
  for (const tag of Object.keys(SHARED)) expect(samples).toContain(`${tag}.sql.gz`)
  for (const { schema, folder } of [DESK_MIGRATIONS, SANDBOX_MIGRATIONS]) {
    for (const { tag } of journalOf(folder).entries) {
      const number = tag.slice(0, 4)
      expect(samples).toContainEqual(expect.stringContaining(`${schema}-${number}`))
    }
  }
})
