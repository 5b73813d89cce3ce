import { describe, expect, it } from 'vitest'
import { KEYPAD_MESSAGES } from './failures'
import { HELP_ENTRIES, helpTopicOf, searchHelp } from './help-texts'

const ids = (text: string, kind: Parameters<typeof searchHelp>[1] = null) =>
  searchHelp(text, kind).map((entry) => entry.id)

describe('the help', () => {
  it('knows four messages, 26 transaction codes and 28 update codes, each with what to do', () => {
    const count = (kind: string) => HELP_ENTRIES.filter((entry) => entry.kind === kind).length
    expect([count('message'), count('transaction'), count('update')]).toEqual([4, 26, 28])
    expect(new Set(HELP_ENTRIES.map((entry) => entry.id)).size).toBe(58)
    for (const entry of HELP_ENTRIES) {
      expect(entry.meaning, entry.id).toMatch(/。$/)
      expect(entry.action, entry.id).toMatch(/。$/)
    }
  })

  it('says the four messages word for word', () => {
    const titles = HELP_ENTRIES.filter((entry) => entry.kind === 'message').map((entry) => entry.title)
    expect(titles).toEqual(Object.values(KEYPAD_MESSAGES))
  })
})

describe('the search of the help', () => {
  it('puts the very code first, in both of its meanings', () => {
    expect(ids('106').slice(0, 2)).toEqual(['transaction-106', 'update-106'])
    expect(ids('１０６', 'update')).toEqual(['update-106'])
  })

  it.each([
    ['10a', 'update-10A'],
    ['１０Ａ', 'update-10A'],
    ['3e3', 'update-3E3'],
    ['あんしょうばんごう', 'transaction-106'],
    ['ｱﾝｼｮｳﾊﾞﾝｺﾞｳ', 'transaction-106'],
    ['暗証番号', 'transaction-109'],
    ['ざんだか', 'transaction-110'],
    ['わいふぁい', null],
    ['wi-fi', 'update-10A'],
    ['ＷＩ－ＦＩ', 'update-107'],
    ['メンテナンス 更新', 'update-3E3'],
    ['もう一度 テンキーパッド', 'key-again'],
  ])('%s finds %s', (text, id) => {
    if (id === null) expect(ids(text)).toEqual([])
    else expect(ids(text)).toContain(id)
  })

  it('asks for every word, and gives all when nothing is typed', () => {
    expect(ids('106 メンテナンス')).toEqual([])
    expect(ids('　 ')).toHaveLength(58)
    expect(ids('', 'message')).toHaveLength(4)
  })
})

describe('the topic of a failure', () => {
  it('is its code, else its message', () => {
    expect(helpTopicOf({ code: '301', message: 'x' })).toBe('transaction-301')
    expect(helpTopicOf({ code: null, message: KEYPAD_MESSAGES['check-keypad'] })).toBe('check-keypad')
    expect(helpTopicOf({ code: 'E77', message: 'x' })).toBeNull()
    expect(helpTopicOf({ code: null, message: 'x' })).toBeNull()
  })
})
