import { Alert, Button, Group, Radio, Text, Textarea, TextInput, Title } from '@mantine/core'
import { useRef, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import {
  InspectionItem,
  type InspectedKeypad,
  type InspectionRow,
} from '../../../../contract/keypad-inspections'
import { useFieldFlow } from '../../lib/keyboard'
import { ErrorPanel } from '../../ui/states'
import styles from './inspection.module.css'
import { PhotoField } from './photo-field'
import { lineFault, useInspection } from './use-inspection'

const ANSWERS = ['yes', 'no'] as const

type Form = ReturnType<typeof useInspection>

interface LineProps {
  readonly item: InspectionItem
  readonly form: Form
  /** What the register says, where there is something to compare with. */
  readonly register: string | null
}

function ChecklistLine({ item, form, register }: LineProps) {
  const { t } = useTranslation('inspections')
  const line = form.lines[item]
  const words = t(`form.items.${item}`)
  const fault = form.faulty.includes(item) ? lineFault(line) : null
  return (
    <div className={styles.line} data-item={item} data-faulty={fault !== null}>
      <div id={`item-${item}`}>
        {words}
        {register !== null && (
          <Text size="xs" c="dimmed">
            {register}
          </Text>
        )}
        {fault !== null && (
          <Text size="xs" c="var(--mantine-color-error)">
            {t(`form.${fault}`)}
          </Text>
        )}
      </div>
      <Group gap="md" wrap="nowrap" role="radiogroup" aria-labelledby={`item-${item}`}>
        {ANSWERS.map((answer) => (
          <Radio
            key={answer}
            name={`answer-${item}`}
            label={t(`form.${answer}`)}
            checked={line.answer === answer}
            onChange={() => form.change(item, { answer })}
          />
        ))}
      </Group>
      <TextInput
        aria-label={t('form.noteOf', { item: words })}
        placeholder={t('form.note')}
        maxLength={200}
        value={line.note}
        error={fault === 'noteNeeded'}
        onChange={(event) => form.change(item, { note: event.currentTarget.value })}
      />
    </div>
  )
}

interface ChecklistProps {
  readonly keypad: InspectedKeypad
  readonly signer: string
  readonly onSigned: (signed: InspectionRow) => void
}

/** The checklist with its sign-off. */
export function Checklist({ keypad, signer, onSigned }: ChecklistProps) {
  const { t } = useTranslation('inspections')
  const form = useInspection(keypad.keypadId, onSigned)
  const root = useRef<HTMLFormElement>(null)
  useFieldFlow(root)
  const place = [keypad.shop?.name, keypad.seat].filter(Boolean).join(' / ')
  const register = (item: InspectionItem): string | null => {
    if (item === 'serial') return t('form.serialIs', { serial: keypad.serial ?? t('unknown') })
    return item === 'place' && place !== '' ? t('form.placeIs', { place }) : null
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (form.sign()) return
    const first = InspectionItem.options.find((item) => lineFault(form.lines[item]) !== null)
    const missing = first && form.lines[first].answer === null ? 'input[type=radio]' : 'input[type=text]'
    root.current?.querySelector<HTMLElement>(`[data-item=${first}] ${missing}`)?.focus()
  }
  return (
    <section className="card" aria-labelledby="checklist">
      <Title order={2} mb={6} id="checklist">
        {t('form.title')}
      </Title>
      <form ref={root} onSubmit={submit} noValidate className={styles.form}>
        <div>
          {InspectionItem.options.map((item) => (
            <ChecklistLine key={item} item={item} form={form} register={register(item)} />
          ))}
        </div>
        <div className={styles.extra}>
          <Textarea
            label={t('form.remark')}
            rows={3}
            maxLength={500}
            value={form.note}
            onChange={(event) => form.setNote(event.currentTarget.value)}
          />
          <PhotoField state={form.photo} />
        </div>
        {form.faulty.length > 0 && (
          <Alert color="red" py="xs" role="alert" c="var(--mantine-color-text)">
            {t('form.faults', { count: form.faulty.length })}
          </Alert>
        )}
        {form.error !== null && <ErrorPanel error={form.error} />}
        <div className={styles.sign}>
          <Text size="sm" c="dimmed">
            {t('form.signedBy', { name: signer })}
          </Text>
          <Button type="submit" loading={form.isSigning}>
            {t('form.sign')}
          </Button>
        </div>
      </form>
    </section>
  )
}
