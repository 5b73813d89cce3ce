import type { ProductFields } from '../../../contract/products'
import { toFullKatakana } from '../../../contract/text'
import type { FieldFault } from '../people/contact-fields'

/** A code as it is kept: half-width, without spaces around it. */
export const normalizeCode = (typed: string): string => typed.normalize('NFKC').trim()

/** Brings a typed product to the form in which it is kept. */
export const normalizeProduct = (fields: ProductFields): ProductFields => ({
  ...fields,
  code: normalizeCode(fields.code),
  name: fields.name.trim(),
  kana: toFullKatakana(fields.kana).trim(),
})

/** What is missing or wrong in a normalised product. */
export function productFaults({ code, name, saleFrom, saleTo }: ProductFields): FieldFault[] {
  const faults: FieldFault[] = []
  if (!/^[A-Za-z0-9][A-Za-z0-9._/-]{0,29}$/.test(code)) {
    faults.push({
      path: 'code',
      message: '商品コードは半角の英数字と「-」「_」「.」「/」で、30文字以内で入力してください。',
    })
  }
  if (name === '') faults.push({ path: 'name', message: '商品名を入力してください。' })
  if (saleFrom !== null && saleTo !== null && saleTo < saleFrom) {
    faults.push({ path: 'saleTo', message: '販売終了日は販売開始日以降にしてください。' })
  }
  return faults
}
