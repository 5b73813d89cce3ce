import type { StartFailure } from '../app/start-failed'
import { ProfileBroken } from '../app/profile'
import { DatabaseTooNew, MigrationFailed } from '../db/migrate'
import { newSupportCode, type Log } from '../platform/log'

/** What to tell the person when the desk cannot start: what happened, what was kept, what to do. */
export function describeStartFailure(error: unknown, log: Log): StartFailure {
  const supportCode = newSupportCode()
  log.error({ supportCode, err: error instanceof Error ? error.stack : 'unknown' }, 'start failed')
  if (error instanceof MigrationFailed) {
    return {
      title: 'データベースの更新に失敗しました',
      sentences: [
        'データは更新前の状態のまま保たれています。失われたものはありません。',
        error.backupPath === null ? '' : `更新前の控え: ${error.backupPath}`,
        'このプログラムを終了し、サポートコードを管理者にお知らせください。',
      ].filter((sentence) => sentence !== ''),
      supportCode,
    }
  }
  if (error instanceof DatabaseTooNew) {
    return {
      title: 'このデータベースは、より新しい版のプログラムで使われています',
      sentences: [
        'データには触れていません。このパソコンのプログラムを新しい版にしてから、もう一度起動してください。',
      ],
      supportCode,
    }
  }
  if (error instanceof ProfileBroken) {
    return {
      title: '設定ファイルを読み取れません',
      sentences: [
        'profile.json が壊れています。データベースには触れていません。',
        '管理者に連絡してください。',
      ],
      supportCode,
    }
  }
  return {
    title: '起動できませんでした',
    sentences: [
      'データには触れていません。もう一度起動し、続くときはサポートコードを管理者にお知らせください。',
    ],
    supportCode,
  }
}
